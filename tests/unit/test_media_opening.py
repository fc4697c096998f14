"""What a decoder says is told apart: the file is broken, or the memory did not suffice."""

import pytest
from PIL.ImageFile import ImageFile

from memory_road.media.opening import decode
from memory_road.media.protocol import Request
from memory_road.media.refusal import PictureRefused, RefusalCode


class Failing(ImageFile):
    """A picture of one megapixel of which a decoder says what it will."""

    def __init__(self, says: Exception) -> None:  # pyright: ignore[reportMissingSuperCall]
        self._size = (1000, 1000)
        self.says = says

    def _open(self) -> None:
        """The header is never read."""

    def load(self) -> None:
        raise self.says


def request(memory_bytes: int) -> Request:
    return {
        "operation": "inspect",
        "format": "tiff",
        "source": "",
        "output": "",
        "pixels": 60_000_000,
        "memory_bytes": memory_bytes,
        "output_bytes": 0,
        "seconds": 1,
    }


@pytest.mark.parametrize(
    ("says", "memory_bytes", "why"),
    [
        (OSError("decoder error -9"), 800_000_000, "libtiff says so itself"),
        (RuntimeError("Memory allocation error: Unspecified"), 800_000_000, "so does libheif"),
        (OSError("broken data stream when reading image file"), 11_000_000, "so many pixels might fill the memory"),
    ],
)
def test_memory_did_not_suffice(says: Exception, memory_bytes: int, why: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        decode(Failing(says), request(memory_bytes), (480, 480))
    assert (refused.value.code, refused.value.values) == (RefusalCode.TOO_DEMANDING, {"format": "tiff"}), why


def test_otherwise_the_file_is_broken() -> None:
    with pytest.raises(OSError, match="broken data stream"):
        decode(Failing(OSError("broken data stream when reading image file")), request(13_000_000), (480, 480))
