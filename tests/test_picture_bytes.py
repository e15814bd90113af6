"""What an edition embeds of a picture: its pixels, its colours, the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from report.typeset import picture
from report.typeset.picture import embed
from tests.photographs import PHOTO, PICTURES, opened, placed, saved

BLACK_POINT = ImageCms.Flags.BLACKPOINTCOMPENSATION


# -- the bytes of an edition


def test_a_jpeg_that_needs_nothing_keeps_its_coded_data() -> None:
    image = embed(placed(PICTURES / "photo-1.jpg"), 0)
    assert (image.width, image.height, image.space, image.filter) == (1200, 800, "DeviceRGB", "DCTDecode")
    scan = PHOTO.index(b"\xff\xda")
    assert image.data.endswith(PHOTO[scan:]) and len(image.data) < len(PHOTO)
    assert opened(image).tobytes() == Image.open(PICTURES / "photo-1.jpg").tobytes()
    assert embed(placed(PICTURES / "photo-1.jpg", 600), 144).data == image.data  # fine enough as it is


def test_progressive_files_and_what_follows_a_picture(tmp_path: Path) -> None:
    source = Image.open(PICTURES / "photo-2.jpg")
    path = saved(source, tmp_path / "p.jpg", progressive=True, quality=60)
    bare = path.read_bytes()
    path.write_bytes(bare + b"\0" * 10 + PHOTO)  # a phone's second picture, a film
    image = embed(placed(path), 0)
    assert len(image.data) < len(bare)
    assert opened(image).tobytes() == Image.open(io.BytesIO(bare)).tobytes()


def test_head_and_coded_data_need_no_picture_library() -> None:
    program = (
        "import sys; from pathlib import Path; from report.proof import Picture; from report.typeset import picture;"
        f"p = Path({str(PICTURES / 'photo-1.jpg')!r}); i = picture.look(p, p.parent);"
        "picture.embed(Picture(str(p), 576, 384), 150); picture.embed(Picture(str(p), 576, 384), 0);"
        "print([m for m in sys.modules if m.startswith(('PIL', 'xml', 'yaml'))])"
    )
    root = Path(__file__).parent.parent
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert "PIL" not in done.stdout and "yaml" not in done.stdout


@pytest.mark.parametrize("name", ["photo-3.jpg", "turned.jpg", "cmyk.jpg", "grey.jpg", "screen.webp", "print.tif"])
def test_the_mail_edition_has_the_pixels_it_shows(name: str) -> None:
    for dpi, width in ((72, 100.0), (150, 90.0)):
        image = embed(placed(PICTURES / name, width), dpi)
        assert image.width == round(width * dpi / 72)
        assert (image.width, image.height) == opened(image).size


def test_pictures_are_never_made_larger() -> None:
    assert embed(placed(PICTURES / "print.tif", 2000), 150).width == 240


@pytest.mark.parametrize("dpi", [0, 150])
def test_what_the_crop_hides_is_not_in_the_file(tmp_path: Path, dpi: int) -> None:
    source = Image.new("RGB", (400, 200), (0, 0, 255))
    source.paste((255, 0, 0), (100, 50, 300, 150))
    path = saved(source, tmp_path / "hidden.jpg", quality=95)
    image = embed(placed(path, 80, (0.25, 0.25, 0.75, 0.75)), dpi)
    assert (image.width, image.height) == ((200, 100) if dpi == 0 else (167, 83))
    centre = opened(image).convert("RGB").crop((4, 4, image.width - 4, image.height - 4))
    assert all(low > high for low, high in [(centre.getextrema()[0][0], centre.getextrema()[2][1])])  # type: ignore[index]


def test_grey_stays_grey() -> None:
    for dpi in (0, 100):
        assert embed(placed(PICTURES / "grey.jpg"), dpi).space == "DeviceGray"


def test_alpha_becomes_a_mask() -> None:
    image = embed(placed(PICTURES / "transparent.png"), 0)
    assert image.filter == "FlateDecode" and image.soft_mask is not None
    mask = opened(image.soft_mask)
    assert mask.mode == "L" and mask.getpixel((0, 0)) == 0 and mask.getpixel((120, 60)) == 255
    small = embed(placed(PICTURES / "transparent.png", 72), 72)
    assert small.soft_mask is not None and small.soft_mask.width == small.width == 72
    opaque = embed(placed(PICTURES / "transparent.png", 72, (0.1, 0.45, 0.2, 0.55)), 0)
    assert opaque.soft_mask is None


def test_soft_edges_do_not_darken_when_made_smaller(tmp_path: Path) -> None:
    source = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    source.paste((255, 255, 0, 255), (101, 0, 200, 200))
    image = embed(placed(saved(source, tmp_path / "edge.png"), 50), 72)
    assert image.soft_mask is not None
    for colour, alpha in zip(
        opened(image).get_flattened_data(), opened(image.soft_mask).get_flattened_data(), strict=True
    ):
        assert alpha == 0 or (colour[0] > 230 and colour[1] > 230 and colour[2] < 30)


@pytest.mark.parametrize(
    ("mode", "colour", "name", "wanted"),
    [
        ("1", 1, "a.tif", 255),
        ("L", 90, "a.png", 90),
        ("I;16", 128 * 256, "a.png", 128),
        ("I;16", 128 * 256, "a.tif", 128),
        ("P", 0, "a.png", None),
        ("RGB", (10, 20, 30), "a.tif", (10, 20, 30)),
        ("LA", (90, 255), "a.png", 90),
        ("RGB", (50, 50, 50), "a.png", 50),
    ],
)
def test_modes(tmp_path: Path, mode: str, colour: object, name: str, wanted: object) -> None:
    image = Image.new(mode, (9, 7), colour)  # type: ignore[arg-type]
    if mode == "P":
        image.putpalette([200, 100, 0] * 256)
    result = embed(placed(saved(image, tmp_path / name)), 0)
    assert result.filter == "FlateDecode" and result.bits == 8
    assert opened(result).getpixel((4, 3)) == (wanted if wanted is not None else (200, 100, 0))


def test_a_photograph_as_png_is_coded_as_a_photograph(tmp_path: Path) -> None:
    path = saved(Image.open(PICTURES / "photo-4.jpg"), tmp_path / "photo.png")
    assert embed(placed(path), 150).filter == "DCTDecode"
    assert embed(placed(PICTURES / "transparent.png"), 150).filter == "FlateDecode"


# -- colour


def profile(name: str, *, swapped: bool) -> bytes:
    """A small matrix profile; swapped: its red is green and its green is red."""
    fixed = struct.Struct(">iii")
    red, green, blue = (0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141)
    if swapped:
        red, green = green, red
    tags = {b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(name) + 1) + name.encode() + b"\0" + b"\0" * 79}
    tags[b"wtpt"] = b"XYZ \0\0\0\0" + fixed.pack(*(round(v * 65536) for v in (0.9642, 1.0, 0.8249)))
    for tag, value in ((b"rXYZ", red), (b"gXYZ", green), (b"bXYZ", blue)):
        tags[tag] = b"XYZ \0\0\0\0" + fixed.pack(*(round(v * 65536) for v in value))
    for tag in (b"rTRC", b"gTRC", b"bTRC"):
        tags[tag] = b"curv\0\0\0\0\0\0\0\1" + struct.pack(">H", round(2.2 * 256)) + b"\0\0"
    table, body = struct.pack(">I", len(tags)), b""
    for tag, unpadded in tags.items():
        value = unpadded + b"\0" * (-len(unpadded) % 4)
        table += tag + struct.pack(">II", 132 + 12 * len(tags) + len(body), len(value))
        body += value
    head = struct.pack(
        ">I4sI4s4s4s12x4s", 132 + 12 * len(tags) + len(body), b"lcms", 0x02400000, b"mntr", b"RGB ", b"XYZ ", b"acsp"
    )
    head += b"\0" * 28 + fixed.pack(*(round(v * 65536) for v in (0.9642, 1.0, 0.8249)))
    return head + b"\0" * (128 - len(head)) + table + body


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.webp"])
def test_an_embedded_profile_is_honoured(tmp_path: Path, name: str) -> None:
    red = Image.new("RGB", (32, 32), (255, 0, 0))
    path = saved(red, tmp_path / name, icc_profile=profile("Swapped", swapped=True), quality=95)
    for dpi in (0, 150):
        pixel = opened(embed(placed(path), dpi)).convert("RGB").getpixel((16, 16))
        assert isinstance(pixel, tuple) and pixel[1] > 200 and pixel[0] < 60, (name, pixel)


def test_srgb_needs_no_conversion(tmp_path: Path) -> None:
    source = Image.open(PICTURES / "photo-5.jpg")
    path = saved(source, tmp_path / "a.jpg", icc_profile=profile("sRGB IEC61966-2.1", swapped=False), quality=80)
    raw = path.read_bytes()
    image = embed(placed(path), 0)
    assert image.data.endswith(raw[raw.index(b"\xff\xda") :]) and b"ICC_PROFILE" not in image.data


def test_a_profile_that_is_none_is_passed_over(tmp_path: Path) -> None:
    path = saved(Image.new("RGB", (32, 32), (255, 0, 0)), tmp_path / "a.png", icc_profile=b"nonsense" * 40)
    assert opened(embed(placed(path), 0)).getpixel((3, 3)) == (255, 0, 0)


def test_cmyk_is_read_as_printed(tmp_path: Path) -> None:
    cyan = Image.new("CMYK", (32, 32), (255, 0, 0, 0))
    for name in ("a.jpg", "a.tif"):
        pixel = opened(embed(placed(saved(cyan, tmp_path / name)), 0)).convert("RGB").getpixel((9, 9))
        assert isinstance(pixel, tuple)
        assert pixel[0] < 40 and 140 < pixel[1] < 180 and 200 < pixel[2] < 245, pixel  # not the 0 255 255 of arithmetic


def test_colours_survive_the_way_through_cmyk() -> None:
    there = opened(embed(placed(PICTURES / "cmyk.jpg"), 0)).convert("RGB").resize((1, 1)).getpixel((0, 0))
    source = Image.open(PICTURES / "cmyk.jpg")
    press = ImageCms.ImageCmsProfile(str(Path(__file__).parent.parent / "assets" / "profiles" / "FOGRA39L.icc"))
    back = ImageCms.profileToProfile(
        source, press, ImageCms.createProfile("sRGB"), renderingIntent=1, flags=BLACK_POINT, outputMode="RGB"
    )
    assert back is not None and isinstance(there, tuple)
    mean = back.resize((1, 1)).getpixel((0, 0))
    assert isinstance(mean, tuple) and all(abs(a - b) < 8 for a, b in zip(mean, there, strict=True))


# -- the same bytes every time


def test_the_same_bytes_in_every_process() -> None:
    program = (
        "import sys, hashlib; from pathlib import Path; sys.path.insert(0, '.');"
        "from tests.test_picture_bytes import everything; print(everything())"
    )
    root = Path(__file__).parent.parent
    results = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "2" else "UTC"}
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=root, env=env, capture_output=True, text=True, check=True
        )
        results.add(done.stdout.strip())
    assert len(results) == 1


def everything() -> str:
    digest = hashlib.sha256()
    for name in ("turned.jpg", "cmyk.jpg", "transparent.png", "screen.webp", "print.tif", "photo-1.jpg"):
        for dpi in (0, 100):
            image = embed(placed(PICTURES / name), dpi)
            digest.update(image.data + (image.soft_mask.data if image.soft_mask else b""))
    return digest.hexdigest()


def test_what_is_remembered_is_bounded_and_follows_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "_KEPT_BYTES", 100_000)
    picture._finished.clear()
    path = tmp_path / "a.jpg"
    for i in range(1, 6):
        path.write_bytes((PICTURES / f"photo-{i}.jpg").read_bytes())
        os.utime(path, ns=(i * 10**9, i * 10**9))
        image = embed(placed(path), 0)
        assert opened(image).tobytes() == Image.open(PICTURES / f"photo-{i}.jpg").tobytes()
        assert embed(placed(path), 0) is image
        assert sum(len(kept.data) for kept in picture._finished.values()) <= 150_000
