"""What stands outside the trimmed page, or over its edge: crop marks, colour bar, an office printer's white margin.

All of it is ink without meaning, drawn last, and moves nothing. Crop marks are printed on every plate. Knows:
lengths. Must never know what is on the page.
"""

from __future__ import annotations

from report.proof import Ink
from report.typeset.desk import Desk
from report.typeset.ink import number
from report.typeset.pen import Pen
from report.units import MM

LENGTH = 4 * MM
WEIGHT = 0.25  # points
PATCH = 4 * MM
REGISTRATION = Ink("All", (100.0, 100.0, 100.0, 100.0))  # PDF's own name: every plate
_KEY = "C"  # of the registration colour; spot inks are numbered
_PATCHES = ("1 0 0 0", "0 1 0 0", "0 0 1 0", "0 0 0 1", ".5 0 0 0", "0 .5 0 0", "0 0 .5 0", "0 0 0 .5")


def margin(pen: Pen, desk: Desk, width: float) -> None:
    """Cover so much at each edge of the page in white."""
    if not width:
        return
    bleed = desk.bleed
    outside = (-bleed, -bleed, desk.width + 2 * bleed, desk.height + 2 * bleed)
    inside = (width, width, desk.width - 2 * width, desk.height - 2 * width)
    with pen.artifact():
        pen.write(b"1 1 1 rg\n", *(_box(box) for box in (outside, inside)), b"f*\n")


def slug(pen: Pen, desk: Desk) -> float:
    """Draw what the printer wants outside the bleed; return how much room the slug takes."""
    printer = desk.inks.printer
    if printer is None:
        return 0.0
    room = max(printer.slug, LENGTH if printer.marks else 0.0)
    with pen.artifact():
        if "crop" in printer.marks:
            _crop(pen, desk)
        if "bar" in printer.marks:
            _bar(pen, desk.bleed, room)
    return room


def _crop(pen: Pen, desk: Desk) -> None:
    """Draw two lines at each corner, along the trim's edges, beginning at the bleed."""
    bleed = desk.bleed
    desk.inks.plates[_KEY] = REGISTRATION
    desk.inks.used[_KEY] = None
    lines: list[bytes] = []
    for x, outward in ((0.0, -1), (desk.width, 1)):
        for y, upward in ((0.0, -1), (desk.height, 1)):
            near, far = bleed, bleed + LENGTH
            lines.append(_line(x + outward * near, y, x + outward * far, y))
            lines.append(_line(x, y + upward * near, x, y + upward * far))
    pen.write(b"/K gs /%s CS 1 SCN %s w\n" % (_KEY.encode(), number(WEIGHT).encode()), *lines, b"S\n")


def _bar(pen: Pen, bleed: float, room: float) -> None:
    """Draw a patch of each ink, full and half, under the foot of the page."""
    side = min(PATCH, room - 1.0)
    left, bottom = 2 * LENGTH, -bleed - side - (room - side) / 2
    for place, patch in enumerate(_PATCHES):
        pen.write(f"/K gs {patch} k\n".encode(), _box((left + place * side, bottom, side, side)), b"f\n")


def _box(box: tuple[float, float, float, float]) -> bytes:
    return b"%s %s %s %s re\n" % tuple(number(value).encode() for value in box)


def _line(*ends: float) -> bytes:
    return b"%s %s m %s %s l\n" % tuple(number(value).encode() for value in ends)
