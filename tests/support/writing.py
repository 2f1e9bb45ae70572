"""Every command that writes, as somebody types it, and who judges what a crash of it left.

``test_every_command_crash`` kills each at the moments named in the program, ``benchmarks/kills.py``
at every system call that changes the disk.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

WHY: Final = "Both say that it was one angry evening"
DECIDED: Final = (
    "--in-force-from",
    "2026-12-01",
    "--decided-by",
    "principal",
    "--on",
    "2026-11-17",
)
CODE: Final = "code/phones-and-social-media@1"
Typed = tuple[str, tuple[str, ...]]


def new(school: Any) -> str:
    """A case, so that there is something to write in."""
    return str(school.new("quarrel", "Two pupils shout in the app", "--reported-by", "mentor"))


def assessed(school: Any) -> str:
    case = new(school)
    words = ("--owner", "mentor", "--severity", "light", "--severity-because", WHY)
    school.do("assess", case, *words)
    return case


def edited(school: Any, case: str) -> None:
    """A hand edit that is not saved yet."""
    file = school.path(case)
    text = file.read_text("utf-8")
    file.write_text(text.replace("Two pupils", "Three pupils"), "utf-8")


def agreed(school: Any) -> None:
    """The council has consented to the code, so that it can be adopted with all that it holds."""
    file = school.root / "policy/codes/phones-and-social-media@1.md"
    right = "    right: consent\n"
    text = file.read_text("utf-8")
    answered = f"{right}    answered: 2026-11-12\n    decision: agreed\n"
    file.write_text(text.replace(right, answered, 1), "utf-8")
    school.do("save", CODE, program="git policy")


def _save(school: Any) -> Typed:
    for case in (new(school), new(school)):
        edited(school, case)
    return "git case", ("save",)


def _drop(school: Any) -> Typed:
    case = new(school)
    school.do("add", "action", case, "Call home", "--owner", "mentor", "--due", "2026-11-20")
    return "git case", ("drop", case, "A1", "--because", "Somebody else has called")


def _redact(school: Any) -> Typed:
    case = new(school)
    school.do("note", case, "The mentor spoke with both.")
    return "git case", ("redact", case, "J1", "--ground", "The parents asked for it")


def _undo(school: Any) -> Typed:
    case = new(school)
    school.do("set", case, "owner=mentor")
    return "casebook", ("undo", case)


def _adopt(school: Any) -> Typed:
    agreed(school)
    return "git policy", ("adopt", "phones-and-social-media", *DECIDED)


def _revise(school: Any) -> Typed:
    agreed(school)
    school.do("adopt", "phones-and-social-media", *DECIDED, program="git policy")
    return "git policy", ("revise", "rule/forwarding")


def _case(*words: str) -> Callable[[Any], Typed]:
    """A command on a new case; ``ID`` stands for it."""

    def prepare(school: Any) -> Typed:
        case = new(school)
        return "git case", tuple(case if word == "ID" else word for word in words)

    return prepare


def _settle(school: Any) -> Typed:
    words = ("--done", WHY, "--evaluation", "It is quiet in the class")
    return "git case", ("settle", assessed(school), *words)


def _new(_school: Any) -> Typed:
    return "git case", ("new", "quarrel", "A quarrel in the class app", "--reported-by", "mentor")


def _set(_school: Any) -> Typed:
    return "git policy", ("set", "school", "board=The board of all schools")


COMMANDS: Final[Mapping[str, Callable[[Any], Typed]]] = {
    "new": _new,
    "note": _case("note", "ID", "The mentor spoke with both."),
    "add": _case("add", "person", "ID", "victim", "--kind", "pupil", "--minor", "yes"),
    "set": _case("set", "ID", "owner=mentor"),
    "settle": _settle,
    "drop": _drop,
    "redact": _redact,
    "save": _save,
    "undo": _undo,
    "policy set": _set,
    "policy adopt": _adopt,
    "policy revise": _revise,
}


@dataclass
class Before:
    """A casebook before a command: its head, its files, and what is in its history."""

    head: str
    files: dict[str, bytes]

    @classmethod
    def of(cls, school: Any) -> Before:
        """As it is now."""
        return cls(school.head(), texts(school))


def texts(school: Any) -> dict[str, bytes]:
    """Every file of the casebook on disk."""
    below = (path for path in school.root.rglob("*") if path.is_file())
    return {
        name: path.read_bytes()
        for path in below
        if not (name := path.relative_to(school.root).as_posix()).startswith(".git/")
    }


def committed(school: Any) -> dict[str, bytes]:
    """Every file as the newest commit holds it."""
    listed = school.git("ls-tree", "-r", "-z", "HEAD").stdout.split("\0")
    found = [(one.partition("\t")[2], one.split()[2]) for one in listed if one]
    words = ["git", "-C", str(school.root), "cat-file", "--batch"]
    asked = "".join(f"{identity}\n" for _name, identity in found).encode()
    said = subprocess.run(words, input=asked, capture_output=True, check=True).stdout
    contents = {}
    for name, _identity in found:
        head, _line, rest = said.partition(b"\n")
        size = int(head.split()[2])
        contents[name], said = rest[:size], rest[size + 1 :]
    return contents


def torn(school: Any, before: Before) -> list[str]:
    """What a crash left that is neither old nor new, once doctor has mended; nothing changes."""
    fixed = school.run("doctor", "--fix", program="casebook")
    again = school.run("doctor", program="casebook")
    wrong = []
    if "Traceback" in fixed.out + fixed.err:
        wrong.append(fixed.out + fixed.err)
    if "broken off" in again.out:
        wrong.append(again.out)
    now, saved = texts(school), committed(school)
    for name in {*before.files, *now, *saved}:
        old, disk, kept = before.files.get(name), now.get(name), saved.get(name)
        if disk not in (old, kept):
            wrong.append(f"{name} is neither what it was nor what is saved")
    status = school.git("status", "--porcelain").stdout
    unsaved = {line[3:] for line in status.splitlines()}
    edits = {name for name, text in now.items() if text != saved.get(name)}
    if any(line[0] not in " ?" for line in status.splitlines()) or unsaved - edits:
        wrong.append(f"the index differs: {status}")
    if edits - {name for name, text in now.items() if text == before.files.get(name)}:
        wrong.append(f"written and not saved: {sorted(edits)}")
    made = school.git("log", "--format=%x00%s", "--name-only", f"{before.head}..HEAD").stdout
    if any("adopt" in one and one.count("policy/") != 29 for one in made.split("\0")[1:]):
        wrong.append("half of a set was adopted")
    checked = school.run("check", program="casebook")
    if checked.code:
        wrong.append(checked.out)
    if "error" in school.git("fsck", "--full", fine=False).stderr:
        wrong.append("git's own objects are damaged")
    return wrong
