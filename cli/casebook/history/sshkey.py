"""The SSH key that git signs with on this computer: making one, finding it, telling git.

Secret keys are made and used by ssh-keygen and git; this program never opens one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from casebook.errors import EnvironmentProblem, RefusedError
from casebook.i18n import _
from casebook.signing.keys import PublicKey, read_line
from casebook.signing.sshsig import NAMESPACE
from casebook.signing.wire import BadSignatureError

if TYPE_CHECKING:
    from casebook.history.repository import Repository

NAME: Final = "casebook_ed25519"
PATIENCE: Final = 120  # seconds: a key in a token may ask for a finger


def configured(repository: Repository) -> Path | None:
    """The key that git signs with here, when it is told to sign with an SSH key in a file."""
    value = repository.config("user.signingkey") or ""
    if repository.config("gpg.format") != "ssh" or not value or value.startswith("key::"):
        return None
    place = Path(value).expanduser()
    return place if _public_file(place).is_file() or place.is_file() else None


def choose(repository: Repository, wanted: str) -> Path:
    """The file git shall sign with: the wanted one, the configured one, or a new key.

    Raises EnvironmentProblem without ssh-keygen, RefusedError for a key inside the casebook.
    """
    if wanted:
        place = Path(wanted).expanduser().absolute()
        secret = place.with_suffix("") if place.suffix == ".pub" else place
        chosen = secret if secret.is_file() else place
    else:
        chosen = configured(repository) or Path.home() / ".ssh" / NAME
    if chosen.resolve().is_relative_to(repository.root.resolve()):
        raise RefusedError(
            _("A key must not lie inside the casebook: {file}").format(file=chosen),
            _("Move it to the folder .ssh in your own folder."),
        )
    if not chosen.is_file():
        if wanted:
            raise EnvironmentProblem(_("There is no file {file}.").format(file=chosen))
        _make(chosen)
    return chosen


def public_key(place: Path) -> PublicKey:
    """The public half of a key file; raises EnvironmentProblem when it cannot be read."""
    file = _public_file(place)
    try:
        text = file.read_text("utf-8") if file.is_file() else _keygen("-y", "-f", os.fspath(place))
        return read_line(text.strip())
    except (OSError, UnicodeDecodeError, BadSignatureError) as error:
        raise EnvironmentProblem(
            _("{file} holds no key that can be used here.").format(file=file),
            _("Do: make one with: ssh-keygen -t ed25519"),
        ) from error


def try_out(place: Path) -> None:
    """Sign a few bytes, so that a key that does not work is found now and not at a change."""
    words = ("-Y", "sign", "-n", NAMESPACE.decode("ascii"), "-f", os.fspath(place))
    _keygen(*words, stdin="casebook\n")


def tell_git(repository: Repository, place: Path, signers: Path) -> None:
    """Let git sign every change here with this key, and know the list of signers."""
    wanted = {
        "gpg.format": "ssh",
        "user.signingkey": place.as_posix(),
        "commit.gpgsign": "true",
        "gpg.ssh.allowedSignersFile": signers.as_posix(),
    }
    for name, value in wanted.items():
        if repository.config(name) != value:
            repository.set_config(name, value)


def _public_file(place: Path) -> Path:
    return place if place.suffix == ".pub" else place.with_name(place.name + ".pub")


def _make(place: Path) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _keygen("-q", "-t", "ed25519", "-N", "", "-C", "casebook", "-f", os.fspath(place))


def _keygen(*words: str, stdin: str = "") -> str:
    program = shutil.which("ssh-keygen")
    if program is None:
        raise EnvironmentProblem(
            _("The program ssh-keygen, which makes keys, is not on this computer."),
            _("Install OpenSSH; on Windows it is one of the optional features, and part of git."),
        )
    try:
        done = subprocess.run(
            [program, *words],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired as error:
        raise EnvironmentProblem(_("ssh-keygen did not answer.")) from error
    if done.returncode != 0:
        from casebook.history.spawn import visible

        said = visible(done.stderr.strip() or _("no explanation")).splitlines()[0]
        raise EnvironmentProblem(
            _("The key cannot be used: {said}").format(said=said),
            _("With a password on the key, first type: ssh-add, with the name of the file"),
        )
    return done.stdout
