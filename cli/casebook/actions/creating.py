"""A new case: type, summary, who reported it and when; settled at once where it is light."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook import ids
from casebook.actions import filling, results, writing
from casebook.actions.forms import Field, plain_fields
from casebook.actions.tails import ending_in
from casebook.choosing import Choices, meant
from casebook.document.compose import compose
from casebook.errors import NoSuchRecordError, RefusedError
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebook.actions.desk import Desk
    from casebook.actions.outcome import Outcome
    from casebook.catalogue import CaseType
    from casebook.workflow import Move

    Values = Mapping[str, "str | list[str]"]

ASKED = ("summary", "reported_by")
SETTLE = "settle"


def form(desk: Desk, case_type: CaseType | None, *, settle: bool = False) -> list[Field]:
    """The questions for a new case; every plain field of the schema can be given as an option."""
    kind = desk.cases
    schema = kind.schema_for(case_type.id) if case_type is not None else kind.schema
    needed = {*ASKED, *(kind.workflow.moves[SETTLE].asks if settle else ())}
    return plain_fields(schema, needed)


def find_type(desk: Desk, typed: str) -> CaseType:
    """The case type that was meant: by id, label, or another word for it or for its variants.

    Raises NoSuchRecordError with the nearest, and with all where nothing comes near.
    """
    types = desk.cases.types
    if typed in types.names and typed in types:
        return types[typed]  # its own name: the labels of the others need not be read
    choices = Choices(
        [(one.id, one.title) for one in types.values()],
        {one.id: one.label for one in types.values()},
        type_words(types),
    )
    found = choices.find(typed)
    if found:
        return types[found]
    near = choices.near(typed)
    named = choices.named(near or [one.id for one in types.values()])
    hint = meant(named) if near else _("Choose one of: {options}").format(options=named) + "."
    raise NoSuchRecordError(
        _('There is no kind of case "{typed}".').format(typed=typed),
        hint + " " + _("Or type git case new, and you are asked."),
    )


def type_words(types: Mapping[str, CaseType]) -> dict[str, list[str]]:
    """What people say for each type besides its label: its words, its variants and their labels."""
    return {
        one.id: [
            *one.words,
            *one.variants,
            *(label for labels in one.variants.values() for label in labels.values()),
        ]
        for one in types.values()
    }


def require_circle(desk: Desk, case_type: CaseType) -> None:
    """Raise RefusedError when cases of this type belong in a narrower circle than this one."""
    if case_type.circle in ("", "school", desk.casebook.circle):
        return
    raise RefusedError(
        _("A case about {type} does not belong in this casebook.").format(
            type=case_type.title.lower()
        ),
        _("Tell the board at once; the board keeps it in its own casebook (circle: board)."),
    )


def new(
    desk: Desk,
    case_type: CaseType,
    values: Values,
    *,
    settle: bool = False,
    dry_run: bool = False,
) -> Outcome:
    """Make a case and commit it. Raises FoundError for personal data, RefusedError for circles."""
    require_circle(desk, case_type)
    kind = desk.cases
    schema = kind.schema_for(case_type.id)
    moment = desk.now
    identity = ids.new(
        moment.year, lambda tail: ending_in(desk.tree, kind, tail), desk.casebook.choose
    )
    procedure = desk.policy.procedure(case_type.procedure, moment.date())
    workflow = kind.workflow
    data: dict[str, Any] = {
        **filling.filled(desk, schema, values),
        "id": identity,
        "type": case_type.id,
        "state": workflow.initial,
    }
    if procedure is not None:
        data["procedure"] = procedure.id
    move = workflow.moves.get(SETTLE) if settle else None
    if move is not None:
        data |= {"state": move.targets[0], **move.sets}
        light = desk.policy.procedure(move.sets.get("procedure", ""), moment.date())
        if light is not None:
            data["procedure"] = light.id
    ordered = {name: data[name] for name in schema["properties"] if name in data}
    path = kind.path_of(identity)
    assert path is not None  # noqa: S101 - the id was made here
    message, trailers = _saying(identity, workflow.initial, str(data["state"]), move)
    _fields, body = kind.start(desk.casebook.language)
    written = writing.create(desk, path, compose(ordered, body), message, trailers, dry_run=dry_run)
    details = []
    if procedure is not None and procedure.model and move is None:
        details.append(
            _("No procedure for this has been adopted yet: the model text applies, {name}").format(
                name=procedure.id
            )
        )
    return results.outcome(
        desk,
        None,
        written,
        _("Case {case} is recorded.").format(case=identity),
        dry_run=dry_run,
        move=move.id if move is not None else "",
        origin=workflow.initial if move is not None else "",
        target=str(data["state"]),
        details=tuple(details),
    )


def _saying(
    identity: str, initial: str, state: str, move: Move | None
) -> tuple[str, list[tuple[str, str]]]:
    """Message and trailers of a new case; one that is settled at once made a move too."""
    if move is None:
        return f"case {identity}: new", [("Case", identity), ("Move", "new"), ("To", state)]
    return f"case {identity}: new, {move.id} ({initial} -> {state})", [
        ("Case", identity),
        ("Move", move.id),
        ("From", initial),
        ("To", state),
    ]
