"""What a refusal of the YAML parser means, in words for people.

It decides nothing: the text was refused already, this only names the place and the remedy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casebook.document.reporting import report
from casebook.regex import regex

if TYPE_CHECKING:
    from yaml.error import MarkedYAMLError

    from casebook.finding import Finding

MOST_DEEP: Final = 8  # levels of fields; libyaml itself refuses a thousand

# Words of libyaml and of the pure Python parser, in the order in which they are tried.
_PROBLEMS: Final = (
    ("invalid Unicode character escape", "control-character"),
    ("unknown escape", "escape-unknown"),
    ("hexdecimal number", "escape-unknown"),
    ("hexadecimal number", "escape-unknown"),
    ("hexadecimal digits", "escape-unknown"),
    ("mapping values are not allowed", "unquoted-colon"),
    ("tab character", "tab-indentation"),
    ("could not find expected ':'", "line-without-field"),
    ("not allowed in this context", "indentation-wrong"),
    ("are not allowed here", "indentation-wrong"),
    ("<document start>", "indentation-wrong"),
    ("wrong indentation", "indentation-wrong"),
    ("maximum nesting depth", "nested-too-deep"),  # newer parsers have a limit of their own
)
_CONTEXTS: Final = (
    ("quoted scalar", "quote-unclosed"),
    ("flow sequence", "list-unclosed"),
    ("flow mapping", "list-unclosed"),
    ("an anchor", "anchor-or-alias"),
    ("an alias", "anchor-or-alias"),
    ("a tag", "tag"),
    ("a directive", "directive"),
    ("block mapping", "indentation-wrong"),
    ("block collection", "indentation-wrong"),
)
_OPENERS: Final = ("quote-unclosed", "list-unclosed", "line-without-field")
_SIGNS: Final = {"&": "anchor-or-alias", "*": "anchor-or-alias", "!": "tag"}
_START_OF_VALUE: Final = regex(r"\s*(?:- +)*(?:[\w.@/+-]+\s*:\s+)?")
_LONG_FENCE: Final = regex(r"-{4,}\s*$")


def explained(error: MarkedYAMLError, text: str, path: str) -> Finding:
    """The finding for a text that the parser refused."""
    mark: Any = error.problem_mark
    check = _check(error)
    if check in _OPENERS and error.context_mark:
        mark = error.context_mark
    lines = text.split("\n")
    number = min(mark.line, len(lines) - 1)
    if number and lines[number - 1].startswith("%"):  # the parser stumbles one line later
        number -= 1
    line = lines[number].rstrip("\r")
    check, column = _look(check, line, mark)
    character = line[column : column + 1]
    return report(path, number + 1, column + 1, check, character=character, most=MOST_DEEP)


def _check(error: MarkedYAMLError) -> str:
    problem = error.problem or ""
    for words, check in _PROBLEMS:
        if words in problem:
            return check
    context = error.context or ""
    for words, check in _CONTEXTS:
        if words in context:
            return check
    return "front-matter-unreadable"


def _look(check: str, line: str, mark: Any) -> tuple[str, int]:
    """The line itself often says more than the parser: its check and column (from 0)."""
    start = _START_OF_VALUE.match(line)
    value = start.end() if start else 0
    sign = line[value : value + 1]
    if line.startswith("%"):
        return "directive", 0
    if _LONG_FENCE.match(line):
        return "fence-wrong", 0
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "tab-indentation", line.index("\t")
    if sign in _SIGNS:
        return _SIGNS[sign], value
    if sign and sign in "@`%":
        return "reserved-character", value
    quoted = sign and sign in "'\"" and value < mark.column
    if quoted and check in ("indentation-wrong", "front-matter-unreadable"):
        return "text-after-quote", mark.column
    return check, mark.column
