"""Areas of a picture as forms send them."""

import re
from collections.abc import Mapping

from memory_road.contributions.move import RefusalCode, Refused

SIDES = ("left", "top", "width", "height")
_PERCENT = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,9})?")
_KEY = re.compile(r"[0-9]{1,5}(?:,[0-9]{1,5}){3}")


def typed_area(form: Mapping[str, str]) -> list[int]:
    """The four numbers that were typed, in percent, as ten-thousandths. Raises ``Refused``."""
    typed = [form.get(side, "").strip().removesuffix("%").strip() for side in SIDES]
    if not all(typed):
        raise Refused(RefusalCode.AREA_MISSING)
    if not all(_PERCENT.fullmatch(number) for number in typed):
        raise Refused(RefusalCode.AREA_OUTSIDE)
    return [round(float(number.replace(",", ".")) * 100) for number in typed]


def named_area(key: str) -> list[int]:
    """The area that a button of a form names; none where it names none."""
    return [int(part) for part in key.split(",")] if _KEY.fullmatch(key) else []
