"""TIFF without what stands beside the picture: its first picture, strips or tiles as they are coded.

Knows: TIFF 6.0 and its supplements. Must never know who wants the file.
"""

from __future__ import annotations

import struct

from report.typeset.clean import words
from report.typeset.clean.words import SIZES, Unclean

_STRIPS, _TILES = (273, 279), (324, 325)  # where they begin, how many bytes they have
_XMP, _IPTC = 700, 33723
# measures, colours, coding, tables of coded data, the side that is up, size of a dot, clear parts, profile, makers
_TAGS = frozenset(
    (254, 256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 282, 283, 284, 292, 293, 296, 301, 315, 317, 318, 319,
     320, 321, 322, 323, 324, 325, 332, 333, 334, 336, 338, 339, 340, 341, 347, 529, 530, 531, 532, 33432, 34675)
)  # fmt: skip
_OLD_JPEG = 6  # its data lie elsewhere in the file, in ways of their own


def cleaned(data: bytes) -> bytes:
    """Return a TIFF file anew; raise Unclean where its data cannot be taken over."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None:
        raise Unclean
    found = {tag: (kind, value) for tag, kind, value in words.directory(data, order, 4)}
    begins, sizes = next((pair for pair in (_TILES, _STRIPS) if set(pair) <= set(found)), (0, 0))
    if not begins or _numbers(found.get(259, (3, b"")), order) == [_OLD_JPEG]:
        raise Unclean
    kept = {tag: one for tag, one in found.items() if tag in _TAGS}
    kept |= _words(found)
    pieces = []
    for at, size in zip(_numbers(found[begins], order), _numbers(found[sizes], order), strict=True):
        if at + size > len(data):
            raise Unclean
        pieces.append(data[at : at + size] + b"\0" * (size % 2))
    kept[begins] = (4, bytes(4 * len(pieces)))
    start = len(words.written(_listed(kept), order))
    start += start % 2
    places = []
    for piece in pieces:
        places.append(start)
        start += len(piece)
    kept[begins] = (4, struct.pack(f"{order}{len(places)}I", *places))
    head = words.written(_listed(kept), order)
    return head + b"\0" * (len(head) % 2) + b"".join(pieces)


def _listed(entries: dict[int, tuple[int, bytes]]) -> list[tuple[int, int, bytes]]:
    return [(tag, kind, value) for tag, (kind, value) in entries.items()]


def _words(found: dict[int, tuple[int, bytes]]) -> dict[int, tuple[int, bytes]]:
    """Return the words about the makers that stand in tags of their own."""
    kept = {}
    xmp = words.xmp(found[_XMP][1]) if _XMP in found else b""
    if xmp:
        kept[_XMP] = (1, xmp)
    iptc = words.datasets(found[_IPTC][1]) if _IPTC in found else b""
    if iptc:
        kept[_IPTC] = (7, iptc)
    return kept


def _numbers(entry: tuple[int, bytes], order: str) -> list[int]:
    kind, value = entry
    letter = {3: "H", 4: "I"}.get(kind)
    if letter is None:
        raise Unclean
    return list(struct.unpack(f"{order}{len(value) // SIZES[kind]}{letter}", value))
