"""Pictures that are refused, each with a clear finding; damaged ones never break a run."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import pytest

from report.errors import PictureFault
from report.proof import Picture
from report.typeset.picture import embed, look
from tests.photographs import PHOTO, PICTURES


def rule_of(path: Path, folder: Path) -> str:
    with pytest.raises(PictureFault) as stop:
        look(path, folder)
    (fault,) = stop.value.faults
    assert path.name[-20:] in str(fault) or "http" in str(fault)
    return fault.rule


def bomb(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b""))
    packed = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


BAD = {
    "empty.jpg": (b"", "picture.no-picture"),
    "words.jpg": (b"Das ist kein Bild.", "picture.no-picture"),
    "page.html": (b"<!DOCTYPE html><html></html>", "picture.no-picture"),
    "binary.png": (bytes(range(256)) * 8, "picture.no-picture"),
    "moving.gif": (b"GIF89a" + b"\0" * 40, "picture.format"),
    "phone.heic": (b"\0\0\0\x18ftypheic" + b"\0" * 40, "picture.format"),
    "logo.pdf": (b"%PDF-1.7\n", "picture.format"),
    "cut.jpg": (PHOTO[: len(PHOTO) // 2], "picture.damaged"),
    "head-only.jpg": (PHOTO[:40], "picture.damaged"),
    "cut.png": ((PICTURES / "transparent.png").read_bytes()[:-30], "picture.damaged"),
    "cut.webp": ((PICTURES / "screen.webp").read_bytes()[:-30], "picture.damaged"),
    "cut.tif": (b"II*\0\xff\xff\0\0", "picture.damaged"),
    "bomb.png": (bomb(60000, 60000), "picture.too-many-pixels"),
    "flat.png": (bomb(0, 5), "picture.damaged"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_files_get_a_clear_finding(tmp_path: Path, name: str) -> None:
    content, rule = BAD[name]
    (tmp_path / name).write_bytes(content)
    assert rule_of(tmp_path / name, tmp_path) == rule


def test_a_huge_file_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "huge.jpg").open("wb") as stream:
        stream.truncate(100_000_001)
    assert rule_of(tmp_path / "huge.jpg", tmp_path) == "picture.too-large"


def test_pictures_lie_in_the_article_folder(tmp_path: Path) -> None:
    folder = tmp_path / "article"
    (folder / "bilder").mkdir(parents=True)
    (tmp_path / "secret.jpg").write_bytes(PHOTO)
    (folder / "bilder" / "ok.jpg").write_bytes(PHOTO)
    assert look(folder / "bilder" / "ok.jpg", folder).width == 1200
    assert look(folder / "bilder" / ".." / "bilder" / "ok.jpg", folder).width == 1200
    assert rule_of(folder / ".." / "secret.jpg", folder) == "picture.outside"
    assert rule_of(tmp_path / "secret.jpg", folder) == "picture.outside"
    assert rule_of(Path("//server/share/secret.jpg"), folder) == "picture.outside"
    assert rule_of(folder / "none.jpg", folder) == "picture.missing"
    assert rule_of(folder / "bilder", folder) == "picture.missing"
    assert rule_of(folder / "a\0b.jpg", folder) == "picture.missing"
    for address in (
        "http://example.org/a.jpg",
        "https://example.org/a.jpg",
        "file:///etc/a.jpg",
        "data:image/png;base64,AA",
    ):
        assert rule_of(folder / address, folder) == "picture.by-address"


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_does_not_lead_out(tmp_path: Path) -> None:
    folder = tmp_path / "article"
    folder.mkdir()
    (tmp_path / "secret.jpg").write_bytes(PHOTO)
    (folder / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    (folder / "loop.jpg").symlink_to(folder / "loop.jpg")
    assert rule_of(folder / "link.jpg", folder) == "picture.outside"
    assert rule_of(folder / "loop.jpg", folder) == "picture.missing"


def test_a_name_written_otherwise_is_proposed(tmp_path: Path) -> None:
    (tmp_path / "Gruppe.JPG").write_bytes(PHOTO)
    with pytest.raises(PictureFault) as stop:
        look(tmp_path / "gruppe.jpeg", tmp_path)
    assert stop.value.faults[0].values["near"] == "Gruppe.JPG"


@pytest.mark.parametrize("name", ["photo-1.jpg", "grey.jpg", "transparent.png", "screen.webp", "print.tif", "cmyk.jpg"])
def test_damaged_data_end_in_a_finding_or_a_picture(tmp_path: Path, name: str) -> None:
    whole = (PICTURES / name).read_bytes()
    for i in range(1, 12):
        data = bytearray(whole)
        at = len(data) * i // 12
        data[at : at + 24] = b"\xff\xd9\0\xff\xda" * 5
        path = tmp_path / f"{i}-{name}"
        path.write_bytes(data)
        for dpi in (0, 72):
            try:
                image = embed(Picture(str(path), 100, 66), dpi)
            except PictureFault as stop:
                assert stop.faults[0].rule.startswith("picture.")
            else:
                assert image.width > 0 and image.data
