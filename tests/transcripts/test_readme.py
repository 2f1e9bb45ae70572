"""What the pages for readers show is what happens, and what they list is what there is."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

import click
import pytest
import transcript
from babel.messages.pofile import read_po

from casebook.commands.root import Commands
from casebook.errors import CasebookError

REPOSITORY = Path(__file__).resolve().parents[2]
README = REPOSITORY / "README.md"
PAGES = ("README.md", "README.nl.md", "docs/manual.md")
GROUPS = {"umbrella": "casebook", "case": "git case", "policy": "git policy"}
UMBRELLA_COMMAND = re.compile(r"`((?:casebook|git case|git policy) [a-z][a-z-]*)")


def commands() -> set[str]:
    """Every command of the three programs: ``git case close``."""
    found = set()
    for group, program in GROUPS.items():
        root = Commands(group)
        found |= {f"{program} {name}" for name in root.list_commands(click.Context(root))}
    return found


def section(page: str, title: str) -> str:
    """The text below a heading, up to the next heading of its level."""
    text = page.split(f"\n## {title}\n", 1)[1]
    return text.split("\n## ", 1)[0]


def without_blocks(page: Path) -> str:
    """The page without what stands between code fences."""
    return re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


@pytest.fixture
def home():
    """A folder with a short name: a long one would make lines wrap elsewhere."""
    folder = Path(tempfile.mkdtemp(prefix="t")).resolve()
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_shows_is_what_happens(name, home, monkeypatch):
    """Rewrite a page after a change of words: python tests/support/transcript.py PAGE."""
    page = (REPOSITORY / name).read_text("utf-8")
    language = "nl_NL.UTF-8" if name.endswith(".nl.md") else "C.UTF-8"
    for key, value in transcript.calm(home, language).items():
        monkeypatch.setenv(key, value)
    for key in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(key, "")
    monkeypatch.setattr(sys, "executable", str(home / ".python"))
    transcript.practice(home)
    desk = transcript.Desk(home)
    shown = list(transcript.blocks(page))
    assert shown, "a page without anything that is run"
    for block in shown:
        real = desk.answer(block)
        if not transcript.agrees(block.text, real):
            assert block.text == real, f"{name}, line {block.line}"


@pytest.mark.parametrize(
    ("name", "title"), [("README.md", "Commands"), ("README.nl.md", "Opdrachten")]
)
def test_the_table_of_commands_holds_every_command_and_no_other(name, title):
    table = [
        line.split("|")[1]
        for line in section((REPOSITORY / name).read_text("utf-8"), title).splitlines()
        if line.startswith("| `")
    ]
    listed = set(UMBRELLA_COMMAND.findall("\n".join(table)))
    assert listed == commands()


def test_every_command_has_its_line_in_the_manual_and_no_other_has():
    page = (REPOSITORY / "docs" / "manual.md").read_text("utf-8")
    headings = re.findall(r"^### (.*)$", page, flags=re.MULTILINE)
    assert {name for line in headings for name in UMBRELLA_COMMAND.findall(line)} == commands()


@pytest.mark.parametrize("name", PAGES[:2])
def test_the_table_of_exit_codes_is_the_programs(name):
    page = (REPOSITORY / name).read_text("utf-8")
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", page, flags=re.MULTILINE)}
    known = {0, CasebookError.exit_code}
    waiting = list(CasebookError.__subclasses__())
    while waiting:
        error = waiting.pop()
        known.add(error.exit_code)
        waiting += error.__subclasses__()
    assert codes == known


def test_the_dutch_page_has_the_sections_of_the_english_one():
    english, dutch = (
        re.findall(r"^(#+) ", without_blocks(REPOSITORY / name), flags=re.MULTILINE)
        for name in PAGES[:2]
    )
    assert dutch == english


@pytest.mark.parametrize("name", ["README.md", "README.nl.md"])
def test_setting_up_is_two_commands_of_one_line_without_activating(name):
    page = (REPOSITORY / name).read_text("utf-8")
    lines = [
        block.strip().splitlines() for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    ]
    assert lines == [
        ["python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/casebook demo"],
        [
            "python3 -m venv .venv && .venv/bin/pip install -e '.[test]'"
            " && .venv/bin/python -m pytest"
        ],
    ]


@pytest.mark.parametrize("name", [*PAGES, "docs/developing.md", "docs/promises.md", "CHANGELOG.md"])
def test_every_link_to_a_file_leads_somewhere(name):
    page = REPOSITORY / name
    for target in re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8")):
        if "://" not in target and not target.startswith("#"):
            assert (page.parent / target.partition("#")[0]).exists(), target


@pytest.mark.parametrize(
    ("name", "title", "language"),
    [
        ("README.md", "When something goes wrong", "en"),
        ("README.nl.md", "Als er iets misgaat", "nl"),
    ],
)
def test_every_message_that_is_explained_is_one_the_program_gives(name, title, language):
    locale = REPOSITORY / "cli" / "casebook" / "locale" / "nl" / "LC_MESSAGES" / "casebook.po"
    with locale.open("rb") as file:
        catalogue = read_po(file)
    said = [
        text.replace("\n", " ")
        for entry in catalogue
        for side in [entry.id if language == "en" else entry.string]
        for text in ([side] if isinstance(side, str) else side)
    ]
    rows = section((REPOSITORY / name).read_text("utf-8"), title).splitlines()
    quoted = [
        message
        for row in rows
        if row.startswith("|")
        for message in re.findall(r'"([^"]+)"', row.split("|")[1])
    ]
    assert len(quoted) >= 10
    for message in quoted:
        parts = [part.strip(" ,;") for part in message.split("…") if part.strip(" ,;")]
        assert any(all(part in text for part in parts) for text in said), message


def test_the_manual_names_every_option_that_the_code_defines():
    """Options that are fields of a schema come and go with the data; the manual says so once."""
    page = (REPOSITORY / "docs" / "manual.md").read_text("utf-8")
    shared = page.split("\n## Cases\n")[0]
    sections = re.split(r"^### ", page, flags=re.MULTILINE)[1:]
    for group, program in GROUPS.items():
        root = Commands(group)
        context = click.Context(root)
        for name in root.list_commands(context):
            command = root.get_command(context, name)
            own = next(one for one in sections if one.startswith(f"`{program} {name}"))
            for option in command.params:
                if isinstance(option, click.Option) and not option.hidden:
                    assert option.opts[0] in own + shared, f"{program} {name} {option.opts[0]}"
