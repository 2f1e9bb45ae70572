"""The demonstration: a new casebook in which a case goes from report to closed, for real.

Every scene runs the real program and the real git; nothing is played and nothing is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from casebook import history, store
from casebook.actions import starting
from casebook.frozen import frozen
from casebook.history.run import Git
from casebook.i18n import _
from casebook.snapshot import FILE
from casebook.worktree import WorkTree

if TYPE_CHECKING:
    from pathlib import Path

# Runs a program with these words in the new casebook: its exit code and all that it printed.
Run: TypeAlias = Callable[[str, Sequence[str]], tuple[int, str]]

PERSON: Final = "Demo <demo@example.org>"
ROLE: Final = "safety-coordinator"
_REVIEW: Final = "2099-06-01"  # far enough for every day on which this is shown


@frozen
class Shown:
    """One command that was run: its words, what it printed, its exit code.

    Of a long answer only the first and the last lines are shown, as many as named here; 0 means
    all. ``tick`` says in words what was done, where the answer itself is not shown.
    """

    argv: tuple[str, ...]
    lines: tuple[str, ...] = ()
    code: int = 0
    first: int = 0
    last: int = 0
    tick: str = ""


@frozen
class Scene:
    """What a scene shows, in one line, and its commands."""

    title: str
    shown: tuple[Shown, ...]


class Demonstration:
    """One demonstration in ``folder``; ``scenes`` runs it while it is read."""

    def __init__(self, folder: Path, language: str, run: Run) -> None:
        self.folder = folder
        self.language = language
        self.commands = 0
        self._run = run
        self._git = Git(folder)
        self.case = ""

    def prepare(self) -> None:
        """Make the casebook as ``casebook init`` does; raises EnvironmentProblem."""
        starting.require_empty(self.folder)
        with history.init_repository(self.folder) as repository:
            # Nobody is asked for a password in a demonstration.
            repository.set_config("commit.gpgsign", "false")
        answers = {
            "name": _("Example School"),
            "sector": "vo",
            "region": "midden",
            "language": self.language,
            "me": PERSON,
            "role": ROLE,
        }
        starting.start(self.folder, answers)

    @property
    def tail(self) -> str:
        """The short form of the case's id."""
        return self.case.rpartition("-")[2]

    @property
    def path(self) -> str:
        """The file of the case."""
        return f"cases/{self.case[:4]}/{self.case}.md"

    def commits(self) -> int:
        """How many commits the casebook has now."""
        return int(self._git.run("rev-list", "--count", "HEAD"))

    def scenes(self) -> Iterator[Scene]:
        """The scenes in their order."""
        yield self._report()
        yield Scene(_("2. What now?"), (self._do("git case", first=3, last=1),))
        refused = self._do("git case", "close", self.tail)
        yield Scene(_("3. It says no, and says what is missing. Nothing is written."), (refused,))
        yield self._by_hand()
        yield Scene(_("5. Do the work: every line is one command, saved at once."), self._work())
        yield self._close()
        yield self._look_back()
        yield self._policy()

    def _report(self) -> Scene:
        summary = _("A photo of a pupil goes round in a group app")
        before = set(self._ids())
        words = ("new", "image-spread", summary, "--reported-by", "teacher")
        shown = self._do("git case", *words, first=2, last=2)
        self.case = next(iter(set(self._ids()) - before))
        return Scene(_("1. Report an image that goes round. Advice comes first."), (shown,))

    def _ids(self) -> list[str]:
        tree = WorkTree(self.folder)
        found = (entry for entry in tree.entries("cases/") if entry.mode == FILE)
        names = (entry.path.rpartition("/")[2] for entry in found)
        return [name.removesuffix(".md") for name in names if name.endswith(".md")]

    def _by_hand(self) -> Scene:
        place = self.folder / self.path
        text = place.read_bytes()
        store.write_record(place, text.replace(b"state: reported", b"state: closed"))
        shown = self._do_git("commit", "--all", "--message", _("closed"), first=3, last=1)
        self._git.run("checkout", "--quiet", ".")
        title = _("4. It also says no to an editor: somebody writes state: closed, and saves.")
        return Scene(title, (shown,))

    def _close(self) -> Scene:
        words = (
            *("close", self.tail, "--truth", "confirmed", "--harm", "limited"),
            *("--result", "agreements", "--note", _("Photo removed, agreements kept")),
            *("--evaluation", _("No rule needs to change"), "--policy-change", "none"),
            *("--victim-now", _("Back in class, feels safe")),
        )
        closed = self._do("git case", *words, first=2)
        lines = self._do_git("diff", "--numstat", "HEAD~1")
        return Scene(_("6. Close it. Few lines of the file change."), (closed, lines))

    def _look_back(self) -> Scene:
        log = self._do("git case", "log", self.tail, last=2)
        form = "--format=%h %s%n  %(trailers:only,separator=%x2C%x20)"
        commits = self._do_git("log", "-1", form)
        return Scene(_("7. Who did what, in words and as it is kept."), (log, commits))

    def _policy(self) -> Scene:
        code = "phones-and-social-media"
        council = _("the rules for phones and social media: the council agreed")
        agreed = self._tick(council, "set", code, "R1.decision=agreed", program="git policy")
        day = ("--in-force-from", "today", "--decided-by", "board", "--decided-on", "today")
        board = _("adopted by the board: the rules and their ladders, saved as one")
        adopted = self._tick(board, "adopt", code, *day, "--review", _REVIEW, program="git policy")
        words = ("advise", self.tail, "P2", "--rule", "forwarding", "--times", "1")
        advised = self._do("git case", *words, "--severity", "serious", first=3)
        site = str(self.folder.with_name(self.folder.name + "-site"))
        published = self._do("git policy", "publish", "--out", site, first=1)
        title = _("8. The rules are executed: adopted, applied to P2, and a page for everybody.")
        return Scene(title, (agreed, adopted, advised, published))

    def _work(self) -> tuple[Shown, ...]:
        return tuple(self._tick(says, *words) for says, words in _steps(self.tail))

    def _do(self, program: str, *words: str, first: int = 0, last: int = 0) -> Shown:
        self.commands += 1
        code, said = self._run(program, words)
        lines = tuple(said.rstrip("\n").split("\n"))
        return Shown((*program.split(), *words), lines, code, first, last)

    def _do_git(self, *words: str, first: int = 0, last: int = 0) -> Shown:
        self.commands += 1
        answer = self._git.ask(*words, commit=True)
        lines = tuple(answer.text().splitlines())
        return Shown(("git", *words), lines, answer.code, first, last)

    def _tick(self, says: str, *words: str, program: str = "git case") -> Shown:
        from casebook.frozen import replace

        shown = self._do(program, *words)
        if shown.code:
            raise RuntimeError("\n".join(shown.lines))
        return replace(shown, tick=says)


def _steps(tail: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is done between report and closing: in words, and as a command."""
    yield _("everybody safe, nobody looks at the photo"), ("done", tail, "safe-now")
    yield (
        _("owner, severity and one contact are set; the case is taken up"),
        (
            *("assess", tail, "--owner", ROLE, "--severity", "serious", "--contact", "mentor"),
            *("--severity-because", _("Spread beyond the class; a minor is depicted")),
        ),
    )
    person = ("--kind", "pupil", "--minor", "yes")
    yield _("P1 is in the photo"), ("add", "person", tail, "victim", "depicted", *person)
    yield _("P2 passed it on"), ("add", "person", tail, "accused", "forwarder", *person)
    talk = ("--for", "hear", "--parents", "present", "--by", "mentor")
    yield _("P1 heard, with a parent"), ("add", "talk", tail, "P1", *talk)
    yield _("P2 heard, with a parent"), ("add", "talk", tail, "P2", *talk)
    photo = _("Photo of P1, described by the reporter")
    yield (
        _("the photo described in words; the police asked before removal"),
        ("add", "content", tail, "photo", photo, "--depicts", "P1", "--decision", "ask-police"),
    )
    yield (
        _("questions answered: offence, police, help, crisis, board, expert"),
        (
            *("decide", tail, "offence=unsure", "police=yes", "help=no", "crisis=no"),
            *("board=yes", "expert=no", "--because", _("Discussed with the police contact")),
        ),
    )
    fact = _("P2 passed the photo on")
    yield (
        _("a fact, with its source"),
        ("add", "fact", tail, fact, "--about", "P2", "--source", "T2", "--status", "established"),
    )
    class_talk = _("Talk in the class, without names")
    yield (
        _("an action, with its owner and date"),
        ("add", "action", tail, class_talk, "--owner", "mentor", "--due", "today"),
    )
    impact = _("P1 does not dare to come to school")
    yield _("the plan is set"), ("plan", tail, "--impact", impact)
    yield _("aftercare begins"), ("aftercare", tail)
    yield _("P1 asked how it is now"), ("done", tail, "aftercare-victim")
