"""What is wrong in a procedure's data: fields, norms, roles and terms that do not exist.

It does not read the file or place the finding; the catalogue's checks do that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook.i18n import N_, _
from casebook.pattern import ANY, EACH, KIND_SUFFIX, RESERVED, ROLE_SUFFIX, values
from casebook.procedure.model import DECISIONS, REQUIRED, SCHOOL_NORM
from casebook.procedure.norms import NOT_SURE
from casebook.terms import is_term

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from casebook.procedure.model import Procedure, Step

    Pointer = tuple[str | int, ...]
    Problem = tuple[Pointer, str, str]

FINDINGS: Final = {
    "step-twice": N_("Two steps of a procedure have the same id, so a case cannot tell which."),
    "step-language": N_("A step of a model procedure needs a title in Dutch and in English."),
    "step-field": N_("A step looks at a field that a case does not have."),
    "step-value": N_("A step waits for a value that the field of the case can never have."),
    "step-condition": N_("A step's condition needs both a field (when) and its values (is)."),
    "step-role": N_("The owner of a step is no role that the casebook knows."),
    "step-term": N_("The term of a step is not one the program can count."),
    "step-norm": N_("The norm of a step is neither the school's own nor a known duty."),
    "step-norm-unsure": N_("A step is required by a duty whose text nobody has read in the law."),
    "step-legal-term": N_("The law fixes the term of a duty; a procedure cannot change it."),
    "procedure-aftercare": N_("A procedure with required aftercare has a required step for it."),
}


def problems(
    procedure: Procedure,
    case_schema: Mapping[str, Any],
    duties: Mapping[str, Mapping[str, Any]],
    roles: Collection[str],
) -> list[Problem]:
    """Everything wrong in ``procedure`` as (pointer in its front matter, check name, message).

    ``case_schema`` is the schema of the case with the fields of its types merged in, ``duties``
    maps a duty id to its row, ``roles`` holds the known role ids.
    """
    found: list[Problem] = []
    seen: set[str] = set()
    for number, step in enumerate(procedure.steps):
        at: Pointer = ("steps", number)
        if step.id in seen:
            text = _('the step "{step}" stands here twice; give one another id')
            found.append(((*at, "id"), "step-twice", text.format(step=step.id)))
        seen.add(step.id)
        # A school writes in its own language; what is shipped is read in both.
        if procedure.model and set(step.titles) != {"nl", "en"}:
            text = _("give both a title and a title_en")
            found.append(((*at, "title"), "step-language", text))
        for key, check, message in _step_problems(step, case_schema, duties, roles):
            found.append(((*at, *key), check, message))
    if procedure.aftercare and not any(
        step.need == REQUIRED and step.before == "close" for step in procedure.steps
    ):
        text = _("aftercare is yes, but no required step stands before closing; add one or say no")
        found.append((("aftercare",), "procedure-aftercare", text))
    return found


def _step_problems(
    step: Step,
    schema: Mapping[str, Any],
    duties: Mapping[str, Mapping[str, Any]],
    roles: Collection[str],
) -> Iterator[Problem]:
    if step.owner not in roles:
        text = _('"{owner}" is no known role; see schemas/reference/roles.yaml')
        yield ("owner",), "step-role", text.format(owner=step.owner)
    if step.within and not is_term(step.within):
        text = _('"{term}" is no term; write at-once, same-day, 2 school-days')
        yield ("within",), "step-term", text.format(term=step.within)
    yield from _norm_problems(step, duties)
    yield from _condition_problems(step, schema)
    for number, one in enumerate(step.fulfilled_by):
        for key, check, message in _pattern_problems(one, schema):
            yield ("fulfilled_by", number, *key), check, message


def _norm_problems(step: Step, duties: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    if step.norm == SCHOOL_NORM:
        return
    row = duties.get(step.norm)
    if row is None:
        text = _('"{norm}" is no known duty; write school or an id from the list of duties')
        yield ("norm",), "step-norm", text.format(norm=step.norm)
        return
    if step.need == REQUIRED and row.get("certainty") in NOT_SURE:
        text = _('the duty "{norm}" was not read in the law; make the step advised')
        yield ("need",), "step-norm-unsure", text.format(norm=step.norm)
    term = row.get("term", "")
    if is_term(term) and step.within != term:
        text = _('the law says "{term}" for this duty; put that in within')
        yield ("within",), "step-legal-term", text.format(term=term)


def _condition_problems(step: Step, schema: Mapping[str, Any]) -> Iterator[Problem]:
    if bool(step.when) != bool(step.wanted):
        yield (
            ("when" if step.when else "is",),
            "step-condition",
            _("when and is belong together; give both or neither"),
        )
        return
    if not step.when:
        return
    head, _dot, tail = step.when.partition(".")
    if head == DECISIONS:
        pairs = [("id", [tail]), ("answer", list(step.wanted))]
        fields = _list_fields(schema, DECISIONS)
    else:
        pairs = [(tail or head, list(step.wanted))]
        fields = _list_fields(schema, head) if tail else schema.get("properties", {})
    for field, wanted in pairs:
        key = ("is",) if wanted == list(step.wanted) else ("when",)
        for check, message in _field_problems(field, wanted, fields, schema):
            yield ("when",) if check == "step-field" else key, check, message


def _pattern_problems(one: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[Problem]:
    if "in" not in one:
        wanted = values(one.get("is", ANY))
        fields = schema.get("properties", {})
        for check, message in _field_problems(str(one.get("field", "")), wanted, fields, schema):
            yield ("field",) if check == "step-field" else ("is",), check, message
        return
    fields = _list_fields(schema, one["in"])
    for field, wanted in one.items():
        if field == EACH:
            for name in values(wanted):
                for check, message in _field_problems(name, (ANY,), fields, schema):
                    yield (EACH,), check, message
        elif field not in RESERVED:
            for check, message in _field_problems(field, values(wanted), fields, schema):
                yield (field,), check, message


def _field_problems(
    field: str,
    wanted: Collection[str],
    fields: Mapping[str, Any],
    schema: Mapping[str, Any],
) -> Iterator[tuple[str, str]]:
    definition = fields.get(field)
    for suffix, attribute in ((ROLE_SUFFIX, "roles"), (KIND_SUFFIX, "kind")):
        if field.endswith(suffix) and field.removesuffix(suffix) in fields:
            definition = _list_fields(schema, "persons").get(attribute)
    if definition is None:
        if not field.startswith("x_"):
            text = _('a case has no field "{field}" here')
            yield "step-field", text.format(field=field)
        return
    allowed = definition.get("enum") or definition.get("items", {}).get("enum")
    for value in wanted if allowed else ():
        if value not in (*allowed, ANY, ""):
            text = _('"{value}" is no value of the field "{field}"')
            yield "step-value", text.format(value=value, field=field)


def _list_fields(schema: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The fields of the entries of the list ``name``; {} when the case has no such list."""
    items = schema.get("properties", {}).get(name, {}).get("items", {})
    kind = str(items.get("$ref", "")).removeprefix("#/$defs/")
    fields: Mapping[str, Any] = schema.get("$defs", {}).get(kind, {}).get("properties", {})
    return fields
