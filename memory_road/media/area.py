"""A rectangle in a picture, in ten-thousandths of its upright width and height: it stays right at every size."""

from collections.abc import Sequence
from typing import NamedTuple, Self

WHOLE = 10_000


class Area(NamedTuple):
    """``left`` and ``top`` are measured from the upper left corner; all four are whole ten-thousandths."""

    left: int
    top: int
    width: int
    height: int

    @classmethod
    def of(cls, numbers: Sequence[object]) -> Self | None:
        """Read an area from four numbers as they may have been typed or kept; None unless it lies in the picture."""
        if len(numbers) != len(cls._fields) or not all(isinstance(number, int) for number in numbers):
            return None
        area = cls(*(int(str(number)) for number in numbers))
        inside = min(area.left, area.top) >= 0 and min(area.width, area.height) > 0
        inside = inside and area.left + area.width <= WHOLE and area.top + area.height <= WHOLE
        return area if inside else None

    @classmethod
    def around(cls, box: tuple[int, int, int, int], width: int, height: int) -> Self:
        """The area of a box (left, upper, right and lower edge in pixels) of a picture of this size."""
        left, top, right, bottom = box
        across, down = WHOLE * left // width, WHOLE * top // height
        return cls(across, down, max(1, WHOLE * right // width - across), max(1, WHOLE * bottom // height - down))

    def box(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, upper, right and lower edge in pixels of a picture of this size, rounded outwards: what is to be hidden
        is hidden to its last pixel."""
        return (
            self.left * width // WHOLE,
            self.top * height // WHOLE,
            -(-(self.left + self.width) * width // WHOLE),
            -(-(self.top + self.height) * height // WHOLE),
        )
