"""The answer of an audit, for people, programs and the minutes. Pure: values in, lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.i18n import _, ngettext
from casebook.render import as_json, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.verifying import Audit
    from casebook.audit.model import Charge

SHORT = 12
MOST = 20  # refusals that a server prints


def page(one: Audit, width: int) -> list[str]:
    """What is wrong, by commit; then what was looked at, and the words for the minutes."""
    lines = [line for each in one.charges for line in _charge(each)]
    if lines:
        lines.append("")
    for words in _summary(one):
        lines += text.wrap(words, width)
    lines += _minutes(one, width)
    return lines


def refusal(charges: Sequence[Charge]) -> list[str]:
    """What a server says that does not take what is offered; empty when it does."""
    if not charges:
        return []
    lines = [line for one in charges[:MOST] for line in _charge(one)]
    if len(charges) > MOST:
        lines.append(_("and {number} more").format(number=len(charges) - MOST))
    return [_("Not taken by the shared casebook:"), *lines]


def _charge(one: Charge) -> list[str]:
    where = ""
    if one.commit:
        where = _("commit {commit}").format(commit=one.commit[:SHORT])
        if one.at is not None:
            where += f", {one.at:%Y-%m-%d %H:%M}, {one.who}"
        where += ": "
    line = text.finding_line(one.finding)
    return [text.safe(where) + line.removeprefix(": ")]


def _summary(one: Audit) -> list[str]:
    errors = sum(each.is_error for each in one.charges)
    counts = [
        ngettext("{number} change looked at", "{number} changes looked at", one.number).format(
            number=one.number
        ),
        ngettext("{number} wrong", "{number} wrong", errors).format(number=errors),
    ]
    said = [", ".join(counts) + "."]
    if one.since:
        said[0] += " " + _("What came before {head} was verified earlier.").format(
            head=one.since[:SHORT]
        )
    if not one.head:
        return said
    if one.first is None:
        said.append(
            _(
                "Nothing is signed: this casebook has no signers, so the history shows what was "
                "changed, but nobody can prove by whom. To begin: casebook identity"
            )
        )
    elif one.unsigned:
        said.append(
            ngettext(
                "{number} of them is not signed.", "{number} of them are not signed.", one.unsigned
            ).format(number=one.unsigned)
        )
    return said


def _minutes(one: Audit, width: int) -> list[str]:
    if not one.head:
        return []
    lines: list[str] = []
    if one.first is not None:
        lines += text.wrap(
            _("First key: {person}, {words}").format(
                person=one.first.person, words=" ".join(one.first_words)
            ),
            width,
        )
    if one.same:
        lines += text.wrap(_("The words that were noted are those of the newest change."), width)
    moment = f"{one.at:%Y-%m-%d %H:%M}" if one.at is not None else ""
    said = _("Head: {head} ({moment})").format(head=one.head, moment=moment)
    lines.append(said)  # a command's word: never wrapped
    lines += text.wrap(_("For the minutes: {words}").format(words=" ".join(one.words)), width)
    return lines


def data(one: Audit) -> dict[str, Any]:
    """The same as data."""
    return {
        "findings": charges(one.charges),
        "summary": {
            "errors": sum(each.is_error for each in one.charges),
            "warnings": sum(not each.is_error for each in one.charges),
            "commits": one.number,
            "signed": one.signed,
            "unsigned": one.unsigned,
        },
        "head": one.head or None,
        "date": one.at.isoformat() if one.at is not None else None,
        "words": list(one.words),
        "since": one.since or None,
        "first_key": {
            "person": one.first.person,
            "fingerprint": one.first.key.fingerprint,
            "words": list(one.first_words),
        }
        if one.first is not None
        else None,
    }


def charges(found: Sequence[Charge]) -> list[dict[str, Any]]:
    """Findings with the commit they are in."""
    return [
        {
            "commit": one.commit or None,
            "who": one.who or None,
            "date": one.at.isoformat() if one.at is not None else None,
            **as_json.finding(one.finding),
        }
        for one in found
    ]
