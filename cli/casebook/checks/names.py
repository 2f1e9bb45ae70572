"""Names of files stand for one record each, on every computer and in every folder.

It looks at names only; whether the id in a file fits its name is judged with the record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook import foreign
from casebook.finding import WARNING, Finding
from casebook.i18n import N_, _
from casebook.ids import FULL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.checks.base import Judgement

FINDINGS = {
    "id-twice": N_("Two files bear the name of one record, so nobody can tell which is meant."),
    "tail-twice": N_(
        "Two cases of different years end in the same five signs, so that the short form no longer "
        "names one of them. The full number still does."
    ),
}


def check_all(judgement: Judgement) -> Iterator[Finding]:
    """Findings on names that mean two files, or files that bear one name."""
    paths = [entry.path for entry in judgement.after.entries()]
    for path, problem in foreign.collisions(paths):
        yield Finding(path, 0, 0, problem.check, problem.message, problem.remedy, problem.severity)
    names: dict[tuple[str, str], str] = {}
    tails: dict[str, str] = {}
    for path in paths:
        kind = judgement.policy.catalogue.kind_at(path)
        if kind is None:
            continue
        name = path.rpartition("/")[2].removesuffix(".md")
        first = names.setdefault((kind.name, name), path)
        if first != path:
            message = _("{other} bears the same name").format(other=first)
            remedy = _("Do: keep one of the two; put what is missing into it")
            yield Finding(path, 0, 0, "id-twice", message, remedy)
        elif FULL.fullmatch(name):
            year, _dash, tail = name.partition("-")
            other = tails.setdefault(tail, name)
            if not other.startswith(year):
                message = _("{other} ends in the same signs").format(other=other)
                remedy = _("Do: write the whole number of both from now on")
                yield Finding(path, 0, 0, "tail-twice", message, remedy, WARNING)
