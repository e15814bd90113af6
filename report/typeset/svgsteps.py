"""From a drawing's tags to painting steps: transforms worked in, styles inherited, clips and uses resolved.

Every step's outline stands in the drawing's page coordinates (y grows upward, the view's lower left corner is 0 0),
already as operators; only the colours are left open, so that another house recolours without reading again.
Knows: SVG's painting model as far as flat drawings need it. Must never know houses, pages or files.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NoReturn

from report.errors import PictureFault
from report.findings import N_, Finding
from report.records import field, record
from report.typeset.ink import number
from report.typeset.outline import Matrix, Outline, area, joined, moved, points, rectangle, turned
from report.typeset.svgshapes import Sheet, placing, view_of
from report.typeset.svgstyle import Paint, Style, Unknown, declared, inherit
from report.typeset.svgtree import REMEDY, SHAPES, Tag, fault

NESTED_USES = 16
NESTED_CLIPS = 8
VISITS = 100_000  # tags looked at, uses counted each time: no drawing unfolds without end

_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)$")


@record()
class Step:
    """One step of painting: `save`, `restore`, `clip` or `paint`; `line` sets the stroke, `frame` bends it."""

    kind: str
    outline: bytes = b""
    evenodd: bool = False
    fill: Paint | None = None
    stroke: Paint | None = None
    line: bytes = b""
    frame: bytes = b""


@record()
class Reader:
    """Walks the tags once; `steps` is what it hands over, `ink` the box of all it painted."""

    file: str
    sheet: Sheet
    parts: dict[str, Tag]
    faults: list[Finding]
    steps: list[Step] = field(default_factory=list)
    ink: list[float] = field(default_factory=lambda: [math.inf, math.inf, -math.inf, -math.inf])
    _using: list[str] = field(default_factory=list)
    _visits: int = 0

    def walk(self, tag: Tag, style: Style, matrix: Matrix) -> None:
        """Paint `tag` and all below it; what is not understood becomes a fault."""
        self._visits += 1
        if self._visits > VISITS:
            self._stop(tag, N_("The drawing unfolds to more than {most} elements."), most=VISITS)
        if tag.name not in SHAPES and tag.name not in ("svg", "g", "use"):
            return
        try:
            found = declared(tag.attrs)
            if found.get("display") == "none":
                return
            style = inherit(style, found, tag.attrs.get("data-role"), tag.line, self.sheet.across)
            matrix = joined(matrix, self.sheet.own(tag))
            clips = list(self._clips(tag, found.get("clip-path", "none"), matrix))
            self._inside(tag, style, matrix, clips)
        except Unknown as met:
            if len(self.faults) < 30:
                self.faults.append(fault(self.file, tag.line, met.message, REMEDY, **met.values))

    def _stop(self, tag: Tag, message: str, **values: object) -> NoReturn:
        raise PictureFault(*self.faults, fault(self.file, tag.line, message, "", **values))

    def _inside(self, tag: Tag, style: Style, matrix: Matrix, clips: list[Step]) -> None:
        begin = len(self.steps)
        if clips:
            self.steps += [Step("save"), *clips]
        filled = len(self.steps)
        if tag.name in SHAPES:
            self._paint(tag, style, matrix)
        elif tag.name == "use":
            self._use(tag, style, matrix)
        else:
            for kid in tag.kids:
                self.walk(kid, style, matrix)
        if clips and len(self.steps) > filled:
            self.steps.append(Step("restore"))
        elif clips:  # nothing was painted in it
            del self.steps[begin:]

    # -- shapes --

    def _paint(self, tag: Tag, style: Style, matrix: Matrix) -> None:
        outline = self.sheet.outline(tag)
        stroke = style.stroke if style.width > 0 else None
        fill = style.fill if tag.name != "line" else None
        if not style.shown or not outline or (fill is None and stroke is None):
            return
        scale = _scale(matrix)
        placed = moved(outline, matrix)
        self._reach(
            placed, style.width * max(style.miter, 1.5) / 2 * (scale or math.hypot(*matrix[:4])) if stroke else 0
        )
        step = Step("paint", b"", style.evenodd, fill, stroke)
        if stroke is None or scale is not None:
            step.outline = self.sheet.operators(placed, plain=not (stroke and style.dash))
            step.line = self._line(style, scale or 1.0) if stroke else b""
        else:  # a stroke under an uneven transform is itself bent: let the page's matrix do it
            step.outline = self.sheet.operators(outline, plain=False)
            step.line = self._line(style, 1.0)
            step.frame = " ".join(number(value, 5) for value in matrix).encode() + b" cm\n"
        self.steps.append(step)

    def _line(self, style: Style, scale: float) -> bytes:
        put = self.sheet.number
        dash = " ".join(put(value * scale) for value in style.dash)
        ends = f"{style.cap} J {style.join} j {put(style.miter)} M"
        return f"{put(style.width * scale)} w {ends} [{dash}] {put(style.offset * scale)} d\n".encode()

    def _reach(self, outline: Outline, more: float) -> None:
        xs, ys = zip(*points(outline), strict=True)
        left, bottom, right, top = self.ink
        self.ink = [min(left, min(xs) - more), min(bottom, min(ys) - more)]
        self.ink += (max(right, max(xs) + more), max(top, max(ys) + more))

    # -- references --

    def _target(self, name: str) -> Tag:
        found = self.parts.get(name)
        if found is None:
            raise Unknown(N_("“#{name}” is not in this drawing."), name=name)
        return found

    def _use(self, tag: Tag, style: Style, matrix: Matrix) -> None:
        name = tag.attrs.get("href", "#")[1:]
        target = self._target(name)
        if name in self._using or len(self._using) >= NESTED_USES:
            self._stop(tag, N_("“#{name}” contains itself, or uses are nested too deeply."), name=name)
        matrix = self._shifted(tag, matrix)
        self._using.append(name)
        if target.name == "symbol":
            self._symbol(tag, target, style, matrix)
        elif target.name in SHAPES or target.name in ("g", "use"):
            self.walk(target, style, matrix)
        else:
            raise Unknown(N_("<use> of <{name}> is not understood."), name=target.name)
        self._using.pop()

    def _shifted(self, tag: Tag, matrix: Matrix) -> Matrix:
        x, y = self.sheet.given(tag, "x", "x"), self.sheet.given(tag, "y", "y")
        return joined(matrix, (1, 0, 0, 1, x, y))

    def _symbol(self, tag: Tag, target: Tag, style: Style, matrix: Matrix) -> None:
        """Paint a symbol: one with a view is fitted into the use's box and cut by it, one without is a group."""
        group = Tag("g", target.attrs, target.line, target.kids)
        if "viewBox" not in target.attrs:
            self.walk(group, style, matrix)
            return
        left, top, width, height = view_of(target)
        wide = self.sheet.given(tag, "width", "x") or width
        high = self.sheet.given(tag, "height", "y") or height
        anchor, slices = placing(target.attrs.get("preserveAspectRatio", ""))
        scale = (max if slices else min)(wide / width, high / height)
        x, y = (wide - width * scale) * anchor[0], (high - height * scale) * anchor[1]
        frame = moved(rectangle((0, 0), wide, high), matrix)
        self.steps += [Step("save"), Step("clip", self.sheet.operators(frame))]
        self.walk(group, style, joined(matrix, (scale, 0, 0, scale, x - left * scale, y - top * scale)))
        self.steps.append(Step("restore"))

    # -- clips --

    def _clips(self, tag: Tag, value: str, matrix: Matrix, depth: int = 0) -> Iterator[Step]:
        """Walk the clips that hold for `tag`: its own and those of the clip itself, all of which cut."""
        if value == "none":
            return
        match = _REFERENCE.match(value)
        target = self._target(match[1]) if match else None
        if target is None or target.name != "clipPath" or depth > NESTED_CLIPS:
            raise Unknown(N_("The clip “{value}” is not understood."), value=value)
        if target.attrs.get("clipPathUnits", "userSpaceOnUse") != "userSpaceOnUse":
            names: dict[str, object] = {"name": "clipPathUnits", "tag": "clipPath"}
            raise Unknown(N_("The attribute “{name}” of <{tag}> is not understood."), **names)
        matrix = joined(matrix, self.sheet.own(target))
        found = declared(target.attrs)
        yield from self._clips(target, found.get("clip-path", "none"), matrix, depth + 1)
        style = inherit(Style(), found, None, target.line, self.sheet.across)
        shapes = [one for kid in target.kids for one in self._cutting(kid, style, matrix)]
        yield self._union(shapes)

    def _cutting(self, tag: Tag, style: Style, matrix: Matrix, used: bool = False) -> Iterator[tuple[Outline, bool]]:
        """Walk the outlines that a child of a clip cuts with, each with its rule."""
        found = declared(tag.attrs)
        style = inherit(style, found, None, tag.line, self.sheet.across)
        if found.get("display") == "none" or not style.shown or tag.name in ("title", "desc", "metadata"):
            return
        if found.get("clip-path", "none") != "none":
            raise Unknown(N_("A clip on a shape inside a clip is not understood."))
        matrix = joined(matrix, self.sheet.own(tag))
        if tag.name == "use" and not used:
            target = self._target(tag.attrs.get("href", "#")[1:])
            yield from self._cutting(target, style, self._shifted(tag, matrix), used=True)
        elif tag.name in SHAPES:
            yield moved(self.sheet.outline(tag), matrix), style.clip_evenodd
        else:
            raise Unknown(N_("<{name}> is not understood inside a clip."), name=tag.name)

    def _union(self, shapes: list[tuple[Outline, bool]]) -> Step:
        shapes = [(outline, rule) for outline, rule in shapes if outline]
        if not shapes:  # an empty clip cuts everything away
            return Step("clip", b"0 0 0 0 re\n")
        if len(shapes) == 1:
            outline, rule = shapes[0]
            return Step("clip", self.sheet.operators(outline), rule)
        if any(rule for _, rule in shapes):
            raise Unknown(N_("A clip of several shapes with clip-rule “evenodd” is not understood."))
        # Drawn in one direction, overlapping shapes add up under the nonzero rule instead of cutting holes.
        alike = (turned(outline) if area(outline) < 0 else outline for outline, _ in shapes)
        return Step("clip", b"".join(self.sheet.operators(outline) for outline in alike))


def _scale(matrix: Matrix) -> float | None:
    """Return the factor of a matrix that keeps shapes (turned, mirrored, evenly scaled), or None."""
    a, b, c, d, _, _ = matrix
    one, two = math.hypot(a, b), math.hypot(c, d)
    even = math.isclose(one, two, rel_tol=1e-6) and abs(a * c + b * d) <= 1e-6 * one * two
    return one if even and one > 0 else None
