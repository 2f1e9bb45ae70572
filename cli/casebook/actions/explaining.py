"""What a word means: found by id or by label in either language, else with the nearest words."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from casebook import kit
from casebook.actions import codewords, fieldwords, kindwords, policywords
from casebook.catalogue.labels import plain
from casebook.errors import NoSuchRecordError, UsageError
from casebook.i18n import _
from casebook.policy import Policy
from casebook.worktree import WorkTree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.actions.lexicon import Meaning, Word


def law(root: Path | None) -> Policy:
    """Schemas and policy of the casebook at ``root``; outside one those of the starter kit."""
    return Policy(WorkTree(root if root is not None else kit.folder(), ()))


def explain(policy: Policy, typed: str) -> list[Meaning]:
    """Everything that ``typed`` can mean, checks first.

    Raises NoSuchRecordError with the nearest words when it means nothing.
    """
    wanted = plain(typed)
    if not wanted:
        raise UsageError(
            _("Which word?"), _("Try: {command}").format(command="casebook explain close")
        )
    known = list(_words(policy))
    found: list[Meaning] = []
    for word in known:
        if any(plain(name) == wanted for name in word.names):
            meaning = word.meaning()
            if meaning not in found:
                found.append(meaning)
    if found:
        return _together(found)
    names: dict[str, str] = {}
    for word in known:
        for name in word.names:
            names.setdefault(plain(name), name)
    starting = [name for name in names if name.startswith(wanted)]
    near = list(dict.fromkeys([*get_close_matches(wanted, names, n=4, cutoff=0.5), *starting]))[:4]
    raise NoSuchRecordError(
        _('"{word}" is not a word of this casebook.').format(word=typed),
        _("Did you mean: {options}?").format(options=", ".join(names[one] for one in near))
        if near
        else _("Try: {command}").format(command="casebook explain close"),
    )


def _words(policy: Policy) -> Iterator[Word]:
    yield from codewords.words()
    for kind in policy.catalogue.kinds.values():
        yield from kindwords.words(kind)
        yield from fieldwords.words(kind)
    yield from policywords.words(policy)


def _together(found: list[Meaning]) -> list[Meaning]:
    """Without the choices that say the same again in another list."""
    kept: dict[tuple[str, str, str, tuple[str, ...]], Meaning] = {}
    for one in found:
        kept.setdefault((one.sort, one.id, one.label, one.text), one)
    return list(kept.values())
