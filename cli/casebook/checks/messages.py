"""Messages to audiences hold no guilt, sanction, health or class code before they are sent.

Words only: whether a message is wise is for people. A letter of the school that a message names is
read too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook import wording
from casebook.checks.base import found
from casebook.finding import WARNING
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.checks.base import Judgement, Subject
    from casebook.finding import Finding
    from casebook.policy import Policy

FINDINGS = {
    "message-wording": N_(
        "The text of a message suggests guilt, tells a sanction or somebody's health, or names a "
        "class that identifies people. A message informs; who is to blame is not its business."
    ),
}
ONLY_WARNS = True
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
        # Said again when it is sent: that is the last moment to change a word.
        said = (
            _('{message} says "{word}" ({kind})')
            if message.get("sent") in (None, "", "no")
            else _('{message} was sent and says "{word}" ({kind})')
        )
        text = text_of(message, judgement.policy)
        for hit in wording.hits(text, words, KINDS):
            yield found(
                subject.after,
                ("messages", code, "text"),
                "message-wording",
                said.format(message=code, word=hit.word, kind=_(KINDS[hit.kind])),
                _("Do: say what happened and what the school does, without guilt or sanction"),
                WARNING,
            )


def text_of(message: Mapping[str, Any], policy: Policy) -> str:
    """The words of a message; those of the letter where it names one."""
    text = str(message.get("text", ""))
    named = text.strip()
    if not named or " " in named or "\n" in named:
        return text
    letter = policy.find("letter", named)
    return letter.document.body if letter is not None else text
