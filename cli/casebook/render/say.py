"""Printing: results, questions and refusals, in the order result, next command, details.

What is printed is put together elsewhere; this module knows the terminal.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, TextIO

from casebook.errors import FoundError
from casebook.i18n import _, ngettext, sentence
from casebook.render import terminal, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from casebook.actions.forms import Field
    from casebook.actions.hooking import HookAnswer
    from casebook.actions.outcome import Next, Outcome, Refusal
    from casebook.errors import CasebookError
    from casebook.finding import Finding

SHOWN = 60  # findings printed in a refusal before the rest is counted


def width() -> int:
    """Columns to write in: the terminal's, at most 100."""
    return terminal.width()


def _put(words: str, file: TextIO | None = None) -> None:
    """A line on standard output, or elsewhere; a reader that left stops nothing that is done."""
    stream = file or sys.stdout
    try:
        print(words, file=stream)
    except BrokenPipeError:
        let_go(stream)


def let_go(stream: TextIO) -> None:
    """Write to nobody from here on, also what Python would try once more when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def line(words: str = "") -> None:
    """One paragraph on standard output, wrapped."""
    _put("\n".join(text.wrap(words, width())) if words else "")


def lines(words: Iterable[str]) -> None:
    """Ready-made lines on standard output, as they are."""
    for one in words:
        _put(one)


def aside(words: str) -> None:
    """One paragraph on standard error: not part of the answer."""
    _put("\n".join(text.wrap(words, width())), file=sys.stderr)


def answer(data: dict[str, Any]) -> None:
    """A JSON answer."""
    from casebook.render import as_json

    _put(as_json.dump(data))


def _wants_json(session: Any) -> bool:
    return session is not None and bool(session.json)


# -- results ---------------------------------------------------------------------------------


def outcome(session: Any, one: Outcome) -> None:
    """What a writing command did, what comes next, and the details."""
    if _wants_json(session):
        from casebook.render import as_json

        answer(as_json.outcome(one))
        return
    if one.dry_run:
        line(_("Nothing was changed; this is what would happen:"))
    line(told(one))
    if one.path and one.origin == "" and one.target:
        line(_("File: {path}").format(path=one.path))
    coming(one.next)
    for title in one.fulfils:
        line(_("Step done: {step}").format(step=title))
    for detail in one.details:
        line(detail)
    warnings(one.findings)


def told(one: Outcome) -> str:
    """The message of an outcome, its item's code with what it stands for: ``P2 (forwarder)``."""
    if not one.entry_label or one.entry not in one.message:
        return one.message
    return one.message.replace(one.entry, f"{one.entry} ({one.entry_label})", 1)


def coming(one: Next | None) -> None:
    """The next step, by when, and its command."""
    if one is None:
        return
    when = ""
    if one.due is not None:
        when = text.day(one.due)
        when = _(" (late: {day})").format(day=when) if one.overdue else f" ({when})"
    line(_("Next: {what}{when}").format(what=one.text, when=when))
    _put(f"  {text.command(one.argv)}")


def warnings(found: Sequence[Finding]) -> None:
    """Warnings, one paragraph each."""
    for one in found:
        line(_("Warning: {message}. {remedy}").format(message=one.message, remedy=one.remedy))


def findings(found: Iterable[Finding]) -> None:
    """Findings, one line each, unwrapped so that editors can jump to them."""
    for one in found:
        _put(text.finding_line(one))


# -- questions -------------------------------------------------------------------------------


def heading(words: str) -> None:
    """A title in a conversation, set off from what belongs to it."""
    line(f"* {words}")


def question(asked: Field, *, enter: str = "", codes: Sequence[str] = ()) -> None:
    """A question with its numbered choices; what Enter takes stands in brackets.

    ``enter`` says what else Enter does here; ``codes`` are the codes that may be answered.
    """
    said = asked.question
    given = asked.option_label(asked.default) if asked.default else ""
    if not given and asked.fill.startswith(("today", "now")):
        given = _("today")
    if enter:
        said += _(" [Enter: {what}]").format(what=enter)
    elif given:
        said += f" [{given}]"
    elif not asked.required:
        said += _(" [Enter: leave open]")
    line(said)
    if codes:
        columns(codes)
    if asked.options:
        columns([f"{number} {label}" for number, (_v, label) in enumerate(asked.options, 1)])
        if asked.many:
            line(_("(several: 1,3)"))
    elif asked.long:
        line(_("(several lines are possible; an empty line ends)"))


def columns(shown: Sequence[str]) -> None:
    """Choices beside one another as far as they fit, else below one another."""
    room = width() - 2
    size = max(len(one) for one in shown) + 2
    count = max(1, room // size)
    if count == 1:
        lines(part for one in shown for part in text.wrap(one, width(), "    ", "  "))
        return
    for start in range(0, len(shown), count):
        row = "".join(one.ljust(size) for one in shown[start : start + count])
        _put(f"  {row}".rstrip())


def explanation(asked: Field) -> None:
    """What a question means and how it can be answered."""
    if asked.name:
        said = _("{label} (in the file: {name}).")
        line(said.format(label=sentence(asked.label), name=asked.name))
    for number, (value, label) in enumerate(asked.options, 1):
        if asked.helps.get(value):
            start = f"  {number} {label}: "
            lines(text.wrap(asked.helps[value], width(), "    ", start))
    if asked.options:
        line(_("Type a number, a word, or the beginning of a word."))
    elif asked.format in ("date", "moment", "day-or-month", "date-or-no"):
        line(_("Type a day: 20-11-2026, 2026-11-20, today, yesterday, Monday."))
    elif asked.format == "code":
        line(_("Type codes such as P1, or a role that one person has, such as victim."))
    elif asked.format == "role":
        line(_("Type a role of the school, such as mentor, principal or safety coordinator."))
    else:
        line(_("Type a text. Use codes and roles, no names."))


# -- refusals --------------------------------------------------------------------------------


def failure(error: CasebookError, session: Any) -> None:
    """A refusal: what, why, what to do; with JSON as an object on standard output."""
    refused: Refusal | None = getattr(error, "refusal", None)
    if _wants_json(session):
        from casebook.render import as_json

        if refused is not None:
            answer(as_json.refusal(refused))
        elif isinstance(error, FoundError):
            answer({**as_json.error(error), **as_json.findings(error.findings)})
        else:
            answer({**as_json.error(error), **_standoffs(error, as_data=True)})
        return
    _standoffs(error, session)
    if refused is not None and refused.blockers:
        _refusal(refused, error.hint)
    else:
        aside(error.message)
        if isinstance(error, FoundError):
            for one in error.findings[:SHOWN]:
                _put(text.finding_line(one), file=sys.stderr)
        if error.hint:
            aside(error.hint)
    _typed_back(session)


def _standoffs(
    error: CasebookError, session: Any = None, *, as_data: bool = False
) -> dict[str, Any]:
    """Where two people meant different things: printed, or as data for ``--json``."""
    found = getattr(error, "standoffs", ())
    if not found:
        return {}
    from casebook.render import sharing

    if as_data:
        return {"standoffs": [sharing.standoff_data(one) for one in found]}
    for one in found:
        for part in sharing.standoff(one, session.desk.policy.catalogue, width()):
            _put(part, file=sys.stderr)
    return {}


def _refusal(refused: Refusal, hint: str) -> None:
    number = len(refused.blockers)
    aside(
        ngettext(
            "Cannot do this yet: {move}. {number} thing is missing; nothing was changed.",
            "Cannot do this yet: {move}. {number} things are missing; nothing was changed.",
            number,
        ).format(move=refused.label, number=number)
    )
    for count, one in enumerate(refused.blockers, 1):
        for part in text.wrap(one.message, width(), "   ", f"{count}. "):
            _put(part, file=sys.stderr)
        _put(f"   {text.command(one.argv)}", file=sys.stderr)
    if hint:
        aside(_("One by one: {command}").format(command=hint))


def _typed_back(session: Any) -> None:
    """Text typed at prompts is printed back, so that nothing is lost."""
    typed = getattr(session, "typed", None)
    if typed:
        aside(_("What you typed, so that it is not lost:"))
        for one in typed:
            _put(text.safe(one), file=sys.stderr)


def interrupted(session: Any) -> None:
    """Ctrl-C."""
    _put("", file=sys.stderr)
    aside(_("Stopped; nothing more was changed."))
    _typed_back(session)


def bug(log: str, session: Any) -> None:
    """Our own error: one line, and where the log is."""
    message = _("This is an error in casebook itself, not yours. Details without texts: {log}")
    if _wants_json(session):
        answer({"error": {"exit": 70, "kind": "bug", "message": message.format(log=log)}})
    else:
        aside(message.format(log=log))
        _typed_back(session)


def hook_answer(one: HookAnswer) -> None:
    """The hook's answer: the first line stands alone, for programs that show only that."""
    errors = [each for each in one.findings if each.is_error]
    if not errors:
        return
    first = errors[0]
    where = first.path.rpartition("/")[2]
    if first.line:
        where = _("{file} line {line}").format(file=where, line=first.line)
    message = first.message.rstrip(".")
    message += "" if message.endswith(("?", "!")) else "."
    head, tail = {
        "sending": (_("Not sent: {where}, {message}"), _("What you saved is safe here.")),
        "received": (
            _("Came in against the rules: {where}, {message}"),
            _("Tell who looks after the computers; nothing was changed."),
        ),
    }.get(
        one.event,
        (_("Not saved: {where}, {message}"), _("Your text is still in the file.")),
    )
    said = [text.safe(head.format(where=where, message=message)), ""]
    said += [text.finding_line(each) for each in errors[:SHOWN]]
    if len(errors) > SHOWN:
        said.append(_("and {number} more").format(number=len(errors) - SHOWN))
    said += ["", tail]
    for each in said:
        _put(each, file=sys.stderr)
