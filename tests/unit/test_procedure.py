"""Procedures in a case: which steps apply, what completes them, what is late."""

from datetime import date, datetime

import pytest

from casebook import i18n
from casebook.calendar import SchoolCalendar
from casebook.document import Document
from casebook.i18n import worded
from casebook.procedure import (
    Procedure,
    Step,
    certainty_text,
    duty_for,
    has_required_aftercare,
    norm_text,
    open_before,
    status,
)
from casebook.procedure.model import section
from casebook.record import Record

CALENDAR = SchoolCalendar()
TODAY = date(2026, 11, 20)
CASE = {"reported": "2026-11-18 10:30", "occurred": "2026-11-16"}
BODY = """Inleiding.

## Voor leerlingen

Je hoort het eerst.
### Nog iets
Ja.

## For pupils
You hear it first.
"""


def procedure(*steps, **fields):
    data = {"id": "demo@1", "title": "Proef", "title_en": "Trial", "state": "draft"}
    data |= {"types": ["quarrel"], "steps": list(steps)} | fields
    document = Document("policy/procedures/demo@1.md", b"", data, BODY)
    return Procedure.from_record(Record("procedure", "demo@1", document.path, data, document))


def step(identity="one", **fields):
    entry = {"id": identity, "title": "Stap", "title_en": "Step", "owner": "mentor"}
    return entry | {"need": "required", "norm": "school"} | fields


def only(entry, data, now=TODAY):
    (found,) = status(procedure(entry), CASE | data, CALENDAR, now)
    return found


def test_a_procedure_reads_its_record():
    found = procedure(step(hint="Zo", hint_en="Thus"), step("two"), model="yes", aftercare="yes")
    assert found.types == ("quarrel",)
    assert found.title("nl") == "Proef"
    assert found.title("fy") == "Trial"
    assert found.model
    assert found.aftercare
    assert found.public == {
        "nl": "Je hoort het eerst.\n### Nog iets\nJa.",
        "en": "You hear it first.",
    }
    assert found.step("two").id == "two"
    assert found.step("three") is None
    assert found.step("one").hint("nl") == "Zo"


def test_texts_follow_the_users_language():
    one = Step.from_entry(step(hint="Zo"))
    assert (one.title_now(), one.hint_now()) == ("Step", "Zo")
    i18n.activate("nl")
    try:
        assert one.title_now() == "Stap"
    finally:
        i18n.activate("en")
    assert worded({}, "nl") == ""
    assert section("## A\nx\n", "B") == ""


def test_in_force_is_adopted_and_within_its_dates():
    assert not procedure(step()).in_force()
    adopted = procedure(
        step(), state="adopted", in_force_from="2026-08-01", in_force_until="2027-07-31"
    )
    assert adopted.in_force()
    assert adopted.in_force(date(2026, 8, 1))
    assert not adopted.in_force(date(2026, 7, 31))
    assert not adopted.in_force(date(2027, 8, 1))
    assert procedure(step(), state="adopted").in_force(TODAY)


def test_a_step_is_done_when_the_case_says_so():
    found = only(step(), {"steps": [{"id": "one", "done": "2026-11-18"}]})
    assert found.state == "done"
    assert not found.is_open


def test_a_step_is_skipped_only_with_a_reason():
    entry = {"id": "one", "skipped": "2026-11-18"}
    assert only(step(), {"steps": [entry]}).state == "open"
    assert only(step(), {"steps": [entry | {"because": "niet nodig"}]}).state == "skipped"


def test_a_step_whose_condition_does_not_hold_is_neither_open_nor_required():
    entry = step(when="severity", **{"is": ["serious"]})
    found = only(entry, {"severity": "light"})
    assert (found.state, found.applies, found.required) == ("not-applicable", False, False)
    assert only(entry, {"severity": "serious"}).required


@pytest.mark.parametrize(
    ("when", "wanted", "data", "applies"),
    [
        ("contents.sexual", ["yes"], {"contents": [{"id": "C1", "sexual": "yes"}]}, True),
        ("contents.sexual", ["yes"], {"contents": [{"id": "C1", "sexual": "no"}]}, False),
        ("contents.sexual", ["yes"], {}, False),
        ("contents.sexual", ["yes", "unknown"], {"contents": [{"id": "C1"}]}, True),
        ("sexual_suspicion", ["yes", "unknown"], {}, True),
        ("sexual_suspicion", ["yes"], {}, False),
        ("decisions.police", ["yes"], {"decisions": [{"id": "police", "answer": "yes"}]}, True),
        ("decisions.police", ["yes"], {"decisions": [{"id": "police", "answer": "no"}]}, False),
        ("decisions.police", ["yes"], {"decisions": [{"id": "help", "answer": "yes"}]}, False),
        ("persons.roles", ["victim"], {"persons": [{"id": "P1", "roles": ["victim"]}]}, True),
    ],
)
def test_a_condition_looks_at_a_field_an_entry_or_an_answer(when, wanted, data, applies):
    """Waiting for ``unknown`` covers what nobody filled in: legal steps do not vanish."""
    assert only(step(when=when, **{"is": wanted}), data).applies is applies


@pytest.mark.parametrize(
    ("one", "data", "ids"),
    [
        ({"in": "talks", "for": ["hear"]}, {"talks": [{"id": "T1", "for": "hear"}]}, ("T1",)),
        (
            {"in": "talks", "for": ["hear"]},
            {"talks": [{"id": "T1", "for": "hear", "held": "no"}]},
            (),
        ),
        (
            {"in": "talks", "with_role": ["victim"]},
            {
                "talks": [{"id": "T1", "with": ["P1"]}, {"id": "T2", "with": ["P2"]}],
                "persons": [{"id": "P1", "roles": ["victim"]}],
            },
            ("T1",),
        ),
        ({"in": "messages", "to": ["class"]}, {"messages": [{"id": "B1", "to": "class"}]}, ()),
        (
            {"in": "messages", "to": ["class"]},
            {"messages": [{"id": "B1", "to": "class", "sent": "no"}]},
            (),
        ),
        (
            {"in": "messages", "to": ["class"]},
            {"messages": [{"id": "B1", "to": "class", "sent": "no", "because": "op verzoek"}]},
            ("B1",),
        ),
        (
            {"in": "messages", "to": ["class"]},
            {"messages": [{"id": "B1", "to": "class", "sent": "2026-11-18"}]},
            ("B1",),
        ),
        ({"in": "decisions", "id": ["help"]}, {"decisions": [{"id": "help"}]}, ()),
        (
            {"in": "decisions", "id": ["help"]},
            {"decisions": [{"id": "help", "answer": "no"}]},
            ("help",),
        ),
        (
            {"in": "decisions", "id": ["board"], "answer": ["yes"]},
            {"decisions": [{"id": "board", "answer": "no"}]},
            (),
        ),
        ({"in": "actions"}, {"actions": [{"id": "A1", "done": "no"}]}, ()),
        ({"in": "actions"}, {"actions": [{"id": "A1", "done": "2026-11-18"}]}, ("A1",)),
        (
            {"in": "actions", "done": ["*", ""]},
            {"actions": [{"id": "A1", "done": "no"}, {"id": "A2"}]},
            ("A1", "A2"),
        ),
        ({"in": "measures"}, {"measures": [{"id": "M1", "status": "considered"}]}, ()),
        ({"in": "measures"}, {"measures": [{"id": "M1", "status": "decided"}]}, ("M1",)),
        ({"in": "external"}, {"external": [{"id": "E1", "contact": "police"}]}, ("E1",)),
        ({"field": "impact"}, {"impact": "onrust"}, ("impact",)),
        ({"field": "impact"}, {}, ()),
        ({}, {"impact": "onrust"}, ()),
        (
            {"in": "contents", "each": ["decision"]},
            {"contents": [{"id": "C1", "decision": "keep"}, {"id": "C2"}]},
            (),
        ),
        (
            {"in": "contents", "each": ["decision"]},
            {"contents": [{"id": "C1", "decision": "keep"}, {"id": "C2", "decision": "remove"}]},
            ("C1", "C2"),
        ),
        ({"in": "contents", "each": ["decision"]}, {}, ()),
    ],
)
def test_what_is_recorded_completes_a_step_and_nothing_less(one, data, ids):
    """Nobody ticks twice; but a message not sent without a reason is a gap, not an entry."""
    found = only(step(fulfilled_by=[one]), data)
    assert found.fulfilled_by == ids
    assert found.state == ("done" if ids else "open")


def test_one_alternative_is_enough():
    entry = step(fulfilled_by=[{"field": "contact"}, {"in": "talks", "by": ["mentor"]}])
    assert only(entry, {"talks": [{"id": "T1", "by": "mentor"}]}).fulfilled_by == ("T1",)


def test_a_term_runs_from_the_report_or_from_the_event():
    assert only(step(within="2 school-days"), {}).due == date(2026, 11, 20)
    assert only(step(within="2 school-days", **{"from": "occurred"}), {}).due == TODAY.replace(
        day=18
    )
    assert only(step(within="2 school-days"), {"reported": "unknown"}).due is None
    assert only(step(), {}).due is None


def test_an_open_step_past_its_term_is_late_and_a_done_or_optional_one_never():
    assert only(step(within="same-day"), {}).overdue
    assert not only(step(within="5 school-days"), {}).overdue
    assert not only(step(), {}).overdue
    assert not only(step(within="same-day", need="optional"), {}).overdue
    done = {"steps": [{"id": "one", "done": "2026-11-20"}]}
    assert not only(step(within="same-day"), done).overdue


def test_a_clock_time_is_late_to_the_minute():
    entry = step(within="08:00 next-school-day")
    assert not only(entry, {}, datetime(2026, 11, 19, 7, 59)).overdue
    assert only(entry, {}, datetime(2026, 11, 19, 8, 1)).overdue


def test_waiting_stops_the_schools_own_clock_but_not_the_laws():
    waits = {"waits": [{"id": "W1", "since": "2026-11-18"}]}
    later = date(2026, 12, 1)
    assert not only(step(within="1 school-day"), waits, later).overdue
    assert only(step(within="1 school-day", norm="schorsing"), waits, later).overdue


def test_open_steps_before_a_move_leave_out_the_optional_ones():
    found = status(
        procedure(
            step("a", before="plan"),
            step("b", before="plan", need="advised"),
            step("c", before="plan", need="optional"),
            step("d", before="close"),
            step("e"),
            step("f", before="plan", when="severity", **{"is": ["serious"]}),
        ),
        CASE,
        CALENDAR,
        TODAY,
    )
    assert [one.step.id for one in open_before(found, ["plan"])] == ["a", "b"]
    assert [one.step.id for one in open_before(found, ["plan"], "required")] == ["a"]
    assert [one.step.id for one in open_before(found, ["close", ""])] == ["d", "e"]


def test_aftercare_is_required_when_its_step_applies_in_the_case():
    entry = step(before="close", when="severity", **{"is": ["serious"]})
    demo = procedure(entry, aftercare="yes")
    assert has_required_aftercare(demo)
    for severity, expected in (("serious", True), ("light", False)):
        found = status(demo, {"severity": severity}, CALENDAR, TODAY)
        assert has_required_aftercare(demo, found) is expected


DUTIES = {
    "melden": {"law": "WVO 2020", "article": "3.39(3)", "certainty": "text", "applies_to": ["vo"]},
    "melden-po": {
        "law": "WPO",
        "article": "4a",
        "certainty": "recall",
        "applies_to": ["po"],
        "variant_of": "melden",
    },
}


def test_a_norm_reads_with_law_article_and_certainty():
    one = Step.from_entry(step(norm="melden"))
    assert norm_text(one, DUTIES, "nl") == "WVO 2020 art. 3.39(3) (gelezen in de wet)"
    assert norm_text(one, DUTIES, "en", "vo") == "WVO 2020 art. 3.39(3) (read in the law)"
    assert norm_text(one, DUTIES, "nl", "po") == "WPO art. 4a (uit het hoofd, niet nagekeken)"
    assert norm_text(one, DUTIES, "en", "mbo").endswith("another law applies")
    assert norm_text(Step.from_entry(step(norm="weg")), DUTIES, "nl") == "weg"
    assert norm_text(Step.from_entry(step()), DUTIES, "nl") == "eigen norm van de school"


def test_a_duty_falls_back_on_its_own_row():
    assert duty_for("melden", DUTIES, "so") is DUTIES["melden"]
    assert duty_for("weg", DUTIES) is None
    assert certainty_text("soms", "nl") == "soms"
