"""Types of cases: one Markdown file each, with labels and choices in front and advice below.

It reads what stands there; whether it is complete is for ``problems`` to say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from casebook import i18n
from casebook.frozen import frozen
from casebook.regex import regex
from casebook.validation import convert

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebook.document import Document

    Labels = Mapping[str, str]

LANGUAGES: Final = ("en", "nl")
SECTIONS: Final[dict[str, dict[str, str]]] = {
    "advice": {"en": "Advice", "nl": "Advies"},
    "first_hour": {"en": "First hour", "nl": "Eerste uur"},
    "stop_message": {"en": "Stop message", "nl": "Stop-bericht"},
    "public": {"en": "For pupils", "nl": "Voor leerlingen"},
}
_HEADING: Final = regex(r"^## +(.+?) *\r?$", re.MULTILINE)
_YES_NO: Final = {"type": "string", "enum": ["yes", "no"]}
_TEXT: Final = {"type": "string", "maxLength": 400}
_WORDS: Final = {"type": "array", "items": {"type": "string", "maxLength": 120}}

SCHEMA: Final[dict[str, Any]] = {
    "title": "type",
    "type": "object",
    "required": [
        "id",
        "label_en",
        "label_nl",
        "definition_en",
        "definition_nl",
        "police",
        "circle",
    ],
    "additionalProperties": False,
    "patternProperties": {"^(?:label|definition|variant_labels)_[a-z]{2}$": {}, "^x_": {}},
    "properties": {
        "id": {"type": "string", "format": "slug"},
        "label_en": _TEXT,
        "label_nl": _TEXT,
        "definition_en": _TEXT,
        "definition_nl": _TEXT,
        "variants": {
            "type": "array",
            "items": {"type": "string", "format": "slug"},
            "uniqueItems": True,
        },
        "variant_labels_en": _WORDS,
        "variant_labels_nl": _WORDS,
        "words": _WORDS,
        "national_category": {"type": "string", "format": "slug"},
        "police": {"type": "string", "enum": ["always", "ask", "no"]},
        "procedure": {"type": "string", "format": "reference"},
        "circle": {"type": "string", "enum": ["school", "board"]},
        "light": _YES_NO,
        "fields": {"type": "object", "additionalProperties": {"type": "object"}},
    },
}


@frozen
class CaseType:
    """One type of case; ``label``, ``definition`` and the labels of ``variants`` by language.

    ``police`` is always, ask or no; ``circle`` school or board; ``light`` whether a case of it may
    be settled as light; ``words`` are what people also say; ``fields`` schemas of extra fields;
    ``body`` holds the advice below second-level headings.
    """

    id: str
    path: str
    label: Labels
    definition: Labels
    national_category: str
    police: str
    procedure: str
    circle: str
    light: bool
    variants: Mapping[str, Labels]
    words: tuple[str, ...]
    fields: Mapping[str, Mapping[str, Any]]
    body: str

    @property
    def title(self) -> str:
        """The label in the user's language."""
        return i18n.label(self.label, self.id)

    def advice(self, language: str = "") -> str:
        """What to do and not to do now; in the user's language when none is given."""
        return self._section("advice", language)

    def first_hour(self, language: str = "") -> str:
        """What to do in the first hour, in numbered lines."""
        return self._section("first_hour", language)

    def stop_message(self, language: str = "") -> str:
        """A text the school can send to those who have the content."""
        return self._section("stop_message", language)

    def public(self, language: str = "") -> str:
        """What pupils may read about it."""
        return self._section("public", language)

    def _section(self, name: str, language: str) -> str:
        headings, found = SECTIONS[name], sections(self.body)
        wanted = language or i18n.language()
        for heading in (headings.get(wanted, ""), headings["en"], headings["nl"]):
            if found.get(heading):
                return found[heading]
        return ""


def read_type(identity: str, document: Document) -> CaseType:
    """The type in a readable document; what is missing is empty."""
    data, _problems = convert(dict(document.data), SCHEMA)

    def text(key: str) -> str:
        value = data.get(key, "")
        return value if isinstance(value, str) else ""

    return CaseType(
        id=identity,
        path=document.path,
        label=_by_language(data, "label") or {"en": identity},
        definition=_by_language(data, "definition"),
        national_category=text("national_category"),
        police=text("police"),
        procedure=text("procedure"),
        circle=text("circle") or "school",
        light=text("light") == "yes",
        variants=_variants(data),
        words=_words(data.get("words")),
        fields={
            name: field_schema(name, raw)
            for name, raw in _map(data.get("fields")).items()
            if isinstance(raw, dict)
        },
        body=document.body,
    )


def sections(body: str) -> dict[str, str]:
    """The text below each second-level heading, without blank lines around it."""
    parts = _HEADING.split(body)
    return {parts[i]: parts[i + 1].strip() for i in range(1, len(parts), 2)}


def field_schema(name: str, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of an extra field as it is written in front matter, where all is text.

    ``label_nl`` becomes part of ``x-label``, ``ask_nl`` of ``x-ask``, ``labels_nl`` (a list in the
    order of ``enum``) of ``x-labels``; ``format`` and ``enum`` of an array belong to its entries.
    """
    out: dict[str, Any] = {"type": raw.get("type", "string")}
    inner = out
    if out["type"] == "array":
        inner = out["items"] = {"type": "string"}
        out["uniqueItems"] = True
    for key, value in raw.items():
        word, _underscore, language = key.rpartition("_")
        if key == "type":
            continue
        if word in ("label", "ask"):
            out.setdefault(f"x-{word}", {})[language] = value
        elif word == "labels":
            _add_labels(inner, raw.get("enum"), value, language)
        elif key == "text":
            out["x-text"] = value == "yes"
        elif key in ("format", "enum", "pattern", "maxLength"):
            inner[key] = _number(value)
        else:
            out[key] = _number(value)
    if out["type"] == "string" and not {"format", "enum", "maxLength"} & set(out):
        out["maxLength"] = 200
    return out


def _add_labels(inner: dict[str, Any], values: Any, labels: Any, language: str) -> None:
    if isinstance(values, list) and isinstance(labels, list):
        for value, label in zip(values, labels, strict=False):
            if isinstance(value, str):
                inner.setdefault("x-labels", {}).setdefault(value, {})[language] = label


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 7 else value


def _by_language(data: Mapping[str, Any], word: str) -> dict[str, str]:
    start = f"{word}_"
    return {
        key.removeprefix(start): value
        for key, value in data.items()
        if key.startswith(start) and isinstance(value, str)
    }


def _variants(data: Mapping[str, Any]) -> dict[str, Labels]:
    listed = data.get("variants")
    out: dict[str, dict[str, str]] = {
        one: {} for one in (listed if isinstance(listed, list) else ()) if isinstance(one, str)
    }
    for key, labels in data.items():
        if key.startswith("variant_labels_") and isinstance(labels, list):
            for one, label in zip(out, labels, strict=False):
                out[one][key.removeprefix("variant_labels_")] = str(label)
    return dict(out)


def _words(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
