"""The form on paper: what the steps ask, in their order, as lines and boxes, for those who write by hand."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask_babel import gettext

from memory_road.facts.fields import DATE_HINT, Field, Kind
from memory_road.facts.steps import Step, facts_of
from memory_road.facts.vocabulary import Relationship
from memory_road.web.contribute.form import term_choices
from memory_road.web.contribute.sheets import HAND, Sheets

ROWS = 3
LINES = 2
"""So many rows or lines for a list; who knows more takes another sheet."""
WIDEST_TABLE = 4
"""A list of records with more parts than this cannot be written in a table: it gets lines."""
FEWEST_LINES = 4
"""For the story, at least."""


@dataclass(frozen=True, slots=True)
class Printer:
    """What the sheets need besides the facts: where the fonts lie, the site, and where forms are sent."""

    regular: Path
    bold: Path
    site: str
    address: str
    send_to: tuple[str, ...]


@cache
def paper_form(printer: Printer, language: str) -> bytes:
    """The form as a PDF, in ``language``, which is that of the request. Made once for each language, since neither
    words nor settings change while the program runs."""
    title = gettext("Tell us about a relative")
    number = gettext("page %(page)s of %(pages)s", page="{page}", pages="{pages}")
    sheets = Sheets(
        regular=printer.regular,
        bold=printer.bold,
        language=language,
        title=f"{title} · {printer.site}",
        foot=f"{printer.site} · {number}",
    )
    sheets.heading(title)
    sheets.paragraph(
        gettext(
            "Please write in clear letters. Answer what you know, and leave the rest empty: what is printed in bold, "
            "and the last page, are enough."
        )
    )
    for step in Step:
        if step is Step.PICTURES:  # they come with the form: the last page says how
            continue
        sheets.heading(gettext(step.wording))
        # The story comes last: its lines take what is left of the page.
        for fact in sorted(facts_of(step), key=lambda fact: fact.kind is Kind.LONG_TEXT):
            _ask(sheets, fact)
    sheets.new_page()
    _sign(sheets, printer)
    return sheets.output()


def _ask(sheets: Sheets, fact: Field) -> None:
    label = gettext(fact.label)
    # Where the page offers a list to choose from, its hint speaks of that; how dates are written was said at the first.
    said = fact.suggestions or fact.hint == DATE_HINT
    hint = gettext(fact.hint) if fact.hint and not said else ""
    match fact.kind:
        case Kind.RECORDS if any(part.kind is Kind.FACT for part in fact.parts):
            pass  # what contradicts another answer is told in the story
        case Kind.POINT:
            pass  # who has a map on a screen fills in the form there
        case Kind.TERM | Kind.TERMS:
            assert fact.terms is not None
            words = [wording for _, wording in term_choices(fact.terms)]
            _title(sheets, label, hint, bold=fact.required)
            sheets.ticks(words, 3 if len(words) <= 3 else 2)
        case Kind.LONG_TEXT:
            _title(
                sheets,
                label,
                gettext("Tell it as the family tells it. Take further sheets if the lines are not enough."),
            )
            sheets.lines(max(FEWEST_LINES, int(sheets.room() / HAND)))
        case Kind.RECORDS if len(fact.parts) <= WIDEST_TABLE:
            if label != gettext(fact.group.value):  # the heading says it already
                _title(sheets, label, hint)
            sheets.table([gettext(part.label) for part in fact.parts], ROWS)
        case Kind.RECORDS:
            _title(sheets, label, hint)
            sheets.lines(LINES)
        case _:
            sheets.line(label, hint, bold=fact.required)


def _title(sheets: Sheets, label: str, hint: str, *, bold: bool = False) -> None:
    sheets.keep(2 * HAND)  # with what is to be filled in, on one page
    sheets.gap()
    sheets.paragraph(label, bold=bold)
    if hint:
        sheets.paragraph(hint)


def _sign(sheets: Sheets, printer: Printer) -> None:
    """The last page can stand alone: it is the one that is kept when somebody else types the form in."""
    sheets.heading(gettext("About you, and your permission"))
    sheets.line(gettext("Of whom do you tell? Surname, given name"), bold=True)
    sheets.line(gettext("Your name"), bold=True)
    sheets.line(gettext("How we can reach you"), gettext("Telephone, or address. It is not published"), bold=True)
    sheets.gap()
    sheets.paragraph(gettext("Who are you to this person?"))
    sheets.ticks([wording for _, wording in term_choices(Relationship)])
    sheets.gap()
    sheets.paragraph(gettext("Please tick what is true"))
    sheets.ticks(
        [
            gettext("I permit the publication of what I send, and may do so"),
            gettext("My name may stand beside the entry"),
            gettext("The person is living and has agreed to this publication themselves"),
            gettext("Those who are living and can be seen have agreed to it themselves"),
        ],
        1,
    )
    sheets.line(gettext("Date"), bold=True)
    sheets.line(gettext("Signature"), bold=True)
    sheets.line(gettext("Who typed it in, if it was not you"), gettext("Name, and library, school or office"))
    sheets.heading(gettext("Photographs"))
    sheets.paragraph(
        gettext(
            "Bring photographs and documents as they are: we copy them, and you take them home again. Do not send by "
            "post what cannot be replaced. Write on a slip of paper, not on the picture, who is seen, where and when."
        )
    )
    sheets.ticks([gettext("No portrait survives")], 1)
    sheets.heading(gettext("Where to bring or send it"))
    for words in printer.send_to:
        sheets.paragraph(words)
    sheets.paragraph(
        gettext(
            "You can also fill it in on the Internet, or ask a library to do it: %(address)s", address=printer.address
        )
    )
