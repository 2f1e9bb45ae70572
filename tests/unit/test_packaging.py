"""What is installed: wheel and source package hold program, kit, texts and man page."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from casebook import kit

REPOSITORY = Path(__file__).resolve().parents[2]
KIT = ("schemas", "policy", "hooks")
BUILD = "import sys; from setuptools import build_meta as b; getattr(b, sys.argv[1])(sys.argv[2])"


def settings() -> configparser.ConfigParser:
    """``setup.cfg``."""
    found = configparser.ConfigParser()
    found.read(REPOSITORY / "setup.cfg", "utf-8")
    return found


def files(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` with its bytes; no caches."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def build(source: Path, what: str, target: Path) -> Path:
    """Build ``wheel`` or ``sdist`` with the setuptools that is installed; no network."""
    pytest.importorskip("setuptools", minversion="69")
    target.mkdir()
    subprocess.run(
        [sys.executable, "-c", BUILD, f"build_{what}", str(target)],
        cwd=source,
        check=True,
        capture_output=True,
    )
    return next(target.iterdir())


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    """A copy of what is built, without history, caches and environments."""
    copy = tmp_path_factory.mktemp("source") / "casebook"
    copy.mkdir()
    for name in ("cli", *KIT, "docs"):
        shutil.copytree(
            REPOSITORY / name,
            copy / name,
            ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"),
        )
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(REPOSITORY / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def wheel(source, tmp_path_factory) -> Path:
    """The wheel, unpacked as an installer would."""
    built = build(source, "wheel", tmp_path_factory.mktemp("wheel") / "dist")
    place = built.parent.parent / "unpacked"
    with zipfile.ZipFile(built) as packed:
        packed.extractall(place)
    return place


def test_the_list_of_packages_is_the_tree():
    listed = settings()["options"]["packages"].split()
    tree = {
        path.parent.relative_to(REPOSITORY / "cli").as_posix().replace("/", ".")
        for path in (REPOSITORY / "cli").rglob("__init__.py")
    }
    assert len(listed) == len(set(listed))
    assert set(listed) == tree | {f"casebook.starter.{name}" for name in KIT}


def test_every_folder_with_code_is_a_package():
    for path in (REPOSITORY / "cli" / "casebook").rglob("*.py"):
        assert (path.parent / "__init__.py").exists(), path


@pytest.mark.parametrize("name", KIT)
def test_the_wheels_kit_is_the_repositorys(wheel, name):
    assert files(wheel / "casebook" / "starter" / name) == files(REPOSITORY / name)


def test_the_wheel_holds_the_program_and_its_data(wheel):
    program = REPOSITORY / "cli" / "casebook"
    here = files(program)
    packed = files(wheel / "casebook")
    assert {name: raw for name, raw in packed.items() if not name.startswith("starter/")} == here
    assert {"py.typed", "validation/dialect.json", "locale/nl/LC_MESSAGES/casebook.mo"} <= set(here)


def test_the_wheel_holds_the_man_page_and_the_entry_points(wheel):
    data = next(wheel.glob("*.data")) / "data"
    page = (data / "share" / "man" / "man1" / "git-case.1").read_bytes()
    assert page == (REPOSITORY / "docs" / "git-case.1").read_bytes()
    points = next(wheel.glob("*.dist-info/entry_points.txt")).read_text("utf-8")
    names = {line.split(" = ")[0] for line in points.splitlines() if " = " in line}
    assert names == {"casebook", "git-case", "git-policy", "case", "policy"}


def test_an_installed_wheel_makes_a_casebook_from_its_own_kit(wheel, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(wheel), "CASEBOOK_LANG": "en"}

    def python(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=tmp_path,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    folder = Path(python("-c", "from casebook import kit; print(kit.folder())").strip())
    assert folder == wheel / "casebook" / "starter"
    answers = "--name De.Meent --sector vo --region midden --language en --me Ada --role mentor"
    python("-m", "casebook", "init", "school", *answers.split())
    made = files(tmp_path / "school" / "schemas")
    assert made.keys() == files(REPOSITORY / "schemas").keys()


def test_from_the_source_tree_the_kit_is_the_repository():
    assert kit.folder() == REPOSITORY
    assert not (REPOSITORY / "cli" / "casebook" / "starter").exists()


def test_the_source_package_builds_the_same_wheel(source, wheel, tmp_path):
    shutil.unpack_archive(build(source, "sdist", tmp_path / "sdist"), tmp_path / "source")
    again = build(next((tmp_path / "source").iterdir()), "wheel", tmp_path / "wheel")
    with zipfile.ZipFile(again) as packed:
        names = {name for name in packed.namelist() if ".dist-info/" not in name}
    assert names == {name for name in files(wheel) if ".dist-info/" not in name}
