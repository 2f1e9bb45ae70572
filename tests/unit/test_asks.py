"""The page of what was asked: all 112 wishes once, tests and commands that exist, one readiness."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import Any

import pytest
import shop

from casebook.catalogue import Catalogue
from casebook.commands.root import Commands
from casebook.snapshot import MemorySnapshot

PAGE = (shop.ROOT / "docs" / "asks.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([AB]\d\d) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
ASKS = [*(f"A{one:02}" for one in range(1, 87)), *(f"B{one:02}" for one in range(1, 27))]
CATALOGUE = Catalogue.load(MemorySnapshot(shop.shipped()))
READINESS = CATALOGUE.reference("readiness")
GROUPS = {"git case": "case", "git policy": "policy", "casebook": "umbrella"}
COMMAND = re.compile(r"`(git case|git policy|casebook) ([a-z][a-z-]*)")
LATER = "later"


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((shop.ROOT / path).read_text("utf-8"))
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef))


def fields_of(kind: Any) -> set[str]:
    """All names of fields of a kind, those of its entries too."""
    nodes = [kind.schema, *kind.schema.get("$defs", {}).values()]
    return {name for node in nodes for name in node.get("properties", {})}


def test_every_wish_is_there_once_and_in_order() -> None:
    assert [row[0] for row in ROWS] == ASKS
    assert len(ASKS) == 112


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_test_that_is_named_exists_or_the_wish_is_for_later(row: tuple[str, ...]) -> None:
    _nr, _ask, _what, named, step = row
    assert re.fullmatch(r"(1|2|1, 2)(, later)?|later", step)
    if named == "none yet":
        assert step == LATER
        return
    path, _colons, name = named.strip("`").partition("::")
    assert name in names_in(path), named


def test_every_command_that_is_named_exists() -> None:
    known = {
        program: Commands(group).list_commands(None)  # type: ignore[arg-type]
        for program, group in GROUPS.items()
    }
    named = COMMAND.findall(PAGE)
    assert len(named) > 40
    assert [one for one in named if one[1] not in known[one[0]]] == []


def test_every_field_that_is_named_with_its_kind_exists() -> None:
    kinds = CATALOGUE.kinds
    kinds_named = "|".join(kinds)
    found = re.findall(rf"\b({kinds_named})(?: and ({kinds_named}))? `([a-z_]+)[`:]", PAGE)
    assert len(found) > 40
    files = {path.rpartition("/")[2].partition("@")[0] for path in shop.shipped()}
    records = {name.removesuffix(".md") for name in files}
    for one, other, field in found:
        for kind in filter(None, (one, other)):
            assert field in fields_of(kinds[kind]) or field in records, (kind, field)


def test_readiness_and_the_page_speak_of_the_same_wishes() -> None:
    later = {row[0] for row in ROWS if row[4] == LATER}
    asked = {ask for row in READINESS for ask in row["asks"]}
    assert asked <= set(ASKS)
    assert not asked & later
    named = set(re.findall(r"line[s]? `([a-z-]+)`|and `([a-z-]+)` of `git policy readiness", PAGE))
    lines = {str(row["id"]): row for row in READINESS}
    assert {name for pair in named for name in pair if name} <= set(lines)


def test_what_is_asked_of_policy_beforehand_is_a_line_of_readiness() -> None:
    """Wishes met by step 2 alone: a school can look whether its own records meet them."""
    asked = {ask for row in READINESS for ask in row["asks"]}
    wanted = {row[0] for row in ROWS if row[4].startswith("2")}
    assert wanted - asked == set()
