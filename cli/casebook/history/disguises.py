"""What makes a history look other than it is stored, and files of it that are damaged.

It looks at git's own folder and names what it finds; it repairs nothing.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from casebook.history.plain import Source

REPLACED: Final = "replaced"
GRAFTED: Final = "grafted"
SHALLOW: Final = "shallow"
NOTES: Final = "notes"
DAMAGED: Final = "damaged"
_CHUNK: Final = 1 << 20
_LOOSE: Final = re.compile(r"[0-9a-f]{38}|[0-9a-f]{62}")


def disguises(source: Source) -> Iterator[tuple[str, str]]:
    """Pairs of what it is and its name: a replaced object, a file in git's folder."""
    listed = source.git.ask("for-each-ref", "--format=%(refname)", "refs/replace", "refs/notes")
    for name in listed.out.decode("utf-8", "replace").split():
        if name.startswith("refs/replace/"):
            yield REPLACED, name.removeprefix("refs/replace/")
        else:
            yield NOTES, name
    for file, kind in (("info/grafts", GRAFTED), ("shallow", SHALLOW)):
        lines = _lines(source.common_dir / file)
        if lines:
            yield kind, file


def _lines(file: Path) -> list[str]:
    try:
        text = file.read_text("utf-8", "replace")
    except OSError:
        return []
    return [one for one in text.splitlines() if one.strip() and not one.startswith("#")]


def damaged(source: Source) -> Iterator[tuple[str, str]]:
    """Files with objects whose content is not what their name or their own sum says."""
    folder = source.common_dir / "objects"
    for place in sorted(folder.glob("??/*")):
        if _LOOSE.fullmatch(place.name) and not _is_whole(place):
            yield DAMAGED, place.parent.name + place.name
    for place in sorted((folder / "pack").glob("pack-*")):
        if place.suffix in (".pack", ".idx") and not _has_sum(place):
            yield DAMAGED, f"objects/pack/{place.name}"


def _is_whole(place: Path) -> bool:
    identity = place.parent.name + place.name
    method = hashlib.sha256 if len(identity) == 64 else hashlib.sha1
    try:
        unpacked = zlib.decompressobj()
        data = unpacked.decompress(place.read_bytes()) + unpacked.flush()
    except (OSError, zlib.error):
        return False
    return unpacked.eof and not unpacked.unused_data and method(data).hexdigest() == identity


def _has_sum(place: Path) -> bool:
    """Whether the last bytes of a pack are the sum of the rest; by SHA-1, or else by SHA-256."""
    try:
        size = place.stat().st_size
        return any(_sum_fits(place, method, size) for method in ("sha1", "sha256"))
    except OSError:
        return False


def _sum_fits(place: Path, method: str, size: int) -> bool:
    digest = hashlib.new(method)
    left = size - digest.digest_size
    with place.open("rb") as file:
        while left > 0:
            chunk = file.read(min(_CHUNK, left))
            if not chunk:
                return False
            digest.update(chunk)
            left -= len(chunk)
        return file.read() == digest.digest()
