"""What the git hooks do: judge what is staged, and name the record in hand-made messages.

They never write to the casebook; a refused commit leaves every text where it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from casebook.checks import judge as judging
from casebook.errors import UsageError
from casebook.frozen import frozen
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from casebook.actions.desk import Desk
    from casebook.checks.base import Judgement
    from casebook.finding import Finding
    from casebook.snapshot import Change, Entry, Snapshot

SAVING = "saving"
SENDING = "sending"
RECEIVED = "received"
MERGING = "merging"
SCISSORS = "------------------------ >8 ------------------------"


@frozen
class HookAnswer:
    """What the hook found. ``event`` is what git was about to do or did.

    That is saving, sending, received (nothing can be refused any more) or merging.
    """

    findings: tuple[Finding, ...] = ()
    event: str = SAVING
    clash: bool = False

    @property
    def exit_code(self) -> int:
        """0 lets git go on, 1 refuses; what came in already is only named."""
        refused = self.event != RECEIVED and any(one.is_error for one in self.findings)
        return 1 if self.clash or refused else 0


def run(desk: Desk, words: Sequence[str], told: Callable[[], str] = str) -> HookAnswer:
    """Answer the hook named by the first word; raises UsageError for an unknown one.

    ``told`` reads what git tells the hook on its standard input.
    """
    name = words[0] if words else ""
    if name == "pre-commit":
        return judge_staged(desk, merging=desk.repository.state() == "merge")
    if name == "pre-merge-commit":
        return judge_staged(desk, merging=True)
    if name == "commit-msg" and len(words) > 1:
        return name_record(desk, Path(words[1]))
    if name in ("post-merge", "post-rewrite", "post-checkout", "pre-push"):
        return _watch(desk, name, words[1:], told)
    if name == "merge" and len(words) > 3:
        from casebook.actions.combining import combine

        done = combine(desk, (words[1], words[2], words[3]))
        return HookAnswer(event=MERGING, clash=not done)
    raise UsageError(_('"{name}" is not a hook of casebook.').format(name=name))


def _watch(desk: Desk, name: str, words: Sequence[str], told: Callable[[], str]) -> HookAnswer:
    """What came in, was made anew, or is about to go out."""
    from casebook.actions import watching

    if name == "post-merge":
        return HookAnswer(tuple(watching.came_in(desk)), RECEIVED)
    if name == "post-rewrite":
        return HookAnswer(tuple(watching.made_anew(desk, told().splitlines())), RECEIVED)
    if name == "post-checkout":
        old, new, heads = (*words, "", "", "")[:3]
        found = watching.switched(desk, old, new) if heads == "1" else []
        return HookAnswer(tuple(found), RECEIVED)
    url = words[1] if len(words) > 1 else ""
    return HookAnswer(tuple(watching.going_out(desk, url, told().splitlines())), SENDING)


def judge_staged(desk: Desk, *, merging: bool) -> HookAnswer:
    """Judge what this commit would change, by the schemas and policy of the commit before it."""
    repository = desk.repository
    index = repository.index()
    changes = repository.staged_in_merge(index) if merging else repository.staged(index)
    before = repository.snapshot(repository.head())
    context = judging.judgement(desk.casebook, before, Staged(index, desk.tree))
    found = judging.judge(changes, context)
    if merging:
        found += _standing(desk, index, changes, context)
    return HookAnswer(tuple(found))


class Staged:
    """What is staged, except that a search looks at the disk first and then reads the index.

    Reading ten thousand unchanged cases out of git to find the few that speak of one would make
    every commit wait.
    """

    def __init__(self, index: Snapshot, tree: Snapshot) -> None:
        self.index = index
        self.tree = tree

    def read(self, path: str) -> bytes | None:
        """The staged content of ``path``."""
        return self.index.read(path)

    def entries(self, prefix: str = "") -> Iterator[Entry]:
        """The staged entries."""
        return self.index.entries(prefix)

    def search(self, needle: bytes, prefix: str = "") -> Iterator[str]:
        """Paths that hold ``needle`` on disk and as staged."""
        for path in self.tree.search(needle, prefix):
            content = self.index.read(path)
            if content is not None and needle in content:
                yield path


def _standing(
    desk: Desk,
    index: object,
    judged: Sequence[Change],
    context: Judgement,
) -> list[Finding]:
    """Snapshot checks on what the merge brought in unchanged from one side."""
    repository = desk.repository
    seen = {change.path for change in judged}
    rest = [change for change in repository.staged() if change.path not in seen]
    return judging.judge(rest, context, changed=False)


def name_record(desk: Desk, file: Path) -> HookAnswer:
    """Add ``Case: ID`` for each case in the commit to a hand-made message; nothing to an empty one.

    What stands below the scissors line of ``git commit -v`` is no message.
    """
    raw = file.read_bytes().decode("utf-8", "surrogateescape")
    message, cut, rest = _cut(raw)
    spoken = [one for one in message.splitlines() if one.strip() and not one.startswith("#")]
    if not spoken or any(one.startswith(("Case: ", "Policy: ")) for one in spoken):
        return HookAnswer()
    kind = desk.cases
    cases = sorted(
        identity
        for change in desk.repository.staged()
        if (identity := kind.id_of(change.path)) is not None
    )
    if not cases:
        return HookAnswer()
    body = message.rstrip("\n")
    comments = ""
    if "\n#" in body:
        body, _hash, after = body.partition("\n#")
        comments = "\n#" + after
    trailers = "".join(f"Case: {identity}\n" for identity in cases)
    gap = "\n" if _ends_in_trailers(body) else "\n\n"
    whole = body.rstrip("\n") + gap + trailers + comments + ("\n" if comments else "")
    file.write_bytes((whole + cut + rest).encode("utf-8", "surrogateescape"))
    return HookAnswer()


def _cut(raw: str) -> tuple[str, str, str]:
    for line in raw.splitlines(keepends=True):
        if SCISSORS in line:
            message, _found, rest = raw.partition(line)
            return message, line, rest
    return raw, "", ""


def _ends_in_trailers(body: str) -> bool:
    last = body.rstrip("\n").rpartition("\n\n")[2].splitlines()
    return "\n\n" in body and all(": " in one and " " not in one.split(": ")[0] for one in last)
