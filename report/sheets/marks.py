"""What stands round a sheet's trim: fold ticks always, crop marks and colour bar where the printer wants them.

Knows: lengths. Must never know what is on the sheet.
"""

from __future__ import annotations

from collections.abc import Sequence

from report.sheets.plan import Side
from report.units import MM

TICK = 5 * MM
TICK_WEIGHT = 0.4  # points
CROP = 4 * MM
CROP_WEIGHT = 0.25
REGISTRATION = "Marks"  # the colour space of every plate, as the sheet's resources call it
_PATCHES = ("1 0 0 0", "0 1 0 0", "0 0 1 0", "0 0 0 1", ".5 0 0 0", "0 .5 0 0", "0 0 .5 0", "0 0 0 .5")


def number(value: float) -> str:
    """Return a length as PDF writes it."""
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"


def joined(*values: float) -> str:
    """Return lengths with a space between them."""
    return " ".join(map(number, values))


def ticks(side: Side, bleed: float, press: bool) -> str:
    """Return a dashed tick over and under each fold, outside the bleed; for a press in black ink, never in grey."""
    lines = []
    for fold in side.folds:
        for y, upward in ((0.0, -1), (side.height, 1)):
            near, far = y + upward * bleed, y + upward * (bleed + TICK)
            lines.append(f"{joined(fold, near)} m {joined(fold, far)} l")
    black = "0 0 0 1 K" if press else "0 G"
    return "\n".join((f"q {black} {number(TICK_WEIGHT)} w [{joined(MM, MM)}] 0 d", *lines, "S Q")) if lines else ""


def wanted(side: Side, bleed: float, marks: Sequence[str]) -> str:
    """Return the marks that the printer asks for."""
    found = []
    if "crop" in marks:
        lines = []
        for x, outward in ((0.0, -1), (side.width, 1)):
            for y, upward in ((0.0, -1), (side.height, 1)):
                near, far = bleed, bleed + CROP
                lines.append(f"{joined(x + outward * near, y)} m {joined(x + outward * far, y)} l")
                lines.append(f"{joined(x, y + upward * near)} m {joined(x, y + upward * far)} l")
        found.append("\n".join((f"q /{REGISTRATION} CS 1 SCN {number(CROP_WEIGHT)} w", *lines, "S Q")))
    if "bar" in marks:
        patch = CROP
        boxes = (
            f"{ink} k {joined(2 * patch + place * patch, -bleed - patch - 1, patch, patch)} re f"
            for place, ink in enumerate(_PATCHES)
        )
        found.append("\n".join(("q", *boxes, "Q")))
    return "\n".join(found)


def margin(side: Side, width: float, bleed: float) -> str:
    """Cover so much at each edge in white: a printer in an office cannot print there."""
    if not width:
        return ""
    out = bleed + 1  # a point more: no hair of colour is left at the edge
    outside = joined(-out, -out, side.width + 2 * out, side.height + 2 * out)
    inside = joined(width, width, side.width - 2 * width, side.height - 2 * width)
    return f"q 1 g {outside} re {inside} re f* Q"
