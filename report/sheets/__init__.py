"""Imposition: finished pages become the sheets that are printed, folded and stapled.

Knows: sizes, folds, the order of pages. Must never know how pages were made or what is on them.
"""

from __future__ import annotations

from collections.abc import Sequence

from report.sheets.plan import Plan, Side, Spot, creep, order, plan

__all__ = ["Plan", "Side", "Spot", "creep", "dummy", "impose", "order", "plan"]


def impose(pages: bytes, sides: Sequence[Side], bleed: float, margin: float, marks: Sequence[str]) -> bytes:
    """Return the sheets of a finished file of pages: `margin` is white at each edge, `marks` what a printer wants."""
    from report.sheets.assemble import assemble

    return assemble(pages, sides, bleed, margin, marks)


def dummy(sides: Sequence[Side]) -> bytes:
    """Return a file to fold by hand: the same sheets, with the pages' numbers alone."""
    from report.sheets.assemble import fold

    return fold(sides)
