"""What happens if I tell something: the parts of the procedures that pupils may read.

Answers that several procedures share are said once; it writes no answers of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.i18n import _, worded
from casebook.procedure import Procedure
from casebook.render.site.blocks import Page, Prose, Section, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.render.site.blocks import Block
    from casebook.render.site.speech import Speech

    Answers = dict[str, list[tuple[str, list[Text]]]]


def page(speech: Speech) -> Page:
    """The questions of the public parts, each with its answer; what differs, by procedure."""
    answers: Answers = {}
    before: list[Section] = []
    lang = ""
    for record in speech.edition.of("procedure"):
        found, lang_found = public(speech, Procedure.from_record(record))
        if not found:
            continue
        lang = lang_found
        title = speech.title(record)
        intro, questions = split(found)
        if intro:
            mark = speech.mark(record)
            before.append(Section(title, (Prose(intro, lang_found),), mark=mark))
        for question, answer in questions:
            _add(answers, question, answer, title)
    blocks: list[Block] = [_question(question, told, lang) for question, told in answers.items()]
    if before:
        blocks.append(Section(Text(_("If this is what it is about")), tuple(before)))
    about = _("Who will know, whether parents are told, and what to do when you do not agree.")
    return Page("tell", _("Telling"), _("What happens if I tell something?"), about, tuple(blocks))


def public(speech: Speech, procedure: Procedure) -> tuple[str, str]:
    """The public part of a procedure and the language to mark it with; "" where it has none."""
    wanted = speech.asked.language
    text = worded(procedure.public, wanted)
    return text, "" if procedure.public.get(wanted) else speech.asked.source


def split(text: str) -> tuple[str, list[tuple[str, str]]]:
    """What stands before the first question, and every ``### question`` with its answer."""
    intro: list[str] = []
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("### "):
            found.append((line[4:].strip(), []))
        elif found:
            found[-1][1].append(line)
        else:
            intro.append(line)
    return "\n".join(intro).strip(), [(name, "\n".join(one).strip()) for name, one in found]


def _add(answers: Answers, question: str, answer: str, title: Text) -> None:
    for known, titles in answers.setdefault(question, []):
        if known == answer:
            titles.append(title)
            return
    answers[question].append((answer, [title]))


def _question(question: str, told: list[tuple[str, list[Text]]], lang: str) -> Section:
    """The answer most procedures give, then the others with the procedures they belong to."""
    most = max(told, key=lambda one: len(one[1]))
    if len(told) > 1 and len(most[1]) == 1:
        return Section(Text(question, lang), tuple(_apart(told, lang)))
    rest = [one for one in told if one is not most]
    return Section(Text(question, lang), (Prose(most[0], lang), *_apart(rest, lang)))


def _apart(told: list[tuple[str, list[Text]]], lang: str) -> Iterator[Section]:
    for answer, titles in told:
        named = ", ".join(one.words for one in titles)
        yield Section(Text(named, titles[0].lang), (Prose(answer, lang),))
