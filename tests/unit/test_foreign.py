"""What does not belong in a casebook, by name, mode, place and bytes."""

from __future__ import annotations

import base64
import io
import random
import zipfile
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.finding import WARNING
from casebook.foreign import FINDINGS, collisions, is_outside, judge_content, judge_path, names

if TYPE_CHECKING:
    from casebook.foreign import Problem

OUTSIDE = ("tests/", "docs/", "benchmarks/")
CASE = "cases/2026/2026-7KQ2X.md"


def _path(path: str, mode: str = "file") -> str:
    problem = judge_path(path, mode, OUTSIDE)
    return problem.check if problem else ""


def _content(raw: bytes, path: str = CASE) -> str:
    problem = judge_content(path, raw, OUTSIDE)
    return problem.check if problem else ""


@pytest.mark.parametrize(
    "path",
    [
        *(
            "README.md",
            "README.nl.md",
            "CHANGELOG.md",
            "SECURITY.md",
            "LICENSE",
            "setup.cfg",
            "pyproject.toml",
        ),
        *(".gitattributes", ".gitignore", ".mailmap", ".pre-commit-hooks.yaml", ".gitlab-ci.yml"),
        *(".ci/check.sh", ".github/workflows/check.yml", ".forgejo/workflows/check.yml"),
        *(CASE, "cases/.gitkeep", "policy/school.md", "policy/rules/phones-in-lesson@2.md"),
        *("policy/letters/hard-copy@1.md", "policy/rules/con-tact@1.md", "cli/casebook/copy.py"),
        *("cli/casebook/locale/nl/LC_MESSAGES/casebook.mo", "hooks/pre-commit"),
        *("schemas/case/schema.json", "tests/unit/test_copy.py", "docs/any.thing", "docs/plan.svg"),
        *("benchmarks/new folder/résumé.txt", "cases/2026/aux-verhaal.md"),
    ],
)
def test_what_belongs_passes(path: str) -> None:
    assert _path(path) == ""


@pytest.mark.parametrize(
    ("check", "paths"),
    [
        (
            "media-file",
            "cases/2026/IMG_1.JPG cases/a.mp4 foto.heic tests/records/x.png docs/y.webm cli/x.gif "
            "cases/2026/foto.jpg~ cases/2026/foto.jpg.bak cases/2026/#a.png# policy/x.svg "
            "cases/2026/geluid.opus cases/x.jpg.",
        ),
        ("archive-file", "cases/2026/bewijs.zip export.tar.gz tests/x.7z cases/a.rar"),
        (
            "office-file",
            "cases/2026/verslag.docx cases/a.PDF policy/plan.odt tests/a.xlsx mail.eml a.rtf",
        ),
        (
            "backup-file",
            "cases/2026/x.md~ cases/2026/.x.md.swp cases/#x.md# cases/x.md.orig cases/x.md.rej "
            "cases/x.md.bak cases/.DS_Store docs/.DS_Store policy/Thumbs.db cases/~$x.docx "
            "cases/._x.md cases/desktop.ini cases/.#x.md cases/.x.md.swo policy/x.md.old "
            "cases/.~lock.x.odt#",
        ),
        (
            "conflicted-copy",
            "cases/2026/x_(conflicted_copy_2026-11-18).md cases/x_-_kopie.md cases/x_kopie.md "
            "cases/x_(1).md cases/x(2).md cases/x_-_Copy.md cases/x_-_Copy_(2).md "
            "cases/x_(kopie).md "
            "cases/Kopie_van_x.md cases/Copy_of_x.md cases/x.sync-conflict-20261118-1.md "
            "cases/x_2.md cases/x-kopie.md",
        ),
        (
            "reserved-name",
            "cases/CON policy/aux.md cases/2026/nul.txt.md cases/COM1.md cases/a:b.md cases/a?.md "
            "cases/x.md. cases/2026./x.md cases/a|b.md cases/a\\b.md cases/lpt9 tests/prn.md",
        ),
        ("unsafe-name", "cases/-rf.md cases/--output=x.md cases/../x.md cases/a..b.md cases//x.md"),
        (
            "wrong-place",
            "notes.md cases/2026/x.txt policy/x.json cases/2026/x extra/x.md .vscode/tasks.json "
            "cases/x.html Makefile src/x.py",
        ),
        ("nested-repository", "cases/.git/config tests/x/.GIT/HEAD cases/git~1/x"),
    ],
)
def test_each_kind_of_name_is_refused(check: str, paths: str) -> None:
    for path in paths.split():
        spelled = path.replace("_", " ") if check == "conflicted-copy" else path
        assert _path(spelled) == check, spelled


@pytest.mark.parametrize(
    ("path", "check"),
    [
        ("cases/x .md ", "reserved-name"),
        ("cases/a\nb.md", "reserved-name"),
        ("cases/2026/2026-7K\u200bQ2.md", "unsafe-name"),
        ("cases/\u202edm.md", "unsafe-name"),
        ("cases/" + "x" * 252 + ".md", "long-name"),
        ("docs/" + "/".join(["folder"] * 40), "long-name"),
    ],
)
def test_odd_names_are_refused_and_shown_without_steering_the_terminal(
    path: str, check: str
) -> None:
    problem = judge_path(path, "file", OUTSIDE)
    assert problem is not None
    assert problem.check == check
    assert problem.message.isprintable()


@pytest.mark.parametrize(
    ("mode", "check"), [("link", "link"), ("submodule", "submodule"), ("special", "special-file")]
)
def test_only_regular_files_are_records(mode: str, check: str) -> None:
    assert _path(CASE, mode) == check
    assert _path("tests/x", mode) == check


def test_an_executable_record_is_a_warning_with_a_command_to_paste() -> None:
    problem = judge_path("cases/2026/a b.md", "executable", OUTSIDE)
    assert problem is not None
    assert (problem.check, problem.severity) == ("executable", WARNING)
    assert problem.remedy.endswith("git update-index --chmod=-x -- 'cases/2026/a b.md'")
    assert _path("hooks/pre-commit", "executable") == ""
    assert _path("docs/build", "executable") == ""


def test_cases_and_policy_are_never_outside() -> None:
    assert not is_outside(CASE, ("cases/", "cases"))
    assert not is_outside("x.md", ("/", ""))
    assert is_outside("docs/x", ("docs",))
    assert not is_outside("docs2/x", ("docs",))
    problem = judge_path("policy/x.txt", "file", ("policy/",))
    assert problem is not None
    assert problem.check == "wrong-place"


def test_a_picture_is_met_with_words_on_what_to_do() -> None:
    problem = judge_path("cases/2026/foto.jpg", "file")
    assert problem is not None
    assert "Do not copy, mail or show it" in problem.remedy
    assert "Call the police contact before you delete it" in problem.remedy
    assert "git case add content" in problem.remedy


def test_names_that_are_one_file_elsewhere_collide() -> None:
    paths = ["cases/2026/A.md", "cases/2026/a.md", "Cases/2026/b.md", "policy/caf\u00e9.md"]
    found = dict(collisions([*paths, "policy/cafe\u0301.md", "policy/other.md"]))
    assert set(found) == {"cases/2026/A.md", "cases/2026/a.md", "policy/caf\u00e9.md"}
    assert {problem.check for problem in found.values()} == {"name-collision"}
    assert list(collisions(["a/b.md", "a/c.md", "a/b.md"])) == []


NAMES = st.sampled_from(
    ["a", "A", "b", "\u00e9", "e\u0301", "\u00c9", "\u00df", "ss", "SS", "c.md", "C.md"]
)
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)


def _first_collision(path: str, earlier: list[str]) -> str:
    """The first folder on the way to ``path``, or itself, that another spelling came before."""

    def key(name: str) -> str:
        return normalize("NFC", normalize("NFC", name).casefold())

    def ways(one: str) -> list[str]:
        parts = one.split("/")
        return ["/".join(parts[: depth + 1]) for depth in range(len(parts))]

    for way in ways(path):
        same = [one for other in earlier for one in ways(other) if key(one) == key(way)]
        if same and same[0] != way:
            return way
    return ""


@settings(max_examples=300, deadline=None)
@given(st.lists(PATHS, max_size=8, unique=True))
def test_collisions_are_those_that_comparing_all_names_shows(paths: list[str]) -> None:
    ordered = sorted(paths)
    expected = [one for at, one in enumerate(ordered) if _first_collision(one, ordered[:at])]
    assert [path for path, _problem in collisions(paths)] == expected


def _zip(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


FILL = b"\x00" * 40


@pytest.mark.parametrize(
    ("check", "raw"),
    [
        ("media-file", b"\x89PNG\r\n\x1a\n" + FILL),
        ("media-file", b"\xff\xd8\xff\xe0\x00\x10JFIF" + FILL),
        ("media-file", b"\x00\x00\x00\x18ftypmp42" + FILL),
        ("media-file", b"\x00\x00\x00\x18ftypheic" + FILL),
        ("media-file", b"GIF89a" + FILL),
        ("media-file", b"RIFF\x00\x00\x00\x00WEBPVP8 " + FILL),
        ("media-file", b"BM\x36\x00\x00\x00" + FILL),
        ("media-file", b"ID3\x03\x00" + FILL),
        ("media-file", b"\x1aE\xdf\xa3" + FILL),
        ("media-file", b"\xef\xbb\xbf\x89PNG\r\n\x1a\n" + FILL),
        ("media-file", b"---\nid: x\n---\ntekst\n\xff\xd8\xff\xe1Exif" + FILL),
        ("archive-file", _zip("foto.txt")),
        ("archive-file", b"\x1f\x8b\x08" + FILL),
        ("archive-file", b"x" * 257 + b"ustar" + FILL),
        ("office-file", _zip("[Content_Types].xml", "word/document.xml")),
        ("office-file", b"%PDF-1.7\n" + FILL),
        ("office-file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + FILL),
        ("office-file", b"{\\rtf1\\ansi tekst}"),
        ("binary-content", b"\x7fELF\x02\x01\x01" + FILL),
    ],
)
def test_a_file_under_another_name_is_known_by_its_bytes(check: str, raw: bytes) -> None:
    assert _content(raw) == check
    if check != "binary-content":
        assert _content(raw, "tests/records/bad/x.md") == check, "refused everywhere"


def test_text_in_any_state_is_left_to_the_reader_of_documents() -> None:
    for raw in (
        *(b"", b"---\nid: x\n---\n", b"\xef\xbb\xbf---\n", "één €".encode(), b"caf\xe9"),
        *(b"BM is een afkorting\n", "tekst".encode("utf-16"), b"a\x00b gewone tekst"),
        *(b"Over %PDF- en PK in tekst", b"ID3 tags", b"RIFF is een formaat", b"\x1b[31mrood"),
    ):
        assert _content(raw) == "", raw


def test_a_signature_alone_may_stand_as_a_test_record_only() -> None:
    assert _content(b"\x89PNG\r\n\x1a\n", "tests/records/bad/png.md") == ""
    assert _content(b"\x89PNG\r\n\x1a\n") == "media-file"


def _blob(size: int) -> bytes:
    return base64.b64encode(random.Random(1).randbytes(size))


def _found(raw: bytes) -> tuple[str, int]:
    problem: Problem | None = judge_content(CASE, raw)
    return (problem.check, problem.line) if problem else ("", 0)


def test_files_hidden_in_text_are_found_with_their_line() -> None:
    blob = _blob(300)
    wrapped = b"\n".join(blob[at : at + 76] for at in range(0, len(blob), 76)) + b"\n"
    quoted = b"".join(b"> " + line + b"\r\n" for line in wrapped.split())
    assert _found(b"a\n![x](data:image/png;base64," + blob + b")") == ("data-uri", 2)
    assert _found(b"<img src='DATA:image/svg+xml;utf8,<svg xmlns'>") == ("data-uri", 1)
    assert _found(b"data:image/svg+xml,%3Csvg%20xmlns") == ("data-uri", 1)
    assert _found(b"a\n\nfoto: " + blob) == ("encoded-blob", 3)
    assert _found(b"a\n" + wrapped) == ("encoded-blob", 2)
    assert _found(b"a\r\n" + quoted) == ("encoded-blob", 2)
    assert _found(b"a\n" + random.Random(2).randbytes(300).hex().encode()) == ("encoded-blob", 2)
    assert _content(b"data:image/png;base64," + blob, "tests/records/bad/x.md") == ""


def test_long_words_hashes_and_addresses_are_no_hidden_files() -> None:
    for raw in (
        *(b"ja" * 400, b"a" * 1000, b"-" * 500, b"=" * 300, b"_" * 300),
        b"sha512 " + b"0123456789abcdef" * 8,
        b"https://voorbeeld.nl/" + _blob(300).replace(b"+", b"-"),
        b"Schrijf nooit data:image/png;base64, in een casus.",
        b"De uitleg over data:text/plain staat in het handboek.",
        (b"h" + b"e" * 30 + b"lp ") * 40,
        b"word " * 5000,
    ):
        assert _content(raw) == "", raw[:40]


def test_every_check_has_an_explanation() -> None:
    assert all(text.endswith(".") and text[0].isupper() for text in FINDINGS.values())


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40), st.binary(max_size=80))
def test_any_name_and_any_bytes_are_judged_without_error(name: str, raw: bytes) -> None:
    for problem in (judge_path("cases/" + name, "file"), judge_content("cases/x.md", raw)):
        if problem is not None:
            assert problem.check in FINDINGS
            assert problem.message
            assert problem.remedy


def test_the_name_of_a_case_passes_every_rule_that_it_is_spared() -> None:
    path = "cases/2026/2026-7KQ2X.md"
    assert names._CASE.fullmatch(path)
    assert names._judge_mode(path, "file") is None
    assert names._judge_kind(path) is None
    assert not any(names._judge_name(part) for part in path.split("/"))
    assert names._has_place(path)
