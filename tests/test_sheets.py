"""Sheets read back from their files: which page stands where, how wide the panels are, where the sheet folds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from report import Job, errors, layoutfile, produce, sheets
from report.editions import EDITIONS
from report.finish import finish
from report.proof import About, Element, Page, Proof
from report.standards import combine
from report.units import MM
from tests.goldens import assert_picture
from tests.readback import picture
from tests.shelf import Shelf, Wanted
from tests.variants import SAMPLE, write

NUMBER = r"(-?[\d.]+)"
PLACED = re.compile(rf"q {' '.join([NUMBER] * 4)} re W n 1 0 0 1 {NUMBER} {NUMBER} cm /Page(\d+) Do Q")
TICKS = re.compile(r"q (?:0 G|0 0 0 1 K) 0\.4 w \[2\.835 2\.835\] 0 d")
TICK = re.compile(rf"{NUMBER} {NUMBER} m {NUMBER} {NUMBER} l")


@dataclass(frozen=True)
class Found:
    """One page on a side: its number (from 1) as its own words say it, its left edge and visible box, in mm."""

    page: str
    left: float
    clip: tuple[float, ...]


def millimetres(value: float) -> float:
    return round(value / MM, 2)


def numbered(count: int, width: float, height: float) -> bytes:
    """Return a finished file of pages that say nothing but their number, in a comment of their content."""
    pages = [
        Page(width, height, 3 * MM, b"%% page %d\n0 0 1 1 re f\n" % (index + 1), (), (), (), [], str(index + 1))
        for index in range(count)
    ]
    about = About(title="Heft", language="de")
    proof = Proof(about, pages, Element("document"), {}, {}, {}, [], {}, list, [], [])
    return finish(proof, combine(()), EDITIONS["office"], {}, None)


def content(page: pikepdf.Page) -> str:
    return page.Contents.read_bytes().decode("latin-1")


def placed(data: bytes) -> list[list[Found]]:
    """Return what stands on each side, from left to right, told by the content of the pages themselves."""
    found = []
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            side = []
            for match in PLACED.finditer(content(page)):
                *clip, left, _ = (millimetres(float(value)) for value in match.groups()[:6])
                form = page.Resources.XObject[f"/Page{match[7]}"]
                said = re.search(r"% page (\d+)", form.read_bytes().decode("latin-1"))
                side.append(Found(said[1] if said else match[7], left, tuple(clip)))
            found.append(sorted(side, key=lambda one: one.left))
    return found


# --- booklets ---


def stapled(count: int, paper: float = 80) -> tuple[list[list[Found]], sheets.Plan]:
    booklet = layoutfile.load("booklet")
    plan = sheets.plan(booklet, ["text"] * count, 0, 0, paper)
    data = sheets.impose(numbered(count, booklet.width, booklet.height), plan.sides, 0, 5 * MM, ())
    return placed(data), plan


@pytest.mark.parametrize(
    ("count", "wanted"),
    [
        (4, ["4 1", "2 3"]),
        (8, ["8 1", "2 7", "6 3", "4 5"]),
        (12, ["12 1", "2 11", "10 3", "4 9", "8 5", "6 7"]),
        (11, ["11 1", "2", "10 3", "4 9", "8 5", "6 7"]),
    ],
)
def test_a_booklet_folds_to_the_right_order(count: int, wanted: list[str]) -> None:
    found, plan = stapled(count)
    assert [" ".join(one.page for one in side) for side in found] == wanted
    blank = [finding for finding in plan.findings if finding.rule == "sheets.blank"]
    assert [finding.values["blank"] for finding in blank] == ([1] if count == 11 else [])


@given(st.integers(1, 40))
def test_folded_sheets_read_from_first_to_last(count: int) -> None:
    """Lay the sheets in each other and leaf through: rectos first to the middle, then versos outward."""
    sides = sheets.order(count)
    read: list[int | None] = []
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        read += [front[1], back[0]]
    for front, back in reversed(list(zip(sides[::2], sides[1::2], strict=True))):
        read += [back[1], front[0]]
    assert [page for page in read if page is not None] == list(range(count))
    assert len(read) % 4 == 0
    assert read[-1] == count - 1


@pytest.mark.parametrize(("count", "paper", "wanted"), [(8, 80, 0.16), (12, 135, 0.405), (4, 80, 0.08)])
def test_creep_is_a_quarter_of_the_pages_times_the_papers_weight(count: int, paper: float, wanted: float) -> None:
    assert sheets.creep(count, paper) / MM == pytest.approx(wanted)


def test_inner_sheets_move_to_the_fold() -> None:
    found, _ = stapled(12, 200)  # creep 0.6 mm
    lefts = [[one.left for one in side] for side in found]
    assert lefts == [[0, 148], [0, 148], [0.3, 147.7], [0.3, 147.7], [0.6, 147.4], [0.6, 147.4]]
    for side in found:  # nothing crosses the fold
        assert [one.clip[0] for one in side] == [0, 148]
        assert [one.clip[2] for one in side] == [148, 148]


# --- the sample, as an office orders it ---


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    out = tmp_path_factory.mktemp("sheets")
    job = Job(SAMPLE, layouts=("leaflet", "booklet", "brochure"), editions=("print", "office"), out=out)
    return {f"{one.layout}-{one.edition}": one.path for one in produce(job).products if one.written}


def test_what_an_order_for_paper_makes(made: dict[str, Path]) -> None:
    assert set(made) == {
        *("leaflet-print-sheets", "leaflet-print-dummy", "leaflet-office-sheets", "leaflet-office-dummy"),
        *("booklet-print", "booklet-office", "booklet-office-sheets", "booklet-office-dummy"),
        *("brochure-print", "brochure-office", "brochure-office-sheets", "brochure-office-dummy"),
    }
    assert made["leaflet-office-sheets"].name == f"{SAMPLE.parent.name}-leaflet-office-sheets.pdf"


@pytest.mark.parametrize("edition", ["print", "office"])
def test_the_panels_measure_97_100_100(edition: str, made: dict[str, Path]) -> None:
    outside, inside = placed(made[f"leaflet-{edition}-sheets"].read_bytes())
    bleed, out = 3 if edition == "print" else 0, 3  # pages come with their bleed
    assert [round(one.left, 1) + out for one in outside] == [0, 97, 197]
    assert [round(one.left, 1) + out for one in inside] == [0, 100, 200]
    # visible: over the sheet's edge the bleed, over a fold half a millimetre
    assert [(one.clip[0], one.clip[2]) for one in outside] == [
        (-bleed, 97.5 + bleed),
        (96.5, 101),
        (196.5, 100.5 + bleed),
    ]
    assert [(one.clip[0], one.clip[2]) for one in inside] == [
        (-bleed, 100.5 + bleed),
        (99.5, 101),
        (199.5, 97.5 + bleed),
    ]


def test_a_zigzag_shows_title_and_back_when_it_is_folded(tmp_path: Path) -> None:
    """Its title lies leftmost on the front; the back behind the rightmost panel, so leftmost when turned over."""
    (made, _) = produce(Job(SAMPLE, layouts=("leaflet-zigzag",), editions=("print",), out=tmp_path)).products
    front, reverse = placed(made.path.read_bytes())
    assert [(one.page, one.left + 3) for one in front] == [("0", 0), ("1", 99), ("2", 198)]
    assert [(one.page, one.left + 3) for one in reverse] == [("5", 0), ("4", 99), ("3", 198)]


# --- eight pages ---


@pytest.fixture(scope="module")
def eight(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    job = Job(SAMPLE, layouts=("leaflet-eight",), editions=("print", "office"), out=tmp_path_factory.mktemp("eight"))
    return {one.edition: one.path for one in produce(job).products if one.written}


def folded(outside: list[str], inside: list[str]) -> list[list[str]]:
    """Fold a sheet of four panels in half, and once more: what is seen closed, opened once, opened wholly.

    Both sides are given from left to right as they lie before one's eyes; the sheet is turned over its short edge, so
    that the panel behind the leftmost of one side is the rightmost of the other.
    """
    leaves = list(zip(inside, reversed(outside), strict=True))  # what is inside, what is behind it
    left, right = leaves[:2], leaves[2:]
    # right half on the left one, inside to inside; then the stack once more, the left half outward
    stack = [left[0], right[1], right[0], left[1]]  # from the title's leaf to the back's
    cover, back = stack[0][1], stack[3][1]
    return [[cover], [stack[1][1], stack[2][1]], [side for side, _ in leaves], [back]]


@pytest.mark.parametrize("edition", ["print", "office"])
def test_eight_pages_fold_to_the_right_order(edition: str, eight: dict[str, Path]) -> None:
    outside, inside = ([one.page for one in side] for side in placed(eight[f"{edition}-sheets"].read_bytes()))
    seen = folded(outside, inside)
    assert seen == [["0"], ["1", "2"], ["3", "4", "5", "6"], ["7"]]  # title, first opening, inside, back: as it is read


@pytest.mark.parametrize("edition", ["print", "office"])
def test_the_half_that_is_folded_in_is_shorter(edition: str, eight: dict[str, Path]) -> None:
    with pikepdf.open(eight[f"{edition}-sheets"]) as pdf:
        for page in pdf.pages:
            left, bottom, right, top = (float(value) / MM for value in page.TrimBox)
            assert (right - left, top - bottom) == pytest.approx((394, 210), abs=0.01)
    widths = []
    for side in placed(eight[f"{edition}-sheets"].read_bytes()):
        edges = [round(one.left, 1) + 3 for one in side] + [394]
        widths.append([round(end - start, 1) for start, end in pairwise(edges)])
    assert widths == [[98, 98, 99, 99], [99, 99, 98, 98]]
    assert widths[0] == widths[1][::-1]  # each panel is as wide as the one behind it


def test_eight_pages_are_marked_where_they_fold(eight: dict[str, Path]) -> None:
    for edition, bleed in (("print", 3), ("office", 0)):
        assert folds(eight[f"{edition}-sheets"]) == [
            {98: bleed, 196: bleed, 295: bleed},
            {99: bleed, 198: bleed, 296: bleed},
        ]


def folds(path: Path) -> list[dict[float, float]]:
    """Return for each side where its ticks stand, and how far from the trim the nearest of them begins."""
    found = []
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            strokes = TICKS.split(content(page))[1].partition("S Q")[0]
            lines = [[millimetres(float(value)) for value in match] for match in TICK.findall(strokes)]
            found.append({x: round(-near, 1) + 0.0 for x, near, _, far in lines if far < 0})
    return found


def test_the_editions_that_are_read_have_a_page_a_panel_in_reading_order(shelf: Shelf) -> None:
    wanted = Wanted(SAMPLE.parent.name, "leaflet-eight", "mail")
    lines = (shelf.path(wanted).parent / wanted.article / wanted.layout / "4-lines.txt").read_text(encoding="utf-8")
    masters = re.findall(r"^page \d+ \((.*)\)$", lines, re.MULTILINE)
    panels = [layoutfile.load("leaflet-eight").masters[name].panel for name in masters]
    assert panels == [
        "title", "opening-1", "opening-2", "inside-1", "inside-2", "inside-3", "inside-4", "back",
    ]  # fmt: skip
    with pikepdf.open(shelf.path(wanted)) as pdf:
        assert [millimetres(float(page.TrimBox[2])) for page in pdf.pages] == [99, 98, 98, 99, 99, 98, 98, 99]


@pytest.mark.parametrize(
    ("layout", "paper"), [("leaflet", None), ("leaflet-eight", "A3"), ("booklet", None), ("brochure", "A3")]
)
def test_the_paper_that_an_office_printer_needs_is_told(layout: str, paper: str | None) -> None:
    read = layoutfile.load(layout)
    masters = [next(name for name, one in read.masters.items() if one.panel == placed_.panel)
               for sheet in read.sheets for placed_ in sheet.panels] or [next(iter(read.masters))] * 4  # fmt: skip
    told = [one for one in sheets.plan(read, masters, 0, 0, 80).findings if one.rule == "sheets.paper"]
    assert [one.values["paper"] for one in told] == ([paper] if paper else [])


def test_the_boxes_are_those_of_the_sheet(made: dict[str, Path]) -> None:
    for name, width, height in (
        ("leaflet-print-sheets", 297, 210),
        ("leaflet-office-sheets", 297, 210),
        ("booklet-office-sheets", 296, 210),
        ("brochure-office-sheets", 420, 297),
    ):
        with pikepdf.open(made[name]) as pdf:
            for page in pdf.pages:
                left, bottom, right, top = (float(value) / MM for value in page.TrimBox)
                assert (right - left, top - bottom) == pytest.approx((width, height), abs=0.01)
                if name.endswith("print-sheets"):
                    bled = [float(value) / MM for value in page.BleedBox]
                    assert (bled[2] - bled[0], bled[3] - bled[1]) == pytest.approx((width + 6, height + 6), abs=0.01)
                else:
                    assert list(page.CropBox) == list(page.TrimBox)


def test_fold_ticks_stand_outside_the_bleed(made: dict[str, Path]) -> None:
    for name, bleed, wanted in (
        ("leaflet-print-sheets", 3, [[97, 197], [100, 200]]),
        ("leaflet-office-sheets", 0, [[97, 197], [100, 200]]),
        ("booklet-office-sheets", 0, [[148]] * 4),
    ):
        with pikepdf.open(made[name]) as pdf:
            for page, folds in zip(pdf.pages, wanted, strict=True):
                strokes = TICKS.split(content(page))[1].partition("S Q")[0]
                lines = [[millimetres(float(value)) for value in match] for match in TICK.findall(strokes)]
                height = millimetres(float(page.TrimBox[3]) - float(page.TrimBox[1]))
                assert sorted({line[0] for line in lines}) == folds
                for x, near, to, far in lines:
                    assert x == to
                    ends = (-bleed, -bleed - 5) if near < 0 or not near else (height + bleed, height + bleed + 5)
                    assert (near, far) == pytest.approx(ends, abs=0.02)


def test_sheets_carry_no_tags_but_say_what_they_are(made: dict[str, Path]) -> None:
    for name in ("leaflet-print-sheets", "booklet-office-sheets"):
        with pikepdf.open(made[name]) as pdf:
            assert not {"/StructTreeRoot", "/MarkInfo", "/Outlines", "/PageLabels"} & set(pdf.Root.keys())
            assert not any("/Annots" in page or "/StructParents" in page for page in pdf.pages)
            assert b"BDC" not in b"".join(
                form.read_bytes() for page in pdf.pages for form in page.Resources.XObject.values()
            )
            said = pdf.Root.Metadata.read_bytes()
            assert (b"PDF/X-4" in said) == ("/OutputIntents" in pdf.Root) == name.startswith("leaflet")
    with pikepdf.open(made["booklet-office"]) as pages, pikepdf.open(made["booklet-office-sheets"]) as imposed:
        one, other = (re.search(rb"InstanceID>(.*?)<", pdf.Root.Metadata.read_bytes()) for pdf in (pages, imposed))
        assert one and other
        assert one[1] != other[1]


def test_no_word_comes_near_a_fold(shelf: Shelf) -> None:
    """Panels keep 9 mm at each side, so that neither fold nor creep meets a word."""
    with pikepdf.open(shelf.path(Wanted(SAMPLE.parent.name, "leaflet", "mail"))) as pdf:
        widths = [millimetres(float(page.TrimBox[2])) for page in pdf.pages]
    assert widths == [100, 100, 100, 97, 97, 100]
    for layout in ("leaflet", "leaflet-zigzag", "leaflet-eight"):
        for name, master in layoutfile.load(layout).masters.items():
            for region in master.regions.values():
                if region.turn:  # the stamp of a draft, in the margin
                    assert 3 * MM < master.width - region.line * 14 < 9 * MM, (name, region.name)
                elif region.box is None:
                    assert region.left >= 9 * MM - 0.01, (name, region.name)
                    assert region.left + region.width <= master.width - 9 * MM + 0.01, (name, region.name)


def test_the_same_order_gives_the_same_sheets(made: dict[str, Path], tmp_path: Path) -> None:
    job = Job(SAMPLE, layouts=("leaflet",), editions=("print", "office"), out=tmp_path)
    for product in produce(job).products:
        assert product.path.read_bytes() == made[f"leaflet-{product.edition}"].read_bytes()


@pytest.mark.parametrize("side", [1, 2])
def test_the_open_sheet_looks_as_it_did(side: int, made: dict[str, Path]) -> None:
    assert_picture(f"sheets/leaflet-{side}", picture(made["leaflet-print-sheets"], side))


@pytest.mark.parametrize("side", [1, 2])
def test_the_open_sheet_of_eight_looks_as_it_did(side: int, eight: dict[str, Path]) -> None:
    assert_picture(f"sheets/eight-{side}", picture(eight["print-sheets"], side))


@pytest.mark.parametrize("side", [1, 2])
def test_the_dummy_looks_as_it_did(side: int, made: dict[str, Path]) -> None:
    assert_picture(f"sheets/dummy-{side}", picture(made["leaflet-office-dummy"], side))


# --- what goes wrong ---


@pytest.mark.parametrize(("layout", "lines"), [("leaflet", 302), ("leaflet-eight", 229)])
def test_a_text_that_needs_more_panels_is_told_with_its_lines(layout: str, lines: int, tmp_path: Path) -> None:
    job = Job(write("too-long", tmp_path), layouts=(layout,), editions=("print",), out=tmp_path / "out")
    (product,) = produce(job).products
    assert not product.written
    assert [one.values["count"] for one in product.findings if one.rule == "text.overset"] == [lines]


def test_panels_without_pages_and_pages_without_panels_are_told() -> None:
    leaflet = layoutfile.load("leaflet")
    masters = ["title", "inside-1", "plain-1", "voice", "flap", "back"]
    told = [(one.rule, str(one)) for one in sheets.plan(leaflet, masters, 0, 0, 80).findings if one.severity == "error"]
    assert [rule for rule, _ in told] == ["sheets.panel", "sheets.no-place"]
    assert "inside-2" in told[0][1]


WRONG = """page: {width: 100mm, height: 210mm, bleed: 3mm}
grid: {leading: 14pt, left: 9mm, columns: 1, column: 82mm, gutter: 0mm}
masters:
  one: {regions: {body: {line: 4}}}
  two: {like: three}
sheets:
  out:
    width: 150mm
    height: 210mm
    panels: [{panel: one, left: 0mm}, {panel: one, left: 100mm}, {panel: four, left: 0mm}]
    folds: [90mm]
"""


def told_of(written: str, tmp_path: Path) -> str:
    folder = tmp_path / "wrong"
    folder.mkdir()
    (folder / "layout.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(errors.LayoutFault) as stopped:
        layoutfile.load(str(folder))
    return "\n".join(f"{fault.place.line} {fault}" for fault in stopped.value.faults)


def test_faults_of_a_sheet_are_told_with_their_lines(tmp_path: Path) -> None:
    told = told_of(WRONG, tmp_path)
    for words in ("“three”", "“four”", "The fold at 90 mm", "wider than the sheet"):
        assert words in told


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("sheets: saddel-stitch\n", "5 wrong/layout.yaml:5 sheets: “saddel-stitch” is none of: saddle-stitch."),
        ("sheets: {out: {width: 9mm, height: 9mm, panels: [{panel: one, turn: up}]}}\n", "“up” is none of: 0, 180."),
    ],
)
def test_a_sheet_that_cannot_be_is_told(written: str, said: str, tmp_path: Path) -> None:
    assert said in told_of(WRONG.partition("  two:")[0] + written, tmp_path)
