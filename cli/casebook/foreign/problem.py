"""What is wrong with a file that does not belong, and the words that say so.

It does not decide: ``names`` and ``content`` do.
"""

from __future__ import annotations

from typing import Final

from casebook.finding import ERROR, Finding
from casebook.frozen import frozen
from casebook.i18n import N_, _

FINDINGS: Final[dict[str, str]] = {
    "media-file": N_("A photo, video or recording: a casebook holds words, never images."),
    "archive-file": N_("An archive: nobody can see or check what is in it."),
    "office-file": N_(
        "An office file, PDF or mail: its changes cannot be read, it may hold images."
    ),
    "backup-file": N_("A leftover that an editor or system made, not a record."),
    "conflicted-copy": N_("A second copy of a record, made by a sync service or by copying."),
    "link": N_("A link to another file: it may point outside the casebook."),
    "submodule": N_("A folder with a history of its own inside this one."),
    "nested-repository": N_("Files of a folder with a history of its own inside this one."),
    "special-file": N_("A device or pipe, not a file with text."),
    "executable": N_("A record marked as a program."),
    "reserved-name": N_("A name that Windows cannot write."),
    "unsafe-name": N_("A name that programs could read as an option or as another folder."),
    "long-name": N_("A name or path too long for some computers."),
    "name-collision": N_("Two names that are one file on Windows and Mac."),
    "wrong-place": N_("A file where no record, rule or program belongs."),
    "data-uri": N_("A file hidden in text as a data address."),
    "encoded-blob": N_("A file hidden in text as a block of letters and digits."),
    "binary-content": N_("Content that is not text."),
}


@frozen
class Problem:
    """What is wrong with one file; ``check`` is a key of FINDINGS, line 0 is the whole file."""

    check: str
    message: str
    remedy: str
    severity: str = ERROR
    line: int = 0
    column: int = 0

    def at(self, path: str) -> Finding:
        """The finding on that file."""
        return Finding(
            path, self.line, self.column, self.check, self.message, self.remedy, self.severity
        )


RECORDS: Final = ("cases/", "policy/")


def wrong_place(path: str) -> Problem:
    """The words for a file where none belongs."""
    if path.startswith(RECORDS):
        text = _("{name} does not belong here: cases and policy hold only texts (.md).")
        remedy = _("move it out of the casebook; describe in words what it shows")
    else:
        text = _("{name} does not belong in a casebook.")
        remedy = _('move it out of the casebook, or name its folder in "outside" of casebook.json')
    return Problem("wrong-place", text.format(name=_("this file")), remedy)


def media(path: str) -> Problem:
    """The words for a picture, video or recording."""
    return Problem(
        "media-file",
        _("{name} is a picture, video or recording; a casebook never holds one.").format(
            name=_("this file")
        ),
        _keep_out(),
    )


def archive(path: str) -> Problem:
    """The words for an archive."""
    return Problem(
        "archive-file",
        _("{name} is an archive; nobody can see what is in it.").format(name=_("this file")),
        _keep_out(),
    )


def office(path: str) -> Problem:
    """The words for an office file, PDF or mail."""
    return Problem(
        "office-file",
        _("{name} is an office file, PDF or mail; a casebook holds only text.").format(
            name=_("this file")
        ),
        _(
            "put the text itself into the record and keep the file outside the casebook. If there "
            "are images in it: do not copy, mail or show them, and call the police contact before "
            "you delete it"
        ),
    )


def backup(path: str) -> Problem:
    """The words for a leftover."""
    return Problem(
        "backup-file",
        _("{name} is a leftover of an editor or of the system, not a record.").format(
            name=_("this file")
        ),
        _("delete it, after putting what you still need into the record"),
    )


def long_name(name: str) -> Problem:
    """The words for a name that is too long."""
    return Problem(
        "long-name",
        _('"{name}..." is too long a name for some computers.').format(name=shown(name)[:40]),
        _("give it a shorter name"),
    )


def _keep_out() -> str:
    return _(
        "Do not copy, mail or show it. Call the police contact before you delete it; describe it "
        "in words with: git case add content"
    )


def shown(name: str) -> str:
    """The name with signs that could steer a terminal made visible."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)
