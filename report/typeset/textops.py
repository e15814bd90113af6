"""Text as PDF operators: one TJ array for a run of words, with the gaps between them as numbers.

Two-byte fonts know no word spacing (Tw), so every gap is a TJ number. Numbers are whole thousandths of an em; what
rounding leaves is carried on to the next gap, so that a line ends where it was meant to end. Tracking is Tc, which
does work for two-byte codes: the pen writes it, the widths here do not contain it. Must never know lines or pages.
"""

from __future__ import annotations

from collections.abc import Iterable

from report.typeset.face import Shaped
from report.typeset.fontuse import FontUse


def show(items: Iterable[Shaped | float], use: FontUse, size: float) -> bytes:
    """Return the operators that show `items`: shaped runs, and gaps in points between them.

    The font stands at `size`. A gap at the end is written too: what follows in another face begins after it; at a
    line's end it should not be given.
    """
    flat = use.flat.get
    unit = 1000 / size
    parts: list[bytes] = []
    gap = 0.0
    for item in items:
        code = flat(item)  # type: ignore[arg-type]  # a gap is never a key: it is told by not being found
        if code is None:
            if isinstance(item, float):
                gap += item * unit
                continue
            code = use.encode(item)
            if code is None:
                gap = _show_risen(parts, item, use, size, gap)
                continue
        string, before, after = code
        gap += before
        if gap >= 0.5 or gap <= -0.5:
            move = round(gap)
            parts.append(b")%d(%s" % (-move, string))
            gap += after - move
        else:
            parts.append(string)
            gap += after
    body = b"".join(parts)
    end = b")%d]TJ\n" % -round(gap) if gap >= 0.5 or gap <= -0.5 else b")]TJ\n"
    if body[:1] == b")":
        return b"[" + body[1:] + end
    return b"[(" + body + end if body or len(end) > 5 else b""


def _show_risen(parts: list[bytes], item: Shaped, use: FontUse, size: float, gap: float) -> float:
    """Show a run whose glyphs stand at several heights (marks on capitals); return the gap that is left over."""
    for string, before, after, rise in use.risen[item]:
        gap += before
        move = round(gap)
        parts.append(b")%d(" % -move if move else b"")
        parts.append(b")]TJ %s Ts[(%s)]TJ 0 Ts[(" % (b"%.3f" % (rise * size), string) if rise else string)
        gap += after - move
    return gap
