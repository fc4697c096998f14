"""What is known of a person, as somebody would type it into the form, in the language of the page."""

from collections.abc import Callable

from memory_road.facts.date_words import read_date, say_date
from memory_road.facts.document import Typed, records_of
from memory_road.facts.fields import FIELD, POINTS, Field, Kind
from memory_road.facts.read import LONGEST_DATE
from memory_road.facts.uncertain_date import DateNotUnderstood, parse_edtf
from memory_road.facts.vocabulary import Term, label
from memory_road.gedcom.person import Person
from memory_road.gedcom.text import fit

Say = Callable[[str], str]
"""Translates a text that ``label`` marks."""

JULIAN = label("%(date)s by the Julian calendar")
CAUSE = label("Cause of death: %(cause)s")
SOURCE = label("The family tree")


class Relation(Term):
    """Who a relative is to the person."""

    FATHER = "father", label("Father")
    MOTHER = "mother", label("Mother")
    HUSBAND = "husband", label("Husband")
    WIFE = "wife", label("Wife")


def typed(person: Person, language: str, say: Say, *, story: bool) -> Typed:
    """The form as ``person`` fills it; with ``story`` the notes too. What is typed for a date reads back to the same
    one."""
    filled: dict[str, str | list[str] | list[dict[str, str]]] = {}
    for name, value in person.facts.items():
        field = FIELD[name]
        if isinstance(value, str):
            filled[name] = _said(field, value, language)
        elif field.kind is Kind.RECORDS:
            filled[name] = [_record(field, record, language) for record in records_of(person.facts, name)]
    also = [_also(record, language, say) for record in records_of(person.facts, "also_recorded")]
    for name, words in person.unread.items():
        if len(words) <= LONGEST_DATE:
            filled[name] = words
        else:
            also.append(_also({"field": name, "value": words}, language, say))
    references = [*records_of(filled, "references"), *_source_of_points(person, say)]
    told = {
        "references": [_reference(record, say) for record in references][: FIELD["references"].most],
        "kin": [
            {**record, "relation": say(Relation(record["relation"]).wording)} for record in records_of(filled, "kin")
        ],
        "also_recorded": also[: FIELD["also_recorded"].most],
    }
    filled.update({name: records for name, records in told.items() if records})
    if story and (words := _story(person, say)):
        filled["biography"] = words
    return filled


def _said(field: Field, value: str, language: str) -> str:
    return say_date(parse_edtf(value), language) if field.kind is Kind.DATE else value


def _record(field: Field, record: dict[str, str], language: str) -> dict[str, str]:
    kinds = {part.name: part for part in field.parts}
    return {name: _said(kinds[name], value, language) if name in kinds else value for name, value in record.items()}


def _source_of_points(person: Person, say: Say) -> list[dict[str, str]]:
    """Programs look places up by themselves: whoever reads the entry should know where its points are from."""
    points = [name for name in POINTS if name in person.facts]
    return [{"archive": say(SOURCE), "supports": " ".join(points)}] if points else []


def _reference(record: dict[str, str], say: Say) -> dict[str, str]:
    supports = ", ".join(say(FIELD[name].label) for name in record.get("supports", "").split())
    return {**record, "supports": fit("references", supports, "supports")} if supports else record


def _also(record: dict[str, str], language: str, say: Say) -> dict[str, str]:
    value = say_date(parse_edtf(record["date"]), language) if "date" in record else _in_words(record["value"], language)
    if "julian" in record:
        value = say(JULIAN) % {"date": value}
    said = {"field": say(FIELD[record["field"]].label), "value": value, "source": say(SOURCE)}
    return {name: fit("also_recorded", text, name) for name, text in said.items()}


def _in_words(words: str, language: str) -> str:
    """A date in the reader's words, where it is one; anything else as it stands in the file."""
    try:
        return say_date(read_date(words, language), language)
    except DateNotUnderstood:
        return words


def _story(person: Person, say: Say) -> str:
    cause = [say(CAUSE) % {"cause": person.cause}] if person.cause else []
    return fit("biography", "\n\n".join(person.story + cause))
