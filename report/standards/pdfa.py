"""PDF/A, the archive family: ISO 19005-2 at level A (on PDF 1.7) and ISO 19005-4 (on PDF 2.0)."""

from __future__ import annotations

from report.standards.row import Schema, Standard

_SCHEMA = Schema(
    title="PDF/A identification schema",
    uri="http://www.aiim.org/pdfa/ns/id/",
    prefix="pdfaid",
    properties=(),  # PDF/A knows its own
)

_BARS = (
    "preflight.action",
    "preflight.carries-*",
    "preflight.font-not-embedded",
    "preflight.glyph-missing",
    "preflight.link-flags",
    "preflight.width-wrong",
)

# level A, and PDF/A-4 leaves it to PDF/UA
_LEVEL_A = (
    "structure.*",
    "preflight.language*",
    "preflight.letter-private",
    "preflight.letter-unnamed",
    "preflight.unmarked",
    "preflight.untagged",
)

STANDARDS = (
    Standard(
        name="a2a",
        title="PDF/A-2a",
        family="a",
        versions=("1.7",),
        schema=_SCHEMA,
        xmp=(("part", "2"), ("conformance", "A")),
        intent="GTS_PDFA1",
        describe_schemas=True,  # 6.6.2.3
        bars=(*_BARS, *_LEVEL_A),
    ),
    Standard(
        name="a4",
        title="PDF/A-4",
        family="a",
        versions=("2.0",),
        schema=_SCHEMA,
        xmp=(("part", "4"), ("rev", "2020")),
        intent="GTS_PDFA1",
        bars=_BARS,
    ),
)
