"""What the ladder says, on one screen. Pure: values in, lines or data out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.i18n import _, language, ngettext, sentence
from casebook.ladder.model import CHOOSE
from casebook.pattern import values
from casebook.procedure import article_text
from casebook.quantities import amount_text, until_text
from casebook.render import consequentpage, text
from casebook.terms import term_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from casebook.actions.advising import Advice
    from casebook.actions.following import LegalDuty
    from casebook.catalogue import Kind
    from casebook.ladder import Consequence, Rung

    Data = Mapping[str, Any]

ALSO = (
    "first",
    "kept_at",
    "returned_by",
    "collected_by",
    "bring",
    "report_to",
    "report_at",
    "text",
)


class Page:
    """The kinds whose labels are used, and the width."""

    def __init__(self, cases: Kind, ladders: Kind, width: int) -> None:
        self.cases, self.ladders, self.width = cases, ladders, width

    def measure(self, kind: str) -> str:
        """The label of a kind of measure."""
        return self.ladders.value_label(kind, "rungs", "measure")

    def roles(self, names: Iterable[str]) -> str:
        """Roles by their labels."""
        return _(" or ").join(self.ladders.role_label(one) for one in names)

    def wrap(self, words: str, margin: str = "  ") -> list[str]:
        """One paragraph."""
        return text.wrap(words, self.width, f"{margin}  ", margin)


def page(kinds: tuple[Kind, Kind], one: Advice, width: int) -> list[str]:
    """The answer: rung, measure and guidance, who decides, commands, duties, earlier decisions."""
    shown = Page(*kinds, width)
    lines = shown.wrap(_heading(shown, one), "")
    for note in one.notes:
        lines += shown.wrap(f"! {note}", "")
    lines += _count(shown, one)
    if one.ladder is None:
        return [*lines, *_decisions(shown, one)]
    lines.append("")
    if one.choice.rung is not None:
        lines += _rung(shown, one, one.choice.rung)
    else:
        lines += _possible(shown, one)
    if one.commands:
        lines += ["", _("To record it:")]
        lines += [f"  {text.command(argv)}" for argv in one.commands]
    lines += _duties(shown, one)
    return [*lines, *_decisions(shown, one)]


def _heading(shown: Page, one: Advice) -> str:
    roles = [
        shown.cases.value_label(r, "persons", "roles") for r in values(one.person.get("roles"))
    ]
    return _("{case} {person} ({roles}), rule {rule}, ladder {ladder}, on {day}").format(
        case=one.case.id,
        person=one.person.get("id"),
        roles=", ".join(roles),
        rule=one.rule.id,
        ladder=one.ladder.id if one.ladder is not None else _("none"),
        day=text.day(one.day),
    )


def _count(shown: Page, one: Advice) -> list[str]:
    """How many times before, and how that is known; nothing where the ladder does not count."""
    if one.count.cases:
        listed = ", ".join(one.count.cases)
        return shown.wrap(
            ngettext(
                "{number} earlier case on this counts: {cases}.",
                "{number} earlier cases on this count: {cases}.",
                len(one.count.cases),
            ).format(number=len(one.count.cases), cases=listed),
            "",
        )
    return []


def _possible(shown: Page, one: Advice) -> list[str]:
    if not one.choice.possible:
        return shown.wrap(_("No rung of this ladder fits. Decide with a reason."), "")
    lines = shown.wrap(_("Which rung cannot be said yet. Possible:"), "")
    for rung in one.choice.possible:
        kinds = ", ".join(shown.measure(kind) for kind in rung.main.kinds)
        lines += shown.wrap(f"{rung.id}  {rung.title or rung.when}: {kinds}")
    lines += ["", _("Say what is missing:")]
    for name in one.choice.missing:
        lines += shown.wrap(_missing(name, one))
    return lines


def _missing(name: str, one: Advice) -> str:
    tail = one.case.id.rpartition("-")[2]
    said = {
        "times": _("which time it is, this one included: --times 1"),
        "severity": _("how serious it is: --severity, or git case set {case} severity").format(
            case=tail
        ),
        "enforcer": _("who noticed it: --enforcer ROLE"),
        "group": _("the group: git case set {case} {person}.group").format(
            case=tail, person=one.person.get("id")
        ),
        "age": _("the age: --age NUMBER"),
        "judgement": _("whether this is so; that is for people to judge"),
    }.get(name, name)
    return f"{said} ({one.count.why})" if name == "times" and one.count.why else said


def _rung(shown: Page, one: Advice, rung: Rung) -> list[str]:
    assert one.ladder is not None  # noqa: S101 - a rung is of a ladder
    data = rung.data
    lines = shown.wrap(
        _("Rung {rung}: {title}").format(rung=rung.id, title=rung.title or rung.when), ""
    )
    if rung.judgement or (rung.when and rung.title):
        what = rung.when or rung.title
        lines += shown.wrap(_("Judge yourself whether this is so: {what}").format(what=what))
    for consequence in rung.consequences:
        lines += _consequence(shown, one, consequence)
    pairs = [
        (_("Guidance"), _with(data, "guidance", shown)),
        (_("Repair"), str(data.get("repair", ""))),
        (_("Approved by"), shown.roles(values(data.get("approved_by")))),
        (_("Parents"), _parents(shown, data)),
        (_("In writing"), _("yes, a letter") if data.get("letter") == "yes" else ""),
        (_("Letter or form"), str(data.get("form", ""))),
        (_("Conditions"), str(data.get("conditions", ""))),
        (_("If they are broken"), str(data.get("if_broken", ""))),
        (_("Weigh"), "; ".join(one.ladder.weighs)),
        (_("Objection"), one.ladder.objection),
    ]
    for label, words in pairs:
        if words:
            lines += shown.wrap(f"{label}: {words}")
    if one.ladder.discretion == "because":
        lines += shown.wrap(_("Another measure is allowed, with a reason (because)."))
    return lines


def _consequence(shown: Page, one: Advice, consequence: Consequence) -> list[str]:
    assert one.ladder is not None  # noqa: S101 - a consequence is of a ladder
    kinds = ", ".join(shown.measure(kind) for kind in consequence.kinds)
    chosen = consequence.measure == CHOOSE
    said = _("choose, with a reason: {kinds}").format(kinds=kinds) if chosen else kinds
    if consequence.amount:
        said += f", {amount_text(consequence.amount, language())}"
    if consequence.data.get("until"):
        said += _(", until {end}").format(
            end=until_text(str(consequence.data["until"]), language())
        )
    lines = shown.wrap(_("Measure: {measure}").format(measure=said))
    for name in ALSO:
        value = consequence.data.get(name)
        if value:
            words = shown.ladders.value_label(str(value), "rungs", name)
            label = sentence(shown.ladders.field_label("rungs", name))
            lines += shown.wrap(f"{label}: {words}", "    ")
    if chosen and consequence.data.get("because"):
        lines += shown.wrap(
            _("Answer in because: {question}").format(question=consequence.data["because"]), "    "
        )
    return [*lines, *_deciders(shown, one, consequence)]


def _deciders(shown: Page, one: Advice, consequence: Consequence) -> Iterator[str]:
    """Who may decide, and up to what; one line where it is the same for all that can be chosen."""
    assert one.ladder is not None  # noqa: S101 - a consequence is of a ladder
    told: dict[str, list[str]] = {}
    for kind in consequence.kinds:
        roles = one.ladder.may_decide(consequence, kind)
        said = shown.roles(roles) if roles else _("not laid down")
        most = [
            _("at most {amount}").format(amount=amount_text(limit.max, language()))
            for limit in one.ladder.limits_of(kind)
            if limit.max and (not roles or set(limit.by) & set(roles))
        ]
        told.setdefault(f"{said} ({', '.join(most)})" if most else said, []).append(kind)
    for said, kinds in told.items():
        about = ", ".join(shown.measure(kind) for kind in kinds)
        words = _("Decided by: {roles}") if len(told) == 1 else _("{measure}: decided by {roles}")
        yield from shown.wrap(words.format(measure=sentence(about), roles=said), "    ")


def _with(data: Data, name: str, shown: Page) -> str:
    by = str(data.get(f"{name}_by", ""))
    words = str(data.get(name, ""))
    return f"{words} ({shown.roles([by])})" if words and by else words


def _parents(shown: Page, data: Data) -> str:
    told = [
        shown.ladders.value_label(one, "rungs", "parents") for one in values(data.get("parents"))
    ]
    by = str(data.get("parents_by", ""))
    return ", ".join(told) + (f" ({shown.roles([by])})" if told and by else "")


def _duties(shown: Page, one: Advice) -> list[str]:
    if not one.duties:
        return []
    lines = ["", _("What the law asks then (how sure that is stands behind it):")]
    for duty in one.duties:
        lines += shown.wrap(f"{sentence(_hangs_on(duty, shown))}: {duty_words(duty, shown)}")
    return lines


def _hangs_on(duty: LegalDuty, shown: Page) -> str:
    """The measures a duty follows from, and from how long."""
    row = duty.row or {}
    said = [shown.measure(kind) for kind in duty.measures]
    least = str(row.get("longer_than") or duty.own.get("longer_than") or "")
    if least and said:
        long = amount_text(least, language())
        said = [_("{measures} longer than {amount}").format(measures=", ".join(said), amount=long)]
    effects = ", ".join(shown.measure(kind) for kind in duty.by_effect)
    if effects:
        said.append(_("{measures} longer than a day").format(measures=effects))
    return ", ".join(said)


def duty_words(duty: LegalDuty, shown: Page) -> str:
    """A duty in one sentence: what, who, by when, and the article with its certainty."""
    row = duty.row or {}
    title = str(row.get(f"title_{language()}") or row.get("title_en") or "")
    said = [str(duty.own.get("text") or title)]
    if duty.own.get("owner"):
        said.append(shown.roles([str(duty.own["owner"])]))
    if duty.own.get("within"):
        said.append(term_text(str(duty.own["within"]), language()))
    law = f" [{article_text(row, language())}]" if row else ""
    return "; ".join(said) + law


def _decisions(shown: Page, one: Advice) -> list[str]:
    lines: list[str] = []
    if one.earlier:
        lines += ["", _("Earlier decisions on this rule, same kind of case and role:")]
        for each in one.earlier:
            lines += shown.wrap(consequentpage.decided(shown.cases, each))
    return [*lines, *consequentpage.lines(shown.cases, one.differences, shown.width)]
