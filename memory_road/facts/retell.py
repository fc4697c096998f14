"""What was typed in one language, for a page in another: dates are said anew, all else is as the family put it."""

from memory_road.facts.date_refusal import DateNotUnderstood
from memory_road.facts.date_words import read_date, say_date
from memory_road.facts.document import Typed
from memory_road.facts.fields import FIELD, Kind


def retell_date(text: str, told_in: str, language: str) -> str:
    """A date that was typed in ``told_in``, in the words of ``language``; one that is not understood stays as it is."""
    if told_in == language or not text.strip():
        return text
    try:
        return say_date(read_date(text, told_in), language)
    except DateNotUnderstood:
        return text


def retell(typed: Typed, told_in: str, language: str) -> Typed:
    """Everything that was typed in ``told_in``, for a form in ``language``."""
    if told_in == language:
        return typed
    return {name: _retold(name, value, told_in, language) for name, value in typed.items()}


def _retold(
    name: str, value: str | list[str] | list[dict[str, str]], told_in: str, language: str
) -> str | list[str] | list[dict[str, str]]:
    fact = FIELD.get(name)
    if fact is None:
        return value
    if fact.kind is Kind.DATE and isinstance(value, str):
        return retell_date(value, told_in, language)
    dates = {part.name for part in fact.parts if part.kind is Kind.DATE}
    if not dates or isinstance(value, str):
        return value
    return [
        {part: retell_date(text, told_in, language) if part in dates else text for part, text in row.items()}
        for row in value
        if isinstance(row, dict)
    ]
