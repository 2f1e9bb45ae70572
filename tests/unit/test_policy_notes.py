"""What real schools publish, read back: the facts of every note stand in the published text.

Each note of a real policy lies under ``tests/records/good/policy/`` as records. Here is, note by
note, every fact of its rules and of its consequences, as a reader finds it on the pages, and as
``git policy show`` tells it. None may be lost in consequences, at most one in rules.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import markup
import pytest
import shop

from casebook import i18n
from casebook.actions import edition
from casebook.policy import Policy
from casebook.render import site
from casebook.snapshot import MemorySnapshot

NOTES = Path(__file__).parents[1] / "records/good/policy"
DAY = date(2026, 11, 20)
CARD = (
    "Bewaard bij coördinator leerlingzaken Teruggegeven door coördinator leerlingzaken",
    "Melden bij conciërge Wanneer melden volgende schooldag voor 08:00 "
    "Wat meebrengen de ondertekende telefoonkaart Met brief of formulier Telefoonkaart "
    "Wie beslist coördinator leerlingzaken",
)
EXTRA = "Gevolg Apparaat innemen, tot het einde van de schooldag. En ook: langere schooldag, "

# The facts of the rules: who, what, where, when, with what, with whose permission, except when.
RULES = {
    "01-phone-card": (
        "Tijdens de lessen en in de gangen is het apparaat uit en uit het zicht.",
        "Soort mag niet Voor wie leerlingen Waar in de les, in het gebouw Plekken bij naam gangen "
        "Wanneer tijdens de les Apparaten telefoon, muziekspeler, tablet, ander slim apparaat",
        "Waar en wanneer het geldt In het schoolgebouw",
        "Op de pleinen en in de kantine mag het apparaat gebruikt worden. Soort mag "
        "Voor wie leerlingen Waar op het terrein Plekken bij naam pleinen; kantine",
        "mag een apparaat alleen voor het onderwijs gebruikt worden, met toestemming van de docent",
        "Soort mag, als",
        "Toestemming van docent",
    ),
    "02-phone-bag": (
        "Bij binnenkomst in het lokaal gaan telefoon, smartwatch en andere slimme apparaten in de "
        "telefoontas",
        "gebruik in de les alleen met uitdrukkelijke toestemming",
        "Toestemming van docent",
        "Foto's of filmpjes maken, en deze doorsturen, kopiëren of publiceren, is niet toegestaan "
        "en leidt tot sancties",
        "Verwijst naar Mediaprotocol Waar die tekst is De sancties staan uitgewerkt in het "
        "mediaprotocol",
        "Telefoons zijn toegestaan in de hal en op de aangewezen plek. Soort mag",
        "Koptelefoons en oortjes zijn niet toegestaan, behalve op de aangewezen plekken.",
        "Uitzondering Op de aangewezen plekken",
    ),
    "03-cameras": (
        "Tijdens de lesuren worden geen opnamen gemaakt en staat het geluid van telefoons uit.",
        "Wanneer tijdens de les Apparaten telefoon, camera",
        "Buiten de lesuren leidt misbruik van beelden, in de school of later via websites, dat de "
        "privacy van leerlingen of personeel of de naam van de school schaadt, tot maatregelen.",
        "Waar in het gebouw, online, overal Wanneer in de pauze, na schooltijd, altijd",
        "Reglement elektronische informatie- en communicatiemiddelen, op aanvraag te lezen",
    ),
    "04-portrait-right": (
        "Gedragsregels sociale media van het bestuur",
        "Niveau bestuur",
        "Anderen in het gebouw opnemen zonder toestemming is een ernstige inbreuk op hun privacy.",
        "De naam van leerlingen, docenten of de school beschadigen door beelden op internet te "
        "zetten is een ernstige inbreuk.",
        "Wettelijke grond portretrecht (uit het hoofd, niet nagekeken)",
        "Beelden van andere leerlingen en medewerkers maken en verspreiden zonder hun toestemming "
        "is verboden. Soort mag niet Voor wie leerlingen, medewerkers Waar overal",
        "Een medewerker maakt duidelijk of hij of zij persoonlijk of namens de school spreekt.",
        "Een medewerker mag kennis delen als die niet vertrouwelijk is en niemand schaadt.",
        "Een medewerker voert op sociale media geen discussie met leerlingen of ouders.",
        "Een leidinggevende geldt altijd als vertegenwoordiger van de school.",
        "Twijfelt een medewerker, dan plaatst hij of zij het bericht niet en vraagt het eerst aan "
        "de leidinggevende. Soort hulp zoeken Voor wie medewerkers Waar online Aan wie vragen of "
        "vertellen teamleider",
        "Ziet een medewerker negatieve berichten over de school, dan bespreekt hij of zij die "
        "eerst binnen de school.",
        "bij pesten, kwetsen, stalken, bedreigen of zwartmaken treft het bestuur passende "
        "maatregelen. Soort moet Voor wie medewerkers, leerlingen, ouders",
        "Ouders kunnen bezwaar maken tegen foto's van de school op de website; de school volgt "
        "daarvoor een procedure.",
        "Gebaseerd op Beelden van anderen Wat daarin is veranderd Excursies toegevoegd",
    ),
    "05-incident-registration": (
        *("Fysiek geweld met letsel", "Fysiek geweld met wapens", "Wapenbezit: vuurwapen"),
        *("Wapenbezit: steekwapen", "Wapenbezit: ander wapen", "Seksueel misbruik", "Grof pesten"),
        *("Discriminatie: afkomst", "Discriminatie: sekse", "Discriminatie: homofobie"),
        *("Bedreiging", "Vernieling of diefstal", "Drugs: bezit", "Drugs: gebruik"),
        "Drugs: verkoop",
        "Ongevallen worden apart geregistreerd.",
        "Er is geen aparte categorie voor online: dit valt onder grof pesten, bedreiging, "
        "discriminatie of seksueel misbruik",
        "Wat is er gebeurd?",
        "Wanneer, datum en tijd?",
        "Wie was erbij betrokken?",
        "Waar?",
        "Waarmee? Voorwerpen of technische en digitale systemen",
        "Waarom, als dat bekend is?",
        "Welke maatregel is genomen?",
        "Voorval melden bij de aangewezen functionaris",
        "Formulier invullen met zeven vragen en inleveren",
        "Jaarlijks verslag van voorvallen, zonder personen, aan de medezeggenschapsraad "
        "(schoolleider, elk schooljaar, medezeggenschapsraad, zonder personen erin)",
    ),
    "06-small-forms": (
        *("Datum; verplicht", "Gemeld door; verplicht", "Omschrijving; verplicht"),
        "Actie door Evaluatie",
        "Hoe het wordt ingeleverd Aan de directeur, bij voorkeur mondeling",
        "Evaluatie: met wie is het achteraf besproken?; ouders; leerkracht; schoolleiding",
        "Gevolg: afspraken en maatregelen",
        "Wie een incident meemaakt of ziet, vult het formulier in",
        "Het team en de medezeggenschapsraad bepalen samen wat als incident telt.",
        "Waar het wordt bewaard In het leerlingvolgsysteem",
        "In een map in een afgesloten kast in de kamer van de directeur",
    ),
    "07-positive-rules": (
        "1. Onder schooltijd gebruik ik sociale media als ik toestemming heb",
        "Wanneer onder schooltijd Toestemming van docent",
        "Wat in het echt niet mag, mag ook online niet.",
        "3. Ik denk aan het gevoel van een ander",
        "4. Ik blijf kritisch op wat ik lees",
        "5. Ik zet foto's van anderen alleen online als zij dat goed vinden",
        "6. Ik deel van mezelf waar ik me goed bij voel",
        "7. Voelt iets niet goed? Dan praat ik met een volwassene",
        "8. Ongewenste berichten",
        "De school heeft een aandeel in de ontwikkeling van leerlingen buiten schooltijd.",
        "Geldt vanaf 1 juni 2025",
    ),
    "08-safety-policy": (
        "1 Intentieverklaring 2 Inleiding en onderzoek 3 Visie met basisregels 4 Doelen en "
        "activiteiten 4.0.1 Preventief 4.0.2 Curatief 4.0.3 Registratie en evaluatie",
        "4.1 Discriminatie 4.1.1 Gedragscode discriminatie 4.1.2 Protocol discriminatie",
        "4.2 Ongewenst seksueel gedrag 4.2.1 Gedragscode ongewenst seksueel gedrag 4.2.2 Protocol",
        "4.3 Pesten 4.3.1 Gedragscode pesten 4.3.2 Protocol pesten",
        "4.4 Agressie en geweld 4.4.1 Gedragscode agressie en geweld 4.4.2 Protocol",
        "4.5 Strafbare feiten 4.5.1 Protocol strafbare feiten",
        "4.6 Drugs en alcohol 4.6.1 Gedragscode drugs en alcohol 4.6.2 Protocol",
        "4.7.1 Gedragscode digitale communicatiemiddelen 4.7.2 Protocol digitale",
        "5.1 Leiding en taken van het crisisteam 5.2 Media 5.3 Handelen 5.4 Communicatie met "
        "personeel, leerlingen en ouders 5.5 Personeelsbijeenkomst 5.6 Nazorg op lange termijn",
        "6 Draaiboek bij overlijden 7 Schorsing en verwijdering",
        "Wat is er gebeurd?; verplicht",
    ),
}
# The facts of the consequences: when, what, how long, until when, who, and what parents do.
CONSEQUENCES = {
    "01-phone-card": (
        f"Wanneer: 1e keer {EXTRA}1 schooldag",
        f"Wanneer: 2e keer {EXTRA}1 schooldag",
        f"Wanneer: 3e keer {EXTRA}2 schooldagen",
        f"Wanneer: 4e keer en vaker {EXTRA}3 schooldagen",
        "Vierkant rooster: een verlengde schooldag",
        "Wie beslist coördinator leerlingzaken Uitgevoerd door coördinator leerlingzaken Ouders "
        "ondertekenen Vastgelegd ja Tweede keer",
        "Ouders telefoontje, ondertekenen Ouders ingelicht door coördinator leerlingzaken "
        "Vastgelegd ja Derde keer",
        "Ouders telefoontje, ondertekenen Ouders ingelicht door coördinator leerlingzaken "
        "Vastgelegd ja Elke volgende keer",
        "Opgehaald door een ouder",
        "Ouders apparaat ophalen, naar school komen, gesprek",
        "Wat telt als opnieuw dezelfde regel",
        *CARD,
        "Hoeveelste keer is dit?",
        "Handtekening van een ouder; verplicht; ondertekend door: ouder of verzorger",
        "de volgende schooldag om 8.00 uur met de kaart bij de conciërge",
    ),
    "02-phone-bag": (
        "Keuze uit: apparaat innemen of apparaat uitzetten, tot na lesuur 8.",
        "In de regel tot na het achtste lesuur van dezelfde dag",
        "Eerst Wie het apparaat inneemt, zorgt dat de leerling het eerst zelf uitzet",
        "Bewaard bij teamleider",
        "Wie beslist docent, teamleider",
        "Ruimte voor eigen oordeel een andere maatregel mag, met een reden",
        "Beelden maken, doorsturen, kopiëren of publiceren; naar eigen oordeel Gevolg De sancties "
        "staan in het mediaprotocol",
    ),
    "03-cameras": (
        "1e keer Gevolg Apparaat innemen, 1 dag.",
        "2e keer en vaker; naar eigen oordeel Gevolg Apparaat innemen. Meerdere dagen",
        "Ernst: matig, ernstig, calamiteit; naar eigen oordeel Gevolg Keuze uit: schorsing of "
        "verwijdering.",
        "Wat telt als opnieuw niet geteld",
        "Wat telt als opnieuw dezelfde regel",
    ),
    "04-portrait-right": (
        "Officiële waarschuwing of schorsing concept Voor wie leerlingen, medewerkers",
        "Ernst: matig, ernstig Gevolg Keuze uit: schriftelijke waarschuwing of schorsing.",
        "Fatsoensnormen overschreden: pesten, kwetsen, stalken, bedreigen, zwartmaken; naar eigen "
        "oordeel Gevolg Het bestuur treft passende maatregelen Wie beslist bestuur",
    ),
    "07-positive-rules": ("Wat erop volgt: Bij deze regel hoort geen straf.",),
}
# What ``show`` tells of the consequences, in its own order of words.
SHOWN = {
    "01-phone-card": (
        *("1e keer", "2e keer", "3e keer", "4e keer en vaker", "apparaat innemen"),
        *("einde van de schooldag", "langere schooldag", "1 schooldag", "2 schooldagen"),
        *("3 schooldagen", "coördinator leerlingzaken", "ondertekenen", "telefoontje"),
        *("apparaat ophalen", "naar school komen", "gesprek", "conciërge"),
        *("volgende schooldag voor 08:00", "de ondertekende telefoonkaart", "dezelfde regel"),
    ),
    "02-phone-bag": (
        *("apparaat innemen", "apparaat uitzetten", "na lesuur 8", "eerst zelf uitzet"),
        *("teamleider", "docent", "De sancties staan in het mediaprotocol"),
    ),
    "03-cameras": (
        *("1e keer", "1 dag", "2e keer en vaker", "Meerdere dagen", "matig", "ernstig"),
        *("calamiteit", "schorsing", "verwijdering", "schoolleider"),
    ),
    "04-portrait-right": (
        *("schriftelijke waarschuwing", "schorsing", "leerlingen, medewerkers", "matig"),
        *("Het bestuur treft passende maatregelen", "bestuur"),
    ),
}


@cache
def files(note: str) -> dict[str, bytes]:
    """The shipped schemas with the records of one note."""
    found = {path: raw for path, raw in shop.shipped().items() if path.startswith("schemas/")}
    for path in sorted((NOTES / note).rglob("*.md")):
        found[f"policy/{path.relative_to(NOTES / note).as_posix()}"] = path.read_bytes()
    return found


@cache
def published(note: str) -> str:
    """The words of the print view of a note, in Dutch."""
    asked = edition.Request(DAY, drafts=True)
    made = site.build(edition.edition(shop.casebook(), MemorySnapshot(files(note)), asked))
    return markup.read(made.files["alles.html"].decode()).words


@cache
def shown(note: str) -> str:
    """Every record of a note as ``git policy show`` prints it in Dutch."""
    policy = Policy(MemorySnapshot(files(note)))
    i18n.activate("nl")
    lines: list[str] = []
    for name, kind in policy.catalogue.kinds.items():
        if kind.prefix.startswith("policy/") and name != "school":
            for record in policy.records(name):
                lines += shop.page(policy, record)
    return " ".join(" ".join(lines).split())


@pytest.mark.parametrize("note", sorted(RULES))
def test_at_most_one_fact_of_the_rules_is_lost(note: str) -> None:
    lost = [fact for fact in RULES[note] if fact not in published(note)]
    assert lost == []  # one may be lost; none is


@pytest.mark.parametrize("note", sorted(CONSEQUENCES))
def test_no_fact_of_the_consequences_is_lost(note: str) -> None:
    assert [fact for fact in CONSEQUENCES[note] if fact not in published(note)] == []


@pytest.mark.parametrize("note", sorted(SHOWN))
def test_no_fact_of_the_consequences_is_lost_on_the_terminal(note: str) -> None:
    assert [fact for fact in SHOWN[note] if fact not in shown(note)] == []


def test_every_note_is_read_back() -> None:
    assert set(RULES) == {path.name for path in NOTES.iterdir()}
    with_ladder = {path.parts[-3] for path in NOTES.glob("*/ladders/*.md")}
    assert with_ladder <= set(CONSEQUENCES)
    assert with_ladder == set(SHOWN)


@pytest.mark.parametrize("note", sorted(RULES))
def test_no_word_of_the_files_is_left_untranslated(note: str) -> None:
    """A reader meets words, not the values that stand in the files."""
    for value in ("must-not", "keep-device", "same-rule", "school-day", "end-of-day", "{"):
        assert value not in published(note), value
