"""Outlines of drawings: SVG's path grammar and basic shapes as moves, lines and cubic curves, and their transforms.

An outline is a tuple of segments `("m", x, y)`, `("l", x, y)`, `("c", x1, y1, x2, y2, x, y)`, `("z",)`, always
absolute. Pure functions. Knows: the SVG 1.1 grammar (chapters 7.6, 8.3, 9, appendix F.6). Must never know colours,
files, or how an outline is written to a page.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

Matrix = tuple[float, float, float, float, float, float]
Segment = tuple[str | float, ...]
Outline = tuple[Segment, ...]
Points = list[float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
ARC = 4 / 3 * (math.sqrt(2) - 1)  # handle length of a quarter circle of radius 1

_TOKEN = re.compile(r"[\s,]*(?:([A-Za-z])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?))")
_FLAG = re.compile(r"[\s,]*([01])")
_CALL = re.compile(r"\s*,?\s*([A-Za-z]+)\s*\(([^()]*)\)")
_COUNT = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}


def joined(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the matrix that applies `inner` first, then `outer`."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def numbers(text: str) -> Points:
    """Return the numbers of a list separated by spaces or commas; raise ValueError where something else stands."""
    found: Points = []
    at = 0
    text = text.rstrip(" \t\r\n,")
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match[1]:
            raise ValueError(text[at : at + 20])
        found.append(_finite(match[2]))
        at = match.end()
    return found


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value) or abs(value) > 1e7:
        raise ValueError(text)
    return value


def transform(text: str) -> Matrix:
    """Return the matrix of a `transform` attribute; raise ValueError where it cannot be read."""
    matrix = IDENTITY
    at = 0
    text = text.strip()
    while at < len(text):
        call = _CALL.match(text, at)
        if call is None:
            raise ValueError(text[at : at + 20])
        matrix = joined(matrix, _step(call[1], numbers(call[2])))
        at = call.end()
    return matrix


def _step(name: str, given: Points) -> Matrix:
    match name, given:
        case "matrix", [a, b, c, d, e, f]:
            return (a, b, c, d, e, f)
        case "translate", [x]:
            return (1, 0, 0, 1, x, 0)
        case "translate", [x, y]:
            return (1, 0, 0, 1, x, y)
        case "scale", [s]:
            return (s, 0, 0, s, 0, 0)
        case "scale", [x, y]:
            return (x, 0, 0, y, 0, 0)
        case "rotate", [angle]:
            return _turn(angle)
        case "rotate", [angle, x, y]:
            return joined(joined((1, 0, 0, 1, x, y), _turn(angle)), (1, 0, 0, 1, -x, -y))
        case "skewX", [angle]:
            return (1, 0, math.tan(math.radians(angle)), 1, 0, 0)
        case "skewY", [angle]:
            return (1, math.tan(math.radians(angle)), 0, 1, 0, 0)
    raise ValueError(f"{name}({', '.join(f'{value:g}' for value in given)})")


def _turn(angle: float) -> Matrix:
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return (cos, sin, -sin, cos, 0, 0)


def moved(outline: Outline, matrix: Matrix) -> Outline:
    """Return the outline under `matrix`."""
    a, b, c, d, e, f = matrix
    result: list[Segment] = []
    for kind, *given in outline:
        segment: list[str | float] = [kind]
        for x, y in zip(given[::2], given[1::2], strict=True):
            assert isinstance(x, (int, float)) and isinstance(y, (int, float))
            segment += (a * x + c * y + e, b * x + d * y + f)
        result.append(tuple(segment))
    return tuple(result)


def points(outline: Outline) -> Iterator[tuple[float, float]]:
    """Walk all points of an outline, handles of curves included."""
    for segment in outline:
        for i in range(1, len(segment), 2):
            yield segment[i], segment[i + 1]  # type: ignore[misc]  # only the first member is a word


def area(outline: Outline) -> float:
    """Return twice the signed area of the outline's point polygon: its sign is the outline's direction."""
    total = 0.0
    ring: list[tuple[float, float]] = []
    for segment in (*outline, ("m",)):
        if segment[0] == "m":
            total += sum(p[0] * q[1] - q[0] * p[1] for p, q in zip(ring, ring[1:] + ring[:1], strict=True))
            ring = []
        ring += points((segment,))
    return total


def turned(outline: Outline) -> Outline:
    """Return the outline drawn in the other direction, each of its rings closed."""
    result: list[Segment] = []
    ring: list[Segment] = []
    for segment in (*outline, ("m",)):
        if segment[0] == "m" and ring:
            result += _turned_ring(ring)
            ring = []
        if segment[0] != "z":
            ring.append(segment)
    return tuple(result)


def _turned_ring(ring: list[Segment]) -> list[Segment]:
    back: list[Segment] = [("m", *ring[-1][-2:])]
    for segment, before in zip(ring[:0:-1], ring[-2::-1], strict=True):
        end = before[-2:]
        back.append(("l", *end) if segment[0] == "l" else ("c", *segment[3:5], *segment[1:3], *end))
    return [*back, ("z",)]


# -- basic shapes ------------------------------------------------------------------------------------------------


def rectangle(at: tuple[float, float], width: float, height: float, radii: tuple[float, float] = (0, 0)) -> Outline:
    """Return a rectangle, with rounded corners where both radii are given."""
    (x, y), (rx, ry) = at, radii
    right, foot = x + width, y + height
    if rx <= 0 or ry <= 0:
        return (("m", x, y), ("l", right, y), ("l", right, foot), ("l", x, foot), ("z",))
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    hx, hy = rx * (1 - ARC), ry * (1 - ARC)
    return (
        ("m", x + rx, y),
        ("l", right - rx, y),
        ("c", right - hx, y, right, y + hy, right, y + ry),
        ("l", right, foot - ry),
        ("c", right, foot - hy, right - hx, foot, right - rx, foot),
        ("l", x + rx, foot),
        ("c", x + hx, foot, x, foot - hy, x, foot - ry),
        ("l", x, y + ry),
        ("c", x, y + hy, x + hx, y, x + rx, y),
        ("z",),
    )


def ellipse(x: float, y: float, rx: float, ry: float) -> Outline:
    """Return an ellipse as four curves."""
    hx, hy = rx * ARC, ry * ARC
    return (
        ("m", x + rx, y),
        ("c", x + rx, y + hy, x + hx, y + ry, x, y + ry),
        ("c", x - hx, y + ry, x - rx, y + hy, x - rx, y),
        ("c", x - rx, y - hy, x - hx, y - ry, x, y - ry),
        ("c", x + hx, y - ry, x + rx, y - hy, x + rx, y),
        ("z",),
    )


def polygon(given: Points, closed: bool) -> Outline:
    """Return a line through the points; an odd last number is dropped, as SVG says of faulty lists."""
    pairs = list(zip(given[::2], given[1::2], strict=False))
    if not pairs:
        return ()
    lines: list[Segment] = [("m", *pairs[0]), *(("l", *pair) for pair in pairs[1:])]
    return (*lines, ("z",)) if closed else tuple(lines)


# -- the path grammar --------------------------------------------------------------------------------------------


def path(text: str) -> Outline:
    """Return the outline of a `d` attribute; raise ValueError with the place where it cannot be read."""
    pen = _Pen()
    for command, given in _commands(text):
        pen.take(command, given)
    return tuple(pen.outline)


def _commands(text: str) -> Iterator[tuple[str, Points]]:
    at = 0
    command = ""
    text = text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or (not command and not match[1]):
            raise ValueError(text[at : at + 20])
        if match[1]:
            if match[1].lower() not in _COUNT or (not command and match[1] not in "Mm"):
                raise ValueError(text[at : at + 20])
            command = match[1]
            at = match.end()
        elif command in "Zz":
            raise ValueError(text[at : at + 20])
        at, given = _given(text, at, command)
        yield command, given
        if command in "Mm":  # further pairs after a move are lines
            command = "L" if command == "M" else "l"


def _given(text: str, at: int, command: str) -> tuple[int, Points]:
    given: Points = []
    for i in range(_COUNT[command.lower()]):
        flag = command in "Aa" and i in (3, 4)  # the flags of an arc may stand without spaces: "a5 5 0 01 9 9"
        match = (_FLAG if flag else _TOKEN).match(text, at)
        if match is None or (not flag and match[1]):
            raise ValueError(text[at : at + 20])
        given.append(_finite(match[1] if flag else match[2]))
        at = match.end()
    return at, given


class _Pen:
    """Follows a path's commands: where it stands, where the ring began, which handle a smooth curve mirrors."""

    def __init__(self) -> None:
        self.outline: list[Segment] = []
        self.x = self.y = self.begin_x = self.begin_y = 0.0
        self.handle: tuple[str, float, float] = ("", 0.0, 0.0)
        self.closed = False

    def take(self, command: str, given: Points) -> None:
        kind = command.lower()
        if command.islower():
            given = self.absolute(kind, given)
        if self.closed and kind not in "mz":  # after "z" the next ring begins where the last began
            self.outline.append(("m", self.x, self.y))
        self.closed = kind == "z"
        getattr(self, kind)(*given)
        if kind not in "csqt":
            self.handle = ("", self.x, self.y)

    def absolute(self, kind: str, given: Points) -> Points:
        if kind == "h":
            return [given[0] + self.x]
        if kind == "v":
            return [given[0] + self.y]
        if kind == "a":
            return [*given[:5], given[5] + self.x, given[6] + self.y]
        return [value + (self.y if i % 2 else self.x) for i, value in enumerate(given)]

    def to(self, x: float, y: float) -> None:
        self.x, self.y = x, y

    def m(self, x: float, y: float) -> None:
        self.outline.append(("m", x, y))
        self.to(x, y)
        self.begin_x, self.begin_y = x, y

    def l(self, x: float, y: float) -> None:  # noqa: E743 -- named as the grammar names it
        self.outline.append(("l", x, y))
        self.to(x, y)

    def h(self, x: float) -> None:
        self.l(x, self.y)

    def v(self, y: float) -> None:
        self.l(self.x, y)

    def z(self) -> None:
        self.outline.append(("z",))
        self.to(self.begin_x, self.begin_y)

    def mirrored(self, kind: str) -> tuple[float, float]:
        if self.handle[0] != kind:
            return self.x, self.y
        return 2 * self.x - self.handle[1], 2 * self.y - self.handle[2]

    def c(self, x1: float, y1: float, x2: float, y2: float, x: float, y: float) -> None:  # noqa: PLR0913, PLR0917
        self.outline.append(("c", x1, y1, x2, y2, x, y))
        self.to(x, y)
        self.handle = ("c", x2, y2)

    def s(self, x2: float, y2: float, x: float, y: float) -> None:
        self.c(*self.mirrored("c"), x2, y2, x, y)

    def q(self, qx: float, qy: float, x: float, y: float) -> None:
        x0, y0 = self.x, self.y
        self.c(x0 + (qx - x0) * 2 / 3, y0 + (qy - y0) * 2 / 3, x + (qx - x) * 2 / 3, y + (qy - y) * 2 / 3, x, y)
        self.handle = ("q", qx, qy)

    def t(self, x: float, y: float) -> None:
        self.q(*self.mirrored("q"), x, y)

    def a(self, *given: float) -> None:
        rx, ry, turn, large, sweep, x, y = given
        if (x, y) == (self.x, self.y):
            return
        if rx == 0 or ry == 0:
            self.l(x, y)
            return
        ellipse = (abs(rx), abs(ry), math.radians(turn))
        self.outline += _arc((self.x, self.y), (x, y), ellipse, (bool(large), bool(sweep)))
        self.to(x, y)


_Point = tuple[float, float]


def _arc(
    start: _Point, end: _Point, ellipse: tuple[float, float, float], flags: tuple[bool, bool]
) -> Iterator[Segment]:
    """Walk an arc's curves, one for each quarter at most (SVG 1.1, F.6.5: from end points to centre)."""
    (x0, y0), (x, y), (rx, ry, turn), (large, sweep) = start, end, ellipse, flags
    cos, sin = math.cos(turn), math.sin(turn)
    dx, dy = (x0 - x) / 2, (y0 - y) / 2
    px, py = cos * dx + sin * dy, cos * dy - sin * dx
    grow = math.sqrt((px / rx) ** 2 + (py / ry) ** 2)
    if grow > 1:
        rx, ry = rx * grow, ry * grow
    below = (rx * py) ** 2 + (ry * px) ** 2
    share = math.sqrt(max(0.0, ((rx * ry) ** 2 - below) / below)) * (-1 if large == sweep else 1)
    qx, qy = share * rx * py / ry, -share * ry * px / rx
    cx, cy = cos * qx - sin * qy + (x0 + x) / 2, sin * qx + cos * qy + (y0 + y) / 2
    begin = math.atan2((py - qy) / ry, (px - qx) / rx)
    span = math.atan2((-py - qy) / ry, (-px - qx) / rx) - begin
    if sweep and span < 0:
        span += 2 * math.pi
    elif not sweep and span > 0:
        span -= 2 * math.pi
    count = max(1, math.ceil(abs(span) / (math.pi / 2) - 1e-9))
    step = span / count
    reach = 4 / 3 * math.tan(step / 4)
    matrix = (cos * rx, sin * rx, -sin * ry, cos * ry, cx, cy)
    for i in range(count):
        one, two = begin + i * step, begin + (i + 1) * step
        c1, s1, c2, s2 = math.cos(one), math.sin(one), math.cos(two), math.sin(two)
        curve: Outline = (("c", c1 - reach * s1, s1 + reach * c1, c2 + reach * s2, s2 - reach * c2, c2, s2),)
        (bent,) = moved(curve, matrix)
        yield bent if i < count - 1 else (*bent[:-2], x, y)  # the end exactly, so that rings close without a step
