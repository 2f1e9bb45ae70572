"""Keep the catalogue of texts for people in step with the code: extract, merge, compile.

It translates nothing: a message without a text in a language is listed, and its place in the
catalogue stays empty until somebody who speaks the language fills it in.

    python docs/tools/messages.py            rewrite every catalogue from the code, and compile it
    python docs/tools/messages.py --check    change nothing; say what is missing or out of date

Needs Babel (``pip install -e '.[test]'``).
"""

from __future__ import annotations

import argparse
import ast
import io
import json
import sys
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "cli" / "casebook"
LOCALE = PACKAGE / "locale"
SCHEMAS = ROOT / "schemas"
DOMAIN = "casebook"
MARKS = ("_", "N_")
PLURAL = "ngettext"

Key = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Message:
    """A text of the source: the text itself (or singular and plural) and the file it stands in."""

    key: Key
    place: str


class Undated(Catalog):
    """A catalogue whose header holds no dates and versions, which would differ each time."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """What a program needs to read the texts."""
        return [
            ("Project-Id-Version", DOMAIN),
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


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


def languages() -> list[str]:
    """The languages there is a catalogue for, besides the source language."""
    return sorted(folder.name for folder in LOCALE.iterdir() if folder.is_dir())


def catalogue_file(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """The catalogue of a language as it is now."""
    with catalogue_file(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def compiled(catalogue: Catalog) -> bytes:
    """The form in which the program reads a catalogue."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def merged(catalogue: Catalog, used: dict[Key, str]) -> Catalog:
    """The messages in use, in the order of the code, each with the text it had."""
    result = Undated(locale=catalogue.locale, domain=DOMAIN, fuzzy=False)
    texts = {_key(message.id): message.string for message in catalogue if message.id}
    for key, place in used.items():
        empty: str | tuple[str, str] = "" if isinstance(key, str) else ("", "")
        result.add(key, texts.get(key, empty), locations=[(place, None)])
    return result


def written(catalogue: Catalog) -> bytes:
    """A catalogue as a file for translators."""
    out = io.BytesIO()
    write_po(out, catalogue, width=99, omit_header=True)
    lines = [
        f"# Texts of casebook in the language {catalogue.locale}.",
        "# Made from the code by docs/tools/messages.py; only the texts behind msgstr are edited.",
        'msgid ""',
        'msgstr ""',
        *(f'"{name}: {value}\\n"' for name, value in catalogue.mime_headers),
        "",
        "",
    ]
    return "\n".join(lines).encode() + out.getvalue().rstrip(b"\n") + b"\n"


def _key(identity: str | list[str] | tuple[str, ...]) -> Key:
    return identity if isinstance(identity, str) else (identity[0], identity[1])


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


def main(argv: list[str] | None = None) -> int:
    """Rewrite or check every catalogue; 1 when a message has no text or a file is out of date."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing, only say")
    only_check = parser.parse_args(argv).check
    used = messages()
    wrong = 0
    for language in languages():
        file = catalogue_file(language)
        old = read(language)
        wanted = {**used, **worded(language)}
        new = merged(old, wanted)
        text, binary = written(new), compiled(new)
        lacking = [one for one in new if one.id and not _filled(one.string)]
        for one in lacking:
            say(f"{language}: no text yet for {one.id!r} ({one.locations[0][0]})")
        for key in {_key(one.id) for one in old if one.id} - wanted.keys():
            say(f"{language}: no longer used: {key!r}")
        changed = file.read_bytes() != text or _bytes(file.with_suffix(".mo")) != binary
        if changed and not only_check:
            file.write_bytes(text)
            file.with_suffix(".mo").write_bytes(binary)
        say(f"{language}: {len(wanted)} messages, {len(lacking)} without a text")
        wrong += bool(lacking) + (changed and only_check)
    return 1 if wrong else 0


def say(words: str) -> None:
    """One line for the developer."""
    sys.stdout.write(words + "\n")


def _filled(string: str | tuple[str, ...] | list[str]) -> bool:
    return bool(string) if isinstance(string, str) else all(string)


def _bytes(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""


if __name__ == "__main__":
    sys.exit(main())
