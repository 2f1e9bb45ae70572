"""``git policy publish``: what gets on the pages, what never does, and where they are put."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import markup
import pytest
import shop

from casebook.actions import edition, placing
from casebook.catalogue import Catalogue
from casebook.document import parse
from casebook.errors import EnvironmentProblem, RefusedError
from casebook.fingerprint import fingerprint
from casebook.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from tests.conftest import Answer, Casebook

RULE = "policy/rules/phone-away@1.md"
FORCE = "state: adopted\nin_force_from: 2026-08-01\n"
DECIDED = "decided_on: 2026-07-01\ndecided_by: board\n"  # of a text that is decided by itself
ADDRESS = "https://school.example/regels"
CATALOGUE = Catalogue.load(MemorySnapshot(shop.shipped()))


def publish(school: Casebook, *words: str, out: str = "site", code: int = 0) -> Answer:
    """Publish beside the casebook; answers what was said."""
    place = school.root.parent / out
    answer = school.run("publish", "--out", str(place), *words, program="git policy")
    assert answer.code == code, answer.out + answer.err
    return answer


def pages(school: Casebook, out: str = "site") -> dict[str, str]:
    """The published pages by name."""
    return {
        path.name: path.read_text("utf-8")
        for path in sorted((school.root.parent / out).iterdir())
        if path.suffix == ".html"
    }


def change(school: Casebook, path: str, *pairs: tuple[str, str]) -> None:
    """Replace texts in a file of the casebook; each must be there."""
    file = school.root / path
    text = file.read_text("utf-8")
    for old, new in pairs:
        assert old in text, (path, old)
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8", newline="\n")
    sign(school, path)


def sign(school: Casebook, path: str) -> None:
    """Give an adopted text the fingerprint of what it says now, as ``git policy adopt`` does."""
    file, kind = school.root / path, CATALOGUE.kind_at(path)
    assert kind is not None
    text = re.sub(r"^fingerprint: .*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
    document, _findings = parse(text.encode(), path)
    if document is None:
        return  # what cannot be read cannot be signed
    record = kind.record(document)
    if record.state == "adopted" and kind.text_fields:
        made = fingerprint(record, kind.text_fields)
        text = text.replace("state: adopted\n", f"state: adopted\nfingerprint: {made}\n", 1)
    file.write_text(text, "utf-8", newline="\n")


def adopt(school: Casebook, *paths: str) -> None:
    """As if the school had adopted these texts (all of them where none is named)."""
    found = paths or [
        path.relative_to(school.root).as_posix()
        for path in sorted((school.root / "policy").rglob("*@*.md"))
    ]
    for path in found:
        kind = CATALOGUE.kind_at(path)
        alone = kind is not None and "decided_by" in kind.schema["properties"]
        force = FORCE + (DECIDED if alone else "")
        if "\nreview:" not in (school.root / path).read_text("utf-8"):
            force += "review: 2027-08-01\n"
        change(school, path, ("state: draft\n", force), ("model: yes\n", ""))


# -- what is in force ---------------------------------------------------------------------------


def test_a_fresh_casebook_has_nothing_in_force_and_says_how_to_adopt(school: Casebook) -> None:
    answer = publish(school, code=1)
    assert "git policy adopt" in answer.err
    assert not (school.root.parent / "site").exists()
    assert publish(school, "--json", code=1).json["error"]["kind"] == "findings"


def test_drafts_are_marked_on_every_page_and_on_every_text(school: Casebook) -> None:
    answer = publish(school, "--drafts")
    assert "drafts" in answer.out
    found = pages(school)
    assert len(found) == 12
    for name, page in found.items():
        assert "Concept: deze teksten gelden nog niet." in page, name
        assert "(Concept)" in page.partition("</title>")[0], name
        assert 'class="page' in page or 'class="poster' in page
        assert "draft-nl" in page, name
    assert re.search(r"Telefoon weg in de les <span class=.mark.*?>concept<", found["regels.html"])


def test_only_what_is_in_force_is_published_and_nothing_calls_it_a_draft(school: Casebook) -> None:
    adopt(school, RULE, "policy/codes/phones-and-social-media@1.md", "policy/ladders/phone@1.md")
    publish(school)
    found = pages(school)
    assert "Telefoon weg in de les" in found["regels.html"]
    assert "Doorsturen" not in found["regels.html"]
    assert "Beelden, pesten en andere schade" not in found["gevolgen.html"]
    for name, page in found.items():
        assert "oncept" not in markup.read(page).words, name


def test_a_rule_holds_from_its_day_to_its_last_day(school: Casebook) -> None:
    adopt(school, RULE)
    change(school, RULE, ("2026-08-01\n", "2026-08-01\nin_force_until: 2027-07-31\n"))
    for day, code in (
        ("2026-07-31", 1),
        ("2026-08-01", 0),
        ("2027-07-31", 0),
        ("2027-08-01", 1),
    ):
        publish(school, "--on", day, code=code)


def test_of_two_versions_the_one_of_that_day_is_published(school: Casebook) -> None:
    adopt(school, RULE)
    text = (school.root / RULE).read_text("utf-8")
    second = text.replace("away@1", "away@2").replace("2026-08-01", "2027-08-01")
    second = second.replace("title: Telefoon weg in de les", "title: Telefoon thuis laten")
    (school.root / "policy/rules/phone-away@2.md").write_text(second, "utf-8")
    sign(school, "policy/rules/phone-away@2.md")
    change(school, RULE, ("2026-08-01\n", "2026-08-01\nin_force_until: 2027-07-31\n"))
    publish(school, "--on", "2027-01-01")
    assert "Telefoon thuis laten" not in pages(school)["regels.html"]
    publish(school, "--on", "2027-09-01")
    found = pages(school)["regels.html"]
    assert "Telefoon thuis laten" in found
    assert "Telefoon weg in de les" not in found


def test_the_schools_own_contacts_and_activities_need_no_adoption_but_models_do(
    school: Casebook,
) -> None:
    adopt(school, RULE)
    change(school, "policy/activities/lesson-punishable.md", ("model: yes\n", ""))
    publish(school)
    found = pages(school)["mediawijsheid.html"]
    title = re.search(r"(?m)^title: (.*)$", text_of(school, "activities/lesson-punishable.md"))
    assert title is not None
    assert title[1].strip('"') in markup.read(found).words
    assert "Wat is echt en wat is gemaakt" not in found


def text_of(school: Casebook, path: str) -> str:
    """The text of a policy file."""
    return (school.root / "policy" / path).read_text("utf-8")


# -- what stands on the pages -------------------------------------------------------------------


@pytest.fixture
def everything(school: Casebook) -> Casebook:
    """A school that adopted the whole model, and published it with an address."""
    adopt(school)
    publish(school, "--url", ADDRESS)
    return school


def test_a_rule_says_why_what_the_exceptions_are_whom_to_ask_and_what_follows(
    everything: Casebook,
) -> None:
    words = markup.read(pages(everything)["regels.html"]).words
    for said in (
        "1. Telefoon weg in de les",
        "In de les heb je je handen en je hoofd vrij.",
        "In formele woorden: Het is leerlingen verboden tijdens de les",
        "Waarom Iedereen leert beter als er geen schermpje trilt",
        "Uitzondering Medisch nodig of nodig door een beperking; met toestemming van: "
        "zorgcoördinator; omdat: Een hulpmiddel is geen afleiding",
        "Bereikbaar zijn om een dringende reden thuis; met toestemming van: mentor; "
        "1 dag vooraf gevraagd",
        "Aan wie vragen of vertellen mentor, vertrouwenspersoon",
        "Wat erop volgt: Telefoon op het verkeerde moment",
        "1e keer: apparaat innemen, 1 schooldag, tot het einde van de schooldag",
        "Bij deze regel hoort geen straf.",
    ):
        assert said in words, said


def test_a_ladder_is_told_in_words_with_guidance_who_decides_and_how_to_object(
    everything: Casebook,
) -> None:
    words = markup.read(pages(everything)["gevolgen.html"]).words
    for said in (
        "Vierde keer en vaker Wanneer: 4e keer en vaker Gevolg Apparaat innemen, 1 schooldag, "
        "tot het einde van de schooldag.",
        "En ook: schriftelijke afspraak, 4 weken; Telefoon elke ochtend inleveren bij de receptie",
        "Begeleiding erbij Gesprek met ouders, leerling en mentor: wat is er aan de hand?",
        "Wie beslist teamleider",
        "Keuze uit: opdracht, nablijven, herstel, schriftelijke afspraak of schriftelijke waarsch",
        "Schorsing: schoolleider, bestuur, hoogstens 1 week. Alle verlengingen tellen samen",
        "langer dan 1 schooldag, schoolleider, meteen.",
        "Niet mee eens? Bij de mentor, daarna bij de teamleider.",
    ):
        assert said in words, said


def test_what_happens_if_i_tell_is_said_once_and_where_it_differs(everything: Casebook) -> None:
    found = markup.read(pages(everything)["vertellen.html"])
    titles = [title for _level, title in found.headings]
    assert titles.count("Wie krijgt dit te weten?") == 1
    for question in ("Horen mijn ouders het?", "En als ik word beschuldigd?"):
        assert question in titles
    assert found.words.count("Geheimhouding beloven we niet") == 1
    assert "Iedereen die ermee verder moet." in found.words  # a calamity is told otherwise
    assert "Het stopt bij jou: niet doorsturen" in found.words


def test_the_national_contact_points_say_when_they_were_checked_and_how_sure_that_is(
    everything: Casebook,
) -> None:
    words = markup.read(pages(everything)["hulp.html"]).words
    assert "Helpwanted" in words
    assert "Nagekeken 21 november 2026; uit een andere bron" in words
    assert "Nagekeken nog niet nagekeken; uit het hoofd, niet nagekeken" in words


def test_the_plans_show_themes_scenarios_and_competences(everything: Casebook) -> None:
    found = pages(everything)
    words = markup.read(found["veiligheid.html"]).words
    for said in ("Geweld", "Seksuele intimidatie", "Een foto van een leerling gaat rond"):
        assert said in words
    assert "C3: Participeren in sociale netwerken" in markup.read(found["mediawijsheid.html"]).words


def test_the_slip_has_dots_where_something_is_filled_in(everything: Casebook) -> None:
    page = pages(everything)["strookje.html"]
    assert "{" not in markup.read(page).words
    assert (
        "Op ........................ zijn in ........................ besproken: Gedragscode"
        in (markup.read(page).words)
    )


def test_the_poster_has_a_code_only_when_there_is_an_address(school: Casebook) -> None:
    adopt(school)
    assert "--url" in publish(school).out
    without = pages(school)["poster.html"]
    assert "<svg" not in without
    assert "Deze poster heeft geen code" in without
    change(school, "policy/school.md", ("sector: vo\n", f"sector: vo\nsite: {ADDRESS}\n"))
    publish(school)
    page = pages(school)["poster.html"]
    assert page.count("<svg") == 1
    assert f'aria-label="Code die naar {ADDRESS} leidt"' in page
    assert page.count("<li>") - page.partition("<main")[0].count("<li>") <= 14


@pytest.mark.parametrize("address", ["javascript:alert(1)", "school", 'https://a.nl/"><b>', "-"])
def test_what_is_no_address_of_a_site_is_refused(school: Casebook, address: str) -> None:
    answer = publish(school, "--drafts", f"--url={address}", code=2)
    assert "address" in answer.err


def test_what_changed_since_last_year_is_shown_field_by_field(school: Casebook) -> None:
    adopt(school, RULE, "policy/rules/tell@1.md")
    change(school, RULE, ("2026-08-01\n", "2026-08-01\nin_force_until: 2027-07-31\n"))
    text = (school.root / RULE).read_text("utf-8")
    second = (
        text.replace("away@1", "away@2")
        .replace("2026-08-01\nin_force_until: 2027-07-31", "2027-08-01")
        .replace("devices: [phone, smartwatch, headset, other]", "devices: [phone]")
        .replace("approver: mentor", "approver: team-leader")
    )
    (school.root / "policy/rules/phone-away@2.md").write_text(second, "utf-8")
    sign(school, "policy/rules/phone-away@2.md")
    change(
        school,
        "policy/rules/tell@1.md",
        ("2026-08-01\n", "2026-08-01\nin_force_until: 2027-01-31\n"),
    )
    publish(school, "--on", "2027-08-15")
    words = markup.read(pages(school)["veranderd.html"]).words
    assert "Vergeleken: wat gold op 15 augustus 2026 en wat geldt op 15 augustus 2027." in words
    assert (
        "Apparaten telefoon, smartwatch, koptelefoon of oortjes, ander slim apparaat telefoon"
        in words
    )
    assert "Uitzonderingen: E2 goedgekeurd door: mentor goedgekeurd door: teamleider" in words
    assert "Geldt niet meer" in words
    assert "31 januari 2027" in words
    publish(school, "--on", "2026-08-15")
    assert "Een jaar eerder gold er nog niets" in pages(school)["veranderd.html"]


def test_a_new_version_with_the_same_words_says_so_and_a_rewritten_explanation_too(
    school: Casebook,
) -> None:
    code = "policy/codes/phones-and-social-media@1.md"
    adopt(school, RULE, code)
    for path in (RULE, code):
        change(school, path, ("2026-08-01\n", "2026-08-01\nin_force_until: 2027-07-31\n"))
        text = (school.root / path).read_text("utf-8").replace("@1\n", "@2\n", 1)
        text = text.replace("2026-08-01\nin_force_until: 2027-07-31", "2027-08-01")
        text = text.replace("Ambassadeurs uit elk leerjaar", "Ambassadeurs uit elke klas")
        (school.root / path.replace("@1", "@2")).write_text(text, "utf-8")
        sign(school, path.replace("@1", "@2"))
    publish(school, "--on", "2027-09-01")
    words = markup.read(pages(school)["veranderd.html"]).words
    assert "Regel: Telefoon weg in de les Telefoon weg in de les Een nieuwe versie" in words
    assert "Toelichting herschreven zie de tekst" in words


def test_a_year_before_the_29th_of_february_is_the_28th() -> None:
    assert edition.a_year_before(date(2028, 2, 29)) == date(2027, 2, 28)
    assert edition.a_year_before(date(2027, 8, 1)) == date(2026, 8, 1)


def test_what_the_council_decided_is_shown_and_what_it_still_has_to_decide_is_not(
    school: Casebook,
) -> None:
    code = "policy/codes/phones-and-social-media@1.md"
    adopt(school, code)
    publish(school)
    assert "de hele raad" not in markup.read(pages(school)["regels.html"]).words
    change(
        school,
        code,
        ("    right: consent\n", "    right: consent\n    decision: agreed\n"),
        ("decided_on: 2026-07-01", "decided_on: 2026-06-20"),
    )
    publish(school)
    words = markup.read(pages(school)["regels.html"]).words
    assert "Vastgesteld op 20 juni 2026 Vastgesteld door bestuur" in words
    assert "de hele raad, instemming, " in words


def test_a_contact_checked_more_than_a_year_ago_says_so(everything: Casebook) -> None:
    publish(everything, "--on", "2028-01-10")
    words = markup.read(pages(everything)["hulp.html"]).words
    assert "21 november 2026, meer dan een jaar geleden" in words


# -- for whom, and in which words ---------------------------------------------------------------


def test_pupils_do_not_see_rules_for_staff_nor_the_steps_of_procedures(school: Casebook) -> None:
    adopt(school)
    publish(school, "--audience", "pupils")
    found = pages(school)
    assert "werkwijze.html" not in found
    assert "Voor wie medewerkers" not in markup.read(found["regels.html"]).words
    assert not [
        link for page in found.values() for link in markup.read(page).links if "werkw" in link
    ]
    publish(school, "--audience", "staff")
    assert "Voor wie medewerkers" in markup.read(pages(school)["regels.html"]).words
    assert "werkwijze.html" in pages(school)


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        ("formal", "Het is verboden beelden of berichten"),
        ("positive", "Krijg je een beeld van een ander? Het stopt bij jou."),
        ("easy", "Stuur geen foto's of filmpjes van anderen door."),
        ("i-form", "Een beeld van een ander stopt bij mij."),
    ],
)
def test_a_wording_replaces_the_others(school: Casebook, wording: str, said: str) -> None:
    adopt(school, "policy/rules/forwarding@1.md")
    publish(school, "--wording", wording)
    words = markup.read(pages(school)["regels.html"]).words
    assert said in words
    assert "In formele woorden" not in words


def test_a_rule_without_the_wording_asked_for_is_named(school: Casebook) -> None:
    adopt(school, "policy/rules/tell@1.md")
    answer = publish(school, "--wording", "easy")
    if "easy:" not in text_of(school, "rules/tell@1.md"):
        assert "tell@1" in answer.out


def test_english_pages_mark_what_stands_only_in_dutch(school: Casebook) -> None:
    adopt(school)
    publish(school, "--wording", "english")
    found = pages(school)
    assert "rules.html" in found
    page = found["rules.html"]
    assert '<html lang="en">' in page
    assert "Got a picture of somebody else? It stops with you." in page
    assert "Phone away in lessons" in page
    assert re.search(r'<span lang="nl">Iedereen leert beter', page)
    assert "Who will know?" in found["tell.html"]


# -- every page ---------------------------------------------------------------------------------


def test_every_page_is_sound_for_everybody(everything: Casebook) -> None:
    """What a program can see of WCAG 2.2 AA without a browser; the rest is in tests/browser."""
    found = pages(everything)
    anchors = {name: set(markup.read(page).ids) for name, page in found.items()}
    for name, page in found.items():
        read = markup.read(page)
        assert read.wrong == [], name
        assert page.startswith("<!DOCTYPE html>"), name
        assert read.of("html") == [{"lang": "nl"}], name
        assert len(read.ids) == len(set(read.ids)), name
        levels = [level for level, _title in read.headings]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name
        assert all(title for _level, title in read.headings), name
        assert read.of("a")[0] == {"class": "skip", "href": "#text"}, name
        assert all(one.get("scope") for one in read.of("th")), name
        assert len(read.of("table")) == len(read.of("caption")), name
        for link in read.links:
            place, _hash, anchor = link.partition("#")
            if not link.startswith("https://"):
                assert not place or place in found, (name, link)
                assert not anchor or anchor in anchors[place or name], (name, link)


def test_a_page_loads_nothing_but_its_style_sheet_and_runs_nothing(everything: Casebook) -> None:
    for name, page in pages(everything).items():
        read = markup.read(page)
        assert read.loads == ["style.css"], name
        assert not read.of("script"), name
        assert not [one for _tag, had in read.tags for one in had if one.startswith("on")], name
        assert "style=" not in page, name
    style = (everything.root.parent / "site/style.css").read_text("utf-8")
    assert not re.search(r"@import|url\(|https?:|@font-face", style)


def test_the_print_view_holds_every_title_of_every_page(everything: Casebook) -> None:
    found = pages(everything)
    whole = markup.read(found.pop("alles.html"))
    titles = {title for _level, title in whole.headings}
    for name in found.keys() - {"index.html", "poster.html"}:
        for _level, title in markup.read(found[name]).headings:
            assert title in titles, (name, title)


def test_the_same_policy_gives_the_same_bytes(school: Casebook) -> None:
    adopt(school)
    publish(school, "--url", ADDRESS, out="one")
    publish(school, "--url", ADDRESS, out="two")
    one, two = (
        {path.name: path.read_bytes() for path in (school.root.parent / name).iterdir()}
        for name in ("one", "two")
    )
    assert one == two


def test_html_in_a_text_is_shown_and_a_picture_is_not_fetched(school: Casebook) -> None:
    adopt(school, RULE, "policy/codes/phones-and-social-media@1.md")
    change(school, RULE, ("title: Telefoon weg in de les", 'title: "<b>Weg</b> & uit"'))
    code = school.root / "policy/codes/phones-and-social-media@1.md"
    with code.open("a", encoding="utf-8") as file:
        file.write(
            "\n<script>alert(1)</script>\n\n![volg](https://elders.example/p.png)\n\n"
            "[klik](javascript:alert(1))\n\n##### Diep\n\n## Hoog\n\n"
            "| a | b |\n|---|---|\n| c | d |\n"
        )
    sign(school, "policy/codes/phones-and-social-media@1.md")
    publish(school)
    page = pages(school)["regels.html"]
    read = markup.read(page)
    assert "<b>Weg</b> & uit" in read.words
    assert "<script>alert(1)</script>" in read.words
    assert read.loads == ["style.css"]
    assert not [link for link in read.links if link.startswith("javascript")]
    levels = [level for level, _title in read.headings]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(one.get("scope") for one in read.of("th"))


# -- what never gets out ------------------------------------------------------------------------

SENTINEL = "Zwanenzang"


def test_nothing_of_a_case_gets_in(school: Casebook) -> None:
    adopt(school)
    identity = school.new("quarrel", f"{SENTINEL} in de app", "--reported-by", "mentor")
    school.do("note", identity, f"{SENTINEL} in het gesprek")
    change(school, RULE, ("owner: principal\n", f"owner: principal\ncases: [{identity}]\n"))
    publish(school, "--url", ADDRESS)
    for path in (school.root.parent / "site").iterdir():
        text = path.read_text("utf-8")
        assert SENTINEL not in text, path
        assert identity not in text, path


def test_publishing_opens_no_case(school: Casebook) -> None:
    adopt(school)
    school.new("quarrel", "Woorden in de app", "--reported-by", "mentor")
    watch = (
        "import sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0]))"
        " if event in ('open', 'os.scandir', 'os.listdir') else None)\n"
        "from casebook import __main__ as entry\n"
        "try:\n    entry.answer('git policy', sys.argv[1:])\n"
        "except SystemExit as done:\n    assert not done.code, done.code\n"
        "print([one for one in opened if '/school/cases' in one], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", watch, "publish", "--out", str(school.root.parent / "site")],
        cwd=school.root,
        env={"PYTHONPATH": str(Path(placing.__file__).parents[2]), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.strip() == "[]"


def test_a_policy_text_that_names_a_case_is_not_published(school: Casebook) -> None:
    adopt(school, RULE)
    change(school, RULE, ("why: Iedereen", "why: Na 2026-7KQ2X leert iedereen; iedereen"))
    answer = publish(school, code=3)
    assert "2026-7KQ2X" in answer.err
    assert not (school.root.parent / "site").exists()


def test_of_staff_and_contacts_only_what_is_public_gets_out(school: Casebook) -> None:
    """Decided: an address or number of a person never; of a contact what it says is public."""
    adopt(school)
    change(
        school,
        "policy/school.md",
        ("    role: mentor\n", "    role: mentor\n    email: a.jansen@school.example\n"),
        ("police_contact:", "police_phone: 06-99999991\npolice_contact:"),
    )
    change(
        school,
        "policy/contacts/police.md",
        ("model: yes\n", "phone: 06-99999992\nemail: agent@politie.example\n"),
        ("deputy: Bij", "note: Geheime notitie\ndeputy: Agent Reserve; bij"),
    )
    change(
        school,
        "policy/contacts/confidential-adviser.md",
        (
            "model: yes\n",
            "phone: 010-5550100\nemail: vertrouwen@school.example\npublic: [phone, email]\n",
        ),
    )
    change(school, "policy/contacts/helpwanted.md", ("model: yes\n", "phone: 020-2615275\n"))
    publish(school)
    words = " ".join(markup.read(page).words for page in pages(school).values())
    for secret in (
        "jansen",
        "99999991",
        "99999992",
        "agent@politie",
        "Agent Reserve",
        "Geheime notitie",
        "wie belt bij welk soort voorval",
        "meesten",
    )[:-1]:
        assert secret not in words, secret
    for said in ("010-5550100", "vertrouwen@school.example", "020-2615275", "Wijkagent"):
        assert said in words, said
    assert "€" not in words


def test_a_policy_record_that_cannot_be_read_stops_everything(school: Casebook) -> None:
    adopt(school)
    change(school, "policy/rules/tell@1.md", ("title:", "title"))
    answer = publish(school, code=1)
    assert "policy/rules/tell@1.md" in answer.err
    assert not (school.root.parent / "site").exists()


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (("kind: must-not", "kind: mag nite"), "mag nite"),
        (
            ("title: Telefoon weg in de les", "title: Telefoon mag altijd"),
            "text of rule/phone-away@1",
        ),
        (("\nin_force_from:", "\ndecided_until: 2026\nin_force_from:"), "decided_until"),
    ],
)
def test_an_adopted_text_changed_past_the_hooks_is_neither_published_nor_listed_unsaid(
    school: Casebook, pair: tuple[str, str], said: str
) -> None:
    """Whoever reads the site or the list must be able to trust that the school decided it."""
    adopt(school)
    publish(school)
    site = {one.name: one.read_bytes() for one in (school.root.parent / "site").iterdir()}
    place = school.root / RULE
    text = place.read_text("utf-8")
    assert pair[0] in text
    place.write_text(text.replace(*pair, 1), "utf-8")
    school.git("add", "--all")
    school.git("commit", "--quiet", "--no-verify", "--message", "past the hooks")
    answer = publish(school, code=1)
    assert RULE in answer.err
    assert said in answer.err
    assert {one.name: one.read_bytes() for one in (school.root.parent / "site").iterdir()} == site
    listed = school.run("list", program="git policy")
    assert listed.code == 1
    assert said in listed.out + listed.err
    assert "rule/phone-away@1" in listed.out
    assert "rule/tell@1" in listed.out, "the others are listed all the same"
    kind = school.run("list", "--kind", "letter", program="git policy")
    assert kind.code == 0, "what was not asked for is not judged"


# -- where it is put ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place",
    [
        ".",
        "..",
        "policy",
        "policy/site",
        "cases",
        "cases/2026",
        "schemas/x",
        ".git/site",
        "CASES/x",
    ],
)
def test_pages_are_never_put_among_the_records(school: Casebook, place: str) -> None:
    before = school.git("status", "--porcelain").stdout
    answer = school.run("publish", "--out", place, "--drafts", program="git policy")
    assert answer.code == 3, answer.err
    assert school.git("status", "--porcelain").stdout == before


def test_a_folder_with_other_files_is_left_alone(school: Casebook) -> None:
    place = school.root.parent / "site"
    place.mkdir()
    (place / "mine.txt").write_text("van mij", "utf-8")
    publish(school, "--drafts", code=3)
    assert [one.name for one in place.iterdir()] == ["mine.txt"]
    (place / "mine.txt").unlink()
    publish(school, "--drafts")


def test_a_file_or_a_link_is_no_place(school: Casebook) -> None:
    place = school.root.parent / "site"
    place.write_text("x", "utf-8")
    publish(school, "--drafts", code=3)
    place.unlink()
    (school.root.parent / "elsewhere").mkdir()
    place.symlink_to(school.root.parent / "elsewhere")
    publish(school, "--drafts", code=3)


def test_what_was_published_before_is_replaced_as_a_whole(school: Casebook) -> None:
    publish(school, "--drafts", "--wording", "english")
    place = school.root.parent / "site"
    (place / "left-over.html").write_text("oud", "utf-8")
    publish(school, "--drafts")
    names = {one.name for one in place.iterdir()}
    assert "left-over.html" not in names
    assert "rules.html" not in names
    assert "regels.html" in names
    assert [one.name for one in school.root.parent.iterdir() if "casebook-" in one.name] == []


def test_when_the_last_step_fails_the_old_pages_are_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, folder = tmp_path / "book", tmp_path / "site"
    root.mkdir()
    placing.put({"index.html": b"old"}, folder, root)
    rename = Path.rename

    def fails(self: Path, target: Any) -> Path:
        if "casebook-new" in self.name:
            raise OSError(28, "No space left")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(EnvironmentProblem):
        placing.put({"index.html": b"new"}, folder, root)
    assert (folder / "index.html").read_bytes() == b"old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["book", "site"]


def test_a_folder_of_pages_may_lie_in_the_casebook_outside_its_records(tmp_path: Path) -> None:
    root = tmp_path / "book"
    (root / "policy").mkdir(parents=True)
    placing.require_place(root / "site", root)
    with pytest.raises(RefusedError):
        placing.require_place(root / "policy", root)


# -- the answer ---------------------------------------------------------------------------------


def test_the_answer_as_data(school: Casebook) -> None:
    adopt(school)
    found = publish(school, "--json", "--on", "2026-11-20", "--audience", "pupils").json
    assert found["schema_version"] == 1
    assert found["on"] == "2026-11-20"
    assert found["audience"] == "pupils"
    assert "index.html" in found["files"]
    assert found["records"]["rule"] > 10
    assert {"id", "path", "field", "score", "long_sentences"} <= set(found["hard"][0])


def test_a_hard_text_for_pupils_is_a_warning(school: Casebook) -> None:
    adopt(school, RULE)
    assert "phone-away@1, waarom" not in publish(school).out
    change(
        school,
        RULE,
        (
            "why: Iedereen leert beter",
            "why: Overeenkomstig onderwijskundige onderzoeksresultaten bevordert apparaatloze "
            "instructietijd concentratievermogen; iedereen leert beter",
        ),
    )
    answer = publish(school)
    assert "phone-away@1" in answer.out
    assert "score" in answer.out


@pytest.mark.parametrize("words", [["list"], ["publish", "-h"], ["show", "light"]])
def test_only_publishing_imports_the_libraries_for_pages(
    words: list[str], school: Casebook
) -> None:
    code = (
        "import sys\nfrom casebook import __main__ as entry\n"
        "try:\n    entry.answer('git policy', sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'jinja2', 'markdown_it', 'segno', 'markupsafe'} & set(sys.modules)),"
        " file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=school.root,
        env={"PYTHONPATH": str(Path(placing.__file__).parents[2]), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.strip() == "[]"
