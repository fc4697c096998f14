"""The face: a relief of forehead, eyes, nose, mouth and chin, lit from one side, as a lens a little out of focus sees
it."""

import math
from random import Random

from PIL import Image

from memory_road.demo.portrait_canvas import SIZE, UNIT, Point, Pose, mask
from memory_road.demo.portrait_features import MOUTH_BELOW_NOSE, Features, half_breadths, outline_of
from memory_road.demo.portrait_relief import Relief, through

BOX = (-1.35, -1.75, 1.35, 1.75)
"""The part of the plate that is modelled, in face units."""


class _Sitting:
    """The coordinates of the modelled part: ``u`` and ``v`` in face units, with the turn of the head taken out."""

    def __init__(self, features: Features, pose: Pose) -> None:
        left, top = (round(value) for value in pose.at(BOX[0], BOX[1]))
        right, bottom = (round(value) for value in pose.at(BOX[2], BOX[3]))
        self.corner = (left, top)
        self.width, self.height = right - left, bottom - top
        outline = outline_of(features)
        rows = [(top + row - pose.y) / UNIT for row in range(self.height)]
        self.rows = rows
        self.breadth = self.per_row(half_breadths(outline, rows))
        across = Relief.across([(left + column - pose.x) / UNIT for column in range(self.width)], self.height)
        share = (across / self.breadth).at_least(-1.2).at_most(1.2)
        self.edge = abs(share)
        self.turned = share - (share * share).linear(-1, 1).at_least(0) * (pose.turn * 0.5)
        self.u = self.turned * self.breadth
        self.v = self.per_row(rows)
        self.turn = pose.turn

    def per_row(self, values: list[float]) -> Relief:
        return Relief.down(values, self.width)

    def profile(self, *knots: tuple[float, float]) -> Relief:
        return self.per_row([through(knots, row) for row in self.rows])

    def blob(self, x: float, y: float, across: float, down: float) -> Relief:
        """A soft hill at one place."""
        u, v = self.u.linear(1 / across, -x / across), self.v.linear(1 / down, -y / down)
        return (u * u + v * v).bell()

    def pair(self, x: float, y: float, across: float, down: float) -> Relief:
        """A soft hill on either side."""
        u, v = abs(self.u).linear(1 / across, -x / across), self.v.linear(1 / down, -y / down)
        return (u * u + v * v).bell()

    def line(self, curve: Relief, breadth: float) -> Relief:
        """A soft line along v = curve."""
        away = (self.v - curve) * (1 / breadth)
        return (away * away).bell()

    def span(self, distance: Relief, reach: float, fade: float) -> Relief:
        """1 where ``distance`` is within ``reach``, 0 beyond ``reach + fade``."""
        return (abs(distance) - reach).linear(-1 / fade, 1).within()


def draw_face(features: Features, pose: Pose, light: Point, random: Random) -> tuple[Image.Image, Image.Image]:
    """The face's tones and its mask, each the size of the plate."""
    sitting = _Sitting(features, pose)
    tones = _lit(_relief(features, sitting), light) * _albedo(features, sitting, light, random)
    plate = Image.new("L", SIZE)
    plate.paste((tones * 255).picture(), sitting.corner)
    return plate, mask(pose.all(outline_of(features)), 1.6)


def _relief(f: Features, at: _Sitting) -> Relief:
    base = at.profile(
        (-1.75, -0.95),
        (-1.45, -0.55),
        (-1.1, -0.17),
        (-0.75, 0.0),
        (-0.35, 0.06),
        (0.05, 0.055),
        (0.5, 0.06),
        (0.9, 0.07),
        (f.length - 0.22, 0.03),
        (f.length, -0.13),
        (1.75, -0.45),
    )
    round_off = at.edge * at.edge
    cross = (round_off * at.edge.linear(0.7, 0.3)).linear(-1, 1).at_least(0.02) ** 0.5
    z = base + cross * 0.72
    nose_row = [
        through(
            (
                (-0.22, 0.0),
                (-0.02, 0.05),
                (0.2, 0.55),
                (0.42, 0.9),
                (f.nose_length - 0.1, 1.0),
                (f.nose_length + 0.01, 0.6),
                (f.nose_length + 0.13, 0.0),
            ),
            row,
        )
        * f.nose_height
        for row in at.rows
    ]
    lean = at.u - at.per_row([value * at.turn * 0.55 for value in nose_row])
    nose_width = at.profile(
        (-0.2, 0.20), (0.15, 0.17), (f.nose_length - 0.12, f.nose_width * 1.1), (f.nose_length, f.nose_width * 1.2)
    )
    nose = lean / nose_width
    z = z + (nose * nose).bell() * at.per_row(nose_row)
    z = z + at.pair(f.nose_width * 1.0, f.nose_length - 0.07, 0.08, 0.085) * 0.08
    z = z - at.pair(f.eye_gap - 0.05, -0.05, 0.24, 0.15) * (0.15 - 0.03 * f.soft)
    z = z + at.pair(f.eye_gap, 0.01, 0.17, 0.11) * 0.075
    z = z + at.pair(f.eye_gap + 0.03, -f.brow_height, 0.30, 0.10) * (0.055 - 0.035 * f.soft)
    z = z + at.pair(0.58, 0.36, 0.22, 0.20) * (0.05 + 0.025 * f.wear)
    z = z - at.pair(0.56, 0.85, 0.16, 0.22) * (0.03 + 0.04 * f.wear)
    z = z + at.blob(0, 0.92, 0.36, 0.20) * 0.07
    mouth = f.nose_length + MOUTH_BELOW_NOSE
    z = z + at.blob(0, mouth - 0.05, f.mouth_width * 0.62, f.lip_fullness * 0.8) * 0.035
    z = z + at.blob(0, mouth + 0.075, f.mouth_width * 0.58, f.lip_fullness * 0.9) * 0.045
    z = z - at.blob(0, mouth + 0.19, 0.22, 0.06) * 0.05
    z = z + at.blob(0, f.length - 0.19, f.chin * 0.62, 0.13) * 0.06
    z = z - at.blob(0, f.nose_length + 0.14, 0.045, 0.08) * 0.015
    return z.softened(3)


def _lit(z: Relief, light: Point) -> Relief:
    """Lambert's law for a window at one side and the weak answer of a white wall at the other, with the hollows a
    little darker, as they are."""
    hollow = (z - z.softened(18)).linear(1.3, 1.0).at_least(0.6).at_most(1.1)
    right, below = z.slope(1, 0) * UNIT, z.slope(0, 1) * UNIT
    length = (right * right + below * below).linear(1, 1) ** 0.5
    window = ((right * -light[0] + below * -light[1]) * 0.56).linear(1, 0.80) / length
    wall = (right * light[0]).linear(0.6, 0.6) / length
    lit = window.at_least(0) * 0.80 + wall.at_least(0) * 0.22
    return lit.linear(1.02, 0.08) * hollow


def _albedo(f: Features, at: _Sitting, light: Point, random: Random) -> Relief:
    """What is darker of itself: brows, lashes, pupils, lips, nostrils, lines of age."""
    side = -1.0 if light[0] > 0 else 1.0
    u, v = at.u, at.v
    away = abs(u) - f.eye_gap  # towards the temples it grows
    shade = v.linear(0, f.skin)
    # brows
    arch = (away.linear(1, -0.03) * away.linear(1, -0.03)) * (f.brow_arch * 4)
    brow = at.line(arch.linear(1, -f.brow_height - 0.02) - away * 0.05, f.brow_weight) * at.span(
        away.linear(1, 0.0), 0.17, 0.13
    )
    shade = shade * brow.linear(-0.55 + 0.22 * f.soft, 1)
    # the opening between the lids
    slant = away * -f.eye_slant
    lens = away * (1 / 0.215)
    lens = (lens * lens).linear(-1, 1).at_least(0)
    middle = v - slant
    opening = ((lens * f.eye_height) - abs(middle)).linear(45, 0.5).within() * lens.linear(12, 0).within()
    iris_u, iris_v = away.linear(1 / 0.092, 0), middle.linear(1 / 0.092, 0.022 / 0.092)
    iris = (iris_u * iris_u + iris_v * iris_v).linear(-3.2, 3.7).within()
    white = opening * iris.linear(-1, 1)
    under_lid = at.line(slant - lens * (f.eye_height * 0.75), 0.05) * opening
    spark_u, spark_v = _from_spark(at, f, light)
    spark = (spark_u * spark_u + spark_v * spark_v).bell() * opening
    shade = (
        shade
        * (opening * iris).linear(-0.76, 1)
        * spark.linear(1.1, 1)
        * white.linear(-0.12, 1)
        * under_lid.linear(-0.35, 1)
    )
    lid = at.line(slant - lens * f.eye_height, 0.024) * lens.linear(3, 0).within()
    lower = at.line(slant + lens * f.eye_height, 0.02) * lens.linear(2, 0).within()
    crease = at.line(slant - lens.linear(f.eye_height * 0.9, 0.085), 0.026) * at.span(away, 0.15, 0.1)
    shade = shade * lid.linear(-0.66, 1) * lower.linear(-0.22, 1) * crease.linear(-0.26, 1)
    shade = shade * at.pair(f.eye_gap - 0.2, -0.02, 0.09, 0.1).linear(-0.16, 1)
    shade = shade * at.pair(f.eye_gap, 0.17, 0.2, 0.045).linear(-0.07 - 0.14 * f.wear, 1)
    # nose: nostrils, the shadow that it throws
    foot = f.nose_length
    lean = at.turn * 0.12
    shade = (
        shade
        * at.blob(lean - 0.09, foot + 0.005, 0.045, 0.024).linear(-0.42, 1)
        * at.blob(lean + 0.09, foot + 0.005, 0.045, 0.024).linear(-0.42, 1)
    )
    shade = shade * at.blob(lean, foot + 0.06, 0.16, 0.05).linear(-0.14, 1)
    shade = shade * at.blob(lean + side * 0.22, foot - 0.10, 0.11, 0.2).linear(-0.13, 1)
    # mouth
    mouth = foot + MOUTH_BELOW_NOSE
    bend = (u * u).linear(-f.mouth_curve * 7, mouth + f.mouth_curve)
    reach = at.span(u, f.mouth_width * 0.72, f.mouth_width * 0.4)
    line = at.line(bend, 0.02) * reach
    bow = at.line(bend - at.span(u, 0.02, f.mouth_width) * (f.lip_fullness * 0.75), f.lip_fullness * 0.62) * reach
    under = (
        at.line(bend + at.span(u, 0.04, f.mouth_width * 0.9) * (f.lip_fullness * 0.85), f.lip_fullness * 0.7) * reach
    )
    red = 0.27 + 0.10 * f.soft
    shade = shade * line.linear(-0.6, 1) * bow.linear(-red, 1) * under.linear(-red * 0.45, 1)
    shade = shade * at.pair(f.mouth_width, mouth + 0.005, 0.05, 0.05).linear(-0.2, 1)
    # the underside of the chin, which no window reaches
    shade = shade * at.v.linear(1 / 0.13, (0.13 - f.length) / 0.13).within().linear(-0.62, 1)
    return shade * _lines_of_age(f, at, random)


def _from_spark(at: _Sitting, f: Features, light: Point) -> tuple[Relief, Relief]:
    """The distance from the window's reflection in either eye, in its own breadth."""
    toward = 0.035 if light[0] > 0 else -0.035
    left = at.u.linear(-1, 0).at_least(0)
    right = at.u.at_least(0)
    apart = (right - left).linear(1, -toward)
    return (abs(apart).linear(1, -f.eye_gap)) * (1 / 0.026), at.v.linear(1 / 0.026, 0.028 / 0.026)


def _lines_of_age(f: Features, at: _Sitting, random: Random) -> Relief:
    fold_u = abs(at.u) - (at.v - f.nose_length).linear(0.42, 0.27)
    reach = at.span(at.v.linear(1, -(f.nose_length + 0.13)), 0.13, 0.16)
    fold = (fold_u * fold_u).linear(1 / 0.06**2, 0).bell() * reach
    shade = fold.linear(-0.05 - 0.13 * f.wear, 1)
    if f.wear > 0.3:
        for number in range(3):
            height = -0.62 - 0.16 * number + random.uniform(-0.02, 0.02)
            curve = (at.u * at.u).linear(0.10, height)
            wrinkle = at.line(curve, 0.022) * at.span(at.u, 0.35, 0.35)
            shade = shade * wrinkle.linear(-0.13 * f.wear, 1)
        crow = at.pair(f.eye_gap + 0.33, 0.0, 0.09, 0.13)
        shade = shade * crow.linear(-0.12 * f.wear, 1)
    if f.soft < 0.5:
        beard = at.blob(0, 1.12, 0.75, 0.42)
        shade = shade * beard.linear(-0.09 - 0.05 * math.sin(random.random()), 1)
    return shade
