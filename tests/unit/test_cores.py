"""Work shared between cores gives what one core gives, also when a part of it breaks."""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from casebook import cores as shared_cores
from casebook.actions import checking, reading
from casebook.actions.desk import Desk
from casebook.casebook import open_casebook
from casebook.cores import Task, in_turn, shared
from casebook.render import as_json, pages
from casebook.snapshot import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

ENTRIES = [Entry(f"cases/2026/{number}.md") for number in range(11)]
HERE = os.getpid()
REPOSITORY = Path(__file__).parents[2]


class Done:
    """What comes of a part; it does not go through a pipe as it is."""

    def __init__(self, names: list[str], maker: int) -> None:
        self.names = names
        self.maker = maker


def work(part: Sequence[Entry]) -> Done:
    return Done([entry.path for entry in part], os.getpid())


def only_at_home(part: Sequence[Entry]) -> Done:
    if os.getpid() != HERE:
        raise ValueError("a child that fails")
    return work(part)


def task(do: Any) -> Task[Entry, Done]:
    return Task(do, lambda done: [done.names, done.maker], lambda packed: Done(*packed))


def names(parts: list[Done]) -> list[str]:
    return [name for part in parts for name in part.names]


@pytest.fixture
def cores(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets how many cores there are, and lets even a few files be shared."""

    def set_(number: int) -> None:
        monkeypatch.setattr(shared_cores, "WORTH", 1)
        monkeypatch.setattr(shared_cores, "_cores", lambda: number)

    return set_


@pytest.mark.parametrize("number", [1, 2, 3, 8, 64])
def test_any_number_of_cores_gives_the_same_in_the_same_order(number: int, cores: Any) -> None:
    cores(number)
    parts, own = shared(ENTRIES, task(work), lambda: "whole")
    assert names(parts) == [entry.path for entry in ENTRIES]
    assert own == "whole"


def test_each_core_but_this_one_gets_a_child_and_none_is_left(
    cores: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    children = []
    fork = os.fork

    def counted() -> int:
        child = fork()
        if child:
            children.append(child)
        return child

    cores(3)
    monkeypatch.setattr(os, "fork", counted)
    shared(ENTRIES, task(work), lambda: None)
    assert len(children) == 2
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_what_this_program_does_alone_leaves_the_parts_to_the_child(cores: Any) -> None:
    cores(2)
    signal, told = os.pipe()

    def do(part: Sequence[Entry]) -> Done:
        if part[0] == ENTRIES[0] and os.getpid() != HERE:  # the first is done last
            os.write(told, b"!")
        return work(part)

    parts, _own = shared(ENTRIES, task(do), lambda: select.select([signal], [], [], 60))
    assert {part.maker for part in parts} & {HERE} == set()
    os.close(signal)
    os.close(told)


def test_a_part_that_breaks_elsewhere_is_done_here(cores: Any) -> None:
    cores(2)
    parts, _own = shared(ENTRIES, task(only_at_home), lambda: None)
    assert names(parts) == [entry.path for entry in ENTRIES]
    assert {part.maker for part in parts} == {HERE}


# -- long parts, one after the other ---------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 2, 3, 8, 64])
@pytest.mark.parametrize("length", [0, 1, 2, 11, 1000])
def test_long_parts_come_in_order_one_for_each_core_at_most(
    number: int, length: int, cores: Any
) -> None:
    cores(number)
    entries = [Entry(f"cases/2026/{one}.md") for one in range(length)]
    parts = list(in_turn(entries, task(work), worth=0))
    assert names(parts) == [entry.path for entry in entries]
    assert 1 <= len(parts) <= number
    assert len({part.maker for part in parts}) == len(parts)
    assert parts[0].maker == HERE


def test_the_first_long_part_is_given_out_while_another_is_still_worked_on(cores: Any) -> None:
    cores(2)
    wait, go_on = os.pipe()

    def do(part: Sequence[Entry]) -> Done:
        if os.getpid() != HERE:
            assert os.read(wait, 1)  # until the first part was given out
        return work(part)

    parts = in_turn(ENTRIES, task(do), worth=0)
    assert next(parts).maker == HERE
    os.write(go_on, b"!")
    assert next(parts).maker != HERE
    os.close(wait)
    os.close(go_on)


def test_a_long_part_that_breaks_elsewhere_is_done_here(cores: Any) -> None:
    cores(3)
    parts = list(in_turn(ENTRIES, task(only_at_home), worth=0))
    assert names(parts) == [entry.path for entry in ENTRIES]
    assert {part.maker for part in parts} == {HERE}


def test_whoever_asks_no_further_leaves_no_child_at_work(cores: Any) -> None:
    cores(3)
    wait, go_on = os.pipe()

    def do(part: Sequence[Entry]) -> Done:
        if os.getpid() != HERE:
            os.read(wait, 1)  # nobody ever writes
        return work(part)

    parts = in_turn(ENTRIES, task(do), worth=0)
    next(parts)
    parts.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    os.close(wait)
    os.close(go_on)


def test_few_files_are_not_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_cores, "_cores", lambda: 1 // 0)
    assert len(shared(ENTRIES, task(work), lambda: None)[0]) == 1
    assert len(list(in_turn(ENTRIES, task(work), worth=len(ENTRIES) + 1))) == 1


def test_a_computer_that_cannot_fork_has_one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert shared_cores._cores() == 1


# -- a casebook of good and bad files --------------------------------------------------------------


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A casebook with the repository's data and procedures, and many cases, most of them wrong."""
    for name in ("schemas", "policy/procedures", "cases"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    drawn = random.Random(7)
    samples = [one.read_text("utf-8") for one in sorted((tmp_path / "cases").glob("*/*.md"))]
    slips = ["06 12345678", "state: gesloten", "<<<<<<< HEAD", "a: &x b", "### 2026-11-21T1 note"]
    for number in range(60):
        lines = drawn.choice(samples).split("\n")
        for _slip in range(number % 4):
            lines.insert(drawn.randrange(1, len(lines)), drawn.choice(slips))
        file = tmp_path / "cases" / "2025" / f"2025-{number:05d}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def everything(root: Path) -> str:
    """All that a check and a full list say about a casebook, as text."""
    desk = Desk(open_casebook(root))
    found, number = checking.check_tree(desk)
    listed = pages.listing_data(reading.cases(desk, reading.Filter(all=True)))
    few = pages.listing_data(reading.cases(desk, reading.Filter()))
    return json.dumps([number, [as_json.finding(one) for one in found], listed, few], indent=1)


def test_a_mixed_casebook_is_judged_and_listed_the_same_by_one_core_and_by_several(
    mixed: Path, cores: Any
) -> None:
    cores(1)
    alone = everything(mixed)
    cores(2)
    assert everything(mixed) == alone
    number, findings, listed, few = json.loads(alone)
    assert number > 100
    assert len({one["check"] for one in findings}) >= 8
    assert len(listed["cases"]) + len(listed["unreadable"]) > 60
    assert listed["unreadable"]
    assert few["hidden"]


# -- what waits beside the program -----------------------------------------------------------------


def test_what_is_done_meanwhile_is_answered_or_raised_when_asked() -> None:
    started = threading.Event()
    ended = threading.Event()

    def wait() -> int:
        started.set()
        assert ended.wait(60)
        return 7

    beside = shared_cores.Meanwhile(wait)
    assert started.wait(60)
    ended.set()
    assert beside.answer() == 7
    assert threading.active_count() == 1
    with pytest.raises(ZeroDivisionError):
        shared_cores.Meanwhile(lambda: 1 // 0).answer()
