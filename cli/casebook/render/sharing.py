"""Words for sharing: what was sent, what came in, and where two people meant different things.

It decides nothing; the choices it shows come with the standoff.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from casebook import dates
from casebook.i18n import _, language, ngettext
from casebook.merging.model import BOTH, COMMENT, FILE, JOURNAL, MINE, SAME_ID, TEXT, THEIRS
from casebook.render import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.actions.replaying import Standoff
    from casebook.actions.syncing import Received, Synced
    from casebook.catalogue import Catalogue
    from casebook.document import Value

SIGNERS = "policy/signers"
LONGEST = 300  # characters of a text that are shown


def result(done: Synced, width: int) -> Iterator[str]:
    """What came in, what was sent, and what has to be known about it."""
    if not done.sent and not done.received:
        yield _("Nothing new; everything is shared.")
    if done.sent:
        yield ngettext(
            "{number} change of yours was sent.", "{number} changes of yours were sent.", done.sent
        ).format(number=done.sent)
    if done.received:
        number = len(done.received)
        yield ngettext(
            "{number} change of others came in:", "{number} changes of others came in:", number
        ).format(number=number)
        for one in _by_record(done.received):
            yield from text.wrap(one, width, "    ", "  ")
        if any(SIGNERS in one.paths for one in done.received):
            yield _("Who may sign: {command}").format(command="casebook identity list")
    for path, old, new in done.renamed:
        yield _("Your entry {old} of {record} has the number {new}: {old} was taken.").format(
            old=old, new=new, record=_record(path)
        )
    for subject, name in done.kept:
        yield _("Left out and kept beside the history: {subject}").format(subject=subject)
        yield _("To read it: {command}").format(command=f"git show {name}")
    if done.findings:
        yield _("What came in breaks rules of the casebook; tell who looks after the computers:")
        for finding in done.findings:
            yield text.finding_line(finding)


def _by_record(received: Sequence[Received]) -> Iterator[str]:
    counted: dict[tuple[str, str], int] = {}
    last: dict[tuple[str, str], str] = {}
    for one in received:
        for path in one.paths or ("",):
            key = (_record(path), one.author)
            counted[key] = counted.get(key, 0) + 1
            last[key] = one.on
    for (record, author), number in counted.items():
        yield ngettext(
            "{record}: {number} change by {author}, {on}",
            "{record}: {number} changes by {author}, the last {on}",
            number,
        ).format(record=record, number=number, author=author, on=_day(last[record, author]))


def standoff(one: Standoff, catalogue: Catalogue, width: int) -> Iterator[str]:
    """One place where my change does not fit: both sides, and who was first."""
    record = _record(one.path)
    by = _("{author} on {on}").format(author=one.author, on=_day(one.on)) if one.author else ""
    if one.finding is not None:
        head = _('{record}: your change "{change}" no longer fits what {who} shared.')
        yield from text.wrap(head.format(record=record, change=one.subject, who=by), width)
        yield from text.wrap(text.finding_line(one.finding), width, "  ", "  ")
        return
    clash = one.clash
    if clash is None:  # a standoff has the one or the other
        return
    kind = catalogue.kind_at(one.path)
    if clash.place == ("state",) and kind is not None:
        said = _("{record} is already {state}, by {who}; you made it {mine}.")
        names = [_state(kind, value) for value in (clash.theirs, clash.mine)]
        yield from text.wrap(
            said.format(record=record, state=names[0], who=by, mine=names[1]), width
        )
        return
    what = {
        TEXT: _("the text above the journal"),
        FILE: _("the whole file"),
        COMMENT: _("comments or lay-out"),
        JOURNAL: _("an entry of the journal that was there already"),
    }.get(clash.why) or _place(kind, clash.place)
    if clash.why == SAME_ID:
        what = _("{place}, added by both").format(place=what)
    yield from text.wrap(f"{record}: {what}", width)
    if clash.why not in (COMMENT, JOURNAL):
        theirs = _("shared, by {who}: ").format(who=by)
        yield from text.wrap(theirs + _value(clash.theirs), width, "    ", "  ")
        yield from text.wrap(_("yours: ") + _value(clash.mine), width, "    ", "  ")


def choice(name: str) -> str:
    """What a choice is called."""
    return {
        THEIRS: _("keep what was shared"),
        MINE: _("use mine instead"),
        BOTH: _("keep both"),
        "drop": _("leave this change of mine out; it is kept beside the history"),
    }[name]


def served(folder: str, *, fresh: bool, unsigned: bool, width: int) -> Iterator[str]:
    """What was made on a server, and how a casebook gets there."""
    yield (
        _("A shared casebook is ready: {folder}").format(folder=folder)
        if fresh
        else _("The shared casebook is set up again: {folder}").format(folder=folder)
    )
    yield ""
    yield from text.wrap(
        _("From the computer that has the casebook, with the address of this folder:"), width
    )
    yield "  git remote add origin"
    yield "  casebook sync"
    if unsigned:
        yield from text.wrap(
            _("It takes changes that nobody signed, as long as the casebook has no signers."),
            width,
        )
    else:
        yield from text.wrap(
            _("It takes only signed changes. On that computer first: casebook identity"), width
        )


def standoff_data(one: Standoff) -> dict[str, Any]:
    """A standoff for ``--json``."""
    found: dict[str, Any] = {
        "path": one.path,
        "change": one.subject,
        "commit": one.commit,
        "author": one.author,
        "on": one.on,
        "choices": list(one.choices),
    }
    if one.clash is not None:
        found |= {
            "why": one.clash.why,
            "place": list(one.clash.place),
            "base": one.clash.base,
            "theirs": one.clash.theirs,
            "mine": one.clash.mine,
        }
    if one.finding is not None:
        found |= {"why": "rule", "check": one.finding.check, "message": one.finding.message}
    return found


def data(done: Synced) -> dict[str, Any]:
    """The result for ``--json``."""
    return {
        "place": done.place,
        "sent": done.sent,
        "received": [
            {"paths": list(one.paths), "author": one.author, "on": one.on} for one in done.received
        ],
        "renamed": [{"path": path, "from": old, "to": new} for path, old, new in done.renamed],
        "kept": [{"change": subject, "name": name} for subject, name in done.kept],
        "findings": [
            {"path": one.path, "line": one.line, "check": one.check, "message": one.message}
            for one in done.findings
        ],
    }


def _record(path: str) -> str:
    if path == SIGNERS:
        return _("the list of signers")
    name = path.rpartition("/")[2].removesuffix(".md")
    return name or _("the casebook")


def _day(on: str) -> str:
    try:
        return dates.spoken(date.fromisoformat(on), language())
    except ValueError:
        return on


def _state(kind: Any, value: Value | None) -> str:
    from casebook.world import state_label

    return state_label(kind, str(value))


def _place(kind: Any, place: Sequence[str | int]) -> str:
    words = [str(one) for one in place]
    if kind is None or not words:
        return " ".join(words)
    if len(words) == 1:
        return str(kind.field_label(words[0]))
    names = [words[1], *(str(kind.field_label(words[0], one)) for one in words[2:])]
    return ", ".join(names)


def _value(value: Value | None) -> str:
    if value is None:
        return _("nothing")
    if isinstance(value, dict):
        shown = ", ".join(f"{key}: {_value(one)}" for key, one in value.items())
    elif isinstance(value, list):
        shown = ", ".join(_value(one) for one in value)
    else:
        shown = " ".join(value.split())
    return shown if len(shown) <= LONGEST else shown[:LONGEST] + "..."
