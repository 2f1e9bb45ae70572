"""The files of one kind: schema, workflow and templates, parsed when first asked for.

What they mean for records is not here; a file that cannot be used leaves findings.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from casebook import kit
from casebook.catalogue.jsonfile import load, locate
from casebook.catalogue.reporting import report
from casebook.i18n import _
from casebook.regex import regex
from casebook.validation import sound
from casebook.workflow import Workflow

if TYPE_CHECKING:
    from casebook.finding import Finding
    from casebook.snapshot import Snapshot

_PLACE: Final = regex(rb'"place"\s*:\s*"([^"\\]*)"')
EMPTY: Final[dict[str, Any]] = {"initial": "", "states": {}, "moves": {}}


class KindFiles:
    """The folder ``schemas/<name>/`` in one snapshot."""

    def __init__(self, name: str, snapshot: Snapshot) -> None:
        self.name = name
        self.folder = f"schemas/{name}/"
        self._snapshot = snapshot

    @cached_property
    def raw_schema(self) -> bytes:
        """The bytes of ``schema.json``."""
        return self._snapshot.read(f"{self.folder}schema.json") or b""

    @cached_property
    def _read_schema(self) -> tuple[Any, tuple[Finding, ...]]:
        data, found = load(self.raw_schema, f"{self.folder}schema.json")
        return data, tuple(found)

    @cached_property
    def schema(self) -> dict[str, Any]:
        """The schema without the extra fields of types; empty when it cannot be used at all."""
        data: dict[str, Any] = self._read_schema[0]
        return data if self._is_sound else {}

    @cached_property
    def _is_sound(self) -> bool:
        """Whether things can be looked up in the schema; of the shipped one the tests say so."""
        data, found = self._read_schema
        if self._is_shipped and not found:
            return True
        return sound(data) and _is_kind(data.get("x-kind"))

    @cached_property
    def place(self) -> str:
        """The path of a record as a pattern, found without reading the whole schema.

        Which kind a file belongs to is asked of all of them; most are not needed for more.
        """
        early = _PLACE.search(self.raw_schema.partition(b'"properties"')[0])
        return early[1].decode("utf-8", "replace") if early else str(self.about.get("place", ""))

    @cached_property
    def about(self) -> dict[str, Any]:
        """What the schema says about the kind as such (``x-kind``).

        Of a broken file at least the place, so that its records are named and not passed over.
        """
        data = self._read_schema[0]
        found: Any = data.get("x-kind") if isinstance(data, dict) else None
        if _is_kind(found):
            return dict(found)
        place = _PLACE.search(self.raw_schema)
        return {"place": place[1].decode("utf-8", "replace")} if place else {}

    @cached_property
    def _is_shipped(self) -> bool:
        """Whether the schema is the one of the starter kit, which the tests hold to the dialect."""
        return kit.is_shipped(f"{self.folder}schema.json", self.raw_schema)

    @cached_property
    def schema_findings(self) -> tuple[Finding, ...]:
        """What is wrong with the schema; while there is anything, no record can be judged."""
        data, found = self._read_schema
        if found or self._is_shipped:
            return found
        from casebook.validation import check_dialect

        return tuple(
            report(
                f"{self.folder}schema.json",
                *locate(self.raw_schema, one.pointer),
                "schema-dialect",
                message=one.message,
                remedy=one.remedy or _("Do: see schemas/README.md"),
            )
            for one in check_dialect(data, self.name)
        )

    @cached_property
    def raw_workflow(self) -> bytes | None:
        """The bytes of ``workflow.json``, or None for a kind without states."""
        return self._snapshot.read(f"{self.folder}workflow.json")

    @cached_property
    def _read_workflow(self) -> tuple[dict[str, Any], Workflow, tuple[Finding, ...]]:
        path = f"{self.folder}workflow.json"
        if self.raw_workflow is None:
            return EMPTY, Workflow.from_data(EMPTY), ()
        data, found = load(self.raw_workflow, path)
        if data is None:
            return EMPTY, Workflow.from_data(EMPTY), tuple(found)
        try:
            return data, Workflow.from_data(data), ()
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            wrong = report(path, 1, 1, "workflow-wrong", message=str(error))
            return data, Workflow.from_data(EMPTY), (wrong,)

    @property
    def workflow_data(self) -> dict[str, Any]:
        """``workflow.json`` as it is; states and moves are empty for a kind without."""
        return self._read_workflow[0]

    @property
    def workflow(self) -> Workflow:
        """States and moves; without any for a kind that has none or whose file is unreadable."""
        return self._read_workflow[1]

    @property
    def workflow_findings(self) -> tuple[Finding, ...]:
        """What keeps the workflow from being read at all; its content is judged elsewhere."""
        return self._read_workflow[2]

    def template(self, language: str) -> str:
        """The body a new record starts with, in that language, else in English; maybe empty."""
        for name in (f"template.{language}.md", "template.en.md", "template.md"):
            raw = self._snapshot.read(self.folder + name)
            if raw is not None:
                return raw.decode("utf-8-sig", "replace").replace("\r\n", "\n")
        return ""


def _is_kind(value: Any) -> bool:
    """Whether ``x-kind`` has the shape that the properties above need."""
    texts = ("place", "id", "title")
    maps = ("label", "plural", "journal")
    return (
        isinstance(value, dict)
        and all(isinstance(value.get(key, ""), str) for key in texts)
        and all(isinstance(value.get(key, {}), dict) for key in maps)
        and isinstance(value.get("text", []), list)
    )
