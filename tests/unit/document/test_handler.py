"""The public interface: python-frontmatter with strict reading."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import frontmatter
import pytest

from casebook.document import parse
from casebook.document.handler import CasebookHandler, load, loads
from casebook.errors import FoundError

TEXT = "---\nid: 2026-7KQ2X\non: 2026-11-18\nnumber: 012345672\nflag: no\n---\n\nTekst\n\n"


def test_frontmatter_reads_every_scalar_as_text(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text(TEXT, encoding="utf-8")
    post = frontmatter.load(path, handler=CasebookHandler())
    wanted = {"id": "2026-7KQ2X", "on": "2026-11-18", "number": "012345672", "flag": "no"}
    assert post.metadata == wanted
    assert post.content == "Tekst"
    assert load(path).metadata == wanted
    assert load(path).content == "\nTekst\n\n"


def test_a_field_named_content_can_be_read() -> None:
    text = "---\nid: x\ncontent:\n  - id: C1\n---\nTekst\n"
    metadata, body = frontmatter.parse(text, handler=CasebookHandler())
    assert metadata["content"] == [{"id": "C1"}]
    assert body == "Tekst"
    post = loads(text)
    assert post.metadata == metadata
    assert post.content == "Tekst\n"


@pytest.mark.parametrize(
    "text",
    [
        "Tekst",
        "---\nid: x\n",
        "---\nid: x\nid: y\n---\n",
        "Tekst\n---\nid: x\n---\n",
        "---\n- a\n---\n",
        "---\nid: \ud800\n---\n",
    ],
)
def test_a_broken_text_is_never_read_as_empty(text: str) -> None:
    for reader in (frontmatter.loads, frontmatter.parse):
        with pytest.raises(FoundError) as caught:
            reader(text, handler=CasebookHandler())
        assert caught.value.findings
    with pytest.raises(FoundError):
        loads(text)


def test_the_split_keeps_windows_line_ends_a_mark_and_dashes_inside_a_text() -> None:
    fields, body = CasebookHandler().split("\ufeff---\r\na: |\r\n  ---\r\n--- \r\nx\r\n")
    assert fields == "a: |\r\n  ---\r\n"
    assert body == "x\r\n"
    assert CasebookHandler().detect("---\nid: x\n---\n")
    assert not CasebookHandler().detect("----\nid: x\n---\n")
    assert not CasebookHandler().detect("Tekst\n---\nid: x\n---\n")


def test_export_writes_house_style_in_the_given_order() -> None:
    foreign = {
        "z": "a: b",
        "on": date(2026, 11, 18),
        "yes": True,
        "no": False,
        "none": None,
        "n": 3,
        "list": (1, "b"),
        "map": {1: {"x"}},
    }
    text = CasebookHandler().export(foreign)
    assert text == (
        'z: "a: b"\non: 2026-11-18\nyes: yes\nno: no\nnone: ""\nn: 3\nlist: [1, b]\n'
        'map:\n  "1": [x]'
    )
    dumped = frontmatter.dumps(frontmatter.Post("Tekst", CasebookHandler(), id="x", a=["b"]))
    document, found = parse(dumped.encode(), "x.md")
    assert document and not found
    assert document.data == {"id": "x", "a": ["b"]}
