"""Every finding of this room: its name, what it is about, what it says and what to do.

It does not look for anything wrong; the other modules do, and ``reporting`` loads these texts.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from casebook.finding import ERROR, WARNING
from casebook.i18n import N_


class Words(NamedTuple):
    """The texts of one finding, in English; ``message`` and ``remedy`` may hold placeholders."""

    explanation: str
    message: str
    remedy: str
    severity: str = ERROR


WORDS: Final[dict[str, Words]] = {
    # the file as a whole
    "unresolved-merge": Words(
        N_("Two versions of this file were put together and nobody has chosen between them yet."),
        N_("unresolved merge in lines {first}-{last}: two versions stand in this file"),
        N_("keep what is right and remove the lines that start with <<<<<<<, ======= and >>>>>>>"),
    ),
    "empty-file": Words(
        N_("A file without any text cannot be a record."),
        N_("the file is empty"),
        N_("put the text back or remove the file"),
    ),
    "file-too-large": Words(
        N_("A record holds at most 256 KiB, so that every program can read it quickly."),
        N_("the file is too large: {size} KiB, at most {most}"),
        N_("keep the facts here and leave long texts in their own place"),
    ),
    "line-too-long": Words(
        N_("One line holds at most 64 KiB; longer ones are almost always pasted data."),
        N_("this line is too long: {size} KiB, at most {most}"),
        N_("remove pasted data, or break the line"),
    ),
    "binary-file": Words(
        N_("Pictures and office files do not belong in a casebook, whatever their name."),
        N_("this is not a text file"),
        N_("Do not copy or mail it; remove it here and describe it in words"),
    ),
    "nul-character": Words(
        N_("A NUL character cannot stand in a text; it mostly comes from a damaged file."),
        N_("a NUL character stands here"),
        N_("take the last good version of the file, or remove the character"),
    ),
    "not-utf-8": Words(
        N_("Records are saved as UTF-8, so that accents survive on every computer."),
        N_("not saved as UTF-8: byte {byte}"),
        N_("open the file in your editor and save it with the encoding UTF-8"),
    ),
    "byte-order-mark": Words(
        N_("The file starts with an invisible mark that some programs stumble over."),
        N_("the file starts with an invisible mark (BOM)"),
        N_("save it as UTF-8 without BOM, or leave it: it is kept as it is"),
        WARNING,
    ),
    "line-ends-mixed": Words(
        N_("Some lines end the Windows way and others do not."),
        N_("line ends are mixed: Windows and other"),
        N_("let your editor save the file with one kind of line ends, best LF"),
        WARNING,
    ),
    "line-ends-old-mac": Words(
        N_("Line ends of very old Mac programs (CR alone) make a whole file look like one line."),
        N_("a line ends in a way that is no longer used (CR alone)"),
        N_("let your editor save the file with line ends LF"),
    ),
    "control-character": Words(
        N_("Invisible control characters can hide text or disturb a screen."),
        N_("an invisible control character stands here: {character}"),
        N_("remove it and type the text again"),
    ),
    "bidi-character": Words(
        N_("Characters that turn the direction of text can make a line read otherwise than it is."),
        N_("a character that turns the direction of the text stands here: {character}"),
        N_("remove it and type the text again"),
    ),
    "invisible-character": Words(
        N_("An id or a field name with an invisible character looks like another one."),
        N_("an invisible character stands in an id or a field name: {character}"),
        N_("type the word again by hand"),
    ),
    # the fences
    "front-matter-missing": Words(
        N_("A record starts with a block of fields between two lines with three dashes."),
        N_("no fields found: the file does not start with a line ---"),
        N_("start the file with ---, then the fields, then again ---"),
    ),
    "text-before-front-matter": Words(
        N_("The block of fields must be the very first thing in the file."),
        N_("text or an empty line stands before the first ---"),
        N_("make --- the first line; put the text below the second ---"),
    ),
    "front-matter-unclosed": Words(
        N_("The block of fields has a first line --- but no line that closes it."),
        N_("the block of fields is not closed"),
        N_("put a line --- below the last field"),
    ),
    "fence-wrong": Words(
        N_("The lines around the fields hold exactly three dashes and nothing else."),
        N_("this line must hold exactly three dashes"),
        N_("write --- at the start of the line and nothing else on it"),
    ),
    "fence-of-another-format": Words(
        N_("Fields between +++ or ;;; are meant for other programs."),
        N_("the fields stand between {fence}, not between ---"),
        N_("write the fields as name: value between two lines ---"),
    ),
    "fence-in-text": Words(
        N_("A line --- inside a text of several lines ends the fields too early."),
        N_("this --- ends the fields in the middle of a text"),
        N_("indent the line like the rest of the text, or remove it"),
    ),
    "second-block": Words(
        N_("A file holds one block of fields; a second one would be read by nobody."),
        N_("a second block of fields starts or the first one ends early here"),
        N_("keep one block between two lines ---; is it text, put an empty line above it"),
    ),
    "front-matter-empty": Words(
        N_("A record without fields says nothing."),
        N_("there are no fields"),
        N_("write at least the id of the record, as id: value"),
    ),
    "front-matter-not-fields": Words(
        N_("The block at the top holds fields, each as name: value."),
        N_("the block at the top holds no fields but something else"),
        N_("write each field on its own line, as name: value"),
    ),
    # the fields
    "duplicate-key": Words(
        N_("A field may stand in the same place only once; programs differ in which one counts."),
        N_('the field "{key}" stands here twice: lines {first} and {line}'),
        N_("keep the right one and remove the other"),
    ),
    "key-not-plain": Words(
        N_("A field has a simple name: one word before the colon."),
        N_("this is not a name for a field"),
        N_("write a single word before the colon; a number only between quotation marks"),
    ),
    "merge-key": Words(
        N_("The sign << copies fields from elsewhere; then nobody sees what counts."),
        N_("the sign << is not used here"),
        N_("write the fields out"),
    ),
    "anchor-or-alias": Words(
        N_("The signs & and * repeat a value from elsewhere; then nobody sees what counts."),
        N_("a value starts with & or *, which has a special meaning"),
        N_("put the value between quotation marks, or write it out"),
    ),
    "tag": Words(
        N_("The sign ! gives a value a type of its own; here every value is text."),
        N_("a value starts with !, which has a special meaning"),
        N_("put the value between quotation marks, or leave out the !"),
    ),
    "null-value": Words(
        N_("Programs read null and ~ as nothing at all."),
        N_('"{value}" means nothing at all'),
        N_("leave the value empty, or put it between quotation marks when it is a word"),
    ),
    "directive": Words(
        N_("A line that starts with % gives orders to a reading program."),
        N_("a line that starts with % does not belong here"),
        N_("remove the line, or put the text between quotation marks"),
    ),
    "nested-too-deep": Words(
        N_("Fields stand at most eight levels deep."),
        N_("fields stand more than {most} levels deep"),
        N_("write it flatter"),
    ),
    "too-many-values": Words(
        N_("A file holds at most 2000 values."),
        N_("the file holds more than {most} values"),
        N_("split the record"),
    ),
    "tab-indentation": Words(
        N_("Lines are indented with spaces; a tab looks the same but is not."),
        N_("a tab stands here where spaces are needed"),
        N_("replace the tab by spaces"),
    ),
    "unquoted-colon": Words(
        N_("A colon followed by a space inside a value looks like a second field."),
        N_("a colon stands in the value or the indentation is wrong"),
        N_("put the value between quotation marks, or line the field up with the others"),
    ),
    "reserved-character": Words(
        N_("A value cannot start with @, ` or %."),
        N_('a value cannot start with "{character}"'),
        N_("put the value between quotation marks"),
    ),
    "quote-unclosed": Words(
        N_("A value that starts with a quotation mark needs one at its end."),
        N_("the quotation mark that opens here is not closed"),
        N_("put the same quotation mark at the end of the value"),
    ),
    "text-after-quote": Words(
        N_("Behind a value between quotation marks nothing else may follow."),
        N_("text follows behind the closing quotation mark"),
        N_("put the whole value between quotation marks, other marks than those inside it"),
    ),
    "escape-unknown": Words(
        N_("Between double quotation marks a backslash has a special meaning."),
        N_("a backslash between double quotation marks is not understood"),
        N_("use single quotation marks around the value"),
    ),
    "list-unclosed": Words(
        N_("A list that starts with [ ends with ], with commas between its values."),
        N_("the list that opens here is not closed or misses a comma"),
        N_("write it as [first, second]; values with [ or ] between quotation marks"),
    ),
    "line-without-field": Words(
        N_("Each line among the fields is name: value."),
        N_("this line has no colon, so it is not a field"),
        N_("write name: value, or indent it when it belongs to the text above"),
    ),
    "indentation-wrong": Words(
        N_("Fields that belong together start below each other."),
        N_("this line does not line up with the lines above it"),
        N_("give it the same number of spaces as its neighbours"),
    ),
    "front-matter-unreadable": Words(
        N_("This line breaks the rules for fields."),
        N_("this line cannot be read"),
        N_("write name: value; put the value between quotation marks when it holds odd signs"),
    ),
    "comment-cuts-value": Words(
        N_("In a value, a space and a # make the rest of the line a remark that does not count."),
        N_("the text after # does not count"),
        N_("put the whole value between quotation marks; for a remark write two spaces before #"),
        WARNING,
    ),
    # the journal
    "journal-heading": Words(
        N_("A heading in the journal has a fixed form, so that every program can read it."),
        N_("this heading in the journal cannot be read: {why}"),
        N_("write it like ### 2026-11-21T14:05+01:00 talk by:mentor with:P1 id:J4"),
    ),
    "journal-id-repeated": Words(
        N_("Every entry in the journal has an id of its own."),
        N_('the journal id "{id}" was used before, in line {first}'),
        N_("give the newest entry the next free id"),
    ),
    "journal-corrects-unknown": Words(
        N_("A correction names an earlier entry of the same journal."),
        N_('this entry corrects "{id}", which does not stand above it'),
        N_("name the id of an entry that stands above it"),
    ),
    "journal-not-in-order": Words(
        N_("Entries of a journal stand in the order of their time."),
        N_("this entry is older than the one above it"),
        N_("check the time; the order itself may stay as it is"),
        WARNING,
    ),
    "journal-changed": Words(
        N_("An entry in the journal is never changed: a correction is a new entry."),
        N_('the journal entry "{id}" was changed'),
        N_("put the old text back and write a new entry with corrects:{id}"),
    ),
    "journal-removed": Words(
        N_("An entry in the journal is never removed."),
        N_('the journal entry "{id}" was removed'),
        N_("put the entry back"),
    ),
    "journal-reordered": Words(
        N_("Entries of a journal keep their place."),
        N_('the journal entry "{id}" was moved'),
        N_("put the entries back in their old order"),
    ),
    "journal-inserted": Words(
        N_("A new journal entry is written below all others."),
        N_('the new journal entry "{id}" stands above an older one'),
        N_("move it to the end of the file"),
    ),
}

FINDINGS: Final[dict[str, str]] = {name: words.explanation for name, words in WORDS.items()}
