"""The real hooks, as ``casebook init`` installs them, at real commits that people make by hand.

What is staged is judged, by the law of the commit before; nothing in a casebook is ever run.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import casebook
from casebook.history.run import Git

if TYPE_CHECKING:
    from typing import Any

    Ran = subprocess.CompletedProcess[str]

PYTHON = (sys.executable, "-I", "-m", "casebook")


@dataclass(frozen=True, slots=True)
class Desk:
    """A casebook with hooks, one open case in it, and a person who uses plain git."""

    school: Any
    case: str

    @property
    def root(self) -> Path:
        return Path(self.school.root)

    @property
    def file(self) -> Path:
        return Path(self.school.path(self.case))

    @property
    def path(self) -> str:
        return self.file.relative_to(self.root).as_posix()

    def git(self, *words: str, **more: str) -> Ran:
        """Plain git; ``more`` are environment variables."""
        return subprocess.run(
            ["git", *words],
            cwd=self.root,
            env={**os.environ, "CASEBOOK_LANG": "en", **more},
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
        )

    def did(self, *words: str) -> str:
        done = self.git(*words)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout.strip("\n")

    def edit(self, old: str, new: str) -> None:
        """Change the case in an editor."""
        text = self.file.read_text("utf-8")
        assert old in text
        self.file.write_text(text.replace(old, new, 1), "utf-8")

    def note(self, words: str) -> None:
        """Write below the front matter, where anybody may write at any time."""
        with self.file.open("a", encoding="utf-8") as file:
            file.write(f"\n{words}\n")

    def message(self) -> str:
        return self.did("log", "-1", "--format=%B") + "\n"

    def refused(self, *words: str, **more: str) -> str:
        """A commit that must be refused; answers what the hook said."""
        text = self.file.read_bytes()
        said = self.stopped(*words, **more)
        assert self.file.read_bytes() == text, "the person's text is left alone"
        return said

    def stopped(self, *words: str, **more: str) -> str:
        """What must make no commit; answers what the hook said."""
        head = self.did("rev-parse", "HEAD")
        done = self.git(*words, **more)
        assert done.returncode != 0, (words, done.stdout, done.stderr)
        assert self.did("rev-parse", "HEAD") == head
        assert "Traceback" not in done.stderr + done.stdout
        return done.stderr


@pytest.fixture(scope="session")
def desk_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A casebook whose hooks were installed by ``casebook init``, with one case."""
    found = subprocess.run(
        [sys.executable, "-I", "-c", "import casebook; print(casebook.__file__)"],
        capture_output=True,
        text=True,
        check=False,
    )
    if Path(found.stdout.strip() or ".").resolve() != Path(str(casebook.__file__)).resolve():
        pytest.skip("git hooks start an installed casebook; here: pip install -e '.[test]'")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("GIT_", "CASEBOOK_"))]:
            patch.delenv(name)
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("CASEBOOK_LANG", "en")
        root = tmp_path_factory.mktemp("hooks") / "school"
        shutil.copytree(template, root, symlinks=True)
        start = "from casebook.__main__ import main_case; main_case()"
        ada = ("--me", "Ada <ada@example.org>", "--role", "safety-coordinator")
        words = ("Two pupils shout at each other in the class app", "--reported-by", "mentor")
        for ran in (
            (*PYTHON, "init", ".", *ada),
            (sys.executable, "-I", "-c", start, "new", "quarrel", *words, "--json"),
        ):
            done = subprocess.run(
                ran, cwd=root, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
            )
            assert done.returncode == 0, (ran, done.stdout, done.stderr)
    return root, str(json.loads(done.stdout)["id"])


@pytest.fixture
def desk(desk_template: tuple[Path, str], school: Any) -> Desk:
    """A fresh copy for one test."""
    root, identity = desk_template
    shutil.rmtree(school.root)
    shutil.copytree(root, school.root, symlinks=True)
    return Desk(school, identity)


# -- what is staged is judged ------------------------------------------------------------------


@pytest.mark.parametrize("way", ["all", "path", "staged", "amend"])
def test_a_state_flipped_by_hand_is_refused_however_it_is_committed(desk: Desk, way: str) -> None:
    desk.edit("state: reported", "state: closed")
    if way in ("staged", "amend"):
        desk.did("add", desk.path)
    words = {
        "all": ("-a", "-m", "x"),
        "path": ("-m", "x", desk.path),
        "staged": ("-m", "x"),
        "amend": ("--amend", "--no-edit"),
    }[way]
    said = desk.refused("commit", *words).splitlines()
    line = desk.file.read_text("utf-8").splitlines().index("state: closed") + 1
    assert said[0].startswith(f"Not saved: {desk.case}.md line {line}, the state "), said
    assert said[0].endswith("from reported to closed.") or "but this is missing" in said[0]
    assert said[1] == "", "the first line stands alone: some programs show no other"
    assert f"{desk.path}:{line}:" in said[2]
    assert 'put back "state: reported"' in said[2]
    assert said[-1] == "Your text is still in the file."


def test_staged_is_judged_and_not_what_lies_on_disk(desk: Desk) -> None:
    good = desk.file.read_text("utf-8")
    desk.edit("state: reported", "state: nonsense")
    desk.did("add", desk.path)
    desk.file.write_text(good, "utf-8")
    assert "nonsense" in desk.refused("commit", "-m", "bad one staged, good one on disk")

    desk.did("reset", "--quiet")
    desk.note("Good words.")
    desk.did("add", desk.path)
    desk.edit("state: reported", "state: nonsense")
    desk.did("commit", "--quiet", "-m", "good one staged, bad one on disk")
    assert "state: reported" in desk.did("show", f"HEAD:{desk.path}")
    assert "state: nonsense" in desk.file.read_text("utf-8")
    assert "nonsense" in desk.refused("commit", "-m", "by its path", desk.path)


def test_a_message_is_amended_and_a_record_is_not_renamed_or_deleted(desk: Desk) -> None:
    desk.did("commit", "--quiet", "--amend", "-m", "another message")
    assert desk.did("log", "-1", "--format=%s") == "another message"
    desk.did("mv", desk.path, desk.path.replace(desk.case, "2026-ZZZZZ"))
    head = desk.did("rev-parse", "HEAD")
    said = desk.git("commit", "-m", "renamed").stderr
    assert "this record was deleted or renamed" in said
    assert "2026-ZZZZZ.md" in said
    desk.did("reset", "--quiet", "--hard")
    desk.did("rm", "--quiet", desk.path)
    assert "a case is closed, not deleted" in desk.git("commit", "-m", "gone").stderr
    assert desk.did("rev-parse", "HEAD") == head


def test_warnings_alone_pass(desk: Desk) -> None:
    desk.file.write_bytes(b"\xef\xbb\xbf" + desk.file.read_bytes())
    found = desk.school.run("check", "--staged", program="casebook")
    assert found.code == 0
    desk.did("commit", "--quiet", "-a", "-m", "with a byte order mark")
    assert desk.did("show", f"HEAD:{desk.path}").startswith("\ufeff---")


# -- what does not belong in a casebook ---------------------------------------------------------

FOREIGN = {
    "cases/2026/photo.jpg": b"\xff\xd8\xff\xe0" + b"\0" * 40,
    "cases/2026/film.md": b"\x00\x00\x00\x18ftypmp42" + b"\0" * 40,
    "cases/2026/all.zip": b"PK\x03\x04" + b"\0" * 40,
    "policy/letter.docx": b"PK\x03\x04" + b"\0" * 40,
    "cases/2026/2026-7KQ2X.md.swp": b"swap\n",
    "cases/2026/2026-7KQ2X.md~": b"backup\n",
    "cases/2026/2026-7KQ2X (conflicted copy).md": b"copy\n",
    "cases/2026-7KQ2X.md": b"---\nid: 2026-7KQ2X\n---\n",
    "cases/2026/notes.md": b"notes\n",
    "cases/2026/con.md": b"a name that Windows does not have\n",
}


def test_what_does_not_belong_here_is_refused_by_name(desk: Desk) -> None:
    for name, content in FOREIGN.items():
        place = desk.root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    (desk.root / "cases/2026/link.md").symlink_to("/etc/passwd")
    desk.note("![x](data:image/png;base64," + "iVBORw0KGgo" * 40 + ")")
    desk.did("add", "--force", ".")
    said = desk.refused("commit", "-m", "all at once")
    for name in (*FOREIGN, "cases/2026/link.md", desk.path):
        assert f"\n{name}:" in said, name
    assert "root:" not in said, "a link is never followed"
    assert "iVBORw0KGgo" * 3 not in said


def test_a_picture_is_refused_with_what_to_do(desk: Desk) -> None:
    (desk.root / "cases/2026/photo.jpg").write_bytes(FOREIGN["cases/2026/photo.jpg"])
    desk.did("add", ".")
    said = desk.refused("commit", "-m", "photo")
    assert said.startswith("Not saved: photo.jpg")
    assert "police" in said


SECRETS = {
    "phone": "bel 06-12345678",
    "mail": "mail jan.jansen@voorbeeld.nl",
    "iban": "rekening NL91ABNA0417164300",
    "bsn": "bsn 111222333",
}


def test_personal_data_are_refused_and_never_repeated(desk: Desk) -> None:
    for words in SECRETS.values():
        desk.note(words)
    desk.edit("summary: ", "summary: 06-12345678 ")
    said = desk.refused("commit", "-a", "-m", "x")
    saved = desk.school.run("save")
    checked = desk.school.run("check", program="casebook")
    as_json = desk.school.run("check", "--format", "json", program="casebook")
    shown = [said, *saved, *checked, *as_json]
    values = [words.split()[-1] for words in SECRETS.values()]
    assert (saved.code, checked.code, as_json.code) == (1, 1, 1)
    assert said.count(desk.path) >= len(values)
    assert [(one, value) for one in shown for value in values if value in str(one)] == []


# -- the law ----------------------------------------------------------------------------------


def loosen(desk: Desk) -> None:
    """Let the workflow ask nothing any more."""
    file = desk.root / "schemas/case/workflow.json"
    data = json.loads(file.read_text("utf-8"))
    data["initial"] = "closed"
    for state in data["states"].values():
        state["requires"] = []
    for move in data["moves"].values():
        move.update({"from": list(data["states"]), "guards": [], "asks": {}})
    file.write_text(json.dumps(data), "utf-8")


def test_the_law_is_that_of_the_commit_before(desk: Desk) -> None:
    loosen(desk)
    desk.edit("state: reported", "state: closed")
    only_on_disk = desk.refused("commit", "-m", "x", desk.path)
    assert 'put back "state: reported"' in only_on_disk
    desk.did("add", ".")
    together = desk.refused("commit", "-m", "x")
    assert "saved together with a change of schemas/case/workflow.json" in together
    assert 'put back "state: reported"' in together


def test_schemas_and_records_are_saved_one_after_the_other(desk: Desk) -> None:
    types = desk.root / "schemas/case/types/quarrel.md"
    types.write_text(types.read_text("utf-8") + "\nOne more line.\n", "utf-8")
    desk.note("Good words.")
    desk.did("add", ".")
    said = desk.refused("commit", "-m", "both")
    assert said.startswith(f"Not saved: {desk.case}.md, saved together with a change of schemas/")
    desk.did("commit", "--quiet", "-m", "schemas first", "schemas")
    desk.did("commit", "--quiet", "-m", "then the record")


def test_nothing_in_a_casebook_is_ever_run(desk: Desk) -> None:
    """A pulled file must not become a program: neither a module nor a hook nor a setting."""
    bomb = "open({!r}, 'w').close()\n".format(str(desk.root.parent / "ran"))
    for name in ("casebook/__init__.py", "casebook/__main__.py", "sitecustomize.py", "yaml.py"):
        for folder in (desk.root, desk.root / "schemas"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(bomb, "utf-8")
    for hook in (desk.root / "hooks").glob("*"):
        if hook.is_file():
            hook.write_text(f"#!/bin/sh\ntouch {desk.root.parent / 'ran'}\n", "utf-8")
    desk.note("Good words.")
    folders = f"{desk.root}{os.pathsep}{desk.root / 'schemas'}"
    done = desk.git("commit", "-q", "-m", "x", desk.path, PYTHONPATH=folders, PYTHONSTARTUP="yaml")
    assert done.returncode == 0, done.stderr
    assert not (desk.root.parent / "ran").exists()


# -- merging and picking ------------------------------------------------------------------------


def branch(desk: Desk, name: str, start: str = "main") -> None:
    desk.did("checkout", "--quiet", "-B", name, start)


def planned(desk: Desk) -> None:
    """Bring the case, on the branch that is checked out, to where it can be settled."""
    do = desk.school.do
    do("assess", desk.case, "--owner", "mentor", "--severity", "light", "--severity-because", WHY)


WHY = "Both say that it was one angry evening and it stopped by itself"


def test_a_clean_merge_may_not_bring_an_action_into_a_closed_case(desk: Desk) -> None:
    """Two people, two branches, no conflict for git; and yet a closed case with work to do."""
    planned(desk)
    desk.school.do("add", "action", desk.case, "Call home", "--owner", "mentor", "--due", "ma")
    desk.school.do("done", desk.case, "A1")
    branch(desk, "closing")
    desk.school.do("settle", desk.case, "--done", WHY, "--evaluation", "It is quiet in the class")
    branch(desk, "acting")
    desk.school.do("add", "action", desk.case, "Talk again", "--owner", "mentor", "--due", "ma")
    for own, other in (("closing", "acting"), ("acting", "closing")):
        branch(desk, "merging", own)
        said = desk.stopped("merge", "--no-edit", other)
        assert said, (desk.git("diff").stdout, own)
        assert f"{desk.case}.md" in said.splitlines()[0]
        assert "had ended" in said, own
        desk.did("merge", "--abort")


def test_what_only_one_side_changed_is_not_judged_as_a_step_again(desk: Desk) -> None:
    """Two moves on one branch are no jump for who merges that branch."""
    branch(desk, "other")
    planned(desk)
    desk.school.do("settle", desk.case, "--done", WHY, "--evaluation", "It is quiet in the class")
    branch(desk, "own")
    desk.school.new("quarrel", "Another quarrel in the class app", "--reported-by", "mentor")
    desk.did("merge", "--quiet", "--no-edit", "other")
    assert desk.school.data(desk.case)["state"] == "closed"
    assert f"Case: {desk.case}" in desk.message()


def test_moves_on_one_side_and_notes_on_the_other_merge(desk: Desk) -> None:
    branch(desk, "moving")
    planned(desk)
    desk.school.do("settle", desk.case, "--done", WHY, "--evaluation", "It is quiet in the class")
    branch(desk, "noting")
    desk.school.do("note", desk.case, "The mentor spoke with both.")
    for own, other in (("moving", "noting"), ("noting", "moving")):
        branch(desk, "merging", own)
        desk.did("merge", "--quiet", "--no-edit", other)
        assert desk.school.data(desk.case)["state"] == "closed"


def test_a_conflict_that_is_committed_unresolved_is_named_as_such(desk: Desk) -> None:
    branch(desk, "one")
    desk.edit("summary: ", "summary: One. ")
    desk.did("commit", "--quiet", "-am", "one")
    branch(desk, "two")
    desk.edit("summary: ", "summary: Two. ")
    desk.did("commit", "--quiet", "-am", "two")
    assert desk.git("merge", "one").returncode != 0
    desk.did("add", ".")
    said = desk.refused("commit", "--no-edit")
    assert "unresolved merge" in said.splitlines()[0]
    lines = desk.file.read_text("utf-8").splitlines()
    chosen = [line for line in lines if not line.startswith(("<<<", "===", ">>>", "summary: One"))]
    desk.file.write_text("\n".join(chosen) + "\n", "utf-8")
    desk.did("add", ".")
    desk.did("commit", "--quiet", "--no-edit")
    assert desk.did("rev-list", "--count", "--merges", "HEAD") == "1"


def test_a_picked_commit_keeps_its_message(desk: Desk) -> None:
    branch(desk, "side")
    desk.note("Good words.")
    desk.did("commit", "--quiet", "-am", "by hand")
    said = desk.message()
    branch(desk, "own")
    desk.school.new("quarrel", "Another quarrel in the class app", "--reported-by", "mentor")
    desk.did("cherry-pick", "side")
    assert desk.message() == said == f"by hand\n\nCase: {desk.case}\n"


# -- the message --------------------------------------------------------------------------------


def edited_by(desk: Desk, text: str, *words: str) -> Ran:
    """``git commit`` with an editor in which somebody types ``text`` above what git put there."""
    script = desk.root.parent / "editor"
    typed = desk.root.parent / "typed"
    typed.write_text(text, "utf-8")
    script.write_text(f'#!/bin/sh\ncat "{typed}" "$1" > "$1.new" && mv "$1.new" "$1"\n', "utf-8")
    script.chmod(0o755)
    return desk.git("commit", *words, GIT_EDITOR=str(script))


def test_an_abandoned_message_stays_abandoned(desk: Desk) -> None:
    desk.note("Good words.")
    head = desk.did("rev-parse", "HEAD")
    for words in ((), ("-v",)):
        done = edited_by(desk, "", "-a", *words)
        assert done.returncode != 0
        assert "empty commit message" in done.stderr
    assert desk.did("rev-parse", "HEAD") == head


@pytest.mark.parametrize(
    ("typed", "words", "kept"),
    [
        ("Spoke with both\n", (), "Spoke with both\n\nCase: {case}\n"),
        ("Spoke with both\n", ("-v",), "Spoke with both\n\nCase: {case}\n"),
        (
            "Subject\n\nBody with words: and a colon.\n",
            (),
            "Subject\n\nBody with words: and a colon.\n\nCase: {case}\n",
        ),
        ("Subject\n\nSeen-by: mentor\n", (), "Subject\n\nSeen-by: mentor\nCase: {case}\n"),
        ("Subject\n\nCase: {case}\n", (), "Subject\n\nCase: {case}\n"),
    ],
    ids=["comments", "scissors", "body", "trailers", "named-already"],
)
def test_a_message_made_by_hand_names_its_case(
    desk: Desk, typed: str, words: tuple[str, ...], kept: str
) -> None:
    desk.note("Good words.")
    done = edited_by(desk, typed.format(case=desk.case), "-a", *words)
    assert done.returncode == 0, done.stderr
    assert desk.message() == kept.format(case=desk.case)


def test_every_case_of_a_commit_is_named_and_only_cases(desk: Desk) -> None:
    other = desk.school.new("quarrel", "Another quarrel in the app", "--reported-by", "mentor")
    desk.note("Good words.")
    with desk.school.path(other).open("a", encoding="utf-8") as file:
        file.write("\nGood words.\n")
    desk.did("commit", "--quiet", "-am", "two cases")
    named = "".join(f"Case: {one}\n" for one in sorted((desk.case, other)))
    assert desk.message() == f"two cases\n\n{named}"
    (desk.root / "README.md").write_text("Read me.\n", "utf-8")
    desk.did("add", ".")
    desk.did("commit", "--quiet", "-m", "no case")
    assert desk.message() == "no case\n"


# -- the computer -------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["", "/nowhere/python"])
def test_without_the_program_nothing_is_saved_and_it_says_how_to_install(
    desk: Desk, value: str
) -> None:
    words = (
        ("config", "casebook.python", value) if value else ("config", "--unset", "casebook.python")
    )
    desk.did(*words)
    desk.note("Good words.")
    said = desk.refused("commit", "-am", "x").splitlines()
    assert said[0].startswith("Not saved: Casebook is not set up on this computer.")
    assert "casebook init" in said[0]
    assert said[1].startswith("Niet opgeslagen:")


def test_casebooks_that_are_folders_of_a_larger_repository_are_judged(
    desk: Desk, tmp_path: Path
) -> None:
    """Git starts hooks at its top, where no casebook is; also a second casebook counts."""
    top = tmp_path / "larger"
    for name in ("one", "zwei é"):
        shutil.copytree(desk.root, top / name, ignore=shutil.ignore_patterns(".git"))
    git = Desk(type(desk.school)(top), desk.case)
    git.did("init", "--quiet")
    git.did("add", ".")
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    git.did(*who, "commit", "--quiet", "-m", "all")
    for name in ("one", "zwei é", "one"):
        words = ("init", ".", "--me", "Ada <ada@example.org>", "--role", "mentor")
        subprocess.run([*PYTHON, *words], cwd=top / name, capture_output=True, check=True)
    for name in ("one", "zwei é"):
        file = top / name / desk.path
        text = file.read_text("utf-8")
        file.write_text(text.replace("state: reported", "state: nonsense"), "utf-8")
        assert "nonsense" in git.stopped("commit", "-am", "x")
        file.write_text(f"{text}\nGood words.\n", "utf-8")
        git.did("commit", "--quiet", "-am", name)
        assert git.message() == f"{name}\n\nCase: {desk.case}\n"


def test_hooks_speak_the_language_asked_and_need_no_locale(desk: Desk) -> None:
    desk.note("bel 06-12345678")
    dutch = desk.refused("commit", "-am", "x", CASEBOOK_LANG="nl", LC_ALL="C").splitlines()
    assert "lijkt op een telefoonnummer" in dutch[0]
    desk.edit("summary: ", "summary: Een ruzie in groep é – ")
    desk.edit("bel 06-12345678", "Elk verhaal één keer gehoord.")
    done = desk.git("commit", "-q", "-am", "één", LC_ALL="C", LANG="C")
    assert done.returncode == 0, done.stderr
    assert desk.message() == f"één\n\nCase: {desk.case}\n"


def test_what_a_hook_says_cannot_play_tricks_on_a_terminal(desk: Desk) -> None:
    """Escape and direction characters in names and values are shown, never sent."""
    tricks = "\x1b[31m\u202e\u2066\x9b\x07"
    desk.edit("state: reported", 'state: "\\e[31mreported\\u202e"')
    desk.note(f"raw {tricks}")
    (desk.root / f"cases/2026/evil{tricks}.md").write_text("---\nid: x\n---\n", "utf-8")
    desk.did("add", ".")
    said = desk.refused("commit", "-m", "x")
    assert "evil" in said
    assert [mark for mark in tricks if mark in said and mark not in "[31m"] == []


MARKING = '#!/bin/sh\necho ran >>"$(git rev-parse --git-dir)/ran"\n'


def saved_by_command(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> tuple[bool, bool]:
    """A command makes a commit: whether git was told to pass hooks by, and whether one ran."""
    asked: list[tuple[str, ...]] = []
    start = Git.start

    def told(git: Git, *arguments: str, **how: Any) -> Any:
        asked.append(arguments)
        return start(git, *arguments, **how)

    monkeypatch.setattr(Git, "start", told)
    before = desk.did("rev-parse", "HEAD")
    desk.school.do("note", desk.case, "Gebeld met thuis")
    assert desk.did("rev-parse", "HEAD^") == before
    (commit,) = [words for words in asked if "commit" in words]
    return "--no-verify" in commit, (desk.root / ".git" / "ran").exists()


def test_our_own_hooks_are_not_started_for_what_a_command_has_judged(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert saved_by_command(desk, monkeypatch) == (True, False)


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg", "prepare-commit-msg"])
def test_the_hooks_of_others_run_for_every_command(
    desk: Desk, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = desk.root / ".git" / "hooks" / name
    place.write_text(MARKING, "utf-8")
    place.chmod(0o755)
    assert saved_by_command(desk, monkeypatch)[1]


def test_hooks_that_git_takes_from_elsewhere_run_for_every_command(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk.root / ".git" / "others").mkdir()
    place = desk.root / ".git" / "others" / "pre-commit"
    place.write_text(MARKING, "utf-8")
    place.chmod(0o755)
    desk.did("config", "core.hooksPath", ".git/others")
    assert saved_by_command(desk, monkeypatch) == (False, True)


def test_under_a_law_that_is_not_saved_yet_the_hooks_judge(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = desk.root / "schemas" / "case" / "types" / "quarrel.md"
    text.write_text(text.read_text("utf-8") + "\nNog een regel.\n", "utf-8")
    assert saved_by_command(desk, monkeypatch) == (False, False)
