"""The published pages in a real browser: for everybody, on a telephone, at a desk and on paper.

Skipped where there is no Chromium, axe-core or poppler; ``.ci/run`` installs them.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import chromium
import markup
import pytest

if TYPE_CHECKING:
    from tests.conftest import Casebook

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not chromium.program(), reason="Chromium is not installed"),
]
A4 = "595 x 842"
needs_axe = pytest.mark.skipif(
    not chromium.AXE.exists(), reason="axe-core is not installed: npm install in tests/browser"
)
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed"
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all that is made here."""
    return tmp_path_factory.mktemp("browser")


def site(school: Casebook, place: Path, name: str, *words: str) -> Path:
    """The pages of a school, published once for all tests that ask for the same."""
    folder = place / name
    if not folder.exists():
        school.do("publish", "--out", str(folder), *words, program="git policy")
    return folder


@pytest.fixture
def drafts(school: Casebook, place: Path) -> Path:
    """The model as drafts, with an address: every kind of page and mark there is."""
    return site(school, place, "drafts", "--drafts", "--url", "https://school.example/regels")


@needs_axe
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_violation_on_any_page_at_any_width(
    drafts: Path, tmp_path: Path, dark: bool
) -> None:
    found = chromium.judge(drafts, tmp_path, dark=dark)
    assert {one["page"] for one in found} == {path.name for path in drafts.glob("*.html")}
    assert [(one["page"], one["violations"]) for one in found if one["violations"]] == []
    assert min(one["rules"] for one in found) > 15  # it did judge
    # Nothing hangs over the edge of a telephone, and who uses the keyboard sees where they are.
    assert [one["page"] for one in found if one["wide"] > one["width"]] == []
    assert {one["outline"] for one in found} == {"solid 3px"}


@needs_axe
def test_axe_would_find_what_is_wrong(drafts: Path, tmp_path: Path) -> None:
    """The test above can fail: a page without language and with pale words is reported."""
    broken = tmp_path / "broken"
    broken.mkdir()
    shutil.copy(drafts / "style.css", broken)
    page = (drafts / "index.html").read_text("utf-8")
    page = page.replace('<html lang="nl">', "<html>").replace('class="lead"', 'style="color:#ccc"')
    (broken / "index.html").write_text(page, "utf-8")
    said = str(chromium.judge(broken, tmp_path / "work"))
    assert "html-has-lang" in said
    assert "color-contrast" in said


def test_pages_are_drawn_as_wide_as_the_screen(drafts: Path, tmp_path: Path) -> None:
    for width in (chromium.PHONE, chromium.DESK):
        png = chromium.picture(drafts / "regels.html", tmp_path, width)
        assert struct.unpack(">II", png[16:24]) == (width, 1600)
        assert len(png) > 20_000  # words, not an empty sheet


@needs_poppler
def test_all_on_paper_is_a4_complete_and_marked_on_every_sheet(
    drafts: Path, tmp_path: Path
) -> None:
    pdf = chromium.paper(drafts / "alles.html", tmp_path)
    count, sizes = chromium.sheets(pdf)
    assert sizes == {A4}
    words = chromium.words(pdf)
    page = markup.read((drafts / "alles.html").read_text("utf-8"))
    lost = [title for _level, title in page.headings if chromium.one_line(title) not in words]
    assert lost == []
    assert words.count("Concept: met teksten die nog niet gelden") == count


@needs_poppler
def test_the_poster_is_one_sheet_of_a4_with_its_rules(drafts: Path, tmp_path: Path) -> None:
    pdf = chromium.paper(drafts / "poster.html", tmp_path)
    assert chromium.sheets(pdf) == (1, {A4})
    words = chromium.words(pdf)
    for said in ("Samen online", "Een beeld van een ander stopt bij mij.", "Vertel het."):
        assert said in words


def test_the_code_on_the_poster_can_be_scanned(drafts: Path, tmp_path: Path) -> None:
    zbar = shutil.which("zbarimg")
    if zbar is None:
        pytest.skip("zbarimg (zbar-tools) is not installed")
    png = tmp_path / "poster.png"
    png.write_bytes(chromium.picture(drafts / "poster.html", tmp_path, chromium.DESK))
    done = subprocess.run(
        [zbar, "-q", "--raw", str(png)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "https://school.example/regels"


@needs_poppler
@pytest.mark.parametrize("name", ["strookje", "gevolgen", "vertellen"])
def test_a_page_prints_on_a4_without_the_list_of_pages(
    drafts: Path, tmp_path: Path, name: str
) -> None:
    pdf = chromium.paper(drafts / f"{name}.html", tmp_path)
    _count, sizes = chromium.sheets(pdf)
    assert sizes == {A4}
    titles = [title for _l, title in markup.read((drafts / f"{name}.html").read_text()).headings]
    words = chromium.words(pdf)
    assert all(title in words for title in titles)
    assert "Wat is er nieuw" not in words
