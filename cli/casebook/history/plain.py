"""The history as it is stored: without replaced objects, grafts and prepared shortcuts.

It reads; every object that it hands out has been counted again and is the one of that name.
"""

from __future__ import annotations

import hashlib
import os
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from casebook.errors import EnvironmentProblem
from casebook.frozen import frozen
from casebook.history import log
from casebook.history.objects import Objects, question
from casebook.history.run import Git
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from casebook.history.raw import RawChange, Side
    from casebook.history.repository import Repository
    from casebook.snapshot import Change

# A file that only speeds git up could tell of other parents than the commits do.
_STORED: Final = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": f"{os.devnull}/none"}
_SETTINGS: Final = (
    *("-c", "core.commitGraph=false", "-c", "core.useReplaceRefs=false"),
    *("-c", "core.multiPackIndex=false"),
)
_NAMES: Final = 40_000  # names in folders kept in memory
_CACHE: Final = 8 << 20  # bytes of content kept in memory
_BESIDE: Final = 200  # bytes that keeping one content takes besides
_AHEAD: Final = 500  # questions at once: they must fit in a pipe that nobody reads yet


class DamagedError(EnvironmentProblem):
    """An object of the history is not there, or is not the one of that name."""

    def __init__(self, identity: str) -> None:
        super().__init__(
            _("A piece of the history is damaged or missing ({id}).").format(id=identity)
        )
        self.id = identity


class PlainGit(Git):
    """Git that shows what is stored."""

    def environment(self, *, commit: bool = False, more: Mapping[str, str] = {}) -> dict[str, str]:
        """As every process gets it, with what hides or replaces history turned off."""
        return super().environment(commit=commit, more={**_STORED, **more})

    def _argv(self, arguments: Sequence[str]) -> list[str]:
        argv = super()._argv(arguments)
        return [*argv[:3], *_SETTINGS, *argv[3:]]


class CheckedObjects(Objects):
    """Objects whose content is counted again and compared with their name.

    Many can be asked for at once (``ahead``); the latest stay in memory, up to some megabytes.
    """

    def __init__(self, git: Git) -> None:
        super().__init__(git)
        self._names = 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    def ahead(self, ids: Sequence[str]) -> None:
        """Read objects that will be asked for soon: a question at a time costs a wait each."""
        wanted = [one for one in dict.fromkeys(ids) if one not in self._kept][:_AHEAD]
        if not wanted:
            return
        self._take()
        talk = self.open()
        try:
            talk.input.write(question(wanted))
            talk.input.flush()
            for one in wanted:
                words = talk.output.readline().split()
                if len(words) == 3:
                    content = talk.output.read(int(words[2]) + 1)[:-1]
                    if is_named(one, words[1], content):
                        self._keep(one, content)
                elif words[1:] != [b"missing"]:
                    raise BrokenPipeError
        except (BrokenPipeError, ValueError):
            self.close()  # whoever asks for the damaged one itself is told

    def read(self, name: str) -> tuple[str, bytes] | None:
        """``(id, content)`` of an object; raises DamagedError when its content is another's."""
        kept = self._kept.get(name)
        if kept is not None:
            self._kept.move_to_end(name)
            return name, kept
        found = super().read(name)
        if found is not None:
            self._keep(*found)
        return found

    def received(self, identity: str, kind: bytes, content: bytes) -> None:
        """Count the content again: raises DamagedError unless it is that of this name."""
        if not is_named(identity, kind, content):
            raise DamagedError(identity)

    def _keep(self, identity: str, content: bytes) -> None:
        if len(content) > _CACHE // 8:
            return
        self._kept[identity] = content
        self._size += len(content) + _BESIDE
        while self._size > _CACHE:
            self._size -= len(self._kept.popitem(last=False)[1]) + _BESIDE

    def content(self, side: Side) -> bytes | None:
        """The content of one side of a change; raises DamagedError."""
        try:
            return super().content(side)
        except DamagedError:
            raise
        except EnvironmentProblem as error:
            raise DamagedError(side.id) from error

    def tree(self, name: str) -> dict[str, Side]:
        """The names in one folder; only some folders are remembered."""
        if self._names > _NAMES:
            self._trees.clear()
            self._names = 0
        known = name in self._trees
        found = super().tree(name)
        if not known:
            self._names += len(found)
        return found


def is_named(identity: str, kind: bytes, content: bytes) -> bool:
    """Whether an object of this kind and content is the one of that name."""
    method = hashlib.sha256 if len(identity) == 64 else hashlib.sha1
    return method(b"%s %d\0" % (kind, len(content)) + content).hexdigest() == identity


@frozen
class Source:
    """Where a history is read from: git, its objects, and the way from the top to the casebook."""

    git: Git
    objects: CheckedObjects
    prefix: str
    common_dir: Path

    def changes(self, found: list[RawChange]) -> Iterator[Change]:
        """Raw changes below the casebook with their content."""
        return log.as_changes(self, found)

    def close(self) -> None:
        """End the git process that reads objects."""
        self.objects.close()


def source(repository: Repository) -> Source:
    """The stored history of a repository with a work tree."""
    git = PlainGit(repository.root)
    return Source(git, CheckedObjects(git), repository.prefix, repository.common_dir)


def source_at(folder: Path) -> Source:
    """The stored history of a bare repository, also from inside its own hooks."""
    git = PlainGit(folder, in_hook=True)
    return Source(git, CheckedObjects(git), "", folder)
