"""Whom to call in the first hour: the school's own contacts, then the national ones.

It reads policy and reference data and decides nothing; how it looks is the page's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.actions.policywords import row_text
from casebook.frozen import frozen
from casebook.i18n import _, language
from casebook.pattern import values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from casebook.catalogue import CaseType
    from casebook.policy import Policy
    from casebook.record import Record

# Rows of ``reference/contacts.yaml``, in the order in which they are called.
NATIONAL = (
    "police",
    "suicide-prevention",
    "helpwanted",
    "school-en-veiligheid",
    "confidential-inspector",
)
POLICE = "police"
UNSURE = ("recall", "uncertain")


@frozen
class Call:
    """Somebody to call: who, and how; ``how`` says it when a number was not verified."""

    who: str
    how: str


def calls(policy: Policy, case_type: CaseType, day: date) -> list[Call]:
    """Whom to call about an incident of this type; the school's police contact comes first."""
    own = [one for one in policy.records("contact") if _is_own(one, day)]
    fixed = [one for one in own if one.text("kind") == POLICE and one.text("fixed") == "yes"]
    found = list(_police(policy.school))
    found += [_contact(one) for one in fixed]
    if not found:
        found = [Call(_("Your police contact"), _("not filled in yet (policy/school.md)"))]
    found += [
        _contact(one)
        for one in own
        if one not in fixed and case_type.id in values(one.get("types"))
    ]
    rows = policy.reference("contacts")
    return found + [_national(rows[one], one) for one in NATIONAL if one in rows]


def _is_own(contact: Record, day: date) -> bool:
    """Whether the school filled it in itself, and it may be called on that day."""
    begins, ends = contact.text("from"), contact.text("until")
    today = day.isoformat()
    return contact.text("model") != "yes" and begins <= today and not (ends and ends < today)


def _police(school: Record | None) -> Iterator[Call]:
    if school is not None and school.text("police_contact"):
        how = (school.text("police_contact"), school.text("police_phone"))
        yield Call(_("Your police contact"), ", ".join(one for one in how if one))


def _contact(contact: Record) -> Call:
    titles = (contact.text(f"title_{language()}"), contact.text("title"))
    how = (contact.text(name) for name in ("phone", "email", "url", "hours", "deputy"))
    return Call(next(filter(None, titles)), "; ".join(filter(None, how)) or contact.id)


def _national(row: Mapping[str, Any], identity: str) -> Call:
    how = "; ".join(filter(None, (row_text(row, "phone"), row_text(row, "url"))))
    if row.get("phone_certainty", row.get("certainty")) in UNSURE:
        how += " " + _("(number not verified)")
    return Call(row_text(row, "label") or identity, how)
