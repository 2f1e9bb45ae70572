"""Makes policy records to measure with: rules, ladders, announcements, activities, all in force.

It neither uses the program nor measures anything; every text in it is invented. The records have no
fingerprints, so that `casebook check` names them; what is measured does not look at those.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

GROUPS = [f"{year}{letter}" for year in range(1, 7) for letter in "abcde"]
COMPETENCES = ["B1", "B2", "B3", "G1", "G2", "C1", "C2", "C3", "S1", "S2"]
OWNERS = ["mentor", "media-coach", "team-leader", "principal", "teacher"]
FORCE = "state: adopted\nin_force_from: 2026-08-01\nowner: principal\nreview: 2027-06-01\n"
RULES_A_CODE = 40


def grow(root: Path, rules: int, activities: int, seed: int = 1) -> None:
    """Add that many rules (forty a code, each code with a ladder) and activities to a casebook.

    Each code is announced to all pupils, to newcomers and to staff; the groups are 1a to 6e.
    """
    rng = Random(seed)
    for name in ("school", "plans/media-literacy@1"):
        path = root / "policy" / f"{name}.md"
        text = path.read_text(encoding="utf-8")
        old = next(line for line in text.splitlines() if line.startswith("groups:"))
        path.write_text(text.replace(old, f"groups: [{', '.join(GROUPS)}]"), encoding="utf-8")
    codes = range(1, (rules + RULES_A_CODE - 1) // RULES_A_CODE + 1)
    for code in codes:
        _write(root, "codes", f"code-{code}@1", _code(code))
        _write(root, "ladders", f"ladder-{code}@1", _ladder(code))
        for audience in ("pupil", "newcomers", "staff"):
            name = f"told-{code}-{audience}"
            _write(root, "announcements", name, _announcement(name, code, audience, rng))
    for number in range(1, rules + 1):
        code = (number - 1) // RULES_A_CODE + 1
        _write(root, "rules", f"rule-{number}@1", _rule(number, code, rng))
    for number in range(1, activities + 1):
        _write(root, "activities", f"activity-{number}", _activity(number, rng))


def _write(root: Path, folder: str, name: str, fields: str) -> None:
    path = root / "policy" / folder / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\nid: {name}\n{fields}---\nVerzonnen om mee te meten.\n", encoding="utf-8")


def _code(number: int) -> str:
    return (
        f"title: Gedragscode {number}\n{FORCE}placement: own\naudience: [pupil, staff]\n"
        "goal: Iedereen weet waar hij aan toe is\nscope: Op school en online\n"
    )


def _ladder(number: int) -> str:
    return (
        f"title: Gevolgen {number}\n{FORCE}audience: [pupil, staff]\ncode: code-{number}\n"
        "rungs:\n  - id: first\n    title: Eerste keer\n    times: 1\n    measure: talk\n"
        "    by: [teacher]\n    guidance: Gesprek met de mentor\n"
    )


def _rule(number: int, code: int, rng: Random) -> str:
    kind = rng.choice(["must", "must-not", "may", "may-if"])
    return (
        f"title: Regel {number}\n{FORCE}code: code-{code}\nnumber: {number}\nkind: {kind}\n"
        f"audience: [{rng.choice(['pupil', 'staff', 'pupil, staff'])}]\nwhere: [everywhere]\n"
        f"formal: Regel {number} geldt overal waar de school mensen bij elkaar brengt.\n"
        f"positive: Wij houden ons samen aan regel {number}, op school en online.\n"
        "why: Dan weet iedereen waar hij aan toe is.\n"
        f"ladder: {rng.choice(['none', f'ladder-{code}'])}\n"
    )


def _announcement(name: str, code: int, audience: str, rng: Random) -> str:
    groups = "" if audience == "staff" else f"groups: [{', '.join(GROUPS)}]\n"
    return (
        f"title: Verteld {name}\nof: [code-{code}@1, ladder-{code}@1]\naudience: {audience}\n"
        f"{groups}planned: 2026-09-07\ngiven: 2026-09-07\nchannel: lesson\nby: mentor\n"
        f"offences_told: yes\nreached: {rng.randrange(700, 800)}\nof_total: 800\n"
        "again: school-year\n"
    )


def _activity(number: int, rng: Random) -> str:
    groups = ", ".join(rng.sample(GROUPS, 6))
    competences = ", ".join(rng.sample(COMPETENCES, 3))
    day = f"{rng.choice(['2026-10', '2026-12', '2027-02', '2027-04'])}-{rng.randrange(10, 28)}"
    return (
        f"title: Activiteit {number}\nkind: {rng.choice(['lesson', 'project', 'talk'])}\n"
        f"state: planned\nschool_year: 2026-2027\ncompetences: [{competences}]\n"
        f"audience: [pupil]\ngroups: [{groups}]\nrepeats: {rng.choice(['once', 'school-year'])}\n"
        f"dates: [{day}]\nowner: {rng.choice(OWNERS)}\nhours_planned: {rng.randrange(2, 20)}\n"
        "material: own\nneeds:\n  - id: N1\n    what: Laptops\n    number: 30\n    state: there\n"
    )
