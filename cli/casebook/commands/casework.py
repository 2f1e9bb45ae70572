"""What the commands that write in a case do, apart from their options.

It imports no Click, so that a command typed plainly need not wait for it. Moves stand in
``carrying_out``, what ``git policy`` does alike in ``recording``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.commands import asking, carrying_out, picking
from casebook.commands.naming import given
from casebook.errors import UsageError
from casebook.i18n import _
from casebook.render import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.commands.session import Session

    Options = Mapping[str, Any]


def new(session: Session, type_: str | None, summary: str | None, options: Options) -> int:
    """Record a case: advice first, then the few questions, then the case."""
    from casebook.actions import creating
    from casebook.render import pages

    happened = carrying_out.set_moment(session, options.get("on"))
    desk = session.desk
    chosen = creating.find_type(desk, type_ or picking.choose_type(session))
    creating.require_circle(desk, chosen)
    if not session.json:
        say.lines(pages.advice(chosen, say.width()))
    settle = bool(options.get("settle"))
    typed = given(options)
    for pair in options.get("field", ()):
        name, _equals, value = pair.partition("=")
        typed.setdefault(name, []).append(value)
    if summary is not None:
        typed["summary"] = [summary]
    if happened:
        # As it was read already: "yesterday" must not be counted back twice.
        typed.setdefault("reported", [happened])
    form = creating.form(desk, chosen, settle=settle)
    values = asking.fill(session, form, typed, desk.reader())
    dry_run = bool(options.get("dry_run"))
    return carrying_out.finish(
        session, creating.new(desk, chosen, values, settle=settle, dry_run=dry_run)
    )


def note(session: Session, case: str, text: str | None, options: Options) -> int:
    """Write in the journal; the text is asked where it was not given."""
    from casebook.actions import noting
    from casebook.actions.forms import Field

    carrying_out.set_moment(session, options["on"])
    desk = session.desk
    record = desk.case(case)
    reader = desk.reader(record)
    if text is None and not session.interactive:
        raise UsageError(
            _("What is there to note?"),
            _("Write it between quotation marks behind: {command}").format(
                command=f"git case note {record.short}"
            ),
        )
    asked = Field("text", _("text"), _("What is there to note?"), required=True, long=True)
    typed = {"text": [text]} if text is not None else {}
    values = asking.fill(session, [asked], typed, reader)
    people = [code for one in options["with_"] for code in reader.codes(one)]
    return carrying_out.finish(
        session,
        noting.note(
            desk,
            record.id,
            str(values["text"]),
            kind=options["kind"],
            people=people,
            corrects=options["corrects"].upper(),
            dry_run=options["dry_run"],
        ),
    )


def decide(session: Session, case: str, answers: Sequence[str], options: Options) -> int:
    """Answer questions of a case; the question or its answer is asked where it was not given."""
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
    chosen: dict[str, str] = {}
    for pair in answers:
        name, equals, value = pair.partition("=")
        about = choose(name, question.options, question.names)
        if equals:
            chosen[about] = str(reader.read(answer, [value]))
        else:
            from casebook.frozen import replace

            asked = replace(answer, question=question.option_label(about))
            chosen[about] = str(asking.fill(session, [asked], {}, reader)["answer"])
    form = entries.question_form(desk.cases, required=())
    typed = given(options)
    needed = [one for one in form if one.name in typed or one.name == "because"]
    values = asking.fill(session, needed, typed, reader, every=not any("=" in a for a in answers))
    dry_run = bool(options.get("dry_run"))
    return carrying_out.finish(
        session, entries.decide(desk, record.id, chosen, values, dry_run=dry_run)
    )


def done(session: Session, case: str, item: str, options: Options) -> int:
    """Mark a step, action or message as done."""
    from casebook.commands import recording

    carrying_out.set_moment(session, options["on"])
    return recording.done(session, session.desk.case(case), item, options)


def skip(session: Session, case: str, item: str, options: Options) -> int:
    """Mark a step, action or message as not needed; the reason is asked where it was not given."""
    from casebook.actions import marking
    from casebook.actions.forms import Field

    carrying_out.set_moment(session, options["on"])
    desk = session.desk
    record = desk.case(case)
    marking.place(desk, record, item)
    asked = Field("because", _("because"), _("Why is it not needed here?"), required=True)
    typed = {"because": [options["because"]]} if options["because"] else {}
    values = asking.fill(session, [asked], typed, desk.reader(record))
    if options["by"]:
        values["by"] = options["by"]
    return carrying_out.finish(
        session, marking.skip(desk, record, item, values, dry_run=options["dry_run"])
    )


def set_fields(session: Session, case: str, pairs: Sequence[str], options: Options) -> int:
    """Change fields of a case or of one of its entries."""
    from casebook.commands import recording

    carrying_out.set_moment(session, options["on"])
    record = session.desk.case(case)
    return recording.set_fields(session, record, pairs, dry_run=bool(options["dry_run"]))


def drop(session: Session, case: str, item: str, options: Options) -> int:
    """Take an entry out of a case."""
    from casebook.commands import recording

    carrying_out.set_moment(session, options["on"])
    return recording.drop(session, session.desk.case(case), item, options)
