"""Signatures of commits: keys, SSH signatures, the list of signers, and words to compare aloud.

Pure: bytes in, values out. It knows no git and no record, and starts no other program.
"""

from __future__ import annotations
