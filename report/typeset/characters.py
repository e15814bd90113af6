"""What characters are to a typesetter: which paint nothing, which may stand in for another, which belong together.

Pure functions over Unicode; its tables are loaded only for text that goes beyond plain Latin. Knows: characters. Must
never know a font, a language or a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

SOFT_HYPHEN: Final = "\u00ad"
NARROW_SPACE: Final = "\u202f"
# Characters that paint nothing: soft hyphen, joiners and non-joiners, zero-width space, variation selectors.
UNSEEN: Final = frozenset("\u00ad\u034f\u200b\u200c\u200d\u2060\ufeff" + "".join(map(chr, range(0xFE00, 0xFE10))))
# Spaces that can be made of the word space where a face has none of their own.
SPACES: Final = frozenset("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f")
# A hyphen may look like another hyphen, never like something else.
STAND_INS: Final = {"\u2010": "-", "\u2011": "\u2010-"}
COMPOSED_FROM: Final = "\u0300"  # below it nothing combines and every character is its own NFC form
EAST_OF_LATIN: Final = "\u0370"  # below it the script is Latin, or none (figures, points)
SKIPPED: Final = "\u2060"  # the word joiner: every reader skips it


def sources(text: str, clusters: Sequence[int]) -> list[str]:
    """Return the characters of each glyph, given the index of its first character in `text`.

    A glyph stands for all up to the next glyph's first; where several glyphs share a start, each takes one character
    and the last the rest. A glyph that is left without any (one character drawn by two glyphs) reads U+2060: PDF/A
    wants some character for it, and no shipped face needs this.
    """
    starts = sorted(set(clusters))
    ends = dict(pairwise([*starts, len(text)]))
    if len(starts) == len(clusters):
        return [_seen(text[start : ends[start]]) for start in clusters]
    shared = {start: clusters.count(start) for start in starts}
    reached = {start: start for start in starts}
    found = []
    for start in clusters:
        begin, end = reached[start], ends[start]
        shared[start] -= 1
        if shared[start]:
            end = min(begin + 1, end)
        reached[start] = end
        found.append(_seen(text[begin:end]))
    return found


def _seen(source: str) -> str:
    """Return `source` without what paints nothing; a character alone stays (a soft hyphen that was drawn)."""
    if len(source) > 1:
        source = "".join(char for char in source if char not in UNSEEN) or source[:1]
    return source or SKIPPED


def clusters(text: str) -> Iterator[str]:
    """Walk what a reader sees as one character: a base with its marks, joiners with what they join."""
    begin = 0
    for index in range(1, len(text)):
        if text[index] < COMPOSED_FROM:
            joined = False
        else:
            joined = text[index] in UNSEEN or text[index - 1] == "\u200d" or is_mark(text[index])
        if not joined:
            yield text[begin:index]
            begin = index
    if text:
        yield text[begin:]


def is_mark(char: str) -> bool:
    """Tell whether `char` is set on the character before it."""
    import unicodedata

    return char >= COMPOSED_FROM and unicodedata.category(char)[0] == "M"


def stands_alone(char: str) -> bool:
    """Tell whether `char` neither combines with a neighbour nor has another normal form."""
    import unicodedata

    return not is_mark(char) and unicodedata.is_normalized("NFC", char)


def composed(text: str) -> str:
    """Return `text` with its marks merged into single characters where Unicode has them (NFC)."""
    import unicodedata

    return unicodedata.normalize("NFC", text)


def decomposed(char: str) -> str:
    """Return `char` as base and marks (NFD)."""
    import unicodedata

    return unicodedata.normalize("NFD", char)


def character_name(char: str) -> str:
    """Return what Unicode calls `char`, for a finding: `U+1F600 GRINNING FACE`."""
    import unicodedata

    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".rstrip()
