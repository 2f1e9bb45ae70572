"""The kinds of policy: their schemas, the model set, and the notes of real schools as records."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import shop

from casebook import i18n
from casebook.catalogue import Catalogue
from casebook.document import parse
from casebook.guards import REGISTRY
from casebook.personal import read_public, scan
from casebook.policy import Policy
from casebook.snapshot import MemorySnapshot
from casebook.validation import resolved
from casebook.wording import filler, group_codes, guilt_words, health_words, read, sanction_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.record import Record

ROOT = Path(__file__).parents[2]
NOTES = ROOT / "tests/records/good/policy"
KINDS = ("plan", "code", "rule", "ladder", "letter", "contact", "activity", "announcement")
ADOPTED = ("plan", "code", "rule", "ladder", "letter")
FORBIDDING = re.compile(
    r"\b(verboden|nooit|geen|niets?|mag niet|mogen niet|niet toegestaan)\b", re.IGNORECASE
)
CODE = "phones-and-social-media"


def files(*folders: Path) -> dict[str, bytes]:
    found = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


@cache
def shipped() -> dict[str, bytes]:
    return {
        f"{name}/{path}": raw
        for name in ("schemas", "policy")
        for path, raw in files(ROOT / name).items()
    }


@cache
def books() -> Catalogue:
    return Catalogue.load(MemorySnapshot(shipped()))


def read_all(source: dict[str, bytes], catalogue: Catalogue) -> Iterator[Record]:
    for path, raw in sorted(source.items()):
        if not path.startswith("policy/") or not path.endswith(".md"):
            continue
        kind = catalogue.kind_at(path)
        assert kind is not None, path
        document, wrong = parse(raw, path)
        assert document is not None, path
        record, unfit = kind.read(document)
        assert [*wrong, *unfit] == [], path
        assert record is not None
        yield record


@cache
def model() -> dict[str, Record]:
    return {record.path: record for record in read_all(shipped(), books())}


def of(kind: str) -> list[Record]:
    return [record for record in model().values() if record.kind == kind]


def references(record: Record, catalogue: Catalogue) -> Iterator[tuple[str, str, list[str]]]:
    """Every value of a field with ``x-refers``: where it stands, what it says, what it names."""
    schema = catalogue.kind(record.kind).schema

    def walk(node: Any, data: Any, place: str) -> Iterator[tuple[str, str, list[str]]]:
        node = resolved(node, schema)
        if isinstance(data, dict):
            for name, value in data.items():
                if name in node.get("properties", {}):
                    yield from walk(node["properties"][name], value, f"{place}.{name}")
        elif isinstance(data, list):
            for value in data:
                yield from walk(node.get("items", {}), value, place)
        elif "x-refers" in node:
            yield place, str(data), node["x-refers"]

    yield from walk(schema, record.data, record.id)


def lost(records: dict[str, Record], catalogue: Catalogue) -> list[str]:
    """References that name neither a record nor a row of reference data."""
    named = {record.path: record for record in records.values()}
    slugs = {(one.kind, one.id.partition("@")[0]) for one in named.values()}
    whole = {(one.kind, one.id) for one in named.values()}
    rows: dict[str, set[str]] = {}
    found = []
    for record in records.values():
        for place, value, kinds in references(record, catalogue):
            slug = value.rpartition("/")[2]
            if value == "none":
                continue
            for kind in kinds:
                if kind == "case/types":
                    if (ROOT / f"schemas/case/types/{slug}.md").exists():
                        break
                elif kind.startswith("reference/"):
                    name = kind.partition("/")[2]
                    if name not in rows:
                        rows[name] = {str(row["id"]) for row in catalogue.reference(name)}
                    if slug in rows[name]:
                        break
                elif (kind, slug) in (whole if "@" in slug else slugs):
                    break
            else:
                found.append(f"{place}: {value}")
    return found


# -- the kinds ---------------------------------------------------------------------------------


def test_the_data_of_the_kinds_are_right() -> None:
    assert [str(one) for one in books().problems()] == []


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_has_words_in_both_languages_and_a_template(name: str) -> None:
    kind = books().kind(name)
    assert kind.label["nl"] != kind.plural["nl"]
    assert {"nl", "en"} <= set(kind.label)
    assert kind.template("nl") and kind.template("en")
    assert kind.template("nl") != kind.template("en")
    for schema in (kind.schema, *kind.schema.get("$defs", {}).values()):
        for field, node in schema.get("properties", {}).items():
            part = resolved(node, kind.schema)
            assert part.get("x-label", {}).get("nl"), f"{name}.{field}"


@pytest.mark.parametrize("name", ADOPTED)
def test_a_text_that_is_adopted_has_a_life_and_a_fingerprint(name: str) -> None:
    kind = books().kind(name)
    assert list(kind.workflow.states) == ["draft", "consultation", "adopted", "retired"]
    assert set(kind.workflow.moves) == {"consult", "adopt", "retire"}
    for field in ("in_force_from", "in_force_until", "owner", "review", "replaces", "fingerprint"):
        assert field in kind.fields()
    text = kind.text_fields
    assert text
    # What happens in the world is no part of the text that was adopted.
    assert not {"state", "in_force_from", "owner", "review", "introduction", "signals"} & set(text)
    assert {"consulted", "decided_by", "cases", "evaluation"}.isdisjoint(text)
    if name in ("rule", "ladder"):
        assert "decided_by" not in kind.fields()  # recorded once, on the code or plan
    for move in kind.workflow.moves.values():
        for guard in move.guards:
            assert guard.name in REGISTRY


@pytest.mark.parametrize("name", ["contact", "announcement"])
def test_a_contact_and_an_announcement_have_dates_and_no_states(name: str) -> None:
    assert not books().kind(name).workflow.states


def test_an_activity_is_planned_and_ends_with_an_outcome() -> None:
    workflow = books().kind("activity").workflow
    assert workflow.initial == "planned"
    assert workflow.is_end("done")
    assert workflow.is_end("dropped")


def test_the_measures_of_a_ladder_are_those_of_a_case() -> None:
    case = books().kind("case").schema["$defs"]["measure"]["properties"]["kind"]["enum"]
    ladder = books().kind("ladder").schema["$defs"]
    assert ladder["rung"]["properties"]["measure"]["enum"] == [*case, "choose"]
    assert ladder["rung"]["properties"]["from"]["items"]["enum"] == case
    assert ladder["consequence"]["properties"]["measure"]["enum"] == [*case, "choose"]
    assert ladder["limit"]["properties"]["measure"]["enum"] == case


def test_a_ladder_may_be_deeper_than_a_case_entry() -> None:
    entry = {"id": "hand-in", "measure": "agreement", "amount": "4 weeks", "by": ["mentor"]}
    rung = {"id": "again", "times": "4+", "measure": "keep-device", "also": [entry]}
    rungs = {"id": "x@1", "title": "x", "state": "draft", "audience": ["pupil"], "rungs": [rung]}
    ladder = books().kind("ladder")
    assert ladder.validator_for("").problems(rungs) == []
    rung["also"] = [{**entry, "amount": "four weeks"}]
    assert [one.pointer for one in ladder.validator_for("").problems(rungs)] == [
        ("rungs", 0, "also", 0, "amount")
    ]


def test_a_plan_names_its_themes_with_a_code_and_a_protocol() -> None:
    guards = books().kind("plan").workflow.moves["adopt"].guards
    themes = [one for one in guards if one.params.get("list") == "themes"]
    assert {one.name for one in themes} == {"list-not-empty", "each-entry"}
    needed = {name for one in themes for name in one.params.get("needs", ())}
    assert {"code", "protocol"} <= needed
    assert any(one.params.get("field") == "social_media" for one in guards)


def test_a_rule_needs_both_wordings_and_a_consequence_or_none() -> None:
    adopt = books().kind("rule").workflow.moves["adopt"]
    needed = {one.params.get("field") for one in adopt.guards if one.level == "require"}
    assert {"formal", "positive", "ladder", "owner", "review"} <= needed
    assert adopt.asks["in_force_from"] == "require"


# -- the model set -----------------------------------------------------------------------------


def test_the_model_set_is_whole_and_every_reference_leads_somewhere() -> None:
    assert lost(model(), books()) == []
    states = {one.kind: one.state for one in model().values() if one.kind in ADOPTED}
    assert set(states.values()) == {"draft"}  # a school adopts its own texts
    assert all(one.get("model") == "yes" for one in model().values() if one.kind != "school")


def test_a_slug_names_one_policy_record_only() -> None:
    seen: dict[str, str] = {}
    for record in model().values():
        slug = record.id.partition("@")[0]
        assert seen.setdefault(slug, record.kind) == record.kind, slug


def test_the_model_code_has_at_least_twenty_rules_in_both_wordings() -> None:
    rules = [one for one in of("rule") if one.text("code") == CODE]
    assert len(rules) >= 20
    assert sorted(rule.get("number") for rule in rules) == list(range(1, len(rules) + 1))
    kinds = {rule.text("kind") for rule in rules}
    assert kinds == {"must", "must-not", "may", "may-if", "seek-help", "technical", "refers"}
    assert {"pupil", "staff", "parent"} <= {one for rule in rules for one in rule.get("audience")}
    allowed = [one for one in rules if one.text("kind").startswith("may")]
    assert len(allowed) >= 5  # not prohibitions only


def test_every_rule_says_why_and_what_follows() -> None:
    for rule in of("rule"):
        for field in ("formal", "positive", "why"):
            assert not filler(rule.text(field)), rule.id
            assert rule.text(field).rstrip().endswith((".", "?")), f"{rule.id}: {field}"
        assert rule.text("ladder"), rule.id
        assert rule.text("formal") != rule.text("positive")


def test_a_positive_wording_forbids_nothing() -> None:
    found = {rule.id: FORBIDDING.findall(rule.text("positive")) for rule in of("rule")}
    assert {name: words for name, words in found.items() if words} == {}


def test_every_general_rule_has_its_online_rule() -> None:
    general = {one.id.partition("@")[0] for one in of("rule") if one.text("code") != CODE}
    online = {one.text("translates") for one in of("rule")}
    assert general <= online, general - online


def test_the_model_ladders_cover_pupils_and_staff_and_have_two_tracks() -> None:
    ladders = {one.id: one for one in of("ladder")}
    assert {one.get("count") for one in ladders.values()} == {"same-rule", "same-code"}
    assert {a for one in ladders.values() for a in one.get("audience")} == {"pupil", "staff"}
    for ladder in ladders.values():
        for rung in ladder.entries("rungs"):
            assert rung.get("guidance"), f"{ladder.id}: {rung['id']}"
            assert rung.get("by"), f"{ladder.id}: {rung['id']}"
            if not any(rung.get(one) for one in ("times", "severity", "refusal", "enforcer")):
                assert rung.get("judgement") or rung.get("when")
        assert ladder.entries("limits")
        assert ladder.text("objection")
    phone = ladders["phone@1"]
    assert [rung["times"] for rung in phone.entries("rungs") if "times" in rung] == [
        "1",
        "2",
        "3",
        "4+",
    ]
    assert all(
        "longer_than" in one or "text" in one for one in ladders["staff@1"].entries("duties")
    )


def test_a_suspension_is_limited_to_a_week_by_the_one_who_may_decide() -> None:
    limits = {
        (one["id"], one.get("max")): one
        for one in model()["policy/ladders/images-and-harm@1.md"].entries("limits")
    }
    assert limits[("suspension", "1 week")]["by"] == ["principal", "board"]
    assert limits[("removal", None)]["by"] == ["board"]


def test_the_letters_for_messages_hold_no_names_guilt_or_sanction() -> None:
    words = read((ROOT / "schemas/reference/wording.json").read_bytes())
    for letter in of("letter"):
        used = set(re.findall(r"\{([a-z-]+)\}", letter.document.body))
        assert used == set(letter.get("fills") or ()), letter.id
        if letter.text("use") == "message":
            for look in (guilt_words, sanction_words, health_words, group_codes):
                assert look(letter.document.body, words) == [], letter.id


def test_the_decisions_of_the_law_have_their_parts() -> None:
    for name, norms in {
        "suspension@1": {"schorsing", "schorsing-max", "schorsing-melding"},
        "removal@1": {"verwijdering-horen", "verwijdering-andere-school", "bezwaar-verwijdering"},
    }.items():
        letter = model()[f"policy/letters/{name}.md"]
        parts = letter.entries("parts")
        assert norms <= {part.get("norm") for part in parts}
        assert all(part["need"] == "required" for part in parts if part.get("norm"))


def test_the_model_has_every_letter_the_seeds_ask_for() -> None:
    by_use: dict[str, set[str]] = {}
    for letter in of("letter"):
        by_use.setdefault(letter.text("use"), set()).update(letter.get("audience") or ())
    assert {"staff", "class", "parents", "all-parents", "media"} <= by_use["message"]
    assert {"talk", "agreement", "slip", "form", "decision"} < set(by_use)
    roles = {role for letter in of("letter") for role in letter.get("roles") or ()}
    assert {"victim", "maker", "forwarder", "witness"} <= roles


def test_the_safety_plan_names_the_five_themes_and_its_social_media_part() -> None:
    plan = model()["policy/plans/school-safety@1.md"]
    themes = {str(row["id"]) for row in books().reference("themes")}
    assert len(themes) == 5
    assert {one["id"] for one in plan.entries("themes")} == themes
    for theme in plan.entries("themes"):
        assert theme.get("code")
        assert theme.get("protocol")
    assert not filler(plan.text("social_media"))
    for field in ("bullying_protocol", "calamity", "police", "privacy"):
        assert plan.text(field)
    for scenario in plan.entries("scenarios"):
        assert scenario.get("owner")
        assert not filler(str(scenario.get("prevents")))
        assert scenario.get("rules") or scenario.get("activities")


def test_the_media_literacy_plan_covers_the_ten_competences() -> None:
    plan = model()["policy/plans/media-literacy@1.md"]
    rows = {str(row["id"]): row for row in books().reference("competences")}
    ten = [name for name, row in rows.items() if row["set"] == "mediawijzer-2012"]
    assert len(ten) == 10
    assert {row["group"] for row in rows.values() if row["set"] == "mediawijzer-2012"} == {
        "begrip",
        "gebruik",
        "communicatie",
        "strategie",
    }
    assert set(plan.get("competences")) == set(ten)
    taught = {one for activity in of("activity") for one in activity.get("competences") or ()}
    assert set(ten) <= taught
    assert {one["id"] for one in plan.entries("steps")} == {
        str(row["id"]) for row in books().reference("literacy-steps")
    }
    kinds = {activity.text("kind") for activity in of("activity")}
    assert {
        "project",
        "theme-day",
        "plan-work",
        "learning-line",
        "talk",
        "parents-evening",
    } <= kinds
    repeats = {activity.text("repeats") for activity in of("activity")}
    assert "school-year" in repeats  # structural, not a single day


def test_the_competence_sets_have_the_number_of_rows_they_say() -> None:
    counts: dict[str, int] = {}
    rows = books().reference("competences")
    for row in rows:
        counts[str(row["set"])] = counts.get(str(row["set"]), 0) + 1
    for one in books().reference("competence-sets"):
        assert int(str(one["count"])) == counts[str(one["id"])]
    known = {str(row["id"]) for row in rows}
    for one in books().reference("competence-map"):
        assert {str(one["from"]), str(one["to"])} <= known
        assert one["ours"] == "yes"


def test_every_contact_and_letter_is_a_function_and_no_name() -> None:
    public = read_public((ROOT / "schemas/reference/public-numbers.json").read_bytes())
    for path, raw in shipped().items():
        if path.startswith(("policy/contacts", "policy/letters")):
            assert scan(raw.decode(), public) == [], path


def test_an_announcement_tells_the_rules_and_what_follows() -> None:
    for one in of("announcement"):
        kinds = set()
        for reference in one.get("of"):
            slug = reference.partition("@")[0]
            kinds.update(rec.kind for rec in model().values() if rec.id.partition("@")[0] == slug)
        assert "ladder" in kinds, one.id  # rules AND consequences
        assert one.get("again")
    audiences = {one.text("audience") for one in of("announcement")}
    assert audiences == {"pupil", "staff", "parent", "newcomers"}


def test_the_calamity_procedure_has_a_team_a_voice_and_an_exercise() -> None:
    calamity = model()["policy/procedures/calamity@1.md"]
    assert calamity.get("team")
    assert calamity.text("leader") in calamity.get("team")
    assert calamity.text("spokesperson")
    assert calamity.get("triggers")
    assert calamity.text("exercise")
    assert {"police"} <= set(calamity.get("contacts"))


# -- what real schools publish -----------------------------------------------------------------


def note_files(note: Path) -> dict[str, bytes]:
    return {f"policy/{path}": raw for path, raw in files(note).items()}


@cache
def note_records(name: str) -> dict[str, Record]:
    """The records of a note by ``kind/slug``, all of them readable without a finding."""
    source = {path: raw for path, raw in shipped().items() if not path.startswith("policy/")}
    source.update(note_files(NOTES / name))
    catalogue = Catalogue.load(MemorySnapshot(source))
    records = {record.path: record for record in read_all(source, catalogue)}
    assert lost(records, catalogue) == []
    return {f"{record.kind}/{record.id}": record for record in records.values()}


@pytest.mark.parametrize("note", sorted(NOTES.iterdir()), ids=lambda path: path.name)
def test_a_real_policy_note_fits_the_kinds(note: Path) -> None:
    """Each note is a set of records of its own: complete, resolved, without fields of its own."""
    records = note_records(note.name)
    for record in records.values():
        assert not any(key.startswith("x_") for key in record.data), record.path
        if record.kind == "rule":
            assert not filler(record.text("formal")), record.path
            assert not filler(record.text("positive")), record.path
            assert record.text("ladder"), record.path
    own = note_files(note)
    law = {"policy/school.md": own["policy/school.md"]}
    found = shop.judged(law, own, changed=False)
    assert [str(one) for one in found if one.check != "calendar-missing"] == []


def rungs(name: str, ladder: str) -> dict[str, Any]:
    return {str(one["id"]): one for one in note_records(name)[f"ladder/{ladder}"].entries("rungs")}


def test_the_phone_card_keeps_its_counts_days_parents_and_clock_time() -> None:
    steps = rungs("01-phone-card", "phone-card@1")
    assert {name: one["times"] for name, one in steps.items()} == {
        "first": "1",
        "second": "2",
        "third": "3",
        "again": "4+",
    }
    extra = [one["also"][0] for one in steps.values()]
    assert {one["measure"] for one in extra} == {"extended-day"}
    assert [one["amount"] for one in extra] == [
        "1 school-day",
        "1 school-day",
        "2 school-days",
        "3 school-days",
    ]
    assert [one["parents"] for one in steps.values()] == [
        ["sign"],
        ["phone", "sign"],
        ["phone", "sign"],
        ["collect", "visit", "talk"],
    ]
    for one in steps.values():
        assert (one["measure"], one["until"]) == ("keep-device", "end-of-day")
        assert one["kept_at"] == one["returned_by"] == "pupil-coordinator"
        assert (one["report_to"], one["report_at"]) == ("caretaker", "08:00 next-school-day")
    form = note_records("01-phone-card")["letter/phone-card@1"]
    signed = {one["id"]: one.get("signed_by") for one in form.entries("fields")}
    assert signed == {"count": None, "parent": ["parent"]}


def test_the_phone_bag_keeps_the_choice_the_lesson_period_and_the_other_document() -> None:
    rung = rungs("02-phone-bag", "phones-ladder@1")["teacher"]
    assert rung["measure"] == "choose"
    assert rung["from"] == ["keep-device", "device-off"]
    assert rung["until"] == "after-lesson-8"
    assert rung["by"] == ["teacher", "team-leader"]
    assert rung["kept_at"] == "team-leader"
    assert "eerst" in rung["first"]
    rule = note_records("02-phone-bag")["rule/imagery@1"]
    assert rule.text("refers_to") == "codes/media-protocol"


def test_one_policy_holds_a_ladder_of_repetition_and_one_of_gravity() -> None:
    records = note_records("03-cameras")
    counts = {one.text("count") for key, one in records.items() if key.startswith("ladder/")}
    assert counts == {"same-rule", "none"}
    grave = rungs("03-cameras", "misuse@1")["grave"]
    assert grave["from"] == ["suspension", "removal"]
    assert "times" not in grave
    assert "online" in records["rule/misuse-images@1"].get("where")
    assert not records["rule/ict-regulation@1"].get("refers_to")
    assert "aanvraag" in records["rule/ict-regulation@1"].text("refers_note")


def test_the_rules_of_the_board_are_inherited_with_their_change_and_their_basis() -> None:
    records = note_records("04-portrait-right")
    assert records["code/board-media@1"].text("level") == "board"
    assert records["code/school-media@1"].text("based_on") == "codes/board-media@1"
    own = records["rule/images-of-others-here@1"]
    assert own.text("based_on") == "rules/images-of-others@1"
    assert not filler(own.text("changed"))
    assert records["rule/images-of-others@1"].get("basis") == ["portretrecht"]
    assert records["rule/staff-in-doubt@1"].get("ask") == ["team-leader"]
    gravity = rungs("04-portrait-right", "official-measure@1")["gravity"]
    assert gravity["from"] == ["written-warning", "suspension"]
    assert records["ladder/official-measure@1"].get("audience") == ["pupil", "staff"]


def test_the_registration_form_asks_seven_questions_and_the_council_hears_once_a_year() -> None:
    records = note_records("05-incident-registration")
    form = records["letter/incident-form@1"]
    asked = [one["id"] for one in form.entries("fields") if one["id"] != "category"]
    assert asked == ["what", "when", "who", "where", "means", "why", "measure"]
    assert len(form.entries("fields")[0]["options"]) == 15
    (task,) = records["plan/registration-cycle@1"].entries("tasks")
    assert (task["every"], task["to"], task["anonymous"]) == ("school-year", ["council"], "yes")


def test_the_smallest_form_has_five_fields_that_a_light_case_has_too() -> None:
    records = note_records("06-small-forms")
    form = records["letter/form-a@1"]
    places = [one["field"] for one in form.entries("fields")]
    assert places == ["occurred", "reported_by", "summary", "done", "evaluation"]
    assert set(places) <= set(books().kind("case").fields())
    assert "mondeling" in form.text("hand_in")
    assert "afgesloten kast" in records["letter/form-b@1"].text("kept_at")


def test_the_positive_rules_are_eight_and_the_last_change_is_a_version() -> None:
    records = note_records("07-positive-rules")
    rules = [one for key, one in records.items() if key.startswith("rule/")]
    assert sorted(one.get("number") for one in rules) == list(range(1, 9))
    assert {one.text("kind") for one in rules} >= {"seek-help", "may", "may-if", "must"}
    new = records["code/play-rules@2"]
    assert new.text("replaces") == "play-rules@1"
    assert new.text("in_force_from") == "2025-06-01"
    assert new.text("voice") == "positive"


def test_a_theme_is_a_code_and_a_protocol_with_numbers_that_others_refer_to() -> None:
    plan = note_records("08-safety-policy")["plan/safety-policy@1"]
    themes = {one["id"]: one for one in plan.entries("themes")}
    assert len(themes) == 7
    pairs = {name: ("code" in one, "protocol" in one) for name, one in themes.items()}
    assert pairs.pop("punishable-facts") == (False, True)
    assert set(pairs.values()) == {(True, True)}
    numbers = {one["number"]: one for one in plan.entries("sections")}
    assert numbers["4.7.1"]["record"] == "codes/digital-means-code"
    assert numbers["4.7.2"]["record"] == "procedures/digital-means-protocol"
    assert numbers["5.2"]["part_of"] == "crisis"
    crisis = note_records("08-safety-policy")["procedure/crisis@1"]
    assert "long-aftercare" in {one["id"] for one in crisis.entries("steps")}


# -- and read back ------------------------------------------------------------------------------


def shown(record: Record) -> str:
    """The record as ``git policy show`` prints it in Dutch, in one line."""
    i18n.activate("nl")
    try:
        law = Policy(MemorySnapshot(shop.shipped()))
        return " ".join(" ".join(shop.page(law, record)).split())
    finally:
        i18n.activate("en")


def test_every_record_is_shown_in_words() -> None:
    records = [*model().values()]
    records += [one for note in NOTES.iterdir() for one in note_records(note.name).values()]
    for record in records:
        text = shown(record).replace(record.document.body, "")
        assert "{'" not in text, record.path
        if record.kind == "ladder":
            assert not re.search(r"\b(end-of-day|school-days?|keep-device|same-rule)\b", text)


def test_the_consequences_of_the_phone_card_are_read_back_from_the_page() -> None:
    text = shown(note_records("01-phone-card")["ladder/phone-card@1"])
    for fact in (
        "1e keer",
        "4e keer en vaker",
        "apparaat innemen",
        "het einde van de schooldag",
        "langere schooldag",
        "2 schooldagen",
        "3 schooldagen",
        "telefoontje, ondertekenen",
        "apparaat ophalen, naar school komen, gesprek",
        "conciërge",
        "volgende schooldag voor 08:00",
        "de ondertekende telefoonkaart",
    ):
        assert fact in text, fact
