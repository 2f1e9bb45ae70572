"""``casebook identity``: sign what you save, and accept colleagues."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebook.commands import asking, carrying_out, speaking
from casebook.errors import InterruptedByUser, UsageError
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from datetime import datetime

    from casebook.commands.session import Session


class Identity(click.Group):
    """A group that does something by itself and shows its commands in the user's language."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        found = super().get_command(ctx, cmd_name)
        return speaking.command(found) if found is not None else None


@click.group(
    "identity", cls=Identity, short_help=N_("Sign what you save."), invoke_without_command=True
)
@click.option(
    "--key", metavar=N_("FILE"), default="", help=N_("An SSH key you have, instead of a new one.")
)
@click.option("--role", default="", help=N_("Your role in the school."))
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_context
def command(ctx: click.Context, key: str, role: str, as_json: bool) -> int | None:
    """Have a key, sign every change with it, and stand in the list of who may sign."""
    del as_json  # the session knows
    if ctx.invoked_subcommand is not None:
        return None
    from casebook.actions import identifying

    session: Session = ctx.obj
    return carrying_out.finish(session, identifying.begin(session.desk, key=key, role=role))


@command.command("accept", short_help=N_("Accept a colleague by the code they sent."))
@click.argument("code")
@click.option("--yes", is_flag=True, help=N_("You have compared the six words aloud."))
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def accept(session: Session, code: str, yes: bool, as_json: bool) -> int:
    """Accept a colleague's key, after comparing its six words aloud.

    CODE is what the colleague sent, or the name of somebody whom another signer proposed.
    """
    del as_json
    from casebook.actions import accepting

    desk = session.desk
    asked = accepting.wanted(desk, code)
    said = _("Compare the words aloud first. {person}: {words}").format(
        person=asked.signer.person, words=" ".join(asked.words)
    )
    _agree(session, said, _("Does your colleague read out the same six words?"), yes=yes)
    return carrying_out.finish(session, accepting.accept(desk, asked.signer))


def _agree(session: Session, said: str, question: str, *, yes: bool) -> None:
    """Go on only when whoever types this agrees with what is said."""
    from casebook.render import say

    if yes:
        return
    if not session.interactive:
        raise UsageError(said, _("Then type the same line with --yes"))
    say.line(said)
    if not asking.confirm(question):
        raise InterruptedByUser(_("Stopped; nothing more was changed."))


@command.command("retire", short_help=N_("End a key: your own, or with a second signer another."))
@click.argument("person", required=False, default="")
@click.option("--on", metavar=N_("DATE"), default="", help=N_("The last moment it counts."))
@click.option("--yes", is_flag=True, help=N_("You know what it means."))
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def retire(session: Session, person: str, on: str, yes: bool, as_json: bool) -> int:
    """End a key. The line stays in the list, so that what was signed with it stays verified."""
    del as_json
    from casebook.actions import accepting

    day = _day(session, on) if on else None
    said = accepting.ending(session.desk, person, day)
    _agree(session, said, _("Do you want this?"), yes=yes)
    return carrying_out.finish(session, accepting.retire(session.desk, person, day))


def _day(session: Session, typed: str) -> datetime:
    from datetime import datetime

    from casebook import dates

    now = session.desk.now
    day, _space, clock = dates.read_typed(typed, now, past=False, format="moment").partition(" ")
    moment = datetime.fromisoformat(f"{day}T{clock or '00:00'}")
    return moment.replace(tzinfo=now.tzinfo)


@command.command("show", short_help=N_("Who somebody is, and the words of the key."))
@click.argument("person", required=False, default="")
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def show(session: Session, person: str, as_json: bool) -> int:
    """One signer with the six words of the key; without a name yourself."""
    del as_json
    from casebook.actions import identifying

    return carrying_out.finish(session, identifying.person(session.desk, person))


@command.command("list", short_help=N_("Who may sign."))
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def list_(session: Session, as_json: bool) -> int:
    """All signers with their roles and dates, and who is proposed."""
    from casebook.actions import accepting, identifying
    from casebook.render import identifying as rendering
    from casebook.render import say

    desk = session.desk
    known = identifying.listed(desk)
    if as_json:
        say.answer(rendering.data(known))
    else:
        say.lines(rendering.table(known, say.width(), desk.cases.role_label))
        number = known.people(desk.now)
        if known and number < accepting.ENOUGH:
            say.line(accepting.few(number))
    return 0
