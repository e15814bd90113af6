"""What a camera or a program wrote beside a photograph and what never reaches a file made here: said, not shown.

Facts alone: which kinds are there, never what they say. Knows: where EXIF, XMP, JFIF and Photoshop's resources keep
place, device and previews. Must never know what is printed of a picture.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from pathlib import Path

from report.findings import N_, Finding, Place
from report.proof import Picture
from report.typeset.rights import Read

PLACE, DEVICE, PREVIEW = "place", "device", "preview"
_MAKE, _MODEL, _GPS, _LATITUDE = 271, 272, 34853, 2
_ENTRIES = 500
_NAMED = 6  # files that a note names
_IN_XMP = (
    (PLACE, (b"exif:GPSLatitude",)),
    (DEVICE, (b"tiff:Make", b"tiff:Model", b"aux:SerialNumber")),
    (PREVIEW, (b"xmp:Thumbnails",)),
)
_MESSAGES = {
    PLACE: N_("Where it was taken (GPS) stands in: {files}. It is taken out of every file made here."),
    DEVICE: N_("With which camera it was taken stands in: {files}. It is taken out of every file made here."),
    PREVIEW: N_("A small preview lies in: {files}. It is taken out of every file made here."),
}
_REMEDY = N_("The picture's own file stays as it is: do not send that one on.")


def in_exif(read: Read) -> set[str]:
    """Return what the EXIF data, or the TIFF file, behind `read` holds; nothing where it is neither."""
    start = read(0, 8)
    order = {b"II": "<", b"MM": ">"}.get(start[:2])
    if order is None or len(start) < 8:
        return set()
    tags, following = _directory(read, order, struct.unpack(order + "I", start[4:8])[0])
    found = {DEVICE} if {_MAKE, _MODEL} & tags.keys() else set()
    if _GPS in tags and _LATITUDE in _directory(read, order, tags[_GPS])[0]:  # some cameras write an empty one
        found.add(PLACE)
    if following and {0x0201, 0x0202} <= _directory(read, order, following)[0].keys():  # EXIF 2.32, 4.6.3
        found.add(PREVIEW)
    return found


def _directory(read: Read, order: str, at: int) -> tuple[dict[int, int], int]:
    """Return the directory at `at`, each tag with its four bytes as a number, and where the next one begins."""
    (count,) = struct.unpack(order + "H", read(at, 2).rjust(2, b"\0"))
    count = min(count, _ENTRIES)
    entries = read(at + 2, 12 * count)
    tags = {}
    for i in range(0, len(entries) - 11, 12):
        tag, _, _, value = struct.unpack(order + "HHII", entries[i : i + 12])
        tags[tag] = value
    following = read(at + 2 + 12 * count, 4)
    return tags, struct.unpack(order + "I", following)[0] if len(following) == 4 else 0


def in_xmp(packet: bytes) -> set[str]:
    """Return what an XMP packet holds; found by plain searching, since the packet is a stranger's."""
    return {kind for kind, names in _IN_XMP if any(name in packet for name in names)}


def in_jpeg(jfif: bytes, resources: bytes) -> set[str]:
    """Return whether JFIF's head or Photoshop's resources hold a preview."""
    small = len(jfif) >= 9 and jfif[7] and jfif[8]
    return {PREVIEW} if small or b"8BIM\x04\x0c" in resources or b"8BIM\x04\x09" in resources else set()


def noted(pictures: Iterable[Picture]) -> list[Finding]:
    """Return a note for each kind that these pictures' files hold, with the files' names."""
    from report.typeset import picture

    files: dict[str, list[str]] = {}
    for path in dict.fromkeys(Path(one.source) for one in pictures):
        for kind in picture.look(path, path.parent).traces if path.is_file() else ():
            files.setdefault(kind, []).append(path.name)
    found = []
    for kind in (kind for kind in _MESSAGES if kind in files):
        names = ", ".join(files[kind][:_NAMED]) + (" …" if len(files[kind]) > _NAMED else "")
        place = Place(path="pictures")
        found.append(Finding(f"picture.{kind}", _MESSAGES[kind], {"files": names}, place, "note", _REMEDY))
    return found
