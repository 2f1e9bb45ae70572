"""The data the program runs on are sound: settings, schemas, types, workflows, reference lists.

It judges no record; while the data are wrong, findings on records may be wrong too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook import personal, wording
from casebook.catalogue import Catalogue
from casebook.catalogue.jsonfile import locate
from casebook.catalogue.reporting import report
from casebook.guards import REGISTRY
from casebook.policy import PUBLIC_NUMBERS, WORDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from casebook.catalogue import Kind
    from casebook.checks.base import Judgement
    from casebook.finding import Finding

FINDINGS: dict[str, str] = {}  # the names and texts are those of the catalogue
READERS: dict[str, Callable[[bytes], object]] = {
    WORDING: wording.read,
    PUBLIC_NUMBERS: personal.read_public,
}


def check_all(judgement: Judgement) -> Iterator[Finding]:
    """Everything wrong with the data after the change."""
    law, after = judgement.policy, judgement.after
    catalogue = law.catalogue if law.snapshot is after else Catalogue.load(after)
    wrong = catalogue.problems()
    yield from wrong
    for kind in catalogue.kinds.values():
        yield from _workflow(kind)
    yield from _gone(law.catalogue, catalogue)
    for path, read in READERS.items():
        raw = after.read(path)
        if raw is None or any(one.path == path for one in wrong):
            continue
        try:
            read(raw)
        except ValueError as error:
            yield report(path, 0, 0, "data-unreadable", why=str(error))


def _gone(law: Catalogue, catalogue: Catalogue) -> Iterator[Finding]:
    """Kinds whose schema was taken away while records of theirs are left: nobody could judge them.

    Where nothing was changed there is no kind before to miss; then the records say so themselves.
    """
    for name, kind in law.kinds.items():
        if name not in catalogue.kinds and any(catalogue.snapshot.entries(kind.prefix)):
            yield report(f"{kind.files.folder}schema.json", 0, 0, "data-missing")


def _workflow(kind: Kind) -> Iterator[Finding]:
    raw = kind.files.raw_workflow
    if raw is None and "state" in kind.schema.get("properties", {}):
        # Without it every state would be allowed and no move asked for.
        yield report(f"{kind.files.folder}workflow.json", 0, 0, "data-missing")
    if raw is None or kind.files.workflow_findings:
        return
    for problem in kind.workflow.problems(REGISTRY, fields_of(kind.schema)):
        place = locate(raw, problem.pointer)
        message = f"{'.'.join(problem.pointer)}: {problem.message}"
        yield report(f"{kind.files.folder}workflow.json", *place, "workflow-wrong", message=message)


def fields_of(schema: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Each top-level field of a schema -> the fields of its entries, empty for a plain field."""
    found: dict[str, Mapping[str, Any]] = {}
    for name, node in schema.get("properties", {}).items():
        entry = str(node.get("items", {}).get("$ref", "")).removeprefix("#/$defs/")
        found[name] = schema.get("$defs", {}).get(entry, {}).get("properties", {})
    return found
