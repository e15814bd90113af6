"""Photographs for the tests: where they lie, placed on a page, opened again."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

from PIL import Image

from report.proof import ImageData, Picture
from report.typeset.picture import look

PICTURES = Path(__file__).parent / "articles" / "pictures"
WHOLE = (0.0, 0.0, 1.0, 1.0)


def opened(image: ImageData) -> Image.Image:
    if image.filter == "DCTDecode":
        return Image.open(io.BytesIO(image.data))
    mode = "L" if image.space == "DeviceGray" else "RGB"
    return Image.frombytes(mode, (image.width, image.height), zlib.decompress(image.data))


def placed(path: Path, width: float = 200.0, crop: tuple[float, float, float, float] = WHOLE) -> Picture:
    info = look(path, path.parent)
    ratio = info.height * (crop[3] - crop[1]) / (info.width * (crop[2] - crop[0]))
    return Picture(str(path), width, width * ratio, crop)


def saved(image: Image.Image, path: Path, **options: object) -> Path:
    image.save(path, **options)  # type: ignore[arg-type]
    return path


PHOTO = (PICTURES / "photo-1.jpg").read_bytes()
