"""The programs that are measured: this one as installed, and its peers in folders of their own.

Everything lies in one temporary folder; a peer that cannot be installed is left out and named.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from measure import environment

REPOSITORY = Path(__file__).resolve().parent.parent
ENTRIES = (("casebook", "main"), ("git-case", "main_case"), ("git-policy", "main_policy"))
SCRIPT = "#!{python}\nimport sys\nfrom casebook.__main__ import {entry}\nsys.exit({entry}())\n"
LIKE_A_CASE = "Verteld wat er gebeurd is, zonder namen; alles hier is verzonnen.\n" * 60


class Tools:
    """Where the programs are; ``missing`` says in a sentence what could not be had."""

    def __init__(self, folder: Path, peers: Path | None, *, alone: bool = False) -> None:
        self.folder = folder
        self.peers = peers or folder / "peers"
        self.missing: list[str] = []
        self.python = str(self._environment())
        self.casebook = str(Path(self.python).parent / "casebook")
        self.git_case = str(Path(self.python).parent / "git-case")
        self.git_policy = str(Path(self.python).parent / "git-policy")
        # Beside git alone, nobody else is needed.
        self.check_jsonschema = "" if alone else self._from_pypi("check-jsonschema")
        self.doorstop = "" if alone else self._from_pypi("doorstop")
        self.backlog = "" if alone else self._from_npm("backlog.md", "backlog")

    def _environment(self) -> Path:
        """An environment with this repository's program, as an editable install would make it.

        It borrows the libraries of the Python that runs this script, so nothing is downloaded.
        """
        place = self.folder / "program"
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
        python = place / "bin" / "python"
        site = next((place / "lib").glob("python*/site-packages"))
        own = sysconfig.get_path("purelib")
        (site / "measured.pth").write_text(f"{REPOSITORY / 'cli'}\n{own}\n", encoding="utf-8")
        for name, entry in ENTRIES:
            script = place / "bin" / name
            script.write_text(SCRIPT.format(python=python, entry=entry), encoding="utf-8")
            script.chmod(0o755)
        return python

    def _from_pypi(self, name: str) -> str:
        place = self.peers / name
        program = place / "bin" / name
        if not program.exists() and not self._try(
            name,
            [sys.executable, "-m", "venv", str(place)],
            [str(place / "bin" / "pip"), "install", "--quiet", name],
        ):
            return ""
        return str(program)

    def _from_npm(self, name: str, command: str) -> str:
        place = self.peers / name
        program = place / "node_modules" / ".bin" / command
        if not program.exists() and not self._try(
            name, ["npm", "install", "--silent", "--prefix", str(place), name]
        ):
            return ""
        return str(program)

    def _try(self, name: str, *steps: list[str]) -> bool:
        self.peers.mkdir(parents=True, exist_ok=True)
        try:
            for step in steps:
                subprocess.run(step, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            self.missing.append(f"{name} could not be installed here and is left out.")
            return False
        return True

    # -- stores of the peers, as large as ours --------------------------------------------

    def backlog_store(self, tasks: int) -> Path | None:
        """A repository with so many Backlog.md tasks, in the form the tool itself writes."""
        if not self.backlog:
            return None
        root = self.folder / f"backlog-{tasks}"
        if root.exists():
            return root
        _new_repository(root)
        words = ["init", "measured", "--defaults", "--agent-instructions", "none"]
        run([self.backlog, *words], root)
        folder = root / "backlog" / "tasks"
        folder.mkdir(parents=True, exist_ok=True)
        states = ("To Do", "In Progress", "Done")
        for number in range(1, tasks + 1):
            (folder / f"task-{number} - Voorval-{number}.md").write_text(
                f"---\nid: TASK-{number}\ntitle: Voorval {number}\nstatus: {states[number % 3]}\n"
                "assignee: []\ncreated_date: '2025-03-03 09:00'\nlabels: []\ndependencies: []\n"
                f"ordinal: {number * 1000}\n---\n\n## Description\n\n"
                f"<!-- SECTION:DESCRIPTION:BEGIN -->\n{LIKE_A_CASE}"
                "<!-- SECTION:DESCRIPTION:END -->\n",
                encoding="utf-8",
            )
        return commit_all(root)

    def doorstop_store(self, count: int) -> Path | None:
        """A repository with so many doorstop items."""
        if not self.doorstop:
            return None
        root = self.folder / f"doorstop-{count}"
        if root.exists():
            return root
        _new_repository(root)
        run([self.doorstop, "create", "CASE", "./cases", "--digits", "5", "-q"], root)
        text = "".join(f"  {line}\n" for line in LIKE_A_CASE.splitlines())
        for number in range(1, count + 1):
            (root / "cases" / f"CASE{number:05d}.yml").write_text(
                f"active: true\nderived: false\nheader: ''\nlevel: 1.{number}\nlinks: []\n"
                f"normative: true\nref: ''\nreviewed: null\ntext: |\n{text}",
                encoding="utf-8",
            )
        return commit_all(root)

    def extracted(self, root: Path) -> Path:
        """The front matter of every case below ``root``, each in a YAML file of its own."""
        out = self.folder / f"front-{root.name}"
        out.mkdir(exist_ok=True)
        for path in sorted((root / "cases").rglob("*.md")):
            text = path.read_text(encoding="utf-8")
            (out / f"{path.stem}.yaml").write_text(
                text[4:].partition("\n---\n")[0] + "\n", encoding="utf-8"
            )
        return out

    def install_hooks(self, root: Path) -> None:
        """Hooks and merge driver of this repository in a casebook, as ``casebook init`` does it."""
        for hook in ("pre-commit", "pre-merge-commit", "commit-msg"):
            shutil.copy(REPOSITORY / "hooks" / hook, root / ".git" / "hooks" / hook)
            (root / ".git" / "hooks" / hook).chmod(0o755)
        git(root, "config", "casebook.python", self.python)
        git(root, "config", "casebook.role", "safety-coordinator")
        driver = f'"{self.python}" -I -m casebook hook merge %O %A %B'
        git(root, "config", "merge.casebook.driver", driver)


def run(
    words: list[str], folder: Path, codes: tuple[int, ...] = (0,), **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a command outside the clock; stops everything when it fails in another way."""
    done = subprocess.run(
        words,
        cwd=folder,
        env=environment(variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if codes and done.returncode not in codes:
        raise SystemExit(f"{' '.join(words)}\nexit {done.returncode}\n{done.stdout}{done.stderr}")
    return done


def git(root: Path, *words: str, codes: tuple[int, ...] = (0,)) -> str:
    """Run git and answer what it printed."""
    return run(["git", *words], root, codes).stdout.strip()


def _new_repository(root: Path) -> None:
    root.mkdir(parents=True)
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "user.name", "Voorbeeld")
    git(root, "config", "user.email", "voorbeeld@school.example")


def commit_all(root: Path) -> Path:
    """Commit everything there is."""
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "start")
    return root


def without_hooks() -> dict[str, str]:
    """Variables that keep git from running hooks: the bare yardstick."""
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.hooksPath",
        "GIT_CONFIG_VALUE_0": os.devnull,
    }


def conftest(repository: Path) -> ModuleType:
    """What the tests make a casebook with."""
    spec = spec_from_file_location("conftest", repository / "tests" / "conftest.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["conftest"] = module
    spec.loader.exec_module(module)
    return module
