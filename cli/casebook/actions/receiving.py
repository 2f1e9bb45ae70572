"""What a server takes: new commits on the shared branch, judged like every other change.

The schemas and signers that judge a commit are those of the commit before it; nothing is run.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from casebook.audit.model import Charge, found
from casebook.audit.walk import Walk, charge
from casebook.casebook import Casebook
from casebook.errors import CasebookError, EnvironmentProblem
from casebook.frozen import replace
from casebook.history import CommitSnapshot, plain, serving
from casebook.history import walk as walking
from casebook.history.plain import DamagedError
from casebook.i18n import N_, _
from casebook.marker import MARKER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from casebook.history.plain import Source

FINDINGS = {
    "other-branch": N_("Only one branch is shared; nothing else is taken."),
    "branch-removed": N_("The shared history is never removed."),
    "history-replaced-there": N_("What is offered does not go on from what is there."),
    "server-merge": N_("The shared history is one line: no merges."),
    "server-unsigned": N_("A shared casebook takes only signed commits."),
}


# What whoever was refused can do; the audit names the same, where it is too late for that.
REMEDIES = {
    "unsigned": N_("Do: casebook identity; then casebook sync once more"),
    "unknown-key": N_(
        "Do: casebook identity, and let a colleague who signs here accept your key; then casebook "
        "sync once more. What you saved is safe on your computer."
    ),
    "key-ended": N_("Do: casebook identity list; ask a colleague who signs here"),
    "date-in-future": N_("Do: set the clock of your computer, then ask who looks after it"),
    "signers-alone": N_("Do: casebook identity accept, or retire: it takes a second signer"),
}


def language(folder: Path, lines: Iterable[str]) -> str:
    """The language of the shared casebook, or of the one that begins here; empty when unknown."""
    source = plain.source_at(folder)
    try:
        for line in lines:
            for commit in line.split()[:2]:
                if commit.strip("0"):
                    raw = CommitSnapshot(source.objects, commit, source.prefix).read(MARKER)
                    return str(json.loads(raw or b"{}").get("language", ""))
    except (CasebookError, ValueError, AttributeError, RecursionError):
        pass  # what cannot be read is refused below, in the language of the server
    finally:
        source.close()
    return ""


def receive(folder: Path, lines: Iterable[str], now: datetime) -> list[Charge]:
    """Everything that is wrong with what is offered; empty when the server takes it.

    ``lines`` are git's: old id, new id, name of the branch.
    """
    source = plain.source_at(folder)
    try:
        charges: list[Charge] = []
        for line in lines:
            words = line.split()
            if len(words) == 3:
                charges += _offered(folder, source, words, now)
        return charges
    finally:
        source.close()


def _offered(folder: Path, source: Source, words: list[str], now: datetime) -> Iterator[Charge]:
    old, new, name = words
    if name != serving.branch(folder):
        message = _("{name} is not the branch that is shared").format(name=name)
        yield Charge(found("other-branch", message, _("Do: casebook sync")))
        return
    if not new.strip("0"):
        yield Charge(found("branch-removed", _("the shared history is not removed")))
        return
    before = old if old.strip("0") else None
    if before is not None and not walking.holds(source, new, before):
        message = _("others shared something since, or the history was rewritten")
        yield Charge(found("history-replaced-there", message, _("Do: casebook sync")))
        return
    yield from _judged(folder, source, before, new, now)


def _judged(
    folder: Path, source: Source, before: str | None, new: str, now: datetime
) -> Iterator[Charge]:
    walk = Walk(Casebook(folder, {}, clock=lambda: now), source, now)
    try:
        for one in walk.steps(before, new):
            if one.finding.check == "merge":
                message = _("two lines of history were joined here by hand")
                yield replace(one, finding=found("server-merge", message, _("Do: casebook sync")))
            elif one.is_error or one.finding.check in ("executable",):
                yield _with_remedy(one)
        if walk.unsigned and not serving.setting(folder, serving.UNSIGNED):
            yield from _unsigned(source, walk, before, new)
    except DamagedError as error:
        message = _("a stored piece of the history is damaged or was changed: {name}").format(
            name=error.id
        )
        wrong = found("object-damaged", message)
        yield charge(walk.last, wrong) if walk.last is not None else Charge(wrong)
    except EnvironmentProblem as error:
        yield Charge(found("history-unreadable", error.message, error.hint))


def _with_remedy(one: Charge) -> Charge:
    remedy = REMEDIES.get(one.finding.check, "")
    if not remedy or one.finding.remedy:
        return one
    return replace(one, finding=replace(one.finding, remedy=_(remedy)))


def _unsigned(source: Source, walk: Walk, before: str | None, new: str) -> Iterator[Charge]:
    """Commits without a signature that no list of signers asked for yet.

    What came before the first signer cannot have been signed; it is taken with the first.
    """
    if walk.standing(new).signers:
        return  # the audit named those that had to be signed
    message = _("nothing here is signed, and this server takes only signed changes")
    yield charge(
        walking.commit(source, new),
        found("server-unsigned", message, _("Do: casebook identity")),
    )
