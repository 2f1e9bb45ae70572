"""The list of signers is read strictly, and nobody changes it alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from casebook.frozen import replace
from casebook.signing import checkwords, signers
from casebook.signing.keys import read_line
from casebook.signing.signers import Signer, Signers
from casebook.signing.succession import faults

START = datetime(2026, 11, 18, 10, tzinfo=UTC)


def signer(name: str, role: str = "mentor") -> Signer:
    """A person with a key of their own, always the same for one name."""
    seed = Ed25519PrivateKey.from_private_bytes(name.encode().ljust(32, b"."))
    line = seed.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    return Signer((f"{name}@example.org",), read_line(line), role, START)


ADA, BEN, CEM, DEE = (signer(name) for name in ("ada", "ben", "cem", "dee"))
BOTH = Signers((ADA, BEN))
ENDED = replace(BEN, before=datetime(2026, 12, 1, tzinfo=UTC))


def reasons(old: Signers, new: Signers, by: Signer | None) -> list[tuple[str, str]]:
    return [(one.reason, one.person.split("@")[0]) for one in faults(old, new, by)]


def test_what_is_written_is_read_again() -> None:
    listed = Signers((ADA, ENDED)).with_asked("ada@example.org", CEM)
    again = signers.read(listed.text.encode())
    assert (again.signers, again.asked, again.problems) == (listed.signers, listed.asked, ())
    assert again.line_of(BEN.key) == 4


def test_a_year_of_three_figures_is_written_with_four() -> None:
    early = replace(ADA, after=datetime(226, 11, 18, 10, tzinfo=UTC))
    assert 'valid-after="02261118100000Z"' in early.text
    assert signers.read_signer(early.text) == early


def test_a_change_leaves_every_other_line_as_it_was() -> None:
    raw = f"# ours\n\n{ADA.text}\n# since the move\n{BEN.text}\n".encode()
    known = signers.read(raw)
    asked = known.with_asked("ada@example.org", CEM)
    once = signers.rewritten(raw, asked)
    assert once == raw + f"# asked by ada@example.org: {CEM.text}\n".encode()
    both = asked.with_line(CEM).with_line(ENDED)
    twice = signers.rewritten(once, both)
    assert twice == raw.replace(BEN.text.encode(), ENDED.text.encode()) + f"{CEM.text}\n".encode()
    assert signers.rewritten(None, Signers((ADA,))).decode() == Signers((ADA,)).text


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('* namespaces="git" KEY', "wildcard"),
        ('*@example.org namespaces="git" KEY', "wildcard"),
        ('ada@example.org,!ben@example.org namespaces="git" KEY', "wildcard"),
        ("ada@example.org KEY", "not-git"),
        ('ada@example.org namespaces="git,file" KEY', "not-git"),
        ('ada@example.org cert-authority,namespaces="git" KEY', "option"),
        ('ada@example.org namespaces="git",namespaces="git" KEY', "option"),
        ('ada@example.org namespaces="git",valid-after="20261118" KEY', "date"),
        ('ada@example.org namespaces="git",valid-after="20261340Z" KEY', "date"),
        ('ada@example.org,ADA@example.org namespaces="git" KEY', "person-twice"),
        ('ada@example.org namespaces="git" ssh-ed25519 AAAA', "key"),
        ('ada@example.org namespaces="git" KEY Head of school', "no-signer"),
        ("just words that are no line at all", "no-signer"),
        ('ada@example.org\u202e namespaces="git" KEY', "no-text"),
    ],
)
def test_a_line_that_could_let_others_sign_is_named(line: str, reason: str) -> None:
    raw = ("# heading\n" + line.replace("KEY", ADA.key.text)).encode()
    assert signers.read(raw).problems == ((2, reason),)
    assert not signers.read(raw)


def test_the_same_key_twice_is_named() -> None:
    raw = f"{ADA.text}\n{replace(ADA, principals=('x@example.org',)).text}\n".encode()
    assert signers.read(raw).problems == ((2, "twice"),)


def test_a_list_begins_with_the_one_who_makes_it() -> None:
    assert reasons(Signers(), Signers((ADA,)), ADA) == []
    assert reasons(Signers(), Signers((ADA,)), None) == [("first-not-alone", "ada")]
    assert reasons(Signers(), BOTH, ADA) == [("first-not-alone", "ben")]


def test_the_first_accepts_the_second_alone_and_nobody_after_that() -> None:
    assert reasons(Signers((ADA,)), BOTH, ADA) == []
    assert reasons(Signers((ADA,)), BOTH, None) == [("alone", "ben")]
    assert reasons(BOTH, Signers((ADA, BEN, CEM)), ADA) == [("alone", "cem")]
    two = [("alone", "ben"), ("alone", "cem")]
    assert reasons(Signers((ADA,)), Signers((ADA, BEN, CEM)), ADA) == two
    ended = Signers((ADA, ENDED))
    assert reasons(ended, ended.with_line(CEM), ADA) == [("alone", "cem")]


def test_the_first_does_not_accept_a_second_key_of_their_own() -> None:
    own = replace(BEN, principals=ADA.principals)
    assert reasons(Signers((ADA,)), Signers((ADA, own)), ADA) == [("alone", "ada")]


def test_one_proposes_and_another_confirms() -> None:
    asked = BOTH.with_asked("ada@example.org", CEM)
    assert reasons(BOTH, asked, ADA) == []
    assert reasons(asked, asked.with_line(CEM), BEN) == []
    assert reasons(asked, asked.with_line(CEM), ADA) == [("alone", "cem")]
    other = replace(CEM, key=DEE.key)
    assert reasons(asked, asked.with_line(other), BEN) == [("alone", "cem")]


def test_nobody_proposes_in_the_name_of_another() -> None:
    asked = BOTH.with_asked("ben@example.org", CEM)
    assert reasons(BOTH, asked, ADA) == [("asked-by-other", "cem")]


def test_everybody_ends_their_own_key_and_others_only_together() -> None:
    ended = BOTH.with_line(ENDED)
    assert reasons(BOTH, ended, BEN) == []
    assert reasons(BOTH, ended, ADA) == [("changed-alone", "ben")]
    three = Signers((ADA, BEN, CEM)).with_asked("cem@example.org", ENDED)
    assert reasons(three, three.with_line(ENDED), ADA) == []


def test_a_line_is_neither_taken_away_nor_made_longer() -> None:
    assert reasons(BOTH, Signers((ADA,)), ADA) == [("removed", "ben")]
    assert reasons(Signers((ADA, ENDED)), BOTH, BEN) == [("rewritten", "ben")]
    moved = replace(BEN, role="principal")
    assert reasons(BOTH, Signers((ADA, moved)), BEN) == [("rewritten", "ben")]


def test_check_words_are_six_of_a_list_that_never_changes() -> None:
    listed = checkwords.word_list()
    assert len(listed) == len(set(listed)) == 1024
    assert checkwords.words(checkwords.KEY, b"x") == (
        *("marmer", "klok", "samba", "witlof", "molen", "carnaval"),
    )
    assert checkwords.words(checkwords.HEAD, b"x") != checkwords.words(checkwords.KEY, b"x")
    assert checkwords.is_words("Marmer, klok, samba - witlof, molen, CARNAVAL")
    assert not checkwords.is_words("marmer klok samba witlof molen")


def test_no_two_check_words_are_one_letter_apart() -> None:
    listed = set(checkwords.word_list())
    for word in listed:
        shorter = {word[:at] + word[at + 1 :] for at in range(len(word))}
        assert not shorter & listed
    holes = [word[:at] + "_" + word[at + 1 :] for word in listed for at in range(len(word))]
    assert len(holes) == len(set(holes))
