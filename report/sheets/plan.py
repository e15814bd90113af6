"""Which page stands where on a sheet: arithmetic alone. A leaflet opens flat, a booklet's sheets lie in each other.

Measures are points from the lower left corner of the trimmed sheet. Knows: sizes and the order of pages. Must never
know what is on a page, or any PDF library.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from report.findings import N_, Finding, Place
from report.layout import Layout, OpenSheet
from report.records import field, record
from report.units import MM

Rect = tuple[float, float, float, float]  # left, bottom, right, top


@record(frozen=True)
class Spot:
    """One page on a side: its index, its trimmed box, how far it is turned, and what may be seen of it."""

    page: int
    box: Rect
    clip: Rect
    turn: int = 0


@record(frozen=True)
class Side:
    """One side of one sheet: its trimmed size, its pages in the order in which they are painted, its folds."""

    name: str
    width: float
    height: float
    spots: tuple[Spot, ...]
    folds: tuple[float, ...]  # from the left edge


@record(frozen=True)
class Plan:
    """All sides in the order of printing, and what was noticed."""

    sides: tuple[Side, ...]
    findings: list[Finding] = field(default_factory=list)


def plan(layout: Layout, masters: Sequence[str], bleed: float, overlap: float, paper: float) -> Plan:
    """Return where the pages of `layout` stand on its sheets; `masters` names the master of each page.

    `bleed` reaches over the sheet's edges, `overlap` over a fold where colours meet on it; `paper` is its weight in
    g/m², which pushes a booklet's inner sheets outward.
    """
    if layout.stitched:
        return _stitched(len(masters), layout.width, layout.height, bleed, paper)
    panels = [layout.masters[master].panel for master in masters]
    sides = tuple(_open(sheet, layout, masters, panels, bleed, overlap) for sheet in layout.sheets)
    return Plan(sides, [*_wrong(layout, panels), _how(sides), *_paper(sides)])


def _open(
    sheet: OpenSheet, layout: Layout, masters: Sequence[str], panels: Sequence[str], bleed: float, overlap: float
) -> Side:
    spots = []
    for placed in sheet.panels:
        if placed.panel not in panels:
            continue
        page = panels.index(placed.panel)
        master = layout.masters[masters[page]]
        left, top = placed.left, sheet.height - placed.top
        box = (left, top - master.height, left + master.width, top)
        whole = (0.0, 0.0, sheet.width, sheet.height)
        spots.append(Spot(page, box, _seen(box, whole, bleed, overlap), placed.turn))
    return Side(sheet.name, sheet.width, sheet.height, tuple(spots), sheet.folds)


def _seen(box: Rect, whole: Rect, bleed: float, overlap: float) -> Rect:
    """Return what may be seen of a page: over the sheet's edge its bleed, over a fold the overlap."""
    reach = [bleed if abs(at - end) < 0.5 else overlap for at, end in zip(box, whole, strict=True)]
    return box[0] - reach[0], box[1] - reach[1], box[2] + reach[2], box[3] + reach[3]


def _wrong(layout: Layout, panels: Sequence[str]) -> Iterator[Finding]:
    """Tell panels that no page fills, and pages that stand nowhere."""
    wanted = [placed.panel for sheet in layout.sheets for placed in sheet.panels]
    for panel in wanted:
        if panel not in panels:
            message = N_("No page fills the panel “{panel}” of the open sheet.")
            yield Finding("sheets.panel", message, {"panel": panel}, Place(f"{layout.name}/layout.yaml"))
    for number, panel in enumerate(panels, 1):
        if panel not in wanted or panel in panels[: number - 1]:
            message = N_("This page has no place on the open sheet: the text needs more panels than there are.")
            remedy = N_("Shorten the text, or choose a layout with more room.")
            yield Finding("sheets.no-place", message, {}, Place(page=number), remedy=remedy)


def creep(count: int, paper: float) -> float:
    """Return how far the innermost of a booklet's sheets is pushed outward: pages / 4 × g/m² / 1000 mm."""
    return count / 4 * paper / 1000 * MM


def order(count: int) -> list[tuple[int | None, int | None]]:
    """Return left and right page (from 0; None: blank) of each side: a sheet's front, its back, the next inward.

    What is missing to a multiple of four is blank and stands before the last page, so that the back stays the back.
    """
    full = count + -count % 4
    pages: list[int | None] = [*range(count - 1), *(None,) * (full - count), count - 1]
    sides = []
    for sheet in range(full // 4):
        first, last = 2 * sheet, full - 1 - 2 * sheet
        sides += [(pages[last], pages[first]), (pages[first + 1], pages[last - 1])]
    return sides


def _stitched(count: int, width: float, height: float, bleed: float, paper: float) -> Plan:
    full = count + -count % 4
    inner = full // 4 - 1
    whole = (0.0, 0.0, 2 * width, height)
    sides = []
    for number, (left, right) in enumerate(order(count)):
        # outermost sheet: none; innermost: all of it. Pages move to the fold, so that the knife leaves equal margins.
        shift = creep(full, paper) * (number // 2) / inner if inner else 0.0
        spots = []
        for page, x, to_fold in ((left, 0.0, shift), (right, width, -shift)):
            if page is not None:
                seen = _seen((x, 0.0, x + width, height), whole, bleed, 0.0)
                spots.append(Spot(page, (x + to_fold, 0.0, x + to_fold + width, height), seen))
        sheet, face = number // 2 + 1, "front" if number % 2 == 0 else "back"
        sides.append(Side(f"{sheet} {face}", 2 * width, height, tuple(spots), (width,)))
    findings = [_how(tuple(sides)), *_paper(sides)]
    if full != count:
        message = N_("A stapled publication needs a multiple of four pages: {blank} of {full} stay blank.")
        values: dict[str, object] = {"blank": full - count, "full": full}
        findings.append(Finding("sheets.blank", message, values, severity="warning", remedy=_FILL))
    return Plan(tuple(sides), findings)


_FILL = N_("Lengthen or shorten the text; the blank pages stand before the last one.")


def _how(sides: tuple[Side, ...]) -> Finding:
    message = N_("Print on both sides, turned over the short edge, without scaling; the dummy shows how to fold.")
    return Finding("sheets.how", message, {"sides": len(sides)}, severity="note")


_PAPERS = (("A4", 210, 297), ("A3", 297, 420))  # what office printers take, in millimetres


def _paper(sides: Sequence[Side]) -> Iterator[Finding]:
    """Tell what paper an office printer needs, where A4 is too small for the trimmed sheet."""
    short, long = (max((end((one.width, one.height)) for one in sides), default=0.0) / MM for end in (min, max))
    taken = [name for name, least, most in _PAPERS if short <= least + 0.1 and long <= most + 0.1]
    values: dict[str, object] = {"width": f"{long:.0f}", "height": f"{short:.0f}", "paper": taken[0] if taken else ""}
    if not taken:
        message = N_("The sheet measures {width} × {height} mm: no office printer takes it, only a print shop.")
        yield Finding("sheets.paper", message, values, severity="note")
    elif taken[0] != _PAPERS[0][0]:
        message = N_("The sheet measures {width} × {height} mm: an office printer needs {paper}, cut afterwards.")
        yield Finding("sheets.paper", message, values, severity="note")
