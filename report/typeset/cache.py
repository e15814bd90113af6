"""Finished pictures on disk, so that a second run does no picture work.

A file is one finished picture, named by all that it came from: the bytes of the picture's file, what was wished of
it, the code that made it. So an entry never grows old, it is only asked for no more; losing any or all of them costs
time and nothing else. What cannot be read, was damaged or belongs to somebody else is made anew; what cannot be
written is not kept. Pictures of what is not published yet lie here: for their owner's eyes alone, and not for long.
Knows: bytes, files. Must never know how a picture is made.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from report import files
from report.paths import shipped
from report.printer import Printer
from report.proof import ImageData
from report.records import replace

LARGEST = 500_000_000  # bytes of all entries together
UNUSED = 30 * 86400  # seconds before the latest use of the cache: what nobody asked for since goes

_HEAD = b"Satzspiegel picture 1\n"
_SUM = 32
_NAME = re.compile(r"\.?[0-9a-f]{64}(-[^/]*)?\.picture")  # entries, and what an interruption left of one
_HERE = Path(__file__).resolve().parent
_CODE = ("cache.py", "jpeg.py", "picture.py", "pixels.py", "rights.py")


def key(content: bytes, wish: tuple[object, ...], printer: Printer | None) -> str:
    """Return the name of a finished picture: of its file's digest, of what is wished, of the press, of our code."""
    parts: tuple[object, ...] = (_maker(), content, wish)
    if printer:  # its profile by its bytes: the same name may stand for another one tomorrow
        parts += (replace(printer, name="", profile=Path()), hashlib.sha256(printer.icc()).digest())
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@lru_cache(maxsize=1)
def _maker() -> bytes:
    """Return what must be unchanged for an entry to hold: Pillow, zlib, our own code and our profile of a press."""
    import PIL  # no part of it that knows pictures

    made = hashlib.sha256(f"{PIL.__version__} {zlib.ZLIB_RUNTIME_VERSION}".encode())
    for path in (*(_HERE / name for name in _CODE), shipped("assets", "profiles", "FOGRA39L.icc")):
        made.update(path.read_bytes())
    return made.digest()


def opened(folder: Path | None) -> Cache | None:
    """Return the cache in `folder`, or None where there is to be none, or our own code cannot be told apart."""
    try:
        return Cache(folder) if folder and _maker() else None
    except OSError:
        return None


class Cache:
    """The entries in one folder, which is made when it is needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "pictures"

    def get(self, key: str) -> ImageData | None:
        """Return what is kept as `key`, or None where it is not there or not whole."""
        path = self.folder / f"{key}.picture"
        try:
            if not self._ours():
                return None
            data = path.read_bytes()
            os.utime(path)  # asked for just now: by this the oldest are told
        except OSError:
            return None
        return _read(data, key)

    def put(self, key: str, image: ImageData) -> None:
        """Keep a finished picture; where that is impossible nothing happens."""
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._ours():
                files.stash(self.folder / f"{key}.picture", _written(image, key))

    def prune(self) -> None:
        """Remove what nobody asked for lately, then the oldest until the rest is small enough."""
        with suppress(OSError):
            entries = sorted(self._entries(), reverse=True)
            room, oldest = LARGEST, entries[0][0] - UNUSED if entries else 0.0
            for asked, size, path in entries:
                room -= size
                if room < 0 or asked < oldest:
                    with suppress(OSError):
                        os.unlink(path)

    def _entries(self) -> Iterator[tuple[float, int, str]]:
        """Walk the entries: when each was last asked for, its size, its path. Other files are none of our business."""
        if not self._ours():
            return
        with os.scandir(self.folder) as found:
            for one in found:
                if _NAME.fullmatch(one.name) and one.is_file(follow_symlinks=False):
                    state = one.stat(follow_symlinks=False)
                    yield state.st_mtime, state.st_size, one.path

    def _ours(self) -> bool:
        """Tell whether the folder is the user's own: what others could have laid there is not shown as a picture."""
        state = self.folder.lstat()
        if not stat.S_ISDIR(state.st_mode):
            return False
        return os.name != "posix" or (state.st_uid == os.geteuid() and not state.st_mode & 0o022)


def _written(image: ImageData, key: str) -> bytes:
    body = b"".join(_parts(image))
    return _HEAD + _sum(key, body) + body


def _parts(image: ImageData) -> Iterator[bytes]:
    facts = (image.width, image.height, image.space, image.bits, image.filter, int(image.inverted), len(image.data))
    yield " ".join(map(str, facts)).encode() + b"\n"
    yield image.data
    if image.soft_mask:
        yield from _parts(image.soft_mask)


def _sum(key: str, body: bytes) -> bytes:
    return hashlib.sha256(key.encode() + body).digest()


def _read(data: bytes, key: str) -> ImageData | None:
    body = data[len(_HEAD) + _SUM :]
    if data[: len(_HEAD) + _SUM] != _HEAD + _sum(key, body):
        return None
    return _image(body)


def _image(body: bytes) -> ImageData:
    end = body.index(b"\n") + 1
    width, height, space, bits, code, inverted, length = body[:end].decode().split()
    data, mask = body[end : end + int(length)], body[end + int(length) :]
    soft = _image(mask) if mask else None
    return ImageData(int(width), int(height), space, int(bits), code, data, soft, inverted == "1")
