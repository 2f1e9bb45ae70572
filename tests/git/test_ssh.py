"""Sharing over ssh, with a server on this computer: what is right is taken, what is not is refused.

The server is a real sshd with a configuration, port and keys of its own; without one it is skipped.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from storm import git, stand_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staff import Staff
    from tests.conftest import Casebook

SSHD = shutil.which("sshd", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"]))
pytestmark = pytest.mark.skipif(
    SSHD is None or shutil.which("ssh") is None, reason="no sshd on this computer"
)
SETTINGS = """\
ListenAddress 127.0.0.1:{port}
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/authorized_keys
PidFile {folder}/sshd.pid
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
StrictModes no
PermitRootLogin prohibit-password
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where the server listens: ``ssh://somebody@127.0.0.1:port``."""
    folder = tmp_path / "ssh"
    folder.mkdir(mode=0o700)
    for name in ("host_key", "login_key"):
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(words, check=True)
    shutil.copy(folder / "login_key.pub", folder / "authorized_keys")
    port = free_port()
    with contextlib.suppress(OSError):  # a fresh Debian has none until sshd is started as a service
        Path("/run/sshd").mkdir(mode=0o755)
    (folder / "sshd_config").write_text(SETTINGS.format(port=port, folder=folder), "utf-8")
    command = [str(SSHD), "-D", "-e", "-f", str(folder / "sshd_config")]
    log = folder / "log"
    with log.open("wb") as told:
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=told)
    try:
        until = time.monotonic() + 10
        while b"Server listening" not in log.read_bytes():
            if server.poll() is not None or time.monotonic() > until:
                pytest.skip(f"sshd does not start here: {log.read_text('utf-8').strip()[-200:]}")
            time.sleep(0.05)
        login = f"ssh -i {folder}/login_key -o IdentitiesOnly=yes -F none"
        safe = f"-o UserKnownHostsFile={folder}/known -o StrictHostKeyChecking=accept-new"
        monkeypatch.setenv("GIT_SSH_COMMAND", f"{login} {safe}")
        yield f"ssh://{getpass.getuser()}@127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def test_over_ssh_what_is_right_is_taken_and_a_forbidden_change_is_refused(
    staff: Staff, address: str, tmp_path: Path
) -> None:
    school = staff.school
    bare = tmp_path / "shared.git"
    school.do("serve-init", str(bare), program="casebook")
    git(bare, "config", "casebook.python", str(stand_in(tmp_path)))
    school.git("remote", "add", "origin", f"{address}{bare}")
    staff.later(minutes=10)
    case = school.new("quarrel", "Words in the class app", "--reported-by", "mentor")
    school.do("sync", program="casebook")
    assert git(bare, "rev-parse", "main").strip() == school.head()

    joined = type(school)(tmp_path / "joined", school.clock)
    who = ("--me", "Ben <ben@example.org>", "--role", "mentor")
    words = ("join", f"{address}{bare}", str(joined.root), *who)
    assert school.run(*words, program="casebook").code == 0
    assert joined.data(case)["state"] == "reported"

    staff.later(minutes=10)
    path = f"cases/2026/{case}.md"
    text = (school.root / path).read_text("utf-8")
    staff.commit({path: text.replace("state: reported", "state: closed")})
    done = school.git("push", "--no-verify", "origin", "HEAD:refs/heads/main", fine=False)
    assert done.returncode != 0
    assert f"{path}:4" in done.stderr, done.stderr
    assert git(bare, "rev-parse", "main").strip() != school.head()


def test_the_reason_why_a_place_cannot_be_reached_is_told(school: Casebook, tmp_path: Path) -> None:
    """Not the last of git's many lines, which says nothing."""
    nobody = f"ssh://nobody@127.0.0.1:{free_port()}/x.git"
    who = ("--me", "Ben <ben@example.org>", "--role", "mentor")
    joined = school.run("join", nobody, str(tmp_path / "joined"), *who, program="casebook")
    school.git("remote", "add", "origin", nobody)
    synced = school.run("sync", program="casebook")
    for answer in (joined, synced):
        assert answer.code == 4
        assert "Connection refused" in " ".join(answer.err.split()), answer.err
        assert "repository exists" not in answer.err
    assert not (tmp_path / "joined").exists()
