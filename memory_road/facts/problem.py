"""What can be wrong with facts, as codes and values. The edge has a sentence for every code."""

import dataclasses
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

NOTHING: Mapping[str, str | int] = MappingProxyType({})


class ProblemCode(StrEnum):
    MISSING = "missing"
    NONE_CHOSEN = "none_chosen"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    NOT_IN_LIST = "not_in_list"
    UNREADABLE_TEXT = "unreadable_text"
    DATE_NOT_UNDERSTOOD = "date_not_understood"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_AMBIGUOUS = "date_ambiguous"
    DATE_SHORT_YEAR = "date_short_year"
    DATE_NO_YEAR = "date_no_year"
    DATE_YEAR_OUT_OF_RANGE = "date_year_out_of_range"
    DATE_REVERSED = "date_reversed"
    DATE_IN_FUTURE = "date_in_future"
    ADDRESS_NOT_UNDERSTOOD = "address_not_understood"
    POINT_NOT_UNDERSTOOD = "point_not_understood"
    POINT_OUT_OF_RANGE = "point_out_of_range"
    POINT_NOWHERE = "point_nowhere"
    POINT_NOT_IN_LINK = "point_not_in_link"
    DEATH_BEFORE_BIRTH = "death_before_birth"
    SERVICE_BEFORE_BIRTH = "service_before_birth"
    SERVICE_AFTER_DEATH = "service_after_death"
    SERVICE_ENDS_BEFORE_START = "service_ends_before_start"
    DEATH_OF_LIVING = "death_of_living"


class WarningCode(StrEnum):
    """What a moderator should look at; never a reason to send a family away, since the rule can be wrong."""

    VERY_YOUNG = "very_young"
    VERY_OLD = "very_old"
    LIVED_LONG = "lived_long"
    FATE_AND_DEATH = "fate_and_death"
    POINT_OUTSIDE_COUNTRY = "point_outside_country"
    POINT_OF_LIVING = "point_of_living"


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: the field's name (``awards-0-date`` for a part of the first award), a code, and values for
    the sentence."""

    field: str
    code: StrEnum
    values: Mapping[str, str | int] = dataclasses.field(default_factory=lambda: NOTHING)


@dataclasses.dataclass(frozen=True, slots=True)
class PlausibilityWarning:
    field: str
    code: WarningCode
    values: Mapping[str, str | int] = dataclasses.field(default_factory=lambda: NOTHING)
