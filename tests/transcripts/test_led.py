"""A whole case led from new to closed by ``git case next``, on a real terminal, in Dutch.

What is typed here is all that a coordinator types: five commands and short answers.
"""

from __future__ import annotations

import os
import re
import sys
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Casebook

pexpect = pytest.importorskip("pexpect")

REPOSITORY = Path(__file__).resolve().parents[2]

# What a question asks for, and what is answered: a text, or one text after the other.
ANSWERS: dict[str, str | list[str]] = {
    "Do it now": "",
    "Nu doen": "",
    "Wat is er aan de hand": "Foto van een leerling gaat rond in een groepsapp",
    "Wie meldde het": "docent",
    "Is iedereen nu veilig": "ja",
    "Hoe ernstig": "ernstig",
    "Waarom deze ernst": "Verspreid in twee klassen",
    "vaste aanspreekpunt": "mentor",
    "Welke rol": ["1,2", "doorstuurder"],
    "Wie is het: leerling": "leerling",
    "Jonger dan 18": "ja",
    "Wat is het: foto": ["foto"],
    "Beschrijf het in woorden": "Naaktfoto, door de melder in woorden verteld",
    "Is het seksueel": "ja",
    "Staat er iemand jonger": "ja",
    "Bewaren als bewijs": "eerst de politie vragen",
    "Wat is er gebeurd": ["P2 stuurde de foto door"],
    "Wat is de bron": "verteld door de melder",
    "Hoe zeker is het": "vastgesteld",
    "Hoe ver is het verspreid": "Twee groepsapps, vandaag nagevraagd",
    "Wat zijn de gevolgen": "P1 durft niet naar school",
    "Wanneer was het gesprek": "vandaag",
    "Waarvoor was het gesprek": "",
    "Wat is er gezegd": "Rustig verteld hoe het ging",
    "Wat wenst deze persoon": "Mentor erbij",
    "Is de wens gevolgd": "gevolgd",
    "strafbaar": "onzeker",
    "Wat wordt er gedaan": ["Klassengesprek zonder namen", "Klassengesprek zonder namen"],
    "Wie doet": "mentor",
    "Uiterlijk wanneer": "morgen",
    "deskundige": "nee",
    "psychologische": "ja",
    "crisisteam": "n",
    "bestuur ingelicht": "ja",
    "Is de politie": "ja",
    "verstuurd, of nee": "n",
    "Waarom niet": "In overleg met P1 nu niet",
    "Why not": "In overleg met P1 nu niet",
    "Is het gebeurd zoals gemeld": "bevestigd",
    "Hoeveel schade": "ernstig",
    "Wat was het resultaat": "hulp geboden, politie betrokken",
    "Slotnotitie": "De foto is weg en P1 is terug",
    "Wat leren we ervan": "Eerder de klas in",
    "Moet een regel": "nee",
    "Hoe gaat het nu": "Beter",
    "Waarom": "Besproken in het team",
}


MOST = 200  # questions of a whole case; a question that no answer satisfies would be asked for ever


class Coordinator:
    """Somebody at a terminal: types commands and answers what is asked."""

    def __init__(self, school: Casebook, programs: Path) -> None:
        self.school = school
        self.typed: list[str] = []
        self.commands = 0
        self.heard: list[str] = []
        self.left = {
            asked: deque(said) if isinstance(said, list) else said
            for asked, said in ANSWERS.items()
        }
        programs.mkdir()
        program = programs / "git-case"
        program.write_text(
            f'#!/bin/sh\nPYTHONPATH="{REPOSITORY / "cli"}" exec "{sys.executable}" -c '
            "'from casebook.__main__ import main_case; main_case()' \"$@\"\n"
        )
        program.chmod(0o755)
        self.env = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "COLUMNS": "100"}

    def type(self, command: str) -> str:
        """Type a command and answer its questions; what it printed."""
        self.commands += 1
        self.typed.append(command)
        child = pexpect.spawn(
            command, cwd=str(self.school.root), env=self.env, encoding="utf-8", timeout=30
        )
        said = ""
        asked = ""
        for _turn in range(120):
            found = child.expect([r"\n> ", r"\n\| ", pexpect.EOF])
            said += child.before + child.after if found < 2 else child.before
            if found == 2:
                break
            if found == 0:
                asked = child.before
            answer = self._answer(asked) if found == 0 else ""
            self.typed.append(answer)
            child.sendline(answer)
        self.heard.append(said)
        child.close()
        assert child.exitstatus == 0, said
        return said

    def _answer(self, question: str) -> str:
        lines = [one.strip() for one in question.splitlines() if not one.strip()[:1].isdigit()]
        for line in reversed(lines):
            for asked, said in self.left.items():
                if asked in line and "[" + asked not in line:
                    if isinstance(said, str):
                        return said
                    return said.popleft() if said else ""
        return ""


def test_an_image_case_takes_five_commands_and_no_quotation_mark(
    school: Casebook, tmp_path: Path
) -> None:
    person = Coordinator(school, tmp_path / "programs")
    person.type("git case new image-spread")
    (file,) = (school.root / "cases").glob("*/*.md")
    identity = file.stem
    states = ["reported"]
    for _time in range(4):
        person.type("git case next")
        states.append(school.data(identity)["state"])
    assert states == ["reported", "investigating", "planned", "aftercare", "closed"], "".join(
        person.heard
    )
    assert person.commands <= 6
    assert not [one for one in person.typed if re.search("[\"'`]", one)]
