"""Pictures: what their heads tell, and which part is shown."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from report.typeset import jpeg, picture, rights
from report.typeset.picture import PictureInfo, crop_to, embed, fits, look
from tests.photographs import PICTURES, WHOLE, opened, placed, saved


@pytest.mark.parametrize(
    ("name", "format_", "width", "height", "alpha"),
    [
        ("photo-1.jpg", "JPEG", 1200, 800, False),
        ("portrait.jpg", "JPEG", 800, 1200, False),
        ("turned.jpg", "JPEG", 600, 900, False),
        ("grey.jpg", "JPEG", 900, 600, False),
        ("cmyk.jpg", "JPEG", 450, 300, False),
        ("transparent.png", "PNG", 240, 240, True),
        ("screen.webp", "WebP", 900, 600, False),
        ("print.tif", "TIFF", 240, 160, False),
    ],
)
def test_heads_tell_format_and_upright_measures(name: str, format_: str, width: int, height: int, alpha: bool) -> None:
    info = look(PICTURES / name, PICTURES)
    assert (info.kind, info.format, info.width, info.height, info.has_alpha) == (
        "raster",
        format_,
        width,
        height,
        alpha,
    )


def test_makers_are_kept_and_the_rest_of_the_metadata_is_not() -> None:
    info = look(PICTURES / "turned.jpg", PICTURES)
    assert (info.creator, info.credit, info.copyright) == (
        "Erika Beispiel",
        "Stadt Beispielstadt",
        "Stadt Beispielstadt",
    )
    raw = (PICTURES / "turned.jpg").read_bytes()
    secrets = (b"Exif", b"Beispielkamera", b"kept at home", b"2024:12:10")
    assert all(secret in raw for secret in secrets)
    for dpi in (0, 150):
        data = embed(placed(PICTURES / "turned.jpg"), dpi).data
        assert not [secret for secret in secrets if secret in data]
        assert jpeg.head(data).exif == b"" and data.count(b"\xff\xd8\xff") == 1  # nor a preview


def test_a_camera_held_upright_gives_an_upright_picture() -> None:
    image = opened(embed(placed(PICTURES / "turned.jpg"), 0)).convert("RGB")
    assert image.size == (600, 900)
    above, below = image.crop((0, 0, 600, 60)).resize((1, 1)), image.crop((0, 840, 600, 900)).resize((1, 1))
    sky, grass = above.getpixel((0, 0)), below.getpixel((0, 0))
    assert isinstance(sky, tuple) and sky[2] > sky[1] > sky[0]
    assert isinstance(grass, tuple) and grass[1] > grass[2]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation(tmp_path: Path, orientation: int) -> None:
    upright = Image.new("RGB", (48, 32), (250, 250, 250))
    upright.paste((200, 0, 0), (0, 0, 24, 16))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the turn that undoes each
    stored = upright.transpose(Image.Transpose(back[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[274] = orientation
    for name in ("a.jpg", "a.png", "a.webp", "a.tif"):
        path = saved(stored, tmp_path / name, exif=exif, quality=95)
        info = look(path, tmp_path)
        image = opened(embed(placed(path), 0)).convert("RGB")
        assert (info.width, info.height) == image.size == (48, 32), name
        red, white = image.getpixel((8, 8)), image.getpixel((40, 26))
        assert isinstance(red, tuple) and red[0] > 150 and red[1] < 60, name
        assert isinstance(white, tuple) and white[1] > 200, name


def test_iptc_and_exif_words_are_read_as_latin_or_unicode() -> None:
    record = b"\x1c\x02\x50\x00\x05J\xfcrg " + b"\x1c\x02\x74\x00\x06" + "© St".encode()
    resources = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(record)) + record
    assert rights.from_iptc(resources) == rights.Rights("Jürg", "", "© St")
    xmp = (
        "<dc:creator><rdf:Seq><rdf:li>A &amp; B</rdf:li><rdf:li>C</rdf:li></rdf:Seq></dc:creator>"
        "<photoshop:Credit>dpa\n</photoshop:Credit>"
    )
    assert rights.from_xmp(xmp.encode()) == rights.Rights("A & B, C", "dpa", "")


@given(st.binary(max_size=400))
def test_odd_metadata_never_breaks(data: bytes) -> None:
    rights.directory(lambda offset, length: (b"II*\0\x08\0\0\0" + data)[offset : offset + length])
    rights.from_iptc(b"8BIM\x04\x04" + data)
    rights.from_xmp(data)
    rights.is_srgb(data)


# -- crops


sides = st.floats(10, 5000)
fractions = st.floats(0, 1)
frames = st.tuples(fractions, fractions, fractions, fractions)


def info_of(width: float, height: float) -> PictureInfo:
    return PictureInfo(Path("a.jpg"), "raster", "JPEG", width, height)


@given(sides, sides, sides, sides, st.tuples(fractions, fractions), st.none() | frames)
def test_a_crop_fills_its_box_and_holds_its_frame(
    width: float,
    height: float,
    box_width: float,
    box_height: float,
    focus: tuple[float, float],
    frame: tuple[float, float, float, float] | None,
) -> None:
    info = info_of(width, height)
    (left, top, right, bottom), finding = crop_to(info, box_width, box_height, focus, frame)
    assert 0 <= left < right <= 1 + 1e-9 and 0 <= top < bottom <= 1 + 1e-9
    assert (right - left) * width / ((bottom - top) * height) == pytest.approx(box_width / box_height)
    assert right - left == pytest.approx(1) or bottom - top == pytest.approx(1)
    share = (right - left) * (bottom - top)
    if finding is None or finding.rule == "picture.cropped":
        if frame is not None:
            x0, x1 = sorted((frame[0], frame[2]))
            y0, y1 = sorted((frame[1], frame[3]))
            assert left <= x0 + 2e-6 and x1 <= right + 2e-6 and top <= y0 + 2e-6 and y1 <= bottom + 2e-6
    else:
        assert finding.rule == "picture.frame-cut" and finding.severity == "error"
    assert fits(info, (box_width, box_height), frame) == (finding is None)
    if finding is None:
        assert share >= 2 / 3 - 1e-5


@pytest.mark.parametrize(
    ("box", "rule"),
    [((105, 88.9), ""), ((210, 148.5), ""), ((105, 297), "picture.frame-cut"), ((86, 70.1), "picture.frame-cut")],
)
def test_a_group_goes_to_the_wide_box(box: tuple[float, float], rule: str) -> None:
    info = look(PICTURES / "group.jpg", PICTURES)
    frame = (0.12, 0.2, 0.88, 0.97) if box == (105, 88.9) else (0.03, 0.3, 0.97, 0.95)
    _, finding = crop_to(info, *box, None, frame)
    assert (finding.rule if finding else "") == rule


def test_a_picture_that_is_never_cut_stands_whole_in_its_box() -> None:
    assert picture.whole(info_of(200, 100), (0, 0, 100, 100)) == (0, 25, 100, 75)
    assert picture.whole(info_of(100, 200), (10, 10, 110, 110)) == (35, 10, 85, 110)


def test_too_little_left_is_a_warning() -> None:
    _, finding = crop_to(info_of(1200, 800), 105, 297)
    assert finding is not None and (finding.rule, finding.severity) == ("picture.cropped", "warning")
    assert finding.values["percent"] == 23


def test_the_focus_is_kept() -> None:
    (left, _, right, _), _ = crop_to(info_of(1500, 1000), 100, 100, (0.2, 0.5))
    assert (left, right) == pytest.approx((0.0, 2 / 3))
    (left, _, right, _), _ = crop_to(info_of(1500, 1000), 100, 100, (0.6, 0.5))
    assert (left + right) / 2 == pytest.approx(0.6)


def test_few_pixels_are_told() -> None:
    info = info_of(600, 400)
    assert picture.resolution(info, WHOLE, 288) == 150
    assert picture.softness(info, WHOLE, 288) is None
    soft = picture.softness(info, WHOLE, 300)
    assert soft is not None and soft.values["dpi"] == 144 and soft.severity == "warning"
    assert picture.softness(info, WHOLE, 288, 220) is not None
    assert picture.softness(info, (0, 0, 0.5, 1), 288) is not None
