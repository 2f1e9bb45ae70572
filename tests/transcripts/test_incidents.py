"""Six incidents from the press and from rulings, typed in the order in which they happened.

Each script is what a coordinator types: a comment repeats the numbered line of the note, the
commands below it are its record. Dates, codes and words are invented.

``C: new …`` names the new case; ``[3]`` before a command is the exit code it must have; ``~ name``
below one is a warning or blocker it gives, ``! name`` one that the case does not (or no longer)
bear.
"""

# ruff: noqa: E501 - a command is one line, as it is typed
from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from casebook.document import parse

if TYPE_CHECKING:
    from tests.conftest import Casebook

LATER = "2027-02-01 09:00"


@dataclass(slots=True)
class Replay:
    """What a script left behind: the cases by name, and everything that was warned of."""

    school: Casebook
    ids: dict[str, str] = field(default_factory=dict)
    warned: list[str] = field(default_factory=list)

    def data(self, name: str = "C") -> dict[str, Any]:
        return self.school.data(self.ids[name])

    def entry(self, code: str, name: str = "C") -> dict[str, Any]:
        return self.school.entry(self.ids[name], code)


def replay(school: Casebook, script: str) -> Replay:
    """Type a script; every exit code and every marked warning is as it says."""
    school.clock.set(LATER)
    done = Replay(school)
    said: list[str] = []
    typed = ""
    for raw in script.strip().splitlines():
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line[0] == "~":
            assert any(one.startswith(line[1:].strip()) for one in said), (typed, line, said)
            continue
        if line[0] == "!":
            assert line[1:].strip() not in _standing(done), (typed, line)
            continue
        typed = line
        said = _type(done, line)
        done.warned += said
    return done


def _standing(done: Replay) -> list[str]:
    """Everything ``casebook check`` says about the cases as they are now."""
    answer = done.school.run("check", "cases", "--json", program="casebook")
    assert answer.code == 0, answer.out
    return [one["check"] for one in answer.json["findings"]]


def _type(done: Replay, line: str) -> list[str]:
    code = 0
    if line.startswith("["):
        number, _bracket, line = line[1:].partition("] ")
        code = int(number)
    name, colon, rest = line.partition(": ")
    made = colon and name.isupper()
    words = [_named(done, word) for word in shlex.split(rest if made else line)]
    answer = done.school.run(*words, "--json")
    assert answer.code == code, f"{line}\n{answer.out}\n{answer.err}"
    found = answer.json
    if made:
        done.ids[name] = found["id"]
    if "refused" in found:
        return [one["guard"] for one in found["refused"]["blockers"]]
    return [one["check"] for one in found.get("warnings", [])]


def _named(done: Replay, word: str) -> str:
    head, slash, tail = word.partition("/")
    if head in done.ids and (slash or word == head):
        return done.ids[head] + slash + tail
    return word


# The sharers were suspended before they were heard, on the advice of the police: a wrong order
# that the casebook shows and that ``heard_because`` answers.
CHILD_ABUSE_IMAGE = """
# 1. Thursday: discovered that a photo circulates in app groups of and with pupils
C: new image-spread 'Strafbaar beeld van een onbekend kind gaat rond in groepsapps' --variant child-abuse-image --reported-by teacher --where online --on '2026-09-17 13:10'
add person C forwarder accused --kind pupil --minor yes --count 3 --on 2026-09-17
add person C receiver --kind pupil --minor yes --on 2026-09-17
add person C depicted --kind unknown --minor yes --on 2026-09-17
add content C photo 'Door leerlingen beschreven als misbruik van een onbekend kind; door niemand op school bekeken' --depicts P3 --sent-by P1 --sexual yes --minor yes --online yes --kept-by politie --decision ask-police --because 'Bezit is ook voor de school strafbaar; de politie zegt wat er gebeurt' --on 2026-09-17
add action C 'Leerlingen gezegd: niets tonen, niets sturen, niets wissen' --kind protect --owner safety-coordinator --due 2026-09-17 --done 2026-09-17 --on 2026-09-17
assess C --owner safety-coordinator --severity calamity --severity-because 'Beeld van misbruik in meer dan een klas' --on 2026-09-17

# 2. Consultation with police -> decision TOGETHER with police to suspend the sharers
add external C police advice --about C1 --by principal --result 'Niet zelf onderzoeken; delers mogen vandaag naar huis' --result-on 2026-09-17 --on '2026-09-17 14:00'
decide C offence=yes police=yes --because 'Bezit en doorsturen van zulk beeld is strafbaar' --basis police-advice --on 2026-09-17
add fact C 'P1 stuurde C1 door in groepsapps' --about P1,C1 --source E1 --status plausible --on 2026-09-17
add measure C suspension --for P1 --track order --facts F1 --decided-by principal --consulted police --confidential yes --from 2026-09-18 --until 2026-09-22 --because 'Samen met de politie besloten' --on 2026-09-17
~ measure-before-hearing
~ inspectorate-not-told
set C M1.heard_because='De politie vroeg om eerst te schorsen; gehoord op de dag erna' M1.inspectorate=2026-09-17 --on 2026-09-17
! measure-before-hearing
! inspectorate-not-told

# 3. Talks with the pupils (they did not see how serious it was)
add talk C P1 --for hear --by team-leader --parents present --text 'Erkennen het doorsturen; zagen niet hoe ernstig het was' --on '2026-09-18 09:00'
add talk C P2 --for inform --by mentor --parents told --text 'Wisten niet dat bezit al strafbaar is' --on '2026-09-18 10:00'
set C F1.status=established F1.source=T1 F1.admitted_by=P1 M1.heard=T1 --on 2026-09-18

# 4. E-mail to parents: says that sharing and even possession is punishable
add message C parents --by principal --text 'Er gaat een beeld rond dat niemand mag delen. Delen en ook bezit is strafbaar. Praat er thuis over.' --aim 'Thuis bespreken, niet delen' --channel e-mail --sent 2026-09-18 --on 2026-09-18
! message-wording

# 5. Number of pupils and the exact sanction not made public; management not yet available for comment
add external C press media --by spokesperson --text 'Vraag om een reactie' --result 'Directie is nog niet bereikbaar voor commentaar' --on '2026-09-18 08:30'
add message C media --sent no --because 'Aantal leerlingen en maatregel blijven vertrouwelijk' --on 2026-09-18

# afterwards: the road to the end
decide C help=yes crisis=yes board=yes --because 'Besproken in het crisisteam' --team principal --spokesperson principal --on 2026-09-18
add action C 'Les over strafbare beelden in beide klassen' --kind class-talk --owner mentor --due 2026-09-25 --on 2026-09-18
plan C --impact 'Onrust in twee klassen' --on 2026-09-18
[3] aftercare C --on 2026-09-25
~ each-entry:M1:letter
set C M1.letter=2026-09-17 M1.parents_told=2026-09-17 M1.status=ended --on 2026-09-25
done C A2 --on 2026-09-25
aftercare C --on 2026-09-25
[3] close C --on 2026-10-09
~ steps-done:aftercare-victim
skip C aftercare-victim --because 'Het kind in beeld is onbekend en niet van deze school' --on 2026-10-09
set C C1.decision=remove C1.because='De politie heeft het in onderzoek en liet wissen' C1.removed=2026-09-21 --on 2026-10-09
close C --truth confirmed --harm serious --result police,measures --note 'Onderzoek ligt bij de politie' --evaluation 'Eerder in de brugklas vertellen dat bezit strafbaar is' --policy-change none --on 2026-10-09
"""


def test_an_image_of_an_unknown_child(school: Casebook) -> None:
    """No victim at the school, a confidential measure, decided together with the police."""
    done = replay(school, CHILD_ABUSE_IMAGE)
    data = done.data()
    assert data["state"] == "closed"
    assert data["closures"][0]["truth"] == "confirmed"
    # a case without a known victim
    assert not any("victim" in one["roles"] for one in data["persons"])
    assert done.entry("P3")["kind"] == "unknown"
    # the decision to suspend was taken with the police; it is confidential
    assert done.entry("M1")["consulted"] == ["police"]
    assert done.entry("M1")["confidential"] == "yes"
    assert done.entry("M1")["status"] == "ended"
    assert done.entry("E1")["on"] == "2026-09-17 14:00"
    # the pupils were heard a day later, and it says so
    assert done.entry("T1")["on"] > done.entry("M1")["decided_on"]
    assert done.entry("B1")["sent"] == "2026-09-18"
    assert done.entry("B2")["sent"] == "no"
    assert "vertrouwelijk" in done.entry("B2")["because"]


def test_the_evidence_itself_never_enters_the_casebook(school: Casebook) -> None:
    """Possession is an offence for staff too: there is no field, and no file, for an image."""
    done = replay(school, CHILD_ABUSE_IMAGE.partition("# 2.")[0])
    content = done.entry("C1")
    assert content["kept_by"] == "politie"
    assert not {"file", "image", "attachment"} & set(content)
    picture = school.root / "cases" / "2026" / "bewijs.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0" + bytes(64))
    answer = school.run("save")
    assert answer.code == 1
    assert "bewijs.jpg" in answer.out
    assert "bewijs.jpg" not in school.git("ls-files").stdout


# The pupils had to delete before anybody asked whether it was evidence.
POLICE_IN_CLASSES = """
# 1. Photos sent round among pupils
C: new sexting 'Naaktfoto van leerlingen rondgestuurd in de onderbouw' --variant shame-sexting --reported-by mentor --where online --on '2026-10-08 08:40'
add person C victim depicted --kind pupil --minor yes --wish 'Dat het stopt' --on 2026-10-08
add person C forwarder accused --kind pupil --minor yes --on 2026-10-08
add content C photo 'Naaktbeelden, door een leerling in woorden verteld' --depicts P1 --sent-by P2 --sexual yes --minor yes --online yes --on 2026-10-08
decide C safe-now=yes --because 'P1 is bij de mentor' --on 2026-10-08
assess C --owner team-leader --severity serious --severity-because 'Naaktbeelden van minderjarigen in meer klassen' --contact mentor --on 2026-10-08

# 2. Thursday: school police officer visits the classes, orders deletion, explains consequences
add external C police visit --by team-leader --text 'Jeugdagent in de klassen van de onderbouw' --result 'Uitleg over bezit en verspreiden' --on '2026-10-08 11:00'
add action C 'Jeugdagent in de klas' --kind class-talk --owner team-leader --groups 1a --with police --due 2026-10-08 --done 2026-10-08 --on 2026-10-08
add action C 'Jeugdagent in de klas' --kind class-talk --owner team-leader --groups 1b --with police --due 2026-10-08 --done 2026-10-08 --on 2026-10-08
add action C 'Jeugdagent in de klas' --kind class-talk --owner team-leader --groups 2a --with police --due 2026-10-08 --done 2026-10-08 --on 2026-10-08
add external C police removal --about C1 --text 'Opdracht om van telefoons te wissen' --result 'Leerlingen wisten ter plekke' --on '2026-10-08 11:00'
~ removed-before-question

# 3. Same day: e-mail to parents about the police visit; home asked to give it attention
add message C parents --by team-leader --text 'Vandaag was de jeugdagent in de klas over beelden delen. Wilt u er thuis aandacht aan geven? Voor wie het betreft is het pijnlijk.' --aim 'Thuis aandacht geven' --channel e-mail --sent 2026-10-08 --on 2026-10-08
! message-wording

# afterwards: the plan is refused until the evidence question has its answer
add talk C P1 --for consult --by mentor --parents present --text 'Gesprek met P1 en ouders' --on '2026-10-09 09:00'
add talk C P2 --for hear --by team-leader --parents told --text 'Erkent doorsturen' --on '2026-10-09 10:00'
add fact C 'P2 stuurde C1 door' --about P2,C1 --source T2 --status established --admitted-by P2 --on 2026-10-09
decide C offence=yes police=yes help=yes crisis=no board=yes --because 'Beelden van minderjarigen' --on 2026-10-09
[3] plan C --on 2026-10-09
~ each-entry:C1:decision
set C C1.decision=ask-police C1.because='Te laat gevraagd: de agent liet al wissen' --on 2026-10-09
! removed-before-question
set C P1.wish_answer=followed --on 2026-10-09
plan C --impact 'P1 durft de klas niet in' --on 2026-10-09
aftercare C --on 2026-10-16
add talk C P1 --for support --by mentor --parents told --on 2026-10-23
close C --truth confirmed --harm serious --result police,help --note 'Geen nieuwe verspreiding' --evaluation 'Voortaan eerst vragen wat bewijs is' --policy-change image-spread@1 --victim-now 'Komt weer naar school' --on 2026-10-23
"""


def test_a_police_officer_in_the_classes(school: Casebook) -> None:
    """A deletion order while the photos may be evidence is warned of, and stays on record."""
    done = replay(school, POLICE_IN_CLASSES)
    data = done.data()
    assert data["state"] == "closed"
    visits = [one for one in data["actions"] if one.get("with") == ["police"]]
    assert [one["groups"] for one in visits] == [["1a"], ["1b"], ["2a"]]
    assert all(one["done"] == "2026-10-08" for one in visits)
    # evidence against removal: the order was given before the question was answered
    assert "removed-before-question" in done.warned
    assert done.entry("E2")["on"][:10] < done.entry("C1")["decided_on"]
    # the closure keeps that the police still had to answer
    assert "each-entry-c1" in data["closures"][0]["open"]
    # parents the same day
    assert done.entry("B1")["sent"] == done.entry("E1")["on"][:10]
    assert data["closures"][0]["policy_change"] == "image-spread@1"
    # the draft that has to change names the case, in a commit of its own
    assert policy_of(school, "image-spread@1")["cases"] == [done.ids["C"]]
    changed = school.git("show", "--format=", "--name-only", "HEAD").stdout.split()
    assert changed == ["policy/procedures/image-spread@1.md"]


ADOPT = "adopt image-spread --in-force-from 2026-09-01 --decided-by principal --decided-on 2026-06-20 --review 2027-06-01"


def policy_of(school: Casebook, identity: str) -> dict[str, Any]:
    path = f"policy/procedures/{identity}.md"
    document, wrong = parse((school.root / path).read_bytes(), path)
    assert document is not None, wrong
    return dict(document.data)


def test_a_closed_case_drafts_the_next_version_of_an_adopted_text(school: Casebook) -> None:
    assert school.run(*ADOPT.split(), program="git policy").code == 0
    before = (school.root / "policy/procedures/image-spread@1.md").read_bytes()
    done = replay(school, POLICE_IN_CLASSES)
    assert done.data()["procedure"] == "image-spread@1"
    draft = policy_of(school, "image-spread@2")
    assert draft["state"] == "draft"
    assert draft["cases"] == [done.ids["C"]]
    assert (school.root / "policy/procedures/image-spread@1.md").read_bytes() == before


def test_a_text_that_is_not_there_is_said_before_the_case_is_closed(school: Casebook) -> None:
    script = POLICE_IN_CLASSES.replace("image-spread@1", "nowhere").replace(
        "close C", "[5] close C"
    )
    assert replay(school, script).data()["state"] == "aftercare"


def test_what_keeps_the_case_from_being_noted_is_told_with_the_command(school: Casebook) -> None:
    lines = POLICE_IN_CLASSES.strip().splitlines()
    done = replay(school, "\n".join(lines[:-1]))
    path = school.root / "policy/procedures/image-spread@1.md"
    path.write_text(path.read_text("utf-8") + "\nNog niet opgeslagen\n", "utf-8")
    answer = school.run(*shlex.split(lines[-1].replace(" C ", f" {done.ids['C']} ")))
    assert answer.code == 0
    assert (
        f"git policy revise image-spread@1 --case {done.ids['C'].rpartition('-')[2]}" in answer.out
    )
    assert done.data()["state"] == "closed"


# A first draft of the message speaks of culprits; a measure names nobody who was heard.
FILMED_ASSAULT = """
# 1. Victim hit in the face in the school yard; filmed
C: new violence 'Leerling in het gezicht geslagen op het schoolplein; gefilmd en verspreid' --variant assault --also fight-video --reported-by teacher --where grounds --where online --on '2026-11-03 12:40'
add person C victim depicted --kind pupil --minor yes --on 2026-11-03
add person C perpetrator accused --kind pupil --minor yes --on 2026-11-03
add person C filmer maker --kind unknown --on 2026-11-03
add person C poster forwarder --kind pupil --minor yes --on 2026-11-03
add person C onlooker --kind pupil --minor yes --count 4 --on 2026-11-03
add content C video 'Film van de klap, door een docent in woorden beschreven' --depicts P1,P2 --made-by P3 --sent-by P4 --sexual no --online yes --decision ask-police --because 'Bewijs van mishandeling' --on 2026-11-03
decide C safe-now=yes --because 'P1 is thuis met ouder' --on 2026-11-03
assess C --owner safety-coordinator --severity serious --severity-because 'Letsel en verspreiding' --contact mentor --on 2026-11-03

# 2. Police finds suspect and victim; talks with both and their parents; seeks the maker; prosecutor decides
add external C police report --about P2 --by principal --ref aangifte-bekend-bij-directie --result 'Sprak P1 en P2 met ouders; zoekt de maker' --result-on 2026-11-04 --on '2026-11-03 15:00'
add external C prosecutor notification --by principal --text 'De officier beslist over P2' --chase 2026-12-01 --on 2026-11-05
decide C offence=yes police=yes help=yes crisis=no board=yes --because 'Mishandeling, politie is bezig' --on 2026-11-04

# 3. School takes measures against perpetrator AND bystanders: judged equally bad
add talk C P1 --for hear --by mentor --parents present --on '2026-11-04 09:00'
add talk C P2 --for hear --by team-leader --parents present --on '2026-11-04 11:00'
add fact C 'P2 sloeg P1' --about P2,P1 --source T2 --status established --admitted-by P2 --on 2026-11-04
add measure C suspension --for P2 --track order --facts F1 --heard T2 --decided-by principal --letter 2026-11-05 --parents-told 2026-11-05 --from 2026-11-05 --until 2026-11-05 --because 'Slaan, erkend' --on 2026-11-05
! measure-before-hearing
add measure C suspension --for P4 --track order --decided-by principal --letter 2026-11-05 --parents-told 2026-11-05 --from 2026-11-05 --until 2026-11-05 --because 'Verspreiden telt even zwaar als slaan' --on 2026-11-05
~ measure-before-facts
~ measure-before-hearing
add measure C suspension --for P5 --track order --decided-by principal --letter 2026-11-05 --parents-told 2026-11-05 --from 2026-11-05 --until 2026-11-05 --because 'Toekijken telt even zwaar als slaan' --on 2026-11-05
~ measure-before-hearing
add talk C P4 --for hear --by team-leader --parents told --on '2026-11-06 09:00'
add talk C P5 --for hear --by team-leader --parents told --on '2026-11-06 10:00'
add fact C 'P4 verspreidde C1, P5 keek lachend toe' --about P4,P5,C1 --source T3 --status established --on 2026-11-06
set C M2.facts=F2 M3.facts=F2 M2.heard=T3 M3.heard=T4 --on 2026-11-06
set C M2.heard_because='Dezelfde ochtend nog gehoord' M3.heard_because='De dag erna gehoord' --on 2026-11-06
! measure-before-hearing

# 4. Director gives no details of measures because of privacy; talked through in school and classes
add message C all-parents --text 'De daders zijn geschorst.' --sent no --because 'Eerste versie' --on 2026-11-06
~ message-wording
set C B1.text='Op het plein is een leerling gewond geraakt. Wij spreken erover in de klas en delen geen bijzonderheden.' B1.sent=2026-11-06 --on 2026-11-06
! message-wording
add message C media --by principal --sent no --because 'Over maatregelen zegt de school niets, vanwege de privacy van leerlingen' --on 2026-11-06
add action C 'In alle klassen besproken' --kind class-talk --owner mentor --due 2026-11-09 --done 2026-11-09 --on 2026-11-09

# afterwards
plan C --impact 'Angst op het plein' --on 2026-11-09
aftercare C --on 2026-11-10
add talk C P1 --for support --by mentor --parents told --on 2026-11-24
close C --truth confirmed --harm serious --result measures,police --note 'De zaak ligt verder bij de officier' --evaluation 'Toezicht op het plein in de pauze' --policy-change none --victim-now 'Is weer hele dagen op school' --on 2026-11-24
"""


def test_an_assault_filmed_by_a_bystander(school: Casebook) -> None:
    """Maker, spreader and onlooker are other roles than who hit; two tracks run side by side."""
    done = replay(school, FILMED_ASSAULT)
    data = done.data()
    assert data["state"] == "closed"
    roles = {one["id"]: one["roles"] for one in data["persons"]}
    assert roles["P3"] == ["filmer", "maker"]
    assert roles["P4"] == ["poster", "forwarder"]
    assert roles["P5"] == ["onlooker"]
    assert "perpetrator" in roles["P2"]
    # measures per role, judged equally bad
    assert {one["for"][0]: one["kind"] for one in data["measures"]} == {
        "P2": "suspension",
        "P4": "suspension",
        "P5": "suspension",
    }
    # the school decided on 5 November; the prosecutor still has to
    assert "result" not in done.entry("E2")
    assert "each-entry-e2-result" in data["closures"][0]["open"]
    # no statement is a decision with a reason
    assert done.entry("B2")["to"] == "media"
    assert done.entry("B2")["sent"] == "no"
    assert "privacy" in done.entry("B2")["because"]


# Removal without having heard the pupil and the parents is where the law is hard.
EXPULSION_UPHELD = """
# 1. Four photos with body parts and captions sent into the class app group
C: new image-spread 'Vier foto met kwetsende bijschriften in de klassenapp' --variant meme --also discrimination --reported-by pupil --where online --on '2026-09-28 20:15'
add person C accused maker poster --kind pupil --minor yes --on 2026-09-28
add person C depicted --kind staff --minor no --count 2 --on 2026-09-28
add person C victim depicted --kind pupil --minor yes --count 2 --on 2026-09-28
add content C photo 'Lichaamsdeel van een docent met seksueel bijschrift' --depicts P2 --made-by P1 --captioned-by P1 --sent-by P1 --sexual unknown --minor no --online yes --on 2026-09-28
add content C photo 'Lichaamsdeel van een leerling met bijschrift over geaardheid' --depicts P3 --made-by P1 --captioned-by P1 --sent-by P1 --sexual unknown --minor yes --online yes --on 2026-09-28
add content C photo 'Derde foto, maker onbekend' --depicts P3 --sent-by P1 --sexual no --minor yes --online yes --on 2026-09-28
add content C photo 'Vierde foto, maker onbekend' --depicts P2 --sent-by P1 --sexual no --online yes --on 2026-09-28

# 2. A pupil reports
add person C reporter --kind pupil --minor yes --on 2026-09-28
decide C safe-now=yes --because 'Melder en afgebeelden gesproken' --on 2026-09-29
assess C --owner team-leader --severity serious --severity-because 'Seksuele bijschriften bij herkenbare personen' --contact mentor --on 2026-09-29

# 3. The sender threatens the reporter in a chat with a classmate
add person C witness --kind pupil --minor yes --on 2026-09-30
add content C message 'Bedreiging van P4 in een gesprek met P5' --made-by P1 --sent-by P1 --sexual no --online no --decision keep --kept-by 'P5, op eigen telefoon' --because 'Woorden, geen beeld; nodig als bewijs' --on 2026-09-30
set C P4.protected=yes --on 2026-09-30
add action C 'P4 en P1 uit elkaar, P4 weet bij wie te melden' --kind protect --owner mentor --for P4 --due 2026-09-30 --done 2026-09-30 --on 2026-09-30

# 4. School: suspension first, then expulsion
add talk C P1 --for hear --by team-leader --parents present --text 'Erkent C1 en C2, ontkent C3 en C4 te hebben gemaakt' --on '2026-09-30 13:00'
add talk C P3 --for hear --by mentor --parents told --on '2026-09-30 14:00'
add talk C P2 --for hear --by principal --on '2026-09-30 15:00'
add talk C P5 --for hear --by team-leader --parents told --on '2026-09-30 15:30'
add fact C 'P1 maakte C1 en C2' --about P1,C1,C2 --source T1 --status established --admitted-by P1 --on 2026-09-30
add fact C 'P1 schreef de bijschriften bij C1 en C2' --about P1,C1,C2 --source T1 --status established --on 2026-09-30
add fact C 'P1 maakte ook C3 en C4' --about P1,C3,C4 --source T4 --status open --denied-by P1 --on 2026-09-30
add fact C 'P1 stuurde C1, C2, C3 en C4 in de klassenapp' --about P1,C1,C2,C3,C4 --source T1 --status established --on 2026-09-30
add fact C 'P1 bedreigde P4 na de melding' --about P1,P4,C5 --source T4 --status established --on 2026-09-30
set C C1.decision=keep C2.decision=keep C3.decision=keep C4.decision=keep --on 2026-09-30
decide C offence=unsure police=no help=yes crisis=no board=yes expert=yes --because 'Besproken met bestuur en adviespunt' --on 2026-10-01
add measure C suspension --for P1 --track order --facts F1,F4,F5 --heard T1 --decided-by principal --letter 2026-10-01 --parents-told 2026-10-01 --inspectorate 2026-10-01 --from 2026-10-01 --until 2026-10-07 --because 'Ernst en bedreiging van de melder' --on 2026-10-01
! measure-before-hearing
! suspension-too-long
add action C 'Gesprek in de klas over bijschriften' --kind class-talk --owner mentor --due 2026-10-05 --done 2026-10-05 --on 2026-10-05
plan C --impact 'Docenten en leerlingen gekwetst; de melder is bang' --on 2026-10-05
add measure C removal --for P1 --track order --facts F1,F2,F4,F5 --compulsory-age yes --because 'Vertrouwen weg: bedreiging na de melding' --on 2026-10-06
set C M1.status=ended --on 2026-10-08
[3] aftercare C --on 2026-10-20
~ each-entry:M2:decided_by,letter
~ each-entry:M2:decided_by
~ legal-form:M2:verwijdering
~ legal-form:M2:verwijdering-horen
~ legal-form:M2:verwijdering-overleg
~ legal-form:M2:verwijdering-andere-school
~ legal-form:M2:verwijdering-kennisgeving
add talk C P1 --for hear --by board --parents present --text 'Gehoord over het voornemen tot verwijderen' --on '2026-10-12 16:00'
set C M2.heard=T1,T5 M2.decided_by=board M2.decided_on=2026-10-14 M2.letter=2026-10-14 M2.parents_told=2026-10-14 M2.inspectorate=2026-10-13 M2.notice=2026-10-14 M2.other_school='Andere school bereid tot toelating' --on 2026-10-14
! measure-before-hearing
aftercare C --on 2026-10-20

# 5. Father goes to the committee: disproportionate
add person C parent --kind parent --of P1 --on 2026-10-26
add external C disputes-committee dispute --about M2 --by board --text 'Vader vindt de verwijdering niet in verhouding' --on 2026-10-26

# 6. Committee: facts established; serious; rules broken; threat weighs; discretion; request unfounded
add talk C P3 --for support --by mentor --parents told --on 2026-11-20
add talk C P4 --for support --by mentor --parents told --on 2026-11-20
close C --truth confirmed --harm serious --result measures --note 'Verwijderd, geschil loopt' --evaluation 'Melder eerder beschermen' --policy-change none --victim-now 'Rust in de klas' --on 2026-11-20
set C E1.result='Feiten staan vast, ernstig, bedreiging weegt mee; verzoek ongegrond' E1.result_on=2026-12-14 E1.founded=no --on 2026-12-14
"""


def test_an_expulsion_upheld_by_the_committee(school: Casebook) -> None:
    """Facts per photo, a protected reporter, two decisions in sequence, a dispute unfounded."""
    done = replay(school, EXPULSION_UPHELD)
    data = done.data()
    assert data["state"] == "closed"
    # established or not, per content and per act
    status = {one["id"]: (one["about"], one["status"]) for one in data["facts"]}
    assert status["F1"] == (["P1", "C1", "C2"], "established")
    assert status["F3"] == (["P1", "C3", "C4"], "open")
    assert done.entry("F3")["denied_by"] == ["P1"]
    assert done.entry("C1")["captioned_by"] == ["P1"]
    assert "made_by" not in done.entry("C3")
    # the reporter is protected; the threat after the report is a fact the measures rest on
    assert done.entry("P4")["protected"] == "yes"
    assert "F5" in done.entry("M1")["facts"]
    assert "F5" in done.entry("M2")["facts"]
    # two decisions in sequence
    assert [one["kind"] for one in data["measures"]] == ["suspension", "removal"]
    assert done.entry("M1")["decided_on"] < done.entry("M2")["decided_on"]
    # the outcome outside came after the case was closed
    assert done.entry("E1")["founded"] == "no"
    assert done.entry("E1")["result_on"] > data["closures"][0]["on"]


# Pupils had to delete the film before the evidence question; not telling is a decision.
TWO_LOCATIONS = """
# 1. Film sent by an ex-friend to a few boys; within a day and a half on both locations
C: new image-spread 'Film van een leerling verspreid op twee locaties' --variant intimate-image --reported-by teacher --where online --locations hoofdgebouw --locations bijgebouw --occurred 2026-11-09 --reach 'In anderhalve dag op beide locaties, via een berichtenapp' --on '2026-11-11 08:15'
add person C victim depicted --kind pupil --minor yes --location hoofdgebouw --on 2026-11-11
add person C accused forwarder --kind pupil --minor yes --on 2026-11-11
add person C receiver --kind pupil --minor yes --count 6 --on 2026-11-11
add content C video 'Film, in woorden verteld door P1; niet bekeken' --depicts P1 --sent-by P2 --sexual yes --minor yes --online yes --first-seen 2026-11-09 --on 2026-11-11
decide C safe-now=yes --because 'P1 is thuis' --on 2026-11-11
assess C --owner safety-coordinator --severity serious --severity-because 'Op twee locaties binnen twee dagen' --contact team-leader --on 2026-11-11

# 2. E-mail to all colleagues: what goes on, and "if you notice it in your class, talk about it"
add message C staff --by principal --text 'Er gaat een film rond. Merkt u het in uw klas, praat er dan over.' --aim 'Bespreken als het speelt' --channel e-mail --sent 2026-11-11 --on 2026-11-11

# 3. Pupils made to delete the film
set C C1.removed=2026-11-11 C1.online=unknown --on 2026-11-11
~ removed-before-question

# 4. Department head contacts the girl and her parents; care trajectory; girl stays at home
add talk C P1 --for consult --by team-leader --parents present --text 'Wil voorlopig thuis blijven' --on '2026-11-11 15:00'
set C P1.wish='Niet opvallen, rustig terug' P1.wish_answer=followed days_absent=8 --on 2026-11-12
add external C mental-health referral --by care-coordinator --text 'Zorgtraject gestart' --result 'Eerste gesprek op 16 november' --on 2026-11-12
decide C help=yes offence=yes police=yes crisis=no board=yes --because 'Film van een minderjarige' --on 2026-11-12

# 5. Decision NOT to tell all other parents, so as not to make it bigger
add message C all-parents --sent no --because 'Om het voor P1 niet groter te maken dan nodig' --on 2026-11-12

# 6. National media phone; director answers; regional paper had made it news
add external C press media --by principal --text 'Landelijke media bellen na bericht in de streekkrant' --result 'Directeur sprak over aanpak, niet over leerlingen' --on '2026-11-13 10:00'
note C 'Streekkrant bracht het als eerste; woordvoerder is de directeur' --kind media --on '2026-11-13 11:00'
add message C media --by principal --text 'De school helpt wie het betreft en spreekt erover in de klas.' --sent 2026-11-13 --on 2026-11-13

# afterwards
add talk C P2 --for hear --by team-leader --parents told --text 'Erkent het sturen' --on '2026-11-13 13:00'
add fact C 'P2 stuurde C1 aan zes leerlingen' --about P2,P3,C1 --source T2 --status established --admitted-by P2 --on 2026-11-13
add action C 'Rustige terugkeer met een maatje' --kind return --owner mentor --for P1 --due 2026-11-23 --on 2026-11-13
[3] plan C --on 2026-11-13
~ each-entry:C1:decision
set C C1.decision=remove C1.because='Wissen was al gebeurd; de politie had niets nodig' --on 2026-11-13
plan C --impact 'P1 bleef thuis; rust in beide gebouwen bewaard' --on 2026-11-13
done C A1 --on 2026-11-23
aftercare C --on 2026-11-23
set C C1.online=no C1.checked=2026-12-07 --on 2026-12-07
close C --truth confirmed --harm serious --result help,removed-content --note 'P1 volgt weer alle lessen' --evaluation 'Vooraf afspreken wie de pers te woord staat' --policy-change none --victim-now 'Voelt zich weer veilig' --on 2026-12-07
"""


def test_a_film_on_two_locations_kept_low_key(school: Casebook) -> None:
    """Not telling a group is a decision with a reason; how fast it spread and the media are kept."""
    done = replay(school, TWO_LOCATIONS)
    data = done.data()
    assert data["state"] == "closed"
    assert "removed-before-question" in done.warned
    assert done.entry("C1")["removed"] < done.entry("C1")["decided_on"]
    # spread speed
    assert data["locations"] == ["hoofdgebouw", "bijgebouw"]
    assert data["occurred"] == "2026-11-09"
    assert "anderhalve dag" in data["reach"]
    # the decision not to tell a group
    assert done.entry("B2")["to"] == "all-parents"
    assert done.entry("B2")["sent"] == "no"
    assert "groter" in done.entry("B2")["because"]
    # care and media
    assert done.entry("E1")["kind"] == "referral"
    assert done.entry("E2")["kind"] == "media"
    text = school.path(done.ids["C"]).read_text("utf-8")
    assert "### 2026-11-13T11:00+01:00 media" in text
    # staff first
    assert done.entry("B1")["to"] == "staff"
    assert data["days_absent"] == "8"


WISH_ABOUT_PARENTS = """
# before: the other case in which the classmate was suspended
OLD: new threat 'Bedreiging van een medeleerling' --reported-by mentor --on '2026-06-22 09:00'
add person OLD accused --kind pupil --minor yes --on 2026-06-22
add measure OLD suspension --for P1 --track order --decided-by principal --from 2026-07-13 --until 2026-07-16 --because 'Dreigen met geweld' --heard-because 'Gehoord in een gesprek buiten dit dossier' --on 2026-07-10

# 1. Pupil reports a classmate's act to school; asks that her PARENTS ARE NOT INFORMED
C: new sexting 'Leerling meldt dat een klasgenoot beelden afdwong' --variant pressured --reported-by pupil --on '2026-07-14 10:00'
add person C victim reporter --kind pupil --minor yes --inform-parents no --wish 'Mijn ouders mogen dit niet weten' --protected yes --on 2026-07-14
add talk C P1 --for hear --by confidential-adviser --parents no --text 'Vertelt wat er gebeurde; wil niet dat thuis het weet' --on '2026-07-14 10:00'
decide C parents-informed=no --because 'P1 vraagt het nadrukkelijk; geen direct gevaar; opnieuw besproken na een week' --on 2026-07-14
set C P1.wish_answer=followed --on 2026-07-14
decide C safe-now=yes --because 'P2 is al geschorst en niet op school' --on 2026-07-14
! told-against-wish
assess C --owner safety-coordinator --severity serious --severity-because 'Dwang door een klasgenoot' --contact confidential-adviser --on 2026-07-14

# 2. Suspect already suspended before the holiday for another offence; transferred after the holiday
add person C accused --kind pupil --minor yes --same-as OLD/P1 --on 2026-07-15
add link C OLD --kind follows-from --note 'Eerdere schorsing om iets anders' --on 2026-07-15
add talk C P2 --for hear --by principal --parents present --on '2026-08-31 09:00'
add fact C 'P2 vroeg P1 onder druk om beelden' --about P2,P1 --source T1 --status plausible --on 2026-08-31
add measure C transfer --for P2 --track safety --facts F1 --heard T2 --decided-by principal --from 2026-09-01 --because 'Met instemming van ouders naar een andere school' --on 2026-08-31

# 3. In the holiday she tells at home; parents complain: safety, and return to education
note C 'P1 vertelde het in de vakantie zelf thuis' --with P1 --on 2026-08-05
add person C parent --kind parent --of P1 --parents-wish 'Veiligheid en weer naar school kunnen' --wish-answer followed --on 2026-08-24
add external C complaints-committee complaint --about P3 --text 'Klacht over veiligheid en terugkeer naar het onderwijs; stukken elders' --on 2026-08-24
set C complaint=yes --on 2026-08-24

# 4. School offers alternatives to take up education step by step; helpers involved in time
add action C 'Terugkeer in stappen: eerst halve dagen, eigen plek, maatje' --kind return --owner care-coordinator --for P1 --due 2026-09-07 --on 2026-08-31
add external C school-doctor referral --by care-coordinator --result 'Belastbaarheid besproken' --on 2026-09-02
add external C mental-health treatment --by care-coordinator --result 'Begeleiding gestart' --on 2026-09-03
add external C attendance-officer advice --by care-coordinator --result 'Akkoord met opbouw' --on 2026-09-03
add external C support-network advice --by care-coordinator --result 'Denkt mee over maatwerk' --on 2026-09-04
decide C offence=unsure police=yes help=yes crisis=no board=yes expert=yes --because 'Besproken met politie en bestuur' --on 2026-09-04
plan C --impact 'P1 komt niet naar school' --on 2026-09-04
done C A1 --result 'Volgt weer alle lessen' --on 2026-10-05
aftercare C --on 2026-10-05

# 5. Complaint unfounded
set C E1.result='Klacht ongegrond: alternatieven tijdig aangeboden' E1.founded=no E1.result_on=2026-11-16 --on 2026-11-16
add talk C P1 --for return --by confidential-adviser --parents told --on 2026-11-16
close C --truth plausible --harm serious --result help,monitored --note 'P1 is terug op school' --evaluation 'Bij een wens over ouders na een week opnieuw bespreken' --policy-change none --victim-now 'Volgt alle lessen' --on 2026-11-17
"""


def test_a_pupil_who_asks_not_to_tell_her_parents(school: Casebook) -> None:
    """The wish and the decision on it are on record; so is the way back, with outside help."""
    done = replay(school, WISH_ABOUT_PARENTS)
    data = done.data()
    assert data["state"] == "closed"
    person = done.entry("P1")
    assert person["inform_parents"] == "no"
    assert person["wish_answer"] == "followed"
    decision = done.entry("parents-informed")
    assert decision["answer"] == "no"
    assert "vraagt" in decision["because"]
    # return to education, external helpers with dates
    assert done.entry("A1")["kind"] == "return"
    assert done.entry("A1")["done"] == "2026-10-05"
    helpers = {one["contact"]: one["on"] for one in data["external"] if one["kind"] != "complaint"}
    assert helpers == {
        "school-doctor": "2026-09-02",
        "mental-health": "2026-09-03",
        "attendance-officer": "2026-09-03",
        "support-network": "2026-09-04",
    }
    # the earlier sanction stands in its own case; a change of school is a measure
    assert done.entry("P2")["same_as"] == f"{done.ids['OLD']}/P1"
    assert data["links"][0]["case"] == done.ids["OLD"]
    assert done.entry("M1", "OLD")["kind"] == "suspension"
    assert done.entry("M1")["kind"] == "transfer"
    # stated outcome
    assert done.entry("E1")["founded"] == "no"


def test_telling_parents_against_the_wish_needs_a_reason(school: Casebook) -> None:
    head = WISH_ABOUT_PARENTS.partition("decide C parents-informed")[0]
    script = f"""{head}
    add talk C P1 --for inform --by mentor --parents told --on 2026-07-15
    ~ told-against-wish
    set C P1.because='Zij sprak over weglopen; veiligheid ging voor' --on 2026-07-15
    ! told-against-wish
    """
    replay(school, script)


SCRIPTS = {
    "child-abuse-image": CHILD_ABUSE_IMAGE,
    "police-in-classes": POLICE_IN_CLASSES,
    "filmed-assault": FILMED_ASSAULT,
    "expulsion-upheld": EXPULSION_UPHELD,
    "two-locations": TWO_LOCATIONS,
    "wish-about-parents": WISH_ABOUT_PARENTS,
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_numbered_line_is_one_commit_or_more(school: Casebook, name: str) -> None:
    """Each line of a note became records: commands stand below each numbered comment."""
    lines = [one.strip() for one in SCRIPTS[name].strip().splitlines() if one.strip()]
    numbered = [place for place, one in enumerate(lines) if one[:3].strip("# ").isdigit()]
    assert numbered, lines
    for place in numbered:
        below = lines[place + 1]
        assert not below.startswith("#"), lines[place]


def test_an_incident_passes_the_hooks_of_a_real_casebook(school: Casebook) -> None:
    """The same judgement answers the command and the hook: what the one writes the other takes."""
    school.with_hooks()
    done = replay(school, POLICE_IN_CLASSES)
    assert done.data()["state"] == "closed"
    written = school.git("log", "--format=%s").stdout.splitlines()
    assert f"case {done.ids['C']}: close (aftercare -> closed)" in written
    assert school.git("status", "--porcelain").stdout == ""
