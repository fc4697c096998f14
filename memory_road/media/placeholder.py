"""The colour that stands where a picture is still on its way, found in the decoding child."""

from collections import defaultdict

from PIL.Image import Image, Resampling

_SIDE = 32
_SHADES = 32
"""Values of each of red, green and blue that count as one: eight bins each."""

Colour = tuple[int, int, int]


def dominant_colour(pixels: Image) -> str:
    """The mean of the fullest bin of colours of an RGB picture, as RRGGBB in upper-case hexadecimal digits."""
    small = pixels.resize((_SIDE, _SIDE), Resampling.BOX, reducing_gap=2.0).tobytes()
    bins: dict[Colour, list[Colour]] = defaultdict(list)
    for red, green, blue in zip(small[::3], small[1::3], small[2::3], strict=True):
        bins[red // _SHADES, green // _SHADES, blue // _SHADES].append((red, green, blue))
    fullest = max(bins.values(), key=len)
    return "".join(f"{round(sum(values) / len(fullest)):02X}" for values in zip(*fullest, strict=True))
