"""Headless Chromium for tests: what a page looks like, says to a screen reader, and prints.

It drives the browser by its command line only, and never lets it reach a network.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).parent
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
AXE = HERE / "node_modules/axe-core/axe.min.js"
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
PHONE, DESK = 390, 1280

# In every copy of a page: judge it, and tell the page around it.
INSIDE = """
<script src="axe.min.js"></script>
<script>
addEventListener("load", async () => {
  const found = await axe.run(document, {runOnly: TAGS, iframes: false});
  const link = document.querySelector("main a, nav a, footer a");
  link.focus({focusVisible: true});
  parent.postMessage({
    page: document.location.pathname.split("/").pop(),
    width: innerWidth,
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    wide: document.documentElement.scrollWidth,
    outline: getComputedStyle(link).outlineStyle + " " + getComputedStyle(link).outlineWidth,
    rules: found.passes.length + found.violations.length,
    violations: found.violations.map(one => one.id + ": " + one.nodes.slice(0, 3).map(
      node => node.html + " " + node.failureSummary).join(" | ")),
  }, "*");
});
</script>
</body>"""
AROUND = """<!DOCTYPE html><meta charset="utf-8"><title>pages</title>
<pre id="found"></pre>
<script>
const pages = PAGES, found = [];
const next = () => {
  if (!pages.length) {
    document.getElementById("found").textContent = JSON.stringify(found);
    return;
  }
  const [page, width] = pages.shift();
  const frame = document.createElement("iframe");
  frame.width = width; frame.height = 900; frame.src = page;
  document.body.append(frame);
};
addEventListener("message", told => {
  found.push(told.data);
  document.querySelector("iframe").remove();
  next();
});
next();
</script>"""


def program() -> str:
    """Where Chromium is; "" where there is none."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), "")


def run(profile: Path, *words: str) -> str:
    """Start the browser once, with an empty profile; answers what it printed."""
    done = subprocess.run(
        [program(), *QUIET, f"--user-data-dir={profile}", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=300,
    )
    return done.stdout


def judge(site: Path, work: Path, *, dark: bool = False) -> list[dict[str, Any]]:
    """What axe-core finds on every page, as wide as a telephone and as a desk."""
    place = work / ("dark" if dark else "light")
    shutil.copytree(site, place)
    shutil.copy(AXE, place / "axe.min.js")
    if dark:
        style = place / "style.css"
        css = style.read_text("utf-8")
        assert "(prefers-color-scheme: dark)" in css
        style.write_text(css.replace("(prefers-color-scheme: dark)", "all"), "utf-8")
    names = sorted(path.name for path in site.glob("*.html"))
    for name in names:
        page = (place / name).read_text("utf-8")
        inside = INSIDE.replace("TAGS", json.dumps(TAGS))
        (place / name).write_text(page.replace("</body>", inside), "utf-8")
    wanted = [[name, width] for name in names for width in (PHONE, DESK)]
    around = place / "around.htm"
    around.write_text(AROUND.replace("PAGES", json.dumps(wanted)), "utf-8")
    said = run(
        work / "profile", "--virtual-time-budget=240000", "--dump-dom", around.resolve().as_uri()
    )
    told = re.search(r'<pre id="found">(.*?)</pre>', said, re.DOTALL)
    assert told is not None
    assert told[1], "the browser ended before every page was judged"
    found: list[dict[str, Any]] = json.loads(html.unescape(told[1]))
    assert len(found) == len(wanted)
    return found


def picture(page: Path, work: Path, width: int, height: int = 1600) -> bytes:
    """A screenshot as PNG."""
    target = work / f"{page.stem}-{width}.png"
    run(
        work / "profile",
        f"--window-size={width},{height}",
        f"--screenshot={target}",
        page.resolve().as_uri(),
    )
    return target.read_bytes()


def paper(page: Path, work: Path) -> Path:
    """The page as it prints: a PDF file."""
    target = work / f"{page.stem}.pdf"
    run(
        work / "profile",
        "--no-pdf-header-footer",
        f"--print-to-pdf={target}",
        page.resolve().as_uri(),
    )
    return target


def sheets(pdf: Path) -> tuple[int, set[str]]:
    """How many sheets a PDF has, and the sizes it tells."""
    said = subprocess.run(
        ["pdfinfo", "-l", "9999", str(pdf)], capture_output=True, text=True, check=True
    ).stdout
    count = re.search(r"Pages:\s+([0-9]+)", said)
    assert count is not None
    sizes = re.findall(r"size:\s+([0-9.]+) x ([0-9.]+) pts", said)
    return int(count[1]), {f"{float(w):.0f} x {float(h):.0f}" for w, h in sizes}


def words(pdf: Path, *options: str) -> str:
    """The words of a PDF on one line; without hyphens of lines that were broken."""
    said = subprocess.run(
        ["pdftotext", *options, str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    return one_line(said)


def one_line(text: str | Iterable[str]) -> str:
    """Words with single spaces."""
    return " ".join((text if isinstance(text, str) else " ".join(text)).split())
