"""Pictures: what is refused, which part is shown, what an edition embeds."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from report.errors import PictureFault
from report.proof import ImageData, Picture
from report.typeset import jpeg, picture, rights
from report.typeset.picture import PictureInfo, crop_to, embed, fits, look

PICTURES = Path(__file__).parent / "articles" / "pictures"
WHOLE = (0.0, 0.0, 1.0, 1.0)
BLACK_POINT = ImageCms.Flags.BLACKPOINTCOMPENSATION


def rule_of(path: Path, folder: Path) -> str:
    with pytest.raises(PictureFault) as stop:
        look(path, folder)
    (fault,) = stop.value.faults
    assert path.name[-20:] in str(fault) or "http" in str(fault)
    return fault.rule


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


# -- look --------------------------------------------------------------------------------------------------------


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


# -- what is refused ---------------------------------------------------------------------------------------------


def bomb(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b""))
    packed = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


PHOTO = (PICTURES / "photo-1.jpg").read_bytes()
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


# -- the bytes of an edition -------------------------------------------------------------------------------------


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


# -- colour ------------------------------------------------------------------------------------------------------


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


# -- the same bytes every time -----------------------------------------------------------------------------------


def test_the_same_bytes_in_every_process() -> None:
    program = (
        "import sys, hashlib; from pathlib import Path; sys.path.insert(0, '.');"
        "from tests.test_picture import everything; print(everything())"
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


# -- crops -------------------------------------------------------------------------------------------------------

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
