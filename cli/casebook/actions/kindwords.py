"""The words of each kind of record: its types, states and moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook import i18n
from casebook.actions.codewords import guard_text
from casebook.actions.lexicon import Meaning, Word, texts
from casebook.catalogue import locate
from casebook.i18n import _
from casebook.workflow import REQUIRE
from casebook.world import move_label, state_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.catalogue import Kind
    from casebook.workflow import Guard, Move


def words(kind: Kind) -> Iterator[Word]:
    """The kind itself, its types with their variants, its states and its moves."""
    yield _kind(kind)
    yield from _types(kind)
    yield from _states(kind)
    yield from _moves(kind)


def _kind(kind: Kind) -> Word:
    def meaning() -> Meaning:
        path = f"{kind.files.folder}schema.json"
        label = i18n.label(kind.label, kind.name)
        where = _("Its files lie at {place}.").format(place=kind.place)
        fields = _("Fields: {names}.").format(names=", ".join(kind.fields()))
        return Meaning(kind.name, "kind", _("kind of record"), label, (where, fields), path, 1)

    return Word((kind.name, *kind.label.values(), *kind.plural.values()), meaning)


def _types(kind: Kind) -> Iterator[Word]:
    for name, known in kind.types.items():

        def meaning(name: str = name) -> Meaning:
            case_type = kind.types[name]
            document = kind.types.document(name)[0]
            line = document.place(("id",))[0] if document is not None else 1
            definition = i18n.label(case_type.definition, "")
            variants = ", ".join(i18n.label(one, key) for key, one in case_type.variants.items())
            said = texts(
                definition,
                variants and _("Variants: {names}.").format(names=variants),
                case_type.procedure and _("Procedure: {name}.").format(name=case_type.procedure),
                _("First hour: {command}").format(command=f"git case now {name}"),
            )
            return Meaning(
                name, "type", _("kind of case"), case_type.title, said, case_type.path, line
            )

        yield Word((name, *known.label.values()), meaning)
        for variant, labels in known.variants.items():
            yield Word((variant, *labels.values()), meaning)


def _in_workflow(kind: Kind, *pointer: str) -> tuple[str, int]:
    path = f"{kind.files.folder}workflow.json"
    return path, locate(kind.files.raw_workflow or b"{}", pointer)[0]


def _states(kind: Kind) -> Iterator[Word]:
    for name, state in kind.workflow.states.items():

        def meaning(name: str = name) -> Meaning:
            known = kind.workflow.states[name]
            moves = ", ".join(one.id for one in kind.workflow.moves_from(name))
            said = texts(
                _("An end: the record is finished here.") if known.end else "",
                moves and _("Moves from here: {names}.").format(names=moves),
                *(_guard(kind, one) for one in known.requires),
            )
            label = state_label(kind, name)
            return Meaning(
                name, "state", _("state"), label, said, *_in_workflow(kind, "states", name)
            )

        yield Word((name, *state.label.values()), meaning)


def _moves(kind: Kind) -> Iterator[Word]:
    for name, move in kind.workflow.moves.items():

        def meaning(name: str = name) -> Meaning:
            known = kind.workflow.moves[name]
            said = texts(
                _("From {origins} to {targets}.").format(
                    origins=", ".join(state_label(kind, one) for one in known.sources),
                    targets=", ".join(
                        state_label(kind, one) for one in kind.workflow.may_reach(known)
                    ),
                ),
                _asks(kind, known),
                *(_guard(kind, one) for one in known.guards),
            )
            label = move_label(kind, name)
            return Meaning(name, "move", _("move"), label, said, *_in_workflow(kind, "moves", name))

        yield Word((name, *move.label.values()), meaning)


def _asks(kind: Kind, move: Move) -> str:
    asked = [kind.field_label(name) for name in move.asks]
    for part in (move.adds, move.ends):
        if part is not None:
            asked += [kind.field_label(part.list, name) for name in part.asks]
    return _("It asks: {names}.").format(names=", ".join(asked)) if asked else ""


def _guard(kind: Kind, guard: Guard) -> str:
    """A guard of a state or move in one line: its level, its name, what it is about."""
    about = guard.params.get("label") or guard.params.get("question")
    name = str(guard.params.get("field") or guard.params.get("list") or "")
    if isinstance(about, dict):
        said = i18n.label(about, name)
    elif about:
        said = kind.value_label(str(about), "decisions", "id")
    else:
        said = kind.field_label(name) if name else ""
    level = _("Required") if guard.level == REQUIRE else _("Advised")
    needs = [kind.field_label(name, one) for one in guard.params.get("needs", ())]
    about_what = ": ".join(one for one in (guard.name, said, ", ".join(needs)) if one)
    return f"{level}: {guard_text(guard.name, brief=True)} ({about_what})"
