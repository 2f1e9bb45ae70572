"""The walk: every commit of a range judged by what stood before it, oldest first.

The same walk serves the audit of a whole history and a server that is offered new commits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook import checks, cores
from casebook.audit import often, order
from casebook.audit.looks import Looks, packed_part, unpacked_part
from casebook.audit.model import Charge, found
from casebook.audit.signed import Signing, Standing, joined
from casebook.audit.signs import Signatures
from casebook.cores import Meanwhile, Task
from casebook.history import walk as walking
from casebook.history.snapshots import CommitSnapshot
from casebook.history.walk import Steps
from casebook.i18n import _
from casebook.signing import signers

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from datetime import datetime

    from casebook.audit.looks import Part
    from casebook.audit.model import Made
    from casebook.audit.seen import Seen
    from casebook.casebook import Casebook
    from casebook.finding import Finding
    from casebook.history.plain import Source
    from casebook.signing.signers import Signers

WORTH: Final = 400  # commits: below that, starting another program takes what it would save


class Walk:
    """One walk; while it goes on it counts commits and remembers what holds after each."""

    def __init__(self, casebook: Casebook, source: Source, now: datetime) -> None:
        self.casebook = casebook
        self.source = source
        self.now = now
        self._now = int(now.timestamp())
        self.number = 0
        self.unsigned = 0
        self.last: Seen | None = None
        self.signatures = Signatures()
        self._standing: dict[str, Standing] = {}
        self._begun = False
        self._listed: dict[tuple[str | None, str], Meanwhile[Steps]] = {}

    def foresee(self, old: str | None, new: str) -> None:
        """Let git list the commits that ``steps`` will be asked for; it does not wait for them."""
        self._listed[old, new] = Meanwhile(lambda: Steps(self.source, old, new))

    def steps(self, old: str | None, new: str) -> Iterator[Charge]:
        """Everything wrong with the commits that ``new`` has and ``old`` has not.

        Raises DamagedError and EnvironmentProblem after all that came before it, GitFailed when
        git cannot list the commits.
        """
        self._begun = old is not None
        if (old, new) not in self._listed:
            self.foresee(old, new)
        checks.of_records(today=False, warn=False)  # loaded here, once for all cores
        for part in self._parts(self._listed.pop((old, new)).answer()):
            for seen in part.seen:
                self.number += 1
                self.last = seen
                for one in self._step(seen):
                    yield charge(seen, one)
            part.raise_fault()
            part.seen = ()  # it need not wait in memory for the next

    def _parts(self, steps: Steps) -> Iterator[Part]:
        looks = Looks(self.casebook, self.source, steps)

        def look(numbers: Sequence[int]) -> Part:
            return looks.part(range(numbers[0], numbers[-1] + 1) if numbers else range(0))

        if len(steps) >= WORTH:
            often.hasten_all()
        self.source.close()  # each core talks with a git of its own
        numbers: Sequence[int] = range(len(steps))
        task = Task(look, packed_part, unpacked_part)
        # A case is mostly changed soon after it was: what is known of it helps in one long part.
        return cores.in_turn(numbers, task, WORTH)

    def standing(self, commit: str) -> Standing:
        """What holds after a commit; for one before the walk, what it says itself."""
        if commit not in self._standing:
            listed = signers.read(self._read(commit, signers.PATH))
            first = next(iter(listed.signers), None)
            latest = walking.commit(self.source, commit).committer.seconds
            self._standing[commit] = Standing(listed, latest, first)
        return self._standing[commit]

    def _read(self, commit: str, path: str) -> bytes | None:
        return CommitSnapshot(self.source.objects, commit, self.source.prefix).read(path)

    # -- one commit --------------------------------------------------------------------------

    def _step(self, seen: Seen) -> Iterator[Finding]:
        if seen.cut:
            return
        yield from seen.form
        if not seen.parents:
            if self._begun:
                yield found("second-beginning", _("it begins a second history"))
            self._begun = True
        parents = [self.standing(one) for one in seen.parents]
        before = joined(parents)
        yield from order.dates(seen, before.latest, self._now)
        yield from seen.content
        yield from self._signature(seen, parents, before)

    def _signature(
        self, seen: Seen, parents: Sequence[Standing], before: Standing
    ) -> Iterator[Finding]:
        listed = signers.read(seen.signers) if seen.listed else before.signers
        signing = Signing(seen, before, listed)
        yield from signing.check()
        self.unsigned += not seen.signatures
        if signing.key is not None:
            self.signatures.note(signing.key, signing.seconds, seen.id)
        lawful = before.signers
        if seen.listed:
            lawful = yield from self._lawful(parents, before, listed, signing)
        latest = max(before.latest, min(seen.committer.seconds, self._now))
        first = before.first or next(iter(lawful.signers), None)
        self._standing[seen.id] = Standing(lawful, latest, first)

    def _lawful(
        self, parents: Sequence[Standing], before: Standing, listed: Signers, signing: Signing
    ) -> Generator[Finding, None, Signers]:
        """The list that holds from here on, where a commit may have changed it."""
        known = next((one.signers for one in parents if _same(one.signers, listed)), None)
        if known is not None:
            return known
        wrong = list(signing.list_changed())
        yield from wrong
        lawful = not wrong and not listed.problems and signing.by is not None
        return listed if lawful else before.signers


def _same(one: Signers, two: Signers) -> bool:
    return one.signers == two.signers and one.asked == two.asked


def charge(commit: Made, one: Finding) -> Charge:
    """A finding in a commit."""
    return Charge(one, commit.id, commit.committer.name, commit.committer.moment)


def walk(
    casebook: Casebook, source: Source, old: str | None, new: str, now: datetime
) -> Iterator[Charge]:
    """Everything wrong with the commits of ``old..new``: for whoever needs no more than that."""
    return Walk(casebook, source, now).steps(old, new)
