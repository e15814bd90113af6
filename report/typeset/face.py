"""Typefaces: which characters a face has, how wide a word runs in it, which glyphs stand for which characters.

A face is read once per process and never changed; the words that it has shaped are remembered in one bounded store.
Every glyph keeps the characters that it stands for, so that a ligature still reads "ffi" in the finished file. Home of
HarfBuzz. Knows: one font file, one run of text. Must never know measures, lines, pages or PDF.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

import uharfbuzz as harfbuzz

from report.findings import N_
from report.records import record
from report.typeset.characters import (
    COMPOSED_FROM,
    EAST_OF_LATIN,
    NARROW_SPACE,
    SKIPPED,
    SOFT_HYPHEN,
    SPACES,
    STAND_INS,
    UNSEEN,
    character_name,
    clusters,
    composed,
    decomposed,
    sources,
    stands_alone,
)
from report.typeset.fontfile import Measures, measure, refused
from report.typeset.store import Store

__all__ = ["Face", "Features", "Glyph", "Shaped", "character_name", "features", "load", "pick"]

_NARROW_WIDTH = 0.2  # em, where the face has no narrow no-break space of its own

_EACH_CHARACTER: Final = harfbuzz.BufferClusterLevel.CHARACTERS
_NOTHING_UNSEEN: Final = harfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES

Glyph = tuple[int, str, float, float, float]
# TJ numbers before some glyphs of a run (by their place), what to move before and after it (1/1000 em).
Way = tuple[tuple[tuple[int, bytes], ...], float, float]


@record(frozen=True, eq=False)
class Features:
    """What is asked of a face beside its plain glyphs. Made by `features()` only: equal wishes are one object."""

    figures: str
    small_caps: bool
    language: str
    tags: Mapping[str, bool]


@record(eq=False)
class Shaped:
    """A run of text as glyphs, in em: (glyph, its characters, advance, x offset, y offset) each.

    `width` includes kerning; `left` is the space between the origin and the first glyph's ink, `right` the space
    between the last glyph's ink and the end of the run. Two runs are the same only if they are one object; none is
    ever changed (frozen by custom, since a frozen class takes four times as long to make). `way` is `fontuse`'s own:
    the way of the pen, found when the run is first written.
    """

    width: float
    glyphs: tuple[Glyph, ...]
    left: float
    right: float
    way: Way | None = None


@lru_cache(maxsize=256)
def features(
    figures: Literal["lining", "old-style", "tabular"] | str = "lining", small_caps: bool = False, language: str = "de"
) -> Features:
    """Return the one Features of these wishes; figures are lining, old-style (both proportional) or tabular."""
    wanted = {"lining": ("lnum", "pnum"), "old-style": ("onum", "pnum"), "tabular": ("lnum", "tnum")}[figures]
    tags = {"kern": True, "liga": True, "dlig": False, **dict.fromkeys(wanted, True)}
    if small_caps:
        tags |= {"smcp": True, "c2sc": True}
    return Features(figures, small_caps, language, tags)


WORDS: Final[Store[tuple[Face, Features, str], Shaped]] = Store(1_000)  # who sets words remembers them too


class Face:
    """One font file. Lengths are in em: 1.0 is the size at which the face is set."""

    def __init__(self, path: Path, data: bytes, axes: Mapping[str, float]) -> None:
        facts = measure(path, data)
        self.path = path
        self.axes = dict(sorted(axes.items()))
        self.measures: Measures = facts
        self.source = harfbuzz.Face(harfbuzz.Blob(data))  # the file as HarfBuzz reads it: for `fontuse`
        if self.source.glyph_count != facts.glyphs:
            raise refused(path, N_("The font file “{file}” is damaged: its glyphs cannot be read."))
        self._font = harfbuzz.Font(self.source)
        if facts.variable:
            self._pin()
        self.upem = facts.upem
        self.name = _name(self.source.get_name(harfbuzz.OTNameIdPredefined.POSTSCRIPT_NAME), path, self.axes)
        names = harfbuzz.OTNameIdPredefined
        self.family = self.source.get_name(names.TYPOGRAPHIC_FAMILY) or self.source.get_name(names.FONT_FAMILY) or ""
        self._covered: set[str] = set(UNSEEN)
        self._simple: set[str] = set()  # covered, and HarfBuzz needs no help from us
        self._inks: dict[int, tuple[float, float, float, float]] = {}
        self._glyphs_known: dict[Glyph, Glyph] = {}  # words share them; as many as there are glyphs and kernings
        em = facts.upem
        self.ascent = facts.ascent / em
        self.descent = facts.descent / em
        self.cap_height = facts.cap_height / em or self._top("H", 0.7)
        self.x_height = facts.x_height / em or self._top("x", 0.5)
        space = self._font.get_nominal_glyph(0x20)
        self.space: float = self._font.get_glyph_h_advance(space) / em if space else 0.25

    def _pin(self) -> None:
        """Fix a variable font at `axes`; axes that are not named stand at the font's own default."""
        known = {axis.tag: axis for axis in self.source.axis_infos}
        for tag, value in self.axes.items():
            if tag not in known or not known[tag].min_value <= value <= known[tag].max_value:
                raise refused(
                    self.path, N_("The font “{file}” has no axis “{axis}” that reaches {value}."), axis=tag, value=value
                )
        self.axes = {tag: self.axes.get(tag, axis.default_value) for tag, axis in sorted(known.items())}
        self._font.set_variations(self.axes)

    def outline(self, char: str, pen: object) -> bool:
        """Draw the glyph of `char` with `pen` (moveTo, lineTo …; in the face's units); tell whether there is one."""
        gid = self._font.get_nominal_glyph(ord(char))
        if gid:
            self._font.draw_glyph_with_pen(gid, pen)
        return bool(gid)

    def covers(self, text: str) -> bool:
        """Tell whether every character has a glyph here (characters that paint nothing need none)."""
        if self._covered.issuperset(text):
            return True
        if max(text) >= COMPOSED_FROM:
            text = self._spelled(text)
        return all(char in self._covered or self._learn(char) for char in text)

    def _learn(self, char: str) -> bool:
        """Look for `char` in the face, and remember it if it is there."""
        if self._has(char):
            if char < COMPOSED_FROM or stands_alone(char):
                self._simple.add(char)
        elif not ((char in SPACES and self._has(" ")) or any(map(self._has, STAND_INS.get(char, "")))):
            return False
        self._covered.add(char)
        return True

    def _has(self, char: str) -> bool:
        return bool(self._font.get_nominal_glyph(ord(char)))

    def _top(self, char: str, otherwise: float) -> float:
        glyph = self._font.get_nominal_glyph(ord(char))
        return self.ink(glyph)[3] if glyph else otherwise

    def shape(self, text: str, features: Features) -> Shaped:
        """Return `text` (a word, or any run) as glyphs.

        A soft hyphen at the end is drawn as a hyphen, kerned to what stands before it, and still reads U+00AD;
        anywhere else it is nothing. A character that the face lacks comes out as glyph 0: ask `covers` first.
        """
        key = (self, features, text)
        shaped = WORDS.get(key)
        if shaped is None:
            shaped = self._shape(text, features)
            WORDS.put(key, shaped)
        return shaped

    def prefixes(self, pieces: Sequence[str], features: Features) -> list[tuple[float, int]]:
        """Return width and number of glyphs of the first, the first two, … of the pieces of a word.

        As if each were shaped by itself, but most are read off the whole word: where no kerning and no ligature
        reaches over the joint.
        """
        word = "".join(pieces)
        glyphs = self.shape(word, features).glyphs
        told = sum([len(glyph[1]) for glyph in glyphs]) == len(word)
        found: list[tuple[float, int]] = []
        width, place, reached, end = 0.0, 0, 0, 0
        for piece in pieces:
            end += len(piece)
            while reached < end and place < len(glyphs):
                reached += len(glyphs[place][1])
                width += glyphs[place][2]
                place += 1
            last = glyphs[place - 1] if place else None
            own = last is not None and last[2] > 0 and last[2] == self.advance(last[0]) / self.upem
            if told and reached == end and (own or end == len(word)):
                found.append((width, place))
            else:
                part = self.shape(word[:end], features)
                found.append((part.width, len(part.glyphs)))
        return found

    def hyphen(self, features: Features) -> Shaped:
        """Return the hyphen that divides a word at a line's end; its glyph reads U+00AD."""
        return self.shape(SOFT_HYPHEN, features)

    def ink(self, gid: int) -> tuple[float, float, float, float]:
        """Return the box of a glyph's ink: left, bottom, right, top; all zero where it has none."""
        box = self._inks.get(gid)
        if box is None:
            seen = self._font.get_glyph_extents(gid)
            if seen is None:  # the outline cannot be read: nothing will be painted
                box = (0.0, 0.0, 0.0, 0.0)
            else:
                left, top, em = seen.x_bearing, seen.y_bearing, self.upem
                box = (left / em, (top + seen.height) / em, (left + seen.width) / em, top / em)
            self._inks[gid] = box
        return box

    def advance(self, gid: int) -> int:
        """Return a glyph's own advance in font units, without kerning."""
        return int(self._font.get_glyph_h_advance(gid))

    def _shape(self, text: str, features: Features) -> Shaped:
        drawn = text
        if not self._simple.issuperset(text) and self.covers(text) and not self._simple.issuperset(text):
            text = self._spelled(text)
            drawn = "".join(map(self._drawn, text))
        if text.endswith(SOFT_HYPHEN):
            drawn = drawn[:-1] + "-"
        glyphs = self._glyphs(text, drawn, features)
        if NARROW_SPACE in text and not self._has(NARROW_SPACE):
            glyphs = [(g, t, _NARROW_WIDTH if t == NARROW_SPACE else a, x, y) for g, t, a, x, y in glyphs]
        if not glyphs:
            return Shaped(0.0, (), 0.0, 0.0)
        first, last = glyphs[0], glyphs[-1]
        right = last[2] - last[3] - self.ink(last[0])[2]
        return Shaped(sum([glyph[2] for glyph in glyphs]), tuple(glyphs), self.ink(first[0])[0] + first[3], right)

    def _glyphs(self, text: str, drawn: str, features: Features) -> list[Glyph]:
        """Let HarfBuzz shape `drawn`; its glyphs read as the characters of `text` in the same places."""
        buffer = harfbuzz.Buffer()
        buffer.cluster_level = _EACH_CHARACTER
        buffer.flags = _NOTHING_UNSEEN
        buffer.add_str(drawn)
        buffer.language = features.language
        if not drawn or max(drawn) < EAST_OF_LATIN:
            buffer.script = "Latn"  # figures and points alone have no script: a face's rules for Latin are meant
            buffer.direction = "ltr"
        else:
            buffer.guess_segment_properties()
        harfbuzz.shape(self._font, buffer, features.tags)
        infos, em = buffer.glyph_infos, self.upem
        begins = [info.cluster for info in infos]
        texts: Sequence[str] = text
        if begins != list(range(len(text))):
            texts = sources(text, begins)
            if SKIPPED in texts and len(parts := decomposed(text)) > len(text):
                return self._glyphs(parts, parts, features)  # a mark that was parted from its base reads as itself
        known, glyphs = self._glyphs_known, []
        for info, place, source in zip(infos, buffer.glyph_positions or (), texts, strict=True):
            x, y, advance, _ = place.position
            glyph = (info.codepoint, source, advance / em, x / em if x else 0.0, y / em if y else 0.0)
            glyphs.append(known.setdefault(glyph, glyph))
        return glyphs

    def _spelled(self, text: str) -> str:
        """Return `text` in NFC, but in parts where the face has only the parts."""
        return "".join(char if self._has(char) else self._parts(char) for char in composed(text))

    def _parts(self, char: str) -> str:
        parts = decomposed(char)
        return parts if len(parts) > 1 and all(map(self._has, parts)) else char

    def _drawn(self, char: str) -> str:
        if char in STAND_INS and not self._has(char):
            return next(filter(self._has, STAND_INS[char]), char)
        return char


def pick(faces: Sequence[Face], text: str) -> list[tuple[Face | None, str]]:
    """Split `text` into runs, each with the first of `faces` that has its characters, or None where no face has them.

    Marks stay with their base; a mark that no face has is a run of its own without a face.
    """
    if faces[0].covers(text):
        return [(faces[0], text)]
    runs: list[tuple[Face | None, str]] = []
    for cluster in clusters(text):
        whole = _first(faces, cluster)
        parts = [(whole, cluster)] if whole or len(cluster) == 1 else [(_first(faces, char), char) for char in cluster]
        for face, part in parts:
            if runs and runs[-1][0] is face:
                runs[-1] = (face, runs[-1][1] + part)
            else:
                runs.append((face, part))
    return runs


def _first(faces: Sequence[Face], text: str) -> Face | None:
    return next((face for face in faces if face.covers(text)), None)


def _name(name: str | None, path: Path, axes: Mapping[str, float]) -> str:
    """Return the PostScript name (no spaces, no delimiters of PDF); a pinned instance says where it is pinned."""
    stem = "".join(char for char in name or path.stem if char.isascii() and (char.isalnum() or char in "-_")) or "Font"
    return stem + "".join(f"_{tag.strip()}{value:g}".replace(".", "p") for tag, value in axes.items())


@lru_cache(maxsize=64)
def _load(path: Path, stamp: int, size: int, axes: tuple[tuple[str, float], ...]) -> Face:
    return Face(path, path.read_bytes(), dict(axes))


def load(path: Path, axes: Mapping[str, float] | None = None) -> Face:
    """Return the face of a font file, read once per process for each state of the file.

    `axes` pins a variable font (`{"wght": 600}`). Raises LayoutFault where the file is missing, damaged, of a kind
    that cannot be set, or not to be embedded.
    """
    try:
        state = path.stat()
        return _load(path, state.st_mtime_ns, state.st_size, tuple(sorted((axes or {}).items())))
    except OSError as fault:
        raise refused(path, N_("The font file “{file}” cannot be read.")) from fault
