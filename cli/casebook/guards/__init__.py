"""The guards that workflow data can name, and what is still missing for them.

A guard looks at front matter only and answers with ``Unmet`` values; it never prints, edits or
decides whether a move happens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook import pattern
from casebook.guards import cases, decided, fields, measures, people
from casebook.guards.model import Question, Repair, Unmet, World, argv, blocking
from casebook.guards.people import took_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from casebook.workflow import Guard

__all__ = [
    "REGISTRY",
    "Question",
    "Repair",
    "Unmet",
    "World",
    "argv",
    "blocking",
    "took_place",
    "unmet",
]

REGISTRY: Final[Mapping[str, Callable[[Question, Guard], Iterator[Unmet]]]] = {
    "field": fields.field,
    "text": fields.text,
    "list-not-empty": fields.list_not_empty,
    "each-entry": fields.each_entry,
    "answered": people.answered,
    "heard": people.heard,
    "parents-consulted": people.parents_consulted,
    "steps-done": cases.steps_done,
    "links-closed": cases.links_closed,
    "is-light": cases.is_light,
    "short-close": cases.short_close,
    "target-open": cases.target_open,
    "legal-form": measures.legal_form,
    "same-treatment": measures.same_treatment,
    "whole-adopted": decided.whole_adopted,
    "council": decided.council,
}


def unmet(question: Question, guard: Guard) -> list[Unmet]:
    """What is missing for ``guard``; empty when it holds or does not apply."""
    data = question.data
    for one in guard.only_if:
        if not pattern.holds(data, one):
            return []
    for one in guard.unless:
        if pattern.holds(data, one):
            return []
    return list(REGISTRY[guard.name](question, guard))
