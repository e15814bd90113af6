"""One document's use of a face: which glyphs, under which codes, and the part of the font that goes into the file.

A code (CID) stands for a glyph together with the characters that it shows, so the same hyphen may read "-" in one
place and U+00AD at a line's end. Codes are given in the order of first use: a document's bytes never depend on what
was set before it in the same process. Subsets are remembered per process, since the brochures of one house need much
the same glyphs. Knows: faces, glyphs. Must never know lines or pages.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import uharfbuzz as harfbuzz

from report.findings import N_
from report.proof import Font
from report.typeset.fontfile import refused
from report.typeset.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from report.typeset.face import Face, Glyph, Shaped, Way

# A CID font is drawn by glyph numbers alone: what names characters, lays out or hints is dead weight in the file.
_NOT_NEEDED: Final = (
    "name", "OS/2", "post", "cmap", "GSUB", "GPOS", "GDEF", "BASE", "JSTF", "MATH", "kern", "gasp", "DSIG", "STAT",
    "hdmx", "VDMX", "LTSH", "PCLT", "meta", "vhea", "vmtx", "VORG", "COLR", "CPAL", "SVG", "sbix", "CBDT", "CBLC",
    "EBDT", "EBLC", "EBSC",
)  # fmt: skip
SUBSETS: Final[Store[tuple[Face, frozenset[int]], tuple[bytes, dict[int, int]]]] = Store(24)

# A code string as it stands inside a TJ array's parentheses, what to move before it and after it (1/1000 em).
Encoded = tuple[bytes, float, float]
# The same for a run whose glyphs do not all stand on one line: (code string, before, after, rise in em) each.
Risen = tuple[tuple[bytes, float, float, float], ...]


class FontUse:
    """One document's codes for one face. `flat` and `risen` remember the encoded runs; `textops` reads them."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self.flat: dict[Shaped, Encoded] = {}
        self.risen: dict[Shaped, Risen] = {}
        self._cids: dict[tuple[int, str], int] = {(0, ""): 0}
        self._widths = [self._width(0)]
        self._codes = [_literal(0)]
        self._known: dict[Glyph, bytes] = {}  # the code's bytes in a literal string

    def cid(self, gid: int, text: str) -> int:
        """Return the code of a glyph that stands for `text`, given at its first use."""
        cid = self._cids.get((gid, text))
        if cid is None:
            cid = self._cids[gid, text] = len(self._widths)
            self._widths.append(self._width(gid))
            self._codes.append(_literal(cid))
        return cid

    def _width(self, gid: int) -> int:
        return round(self.face.advance(gid) * 1000 / self.face.upem)

    def encode(self, shaped: Shaped) -> Encoded | None:
        """Return `shaped` as codes with the kerning between them; None where glyphs are raised (then see `risen`)."""
        known = self.flat.get(shaped)
        if known is None and shaped not in self.risen:
            way = shaped.way
            if way is None:
                if any(glyph[4] for glyph in shaped.glyphs):
                    self.risen[shaped] = self._levels(shaped)
                    return None
                way = shaped.way = self._way(shaped.glyphs)
            known = self.flat[shaped] = self._string(shaped.glyphs, way)
        return known

    def _levels(self, shaped: Shaped) -> Risen:
        """Cut a run where the height of its glyphs changes."""
        glyphs = shaped.glyphs
        cuts = [0, *(i for i in range(1, len(glyphs)) if glyphs[i][4] != glyphs[i - 1][4]), len(glyphs)]
        parts = [glyphs[start:end] for start, end in pairwise(cuts)]
        return tuple((*self._string(part, self._way(part)), part[0][4]) for part in parts)

    def _way(self, glyphs: Sequence[Glyph]) -> Way:
        """Return the way of the pen over `glyphs`, in thousandths of an em: the same in every document.

        `wanted` is where HarfBuzz puts each glyph, `pen` where the viewer's pen stands: they differ by less than half
        a unit after each step, so no error grows.
        """
        moves: list[tuple[int, bytes]] = []
        wanted = pen = lead = 0.0
        for place, (gid, _, advance, shift, _) in enumerate(glyphs):
            step = wanted + shift * 1000 - pen
            if not place:
                lead = step
                pen += step
            elif step >= 0.5 or step <= -0.5:
                move = round(step)
                moves.append((place, b")%d(" % -move))
                pen += move
            pen += self._width(gid)
            wanted += advance * 1000
        return tuple(moves), round(lead, 6), round(wanted - pen, 6)

    def _string(self, glyphs: Sequence[Glyph], way: Way) -> Encoded:
        """Encode a run: codes of two bytes, and a whole TJ number where the pen leaves its own path."""
        moves, lead, after = way
        known = self._known
        try:
            codes = [known[glyph] for glyph in glyphs]
        except KeyError:
            for glyph in glyphs:
                if glyph not in known:
                    known[glyph] = self._codes[self.cid(glyph[0], glyph[1])]
            codes = [known[glyph] for glyph in glyphs]
        for place, move in reversed(moves):
            codes.insert(place, move)
        return b"".join(codes), lead, after

    def font(self) -> Font:
        """Return the font as the finished file embeds it: the glyphs that were used, under their codes."""
        face, facts = self.face, self.face.measures
        pairs = sorted(self._cids, key=self._cids.__getitem__)
        program, moved = subset(face, frozenset(gid for gid, _ in pairs))
        em = 1000 / facts.upem
        left, bottom, right, top = (round(edge * em) for edge in facts.box)
        return Font(
            name=face.name,
            program=program,
            widths=list(self._widths),
            to_gid=[moved[gid] for gid, _ in pairs],
            text=[text for _, text in pairs],
            box=(left, bottom, right, top),
            ascent=round(face.ascent * 1000),
            descent=round(face.descent * 1000),
            cap_height=round(face.cap_height * 1000),
            italic_angle=facts.slant,
            stem=round(50 + (facts.weight / 65) ** 2),  # nobody measures stems: the usual guess from the weight
            italic=facts.italic,
            serif=facts.serif,
        )


def subset(face: Face, glyphs: frozenset[int]) -> tuple[bytes, dict[int, int]]:
    """Return the font program with `glyphs` (and their parts) alone, and where each glyph has moved."""
    found = SUBSETS.get((face, glyphs))
    if found is None:
        order = harfbuzz.SubsetInput()
        order.glyph_set.set(sorted(glyphs | {0}))
        order.flags = harfbuzz.SubsetFlags.NO_HINTING | harfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
        order.drop_table_tag_set.update(_tag(name) for name in _NOT_NEEDED)
        for axis, value in face.axes.items():
            order.pin_axis_location(face.source, axis, value)
        try:
            plan = harfbuzz.SubsetPlan(face.source, order)
            program = bytes(plan.execute().blob.data)
            moved = plan.old_to_new_glyph_mapping
            found = (program, {gid: moved[gid] for gid in glyphs | {0}})
        except (RuntimeError, MemoryError, KeyError) as fault:  # KeyError: it names glyphs that it does not have
            raise refused(face.path, N_("The font file “{file}” is damaged: its glyphs cannot be read.")) from fault
        SUBSETS.put((face, glyphs), found)
    return found


def _tag(name: str) -> int:
    return int.from_bytes(name.ljust(4).encode("ascii"), "big")


def _literal(cid: int) -> bytes:
    """Return a code as it stands in a literal string: half as long as in hexadecimal, and a third after deflate."""
    code = cid.to_bytes(2, "big")
    for byte in b"\\()":
        code = code.replace(bytes((byte,)), b"\\" + bytes((byte,)))
    return code.replace(b"\r", b"\\r")
