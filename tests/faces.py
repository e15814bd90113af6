"""Faces for the tests: the shipped ones, and some that are built for a trial."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from report.paths import shipped
from report.typeset import textops
from report.typeset.face import Face, Shaped, features, load
from report.typeset.fontuse import FontUse

FONTS = sorted(shipped("assets", "fonts").glob("*.ttf"))
SAMPLE = (
    "Gladbeck erhält den Landespreis „Familienkommune“: 10.000 Euro für effiziente, offizielle Familienarbeit – "
    "erläutert Bürgermeisterin Bettina Weist (SPD). Auflage, Schifffahrt, Tür, Wärme, AVON, Ämter, Straße, GROẞ, "
    "z.\u202fB. 5\u00a0% · Nr.\u00a07, Bürger*innen/Akteur:innen; „Vielfalt“ – Šimůnek, Łódź, Ἑλλάς, Россия → ✓"
)
PLAIN = features()


def serif() -> Face:
    return load(shipped("assets", "fonts", "SourceSerif4SmText-Regular.ttf"))


def sans() -> Face:
    return load(shipped("assets", "fonts", "SourceSans3-Regular.ttf"))


def text_of(shaped: Shaped) -> str:
    return "".join(glyph[1] for glyph in shaped.glyphs)


def built(tmp_path: Path, name: str = "Trial", upem: int = 2048, chars: str = "AB e-", fs_type: int = 0) -> Path:
    """A small TrueType font: boxes of several widths; no mark, no narrow space, no layout tables."""
    builder = FontBuilder(upem, isTTF=True)
    order = [".notdef", *(f"g{ord(char):04x}" for char in chars)]
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(char): f"g{ord(char):04x}" for char in chars})
    pen = TTGlyphPen(None)
    for step in ((0, 0), (0, 700), (500, 700), (500, 0)):
        pen.lineTo(step) if step != (0, 0) else pen.moveTo(step)
    pen.closePath()
    box = pen.glyph()
    empty = TTGlyphPen(None).glyph()
    builder.setupGlyf({glyph: empty if glyph == "g0020" else box for glyph in order})
    builder.setupHorizontalMetrics({glyph: (601 + 77 * place, 40) for place, glyph in enumerate(order)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "psName": f"{name}-Regular"})
    builder.setupOS2(fsType=fs_type, version=2, sCapHeight=700, sxHeight=0)
    builder.setupPost()
    path = tmp_path / f"{name}.ttf"
    builder.save(path)
    return path


def encoded(face: Face, words: list[str], size: float = 10.0) -> tuple[bytes, FontUse]:
    use = FontUse(face)
    items: list[Shaped | float] = []
    for word in words:
        items += [face.shape(word, PLAIN), face.shape(" ", PLAIN), 1.2345]
    return textops.show(items, use, size), use
