"""Commands that are taken apart without Click are taken apart as Click does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pytest

from casebook.cli import run
from casebook.commands import naming, plainly
from casebook.commands.adding import Adding
from casebook.commands.root import Commands
from casebook.commands.session import Circumstances, Session

REPOSITORY = Path(__file__).parents[2]
ASKED = ("--severity", "serious", "--severity-because", "In twee klassen")
TYPED = [
    ("show", "7KQ2X"),
    ("show", "7KQ2X", "--full", "--json"),
    ("show", "--print", "7KQ2X"),
    ("new",),
    ("new", "quarrel"),
    ("new", "quarrel", "Ruzie", "--reported-by", "mentor"),
    ("new", "--reported-by=mentor", "--on", "gisteren", "quarrel", "--settle", "--dry-run"),
    ("new", "quarrel", "--field", "a=1", "--field=b=2", "--summary", "Ruzie", "--where", "app"),
    ("assess", "7KQ2X", "--owner", "mentor", *ASKED),
    ("assess", "7KQ2X", "--owner", "mentor", "--owner", "teacher", "--on", "a", "--on", "b"),
    ("close", "7KQ2X", "--truth", "confirmed", "--note", "Rustig gebleven", "--json"),
    ("wait", "7KQ2X", "--for", "police", "--what", "aangifte"),
    ("resume", "7KQ2X"),
    ("reopen", "7KQ2X", "--to", "planned"),
    ("reopen", "7KQ2X", "--because", "Het begon opnieuw"),
    ("note", "7KQ2X"),
    ("note", "7KQ2X", "Gebeld", "--with", "P1", "--with", "P2", "--kind", "call"),
    ("note", "7KQ2X", "Toch niet", "--corrects", "J1", "--on", "2026-11-18", "--dry-run"),
    ("decide", "7KQ2X"),
    ("decide", "7KQ2X", "offence=no", "help=yes", "--because", "Alleen woorden"),
    ("done", "7KQ2X", "A1", "--by", "mentor", "--result", "Gelukt", "--on", "vandaag"),
    ("skip", "7KQ2X", "A1", "--because", "Niet nodig", "--by", "mentor"),
    ("set", "7KQ2X"),
    ("set", "7KQ2X", "owner=mentor", "means=app", "--json"),
    ("drop", "7KQ2X", "P1", "--because", "Dubbel"),
    ("add", "person", "7KQ2X"),
    ("add", "person", "7KQ2X", "victim", "witness", "--minor", "yes", "--on", "2026-11-18"),
    ("add", "talk", "7KQ2X", "P1", "--on", "gisteren", "--for", "hear", "--dry-run"),
    ("add", "fact", "7KQ2X", "P1 zag het", "--source=mentor", "--about", "P1", "--about", "P2"),
    ("add", "external", "7KQ2X", "police", "report", "--json"),
]
NOT_PLAIN = [
    ("show",),
    ("show", "7KQ2X", "9TB4H"),
    ("show", "7KQ2X", "-h"),
    ("show", ""),
    ("new", "--help"),
    ("new", "quarrel", "Ruzie", "nog iets"),
    ("new", "quarrel", "--unheard-of", "x"),
    ("new", "quarrel", "--reported-by"),
    ("new", "quarrel", "--reported-by", ""),
    ("new", "quarrel", "--reported-by="),
    ("new", "quarrel", "--settle=yes"),
    ("new", "quarrel", "--where", "-app"),
    ("new", "--", "quarrel"),
    ("close",),
    ("close", "7KQ2X", "--to", "closed"),
    ("resume", "7KQ2X", "--to", "planned"),
    ("note", "7KQ2X", "-"),
    ("done", "7KQ2X"),
    ("drop", "7KQ2X"),
    ("add", "fact", "7KQ2X", "P1 zag het", "nog iets"),
    ("add", "fact"),
    ("add", "person", "7KQ2X", "victim", "--unheard-of", "x"),
]


@pytest.fixture
def session() -> Session:
    return Session.begin("git case", ["-C", str(REPOSITORY)], Circumstances())


def by_click(session: Session, words: tuple[str, ...]) -> dict[str, Any]:
    """The parameters that Click would hand over."""
    root = Commands("case", session)
    above = click.Context(root, info_name="git case", obj=session)
    command, rest = root.get_command(above, words[0]), words[1:]
    if isinstance(command, Adding):
        above = click.Context(command, info_name="add", parent=above, obj=session)
        command, rest = command.get_command(above, words[1]), words[2:]
    assert command is not None
    found: dict[str, Any] = command.make_context(words[0], list(rest), above).params
    return found


def plainly_taken(session: Session, words: tuple[str, ...]) -> dict[str, Any] | None:
    form, rest = plainly.form_of(session, words)
    assert form is not None
    return naming.taken(rest, form)


@pytest.mark.parametrize("words", TYPED, ids=" ".join)
def test_what_is_typed_plainly_is_read_as_click_reads_it(
    session: Session, words: tuple[str, ...]
) -> None:
    assert plainly_taken(session, words) == by_click(session, words)


@pytest.mark.parametrize("words", NOT_PLAIN, ids=" ".join)
def test_what_is_not_plain_is_left_to_click(session: Session, words: tuple[str, ...]) -> None:
    assert plainly_taken(session, words) is None


def known(session: Session) -> list[tuple[str, ...]]:
    """Every command of the table, every list that is added to, and every move."""
    kind = session.desk.cases
    lists = [("add", word) for word in kind.add_commands.values()]
    return [*((one,) for one in (*plainly.COMMANDS, *kind.workflow.moves)), *lists]


def test_every_command_and_every_move_has_the_options_that_click_knows(session: Session) -> None:
    root = Commands("case", session)
    above = click.Context(root, info_name="git case", obj=session)
    for words in known(session):
        command = root.get_command(above, words[0])
        if isinstance(command, Adding):
            command = command.get_command(above, words[1])
        form, rest = plainly.form_of(session, words)
        assert command is not None
        assert form is not None
        assert rest == ()
        params = command.get_params(click.Context(command, parent=above))
        options = [
            one for one in params if isinstance(one, click.Option) and "--help" not in one.opts
        ]
        flags = {one.opts[0]: one.name for one in options if one.is_flag}
        several = {one.opts[0]: one.name for one in options if one.multiple}
        single = {one.opts[0]: one.name for one in options if not one.is_flag and not one.multiple}
        assert (form.flags, form.several, form.single) == (flags, several, single), words
        assert all(len(one.opts) == 1 for one in options), words
        arguments = [one for one in params if isinstance(one, click.Argument)]
        assert form.arguments == tuple(one.name for one in arguments), words
        assert form.needed == len([one for one in arguments if one.required]), words
        assert form.rest == (arguments[-1].nargs == -1), words


def test_no_move_is_called_as_a_command_that_writes(session: Session) -> None:
    from casebook.commands.root import _modules

    assert not set(session.desk.cases.workflow.moves) & _modules("case")


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("casebook", ("-C", str(REPOSITORY), "show", "7KQ2X")),
        ("git policy", ("-C", str(REPOSITORY), "show", "light@1")),
        ("git case", ("-C", "/", "show", "7KQ2X")),
        ("git case", ("-C", str(REPOSITORY))),
        ("git case", ("-C", str(REPOSITORY), "list")),
        ("git case", ("-C", str(REPOSITORY), "unheard-of")),
        ("git case", ("-C", str(REPOSITORY), "add")),
        ("git case", ("-C", str(REPOSITORY), "add", "unheard-of", "7KQ2X")),
    ],
)
def test_other_commands_and_places_are_left_to_click(program: str, words: tuple[str, ...]) -> None:
    assert plainly.answer(Session.begin(program, words, Circumstances())) is None


def test_a_casebook_that_cannot_be_read_is_left_to_click(tmp_path: Path) -> None:
    (tmp_path / "schemas" / "case").mkdir(parents=True)
    (tmp_path / "schemas" / "casebook.json").write_text('{"format": 1}', "utf-8")
    (tmp_path / "schemas" / "case" / "schema.json").write_text("{", "utf-8")
    session = Session.begin("git case", ["-C", str(tmp_path), "close", "7KQ2X"], Circumstances())
    assert plainly.answer(session) is None


def test_a_plain_command_is_carried_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("git case", ["-C", str(REPOSITORY), "show", "7KQ2X", "--json"]) == 0
    assert '"id": "2026-7KQ2X"' in capsys.readouterr().out
