"""Whether a commit stands where and as it should: its form, its signs, its dates.

Who signed it is judged in ``signed``, what it changed in ``walk``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook.audit.model import found
from casebook.finding import WARNING
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.audit.model import Made
    from casebook.finding import Finding
    from casebook.history.rawcommit import RawCommit
    from casebook.history.walk import Step

SLACK: Final = 300  # seconds that the clocks of two computers may differ
SHORT: Final = 12  # letters of an id in a sentence


def form(step: Step, commit: RawCommit) -> Iterator[Finding]:
    """Headers that do not belong, signs that are not shown, parents that git tells otherwise."""
    odd = [one for one in commit.odd if one != "gpgsig"]
    if odd:
        yield found(
            "commit-odd",
            _("it holds what does not belong in a commit: {what}").format(what=", ".join(odd)),
        )
    author, committer = commit.author, commit.committer
    told = (commit.message, author.name, author.email, committer.name, committer.email)
    if _hides("\n".join(told)):
        yield found("hidden-signs", _("its message or names hold signs that are not shown"))
    if step.parents != commit.parents:
        yield found(
            "commit-odd", _("git shows another commit before it than the one that it names")
        )
    if len(commit.parents) > 1:
        yield found("merge", _("two lines of history were joined here by hand"), severity=WARNING)


def _hides(text: str) -> bool:
    return not text.replace("\n", "").replace("\t", "").isprintable()


def dates(commit: Made, latest: int, now: int) -> Iterator[Finding]:
    """A moment before that of an earlier commit (``latest``), or after now; both in seconds."""
    seconds = commit.committer.seconds
    if seconds < latest - SLACK:
        yield found(
            "date-before-parent",
            _("it says {moment}, but the commit before it is from later").format(
                moment=commit.committer.moment.isoformat(" ", "minutes")
            ),
        )
    if max(seconds, commit.author.seconds) > now + SLACK:
        yield found(
            "date-in-future",
            _("it says {moment}, which is still to come").format(
                moment=max(
                    (commit.committer, commit.author), key=lambda one: one.seconds
                ).moment.isoformat(" ", "minutes")
            ),
            _("Do: check the clock of this computer first"),
        )
