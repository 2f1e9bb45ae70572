"""``git policy publish``: the policy in force as pages for a browser and for paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session

WORDINGS = ("formal", "positive", "easy", "english", "i-form")
AUDIENCES = ("pupils", "staff", "parents")


@click.command("publish", short_help=N_("Make pages of the policy in force."))
@click.option("--out", required=True, metavar="DIR", help=N_("The folder for the pages."))
@click.option("--wording", type=click.Choice(WORDINGS), help=N_("Show the rules in this wording."))
@click.option("--audience", type=click.Choice(AUDIENCES), help=N_("Only what these read."))
@click.option("--on", metavar=N_("DATE"), help=N_("As it applies on this day, if not today."))
@click.option("--drafts", is_flag=True, help=N_("Show drafts too, marked on every page."))
@click.option("--url", default="", metavar="URL", help=N_("Where the pages will stand."))
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, /, out: str, **options: Any) -> int:
    """Make a site of what is in force: rules, reasons, consequences, help, plans, a poster.

    Nothing of a case can get in. The folder is new, empty, or made this way before; it is
    replaced as a whole. The pages need no network and print on A4.
    """
    from pathlib import Path

    from casebook.actions import edition, placing, plainness
    from casebook.commands.carrying_out import set_moment
    from casebook.render import publishing, say, site

    desk = session.desk
    folder = Path(session.start, out)
    placing.require_place(folder, desk.casebook.root)
    set_moment(session, options["on"])
    asked = edition.request(
        desk.policy,
        desk.now.date(),
        desk.casebook.language,
        wording=options["wording"] or "",
        audience=options["audience"] or "",
        drafts=options["drafts"],
        address=options["url"],
    )
    found = edition.edition(desk.casebook, desk.tree, asked)
    made = site.build(found)
    placing.put(made.files, folder, desk.casebook.root)
    hard = list(plainness.hard(found))
    if session.json:
        say.answer(dict(publishing.data(found, made, folder, hard)))
    else:
        say.lines(publishing.lines(found, made, folder, hard, say.width()))
    return 0
