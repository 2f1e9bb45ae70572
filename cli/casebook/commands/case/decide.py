"""``git case decide``: questions answered yes, no or unsure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import asking, carrying_out, speaking
from casebook.commands import options as opts
from casebook.errors import UsageError
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from casebook.commands.session import Session


class Decide(click.Command):
    """Its options are the fields that go with an answer."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The case, the answers, and what goes with them."""
        if len(self.params) == 2:
            from casebook import kit
            from casebook.actions.forms import fields
            from casebook.commands.moves import read_data

            session: Session | None = ctx.find_root().obj
            root = session.root if session is not None else None
            schema = read_data(root or kit.folder(), "case", "schema")
            form = fields(schema.get("$defs", {}).get("decision", {}))
            self.params += [
                *opts.of_fields(form, skip=("answer",)),
                *speaking.parameters(opts.common(on=False)),
            ]
        return super().get_params(ctx)


@click.pass_obj
def _run(session: Session, /, case: str, answers: tuple[str, ...], **options: Any) -> int:
    from casebook.actions import entries
    from casebook.actions.forms import field
    from casebook.choosing import choose

    desk = session.desk
    record = desk.case(case)
    schema = desk.cases.schema["$defs"]["decision"]["properties"]
    question = field("id", schema["id"], required=True)
    answer = field("answer", schema["answer"], required=True)
    reader = desk.reader(record)
    if not answers and not session.interactive:
        raise UsageError(
            _("Which question, and what is the answer?"),
            _("For example: git case decide {case} offence=unsure. Questions: {options}").format(
                case=record.id.rpartition("-")[2],
                options=", ".join(value for value, _label in question.options),
            ),
        )
    if not answers:
        answers = (str(asking.ask(session, question, reader)),)
    given: dict[str, str] = {}
    for pair in answers:
        name, equals, value = pair.partition("=")
        chosen = choose(name, question.options, question.names)
        if equals:
            given[chosen] = str(reader.read(answer, [value]))
        else:
            from casebook.frozen import replace

            asked = replace(answer, question=question.option_label(chosen))
            given[chosen] = str(asking.fill(session, [asked], {}, reader)["answer"])
    form = entries.question_form(desk.cases, required=())
    typed = opts.given(options)
    needed = [one for one in form if one.name in typed or one.name == "because"]
    values = asking.fill(session, needed, typed, reader, every=not any("=" in a for a in answers))
    dry_run = bool(options.get("dry_run"))
    return carrying_out.finish(
        session, entries.decide(desk, record.id, given, values, dry_run=dry_run)
    )


command = Decide(
    "decide",
    params=[
        opts.case_argument(),
        click.Argument(["answers"], nargs=-1, metavar="QUESTION=ANSWER…", required=False),
    ],
    callback=_run,
    short_help=N_("Answer a question of the case."),
    help=N_("Answer questions of a case (yes, no, unsure), such as offence, police or help."),
)
