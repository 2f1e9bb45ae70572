"""The catalogue: all kinds and reference data of one snapshot's ``schemas/``.

Nothing is parsed before it is asked for, and nothing is remembered between runs.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from casebook.catalogue.jsonfile import load
from casebook.catalogue.kind import Kind
from casebook.catalogue.reporting import report
from casebook.errors import NoSuchRecordError
from casebook.i18n import _
from casebook.validation import Few

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.document import Document
    from casebook.finding import Finding
    from casebook.snapshot import Snapshot

SCHEMAS: Final = "schemas/"
SETTINGS: Final = f"{SCHEMAS}casebook.json"
REFERENCE: Final = f"{SCHEMAS}reference/"
_MOST_PLACED: Final = 1024  # files whose kinds are kept
_FEW: Final = 100  # records that are judged sooner than an engine is imported
_ROWS: Final = b"rows:\n"  # put in front of a file that is one list, so that it is fields


class Catalogue:
    """The data under ``schemas/`` of one snapshot; kinds are found by folder, without a list."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._reference: dict[str, tuple[list[Mapping[str, Any]], list[Finding]]] = {}
        # By path, of the files that were asked about last: in a history each comes back.
        self._placed: dict[str, Kind | None] = {}

    @classmethod
    def load(cls, snapshot: Snapshot) -> Catalogue:
        """The catalogue of a snapshot; files are read when first needed."""
        return cls(snapshot)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """All paths below ``schemas/``."""
        return tuple(entry.path for entry in self.snapshot.entries(SCHEMAS))

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """Name -> kind, sorted: every folder of ``schemas/`` with a ``schema.json``."""
        names = sorted(
            path.split("/")[1]
            for path in self.paths
            if path.count("/") == 2 and path.endswith("/schema.json")
        )
        few = Few(_FEW)
        return {name: Kind(name, self.snapshot, self._role_labels, few) for name in names}

    def _role_labels(self) -> dict[str, dict[str, str]]:
        """What each role and outside body is called, by language; as this kind of school does."""
        sector = str(self.settings.get("sector", ""))
        found: dict[str, dict[str, str]] = {}
        for row in (*self.reference("roles"), *self.reference("contacts")):
            if str(row.get("id", "")) in found:
                continue  # police, board and so on: a role has the word for both
            labels = {key: str(one) for key, one in row.items() if key.startswith("label_") and one}
            found[str(row.get("id", ""))] = {
                key.removeprefix("label_"): labels.get(f"{key}_{sector}", one)
                for key, one in labels.items()
                if key.count("_") == 1
            }
        return found

    def kind(self, name: str) -> Kind:
        """The kind of that name; raises NoSuchRecordError."""
        found = self.kinds.get(name)
        if found is None:
            raise NoSuchRecordError(
                _('This casebook has no records of the kind "{kind}".').format(kind=name),
                _("Do: put back {file}").format(file=f"{SCHEMAS}{name}/schema.json"),
            )
        return found

    def kind_at(self, path: str) -> Kind | None:
        """The kind a file at ``path`` belongs to by its place, rightly named or not, else None."""
        if path not in self._placed:
            if len(self._placed) >= _MOST_PLACED:
                self._placed.clear()
            near = self._in_folder(path.partition("/")[0])
            claims = (one for one in near if path.startswith(one.prefix) and one.claims(path))
            self._placed[path] = next(claims, None)
        return self._placed[path]

    def _in_folder(self, folder: str) -> Iterator[Kind]:
        """The kinds whose place is in a top folder, in their order.

        A kind tells its place when it is come to: a case is known before most schemas are opened.
        """
        yield from self._by_folder.get(folder, ())
        while self._unplaced:
            kind = self._unplaced[-1]
            top = kind.place.partition("/")[0]
            self._by_folder.setdefault(top, []).append(self._unplaced.pop())
            if top == folder:
                yield kind

    @cached_property
    def _by_folder(self) -> dict[str, list[Kind]]:
        return {}

    @cached_property
    def _unplaced(self) -> list[Kind]:
        return [*reversed(self.kinds.values())]

    @cached_property
    def _read_settings(self) -> tuple[dict[str, Any], list[Finding]]:
        raw = self.snapshot.read(SETTINGS)
        if raw is None:
            return {}, [report(SETTINGS, 0, 0, "data-missing")]
        data, found = load(raw, SETTINGS)
        return data or {}, found

    @property
    def settings(self) -> dict[str, Any]:
        """What ``casebook.json`` says; empty when it cannot be read."""
        return self._read_settings[0]

    @property
    def settings_findings(self) -> list[Finding]:
        """Why ``casebook.json`` cannot be read."""
        return self._read_settings[1]

    def reference(self, name: str) -> list[Mapping[str, Any]]:
        """The rows of ``schemas/reference/<name>.yaml``, in order, all scalars text.

        Empty when there is no such file or it cannot be read (``problems`` says why).
        """
        return self.read_reference(name)[0]

    def read_reference(self, name: str) -> tuple[list[Mapping[str, Any]], list[Finding]]:
        """The rows and what is wrong with the form of the file."""
        if name not in self._reference:
            path = f"{REFERENCE}{name}.yaml"
            raw = self.snapshot.read(path)
            self._reference[name] = rows(raw, path)[1:] if raw is not None else ([], [])
        return self._reference[name]

    @property
    def reference_names(self) -> list[str]:
        """The names of all files with reference data."""
        found = (path for path in self.paths if path.startswith(REFERENCE))
        names = (path.removeprefix(REFERENCE) for path in found if path.endswith(".yaml"))
        return [name.removesuffix(".yaml") for name in names]

    @property
    def broken(self) -> list[Finding]:
        """What keeps records from being judged at all: unusable schemas and workflows."""
        found: list[Finding] = []
        for kind in self.kinds.values():
            found += [*kind.files.schema_findings, *kind.files.workflow_findings]
        return found

    def problems(self) -> list[Finding]:
        """Everything wrong with the data themselves, with file and line; opens every file.

        What the states and moves of a workflow mean is judged by ``Workflow.problems``.
        """
        from casebook.catalogue.problems import problems

        return problems(self)


def rows(raw: bytes, path: str) -> tuple[Document | None, list[Mapping[str, Any]], list[Finding]]:
    """The document, its rows, and what is wrong: a file is a list of maps, or one field with it."""
    from casebook.document import parse  # YAML is imported only now
    from casebook.frozen import replace

    head = next((line for line in raw.splitlines() if line.strip()[:1] not in (b"", b"#")), b"")
    is_list = head.startswith(b"- ")
    document, found = parse(_ROWS + raw if is_list else raw, path)
    if is_list:
        found = [replace(one, line=max(one.line - 1, 0)) for one in found]
    if document is None:
        return None, [], found
    listed = next((value for value in document.data.values() if isinstance(value, list)), [])
    return document, [row for row in listed if isinstance(row, dict)], found
