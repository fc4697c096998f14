"""Fields of floating-point numbers, one for each pixel, on Pillow alone: enough arithmetic to model a face as a relief
and to light it."""

from collections.abc import Callable, Sequence
from typing import Any, Self

from PIL import Image, ImageMath


class Relief:
    """A picture of mode "F" with the arithmetic of numbers. Operands are reliefs of the same size, or numbers."""

    __slots__ = ("image",)

    def __init__(self, image: Image.Image) -> None:
        self.image = image

    @classmethod
    def across(cls, values: Sequence[float], height: int) -> Self:
        """A relief whose every row is ``values``."""
        return cls(_strip((len(values), 1), values).resize((len(values), height), Image.Resampling.NEAREST))

    @classmethod
    def down(cls, values: Sequence[float], width: int) -> Self:
        """A relief whose every column is ``values``."""
        return cls(_strip((1, len(values)), values).resize((width, len(values)), Image.Resampling.NEAREST))

    def __add__(self, other: "Relief | float") -> "Relief":
        return self._with(other, lambda a, b: a + b) if isinstance(other, Relief) else self.linear(1, other)

    def __sub__(self, other: "Relief | float") -> "Relief":
        return self._with(other, lambda a, b: a - b) if isinstance(other, Relief) else self.linear(1, -other)

    def __mul__(self, other: "Relief | float") -> "Relief":
        return self._with(other, lambda a, b: a * b) if isinstance(other, Relief) else self.linear(other, 0)

    def __truediv__(self, other: "Relief") -> "Relief":
        return self._with(other, lambda a, b: a / b)

    def __pow__(self, exponent: float) -> "Relief":
        return Relief(ImageMath.lambda_eval(lambda given: given["a"] ** exponent, a=self.image))

    def __abs__(self) -> "Relief":
        return Relief(ImageMath.lambda_eval(lambda given: abs(given["a"]), a=self.image))

    def linear(self, factor: float, term: float) -> "Relief":
        """``self * factor + term`` in one pass."""
        return Relief(self.image.point(lambda value: value * factor + term))

    def at_least(self, least: float) -> "Relief":
        return Relief(ImageMath.lambda_eval(lambda given: given["max"](given["a"], least), a=self.image))

    def at_most(self, most: float) -> "Relief":
        return Relief(ImageMath.lambda_eval(lambda given: given["min"](given["a"], most), a=self.image))

    def within(self) -> "Relief":
        """The values limited to 0…1."""
        return self.at_least(0).at_most(1)

    def bell(self) -> "Relief":
        """Nearly exp(-x), for values from 0: 1 at 0, falling smoothly to nothing at 8."""
        fall = self.linear(-0.125, 1).at_least(0)
        for _ in range(3):
            fall = fall * fall
        return fall

    def slope(self, right: int, below: int) -> "Relief":
        """Half the difference between the neighbours in one direction: the derivative for each pixel."""
        return (self._moved(right, below) - self._moved(-right, -below)) * 0.5

    def softened(self, factor: int) -> "Relief":
        """Blurred over about ``factor`` pixels."""
        width, height = self.image.size
        small = self.image.resize((max(2, width // factor), max(2, height // factor)), Image.Resampling.BOX)
        return Relief(small.resize((width, height), Image.Resampling.BICUBIC))

    def picture(self) -> Image.Image:
        """The field as a grey picture, 0 black and 255 white."""
        return self.linear(1, 0.5).at_least(0).at_most(255).image.convert("L")

    def _with(self, other: "Relief", operation: Callable[[Any, Any], Any]) -> "Relief":
        return Relief(
            ImageMath.lambda_eval(lambda given: operation(given["a"], given["b"]), a=self.image, b=other.image)
        )

    def _moved(self, right: int, below: int) -> "Relief":
        return Relief(self.image.transform(self.image.size, Image.Transform.AFFINE, (1, 0, right, 0, 1, below)))


def _strip(size: tuple[int, int], values: Sequence[float]) -> Image.Image:
    strip = Image.new("F", size)
    strip.putdata(list(values))
    return strip


def through(knots: Sequence[tuple[float, float]], at: float) -> float:
    """The smooth curve (Hermite, with the slopes of Catmull and Rom) through ``knots`` (position, value; in order of
    position) at one position; beyond the ends it stays level."""
    if at <= knots[0][0]:
        return knots[0][1]
    for index in range(1, len(knots)):
        (left, low), (right, high) = knots[index - 1], knots[index]
        if at <= right:
            span = right - left
            part = (at - left) / span
            start, end = _slope_at(knots, index - 1) * span, _slope_at(knots, index) * span
            square, cube = part * part, part * part * part
            return (
                (2 * cube - 3 * square + 1) * low
                + (cube - 2 * square + part) * start
                + (3 * square - 2 * cube) * high
                + (cube - square) * end
            )
    return knots[-1][1]


def _slope_at(knots: Sequence[tuple[float, float]], index: int) -> float:
    (before, low), (after, high) = knots[max(index - 1, 0)], knots[min(index + 1, len(knots) - 1)]
    return (high - low) / (after - before)
