"""The fingerprint of an adopted text: a digest of the fields and body that make up its meaning.

Dates, state and owner are not part of it, so that a text can enter into force and retire.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.record import Record


def fingerprint(record: Record, fields: Sequence[str]) -> str:
    """``sha256:`` and 32 hexadecimal digits over ``fields`` and the body, on LF."""
    import hashlib  # few records are adopted texts, and it takes a while to import

    body = record.document.body.replace("\r\n", "\n").strip()
    text = {name: record.get(name) for name in fields if record.get(name) is not None}
    material = json.dumps([text, body], ensure_ascii=False, sort_keys=True)
    return "sha256:" + hashlib.sha256(material.encode()).hexdigest()[:32]
