"""``git policy announce``: who is told, or was told, which versions of rules and consequences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook import kit
from casebook.commands import asking, carrying_out, speaking
from casebook.commands import options as opts
from casebook.commands.moves import read_data
from casebook.commands.naming import given
from casebook.errors import UsageError
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from casebook.commands.session import Session


class AnnounceCommand(click.Command):
    """Its options are the fields of an announcement; made when they are needed."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The texts, an option for every field, and the common ones."""
        if len(self.params) == 1:
            from casebook.actions.announcing import KIND, MODEL, OF
            from casebook.actions.forms import plain_fields

            session = ctx.find_object(object)
            root = getattr(session, "root", None) or kit.folder()
            schema = read_data(root, KIND, "schema")
            self.params += opts.of_fields(plain_fields(schema), skip=(OF, MODEL))
            self.params += speaking.parameters(opts.common())
        return super().get_params(ctx)


@click.command(
    "announce",
    cls=AnnounceCommand,
    short_help=N_("Record who is told which rules and consequences."),
    params=[opts.policy_argument()],
)
@click.pass_obj
def command(session: Session, /, references: tuple[str, ...], **options: Any) -> int:
    """Record who is told, or was told, which versions of the rules and of their consequences.

    Name a code or rules: a new announcement of them and their ladders is made, planned for a day
    or given --on a day. Name an announcement that is there: it is marked as given.
    """
    from casebook.actions import announcing

    on = carrying_out.set_moment(session, options["on"])
    desk = session.desk
    there, texts = announcing.split(desk, references)
    typed = given(options)
    known = {one.name: one for one in announcing.form(desk)}
    reader = desk.reader(kind=desk.policy.catalogue.kind(announcing.KIND))
    if on or (there and announcing.PLANNED not in typed):
        typed.setdefault(announcing.GIVEN, [(on or desk.now.date().isoformat())[:10]])
    if there:
        values = asking.fill(session, [known[name] for name in typed], typed, reader)
        done = announcing.mark(desk, there, values, dry_run=bool(options["dry_run"]))
        return carrying_out.finish(session, done)
    announcing.told(desk, texts, desk.now.date())
    if announcing.GIVEN not in typed and announcing.PLANNED not in typed:
        if not session.interactive:
            raise UsageError(
                _("Is it planned, or was it done?"),
                _("Give --planned with the day, or --on with the day it was done."),
            )
        typed[announcing.PLANNED] = [str(asking.ask(session, known[announcing.PLANNED], reader))]
    asked = [
        _required(known[name]) if name == announcing.AUDIENCE else known[name]
        for name in known
        if name in typed or name == announcing.AUDIENCE
    ]
    values = asking.fill(session, asked, typed, reader)
    done = announcing.announce(desk, texts, values, dry_run=bool(options["dry_run"]))
    return carrying_out.finish(session, done)


def _required(one: Any) -> Any:
    from casebook.frozen import replace

    return replace(one, required=True)
