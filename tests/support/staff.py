"""Several people with keys at one computer, who work in one casebook.

Everything is real: ssh-keygen makes the keys and git signs with them.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pytest
    from tests.conftest import Answer, Casebook


@dataclass
class Staff:
    """Several people at one computer: each has a name, an address and a key."""

    school: Casebook
    homes: Path
    patch: pytest.MonkeyPatch

    def sits_down(self, name: str, role: str = "mentor") -> None:
        home = self.homes / name
        home.mkdir(exist_ok=True)
        self.patch.setenv("HOME", str(home))
        for setting, value in (
            ("user.name", name.title()),
            ("user.email", f"{name}@example.org"),
            ("casebook.role", role),
        ):
            self.school.git("config", setting, value)
        self.school.git("config", "--unset", "user.signingkey", fine=False)
        key = home / ".ssh" / "casebook_ed25519"
        if key.exists():
            self.school.git("config", "gpg.format", "ssh")
            self.school.git("config", "user.signingkey", str(key))
            self.school.git("config", "commit.gpgsign", "true")
        else:
            self.school.git("config", "commit.gpgsign", "false")

    def later(self, **more: int) -> None:
        self.school.clock.now += timedelta(**more)
        moment = self.school.clock.now.isoformat()
        os.environ["GIT_AUTHOR_DATE"] = os.environ["GIT_COMMITTER_DATE"] = moment

    def identity(self, *words: str) -> Answer:
        self.later(minutes=10)
        return self.school.run("identity", *words, "--json", program="casebook")

    def code(self, name: str, role: str = "mentor") -> str:
        self.sits_down(name, role)
        answer = self.identity()
        assert answer.code == 0, answer.out
        return str(answer.json["code"])

    def verify(self, *words: str) -> Any:
        self.later(minutes=10)
        return self.school.run("verify", *words, "--json", program="casebook").json

    def checks(self, *words: str) -> list[str]:
        return [one["check"] for one in self.verify(*words)["findings"]]

    def colleague(self, name: str, role: str = "mentor") -> None:
        """Have the second person accepted; Ada sits down again."""
        code = self.code(name, role)
        self.sits_down("ada", "safety-coordinator")
        answer = self.identity("accept", code, "--yes")
        assert answer.code == 0, answer.out

    def commit(self, files: Mapping[str, str | None], *words: str) -> str:
        """Save files (None removes one) past every hook, as whoever sits here."""
        for name, text in files.items():
            place = self.school.root / name
            if text is None:
                place.unlink()
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text, "utf-8")
        self.school.git("add", "--all")
        self.school.git("commit", "--quiet", "--no-verify", "--message", "case: note", *words)
        return self.school.head()

    def forge(self, old: str, new: str, *, extra: str = "") -> str:
        """Put the newest commit back with one text of it replaced, as no git command would."""
        raw = self.school.git("cat-file", "commit", "HEAD").stdout
        assert old in raw
        changed = raw.replace(old, new, 1) + extra
        command = ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
        done = subprocess.run(
            command, cwd=self.school.root, input=changed.encode(), capture_output=True, check=True
        )
        identity = done.stdout.decode().strip()
        self.school.git("update-ref", "HEAD", identity)
        return identity
