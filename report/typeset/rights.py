"""Who made a picture and who must be named: the few words that are kept of its metadata, everything else goes.

Knows: where EXIF, IPTC and XMP keep creator, credit and copyright, which way up a camera was held, and what a colour
profile calls itself. Must never know what is printed of it.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from report.records import record

_ORIENTATION, _ARTIST, _COPYRIGHT = 274, 315, 33432
_LONGEST = 300
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 7: 1}  # EXIF types that matter: byte, text, short, long, anything

Read = Callable[[int, int], bytes]  # offset, length -> bytes


@record()
class Rights:
    """The words about a picture's makers; empty where the file is silent."""

    creator: str = ""
    credit: str = ""
    copyright: str = ""

    def fill(self, other: Rights) -> None:
        """Take from `other` what is still empty."""
        self.creator = self.creator or other.creator
        self.credit = self.credit or other.credit
        self.copyright = self.copyright or other.copyright


def directory(read: Read) -> dict[int, int | str]:
    """Return the numbers and texts of a TIFF or EXIF file's first directory; empty where it is none."""
    start = read(0, 8)
    order = {b"II": "<", b"MM": ">"}.get(start[:2])
    if order is None or len(start) < 8:
        return {}
    (at,) = struct.unpack(order + "I", start[4:8])
    count = int.from_bytes(read(at, 2), "little" if order == "<" else "big")
    entries = read(at + 2, 12 * min(count, 500))
    found: dict[int, int | str] = {}
    for i in range(0, len(entries) - 11, 12):
        tag, kind, number = struct.unpack(order + "HHI", entries[i : i + 8])
        if kind not in _SIZES:
            continue
        size = _SIZES[kind] * number
        value = entries[i + 8 : i + 12]
        if size > 4:
            value = read(struct.unpack(order + "I", value)[0], min(size, 4 * _LONGEST))
        if kind == 2:
            found[tag] = words(value[:size])
        elif len(value) >= _SIZES[kind] and number:
            found[tag] = int.from_bytes(value[: _SIZES[kind]], "little" if order == "<" else "big")
    return found


def orientation(entries: dict[int, int | str]) -> int:
    """Return how the stored picture must be turned: EXIF's 1 to 8."""
    value = entries.get(_ORIENTATION, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def from_exif(entries: dict[int, int | str]) -> Rights:
    """Return the makers that EXIF names."""
    return Rights(creator=str(entries.get(_ARTIST, "")), copyright=str(entries.get(_COPYRIGHT, "")))


def from_iptc(resources: bytes) -> Rights:
    """Return the makers that IPTC names, from Photoshop's resources."""
    at = resources.find(b"8BIM\x04\x04")
    if at < 0:
        return Rights()
    at += 6
    at += (resources[at] if at < len(resources) else 0) // 2 * 2 + 2  # the name, padded to an even length
    size = int.from_bytes(resources[at : at + 4], "big")
    data = resources[at + 4 : at + 4 + size]
    texts: dict[int, list[str]] = {}
    at = 0
    while data[at : at + 1] == b"\x1c" and at + 5 <= len(data):
        record, number, length = data[at + 1], data[at + 2], int.from_bytes(data[at + 3 : at + 5], "big")
        if record == 2:
            texts.setdefault(number, []).append(words(data[at + 5 : at + 5 + length]))
        at += 5 + length
    return Rights(*(", ".join(texts.get(number, ()))[:_LONGEST] for number in (80, 110, 116)))


def from_xmp(packet: bytes) -> Rights:
    """Return the makers that XMP names; found by plain searching, since the packet is a stranger's."""
    text = packet[:100_000].decode("utf-8", "replace")
    credit = _between(text, 'photoshop:Credit="', '"') or _between(text, "<photoshop:Credit>", "</photoshop:Credit>")
    return Rights(_item(text, "dc:creator"), _plain(credit), _item(text, "dc:rights"))


def _item(text: str, name: str) -> str:
    inner = _between(text, f"<{name}>", f"</{name}>")
    parts = [part.partition(">")[2].partition("</rdf:li>")[0] for part in inner.split("<rdf:li")[1:]]
    return _plain(", ".join(parts))


def _between(text: str, begin: str, end: str) -> str:
    _, found, rest = text.partition(begin)
    inner, closed, _ = rest.partition(end)
    return inner if found and closed else ""


def _plain(text: str) -> str:
    for name, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(name, sign)
    return words(text.encode("utf-8"))


def words(raw: bytes) -> str:
    """Return a stranger's text up to its first zero byte: one line, no control characters, not too long."""
    raw = raw.partition(b"\0")[0]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:_LONGEST]


def profile_name(icc: bytes) -> str:
    """Return what a colour profile calls itself; empty where it does not."""
    count = min(int.from_bytes(icc[128:132], "big"), 100)
    for i in range(132, 132 + 12 * count, 12):
        if icc[i : i + 4] != b"desc":
            continue
        at, size = int.from_bytes(icc[i + 4 : i + 8], "big"), int.from_bytes(icc[i + 8 : i + 12], "big")
        tag = icc[at : at + size]
        if tag[:4] == b"desc":
            return words(tag[12 : 12 + int.from_bytes(tag[8:12], "big")])
        if tag[:4] == b"mluc":
            length, begin = int.from_bytes(tag[20:24], "big"), int.from_bytes(tag[24:28], "big")
            return tag[begin : begin + length].decode("utf-16-be", "replace").strip("\0 ")
    return ""


def is_srgb(icc: bytes) -> bool:
    """Tell whether a profile is none or sRGB under one of its names: then nothing has to be converted."""
    return not icc or (icc[16:20] == b"RGB " and profile_name(icc).startswith(("sRGB", "Artifex sRGB", "c2")))
