"""Messages to audiences hold no guilt, sanction, health or class code before they are sent.

Words only: whether a message is wise is for people. Letters of the school come with later kinds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook import wording
from casebook.checks.base import found
from casebook.finding import WARNING
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.checks.base import Judgement, Subject
    from casebook.finding import Finding

FINDINGS = {
    "message-wording": N_(
        "The text of a message suggests guilt, tells a sanction or somebody's health, or names a "
        "class that identifies people. A message informs; who is to blame is not its business."
    ),
}
KINDS = {
    "guilt": N_("guilt"),
    "sanction": N_("sanction"),
    "health": N_("health"),
    "group": N_("class"),
}
WIDE = ("staff", "class", "parents", "all-parents", "media", "council")


def check(subject: Subject, judgement: Judgement) -> Iterator[Finding]:
    """Warnings on the words of messages to wider audiences."""
    if subject.kind.name != "case":
        return
    words = judgement.policy.wording
    if words is None:
        return
    for message in subject.after.entries("messages"):
        if message.get("to") not in WIDE:
            continue
        code = str(message.get("id"))
        text = str(message.get("text", ""))
        hits = [
            *wording.guilt_words(text, words),
            *wording.sanction_words(text, words),
            *wording.health_words(text, words),
            *wording.group_codes(text, words),
        ]
        for hit in hits:
            yield found(
                subject.after,
                ("messages", code, "text"),
                "message-wording",
                _('{message} says "{word}" ({kind})').format(
                    message=code, word=hit.word, kind=_(KINDS[hit.kind])
                ),
                _("Do: say what happened and what the school does, without guilt or sanction"),
                WARNING,
            )
