"""A code says what one can do as well, in words that say so, and online what holds everywhere.

It compares a code with its rules; whether a rule is wise is the school's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.checks.base import found
from casebook.finding import WARNING
from casebook.i18n import N_, _
from casebook.pattern import values
from casebook.versions import slug_of
from casebook.wording import prohibition_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.checks.base import Judgement, Subject
    from casebook.finding import Finding
    from casebook.record import Record

FINDINGS = {
    "code-only-forbids": N_(
        "All rules of a code forbid something. Say what pupils and staff can and may do as well."
    ),
    "positive-forbids": N_(
        "The positive wording of a rule holds a word that forbids. Say what one does instead; "
        "which words these are stands in schemas/reference/wording.json."
    ),
    "no-online-rule": N_(
        "A rule of the general manners has no rule that says what it means online (translates)."
    ),
    "part-left-behind": N_("A code was adopted while rules that belong to it are still drafts."),
}
ONLY_WARNS = True
FORBIDS = "must-not"
ADOPTED = "adopted"


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """Warnings on a code and its rules that are not retired."""
    if subject.kind.workflow.is_end(subject.after.state):
        return
    if subject.kind.name == "code":
        yield from _code(subject, judgement)
    elif subject.kind.name == "rule":
        yield from _wording(subject, judgement)
        yield from _online(subject, judgement)


def _rules(judgement: Judgement) -> list[Record]:
    """The rules as they are after the change, without the retired ones."""
    records = judgement.world.records
    workflow = records.catalogue.kind("rule").workflow
    return [one for one in records.records("rule") if not workflow.is_end(one.state)]


def _code(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    code = subject.after
    own = [one for one in _rules(judgement) if slug_of(one.text("code")) == slug_of(code.id)]
    # One rule that forbids is not yet a code that only does.
    if len(own) > 1 and all(one.text("kind") == FORBIDS for one in own):
        yield found(
            code,
            ("title",),
            "code-only-forbids",
            _("all {number} rules of {record} forbid something").format(
                number=len(own), record=code.short
            ),
            _("Do: add a rule that says what one can do: git policy new rule"),
            WARNING,
        )
    if subject.changed and code.state == ADOPTED and not _was(subject, ADOPTED):
        done = {slug_of(one.id) for one in own if one.state == ADOPTED}
        left = [one.short for one in own if one.state != ADOPTED and slug_of(one.id) not in done]
        if left:
            yield found(
                code,
                ("state",),
                "part-left-behind",
                _("not adopted along with {record}: {parts}").format(
                    record=code.short, parts=", ".join(left)
                ),
                _("Do: {command}").format(command=f"git policy adopt {' '.join(left)}"),
                WARNING,
            )


def _was(subject: Subject, state: str) -> bool:
    return subject.before is not None and subject.before.state == state


def _wording(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    words = judgement.policy.wording
    if words is None:
        return
    hits = prohibition_words(subject.after.text("positive"), words)
    if hits:
        yield found(
            subject.after,
            ("positive",),
            "positive-forbids",
            _('the positive wording of {record} forbids: "{word}"').format(
                record=subject.after.short, word=hits[0].word
            ),
            _("Do: say what one does instead"),
            WARNING,
        )


def _online(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    rule = subject.after
    code = judgement.world.records.find("code", rule.text("code"), judgement.now.date())
    if code is None or code.get("general") != "yes":
        return
    online = any(
        slug_of(one) == slug_of(rule.id)
        for other in _rules(judgement)
        for one in values(other.get("translates"))
    )
    if not online:
        yield found(
            rule,
            ("title",),
            "no-online-rule",
            _("no rule says what {record} means online").format(record=rule.short),
            _("Do: {command}").format(
                command=f"git policy new rule --translates {slug_of(rule.id)}"
            ),
            WARNING,
        )
