"""Drawings: an SVG file read once, and drawn in any house's colours.

A colour becomes a role of the house by `data-role` on the element (or on a group round it), or by a file beside the
drawing, `<name>.colours.yaml`, with lines such as `"#00365E": deep`; any other colour stays the sRGB that it is.
Knows: drawings, swatches, operators. Must never know what a drawing means or where on a page it stands.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache
from pathlib import Path

from report.errors import PictureFault
from report.findings import N_, Finding, Place
from report.house import House, Swatch
from report.printer import Printer
from report.proof import Form, Rect
from report.records import record
from report.typeset.ink import Inks, inks
from report.typeset.outline import Matrix, joined
from report.typeset.svgshapes import Sheet, placing, view_of
from report.typeset.svgsteps import Reader, Step
from report.typeset.svgstyle import Paint, Style, Unknown
from report.typeset.svgtree import Tag, fault, parse

_KEPT = 64  # drawings remembered in a process
_Key = tuple[str, int, int, int]


@record(frozen=True, eq=False)
class Drawing:
    """A drawing, ready to be coloured: its size in its own units, where it is anchored when cut, words, steps."""

    file: str
    width: float
    height: float
    anchor: tuple[float, float]  # from left and top, 0 to 1: what stays when the box has other proportions
    title: str
    description: str
    steps: tuple[Step, ...]
    ink: Rect  # the box of all ink, in the coordinates of the steps: more than the view where it is drawn over

    @property
    def box(self) -> Rect:
        """The part that the drawing shows: its view."""
        return 0.0, 0.0, self.width, self.height


_drawings: OrderedDict[_Key, Drawing] = OrderedDict()


def read(path: Path) -> Drawing:
    """Read the drawing at `path`, a file that `picture.look` has found; raise PictureFault with all its faults."""
    colours = path.with_name(f"{path.stem}.colours.yaml")
    state = path.stat()
    stamp = colours.stat().st_mtime_ns if colours.is_file() else 0
    key = (str(path), state.st_mtime_ns, state.st_size, stamp)
    drawing = _drawings.get(key)
    if drawing is None:
        roles = _roles(colours) if stamp else {}
        drawing = _drawings[key] = _read(path, roles)
        if len(_drawings) > _KEPT:
            _drawings.popitem(last=False)
    _drawings.move_to_end(key)
    return drawing


def _read(path: Path, roles: dict[tuple[int, int, int], Paint]) -> Drawing:
    root, faults = parse(path.read_bytes(), path)
    try:
        view = view_of(root)
        anchor, _ = placing(root.attrs.get("preserveAspectRatio", ""))
    except Unknown as met:
        raise PictureFault(*faults, fault(path.name, root.line, met.message, "", **met.values)) from None
    reader = Reader(path.name, Sheet(view), _parts(root), faults)
    left, top, width, height = view
    reader.walk(root, Style(), (1.0, 0.0, 0.0, -1.0, -left, top + height))
    if reader.faults:
        raise PictureFault(*reader.faults)
    for step in reader.steps:
        step.fill, step.stroke = _mapped(step.fill, roles), _mapped(step.stroke, roles)
    box = (min(0.0, reader.ink[0]), min(0.0, reader.ink[1]), max(width, reader.ink[2]), max(height, reader.ink[3]))
    words = {kid.name: " ".join(kid.words.split()) for kid in reversed(root.kids) if kid.name in ("title", "desc")}
    return Drawing(
        path.name,
        width,
        height,
        anchor,
        words.get("title", ""),
        words.get("desc", ""),
        tuple(reader.steps),
        box,
    )


def _parts(root: Tag) -> dict[str, Tag]:
    found: dict[str, Tag] = {}
    rest = [root]
    while rest:
        tag = rest.pop()
        if "id" in tag.attrs:
            found.setdefault(tag.attrs["id"], tag)
        rest += reversed(tag.kids)
    return found


def _roles(path: Path) -> dict[tuple[int, int, int], Paint]:
    """Read the map beside a drawing: colour -> role."""
    from report import datafile
    from report.typeset.svgstyle import colour

    top = datafile.read(path, PictureFault)
    faults: list[Finding] = []
    roles: dict[tuple[int, int, int], Paint] = {}
    for word, entry in top.value.items() if isinstance(top.value, dict) else [("", top)]:
        try:
            roles[colour(word)] = Paint(str(entry.value), colour(word), entry.line)
        except Unknown as met:
            faults.append(fault(path.name, entry.line, met.message, "", **met.values))
    if faults:
        raise PictureFault(*faults)
    return roles


def _mapped(paint: Paint | None, roles: dict[tuple[int, int, int], Paint]) -> Paint | None:
    return roles.get(paint.rgb, paint) if paint and not paint.role else paint


def draw(drawing: Drawing, house: House, printer: Printer | None = None) -> Form:
    """Return the drawing in the colours of `house`, in its own units; its box is that of all its ink.

    With a printer they are the inks of its press. Raise PictureFault where the drawing names a role that the house has
    not.
    """
    return _draw(drawing, _Colours(house.name, tuple(house.swatches.values()), printer))


def coloured(drawing: Drawing, house: House, paint: Paint) -> str:
    """Return a colour of the drawing as `#RRGGBB`, a role as the house has it; raise PictureFault where it has not."""
    rgb = paint.rgb
    if paint.role:
        rgb = _Colours(house.name, tuple(house.swatches.values()), None).of(drawing, paint).rgb
    return f"#{bytes(rgb).hex().upper()}"


@record(frozen=True)
class _Colours:
    """What of a house a drawing sees."""

    house: str
    swatches: tuple[Swatch, ...]
    printer: Printer | None

    def of(self, drawing: Drawing, paint: Paint) -> Swatch:
        for swatch in self.swatches:
            if swatch.role == paint.role:
                return swatch
        known = ", ".join(swatch.role for swatch in self.swatches)
        values: dict[str, object] = {"role": paint.role, "house": self.house, "known": known}
        message = N_("The drawing asks for the colour “{role}”, which the house “{house}” has not. Known: {known}.")
        raise PictureFault(Finding("picture.drawing", message, values, Place(drawing.file, paint.line)))


@lru_cache(maxsize=_KEPT)
def _draw(drawing: Drawing, colours: _Colours) -> Form:
    out: list[bytes] = []
    now: list[bytes] = [b"", b"", b""]  # fill, stroke, line: what the page's state is set to
    kept: list[list[bytes]] = []
    inked = inks(colours.swatches, colours.printer)
    for step in drawing.steps:
        if step.kind == "save":
            out.append(b"q\n")
            kept.append(now.copy())
        elif step.kind == "restore":
            out.append(b"Q\n")
            now = kept.pop()
        elif step.kind == "clip":
            out += (step.outline, b"W* n\n" if step.evenodd else b"W n\n")
        else:
            wanted = (_fill(drawing, colours, inked, step), _stroke(drawing, colours, inked, step), step.line)
            for i, operator in enumerate(wanted):
                if operator and operator != now[i]:
                    out.append(operator)
                    now[i] = operator
            out += (b"q\n", step.frame) if step.frame else ()
            out += (step.outline, _painting(step))
            out += (b"Q\n",) if step.frame else ()
    return Form(b"".join(out), drawing.ink, tuple(inked.used))


def _painting(step: Step) -> bytes:
    word = b"B" if step.fill and step.stroke else b"f" if step.fill else b"S"
    return word + (b"*\n" if step.evenodd and step.fill else b"\n")


def _fill(drawing: Drawing, colours: _Colours, inked: Inks, step: Step) -> bytes:
    if step.fill is None:
        return b""
    return inked.fill(colours.of(drawing, step.fill)) if step.fill.role else inked.rgb(step.fill.rgb, "rg")


def _stroke(drawing: Drawing, colours: _Colours, inked: Inks, step: Step) -> bytes:
    if step.stroke is None:
        return b""
    return inked.stroke(colours.of(drawing, step.stroke)) if step.stroke.role else inked.rgb(step.stroke.rgb, "RG")


def matrix(drawing: Drawing, box: Rect, crop: Rect = (0.0, 0.0, 1.0, 1.0)) -> Matrix:
    """Return the matrix that lays the `crop` of the drawing (fractions, from the top left corner) over `box`."""
    left, bottom, right, top = box
    width, height = (crop[2] - crop[0]) * drawing.width, (crop[3] - crop[1]) * drawing.height
    place: Matrix = ((right - left) / width, 0.0, 0.0, (top - bottom) / height, left, bottom)
    return joined(place, (1.0, 0.0, 0.0, 1.0, -crop[0] * drawing.width, -(1 - crop[3]) * drawing.height))
