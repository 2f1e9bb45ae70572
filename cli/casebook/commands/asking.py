"""Asking at the terminal for what was not typed; elsewhere saying all that is missing.

Questions come from fields; what an answer means is the reader's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook.commands.naming import option
from casebook.commands.session import require_text
from casebook.errors import InterruptedByUser, UsageError
from casebook.frozen import replace
from casebook.i18n import _, sentence
from casebook.record import CASE
from casebook.render import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.actions.answers import Reader
    from casebook.actions.forms import Field
    from casebook.commands.session import Session

    Values = dict[str, "str | list[str]"]

STDIN = "-"
LATER = ("", "later")
NO = ("n", "niet", "not")
STOP = ("q", "quit", "stop")
NOT_NEEDED: Final = ["n"]  # told apart from every answer by identity
# Which lists the codes in a field come from; persons where nothing else is said.
CODES_OF = {
    "about": ("persons", "contents"),
    "facts": ("facts",),
    "heard": ("talks",),
    "copy_of": ("contents",),
    "extends": ("measures",),
    "waits_for": ("external",),
}


class Stop(Exception):  # noqa: N818 - how a person leaves a conversation, not an error
    """The person typed q."""


def fill(
    session: Session,
    fields: Sequence[Field],
    typed: Mapping[str, Sequence[str]],
    reader: Reader,
    *,
    every: bool = False,
    stops: bool = False,
) -> Values:
    """The values of ``fields``: those typed, and on a terminal the asked ones that are missing.

    ``every`` asks all fields with a question, not only the required ones; with ``stops`` a "q"
    raises Stop. Raises UsageError that lists all that is missing where nobody can be asked.
    """
    values: Values = {}
    for asked in fields:
        words = typed.get(asked.name)
        if words:
            values[asked.name] = reader.read(asked, [_from_stdin(word) for word in words])
    missing = [one for one in fields if one.name not in values and (one.required or every)]
    if not session.interactive:
        lacking = [one for one in missing if one.required and not _falls_back(one)]
        if lacking:
            raise UsageError(
                _("Still needed: {fields}").format(
                    fields=", ".join(option_name(one) for one in lacking)
                ),
                _("Give them as options, or type the command at a terminal to be asked."),
            )
        return values
    for asked in missing:
        if asked.required or asked.asked:
            answer = ask(session, _offered(session, asked), reader, stops=stops)
            if answer:
                values[asked.name] = answer
    return values


def option_name(asked: Field) -> str:
    """How a field is given on the command line, with its label."""
    return f"{option(asked.name)} ({asked.label})"


def _falls_back(asked: Field) -> bool:
    """Whether the field fills itself in when nobody answers."""
    return bool(asked.default or asked.fill)


def _from_stdin(word: str) -> str:
    if word != STDIN:
        return word
    import sys

    try:
        text = sys.stdin.read().strip() if sys.stdin is not None else ""
    except UnicodeDecodeError as error:
        text = error.object[error.start : error.end].decode("ascii", "surrogateescape")
    require_text(text)
    return text


def _offered(session: Session, asked: Field) -> Field:
    """Whoever is asked for the owner of a case is offered their own role."""
    if asked.name != "owner" or asked.format != "role" or not asked.required or asked.default:
        return asked
    own = session.desk.role
    names = {own: session.desk.cases.role_names.get(own, {})}
    return replace(asked, default=own, names=names)


def ask(session: Session, asked: Field, reader: Reader, *, stops: bool = False) -> str | list[str]:
    """Ask until the answer can be read; an empty one takes the default or leaves it open.

    With ``stops`` a "q" raises Stop; what was answered before it in the same entry is not kept.
    """
    say.question(asked, codes=known_codes(session, asked, reader))
    while True:
        text = read_lines() if asked.long and not asked.options else read_line()
        if text == "?":
            say.explanation(asked)
            continue
        if stops and text.strip().casefold() in STOP:
            raise Stop
        if not text.strip():
            if asked.default or not asked.required or asked.fill:
                return [asked.default] if asked.many and asked.default else asked.default
            say.line(_("An answer is needed here (? explains, Ctrl-C stops)."))
            continue
        try:
            return read_answer(session, asked, reader, text)
        except UsageError as error:
            say.line(f"{error.message} {_again(asked, text) or error.hint}".strip())


def put(session: Session, asked: Field, reader: Reader, enter: str) -> str | list[str] | None:
    """The first question of a task: its answer, None for later, NOT_NEEDED for "n".

    Raises Stop for "q". Enter is later here, as ``enter`` says, so nothing else is offered.
    """
    open_field = replace(asked, default="", fill="", required=True)
    say.question(open_field, enter=enter, codes=known_codes(session, asked, reader))
    while True:
        text = read_lines() if asked.long and not asked.options else read_line()
        word = text.strip().casefold()
        if word in STOP:
            raise Stop
        if word in NO:
            return NOT_NEEDED
        if word in LATER:
            return None
        if word == "?":
            say.explanation(asked)
            continue
        try:
            return read_answer(session, open_field, reader, text)
        except UsageError as error:
            say.line(f"{error.message} {_again(asked, text) or error.hint}".strip())


def _again(asked: Field, text: str) -> str:
    """What helps after a wrong choice: the nearest; all of them stand above with their numbers."""
    if not asked.options:
        return ""
    from casebook.choosing import Choices, meant

    labels = dict(asked.options)
    near = Choices(asked.options, asked.names, asked.words).near(text)
    if near:
        return meant(", ".join(labels[one] for one in near))
    return _("Type a number, a word, or the beginning of a word.")


def known_codes(session: Session, asked: Field, reader: Reader) -> list[str]:
    """The codes a question can be answered with, each with what it stands for."""
    if asked.format != "code":
        return []
    from casebook.actions.results import describe
    from casebook.pattern import entries

    kind = session.desk.policy.catalogue.kind(str(reader.schema["title"]))
    lists = CODES_OF.get(asked.name, ("persons",))
    if kind.name != CASE:
        lists = (f"{asked.name}s",)
    return [
        f"{entry.get('id')} ({describe(kind, name, entry)})"
        for name in lists
        for entry in entries(reader.data, name)
    ]


def read_answer(session: Session, asked: Field, reader: Reader, text: str) -> str | list[str]:
    """What was typed at a prompt, read; raises UsageError. It is kept to be printed back.

    What no case may hold is refused at once, while the words can still be changed.
    """
    if reader.schema.get("title") == CASE and not asked.options:
        _require_codes(session, text)
    session.typed.append(text)
    return reader.read(asked, [_by_number(asked, text)])


def _require_codes(session: Session, text: str) -> None:
    """Refuse an answer that looks like personal data; its value is not repeated."""
    from casebook import personal

    for hit in personal.scan(text, session.desk.policy.public_numbers):
        message, remedy = personal.message(hit)
        raise UsageError(message, f"{sentence(remedy)}.")


def _by_number(asked: Field, text: str) -> str:
    """Numbers of choices become the choices: ``1,3``."""
    if not asked.options:
        return text
    parts = [part.strip() for part in text.split(",")]
    chosen = [
        asked.options[int(part) - 1][0]
        if part.isdigit() and 1 <= int(part) <= len(asked.options)
        else part
        for part in parts
    ]
    return ",".join(chosen)


def read_line(prompt: str = "> ") -> str:
    """One line from the terminal; raises InterruptedByUser at the end of input."""
    while True:
        try:
            line = input(prompt)
            require_text(line)
        except EOFError as error:
            raise InterruptedByUser(_("Stopped; nothing more was changed.")) from error
        except UnicodeDecodeError:
            say.line(_("These are no characters that can be stored; set your terminal to UTF-8."))
        except UsageError as error:
            say.line(f"{error.message} {error.hint}")
        else:
            return line


def read_lines() -> str:
    """Several lines, ended by an empty one."""
    lines: list[str] = []
    while True:
        line = read_line("> " if not lines else "| ")
        if not line.strip() or (not lines and line.strip() in ("?", "n", "q")):
            return "\n".join([*lines, line]).strip()
        lines.append(line)


def confirm(question: str, explained: str = "") -> bool:
    """Yes or no, in either language; Enter means yes. What is neither is asked again."""
    say.line(f"{question} [{_('yes')}]")
    while True:
        answer = read_line().strip().casefold()
        if answer in ("", "y", "yes", "j", "ja"):
            return True
        if answer in (*NO, *STOP, "no", "nee"):
            return False
        if answer == "?" and explained:
            say.line(explained)
        say.line(_("Enter or yes does it; no leaves it."))
