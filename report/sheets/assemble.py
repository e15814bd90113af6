"""Pages become sheets: each page of a finished file is placed, whole and unchanged, as a form on its side.

What only a reader of single pages uses goes: tags, bookmarks, page labels, links. Output intent and metadata stay.
Knows: PDF objects of a finished file. Must never know how its pages were made.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from hashlib import sha256

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from report.sheets import folding, marks
from report.sheets.marks import joined
from report.sheets.plan import Side, Spot
from report.units import MM

_ROOM = 6 * MM  # round the bleed, for the ticks
_OF_PAGES = (
    "StructTreeRoot MarkInfo Outlines PageLabels Dests Names OpenAction PageMode PageLayout ViewerPreferences AcroForm"
).split()
Form = tuple[pikepdf.Object, float, float]

_IDENTITY = re.compile(rb"(<xmpMM:(?:Document|Instance)ID>uuid:)[^<]*")


def assemble(pages: bytes, sides: Sequence[Side], bleed: float, margin: float, wanted: Sequence[str]) -> bytes:
    """Return the sheets of a finished file; the same pages and sides give the same bytes."""
    with Pdf.open(io.BytesIO(pages)) as pdf:
        forms = [_form(pdf, page) for page in pdf.pages]
        count = len(pdf.pages)
        for side in sides:
            _add(pdf, side, forms, bleed, margin, wanted)
        del pdf.pages[:count]
        for key in _OF_PAGES:
            if f"/{key}" in pdf.Root:
                del pdf.Root[f"/{key}"]
        _own_identity(pdf, repr((sides, bleed, margin, tuple(wanted))).encode() + pages)
        return _saved(pdf)


def fold(sides: Sequence[Side]) -> bytes:
    """Return the folding dummy of these sides."""
    with Pdf.new() as pdf:
        for side in sides:
            page = pdf.add_blank_page(page_size=(side.width, side.height))
            page.obj.TrimBox = page.obj.MediaBox
            page.obj.Contents = Stream(pdf, folding.drawn(side).encode("ascii"))
        return _saved(pdf)


def _saved(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, force_version=pdf.pdf_version)
    return out.getvalue()


def _form(pdf: Pdf, page: pikepdf.Page) -> Form:
    """Return a page as a form with its bleed, free of what binds it to tags; and its trim's lower left corner."""
    form = pdf.make_indirect(page.as_form_xobject())
    form.BBox = page.obj.get("/BleedBox", page.trimbox)
    for key in ("/StructParents", "/StructParent"):
        if key in form:
            del form[key]
    left, bottom, _, _ = (float(value) for value in page.trimbox.as_list())
    return form, left, bottom


def _add(pdf: Pdf, side: Side, forms: Sequence[Form], bleed: float, margin: float, wanted: Sequence[str]) -> None:
    out = bleed + _ROOM
    parts = [f"q 1 0 0 1 {joined(out, out)} cm"]
    parts += [_placed(spot, *forms[spot.page][1:]) for spot in side.spots]
    press = "/OutputIntents" in pdf.Root  # only a press has one
    parts += [marks.margin(side, margin, bleed), marks.ticks(side, bleed, press)]
    parts += [marks.wanted(side, bleed, wanted), "Q"]
    page = pdf.add_blank_page(page_size=(side.width + 2 * out, side.height + 2 * out)).obj
    used = {f"/Page{spot.page}": forms[spot.page][0] for spot in side.spots}
    page.Resources = Dictionary(XObject=Dictionary(used))
    if "crop" in wanted:
        page.Resources.ColorSpace = Dictionary({f"/{marks.REGISTRATION}": _every_plate()})
    page.Contents = Stream(pdf, "\n".join(part for part in parts if part).encode("ascii"))
    page.TrimBox = Array([out, out, out + side.width, out + side.height])
    if bleed:
        page.BleedBox = Array([_ROOM, _ROOM, _ROOM + side.width + 2 * bleed, _ROOM + side.height + 2 * bleed])
    else:
        page.CropBox = page.TrimBox  # an office printer takes it in its true size; the ticks are for larger paper
    groups = [form.Group for form in used.values() if "/Group" in form]
    if groups:
        page.Group = groups[0]


def _placed(spot: Spot, x: float, y: float) -> str:
    """Return the operators that show a page in its place, with its trim on the box and clipped at the fold."""
    left, bottom, right, top = spot.box
    matrix = joined(-1, 0, 0, -1, right + x, top + y) if spot.turn else joined(1, 0, 0, 1, left - x, bottom - y)
    a, b, c, d = spot.clip
    return f"q {joined(a, b, c - a, d - b)} re W n {matrix} cm /Page{spot.page} Do Q"


def _every_plate() -> Array:
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, function])


def _own_identity(pdf: Pdf, seed: bytes) -> None:
    """Give the metadata identifiers of their own: sheets are another document than their pages (RFC 9562, 5.8)."""
    if "/Metadata" not in pdf.Root:
        return
    digest = sha256(seed).hexdigest()
    own = f"{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-a{digest[17:20]}-{digest[20:32]}"
    stream = pdf.Root.Metadata
    stream.write(_IDENTITY.sub(rb"\g<1>" + own.encode("ascii"), stream.read_bytes()))
