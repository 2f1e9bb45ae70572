"""What git shows of commits in a list is taken for what they hold only where their ids tell."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from casebook.history import find_repository, plain
from casebook.history import walk as walking
from casebook.history.walk import Steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from casebook.history.plain import Source

WHO = b"A B <a@b.example> 1700000000 +0100"
TRAP = b":100644 100644 " + b"1" * 40 + b" " + b"2" * 40 + b" M"
# What git mostly shows as it is stored, and what it does not.
PLAIN = (
    *(b"one line\n", b"subject\n\nbody\n\n    indented\n\tand a tab \n", b"", b"    four\n"),
    *(b"subject\n\n" + TRAP + b"\n", b"commit " + b"3" * 40 + b"\n", b"caf\xe9 in latin1\n"),
    *("geuit 😡 zo'n\n".encode(), b"a\r\nb\r\n", b"a\n\n\n\nb\n"),
)
ODD = (b"no line end", b"too many\n\n\n", b"\n\nlate\n", b"nul \0 inside\n", b" \n", b"\n")


def git(root: Path, *words: str, stdin: bytes = b"") -> str:
    done = subprocess.run(["git", *words], cwd=root, input=stdin, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace").strip()


@pytest.fixture
def grown(tmp_path: Path) -> Iterator[tuple[Source, Callable[..., str]]]:
    """A repository, and what puts a commit of exactly these bytes into it."""
    git(tmp_path, "init", "--quiet", "-b", "main")

    def commit(message: bytes, *parents: str, head: bytes = b"", files: int = 0) -> str:
        for number in range(files):
            (tmp_path / f"commit {number}\n:x").write_text(
                f"{parents}{message!r}", encoding="utf-8"
            )
        git(tmp_path, "add", ".")
        lines = [b"tree " + git(tmp_path, "write-tree").encode()]
        lines += [b"parent " + one.encode() for one in parents]
        lines += [b"author " + WHO, b"committer " + WHO]
        data = b"\n".join(lines) + b"\n" + head + b"\n" + message
        words = ("hash-object", "-t", "commit", "-w", "--stdin", "--literally")
        return git(tmp_path, *words, stdin=data)

    (tmp_path / "start").write_text("x", encoding="utf-8")
    repository = find_repository(tmp_path)
    assert repository is not None
    source = plain.source(repository)
    yield source, commit
    source.close()
    repository.close()


def all_steps(source: Source, head: str) -> list[walking.Step]:
    steps = Steps(source, None, head)
    return [one for some in steps.some(range(len(steps))) for one in some]


@pytest.mark.parametrize("files", [0, 2])
def test_every_commit_is_read_as_it_is_stored(
    grown: tuple[Source, Callable[..., str]], files: int
) -> None:
    source, commit = grown
    head = commit(b"the first\n")
    for message in (*PLAIN, *ODD):
        head = commit(message, head, files=files)
    for extra in (b"encoding latin1\n", b"x-odd hey\n there\n", b"gpgsig one\n two\n"):
        head = commit(b"caf\xe9\n", head, head=extra, files=files)
    side = commit(b"aside\n", head, files=2)
    head = commit(b"joined\n", commit(b"main\n", head, files=1), side)
    steps = all_steps(source, head)
    assert len(steps) == len(PLAIN) + len(ODD) + 7
    shown = [one for one in steps if one.stored is not None]
    assert len(shown) >= len(PLAIN)
    for step in steps:
        read = walking.commit(source, step.id)
        assert walking.commit(source, step.id, step.stored) == read
        assert step.parents == read.parents
    plainly = git(source.common_dir.parent, "log", "--raw", "-z", "-c", "--format=", "--root", head)
    changed = sum(len(one.changes) for one in steps)
    assert changed == plainly.count(":1") + plainly.count(":0") - plainly.count("::")
    assert {change.path for one in steps for change in one.changes} <= {
        *("start", "commit 0\n:x", "commit 1\n:x")
    }


def test_a_user_s_settings_do_not_change_what_is_shown(
    grown: tuple[Source, Callable[..., str]],
) -> None:
    source, commit = grown
    head = commit(b"caf\xc3\xa9\n", commit(b"the first\n"), files=2)
    wanted = all_steps(source, head)
    root = source.common_dir.parent
    for name, value in (
        *(("i18n.logOutputEncoding", "latin1"), ("log.showSignature", "true")),
        *(("format.pretty", "oneline"), ("color.ui", "always"), ("diff.renames", "copies")),
        *(("diff.noprefix", "true"), ("log.date", "relative"), ("core.abbrev", "4")),
        *(("notes.displayRef", "*"), ("log.decorate", "full"), ("diff.orderFile", "none")),
    ):
        git(root, "config", name, value)
    git(root, "-c", "user.name=A", "-c", "user.email=a@b.example", "notes", "add", "-m", "n", head)
    assert all_steps(source, head) == wanted
    assert all(one.stored is not None for one in wanted)


def test_many_commits_are_listed_in_several_goes(
    grown: tuple[Source, Callable[..., str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, commit = grown
    head = commit(b"the first\n")
    for number in range(9):
        head = commit(b"number %d\n" % number, head, files=number % 3)
    once = all_steps(source, head)
    monkeypatch.setattr(walking, "_LISTED", 4)
    monkeypatch.setattr(walking, "_TOGETHER", 3)
    assert all_steps(source, head) == once
    assert len(once) == 10
    assert all(one.stored is not None for one in once)


def test_a_list_in_which_a_commit_is_lacking_is_damage(
    grown: tuple[Source, Callable[..., str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, commit = grown
    first = commit(b"the first\n")
    head = commit(b"second\n", first, files=1)
    shown = walking.raw.commits
    monkeypatch.setattr(walking.raw, "commits", lambda data: list(shown(data))[1:].__iter__())
    with pytest.raises(plain.DamagedError) as damage:
        all_steps(source, head)
    assert damage.value.id == head
