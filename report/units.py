"""Lengths as people write them: "12.5mm", "3pt", "1.4cm" to points (1/72 inch), and back to millimetres."""

from __future__ import annotations

import re

MM = 72 / 25.4
_UNITS = {"pt": 1.0, "mm": MM, "cm": 10 * MM, "in": 72.0}
_LENGTH = re.compile(r"^\s*(-?\d+(?:\.\d+)?)\s*(pt|mm|cm|in)\s*$")


def points(text: str) -> float:
    """Return the length `text` in points; raise ValueError where it is not a number with a unit."""
    match = _LENGTH.match(text)
    if match is None:
        raise ValueError(text)
    return float(match[1]) * _UNITS[match[2]]


def millimetres(length: float) -> float:
    """Return `length` (points) in millimetres."""
    return length / MM
