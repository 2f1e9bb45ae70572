"""The files of ``types/``: a map from the name of a type to its content, read when asked for.

It does not judge them; a file that cannot be read is simply not in the map.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from casebook import kit
from casebook.catalogue.types import CaseType, read_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.document import Document
    from casebook.finding import Finding
    from casebook.snapshot import Entry, Snapshot


class TypeFiles(Mapping[str, CaseType]):
    """Type id -> CaseType, sorted; iterating lists names and opens no file."""

    def __init__(self, folder: str, snapshot: Snapshot) -> None:
        self.folder = folder
        self._snapshot = snapshot
        self._parsed: dict[str, tuple[Document | None, list[Finding]]] = {}
        self._read: dict[str, CaseType] = {}
        self._shipped: dict[str, bool] = {}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all type files, readable or not."""
        found = (entry.path.removeprefix(self.folder) for entry in self._listed())
        return tuple(sorted(name.removesuffix(".md") for name in found))

    def _listed(self) -> Iterator[Entry]:
        for entry in self._snapshot.entries(self.folder):
            name = entry.path.removeprefix(self.folder)
            if name.endswith(".md") and "/" not in name and name != "README.md":
                yield entry

    def path_of(self, name: str) -> str:
        """The path of a type's file."""
        return f"{self.folder}{name}.md"

    def document(self, name: str) -> tuple[Document | None, list[Finding]]:
        """The parsed file of a type, and what is wrong with its form."""
        if name not in self._parsed:
            from casebook.document import parse  # YAML is imported only now

            path = self.path_of(name)
            raw = self._snapshot.read(path) if name in self.names else None
            self._parsed[name] = parse(raw, path) if raw is not None else (None, [])
        return self._parsed[name]

    def is_shipped(self, name: str) -> bool:
        """Whether a type is one of the starter kit, whose types the tests hold to the dialect."""
        if name not in self._shipped:
            document = self.document(name)[0]
            path = self.path_of(name)
            self._shipped[name] = document is not None and kit.is_shipped(path, document.raw)
        return self._shipped[name]

    def __getitem__(self, name: str) -> CaseType:
        if name not in self._read:
            document = self.document(name)[0]
            if document is None:
                raise KeyError(name)
            self._read[name] = read_type(name, document)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)
