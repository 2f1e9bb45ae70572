"""The walk: every commit of a range judged by what stood before it, oldest first.

The same walk serves the audit of a whole history and a server that is offered new commits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook.audit import order
from casebook.audit.model import Charge, found
from casebook.audit.signed import Signing, Standing, joined
from casebook.audit.signs import Signatures
from casebook.checks import judge as judging
from casebook.errors import CasebookError
from casebook.frozen import replace
from casebook.history import walk as walking
from casebook.history.running import Running
from casebook.i18n import _
from casebook.marker import MARKER
from casebook.policy import Policy
from casebook.signing import signers
from casebook.snapshot import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from casebook.casebook import Casebook
    from casebook.checks.base import Judgement
    from casebook.finding import Finding
    from casebook.history.plain import Source
    from casebook.history.raw import Side
    from casebook.history.rawcommit import RawCommit
    from casebook.history.walk import Step
    from casebook.signing.signers import Signers
    from casebook.snapshot import Snapshot

LAW: Final = ("schemas/", "policy/")
# Warnings of the checks are for whoever writes; these are about the history itself.
KEPT_WARNINGS: Final = ("executable",)


class Walk:
    """One walk; while it goes on it counts commits and remembers what holds after each."""

    def __init__(self, casebook: Casebook, source: Source, now: datetime) -> None:
        self.casebook = casebook
        self.source = source
        self.now = now
        self.number = 0
        self.unsigned = 0
        self.last: RawCommit | None = None
        self.signatures = Signatures()
        self._standing: dict[str, Standing] = {}
        self._running = Running(source)
        self._law: Policy | None = None
        self._begun = False

    def steps(self, old: str | None, new: str) -> Iterator[Charge]:
        """Everything wrong with the commits that ``new`` has and ``old`` has not."""
        self._begun = old is not None
        for step in walking.steps(self.source, old, new):
            self.number += 1
            self.last = step.commit
            for one in self._step(step):
                yield charge(step.commit, one)

    def standing(self, commit: str) -> Standing:
        """What holds after a commit; for one before the walk, what it says itself."""
        if commit not in self._standing:
            listed = signers.read(self._read(commit, signers.PATH))
            first = next(iter(listed.signers), None)
            latest = walking.commit(self.source, commit).committer.seconds
            self._standing[commit] = Standing(listed, latest, first)
        return self._standing[commit]

    def _read(self, commit: str, path: str) -> bytes | None:
        from casebook.history.objects import CommitSnapshot

        return CommitSnapshot(self.source.objects, commit, self.source.prefix).read(path)

    # -- one commit --------------------------------------------------------------------------

    def _step(self, step: Step) -> Iterator[Finding]:
        commit = step.commit
        if commit.parents and not step.listed_parents:
            return  # where a shallow copy was cut off: what stood before it is not here
        yield from order.form(step)
        if not step.listed_parents:
            if self._begun:
                yield found("second-beginning", _("it begins a second history"))
            self._begun = True
        parents = [self.standing(one) for one in step.listed_parents]
        before = joined(parents)
        yield from order.dates(commit, before.latest, self.now)
        yield from self._content(step)
        yield from self._signature(step, parents, before)

    def _signature(
        self, step: Step, parents: Sequence[Standing], before: Standing
    ) -> Iterator[Finding]:
        commit = step.commit
        listed = before.signers
        touched = len(parents) > 1 or any(
            one.path == self.source.prefix + signers.PATH for one in step.changes
        )
        if touched:
            listed = signers.read(self._running.read(signers.PATH))
        signing = Signing(commit, before, listed)
        yield from signing.check()
        self.unsigned += not commit.signatures
        if signing.key is not None:
            self.signatures.note(signing.key, signing.moment, commit)
        lawful = before.signers
        known = next((one.signers for one in parents if _same(one.signers, listed)), None)
        if touched and known is not None:
            lawful = known
        elif touched:
            wrong = list(signing.list_changed())
            yield from wrong
            if not wrong and not listed.problems and signing.by is not None:
                lawful = listed
        latest = max(before.latest, min(commit.committer.seconds, int(self.now.timestamp())))
        first = before.first or next(iter(lawful.signers), None)
        self._standing[commit.id] = Standing(lawful, latest, first)

    # -- what it changed ---------------------------------------------------------------------

    def _content(self, step: Step) -> Iterator[Finding]:
        first = step.listed_parents[0] if step.listed_parents else None
        running = self._running
        if running.commit != first:
            running.stand_at(first)
            self._law = None
        law = self._law or Policy(running.below(*LAW))
        settled = law.snapshot.read(MARKER) is not None
        standing: list[Change] = []
        if len(step.listed_parents) > 1:
            former = dict(running.files)
            running.stand_at(step.commit.id)
            standing = self._brought(former, {one.path for one in step.changes})
        else:
            running.step(step.commit.id, step.changes)
        prefix = self.source.prefix
        moved = any(one.path.removeprefix(prefix).startswith(LAW) for one in step.changes)
        self._law = None if moved or standing or not settled else law
        if not settled:
            law = Policy(running.below(*LAW))
            if law.snapshot.read(MARKER) is None:
                return
        try:
            changes = list(self.source.changes(step.changes))
            context = self._context(step.commit, law, beginning=not settled)
            judged = judging.judge(changes, context)
            judged += judging.judge(standing, context, changed=False)
        except CasebookError as error:
            yield found("not-judged", error.message)
            return
        yield from (one for one in judged if one.is_error or one.check in KEPT_WARNINGS)

    def _context(self, commit: RawCommit, law: Policy, *, beginning: bool) -> Judgement:
        """The commit is judged on its own day, so that it is judged the same for ever."""
        settings = law.catalogue.settings
        day = commit.committer.moment
        casebook = replace(self.casebook, settings=settings, clock=lambda: day)
        after: Snapshot = self._running
        context = judging.judgement(casebook, law.snapshot, after, policy=law)
        return replace(context, beginning=True) if beginning else context

    def _brought(self, former: dict[str, Side], judged: set[str]) -> list[Change]:
        """What a merge brought in unchanged from its other side."""
        found_ = []
        for path, side in self._running.files.items():
            if former.get(path) != side and self.source.prefix + path not in judged:
                content = self.source.objects.content(side)
                found_.append(Change(path, content, content, side.kind))
        return found_


def _same(one: Signers, two: Signers) -> bool:
    return one.signers == two.signers and one.asked == two.asked


def charge(commit: RawCommit, one: Finding) -> Charge:
    """A finding in a commit."""
    return Charge(one, commit.id, commit.committer.name, commit.committer.moment)


def walk(
    casebook: Casebook, source: Source, old: str | None, new: str, now: datetime
) -> Iterator[Charge]:
    """Everything wrong with the commits of ``old..new``: for whoever needs no more than that."""
    return Walk(casebook, source, now).steps(old, new)
