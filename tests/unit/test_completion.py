"""Completion: real shells read the scripts and are offered commands, cases, types and moves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casebook.render.shells import SCRIPTS

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = {
    "casebook": "main",
    "git-case": "main_case",
    "git-policy": "main_policy",
    "case": "main_case",
    "policy": "main_policy",
}
HEAVY = ("git", "yaml", "frontmatter", "jsonschema", "jsonschema_rs", "holidays")
FOUND = {name: shutil.which(name) for name in ("bash", "zsh", "fish", "dash", "pwsh")}
GIT_COMPLETION = Path("/usr/share/bash-completion/completions/git")


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(FOUND[shell] is None, reason=f"{shell} is not installed")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook with an open and a closed case, and the programs beside it in ``bin``."""
    top = tmp_path_factory.mktemp("completion")
    programs = top / "bin"
    programs.mkdir()
    for name, function in PROGRAMS.items():
        script = programs / name
        script.write_text(
            "#!/bin/sh\n"
            f'PYTHONPATH="{ROOT / "cli"}" exec "{sys.executable}" -c '
            f'"from casebook.__main__ import {function} as run; run()" "$@"\n'
        )
        script.chmod(0o755)
    book = top / "boek met spatie"
    shutil.copytree(ROOT / "schemas", book / "schemas")
    cases = book / "cases" / "2026"
    cases.mkdir(parents=True)
    _case(cases, "2026-7KQ2X", "investigating", "Foto gaat rond")
    _case(cases, "2026-3MV8C", "closed", "Ruzie in de klassenapp")
    _case(cases, "2026-H2D8N", "planned", "Roddelaccount: \u00e9\u00e9n klas")
    (cases / "2026-H2D8N~.md").write_text("no case")
    return book


def _case(folder: Path, identity: str, state: str, summary: str) -> None:
    (folder / f"{identity}.md").write_text(
        f'---\nid: {identity}\ntype: quarrel\nstate: {state}\nsummary: "{summary}"\n---\n', "utf-8"
    )


def shell(place: Path, *argv: str, **more: str) -> str:
    path = f"{place.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment = {**kept, "PATH": path, "CASEBOOK_LANG": "en", "HOME": str(place.parent), **more}
    done = subprocess.run(
        list(argv), cwd=place, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (argv, done.stdout, done.stderr)
    return done.stdout


def offered(place: Path, program: str, *words: str) -> list[str]:
    """What the program answers to a shell, without the shell."""
    line = "\n".join((program, *words))
    said = shell(
        place,
        program,
        COMP_WORDS=line,
        COMP_CWORD=str(len(words)),
        _CASEBOOK_COMPLETE="bash_complete",
    )
    return [one.partition(",")[2] for one in said.splitlines() if one]


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_each_script_passes_the_syntax_check_of_its_shell(
    place: Path, tmp_path: Path, name: str
) -> None:
    if FOUND[name] is None:
        pytest.skip(f"{name} is not installed")
    file = tmp_path / "script"
    file.write_text(shell(place, "casebook", "completion", name), "utf-8")
    shell(place, name, "-n", str(file))


@needs("pwsh")
def test_the_powershell_script_can_be_parsed(place: Path, tmp_path: Path) -> None:
    file = tmp_path / "script.ps1"
    file.write_text(SCRIPTS["powershell"], "utf-8")
    parse = (
        "$wrong = $null; [void][System.Management.Automation.Language.Parser]::ParseFile("
        f"'{file}', [ref]$null, [ref]$wrong); exit $wrong.Count"
    )
    shell(place, "pwsh", "-NoProfile", "-Command", parse)


def test_brackets_and_quotes_of_the_powershell_script_are_in_pairs() -> None:
    text = SCRIPTS["powershell"]
    for one, other in ("()", "{}", "[]"):
        assert text.count(one) == text.count(other)
    assert text.count("'") % 2 == 0
    assert text.count('"') % 2 == 0


def test_commands_and_moves_are_offered(place: Path) -> None:
    assert {"check", "explain", "completion"} <= set(offered(place, "casebook", ""))
    assert {"close", "new", "next"} <= set(offered(place, "git-case", ""))
    assert offered(place, "git-case", "next", "--until", "as") == ["assess"]
    assert offered(place, "git-case", "list", "--state", "inv") == ["investigating"]


def test_types_are_offered_by_name_and_by_label(place: Path) -> None:
    assert offered(place, "git-case", "new", "image") == ["image-spread"]
    assert offered(place, "git-case", "now", "ruzie") == ["quarrel"]


def test_a_move_is_offered_only_the_cases_it_can_be_for(place: Path) -> None:
    assert offered(place, "git-case", "close", "") == ["2026-H2D8N"]
    assert offered(place, "git-case", "reopen", "") == ["2026-3MV8C"]
    assert set(offered(place, "git-case", "show", "")) == {"2026-7KQ2X", "2026-H2D8N"}


def test_what_is_typed_of_an_id_finds_it_open_or_not(place: Path) -> None:
    assert offered(place, "git-case", "show", "7k") == ["2026-7KQ2X"]
    assert offered(place, "git-case", "show", "2026-3m") == ["2026-3MV8C"]
    assert offered(place, "git-case", "show", "ZZ") == []


def test_the_newest_case_comes_first(place: Path) -> None:
    folder = place / "cases" / "2026"
    os.utime(folder / "2026-7KQ2X.md", (2_000_000_000, 2_000_000_000))
    assert offered(place, "git-case", "show", "")[0] == "2026-7KQ2X"


@pytest.mark.parametrize("words", [["-h"], ["new", "-h"], ["close", "-h"], ["add", "person", "-h"]])
def test_help_loads_no_heavy_library(place: Path, words: list[str]) -> None:
    _runs_light(place, f"run('git case', {words!r})")


@pytest.mark.parametrize(
    "line", ["show ", "close ", "new ", "new x --se", "add person ", "list --type "]
)
def test_completion_loads_no_heavy_library(place: Path, line: str) -> None:
    words = line.split(" ")
    code = (
        f"os.environ.update(_CASEBOOK_COMPLETE='bash_complete', COMP_CWORD='{len(words)}', "
        f"COMP_WORDS='git-case {line}')\n"
        "try:\n    run('git case', [])\nexcept SystemExit: pass"
    )
    _runs_light(place, code)


def _runs_light(place: Path, code: str) -> None:
    text = (
        "import os, sys\nfrom casebook.cli import run\n"
        f"{code}\nfound = [one for one in {HEAVY!r} if one in sys.modules]\n"
        "sys.exit(f'loaded: {found}' if found else 0)"
    )
    shell(place, sys.executable, "-c", text, PYTHONPATH=str(ROOT / "cli"))


@needs("bash")
def test_bash_completes_casebook(place: Path) -> None:
    script = (
        'eval "$(casebook completion bash)"\n'
        "COMP_WORDS=(casebook expl) COMP_CWORD=1\n_casebook_completion casebook\n"
        'echo "${COMPREPLY[@]}"; complete -p casebook git-case policy case >/dev/null'
    )
    assert shell(place, "bash", "-c", script).split() == ["explain"]


@needs("bash")
@pytest.mark.skipif(not GIT_COMPLETION.exists(), reason="git's own completion is not installed")
@pytest.mark.parametrize("words", [["git", "case"], ["git", "-C", ".", "case"]])
def test_bash_completes_git_case_through_gits_own_completion(place: Path, words: list[str]) -> None:
    script = (
        f'source {GIT_COMPLETION}\neval "$(casebook completion bash)"\n'
        f'COMP_WORDS=({" ".join(words)} close "") COMP_CWORD={len(words) + 1}\n'
        'COMP_LINE="${COMP_WORDS[*]}" COMP_POINT=${#COMP_LINE}\n'
        '__git_wrap__git_main\necho "${COMPREPLY[@]}"'
    )
    assert shell(place, "bash", "-c", script).split() == ["2026-H2D8N"]


@needs("zsh")
def test_zsh_is_offered_cases_with_their_summary(place: Path) -> None:
    script = (
        "compdef() { : }; _describe() { print -rl -- ${(P)3} }; compadd() { : }\n"
        'eval "$(casebook completion zsh)"\n'
        'words=(case close ""); CURRENT=3; _git-case'
    )
    answer = shell(place, "zsh", "-f", "-c", script)
    assert answer.strip() == "2026-H2D8N:Roddelaccount: \u00e9\u00e9n klas"


@needs("fish")
@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("git case close ", "2026-H2D8N"),
        ("git-case show 7k", "2026-7KQ2X"),
        ("casebook expl", "explain"),
    ],
)
def test_fish_completes(place: Path, line: str, first: str) -> None:
    script = f"casebook completion fish | source; complete -C '{line}'"
    answer = shell(place, "fish", "--no-config", "-c", script)
    assert [one.split("\t")[0] for one in answer.splitlines()] == [first]


@pytest.mark.parametrize("name", ["bash", "zsh", "dash", "fish"])
def test_git_case_works_in_every_shell(place: Path, name: str) -> None:
    """``case`` is a word of these shells' own language; ``git case`` and ``git-case`` are not."""
    if FOUND[name] is None:
        pytest.skip(f"{name} is not installed")
    for line in ("git case close -h", "git-case close -h"):
        assert "Usage: git case close" in shell(place, name, "-c", line)


@pytest.mark.parametrize("name", ["sh", "bash", "dash"])
def test_command_case_works_in_a_posix_shell(place: Path, name: str) -> None:
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    assert "Usage: git case close" in shell(place, name, "-c", "command case close -h")
