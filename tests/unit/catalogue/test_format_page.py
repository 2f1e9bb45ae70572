"""The page that describes the format names what the program knows, no more and no less."""

from __future__ import annotations

import json
import re
from pathlib import Path

from casebook import guards, validation
from casebook.catalogue import problems
from casebook.catalogue.types import SCHEMA, SECTIONS
from casebook.validation import FORMATS

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "schemas" / "README.md").read_text("utf-8")
DIALECT = json.loads(Path(validation.__file__).with_name("dialect.json").read_text("utf-8"))


def section(number: int) -> str:
    found = re.search(rf"^## {number}\. .*?(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found
    return found[0]


def test_every_format_stands_there_with_an_example_that_fits() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \|.*\| `([^`]+)` \|$", section(4), re.MULTILINE)
    assert {name for name, _example in rows} == set(FORMATS)
    for name, example in rows:
        assert FORMATS[name].fits(example)


def test_every_keyword_and_annotation_of_the_dialect_stands_there() -> None:
    words = set(re.findall(r"`([A-Za-z$-]+)[`:]", section(3)))
    for part in ("text", "number", "list", "entry", "add", "kind", "reference"):
        known = set(DIALECT["$defs"][part]["properties"]) - {"$comment"}
        assert known <= words, known - words
    annotations = {word for word in words if word.startswith("x-")}
    text = json.dumps(DIALECT)
    assert all(f'"{word}"' in text for word in annotations)


def test_every_field_and_heading_of_a_type_stands_there() -> None:
    text = section(6)
    assert set(SCHEMA["properties"]) <= set(re.findall(r"`([a-z_]+)`", text))
    for both in SECTIONS.values():
        assert all(f"`{heading}`" in " ".join(text.split()) for heading in both.values())


def test_every_guard_stands_there() -> None:
    listed = re.search(r"^Guards: (.*?)\.$", section(5), re.MULTILINE | re.DOTALL)
    assert listed
    assert set(re.findall(r"`([a-z-]+)`", listed[1])) == set(guards.REGISTRY)


def test_the_settings_stand_there() -> None:
    words = set(re.findall(r"`([^`]+)`", section(1)))
    for key, allowed in problems.EXPECTED.items():
        assert key in words
        assert {str(one) for one in allowed if isinstance(one, str)} <= words
