"""Facts back as somebody would have typed them, so that a form can begin with what is published."""

from collections.abc import Mapping

from memory_road.facts.date_words import say_date
from memory_road.facts.document import FactValue, records_of
from memory_road.facts.fields import FIELDS, Field, Kind
from memory_road.facts.uncertain_date import parse_edtf


def typed_words(facts: Mapping[str, FactValue], language: str) -> dict[str, FactValue]:
    """What ``facts.read.read_facts`` understands, in ``language``, as these facts; dates are in plain words."""
    return {field.name: _typed(field, facts, language) for field in FIELDS if field.name in facts}


def _typed(field: Field, facts: Mapping[str, FactValue], language: str) -> FactValue:
    if field.kind is Kind.RECORDS:
        dates = {part.name for part in field.parts if part.kind is Kind.DATE}
        return [
            {name: _said(value, language) if name in dates else value for name, value in record.items()}
            for record in records_of(facts, field.name)
        ]
    value = facts[field.name]
    return _said(value, language) if field.kind is Kind.DATE and isinstance(value, str) else value


def _said(edtf: str, language: str) -> str:
    return say_date(parse_edtf(edtf), language)
