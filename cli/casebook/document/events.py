"""The strict reading of YAML: events of the parser become text, lists and maps, or findings.

It converts nothing (every scalar is text) and keeps no places; ``layout`` finds those again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

try:
    from yaml.cyaml import CParser as _Parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover - PyYAML without libyaml: same results, much slower
    from yaml.loader import BaseLoader as _Parser  # type: ignore[assignment]

from casebook.document.decoding import IN_VALUE, refused_character
from casebook.document.reporting import named, report
from casebook.document.syntax import MOST_DEEP, explained
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Callable

    from casebook.finding import Finding

Value: TypeAlias = "str | list[Value] | dict[str, Value]"

PARSER: Final[Callable[[str | bytes], Any]] = _Parser

MOST_VALUES: Final = 2000

NULLS: Final = frozenset({"~", "null", "Null", "NULL"})
HIDDEN: Final = regex(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\ufeff]"
)
KEY: Final = regex(
    r"(?!(?:null|Null|NULL)\Z)(?:[^\W\d][\w.@/+-]*\Z|\d[\w.@/+-]*[^\W\d][\w.@/+-]*\Z)"
)


_ASKED: Final = regex(r"(?:^|[{,\[])[ \t-]*\?[ \t]+\Z", re.MULTILINE)


class _Stop(Exception):  # noqa: N818 - not an error: the caps of a file are reached
    """Nothing further is read."""


class Loader:
    """Reads one block of fields; ``findings`` holds what is wrong, in the order of the text."""

    __slots__ = ("_asks", "_cuts", "_left", "_next", "_path", "_text", "findings")

    def __init__(self, text: str, path: str, parser: Callable[[str], Any] = PARSER) -> None:
        self.findings: list[Finding] = []
        self._text = text
        self._path = path
        self._next = parser(text).get_event
        self._left = MOST_VALUES
        self._cuts = " #" in text
        self._asks = "? " in text

    def load(self) -> dict[str, Value]:
        """The fields; to be used only when no finding is an error."""
        try:
            return self._document()
        except MarkedYAMLError as error:
            self._add(explained(error, self._text, self._path))
        except _Stop:
            pass
        return {}

    def _document(self) -> dict[str, Value]:
        self._next()  # the start of the stream
        start = self._next()
        if type(start) is StreamEndEvent:
            self._say("front-matter-empty", start)
            return {}
        if start.version or start.tags:
            self._say("directive", start)
        root = self._next()
        data: dict[str, Value] = {}
        if type(root) is MappingStartEvent:
            self._refuse_properties(root)
            data = self._map(1)
            if not data:
                self._say("front-matter-empty", root)
        else:
            empty = type(root) is ScalarEvent and not root.value
            if empty:  # a directive below the first fence ends the block before it began
                self._next()
                self._next()
            self._say("front-matter-empty" if empty else "front-matter-not-fields", root)
            raise _Stop
        end = self._next()
        if end.explicit or type(self._next()) is not StreamEndEvent:
            self._say("second-block", end)
        return data

    def _map(self, depth: int) -> dict[str, Value]:
        """Keys and values up to the end of the map; a repeated key is named with both lines."""
        following = self._next
        out: dict[str, Value] = {}
        keys: list[Any] = []
        while True:
            key = following()
            if type(key) is not ScalarEvent:
                if type(key) is MappingEndEvent:
                    return out
                self._say("anchor-or-alias" if type(key) is AliasEvent else "key-not-plain", key)
                raise _Stop
            name = key.value
            if (
                key.style
                or key.anchor
                or key.tag
                or not (name.isidentifier() and name.isascii())
                or name in NULLS
                or self._asks
            ):
                self._judge_key(key)
            if name in out:
                first = next(other for other in keys if other.value == name)
                self._say("duplicate-key", key, key=name, first=first.start_mark.line + 1)
            keys.append(key)
            value = following()
            if type(value) is ScalarEvent:
                out[name] = self._scalar(value, name == "id")
            else:
                out[name] = self._collection(value, depth)

    def _collection(self, event: Any, depth: int) -> Value:
        """A list or map that starts with this event; anything else ends the reading."""
        if type(event) is AliasEvent:
            self._say("anchor-or-alias", event)
            return ""
        self._count(event)
        self._refuse_properties(event)
        if depth == MOST_DEEP:
            self._say("nested-too-deep", event, most=MOST_DEEP)
            raise _Stop
        if type(event) is MappingStartEvent:
            return self._map(depth + 1)
        out: list[Value] = []
        while True:
            entry = self._next()
            if type(entry) is ScalarEvent:
                out.append(self._scalar(entry, False))
            elif type(entry) is SequenceEndEvent:
                return out
            else:
                out.append(self._collection(entry, depth + 1))

    def _scalar(self, event: Any, is_id: bool) -> str:
        """The text of a value."""
        self._left -= 1
        if self._left < 0:
            self._count(event)
        if event.anchor or event.tag:
            self._refuse_properties(event)
        text: str = event.value
        style = event.style
        if not style:
            if text in NULLS:
                self._say("null-value", event, value=text)
            elif self._cuts and text:
                self._judge_cut(event.end_mark)
        elif style == '"':
            bad = IN_VALUE.search(text)
            if bad:
                self.findings.append(refused_character(self._path, _place(event), bad[0]))
        if is_id and not text.isascii():
            self._judge_hidden(event)
        return text

    def _count(self, event: Any) -> None:
        if self._left <= 0:
            self._say("too-many-values", event, most=MOST_VALUES)
            raise _Stop
        self._left -= 1

    def _refuse_properties(self, event: Any) -> None:
        if event.anchor:
            self._say("anchor-or-alias", event)
        if event.tag:
            self._say("tag", event)

    def _judge_key(self, key: Any) -> None:
        """A key that is more than a plain ASCII word: quoted, with signs, a number, hidden."""
        self._refuse_properties(key)
        name = key.value
        bad = IN_VALUE.search(name)
        if bad:
            self.findings.append(refused_character(self._path, _place(key), bad[0]))
        elif name == "<<" and not key.style:
            self._say("merge-key", key)
        elif HIDDEN.search(name):
            self._judge_hidden(key)
        elif not self._is_plain(key):
            self._say("key-not-plain", key)

    def _is_plain(self, key: Any) -> bool:
        """Whether a key is a word, or quoted; and not behind a question mark, known to few."""
        name, start = key.value, key.start_mark.index
        if self._asks and _ASKED.search(self._text, max(0, start - 80), start):
            return False
        return name.strip() == name != "" if key.style in ("'", '"') else bool(KEY.match(name))

    def _judge_hidden(self, event: Any) -> None:
        hidden = HIDDEN.search(event.value)
        if hidden:
            self._say("invisible-character", event, character=named(hidden[0]))

    def _judge_cut(self, end: Any) -> None:
        """One space before # is a slip, two are a remark; ``#word`` is a slip anyway."""
        after = self._text[end.index : end.index + 8]
        sign = after.find("#")
        if sign > 0 and after[:sign].isspace() and "\n" not in after[:sign]:
            glued = after[sign + 1 : sign + 2].isalnum()
            if glued or after.startswith(" #"):
                place = (end.line + 1, end.column + sign + 1)
                self.findings.append(report(self._path, *place, "comment-cuts-value"))

    def _say(self, check: str, event: Any, **values: Any) -> None:
        self._add(report(self._path, *_place(event), check, **values))

    def _add(self, finding: Finding) -> None:
        """One finding of a kind per line is enough."""
        last = self.findings[-1] if self.findings else None
        if not last or (last.check, last.line) != (finding.check, finding.line):
            self.findings.append(finding)


def _place(event: Any) -> tuple[int, int]:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1
