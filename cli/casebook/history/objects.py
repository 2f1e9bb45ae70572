"""Git's objects, read through one git process that stays open.

It reads what is asked for, keeps a few folders, and never changes anything.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from casebook.errors import EnvironmentProblem
from casebook.history.raw import ABSENT, Side
from casebook.i18n import _
from casebook.snapshot import EXECUTABLE, FILE, LINK
from casebook.store import read_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from casebook.history.run import Git
    from casebook.history.spawn import Conversation

READABLE = (FILE, EXECUTABLE)  # what a record may be
_WITH_CONTENT = (*READABLE, LINK)
_LARGE = 1 << 12  # bytes of a folder (some hundred names) of which one name is looked up by itself
_FOLDERS = 64  # folders kept as git stores them, by id and name: a command looks at a dozen


class Objects:
    """Git's objects by id or name; one ``cat-file`` for as long as it is needed."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._open: Conversation | None = None
        self._trees: dict[str, dict[str, Side]] = {}
        self._folders: dict[str, tuple[str, bytes] | None] = {}
        self._coming: list[str] = []  # folders that were asked for and not read yet

    def differing(self, folder: str) -> set[str]:
        """The paths below ``folder`` whose file on disk is not what the index holds."""
        found = self._git.run("diff-files", "--name-only", "-z", "--", folder or ".")
        return {os.fsdecode(path) for path in found.split(b"\0") if path}

    def on_disk(self, path: str) -> bytes | None:
        """The content of a regular file of the work tree, or None."""
        return read_entry(f"{self._git.root}/{path}")[1]

    def read(self, name: str) -> tuple[str, bytes] | None:
        """``(id, content)`` of an object, or None when there is none of that name."""
        if "\n" in name:
            return None
        return self._ask(name)

    def foresee(self, commit: str, folders: Sequence[str]) -> None:
        """Ask for folders of a commit that will be needed, and do not wait for the answers.

        They are taken before anything else is asked.
        """
        names = [commit + "^{tree}", *(f"{commit}:{one}" for one in folders if "\n" not in one)]
        names = [one for one in names if one not in self._folders and one not in self._coming]
        if len(self._folders) + len(names) < _FOLDERS:
            self._send(names)
            self._coming += names

    def folders_ahead(self, commit: str, folders: Sequence[str]) -> None:
        """The same, with one wait for all answers instead of one for each."""
        self.foresee(commit, folders)
        self._take()

    def _take(self) -> None:
        names, self._coming = self._coming, []
        for name, found in zip(names, self._answers(len(names)), strict=True):
            self._folders[name] = found
            if found is not None:
                self._folders[found[0]] = found

    def _ask(self, name: str) -> tuple[str, bytes] | None:
        self._take()
        self._send([name])
        return self._answers(1)[0]

    def _send(self, names: Sequence[str]) -> None:
        opened = self.open()
        with suppress(BrokenPipeError):  # told when the answer is read
            opened.input.write(question(names))
            opened.input.flush()

    def _answers(self, number: int) -> list[tuple[str, bytes] | None]:
        try:
            return [self._answer(self.open()) for _one in range(number)]
        except EnvironmentProblem:
            self.close()  # what was asked behind it would be taken for the next answer
            raise

    def _answer(self, opened: Conversation) -> tuple[str, bytes] | None:
        words = opened.output.readline().split()
        if len(words) == 3 and words[2].isdigit():
            content = opened.output.read(int(words[2]) + 1)[:-1]
            identity = words[0].decode("ascii")
            self.received(identity, words[1], content)
            return identity, content
        if not words:
            self.close()
            raise EnvironmentProblem(
                _("Git stopped while reading the history."), _("Type: casebook doctor")
            )
        return None

    def received(self, identity: str, kind: bytes, content: bytes) -> None:
        """Called with every object that git handed out, before anybody sees it."""

    def open(self) -> Conversation:
        """The process that reads; started early, it is ready when it is first asked."""
        if self._open is None:
            # Several answers go through the pipe at once, up to the "flush" that ends a question.
            self._open = self._git.talk("cat-file", "--batch-command", "--buffer")
        return self._open

    def changed(self, old: str, new: str, folder: str = "") -> Iterator[tuple[str, Side]]:
        """Every path that differs between two trees (ids, or "" for nothing) and its new side."""
        was_there, is_there = (self._pieces(one) if one else frozenset() for one in (old, new))
        before, after = (
            dict(map(_named, was_there - is_there)),
            dict(map(_named, is_there - was_there)),
        )
        for name in sorted({*before, *after}):
            was, now = before.get(name), after.get(name)
            if name.endswith("/"):
                inner = (was.id if was else "", now.id if now else "")
                yield from self.changed(*inner, f"{folder}{name}")
            else:
                yield folder + name, now or Side(ABSENT, "0" * 40)

    def commit(self, name: str) -> tuple[str, list[str]] | None:
        """The tree and the parents of a commit, by their ids; None when there is none."""
        found = self.read(name)
        if found is None:
            return None
        lines = [line.split() for line in found[1].partition(b"\n\n")[0].split(b"\n")]
        parents = [words[1].decode("ascii") for words in lines if words[:1] == [b"parent"]]
        return lines[0][1].decode("ascii"), parents

    def content(self, side: Side) -> bytes | None:
        """The content of one side of a change; a submodule's is its commit's id."""
        if not side.exists:
            return None
        if side.kind not in _WITH_CONTENT:
            return side.id.encode("ascii")
        found = self.read(side.id)
        if found is None:
            raise EnvironmentProblem(
                _("A piece of the history is missing here ({id}).").format(id=side.id),
                _("Get it again from the shared casebook: git fetch --refetch"),
            )
        return found[1]

    def tree(self, name: str) -> dict[str, Side]:
        """The names in one folder, in git's order; folders end with ``/``."""
        if name not in self._trees:
            found = self._folder(name)
            self._trees[name] = {} if found is None else dict(map(_named, _split(*found)))
        return self._trees[name]

    def side(self, tree: str, name: str) -> Side | None:
        """What one name in a folder stands for, or None; of a large folder nothing else is read."""
        found = None if tree in self._trees else self._folder(tree)
        if found is None or len(found[1]) < _LARGE:
            return self.tree(tree).get(name)
        wanted = os.fsencode(name.removesuffix("/"))
        if b" %b\0" % wanted not in found[1]:
            return None
        # A name may hold the sign that ends a mode: only whole entries are compared.
        pieces = (one for one in _split(*found) if one.partition(b"\0")[0].endswith(wanted))
        return dict(map(_named, pieces)).get(name)

    def _pieces(self, tree: str) -> frozenset[bytes]:
        """The entries of a folder as git stores them, to be compared without being read."""
        found = self._folder(tree)
        return frozenset() if found is None else frozenset(_split(*found))

    def _folder(self, name: str) -> tuple[str, bytes] | None:
        """A folder as git stores it; the last few are remembered."""
        if name not in self._folders:
            self._take()
        if name not in self._folders:
            if len(self._folders) >= _FOLDERS:
                self._folders.clear()
            self._folders[name] = self.read(name)
        return self._folders[name]

    def close(self) -> None:
        """End the git process, if there is one."""
        self._coming = []
        if self._open is not None:
            self._open.close()
            self._open = None


def question(names: Iterable[str]) -> bytes:
    """What git is asked for the content of objects; no name of one holds a line end."""
    return os.fsencode("".join([f"contents {name}\n" for name in names]) + "flush\n")


def _split(tree: str, data: bytes) -> Iterator[bytes]:
    """The entries of a folder: mode, name and id, one behind the other."""
    size = len(tree) // 2 + 1
    at = 0
    while at < len(data):
        end = data.index(b"\0", at) + size
        yield data[at:end]
        at = end


def _named(entry: bytes) -> tuple[str, Side]:
    """The name that an entry of a folder gives, and what it stands for."""
    about, _zero, identity = entry.partition(b"\0")
    mode, _space, name = about.partition(b" ")
    side = Side(mode.decode("ascii").rjust(6, "0"), identity.hex())
    return os.fsdecode(name) + ("/" if mode == b"40000" else ""), side


def object_id(content: bytes, like: str = "") -> str:
    """Git's id of a file's content, in the format (SHA-1 or SHA-256) of the id ``like``."""
    data = b"blob %d\0" % len(content) + content
    if len(like) != 64:
        with suppress(ImportError):
            # Git's usual digest without the library of ciphers that ``hashlib`` loads with it.
            from _sha1 import sha1  # type: ignore[import-not-found]

            return str(sha1(data).hexdigest())
    import hashlib

    return (hashlib.sha256 if len(like) == 64 else hashlib.sha1)(data).hexdigest()


def holds(content: bytes | None, side: Side | None) -> bool:
    """Whether git holds exactly this content (line ends apart); None and absent agree."""
    if content is None or side is None or not side.exists:
        return content is None and (side is None or not side.exists)
    return side.id in (
        object_id(content, side.id),
        object_id(content.replace(b"\r\n", b"\n"), side.id),
    )
