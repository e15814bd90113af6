"""PDF/X, the printing family: ISO 15930-7 (X-4, on PDF 1.6) and ISO 15930-4 (X-1a:2003, on PDF 1.4).

X-1a is for shops that insist: it knows no transparency, so a picture with transparent parts is refused there; that of
2003 names itself by GTS_PDFXVersion alone, the key for conformance beside it belonged to that of 2001. X-3
is not made: it lets colours through that the printer must convert, which is what X-4 does better.
"""

from __future__ import annotations

from report.standards.row import Schema, Standard

_SCHEMA = Schema(
    title="PDF/X identification schema",
    uri="http://www.npes.org/pdfx/ns/id/",
    prefix="pdfxid",
    properties=(),
)

STANDARDS = (
    Standard(
        name="x4",
        title="PDF/X-4",
        family="x",
        versions=("1.6",),
        schema=_SCHEMA,
        xmp=(("GTS_PDFXVersion", "PDF/X-4"),),
        info=(("GTS_PDFXVersion", "PDF/X-4"),),  # 15930-7 wants it in XMP; readers look here
        structured=False,
        intent="GTS_PDFX",
    ),
    Standard(
        name="x1a",
        title="PDF/X-1a:2003",
        family="x",
        versions=("1.4",),
        schema=_SCHEMA,
        xmp=(),
        info=(("GTS_PDFXVersion", "PDF/X-1a:2003"),),
        structured=False,
        intent="GTS_PDFX",
        packed=False,  # object streams came with PDF 1.5
        transparency=False,
        bars=("print.transparent",),
    ),
)

REFUSED = {"x3": "PDF/X-3"}
