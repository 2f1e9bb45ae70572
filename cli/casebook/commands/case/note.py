"""``git case note``: a line in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import asking, carrying_out
from casebook.commands import options as opts
from casebook.errors import UsageError
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "note",
    short_help=N_("Write in the journal."),
    params=[
        opts.case_argument(),
        click.Argument(["text"], required=False),
        click.Option(["--kind"], default="note", metavar=N_("KIND"), help=N_("note, call, talk …")),
        click.Option(["--with", "with_"], multiple=True, metavar=N_("CODE"), help=N_("With whom.")),
        click.Option(["--corrects"], default="", metavar="J1", help=N_("Which entry it corrects.")),
        *opts.common(),
    ],
)
@click.pass_obj
def command(session: Session, /, case: str, text: str | None, **options: Any) -> int:
    """Add an entry to the journal of a case. Entries are never changed; correct with --corrects."""
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
    given = {"text": [text]} if text is not None else {}
    values = asking.fill(session, [asked], given, reader)
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
