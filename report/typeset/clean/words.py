"""The words beside a picture that stay: who made it, whom to name, whose rights, what it shows; and which side is up.

Each is kept where it stood (EXIF, IPTC, XMP), in its own letters and whole; the blocks round them are written anew, so
that nothing else is in them. Knows: the three blocks. Must never know in which file they stand.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from report.records import record

_ORIENTATION, _ARTIST, _COPYRIGHT = 274, 315, 33432
# IPTC-IIM 4.2, record 2: by-line, its title, credit, source, copyright, caption; record 1: how letters are coded
_DATASETS = frozenset(((1, 90), (2, 80), (2, 85), (2, 110), (2, 115), (2, 116), (2, 120)))
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
}
# XMP part 1, 8.4 and 8.8; IPTC Photo Metadata: property -> container of its values
_PROPERTIES = {
    "dc:creator": "Seq",
    "dc:rights": "Alt",
    "dc:description": "Alt",
    "photoshop:AuthorsPosition": "",
    "photoshop:Credit": "",
    "photoshop:Source": "",
    "xmpRights:UsageTerms": "Alt",
    "xmpRights:WebStatement": "",
}


class Unclean(Exception):
    """The file is not built as its format wants: what may stand in it is not known."""


@record(frozen=True)
class Beside:
    """What stands beside a picture, as found: EXIF from its byte order on, Photoshop's resources, an XMP packet."""

    exif: bytes = b""
    iptc: bytes = b""
    xmp: bytes = b""


def exif(data: bytes) -> bytes:
    """Return EXIF anew with orientation, artist and copyright alone; empty where it has none of them."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 8:
        return b""
    kept = [one for one in directory(data, order, 4) if one[0] in (_ORIENTATION, _ARTIST, _COPYRIGHT)]
    kept = [one for one in kept if one[0] != _ORIENTATION or (one[2][:2] not in (b"\0\1", b"\1\0") and one[1] == 3)]
    return written(kept, order) if kept else b""


def directory(data: bytes, order: str, pointer: int) -> Iterator[tuple[int, int, bytes]]:
    """Walk the entries of the directory that `pointer` points to: tag, type, value in the file's byte order."""
    (at,) = struct.unpack_from(order + "I", data, pointer) if pointer + 4 <= len(data) else (len(data),)
    if at + 2 > len(data):
        return
    (count,) = struct.unpack_from(order + "H", data, at)
    for entry in range(at + 2, at + 2 + 12 * count, 12):
        if entry + 12 > len(data):
            return
        tag, kind, number = struct.unpack_from(order + "HHI", data, entry)
        size = SIZES.get(kind, 0) * number
        begin = entry + 8 if size <= 4 else struct.unpack_from(order + "I", data, entry + 8)[0]
        if size and begin + size <= len(data):
            yield tag, kind, data[begin : begin + size]


SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}  # TIFF 6.0, section 2


def written(entries: list[tuple[int, int, bytes]], order: str) -> bytes:
    """Return a TIFF file with one directory of these entries and nothing else."""
    head = struct.pack(order + "2sHI", b"II" if order == "<" else b"MM", 42, 8)
    at = 8 + 2 + 12 * len(entries) + 4
    rows, values = [], b""
    for tag, kind, value in sorted(entries):
        number = len(value) // SIZES[kind]
        if len(value) <= 4:
            told = value.ljust(4, b"\0")
        else:
            told = struct.pack(order + "I", at + len(values))
            values += value + b"\0" * (len(value) % 2)
        rows.append(struct.pack(order + "HHI", tag, kind, number) + told)
    return head + struct.pack(order + "H", len(rows)) + b"".join(rows) + bytes(4) + values


def iptc(resources: bytes) -> bytes:
    """Return Photoshop's resources with IPTC's words about the makers alone; empty where there are none."""
    data = b"".join(body for number, body in _resources(resources) if number == 0x0404)
    kept = datasets(data)
    if not kept:
        return b""
    return b"8BIM\x04\x04\0\0" + len(kept).to_bytes(4, "big") + kept + b"\0" * (len(kept) % 2)


def _resources(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while data[at : at + 4] == b"8BIM" and at + 12 <= len(data):
        number = int.from_bytes(data[at + 4 : at + 6], "big")
        at += 6 + data[at + 6] // 2 * 2 + 2  # the name, padded to an even length
        size = int.from_bytes(data[at : at + 4], "big")
        yield number, data[at + 4 : at + 4 + size]
        at += 4 + size + size % 2


def datasets(data: bytes) -> bytes:
    """Return IPTC's datasets with the words about the makers alone; empty where there are none."""
    found = []
    at, words = 0, False
    while data[at : at + 1] == b"\x1c" and at + 5 <= len(data):
        key, size = (data[at + 1], data[at + 2]), int.from_bytes(data[at + 3 : at + 5], "big")
        if size & 0x8000:  # an extended length: no word is so long
            break
        if key in _DATASETS:
            found.append(data[at : at + 5 + size])
            words = words or key[0] == 2
        at += 5 + size
    return b"".join(found) if words else b""


def xmp(packet: bytes) -> bytes:
    """Return an XMP packet with the words about the makers alone; empty where there are none, or where it is broken."""
    if b"<!" in packet:  # no document type, no entities; XMP has no comments either
        return b""
    begin, end = packet.find(b"<x:xmpmeta"), packet.rfind(b">")
    begin = begin if begin >= 0 else packet.find(b"<rdf:RDF")
    body = packet[begin : end + 1] if begin >= 0 else b""
    body = body.partition(b"<?xpacket end")[0]
    try:
        root = ElementTree.fromstring(body)
    except (ElementTree.ParseError, LookupError, ValueError):
        return b""
    found = {name: _values(root, name) for name in _PROPERTIES}
    rows = "".join(_row(name, values) for name, values in found.items() if values)
    if not rows:
        return b""
    spaces = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in _SPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="{_RDF[1:-1]}"><rdf:Description rdf:about=""{spaces}>{rows}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def _values(root: ElementTree.Element, name: str) -> list[tuple[str, str]]:
    """Return a property's values with their languages, however XMP writes it: attribute, text or list."""
    prefix, _, local = name.partition(":")
    full = f"{{{_SPACES[prefix]}}}{local}"
    for about in root.iter(f"{_RDF}Description"):
        if about.get(full):
            return [("", about.get(full, ""))]
        element = about.find(full)
        if element is None:
            continue
        items = [(item.get(_XML_LANG, ""), item.text or "") for item in element.iter(f"{_RDF}li")]
        return [(tongue, text) for tongue, text in items or [("", element.text or "")] if text.strip()]
    return []


def _row(name: str, values: list[tuple[str, str]]) -> str:
    kind = _PROPERTIES[name]
    if not kind:
        return f"<{name}>{escape(values[0][1])}</{name}>"
    items = ""
    for tongue, text in values:
        given = tongue or ("x-default" if kind == "Alt" else "")
        told = f' xml:lang="{escape(given, {chr(34): "&quot;"})}"' if given else ""
        items += f"<rdf:li{told}>{escape(text)}</rdf:li>"
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>"
