"""One meeting adopts a whole code: counted in commands, from a casebook that has just begun."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from casebook.document import parse

if TYPE_CHECKING:
    from tests.conftest import Casebook

MOST = 10
# The first command, casebook init, has laid the model set down as drafts.
MEETING = """
set phones-and-social-media C1.said='Muziek bij zelfstandig werken' C1.answer=partly C1.because='Alleen als de docent het toestaat' C1.on=2026-09-14 C2.said='Graag een vaste plek voor telefoons' C2.answer=taken C2.on=2026-09-16 C3.said='Ook buiten schooltijd?' C3.answer=taken C3.on=2026-09-22
consult phones-and-social-media general-manners --on 2026-09-28
set phones-and-social-media R1.asked=2026-09-28 R1.answered=2026-10-26 R1.decision=agreed
set general-manners R1.asked=2026-09-28 R1.answered=2026-10-26 R1.decision=agreed
adopt phones-and-social-media general-manners --in-force-from 2026-11-09 --decided-by principal --on 2026-11-02
announce start-2026-pupils start-2026-staff start-2026-parents --on 2026-11-16 --offences-told yes --reached 80 --of-total 82
"""  # noqa: E501 - a command is one line, as it is typed


def states(school: Casebook, folder: str) -> dict[str, str]:
    found = {}
    for file in sorted((school.root / "policy" / folder).glob("*.md")):
        document, wrong = parse(file.read_bytes(), file.name)
        assert document is not None, wrong
        found[file.stem] = str(document.data["state"])
    return found


def test_the_model_set_is_there_as_drafts(school: Casebook) -> None:
    for folder in ("codes", "rules", "ladders", "plans", "procedures", "letters"):
        assert set(states(school, folder).values()) == {"draft"}


def test_twenty_rules_are_adopted_and_announced_in_at_most_ten_commands(school: Casebook) -> None:
    before = states(school, "rules")
    commands = [shlex.split(line) for line in MEETING.strip().splitlines()]
    for words in commands:
        answer = school.run(*words, program="git policy")
        assert answer.code == 0, f"{words}\n{answer.out}\n{answer.err}"
    assert len(commands) + 1 <= MOST
    rules = states(school, "rules")
    assert len(rules) >= 20
    assert rules == dict.fromkeys(before, "adopted")
    assert set(states(school, "ladders").values()) == {"adopted"}
    # One decision is one commit, and the whole casebook is right.
    assert school.git("rev-list", "--count", "HEAD").stdout.strip() == str(len(commands) + 1)
    assert school.run("check", program="casebook").code == 0
    told = school.run("coverage", "--audience", "staff", program="git policy")
    assert "phones-and-social-media@1" in told.out


def test_the_answer_says_what_the_guards_would_rather_have_seen(school: Casebook) -> None:
    for line in MEETING.strip().splitlines()[2:4]:
        assert school.run(*shlex.split(line), program="git policy").code == 0
    answer = school.run(*shlex.split(MEETING.strip().splitlines()[4]), program="git policy")
    assert answer.code == 0
    assert (
        "Warning: code/phones-and-social-media@1: there is not yet anybody consulted" in answer.out
    )
    assert "I1 " in answer.out


def test_the_same_in_dutch(school: Casebook) -> None:
    school.language = "nl"
    for line in MEETING.strip().splitlines()[2:4]:
        assert school.run(*shlex.split(line), program="git policy").code == 0
    answer = school.run(*shlex.split(MEETING.strip().splitlines()[4]), program="git policy")
    assert "Geldt vanaf" in answer.out
    assert "Along with" not in answer.out
    refused = school.run("adopt", "school-safety", program="git policy")
    assert refused.code == 3
    assert "Dit kan nog niet" in refused.err or "nog niet" in refused.err
