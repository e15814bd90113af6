"""What a web page takes ready-made: pictures as files of the web, and what the house's typefaces are called.

Knows: plain values. Must never know how a picture is made, or where on a page it stands.
"""

from __future__ import annotations

from typing import Literal

from report.records import record


@record(frozen=True)
class Still:
    """A picture's finished bytes, without anything that a camera or a program wrote beside it; measures in pixels.

    `kind`: a photograph is never cut, a drawing may be, at the edges that are away from `anchor` (0 to 1, from the
    left and from the top).
    """

    media: Literal["image/jpeg", "image/png", "image/svg+xml"]
    data: bytes
    width: float
    height: float
    kind: Literal["photo", "drawing"] = "photo"
    anchor: tuple[float, float] = (0.5, 0.5)


@record(frozen=True)
class Typeface:
    """What a face is called where a reader has it, its weight (100 to 900), and what may stand in for it."""

    family: str
    weight: int = 400
    italic: bool = False
    serif: bool = False
