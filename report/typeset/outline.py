"""Outlines: lines and cubic curves in the plane, the matrices that move them, and the basic shapes.

An outline is a tuple of segments `("m", x, y)`, `("l", x, y)`, `("c", x1, y1, x2, y2, x, y)`, `("z",)`, always
absolute. Pure functions. Must never know colours, files, or how an outline is written to a page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

Matrix = tuple[float, float, float, float, float, float]
Segment = tuple[str | float, ...]
Outline = tuple[Segment, ...]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
ARC = 4 / 3 * (math.sqrt(2) - 1)  # handle length of a quarter circle of radius 1


def joined(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the matrix that applies `inner` first, then `outer`."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def moved(outline: Outline, matrix: Matrix) -> Outline:
    """Return the outline under `matrix`."""
    a, b, c, d, e, f = matrix
    result: list[Segment] = []
    for segment in outline:
        numbers = [segment[0]]
        for i in range(1, len(segment), 2):
            x, y = float(segment[i]), float(segment[i + 1])
            numbers += (a * x + c * y + e, b * x + d * y + f)
        result.append(tuple(numbers))
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


def polygon(given: list[float], closed: bool) -> Outline:
    """Return a line through the points; an odd last number is dropped, as SVG says of faulty lists."""
    pairs = list(zip(given[::2], given[1::2], strict=False))
    if not pairs:
        return ()
    lines: list[Segment] = [("m", *pairs[0]), *(("l", *pair) for pair in pairs[1:])]
    return (*lines, ("z",)) if closed else tuple(lines)
