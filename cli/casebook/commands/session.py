"""One run of the program: its words, folder, language, terminal and desk.

Built once, before any command; commands read it and keep nothing elsewhere.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebook import i18n, marker
from casebook.errors import EnvironmentProblem, UsageError
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from casebook.actions.desk import Desk


def _local_now() -> datetime:
    from casebook.casebook import local_now

    return local_now()


def _choose_at_random(alphabet: str) -> str:
    from casebook.casebook import choose_at_random

    return choose_at_random(alphabet)


class Circumstances:
    """What only tests set otherwise: clock, chance, and whether somebody sits at the terminal."""

    __slots__ = ("choose", "clock", "terminal")

    def __init__(
        self,
        clock: Callable[[], datetime] = _local_now,
        choose: Callable[[str], str] = _choose_at_random,
        terminal: bool | None = None,
    ) -> None:
        self.clock = clock
        self.choose = choose
        self.terminal = terminal


class Session:
    """The words of one run and what they are about; ``typed`` holds texts given at prompts.

    ``again`` runs another command as if it were typed: only the demonstration needs it.
    """

    def __init__(
        self, program: str, words: list[str], start: Path, circumstances: Circumstances
    ) -> None:
        self.program = program
        self.words = words
        self.start = start
        self.circumstances = circumstances
        self.typed: list[str] = []
        self.json = False
        self.asked_language = ""  # as typed behind --lang or set for this terminal
        self.again: Callable[[str, Sequence[str], Circumstances], int] | None = None
        self._desk: Desk | None = None

    @classmethod
    def begin(cls, program: str, argv: Sequence[str], circumstances: Circumstances) -> Session:
        """Take the shared options off the words, find the folder, choose the language."""
        words, folder, language = _shared(argv)
        chosen = folder or os.environ.get("CASEBOOK_DIR", "")
        start = Path(chosen) if chosen else _here()
        session = cls(program, words, start.absolute(), circumstances)
        session.json = "--json" in words
        session.asked_language = language or os.environ.get("CASEBOOK_LANG", "")
        i18n.activate(_language(language, session.root))
        require_text(*words)
        if chosen and not start.is_dir():
            raise EnvironmentProblem(
                _("There is no folder {folder}.").format(folder=chosen),
                _("Do: give an existing folder behind -C"),
            )
        return session

    @property
    def root(self) -> Path | None:
        """The casebook around the folder this run is about, or None."""
        return marker.find_root(self.start)

    @property
    def interactive(self) -> bool:
        """Whether questions can be asked: a person at the terminal, and no ``--json``."""
        if self.circumstances.terminal is not None:
            return self.circumstances.terminal and not self.json
        return not self.json and sys.stdin is not None and sys.stdin.isatty()

    def require_root(self) -> Path:
        """The casebook's folder; raises EnvironmentProblem outside one."""
        if self.root is None:
            raise EnvironmentProblem(
                _("This folder is not in a casebook: {folder}").format(folder=self.start),
                _("Do: go to your casebook with cd, or make one: casebook init"),
            )
        return self.root

    @property
    def desk(self) -> Desk:
        """The desk of this run, opened when first needed; raises EnvironmentProblem."""
        if self._desk is None:
            self._desk = self._open()
        return self._desk

    def _open(self, *, in_hook: bool = False) -> Desk:
        from casebook import casebook as context
        from casebook.actions.desk import Desk

        opened = context.open_casebook(
            self.require_root(),
            clock=self.circumstances.clock,
            choose=self.circumstances.choose,
        )
        return Desk(opened, in_hook=in_hook)

    def hook_desks(self) -> Iterator[Desk]:
        """The desks as a git hook sees them: with the index git hands to its hooks.

        Git starts hooks at the top of the repository. A casebook that is a folder in a larger one
        is found by the setting that ``init`` made; there may be several.
        """
        from casebook.history import casebook_folders

        top = self.start
        for folder in [top] if self.root is not None else casebook_folders(top) or [top]:
            self.end()
            self.start = folder
            self._desk = self._open(in_hook=True)
            yield self._desk

    def at(self, moment: datetime) -> None:
        """Work as if it were ``moment``: what is recorded now happened then (``--on``)."""
        self.desk.now = moment

    def end(self) -> None:
        """Close what was opened."""
        if self._desk is not None:
            self._desk.close()


def require_text(*words: str) -> None:
    """Raise UsageError for words whose bytes are no text: records are UTF-8."""
    for word in words:
        if not word.isascii() and any("\udc80" <= sign <= "\udcff" for sign in word):
            raise UsageError(
                _("What you typed is not text that can be stored: {word}").format(word=word),
                _("Set your terminal to UTF-8, or type the command without the text to be asked."),
            )


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError as error:
        raise EnvironmentProblem(
            _("The folder you are in does not exist any more."), _("Do: cd to another folder")
        ) from error


def _shared(argv: Sequence[str]) -> tuple[list[str], str, str]:
    """The words without ``-C DIR`` and ``--lang XX``, wherever these stood before ``--``."""
    words: list[str] = []
    found: dict[str, str] = {"-C": "", "--lang": ""}
    rest = iter(argv)
    for word in rest:
        name, equals, value = word.partition("=")
        if word == "--":
            words += [word, *rest]
        elif name in found and (equals or name == word):
            given = value if equals else next(rest, "")
            if not given:
                raise UsageError(_("{option} needs a value.").format(option=name))
            found[name] = given
        else:
            words.append(word)
    return words, found["-C"], found["--lang"]


def _language(asked: str, root: Path | None) -> str:
    """``--lang``, CASEBOOK_LANG, the casebook's own language, the system's: the first known."""
    candidates: list[Any] = [asked, os.environ.get("CASEBOOK_LANG", "")]
    if root is not None:
        with suppress(EnvironmentProblem):
            candidates.append(marker.read_settings(root).get("language", ""))
    candidates += [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    known = i18n.available()
    if asked and asked[:2].lower() not in known:
        raise UsageError(
            _('The language "{language}" is not there.').format(language=asked),
            _("Choose one of: {options}").format(options=", ".join(known)),
        )
    for candidate in candidates:
        short = str(candidate)[:2].lower()
        if short in known:
            return short
    return i18n.SOURCE
