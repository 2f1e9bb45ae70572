"""What there is to say to people, with the place it stands: the texts of the code, words in data.

It reads sources only; the catalogues are kept by ``messages``, and nothing is translated.
"""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "cli" / "casebook"
SCHEMAS = ROOT / "schemas"
MARKS = ("_", "N_")
PLURAL = "ngettext"

Key = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Message:
    """A text of the source: the text itself (or singular and plural) and the file it stands in."""

    key: Key
    place: str


def messages() -> dict[Key, str]:
    """Every message people can meet, with the first file that holds it; Click's own at the end."""
    found: dict[Key, str] = {}
    for message in (*_ours(), *_clicks()):
        found.setdefault(message.key, message.place)
    return found


def worded(language: str) -> dict[Key, str]:
    """The English words that lie in data beside other languages, where ``language`` is not one.

    Labels, questions and helps of the schemas, names of types and rows, and the few tables in code.
    """
    found: dict[Key, str] = {}
    for texts, place in (*_labels(), *_rows(), *_tables()):
        if language not in texts and texts.get("en"):
            found.setdefault(texts["en"], place)
    return found


def _ours() -> Iterator[Message]:
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE.parent).as_posix()
        tree = ast.parse(path.read_text("utf-8"))
        yield from _marked(tree, place)
        yield from _explained(tree, place)


def _labels() -> Iterator[tuple[dict[str, str], str]]:
    """Every map ``{"en": ..., "nl": ...}`` in the schemas and workflows."""
    for path in sorted(SCHEMAS.rglob("*.json")):
        ahead = [json.loads(path.read_text("utf-8"))]
        while ahead:
            node = ahead.pop(0)
            if isinstance(node, dict) and isinstance(node.get("en"), str):
                yield node, path.relative_to(ROOT).as_posix()
            else:
                inner = node.values() if isinstance(node, dict) else node
                ahead += [one for one in inner if isinstance(one, (dict, list))]


def _rows() -> Iterator[tuple[dict[str, str], str]]:
    """Texts named ``label_en``, ``label_nl`` ... of types and rows of reference data."""
    files = [*SCHEMAS.rglob("types/*.md"), *SCHEMAS.rglob("reference/*.yaml")]
    for path in sorted(files):
        head = path.read_text("utf-8").partition("\n---")[0].removeprefix("---")
        ahead = [yaml.load(head, yaml.BaseLoader)]  # noqa: S506 - it makes texts only
        while ahead:
            node = ahead.pop(0)
            fields = node if isinstance(node, dict) else {}
            for name, text in fields.items():
                if name.endswith("_en") and isinstance(text, str):
                    start = name.removesuffix("en")
                    same = {key: one for key, one in fields.items() if key[:-2] == start}
                    place = path.relative_to(ROOT).as_posix()
                    yield {key[-2:]: str(one) for key, one in same.items()}, place
            inner = fields.values() if fields else node
            ahead += [one for one in inner if isinstance(one, (dict, list))]


def _tables() -> Iterator[tuple[dict[str, str], str]]:
    """Words in code that stand beside those of other languages: terms, amounts, months, norms."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Dict):
                continue
            keys = [one.value if isinstance(one, ast.Constant) else None for one in node.keys]
            if not {"en", "nl"} <= set(keys):
                continue
            columns = [_strings(value) for value in node.values]
            for texts in zip(*columns, strict=False):
                named = dict(zip(map(str, keys), texts, strict=False))
                yield named, path.relative_to(PACKAGE.parent).as_posix()


def _strings(node: ast.expr) -> list[str]:
    return [
        one.value
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]


def _clicks() -> Iterator[Message]:
    spec = find_spec("click")
    folder = Path(spec.origin).parent if spec is not None and spec.origin else PACKAGE / "none"
    for path in sorted(folder.glob("*.py")):
        yield from _marked(ast.parse(path.read_text("utf-8")), f"click/{path.name}")


def _marked(tree: ast.Module, place: str) -> Iterator[Message]:
    """What stands in ``_("…")``, ``N_("…")`` and ``ngettext("…", "…", n)``."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
        words = [one for one in texts if isinstance(one, str) and one]
        if node.func.id in MARKS and words:
            yield Message(words[0], place)
        elif node.func.id == PLURAL and len(words) == 2:
            yield Message((words[0], words[1]), place)


def _explained(tree: ast.Module, place: str) -> Iterator[Message]:
    """The docstrings that people read: of commands in their help, of guards in ``explain``."""
    guards = _guards().get(place, set())
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or not (text := ast.get_docstring(node)):
            continue
        if node.name in guards or any(_is_command(one) for one in node.decorator_list):
            whole = node.name not in guards
            parts = [cleandoc(text)] if whole else [one_line(one) for one in text.split("\n\n")]
            yield from (Message(one, place) for one in parts)


@cache
def _guards() -> dict[str, set[str]]:
    """Names of the functions in the table of guards, by the file they stand in."""
    tree = ast.parse((PACKAGE / "guards" / "__init__.py").read_text("utf-8"))
    found: dict[str, set[str]] = {}
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Call):
            for module in node.value.keywords:
                names = (name.replace("-", "_") for name in ast.literal_eval(module.value))
                found[f"casebook/guards/{module.arg}.py"] = set(names)
    return found


def _is_command(decorator: ast.expr) -> bool:
    if not isinstance(decorator, ast.Call) or not isinstance(decorator.func, ast.Attribute):
        return False
    return decorator.func.attr in ("command", "group")


def one_line(text: str) -> str:
    """A paragraph of a docstring as ``explain`` shows it: on one line."""
    return " ".join(text.split())
