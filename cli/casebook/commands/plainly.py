"""Commands typed plainly, taken apart without Click: what writes a case, and a server's hook.

Importing Click and building its groups takes longer than most of these commands. Whatever is not
plain (help, a word that is missing or unknown, completion) is left to Click, which says what is
wrong; a test holds both to the same reading.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from casebook.commands.naming import ARGUMENT, FLAGS, Form, fields, taken
from casebook.errors import CasebookError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from casebook.commands.naming import Options
    from casebook.commands.session import Session

ON: Final = {"--on": "on"}
ADD: Final = "add"
HELP: Final = frozenset({"-h", "--help"})


def answer(session: Session) -> int | None:
    """Carry out the command of this run; None where it is not one of these, or not typed plainly.

    The exit code otherwise; raises as the command does.
    """
    if session.program == "casebook" and session.words == ["receive"]:
        from casebook.commands import receiving

        return receiving.receive(session)
    if session.program != "git case" or not session.words or session.root is None:
        return None
    if HELP.intersection(session.words):
        return None
    form, rest = form_of(session, session.words)
    options = taken(rest, form) if form is not None else None
    return form.run(session, options) if form is not None and options is not None else None


def form_of(session: Session, words: Sequence[str]) -> tuple[Form | None, Sequence[str]]:
    """The form of a command (of the table, or a move of the casebook around) and its own words."""
    make = COMMANDS.get(words[0])
    try:
        if words[0] == ADD:
            return (_add(session, words[1]) if len(words) > 1 else None), words[2:]
        if make is None and (words[0][:1] in ("", "-") or _is_module(words[0])):
            return None, ()
        return (make(session) if make is not None else _move(session, words[0])), words[1:]
    except CasebookError:
        return None, ()  # what is wrong with the casebook is said by who needs the whole of it


def _is_module(word: str) -> bool:
    """Whether a command of this name is Click's alone: then the moves need not be known."""
    return os.path.isfile(f"{os.path.dirname(__file__)}/case/{word.replace('-', '_')}.py")  # noqa: PTH113, PTH120


# -- the commands ----------------------------------------------------------------------------


def _show(_session: Session) -> Form:
    def run(session: Session, options: Options) -> int:
        from casebook.commands import showing

        chosen = (options["full"], options["paper"], options["as_json"])
        return showing.case(session, options["case"], *chosen)

    flags = {"--full": "full", "--print": "paper", "--json": "as_json"}
    return Form(run, flags=flags)


def _new(session: Session) -> Form:
    from casebook.actions.forms import plain_names

    def run(session: Session, options: Options) -> int:
        from casebook.commands import casework

        return casework.new(session, options.pop("type_"), options.pop("summary"), options)

    return Form(
        run,
        ("type_", "summary"),
        needed=0,
        single=ON,
        several={**fields(plain_names(session.desk.cases.schema)), "--field": "field"},
        flags={**FLAGS, "--settle": "settle"},
    )


def _add(session: Session, word: str) -> Form | None:
    from casebook.actions import entries, filling

    kind = session.desk.cases
    name = entries.list_of(kind, word)
    if not name:
        return None
    how = kind.schema["properties"][name]["x-add"]
    arguments: list[str] = how.get("arguments", [])

    def run(session: Session, options: Options) -> int:
        from casebook.commands import carrying_out, recording

        carrying_out.set_moment(session, options.get("on"))
        record = session.desk.case(options.pop("case"))
        return recording.add(session, record, word, arguments, options)

    names = [one for one in filling.entry_schema(kind, name)["properties"] if one != "id"]
    return Form(
        run,
        ("case", *(ARGUMENT + one for one in arguments)),
        rest=bool(how.get("many")),
        single={} if "on" in names else ON,
        several=fields(names),
    )


def _move(session: Session, word: str) -> Form | None:
    move = session.desk.cases.workflow.moves.get(word)
    if move is None:
        return None

    def run(session: Session, options: Options) -> int:
        from casebook.commands import carrying_out

        return carrying_out.move(session, word, options.pop("case"), options)

    parts = [part.asks for part in (move.adds, move.ends) if part is not None]
    asked = [name for asks in (move.asks, *parts) for name in asks]
    if len(move.targets) > 1 and not move.stored:
        asked.append("to")
    return Form(run, single=ON, several=fields(asked))


def _note(_session: Session) -> Form:
    def run(session: Session, options: Options) -> int:
        from casebook.commands import casework

        return casework.note(session, options.pop("case"), options.pop("text"), options)

    return Form(
        run,
        ("case", "text"),
        single={**ON, "--kind": "kind", "--corrects": "corrects"},
        several={"--with": "with_"},
        default={"kind": "note", "corrects": ""},
    )


def _decide(session: Session) -> Form:
    def run(session: Session, options: Options) -> int:
        from casebook.commands import casework

        return casework.decide(session, options.pop("case"), options.pop("answers"), options)

    asked = session.desk.cases.schema["$defs"]["decision"]["properties"]
    names = [name for name in asked if name not in ("id", "answer")]
    return Form(run, ("case", "answers"), rest=True, several=fields(names))


def _done(_session: Session) -> Form:
    def run(session: Session, options: Options) -> int:
        from casebook.commands import casework

        return casework.done(session, options.pop("case"), options.pop("item"), options)

    single = {**ON, "--by": "by", "--result": "result"}
    return Form(run, ("case", "item"), 2, single=single, default={"by": "", "result": ""})


def _skip(_session: Session) -> Form:
    def run(session: Session, options: Options) -> int:
        from casebook.commands import casework

        return casework.skip(session, options.pop("case"), options.pop("item"), options)

    single = {**ON, "--by": "by", "--because": "because"}
    return Form(run, ("case", "item"), 2, single=single, default={"by": ""})


def _set(_session: Session) -> Form:
    def run(session: Session, options: Options) -> int:
        from casebook.commands import casework

        return casework.set_fields(session, options.pop("case"), options.pop("pairs"), options)

    return Form(run, ("case", "pairs"), rest=True, single=ON)


def _drop(_session: Session) -> Form:
    def run(session: Session, options: Options) -> int:
        from casebook.commands import casework

        return casework.drop(session, options.pop("case"), options.pop("item"), options)

    return Form(run, ("case", "item"), 2, single={**ON, "--because": "because"})


COMMANDS: Final[Mapping[str, Callable[[Session], Form]]] = {
    "decide": _decide,
    "done": _done,
    "drop": _drop,
    "new": _new,
    "note": _note,
    "set": _set,
    "show": _show,
    "skip": _skip,
}
