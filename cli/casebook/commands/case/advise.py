"""``git case advise``: what the ladder says about one person and one rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from casebook.commands import options as opts
from casebook.errors import UsageError
from casebook.i18n import N_, _

if TYPE_CHECKING:
    from casebook.commands.session import Session


@click.command(
    "advise",
    short_help=N_("What the ladder says about a person and a rule."),
    params=[opts.case_argument(), click.Argument(["person"])],
)
@click.option("--rule", metavar=N_("RULE"), default="", help=N_("The rule that was broken."))
@click.option(
    "--times", metavar=N_("NUMBER"), type=click.IntRange(1, 9999), help=N_("Which time it is.")
)
@click.option("--enforcer", metavar=N_("ROLE"), default="", help=N_("Who noticed it."))
@click.option("--refused", is_flag=True, help=N_("The person refused to cooperate."))
@click.option("--severity", metavar=N_("CHOICE"), default="", help=N_("How serious it is."))
@click.option(
    "--age", metavar=N_("NUMBER"), type=click.IntRange(1, 120), help=N_("The age of the person.")
)
@click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
@click.pass_obj
def command(session: Session, /, case: str, person: str, **options: Any) -> int:
    """Say what the ladder of a rule prescribes for a person: the rung, who may decide, which duties
    follow, how comparable cases were decided, and the command to record it. Nothing is recorded.
    """
    from casebook.actions import advising, rulebook
    from casebook.actions.forms import field
    from casebook.choosing import choose
    from casebook.render import advicedata, advicepage, say

    desk = session.desk
    if not options["rule"]:
        advising.find_person(desk, desk.case(case), person)
        raise UsageError(
            _("Which rule was broken?"),
            _("Add: --rule RULE. Rules: {options}").format(
                options=", ".join(rulebook.rules_for(desk, case))
            ),
        )
    severity = field("severity", desk.cases.schema["properties"]["severity"])
    known = advising.Known(
        times=options["times"],
        enforcer=desk.reader().role(options["enforcer"]) if options["enforcer"] else None,
        refused=options["refused"],
        severity=choose(options["severity"], severity.options, severity.names)
        if options["severity"]
        else None,
        age=options["age"],
    )
    found = advising.advise(desk, case, person, options["rule"], known)
    if options["as_json"]:
        say.answer(advicedata.data(found))
    else:
        kinds = (desk.cases, desk.policy.catalogue.kind("ladder"))
        say.lines(advicepage.page(kinds, found, say.width()))
    return 0
