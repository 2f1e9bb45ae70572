"""An audit finds the same on any number of cores, whichever of them breaks."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from casebook import cores
from casebook.audit import looks
from casebook.audit import walk as walking
from casebook.audit.model import Charge
from casebook.casebook import open_casebook
from casebook.checks import intake, judge
from casebook.errors import CasebookError
from casebook.history import find_repository, plain
from casebook.history.running import Running
from casebook.history.snapshots import CommitSnapshot
from casebook.history.walk import Steps
from casebook.snapshot import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from staff import Staff

    from casebook.audit.seen import Seen
    from casebook.history.plain import Source

pytestmark = [
    pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="no second core can be used"),
]
HERE = os.getpid()


@pytest.fixture
def history(staff: Staff) -> Iterator[Source]:
    """Three people, a dozen changes of which some should not be, and two lines that were joined."""
    school = staff.school
    staff.later(minutes=10)
    one = school.new("quarrel", "Words in the class app", "--reported-by", "mentor")
    school.do("note", one, "The mentor spoke to both")
    staff.colleague("ben")
    staff.later(minutes=10)
    two = school.new("threat", "A message to a class", "--reported-by", "teacher")
    paths = [f"cases/2026/{name}.md" for name in (one, two)]
    texts = [(school.root / path).read_text("utf-8") for path in paths]
    staff.commit({paths[0]: texts[0].replace("spoke to both", "did nothing")})
    staff.commit({paths[1]: texts[1].replace("state: reported", "state: closed")}, "--no-gpg-sign")
    staff.commit({"schemas/README.md": "Other words\n"})
    school.git("checkout", "--quiet", "-b", "side", "HEAD~2")
    staff.later(minutes=10)
    staff.commit({"cases/README.md": "Cases\n"})
    school.git("checkout", "--quiet", "main")
    staff.later(minutes=10)
    school.git("merge", "--quiet", "--no-edit", "side")
    staff.later(minutes=10)
    staff.commit({paths[1]: None})
    repository = find_repository(school.root)
    assert repository is not None
    source = plain.source(repository)
    yield source
    source.close()
    repository.close()


@pytest.fixture
def found(
    staff: Staff, history: Source, monkeypatch: pytest.MonkeyPatch
) -> Callable[[int], tuple[list[Charge], str]]:
    """Everything an audit names on so many cores, and how it ended."""
    book = open_casebook(staff.school.root)
    monkeypatch.setattr(walking, "WORTH", 1)

    def on(number: int) -> tuple[list[Charge], str]:
        monkeypatch.setattr(cores, "_cores", lambda: number)
        charges: list[Charge] = []
        try:
            charges.extend(
                walking.walk(book, history, None, staff.school.head(), staff.school.clock.now)
            )
        except CasebookError as error:
            return charges, error.message
        return charges, ""

    return on


def checks(charges: list[Charge]) -> list[str]:
    return [one.finding.check for one in charges if one.is_error]


def test_any_number_of_cores_names_the_same(found: Any) -> None:
    alone = found(1)
    assert {"journal-changed", "forbidden-move", "unsigned", "record-removed"} <= {
        *checks(alone[0])
    }
    assert alone[1] == ""
    for number in (2, 3, 7):
        assert found(number) == alone


def test_a_core_that_breaks_is_worked_for(found: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = found(1)
    look = looks.Looks.part

    def only_here(self: looks.Looks, numbers: range) -> looks.Part:
        if os.getpid() != HERE:
            raise ValueError("a core that breaks")
        return look(self, numbers)

    monkeypatch.setattr(looks.Looks, "part", only_here)
    assert found(3) == alone


def test_a_piece_that_is_missing_ends_the_walk_where_it_is_met(staff: Staff, found: Any) -> None:
    """Also when another core meets it: what came before is named, what comes after is not."""
    staff.school.git("reset", "--quiet", "--hard", "HEAD~1")
    identity = staff.school.git("rev-parse", "HEAD~2").stdout.strip()
    (staff.school.root / ".git/objects" / identity[:2] / identity[2:]).unlink()
    alone = found(1)
    assert alone[1] != ""
    for number in (2, 5):
        assert found(number) == alone


def test_parts_can_be_looked_at_in_any_order(staff: Staff, history: Source) -> None:
    book = open_casebook(staff.school.root)
    steps = Steps(history, None, staff.school.head())
    whole = looks.Looks(book, history, steps).part(range(len(steps))).seen
    other = looks.Looks(book, history, steps)
    late = list(other.part(range(6, len(steps))).seen)
    early = list(other.part(range(6)).seen)
    assert early + late == whole


def looked_at(staff: Staff, history: Source) -> list[Seen]:
    """What is seen of the whole history, on one core."""
    steps = Steps(history, None, staff.school.head())
    book = open_casebook(staff.school.root)
    return list(looks.Looks(book, history, steps).part(range(len(steps))).seen)


def test_commits_that_are_judged_together_are_judged_as_one_by_one(
    staff: Staff, history: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    judge_each = judge.judge_each

    def counted(some: Any) -> Any:
        sizes.append(len(some))
        return judge_each(some)

    monkeypatch.setattr(judge, "judge_each", counted)
    together = looked_at(staff, history)
    assert max(sizes) >= 2
    monkeypatch.setattr(looks.Looks, "_is_plain", lambda _self, _step: False)
    sizes.clear()
    assert looked_at(staff, history) == together
    assert not any(sizes)


def test_a_commit_that_cannot_be_judged_takes_no_other_with_it(
    staff: Staff, history: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = looked_at(staff, history)
    note = staff.school.git("log", "--format=%H", "--grep=note").stdout.split()[-1]
    foreign = intake._foreign

    def stops(change: Any, outside: Any, **known: Any) -> Any:
        if change.after is not None and change.after.count(b"spoke to both") == 1:
            raise CasebookError("stopped")
        return foreign(change, outside, **known)

    monkeypatch.setattr(intake, "_foreign", stops)
    found = looked_at(staff, history)
    stopped = [one.id for one in found if any(two.check == "not-judged" for two in one.content)]
    assert note in stopped
    assert len(stopped) < len(found) - 2
    before = {one.id: one for one in sound}
    assert all(before[one.id] == one for one in found if one.id not in stopped)


def test_a_moment_stays_what_it_was_while_the_walk_goes_on(staff: Staff, history: Source) -> None:
    head = staff.school.git("rev-parse", "main~2").stdout.strip()
    steps = Steps(history, None, head)
    running = Running(history)
    moments = []
    for some in steps.some(range(len(steps))):
        for step in some:
            running.step(step.id, step.changes)
            moments.append((step.id, running.moment()))
    assert len(moments) > 5
    for commit, moment in moments:
        stored = CommitSnapshot(history.objects, commit)
        entries = list(moment.entries())
        assert entries == list(stored.entries())
        assert list(moment.search(b"both", "cases/")) == list(stored.search(b"both", "cases/"))
        for one in (*entries, Entry("cases/2026/none.md"), Entry("cases/README.md")):
            assert moment.read(one.path) == stored.read(one.path)
    assert moments[0][1].read("schemas/README.md") != running.read("schemas/README.md")
    running.forget()
    assert list(running.moment().entries()) == list(running.entries())
