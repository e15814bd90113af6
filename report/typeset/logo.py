"""The logo's rights on a page: a least width, and space round it that stays clear of words, rules and pictures.

Both are the house's wish. What the logo stands upon is no intruder: a picture round its whole place, and one that fills
more than half of the page. Knows: what stood on the page when it was drawn. Must never know how blocks are set.
"""

from __future__ import annotations

from report.findings import N_, Finding, Measure, Place
from report.house import Logo
from report.proof import Rect
from report.typeset.desk import Desk, Standing
from report.units import millimetres

_SLACK = 0.01  # points: no ruler sees it

_SMALL = N_("The logo is drawn {width} mm wide; the house wants at least {least} mm.")
_LARGER = N_("Give the region a larger box in the layout, or take a layout that has one.")
_CROWDED = {
    "words": N_("“{words}” stands {distance} mm from the logo; round it {least} mm are to stay clear."),
    "picture": N_("The picture “{words}” stands {distance} mm from the logo; round it {least} mm are to stay clear."),
    "rule": N_("A rule stands {distance} mm from the logo; round it {least} mm are to stay clear."),
    "code": N_("A QR code stands {distance} mm from the logo; round it {least} mm are to stay clear."),
}
_APART = N_("Move this region or the logo's in the layout (regions:, box:), or shorten the words.")


def look(desk: Desk, logo: Logo, page: int) -> None:
    """Tell each logo on `page` (from 1) that is too narrow, and what stands too near: in each region the nearest."""
    for one in [found for found in desk.standing if found.kind == "logo"]:
        width = one.rect[2] - one.rect[0]
        if width < logo.least - _SLACK:
            values: dict[str, object] = {"width": _mm(width), "least": _mm(logo.least)}
            place = Place(page=page, block=one.region)
            desk.findings.append(Finding("logo.small", _SMALL, values, place, "warning", _LARGER))
        nearest: dict[str, tuple[float, Standing]] = {}
        for other in desk.standing:
            distance = apart(one.rect, other.rect)
            if other is one or distance >= logo.clear - _SLACK or _under(one.rect, other, desk):
                continue
            if other.region not in nearest or distance < nearest[other.region][0]:
                nearest[other.region] = (distance, other)
        for distance, other in nearest.values():
            values = {"words": other.words, "distance": _mm(distance), "least": _mm(logo.clear)}
            place = Place(path=other.of, page=page, block=other.region)
            message = _CROWDED.get(other.kind, _CROWDED["picture"])
            desk.findings.append(Finding("logo.crowded", message, values, place, "warning", _APART))


def apart(one: Rect, other: Rect) -> float:
    """Return by how much `one` can grow on all sides until it meets `other`, in points; 0 where they meet already."""
    across = max(other[0] - one[2], one[0] - other[2])
    along = max(other[1] - one[3], one[1] - other[3])
    return max(across, along, 0.0)


def _under(logo: Rect, other: Standing, desk: Desk) -> bool:
    """Tell whether the logo stands upon a picture."""
    left, bottom, right, top = other.rect
    if other.kind != "picture":
        return False
    holds = left <= logo[0] + 0.5 and bottom <= logo[1] + 0.5 and right >= logo[2] - 0.5 and top >= logo[3] - 0.5
    return holds or (right - left) * (top - bottom) > desk.width * desk.height / 2


def _mm(length: float) -> Measure:
    return Measure(f"{millimetres(length):.1f}")
