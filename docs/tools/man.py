"""Make the man page from the help of the commands, so that the two never differ.

It adds what no command's help holds: exit codes, files and environment; it invents no options.

    python docs/tools/man.py            write docs/git-case.1 anew
    python docs/tools/man.py --check    change nothing; 1 when the page is out of date
"""

from __future__ import annotations

import argparse
import re
import sys
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebook import __version__, i18n

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).resolve().parents[1] / "git-case.1"
PROGRAMS = {"git case": "case", "git policy": "policy", "casebook": "umbrella"}
EXITS = {
    "0": "Fine.",
    "1": "Findings in the files, or gaps in the policy.",
    "2": "Typed wrongly, or something needed is missing.",
    "3": "Refused: the rules of the casebook do not allow it now. Nothing was changed.",
    "4": "The computer is not ready: no git, no identity, no casebook, locked, merge in progress.",
    "5": "No record, item or word of that name.",
    "70": "An error in casebook itself.",
    "130": "Interrupted, or answered with no.",
}
ENVIRONMENT = {
    "CASEBOOK_DIR": "The folder to work in, like -C.",
    "CASEBOOK_LANG": "The language, nl or en, like --lang.",
    "CASEBOOK_EDITOR": "The editor for git case edit; else VISUAL, EDITOR or that of git.",
    "NO_COLOR": "No colours.",
}
FILES = {
    "schemas/casebook.json": "Marks a folder as a casebook, with its language, sector and circle.",
    "cases/YEAR/ID.md": "One case.",
    "policy/": "The rules and procedures of the school.",
    "schemas/": "Kinds, fields, states, moves and types, as data that a school can change.",
}
INTRODUCTION = (
    "A casebook holds the social-media incidents of a school and its rules as Markdown files in "
    "git. git case is for incidents, git policy for rules, casebook for the whole. Every change is "
    "checked and is a commit. Cases hold codes such as P1, never names, and never an image."
)
SHELLS = (
    "In bash, zsh, dash and fish the word case belongs to the shell itself: type git case, or "
    "command case in a script."
)


def escaped(text: str) -> str:
    """A text as roff reads it, on one line."""
    plain = " ".join(text.replace("\u2026", "...").split())
    words = plain.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{words}" if words.startswith((".", "'")) else words


def page() -> str:
    """The whole page, in English."""
    i18n.activate("en")
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield '.\\" Made by docs/tools/man.py from the help of the commands; do not edit.'
    yield f'.TH GIT\\-CASE 1 "" "casebook {__version__}" "Casebook"'
    yield ".SH NAME"
    yield "git\\-case, git\\-policy, casebook \\- social\\-media incidents and rules of a school"
    yield ".SH SYNOPSIS"
    for program in PROGRAMS:
        yield f".B {escaped(program)}"
        yield "[\\-C DIR] [\\-\\-lang nl|en] COMMAND ...\n.br"
    yield ".SH DESCRIPTION"
    yield escaped(INTRODUCTION)
    yield f".PP\n{escaped(SHELLS)}"
    for program, group in PROGRAMS.items():
        yield from _program(program, group)
    for title, rows in (("EXIT STATUS", EXITS), ("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)):
        yield f".SH {title}"
        for name, words in rows.items():
            yield from _row(name, words)
    yield ".SH SEE ALSO"
    yield ".BR git (1)"


def _program(program: str, group: str) -> Iterator[str]:
    from casebook.commands.root import Commands

    commands = Commands(group)
    top = click.Context(commands, info_name=program)
    yield f".SH {escaped(program.upper())} COMMANDS"
    for parameter in commands.get_params(top):
        yield from _option(parameter, top)
    for name in commands.list_commands(top):
        command = commands.get_command(top, name)
        if command is not None and not command.hidden:
            yield from _command(command, click.Context(command, info_name=name, parent=top))


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    pieces = [one for one in command.collect_usage_pieces(context) if one != "[OPTIONS]"]
    yield f".SS {escaped(' '.join([context.command_path, *pieces]))}"
    for number, paragraph in enumerate(re.split(r"\n\s*\n", cleandoc(command.help or ""))):
        yield f".PP\n{escaped(paragraph)}" if number else escaped(paragraph)
    if command.epilog:
        yield f".PP\n{escaped(command.epilog)}"
    for parameter in command.get_params(context):
        yield from _option(parameter, context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                yield from _command(inner, click.Context(inner, info_name=name, parent=context))


def _option(parameter: click.Parameter, context: click.Context) -> Iterator[str]:
    record = parameter.get_help_record(context)
    if record is not None and record[1] and "--help" not in parameter.opts:
        yield from _row(*record)


def _row(name: str, words: str) -> Iterator[str]:
    yield ".TP"
    yield f".B {escaped(name)}"
    yield escaped(words) or "\\&"


def main(argv: list[str] | None = None) -> int:
    """Write the page, or with ``--check`` say whether it is up to date."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing, only say")
    only_check = parser.parse_args(argv).check
    made = page()
    current = PAGE.read_text("utf-8") if PAGE.exists() else ""
    if made == current:
        return 0
    if only_check:
        print(f"{PAGE.name} is out of date. Do: python docs/tools/man.py")
        return 1
    PAGE.write_text(made, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
