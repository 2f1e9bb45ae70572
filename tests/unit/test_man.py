"""The man page that ``git case --help`` opens: made from the commands, and never behind them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "git-case.1"


def test_the_page_is_what_the_commands_say() -> None:
    """Made in a process of its own: help is translated when a command is loaded."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "tools" / "man.py"), "--check"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "cli")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("group", ["case", "policy", "umbrella"])
def test_every_command_stands_in_the_page(group: str) -> None:
    from casebook.commands.root import Commands

    program = {"case": "git case", "policy": "git policy", "umbrella": "casebook"}[group]
    text = PAGE.read_text("utf-8").replace("\\-", "-")
    commands = Commands(group)
    for name in commands.list_commands(None):  # type: ignore[arg-type]
        assert re.search(rf"(?m)^\.SS {program} {name}( |$)", text), name


def test_every_entry_point_has_a_page() -> None:
    for name in ("git-policy", "casebook"):
        assert (PAGE.parent / f"{name}.1").read_text("utf-8") == ".so man1/git-case.1\n"
        assert f"docs/{name}.1" in (ROOT / "setup.cfg").read_text("utf-8")
    assert "docs/git-case.1" in (ROOT / "setup.cfg").read_text("utf-8")


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_the_page_is_set_without_a_warning() -> None:
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", str(PAGE)], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
