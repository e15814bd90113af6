"""WeasyPrint: tagged, PDF/UA-1; its picture cache, its fonts and the translated template are kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import weasyprint
from weasyprint.text.fonts import FontConfiguration

_HERE = Path(__file__).resolve().parent
_FONTS = _HERE.parents[2] / "assets" / "fonts"


def start(*, tagged: bool = True) -> Callable[[Path, Path], None]:
    """Return the maker."""
    template = jinja2.Environment(autoescape=True).from_string((_HERE / "work.html").read_text(encoding="utf-8"))
    fonts = FontConfiguration()
    sheet = weasyprint.CSS(
        string=(_HERE / "work.css").read_text(encoding="utf-8"), base_url=_FONTS.as_uri() + "/", font_config=fonts
    )
    pictures: dict[str, Any] = {}
    variant = {"pdf_variant": "pdf/ua-1"} if tagged else {}

    def make(data: Path, out: Path) -> None:
        words = template.render(json.loads(data.read_text(encoding="utf-8")))
        page = weasyprint.HTML(string=words, base_url=data.parent.as_uri() + "/")
        page.write_pdf(out, stylesheets=[sheet], font_config=fonts, cache=pictures, **variant)

    return make
