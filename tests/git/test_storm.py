"""Several people share at once and are killed at random: nothing lost, doubled, mixed or torn.

The large one, and its figures, stand in ``benchmarks/storm.py``.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from storm import OWN, Step, Storm, git

CLONES, COMMANDS = 3, 8


def test_what_was_acknowledged_is_shared_once_whatever_dies(school: Any, tmp_path: Path) -> None:
    storm = Storm(tmp_path, school, CLONES, COMMANDS, seed=7)
    storm.prepare()
    verdict = storm.run()
    print(verdict.line())
    assert verdict.wrong == {}, verdict.line()
    assert verdict.kills and verdict.ok > verdict.fail
    heads = {git(root, "rev-parse", "HEAD") for root in storm.roots}
    assert heads == {git(storm.server, "rev-parse", "main")}
    for root in storm.roots:
        assert git(root, "status", "--porcelain") == ""
    copy = type(school)(storm.roots[0], lambda: datetime.now().astimezone())
    assert copy.run("check", program="casebook").code == 0
    assert copy.run("verify", program="casebook").code == 0
    assert "error" not in git(storm.server, "fsck", "--full")


def test_the_judge_sees_what_is_lost_doubled_or_there_against_its_answer(
    school: Any, tmp_path: Path
) -> None:
    storm = Storm(tmp_path, school, 1, 0)
    storm.prepare()
    (root,) = storm.roots
    copy = type(school)(root)
    case = next((root / "cases").rglob("2026-*.md")).stem
    copy.do("note", case, "Talk zz0q1zz.")
    copy.do("note", case, "Talk zz0q2zz and zz0q2zz.")
    git(root, "push", "-q", "--no-verify", "origin", "HEAD:refs/heads/main")
    for number, outcome in enumerate(("ok", "fail", "ok", "unknown")):
        step = Step(number, OWN, "git case", [], f"zz0q{number}zz", outcome=outcome)
        storm.plans[0].append(step)
    found = storm.judged(0)
    assert (found.lost, found.doubled) == (["zz0q0zz"], ["zz0q2zz"])
    assert [one.partition(":")[0] for one in found.undead] == ["zz0q1zz"]
    (storm.server / "hooks/pre-receive").unlink()
    file = copy.path(case)
    file.write_text(file.read_text("utf-8") + "\nMore.\n", "utf-8")
    (root / "README.md").write_text("Beside it.\n", "utf-8")
    git(root, "add", ".")
    git(root, "commit", "-q", "--no-verify", "-m", f"case {case}: note")
    git(root, "push", "-q", "--no-verify", str(storm.server), "HEAD:refs/heads/main")
    assert len(storm.judged(0).mixed) == 1
