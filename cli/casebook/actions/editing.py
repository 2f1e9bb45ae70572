"""Opening a record in the editor a person has set, else one that everybody can leave again."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from casebook.document import parse
from casebook.errors import EnvironmentProblem, UsageError
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.desk import Desk

# How editors are told the line; others get the file only.
GOTO = {"code": "{file}:{line}", "codium": "{file}:{line}", "subl": "{file}:{line}"}
PLUS = ("nano", "vim", "vi", "nvim", "emacs", "gedit", "micro", "kak", "mcedit", "joe")


def line_of(desk: Desk, path: str, section: str) -> int:
    """The line of a section (``persons``, or its label, or an entry ``P2``); 1 without one.

    Raises UsageError for a section that the record does not have.
    """
    raw = desk.tree.read(path)
    document = parse(raw, path)[0] if raw is not None else None
    if not section or document is None:
        return 1
    from casebook.catalogue.labels import plain

    kind = desk.policy.catalogue.kind_at(path) or desk.cases
    wanted = plain(section)
    for name in document.data:
        if wanted in (plain(name), plain(kind.field_label(name))):
            return document.place((name,), key=True)[0]
    for name, value in document.data.items():
        if isinstance(value, list):
            for entry in value:
                if isinstance(entry, dict) and plain(str(entry.get("id"))) == wanted:
                    return document.place((name, str(entry["id"])))[0]
    raise UsageError(
        _('This record has no section "{section}".').format(section=section),
        _("Choose one of: {options}").format(options=", ".join(document.data)),
    )


def editor(desk: Desk, asked: str | None, file: Path, line: int) -> list[str]:
    """The command that opens ``file``: what was asked, what is set, else what is there.

    Never vi by default: who does not know it cannot leave it. Raises EnvironmentProblem.
    """
    chosen = asked or _set(desk)
    try:
        words = shlex.split(chosen, posix=os.name != "nt") if chosen else _found()
    except ValueError as error:  # a quotation mark that is never closed
        raise _not_started(chosen) from error
    if not words:
        raise EnvironmentProblem(
            _("No editor was found."),
            _("Open the file in any editor: {file} and then type: casebook save").format(file=file),
        )
    name = Path(words[0]).name.removesuffix(".exe")
    if name in GOTO:
        return [*words, "--goto", GOTO[name].format(file=file, line=line)]
    if name in PLUS and line > 1:
        return [*words, f"+{line}", str(file)]
    return [*words, str(file)]


def _set(desk: Desk) -> str:
    named = [os.environ.get(name, "") for name in ("CASEBOOK_EDITOR", "VISUAL", "EDITOR")]
    return next((one for one in named if one.strip()), "") or (
        desk.repository.config("core.editor") or ""
    )


def _found() -> list[str]:
    if shutil.which("code"):
        return ["code", "--wait"]
    if os.name == "nt":
        return ["notepad"]
    if sys.platform == "darwin":
        return ["open", "--wait-apps", "--new", "-t"]
    return ["nano"] if shutil.which("nano") else []


def open_in(argv: Sequence[str]) -> None:
    """Run the editor until it is closed; raises EnvironmentProblem when it fails."""
    import subprocess

    try:
        code = subprocess.run(list(argv), check=False).returncode
    except OSError as error:
        raise _not_started(argv[0]) from error
    if code != 0:
        raise EnvironmentProblem(
            _("The editor {editor} ended with an error; nothing was saved.").format(editor=argv[0]),
            _("Your text is in the file; save it with: casebook save"),
        )


def _not_started(editor: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        _("The editor {editor} could not be started.").format(editor=editor),
        _("Set another one: git config core.editor nano"),
    )
