"""What a web page takes from the typesetter: pictures as files of the web, typefaces by their names.

A photograph is made for its largest place on the screen as it is made for a page; a drawing is written anew from what
the page would show of it, in the colours of the house, so that nothing else of its file gets out. Knows: pictures,
drawings, font files. Must never know what a web page looks like.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from pathlib import Path

from report.house import House
from report.proof import ImageData
from report.proof import Picture as Placed
from report.screen import Still, Typeface
from report.typeset import face, picture

WIDEST = 640.0  # points: 853 pixels of a browser, the half of a wide screen; no side is made larger
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SIZES = ("Caption", "SmText", "Small Text", "Subhead", "Display")  # optical sizes that stand in a family's name


def still(path: Path, folder: Path, house: House, dpi: int) -> Still:
    """Return the picture at `path`, a file in `folder`; raise PictureFault where it cannot be used."""
    info = picture.look(path, folder)
    if info.kind == "drawing":
        from report.typeset import svg, svgfile

        drawing = svg.read(info.path)
        data = svgfile.written(drawing, house)
        return Still("image/svg+xml", data, drawing.width, drawing.height, "drawing", drawing.anchor)
    scale = WIDEST / max(info.width, info.height)
    image = picture.embed(Placed(str(info.path), info.width * scale, info.height * scale), dpi)
    if image.filter == "DCTDecode" and image.soft_mask is None:
        return Still("image/jpeg", image.data, image.width, image.height)
    return Still("image/png", _png(image), image.width, image.height)


def _png(image: ImageData) -> bytes:
    """Return the pixels as a PNG file: no filter, no chunk but the three that must stand."""
    pixels, channels = _pixels(image)
    if image.soft_mask is not None:
        mask = zlib.decompress(image.soft_mask.data)
        clear = bytearray(len(mask) * (channels + 1))
        for channel in range(channels):
            clear[channel :: channels + 1] = pixels[channel::channels]
        clear[channels :: channels + 1] = mask
        pixels, channels = bytes(clear), channels + 1
    row = image.width * channels
    lines = b"".join(b"\0" + pixels[at : at + row] for at in range(0, row * image.height, row))
    colours = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    head = image.width.to_bytes(4, "big") + image.height.to_bytes(4, "big") + bytes((8, colours, 0, 0, 0))
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(lines, 9)) + _chunk(b"IEND", b"")


def _pixels(image: ImageData) -> tuple[bytes, int]:
    """Return the plain pixels and how many numbers each has."""
    if image.filter == "FlateDecode":
        return zlib.decompress(image.data), 3 if image.space == "DeviceRGB" else 1
    from report.typeset import pixels

    return pixels.plain(image.data)


def _chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def typefaces(house: House) -> dict[str, Typeface]:
    """Return what each face of the house is called; raise LayoutFault where a font file cannot be used."""
    return {name: _typeface(path, house.axes.get(name, {})) for name, path in house.faces.items()}


def _typeface(path: Path, axes: Mapping[str, float]) -> Typeface:
    found = face.load(path, axes)
    family = found.family
    for size in _SIZES:
        family = family.removesuffix(f" {size}")
    return Typeface(family, round(axes.get("wght", found.measures.weight)), found.measures.italic, found.measures.serif)
