"""WebP without what stands beside the picture.

Knows: the RIFF container of WebP. Must never know who wants the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from report.typeset.clean import words
from report.typeset.clean.words import Unclean

_PICTURE = frozenset((b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_EXIF, _XMP = 0x08, 0x04  # flags of VP8X: what follows


def cleaned(data: bytes) -> bytes:
    """Return a WebP file anew; raise Unclean where it is no whole one."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise Unclean
    head, kept, late = b"", [], []
    for name, body in _chunks(data):
        if name == b"VP8X" and len(body) >= 10:
            head = body
        elif name in _PICTURE:
            kept.append((name, body))
        elif name == b"EXIF":
            late.append((name, words.exif(body.removeprefix(b"Exif\0\0"))))
        elif name == b"XMP ":
            late.append((name, words.xmp(body)))
    if not kept:
        raise Unclean
    if head:  # only a file with this chunk may have words
        late = [(name, body) for name, body in late if body]
        found = {name for name, _ in late}
        flags = head[0] & ~(_EXIF | _XMP) | (_EXIF if b"EXIF" in found else 0) | (_XMP if b"XMP " in found else 0)
        kept = [(b"VP8X", bytes((flags,)) + head[1:]), *kept, *late]
    body = b"WEBP" + b"".join(
        name + len(one).to_bytes(4, "little") + one + b"\0" * (len(one) % 2) for name, one in kept
    )
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, end = 12, min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while at + 8 <= end:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
