"""The open sheets that a print shop gets, read by strangers: plates by Ghostscript, objects by qpdf."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import ImageChops

from report import Job, produce
from report.units import MM
from tests.plates import PROCESS, Made
from tests.test_print import SPOT, forms, house_with, order
from tests.variants import SAMPLE, write

SHEETS = ("leaflet", "zigzag", "eight", "b", "marks", "spot", "photographs")
ROOM = 6  # millimetres round the bleed, for the ticks
PURE = (  # what sets a colour that is no ink; cs and CS name theirs
    "rg", "RG", "g", "G", "sh", "BI", "BDC", "BMC", "ri", "sc", "SC",
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("print-sheets")
    spot = house_with(folder / "spot", ("small: 0/100/90/0", f"small: 0/100/90/0, spot: {SPOT}"))
    eight = {"layouts": ("leaflet-eight",)}
    products = {
        "leaflet": order(SAMPLE, folder, layouts=("leaflet",)),
        "zigzag": order(SAMPLE, folder, layouts=("leaflet-zigzag",)),
        "eight": order(SAMPLE, folder, **eight),
        "b": order(SAMPLE, folder / "b", house="b", **eight),
        "marks": order(SAMPLE, folder / "marked", printer="crop-marks", **eight),
        "spot": order(SAMPLE, folder / "spotted", house=spot, **eight),
        "photographs": order(write("photographs", folder / "photographs"), folder, **eight),
    }
    assert {product.edition for product in products.values()} == {"print-sheets"}
    return Made(folder, products)


def trim(path: Path) -> list[tuple[float, ...]]:
    with pikepdf.open(path) as pdf:
        return [tuple(map(float, page.trimbox)) for page in pdf.pages]


@pytest.mark.parametrize("name", SHEETS)
def test_no_plate_strays_on_a_sheet(name: str, made: Made) -> None:
    wanted = {*PROCESS, *((SPOT,) if name == "spot" else ())}
    assert all(set(sheet.inks) <= wanted for sheet in made.separated(name))
    assert set().union(*(sheet.inks for sheet in made.separated(name))) == wanted


@pytest.mark.parametrize("name", SHEETS)
def test_nowhere_on_a_sheet_lies_more_ink_than_the_printer_takes(name: str, made: Made) -> None:
    for box, sheet in zip(trim(made.path(name)), made.separated(name), strict=True):
        assert sheet.total(box) <= 301  # type: ignore[arg-type]


def test_body_text_on_a_sheet_stands_in_black_alone(made: Made) -> None:
    """The lower half of the second panel inside: text on white, nothing else."""
    (left, bottom, _, _), sheet = trim(made.path("eight"))[1], made.separated("eight")[1]
    box = (left + 108 * MM, bottom + 20 * MM, left + 189 * MM, bottom + 110 * MM)
    assert sheet.most("Black", box) == 255
    assert [sheet.most(ink, box) for ink in PROCESS[:3]] == [0, 0, 0]


def test_fold_ticks_stand_on_the_black_plate_alone(made: Made) -> None:
    for (left, bottom, _, top), sheet, folds in zip(
        trim(made.path("eight")), made.separated("eight"), [(98, 196, 295), (99, 198, 296)], strict=True
    ):
        for fold in folds:
            for low in (bottom - 8 * MM, top + 3.1 * MM):
                box = (left + fold * MM - 2, low, left + fold * MM + 2, low + 4.9 * MM)
                assert sheet.most("Black", box) > 40
                assert [sheet.most(ink, box) for ink in PROCESS[:3]] == [0, 0, 0]
        for between in (50, 150, 250, 340):  # nothing else stands round the sheet
            box = (left + between * MM - 20, bottom - 8 * MM, left + between * MM + 20, bottom - 3.2 * MM)
            assert [sheet.most(ink, box) for ink in PROCESS] == [0, 0, 0, 0]


def test_a_spot_ink_keeps_its_plate_on_a_sheet(made: Made) -> None:
    sheet = made.separated("spot")[1]  # the numbers of the stops
    full = sheet.inks[SPOT].point(lambda level: 255 * (level == 255))
    assert full.getbbox() is not None
    for ink in PROCESS:
        assert ImageChops.multiply(sheet.inks[ink], full).getbbox() is None


@pytest.mark.parametrize("name", SHEETS)
def test_there_is_no_colour_but_inks_on_a_sheet(name: str, made: Made) -> None:
    with pikepdf.open(made.path(name)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
                assert item.ColorSpace in ("/DeviceCMYK", "/DeviceGray")
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) and item.get("/S") == "/Transparency":
                assert item.CS == "/DeviceCMYK"
        for stream in (*(page.obj for page in pdf.pages), *forms(pdf)):
            for operands, operator in pikepdf.parse_content_stream(stream):
                assert str(operator) not in PURE
                if str(operator) in ("cs", "CS"):
                    space = stream.Resources.ColorSpace[operands[0]]
                    assert (space[0], space[2]) == ("/Separation", "/DeviceCMYK")


@pytest.mark.parametrize(
    ("name", "width"), [("leaflet", 297), ("zigzag", 297), ("eight", 394), ("b", 394), ("marks", 394)]
)
def test_the_boxes_of_a_sheet_lie_in_each_other(name: str, width: float, made: Made) -> None:
    with pikepdf.open(made.path(name)) as pdf:
        for page in pdf.pages:
            boxes = [[float(edge) / MM for edge in page.obj[key]] for key in ("/MediaBox", "/BleedBox", "/TrimBox")]
            inward = [(0, 2 * (ROOM + 3)), (ROOM, ROOM + 6), (ROOM + 3, ROOM + 3)]
            wanted = [[at, at, width + more, 210 + more] for at, more in inward]
            assert boxes == [pytest.approx(box, abs=0.01) for box in wanted]
            assert "/CropBox" not in page.obj and "/ArtBox" not in page.obj and "/Annots" not in page.obj


def test_crop_marks_stand_on_every_plate_of_a_sheet(made: Made) -> None:
    (left, bottom, right, top), sheet = trim(made.path("marks"))[0], made.separated("marks")[0]
    for ink in PROCESS:
        for x in (left, right):
            for low in (bottom - 7 * MM, top + 3.1 * MM):
                assert sheet.most(ink, (x - 2, low, x + 2, low + 3.5 * MM)) > 40
    bare = made.separated("eight")[0]
    for ink in PROCESS:
        assert bare.most(ink, (left - 2, bottom - 7 * MM, left + 2, bottom - 3.2 * MM)) == 0


def test_only_black_type_overprints_on_a_sheet(made: Made) -> None:
    with pikepdf.open(made.path("eight")) as pdf:
        pages = [form for page in pdf.pages for form in page.obj.Resources.XObject.values()]
        assert len(pages) == 8
        for form in pages:
            states = form.Resources.ExtGState
            assert (states.O.op, states.O.OP, states.O.OPM, states.K.op, states.K.OP) == (True, True, 1, False, False)
        for page in pdf.pages:
            assert "/ExtGState" not in page.obj.Resources


def test_an_office_has_the_sheet_without_bleed_and_in_its_true_size(tmp_path: Path) -> None:
    job = Job(SAMPLE, layouts=("leaflet-eight",), editions=("office",), out=tmp_path)
    made = next(one for one in produce(job).products if one.edition == "office-sheets")
    with pikepdf.open(made.path) as pdf:
        assert "/OutputIntents" not in pdf.Root
        for page in pdf.pages:
            assert "/BleedBox" not in page.obj
            assert list(page.obj.CropBox) == list(page.obj.TrimBox)
            left, bottom, right, top = (float(edge) / MM for edge in page.obj.TrimBox)
            assert (right - left, top - bottom) == pytest.approx((394, 210), abs=0.01)
    (paper,) = [one for one in made.findings if one.rule == "sheets.paper"]
    assert paper.values["paper"] == "A3"
