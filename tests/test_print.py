"""The files that a print shop gets, read by strangers: plates by Ghostscript, objects by qpdf, pixels by PDFium."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageCms

from report import Job, produce
from report.editions import EDITIONS
from report.errors import OrderFault
from report.paths import shipped
from report.printer import Printer
from report.production import _works
from report.records import replace
from report.units import MM
from tests.plates import PROCESS, Made
from tests.variants import SAMPLE, write

SPOT = "HKS 14 K"


def house_with(folder: Path, *changes: tuple[str, str], base: str = "a") -> str:
    """Copy a house and change words in its file; return its folder."""
    shutil.copytree(shipped("assets", "houses", base), folder)
    file = folder / "house.yaml"
    words = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in words
        words = words.replace(old, new)
    file.write_text(words, encoding="utf-8")
    return str(folder)


def order(article: Path, out: Path, edition: str = "print", **more: Any) -> Any:
    return produce(Job(article, editions=(edition,), out=out, **more)).products[0]  # its sheets come after it


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("print")
    spot = house_with(
        folder / "spot",
        ("small: 0/100/90/0", f"small: 0/100/90/0, spot: {SPOT}"),
        ("{standard: x4, bleed: 3mm, slug", "{standard: x1a, bleed: 2mm, slug"),
        ("ink-limit: 300}", "ink-limit: 240}"),
    )
    photographs = write("photographs", folder / "photographs")  # grey, CMYK, with alpha
    products = {
        "print": order(SAMPLE, folder),
        "office": order(SAMPLE, folder, "office"),
        "mail": order(SAMPLE, folder, "mail"),
        "b": order(SAMPLE, folder / "b", house="b"),
        "marks": order(SAMPLE, folder, printer="crop-marks"),
        "spot": order(SAMPLE, folder / "spotted", house=spot),
        "x1a": order(SAMPLE, folder / "spotted", house=spot, printer="crop-marks"),
        "pictures": order(photographs, folder),
    }
    return Made(folder, products)


def opened(path: Path) -> pikepdf.Pdf:
    return pikepdf.open(path)


PRESS = ("print", "b", "marks", "spot", "x1a", "pictures")


# --- plates ---


def test_body_text_stands_in_black_alone(made: Made) -> None:
    work = next(_works(Job(SAMPLE)))
    proof = work.proof(work.markup(), EDITIONS["print"])[1]
    page, (left, bottom, right, top) = proof.fields["stops[0].text[0]"][0]
    bleed = proof.pages[page].bleed
    box = (left + bleed, bottom + bleed, right + bleed, top + bleed)
    sheet = made.separated("print")[page]
    assert sheet.most("Black", box) == 255
    assert [sheet.most(ink, box) for ink in PROCESS[:3]] == [0, 0, 0]


@pytest.mark.parametrize("name", PRESS)
def test_no_plate_strays(name: str, made: Made) -> None:
    wanted = {*PROCESS, *((SPOT,) if name in ("spot", "x1a") else ())}
    assert all(set(sheet.inks) <= wanted for sheet in made.separated(name))
    assert set().union(*(sheet.inks for sheet in made.separated(name))) == wanted


def test_a_spot_ink_has_its_plate_and_leaves_the_others_bare(made: Made) -> None:
    sheet = made.separated("spot")[1]  # the number in type, the house as a drawing
    full = sheet.inks[SPOT].point(lambda level: 255 * (level == 255))
    assert full.getbbox() is not None
    bare = made.separated("print")[1]
    for ink in ("Magenta", "Yellow"):  # of which the colour is made in the house without a spot
        assert ImageChops.multiply(bare.inks[ink], full).getextrema()[1] > 200
    for ink in PROCESS:
        assert ImageChops.multiply(sheet.inks[ink], full).getbbox() is None


@pytest.mark.parametrize(
    ("name", "limit"), [("print", 300), ("b", 300), ("pictures", 300), ("x1a", 240), ("marks", 300)]
)
def test_nowhere_lies_more_ink_than_the_printer_takes(name: str, limit: int, made: Made) -> None:
    with opened(made.path(name)) as pdf:
        boxes = [tuple(map(float, page.trimbox)) for page in pdf.pages]
    for box, sheet in zip(boxes, made.separated(name), strict=True):
        assert sheet.total(box) <= limit + 1


# --- objects ---


@pytest.mark.parametrize("name", PRESS)
def test_there_is_no_colour_but_inks(name: str, made: Made) -> None:
    with opened(made.path(name)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
                assert item.ColorSpace in ("/DeviceCMYK", "/DeviceGray")
                if "/SMask" in item:
                    assert item.SMask.ColorSpace == "/DeviceGray"
            if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)) and item.get("/S") == "/Transparency":
                assert item.CS == "/DeviceCMYK"
        for stream in (*(page.obj for page in pdf.pages), *forms(pdf)):
            for operands, operator in pikepdf.parse_content_stream(stream):
                assert str(operator) not in ("rg", "RG", "g", "G", "sh", "BI", "BDC", "BMC", "ri", "sc", "SC")
                if str(operator) in ("cs", "CS"):
                    space = stream.Resources.ColorSpace[operands[0]]
                    assert (space[0], space[2]) == ("/Separation", "/DeviceCMYK")


def forms(pdf: pikepdf.Pdf) -> list[Any]:
    return [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"]


@pytest.mark.parametrize("name", PRESS)
def test_only_black_type_overprints(name: str, made: Made) -> None:
    with opened(made.path(name)) as pdf:
        for page in pdf.pages:
            states = page.obj.Resources.ExtGState
            assert (states.O.op, states.O.OP, states.O.OPM, states.K.op, states.K.OP) == (True, True, 1, False, False)
            assert set(_overprinted(page.obj)) <= {("Tj", ("0", "0", "0", "1")), ("TJ", ("0", "0", "0", "1"))}
        for form in forms(pdf):
            assert set(_overprinted(form)) == set()
        body = [step for page in pdf.pages for step in _overprinted(page.obj)]
        assert body


def _overprinted(stream: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what is painted while overprinting is on, with the colour that it is painted in."""
    now: tuple[bool, tuple[str, ...]] = (False, ())
    kept = []
    for operands, operator in ((step.operands, str(step.operator)) for step in pikepdf.parse_content_stream(stream)):
        if operator == "q":
            kept.append(now)
        elif operator == "Q":
            now = kept.pop()
        elif operator == "gs":
            now = (str(operands[0]) == "/O", now[1])
        elif operator in ("k", "scn"):
            now = (now[0], tuple(f"{float(value):g}" for value in operands))
        elif operator in ("f", "f*", "B", "S", "Tj", "TJ", "Do") and now[0]:
            yield operator, now[1]


@pytest.mark.parametrize(("name", "bleed", "slug"), [("print", 3, 0), ("marks", 3, 10), ("x1a", 2, 10)])
def test_boxes_lie_in_each_other(name: str, bleed: float, slug: float, made: Made) -> None:
    with opened(made.path(name)) as pdf:
        for page in pdf.pages:
            width, height = 210 * MM, 297 * MM
            more, all_round = 2 * bleed * MM, 2 * (bleed + slug) * MM
            corners = ((0.0, all_round), (slug * MM, more), ((bleed + slug) * MM, 0.0))
            wanted = [[at, at, at + width + wide, at + height + wide] for at, wide in corners]
            found = [[float(edge) for edge in page.obj[key]] for key in ("/MediaBox", "/BleedBox", "/TrimBox")]
            assert found == [pytest.approx(box, abs=0.01) for box in wanted]
            assert "/ArtBox" not in page.obj and "/CropBox" not in page.obj


@pytest.mark.parametrize("name", PRESS)
def test_the_file_says_what_it_is_and_carries_nothing_else(name: str, made: Made) -> None:
    path = made.path(name)
    with opened(path) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert (intent.S, intent.DestOutputProfile.N) == ("/GTS_PDFX", 4)
        assert intent.DestOutputProfile.read_bytes() == shipped("assets", "profiles", "FOGRA39L.icc").read_bytes()
        assert (str(intent.OutputConditionIdentifier), str(intent.RegistryName)) == ("FOGRA39", "http://www.color.org")
        assert not {"/StructTreeRoot", "/MarkInfo", "/AcroForm", "/Names", "/OpenAction", "/AA"} & set(pdf.Root.keys())
        assert all(not {"/Annots", "/StructParents", "/Tabs"} & set(page.obj.keys()) for page in pdf.pages)
        info = pdf.trailer.Info
        title = "PDF/X-1a:2003" if name == "x1a" else "PDF/X-4"
        assert (str(info.GTS_PDFXVersion), info.Trapped, pdf.pdf_version) == (
            title, "/False", "1.4" if name == "x1a" else "1.6",
        )  # fmt: skip
        assert {"/Title", "/CreationDate", "/ModDate", "/Producer"} <= set(info.keys())
        xmp = pdf.Root.Metadata.read_bytes().decode()
        assert ("<pdfxid:GTS_PDFXVersion>PDF/X-4<" in xmp) == (name != "x1a")
        for said in ("pdf:Trapped>False<", "xmpMM:VersionID>1<", "xmpMM:RenditionClass>default<", "xmp:MetadataDate>"):
            assert said in xmp
        assert pdf.check_pdf_syntax() == []
    old = path.read_bytes()
    assert (b"/ObjStm" in old, b"\nxref\n" in old) == ((False, True) if name == "x1a" else (True, False))


def test_crop_marks_and_colour_bar_stand_outside_the_bleed(made: Made) -> None:
    sheet = made.separated("marks")[0]
    slug, bleed, wide, high = 10 * MM, 3 * MM, 210 * MM, 297 * MM
    end, out = slug + bleed, slug + 2 * bleed
    for ink in PROCESS:  # registration: all plates have all marks
        for x in (end, end + wide):
            assert sheet.most(ink, (x - 2, slug - 8, x + 2, slug - 4)) > 40
            assert sheet.most(ink, (x - 2, slug + high + 2 * bleed + 4, x + 2, slug + high + 2 * bleed + 8)) > 40
        for y in (end, end + high):
            assert sheet.most(ink, (slug - 8, y - 2, slug - 4, y + 2)) > 40
            assert sheet.most(ink, (out + wide + 4, y - 2, out + wide + 8, y + 2)) > 40
        assert sheet.most(ink, (end + 20, 0, end + 140, slug - 1)) == 255  # its patch of the bar
    bare = made.separated("print")[0]
    assert {ink: bare.inks[ink].size for ink in PROCESS} == dict.fromkeys(PROCESS, bare.inks["Black"].size)


# --- the office's own printer ---


def rendered(path: Path, page: int, dpi: int = 72) -> Image.Image:
    with pypdfium2.PdfDocument(path) as document:
        return document[page].render(scale=dpi / 72).to_pil().convert("RGB")


def test_office_covers_five_millimetres_and_moves_nothing(made: Made) -> None:
    for page in range(4):
        office, mail = (rendered(made.path(name), page, 144) for name in ("office", "mail"))
        assert office.size == mail.size
        edge = round(5 * MM * 2)
        inner = (edge + 1, edge + 1, office.width - edge - 1, office.height - edge - 1)
        assert ImageChops.difference(office.crop(inner), mail.crop(inner)).getbbox() is None
        frame = office.copy()
        frame.paste((255, 255, 255), (edge, edge, office.width - edge, office.height - edge))
        assert frame.getextrema() == ((255, 255),) * 3
    assert any(rendered(made.path("mail"), page).getpixel((3, 3)) != (255, 255, 255) for page in range(4))
    with opened(made.path("office")) as pdf:
        assert not {"/StructTreeRoot", "/MarkInfo", "/OutputIntents"} & set(pdf.Root.keys())
        assert all("/Annots" not in page.obj and "/BleedBox" not in page.obj for page in pdf.pages)


# --- all editions of one article ---


@pytest.mark.parametrize("name", ["", "ten-pictures", "twelve-stops", "long-headline"])
def test_all_editions_break_their_lines_alike(name: str, tmp_path: Path) -> None:
    printer = Printer(bleed=1 * MM)  # another printer's bleed chooses no other alternative
    work = replace(next(_works(Job(write(name, tmp_path) if name else SAMPLE))), printer=printer)
    text = work.markup()
    lines = [
        [line for line in work.proof(text, edition)[1].lines() if " imprint " not in line]
        for edition in EDITIONS.values()
        if edition.paged
    ]
    assert lines[0] and all(one == lines[0] for one in lines[1:])


def test_the_same_bytes_each_time(made: Made, tmp_path: Path) -> None:
    for name, more in (("print", {}), ("marks", {"printer": "crop-marks"})):
        again = order(SAMPLE, tmp_path / "anew", **more)
        assert again.path.read_bytes() == made.path(name).read_bytes()


# --- what is refused ---


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"printer": "nobody"}, "The house “a” has no printer “nobody”. Known: default, crop-marks."),
        ({"standards": ("x3",)}, "PDF/X-3 is not made"),
        ({"standards": ("ua1",)}, "The edition “print” cannot follow ua1"),
        ({"standards": ("x4", "ua1")}, "no file can be both"),
        ({"edition": "mail", "standards": ("x4",)}, "The edition “mail” cannot follow x4"),
        ({"edition": "office", "standards": ("a2a",)}, "The edition “office” cannot follow a2a"),
    ],
)
def test_an_order_that_cannot_be(more: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(OrderFault, match=re.escape(said)):
        order(SAMPLE, tmp_path, **more)


@pytest.mark.parametrize(
    ("profile", "said"),
    [("sRGB.icc", "is not that of a press with four inks"), ("none.icc", "is not there"), ("text.icc", "is no colour")],
)
def test_a_profile_that_is_none_of_a_press(profile: str, said: str, tmp_path: Path) -> None:
    house = house_with(tmp_path / "own", ("profile: FOGRA39L.icc, min-dpi", f"profile: {profile}, min-dpi"))
    shutil.copy(shipped("assets", "profiles", "sRGB.icc"), house)
    (Path(house) / "text.icc").write_text("no profile", encoding="utf-8")
    with pytest.raises(OrderFault, match=said):
        order(SAMPLE, tmp_path, house=house)
    assert order(SAMPLE, tmp_path, "mail", house=house).written  # who does not print does not need it


def test_x1a_refuses_what_is_transparent_and_x4_prints_it(tmp_path: Path) -> None:
    article = write("photographs", tmp_path / "article")
    assert order(article, tmp_path).written
    product = order(article, tmp_path, standards=("x1a",))
    assert not product.written
    assert [one.rule for one in product.findings if one.severity == "error"] == ["print.transparent"]


def test_the_own_profile_of_a_shop_is_named_and_embedded(tmp_path: Path) -> None:
    house = house_with(
        tmp_path / "own", ("profile: FOGRA39L.icc, min-dpi", "profile: Haus.icc, condition: FOGRA51, min-dpi")
    )
    data = shipped("assets", "profiles", "FOGRA39L.icc").read_bytes()
    (Path(house) / "Haus.icc").write_bytes(data[:84] + b"\1" * 16 + data[100:])  # another profile by its identifier
    product = order(SAMPLE, tmp_path, house=house)
    with opened(product.path) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert (str(intent.OutputConditionIdentifier), str(intent.Info)) == ("FOGRA51", "Haus")
        assert intent.DestOutputProfile.read_bytes()[84:100] == b"\1" * 16
    assert ImageCms.getProfileName(str(Path(house) / "Haus.icc"))
