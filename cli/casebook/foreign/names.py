"""Judges names, places and modes of files: what may not lie in a casebook.

It opens nothing; a picture under an innocent name is found by ``content``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebook.finding import WARNING
from casebook.foreign.problem import (
    RECORDS,
    Problem,
    archive,
    backup,
    long_name,
    media,
    office,
    shown,
    wrong_place,
)
from casebook.i18n import _
from casebook.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MEDIA = _words(
    """
    jpg jpeg jpe jfif png apng gif bmp dib tif tiff webp heic heif hif avif jxl jp2 raw dng
    cr2 cr3  nef arw orf psd xcf ico icns eps svgz mp4 m4v mov qt avi mkv webm wmv flv f4v 3gp
    3g2 mpg mpeg  mts m2ts ogv vob mp3 m4a m4b wav ogg oga opus amr aac flac wma aiff aif caf
    3ga
    """
)
_ARCHIVES = _words(
    """
    zip zipx rar 7z tar gz tgz bz2 tbz xz txz zst lz4 lzma z iso img dmg cab jar war apk whl
    egg  bundle vhd vhdx
    """
)
_OFFICE = _words(
    """
    doc docx docm dot dotx xls xlsx xlsm xlsb xlt ppt pptx pptm pps ppsx odt ods odp odg rtf
    pdf xps  pages numbers epub msg eml pst mbox one mdb accdb vsd vsdx pub wpd
    """
)
_BACKUP_ENDING = regex(
    r"(?:~|\.(?:orig|rej|bak|backup|old|tmp|temp|swp|swo|swn|swx|part|crdownload|download|lnk|url))\Z",
    re.IGNORECASE,
)
_BACKUP_NAME = regex(
    r"#.*#|\.#.*|~\$.*|~.*\.tmp|\.ds_store|\._.*|thumbs\.db|ehthumbs\.db|desktop\.ini|\.~lock\..*#?"
    r"|\.fuse_hidden.*|\.nfs[0-9a-f]{8,}|.*\.sw[a-p]|icon\r",
    re.IGNORECASE,
)
_COPY_NAME = regex(
    r"conflicted copy|in conflict|conflict(?:erende|ing)? kopie|case conflict|\.sync-conflict-"
    r"|conflictkopie|(?:[ ]-? ?(?:kopie|copy)|[_-]kopie)(?: ?\(?[0-9]+\)?)?(?=\.[^.]*\Z|\Z)"
    r"|\((?:[0-9]{1,3}|(?:[0-9a-z]+ )?(?:kopie|copy))\)(?=\.[^.]*\Z|\Z)"
    r"|^(?:kopie van|copy of)[ _]|[ ][0-9]{1,2}(?=\.md\Z)",
    re.IGNORECASE,
)
_DEVICE = regex(
    r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])[ ]*(?:\..*)?",
    re.IGNORECASE,
)
_NO_WINDOWS = regex(r'[<>:"|?*\\\x00-\x1f\x7f]|[. ]\Z')
_HIDDEN_SIGNS = regex("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0080-\u009f]")
_LONGEST_NAME = 120  # characters; leaves room for a user's folder below Windows' 260
_LONGEST_PATH = 200

SIGNERS = "policy/signers"  # who may sign: the one file among the records that is none
_TOP_FILES = regex(
    r"(?:README|CHANGELOG|SECURITY|LICEN[CS]E|NOTICE)[^/]*|setup\.cfg|pyproject\.toml|\.[^/]+",
    re.IGNORECASE,
)
_TOP_FOLDERS = _words(
    """
    cli hooks schemas policy cases tests .ci .github .gitlab .forgejo .gitea .woodpecker
    """
)
# The name of nearly every file here: no letter of it can make it a copy, a picture or a device.
_CASE = regex(r"cases/[0-9]{4}/[0-9]{4}-[0-9A-HJKMNP-TV-Z]{5}\.md")
_PROGRAMS = ("cli/", "hooks/", "tests/", ".ci/", ".github/", ".gitlab/", ".forgejo/")


def judge_path(path: str, mode: str, outside: Sequence[str] = ()) -> Problem | None:
    """The first thing wrong with a file by its path (with ``/``) and mode (``snapshot.FILE`` ...).

    ``outside`` are folders ("tests/") without rules of place; never ``cases/`` or ``policy/``.
    """
    if mode == "file" and _CASE.fullmatch(path):
        return None
    problem = _judge_mode(path, mode) or _judge_kind(path)
    if problem is not None:
        return problem
    for name in path.split("/"):
        problem = _judge_name(name)
        if problem is not None:
            return problem
    if len(path) > _LONGEST_PATH:
        return long_name(path)
    if is_outside(path, outside):
        return None
    if not _has_place(path):
        return wrong_place(path)
    if mode == "executable" and not path.startswith(_PROGRAMS):
        from shlex import quote

        return Problem(
            "executable",
            _("{name} is marked as a program; records are only text.").format(name=_("this file")),
            _("take the mark away: {command}").format(
                command="git update-index --chmod=-x -- " + quote(path)
            ),
            WARNING,
        )
    return None


def is_outside(path: str, outside: Sequence[str]) -> bool:
    """Whether ``path`` lies in a folder of ``outside``; cases and policy never do."""
    if path.startswith(RECORDS):
        return False
    return any(path.startswith(folder.rstrip("/") + "/") for folder in outside if folder.strip("/"))


def collisions(paths: Iterable[str]) -> Iterator[tuple[str, Problem]]:
    """Paths that are the same file as an earlier one where case or accents do not count."""
    first: dict[str, str] = {}
    folders: dict[str, str] = {"": ""}  # a folder, and which folder on its way was another first
    for path in sorted(set(paths)):
        folder = path.rpartition("/")[0]
        if folder not in folders:
            parts = folder.split("/")
            ways = ("/".join(parts[: depth + 1]) for depth in range(len(parts)))
            folders[folder] = next((way for way in ways if _other(way, first)), "")
        prefix = folders[folder] or path
        if other := _other(prefix, first):
            yield (
                path,
                Problem(
                    "name-collision",
                    _("{one} and {two} are one file on Windows and Mac.").format(
                        one=shown(prefix), two=shown(other)
                    ),
                    _("keep one of the two and give the other its own name"),
                ),
            )


def _other(path: str, first: dict[str, str]) -> str:
    """The path that came first under the same name for such a computer; none for the first."""
    if path.isascii():
        key = path.lower()
    else:
        from unicodedata import normalize

        key = normalize("NFC", normalize("NFC", path).casefold())
    known = first.setdefault(key, path)
    return known if known != path else ""


def _judge_mode(path: str, mode: str) -> Problem | None:
    name = shown(path)
    if mode == "link":
        return Problem(
            "link",
            _("{name} is a link to another file; a casebook holds the files themselves.").format(
                name=name
            ),
            _("remove the link and put the text itself there"),
        )
    if mode == "submodule":
        return Problem(
            "submodule",
            _("{name} is a folder with a history of its own inside this one.").format(name=name),
            _("move it out of the casebook"),
        )
    if mode == "special":
        return Problem(
            "special-file",
            _("{name} is a device or pipe, not a file.").format(name=name),
            _("remove it"),
        )
    if any(part.casefold() in (".git", "git~1") for part in path.split("/")):
        return Problem(
            "nested-repository",
            _("{name} belongs to a folder with a history of its own inside this one.").format(
                name=name
            ),
            _("move that folder out of the casebook"),
        )
    return None


def _judge_kind(path: str) -> Problem | None:
    """Media, archives, office files, copies and leftovers, by the file's name."""
    name = path.rpartition("/")[2]
    plain = name.rstrip(". ")
    while (shorter := _BACKUP_ENDING.sub("", plain)) != plain:  # photo.jpg~ is a photo
        plain = shorter
    plain = plain.strip("#")
    ending = plain.rpartition(".")[2].casefold() if "." in plain else ""
    if ending in _MEDIA or (ending == "svg" and path.startswith(RECORDS)):
        return media(path)
    if _BACKUP_NAME.fullmatch(name):
        return backup(path)
    if ending in _ARCHIVES:
        return archive(path)
    if ending in _OFFICE:
        return office(path)
    if _BACKUP_ENDING.search(name):
        return backup(path)
    if _COPY_NAME.search(name):
        return Problem(
            "conflicted-copy",
            _("{name} is a second copy of a record.").format(name=_("this file")),
            _("put what is missing into the record itself, then delete the copy"),
        )
    return None


def _judge_name(name: str) -> Problem | None:
    if name.startswith("-") or ".." in name or name in ("", ".") or _HIDDEN_SIGNS.search(name):
        return Problem(
            "unsafe-name",
            _('"{name}" is not a safe name.').format(name=shown(name)),
            _("use letters, digits, dots and dashes, and start with a letter or digit"),
        )
    if _DEVICE.fullmatch(name) or _NO_WINDOWS.search(name):
        return Problem(
            "reserved-name",
            _('Windows cannot write a file named "{name}".').format(name=shown(name)),
            _("give it another name: letters, digits, dots and dashes"),
        )
    if len(name) > _LONGEST_NAME or len(name.encode("utf-8", "surrogatepass")) > 255:
        return long_name(name)
    return None


def _has_place(path: str) -> bool:
    top, slash, rest = path.partition("/")
    if not slash:
        return _TOP_FILES.fullmatch(path) is not None
    if top + "/" in RECORDS:
        return path == SIGNERS or rest.endswith(".md") or rest.rpartition("/")[2] == ".gitkeep"
    return top in _TOP_FOLDERS
