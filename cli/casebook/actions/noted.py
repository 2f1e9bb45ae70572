"""What was noted of a history elsewhere: six words or the id of a head, found again or not.

It reads what was typed and looks for that commit; what came after it is judged in ``verifying``.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from casebook.audit.model import Charge, found
from casebook.errors import CasebookError, UsageError
from casebook.history import walk as walking
from casebook.i18n import _
from casebook.regex import regex
from casebook.signing import checkwords

if TYPE_CHECKING:
    from casebook.history.plain import Source

_ID = regex(r"[0-9a-f]{4,64}")


def require_words(typed: str) -> tuple[str, ...]:
    """Six check words as they are compared; raises UsageError for anything else."""
    if checkwords.is_words(typed):
        return checkwords.normal(typed)
    words = checkwords.normal(typed)
    listed = checkwords.word_list()
    odd = next((one for one in words if one not in listed), "")
    near = get_close_matches(odd, listed, n=1) if len(words) == checkwords.COUNT else []
    hint = _("They stand at the end of what casebook verify says.")
    if near:
        hint = _('"{odd}" is none of them; did you mean "{near}"?').format(odd=odd, near=near[0])
    raise UsageError(_('"{words}" are not six check words.').format(words=typed), hint)


def since(source: Source, head: str, typed: str) -> tuple[str | None, list[Charge]]:
    """The commit that was noted; None, and a charge, where it is no part of this history.

    Raises UsageError for a text that is neither six words nor the name of a commit.
    """
    text = typed.strip()
    if not text:
        return None, []
    if (
        len(text.split()) == 1
    ):  # words may be parted by other signs, a name of git has none of these
        name = text + "^{commit}"
        answer = source.git.ask("rev-parse", "-q", "--verify", "--end-of-options", name)
        identity = answer.out.decode("ascii", "replace").strip()
        if answer.code == 0 and walking.holds(source, head, identity):
            return identity, []
        if answer.code == 0 or _ID.fullmatch(text):
            return None, [rewritten(text)]
    wanted = require_words(text)
    try:
        for identity in walking.ids(source, head):
            data = identity.encode()
            if checkwords.first_word(checkwords.HEAD, data) == wanted[0] and (
                checkwords.words(checkwords.HEAD, data) == wanted
            ):
                return identity, []
    except CasebookError:
        return None, []  # the walk says what cannot be read
    return None, [rewritten(" ".join(wanted))]


def rewritten(what: str, at: str = "") -> Charge:
    """What is said when something that was noted or verified is no part of the history."""
    message = (
        _("the head {head}, verified on {day}, is no part of this history any more").format(
            head=what[:12], day=at[:10]
        )
        if at
        else _("no commit here has the words or the id that were noted: {words}").format(words=what)
    )
    remedy = _("Do: compare with another copy of the casebook before you go on")
    return Charge(found("history-rewritten", message, remedy))
