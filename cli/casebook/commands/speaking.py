"""The help of commands, and Click's own texts, in the language of the run.

Commands are built when their module is imported, with their texts in the source language; it
never changes them, but shows translated copies.
"""

from __future__ import annotations

import re
import sys
from copy import copy
from inspect import cleandoc
from typing import TYPE_CHECKING

import click

from casebook import i18n
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable

# The modules of Click that hold texts.
CLICK = (
    "_termui_impl",
    "core",
    "decorators",
    "exceptions",
    "formatting",
    "parser",
    "shell_completion",
    "termui",
    "types",
    "utils",
)
# What stands for a value in the line of usage.
WORDS = (
    N_("ANSWER"),
    N_("ARGS"),
    N_("CASE"),
    N_("CONTACT"),
    N_("DIR"),
    N_("ENTRY"),
    N_("FIELD"),
    N_("ID"),
    N_("ITEM"),
    N_("KIND"),
    N_("NAME"),
    N_("OPTIONS"),
    N_("PATHS"),
    N_("PROCEDURE"),
    N_("QUESTION"),
    N_("REF"),
    N_("ROLES"),
    N_("SECTION"),
    N_("SUMMARY"),
    N_("TITLE"),
    N_("TO"),
    N_("VALUE"),
)


def click_too() -> None:
    """Let Click look its texts up in our catalogue.

    Click asks the standard library, which knows a language only from the environment; and what
    is set there, git and the editor would see as well.
    """
    ours = {"_": i18n._, "ngettext": i18n.ngettext}
    for name in CLICK:
        module = sys.modules.get(f"click.{name}")
        for word in ours.keys() & vars(module).keys() if module is not None else ():
            setattr(module, word, ours[word])


def command(known: click.Command) -> click.Command:
    """A copy of a command with its help, epilog and parameters translated."""
    shown = copy(known)
    shown.help = _(cleandoc(known.help)) if known.help else known.help
    shown.short_help = _(known.short_help or "") or None
    shown.epilog = _(known.epilog or "") or None
    shown.params = parameters(known.params)
    words(shown)
    return shown


def words(shown: click.Command) -> None:
    """Translate what stands in the line of usage for options and for a command."""
    shown.options_metavar = _words(shown.options_metavar or "") or None
    if isinstance(shown, click.Group):
        shown.subcommand_metavar = _words(shown.subcommand_metavar)


def parameters(known: Iterable[click.Parameter]) -> list[click.Parameter]:
    """Copies of parameters with their help and the word for their value translated."""
    shown = []
    for one in known:
        spoken = copy(one)
        spoken.metavar = _value(one)
        if isinstance(spoken, click.Option):
            spoken.help = _(spoken.help or "") or None
        shown.append(spoken)
    return shown


def _value(one: click.Parameter) -> str | None:
    """The word for the value of a parameter; None where Click finds a better one."""
    word = one.metavar
    if word is None and isinstance(one, click.Argument) and not isinstance(one.type, click.Choice):
        word = (one.name or "").upper()
        word = word if one.required else f"[{word}]"
        word += "" if one.nargs == 1 else "…"
    return _words(word) if word else word


def _words(pattern: str) -> str:
    return re.sub(r"[A-Z]{2,}", lambda found: _(found[0]), pattern)
