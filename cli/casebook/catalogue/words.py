"""Every finding of the catalogue: its explanation, and for those on data its texts.

It looks for nothing; ``reading`` and ``problems`` do, and ``reporting`` loads these texts.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from casebook.finding import ERROR, WARNING
from casebook.i18n import N_


class Words(NamedTuple):
    """The texts of a finding in English; both may hold placeholders."""

    explanation: str
    message: str
    remedy: str
    severity: str = ERROR


# Findings on records whose message is made by the validation: the explanation only.
EXPLAINED: Final[dict[str, str]] = {
    "unknown-field": N_(
        "A field stands in a record that its schema does not know. Most are typing errors; a "
        "field of the school's own is declared in the schema or starts with x_."
    ),
    "not-allowed-value": N_(
        "A field takes one of a fixed list of values, and this is none of them."
    ),
    "missing-field": N_("A field that every record of this kind has is not there."),
    "empty-field": N_("A field that must be filled is empty."),
    "wrong-format": N_("A value does not have the form of its field: a day, a code, a short name."),
    "too-long": N_("A value is longer than its field allows; long texts belong in the journal."),
    "wrong-type": N_("A list stands where one value is expected, or the other way round."),
    "not-unique": N_("A list holds the same value twice."),
    "out-of-range": N_("A number or the length of a list lies outside its limits."),
    "wrong-prefix": N_(
        "The id of an entry does not start with the letter of its list: P for persons, T for "
        "talks, F for facts."
    ),
}

WORDS: Final[dict[str, Words]] = {
    # records
    "duplicate-id": Words(
        N_("Two entries of one record have the same id, so nobody can tell which is meant."),
        N_('the id "{id}" stands here twice: lines {first} and {line}'),
        N_("Do: give the newest entry the next free id"),
    ),
    "id-not-file-name": Words(
        N_("The name of the file is the identity of the record and equals its id."),
        N_('the id "{id}" does not fit the file: it belongs to {right}'),
        N_("Do: put back the id or the name of the file, whichever was changed"),
    ),
    "file-name-wrong": Words(
        N_("The file lies where records lie, but its name is not one of a record."),
        N_("this is not the name of a {kind}"),
        N_("Do: put back the name the program gave it, or move the file elsewhere"),
    ),
    "unknown-type": Words(
        N_("The type of a case is the name of a file in schemas/case/types."),
        N_('"{value}" is not a type; {near}'),
        N_("Do: write one of these: {choices}"),
    ),
    "unknown-state": Words(
        N_("The state of a record is one of those in the workflow of its kind."),
        N_('"{value}" is not a state; {near}'),
        N_("Do: put back the state it was in; states change by moves. States: {choices}"),
    ),
    # data
    "data-too-large": Words(
        N_("Data for the program are small: a file holds at most 256 KiB."),
        N_("the file is larger than {most} KiB"),
        N_("Do: put back the last good version of the file"),
    ),
    "data-missing": Words(
        N_("A file that the program needs is not there."),
        N_("the file is missing"),
        N_("Do: put it back from the history"),
    ),
    "data-unreadable": Words(
        N_("A file with data for the program cannot be read as JSON."),
        N_("the file cannot be read from here: {why}"),
        N_("Do: correct the comma, bracket or quotation mark, or put back the last good version"),
    ),
    "settings-wrong": Words(
        N_("schemas/casebook.json holds format, language, sector, circle and outside."),
        N_('"{key}" is missing or not as expected'),
        N_("Do: write {expected}"),
    ),
    "schema-dialect": Words(
        N_(
            "A schema uses a small, safe part of JSON Schema; schemas/README.md describes it. What "
            "does not keep to it is not used to judge records."
        ),
        N_("{message}"),
        N_("{remedy}"),
    ),
    "kind-place-twice": Words(
        N_("Two kinds of records claim the same place, so nobody can tell which is meant."),
        N_('the kind "{other}" has the same place'),
        N_("Do: give one of them another folder"),
    ),
    "workflow-wrong": Words(
        N_("A workflow says which states and moves there are; schemas/README.md describes it."),
        N_("{message}"),
        N_("Do: correct the workflow; schemas/README.md describes it"),
    ),
    "type-wrong": Words(
        N_("A type file has labels, a definition and choices in front and advice below."),
        N_("{message}"),
        N_("{remedy}"),
    ),
    "type-field": Words(
        N_("An extra field of a type keeps to the same rules as the fields of a schema."),
        N_('extra field "{field}": {message}'),
        N_("Do: correct it; schemas/README.md lists what a field may have"),
    ),
    "type-text-missing": Words(
        N_("A type tells in every language what to do: advice, first hour, message, for pupils."),
        N_('the part "{heading}" is missing'),
        N_("Do: add a heading ## {heading} with its text"),
        WARNING,
    ),
    "reference-wrong": Words(
        N_("A file with reference data is a list whose rows each have an id of their own."),
        N_("{message}"),
        N_("Do: give every row an id that no other row has"),
    ),
}

FINDINGS: Final[dict[str, str]] = {
    **EXPLAINED,
    **{name: words.explanation for name, words in WORDS.items()},
}
