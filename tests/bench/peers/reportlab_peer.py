"""ReportLab's platypus with pyphen: no tags (it writes none), no Base85, its C accelerator where installed."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    Image,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

_FONTS = Path(__file__).resolve().parents[3] / "assets" / "fonts"
_DEEP = HexColor("#00365E")

rl_config.useA85 = 0


def _style(name: str, size: float, leading: float, **facts: Any) -> ParagraphStyle:
    return ParagraphStyle(
        name, **{"fontName": "Sans", "fontSize": size, "leading": leading, "textColor": _DEEP, **facts}
    )


def start(*, tagged: bool = False) -> Callable[[Path, Path], None]:
    """Return the maker; faces and styles are kept."""
    pdfmetrics.registerFont(TTFont("Sans", str(_FONTS / "SourceSans3-Regular.ttf")))
    pdfmetrics.registerFont(TTFont("Sans-Semibold", str(_FONTS / "SourceSans3-Semibold.ttf")))
    pdfmetrics.registerFontFamily(
        "Sans", normal="Sans", bold="Sans-Semibold", italic="Sans", boldItalic="Sans-Semibold"
    )
    styles = {
        "label": _style("label", 10.5, 14, fontName="Sans-Semibold"),
        "h1": _style("h1", 30, 35, fontName="Sans-Semibold", spaceBefore=20, spaceAfter=14),
        "h2": _style("h2", 20, 28, fontName="Sans-Semibold", spaceBefore=10, spaceAfter=8),
        "h3": _style("h3", 12, 14, fontName="Sans-Semibold", spaceBefore=14),
        "standfirst": _style("standfirst", 14, 21, spaceAfter=20),
        "caption": _style("caption", 8.5, 10.5, spaceAfter=14),
        "body": _style(
            "body", 10.5, 14, alignment=TA_JUSTIFY, firstLineIndent=14, hyphenationLang="de_DE", textColor="#1D1D1B"
        ),
        "cell": _style("cell", 10.5, 14, textColor="#1D1D1B"),
        "imprint": _style("imprint", 8.5, 10.5, textColor="#1D1D1B"),
    }
    grid = TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, _DEEP), ("LEFTPADDING", (0, 0), (-1, -1), 0)])

    def make(data: Path, out: Path) -> None:
        of = json.loads(data.read_text(encoding="utf-8"))
        document = BaseDocTemplate(str(out), pagesize=A4, title=of["headline"], author=of["department"], lang="de")
        frame = Frame(30 * mm, 22 * mm, 150 * mm, A4[1] - 38 * mm, 0, 0, 0, 0)
        document.addPageTemplates(PageTemplate("page", [frame], onPage=_folio))
        document.build(_story(of, data.parent, styles, grid))

    return make


def _folio(canvas: Any, document: Any) -> None:
    canvas.setFont("Sans-Semibold", 8.5)
    canvas.setFillColor(_DEEP)
    canvas.drawString(30 * mm, 14 * mm, str(document.page))


def _prose(paragraphs: Any, style: ParagraphStyle) -> list[Flowable]:
    return [
        Paragraph("".join(f"<b>{escape(words)}</b>" if kind else escape(words) for kind, words in runs), style)
        for runs in paragraphs
    ]


def _story(of: Any, folder: Path, styles: dict[str, ParagraphStyle], grid: TableStyle) -> list[Flowable]:
    def picture(key: str) -> list[Flowable]:
        one = of["pictures"][key]
        return [
            Image(str(folder / one["file"]), 150 * mm, 100 * mm),
            Paragraph(escape(one["caption"]), styles["caption"]),
        ]

    def words(text: str, style: str) -> Paragraph:
        return Paragraph(escape(text), styles[style])

    story: list[Flowable] = [
        words(of["kicker"], "label"),
        words(of["headline"], "h1"),
        words(of["standfirst"], "standfirst"),
    ]
    story += picture("photo-1")
    for part in of["parts"]:
        for stop in part["stops"]:
            story += [
                PageBreak(),
                words(stop["kicker"], "label"),
                words(stop["heading"], "h2"),
                *picture(stop["picture"]),
            ]
            story += _prose(stop["text"], styles["body"])
            for section in stop["sections"]:
                story += [words(section["heading"], "h3"), *_prose(section["text"], styles["body"])]
        award = part["award"]
        story += [PageBreak(), words(award["heading"], "h2"), *_prose(award["text"], styles["body"])]
        story += [words(award["second"], "h3"), *_prose(award["more"], styles["body"]), Spacer(1, 14)]
        table = award["table"]
        head = [Paragraph(f"<b>{escape(cell)}</b>", styles["cell"]) for cell in table["head"]]
        rows = [[words(cell, "cell") for cell in row] for row in table["rows"]]
        story += [words(table["caption"], "caption"), Table([head, *rows], [70 * mm, 40 * mm, 40 * mm], style=grid)]
        first, *others = of["imprint"]
        story += [
            Spacer(1, 14),
            Paragraph("<br/>".join((f"<b>{escape(first)}</b>", *map(escape, others))), styles["imprint"]),
        ]
    return story
