"""JPEG files as segments: their measures, what they carry beside the picture, and the picture without it.

Reading segments is enough to know a photograph and to clean it: the coded data stays as the camera wrote it, and no
picture library is loaded. Knows: ITU-T T.81 annex B, JFIF, Adobe's marker. Must never know pages or rights.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from report.records import field, record

_SOI, _EOI, _SOS, _DQT = 0xD8, 0xD9, 0xDA, 0xDB
_APP0, _APP1, _APP2, _APP13, _APP14 = 0xE0, 0xE1, 0xE2, 0xED, 0xEE
_FRAMES = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)))
_BARE = frozenset((0x01, *range(0xD0, 0xD8)))  # markers without a length
_NEXT = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")  # the end of coded data: a marker that is no restart


class Broken(Exception):
    """The bytes are not a whole JPEG file."""


@record()
class Head:
    """What a JPEG file says of itself before its coded data."""

    width: int = 0
    height: int = 0
    bits: int = 0
    process: int = 0  # 0xC0 baseline, 0xC1 extended, 0xC2 progressive, others: not for PDF
    ids: bytes = b""  # of the components
    adobe: int = -1  # Adobe's colour transform; -1: no such marker
    exif: bytes = b""
    xmp: bytes = b""
    iptc: bytes = b""  # Photoshop's resources
    icc: bytes = b""
    jfif: bytes = b""  # version, density, measures of a small picture
    _icc: dict[int, bytes] = field(default_factory=dict)

    @property
    def plain(self) -> bool:
        """Whether PDF can show the coded data as they are, in grey or in red, green and blue."""
        if self.bits != 8 or self.process not in (0xC0, 0xC1, 0xC2):
            return False
        # Components named R, G, B are red, green and blue to some readers and not to others.
        return len(self.ids) == 1 or (
            len(self.ids) == 3 and (self.ids != b"RGB" or self.adobe >= 0) and self.adobe != 2
        )


def head(data: bytes) -> Head:
    """Return the head of the file that begins with `data`; raise Broken where it ends before its measures."""
    found = Head()
    for marker, begin, end in _segments(data):
        body = data[begin + 4 : end]
        if marker in _FRAMES and len(body) >= 6 and not found.process:
            count = body[5]
            found.bits, found.process = body[0], marker
            found.height, found.width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
            found.ids = body[6 : 6 + 3 * count : 3]
        elif marker == _APP0 and body.startswith(b"JFIF\0") and len(body) >= 14:
            found.jfif = found.jfif or body[5:]
        elif marker == _APP1 and body.startswith(b"Exif\0\0"):
            found.exif = found.exif or body[6:]
        elif marker == _APP1 and body.startswith(b"http://ns.adobe.com/xap/1.0/\0"):
            found.xmp = found.xmp or body[29:]
        elif marker == _APP2 and body.startswith(b"ICC_PROFILE\0") and len(body) > 14:
            found._icc[body[12]] = body[14:]
        elif marker == _APP13 and body.startswith(b"Photoshop 3.0\0"):
            found.iptc += body[14:]
        elif marker == _APP14 and body.startswith(b"Adobe") and len(body) >= 12:
            found.adobe = body[11]
    found.icc = b"".join(found._icc[number] for number in sorted(found._icc))
    if not (found.width and found.height and found.ids):
        raise Broken
    return found


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Walk the segments up to the coded data: marker, begin and end in `data`."""
    at = 2
    if data[:2] != b"\xff\xd8":
        raise Broken
    while True:
        marker, begin = _marker(data, at)
        if marker in _BARE:
            at = begin + 2
            continue
        end = begin + 2 + int.from_bytes(data[begin + 2 : begin + 4], "big")
        if marker == _EOI or end > len(data) or end < begin + 4:
            raise Broken
        yield marker, begin, end
        if marker == _SOS:
            return
        at = end


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """Return the marker at `at` (fill bytes passed over) and where it begins."""
    if data[at : at + 1] != b"\xff":
        raise Broken
    while data[at + 1 : at + 2] == b"\xff":
        at += 1
    if at + 2 > len(data):
        raise Broken
    return data[at + 1], at


def _beside(marker: int) -> bool:
    """Tell whether the segment carries something beside the picture: an application's data, a comment."""
    return 0xE0 <= marker <= 0xEF or marker == 0xFE


def bare(data: bytes) -> bytes:
    """Return the file without comments and application segments (Adobe's stays: it says what the colours are).

    What follows the end of the picture (further pictures, films) goes as well; raise Broken where no end is.
    """
    kept = [b"\xff\xd8"]
    at = 2
    for marker, begin, end in _segments(data):
        if not _beside(marker) or (marker == _APP14 and data[begin + 4 : begin + 9] == b"Adobe"):
            kept.append(data[begin:end])
        at = end
    while True:  # scans: coded data up to the next marker, then that marker's segment
        match = _NEXT.search(data, at)
        if match is None:
            raise Broken
        marker, begin = data[match.end() - 1], match.end() - 2
        if marker == _EOI:
            return b"".join((*kept, data[at : match.start()], b"\xff\xd9"))
        end = begin + 2 + int.from_bytes(data[begin + 2 : begin + 4], "big")
        if end > len(data):
            raise Broken
        kept += (data[at : match.start()], b"" if _beside(marker) else data[begin:end])
        at = end
