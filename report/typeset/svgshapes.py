"""The geometry of a drawing: its view, lengths with units, shapes as outlines, outlines as operators.

Knows: SVG's coordinate systems, units and basic shapes (SVG 1.1, chapters 7 and 9). Must never know colours,
inheritance, houses or pages.
"""

from __future__ import annotations

import math
import re

from report.findings import N_
from report.records import record
from report.typeset import svgpath
from report.typeset.ink import number
from report.typeset.outline import IDENTITY, Matrix, Outline, ellipse, points, polygon, rectangle
from report.typeset.svgstyle import Unknown
from report.typeset.svgtree import Tag

_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_LENGTH = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(%|[a-z]*)$")

_ZEROS = re.compile(r"\.?0+(?= )")  # at the end of a number with decimals

View = tuple[float, float, float, float]  # left, top, width, height


def length(text: str, whole: float) -> float:
    """Return a length in user units, percent being of `whole`; raise Unknown where it cannot be read."""
    match = _LENGTH.match(text.strip())
    if match and match[2] == "%":
        return float(match[1]) * whole / 100
    if match is None or match[2] not in _UNITS or abs(float(match[1])) > 1e7:
        raise Unknown(N_("“{value}” is not a length."), value=text)
    return float(match[1]) * _UNITS[match[2]]


def view_of(root: Tag) -> View:
    """Return the part of the plane that a drawing or a symbol shows; raise Unknown where it has no size."""
    box = root.attrs.get("viewBox", "")
    try:
        given = svgpath.numbers(box)
    except ValueError:
        given = []
    if len(given) == 4 and given[2] > 0 and given[3] > 0:
        return given[0], given[1], given[2], given[3]
    if box:
        raise Unknown(N_("viewBox “{value}” is not four numbers with a width and a height."), value=box)
    width, height = (length(root.attrs.get(side, "0"), 0) for side in ("width", "height"))
    if width <= 0 or height <= 0:
        raise Unknown(N_("The drawing has no size: give it a viewBox."))
    return 0.0, 0.0, width, height


def placing(text: str) -> tuple[tuple[float, float], bool]:
    """Return the anchor (0 to 1 from the left, from the top) and whether the view is sliced; raise Unknown."""
    words = text.split() or ["xMidYMid"]
    match = re.fullmatch(r"x(Min|Mid|Max)Y(Min|Mid|Max)", words[0])
    if match is None or words[1:] not in ([], ["meet"], ["slice"]):
        raise Unknown(N_("preserveAspectRatio “{value}” is not understood."), value=text)
    at = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}
    return (at[match[1]], at[match[2]]), words[1:] == ["slice"]


@record(frozen=True)
class Sheet:
    """The plane of one drawing: what percent are of, how finely numbers are written."""

    view: View

    def across(self, text: str, axis: str = "d") -> float:
        """Return a length along an axis (x, y; d: neither), percent being of the view."""
        _, _, width, height = self.view
        whole = {"x": width, "y": height, "d": math.hypot(width, height) / math.sqrt(2)}
        return length(text, whole[axis])

    def given(self, tag: Tag, name: str, axis: str) -> float:
        """Return an attribute that is a length; 0 where it is missing."""
        return self.across(tag.attrs[name], axis) if name in tag.attrs else 0.0

    def own(self, tag: Tag) -> Matrix:
        """Return the matrix of the element's own transform."""
        text = tag.attrs.get("transform", "")
        try:
            return svgpath.transform(text) if text else IDENTITY
        except ValueError as error:
            raise Unknown(N_("The transform “{value}” is not understood."), value=str(error)) from None

    def outline(self, tag: Tag) -> Outline:
        """Return the outline of a shape in its own coordinates; empty where it paints nothing."""
        try:
            return self._outline(tag)
        except ValueError as error:
            values: dict[str, object] = {"name": tag.name, "value": str(error)[:40]}
            raise Unknown(N_("<{name}> cannot be read here: “{value}”."), **values) from None

    def _outline(self, tag: Tag) -> Outline:
        match tag.name:
            case "path":
                return svgpath.path(tag.attrs.get("d", "").removeprefix("none"))
            case "polygon" | "polyline":
                return polygon(svgpath.numbers(tag.attrs.get("points", "")), tag.name == "polygon")
            case "line":
                ends = [self.given(tag, f"{axis}{end}", axis) for end in "12" for axis in "xy"]
                return polygon(ends, closed=False)
            case "circle":
                radius = self.given(tag, "r", "d")
                return self._ellipse(tag, radius, radius)
            case "ellipse":
                return self._ellipse(tag, *self._radii(tag))
        width, height = self.given(tag, "width", "x"), self.given(tag, "height", "y")
        if not self._sized(tag, width, height):
            return ()
        return rectangle((self.given(tag, "x", "x"), self.given(tag, "y", "y")), width, height, self._radii(tag))

    def _ellipse(self, tag: Tag, rx: float, ry: float) -> Outline:
        x, y = self.given(tag, "cx", "x"), self.given(tag, "cy", "y")
        return ellipse(x, y, rx, ry) if self._sized(tag, rx, ry) else ()

    def _radii(self, tag: Tag) -> tuple[float, float]:
        words = [tag.attrs.get(name, "auto") for name in ("rx", "ry")]
        if words == ["auto", "auto"]:
            return 0.0, 0.0
        rx, ry = (word if word != "auto" else words[1 - i] for i, word in enumerate(words))
        return self.across(rx, "x"), self.across(ry, "y")

    @staticmethod
    def _sized(tag: Tag, width: float, height: float) -> bool:
        if width < 0 or height < 0:
            raise Unknown(N_("<{name}> has a negative size."), name=tag.name)
        return width > 0 and height > 0

    @property
    def digits(self) -> int:
        """The decimals that the drawing's size needs: steps of a 1/20,000 of its side or finer."""
        size = max(self.view[2:])
        return 2 if size >= 200 else 3 if size >= 20 else 5

    def number(self, value: float) -> str:
        """Return a number as finely as the drawing's size needs."""
        return number(value, self.digits)

    def operators(self, outline: Outline, plain: bool = True) -> bytes:
        """Return the outline as path operators; `plain` where its first point and direction do not matter."""
        put = self.number
        box = _upright(outline) if plain else None
        if box:
            left, bottom, right, top = (float(put(value)) for value in box)
            return f"{put(left)} {put(bottom)} {put(right - left)} {put(top - bottom)} re\n".encode()
        point = f"%.{self.digits}f %.{self.digits}f "
        forms = {"m": f"{point}m\n", "l": f"{point}l\n", "c": f"{point * 3}c\n", "z": "h\n"}
        text = "".join(forms[str(segment[0])] % segment[1:] for segment in outline)
        return _ZEROS.sub("", text).replace("-0 ", "0 ").encode()


def _upright(outline: Outline) -> tuple[float, float, float, float] | None:
    """Return the sides of a rectangle that stands upright, or None for any other outline."""
    if [segment[0] for segment in outline] != ["m", "l", "l", "l", "z"]:
        return None
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = points(outline)
    near = 1e-7
    flat = abs(y1 - y2) < near and abs(x2 - x3) < near and abs(y3 - y4) < near and abs(x4 - x1) < near
    steep = abs(x1 - x2) < near and abs(y2 - y3) < near and abs(x3 - x4) < near and abs(y4 - y1) < near
    return (min(x1, x3), min(y1, y3), max(x1, x3), max(y1, y3)) if flat or steep else None
