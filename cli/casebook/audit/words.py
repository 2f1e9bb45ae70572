"""What can be wrong with a history: the names of its findings, and what they mean.

It does not judge; ``signed``, ``order`` and ``walk`` do.
"""

from __future__ import annotations

from typing import Final

from casebook.i18n import N_

FINDINGS: Final = {
    "history-rewritten": N_(
        "The head that was verified before is no part of this history: it was rewritten, or this "
        "is another casebook. Compare with another copy before you trust it."
    ),
    "history-replaced": N_(
        "Git is set to show another commit or file in the place of a stored one. The audit looks "
        "at what is stored."
    ),
    "history-grafted": N_(
        "A file in git's folder tells other parents than the commits themselves do."
    ),
    "history-shallow": N_("Only the newest part of the history is here; the rest was not judged."),
    "history-unreadable": N_("The history cannot be read to its beginning."),
    "history-notes": N_("Notes hang on commits; they are not part of what is judged or signed."),
    "object-damaged": N_(
        "A stored piece of the history is not the one that its name says: the disk is damaged, or "
        "somebody changed it."
    ),
    "second-beginning": N_("The history has a second first commit: two histories were joined."),
    "merge": N_("Two lines of history were joined by hand; both were judged."),
    "commit-odd": N_("The commit holds something that git does not write in one."),
    "hidden-signs": N_(
        "The message or the name holds signs that are not shown, or that turn the text round."
    ),
    "date-before-parent": N_("The commit says that it is older than the one before it."),
    "date-in-future": N_("The commit says that it was made later than now."),
    "unsigned": N_("The commit carries no signature, while this casebook has signers."),
    "signature-wrong": N_("The signature is not right, or belongs to another text."),
    "signature-twice": N_("The commit carries more than one signature, so that one can hide."),
    "unknown-key": N_(
        "The commit is signed by a key that the list of signers of the commit before it lacks."
    ),
    "key-ended": N_("The key did not count at that moment: not yet, or not any more."),
    "other-person": N_("The commit is signed by another person than the one it names."),
    "author-differs": N_("The commit is in the name of another person than the one who saved it."),
    "signers-alone": N_("The list of signers was changed in a way that needs a second signer."),
    "signed-after-end": N_(
        "The commit was signed after the day from which, as was said later, the key no longer "
        "counted."
    ),
    "first-key-differs": N_("The first key of this casebook is not the one that was noted."),
    "not-judged": N_("The commit could not be judged by the rules of the commit before it."),
}
