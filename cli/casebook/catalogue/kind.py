"""A kind of record: where its files lie, which fields, types, states and words it has.

Everything is read from the data when first asked for; judging whether data are right is not here.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from casebook.catalogue import labels
from casebook.catalogue.kindfiles import KindFiles
from casebook.catalogue.places import plan, values_at
from casebook.catalogue.reading import only_record, read_record
from casebook.catalogue.typefiles import TypeFiles
from casebook.errors import FoundError
from casebook.i18n import _
from casebook.validation import (
    FORMATS,
    Converter,
    Few,
    Parts,
    Quick,
    Validator,
    at,
    resolved,
    values_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping

    from casebook.catalogue.places import Plan
    from casebook.document import Document
    from casebook.finding import Finding
    from casebook.record import Record
    from casebook.snapshot import Snapshot
    from casebook.validation import Pointer
    from casebook.workflow import Workflow

    Labels = Mapping[str, str]
    Roles = Mapping[str, Labels]

_MOST_IDS: Final = 1024  # files whose ids are kept
_IDS: Final = ("case-id", "versioned-slug", "slug")  # formats that an id may have


class Kind:
    """One folder of ``schemas/`` and the records it describes."""

    def __init__(
        self,
        name: str,
        snapshot: Snapshot,
        role_labels: Callable[[], Roles] = dict,
        few: Few | None = None,
    ) -> None:
        """``few`` is shared by kinds whose records are judged together."""
        self.name = name
        self._role_labels = role_labels
        self._few = few or Few()
        self.files = KindFiles(name, snapshot)
        self.types = TypeFiles(f"{self.files.folder}types/", snapshot)
        self._schemas: dict[tuple[str, ...], dict[str, Any]] = {}
        self._validators: dict[tuple[str, ...], Validator] = {}
        self._converters: dict[tuple[str, ...], Converter] = {}
        self._quick: dict[tuple[str, ...], Quick] = {}
        self._parts = Parts()
        self._codes: dict[str, frozenset[str]] = {}
        self._folders: dict[str, bool] = {}  # whether records lie in a folder
        self._ids: dict[str, str | None] = {}  # by path, of the files that were asked about last

    @property
    def schema(self) -> dict[str, Any]:
        """The schema without the extra fields of types; empty when it cannot be used at all."""
        return self.files.schema

    @cached_property
    def workflow(self) -> Workflow:
        """States and moves; without any for a kind that has none or whose file is unreadable."""
        return self.files.workflow

    @property
    def workflow_data(self) -> dict[str, Any]:
        """``workflow.json`` as it is; states and moves are empty for a kind without."""
        return self.files.workflow_data

    def template(self, language: str) -> str:
        """The template of a new record in that language, else in English; maybe empty."""
        return self.files.template(language)

    def start(self, language: str) -> tuple[dict[str, Any], str]:
        """The fields and the body a new record starts with, from its template.

        Raises FoundError when the fields of the template cannot be read.
        """
        text = self.template(language)
        if not text.startswith("---\n"):
            return {}, text
        from casebook.document import parse

        document, found = parse(text.encode(), f"{self.files.folder}template.{language}.md")
        if document is None:
            raise FoundError(_("The template of {kind} is wrong.").format(kind=self.name), found)
        return dict(document.data), document.body

    # -- words --------------------------------------------------------------------------------

    @property
    def label(self) -> dict[str, str]:
        """What a record of this kind is called, by language."""
        return dict(self.files.about.get("label", {}))

    @property
    def plural(self) -> dict[str, str]:
        """What several records of this kind are called, by language."""
        return dict(self.files.about.get("plural", {}))

    @property
    def journal(self) -> dict[str, str]:
        """The heading above the journal, by language; empty for a kind without one."""
        return dict(self.files.about.get("journal", {}))

    @property
    def title_field(self) -> str:
        """The field that says in one line what a record is about."""
        return str(self.files.about.get("title", "id"))

    @property
    def text_fields(self) -> tuple[str, ...]:
        """The fields that are part of an adopted text; empty for kinds that are not adopted."""
        return tuple(self.files.about.get("text", ()))

    @property
    def once(self) -> tuple[str, ...]:
        """The fields that belong to one version only: the next one starts without them."""
        return tuple(self.files.about.get("once", ()))

    def field_label(self, *place: str | int) -> str:
        """The label of a field: ``field_label("facts", "source")``; its name where it has none."""
        return labels.field_label(self, place)

    def value_label(self, value: str, *place: str | int) -> str:
        """The label of a value of a field, of a state or of a type; the value where it has none."""
        return labels.value_label(self, value, place)

    @cached_property
    def role_names(self) -> Roles:
        """What roles are called, by id and language; read when first shown."""
        return self._role_labels()

    def role_label(self, role: str) -> str:
        """What a role is called; the role itself where it has no label."""
        return labels.role_label(self, role)

    def find_value(self, typed: str, *place: str | int) -> str | None:
        """The allowed value that ``typed`` means (id or label, any language, any case), or None.

        An unambiguous beginning of three letters or more is enough.
        """
        return labels.find_value(self, typed, place)

    # -- places -------------------------------------------------------------------------------

    @cached_property
    def place(self) -> str:
        """The path of a record as a pattern: ``cases/{year}/{id}.md``."""
        return self.files.place

    @cached_property
    def prefix(self) -> str:
        """The folder all records lie in (``cases/``), or the path of the only one."""
        return self.place.partition("{")[0]

    def fits_id(self, identity: str) -> bool:
        """Whether a text has the form of an id of this kind."""
        form = self.files.about.get("id", "")
        return FORMATS[form].fits(identity) if form in _IDS else identity == self._only

    @property
    def _only(self) -> str:
        return self.place.rpartition("/")[2].removesuffix(".md")

    def path_of(self, identity: str) -> str | None:
        """Where the record with this id lies, or None when it is no id of this kind."""
        if not self.place or not self.fits_id(identity):
            return None
        return self.place.replace("{year}", identity[:4]).replace("{id}", identity)

    def id_of(self, path: str) -> str | None:
        """The id of the record at ``path``, or None when no record of this kind lies there."""
        if path not in self._ids:
            if len(self._ids) >= _MOST_IDS:
                self._ids.clear()
            identity = path.rpartition("/")[2].removesuffix(".md")
            self._ids[path] = identity if self.path_of(identity) == path else None
        return self._ids[path]

    def claims(self, path: str) -> bool:
        """Whether a file at ``path`` is meant to be a record of this kind, rightly named or not."""
        folder, _slash, name = path.rpartition("/")
        claimed = self._folders.get(folder)
        if claimed is None:
            claimed = self._folders[folder] = self._claims_folder(folder)
        return claimed and name != "README.md" and _may_be(self._last, name)

    def _claims_folder(self, folder: str) -> bool:
        wanted, given = self.place.split("/")[:-1], folder.split("/") if folder else []
        return bool(self.place) and len(wanted) == len(given) and all(map(_may_be, wanted, given))

    @cached_property
    def _last(self) -> str:
        return self.place.rpartition("/")[2]

    # -- fields -------------------------------------------------------------------------------

    def schema_for(self, type_id: str, *also: str) -> dict[str, Any]:
        """The schema with the extra fields and the variants of these types merged in."""
        key = (type_id, *also)
        if key not in self._schemas:
            self._schemas[key] = labels.merged(self.schema, self.types, key)
        return self._schemas[key]

    def validator_for(self, type_id: str, *also: str) -> Validator:
        """The compiled schema of these types; types without extra fields share one."""
        schema = self.schema_for(type_id, *also)
        key: tuple[str, ...] = () if schema is self.schema else (type_id, *also)
        if key not in self._validators:
            self._validators[key] = Validator(schema, "/".join((self.name, *key)), few=self._few)
        return self._validators[key]

    def converter_for(self, type_id: str, *also: str) -> Converter:
        """What types the fields of these types; made once."""
        key = (type_id, *also)
        if key not in self._converters:
            self._converters[key] = Converter(self.schema_for(*key))
        return self._converters[key]

    def quick_for(self, types: tuple[str, ...]) -> Quick:
        """What types and judges records of these types in which nothing is wrong; made once."""
        found = self._quick.get(types)
        if found is None:
            found = self._quick[types] = Quick(self.schema_for(*types), self._parts)
        return found

    def fields(self, type_id: str = "", *also: str) -> list[str]:
        """The names of the top-level fields, in order; those of the types come last."""
        return list(self.schema_for(type_id, *also).get("properties", {}))

    @cached_property
    def add_commands(self) -> dict[str, str]:
        """List field -> the word behind ``add`` (``persons`` -> ``person``)."""
        properties = self.schema.get("properties", {})
        return {
            name: node["x-add"]["command"] for name, node in properties.items() if "x-add" in node
        }

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """List field -> the letter its ids start with (``persons`` -> ``P``)."""
        found = {}
        for name, node in self.schema.get("properties", {}).items():
            prefix = node.get("x-add", {}).get("prefix") or node.get("x-prefix")
            if prefix:
                found[name] = prefix
        return found

    def code_fields(self, name: str) -> frozenset[str]:
        """The fields of a list's entries that hold codes of the record's own entries (``with``).

        The entry's own code, its ``id``, is none of them.
        """
        if name not in self._codes:
            node = at(self.schema, name)
            entry = resolved(values_of(node), self.schema).get("properties", {})
            codes = (
                one
                for one in entry
                if values_of(at(self.schema, name, one)).get("format") == "code"
            )
            self._codes[name] = frozenset(codes) - {"id"}
        return self._codes[name]

    def role_values(
        self, data: Mapping[str, Any], known: Container[str] = ()
    ) -> list[tuple[Pointer, str]]:
        """Every role in a record's data that is not ``known``, with its place."""
        return values_at(data, self._roles, known)

    @cached_property
    def _roles(self) -> Plan:
        return plan(self.schema, lambda node: values_of(node).get("format") == "role")

    def personal_fields(self, data: Mapping[str, Any]) -> Iterator[Pointer]:
        """The places in a record's data that may hold contact data."""
        return (pointer for pointer, _value in values_at(data, self._personal))

    @cached_property
    def _personal(self) -> Plan:
        return plan(self.schema, lambda node: "x-personal" in node)

    def references(self, data: Mapping[str, Any]) -> Iterator[tuple[Pointer, str, list[str]]]:
        """Every value that names something else: its place, itself, and what it may name.

        What it may name are kinds, ``case/types``, or ``reference/<name>`` for a row of a list.
        """
        for pointer, value in values_at(data, self._references):
            yield pointer, value, values_of(at(self.schema, *_names(pointer)))["x-refers"]

    @cached_property
    def _references(self) -> Plan:
        return plan(self.schema, lambda node: "x-refers" in values_of(node))

    # -- records ------------------------------------------------------------------------------

    def read(
        self, document: Document, before: Record | None = None
    ) -> tuple[Record | None, list[Finding]]:
        """The record in a document and everything wrong with its fields.

        ``before`` is another version in which nothing was wrong, for what did not change since.
        None only when the shape is so wrong that no program could go on (a list where a text
        belongs) or when the schema itself cannot be used; then there is at least one finding.
        """
        if self.files.schema_findings:
            return None, list(self.files.schema_findings)
        return read_record(self, document, before)

    def record(self, document: Document) -> Record | None:
        """The record in a document, or None, exactly where ``read`` gives one; nothing is judged.

        For whoever only wants to know what stands in it: much cheaper.
        """
        return None if self.files.schema_findings else only_record(self, document)


def _may_be(wanted: str, given: str) -> bool:
    """Whether one name of a path fits one of a place, where {year} and {id} stand for anything."""
    start, brace, rest = wanted.partition("{")
    if not brace:
        return wanted == given
    end = rest.partition("}")[2]
    return given.startswith(start) and given.endswith(end) and len(given) > len(start) + len(end)


def _names(pointer: Pointer) -> Pointer:
    """The place of a field, whatever the entry it stands in."""
    return tuple(step for step in pointer if isinstance(step, str))
