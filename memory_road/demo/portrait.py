"""Portraits of people who never were, drawn as a studio of about 1940 would have taken them. No real person is
imitated: every measure of a face comes from the seed."""

from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final

from PIL import Image, ImageChops, ImageFilter, ImageOps

from memory_road.demo import portrait_caps as caps
from memory_road.demo import portrait_headwear as headwear
from memory_road.demo.portrait_canvas import (
    HEIGHT,
    SIZE,
    WIDTH,
    Point,
    Pose,
    darken,
    direction,
    mask,
    rounded,
    smooth,
    spot,
)
from memory_road.demo.portrait_clothing import draw_clothing, draw_neck
from memory_road.demo.portrait_face import draw_face
from memory_road.demo.portrait_features import features_of
from memory_road.demo.portrait_hair import braids_down, lay, man_hair, woman_hair, woman_hair_behind
from memory_road.demo.portrait_print import clouds, print_of

PORTRAIT_SIZE: Final = (960, 1200)


class Age(StrEnum):
    YOUNG = "young"
    MIDDLE = "middle"
    OLD = "old"


class Headwear(StrEnum):
    NONE = "none"
    SIDE_CAP = "side_cap"
    PEAKED_CAP = "peaked_cap"
    FUR_HAT = "fur_hat"
    FLAT_CAP = "flat_cap"
    BERET = "beret"
    HEADSCARF = "headscarf"
    NURSE_KERCHIEF = "nurse_kerchief"
    SKULL_CAP = "skull_cap"


class Hair(StrEnum):
    """How the hair is worn: the first four by men, the others by women."""

    PARTED = "parted"
    BACK = "back"
    CROPPED = "cropped"
    THIN = "thin"
    BOB = "bob"
    BUN = "bun"
    BRAIDS = "braids"
    CROWN = "crown"


class Clothing(StrEnum):
    TUNIC = "tunic"
    COAT = "coat"
    DRESS = "dress"
    JACKET = "jacket"
    EMBROIDERED = "embroidered"
    SUIT = "suit"
    GOWN = "gown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a sitter is seen. ``hair_tone`` is black 0 … white 1."""

    female: bool
    age: Age
    clothing: Clothing
    hair: Hair
    headwear: Headwear = Headwear.NONE
    hair_tone: float = 0.3
    moustache: bool = False
    glasses: bool = False


WEAR: Final = {Age.YOUNG: 0.05, Age.MIDDLE: 0.45, Age.OLD: 1.0}
UNDER_A_HAT: Final = frozenset({Headwear.HEADSCARF, Headwear.NURSE_KERCHIEF})


def draw_portrait(seed: str, look: Look) -> Image.Image:
    """An aged bust portrait, RGB, 960 by 1200 pixels, the same for the same seed and look on one Pillow version."""
    random = Random(f"portrait {seed}")
    side = random.choice((-1, 1))
    light = direction(random.uniform(38, 58)) if side > 0 else direction(random.uniform(122, 142))
    pose = Pose(
        x=WIDTH / 2 + random.uniform(-8, 8),
        y=HEIGHT * 0.42 + random.uniform(-8, 8),
        turn=random.choice((-1, 1)) * random.uniform(0.1, 0.62),
        tilt=random.gauss(0, 2.2),
    )
    plate = _background(light, random)
    features = features_of(random, WEAR[look.age], 1.0 if look.female else 0.0)
    hair_tone = round(34 + 150 * look.hair_tone)
    skin = round(150 * features.skin)
    worn_behind = look.hair.value if look.female and look.headwear not in UNDER_A_HAT else ""
    woman_hair_behind(plate, pose, hair_tone, light, random, worn_behind)
    draw_neck(plate, pose, skin, light, features.soft, features.length)
    draw_clothing(plate, pose, look.clothing.value, light, random, features.soft)
    if worn_behind == Hair.BRAIDS:
        braids_down(plate, pose, hair_tone, light)
    head, cover = plate.copy(), Image.new("L", SIZE)
    _ears(head, cover, pose, skin, light, look)
    face, shape = draw_face(features, pose, light, random)
    lay(head, shape, face, cover)
    if worn_behind:
        woman_hair(head, cover, pose, hair_tone, light, random, look.hair.value)
    if not look.female:
        man_hair(head, cover, pose, hair_tone, light, random, look.hair.value)
    if look.moustache:
        headwear.moustache(head, pose, hair_tone, random, features.nose_length)
    if look.glasses:
        headwear.glasses(head, pose, light, features.eye_gap)
    _put_on(head, cover, pose, light, random, look.headwear)
    neck = pose.at(0, 1.2)
    head = head.rotate(pose.tilt, Image.Resampling.BICUBIC, center=neck)
    cover = cover.rotate(pose.tilt, Image.Resampling.BICUBIC, center=neck)
    plate.paste(head, (0, 0), cover)
    plate = plate.filter(ImageFilter.GaussianBlur(random.uniform(0.5, 1.0)))
    plate = ImageOps.autocontrast(plate, cutoff=(0.4, 0.2))
    return print_of(plate, PORTRAIT_SIZE, random, wear=random.uniform(0.2, 0.9))


def _background(light: Point, random: Random) -> Image.Image:
    """A studio's painted cloth: lighter behind the shadowed side, so that the figure stands off."""
    tone = random.randint(96, 168)
    plate = Image.new("L", SIZE, tone)
    glow = spot((WIDTH / 2 - light[0] * 110, HEIGHT * 0.42), 190, 230, 90)
    plate = ImageChops.screen(plate, glow.point(lambda value: value * 0.22))
    plate = ImageChops.add(plate, clouds(SIZE, 6, random).point(lambda value: 128 + (value - 128) * 0.12), 1, -128)
    return plate


def _ears(head: Image.Image, cover: Image.Image, pose: Pose, skin: int, light: Point, look: Look) -> None:
    if look.female or look.headwear in UNDER_A_HAT:
        return
    for s in (-1, 1):
        hidden = 1 + 0.06 * s * pose.turn
        outline = [
            (s * 0.92, -0.14),
            (s * 1.06 / hidden, -0.2),
            (s * 1.15 / hidden, -0.05),
            (s * 1.11 / hidden, 0.25),
            (s * 1.02, 0.46),
            (s * 0.9, 0.42),
        ]
        shape = mask(smooth(pose.all(outline)), 1.5)
        lay(head, shape, rounded(shape, round(skin * (0.92 if s * light[0] > 0 else 0.62)), 12, 0.6, light), cover)
        darken(head, spot(pose.at(s * 1.04, 0.08), 5, 13, 3), 0.38)


def _put_on(head: Image.Image, cover: Image.Image, pose: Pose, light: Point, random: Random, worn: Headwear) -> None:
    match worn:
        case Headwear.NONE:
            pass
        case Headwear.SIDE_CAP:
            caps.side_cap(head, cover, pose, light, random)
        case Headwear.PEAKED_CAP:
            caps.peaked_cap(head, cover, pose, light, random)
        case Headwear.FUR_HAT:
            caps.fur_hat(head, cover, pose, light, random)
        case Headwear.FLAT_CAP:
            caps.flat_cap(head, cover, pose, light, random)
        case Headwear.BERET:
            caps.beret(head, cover, pose, light, random)
        case Headwear.HEADSCARF:
            headwear.headscarf(head, cover, pose, light, random)
        case Headwear.NURSE_KERCHIEF:
            headwear.nurse_kerchief(head, cover, pose, light, random)
        case Headwear.SKULL_CAP:
            caps.skull_cap(head, cover, pose, light, random)
