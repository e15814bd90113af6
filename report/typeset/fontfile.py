"""What a font file says of itself: its tables, its measures, and whether it may be embedded.

Files come from offices as well as from us, so each is looked at before it is used: a damaged one, an OpenType/CFF one,
a web font or one that its maker does not let anyone embed is refused in words that say what to do. Knows: the bytes of
one TrueType file. Must never know shaping, pages or PDF.
"""

from __future__ import annotations

import struct
from pathlib import Path
from struct import unpack_from

from report.errors import LayoutFault
from report.findings import N_, Finding, Place
from report.records import record

_NEEDED = ("head", "hhea", "hmtx", "maxp", "cmap", "loca", "glyf")
_MAGIC = 0x5F0F3CF5  # head.magicNumber
_RESTRICTED, _NO_SUBSET, _BITMAPS_ONLY = 0x0002, 0x0100, 0x0200  # OS/2.fsType
_SERIFED = range(2, 11)  # PANOSE serif styles cove … triangle; 11 to 15 are sans


@record(frozen=True)
class Measures:
    """A face's own measures, in font units (`upem` to the em); `slant` in degrees, negative leans right."""

    upem: int
    glyphs: int
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int  # 0: the file does not say
    x_height: int  # 0: the file does not say
    slant: float
    weight: int  # 100 … 900
    italic: bool
    serif: bool
    variable: bool


def refused(path: Path, message: str, **values: object) -> LayoutFault:
    """Return the fault that names the font file and says why it cannot be used."""
    return LayoutFault(
        Finding(
            "font.refused",
            message,
            {"file": path.name, **values},
            Place(path.name),
            remedy=N_("Use a static TrueType font (.ttf) that may be embedded, as the shipped ones are."),
        )
    )


def measure(path: Path, data: bytes) -> Measures:
    """Return the measures of the TrueType file `data`; raise LayoutFault where it cannot or must not be embedded."""
    try:
        tables = _tables(path, data)
        _embeddable(path, data, tables)
        return _measures(path, data, tables)
    except struct.error as fault:
        raise refused(path, N_("The font file “{file}” is damaged: it ends too early.")) from fault


def _tables(path: Path, data: bytes) -> dict[str, int]:
    """Return where each table of the file begins."""
    kind = data[:4]
    if kind == b"OTTO":
        raise refused(
            path, N_("The font file “{file}” has PostScript outlines (CFF); only TrueType outlines can be set.")
        )
    if kind in (b"wOFF", b"wOF2"):
        raise refused(path, N_("The font file “{file}” is a web font (WOFF); its TrueType original is needed."))
    if kind == b"ttcf":
        raise refused(
            path, N_("The font file “{file}” is a collection of several fonts; a file with one font is needed.")
        )
    if kind not in (b"\0\1\0\0", b"true"):
        raise refused(path, N_("The file “{file}” is not a TrueType font."))
    tables: dict[str, int] = {}
    for index in range(unpack_from(">H", data, 4)[0]):
        tag, _, start, length = unpack_from(">4sLLL", data, 12 + 16 * index)
        if start + length > len(data):
            raise refused(path, N_("The font file “{file}” is damaged: it ends too early."))
        tables[tag.decode("latin-1")] = start
    if "glyf" not in tables and ("CFF " in tables or "CFF2" in tables):
        raise refused(
            path, N_("The font file “{file}” has PostScript outlines (CFF); only TrueType outlines can be set.")
        )
    missing = [tag for tag in _NEEDED if tag not in tables]
    if missing:
        raise refused(path, N_("The font file “{file}” is damaged: the table “{table}” is missing."), table=missing[0])
    return tables


def _embeddable(path: Path, data: bytes, tables: dict[str, int]) -> None:
    """Refuse what the font's maker forbids: the least restrictive of several permissions holds (OS/2, fsType)."""
    if "OS/2" not in tables:
        return
    permission = unpack_from(">H", data, tables["OS/2"] + 8)[0]
    if permission & 0x000F == _RESTRICTED:
        raise refused(path, N_("The maker of the font “{file}” does not allow it to be embedded in documents."))
    if permission & (_NO_SUBSET | _BITMAPS_ONLY):
        raise refused(
            path, N_("The maker of the font “{file}” does not allow a part of it to be embedded in documents.")
        )


def _measures(path: Path, data: bytes, tables: dict[str, int]) -> Measures:
    head, hhea, post, os2 = (tables.get(tag, 0) for tag in ("head", "hhea", "post", "OS/2"))
    magic, _, upem = unpack_from(">LHH", data, head + 12)
    glyphs = unpack_from(">H", data, tables["maxp"] + 4)[0]
    if magic != _MAGIC or not 16 <= upem <= 16384 or not glyphs:
        raise refused(path, N_("The font file “{file}” is damaged: its head cannot be read."))
    style = unpack_from(">H", data, head + 44)[0]
    ascent, descent = unpack_from(">hh", data, hhea + 4)
    weight, panose, x_height, cap_height = 400, b"\0\0", 0, 0
    if os2:
        version, _, weight = unpack_from(">HhH", data, os2)
        panose = bytes(data[os2 + 32 : os2 + 34])
        if not ascent:
            ascent, descent = unpack_from(">hh", data, os2 + 68)
        if version >= 2:
            x_height, cap_height = unpack_from(">hh", data, os2 + 86)
    slant = unpack_from(">l", data, post + 4)[0] / 65536 if post else 0.0
    return Measures(
        upem=upem,
        glyphs=glyphs,
        box=unpack_from(">hhhh", data, head + 36),
        ascent=ascent,
        descent=descent,
        cap_height=cap_height,
        x_height=x_height,
        slant=slant,
        weight=weight,
        italic=bool(style & 2) or slant != 0,
        serif=panose[0] == 2 and panose[1] in _SERIFED,
        variable="fvar" in tables,
    )
