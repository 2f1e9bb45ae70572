"""The house keeps its own promises: data, guards, labels, package, and "one file each"."""

from __future__ import annotations

import configparser
import fnmatch
import json
import re
import subprocess
from inspect import getdoc
from typing import TYPE_CHECKING, Any

import pytest
import shop

from casebook import guards
from casebook.catalogue import Catalogue
from casebook.checks.data import fields_of
from casebook.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = shop.ROOT
CATALOGUE = Catalogue.load(MemorySnapshot(shop.shipped()))
KINDS = list(CATALOGUE.kinds.values())
WITH_STATES = [kind for kind in KINDS if kind.workflow.states]
LANGUAGES = {"en", "nl"}


def named(kind: Any) -> str:
    return str(kind.name)


# -- data ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", WITH_STATES, ids=named)
def test_every_state_is_reached_and_reaches_an_end_and_every_guard_exists(kind: Any) -> None:
    assert list(kind.workflow.problems(guards.REGISTRY, fields_of(kind.schema))) == []


def test_the_shipped_data_have_no_findings() -> None:
    assert CATALOGUE.problems() == []
    assert shop.whole({}) == []


def test_every_guard_is_explained_and_used_by_the_data() -> None:
    used = {
        guard.name
        for kind in WITH_STATES
        for part in (*kind.workflow.states.values(), *kind.workflow.moves.values())
        for guard in (part.requires if hasattr(part, "requires") else part.guards)
    }
    assert used == set(guards.REGISTRY)
    for function in guards.REGISTRY.values():
        assert (getdoc(function) or "").endswith(".")


def labels_of(node: Any, place: str) -> Iterator[tuple[str, Any]]:
    """Every place in a schema or workflow that a person reads, with its texts."""
    if isinstance(node, list):
        for number, one in enumerate(node):
            yield from labels_of(one, f"{place}/{number}")
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        here = f"{place}/{key}"
        if key in ("x-label", "x-ask", "label", "plural", "journal"):
            yield here, value
        elif key == "x-labels":
            yield from ((f"{here}/{one}", texts) for one, texts in value.items())
        elif key in ("properties", "$defs", "states", "moves"):
            for name, one in value.items():
                yield from labels_of(one, f"{here}/{name}")
        else:
            yield from labels_of(value, here)


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_everything_a_person_reads_is_there_in_both_languages(kind: Any) -> None:
    texts = [*labels_of(kind.schema, "schema"), *labels_of(kind.workflow_data, "workflow")]
    assert texts
    for place, value in texts:
        assert set(value) >= LANGUAGES, place
        assert all(text.strip() for text in value.values()), place


def fields(node: Any, place: str) -> Iterator[tuple[str, Any]]:
    for name, one in node.get("properties", {}).items():
        yield f"{place}/{name}", one
    for name, one in node.get("$defs", {}).items():
        yield from fields(one, f"{place}/{name}")


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_every_field_and_every_choice_has_a_label(kind: Any) -> None:
    for place, node in fields(kind.schema, kind.name):
        assert "x-label" in node, place
        inner = node.get("items", {}) if node.get("type") == "array" else node
        free = place.endswith("/id") or "/pattern/" in place  # written by whoever writes procedures
        assert free or set(inner.get("enum", ())) <= set(inner.get("x-labels", {})), place


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_types_have_labels_in_both_languages(kind: Any) -> None:
    for case_type in kind.types.values():
        assert set(case_type.label) >= LANGUAGES
        assert all(set(one) >= LANGUAGES for one in case_type.variants.values())
        assert all(set(one["x-label"]) >= LANGUAGES for one in case_type.fields.values())


# -- package ---------------------------------------------------------------------------------


def setup() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", "utf-8")
    return parser


def test_the_package_list_is_the_tree() -> None:
    listed = setup()["options"]["packages"].split()
    assert len(listed) == len(set(listed))
    cli = ROOT / "cli"
    there = {
        ".".join(file.parent.relative_to(cli).parts) for file in cli.glob("casebook/**/__init__.py")
    }
    assert {one for one in listed if ".starter" not in one} == there


def test_every_data_file_is_in_the_wheel() -> None:
    told = setup()
    patterns = told["options.package_data"]["casebook"].replace(",", " ").split()
    package = ROOT / "cli" / "casebook"
    for file in package.rglob("*"):
        name = file.relative_to(package).as_posix()
        if file.is_dir() or file.suffix in (".py", ".pyc"):
            continue
        assert any(fnmatch.fnmatch(name, one) for one in patterns), name
    folders = told["options"]["package_dir"]
    for name in ("schemas", "policy", "hooks"):
        assert f"casebook.starter.{name} = {name}" in folders
        assert "**/*" in told["options.package_data"][f"casebook.starter.{name}"]


def test_files_of_the_kit_have_names_that_the_wheel_takes() -> None:
    # ``**/*`` leaves out names that begin with a dot; hooks/ci holds the only ones.
    hidden = [path for path in shop.shipped() if any(p.startswith(".") for p in path.split("/"))]
    assert hidden == []


# -- nobody's data ---------------------------------------------------------------------------


def tracked() -> list[str]:
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return [one for one in done.stdout.split("\0") if one]


def test_no_list_of_names_and_no_key_lies_in_the_repository() -> None:
    forbidden = re.compile(r"(?:^|/)(?:key|keys|names|namen|sleutel|codes?)\.(?:csv|txt|md|json)$")
    suspect = [path for path in tracked() if forbidden.search(path.casefold())]
    assert suspect == []
    assert not [path for path in tracked() if path.endswith((".age", ".pem", ".key", ".p12"))]


def test_the_practice_examples_say_that_they_are_fictional() -> None:
    for file in (ROOT / "cases").rglob("*.md"):
        head = file.read_text("utf-8").split("\n---\n")[0]
        assert "\nfictional: yes\n" in head, file.name


def test_the_shipped_records_have_no_errors() -> None:
    files = {
        file.relative_to(ROOT).as_posix(): file.read_bytes()
        for folder in ("cases", "policy")
        for file in (ROOT / folder).rglob("*.md")
    }
    found = shop.judged(files, files, changed=False, today=True)
    assert [one for one in found if one.is_error] == []


# -- how do I add ... one file ---------------------------------------------------------------

TYPE = """---
id: prank
label_en: prank
label_nl: grap
definition_en: A joke that went too far online.
definition_nl: Een grap die online te ver ging.
variants: [fake-poll]
variant_labels_en: [fake poll]
variant_labels_nl: [neppeiling]
national_category: none
police: no
procedure: light
circle: school
light: yes
fields:
  laughs:
    type: string
    enum: [few, many]
    labels_en: [few, many]
    labels_nl: [weinig, veel]
    label_en: who laughed
    label_nl: wie lachte
---
"""
PARTS = ("Advies", "Advice", "Eerste uur", "First hour", "Stop-bericht", "Stop message")
BODY = "".join(f"## {part}\n\n1. Stop.\n\n" for part in (*PARTS, "Voor leerlingen", "For pupils"))


def save(school: Any, path: str, text: str) -> None:
    """Put one file of data in its place and save it, as a school would."""
    (school.root / path).write_text(text, "utf-8")
    school.git("add", path)
    school.git("commit", "--quiet", "--message", "data")
    changed = school.git("show", "--name-only", "--format=", "HEAD").stdout.split()
    assert changed == [path]


def edit(school: Any, path: str, change: Any) -> None:
    data = json.loads((school.root / path).read_text("utf-8"))
    change(data)
    save(school, path, json.dumps(data, indent=2, ensure_ascii=False) + "\n")


def test_a_case_type_is_one_file(school: Any) -> None:
    school.with_hooks()
    save(school, "schemas/case/types/prank.md", TYPE + BODY)
    identity = school.new("prank", "Een neppeiling over een docent", "--reported-by", "teacher")
    school.do("set", identity, "laughs=few")
    school.do("set", identity, "variant=fake-poll")
    data = school.data(identity)
    assert (data["type"], data["laughs"], data["variant"]) == ("prank", "few", "fake-poll")
    assert "Who laughed: few" in school.do("show", identity).out
    assert school.run("set", identity, "laughs=plenty").code != 0
    assert school.do("check", program="casebook").code == 0


def test_a_field_is_one_file(school: Any) -> None:
    school.with_hooks()

    def change(data: Any) -> None:
        label = {"en": "weather", "nl": "weer"}
        choices = {"dry": {"en": "dry", "nl": "droog"}, "wet": {"en": "wet", "nl": "nat"}}
        field = {"type": "string", "enum": list(choices), "x-labels": choices, "x-label": label}
        data["properties"]["weather"] = field

    edit(school, "schemas/case/schema.json", change)
    identity = school.new("quarrel", "Ruzie over een bericht", "--reported-by", "teacher")
    school.do("set", identity, "weather=wet")
    assert school.data(identity)["weather"] == "wet"
    assert "Weather: wet" in school.do("show", identity).out
    assert school.run("set", identity, "weather=foggy").code != 0
    assert school.do("check", program="casebook").code == 0


def test_a_state_and_its_moves_are_one_file(school: Any) -> None:
    school.with_hooks()

    def change(data: Any) -> None:
        both = {"en": "parked", "nl": "geparkeerd"}
        data["states"]["parked"] = {"label": both, "clock": "paused"}
        data["moves"]["park"] = {
            "label": {"en": "park", "nl": "parkeren"},
            "from": ["reported"],
            "to": "parked",
            "asks": {"motive": "require"},
        }
        data["moves"]["unpark"] = {
            "label": {"en": "unpark", "nl": "weer oppakken"},
            "from": ["parked"],
            "to": "reported",
        }

    edit(school, "schemas/case/workflow.json", change)
    identity = school.new("quarrel", "Ruzie over een bericht", "--reported-by", "teacher")
    refused = school.run("park", identity)
    assert refused.code in (2, 3)
    assert school.data(identity)["state"] == "reported"
    school.do("park", identity, "--motive", "De klas is op kamp tot maandag")
    assert school.data(identity)["state"] == "parked"
    assert "parked" in school.do("show", identity).out
    school.do("unpark", identity)
    assert school.data(identity)["state"] == "reported"
    assert school.do("check", program="casebook").code == 0
    log = school.do("log", identity).out
    assert "park" in log


def test_a_hand_edit_meets_the_new_law_too(school: Any) -> None:
    school.with_hooks()

    def change(data: Any) -> None:
        data["moves"]["assess"]["asks"]["impact"] = "require"

    edit(school, "schemas/case/workflow.json", change)
    identity = school.new("quarrel", "Ruzie over een bericht", "--reported-by", "teacher")
    file = school.path(identity)
    more = "owner: mentor\nseverity: light\nseverity_because: Beiden sliepen goed\n"
    text = file.read_text("utf-8").replace("state: reported\n", f"state: investigating\n{more}")
    file.write_text(text, "utf-8")
    school.git("add", ".")
    done = school.git("commit", "--message", "by hand", fine=False)
    assert done.returncode != 0
    assert "gevolgen" in done.stderr + done.stdout
    file.write_text(text.replace(more, f"{more}impact: Rust in de klas kwam snel terug\n"), "utf-8")
    school.git("add", ".")
    school.git("commit", "--message", "by hand")


def test_broken_data_are_not_saved_past_the_hook(school: Any) -> None:
    school.with_hooks()
    path = school.root / "schemas" / "case" / "workflow.json"
    path.write_text(path.read_text("utf-8").replace('"guard": "is-light"', '"guard": "magic"'))
    school.git("add", ".")
    done = school.git("commit", "--message", "data", fine=False)
    assert done.returncode != 0
    assert '"magic" is not a guard' in done.stderr + done.stdout or "magic" in done.stderr


# What a judge or the law asks, or what the next reader cannot do without; everything else warns.
REQUIRED = {
    "assess": ["answered:board"],
    "settle": ["is-light:"],
    "plan": [
        "list-not-empty:facts",
        "each-entry:facts",
        "list-not-empty:actions",
        "each-entry:actions",
        "answered:offence",
        "each-entry:contents",
    ],
    "aftercare": [
        "steps-done:",
        "each-entry:measures",  # of order: facts, because, by whom, letter
        "each-entry:measures",  # suspension: who may decide it
        "each-entry:measures",  # removal: the same
        "legal-form:",
    ],
    "close": [
        "short-close:",
        "steps-done:",
        "links-closed:",
        "each-entry:measures",
        "legal-form:",
        "each-entry:contents",
    ],
    "merge": ["target-open:"],
}


def test_no_more_is_required_of_a_case_than_what_nobody_can_do_without() -> None:
    """More of it makes people type "n.v.t."; whoever adds one has to defend it here."""
    moves = json.loads((ROOT / "schemas" / "case" / "workflow.json").read_text("utf-8"))["moves"]
    found = {
        name: [
            f"{one['guard']}:{one.get('question') or one.get('list') or ''}"
            for one in move["guards"]
            if one.get("level", "require") == "require"
        ]
        for name, move in moves.items()
    }
    assert {name: guards for name, guards in found.items() if guards} == REQUIRED
