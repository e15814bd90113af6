"""What the number of pages comes to: too few or too many to be stapled, panels of a leaflet that stay empty.

Knows: planned sheets, a printer's paper. Must never know ink or marks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from report.content import Node
from report.findings import N_, Finding, Measure
from report.layout import Layout
from report.printer import Printer
from report.typeset.pages import Sheet

_FOURS = N_("The publication has {count} pages: to be stapled it needs a multiple of {many}. Pages missing: {missing}.")
_FILL = N_("Lengthen or shorten the text, or give the layout pages that only fill up (fill).")
_THICK = N_(
    "The publication has {count} pages, {sheets} sheets in each other; this layout is made for at most {most}. "
    "On paper of {paper} g/m² the innermost pages are pushed out by {creep} mm."
)
_THINNER = N_(
    "Shorten the text or take a larger format; or ask the print shop whether its staples hold, and for lighter paper."
)
_EMPTY = N_("Empty panels of the leaflet, colour alone: {count} of {panels} (pages {numbers}).")
_WRITE = N_("More text, key figures or pictures would fill them.")
_SIX = N_("The layout leaflet has six panels, which would do; or fill them with more text, key figures or pictures.")
_SMALLER = 6  # panels of the smallest leaflet
_NO_CONTENT = frozenset(("stamp", "folio", "running-head"))


def stapled(content: Node, count: int, printer: Printer) -> Iterator[Finding]:
    """Tell a number of pages that cannot be stapled, and one that grows too thick for it."""
    many = int(content.get("multiple") or 1)
    values: dict[str, object] = {"count": count, "many": many, "missing": -count % many}
    if count % many:
        yield Finding("pages.multiple", _FOURS, values, severity="note", remedy=_FILL)
    most, sheets = int(content.get("most") or count), math.ceil(count / 4)
    if count > most:
        creep = Measure(f"{sheets * printer.paper / 1000:.1f}")
        values = {
            "count": count,
            "sheets": sheets,
            "most": most,
            "paper": Measure(f"{printer.paper:g}"),
            "creep": creep,
        }
        yield Finding("pages.most", _THICK, values, severity="note", remedy=_THINNER)


def empty(sheets: Sequence[Sheet], layout: Layout) -> Iterator[Finding]:
    """Tell the panels of a leaflet on which nothing stands, and where a smaller leaflet would do."""
    bare = [number for number, sheet in enumerate(sheets, 1) if _bare(sheet)]
    if not layout.sheets or not bare:
        return
    numbers = ", ".join(map(str, bare))
    values: dict[str, object] = {"count": len(bare), "panels": len(sheets), "numbers": numbers}
    fewer = len(sheets) > _SMALLER >= len(sheets) - len(bare)
    yield Finding("panels.empty", _EMPTY, values, severity="note", remedy=_SIX if fewer else _WRITE)


def _bare(sheet: Sheet) -> bool:
    """Tell whether neither words nor pictures stand on the page; the mark of a draft is none."""
    return not sheet.boxed and all(spot.block.leaf.node.kind in _NO_CONTENT for spot in sheet.flowing)
