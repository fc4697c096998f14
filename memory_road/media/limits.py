"""How much a single picture may ask of the machine."""

from dataclasses import dataclass

from memory_road.media.formats import PictureFormat


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings for one picture; every function of this package takes them as an argument.

    ``bytes`` and ``pixels`` are those of the file as sent. ``memory_bytes`` is the address space of the decoding child
    (RLIMIT_AS), libraries included. ``seconds`` is its wall clock and, rounded up, its CPU time for a first look;
    ``derive`` takes several times as long. ``output_bytes`` bounds each file that it writes. At most ``at_once``
    children of this process decode at a time; the next one waits for up to ``queue_seconds``. Only ``formats`` are
    taken: an operator can leave one out whose decoder has a known hole.
    """

    bytes: int = 200 * 1024 * 1024
    pixels: int = 150_000_000
    memory_bytes: int = 800_000_000
    seconds: float = 20.0
    output_bytes: int = 256 * 1024 * 1024
    at_once: int = 2
    queue_seconds: float = 60.0
    formats: frozenset[PictureFormat] = frozenset(PictureFormat)
