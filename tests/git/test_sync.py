"""Two people and one shared casebook: what both saved is together, in order, and checked."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from clones import clean, same, sync

from casebook.actions import syncing
from casebook.actions.replaying import ClashError
from casebook.errors import EnvironmentProblem, FoundError, RefusedError
from casebook.history import DRIVEN, advance


def test_what_one_sends_comes_in_with_the_other(two: Any) -> None:
    one, other, case = two
    one.do("note", case, "The mentor called home.")
    assert sync(one).sent == 1
    came = sync(other)
    assert [(entry.paths, entry.author) for entry in came.received] == [
        ((f"cases/2026/{case}.md",), one.git("config", "user.name").stdout.strip())
    ]
    assert same(one, other)
    assert sync(other) == syncing.Synced(came.place, 0, ())
    clean(other)


def test_changes_of_both_are_put_behind_each_other(two: Any) -> None:
    one, other, case = two
    one.do("set", case, "owner=mentor")
    one.do("note", case, "First.")
    other.do("set", case, "contact=principal")
    other.do("note", case, "Second.")
    sync(one)
    done = sync(other)
    assert done.sent == 2
    assert done.renamed == ((f"cases/2026/{case}.md", "J1", "J2"),)
    sync(one)
    assert same(one, other)
    data = one.data(case)
    assert (data["owner"], data["contact"]) == ("mentor", "principal")
    text = one.path(case).read_text("utf-8")
    assert text.index("First.") < text.index("Second.")
    parents = one.git("log", "--format=%p", "-5").stdout.split("\n")
    assert all(len(line.split()) == 1 for line in parents if line)
    authors = one.git("log", "--format=%an", "-2").stdout
    assert authors == "Other Person\nOther Person\n"
    clean(one)
    clean(other)


def test_later_notes_of_mine_correct_the_right_one(two: Any) -> None:
    one, other, case = two
    one.do("note", case, "First.")
    other.do("note", case, "Wrong.")
    other.do("note", case, "Right.", "--corrects", "J1")
    sync(one)
    sync(other)
    text = other.path(case).read_text("utf-8")
    assert "id:J3 corrects:J2\nRight." in text.replace("\r", "")
    clean(other)


def test_a_clash_stops_names_both_and_sends_nothing(two: Any) -> None:
    one, other, case = two
    one.do("set", case, "owner=mentor")
    other.do("set", case, "owner=principal")
    sync(one)
    head, text = other.head(), other.path(case).read_bytes()
    with pytest.raises(ClashError) as stopped:
        sync(other)
    (standoff,) = stopped.value.standoffs
    assert standoff.clash is not None
    assert (standoff.clash.place, standoff.clash.theirs, standoff.clash.mine) == (
        ("owner",),
        "mentor",
        "principal",
    )
    assert standoff.author == one.git("config", "user.name").stdout.strip()
    assert (other.head(), other.path(case).read_bytes()) == (head, text)
    assert other.git("ls-remote", "origin", "main").stdout.split()[0] == one.head()
    clean(other)


@pytest.mark.parametrize(("choice", "owner"), [("theirs", "mentor"), ("mine", "principal")])
def test_a_choice_settles_a_clash(two: Any, choice: str, owner: str) -> None:
    one, other, case = two
    one.do("set", case, "owner=mentor")
    other.do("set", case, "owner=principal")
    sync(one)
    sync(other, choice)
    sync(one)
    assert same(one, other)
    assert one.data(case)["owner"] == owner


def test_two_persons_with_one_code_stop_and_both_can_be_kept(two: Any) -> None:
    one, other, case = two
    one.do("add", "person", case, "accused", "--kind", "pupil", "--minor", "yes")
    other.do("add", "person", case, "reporter", "--kind", "staff", "--minor", "no")
    sync(one)
    with pytest.raises(ClashError):
        sync(other)
    sync(other, "both")
    sync(one)
    persons = one.data(case)["persons"]
    assert [(entry["id"], entry["roles"]) for entry in persons] == [
        ("P1", ["victim"]),
        ("P2", ["accused"]),
        ("P3", ["reporter"]),
    ]
    clean(one)


def test_a_case_that_was_closed_takes_no_new_work(two: Any) -> None:
    one, other, _case = two
    why = "Both say that it was one angry evening"
    light = one.new("quarrel", "Two pupils shout in the app", "--reported-by", "mentor")
    words = ("--owner", "mentor", "--severity", "light", "--severity-because", why)
    one.do("assess", light, *words)
    sync(one)
    sync(other)
    one.do("settle", light, "--done", why, "--evaluation", "It is quiet in the class")
    sync(one)
    other.do("add", "action", light, "Call home", "--owner", "mentor", "--due", "2026-11-20")
    head = other.head()
    with pytest.raises(ClashError) as stopped:
        sync(other)
    assert all(standoff.finding is not None for standoff in stopped.value.standoffs)
    assert other.head() == head
    # The note that came too late is kept beside the history, and the rest goes on.
    done = sync(other, "theirs")
    assert [name for _subject, name in done.kept] == [f"{advance.KEPT}/{head[:12]}"]
    assert other.git("show", "-s", "--format=%H", done.kept[0][1]).stdout.strip() == head
    assert same(one, other)
    clean(other)


def test_what_a_hook_was_stepped_over_for_is_not_sent(two: Any) -> None:
    one, _other, case = two
    closed_by_hand(one, case)
    with pytest.raises(FoundError) as stopped:
        sync(one)
    assert stopped.value.findings
    assert one.git("ls-remote", "origin", "main").stdout.split()[0] != one.head()


def test_what_came_in_against_the_rules_is_named(two: Any) -> None:
    one, other, case = two
    closed_by_hand(one, case)
    one.git("push", "-q", "--no-verify", "origin", "main")
    came = sync(other)
    assert same(one, other)
    assert any(finding.check == "forbidden-move" for finding in came.findings), came.findings


def test_unsaved_edits_are_never_overwritten(two: Any) -> None:
    one, other, case = two
    one.do("set", case, "owner=mentor")
    sync(one)
    file = other.path(case)
    file.write_text(file.read_text("utf-8") + "\nNot saved yet.\n", "utf-8")
    with pytest.raises(RefusedError) as stopped:
        sync(other)
    assert "casebook save" in stopped.value.hint
    assert "Not saved yet." in file.read_text("utf-8")
    # An edit of another file does not stand in the way.
    other.git("checkout", "-q", "--", ".")
    school = other.root / "policy/school.md"
    school.write_text(school.read_text("utf-8") + "\nNot saved yet.\n", "utf-8")
    sync(other)
    assert same(one, other)
    assert "Not saved yet." in school.read_text("utf-8")


def test_what_somebody_staged_stays_staged(two: Any) -> None:
    one, other, case = two
    (other.root / "README.md").write_text("Staged.\n", "utf-8")
    other.git("add", "README.md")
    one.do("set", case, "owner=mentor")
    sync(one)
    other.do("note", case, "Second.")
    sync(other)
    assert other.git("status", "--porcelain").stdout == "A  README.md\n"


def test_a_place_the_school_does_not_name_gets_nothing(two: Any, tmp_path: Path) -> None:
    one, _other, case = two
    page = one.root / "policy/school.md"
    text = page.read_text("utf-8").replace("---\n", "---\n", 1)
    head, _gap, body = text.partition("\n---\n")
    page.write_text(f"{head}\nremotes: [{tmp_path}/elsewhere.git]\n---\n{body}", "utf-8")
    one.do("save", program="git policy")
    one.do("note", case, "First.")
    with pytest.raises(RefusedError) as stopped:
        sync(one)
    assert "remotes" in stopped.value.hint


def test_without_a_shared_place_or_network_it_says_so(school: Any, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem):
        sync(school)
    school.git("remote", "add", "origin", str(tmp_path / "nowhere.git"))
    with pytest.raises(EnvironmentProblem) as stopped:
        sync(school)
    assert "nowhere.git" in stopped.value.message


def test_another_casebook_is_not_mixed_in(two: Any, schools: Any) -> None:
    one, _other, _case = two
    stranger = schools()
    stranger.new("quarrel", "Another school", "--reported-by", "mentor")
    stranger.git("commit", "-q", "--allow-empty", "--amend", "-m", "Another beginning")
    root = stranger.git("commit-tree", "HEAD^{tree}", "-m", "Another beginning").stdout.strip()
    stranger.git("reset", "-q", "--hard", root)
    stranger.git("remote", "add", "origin", one.git("remote", "get-url", "origin").stdout.strip())
    with pytest.raises(RefusedError) as stopped:
        sync(stranger)
    assert "another casebook" in stopped.value.message


@pytest.mark.parametrize("choice", ["theirs", "mine", "both"])
def test_the_same_lines_of_text_changed_twice_can_be_settled(two: Any, choice: str) -> None:
    one, other, case = two
    for school, words in ((one, "Told by one."), (other, "Told by the other.")):
        file = school.path(case)
        head, mark, rest = file.read_text("utf-8").partition("\n---\n")
        file.write_text(f"{head}{mark}\n{words}\n{rest}", "utf-8")
        school.do("save", program="git case")
    sync(one)
    stopped = other.run("sync", program="casebook")
    assert stopped.code == 3, stopped
    assert "Told by one." in stopped.err and "Told by the other." in stopped.err
    other.do("resolve", "--take", choice, program="casebook")
    text = other.path(case).read_text("utf-8")
    assert ("Told by one." in text) is (choice != "mine")
    assert ("Told by the other." in text) is (choice != "theirs")
    clean(other)


# -- the commands ---------------------------------------------------------------------------


def test_joining_makes_a_working_copy(two: Any, tmp_path: Path) -> None:
    one, _other, case = two
    url = one.git("remote", "get-url", "origin").stdout.strip()
    who = ("--me", "New Person <new@example.org>", "--role", "mentor")
    where = str(tmp_path / "joined")
    answer = one.run("join", url, where, *who, program="casebook")
    assert answer.code == 0, answer
    joined = type(one)(tmp_path / "joined", one.clock)
    assert joined.git("config", "user.name").stdout == "New Person\n"
    assert "hook merge" in joined.git("config", "merge.casebook.driver").stdout
    assert (joined.root / ".git/hooks/pre-push").exists()
    assert joined.data(case)["state"] == "reported"
    again = one.run("join", url, where, *who, program="casebook")
    assert again.code == 4
    assert "not empty" in again.err


def test_joining_what_is_no_casebook_leaves_nothing(school: Any, tmp_path: Path) -> None:
    empty = tmp_path / "empty.git"
    subprocess.run(["git", "init", "-q", "--bare", str(empty)], check=True)
    who = ("--me", "New Person", "--role", "mentor")
    for url in (str(empty), str(tmp_path / "nowhere.git")):
        where = tmp_path / "joined"
        answer = school.run("join", url, str(where), *who, program="casebook")
        assert answer.code == 4, answer
        assert not where.exists()


def test_the_commands_tell_in_words_what_happened(two: Any) -> None:
    one, other, case = two
    one.do("note", case, "First.")
    assert "1 change of yours was sent." in one.do("sync", program="casebook").out
    other.do("note", case, "Second.")
    other.language = "nl"
    said = other.do("sync", program="casebook").out
    assert case in said and "J2" in said and "{" not in said
    assert one.do("sync", "--json", program="casebook").json["sent"] == 0
    assert "everything is shared" in one.do("sync", program="casebook").out


def test_a_clash_is_told_with_both_sides_and_resolved(two: Any) -> None:
    one, other, case = two
    one.do("set", case, "owner=mentor")
    other.do("set", case, "owner=principal")
    one.do("sync", program="casebook")
    stopped = other.run("sync", program="casebook")
    assert stopped.code == 3
    for word in (case, "mentor", "principal", "casebook resolve", "nothing was sent"):
        assert word in stopped.err, word
    told = other.run("sync", "--json", program="casebook").json
    assert told["error"]["exit"] == 3
    assert told["standoffs"][0]["place"] == ["owner"]
    assert other.run("resolve", program="casebook").code == 3  # nobody to ask
    assert other.run("resolve", "--take", "both", program="casebook").code == 3
    done = other.do("resolve", "--take", "mine", program="casebook")
    assert "1 change of yours was sent." in done.out
    one.do("sync", program="casebook")
    assert one.data(case)["owner"] == "principal"


def test_the_first_page_tells_what_is_not_shared(two: Any) -> None:
    one, other, case = two
    assert "casebook sync" not in one.do(program="casebook").out
    one.do("note", case, "First.")
    assert "1 change of yours is not shared yet: casebook sync" in one.do(program="casebook").out
    sync(one)
    other.git("fetch", "-q", "origin")
    said = other.do("--json", program="casebook").json
    assert said["unshared"] == {"send": 0, "receive": 1}
    assert "1 change of others waits for you" in other.do(program="casebook").out


def test_a_dry_run_changes_nothing(two: Any) -> None:
    one, other, case = two
    one.do("note", case, "First.")
    sync(one)
    other.do("note", case, "Second.")
    head = other.head()
    assert "sent" in other.do("sync", "--dry-run", program="casebook").out
    assert other.head() == head
    assert other.git("ls-remote", "origin", "main").stdout.split()[0] == one.head()


# -- git by hand ----------------------------------------------------------------------------


def by_hand(school: Any) -> None:
    """What init and join set up: hooks, the merge driver and the files it serves."""
    school.with_hooks()
    (school.root / ".git/info/attributes").write_text("\n".join(DRIVEN) + "\n", "utf-8")


def closed_by_hand(school: Any, case: str) -> None:
    """A state that no move leads to, saved past the hook."""
    file = school.path(case)
    file.write_text(file.read_text("utf-8").replace("state: reported", "state: closed"), "utf-8")
    school.git("commit", "-q", "--no-verify", "-am", "closed by hand")


def test_a_merge_by_hand_is_made_field_by_field(two: Any) -> None:
    one, other, case = two
    for school in two[:2]:
        by_hand(school)
    one.do("set", case, "owner=mentor")
    one.do("note", case, "First.")
    sync(one)
    other.do("set", case, "contact=principal")
    other.do("note", case, "Second.")
    other.git("fetch", "-q", "origin")
    done = other.git("merge", "--no-edit", "origin/main", fine=False)
    assert done.returncode == 0, done.stdout + done.stderr
    data = other.data(case)
    assert (data["owner"], data["contact"]) == ("mentor", "principal")
    text = other.path(case).read_text("utf-8")
    assert "First." in text and "Second." in text
    clean(other)


def test_a_merge_by_hand_with_a_clash_is_left_marked(two: Any) -> None:
    one, other, case = two
    for school in two[:2]:
        by_hand(school)
    one.do("set", case, "owner=mentor")
    sync(one)
    other.do("set", case, "owner=principal")
    other.git("fetch", "-q", "origin")
    done = other.git("merge", "--no-edit", "origin/main", fine=False)
    assert done.returncode != 0
    assert "<<<<<<<" in other.path(case).read_text("utf-8")
    checked = other.run("check", program="casebook")
    assert checked.code == 1
    assert "merge" in checked.out


def test_what_a_pull_brings_against_the_rules_is_told(two: Any) -> None:
    one, other, case = two
    other.with_hooks()
    closed_by_hand(one, case)
    one.git("push", "-q", "--no-verify", "origin", "main")
    done = other.git("pull", "-q", "--ff-only", "origin", "main")
    first = done.stderr.splitlines()[0]
    assert first.startswith(("Came in against the rules", "Binnengekomen tegen de regels in"))
    assert case in first


def test_another_head_that_is_checked_out_is_judged(two: Any) -> None:
    one, other, case = two
    other.with_hooks()
    closed_by_hand(one, case)
    one.git("push", "-q", "--no-verify", "origin", "main")
    other.git("fetch", "-q", "origin")
    other.run("note", case, "Of our own.")
    done = other.git("checkout", "-q", "-b", "look", "origin/main")
    first = done.stderr.splitlines()[0]
    assert first.startswith(("Came in against the rules", "Binnengekomen tegen de regels in"))
    assert case in first
    assert other.git("branch", "--show-current").stdout.strip() == "look"
    # Back to what was judged before, files alone, and a rebase on its way say nothing.
    for words in (("checkout", "-q", "main"), ("checkout", "-q", "look", "--", "cases")):
        assert other.git(*words).stderr == "", words
    other.git("checkout", "-q", "main", "--", "cases")
    other.git("reset", "-q", "--hard")
    rebased = other.git("rebase", "-q", "look", fine=False)
    assert "Came in against the rules" not in rebased.stderr.partition("note")[0]


def test_git_push_by_hand_is_judged_as_well(two: Any) -> None:
    one, _other, case = two
    one.with_hooks()
    closed_by_hand(one, case)
    done = one.git("push", "-q", "origin", "main", fine=False)
    assert done.returncode != 0
    first = done.stderr.splitlines()[0]
    assert first.startswith(("Not sent", "Niet verstuurd"))
    assert case in first
    assert one.git("ls-remote", "origin", "main").stdout.split()[0] != one.head()
