"""Why a date was refused: a code and values, from which the web edge makes a sentence."""

from collections.abc import Mapping
from enum import StrEnum


class DateRefusal(StrEnum):
    """The reasons for which a date is not accepted, each with the values that its sentence needs.

    Every refusal that comes from a person's words also carries ``text``, the words as they were typed.
    """

    EMPTY = "empty"
    NOT_UNDERSTOOD = "not_understood"
    IMPOSSIBLE_DAY = "impossible_day"
    """No calendar holds it: 30 February, month 13. Values: ``year``, ``month``, ``day``."""
    AMBIGUOUS = "ambiguous"
    """Two readings are equally likely. Values: ``first`` and ``second``, both EDTF."""
    SHORT_YEAR = "short_year"
    """A year in two digits, whose century a memorial must not guess."""
    NO_YEAR = "no_year"
    """A day, month or season without its year."""
    YEAR_OUT_OF_RANGE = "year_out_of_range"
    """Values: ``year``, and ``first`` and ``last``, the years that are accepted."""
    REVERSED = "reversed"
    """The end lies before the beginning. Values: ``first`` and ``last``, both EDTF."""


class DateNotUnderstood(Exception):
    """A date that is refused: ``code`` says why, ``values`` hold what its sentence names."""

    def __init__(self, code: DateRefusal, values: Mapping[str, str] | None = None) -> None:
        self.code = code
        self.values: Mapping[str, str] = dict(values or {})
        super().__init__(code.value, self.values)
