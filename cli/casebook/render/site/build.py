"""The whole site as files: pages from templates, the style sheet, the poster, the print view.

Same edition, same bytes; it puts nothing on a disk.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casebook import i18n, ids
from casebook.actions.edition import ADOPTED
from casebook.errors import RefusedError
from casebook.i18n import _
from casebook.render.site import (
    changes,
    contacts,
    ladders,
    plans,
    procedures,
    prose,
    rules,
    sheets,
    tell,
)
from casebook.render.site.blocks import Section, Side
from casebook.render.site.speech import Speech

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jinja2 import Environment

    from casebook.actions.edition import Edition
    from casebook.render.site.blocks import Block, Page

TEMPLATES: Final = Path(__file__).parent / "templates"
STYLE: Final = "style.css"
HOME: Final = "index"
NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "nl": {
        "rules": "regels",
        "consequences": "gevolgen",
        "tell": "vertellen",
        "contacts": "hulp",
        "safety": "veiligheid",
        "literacy": "mediawijsheid",
        "procedures": "werkwijze",
        "changes": "veranderd",
        "slip": "strookje",
        "poster": "poster",
        "print": "alles",
    }
}
_CASE: Final = re.compile(rf"\b{ids.FULL.pattern}\b")


@dataclass(frozen=True, slots=True)
class Made:
    """The files of a site by name, and the titles of its pages by file."""

    files: Mapping[str, bytes]
    pages: Mapping[str, str]


def build(edition: Edition) -> Made:
    """The files of an edition's site; raises RefusedError when a text names a case."""
    with _spoken(edition.request.language):
        speech = Speech(edition)
        pages = [page for page in _pages(speech) if page.blocks]  # no page without anything on it
        names = {page.name: _file(page.name, edition.request.language) for page in pages}
        more = {
            name: (_file(name, edition.request.language), title)
            for name, title in (("print", _("Everything on paper")), ("poster", _("Poster")))
        }
        places = {anchor: names[page.name] for page in pages for anchor in _anchors(page.blocks)}
        common = _common(speech, pages, names, more, places)
        files = {f"{HOME}.html": _render("home.html", common, current=f"{HOME}.html")}
        for page in pages:
            name = names[page.name]
            files[name] = _render("page.html", common, page=page, current=name)
        files[more["print"][0]] = _render(
            "print.html", {**common, "places": {}}, here=frozenset(places), current=more["print"][0]
        )
        poster = sheets.poster(speech)
        files[more["poster"][0]] = _render(
            "poster.html", common, poster=poster, current=more["poster"][0]
        )
    _refuse_cases(files)
    encoded = {name: text.encode() for name, text in files.items()}
    encoded[STYLE] = (TEMPLATES / STYLE).read_bytes()
    titles = {names[page.name]: page.title for page in pages}
    titles.update(dict(more.values()))
    return Made(encoded, titles)


def _pages(speech: Speech) -> Iterator[Page]:
    yield rules.page(speech)
    yield ladders.page(speech)
    yield tell.page(speech)
    yield contacts.page(speech)
    yield plans.safety(speech)
    yield plans.literacy(speech)
    if speech.asked.audience in ("", "staff"):
        yield procedures.page(speech)
    yield changes.page(speech)
    yield sheets.slip(speech)


def _common(
    speech: Speech,
    pages: Sequence[Page],
    names: Mapping[str, str],
    more: Mapping[str, tuple[str, str]],
    places: Mapping[str, str],
) -> dict[str, Any]:
    """What every template knows."""
    school = speech.edition.policy.school
    asked = speech.asked
    said = _("The rules and plans as they apply on {day}.")
    if asked.drafts:
        said = _("The rules and plans on {day}, with the drafts.")
    return {
        "language": asked.language,
        "school": school.text("name") if school is not None else "",
        "pages": pages,
        "names": names,
        "more": more,
        "places": places,
        "here": frozenset(),
        "drafts": _drafts(speech.edition),
        "day": said.format(day=rules.day(speech, asked.day.isoformat())),
        "home": f"{HOME}.html",
        "words": _words(),
    }


def _drafts(edition: Edition) -> str:
    """What every page says above its text when it holds drafts; "" when it holds none."""
    if not any(edition.is_draft(one) for found in edition.now.values() for one in found):
        return ""
    if any(not edition.is_draft(one) for kind in ADOPTED for one in edition.of(kind)):
        return _("Draft: some of these texts do not apply yet. They are marked.")
    return _("Draft: these texts do not apply yet. The school has not adopted them.")


def _words() -> dict[str, str]:
    """The words of the templates themselves."""
    return {
        "skip": _("To the text"),
        "site": _("Rules and safety"),
        "pages": _("Pages"),
        "start": _("Start"),
        "paper": _("On paper"),
        "poster": _("Poster"),
        "scan": _("Scan the code, or go to:"),
        "code": _("Code that leads to {address}"),
        "no_address": _("This poster has no code: the address of the site is not known yet."),
        "whom": _("Whom to tell"),
    }


def _anchors(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Section):
            if block.anchor:
                yield block.anchor
            yield from _anchors(block.blocks)
        elif isinstance(block, Side):
            yield from _anchors(block.sections)


def _file(name: str, language: str) -> str:
    return f"{NAMES.get(language, {}).get(name, name)}.html"


@contextmanager
def _spoken(language: str) -> Iterator[None]:
    """Labels and words in ``language`` while the pages are made."""
    before = i18n.language()
    i18n.activate(language)
    try:
        yield
    finally:
        i18n.activate(before)


@cache
def _environment() -> Environment:
    """Templates that escape everything and stop at a name that does not exist."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["kind"] = lambda block: type(block).__name__
    made.filters["prose"] = lambda text, level: Markup(prose.html(text, level))  # noqa: S704
    made.filters["picture"] = Markup  # drawn by the library
    return made


def _render(template: str, common: Mapping[str, Any], **more: Any) -> str:
    return str(_environment().get_template(template).render({**common, **more}))


def _refuse_cases(files: Mapping[str, str]) -> None:
    """A policy text that names a case would carry it out: then nothing is published."""
    for name, text in files.items():
        found = _CASE.search(text)
        if found is not None:
            raise RefusedError(
                _("Not published: a text names the case {case}.").format(case=found[0]),
                _('Do: take it out of the text; it stands on the page "{page}".').format(
                    page=name.removesuffix(".html")
                ),
            )
