"""Own commits made again on a newer commit, with other contents and the same author and message.

It decides no content and moves no branch: what it makes can be thrown away without a trace.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from casebook.errors import EnvironmentProblem, RefusedError
from casebook.frozen import frozen
from casebook.history import raw
from casebook.history.faults import fault
from casebook.history.log import LIST
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebook.history.repository import Repository


@frozen
class Own:
    """A commit that is not shared yet: author line, message, and what it changed.

    Paths are from the top of the repository, contents None where there is no file.
    """

    id: str
    author: tuple[str, str, str]  # name, e-mail, "@seconds zone"
    message: bytes
    changes: tuple[raw.RawChange, ...]

    @property
    def subject(self) -> str:
        """The first line of the message."""
        return self.message.decode("utf-8", "replace").partition("\n")[0]


def own_commits(repository: Repository, base: str, head: str) -> list[Own]:
    """The commits of ``head`` that ``base`` has not, oldest first.

    Raises RefusedError when there is a merge among them.
    """
    data = repository.git.run(
        *LIST, "--format=%H%x00%P%x00", "--reverse", "--topo-order", f"{base}..{head}", "--"
    )
    found = []
    for (commit, parents), changes in raw.history(data, 2):
        if len(parents.split()) != 1:
            raise RefusedError(
                _("Among your unsent changes is a merge made by hand; this cannot be replayed."),
                _("Ask who looks after the computers: the commit is {commit}.").format(
                    commit=commit[:10]
                ),
            )
        found.append(_own(repository, commit, tuple(changes)))
    return found


def _own(repository: Repository, commit: str, changes: tuple[raw.RawChange, ...]) -> Own:
    read = repository.objects.read(commit)
    head, _gap, message = (read[1] if read else b"").partition(b"\n\n")
    line = re.search(rb"^author (.*) <(.*)> (\d+ [+-]\d{4})$", head, re.MULTILINE)
    if line is None:
        raise EnvironmentProblem(_("A commit here cannot be read: {id}.").format(id=commit[:10]))
    name, mail, when = (part.decode("utf-8", "surrogateescape") for part in line.groups())
    return Own(commit, (name, mail, "@" + when), message, changes)


def content(repository: Repository, side: raw.Side | None) -> bytes | None:
    """The content of one side of a change; None where it does not exist."""
    return repository.objects.content(side) if side is not None and side.exists else None


def make(
    repository: Repository,
    onto: str,
    own: Own,
    files: Mapping[str, tuple[str, bytes | None]],
) -> str:
    """A commit on ``onto`` with ``files`` (path -> mode and content), by the author of ``own``.

    It is signed where the repository signs. Five git processes; no branch is moved.
    """
    git = repository.git
    folder = repository.git_dir / "casebook"
    folder.mkdir(exist_ok=True)
    index = folder / f"index-{os.getpid()}"
    more = {"GIT_INDEX_FILE": os.fspath(index)}
    try:
        git.run("read-tree", onto, more=more)
        lines = []
        for path, (mode, body) in files.items():
            if body is None:
                side = raw.Side(raw.ABSENT, "0" * 40)
            else:
                made = git.run("hash-object", "-w", "--stdin", stdin=body).decode("ascii").strip()
                side = raw.Side(mode, made)
            lines.append(f"{side.mode} {side.id}\t".encode("ascii") + os.fsencode(path) + b"\0")
        git.run("update-index", "-z", "--index-info", stdin=b"".join(lines), more=more)
        tree = git.run("write-tree", more=more).decode("ascii").strip()
    finally:
        index.unlink(missing_ok=True)
    return _commit(repository, tree, onto, own)


def _commit(repository: Repository, tree: str, parent: str, own: Own) -> str:
    name, mail, when = own.author
    author = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": mail, "GIT_AUTHOR_DATE": when}
    signed = ["-S"] if repository.config("commit.gpgsign") in ("true", "yes", "on", "1") else []
    answer = repository.git.ask(
        *("-c", "user.useConfigOnly=true", "commit-tree", *signed, "-p", parent, "-F", "-", tree),
        stdin=own.message,
        more=author,
    )
    if answer.code != 0:
        if repository.identity() is None:
            raise EnvironmentProblem(
                _("This computer does not know who you are, so nothing was saved."),
                _("Type: casebook init ."),
            )
        raise repository.git.failure(answer, "commit-tree")
    fault("made-anew")
    return answer.out.decode("ascii").strip()


def text_merge(repository: Repository, base: str, theirs: str, mine: str) -> str | None:
    """Three texts merged line by line by git, or None where the same lines were changed."""
    folder = repository.git_dir / "casebook"
    folder.mkdir(exist_ok=True)
    places = [folder / f"index-{name}-{os.getpid()}" for name in ("theirs", "base", "mine")]
    try:
        for place, text in zip(places, (theirs, base, mine), strict=True):
            place.write_bytes(text.encode("utf-8"))
        answer = repository.git.ask("merge-file", "-p", "-q", *map(os.fspath, places))
        return answer.out.decode("utf-8") if answer.code == 0 else None
    finally:
        for place in places:
            place.unlink(missing_ok=True)
