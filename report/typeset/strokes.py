"""How thin a face's thinnest strokes are, measured on its outlines: a size says little, a hairline much.

Scan lines are laid across letters that show their strokes plainly: through stems from side to side, through bowls and
crossbars from top to bottom. The shortest way through ink is the thinnest stroke. Knows: outlines. Must never know
sizes or pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from report.typeset.face import Face

Point = tuple[float, float]
_STEMS = "lnhH"  # crossed from side to side
_BARS = "eoHt"  # crossed from top to bottom
_STEPS = 8  # parts of a curve
_LEAST = 0.004  # em: what is shorter is the tip of a serif that a line just grazes


class _Outline:
    """Takes an outline as HarfBuzz draws it, as polygons."""

    def __init__(self) -> None:
        self.polygons: list[list[Point]] = []

    def moveTo(self, to: Point) -> None:  # noqa: N802 -- the names that a pen has
        self.polygons.append([to])

    def lineTo(self, to: Point) -> None:  # noqa: N802
        self.polygons[-1].append(to)

    def qCurveTo(self, *points: Point) -> None:  # noqa: N802
        (x0, y0), (x1, y1), (x2, y2) = self.polygons[-1][-1], *points
        for t in (step / _STEPS for step in range(1, _STEPS + 1)):
            u = 1 - t
            self.polygons[-1].append(
                (u * u * x0 + 2 * u * t * x1 + t * t * x2, u * u * y0 + 2 * u * t * y1 + t * t * y2)
            )

    def curveTo(self, *points: Point) -> None:  # noqa: N802
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = self.polygons[-1][-1], *points
        for t in (step / _STEPS for step in range(1, _STEPS + 1)):
            u = 1 - t
            a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
            self.polygons[-1].append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))

    def closePath(self) -> None:  # noqa: N802
        pass


@lru_cache(maxsize=128)
def thinnest(face: Face) -> float:
    """Return the width of the thinnest stroke in em; 0.05 where the face has none of the letters."""
    found: list[float] = []
    for letters, across in ((_STEMS, 0), (_BARS, 1)):
        for letter in letters:
            outline = _Outline()
            if face.outline(letter, outline):
                found += (run / face.upem for run in _runs(outline.polygons, across))
    return min((run for run in found if run > _LEAST), default=0.05)


def _runs(polygons: Sequence[Sequence[Point]], across: int) -> Iterator[float]:
    """Yield the ways through ink of scan lines in the middle third: along x (`across` 0) or along y (1)."""
    along = 1 - across
    values = [point[along] for polygon in polygons for point in polygon]
    if not values:
        return
    low, high = min(values), max(values)
    for part in (0.4, 0.5, 0.6) if across == 0 else (0.5,):
        at = low + (high - low) * part + 1e-5
        cuts = sorted(_cuts(polygons, along, across, at))
        winding, start = 0, 0.0
        for place, turn in cuts:
            if winding == 0:
                start = place
            winding += turn
            if winding == 0:
                yield place - start


def _cuts(polygons: Sequence[Sequence[Point]], along: int, across: int, at: float) -> Iterator[tuple[float, int]]:
    for polygon in polygons:
        for one, other in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
            if (one[along] <= at) != (other[along] <= at):
                part = (at - one[along]) / (other[along] - one[along])
                yield one[across] + part * (other[across] - one[across]), 1 if other[along] > one[along] else -1
