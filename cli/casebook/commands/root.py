"""The Click groups: commands found by folder, moves made from workflow data, Click's own errors.

A command is a module in ``umbrella``, ``case`` or ``policy``; nothing is listed here by name.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from casebook import rooms
from casebook.commands import speaking
from casebook.errors import InterruptedByUser, UsageError
from casebook.i18n import N_, _
from casebook.render.terminal import NARROWEST, WIDEST, width

if TYPE_CHECKING:
    from casebook.commands.session import Session

HELP = {
    "umbrella": N_("Social-media incidents and rules of a school, as text files with a history."),
    "case": N_("Incidents: from report to closed."),
    "policy": N_("The rules and procedures of the school."),
}
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": WIDEST}
PACKAGE = "casebook.commands"
WITH_MOVES = ("case", "policy")


def invoke(session: Session, group: str) -> int:
    """Run the words of ``session`` in ``group``; answers the exit code."""
    speaking.click_too()
    root = Commands(group, session)
    try:
        answer = root.main(
            args=session.words,
            prog_name=session.program,
            standalone_mode=False,
            obj=session,
            complete_var="_CASEBOOK_COMPLETE",
            windows_expand_args=False,
            # Told here, Click does not load what it would look for the terminal with.
            terminal_width=max(width() - 2, NARROWEST),
        )
    except click.exceptions.NoArgsIsHelpError as error:
        raise UsageError(error.format_message()) from error
    except click.UsageError as error:
        raise UsageError(*_usage(error)) from error
    except click.Abort as error:
        raise InterruptedByUser(_("Stopped; nothing more was changed.")) from error
    except _ReaderGoneError as error:
        raise BrokenPipeError from error
    return answer if isinstance(answer, int) else 0


def _usage(error: click.UsageError) -> tuple[str, str]:
    path = error.ctx.command_path if error.ctx is not None else ""
    hint = _("See: {command}").format(command=f"{path} -h") if path else ""
    return error.format_message(), hint


@cache
def _modules(room: str) -> frozenset[str]:
    """The commands of a folder, by the names of their modules; looked up once."""
    package = import_module(f"{PACKAGE}.{room}")
    return frozenset(rooms.modules(package.__path__)) - {"bare"}


class _ReaderGoneError(Exception):
    """A closed pipe, under a name for which Click has no exit code of its own."""


class Commands(click.Group):
    """A group whose commands are the modules of a folder, and the moves of its kinds."""

    def __init__(self, group: str, session: Session | None = None) -> None:
        super().__init__(
            name=group,
            help=_(HELP[group]),
            context_settings=SETTINGS,
            invoke_without_command=True,
            callback=_bare(group),
            params=shared_options(),
        )
        speaking.words(self)
        self.room = group
        self.session = session
        self._known_moves: dict[str, Any] | None = None

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """As Click does; a reader that left (``-h | head -1``) is the boundary's affair."""
        try:
            return super().make_context(*args, **more)
        except BrokenPipeError as error:
            raise _ReaderGoneError from error

    def invoke(self, ctx: click.Context) -> Any:
        """As Click does; a reader that left is the boundary's affair."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _ReaderGoneError from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the folder's modules and of the moves."""
        names = [name.rstrip("_").replace("_", "-") for name in _modules(self.room)]
        return sorted({*names, *self._moves()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name: a module, or a move."""
        name = cmd_name.replace("-", "_")
        for candidate in (name, f"{name}_"):
            if candidate in _modules(self.room):
                module = import_module(f"{PACKAGE}.{self.room}.{candidate}")
                return speaking.command(module.command)
        moves = self._moves()
        if cmd_name in moves:
            from casebook.commands.moves import command_of

            return command_of(cmd_name, moves[cmd_name], self.room)
        return None

    def _moves(self) -> dict[str, Any]:
        if self.room not in WITH_MOVES:
            return {}
        if self._known_moves is None:
            from casebook.commands.moves import moves_of

            self._known_moves = moves_of(self.room, self.session)
        return self._known_moves

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As Click does, with the commands that were probably meant, in the user's language."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from casebook.commands import guessing

            others = {
                program: Commands(room, self.session).list_commands(ctx)
                for room, program in guessing.PROGRAMS.items()
                if room != self.room
            }
            labels = guessing.labels_of(self._moves())
            raise guessing.unknown(ctx, args[0], self.list_commands(ctx), labels, others) from error


def _bare(group: str) -> Any:
    @click.pass_context
    def bare(ctx: click.Context, /, **options: Any) -> int | None:
        if ctx.invoked_subcommand is not None:
            return None
        module = import_module(f"{PACKAGE}.{group}.bare")
        answer: int = module.run(ctx.obj, **options)
        return answer

    return bare


def shared_options() -> list[click.Parameter]:
    """Options every group shows; ``-C`` and ``--lang`` are taken off before Click sees them."""
    return [
        click.Option(["-C", "folder"], metavar=_("DIR"), expose_value=False, help=_("Work there.")),
        click.Option(["--lang"], metavar="nl|en", expose_value=False, help=_("Language.")),
        click.Option(["--json", "as_json"], is_flag=True, help=_("Answer as JSON.")),
        click.Option(["--mine"], is_flag=True, help=_("Only what your role has to do.")),
    ]
