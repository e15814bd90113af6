"""Which part of a picture a box shows: arithmetic on fractions, measured from the upright picture's top left corner.

A crop has its box's proportions and is as large as the picture allows. It is drawn round the focus, and moved so far
that the frame, the part that must stay visible, is whole. Pure functions. Must never know files or pages.
"""

from __future__ import annotations

from report.findings import N_, Finding
from report.proof import Rect

LEAST = 2 / 3  # of the picture that a crop should leave
_NEAR = 1e-6

Point = tuple[float, float]


def share(picture: Point, box: Point) -> Point:
    """Return which share of a picture's width and height a box shows; both are (width, height), one share is 1."""
    ratio = (box[0] * picture[1]) / (box[1] * picture[0])
    return (ratio, 1.0) if ratio < 1 else (1.0, 1 / ratio)


def settled(frame: Rect | None) -> Rect:
    """Return the frame inside the picture, its edges in order; the picture's middle where there is none."""
    if frame is None:
        return 0.5, 0.5, 0.5, 0.5
    left, top, right, bottom = (min(1.0, max(0.0, edge)) for edge in frame)
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)


def holds(picture: Point, box: Point, frame: Rect | None) -> bool:
    """Tell whether the box can show the whole frame and at least two thirds of the picture."""
    across, down = share(picture, box)
    return min(across, down) >= LEAST - _NEAR and _held(picture, box, frame)


def _held(picture: Point, box: Point, frame: Rect | None) -> bool:
    across, down = share(picture, box)
    left, top, right, bottom = settled(frame)
    return right - left <= across + _NEAR and bottom - top <= down + _NEAR


def crop(picture: Point, box: Point, focus: Point, frame: Rect | None) -> Rect:
    """Return the crop of the picture for the box."""
    across, down = share(picture, box)
    edges = settled(frame) if frame else None
    left = _begin(across, focus[0], (edges[0], edges[2]) if edges else None)
    top = _begin(down, focus[1], (edges[1], edges[3]) if edges else None)
    return left, top, left + across, top + down


def _begin(size: float, focus: float, keep: Point | None) -> float:
    """Return where a window of `size` begins on the line from 0 to 1: round the focus, but holding `keep`."""
    begin = focus - size / 2
    if keep and keep[1] - keep[0] <= size:
        begin = min(max(begin, keep[1] - size), keep[0])
    elif keep:  # it cannot be held: cut alike on both sides
        begin = (keep[0] + keep[1] - size) / 2
    return min(max(begin, 0.0), 1.0 - size)


def judged(picture: Point, box: Point, frame: Rect | None, values: dict[str, object]) -> Finding | None:
    """Return what is wrong with showing the picture in the box, or None."""
    if not _held(picture, box, frame):
        message = N_("The box of {width} × {height} mm cannot show the whole frame of the picture “{file}”.")
        remedy = N_("Make the frame smaller, or choose a picture of other proportions: nobody inside the frame is cut.")
        return Finding("picture.frame-cut", message, values, remedy=remedy)
    left = min(share(picture, box))
    if left < LEAST - _NEAR:
        message = N_("The box of {width} × {height} mm shows only {percent} % of the picture “{file}”.")
        remedy = N_("Choose a picture of other proportions, or cut it to size yourself.")
        values = {**values, "percent": int(left * 100)}
        return Finding("picture.cropped", message, values, severity="warning", remedy=remedy)
    return None
