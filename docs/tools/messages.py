"""Keep the catalogue of texts for people in step with the code: extract, merge, compile.

It translates nothing: a message without a text in a language is listed, and its place in the
catalogue stays empty until somebody who speaks the language fills it in.

    python docs/tools/messages.py            rewrite every catalogue from the code, and compile it
    python docs/tools/messages.py --check    change nothing; say what is missing or out of date

Needs Babel (``pip install -e '.[test]'``).
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

sys.path.insert(0, str(Path(__file__).resolve().parent))

from sources import PACKAGE, Key, messages, worded

LOCALE = PACKAGE / "locale"
DOMAIN = "casebook"


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
