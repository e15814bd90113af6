"""Swatches as ink: one name, the operator that one output wants. Screen only so far; the edition picks."""

from __future__ import annotations

from functools import lru_cache

from report.house import Swatch


@lru_cache(maxsize=256)
def fill(swatch: Swatch) -> bytes:
    """Return the operator that makes `swatch` the fill colour (sRGB, 0 to 1)."""
    return b"%s rg\n" % _rgb(swatch)


@lru_cache(maxsize=256)
def stroke(swatch: Swatch) -> bytes:
    """Return the operator that makes `swatch` the stroke colour (sRGB, 0 to 1)."""
    return b"%s RG\n" % _rgb(swatch)


def _rgb(swatch: Swatch) -> bytes:
    return " ".join(number(value / 255, 4) for value in swatch.rgb).encode()


@lru_cache(maxsize=4096)  # the same distances come again and again
def number(value: float, digits: int = 3) -> str:
    """Return `value` as PDF writes numbers: no exponent, no needless zeros."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
    return "0" if text in ("-0", "") else text
