"""The JSON answers: one object each, ids in English, dates in ISO; their shapes are published.

Pure: values in, dictionaries out.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from casebook.frozen import fields_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.actions.outcome import Blocker, Next, Outcome, Refusal
    from casebook.errors import CasebookError
    from casebook.finding import Finding

SCHEMA_VERSION = 1


def dump(answer: dict[str, Any]) -> str:
    """The answer as text, with the version first."""
    return json.dumps(
        {"schema_version": SCHEMA_VERSION, **answer}, ensure_ascii=False, indent=2, default=str
    )


def finding(one: Finding) -> dict[str, Any]:
    """A finding."""
    return {
        "check": one.check,
        "severity": one.severity,
        "path": one.path,
        "line": one.line,
        "column": one.column,
        "message": one.message,
        "remedy": one.remedy,
    }


def value(one: Any) -> dict[str, Any]:
    """A value by the names of its fields; what is not known is null."""
    return {name: None if held == "" else held for name, held in fields_of(one).items()}


def findings(found: Sequence[Finding]) -> dict[str, Any]:
    """All findings with their counts."""
    errors = sum(one.is_error for one in found)
    return {
        "findings": [finding(one) for one in found],
        "summary": {"errors": errors, "warnings": len(found) - errors},
    }


def blocker(one: Blocker) -> dict[str, Any]:
    """A blocker of a move."""
    return {
        "guard": one.guard,
        "message": one.message,
        "remedy": " ".join(one.argv),
        "argv": list(one.argv),
        "asks": list(one.asks),
    }


def refusal(one: Refusal) -> dict[str, Any]:
    """A refused move."""
    return {
        "refused": {
            "id": one.id,
            "move": one.move,
            "blockers": [blocker(each) for each in one.blockers],
            "warnings": [blocker(each) for each in one.warnings],
        }
    }


def coming(one: Next | None) -> dict[str, Any] | None:
    """The next step."""
    if one is None:
        return None
    return {
        "text": one.text,
        "argv": list(one.argv),
        "due": one.due.isoformat() if one.due is not None else None,
        "overdue": one.overdue,
    }


def outcome(one: Outcome) -> dict[str, Any]:
    """What a writing command did."""
    return {
        "id": one.id,
        "path": one.path,
        "commit": one.commit or None,
        "move": one.move or None,
        "from": one.origin or None,
        "to": one.target or None,
        "item": one.entry or None,
        "fulfils": list(one.fulfils),
        "next": coming(one.next),
        "warnings": [finding(each) for each in one.findings],
        "dry_run": one.dry_run,
        **one.data,
    }


def error(one: CasebookError) -> dict[str, Any]:
    """Any other refusal."""
    return {
        "error": {
            "exit": one.exit_code,
            "kind": one.kind,
            "message": one.message,
            "hint": one.hint,
        }
    }
