"""The colour that a picture shows until it is loaded, as a class: a page may hold no style of its own."""

from functools import lru_cache

LEVELS = 5
"""Of red, green and blue; the classes are written by ``tones`` of ``hatch_build.py``."""


@lru_cache(1 << 12)
def tone(colour: str) -> str:
    """The class of the tone that is nearest to ``colour`` (RRGGBB); empty where none is known."""
    if not colour:
        return ""
    channels = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return "tone-" + "".join(str(round(value * (LEVELS - 1) / 255)) for value in channels)
