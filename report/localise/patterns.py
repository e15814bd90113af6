"""Where a word's syllables part, by TeX's hyphenation patterns (Liang's method).

The patterns lie in a flat trie of two number arrays, built beforehand by `report.localise.build`, so that loading is
one read of a file. Knows: letters and positions. Must never know: which of the positions a typographer would take.
"""

from __future__ import annotations

import sys
from array import array
from functools import lru_cache

from report.paths import shipped

MAGIC = "trie1"
STRANGE = 63  # the code of a letter that stands in no pattern
FILES = {"de": "hyph-de-1996.trie", "en": "hyph-en.trie"}


class Patterns:
    """One language's trie. A cell holds `next base << 6 | letter code`; 0 is free."""

    def __init__(self, raw: bytes) -> None:
        head, _, body = raw.partition(b"\n")
        magic, alphabet, cells = head.decode("utf-8").split(" ")
        if magic != MAGIC:
            raise ValueError("not a hyphenation trie of this version")
        count = int(cells)
        self._codes = {letter: code for code, letter in enumerate(alphabet, 1)}
        self._cells = array("I", body[: 4 * count])
        self._values = array("H", body[4 * count : 6 * count])
        if sys.byteorder == "big":
            self._cells.byteswap()
            self._values.byteswap()
        self._digits = body[6 * count :].decode("ascii").split(" ")
        self._levels: dict[int, tuple[tuple[int, int], ...]] = {}

    def points(self, word: str) -> list[int]:
        """Return the positions at which the lower-case `word` may be parted; position n stands before letter n."""
        codes = [self._codes.get(letter, STRANGE) for letter in f".{word}."]
        found = [0] * (len(codes) + 1)
        cells, values = self._cells, self._values
        for start in range(len(codes)):
            base = cells[0]
            for at in range(start, len(codes)):
                code = codes[at]
                cell = cells[base + code]
                if cell & 63 != code:
                    break
                value = values[base + code]
                if value:
                    for offset, level in self._levels.get(value) or self._pairs(value):
                        found[start + offset] = max(found[start + offset], level)
                base = cell >> 6
                if not base:
                    break
        return [at for at in range(1, len(word)) if found[at + 1] & 1]

    def _pairs(self, value: int) -> tuple[tuple[int, int], ...]:
        pairs = tuple((offset, int(digit)) for offset, digit in enumerate(self._digits[value]) if digit != "0")
        self._levels[value] = pairs
        return pairs


@lru_cache(maxsize=8)
def load(language: str) -> Patterns | None:
    """Return the patterns of a language ("de"), or None where none are shipped."""
    name = FILES.get(language)
    return Patterns(shipped("assets", "hyphenation", name).read_bytes()) if name else None
