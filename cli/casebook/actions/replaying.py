"""Own unsent commits made again on what others have shared: merged, judged, or said why not.

It moves no branch and sends nothing; a commit that cannot be replayed stays what it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casebook import merging
from casebook.checks import judge as judging
from casebook.document import parse
from casebook.errors import RefusedError
from casebook.frozen import field, frozen
from casebook.history import replay
from casebook.i18n import _
from casebook.merging.model import FILE, MINE, REMOVED, TEXT, THEIRS, Clash
from casebook.snapshot import Change, Overlay

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from casebook.actions.desk import Desk
    from casebook.finding import Finding
    from casebook.history.raw import RawChange
    from casebook.history.replay import Own

DROP: Final = "drop"  # leave my change out of the shared history; it is kept beside it
REGULAR: Final = "100644"


@frozen
class Standoff:
    """Where a change of mine does not fit what others shared: two meanings, or a rule against it.

    ``author`` and ``on`` say who changed the file last there; ``finding`` is the broken rule.
    """

    commit: str
    subject: str
    path: str
    clash: Clash | None = None
    finding: Finding | None = None
    author: str = ""
    on: str = ""

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be chosen: one side, both, or to leave the whole change out."""
        if self.clash is None:
            return (DROP,)
        return (*merging.choices(self.clash), DROP)


class ClashError(RefusedError):
    """What others shared and what I saved do not go together; nothing was changed or sent."""

    def __init__(self, standoffs: Sequence[Standoff]) -> None:
        super().__init__(
            _("Others changed the same as you; nothing was changed and nothing was sent."),
            _("Choose with: casebook resolve"),
        )
        self.standoffs = tuple(standoffs)


@frozen
class Replayed:
    """The newest commit after replaying, the new numbers of journal entries, what was left out."""

    commit: str
    renamed: tuple[tuple[str, str, str], ...] = ()  # path, old number, new number
    dropped: tuple[Own, ...] = field(default_factory=tuple)


class Replay:
    """Replays the commits ``base..head`` on ``theirs``; ``answer`` settles what stands off."""

    def __init__(
        self, desk: Desk, base: str, theirs: str, answer: Callable[[Standoff], str | None]
    ) -> None:
        self.desk = desk
        self.base = base
        self.theirs = theirs
        self.answer = answer
        self.repository = desk.repository
        self.onto = theirs
        self._renamed: dict[str, dict[str, str]] = {}
        self._settled: dict[tuple[str, str, str], str | None] = {}

    def run(self, head: str) -> Replayed:
        """The result; raises ClashError with all that stands off in the first such commit."""
        dropped = []
        for own in replay.own_commits(self.repository, self.base, head):
            if not self._again(own):
                dropped.append(own)
        renamed = [
            (path.removeprefix(self.repository.prefix), old, new)
            for path, names in sorted(self._renamed.items())
            for old, new in names.items()
        ]
        return Replayed(self.onto, tuple(renamed), tuple(dropped))

    def _again(self, own: Own) -> bool:
        """Make one commit again; False when it is left out."""
        files: dict[str, tuple[str, bytes | None]] = {}
        left: list[Standoff] = []
        renamed: dict[str, Mapping[str, str]] = {}
        for change in own.changes:
            merged, standoffs, names = self._file(own, change)
            if any(self._choice(one) == DROP for one in standoffs):
                return False
            left += [one for one in standoffs if self._choice(one) is None]
            now = self._content(change.path)
            if merged != now:
                mode = change.after.mode if change.after.exists else REGULAR
                files[change.path] = (mode, merged)
                renamed[change.path] = names
        if not left and files:
            for standoff in self._forbidden(own, files):
                if self._choice(standoff) == DROP:
                    return False
                left.append(standoff)
        if left:
            raise ClashError(left)
        if files:
            self.onto = replay.make(self.repository, self.onto, own, files)
            for path, names in renamed.items():
                if names:
                    self._renamed[path] = dict(names)
        return True

    def _file(
        self, own: Own, change: RawChange
    ) -> tuple[bytes | None, list[Standoff], Mapping[str, str]]:
        """What one file becomes, with what stands off (nobody's answers already taken in)."""
        base = replay.content(self.repository, change.before[0])
        mine = replay.content(self.repository, change.after)
        theirs = self._content(change.path)
        if theirs in (base, mine):
            return mine, [], {}
        if theirs is None or mine is None:
            clash = Clash(REMOVED, (), _text(base), _text(theirs), _text(mine))
            standoff = self._standoff(own, change.path, clash)
            return (mine if self._choice(standoff) == MINE else theirs), [standoff], {}
        was, there, here = (
            parse(raw, change.path)[0] if raw is not None else None for raw in (base, theirs, mine)
        )
        if there is None or here is None or (base is not None and was is None):
            return self._plain(own, change.path, (base, theirs, mine))
        standoffs: list[Standoff] = []

        def decide(clash: Clash) -> str | None:
            standoff = self._standoff(own, change.path, clash)
            standoffs.append(standoff)
            return self._choice(standoff)

        merged = merging.merge(
            was,
            there,
            here,
            lambda *texts: replay.text_merge(self.repository, *texts),
            renamed=self._renamed.get(change.path, {}),
            decide=decide,
        )
        raw = merged.document.raw if merged.document is not None else theirs
        return raw, standoffs, merged.renamed

    def _plain(
        self, own: Own, path: str, contents: tuple[bytes | None, bytes, bytes]
    ) -> tuple[bytes | None, list[Standoff], Mapping[str, str]]:
        """A file that is no record, line by line."""
        base, theirs, mine = contents
        try:
            texts = [(one or b"").decode("utf-8") for one in (base, theirs, mine)]
            merged = replay.text_merge(self.repository, *texts) if base is not None else None
        except UnicodeDecodeError:
            merged = None
        if merged is not None:
            return merged.encode("utf-8"), [], {}
        why = TEXT if base is not None else FILE
        standoff = self._standoff(
            own, path, Clash(why, (), _text(base), _text(theirs), _text(mine))
        )
        return (mine if self._choice(standoff) == MINE else theirs), [standoff], {}

    def _forbidden(self, own: Own, files: Mapping[str, tuple[str, bytes | None]]) -> list[Standoff]:
        """The rules that forbid the result, judged by the law of the commit it stands on."""
        prefix = self.repository.prefix
        before = self.repository.snapshot(self.onto)
        inside = {
            path.removeprefix(prefix): body
            for path, (_mode, body) in files.items()
            if path.startswith(prefix)
        }
        context = judging.judgement(self.desk.casebook, before, Overlay(before, inside))
        changes = [Change(path, before.read(path), body) for path, body in inside.items()]
        return [
            self._standoff(own, prefix + one.path, finding=one)
            for one in judging.judge(changes, context)
            if one.is_error
        ]

    def _content(self, path: str) -> bytes | None:
        name = f"{self.onto}:{path}"
        found = self.repository.objects.read(name)
        return found[1] if found is not None else None

    def _choice(self, standoff: Standoff) -> str | None:
        """The answer to a standoff; asked once."""
        clash = standoff.clash
        where = "/".join(map(str, (clash.why, *clash.place))) if clash else str(standoff.finding)
        key = (standoff.commit, standoff.path, where)
        if key not in self._settled:
            self._settled[key] = self.answer(standoff)
        return self._settled[key]

    def _standoff(
        self, own: Own, path: str, clash: Clash | None = None, finding: Finding | None = None
    ) -> Standoff:
        inside = path.removeprefix(self.repository.prefix)
        last = next(iter(self.repository.log(inside, self.theirs)), None)
        author = last.commit.author if last is not None else ""
        on = last.commit.at[:10] if last is not None else ""
        return Standoff(own.id, own.subject, inside, clash, finding, author, on)


def _text(raw: bytes | None) -> str | None:
    return raw.decode("utf-8", "replace") if raw is not None else None


def nobody(_standoff: Standoff) -> str | None:
    """The answer of a run that asks nobody: everything that stands off stops it."""
    return None


def always(wanted: str) -> Callable[[Standoff], str | None]:
    """The same answer to everything that allows it; ``theirs`` leaves a forbidden change out."""

    def answer(standoff: Standoff) -> str | None:
        if wanted in standoff.choices:
            return wanted
        return DROP if wanted == THEIRS and standoff.clash is None else None

    return answer
