"""A portrait's crop is proposed by the face in it, where the optional extra is installed."""

from pathlib import Path

import pytest
from PIL import Image

from memory_road.media import proposal
from memory_road.media.area import Area
from memory_road.media.frame import is_card
from memory_road.media.limits import Limits
from memory_road.media.verify import verify

LIMITS = Limits()
PORTRAITS = Path(__file__).parents[2] / "../shared/data/photos/portraits"
needs_faces = pytest.mark.skipif(not proposal.INSTALLED, reason="needs the extra “faces”")
needs_portraits = pytest.mark.skipif(not PORTRAITS.is_dir(), reason="needs ../shared/data beside the checkout")
FOUND_AT_LEAST = 7
"""Of ten portraits. The others, in profile, are cropped as any picture is."""


@needs_faces
@needs_portraits
def test_most_portraits_are_cropped_around_the_face(tmp_path: Path) -> None:
    found = 0
    for source in sorted(PORTRAITS.glob("*.png"))[::5]:
        verified = verify(source, LIMITS, tmp_path / "preview.webp")
        crop = verified.face
        if crop is None:
            continue
        found += 1
        assert Area.of(crop) == crop
        assert is_card(crop, verified.width, verified.height)
        # In these pictures the face is in the middle.
        assert crop.left < 5000 < crop.left + crop.width
        assert crop.top < 5000 < crop.top + crop.height
    assert found >= FOUND_AT_LEAST


@needs_faces
@needs_portraits
def test_a_face_is_found_where_it_is(tmp_path: Path) -> None:
    """Also a small one at the edge of a wide picture; the crop follows it."""
    with Image.open(sorted(PORTRAITS.glob("*.png"))[36]) as portrait:
        face = portrait.convert("RGB").resize((300, 400))
    for left, side in ((0, range(3000)), (900, range(4000, 10_000))):
        wide = Image.new("RGB", (1200, 600), (120, 118, 110))
        wide.paste(face, (left, 100))
        wide.save(tmp_path / "sent.png")
        crop = verify(tmp_path / "sent.png", LIMITS, tmp_path / "preview.webp").face
        assert crop is not None
        assert crop.left + crop.width // 2 in side
        assert crop.width < 5000


@needs_faces
def test_where_no_face_is_nothing_is_proposed(tmp_path: Path) -> None:
    Image.radial_gradient("L").resize((600, 800)).save(tmp_path / "sent.png")
    assert verify(tmp_path / "sent.png", LIMITS, tmp_path / "preview.webp").face is None


def test_without_the_extra_nothing_is_proposed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposal, "INSTALLED", False)
    Image.new("RGB", (600, 800)).save(tmp_path / "sent.png")
    assert verify(tmp_path / "sent.png", LIMITS, tmp_path / "preview.webp").face is None
    assert proposal.propose(tmp_path / "nothing.webp", LIMITS, 600, 800) is None, "and nothing is asked"


@needs_faces
def test_whatever_becomes_of_the_search_the_picture_is_taken(tmp_path: Path) -> None:
    Image.new("RGB", (60, 80)).save(tmp_path / "sent.png")
    assert proposal.propose(tmp_path / "nothing.webp", LIMITS, 60, 80) is None
    (tmp_path / "broken.webp").write_bytes(b"RIFF0000WEBPVP8 ")
    assert proposal.propose(tmp_path / "broken.webp", LIMITS, 60, 80) is None
    too_little = Limits(memory_bytes=120_000_000)
    verify(tmp_path / "sent.png", LIMITS, tmp_path / "preview.webp")
    assert proposal.propose(tmp_path / "preview.webp", too_little, 60, 80) is None
