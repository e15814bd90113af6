"""What a reader's eye meets: every letter's colour against the pixels behind it, and letters upon letters.

The page is drawn once without its text; for each letter the pixels in its box are the ground, whatever the layout
says it is. So text on a photograph is judged by the photograph. Thresholds are those of WCAG 2.1, 1.4.3, level AA.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

SCALE = 2.0  # pixels a point
CELL = 24.0  # points
MOST_SHARED = 0.25  # of the smaller letter's box
NEIGHBOURS = 3  # letters of a ligature share one box, kerned ones reach into each other
_BOLD = ("Bold", "Black")  # a semibold is none


@dataclass(frozen=True, slots=True)
class Weak:
    """Letters of one colour and size that stand out too little: page from 1, words, ratio found and wanted."""

    page: int
    words: str
    size: float
    ratio: float
    wanted: float

    def __str__(self) -> str:
        return f"p. {self.page} “{self.words}” ({self.size:g} pt): {self.ratio:.2f} : 1 instead of {self.wanted:g} : 1"


def weak(source: bytes | Path) -> list[Weak]:
    """Return every run of letters whose contrast is too low anywhere behind it."""
    with pypdfium2.PdfDocument(source) as document:
        return [found for number in range(len(document)) for found in _page(document, number)]


def _page(document: Any, number: int) -> Iterator[Weak]:
    letters = list(_letters(document[number]))
    bare = document[number]
    for item in [item for item in bare.get_objects() if item.type == pdfium.FPDF_PAGEOBJ_TEXT]:
        bare.remove_obj(item)
    ground = bare.render(scale=SCALE).to_pil().convert("RGB")
    judged = (
        (size, wanted, letter, _lowest(ground, colour, box, bare.get_height()))
        for letter, colour, size, wanted, box in letters
    )
    for (size, wanted, low), run in groupby(judged, key=lambda one: (one[0], one[1], one[3] < one[1])):
        if low:
            found = list(run)
            yield Weak(number + 1, "".join(one[2] for one in found), size, min(one[3] for one in found), wanted)


def _letters(page: Any) -> Iterator[tuple[str, tuple[int, int, int], float, float, tuple[float, ...]]]:
    text = page.get_textpage()
    for index in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text, index))
        if not letter.isprintable() or letter.isspace() or pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not pdfium.FPDFText_GetFillColor(text, index, red, green, blue, alpha):
            continue
        size = round(pdfium.FPDFText_GetFontSize(text, index), 2)
        large = size >= 18 or (size >= 14 and any(word in _font(text, index) for word in _BOLD))
        box = text.get_charbox(index, loose=False)
        yield letter, (red.value, green.value, blue.value), size, 3.0 if large else 4.5, box


def _font(text: Any, index: int) -> str:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, name, 128, flags)
    return name.value.decode("utf-8", "replace")


def _lowest(ground: Image.Image, colour: tuple[int, int, int], box: tuple[float, ...], height: float) -> float:
    left, bottom, right, top = box
    edges = (int(left * SCALE), int((height - top) * SCALE), int(right * SCALE) + 1, int((height - bottom) * SCALE) + 1)
    within = (max(edges[0], 0), max(edges[1], 0), min(edges[2], ground.width), min(edges[3], ground.height))
    if within[0] >= within[2] or within[1] >= within[3]:
        return 21.0  # off the page: nobody sees it
    inside = ground.crop(within)
    found = inside.getcolors(inside.width * inside.height) or []
    least = max(1, inside.width * inside.height // 50)  # a hairline behind a letter hides no letter
    return min((ratio(colour, behind) for count, behind in found if count >= least), default=21.0)


def collisions(source: bytes | Path) -> list[str]:
    """Return letters whose ink stands on other letters' ink: lines set into each other, columns that run over."""
    with pypdfium2.PdfDocument(source) as document:
        return [found for number in range(len(document)) for found in _collisions(document[number], number + 1)]


def _collisions(page: Any, number: int) -> Iterator[str]:
    cells: dict[tuple[int, int], list[tuple[int, str, tuple[float, ...]]]] = {}
    for index, (letter, _, _, _, box) in enumerate(_letters(page)):
        area = (box[2] - box[0]) * (box[3] - box[1])
        if area <= 0:
            continue
        reach = [
            (column, row)
            for column in range(int(box[0] // CELL), int(box[2] // CELL) + 1)
            for row in range(int(box[1] // CELL), int(box[3] // CELL) + 1)
        ]
        for before, other, there in {near for cell in reach for near in cells.get(cell, [])}:
            if index - before <= NEIGHBOURS:
                continue
            width = min(box[2], there[2]) - max(box[0], there[0])
            height = min(box[3], there[3]) - max(box[1], there[1])
            least = min(area, (there[2] - there[0]) * (there[3] - there[1]))
            if width > 0 and height > 0 and width * height > MOST_SHARED * least:
                yield f"p. {number}: “{letter}” on “{other}” at {box[0]:.0f}, {box[1]:.0f}"
        for cell in reach:
            cells.setdefault(cell, []).append((index, letter, box))


@cache
def ratio(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Return the contrast ratio of two colours (WCAG 2.1)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    parts = (part / 255 for part in colour)
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
