"""Words in a row, as a set: how this room writes its lists."""

from __future__ import annotations


def listed(*rows: str) -> frozenset[str]:
    """Return the words of all rows."""
    return frozenset(" ".join(rows).split())
