"""PDF/UA, the universal access family: ISO 14289-1 (on PDF 1.7) and ISO 14289-2 (on PDF 2.0)."""

from __future__ import annotations

from report.standards.row import PDF17, PDF20, Schema, Standard, Tag

_TYPES = {
    "document": "Document",
    "section": "Sect",
    **{f"heading-{level}": f"H{level}" for level in range(1, 7)},
    "paragraph": "P",
    "quotation": "BlockQuote",
    "list": "L",
    "item": "LI",
    "label": "Lbl",
    "body": "LBody",
    "table": "Table",
    "table-head": "THead",
    "table-body": "TBody",
    "row": "TR",
    "head-cell": "TH",
    "cell": "TD",
    "figure": "Figure",
    "caption": "Caption",
    "link": "Link",
    "span": "Span",
    "form": "Form",
    "note": "Note",
    "contents": "TOC",
    "contents-item": "TOCI",
    "reference": "Reference",
}

# ISO 32000-2 14.8.6 left these out of its own namespace: they stay in that of PDF 1.7
_ONLY_17 = ("quotation", "contents", "contents-item", "reference")

_ROLES_17 = {role: Tag(name) for role, name in _TYPES.items()}
_ROLES_20 = {role: Tag(name, PDF17 if role in _ONLY_17 else PDF20) for role, name in _TYPES.items()}
_ROLES_20["note"] = Tag("FENote", PDF20)  # ISO 14289-2 8.2.5.14 refuses Note

_SCHEMA = Schema(
    title="PDF/UA identification schema",
    uri="http://www.aiim.org/pdfua/ns/id/",
    prefix="pdfuaid",
    properties=(("part", "Integer", "internal", "Indicates which part of ISO 14289 the document follows"),),
)

# what ISO 14289 demands itself, or what its checkers PAC and BIT-inklusiv look at beside it
_BARS = (
    "structure.*",
    "preflight.alt-missing",
    "preflight.empty",
    "preflight.figure-box",
    "preflight.font-not-embedded",
    "preflight.glyph-missing",
    "preflight.head-scope",
    "preflight.heading-*",
    "preflight.ink-unmarked",
    "preflight.language*",
    "preflight.letter-unnamed",
    "preflight.link-flags",
    "preflight.link-loose",
    "preflight.link-silent",
    "preflight.link-wordless",
    "preflight.list-*",
    "preflight.loose-words",
    "preflight.mark-*",
    "preflight.nesting",
    "preflight.root",
    "preflight.tab-order",
    "preflight.table-*",
    "preflight.title-*",
    "preflight.unmarked",
    "preflight.untagged",
    "preflight.width-wrong",
)

STANDARDS = (
    Standard(
        name="ua1",
        title="PDF/UA-1",
        family="ua",
        versions=("1.7",),
        schema=_SCHEMA,
        xmp=(("part", "1"),),
        roles=_ROLES_17,
        caption="after",  # inside a Figure with Alt some readers never speak it
        bars=_BARS,
    ),
    Standard(
        name="ua2",
        title="PDF/UA-2",
        family="ua",
        versions=("2.0",),
        schema=_SCHEMA,
        xmp=(("part", "2"), ("rev", "2024")),
        roles=_ROLES_20,
        caption="inside",  # 8.2.5.26: first or last child of what it captions
        structure_destinations=True,  # 8.8
        bars=_BARS,
    ),
)
