"""JPEG and PNG without what stands beside the picture.

Knows: ITU-T T.81 annex B, JFIF 1.02, PNG (third edition). Must never know who wants the file.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from report.typeset import jpeg
from report.typeset.clean import words
from report.typeset.clean.words import Unclean

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# what makes the picture: pixels, palette, clear parts, colours, size of a dot
_CHUNKS = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"bKGD",
     b"pHYs", b"hIST")
)  # fmt: skip
_XMP = b"XML:com.adobe.xmp"
_WORDS = (b"Author", b"Copyright")
_PART = 65519  # of a colour profile in one segment: 65535 without length, name and numbers


def cleaned(data: bytes) -> bytes:
    """Return a JPEG file anew; what follows its end (films, further pictures) goes too. Raises jpeg.Broken."""
    head = jpeg.head(data)
    segments = []
    if head.jfif:
        segments.append((0xE0, b"JFIF\0" + head.jfif[:7] + b"\0\0"))  # version, density; no small picture
    exif, xmp, iptc = words.exif(head.exif), words.xmp(head.xmp), words.iptc(head.iptc)
    if exif:
        segments.append((0xE1, b"Exif\0\0" + exif))
    if xmp:
        segments.append((0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp))
    parts = [head.icc[at : at + _PART] for at in range(0, len(head.icc), _PART)]
    segments += [(0xE2, b"ICC_PROFILE\0" + bytes((at, len(parts))) + part) for at, part in enumerate(parts, 1)]
    if iptc:
        segments.append((0xED, b"Photoshop 3.0\0" + iptc))
    beside = b"".join(b"\xff" + bytes((marker,)) + _length(body) + body for marker, body in segments)
    return b"\xff\xd8" + beside + jpeg.bare(data)[2:]


def _length(body: bytes) -> bytes:
    if len(body) + 2 > 0xFFFF:  # longer than a segment: such words were never in one
        raise Unclean
    return (len(body) + 2).to_bytes(2, "big")


def cleaned_png(data: bytes) -> bytes:
    """Return a PNG file anew, its first picture alone where it moves; raise Unclean where it is no whole one."""
    if not data.startswith(_SIGNATURE):
        raise Unclean
    kept: list[bytes] = [_SIGNATURE]
    late: list[bytes] = []
    for name, body in _chunks(data):
        if name == b"IEND":
            return b"".join((*kept, *late, _chunk(name, b"")))
        if name in _CHUNKS:
            kept.append(_chunk(name, body))
        elif name == b"eXIf":
            found = words.exif(body)
            late += [_chunk(name, found)] if found else []
        elif name == b"iTXt" and body.startswith(_XMP + b"\0\0"):
            found = words.xmp(body.rpartition(b"\0")[2])
            late += [_chunk(name, _XMP + b"\0\0\0\0\0" + found)] if found else []
        elif name in (b"tEXt", b"iTXt") and body.partition(b"\0")[0] in _WORDS:
            late.append(_chunk(name, body))
    raise Unclean


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        at += 12 + size


def _chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")
