"""Invented cases for measuring: each one grows from a report to the state it shall reach.

Nothing here reads or writes a file, and no text is taken from a real case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
YEARS = range(2016, 2026)

# type, variants, procedure, what content is about
TYPES = (
    ("cyberbullying", ("taunt-account", "hate-messages"), "bullying-and-quarrel@1", "account"),
    ("quarrel", ("app-group", "incitement"), "bullying-and-quarrel@1", "message"),
    ("image-spread", ("meme", "humiliating-video"), "image-spread@1", "photo"),
    ("threat", (), "threat-privacy-defamation@1", "message"),
    ("defamation", (), "threat-privacy-defamation@1", "account"),
    ("discrimination", (), "bullying-and-quarrel@1", "message"),
)
LIGHT_TYPES = (
    ("quarrel", ("app-group",), "light@1", "message"),
    ("other", (), "light@1", "message"),
)
# goal -> share in percent: what is older than a year has ended, of the last year a third is open
ENDED = {"settled": 58, "closed": 34, "unfounded": 5, "withdrawn": 3}
OPEN = {"reported": 6, "investigating": 9, "planned": 8, "aftercare": 9, "waiting": 2}
ROAD = ("reported", "investigating", "planned", "aftercare", "closed")

WHAT = (
    "Woorden over en weer in een groepsapp van de brugklas",
    "Een account maakt een leerling wekenlang belachelijk",
    "Een bewerkte foto gaat rond in twee klassen",
    "Een leerling durft door berichten niet naar de les",
    "Nare reacties onder een filmpje van het schoolfeest",
    "Iemand doet zich online voor als een ander",
)
SENTENCES = (
    "De leerling vertelde rustig wat er gebeurd was en wie het nog meer zag.",
    "Afgesproken dat niemand anders dan het vaste aanspreekpunt de gesprekken voert.",
    "Gevraagd wat de leerling nodig heeft om zich morgen veilig te voelen.",
    "Er is niets bekeken en niets bewaard; in woorden genoteerd wat er op stond.",
    "De klas was onrustig in het tweede uur, daarna werd het stil.",
    "Twee maatjes lopen mee in de pauzes en weten bij wie zij terecht kunnen.",
    "Thuis verteld wat de school doet en wanneer zij weer iets horen.",
    "Het bericht was aan het eind van de middag weg, zei de plaatser zelf.",
    "Niemand noemde de melder, en dat blijft zo.",
    "Een week later nog eens gevraagd; het is rustig gebleven.",
)
KINDS = ("note", "talk", "note", "talk", "note")
ROLES = ("mentor", "safety-coordinator", "team-leader", "care-coordinator")


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a case file: the commit's subject and trailers, its moment and the text."""

    subject: str
    trailers: tuple[tuple[str, str], ...]
    at: datetime
    text: str


@dataclass(slots=True)
class Story:
    """A case while it is being told; ``data`` is written in the order in which it was filled."""

    id: str
    rng: Random
    now: datetime
    data: dict[str, Any] = field(default_factory=dict)
    journal: list[str] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)

    def day(self, later: int = 0) -> str:
        """The present day of the story, or some days later."""
        return (self.now + timedelta(days=later)).date().isoformat()

    def tell(self, entries: int, people: str = "") -> None:
        """Add journal entries of some lines each, the clock going on between them."""
        for _entry in range(entries):
            number = len(self.journal) + 1
            offset = "+02:00" if 4 <= self.now.month <= 9 else "+01:00"
            stamp = self.now.strftime("%Y-%m-%dT%H:%M") + offset
            kind = self.rng.choice(KINDS)
            heading = f"### {stamp} {kind} by:{self.rng.choice(ROLES)}{people} id:J{number}"
            lines = self.rng.sample(SENTENCES, self.rng.randint(4, 7))
            self.journal.append("\n".join([heading, "", *lines, ""]))
            self.now += timedelta(minutes=self.rng.randint(25, 90))

    def save(self, subject: str, origin: str = "") -> None:
        """Keep what the file says now as one commit."""
        target = self.data["state"]
        trailers = [("Case", self.id), ("By", "safety-coordinator")]
        if origin != target and origin:
            trailers[1:1] = [("Move", subject), ("From", origin), ("To", target)]
            subject = f"{subject} ({origin} -> {target})"
        text = "\n".join(["---", *front(self.data), "---", *self._body()]) + "\n"
        self.versions.append(Version(f"case {self.id}: {subject}", tuple(trailers), self.now, text))
        self.now += timedelta(days=self.rng.randint(1, 3))

    def _body(self) -> list[str]:
        return ["## Logboek", "", "\n".join(self.journal).rstrip("\n")] if self.journal else []


def front(data: dict[str, Any]) -> list[str]:
    """The lines of front matter in the house's style; texts here never need quotes."""
    lines: list[str] = []
    for key, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines.append(f"{key}:")
            for entry in value:
                inner = [f"{name}: {_flow(one)}" for name, one in entry.items()]
                lines.append(f"  - {inner[0]}")
                lines += [f"    {line}" for line in inner[1:]]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return lines


def _flow(value: Any) -> str:
    return f"[{', '.join(value)}]" if isinstance(value, list) else str(value)


def tails(rng: Random, count: int) -> list[str]:
    """Different five-character tails of ids."""
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(rng.choice(ALPHABET) for _place in range(5))] = None
    return list(found)


def tell(tail: str, rng: Random) -> list[Version]:
    """All versions of one case, oldest first."""
    year = rng.choice(YEARS)
    start = datetime(year, 1, 5, 8) + timedelta(
        days=rng.randint(0, 240), minutes=rng.randint(0, 480)
    )
    story = Story(f"{year}-{tail}", rng, start)
    goals = ENDED | OPEN if year == YEARS[-1] else ENDED
    goal = rng.choices(list(goals), list(goals.values()))[0]
    _report(story, LIGHT_TYPES if goal == "settled" else TYPES)
    if goal == "settled":
        _settle(story)
    elif goal in ROAD:
        for state in ROAD[1 : ROAD.index(goal) + 1]:
            _STEPS[state](story)
    else:
        _investigate(story)
        _aside(story, goal)
    return story.versions


def _report(story: Story, types: tuple[tuple[str, tuple[str, ...], str, str], ...]) -> None:
    rng = story.rng
    name, variants, procedure, kind = rng.choice(types)
    story.data = {"id": story.id, "type": name}
    if variants and rng.random() < 0.7:
        story.data["variant"] = rng.choice(variants)
    story.data |= {
        "state": "reported",
        "summary": rng.choice(WHAT),
        "occurred": story.day()[: rng.choice((7, 10))],
        "reported": story.now.strftime("%Y-%m-%d %H:%M"),
        "reported_by": rng.choice(("mentor", "teacher", "parent", "pupil")),
        "where": rng.choice((["online"], ["online", "building"], ["lesson", "online"])),
        "procedure": procedure,
    }
    if rng.random() < 0.12:
        story.data["x_folder"] = f"kast-{rng.randint(1, 40)}"
    if rng.random() < 0.10:
        story.data["means"] = f"Groepsapp van klas {rng.randint(1, 3)}b  # zo heet de app niet echt"
    story.tell(1)
    story.save("new")
    story.data["means"] = story.data.get("means", "Groepsapp van de klas")
    if name != "other" and procedure != "light@1":
        _people(story)
        if rng.random() < 0.6:
            story.data["contents"] = [_content(story, kind)]
        story.tell(2, " with:P1")
        story.save("add content")


def _people(story: Story) -> None:
    story.data["persons"] = [
        {"id": "P1", "kind": "pupil", "minor": "yes", "roles": ["victim"]}
        | {"wish": "Dat het stopt", "wish_answer": "followed"},
        {"id": "P2", "kind": "pupil", "minor": "yes", "roles": ["accused"]},
        *(
            {"id": f"P{number}", "kind": "pupil", "minor": "yes", "roles": ["onlooker"]}
            for number in range(3, 3 + story.rng.randint(0, 2))
        ),
    ]
    story.data["talks"] = [
        {"id": "T1", "on": story.day(), "with": ["P1"], "by": "mentor"}
        | {"for": "hear", "parents": "told"},
        {"id": "T2", "on": story.day(), "with": ["P2"], "by": "team-leader"}
        | {"for": "hear", "parents": "told"},
    ]


def _content(story: Story, kind: str) -> dict[str, Any]:
    return {
        "id": "C1",
        "kind": kind,
        "text": "Door de melder in woorden beschreven; door niemand op school bekeken",
        "depicts": ["P1"],
        "sexual": "no",
        "minor": "yes",
        "decision": "keep",
        "decided_on": story.day(),
        "because": "Eerst nagaan wat nodig is",
    }


def _investigate(story: Story) -> None:
    rng, data = story.rng, story.data
    data["state"] = "investigating"
    data["severity"] = rng.choice(("moderate", "moderate", "serious"))
    data["severity_because"] = "Meer dan een klas heeft het gezien en het duurde enkele dagen"
    data["owner"] = rng.choice(("safety-coordinator", "team-leader"))
    data["contact"] = "mentor"
    data["decisions"] = [
        _answer(story, name, answer, by)
        for name, answer, by in (
            ("safe-now", "yes", "mentor"),
            ("offence", "no", "safety-coordinator"),
        )
    ]
    story.tell(2, " with:P1,P2")
    story.save("assess", "reported")


def _answer(story: Story, name: str, answer: str, by: str) -> dict[str, Any]:
    because = "Met de betrokkenen besproken en nagegaan"
    return {"id": name, "answer": answer, "because": because, "on": story.day(), "by": by}


def _plan(story: Story) -> None:
    data = story.data
    data["state"] = "planned"
    data["impact"] = "Onrust in twee klassen; een leerling miste lessen"
    data["facts"] = [
        {"id": "F1", "text": "P2 plaatste het bericht", "about": ["P2"], "source": "T2"}
        | {"status": "established"},
    ]
    data["actions"] = [
        {"id": "A1", "text": "Klassengesprek over meelachen, zonder namen", "owner": "mentor"}
        | {"due": story.day(5), "done": "no", "groups": ["2a"], "kind": "class-talk"},
    ]
    story.tell(2, " with:P1")
    story.save("plan", "investigating")


def _aftercare(story: Story) -> None:
    data = story.data
    data["state"] = "aftercare"
    data["actions"][0]["done"] = story.day()
    data["talks"] += [
        {"id": "T3", "on": story.day(), "with": ["P1"], "by": "mentor", "for": "support"}
        | {"parents": "told"},
    ]
    data["messages"] = [
        {"id": "B1", "to": "class", "text": "Stop met doorsturen en meelachen", "by": "mentor"}
        | {"channel": "In de les", "sent": story.day()},
    ]
    story.tell(2, " with:P1")
    story.save("aftercare", "planned")


def _close(story: Story) -> None:
    story.tell(1)
    story.data["state"] = "closed"
    story.data["closures"] = [
        _closure(story, "close")
        | {"truth": "confirmed", "harm": "limited", "result": ["repaired", "agreements"]}
        | {"note": "Afspraken nagekomen en zes weken rust", "policy_change": "none"}
        | {"evaluation": "De regels waren duidelijk; melden mag makkelijker"}
        | {"victim_now": "Het gaat goed, zegt P1 zelf"},
    ]
    story.save("close", "aftercare")


def _closure(story: Story, move: str) -> dict[str, Any]:
    return {"id": "K1", "move": move, "on": story.day(), "by": "safety-coordinator"}


def _settle(story: Story) -> None:
    story.tell(5)
    story.data["state"] = "closed"
    story.data["severity"] = "light"
    story.data["done"] = "Mentor sprak beide leerlingen; de afspraken over de app herhaald"
    story.data["evaluation"] = "Na een week rustig; geen regel hoeft anders"
    story.save("settle", "reported")


def _aside(story: Story, goal: str) -> None:
    story.tell(1)
    story.data["state"] = goal
    if goal == "waiting":
        story.data["waits"] = [
            {"id": "W1", "from": "investigating", "for": "politie", "what": "Antwoord op de vraag"}
            | {"since": story.day(), "chase": story.day(14)},
        ]
        story.save("wait", "investigating")
        return
    move = "dismiss" if goal == "unfounded" else "withdraw"
    extra = {"truth": "not-established", "note": "Niet gebleken", "accused_told": "Mondeling"}
    if move == "withdraw":
        extra = {"duty": "Er was geen plicht om door te gaan"}
    story.data["closures"] = [
        _closure(story, move) | extra | {"because": "De melder zei dat het anders was gegaan"},
    ]
    story.save(move, "investigating")


_STEPS = {
    "investigating": _investigate,
    "planned": _plan,
    "aftercare": _aftercare,
    "closed": _close,
}
