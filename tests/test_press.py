"""Ink for the press, piece by piece: recipes, pictures, strokes, what is told, what a house may write."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from report import Job, house, produce
from report.editions import EDITIONS
from report.errors import LayoutFault, OrderFault
from report.house import Swatch, contrast
from report.paths import shipped
from report.printer import Printer
from report.production import _works
from report.proof import ImageData, Picture
from report.records import replace
from report.typeset import face, pixels
from report.typeset.ink import Inks, Press, converted, inks
from report.typeset.picture import embed
from report.typeset.strokes import thinnest
from report.units import MM
from tests.test_print import house_with
from tests.variants import SAMPLE

PRINTER = Printer()
PICTURES = Path(__file__).parent / "articles" / "pictures"


def swatch(cmyk: tuple[float, ...], small: tuple[float, ...] | None = None, spot: str = "") -> Swatch:
    return Swatch("deep", "Tinte", (0, 54, 94), cmyk, small, spot)  # type: ignore[arg-type]


# --- recipes ---


def test_a_recipe_is_written_exactly() -> None:
    press = Press((), PRINTER)
    assert press.fill(swatch((100, 70.5, 30, 0.25))) == b"/K gs 1 0.705 0.3 0.0025 k\n"
    assert press.stroke(swatch((100, 70.5, 30, 0))) == b"1 0.705 0.3 0 K\n"


@pytest.mark.parametrize(("size", "small"), [(0, False), (8.1, True), (14.7, True), (14.8, False), (59.4, False)])
def test_small_type_takes_the_small_recipe(size: float, small: bool) -> None:
    colour = swatch((100, 70, 30, 35), (100, 0, 0, 70))
    wanted = b"1 0 0 0.7 k" if small else b"1 0.7 0.3 0.35 k"
    assert Press((), PRINTER).fill(colour, size) == b"/K gs %s\n" % wanted
    assert Press((), PRINTER).rule(colour) == b"/K gs 1 0 0 0.7 k\n"
    assert Press((), PRINTER).fill(swatch((0, 0, 0, 0)), size) == b"/K gs 0 0 0 0 k\n"  # white never overprints


def test_black_overprints_as_type_alone() -> None:
    black, press = swatch((0, 0, 0, 100)), Press((), PRINTER)
    assert press.fill(black, 10.5) == b"/O gs 0 0 0 1 k\n"
    assert (press.fill(black), press.rule(black)) == (b"/K gs 0 0 0 1 k\n",) * 2
    assert press.fill(swatch((10, 0, 0, 100)), 30).startswith(b"/K gs")


def test_a_spot_ink_is_one_plate() -> None:
    spot = swatch((0, 90, 80, 0), (0, 90, 0, 20), "HKS 14 K")
    press = Press((swatch((1, 1, 1, 1)), spot), PRINTER)
    assert press.fill(spot, 8) == b"/K gs /C0 cs 1 scn\n" and press.stroke(spot) == b"/C0 CS 1 SCN\n"
    assert (list(press.used), press.plates["C0"].name) == (["C0"], "HKS 14 K")


def test_the_screen_knows_none_of_it() -> None:
    screen = inks((swatch((0, 90, 80, 0), None, "HKS 14 K"),), None)
    assert type(screen) is Inks and screen.plates == {} and screen.knock_out() == b""
    assert screen.fill(swatch((0, 0, 0, 100)), 8) == screen.rule(swatch((0, 0, 0, 0))) == b"0 0.2118 0.3686 rg\n"


def test_other_colours_are_converted_by_the_profile() -> None:
    assert converted((0, 0, 0), PRINTER) == (0, 0, 0, 100)
    assert converted((255, 255, 255), PRINTER) == (0, 0, 0, 0)
    assert sum(converted((10, 20, 60), PRINTER)) <= 300
    assert Press((), PRINTER).rgb((255, 255, 255), "RG") == b"0 0 0 0 K\n"


# --- the houses ---


@pytest.mark.parametrize("name", ["a", "b"])
def test_small_recipes_are_of_two_inks_and_can_be_read(name: str) -> None:
    """Their contrast as printed: the profile's view of each recipe, WCAG 2.1 1.4.3 on white or on the dark ground."""
    style = house.load(name)
    shown = {role: _printed(one.small or one.cmyk) for role, one in style.swatches.items()}
    deep = _printed(style.swatches["deep"].cmyk)
    white = _printed((0, 0, 0, 0))
    for role, one in style.swatches.items():
        assert sum(1 for percent in one.small or one.cmyk if percent) <= 2, role
        assert sum(one.cmyk) <= 280
    for role in ("deep", "accent", "text"):
        assert contrast(shown[role], white) >= 4.5, role
    for role in ("sun", "sky", "paper", "white"):
        assert contrast(shown[role], deep) >= 4.5, role
    for role in ("deep", "text"):
        assert min(contrast(shown[role], _printed(style.swatches[ground].cmyk)) for ground in ("sky", "sun")) >= 4.5


def _printed(recipe: tuple[float, ...]) -> Swatch:
    press, screen = ImageCms.getOpenProfile(io.BytesIO(PRINTER.icc())), ImageCms.createProfile("sRGB")
    intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    transform = ImageCms.buildTransform(press, screen, "CMYK", "RGB", intent, flags)
    pixel = Image.new("CMYK", (1, 1), tuple(round(percent * 2.55) for percent in recipe))
    shown = ImageCms.applyTransform(pixel, transform)
    assert shown is not None
    return Swatch("", "", shown.getpixel((0, 0)), (0, 0, 0, 0))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("small: 100/0/0/70", "small: 100/20/0/70", "A recipe for small type has at most two inks."),
        ("small: 100/0/0/70", "small: 100/0/0", "“100/0/0” is not a CMYK colour"),
        ("small: 100/0/0/70", "spot: Black", "“Black” is no name for a spot ink"),
        ("bleed: 3mm, safe", "bleed: wide, safe", "“wide” is not a length like 12.5mm or 14pt."),
        ("bleed: 3mm, safe", "order: spreads, bleed: 3mm, safe", "“spreads” "),
        ("bleed: 3mm, safe", "bleed: -3mm, safe", "“-3mm” is not a length like 12.5mm or 14pt."),
        ("standard: x4, bleed: 3mm, safe", "standard: x3, bleed: 3mm, safe", "“x3” is none of: x4, x1a."),
        ("marks: [crop, bar]", "marks: [cut]", "“cut” is none of: crop, bar, none."),
        ("min-dpi: 220", "min-dpi: many", "“many” is not a whole number."),
        ("min-dpi: 220", "dpi: 220", "Unknown key “dpi”."),
    ],
)
def test_a_house_is_told_where_it_is_wrong(old: str, new: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(LayoutFault) as stop:
        house.load(house_with(tmp_path / "own", (old, new)))
    assert any(said in str(fault) and fault.place.line for fault in stop.value.faults)


def test_a_house_without_printers_has_the_usual_one(tmp_path: Path) -> None:
    words = shipped("assets", "houses", "a", "house.yaml").read_text(encoding="utf-8")
    own = tmp_path / "own"
    own.mkdir()
    (own / "house.yaml").write_text(words.partition("printers:")[0], encoding="utf-8")
    style = house.load(str(own))
    assert style.printer() == style.printer("default") == Printer()
    with pytest.raises(OrderFault, match="Known: default"):
        style.printer("crop-marks")


# --- pictures ---


def inked(image: Image.Image, **printer: Any) -> Image.Image:
    out = io.BytesIO()
    image.save(out, "TIFF")
    wish = pixels.Wish("x.tif", "TIFF", 1, (0, 0, *image.size), None, 92, Printer(**printer))
    return pixels_of(pixels.finished(out.getvalue(), wish))


def pixels_of(data: ImageData) -> Image.Image:
    mode = {"DeviceCMYK": "CMYK", "DeviceGray": "L"}[data.space]
    if data.filter == "FlateDecode":
        return Image.frombytes(mode, (data.width, data.height), zlib.decompress(data.data))
    assert data.inverted == (mode == "CMYK")
    return Image.open(io.BytesIO(data.data))


@given(st.tuples(*[st.integers(0, 255)] * 4), st.integers(120, 400))
def test_no_pixel_has_more_ink_than_the_limit(colour: tuple[int, int, int, int], limit: int) -> None:
    (c, m, y, k) = inked(Image.new("CMYK", (2, 2), colour), ink_limit=limit).getpixel((1, 1))  # type: ignore[misc]
    assert c + m + y + k <= max(limit * 2.55, colour[3]) + 0.5 and k == colour[3]
    if sum(colour) <= limit * 2.55:
        assert (c, m, y, k) == colour


def test_pictures_of_cmyk_without_a_profile_stay_as_they_are() -> None:
    image = inked(Image.effect_noise((64, 64), 80).convert("RGB").convert("CMYK"))
    assert image.mode == "CMYK"


@pytest.mark.parametrize(
    "name", ["photo-1.jpg", "cmyk.jpg", "print.tif", "screen.webp", "turned.jpg", "transparent.png"]
)
def test_every_picture_becomes_ink(name: str) -> None:
    data = embed(Picture(str(PICTURES / name), 100, 66), 300, PRINTER)
    assert data.space == "DeviceCMYK"
    assert (data.soft_mask is not None) == (name == "transparent.png")
    seen, there = _seen(data), pixels_of(embed_rgb(PICTURES / name))
    assert all(abs(one - other) < 26 for one, other in zip(seen, there.resize((1, 1)).getpixel((0, 0)), strict=True))


def embed_rgb(path: Path) -> ImageData:
    data = embed(Picture(str(path), 100, 66), 300)
    if data.filter == "FlateDecode":
        image = Image.frombytes("RGB", (data.width, data.height), zlib.decompress(data.data))
        out = io.BytesIO()
        image.save(out, "PNG")
        return ImageData(data.width, data.height, "DeviceGray", 8, "DCTDecode", out.getvalue())
    return ImageData(data.width, data.height, "DeviceGray", 8, "DCTDecode", data.data)


def _seen(data: ImageData) -> tuple[int, ...]:
    press, screen = ImageCms.getOpenProfile(io.BytesIO(PRINTER.icc())), ImageCms.createProfile("sRGB")
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    transform = ImageCms.buildTransform(press, screen, "CMYK", "RGB", intent, ImageCms.Flags.BLACKPOINTCOMPENSATION)
    shown = ImageCms.applyTransform(pixels_of(data), transform)
    assert shown is not None
    return tuple(shown.resize((1, 1)).getpixel((0, 0)))  # type: ignore[arg-type]


def test_grey_is_black_alone() -> None:
    assert embed(Picture(str(PICTURES / "grey.jpg"), 100, 66), 300, PRINTER).space == "DeviceGray"
    assert inked(Image.new("RGB", (40, 40), (90, 90, 90))).mode == "L"  # drawn in grey, though saved in colour


# --- strokes ---


def test_strokes_are_measured_on_outlines() -> None:
    def width(name: str) -> float:
        return thinnest(face.load(shipped("assets", "fonts", f"{name}.ttf")))

    assert (
        width("SourceSerif4Display-Light") < width("SourceSerif4Display-Regular") < width("SourceSerif4SmText-Regular")
    )
    assert width("SourceSans3-Regular") < width("SourceSans3-Semibold") < width("SourceSans3-Bold")
    assert 0.015 < width("SourceSerif4Display-Light") < 0.03 and 0.06 < width("SourceSans3-Regular") < 0.09


# --- what is told ---


def told(tmp_path: Path, *changes: tuple[str, str], edition: str = "print", printer: str = "") -> dict[str, str]:
    work = next(_works(Job(SAMPLE, house=house_with(tmp_path / "own", *changes), printer=printer)))
    proof = work.proof(work.markup(), EDITIONS[edition])[1]
    return {one.rule: str(one) for one in proof.findings if one.rule.startswith("print.")}


SHOP = "ink-limit: 300, min-line: 0.25pt, min-type: 6pt"


@pytest.mark.parametrize(
    ("change", "rule", "said"),
    [
        ((", small: 100/0/0/70", ""), "print.type-inks", "in 4 inks (“Tinte”)"),
        ((", small: 100/0/0/70", ""), "print.rule-inks", "Rules in “Tinte” are 4 inks"),
        ((SHOP, SHOP.replace("300", "230")), "print.ink-limit", "“Tinte” has 235 % of ink; the printer takes 230 %."),
        ((SHOP, SHOP + ", min-reversed-type: 11pt"), "print.reversed-type", "on “Tinte”: the press needs 11 pt."),
        ((SHOP, SHOP + ", min-reversed-line: 0.6pt"), "print.reversed-stroke", "below 0.6 pt they run full."),
        ((SHOP, SHOP.replace("0.25pt", "1pt")), "print.rule-fine", "Rules of 0.6 pt are finer than 1 pt"),
        (("safe: 3mm", "safe: 18mm"), "print.safe-distance", "18.0 mm are wanted"),
    ],
)
def test_what_the_press_cannot_hold_is_told(change: tuple[str, str], rule: str, said: str, tmp_path: Path) -> None:
    assert said in told(tmp_path, change)[rule]


def test_a_good_house_is_told_of_nothing_but_thin_strokes(tmp_path: Path) -> None:
    assert set(told(tmp_path)) <= {"print.reversed-stroke"}
    assert told(tmp_path / "office", edition="office") == {} == told(tmp_path / "mail", edition="mail")


def test_a_spot_ink_is_noted_where_it_is_mixed(tmp_path: Path) -> None:
    own = house_with(tmp_path / "own", ("small: 0/100/90/0", "spot: HKS 14 K"))
    mail, shop = produce(Job(SAMPLE, editions=("mail", "print"), out=tmp_path, house=own)).products
    notes = [str(one) for one in mail.findings if one.rule == "colour.spot"]
    assert (
        len(notes) == 1
        and "“Ziegel” is the spot ink HKS 14 K in print; here it is the screen colour #C43312." in notes[0]
    )
    assert not any(one.rule == "colour.spot" for one in shop.findings)


def test_words_under_the_white_of_an_office_printer_are_told(tmp_path: Path) -> None:
    work = replace(next(_works(Job(SAMPLE))), printer=PRINTER)
    wide = replace(EDITIONS["office"], margin=20 * MM)
    findings = work.proof(work.markup(), wide)[1].findings
    assert any("the office printer leaves 20.0 mm white" in str(one) for one in findings)
