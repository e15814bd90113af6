"""Boxes: flat panels of colour, photographs and drawings. Each fills its region and bleeds where the region does."""

from __future__ import annotations

from pathlib import Path

from report.errors import PictureFault
from report.findings import Finding, Place
from report.layout import Box, Region
from report.proof import Picture as Placed
from report.records import replace
from report.typeset import picture
from report.typeset.block import BoxSpot, Leaf
from report.typeset.desk import Desk
from report.typeset.ink import number
from report.typeset.pen import Pen
from report.units import millimetres


def outer(box: Box, desk: Desk, bleed: float | None = None) -> tuple[float, float, float, float]:
    """Return the box with its bleed (the edition's, or `bleed`), as PDF counts: left, bottom, width, height."""
    bleed = desk.bleed if bleed is None else bleed
    left = box.left - (bleed if "left" in box.bleeds else 0.0)
    right = box.right + (bleed if "right" in box.bleeds else 0.0)
    top = box.top - (bleed if "top" in box.bleeds else 0.0)
    bottom = box.bottom + (bleed if "bottom" in box.bleeds else 0.0)
    width, height = desk.width, desk.height
    left, right = max(left, -bleed), min(right, width + bleed)  # a box may reach beyond the sheet: its ink may not
    top, bottom = max(top, -bleed), min(bottom, height + bleed)
    return left, height - bottom, right - left, bottom - top


def rectangle(box: tuple[float, float, float, float], operator: bytes) -> bytes:
    """Return the path of a rectangle (left, bottom, width, height) and what is done with it."""
    return b"%s %s %s %s re %s\n" % (*(number(value).encode() for value in box), operator)


class Panel:
    """A flat colour over its box: an artifact, and the ground of what stands on it."""

    def __init__(self, leaf: Leaf, desk: Desk) -> None:
        self.leaf = leaf
        self.faults: list[str] = []

    def draw(self, pen: Pen, desk: Desk, spot: BoxSpot) -> None:
        """Fill the box."""
        swatch = desk.settings.swatch(self.leaf.node.get("swatch"), self.leaf.node.line)
        with pen.artifact("Background"):
            pen.write(desk.inks.fill(swatch), rectangle(outer(spot.box, desk), b"f"))


class Picture:
    """A photograph or a drawing: fills its box, cropped round its focus so that its frame stays whole."""

    def __init__(self, leaf: Leaf, desk: Desk, region: Region) -> None:
        self.leaf = leaf
        self.faults: list[str] = []
        logo = desk.house.logo if leaf.node.get("src") == "house:logo" else None
        folder = desk.house.folder if logo else desk.folder
        self.info = self.look(logo.file if logo else folder / leaf.node.get("src"), folder)
        self.crop = (0.0, 0.0, 1.0, 1.0)
        self.whole = logo is not None  # a logo is never cut: it stands in its box as large as that allows
        self.finding: Finding | None = None
        self.soft: Finding | None = None
        self.size = (0.0, 0.0)
        press = desk.inks.printer
        least = press.dpi if press else picture.SCREEN_LEAST
        self.inks = None if press else picture.converted(self.info)
        if region.box is None:
            return
        box = region.box
        if self.whole:
            left, _, right, _ = picture.whole(self.info, (box.left, box.top, box.right, box.bottom))
            self.soft = picture.softness(self.info, self.crop, right - left, least, logo=True)
            return
        width, height = self.size = box.right - box.left, box.bottom - box.top
        if self.info.kind == "raster":
            _, _, width, height = outer(box, desk)
        self.crop, self.finding = picture.crop_to(self.info, width, height, self.focus(), self.frame())
        if self.info.kind == "raster" and desk.bleed != desk.layout.bleed:  # no printer's bleed chooses an alternative
            _, _, wide, high = outer(box, desk, desk.layout.bleed)
            self.finding = picture.crop_to(self.info, wide, high, self.focus(), self.frame())[1]
        self.soft = picture.softness(self.info, self.crop, width, least)
        if leaf.node.kind == "ornament":
            self.finding = None
        if self.finding is not None and leaf.node.get("cut") != "yes":
            self.faults.append("crop")

    def look(self, path: Path, folder: Path) -> picture.PictureInfo:
        """Return what the picture is; its faults name the article's field."""
        try:
            return picture.look(path, folder)
        except PictureFault as stop:
            raise self.named(stop) from None

    def named(self, stop: PictureFault) -> PictureFault:
        """Return the stop with the article's field in each fault; a drawing's faults keep its file and line."""
        if not self.leaf.of:
            return stop
        places = (fault.place if fault.place.line else Place() for fault in stop.faults)
        pairs = zip(stop.faults, places, strict=True)
        return PictureFault(*(replace(fault, place=replace(place, path=self.leaf.of)) for fault, place in pairs))

    def told(self, finding: Finding, page: int) -> Finding:
        """Return a finding with the article's field, the page, and the size that a reader measures: without bleed."""
        width, height = (round(millimetres(side)) for side in self.size)
        sizes = {name: side for name, side in (("width", width), ("height", height)) if name in finding.values}
        place = Place(path=self.leaf.of, page=page) if self.leaf.of else replace(finding.place, page=page)
        return replace(finding, values={**finding.values, **sizes}, place=place)

    def focus(self) -> tuple[float, float] | None:
        """Return the point that the crop is drawn round, in fractions from the top left; None: the picture's own."""
        parts = self.leaf.node.get("focus").replace("%", "").split()
        return (float(parts[0]) / 100, float(parts[1]) / 100) if len(parts) == 2 else None

    def frame(self) -> tuple[float, float, float, float] | None:
        """Return what must stay visible, in fractions: left, top, right, bottom."""
        parts = self.leaf.node.get("frame").replace("%", "").split()
        if len(parts) != 4:
            return None
        left, top, right, bottom = (float(part) / 100 for part in parts)
        return left, top, right, bottom

    def draw(self, pen: Pen, desk: Desk, spot: BoxSpot) -> None:
        """Draw under the figure's element, or as an artifact where the picture means nothing."""
        found = [finding for finding in (self.finding, self.soft, self.inks) if finding is not None]
        desk.findings += [self.told(finding, pen.page + 1) for finding in found]
        element = desk.elements.get(id(self.leaf.bearer)) if not self.leaf.artifact else None
        operators = self.operators(pen, desk, spot)
        left, bottom, width, height = self.within(spot, desk) if self.whole else self.visible(spot, desk)
        rect, name = (left, bottom, left + width, bottom + height), self.info.path.name
        desk.stands(rect, "logo" if self.whole else "picture", self.leaf.region, self.leaf.of, name)
        if element is None:
            with pen.artifact():
                pen.write(*operators)
            return
        left, bottom, width, height = self.visible(spot, desk)
        element.box = (pen.page, (left, bottom, left + width, bottom + height))
        desk.attach(element)
        with pen.mark(element):
            pen.write(*operators)
        desk.note(self.leaf.of, pen.page, element.box[1])

    def visible(self, spot: BoxSpot, desk: Desk) -> tuple[float, float, float, float]:
        """Return the part of the box on the trimmed page: left, bottom, width, height."""
        box = spot.box
        left, right = max(0.0, box.left), min(desk.width, box.right)
        top, bottom = max(0.0, box.top), min(desk.height, box.bottom)
        return left, desk.height - bottom, right - left, bottom - top

    def operators(self, pen: Pen, desk: Desk, spot: BoxSpot) -> tuple[bytes, ...]:
        """Return the operators that show the picture in its box."""
        box = self.within(spot, desk) if self.whole else outer(spot.box, desk)
        if self.info.kind == "drawing":
            return self.drawing(pen, desk, spot, box)
        left, bottom, width, height = box
        name = desk.key("P", self.info.path, self.crop)
        known = desk.pictures.get(name)
        if known is None or known.width < width:
            desk.pictures[name] = Placed(str(self.info.path), width, height, self.crop)
        matrix = " ".join(number(value) for value in (width, 0, 0, height, left, bottom))
        state = b"q\n" + desk.inks.knock_out()
        return state, matrix.encode() + b" cm\n", pen.name(pen.pictures, name) + b" Do\nQ\n"

    def trimmed(self, spot: BoxSpot, desk: Desk) -> tuple[float, float, float, float]:
        """Return the box without its bleed, as PDF counts: left, bottom, width, height."""
        box = spot.box
        return box.left, desk.height - box.bottom, box.right - box.left, box.bottom - box.top

    def within(self, spot: BoxSpot, desk: Desk) -> tuple[float, float, float, float]:
        """Return where the whole picture stands in its box, as PDF counts: left, bottom, width, height."""
        left, bottom, width, height = self.trimmed(spot, desk)
        left, bottom, right, top = picture.whole(self.info, (left, bottom, left + width, bottom + height))
        return left, bottom, right - left, top - bottom

    def drawing(self, pen: Pen, desk: Desk, spot: BoxSpot, box: tuple[float, float, float, float]) -> tuple[bytes, ...]:
        """Clip to the box with its bleed; the drawing's own edges fall on the trimmed box, so that sizes stay true."""
        from report.typeset import svg

        drawing = svg.read(self.info.path)
        name = desk.key("X", self.info.path)
        if name not in desk.forms:
            try:
                desk.forms[name] = svg.draw(drawing, desk.house, desk.inks.printer)
            except PictureFault as stop:
                raise self.named(stop) from None
        left, bottom, width, height = box if self.whole else self.trimmed(spot, desk)
        place = svg.matrix(drawing, (left, bottom, left + width, bottom + height), self.crop)
        matrix = " ".join(number(value, 4) for value in place)
        state = b"q\n" + desk.inks.knock_out()
        return (state, rectangle(box, b"W n"), matrix.encode() + b" cm\n", pen.name(pen.forms, name) + b" Do\nQ\n")
