"""A sentence for everything that can be the matter with a point on the map."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from memory_road.facts.problem import ProblemCode, WarningCode

POINT_PROBLEMS: dict[StrEnum, object] = {
    ProblemCode.POINT_NOT_UNDERSTOOD: _l(
        "We did not understand these coordinates. Write two numbers like “55.7558, 37.6173”, first how far north the "
        "place is, then how far east."
    ),
    ProblemCode.POINT_OUT_OF_RANGE: _l(
        "There is no such place on Earth: the first number is 90 at most, the second 180. Please check both."
    ),
    ProblemCode.POINT_NOWHERE: _l(
        "At 0, 0 there is nothing but sea. Please copy the numbers once more, or leave this empty."
    ),
    ProblemCode.POINT_NOT_IN_LINK: _l(
        "This address holds no coordinates, as all short ones. Open it, and copy the two numbers that the map shows."
    ),
}

POINT_WARNINGS: dict[WarningCode, object] = {
    WarningCode.POINT_OUTSIDE_COUNTRY: _l(
        "The coordinates of the place of birth lie outside the country that is named. Perhaps the two numbers are in "
        "the wrong order."
    ),
    WarningCode.POINT_OF_LIVING: _l(
        "Coordinates are published only if the answer says that the person is not living. Here they are left out."
    ),
}
