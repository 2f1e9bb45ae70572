"""What can be wrong around a casebook: clock, libraries, programs, names and its folder.

It only looks; git and its repository are looked at in ``symptoms``.
"""

from __future__ import annotations

import re
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from casebook.actions.symptoms import Symptom
from casebook.finding import WARNING
from casebook.history.setup import DRIVEN
from casebook.i18n import _
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

YEARS: Final = range(2024, 2091)
SYNCED: Final = regex(
    r"(onedrive|dropbox|google ?drive|icloud|mobile documents|cloudstorage|nextcloud|surfdrive)",
    re.IGNORECASE,
)


def of_computer(root: Path, now: datetime) -> Iterator[Symptom]:
    """Clock, libraries, programs, names and the folder the casebook lies in."""
    if now.year not in YEARS:
        yield Symptom(
            "clock",
            _("The clock of this computer says {day}.").format(day=now.date().isoformat()),
            _("Every date that is recorded now would be wrong, and terms count from it."),
            _("Set the date and time of this computer."),
        )
    yield from _libraries()
    if shutil.which("git-case") is None:
        yield Symptom(
            "not-on-path",
            _("The program git-case is not found by this computer's shell."),
            _("git case and git policy do not work then."),
            _("Add the folder of the program to PATH: {folder}").format(
                folder=Path(sys.executable).parent
            ),
            WARNING,
        )
    if sys.getfilesystemencoding().lower().replace("-", "") != "utf8":
        yield Symptom(
            "file-names",
            _("File names are not read as UTF-8 here: {name}.").format(
                name=sys.getfilesystemencoding()
            ),
            _("Names with accents would be damaged."),
            _("Set the environment variable PYTHONUTF8 to 1."),
        )
    yield from _folder(root)


def _libraries() -> Iterator[Symptom]:
    if find_spec("yaml") is not None and find_spec("yaml._yaml") is None:
        yield Symptom(
            "slow-yaml",
            _("PyYAML was installed without its fast part (libyaml)."),
            _("Everything works, but reading is many times slower."),
            _("Install PyYAML again, from a ready-made package: {command}").format(
                command=f"{sys.executable} -m pip install --force-reinstall PyYAML"
            ),
            WARNING,
        )
    if find_spec("jsonschema_rs") is None:
        yield Symptom(
            "slow-schema",
            _("The library jsonschema-rs is missing."),
            _("Everything works, but judging many records is slower."),
            _("Install it: {command}").format(
                command=f"{sys.executable} -m pip install jsonschema-rs"
            ),
            WARNING,
        )


def _folder(root: Path) -> Iterator[Symptom]:
    match = next((SYNCED.search(part) for part in root.parts if SYNCED.search(part)), None)
    if match is not None:
        yield Symptom(
            "synced-folder",
            _("The casebook lies in a folder that is copied to a cloud: {name}.").format(
                name=match[0]
            ),
            _(
                "Files about pupils leave the school that way, and two programs that copy the same "
                "folder damage its history."
            ),
            _("Move the folder out of it, and share the casebook with git only."),
        )
    attributes = root / ".gitattributes"
    text = attributes.read_text("utf-8", "replace") if attributes.is_file() else ""
    if "working-tree-encoding" in text:
        yield Symptom(
            "other-encoding",
            _("The file .gitattributes has texts written in another encoding than UTF-8."),
            _("Records are UTF-8; the program would refuse what git writes."),
            _("Take working-tree-encoding out of .gitattributes."),
        )
    absent = [line for line in DRIVEN if line not in text]
    if absent:
        yield Symptom(
            "merge-lines",
            _("The file .gitattributes does not say how records are merged."),
            _("Two colleagues who change one case get in each other's way."),
            _("Add this line to .gitattributes: {line}").format(line=absent[0]),
            WARNING,
        )
    if not re.search(r"^\*(\.md)?\s.*eol=lf", text, re.MULTILINE):
        yield Symptom(
            "line-ends",
            _("The file .gitattributes does not fix the line ends of texts."),
            _("On Windows every line of a record may look changed."),
            _("Add this line to .gitattributes: {line}").format(line="*.md text eol=lf"),
            WARNING,
        )
