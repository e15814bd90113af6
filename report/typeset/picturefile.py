"""A picture's file before it is opened: where it may lie, what it is, how large, which way up, who made it.

Everything that could hurt is refused here, by reading heads only: files outside the article's folder, addresses,
files and pictures that are too large, formats that nobody promised. Knows: files and their heads. Must never know
pixels, pages or house styles.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Literal

from report.errors import PictureFault
from report.findings import N_, Finding, Place
from report.records import field, record
from report.typeset import jpeg, rights, traces
from report.typeset.rights import Rights

LARGEST = 100  # megabytes
MOST = 100  # megapixels

_ADDRESS = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]+:")  # two letters at least: C: is a drive
_FORMATS = N_("Use JPEG, PNG, TIFF, WebP or SVG.")
_OTHERS = (  # offset, first bytes, name: what people send instead
    (0, b"GIF8", "GIF"),
    (0, b"BM", "BMP"),
    (0, b"%PDF", "PDF"),
    (0, b"%!PS", "EPS"),
    (0, b"\xc5\xd0\xd3\xc6", "EPS"),
    (0, b"8BPS", "Photoshop"),
    (0, b"\x1f\x8b", "SVGZ"),
    (0, b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (0, b"\xff\x0a", "JPEG XL"),
    (0, b"\0\0\0\x0cJXL ", "JPEG XL"),
    (4, b"ftypheic", "HEIC"),
    (4, b"ftypheix", "HEIC"),
    (4, b"ftypmif1", "HEIC"),
    (4, b"ftypavif", "AVIF"),
    (0, b"PK\x03\x04", "ZIP"),
)

Format = Literal["JPEG", "PNG", "TIFF", "WebP", "SVG"]


@record()
class Facts:
    """What a raster picture's head says; width and height as stored, before turning."""

    format: Format
    width: int
    height: int
    alpha: bool
    orientation: int
    rights: Rights
    inks: bool = False  # stored as printing inks, not as light
    profiled: bool = False  # and says of which press
    traces: set[str] = field(default_factory=set)  # kinds of what a camera wrote beside the picture


def fault(rule: str, message: str, file: str, remedy: str = "", **values: object) -> PictureFault:
    """Return the stop about the picture `file`."""
    return PictureFault(Finding(f"picture.{rule}", message, {"file": file, **values}, Place(file), remedy=remedy))


def inside(path: Path, folder: Path) -> Path:
    """Return the real path of the picture; raise PictureFault where it is no file inside `folder`."""
    shown = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()
    if _ADDRESS.match(shown):
        remedy = N_("Save the picture beside the article and name the file.")
        raise fault("by-address", N_("“{file}” is an address: pictures are never fetched."), shown, remedy)
    remedy = N_("Copy the picture into the article's folder and name it from there.")
    outside = fault("outside", N_("The picture “{file}” lies outside the article's folder."), shown, remedy)
    if shown.startswith(("//", "\\\\")):  # a computer of the network: not even asked
        raise outside
    try:
        real = path.resolve()
        if not real.is_relative_to(folder.resolve()):
            raise outside
        if real.is_file():
            return real
    except (OSError, ValueError, RuntimeError):  # names that no file can bear, links in a circle
        real = path
    near = _near(real)
    if near:
        raise fault("missing", N_("There is no picture “{file}”. Is “{near}” meant?"), shown, near=near)
    raise fault("missing", N_("There is no picture “{file}”."), shown)


def _near(path: Path) -> str:
    """Return the name in the same folder that differs by capitals or by its ending only."""
    try:
        names = sorted(other.name for other in path.parent.iterdir())
    except (OSError, ValueError):
        return ""
    alike = [name for name in names if name.casefold() == path.name.casefold()]
    alike += [name for name in names if Path(name).stem.casefold() == path.stem.casefold()]
    return alike[0] if alike else ""


def format_of(head: bytes, file: str) -> Format:
    """Return the format that the file's first bytes (1 KB) show; raise PictureFault where it is none of ours."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] in (b"II*\0", b"MM\0*"):
        return "TIFF"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    for at, begin, name in _OTHERS:
        if head.startswith(begin, at):
            raise fault(
                "format",
                N_("The picture “{file}” is a {format} file, which cannot be used."),
                file,
                _FORMATS,
                format=name,
            )
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if (text.startswith(b"<") and not text[:9].lower().startswith(b"<!doctype")) or b"<svg" in head:
        return "SVG"
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") and b"<" in head[:6]:  # UTF-16
        return "SVG"
    raise fault("no-picture", N_("“{file}” is not a picture."), file, _FORMATS)


def facts(path: Path, file: str, size: int) -> Facts | None:
    """Return what the head of the raster picture says, or None for a drawing; `size` is the file's, in bytes."""
    if size == 0:
        raise fault("no-picture", N_("The picture “{file}” is empty."), file)
    if size > LARGEST * 1_000_000:
        raise fault("too-large", N_("The picture “{file}” has more than {limit} MB."), file, limit=LARGEST)
    with path.open("rb") as stream:
        kind = format_of(stream.read(1024), file)
        if kind == "SVG":
            return None
        found = _READERS[kind](stream, size)
    if found is None or found.width <= 0 or found.height <= 0:
        raise damaged(file)
    if found.width * found.height > MOST * 1_000_000:
        remedy = N_("Save it smaller: for a whole A4 page at 300 dpi, 9 megapixels are enough.")
        values = {"pixels": round(found.width * found.height / 1_000_000), "limit": MOST}
        raise fault(
            "too-many-pixels",
            N_("The picture “{file}” has {pixels} megapixels; {limit} are allowed."),
            file,
            remedy,
            **values,
        )
    return found


def damaged(file: str) -> PictureFault:
    """Return the stop about a file that ends early or makes no sense."""
    remedy = N_("Open it in a picture program and save it again, or ask for it once more.")
    return fault("damaged", N_("The picture “{file}” is damaged or not complete."), file, remedy)


def _at(stream: BinaryIO) -> rights.Read:
    def read(offset: int, length: int) -> bytes:
        stream.seek(offset)
        return stream.read(length)

    return read


def _within(data: bytes) -> rights.Read:
    return lambda offset, length: data[offset : offset + length]


def _jpeg(stream: BinaryIO, size: int) -> Facts | None:
    stream.seek(0)
    data = stream.read(1_000_000)
    try:
        try:
            head = jpeg.head(data)
        except jpeg.Broken:  # a long head: previews, profiles
            data += stream.read()
            head = jpeg.head(data)
        if not _ends(stream, size):
            stream.seek(0)
            jpeg.bare(stream.read())
    except jpeg.Broken:
        return None
    entries = rights.directory(_within(head.exif))
    makers = rights.from_xmp(head.xmp)
    makers.fill(rights.from_iptc(head.iptc))
    makers.fill(rights.from_exif(entries))
    inks = len(head.ids) == 4
    turned = rights.orientation(entries)
    beside = traces.in_exif(_within(head.exif)) | traces.in_xmp(head.xmp) | traces.in_jpeg(head.jfif, head.iptc)
    profiled = inks and head.icc[16:20] == b"CMYK"
    return Facts("JPEG", head.width, head.height, False, turned, makers, inks, profiled, beside)


def _ends(stream: BinaryIO, size: int) -> bool:
    """Tell whether the file's last bytes hold the end of a picture (an end in the middle may be a preview's)."""
    stream.seek(max(0, size - 4096))
    return b"\xff\xd9" in stream.read()


def _png(stream: BinaryIO, size: int) -> Facts | None:
    found: Facts | None = None
    makers, entries, beside = Rights(), {}, set[str]()
    at, ended = 8, False
    read = _at(stream)
    for _ in range(100_000):
        head = read(at, 8)
        length, name = int.from_bytes(head[:4], "big"), head[4:]
        if len(head) < 8 or at + 12 + length > size:
            break
        if name == b"IHDR":
            body = read(at + 8, 13)
            width, height = int.from_bytes(body[:4], "big"), int.from_bytes(body[4:8], "big")
            found = Facts("PNG", width, height, body[9] in (4, 6), 1, makers)
        elif name == b"tRNS" and found:
            found.alpha = True
        elif name == b"eXIf":
            exif = _within(read(at + 8, min(length, 65536)))
            entries, beside = rights.directory(exif), beside | traces.in_exif(exif)
        elif name in (b"iTXt", b"tEXt"):
            text = read(at + 8, min(length, 65536))
            makers.fill(_words(text))
            beside |= traces.in_xmp(text)
        elif name == b"IEND":
            ended = True
            break
        at += 12 + length
    if found is None or not ended:
        return None
    makers.fill(rights.from_exif(entries))
    found.orientation, found.traces = rights.orientation(entries), beside
    return found


def _words(chunk: bytes) -> Rights:
    key, _, value = chunk.partition(b"\0")
    if key == b"XML:com.adobe.xmp" and value[:2] == b"\0\0":
        return rights.from_xmp(value)
    if key == b"Author":
        return Rights(creator=rights.words(value))
    return Rights(copyright=rights.words(value)) if key == b"Copyright" else Rights()


def _webp(stream: BinaryIO, size: int) -> Facts | None:
    read = _at(stream)
    if int.from_bytes(read(4, 4), "little") + 8 > size:
        return None
    found: Facts | None = None
    at = 12
    for _ in range(1000):
        head = read(at, 8)
        length, name = int.from_bytes(head[4:], "little"), head[:4]
        if len(head) < 8 or at + 8 + length > size:
            break
        body = read(at + 8, 10)
        if found is None and len(body) == 10:
            found = _webp_head(name, body)
        elif found and name == b"EXIF":
            exif = _within(read(at + 8, min(length, 1_000_000)).removeprefix(b"Exif\0\0"))
            entries = rights.directory(exif)
            found.traces |= traces.in_exif(exif)
            found.orientation = rights.orientation(entries)
            found.rights.fill(rights.from_exif(entries))
        elif found and name == b"XMP ":
            packet = read(at + 8, min(length, 1_000_000))
            found.rights.fill(rights.from_xmp(packet))
            found.traces |= traces.in_xmp(packet)
        at += 8 + length + length % 2
    return found


def _webp_head(name: bytes, body: bytes) -> Facts | None:
    if name == b"VP8X":
        width, height = (int.from_bytes(body[i : i + 3], "little") + 1 for i in (4, 7))
        return Facts("WebP", width, height, bool(body[0] & 0x10), 1, Rights())
    if name == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        width, height = (int.from_bytes(body[i : i + 2], "little") & 0x3FFF for i in (6, 8))
        return Facts("WebP", width, height, False, 1, Rights())
    if name == b"VP8L" and body[0] == 0x2F:
        bits = int.from_bytes(body[1:5], "little")
        return Facts("WebP", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, bool(bits >> 28 & 1), 1, Rights())
    return None


def _tiff(stream: BinaryIO, size: int) -> Facts | None:
    entries = rights.directory(_at(stream))
    width, height = entries.get(256), entries.get(257)
    if not isinstance(width, int) or not isinstance(height, int):
        return None
    turned, inks = rights.orientation(entries), entries.get(262) == 5  # TIFF 6.0, PhotometricInterpretation
    makers = rights.from_exif(entries)
    beside = traces.in_exif(_at(stream)) - {traces.PREVIEW}  # a second directory is a second page
    return Facts("TIFF", width, height, 338 in entries, turned, makers, inks, inks and 34675 in entries, beside)


_READERS: dict[str, Callable[[BinaryIO, int], Facts | None]] = {
    "JPEG": _jpeg,
    "PNG": _png,
    "WebP": _webp,
    "TIFF": _tiff,
}
