"""The pixels of a picture: decoded, turned upright, cut, made smaller, converted to one output's colours, and coded.

Home of Pillow; imported only where a picture cannot keep its coded data. Pictures are made smaller before their
colours are converted: that is cheaper, and no eye sees the difference. Knows: pixels, colour profiles, codes. Must
never know pages or why a size is wanted.
"""

from __future__ import annotations

import io
import warnings
import zlib
from functools import lru_cache
from threading import Lock
from typing import Any

from PIL import Image, ImageChops, ImageCms, ImageFile, ImageMath

from report.paths import shipped
from report.printer import Printer
from report.proof import ImageData
from report.records import record
from report.typeset import jpeg, picturefile, rights
from report.typeset.picturefile import Format

FEW_COLOURS = 1024  # up to so many a picture counts as drawn, not photographed, and is kept without loss

_RELATIVE = ImageCms.Intent.RELATIVE_COLORIMETRIC
_BLACK_POINT = ImageCms.Flags.BLACKPOINTCOMPENSATION
_INTENTS = {"relative": _RELATIVE, "perceptual": ImageCms.Intent.PERCEPTUAL}
_STRIP = 256  # rows that are held in ink's limit at a time
_SPACES = {"L": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK"}
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_GREY_16 = ("I;16", "I;16L", "I;16B", "I;16N", "I")

Box = tuple[float, float, float, float]


@record(frozen=True)
class Wish:
    """What is wanted of a picture: a part in pixels of the upright picture, measures (None: as it is), quality.

    With a printer the colours become the inks of its press.
    """

    file: str
    format: Format
    orientation: int
    box: tuple[int, int, int, int]
    size: tuple[int, int] | None
    quality: int
    printer: Printer | None = None


class _Quiet:
    """Silences Pillow's notes about odd metadata, which is thrown away here; several pictures are at work at once."""

    def __init__(self) -> None:
        self.lock, self.inside = Lock(), 0
        self.before = warnings.catch_warnings()

    def __enter__(self) -> None:
        with self.lock:
            if not self.inside:
                self.before = warnings.catch_warnings()
                self.before.__enter__()
                warnings.simplefilter("ignore")
            self.inside += 1

    def __exit__(self, *_: object) -> None:
        with self.lock:
            self.inside -= 1
            if not self.inside:
                self.before.__exit__(None, None, None)


_QUIET = _Quiet()


def finished(data: bytes, wish: Wish) -> ImageData:
    """Return the wished part of the picture in `data`, coded; raise PictureFault where it cannot be decoded."""
    try:
        with _QUIET:
            return _finished(data, wish)
    except (OSError, SyntaxError, ValueError, TypeError, EOFError, OverflowError, LookupError, zlib.error) as error:
        raise picturefile.damaged(wish.file) from error


def _opened(data: bytes, kind: Format) -> ImageFile.ImageFile:
    """Open the picture by its own reader: Pillow's search would load, and try, readers for formats that are refused."""
    stream = io.BytesIO(data)
    if kind == "JPEG":
        from PIL import JpegImagePlugin

        return JpegImagePlugin.JpegImageFile(stream)
    if kind == "PNG":
        from PIL import PngImagePlugin

        return PngImagePlugin.PngImageFile(stream)
    if kind == "TIFF":
        from PIL import TiffImagePlugin

        return TiffImagePlugin.TiffImageFile(stream)
    from PIL import WebPImagePlugin

    return WebPImagePlugin.WebPImageFile(stream)


def _finished(data: bytes, wish: Wish) -> ImageData:
    with _opened(data, wish.format) as source:
        if source.width * source.height > picturefile.MOST * 1_000_000:
            raise OverflowError
        icc = source.info.get("icc_profile") or b""
        lossless = wish.format in ("PNG", "TIFF") or (wish.format == "WebP" and b"VP8L" in data[:4096])
        turn = _TURNS.get(wish.orientation) if wish.format != "TIFF" else None  # Pillow turns TIFF itself
        stored = source.size
        sampling = _sampling(source) if wish.quality > 90 else 2
        _draft(source, wish)
        source.load()
        image = _plain(source, wish.file)
    across, down = image.width / stored[0], image.height / stored[1]  # a draft has fewer pixels than the file
    if turn is not None:
        image = image.transpose(turn)
        across, down = (down, across) if wish.orientation > 4 else (across, down)
    right, bottom = min(wish.box[2] * across, image.width), min(wish.box[3] * down, image.height)
    part = (wish.box[0] * across, wish.box[1] * down, right, bottom)
    flat = lossless and _few(image)
    colours, alpha = _parted(image)
    colours = _sized(colours, part, wish)
    if wish.printer is None:
        colours = _srgb(colours, icc)
    if flat and colours.mode == "RGB" and _grey(colours):
        colours = colours.getchannel("R")
    if wish.printer is not None:
        colours = _inked(colours, icc, wish.printer)
    mask = _sized(alpha, part, wish) if alpha else None
    coded = _flate(colours) if flat else _dct(colours, wish.quality, sampling)
    if mask is not None and mask.getextrema() != (255, 255):
        coded.soft_mask = _flate(mask)
    return coded


def _draft(source: ImageFile.ImageFile, wish: Wish) -> None:
    """Let a JPEG that is to become much smaller be decoded at half, a quarter, an eighth."""
    if wish.size and wish.format == "JPEG":
        gain = 1.2 * max(wish.size[0] / (wish.box[2] - wish.box[0]), wish.size[1] / (wish.box[3] - wish.box[1]))
        if gain <= 1:
            source.draft(source.mode, (int(source.width * gain), int(source.height * gain)))


def _plain(image: Image.Image, file: str) -> Image.Image:
    """Return the picture in one of the modes that the rest knows: L, RGB, CMYK, LAB, RGBA."""
    if image.mode in _GREY_16:  # 16 bits of grey to 8
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode == "F":
        raise ValueError(file)
    if image.mode == "1":
        return image.convert("L")
    if image.mode in ("LA", "PA", "La", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK", "LAB", "RGBA") else image.convert("RGB")


def _parted(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """Return the colours and, where there is one, the mask. What is nearly transparent must not bleed into edges."""
    if image.mode != "RGBA":
        return image, None
    alpha = image.getchannel("A")
    if alpha.getextrema() == (255, 255):
        return image.convert("RGB"), None
    return image, alpha


def _sized(image: Image.Image, part: Box, wish: Wish) -> Image.Image:
    size = wish.size or (wish.box[2] - wish.box[0], wish.box[3] - wish.box[1])
    if part == (0, 0, *image.size) and size == image.size:
        return image
    if size == (part[2] - part[0], part[3] - part[1]):
        return image.crop((int(part[0]), int(part[1]), int(part[2]), int(part[3])))
    return image.resize(size, Image.Resampling.BICUBIC, box=part, reducing_gap=3.0)


def _srgb(image: Image.Image, icc: bytes) -> Image.Image:
    """Return the colours as sRGB (RGB or L), by the picture's own profile where it has one that fits."""
    if image.mode == "RGBA":
        image = image.convert("RGB")
    if image.mode == "CMYK":
        return _converted(image, icc if icc[16:20] == b"CMYK" else _press(), "RGB")
    if image.mode == "LAB":
        return _converted(image, b"", "RGB")
    wanted = b"GRAY" if image.mode == "L" else b"RGB "
    if rights.is_srgb(icc) or icc[16:20] != wanted:
        return image
    converted = _converted(image, icc, "RGB")
    return converted.getchannel("G") if image.mode == "L" else converted


def _converted(image: Image.Image, icc: bytes, mode: str) -> Image.Image:
    try:
        transform = _transform(icc, image.mode, mode)
        result = ImageCms.applyTransform(image, transform)
    except (ImageCms.PyCMSError, OSError, ValueError):  # a profile that is none
        return image.convert(mode)
    return result or image.convert(mode)


@lru_cache(maxsize=8)
def _transform(icc: bytes, mode: str, wanted: str) -> ImageCms.ImageCmsTransform:
    source = ImageCms.ImageCmsProfile(io.BytesIO(icc)) if icc else ImageCms.createProfile("LAB")
    target = ImageCms.createProfile("sRGB")
    return ImageCms.buildTransform(source, target, mode, wanted, _RELATIVE, _BLACK_POINT)


@lru_cache(maxsize=1)
def _press() -> bytes:
    """Return the profile that a CMYK picture without one is taken for: coated paper, offset."""
    return shipped("assets", "profiles", "FOGRA39L.icc").read_bytes()


def _inked(image: Image.Image, icc: bytes, printer: Printer) -> Image.Image:
    """Return the colours as the inks of a press (CMYK), or grey as black alone (L), within the printer's limit."""
    if image.mode == "RGBA":
        image = image.convert("RGB")
    if image.mode == "L":
        return _srgb(image, icc)
    press = printer.icc()
    if image.mode == "CMYK":
        own = icc if icc[16:20] == b"CMYK" else press
        result = image if own == press else _separated(image, own, printer)
    else:
        result = _separated(image, icc if icc[16:20] == b"RGB " and image.mode == "RGB" else b"", printer)
    return _limited(result, printer.ink_limit)


def _separated(image: Image.Image, icc: bytes, printer: Printer) -> Image.Image:
    """Return the picture as the printer's profile separates it; a profile that is none is taken for sRGB."""
    try:
        transform = _separation(icc, image.mode, printer)
    except (ImageCms.PyCMSError, OSError, ValueError):
        transform = _separation(b"", image.mode, printer)
    return ImageCms.applyTransform(image, transform) or image.convert("CMYK")


@lru_cache(maxsize=8)
def _separation(icc: bytes, mode: str, printer: Printer) -> ImageCms.ImageCmsTransform:
    plain = ImageCms.createProfile("LAB" if mode == "LAB" else "sRGB")
    source = ImageCms.ImageCmsProfile(io.BytesIO(icc)) if icc else plain
    target = ImageCms.ImageCmsProfile(io.BytesIO(printer.icc()))
    return ImageCms.buildTransform(source, target, mode, "CMYK", _INTENTS[printer.intent], _BLACK_POINT)


def percentages(colour: tuple[int, int, int], printer: Printer) -> tuple[float, float, float, float]:
    """Return one sRGB colour as percentages of the printer's inks."""
    c, m, y, k = _inked(Image.new("RGB", (1, 1), colour), b"", printer).tobytes()
    return round(c / 2.55, 1), round(m / 2.55, 1), round(y / 2.55, 1), round(k / 2.55, 1)


def _limited(image: Image.Image, limit: float) -> Image.Image:
    """Return the picture with no more than `limit` percent of ink: colours give way, black stays."""
    most = limit * 2.55
    cyan, magenta, yellow, black = image.split()
    quarter = ImageChops.add(ImageChops.add(cyan, magenta, 2), ImageChops.add(yellow, black, 2), 2)
    if 4 * max(level for level, count in enumerate(quarter.histogram()) if count) + 6 <= most:  # rounded down thrice
        return image
    result = image.copy()
    for top in range(0, image.height, _STRIP):
        strip = image.crop((0, top, image.width, min(top + _STRIP, image.height)))
        result.paste(_held(strip, most), (0, top))
    return result


def _held(strip: Image.Image, most: float) -> Image.Image:
    inks = dict(zip("cmyk", strip.split(), strict=True))

    def factor(given: dict[str, Any]) -> Any:
        c, m, y, k = (given["float"](given[name]) for name in "cmyk")
        return given["min"]((most - k) / given["max"](c + m + y, 1.0), 1.0)

    part = ImageMath.lambda_eval(factor, **inks)

    def less(given: dict[str, Any]) -> Any:
        return given["convert"](given["ink"] * given["part"], "L")

    scaled = (ImageMath.lambda_eval(less, ink=inks[name], part=part) for name in "cmy")
    return Image.merge("CMYK", (*scaled, inks["k"]))


def _few(image: Image.Image) -> bool:
    """Tell whether the picture has few colours; a large one is judged by a sample of its pixels."""
    if image.width * image.height > 1_000_000:
        step = (image.width * image.height / 1_000_000) ** 0.5
        size = (max(1, int(image.width / step)), max(1, int(image.height / step)))
        image = image.resize(size, Image.Resampling.NEAREST)
    return image.getcolors(FEW_COLOURS) is not None


def _grey(image: Image.Image) -> bool:
    red, green, blue = (image.getchannel(name).tobytes() for name in "RGB")
    return red == green == blue


def _flate(image: Image.Image) -> ImageData:
    return ImageData(
        image.width, image.height, _SPACES[image.mode], 8, "FlateDecode", zlib.compress(image.tobytes(), 9)
    )


def plain(data: bytes) -> tuple[bytes, int]:
    """Return the pixels of a JPEG that `finished` has coded, and how many numbers each has."""
    with _opened(data, "JPEG") as image:
        return image.tobytes(), len(image.getbands())


class _Photograph(io.BytesIO):
    """A file in memory with a name: by it Pillow loads the one writer that is wanted, not all of them."""

    name = "photograph.jpg"


def _sampling(source: ImageFile.ImageFile) -> int:
    """Return how finely the source codes its colours: what is not there need not be kept (Pillow's 0 full, 2 half)."""
    if source.format != "JPEG":
        return 0
    from PIL import JpegImagePlugin

    return max(0, JpegImagePlugin.get_sampling(source))


def _dct(image: Image.Image, quality: int, sampling: int) -> ImageData:
    out = _Photograph()
    inks = image.mode == "CMYK"  # of which none is mere colour: each keeps all its pixels
    image.save(out, quality=quality, subsampling=0 if inks else sampling, optimize=True)
    data = jpeg.bare(out.getvalue())
    return ImageData(image.width, image.height, _SPACES[image.mode], 8, "DCTDecode", data, inverted=inks)
