"""What every school should have: the engine on small casebooks, the shipped lines on the model."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import small
from small import FORCE, record

from casebook.actions.needs import Met, Shelf, judge
from casebook.actions.readiness import PARTS, Readiness, readiness
from casebook.catalogue import Catalogue
from casebook.render import readinesspage
from casebook.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = date(2026, 11, 20)
CATALOGUE = Catalogue.load(MemorySnapshot(small.shop.shipped()))
ROWS = CATALOGUE.reference("readiness")
KEYS = {
    *("kind", "which", "holds", "filled", "entries", "unless", "fresh", "ahead", "least", "all"),
    *("in_force", "covers", "field", "values", "reference", "rows", "of", "of_in", "of_which"),
    *("types", "table", "audience"),
}
ADOPTED = {**FORCE, "kind": "safety"}
DRAFTED = {"kind": "safety", "state": "draft", "model": "yes"}


def plan(identity: str = "safe@1", **fields: Any) -> dict[str, bytes]:
    return record("plan", identity, **{**ADOPTED, **fields})


def met(need: dict[str, Any], *files: dict[str, bytes]) -> Met:
    desk = small.desk(*files)
    return judge({"kind": "plan", **need}, Shelf(desk.policy, DAY, lambda: ()))


def said(found: Met) -> tuple[Any, ...]:
    nearest = found.nearest.id if found.nearest is not None else ""
    return (found.state, [one.id for one in found.records], nearest, found.lacking)


# -- the engine ------------------------------------------------------------------------------


def test_a_record_in_force_is_there_and_a_draft_is_only_a_draft() -> None:
    assert said(met({}, plan())) == ("yes", ["safe@1"], "", ())
    assert said(met({}, plan(**DRAFTED, in_force_from=""))) == ("draft", ["safe@1"], "", ())
    assert said(met({})) == ("no", [], "", ())


def test_what_must_be_in_force_is_not_met_by_a_draft_that_is_named() -> None:
    draft = plan(**DRAFTED, in_force_from="")
    assert said(met({"in_force": "yes"}, draft)) == ("no", [], "safe@1", ())
    assert said(met({"in_force": "yes"}, plan())) == ("yes", ["safe@1"], "", ())


def test_the_version_of_the_day_counts_and_not_the_draft_beside_it() -> None:
    files = (plan(), plan("safe@2", **DRAFTED, in_force_from="", goal="Later"))
    assert said(met({"filled": ["goal"]}, *files)) == ("no", [], "safe@1", ("goal",))


def test_only_the_chosen_records_are_looked_at() -> None:
    need = {"which": [{"field": "kind", "is": ["media-literacy"]}]}
    assert met(need, plan()).state == "no"
    assert met(need, plan("media@1", kind="media-literacy")).state == "yes"


def test_every_field_that_is_missing_is_named() -> None:
    need = {"filled": ["goal", "owner"], "holds": [{"field": "level", "is": ["board"]}]}
    found = met(need, plan(owner="principal"))
    assert said(found) == ("no", [], "safe@1", ("level", "goal"))


def test_of_several_records_the_nearest_is_named() -> None:
    need = {"filled": ["goal", "owner"], "least": "2"}
    found = met(need, plan("a@1"), plan("b@1", goal="Veilig"), plan("c@1", goal="x", owner="board"))
    assert said(found) == ("no", ["c@1"], "b@1", ("owner",))


def test_with_all_every_chosen_record_must_hold() -> None:
    need = {"filled": ["goal"], "all": "yes"}
    assert met(need, plan("a@1", goal="x"), plan("b@1")).state == "no"
    assert met(need, plan("a@1", goal="x"), plan("b@1", goal="y")).state == "yes"
    draft = plan("b@1", **DRAFTED, in_force_from="", goal="y")
    assert met(need, plan("a@1", goal="x"), draft).state == "draft"


def test_entries_must_be_there_and_filled_or_say_why_not() -> None:
    need = {"entries": {"in": "themes"}, "filled": ["code"], "unless": "because"}
    assert said(met(need, plan()))[3] == ("themes",)
    lacking = [{"id": "violence", "title": "Geweld"}]
    assert said(met(need, plan(themes=lacking)))[3] == ("violence.code",)
    for more in ({"code": "phones"}, {"because": "Niet hier"}):
        assert met(need, plan(themes=[{**lacking[0], **more}])).state == "yes"


def test_where_there_is_none_to_judge_a_need_of_none_is_met() -> None:
    need = {"entries": {"in": "themes"}, "filled": ["code"], "all": "yes", "least": "0"}
    assert met(need, plan()).state == "yes"
    assert met(need, plan(themes=[{"id": "violence", "title": "Geweld"}])).state == "no"


def test_values_over_all_records_cover_what_is_wanted() -> None:
    need = {"covers": "yes", "field": "contributors", "values": ["mentor", "board"]}
    one, other = plan("a@1", contributors=["mentor"]), plan("b@1", contributors=["board"])
    assert said(met(need, one)) == ("no", [], "a@1", ("board",))
    assert met(need, one, other).state == "yes"
    draft = plan("b@1", **DRAFTED, in_force_from="", contributors=["board"])
    assert met(need, one, draft).state == "draft"


def test_rows_of_reference_data_are_covered_by_the_ids_of_entries() -> None:
    need = {"covers": "yes", "field": "themes.id", "reference": "themes"}
    known = [str(row["id"]) for row in CATALOGUE.reference("themes")]
    themes = [{"id": one, "title": one} for one in known]
    assert len(known) == 5
    assert met(need, plan(themes=themes)).state == "yes"
    assert said(met(need, plan(themes=themes[1:])))[3] == (known[0],)


def test_rules_of_a_chosen_code_are_covered_by_those_that_translate_them() -> None:
    need = {
        "kind": "rule",
        "covers": "yes",
        "field": "translates",
        "of": "rule",
        "of_in": "code",
        "of_which": [{"field": "general", "is": ["yes"]}],
    }
    manners = record("code", "manners@1", placement="general-rules", general="yes", **FORCE)
    fields = {"kind": "must", "audience": ["pupil"], **FORCE}
    base = record("rule", "respect@1", code="manners", **fields)
    online = record("rule", "kind@1", code="phones", translates="respect", **fields)
    assert said(met(need, manners, base))[3] == ("respect",)
    assert met(need, manners, base, online).state == "yes"


@pytest.mark.parametrize(
    ("day", "fresh", "ahead"),
    [("2026-11-20", "yes", "yes"), ("2025-11-20", "yes", "no"), ("2025-11-18", "no", "no")],
)
def test_a_day_is_fresh_for_a_year_and_ahead_until_it_has_passed(
    day: str, fresh: str, ahead: str
) -> None:
    assert met({"fresh": ["review"]}, plan(review=day)).state == fresh
    assert met({"ahead": ["review"]}, plan(review=day)).state == ahead
    assert met({"fresh": ["review"]}, plan()).state == "no"


def test_a_contact_or_activity_without_states_is_the_schools_own_when_it_is_no_model() -> None:
    contact = record("contact", "police", kind="police")
    model = record("contact", "police", kind="police", model="yes")
    assert met({"kind": "contact"}, contact).state == "yes"
    assert met({"kind": "contact"}, model).state == "draft"


# -- the shipped lines -----------------------------------------------------------------------


def patterns(need: Any) -> Iterator[dict[str, Any]]:
    for key in ("which", "holds"):
        yield from need.get(key, ())
    if "entries" in need:
        yield need["entries"]


def schema_of(kind: str, path: str) -> Any:
    """The schema of a field (``themes.id``) of a kind; None when there is no such field."""
    schema = CATALOGUE.kind(kind).schema
    name, _dot, field = path.partition(".")
    node = schema["properties"].get(name)
    if field and node is not None:
        inner = node["items"]["$ref"].removeprefix("#/$defs/")
        node = schema["$defs"][inner]["properties"].get(field)
    return node


def assert_allowed(kind: str, path: str, wanted: Any) -> None:
    node = schema_of(kind, path)
    assert node is not None, (kind, path)
    scalar = node.get("items", node)
    allowed = scalar.get("enum")
    if allowed and wanted not in ("*", None):
        assert set(wanted) <= set(allowed), (kind, path, wanted)


def test_every_line_says_what_it_is_in_both_languages_and_asks_for_something() -> None:
    assert len(ROWS) > 60
    for row in ROWS:
        assert set(row) <= {
            *("id", "part", "text_nl", "text_en", "asks", "needs", "do", "school", "level", "law")
        }, row["id"]
        assert row["part"] in PARTS
        assert row["text_nl"] != row["text_en"]
        assert row["needs"]
        assert isinstance(row["asks"], list)
        assert row["asks"] or row["part"] == "law"
        assert row.get("level", "warn") == "warn"
        duties = {str(one["id"]) for one in CATALOGUE.reference("duties")}
        assert row.get("law", "veiligheidsbeleid") in duties, row["id"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_a_line_names_only_kinds_fields_values_and_lists_that_exist(row: Any) -> None:
    for need in row["needs"]:
        assert set(need) <= KEYS
        if "table" in need:
            assert need["table"] in ("coverage", "competences", "planning")
            continue
        kind = str(need["kind"])
        for one in patterns(need):
            if "in" in one:
                for field, wanted in one.items():
                    if field != "in":
                        assert_allowed(kind, f"{one['in']}.{field}", wanted)
                assert one["in"] in CATALOGUE.kind(kind).schema["properties"]
            else:
                assert_allowed(kind, one["field"], one.get("is"))
        front = f"{need['entries']['in']}." if "entries" in need else ""
        for field in (*need.get("filled", ()), *([need["unless"]] if "unless" in need else ())):
            assert schema_of(kind, f"{front}{field}") is not None, (kind, field)
        for field in (*need.get("fresh", ()), *need.get("ahead", ())):
            assert schema_of(kind, field) is not None, (kind, field)
        if need.get("covers") == "yes":
            assert_allowed(kind, need["field"], need.get("values"))
        if "reference" in need:
            assert CATALOGUE.reference(need["reference"])


@pytest.fixture(scope="module")
def model() -> Readiness:
    return readiness(small.model())


def test_on_the_model_only_what_a_school_can_fill_in_is_missing(model: Readiness) -> None:
    missing = [one for one in model.lines if one.gap]
    assert [one.id for one in missing if not one.school] == []
    assert [one.id for one in missing] == [
        "police-agreements",
        "consulted",
        "in-force",
        "told-pupils",
        "told-staff",
        "contacts-checked",
        "law-safety-policy",
        "law-coordinator",
        "law-monitor",
        "law-calendar",
    ]
    assert model.unreadable == ()


def test_what_is_missing_has_a_command_without_a_gap_to_fill_in(model: Readiness) -> None:
    for one in model.lines:
        if one.state == "no":
            assert one.argv[0] == "git"
            assert not any(re.search(r"[{}<>…]", word) for word in one.argv), one.argv
        else:
            assert one.argv == ()


def test_a_line_that_is_met_names_the_records_and_model_texts_are_drafts(model: Readiness) -> None:
    found = {one.id: one for one in model.lines}
    assert found["safety-plan"].state == "draft"
    assert found["safety-plan"].records == ("school-safety@1",)
    assert found["procedures"].state == "draft"
    assert found["law-retention"].state == "yes"


def test_an_adopted_plan_with_the_councils_decision_satisfies_the_inspector() -> None:
    files = dict(small.shop.shipped())
    path = "policy/plans/school-safety@1.md"
    text = files[path].decode()
    text = text.replace("state: draft\nmodel: yes\n", "state: adopted\nin_force_from: 2026-08-01\n")
    text = text.replace(
        "    norm: mr-veiligheidsbeleid\n",
        "    norm: mr-veiligheidsbeleid\n    answered: 2026-07-01\n    decision: agreed\n",
    )
    files[path] = text.encode()
    found = {one.id: one for one in readiness(small.over(files)).lines}
    assert found["law-safety-policy"].state == "yes"
    assert found["safety-plan"].state == "yes"
    assert found["in-force"].state == "no"


def test_measures_of_cases_are_judged_and_practice_examples_are_not(school: Any) -> None:
    def line(name: str) -> dict[str, Any]:
        rows = school.run("readiness", "--json", program="git policy").json["rows"]
        return next(row for row in rows if row["id"] == name)

    assert line("law-suspensions")["state"] == "yes"
    identity = school.new("quarrel", "Woorden in de app", "--reported-by", "mentor")
    school.do("add", "person", identity, "accused", "--kind", "pupil", "--minor", "yes")
    school.do("add", "measure", identity, "suspension", "--for", "P1", "--because", "Na herhaling")
    found = line("law-suspensions")
    assert (found["state"], found["nearest"]) == ("no", identity)
    assert "M1.letter" in found["lacking"]
    assert found["argv"] == ["git", "case", "show", identity.rpartition("-")[2]]
    path = school.path(identity)
    path.write_text(path.read_text("utf-8").replace("type:", "fictional: yes\ntype:", 1), "utf-8")
    assert line("law-suspensions")["state"] == "yes"


def test_the_command_names_what_is_missing_first_and_counts(school: Any) -> None:
    answer = school.run("readiness", program="git policy")
    assert answer.code == 1
    assert answer.out.startswith("Missing, and only your school can fill it in\n")
    assert "    git policy set police certainty=own verified_on\n" in answer.out
    assert "46 only as a draft or model text. 10 gaps." in " ".join(answer.out.split())
    assert answer.out.splitlines()[-1].startswith("Next: git policy ")


def test_a_case_that_cannot_be_read_is_named(school: Any) -> None:
    broken = school.root / "cases" / "2026" / "2026-7KQ2X.md"
    broken.parent.mkdir(exist_ok=True)
    broken.write_text("nothing", "utf-8")
    answer = school.run("readiness", program="git policy")
    assert answer.code == 1
    assert "cases/2026/2026-7KQ2X.md" in answer.out


def test_the_page_fits_a_narrow_terminal(school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out = school.run("readiness", program="git policy").out
    assert all(
        len(one) <= 40 for one in out.splitlines() if not one.startswith(("    git ", "Next: "))
    )


def test_a_casebook_with_nothing_is_told_how_to_begin() -> None:
    found = readiness(small.desk())
    lines = {one.id: one for one in found.lines}
    assert lines["safety-plan"].argv == ("git", "policy", "new", "plan")
    assert lines["every-group"].state == "no"
    assert lines["law-suspensions"].state == "yes"
    said = "\n".join(readinesspage.page(found, 100))
    assert said.startswith("Missing\n- There is a school safety plan\n    git policy new plan\n")


def test_when_everybody_was_told_the_line_is_met() -> None:
    code = record("code", "phones@1", placement="own", **FORCE)
    fields = {"code": "phones", "kind": "must", "audience": ["staff"], "ladder": "none"}
    rule = record("rule", "voice@1", **{**fields, **FORCE})
    told = record("announcement", "start", of=["phones@1"], audience="staff", given="2026-09-07")
    found = {one.id: one for one in readiness(small.desk(code, rule, told)).lines}
    assert found["told-staff"].state == "yes"
    assert found["told-pupils"].state == "no"
