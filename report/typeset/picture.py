"""A picture for the page: what it is, which part of it a box shows, and its finished bytes for one edition.

An edition with a resolution (mail) gets exactly the pixels that the page shows. The archive's pictures keep their full
resolution. A JPEG that is shown whole, upright, in grey or sRGB and not too fine keeps its coded data: only what it
carries beside the picture (place, camera, previews) is taken out. Everything else is decoded, turned, cut, converted
to sRGB, made smaller and coded anew. So a part that the crop hides is not in the file, in no edition.
Knows: files, pixels, resolutions. Must never know which block shows a picture or which standard was ordered.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Literal

from report.errors import PictureFault
from report.findings import N_, Finding, Place
from report.printer import Printer
from report.proof import ImageData, Rect
from report.proof import Picture as Placed
from report.records import record
from report.typeset import cache, crop, jpeg, picturefile, rights
from report.typeset.cache import Cache
from report.typeset.labour import begun
from report.units import millimetres

SLACK = 1.05  # a picture is made smaller only where it has more pixels than wanted by more than this factor
SCREEN_LEAST = 150  # dots an inch below which a picture looks soft

_KEPT_BYTES = 48_000_000
_KEPT_FACTS = 256


@record(frozen=True)
class PictureInfo:
    """What a picture is: upright measures (pixels; a drawing's own units), and what its file says of its makers."""

    path: Path
    kind: Literal["raster", "drawing"]
    format: picturefile.Format
    width: float
    height: float
    has_alpha: bool = False
    orientation: int = 1  # how the stored pixels must be turned, EXIF's 1 to 8; measures are turned already
    creator: str = ""
    credit: str = ""
    copyright: str = ""
    focus: tuple[float, float] = (0.5, 0.5)  # what a crop is drawn round where the article names nothing
    title: str = ""  # a drawing's own words
    description: str = ""
    inks: bool = False  # stored as printing inks
    profiled: bool = False  # with the profile of their press
    traces: frozenset[str] = frozenset()  # kinds of what a camera wrote beside it, in no file made here


_Stamp = tuple[str, int, int, int]
_infos: OrderedDict[_Stamp, PictureInfo] = OrderedDict()
_digests: OrderedDict[_Stamp, bytes] = OrderedDict()
_finished: OrderedDict[tuple[object, ...], ImageData] = OrderedDict()


def look(path: Path, folder: Path) -> PictureInfo:
    """Return what the picture at `path` is, by its head only; raise PictureFault where it cannot be used.

    `folder` is the article's (or the layout's, the house's): a picture must lie in it.
    """
    real = picturefile.inside(path, folder)
    stamp = _stamp(real)
    info = _infos.get(stamp)
    if info is None:
        info = _infos[stamp] = _look(real)
        if len(_infos) > _KEPT_FACTS:
            _infos.popitem(last=False)
    return info


def _stamp(path: Path) -> _Stamp:
    state = path.stat()
    return str(path), state.st_mtime_ns, state.st_size, state.st_ino


def _look(path: Path) -> PictureInfo:
    try:
        facts = picturefile.facts(path, path.name, path.stat().st_size)
    except OSError as error:
        raise _unreadable(path, error) from None
    if facts is None:
        from report.typeset import svg

        drawing = svg.read(path)
        return PictureInfo(
            path,
            "drawing",
            "SVG",
            drawing.width,
            drawing.height,
            has_alpha=True,
            focus=drawing.anchor,
            title=drawing.title,
            description=drawing.description,
        )
    width, height = facts.width, facts.height
    if facts.orientation > 4:
        width, height = height, width
    makers = (facts.rights.creator, facts.rights.credit, facts.rights.copyright)
    return PictureInfo(
        path,
        "raster",
        facts.format,
        width,
        height,
        facts.alpha,
        facts.orientation,
        *makers,
        inks=facts.inks,
        profiled=facts.profiled,
        traces=frozenset(facts.traces),
    )


def _unreadable(path: Path, error: OSError) -> PictureFault:
    reason = error.strerror or str(error)
    return picturefile.fault(
        "unreadable", N_("The picture “{file}” cannot be read: {reason}"), path.name, reason=reason
    )


# -- which part a box shows --------------------------------------------------------------------------------------


def crop_to(
    info: PictureInfo,
    box_width: float,
    box_height: float,
    focus: tuple[float, float] | None = None,
    frame: Rect | None = None,
) -> tuple[Rect, Finding | None]:
    """Return the part of the picture that fills the box, and what is wrong with it: frame cut, or too little left.

    Focus and frame are fractions of the upright picture from its top left corner.
    """
    measures, box = (info.width, info.height), (box_width, box_height)
    values: dict[str, object] = {
        "file": info.path.name,
        "width": round(millimetres(box_width)),
        "height": round(millimetres(box_height)),
    }
    return crop.crop(measures, box, focus or info.focus, frame), crop.judged(measures, box, frame, values)


def whole(info: PictureInfo, box: Rect) -> Rect:
    """Return where the whole picture stands in `box` (left, bottom, right, top), as large as it goes, by its focus."""
    left, bottom, right, top = box
    scale = min((right - left) / info.width, (top - bottom) / info.height)
    width, height = info.width * scale, info.height * scale
    left += (right - left - width) * info.focus[0]
    bottom += (top - bottom - height) * (1 - info.focus[1])
    return left, bottom, left + width, bottom + height


def fits(info: PictureInfo, box: tuple[float, float], frame: Rect | None = None) -> bool:
    """Tell whether the box (width, height) can show the whole frame and at least two thirds of the picture."""
    return crop.holds((info.width, info.height), box, frame)


def resolution(info: PictureInfo, part: Rect, width: float) -> float:
    """Return the dots an inch of the picture's `part` placed `width` points wide."""
    return info.width * (part[2] - part[0]) * 72 / width if width > 0 else 0.0


def softness(
    info: PictureInfo, part: Rect, width: float, least: int = SCREEN_LEAST, logo: bool = False
) -> Finding | None:
    """Return the finding that a photograph has fewer than `least` dots an inch at its size on the page, or None."""
    dots = resolution(info, part, width)
    if info.kind == "drawing" or dots >= least - 0.5:
        return None
    message = N_("The picture “{file}” has only {dpi} dots an inch at its size on the page; {least} are wanted.")
    remedy = N_("Ask the photographer for the original: pictures from web pages and messengers are too small.")
    if logo:
        remedy = N_(
            "Take the logo as a drawing (SVG), which is sharp at every size, or ask its designers for a larger one."
        )
    values: dict[str, object] = {"file": info.path.name, "dpi": round(dots), "least": least}
    return Finding("picture.soft", message, values, Place(info.path.name), "warning", remedy)


def converted(info: PictureInfo) -> Finding | None:
    """Return the note that a picture made for the press is shown in screen colours, or None."""
    if not info.inks:
        return None
    message = N_(
        "The picture “{file}” is stored in printing inks (CMYK); here its colours become those of a screen (sRGB)."
    )
    if not info.profiled:
        message = N_(
            "The picture “{file}” is stored in printing inks (CMYK) and does not say of which press: "
            "here they are taken for offset on coated paper (FOGRA39) and become colours of a screen (sRGB)."
        )
    remedy = N_("Look at the picture in the file; if its colours are wrong, ask for it in sRGB.")
    return Finding("picture.inks", message, {"file": info.path.name}, Place(info.path.name), "note", remedy)


# -- its bytes ---------------------------------------------------------------------------------------------------


def embed(picture: Placed, dpi: int, printer: Printer | None = None) -> ImageData:
    """Return the picture as an edition of `dpi` dots an inch embeds it; 0 keeps the full resolution.

    With a printer it is made of the inks of its press.
    """
    return embed_all({"": picture}, dpi, printer)[""]


def embed_all(pictures: Mapping[str, Placed], dpi: int, printer: Printer | None = None) -> dict[str, ImageData]:
    """Return pictures as an edition embeds them."""
    return begin(pictures, dpi, printer)()


def begin(
    pictures: Mapping[str, Placed], dpi: int, printer: Printer | None = None, folder: Path | None = None
) -> Callable[[], dict[str, ImageData]]:
    """Begin to make the pictures that an edition embeds and are not known yet; what is returned gives them.

    What an earlier run made is taken from the cache in `folder`, and what is made is kept there for the next one.
    """
    kept = cache.opened(folder)
    found: dict[str, ImageData] = {}
    keys: dict[str, tuple[object, ...]] = {}
    tasks: dict[tuple[object, ...], Callable[[], ImageData]] = {}
    for name, picture in pictures.items():
        path, data, digest = _opened(picture)
        key = keys[name] = (digest, printer, dpi, picture.crop, (picture.width, picture.height) if dpi else ())
        image = _finished.get(key)
        if image is not None:
            found[name] = image
            _finished.move_to_end(key)
        elif key not in tasks:
            tasks[key] = partial(_embed, path, data, digest, picture, dpi, printer, kept)
    results = begun(list(tasks.values()))

    def finish() -> dict[str, ImageData]:
        made = dict(zip(tasks, results(), strict=True))
        if kept and made:
            kept.prune()
        _finished.update(made)
        while sum(_size(kept) for kept in _finished.values()) > _KEPT_BYTES and len(_finished) > 1:
            _finished.popitem(last=False)
        return {name: found[name] if name in found else made[keys[name]] for name in pictures}

    return finish


def _opened(picture: Placed) -> tuple[Path, bytes | None, bytes]:
    """Return the file, its bytes (None where they need not be read yet) and their digest."""
    path = Path(picture.source)
    try:
        return path, *_read(path, _stamp(path))
    except FileNotFoundError:
        raise picturefile.fault("missing", N_("There is no picture “{file}”."), path.name) from None
    except OSError as error:
        raise _unreadable(path, error) from None


def _read(path: Path, stamp: _Stamp) -> tuple[bytes | None, bytes]:
    """Return the file's bytes (None where its digest was known already) and their digest."""
    digest = _digests.get(stamp)
    if digest is not None:
        return None, digest
    data = path.read_bytes()
    digest = _digests[stamp] = hashlib.blake2b(data, digest_size=32).digest()
    if len(_digests) > _KEPT_FACTS:
        _digests.popitem(last=False)
    return data, digest


def _size(image: ImageData) -> int:
    return len(image.data) + (len(image.soft_mask.data) if image.soft_mask else 0)


def _embed(
    path: Path,
    data: bytes | None,
    digest: bytes,
    picture: Placed,
    dpi: int,
    printer: Printer | None,
    kept: Cache | None,
) -> ImageData:
    data = path.read_bytes() if data is None else data
    info = look(path, path.parent)
    box = _pixels(picture.crop, info)
    wanted = _wanted(picture, dpi, box)
    whole = box == (0, 0, round(info.width), round(info.height))
    if info.format == "JPEG" and whole and wanted is None and info.orientation == 1:
        image = _kept(data, path)
        if image is not None and not (printer and image.space == "DeviceRGB"):
            return image
    quality = 85 if dpi and printer is None else 92
    name = cache.key(digest, (info.format, info.orientation, box, wanted, quality), printer) if kept else ""
    image = kept.get(name) if kept else None
    if image is not None:
        return image
    from report.typeset import pixels

    wish = pixels.Wish(path.name, info.format, info.orientation, box, wanted, quality, printer)
    image = pixels.finished(data, wish)
    if kept:
        kept.put(name, image)
    return image


def _pixels(part: Rect, info: PictureInfo) -> tuple[int, int, int, int]:
    """Return the pixels of the upright picture that the crop shows, at least one each way."""
    width, height = round(info.width), round(info.height)
    left, top = min(round(part[0] * width), width - 1), min(round(part[1] * height), height - 1)
    right, bottom = max(round(part[2] * width), left + 1), max(round(part[3] * height), top + 1)
    return max(left, 0), max(top, 0), min(right, width), min(bottom, height)


def _wanted(picture: Placed, dpi: int, box: tuple[int, int, int, int]) -> tuple[int, int] | None:
    """Return the measures in pixels that the edition wants, or None where the picture has no more than that."""
    width, height = box[2] - box[0], box[3] - box[1]
    if not dpi or picture.width <= 0 or picture.height <= 0:
        return None
    factor = max(picture.width * dpi / 72 / width, picture.height * dpi / 72 / height)
    if factor * SLACK >= 1:
        return None
    return max(1, round(width * factor)), max(1, round(height * factor))


def _kept(data: bytes, path: Path) -> ImageData | None:
    """Return the JPEG with its coded data untouched, or None where PDF could not show it right."""
    try:
        head = jpeg.head(data)
        if not head.plain or not rights.is_srgb(head.icc):
            return None
        bare = jpeg.bare(data)
    except jpeg.Broken:
        raise picturefile.damaged(path.name) from None
    space = "DeviceGray" if len(head.ids) == 1 else "DeviceRGB"
    return ImageData(head.width, head.height, space, 8, "DCTDecode", bare)
