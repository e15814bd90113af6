"""Pictures for others: the same pixels, nothing of place, device, day and program; makers stay."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import struct
import subprocess
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin, TiffImagePlugin

from report import Job, produce
from report.errors import PictureFault
from report.typeset import jpeg, picture, rights, svg, traces
from report.typeset.clean import cleaned, photo, words
from tests.conftest import missing

PICTURES = Path(__file__).parent / "articles" / "pictures"
SECRETS = (b"Geheimkamera", b"SN-4711", b"Entwurf", b"/home/muster", b"Pixelprogramm", b"2024:11:02")
MAKERS = ("Erika Müster", "Foto: Erika Müster", "© Stadt Gladbeck")
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 exif:GPSLatitude="51,34.25N" xmp:CreatorTool="Pixelprogramm" photoshop:Credit="Foto: Erika Müster">
<dc:creator><rdf:Seq><rdf:li>Erika Müster</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Stadt Gladbeck</rdf:li></rdf:Alt></dc:rights>
<photoshop:Instructions>Entwurf, liegt unter /home/muster</photoshop:Instructions></rdf:Description></rdf:RDF>
</x:xmpmeta><?xpacket end="w"?>""".encode()


def camera(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[271], exif[272], exif[306] = "Geheimkamera", "SN-4711", "2024:11:02 10:00:00"
    exif[315], exif[33432] = "Erika Muester", "(c) Stadt Gladbeck"
    if orientation != 1:
        exif[274] = orientation
    exif.get_ifd(0x8769)[0xA431] = "SN-4711"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (51.0, 34.0, 15.0), "E", (6.0, 59.0, 10.0)
    return exif


def dataset(number: int, text: str, record: int = 2) -> bytes:
    return bytes((0x1C, record, number)) + len(text.encode()).to_bytes(2, "big") + text.encode()


def resources() -> bytes:
    iptc = dataset(90, "\x1b%G", 1) + dataset(80, MAKERS[0]) + dataset(110, MAKERS[1]) + dataset(116, MAKERS[2])
    iptc += dataset(40, "Entwurf") + dataset(90, "Gladbeck")
    found = b"".join(
        b"8BIM" + number.to_bytes(2, "big") + b"\0\0" + len(body).to_bytes(4, "big") + body + b"\0" * (len(body) % 2)
        for number, body in ((0x0404, iptc), (0x0422, b"Geheimkamera"), (0x03ED, bytes(16)))
    )
    return b"Photoshop 3.0\0" + found


@cache
def profile() -> bytes:
    """Made once: it carries the second in which it was made."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def scene(mode: str = "RGB") -> Image.Image:
    return Image.radial_gradient("L").resize((48, 32)).convert(mode)


def photograph(path: Path, orientation: int = 1, **options: object) -> Path:
    scene().save(path, "JPEG", exif=camera(orientation), icc_profile=profile(), comment=b"Entwurf", **options)
    data = path.read_bytes()
    segments = b""
    for marker, body in ((0xED, resources()), (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP), (0xE5, b"SN-4711")):
        segments += b"\xff" + bytes((marker,)) + (len(body) + 2).to_bytes(2, "big") + body
    path.write_bytes(data[:2] + segments + data[2:] + b"Geheimkamera: ein Film hinter dem Bild")
    return path


def decoded(data: bytes) -> tuple[object, ...]:
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        turned = image.getexif().get(274, 1)
        return image.mode, image.size, image.tobytes(), image.info.get("icc_profile"), turned, image.info.get("gamma")


def assert_clean(path: Path) -> bytes:
    made = cleaned(path, path.parent)
    assert made.original == path.read_bytes()
    assert decoded(made.data) == decoded(made.original)
    assert [secret for secret in SECRETS if secret in made.data] == []
    with Image.open(io.BytesIO(made.data)) as image:
        exif = image.getexif()
        assert not set(exif) & {270, 271, 272, 305, 306, 316, 330, 0x8769, 0x8825}
        assert image.format == "TIFF" or set(exif) <= {274, 315, 33432}
        assert not exif.get_ifd(0x8825)
        assert not exif.get_ifd(0x8769)
    again = path.with_name(f"again-{path.name}")
    again.write_bytes(made.data)
    assert cleaned(again, again.parent).data == made.data
    return made.data


@pytest.mark.parametrize("orientation", [1, 6, 8])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_photograph(tmp_path: Path, orientation: int, progressive: bool) -> None:
    data = assert_clean(photograph(tmp_path / "a.jpg", orientation, progressive=progressive))
    head = jpeg.head(data)
    found = rights.from_iptc(head.iptc)
    assert (found.creator, found.credit, found.copyright) == MAKERS
    found = rights.from_xmp(head.xmp)
    assert (found.creator, found.credit, found.copyright) == MAKERS
    assert rights.from_exif(rights.directory(lambda at, size: head.exif[at : at + size])).creator == "Erika Muester"
    assert head.icc == profile()
    assert head.jfif


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1", "I;16"])
def test_a_png(tmp_path: Path, mode: str) -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", MAKERS[0])
    notes.add_text("Software", "Pixelprogramm")
    notes.add_text("Comment", "Entwurf", zip=True)
    notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
    scene("L" if mode == "I;16" else mode).convert(mode).save(
        tmp_path / "a.png", pnginfo=notes, exif=camera(6), dpi=(300, 300), icc_profile=profile()
    )
    data = assert_clean(tmp_path / "a.png")
    assert b"Author\0Erika M" in data
    assert MAKERS[1].encode() in data


@pytest.mark.parametrize("lossless", [False, True])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_webp(tmp_path: Path, lossless: bool, mode: str) -> None:
    scene(mode).save(tmp_path / "a.webp", lossless=lossless, exif=camera(6), xmp=XMP, icc_profile=profile())
    data = assert_clean(tmp_path / "a.webp")
    assert MAKERS[1].encode() in data
    scene(mode).save(tmp_path / "b.webp", lossless=lossless)
    assert_clean(tmp_path / "b.webp")


@pytest.mark.parametrize("compression", [None, "tiff_lzw", "tiff_adobe_deflate", "jpeg", "packbits"])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_tiff(tmp_path: Path, compression: str | None, mode: str) -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[271], tags[305], tags[315], tags[306] = "Geheimkamera", "Pixelprogramm", "Erika Muester", "2024:11:02 10:00:00"
    tags[270] = "Entwurf"
    image = scene(mode)
    path = tmp_path / "a.tif"
    image.save(path, compression=compression, tiffinfo=tags, save_all=True, append_images=[scene("L")],
               icc_profile=profile())  # fmt: skip
    data = assert_clean(path)
    with Image.open(io.BytesIO(data)) as found:
        assert found.n_frames == 1
        assert found.tag_v2[315] == "Erika Muester"


@pytest.mark.parametrize("name", sorted(path.name for path in PICTURES.iterdir() if path.suffix in (".jpg", ".png",
                                        ".webp", ".tif")))  # fmt: skip
def test_the_pictures_of_the_tests(tmp_path: Path, name: str) -> None:
    shutil.copy(PICTURES / name, tmp_path / name)
    assert_clean(tmp_path / name)


def test_a_stranger_finds_no_place_and_no_device(tmp_path: Path) -> None:
    """ExifTool knows more hiding places than we do."""
    program = shutil.which("exiftool")
    if program is None:
        missing("exiftool")
    path = photograph(tmp_path / "a.jpg", 6)
    seen = told(program, path)
    assert "GPS" in seen
    assert "Geheimkamera" in seen
    for source in (path, *(one for one in PICTURES.iterdir() if one.suffix in (".jpg", ".png", ".webp", ".tif"))):
        made = cleaned(source, source.parent)
        clean = tmp_path / f"clean{made.ending}"
        clean.write_bytes(made.data)
        seen = told(program, clean)
        for word in "GPS Geheim SN-4711 Serial Software CreatorTool Thumbnail Comment Warning".split():
            assert word not in seen, f"{source.name}: {seen}"
    clean.write_bytes(cleaned(path, tmp_path).data)
    seen = told(program, clean)
    assert "IPTC:By-line: Erika Müster" in seen
    assert "XMP-photoshop:Credit: Foto: Erika Müster" in seen
    assert "IFD0:Orientation: Rotate 90 CW" in seen


def told(program: str, path: Path) -> str:
    order = [program, "-G1", "-s", "-charset", "iptc=UTF8", "-a", "-u", "-x", "File:all", "-x", "System:all", str(path)]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    answer = subprocess.run(order, capture_output=True, text=True, encoding="utf-8", check=True, env=environment)
    return "\n".join(f"{line.split(']')[0][1:].strip()}:{' '.join(line.split(']', 1)[1].split())}".replace(" : ", ": ")
                     for line in answer.stdout.splitlines() if "]" in line)  # fmt: skip


DRAWING = """<?xml version="1.0" encoding="UTF-8"?>
<!-- gemacht von Entwurf -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:ink="http://www.inkscape.org/namespaces/inkscape"
  xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20" ink:export-filename="/home/muster/a.png">
  <title>Ein Haus &amp; ein Baum</title>
  <metadata><x xmlns="urn:x">Pixelprogramm</x></metadata>
  <ink:view ink:path="/home/muster"/>
  <defs><clipPath id="c"><rect width="20" height="20"/></clipPath></defs>
  <g clip-path="url(#c)" ink:label="Entwurf" data-name="Entwurf" data-role="deep"><g><path d="M0 0H10V10Z"/></g></g>
  <desc>Giebel</desc>Entwurf
</svg>
"""


def test_a_drawing_paints_the_same_and_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(DRAWING, encoding="utf-8")
    made = cleaned(tmp_path / "a.svg", tmp_path)
    assert [secret for secret in SECRETS if secret in made.data] == []
    assert b"inkscape" not in made.data
    (tmp_path / "b.svg").write_bytes(made.data)
    one, other = svg.read(tmp_path / "a.svg"), svg.read(tmp_path / "b.svg")
    assert painted(one) == painted(other)
    assert (one.title, one.description, one.box) == (other.title, other.description, other.box)
    assert one.title == "Ein Haus & ein Baum"


def painted(drawing: svg.Drawing) -> str:
    """The steps without their lines in the file."""
    return re.sub(r"\bline=\d+", "", repr(drawing.steps))


@pytest.mark.parametrize("path", sorted(Path("assets/samples").rglob("*.svg")), ids=lambda path: path.name)
def test_the_samples_drawings_paint_the_same(tmp_path: Path, path: Path) -> None:
    shutil.copy(path, tmp_path / path.name)
    clean = tmp_path / f"clean-{path.name}"
    clean.write_bytes(cleaned(path, path.parent).data)
    assert painted(svg.read(clean)) == painted(svg.read(tmp_path / path.name))


@given(st.binary(max_size=300))
def test_no_words_hurt(data: bytes) -> None:
    for made in (words.exif, words.iptc, words.xmp, words.datasets):
        made(data)
        for start in (b"II*\0\x08\0\0\0", b"8BIM\x04\x04\0\0", b"\x1c\x02\x50", b"<x:xmpmeta"):
            made(start + data)


@given(st.data())
def test_a_file_that_ends_anywhere_is_refused_or_whole(data: st.DataObject) -> None:
    stream = io.BytesIO()
    scene().save(stream, "JPEG", exif=camera(6), icc_profile=profile())
    whole = stream.getvalue()
    cut = data.draw(st.integers(0, len(whole) - 3))
    with pytest.raises((jpeg.Broken, words.Unclean)):
        photo.cleaned(whole[:cut])


def test_a_place_written_oddly_goes_too() -> None:
    """Big-endian EXIF with a directory that points into nothing: kept words only, no fault."""
    head = b"MM\0*" + struct.pack(">IHHHII", 8, 2, 0x8825, 4, 1, 999)
    made = words.exif(head + struct.pack(">HHI", 315, 2, 4) + b"Eri\0" + bytes(4))
    assert b"\x88\x25" not in made
    assert b"Eri\0" in made


def test_a_damaged_picture_is_named(tmp_path: Path) -> None:
    path = photograph(tmp_path / "a.jpg")
    path.write_bytes(path.read_bytes()[:400])
    with pytest.raises(PictureFault, match=r"a\.jpg"):
        cleaned(path, tmp_path)


# -- what is said of it beforehand --


def noted(path: Path) -> frozenset[str]:
    return picture.look(path, path.parent).traces


def test_what_a_camera_wrote_is_named_by_its_kind(tmp_path: Path) -> None:
    assert noted(photograph(tmp_path / "a.jpg")) == {traces.PLACE, traces.DEVICE}
    scene().save(tmp_path / "b.jpg", "JPEG")
    assert noted(tmp_path / "b.jpg") == frozenset()
    empty = Image.Exif()
    empty.get_ifd(0x8825)[0] = b"\x02\x03\x00\x00"  # a version, and no place
    scene().save(tmp_path / "c.jpg", "JPEG", exif=empty)
    assert noted(tmp_path / "c.jpg") == frozenset()
    for name, options in (("d.png", {"exif": camera()}), ("e.webp", {"exif": camera()}), ("f.webp", {"xmp": XMP})):
        scene().save(tmp_path / name, **options)
        assert traces.PLACE in noted(tmp_path / name)
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[271] = "Geheimkamera"
    scene().save(tmp_path / "g.tif", tiffinfo=tags, save_all=True, append_images=[scene("L")])
    assert noted(tmp_path / "g.tif") == {traces.DEVICE}


def test_a_preview_is_named(tmp_path: Path) -> None:
    """In EXIF's second directory, in Photoshop's resources, in JFIF's head."""
    tiff = b"II*\0\x08\0\0\0" + bytes(2) + struct.pack("<I", 14)
    tiff += struct.pack("<H", 2) + struct.pack("<HHIIHHII", 0x201, 4, 1, 44, 0x202, 4, 1, 4)
    tiff += bytes(4) + b"\xff\xd8\xff\xd9"
    assert traces.in_exif(lambda at, size: tiff[at : at + size]) == {traces.PREVIEW}
    assert traces.in_jpeg(b"", b"8BIM\x04\x0c\0\0") == {traces.PREVIEW}
    assert traces.in_jpeg(b"\x01\x02\0\0\x01\0\x01\x02\x02" + bytes(12), b"") == {traces.PREVIEW}
    assert traces.in_jpeg(b"\x01\x02\0\0\x01\0\x01\0\0", b"") == set()


@given(st.binary(max_size=200), st.sampled_from([b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08", b""]))
def test_damaged_exif_says_nothing_and_does_no_harm(data: bytes, head: bytes) -> None:
    whole = head + data
    assert traces.in_exif(lambda at, size: whole[at : at + size]) <= {traces.PLACE, traces.DEVICE, traces.PREVIEW}


def test_the_verdict_says_what_was_taken_out(tmp_path: Path) -> None:
    """One note a kind, with the files' names, in every edition; none of what stood there."""
    for name in ("a", "b"):
        photograph(tmp_path / f"{name}.jpg")
    facts = {
        "id": "kurz", "headline": "Kurz", "cover": "a",
        "sections": [{"heading": "Neu", "text": ["Ein Platz."], "picture": "b"}],
        "pictures": {key: {"file": f"{key}.jpg", "alt": "Ein Platz.", "credit": "Foto: M"} for key in "ab"},
    }  # fmt: skip
    (tmp_path / "kurz.json").write_text(json.dumps(facts), encoding="utf-8")
    made = produce(Job(tmp_path / "kurz.json", out=tmp_path / "out", editions=("mail", "archive", "html"))).products
    assert len(made) == 3
    for product in made:
        found = {one.rule: one for one in product.findings if one.rule in ("picture.place", "picture.device")}
        assert [one.values["files"] for one in found.values()] == ["a.jpg, b.jpg"] * 2
        assert all(one.severity == "note" and one.place.line for one in found.values())
        data = product.path.read_bytes()
        assert not [secret for secret in SECRETS if secret in data and secret != b"Entwurf"]  # our own word for a draft
