"""SVG's grammars of numbers, transforms and paths, read into matrices and outlines.

Knows: the SVG 1.1 grammar (chapters 7.6 and 8.3, appendix F.6). Must never know colours, files or pages.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from report.typeset.outline import IDENTITY, Matrix, Outline, Segment, joined, moved

Points = list[float]

_TOKEN = re.compile(r"[\s,]*(?:([A-Za-z])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?))")
_FLAG = re.compile(r"[\s,]*([01])")
_CALL = re.compile(r"\s*,?\s*([A-Za-z]+)\s*\(([^()]*)\)")
_COUNT = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}


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

    def c(self, x1: float, y1: float, x2: float, y2: float, x: float, y: float) -> None:
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
