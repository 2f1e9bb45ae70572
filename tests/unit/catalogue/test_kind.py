"""Kinds: where their records lie, what fields and values are called, what types add."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from casebook import i18n
from casebook.catalogue import CaseType, Catalogue
from casebook.catalogue import books as placing
from casebook.catalogue import kind as kinds
from casebook.document import parse
from casebook.errors import NoSuchRecordError
from casebook.snapshot import MemorySnapshot
from casebook.validation import COMPILED

ROOT = Path(__file__).parents[3]
DATA = {
    path.relative_to(ROOT).as_posix(): path.read_bytes()
    for path in (ROOT / "schemas").rglob("*")
    if path.is_file()
}
TYPE = b"""---
id: cable
label_en: cable
label_nl: kabel
definition_en: a cable
definition_nl: een kabel
variants: [red, blue]
variant_labels_en: [red one, blue one]
variant_labels_nl: [rode, blauwe]
police: no
circle: board
light: yes
procedure: light
fields:
  length: {type: integer, minimum: 1, maximum: 900, label_en: length, label_nl: lengte}
  ends:
    type: array
    enum: [plug, bare]
    labels_en: [a plug, bare wire]
    labels_nl: [een stekker, kale draad]
    label_en: ends
    label_nl: uiteinden
    ask_en: Which ends?
    ask_nl: Welke uiteinden?
  remark: {type: string, text: yes, maxLength: 90, label_en: remark, label_nl: opmerking}
  short: {label_en: short, label_nl: kort}
---
Before.

## Advies

1. Niet aanraken.

## Advice

1. Do not touch.

## First hour

Call.
"""


def catalogue(**changes: bytes) -> Catalogue:
    files = {**DATA, "schemas/case/types/cable.md": TYPE}
    files.update({path.replace("__", "/"): raw for path, raw in changes.items()})
    return Catalogue.load(MemorySnapshot(files))


@pytest.fixture
def books() -> Catalogue:
    return catalogue()


def test_every_folder_with_a_schema_is_a_kind(books: Catalogue) -> None:
    folders = sorted(path.parent.name for path in (ROOT / "schemas").glob("*/schema.json"))
    assert list(books.kinds) == folders
    assert {"case", "procedure", "school"} < set(folders)
    assert books.kind("case").name == "case"
    with pytest.raises(NoSuchRecordError):
        books.kind("house")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("cases/2026/2026-7KQ2X.md", "case"),
        ("cases/2026/wrongly named.md", "case"),
        ("cases/2026/README.md", None),
        ("cases/2026-7KQ2X.md", None),
        ("cases/2026/a/b.md", None),
        ("cases/2026/2026-7KQ2X.txt", None),
        ("policy/procedures/light@1.md", "procedure"),
        ("policy/school.md", "school"),
        ("policy/README.md", None),
        ("docs/cases/2026/2026-7KQ2X.md", None),
    ],
)
def test_a_file_belongs_to_a_kind_by_its_place(
    books: Catalogue, path: str, kind: str | None
) -> None:
    found = books.kind_at(path)
    assert (found.name if found else None) == kind


def test_kinds_and_ids_of_some_paths_are_kept_and_of_many_given_anew(
    books: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "_MOST_PLACED", 2)
    monkeypatch.setattr(kinds, "_MOST_IDS", 2)
    case = books.kind("case")
    paths = [f"cases/2026/2026-7KQ2{letter}.md" for letter in "ABCDE"]
    for path in (*paths, *reversed(paths), "cases/2026/README.md", paths[0]):
        named = path.endswith("README.md")
        assert books.kind_at(path) is (None if named else case)
        assert case.id_of(path) == (None if named else path[11:21])
    assert len(books._placed) <= 2
    assert len(case._ids) <= 2


def test_ids_and_paths_are_the_same_thing_written_twice(books: Catalogue) -> None:
    case, procedure, school = (books.kind(name) for name in ("case", "procedure", "school"))
    assert case.path_of("2026-7KQ2X") == "cases/2026/2026-7KQ2X.md"
    assert case.id_of("cases/2026/2026-7KQ2X.md") == "2026-7KQ2X"
    assert case.id_of("cases/2025/2026-7KQ2X.md") is None
    assert case.path_of("../../x") is None
    assert procedure.path_of("light@2") == "policy/procedures/light@2.md"
    assert procedure.path_of("light") is None
    assert school.path_of("school") == "policy/school.md"
    assert school.path_of("other") is None
    assert [kind.prefix for kind in (case, procedure, school)] == [
        "cases/",
        "policy/procedures/",
        "policy/school.md",
    ]


def test_the_words_of_a_kind_come_from_its_data(books: Catalogue) -> None:
    case = books.kind("case")
    assert (case.label["nl"], case.plural["nl"], case.journal["nl"]) == (
        "casus",
        "casussen",
        "Logboek",
    )
    assert case.title_field == "summary"
    assert case.text_fields == ()
    assert "steps" in books.kind("procedure").text_fields
    assert books.kind("school").journal == {}
    assert case.add_commands["persons"] == "person"
    assert "decisions" not in case.add_commands
    assert (case.prefixes["persons"], case.prefixes["waits"]) == ("P", "W")
    assert case.workflow.initial == "reported"
    assert case.workflow_data["initial"] == "reported"
    assert books.kind("school").workflow.states == {}


def test_fields_and_values_are_called_by_their_labels(books: Catalogue) -> None:
    case = books.kind("case")
    assert case.field_label("owner") == "owner"
    assert case.field_label("facts", "source") == "source"
    assert case.field_label("facts", 0, "source") == "source"
    assert case.field_label("length") == "length"
    assert case.field_label("x_own") == "x_own"
    assert case.field_label() == "case"
    assert case.value_label("hear", "talks", "for") == "to hear"
    assert case.value_label("plug", "ends") == "a plug"
    assert case.value_label("planned", "state") == "plan running"
    assert case.value_label("cable", "type") == "cable"
    assert case.value_label("red", "variant") == "red one"
    assert case.value_label("anything", "summary") == "anything"


def test_labels_speak_the_language_of_the_user(books: Catalogue) -> None:
    i18n.activate("nl")
    try:
        assert books.kind("case").field_label("owner") == "behandelaar"
        assert books.kind("case").value_label("planned", "state") == "plan in uitvoering"
    finally:
        i18n.activate("en")


@pytest.mark.parametrize(
    ("typed", "place", "value"),
    [
        ("serious", ("severity",), "serious"),
        ("Ernstig", ("severity",), "serious"),
        ("cal", ("severity",), "calamity"),
        ("ca", ("severity",), None),
        ("", ("severity",), None),
        ("een stekker", ("ends",), "plug"),
        ("KABEL", ("type",), "cable"),
        ("Blauwe", ("variant",), "blue"),
        ("plan in uitvoering", ("state",), "planned"),
        ("doorstuurder", ("persons", "roles"), "forwarder"),
        ("ten onrechte", ("persons", "roles"), "wrongly-named"),
        ("account-owner", ("persons", "roles"), "account-owner"),
        ("per", ("persons", "roles"), "perpetrator"),
        ("mel", ("persons", "roles"), "reporter"),
        ("niet", ("persons", "wish_answer"), "not"),
        ("anything", ("summary",), None),
    ],
)
def test_a_value_is_found_by_id_label_or_clear_beginning(
    books: Catalogue, typed: str, place: tuple[str, ...], value: str | None
) -> None:
    assert books.kind("case").find_value(typed, *place) == value


def test_an_unclear_beginning_finds_nothing(books: Catalogue) -> None:
    assert books.kind("case").find_value("ver", "persons", "roles") is None
    assert books.kind("case").find_value("wit", "persons", "roles") == "witness"
    assert books.kind("procedure").find_value("con", "state") is None


def test_a_type_brings_its_fields_and_variants(books: Catalogue) -> None:
    case = books.kind("case")
    merged = case.schema_for("cable")["properties"]
    assert merged["length"]["maximum"] == 900
    assert merged["ends"]["items"]["enum"] == ["plug", "bare"]
    assert merged["ends"]["x-ask"]["nl"] == "Welke uiteinden?"
    assert merged["remark"]["x-text"] is True
    assert merged["short"]["maxLength"] == 200
    assert merged["variant"]["enum"] == ["red", "blue"]
    assert "length" not in case.schema["properties"]
    assert case.fields("cable")[-4:] == ["length", "ends", "remark", "short"]
    assert case.fields() == list(case.schema["properties"])
    assert case.schema_for("unknown") is case.schema


def test_a_type_has_words_and_advice_in_both_languages(books: Catalogue) -> None:
    known = books.kind("case").types["cable"]
    assert isinstance(known, CaseType)
    assert (known.id, known.path) == ("cable", "schemas/case/types/cable.md")
    assert (known.label["nl"], known.definition["en"]) == ("kabel", "a cable")
    assert (known.police, known.procedure, known.circle, known.light) == (
        "no",
        "light",
        "board",
        True,
    )
    assert known.variants["red"]["nl"] == "rode"
    assert known.advice("nl") == "1. Niet aanraken."
    assert known.advice() == "1. Do not touch."
    assert known.first_hour("nl") == "Call."
    assert known.stop_message() == known.public("nl") == ""
    assert known.title == "cable"


def test_extra_fields_are_judged_in_cases_of_that_type_only(books: Catalogue) -> None:
    case = books.kind("case")
    text = (
        "---\nid: 2026-7KQ2X\ntype: cable\nstate: reported\nsummary: a\nreported: 2026-11-18\n"
        "reported_by: mentor\nlength: 901\nends: [plug]\n---\n"
    )
    document, _wrong = parse(text.encode(), "cases/2026/2026-7KQ2X.md")
    assert document is not None
    assert [one.check for one in case.read(document)[1]] == ["out-of-range"]
    other = text.replace("type: cable", "type: quarrel")
    document, _wrong = parse(other.encode(), "cases/2026/2026-7KQ2X.md")
    assert document is not None
    assert [one.check for one in case.read(document)[1]] == ["unknown-field", "unknown-field"]
    also = other.replace("state:", "also: [cable]\nstate:").replace("901", "900")
    document, _wrong = parse(also.encode(), "cases/2026/2026-7KQ2X.md")
    assert document is not None
    record, found = case.read(document)
    assert found == []
    assert record is not None
    assert record.get("length") == 900


def test_where_a_type_cannot_be_read_its_own_finding_stands_in(books: Catalogue) -> None:
    broken = catalogue(**{"schemas/case/types/cable.md": b"---\nid: cable\n"})
    text = (
        "---\nid: 2026-7KQ2X\ntype: cable\nstate: reported\nsummary: a\nreported: 2026-11-18\n"
        "reported_by: mentor\nlength: 9\n---\n"
    )
    document, _wrong = parse(text.encode(), "cases/2026/2026-7KQ2X.md")
    assert document is not None
    record, found = broken.kind("case").read(document)
    assert record is not None
    assert [(one.path, one.check) for one in found] == [
        ("schemas/case/types/cable.md", "front-matter-unclosed")
    ]
    assert broken.kind("case").types.get("cable") is None
    assert "cable" in list(broken.kind("case").types)


def test_a_file_with_a_name_that_is_no_record_is_named(books: Catalogue) -> None:
    text = (
        "---\nid: 2026-7KQ2X\ntype: cable\nstate: reported\nsummary: a\nreported: 2026-11-18\n"
        "reported_by: mentor\n---\n"
    )
    document, _wrong = parse(text.encode(), "cases/2026/kopie van 2026-7KQ2X.md")
    assert document is not None
    record, found = books.kind("case").read(document)
    assert record is not None
    assert [(one.check, one.line) for one in found] == [("file-name-wrong", 0)]
    no_id = text.replace("id: 2026-7KQ2X\n", "")
    document, _wrong = parse(no_id.encode(), "cases/2026/2026-7KQ2X.md")
    assert document is not None
    record, found = books.kind("case").read(document)
    assert record is not None
    assert record.id == "2026-7KQ2X"
    assert [one.check for one in found] == ["missing-field"]


def test_roles_codes_and_contact_data_are_found_by_their_schema(books: Catalogue) -> None:
    case, school = books.kind("case"), books.kind("school")
    data = {
        "owner": "mentor",
        "summary": "x",
        "talks": [{"id": "T1", "by": "teacher", "with": ["P1"]}],
        "decisions": [{"id": "crisis", "team": ["principal", "mentor"]}],
        "x_own": "y",
    }
    assert list(case.role_values(data)) == [
        (("owner",), "mentor"),
        (("talks", 0, "by"), "teacher"),
        (("decisions", 0, "team", 0), "principal"),
        (("decisions", 0, "team", 1), "mentor"),
    ]
    assert "with" in case.code_fields("talks")
    assert not {"by", "id"} & case.code_fields("talks")
    assert case.code_fields("talks") is case.code_fields("talks")
    assert case.code_fields("x_unknown") == frozenset()
    assert list(case.role_values({"owner": {"a": "b"}, "talks": ["x"]})) == []
    page = {"police_phone": "x", "name": "y", "roles": [{"id": "a", "email": "z"}]}
    assert list(school.personal_fields(page)) == [("roles", 0, "email"), ("police_phone",)]


def test_a_new_record_starts_with_the_template_of_its_language(books: Catalogue) -> None:
    case = books.kind("case")
    assert "## Logboek" in case.template("nl")
    assert "## Journal" in case.template("en")
    assert case.template("fr") == case.template("en")
    assert books.kind("school").template("nl") == ""


def test_kinds_moves_and_commands_cost_no_yaml_and_no_engine() -> None:
    code = (
        "import sys; from pathlib import Path; from casebook.catalogue import Catalogue;"
        "from casebook.snapshot import MemorySnapshot;"
        f"r = Path({str(ROOT)!r});"
        "f = {p.relative_to(r).as_posix(): p.read_bytes()"
        " for p in (r / 'schemas').rglob('*') if p.is_file()};"
        "c = Catalogue.load(MemorySnapshot(f)); k = c.kind('case'); c.settings['circle'];"
        "k.workflow.moves, k.add_commands, k.field_label('owner'), k.types.names;"
        "c.kind_at('cases/2026/2026-7KQ2X.md');"
        "print([n for n in ('yaml', 'jsonschema', 'jsonschema_rs', 'git', 'difflib')"
        " if n in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert told.stdout == "[]\n"


def test_types_without_fields_of_their_own_share_no_more_than_one_compiled_schema_each() -> None:
    case = catalogue().kind("case")
    text = (
        "---\nid: 2026-7KQ2X\ntype: {}\nstate: reported\nsummary: a\nreported: 2026-11-18\n"
        "reported_by: mentor\n---\n"
    )
    before = len(COMPILED)
    for name in ("cable", "quarrel", "cable", "unknown", "quarrel", "also-unknown"):
        document, _wrong = parse(text.format(name).encode(), "cases/2026/2026-7KQ2X.md")
        assert document is not None
        case.read(document)
    compiled = [name for name in COMPILED[before:] if name != "dialect"]
    assert len(compiled) == len(set(compiled)) <= 3
