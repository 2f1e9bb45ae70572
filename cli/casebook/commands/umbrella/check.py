"""``casebook check``: are the files right?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.i18n import N_

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command("check", short_help=N_("Are the files right?"))
@click.argument("paths", nargs=-1)
@click.option("--staged", is_flag=True, help=N_("Only what the next commit would hold."))
@click.option("--range", "range_", metavar="A..B", help=N_("The commits of a range, one by one."))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help=N_("How findings are printed."),
)
@click.option("--strict", is_flag=True, help=N_("Warnings make it fail too."))
@click.option("--json", "as_json", is_flag=True, help=N_("The same as --format json."))
@click.pass_obj
def command(session: Session, /, paths: tuple[str, ...], **options: Any) -> int:
    """Check all files, or some: every finding with its place and what to do."""
    from casebook.actions import checking
    from casebook.render import findings as rendering
    from casebook.render import say

    desk = session.desk
    if options["staged"]:
        found, number = checking.check_staged(desk)
    elif options["range_"]:
        found, number = checking.check_range(desk, options["range_"])
    else:
        wanted = checking.relative(desk, str(session.start), paths)
        found, number = checking.check_tree(desk, wanted)
    form = "json" if options["as_json"] else options["format_"]
    say.lines(rendering.FORMATS[form](found, number))
    errors = sum(one.is_error for one in found)
    return 1 if errors or (options["strict"] and found) else 0
