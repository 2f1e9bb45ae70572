"""Making a repository fit for a casebook: creating it, its settings, its hooks.

It runs in init, join and doctor only, and never touches ``core.hooksPath``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casebook import store
from casebook.errors import EnvironmentProblem, RefusedError
from casebook.history import places
from casebook.history.faults import fault
from casebook.history.repository import Repository
from casebook.history.run import Git
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

HOOKS: Final = (
    *("pre-commit", "pre-merge-commit", "commit-msg"),
    *("post-merge", "post-rewrite", "post-checkout", "pre-push"),
)
# How git calls our merge of records; .gitattributes says for which files.
DRIVER: Final = "merge.casebook.driver"
DRIVEN: Final = ("cases/**/*.md merge=casebook", "policy/**/*.md merge=casebook")
MARK: Final = b"# casebook hook"
FOLDER: Final = "casebook.folder"
SETTINGS: Final = {
    "core.fsync": "all",  # a finished command survives a power cut
    "user.useConfigOnly": "true",  # refuse rather than invent an author
    "fetch.writeCommitGraph": "true",  # keeps `log` of one record fast
    "gc.writeCommitGraph": "true",
}


def init_repository(folder: Path, *, branch: str = "main") -> Repository:
    """Create a git repository in ``folder`` (made where it is missing), or open the one there."""
    folder.mkdir(parents=True, exist_ok=True)
    root = folder.resolve()
    if not os.path.lexists(root / ".git"):
        git = Git(root)
        answer = git.ask("init", "--quiet", f"--initial-branch={branch}")
        if answer.code != 0:
            raise git.failure(answer, "init")
    place = places.find(root)
    if place is None or place.root != root:
        raise EnvironmentProblem(
            _("No git repository could be made in {folder}.").format(folder=root)
        )
    repository = Repository(place, root)
    repository.require_git()
    return repository


def clone(url: str, folder: Path) -> Repository:
    """A copy of a shared casebook in ``folder``; raises EnvironmentProblem when it cannot be had.

    ``folder`` must be empty or not exist; a copy that failed leaves nothing behind.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise EnvironmentProblem(
            _("{folder} is not empty; nothing was overwritten.").format(folder=folder),
            _("Do: name a new folder behind the address"),
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    # What a copy brings is data: no hook, template or submodule of it is ever run.
    answer = Git(folder.parent).ask(
        *("-c", "core.hooksPath=/dev/null", "clone", "--quiet", "--no-tags", "--template="),
        *("--end-of-options", url, os.fspath(folder)),
        commit=True,
    )
    if answer.code != 0:
        from casebook.history.remote import reason

        raise EnvironmentProblem(
            _("The shared casebook cannot be reached: {place}").format(place=url),
            _("Check the network and whether you may read it. Git said: {said}").format(
                said=reason(answer.text())
            ),
        )
    fault("cloned")
    place = places.find(folder.resolve())
    if place is None:
        raise EnvironmentProblem(
            _("No git repository could be made in {folder}.").format(folder=folder)
        )
    return Repository(place, folder.resolve())


def configure(repository: Repository, interpreter: str) -> None:
    """Write the settings a casebook needs into this repository's own configuration."""
    repository.require_git()
    program = Path(interpreter).as_posix()
    wanted = {**SETTINGS, "casebook.python": program, DRIVER: driver(program)}
    for name, value in wanted.items():
        if repository.config(name) != value:
            repository.set_config(name, value)
    if repository.prefix and repository.casebook not in casebook_folders(repository.root):
        repository.git.run("config", "--local", "--add", FOLDER, repository.prefix.rstrip("/"))


def driver(interpreter: str) -> str:
    """The setting that lets git merge records field by field."""
    return f'"{Path(interpreter).as_posix()}" -I -m casebook hook merge %O %A %B'


def casebook_folders(top: Path) -> list[Path]:
    """The casebooks that were set up as folders of the repository at ``top``, for its hooks."""
    answer = Git(top, in_hook=True).ask("config", "--null", "--get-all", FOLDER)
    return [top / os.fsdecode(name) for name in answer.out.split(b"\0") if name]


def install_hooks(repository: Repository, sources: Path, interpreter: str) -> list[Path]:
    """Copy the hooks from ``sources`` into git's hooks folder and configure the repository.

    An older copy of ours is replaced. Raises ``RefusedError`` for a hook that is not ours, and
    for a ``core.hooksPath`` elsewhere; then nothing was written.
    """
    folder = repository.common_dir / "hooks"
    elsewhere = foreign_hooks_path(repository)
    if elsewhere:
        raise RefusedError(
            _("Git is set to take its hooks from {folder}; ours would never run.").format(
                folder=elsewhere
            ),
            _("Remove that setting: git config --unset core.hooksPath, or ask who made it."),
        )
    for name in HOOKS:
        if _foreign(folder / name):
            raise RefusedError(
                _("There is another {name} hook already: {file}").format(
                    name=name, file=folder / name
                ),
                _("Move it away, or call it from a hook of your own after ours, and try again."),
            )
    configure(repository, interpreter)
    folder.mkdir(exist_ok=True)
    for name in HOOKS:
        content = (sources / name).read_bytes().replace(b"\r\n", b"\n")
        store.write_record(folder / name, content)
        (folder / name).chmod(0o755)
    return [folder / name for name in HOOKS]


def missing_hooks(repository: Repository, sources: Path) -> Iterator[tuple[str, str]]:
    """Hooks that would not do their work: ``(name, why)``, why: absent, old, foreign, off."""
    folder = repository.common_dir / "hooks"
    for name in HOOKS:
        place = folder / name
        if not place.is_file():
            yield name, "absent"
        elif _foreign(place):
            yield name, "foreign"
        elif place.read_bytes() != (sources / name).read_bytes().replace(b"\r\n", b"\n"):
            yield name, "old"
        elif os.name != "nt" and not os.access(place, os.X_OK):
            yield name, "off"  # git ignores a hook that may not be executed, without a word


def foreign_hooks_path(repository: Repository) -> str | None:
    """The value of ``core.hooksPath`` where it is not git's own hooks folder, or None."""
    value = repository.git.ask("config", "--type=path", "--get", "core.hooksPath")
    text = os.fsdecode(value.out).rstrip("\n")
    if not text or (repository.root / text).resolve() == repository.common_dir / "hooks":
        return None
    return text


def write_commit_graph(repository: Repository) -> None:
    """Write the index over history that makes the log of one record fast, also in a large one."""
    repository.git.ask("commit-graph", "write", "--reachable", "--changed-paths", "--split")


def gitpython(repository: Repository) -> Any:
    """The repository as GitPython's ``Repo``, for doctor, audits and tests.

    Never for hot paths (its import costs seven Python starts) and never to commit: its commit
    does not sign, and its index ignores the one that git gives a hook.
    """
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
    import git

    return git.Repo(repository.root)


def remotes(repository: Repository) -> dict[str, str]:
    """The shared casebooks this one knows, name to address (a password in it is hidden)."""
    with gitpython(repository) as repo:
        return {
            remote.name: re.sub(r"(?<=://)[^/@]*@", "", next(remote.urls, ""))
            for remote in repo.remotes
        }


def _foreign(place: Path) -> bool:
    try:
        return MARK not in place.read_bytes()[:400]
    except FileNotFoundError:
        return False
