"""One person's desk: the casebook on disk, its repository, and safe ways to read and judge.

It holds the lock and makes the commit; how a record is changed under it stands in ``writing``.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from casebook import ids
from casebook.actions.tails import ending_in
from casebook.document import parse
from casebook.errors import (
    EnvironmentProblem,
    FoundError,
    NoSuchRecordError,
    RefusedError,
    UsageError,
)
from casebook.i18n import _
from casebook.policy import Policy
from casebook.snapshot import Change, Overlay
from casebook.worktree import WorkTree
from casebook.world import CaseWorld

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from casebook.actions.answers import Reader
    from casebook.casebook import Casebook
    from casebook.catalogue import Kind
    from casebook.checks.base import Judgement
    from casebook.finding import Finding
    from casebook.history import Repository
    from casebook.record import Record


LAW = ("schemas/", "policy/")


class Desk:
    """The records of one casebook for one run: found, read, judged, and committed."""

    def __init__(self, casebook: Casebook, *, in_hook: bool = False) -> None:
        self.casebook = casebook
        self.in_hook = in_hook
        self._watched: str | None = None  # the newest commit when this command began to look
        self.tree = WorkTree(casebook.root, casebook.outside, LAW)

    @cached_property
    def now(self) -> datetime:
        """The moment of this run."""
        return self.casebook.clock()

    @cached_property
    def policy(self) -> Policy:
        """Schemas and policy as they stand on disk."""
        return Policy(self.tree)

    @cached_property
    def world(self) -> CaseWorld:
        """The world around cases, on disk."""
        return CaseWorld(self.policy, self.tree, self.now)

    @cached_property
    def cases(self) -> Kind:
        """The kind ``case``."""
        return self.policy.catalogue.kind("case")

    def kind_of(self, record: Record) -> Kind:
        """The kind a record is of."""
        return self.policy.catalogue.kind(record.kind)

    @cached_property
    def repository(self) -> Repository:
        """The repository around the casebook; raises EnvironmentProblem when there is none."""
        from casebook.history import find_repository

        found = find_repository(self.casebook.root, in_hook=self.in_hook)
        if found is None:
            raise EnvironmentProblem(
                _("This casebook has no history yet."), _("Do: casebook init .")
            )
        return found

    def close(self) -> None:
        """End what was started to read history."""
        if "repository" in self.__dict__:
            self.repository.close()

    @cached_property
    def role(self) -> str:
        """The role of who acts, from this computer's settings; empty when it was never told."""
        return self.casebook.actor.role or self.repository.role()

    # -- finding ---------------------------------------------------------------------------

    def case_ids(self) -> list[str]:
        """The ids of all case files, readable or not, sorted."""
        kind = self.cases
        found = (kind.id_of(path) for path in self.tree.paths(kind.prefix))
        return sorted(identity for identity in found if identity)

    def find_case(self, typed: str) -> str:
        """The id that was meant: the id or its unique tail, in any case.

        Raises NoSuchRecordError with the nearest ids, UsageError when several are meant.
        """
        wanted = ids.normal(typed)
        # The common cases need no look at all the names.
        if ids.FULL.fullmatch(wanted):
            path = self.cases.path_of(wanted)
            if path is not None and self.tree.holds(path):
                return wanted
        elif ids.TAIL.fullmatch(wanted):
            found = ending_in(self.tree, self.cases, wanted)
            if len(found) == 1:
                return found[0]
        known = self.case_ids()
        matches = ids.matching(typed, known)
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise UsageError(
                _('"{typed}" can be more than one case.').format(typed=typed),
                _("Choose one of: {options}").format(options=", ".join(matches)),
            )
        near = ids.nearest(typed, known)
        raise NoSuchRecordError(
            _('There is no case "{typed}" here.').format(typed=typed),
            _("Did you mean: {options}?").format(options=", ".join(near))
            if near
            else _("Look with: git case list --all"),
        )

    def case(self, typed: str) -> Record:
        """The case that was meant, as it is on disk; raises FoundError when it is unreadable."""
        path = self.cases.path_of(self.find_case(typed))
        assert path is not None  # noqa: S101 - found by its path
        return self.load(path)

    def load(self, path: str) -> Record:
        """The record at ``path``; raises FoundError with its findings, NoSuchRecordError."""
        raw = self.tree.read(path)
        if raw is None:
            raise NoSuchRecordError(_("There is no file {path}.").format(path=path))
        record, findings = self.read(raw, path)
        if record is None:
            raise FoundError(
                _("{path} cannot be read.").format(path=path),
                findings,
                _("Repair the file, then try again; nothing was changed."),
            )
        return record

    def read(self, raw: bytes, path: str) -> tuple[Record | None, list[Finding]]:
        """The record in these bytes, or None, and what is wrong with it."""
        kind = self.policy.catalogue.kind_at(path)
        if kind is None:
            return None, parse(raw, path)[1]
        found = self.policy.shelf.read(kind, path, raw)
        return found.record, list(found.findings)

    def reader(self, record: Record | None = None, kind: Kind | None = None) -> Reader:
        """What turns typed answers into values for this record."""
        from casebook.actions.answers import Reader

        data = record.data if record is not None else {}
        chosen = kind or (self.kind_of(record) if record is not None else self.cases)
        return Reader(
            self.now,
            data,
            self.policy.role_rows,
            chosen.schema,
            self.find_case,
            self.find_version,
            lambda: self.policy.reference("contacts"),
        )

    def find_version(self, kinds: Sequence[str], typed: str) -> str:
        """The version of a policy record that is meant: as typed, else the one in force today.

        What names nothing is answered as it was typed; the checks say what is wrong with it.
        """
        if "@" in typed:
            return typed
        today = self.now.date()
        found = (self.policy.find(kind, typed, today) for kind in kinds)
        return next((one.id for one in found if one is not None), typed)

    # -- judging and writing ---------------------------------------------------------------

    def judgement(self, changes: Sequence[Change]) -> Judgement:
        """The step from what is on disk to the same with all these changes, by the law on disk."""
        from casebook.checks import judge as judging

        old = Overlay(self.tree, {one.path: one.before for one in changes})
        new = Overlay(self.tree, {one.path: one.after for one in changes})
        return judging.judgement(self.casebook, old, new, policy=self.policy)

    def judge(self, changes: Sequence[Change]) -> list[Finding]:
        """All findings on changes that are made together."""
        from casebook.checks import judge as judging

        return judging.judge(changes, self.judgement(changes))

    def fresh(self, changes: Sequence[Change], found: Sequence[Finding]) -> list[Finding]:
        """The findings that were not there before: an old warning is not repeated every time."""
        if not found:
            return []
        from casebook.checks import judge as judging

        context = judging.judgement(self.casebook, self.tree, self.tree, policy=self.policy)
        before = [Change(one.path, one.before, one.before) for one in changes if one.before]
        old = judging.judge(before, context, changed=False)
        known = {(one.path, one.check, one.message) for one in old}
        return [one for one in found if (one.path, one.check, one.message) not in known]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only command that writes here, with nothing of git's or of a sync half done."""
        self.repository.require_quiet()
        with self.repository.lock():
            if self.repository.is_half_moved():
                from casebook.history import advance

                advance.finish(self.repository)
                self.forget()
            yield

    def watch(self) -> None:
        """Begin to look at what a lock will find unchanged, unless another command commits.

        Hand edits that are not saved by then count as made later: they are judged when saved.
        What was last saved will be asked for first of all under the lock: git gets ready for that.
        """
        self._watched = self.repository.head()
        self.repository.foresee()

    def forget(self) -> None:
        """Look again at the other records: something was or may have been committed."""
        self.tree.forget()
        self.__dict__.pop("world", None)

    @contextmanager
    def writing(self, *, dry_run: bool) -> Iterator[None]:
        """The same for one record that will be written; a dry run needs no lock."""
        if dry_run:
            yield
            return
        with self.locked():
            if self._watched is None or self._watched != self.repository.head():
                self.forget()
            self.repository.foresee_commit()
            yield

    def commit(
        self,
        files: Mapping[str, bytes],
        message: str,
        trailers: list[tuple[str, str]],
        expect: Mapping[str, bytes | None] | None,
        meanwhile: Callable[[], None] | None = None,
    ) -> str:
        """Commit judged files in the name of the role; ``expect`` is what stood there before.

        ``meanwhile`` is carried out while git makes the commit.
        """
        if self.role:
            trailers = [*trailers, ("By", self.role)]
        try:
            return self.repository.commit(
                files,
                message,
                trailers,
                expect=expect,
                is_judged=lambda: law_is_saved(self),
                meanwhile=meanwhile,
            )
        finally:
            self._watched = None

    def require_saved(self, record: Record) -> None:
        """Raise RefusedError when the file differs from what was last saved."""
        saved = self.saved(record.path)
        now = record.document.raw
        if saved is None or saved.replace(b"\r\n", b"\n") != now.replace(b"\r\n", b"\n"):
            raise RefusedError(
                _("{path} has changes that are not saved yet.").format(path=record.path),
                _("Do: {command}").format(command=f"{record.program} save {record.short}"),
            )

    def saved(self, path: str) -> bytes | None:
        """The content of ``path`` in the newest commit, or None."""
        newest = self.repository.snapshot(self.repository.head())
        newest.ahead([path])
        return newest.read(path)


def law_is_saved(desk: Desk) -> bool:
    """Whether all that was read of schemas and policy is the same in the newest commit.

    Only then did this command judge by the law that the hook would judge by. A program that sees
    the same goes the same way, so what was never looked at does not matter.
    """
    from casebook.history import object_id

    seen = desk.tree.seen
    saved = desk.repository.snapshot(desk.repository.head())
    saved.ahead([*seen.names, *seen.files])
    for prefix, names in seen.names.items():
        if names != [entry.path for entry in saved.entries(prefix)]:
            return False
    for path, content in seen.files.items():
        known = saved.id_of(path) or ""
        if (object_id(content, known) if content is not None else "") != known:
            return False
    return seen.steady
