"""The fonts: each subset embedded as a composite font whose every code tells its glyph and its text.

Knows: subsets, widths, texts of codes. Must never know: font files, shaping, which words are set.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from zlib import compress

from report.finish.file import LEVEL, name, number, numbers, text
from report.finish.volume import Volume
from report.proof import Font

_CMAP = b"""/CIDInit/ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def
/CMapName/Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000><FFFF>
endcodespacerange
%sendcmap
CMapName currentdict/CMap defineresource pop
end
end"""
_LINES = 100  # a bfchar section holds no more
_SYMBOLIC, _SERIF, _ITALIC = 4, 2, 64


def embed(volume: Volume) -> None:
    """Write every font that a page names."""
    used = {key for page in volume.proof.pages for key in page.fonts}
    for key, font in volume.proof.fonts.items():
        if key in used:
            volume.resources[key] = _font(volume, font)


def _font(volume: Volume, font: Font) -> int:
    file = volume.file
    label = name(f"{tag(font)}+{font.name}")
    flags = _SYMBOLIC | (_SERIF if font.serif else 0) | (_ITALIC if font.italic else 0)
    descriptor = file.add(
        b"<</Type/FontDescriptor/FontName%s/Flags %d/FontBBox%s/ItalicAngle %s/Ascent %d/Descent %d/CapHeight %d"
        b"/StemV %d/FontFile2 %d 0 R>>"
        % (
            label,
            flags,
            numbers(*font.box),
            number(font.italic_angle),
            font.ascent,
            font.descent,
            font.cap_height,
            font.stem,
            file.stream(_deflated(font.program), b"/Length1 %d/Filter/FlateDecode" % len(font.program), deflate=False),
        )
    )
    descendant = file.add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont%s/CIDSystemInfo<</Registry%s/Ordering%s/Supplement 0>>"
        b"/FontDescriptor %d 0 R/DW 0/W[0%s]/CIDToGIDMap %s>>"
        % (label, text("Adobe"), text("Identity"), descriptor, numbers(*font.widths), _glyphs(volume, font))
    )
    return file.add(
        b"<</Type/Font/Subtype/Type0/BaseFont%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (label, descendant, file.stream(to_unicode(font.text)))
    )


@lru_cache(maxsize=16)
def _deflated(program: bytes) -> bytes:
    """Return a subset deflated, the dearest step of all; the second edition of a proof finds it done."""
    return compress(program, LEVEL)


def _glyphs(volume: Volume, font: Font) -> bytes:
    if font.to_gid == list(range(len(font.to_gid))):
        return b"/Identity"
    return b"%d 0 R" % volume.file.stream(b"".join([gid.to_bytes(2, "big") for gid in font.to_gid]))


def tag(font: Font) -> str:
    """Return the subset's six letters, drawn from its content: two subsets of one face never share them."""
    digest = sha256(font.program, usedforsecurity=False)
    digest.update(repr((font.to_gid, font.text)).encode("utf-8", "replace"))
    value = int.from_bytes(digest.digest()[:8], "big")
    letters = ""
    for _ in range(6):
        value, letter = divmod(value, 26)
        letters += chr(65 + letter)
    return letters


def to_unicode(words: list[str]) -> bytes:
    """Return the CMap that leads from codes to the characters they stand for; codes without text are left out."""
    lines = [
        f"<{code:04X}><{ord(word):04X}>\n" if len(word) == 1 and word < "\ud800" else f"<{code:04X}><{_hex(word)}>\n"
        for code, word in enumerate(words)
        if word
    ]
    sections = []
    for start in range(0, len(lines), _LINES):
        part = lines[start : start + _LINES]
        sections.append(f"{len(part)} beginbfchar\n{''.join(part)}endbfchar\n")
    return _CMAP % "".join(sections).encode("ascii")


def _hex(word: str) -> str:
    return word.encode("utf-16-be", "replace").hex().upper()
