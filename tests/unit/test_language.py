"""Texts for people: every message has a Dutch text, in plain words, with the same placeholders.

Reads the code and the catalogue; nothing is translated here.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from string import Formatter
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import click
import pytest

from casebook import guards, i18n
from casebook.actions import codewords, starting
from casebook.actions.answers import Reader
from casebook.cli import run
from casebook.commands import speaking
from casebook.commands.root import HELP, Commands

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("babel")

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "cli" / "casebook"


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "docs/tools/messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["messages"] = module
    spec.loader.exec_module(module)
    return module


tool = _tool()
USED: dict[Any, str] = tool.messages()
LANGUAGES: list[str] = tool.languages()


def _pairs(language: str) -> Iterator[tuple[str, str, str]]:
    """Source text, translated text and the file of the source; plurals one by one."""
    for message in tool.read(language):
        if not message.id:
            continue
        sources = [message.id] if isinstance(message.id, str) else list(message.id)
        targets = [message.string] if isinstance(message.string, str) else list(message.string)
        for source, target in zip(sources, targets, strict=True):
            yield source, target, message.locations[0][0]


PAIRS = [(language, *pair) for language in LANGUAGES for pair in _pairs(language)]


@pytest.fixture(autouse=True)
def _source_language_afterwards() -> Iterator[None]:
    yield
    i18n.activate(i18n.SOURCE)


# -- the catalogue and the code ----------------------------------------------------------------


def test_there_is_a_dutch_catalogue() -> None:
    assert "nl" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_every_message_and_no_other(language: str) -> None:
    """After a change of texts: python docs/tools/messages.py, then fill in what is empty."""
    held = {tool._key(one.id): one for one in tool.read(language) if one.id}
    clicks = {key for key, place in USED.items() if place.startswith("click/")}
    missing = USED.keys() - held.keys()
    # Another release of Click may have dropped a text; that one does no harm.
    stale = {
        key
        for key in held.keys() - USED.keys()
        if not held[key].locations[0][0].startswith("click/")
    }
    assert (missing - clicks, stale) == (set(), set())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_left_untranslated_or_guessed(language: str) -> None:
    catalogue = tool.read(language)
    assert [one.id for one in catalogue if one.id and not tool._filled(one.string)] == []
    assert [one.id for one in catalogue if one.id and one.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_reads_is_compiled_from_the_catalogue(language: str) -> None:
    file: Path = tool.catalogue_file(language)
    catalogue = tool.merged(tool.read(language), USED)
    assert file.with_suffix(".mo").read_bytes() == tool.compiled(catalogue)


def test_messages_are_whole_constants_so_that_they_can_be_looked_up() -> None:
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                if node.func.id not in ("_", "N_", "ngettext"):
                    continue
                texts = node.args[: 2 if node.func.id == "ngettext" else 1]
                wrong += [
                    f"{path.name}:{one.lineno}"
                    for one in texts
                    if isinstance(one, ast.JoinedStr | ast.BinOp) or _is_format(one)
                ]
    assert wrong == []


def _is_format(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "format"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guard_is_explained_in_every_language(language: str) -> None:
    english = {name: codewords.guard_text(name) for name in guards.REGISTRY}
    i18n.activate(language)
    assert [name for name, text in english.items() if codewords.guard_text(name) == text] == []


def test_every_finding_is_explained_in_every_language() -> None:
    rooms = [import_module(f"casebook.{name}") for name in codewords.ROOMS]
    for module in (*rooms, *codewords.checks.modules()):
        for name, explanation in getattr(module, "FINDINGS", {}).items():
            assert explanation in USED, name


# -- the words ---------------------------------------------------------------------------------


def _fields(text: str) -> list[str]:
    braces = [
        f"{name}!{conversion}" for _text, name, _spec, conversion in Formatter().parse(text) if name
    ]
    return sorted([*braces, *re.findall(r"%\(\w+\)\w", text)])


def test_a_translation_has_the_placeholders_of_its_source() -> None:
    # A singular may say "one" in words, so it may leave its number out.
    wrong = [
        (source, target)
        for _language, source, target, place in PAIRS
        if set(_fields(source)) != set(_fields(target))
        and not (place.startswith("click/") and set(_fields(target)) < set(_fields(source)))
    ]
    assert wrong == []


def test_a_translation_begins_and_ends_as_its_source() -> None:
    def ends(text: str) -> tuple[str, str, str]:
        blank = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
        last = text.rstrip()[-1:]
        return str(blank), last if last in ".?:!…,;" else "", ""

    wrong = [
        (source, target)
        for _language, source, target, place in PAIRS
        if ends(source) != ends(target) and not place.startswith("click/")
    ]
    assert wrong == []


def test_a_sentence_stays_a_sentence_and_a_label_a_label() -> None:
    wrong = [
        (source, target)
        for _language, source, target, _place in PAIRS
        if source[:1].isalpha()
        and target[:1].isalpha()
        and source[0].isupper() != target[0].isupper()
    ]
    assert wrong == []


ACCENTED = "àáâäçèéêëïíîñóôöúûü"
ALLOWED = {chr(one) for one in range(32, 127)} | set(ACCENTED + ACCENTED.upper()) | set("\n\t…’–")


def test_texts_hold_letters_and_simple_marks_only() -> None:
    """Symbols and pictures read badly aloud, on old consoles and in print."""
    for _language, source, target, place in PAIRS:
        assert set(source) <= ALLOWED, (place, source, set(source) - ALLOWED)
        assert set(target) <= ALLOWED, (place, target, set(target) - ALLOWED)


def test_dutch_says_u() -> None:
    found = [
        target
        for language, _source, target, _place in PAIRS
        if language == "nl" and re.search(r"\b(je|jij|jou|jouw|jullie)\b", target, re.IGNORECASE)
    ]
    assert found == []


def test_no_text_is_longer_than_a_screen_wants() -> None:
    for _language, source, target, _place in PAIRS:
        assert len(source) <= 320, source
        assert len(target) <= 400, target
        assert len(target) <= 2 * len(source) + 30, (source, target)


# Words of programmers, in both languages. What a person who keeps cases meets is free of them.
JARGON = re.compile(
    r"\b(git|commits?|committed|branch(es)?|hooks?|repositor(y|ies)|repo|yaml|front ?matter|json|"
    r"schemas?|index|staged|rebase|cherry-pick|worktree|checkout|stdin|stdout|stderr|traceback|"
    r"python|parse[rds]?|strings?|booleans?|integers?|arrays?|objects?|regex|process|thread|"
    r"exception|argv|merge conflict|diff|config|server)\b",
    re.IGNORECASE,
)
# Where an IT person or somebody who changes the data is spoken to, technical words are right.
TECHNICAL = (
    "click/",
    "casebook/history/",
    "casebook/catalogue/",
    "casebook/validation/dialect.py",
    "casebook/workflow.py",
    "casebook/actions/damages.py",  # of doctor
    "casebook/actions/examining.py",
    "casebook/actions/holdings.py",  # of doctor
    "casebook/actions/noted.py",  # of verify
    "casebook/actions/surroundings.py",
    "casebook/actions/symptoms.py",
    "casebook/actions/verifying.py",
    "casebook/commands/umbrella/check.py",
    "casebook/commands/umbrella/completion.py",
    "casebook/commands/umbrella/doctor.py",
    "casebook/commands/umbrella/verify.py",
    "casebook/commands/umbrella/serve_init.py",  # for whoever looks after the server
    "casebook/commands/umbrella/receive.py",
    "casebook/actions/receiving.py",
    "casebook/history/serving.py",
    "casebook/render/examining.py",
    "casebook/render/verifying.py",
    "casebook/audit/",
    "casebook/signing/",
    "casebook/actions/checking.py",
    "casebook/actions/demonstrating.py",  # shows git beside the words
    "casebook/render/demo.py",
)
# Names of things that are typed or opened as they stand.
NAMES = re.compile(
    r"\{\w*\}|\b(git (case|policy|config|add|merge|rebase|remote|switch)[^;,.]*|"
    r"casebook \w+[^;,.]*|"
    r"[\w{}./-]*\w/[\w{}./-]*|\w+\.(md|json|yaml)|--\w+)|```.*?```|``\w+``"
)
VALUES = re.compile(r'"[^"]*"|\bstate: |\b[\w.]+=\w+')
# Single texts in which a technical word is what the reader meets anyway.
PERMITTED = {
    "Answer as JSON.",
    '"{name}" is not a hook of casebook.',
}


def _jargon(text: str) -> list[str]:
    return [found[0] for found in JARGON.finditer(NAMES.sub(" ", text))]


def test_everyday_texts_hold_no_programmers_words() -> None:
    found = [
        (place, source, target, words)
        for _language, source, target, place in PAIRS
        if not place.startswith(TECHNICAL) and source not in PERMITTED
        if (words := [*_jargon(source), *_jargon(target)])
    ]
    assert found == []


def test_dutch_uses_the_words_of_the_house() -> None:
    """One word for one thing, so that screens, pages and manual agree."""
    wrong = re.compile(
        r"\b(casebooks? (is|staat|heeft|hoort)|dossiers? (is|staat)|incidenten?lijst|"
        r"eigenaar|verhaal|ticket|issue|workflow|state|move|record|owner|entry|guard|default)\b",
        re.IGNORECASE,
    )
    found = [
        (place, target)
        for language, _source, target, place in PAIRS
        if language == "nl"
        and not place.startswith(TECHNICAL)
        and wrong.search(VALUES.sub(" ", NAMES.sub(" ", target)))
    ]
    assert found == []


# -- the program speaks ------------------------------------------------------------------------


def _commands(group: click.Group, names: tuple[str, ...]) -> Iterator[tuple[str, click.Command]]:
    ctx = click.Context(group, info_name=" ".join(names), obj=SimpleNamespace(root=None))
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        yield " ".join((*names, name)), command
        if isinstance(command, click.Group):
            yield from _commands(command, (*names, name))


def _helps(language: str) -> dict[str, tuple[str | None, str]]:
    i18n.activate(language)
    return {
        name: (command.help, command.get_short_help_str(200))
        for group in HELP
        for name, command in _commands(Commands(group), (group,))
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_is_explained_in_every_language(language: str) -> None:
    english, other = _helps(i18n.SOURCE), _helps(language)
    assert english.keys() == other.keys()
    for name, (text, short) in english.items():
        assert text, name
        assert short, name
        assert other[name][0] != text, name
        assert other[name][1] != short, name


def test_a_command_keeps_its_own_texts_when_it_is_shown_in_another_language() -> None:
    from casebook.commands.umbrella.check import command

    before = command.help
    i18n.activate("nl")
    shown = speaking.command(command)
    assert shown.help != before
    assert command.help == before
    assert cleandoc(before or "") in USED


def test_click_speaks_dutch_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    environment = dict(os.environ)
    assert run("casebook", ["-C", str(tmp_path), "--lang", "nl", "check", "-h"]) == 0
    said = capsys.readouterr().out
    for word in ("Gebruik: casebook check [OPTIES]", "Opties:", "Toon deze uitleg."):
        assert word in said
    assert not re.search(r"Usage|Options|OPTIONS|Show this", said)
    assert dict(os.environ) == environment  # git and the editor do not notice


def test_click_goes_back_to_english(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run("casebook", ["-C", str(tmp_path), "--lang", "nl", "-h"])
    run("casebook", ["-C", str(tmp_path), "--lang", "en", "-h"])
    said = capsys.readouterr().out
    assert "Opdrachten:" in said
    assert "Commands:" in said


def test_a_wrong_option_is_refused_in_dutch(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run("casebook", ["-C", str(tmp_path), "--lang", "nl", "check", "--formaat"]) == 2
    said = capsys.readouterr().err
    assert "De optie '--formaat' bestaat niet." in said
    assert "Bedoelt u '--format'?" in said


def test_an_unknown_language_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("casebook", ["-C", str(tmp_path), "--lang", "xx"]) == 2
    assert "xx" in capsys.readouterr().err


def test_labels_of_a_language_the_data_do_not_hold_come_from_its_catalogue() -> None:
    i18n.activate("nl")
    assert i18n.label({"en": "name"}, "?") == "naam"
    assert i18n.label({"en": "name", "nl": "titel"}, "?") == "titel"
    assert i18n.label(None, "?") == "?"


@pytest.mark.parametrize("typed", ["Veiligheidscoördinator", "safety coordinator"])
def test_a_role_is_typed_by_its_label_before_there_is_a_casebook(typed: str) -> None:
    reader = Reader(datetime(2026, 11, 18, 12, 0, tzinfo=UTC), {}, starting.roles(), {})
    assert reader.role(typed) == "safety-coordinator"


def test_a_role_that_is_offered_is_named_by_its_label() -> None:
    i18n.activate("nl")
    asked = next(one for one in starting.form("nl") if one.name == "role")
    assert asked.option_label(asked.default) == "veiligheidscoördinator"


def test_a_sentence_begins_with_a_capital() -> None:
    assert i18n.sentence("één feit") == "Één feit"
    assert i18n.sentence("") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_found_in_the_compiled_catalogue(language: str) -> None:
    i18n.activate(language)
    for message in tool.read(language):
        if not message.id:
            continue
        if isinstance(message.id, str):
            assert i18n._(message.id) == message.string
        else:
            singular, plural = message.id
            assert [i18n.ngettext(singular, plural, n) for n in (1, 0, 2, 11)] == [
                message.string[0],
                *[message.string[1]] * 3,
            ]


def test_what_no_catalogue_holds_is_said_in_english() -> None:
    i18n.activate("nl")
    assert i18n._("no such text") == "no such text"
    assert i18n._("") == ""
    assert [i18n.ngettext("one", "many", n) for n in (1, 2)] == ["one", "many"]


@pytest.mark.parametrize("raw", [b"", b"\0" * 40, b"\xde\x12\x04\x95"])
def test_a_damaged_catalogue_says_nothing(raw: bytes) -> None:
    assert i18n.Catalogue(raw).text("Journal") == ""


def test_a_language_with_other_plurals_is_spoken_by_its_own_rule() -> None:
    catalogue = tool.Undated(locale="pl", domain="casebook", fuzzy=False)
    catalogue.add(("{n} file", "{n} files"), ("{n} plik", "{n} pliki", "{n} plików"))
    spoken = i18n.Catalogue(tool.compiled(catalogue))
    said = [spoken.plural("{n} file", "{n} files", n) for n in (1, 3, 8)]
    assert said == ["{n} plik", "{n} pliki", "{n} plików"]


def test_english_needs_no_catalogue() -> None:
    """Nothing is read from disk for it; a command in English starts without gettext's files."""
    i18n.activate("en")
    assert i18n.language() == "en"
    assert i18n._("Journal") == "Journal"


def test_the_tool_finds_nothing_to_do() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs/tools/messages.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, f"nl: {len(USED)} messages, 0 without a text\n")
