"""The typefaces of a finished file, as a stranger reads them: codes, words, widths, outlines.

A file may show a letter, call it another, and give it a third one's width; a reader's eyes, ears and search then
disagree. Knows: PDF's font dictionaries and the few tables of TrueType that hold measures. Must never know which
faces we ship or how they were subset.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from typing import Any

from report.findings import N_, Finding, Place
from report.records import field, record

_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])")
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_NO_LETTER = ("\x00", "\ufeff", "\ufffe", "\uffff")


@record()
class Face:
    """One font of the file; `used` gathers the codes shown, each with the page where it is met first."""

    name: str
    composite: bool
    embedded: bool
    text: dict[int, str]
    widths: dict[int, float]
    default: float
    glyphs: tuple[int, ...] | None  # CID -> glyph; None: the same number
    advances: list[float]  # by glyph, 1/1000 em; empty where the program is none we can read
    used: dict[int, int] = field(default_factory=dict)

    def codes(self, shown: bytes) -> list[int]:
        """Split the bytes of a text operator into character codes."""
        if not self.composite:
            return list(shown)
        return [code for (code,) in struct.iter_unpack(">H", shown[: len(shown) // 2 * 2])]

    def read(self, codes: list[int]) -> str:
        """Return the words that the codes stand for; a code without words gives U+FFFD."""
        return "".join(self.text.get(code, "\ufffd") for code in codes)


def read_face(font: Any) -> Face:
    """Read one font dictionary."""
    composite = font.get("/Subtype") == "/Type0"
    inner = font["/DescendantFonts"][0] if composite else font
    descriptor = inner.get("/FontDescriptor", {})
    programs = [descriptor[key] for key in ("/FontFile2", "/FontFile3", "/FontFile") if key in descriptor]
    outlines = descriptor["/FontFile2"].read_bytes() if "/FontFile2" in descriptor else b""
    gids = inner.get("/CIDToGIDMap")
    mapped = hasattr(gids, "read_bytes") and gids != "/Identity"
    return Face(
        name=str(font.get("/BaseFont", "/?"))[1:],
        composite=composite,
        embedded=bool(programs),
        text=_to_unicode(font["/ToUnicode"].read_bytes()) if "/ToUnicode" in font else {},
        widths=dict(_widths(inner.get("/W", []))) if composite else {},
        default=float(inner.get("/DW", 1000)),
        glyphs=_shorts(gids.read_bytes()) if mapped else None,
        advances=_advances(outlines) if composite else [],
    )


def _shorts(raw: bytes) -> tuple[int, ...]:
    """Read pairs of bytes as numbers; an odd byte at the end is left out."""
    return tuple(number for (number,) in struct.iter_unpack(">H", raw[: len(raw) & ~1]))


def _to_unicode(cmap: bytes) -> dict[int, str]:
    text: dict[int, str] = {}
    for kind, body in _BLOCK.findall(cmap):
        if kind == b"bfchar":
            text.update((_number(code), _words(said)) for code, said in _PAIR.findall(body))
            continue
        for first, last, said, many in _RANGE.findall(body):
            start, end = _number(first), min(_number(last), _number(first) + 0xFFFF)
            if many:
                text.update(zip(range(start, end + 1), map(_words, _HEX.findall(many)), strict=False))
                continue
            base = _words(said)
            text.update((code, base[:-1] + chr(ord(base[-1]) + code - start)) for code in range(start, end + 1) if base)
    return text


def _number(digits: bytes) -> int:
    return int(b"".join(digits.split()), 16)


def _words(digits: bytes) -> str:
    raw = b"".join(digits.split())
    return bytes.fromhex(raw.decode("ascii") + "0" * (len(raw) % 2)).decode("utf-16-be", "replace")


def _widths(row: Any) -> Iterator[tuple[int, float]]:
    items, at = list(row), 0
    while at + 1 < len(items):
        first, second = int(items[at]), items[at + 1]
        if hasattr(second, "__len__"):
            yield from ((first + offset, float(width)) for offset, width in enumerate(second))
            at += 2
        elif at + 2 < len(items):
            yield from ((code, float(items[at + 2])) for code in range(first, min(int(second), first + 0xFFFF) + 1))
            at += 3
        else:
            return


def _advances(program: bytes) -> list[float]:
    """Read the advance widths of a TrueType program (head, hhea, maxp, hmtx); none where a table is missing or cut."""
    try:
        (count,) = struct.unpack_from(">H", program, 4)
        entries = (struct.unpack_from(">4sIII", program, 12 + 16 * index) for index in range(count))
        tables = {tag: (offset, length) for tag, _, offset, length in entries}
        (upem,) = struct.unpack_from(">H", program, tables[b"head"][0] + 18)
        (measured,) = struct.unpack_from(">H", program, tables[b"hhea"][0] + 34)
        (glyphs,) = struct.unpack_from(">H", program, tables[b"maxp"][0] + 4)
        rows = struct.unpack_from(f">{2 * measured}H", program, tables[b"hmtx"][0])
    except (struct.error, KeyError):
        return []
    if not upem:
        return []
    widths: list[float] = [width * 1000 / upem for width in rows[::2]]
    return [*widths, *widths[-1:] * (int(glyphs) - int(measured))]


def inspect_faces(faces: list[Face]) -> Iterator[Finding]:
    """Judge every face that shows something: embedded, and every shown letter true to its name and its width."""
    for face in faces:
        if not face.used:
            continue
        if not face.embedded:
            yield Finding(
                "preflight.font-not-embedded",
                N_("The typeface {face} is not embedded in the file."),
                {"face": face.name},
                Place(page=min(face.used.values())),
            )
        for code, page in face.used.items():
            yield from _letter(face, code, Place(page=page))


def _letter(face: Face, code: int, place: Place) -> Iterator[Finding]:
    said = face.text.get(code, "")
    values: dict[str, object] = {"face": face.name, "code": code, "text": said}
    if not said:
        yield Finding(
            "preflight.letter-unnamed",
            N_("The typeface {face} shows a sign (number {code}) of which the file does not say what it reads as."),
            values,
            place,
        )
    elif any(letter in _NO_LETTER or unicodedata.category(letter) in ("Co", "Cs") for letter in said):
        yield Finding(
            "preflight.letter-private",
            N_("The typeface {face} shows a sign (number {code}) that reads as no letter of any script."),
            values,
            place,
        )
    if not face.composite or not face.advances:
        return
    glyph = code if face.glyphs is None else (face.glyphs[code] if code < len(face.glyphs) else 0)
    if not 0 < glyph < len(face.advances):
        yield Finding(
            "preflight.glyph-missing",
            N_("The typeface {face} has no drawing for “{text}” (number {code}): an empty box is printed."),
            values,
            place,
        )
        return
    stated, drawn = face.widths.get(code, face.default), face.advances[glyph]
    if abs(stated - drawn) > 1:
        yield Finding(
            "preflight.width-wrong",
            N_("The typeface {face} states the width {stated} for “{text}”, its drawing has {drawn}."),
            {**values, "stated": round(stated, 1), "drawn": round(drawn, 1)},
            place,
        )
