"""The binary form in which SSH writes keys and signatures: strings with their length in front.

It reads and writes bytes; what they mean is told elsewhere.
"""

from __future__ import annotations

from typing import Final

LONGEST: Final = 1 << 16  # bytes: no key and no signature of a commit comes near it


class BadSignatureError(ValueError):
    """Bytes that are no key or no signature, or a signature that is not right.

    The text is a short word for it (``damaged``, ``other-text``, ...); see ``sshsig.REASONS``.
    """


class Wire:
    """Bytes that are read from the front."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        """The next ``count`` bytes; raises BadSignatureError when there are fewer."""
        end = self._at + count
        if end > len(self._data):
            raise BadSignatureError("damaged")
        found = self._data[self._at : end]
        self._at = end
        return found

    def number(self) -> int:
        """The next four bytes as a number."""
        return int.from_bytes(self.take(4), "big")

    def string(self) -> bytes:
        """The next string."""
        size = self.number()
        if size > LONGEST:
            raise BadSignatureError("damaged")
        return self.take(size)

    def whole(self) -> int:
        """The next string as a positive number of any size, in its shortest form."""
        data = self.string()
        if data[:1] >= b"\x80" or (data[:1] == b"\0" and data[1:2] < b"\x80"):
            raise BadSignatureError("damaged")
        return int.from_bytes(data, "big")

    def end(self) -> None:
        """Raise BadSignatureError when anything is left."""
        if self._at != len(self._data):
            raise BadSignatureError("damaged")


def string(data: bytes) -> bytes:
    """``data`` with its length in front."""
    return len(data).to_bytes(4, "big") + data
