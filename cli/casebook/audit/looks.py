"""Looking at commits one by one: form, what each changed, and the arithmetic of its signature.

Nothing here depends on what was found before, so parts of a history can be looked at on several
cores; what follows from their order is for the walk to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook.audit import order
from casebook.audit.model import found
from casebook.audit.seen import Seen, look_at, packed, signature, unpacked
from casebook.checks import judge as judging
from casebook.errors import CasebookError, EnvironmentProblem
from casebook.frozen import frozen, replace
from casebook.history import walk as walking
from casebook.history.plain import DamagedError
from casebook.history.running import Running
from casebook.marker import MARKER
from casebook.policy import Policy
from casebook.signing import signers
from casebook.snapshot import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from casebook.audit.seen import Signed
    from casebook.casebook import Casebook
    from casebook.checks.base import Judgement
    from casebook.finding import Finding
    from casebook.history.plain import Source
    from casebook.history.raw import Side
    from casebook.history.rawcommit import RawCommit
    from casebook.history.walk import Step, Steps
    from casebook.snapshot import Snapshot

LAW: Final = ("schemas/", "policy/")
LATELY: Final = 200  # cases that are worked on at the same time
# Warnings of the checks are for whoever writes; these are about the history itself.
KEPT_WARNINGS: Final = ("executable",)
DAMAGED: Final = "damaged"


class Part:
    """What was seen of some commits, and why it ended before the last, if it did.

    It is gone through once: of what another core saw each is unpacked when it is come to.
    """

    def __init__(self, seen: Iterable[Seen], fault: Sequence[str] = ()) -> None:
        self.seen = seen
        self.fault = fault

    def raise_fault(self) -> None:
        """Raise what ended it: DamagedError or EnvironmentProblem."""
        if self.fault:
            kind, *said = self.fault
            raise DamagedError(*said) if kind == DAMAGED else EnvironmentProblem(*said)


def packed_part(part: Part) -> Any:
    """A part as it goes through a pipe."""
    return [list(map(packed, part.seen)), list(part.fault)]


def unpacked_part(said: Any) -> Part:
    """The same part again."""
    rows, fault = said
    return Part(map(unpacked, rows), fault)


@frozen
class _Plain:
    """A commit whose contents are judged with those of others, and what they are judged by."""

    step: Step
    commit: RawCommit
    signed: Signed
    context: Judgement


class Looks:
    """The commits of a range; each is looked at from the files that its first parent holds."""

    def __init__(self, casebook: Casebook, source: Source, steps: Steps) -> None:
        self._casebook = casebook
        self._source = source
        self._steps = steps
        self._running = Running(source)
        self._law: Policy | None = None

    def part(self, numbers: range) -> Part:
        """Look at the commits with these numbers."""
        seen: list[Seen] = []
        try:
            for steps in self._steps.some(numbers):
                self._look_at_some(steps, seen)
        except DamagedError as error:
            return Part(seen, (DAMAGED, error.id))
        except EnvironmentProblem as error:
            return Part(seen, ("", error.message, error.hint))
        return Part(seen)

    def _look_at_some(self, steps: Sequence[Step], seen: list[Seen]) -> None:
        """Commits one step after the other: all read, then all signatures, then all contents.

        That is faster than all steps for each, since the computer has the code at hand.
        """
        commits: list[RawCommit] = []
        damage: EnvironmentProblem | None = None
        try:
            for step in steps:
                commits.append(walking.commit(self._source, step.id, step.stored))
        except EnvironmentProblem as error:
            damage = error  # what stands before it is looked at first
        signed = [signature(commit) for commit in commits]
        plain: list[_Plain] = []
        for step, commit, one in zip(steps, commits, signed, strict=False):
            if self._is_plain(step):
                plain.append(self._step(step, commit, one))
                continue
            seen += self._judged(plain)
            plain = []
            self._look(step, commit, one, seen)
        seen += self._judged(plain)
        if damage is not None:
            raise damage

    # -- commits that change nothing but cases, as nearly all do --------------------------------

    def _is_plain(self, step: Step) -> bool:
        """Whether a commit follows the one before and leaves the law alone: judged with others."""
        before = self._running.commit
        follows = before is not None and step.parents == (before,)
        return follows and self._law is not None and not self._moves_law(step)

    def _step(self, step: Step, commit: RawCommit, signed: Signed) -> _Plain:
        assert self._law is not None  # noqa: S101 - the caller looked
        self._running.step(step.id, step.changes)
        context = self._context(commit, self._law, self._running.moment())
        return _Plain(step, commit, signed, context)

    def _judged(self, plain: Sequence[_Plain]) -> Iterator[Seen]:
        """What is seen of some commits, whose contents are judged together."""
        try:
            steps = [(list(self._source.changes(one.step.changes)), one.context) for one in plain]
            found = [_told(judged) for judged in judging.judge_each(steps)]
        except CasebookError:  # of one of them: the others are judged for all that
            found = [self._content_of(one.step, one.context) for one in plain]
        for one, content in zip(plain, found, strict=True):
            form = tuple(order.form(one.step, one.commit))
            yield look_at(one.commit, one.step.parents, one.signed, form, content)
        self._running.forget()

    # -- the others ------------------------------------------------------------------------------

    def _look(self, step: Step, commit: RawCommit, signed: Signed, seen: list[Seen]) -> None:
        if commit.parents and not step.parents:
            # Where a shallow copy was cut off: what stood before it is not here.
            seen.append(Seen(step.id, (), commit.author, commit.committer, cut=True))
            return
        form = tuple(order.form(step, commit))
        try:
            content = self._content(step, commit)
        except EnvironmentProblem:
            # What the commit shows itself is told before the damage.
            seen.append(look_at(commit, step.parents, signed, form))
            raise
        path = self._source.prefix + signers.PATH
        listed = len(step.parents) > 1 or any(one.path == path for one in step.changes)
        names = self._running.read(signers.PATH) if listed else None
        seen.append(look_at(commit, step.parents, signed, form, content, listed, names))

    # -- the files at a commit ---------------------------------------------------------------

    def _stand_before(self, step: Step) -> None:
        first = step.parents[0] if step.parents else None
        if self._running.commit != first:
            self._running.stand_at(first)
            self._law = None

    def _moves_law(self, step: Step) -> bool:
        prefix = self._source.prefix
        return any(one.path.removeprefix(prefix).startswith(LAW) for one in step.changes)

    def _policy(self) -> Policy:
        """The law as it stands now; records that it read last are most likely changed next."""
        law = Policy(self._running.below(*LAW))
        law.shelf.room = LATELY
        return law

    # -- what it changed ---------------------------------------------------------------------

    def _content(self, step: Step, commit: RawCommit) -> tuple[Finding, ...]:
        self._stand_before(step)
        running = self._running
        law = self._law or self._policy()
        settled = law.snapshot.read(MARKER) is not None
        standing: list[Change] = []
        if len(step.parents) > 1:
            former = dict(running.files)
            running.stand_at(step.id)
            standing = self._brought(former, {one.path for one in step.changes})
        else:
            running.step(step.id, step.changes)
        self._law = None if self._moves_law(step) or standing or not settled else law
        if not settled:
            law = self._policy()
            if law.snapshot.read(MARKER) is None:
                return ()
        context = self._context(commit, law, running, beginning=not settled)
        return self._content_of(step, context, standing)

    def _content_of(
        self, step: Step, context: Judgement, standing: Sequence[Change] = ()
    ) -> tuple[Finding, ...]:
        """What is wrong with what one commit changed, and with what it brought in."""
        try:
            changes = list(self._source.changes(step.changes))
            judged = judging.judge(changes, context)
            judged += judging.judge(standing, context, changed=False)
        except CasebookError as error:
            return (found("not-judged", error.message),)
        return _told(judged)

    def _context(
        self, commit: RawCommit, law: Policy, after: Snapshot, *, beginning: bool = False
    ) -> Judgement:
        """The commit is judged on its own day, so that it is judged the same for ever."""
        if self._casebook.settings is not law.catalogue.settings:
            self._casebook = replace(self._casebook, settings=law.catalogue.settings)
        day = commit.committer.moment
        before = law.snapshot
        context = judging.judgement(self._casebook, before, after, law, warn=False, now=day)
        return replace(context, beginning=True) if beginning else context

    def _brought(self, former: dict[str, Side], judged: set[str]) -> list[Change]:
        """What a merge brought in unchanged from its other side."""
        brought = []
        for path, side in self._running.files.items():
            if former.get(path) != side and self._source.prefix + path not in judged:
                content = self._source.objects.content(side)
                brought.append(Change(path, content, content, side.kind))
        return brought


def _told(judged: Sequence[Finding]) -> tuple[Finding, ...]:
    """What an audit tells of the findings of checks."""
    return tuple(one for one in judged if one.is_error or one.check in KEPT_WARNINGS)
