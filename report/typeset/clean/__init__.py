"""A picture's file without what it tells of place, day, device and program: for archives and journalists.

The picture stays as it is: coded data, colour profile and the side that is up are taken over byte for byte. Who made
it, whom to name, whose rights they are and what the caption says stay too; everything else that stands beside the
picture goes. Knows: files of pictures. Must never know pages, editions, or where a picture goes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from report.parcel import PictureFile
from report.typeset import jpeg, picture, picturefile
from report.typeset.clean import drawing, photo, riff, tagged
from report.typeset.clean.words import Unclean

_MADE: dict[str, tuple[Callable[[bytes], bytes], str, str]] = {
    "JPEG": (photo.cleaned, ".jpg", "image/jpeg"),
    "PNG": (photo.cleaned_png, ".png", "image/png"),
    "WebP": (riff.cleaned, ".webp", "image/webp"),
    "TIFF": (tagged.cleaned, ".tif", "image/tiff"),
    "SVG": (drawing.cleaned, ".svg", "image/svg+xml"),
}


def cleaned(path: Path, folder: Path) -> PictureFile:
    """Return the picture at `path`, a file in `folder`, without what does not belong to it; raise PictureFault."""
    info = picture.look(path, folder)
    make, ending, media = _MADE[info.format]
    data = info.path.read_bytes()
    try:
        return PictureFile(make(data), data, ending, media)
    except (jpeg.Broken, Unclean, IndexError, ValueError):
        raise picturefile.damaged(path.name) from None
