"""The values that a walk makes anew for every commit: some twenty, so a million in a long history.

It changes nothing of what they are, only how long making one takes.
"""

from __future__ import annotations

from casebook.audit.seen import Seen
from casebook.catalogue.shelf import Reading
from casebook.checks.base import Judgement, Subject
from casebook.crossing import Crossing
from casebook.document import Document
from casebook.frozen import hasten
from casebook.guards.model import Question
from casebook.history.raw import RawChange, Side
from casebook.history.rawcommit import Person, RawCommit
from casebook.history.walk import Step
from casebook.record import Record
from casebook.signing.keys import PublicKey
from casebook.signing.sshsig import Signature
from casebook.snapshot import Change


def hasten_all() -> None:
    """Before a long walk, once for all cores."""
    hasten(Side, RawChange, Step, Person, RawCommit, PublicKey, Signature, Seen)
    hasten(Change, Judgement, Subject, Document, Record, Reading, Crossing, Question)
