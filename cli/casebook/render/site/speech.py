"""The words of records on the pages: titles, labels and values in the language of the pages.

It chooses between texts that exist and translates none; what has no text in that language is said
in the casebook's own, and marked as such.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook import i18n
from casebook.i18n import _
from casebook.pattern import values
from casebook.procedure.norms import NOT_SURE, certainty_text
from casebook.render.site.blocks import Inline, Link, Section, Text, Words
from casebook.versions import slug_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebook.actions.edition import Edition
    from casebook.catalogue import Kind
    from casebook.record import Record
    from casebook.render.site.blocks import Block

UNCERTAIN: Final = (*NOT_SURE, "text-2010")
FALLBACK: Final = ("positive", "formal")  # the wordings every adopted rule has


class Speech:
    """The words of one edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.asked = edition.request
        self._rows: dict[str, dict[str, Mapping[str, Any]]] = {}

    def kind(self, name: str) -> Kind:
        """The kind of that name."""
        return self.edition.policy.catalogue.kind(name)

    @property
    def foreign(self) -> str:
        """The language to mark the school's own texts with; "" where it is that of the pages."""
        return "" if self.asked.language == self.asked.source else self.asked.source

    # -- texts of records ------------------------------------------------------------------

    def own(self, words: object) -> Text:
        """A text the school wrote, in the casebook's language."""
        return Text(str(words), self.foreign)

    def title(self, record: Record | Mapping[str, Any], field: str = "title") -> Text:
        """A title: in English where the pages are and it has one, else the school's own."""
        data = record if isinstance(record, dict) else record.data  # type: ignore[union-attr]
        other = data.get(f"{field}_{self.asked.language}")
        if other:
            return Text(str(other))
        return self.own(data.get(field) or data.get("id", ""))

    def wording(self, rule: Record, field: str = "") -> tuple[str, Text]:
        """Which wording of a rule is shown and its text: the one asked for, else the next."""
        for name in (field, *FALLBACK):
            if name and rule.text(name):
                said = rule.text(name)
                return name, Text(said, self._lang("en")) if name == "english" else self.own(said)
        return "", self.title(rule)

    def _lang(self, language: str) -> str:
        return "" if language == self.asked.language else language

    # -- labels ----------------------------------------------------------------------------

    def label(self, kind: str, *place: str) -> str:
        """A field's label as the beginning of a line."""
        return i18n.sentence(self.kind(kind).field_label(*place))

    def value(self, kind: str, value: object, *place: str) -> str:
        """A value in words."""
        return self.kind(kind).value_label(str(value), *place)

    def named(self, kind: str, data: Mapping[str, Any], *place: str) -> str:
        """All values of a field in words, with commas; "" when it is empty."""
        return ", ".join(self.value(kind, one, *place) for one in values(data.get(place[-1])))

    def said(self, kind: str, data: Mapping[str, Any], *place: str) -> Words:
        """The values of a field as words: a text as the school wrote it, choices as labels."""
        from casebook.validation import at, values_of

        node = at(self.kind(kind).schema, *place)
        inner = values_of(node)
        free = "enum" not in inner and "format" not in inner
        # Texts may hold commas of their own.
        named = [self.value(kind, one, *place) for one in values(data.get(place[-1]))]
        words = ("; " if free else ", ").join(named)
        return (self.own(words) if free else Text(words),) if words else ()

    def role(self, role: object) -> str:
        """What a role is called."""
        return self.kind("rule").role_label(str(role))

    def row(self, book: str, identity: str) -> Mapping[str, Any] | None:
        """A row of reference data."""
        if book not in self._rows:
            self._rows[book] = dict(self.edition.policy.reference(book))
        return self._rows[book].get(identity)

    def row_words(self, identity: str, *books: str) -> Inline:
        """A row's name, from the first book that has it, and whether it is uncertain."""
        for book in books:
            row = self.row(book, identity)
            if row is not None:
                return Text(self.row_name(row) + self.doubt(row))
        return Text(identity)

    def row_name(self, row: Mapping[str, Any], *fields: str) -> str:
        """What a row is called: its name, label or title in the language of the pages."""
        for field in fields or ("name", "label", "title"):
            for key in (f"{field}_{self.asked.language}", f"{field}_nl", field):
                if row.get(key):
                    return str(row[key])
        return str(row.get("id", ""))

    def doubt(self, row: Mapping[str, Any], field: str = "certainty") -> str:
        """`` (not checked)`` behind what nobody is sure of; "" behind the rest."""
        if row.get(field) not in UNCERTAIN:
            return ""
        if row.get(field) == "text-2010":
            return _(" (read in the law of 2010)")
        return f" ({certainty_text(str(row[field]), self.asked.language)})"

    # -- sections --------------------------------------------------------------------------

    def mark(self, record: Record) -> str:
        """The word behind the title of a text that does not apply yet."""
        return _("draft") if self.edition.is_draft(record) else ""

    def link(self, kind: str, reference: str) -> Inline:
        """The title of what a reference names, leading there when it is published."""
        record = self.edition.find(kind, reference)
        if record is None:
            return self.own(slug_of(reference))
        title = self.title(record)
        return Link(title.words, anchor(kind, record.id), title.lang)

    def section(self, record: Record, *blocks: Block, number: str = "") -> Section:
        """A section about one record, with its title, its place and its mark."""
        title = self.title(record)
        if number:
            title = Text(f"{number}. {title.words}", title.lang)
        return Section(
            title, blocks, anchor(record.kind, record.id), self.mark(record), record.kind
        )


def anchor(kind: str, identity: str) -> str:
    """The name of a record's section in addresses: the same whatever its version."""
    return f"{kind}-{slug_of(identity)}"
