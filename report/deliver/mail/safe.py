"""A web page becomes the HTML body of a mail: plain elements with their style written to each, and nothing else.

Mail programs leave out style sheets, scripts, pictures inside the page, and much of a layout; what is kept here, all of
them show. Words stay as they are; signs that nobody sees go, since journalists copy from here. Knows: HTML. Must never
know: what the page says.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser

STYLES = {
    "h1": "margin:16px 0 12px 0;font-size:28px;line-height:1.2;font-weight:bold",
    "h2": "margin:28px 0 8px 0;font-size:21px;line-height:1.25;font-weight:bold",
    "h3": "margin:20px 0 6px 0;font-size:17px;line-height:1.3;font-weight:bold",
    "p": "margin:0 0 12px 0",
    "ul": "margin:0 0 12px 0;padding:0 0 0 24px",
    "ol": "margin:0 0 12px 0;padding:0 0 0 24px",
    "li": "margin:0 0 6px 0",
    "blockquote": "margin:16px 0 16px 16px;padding:0 0 0 12px;border-left:3px solid #888888",
    "table": "margin:0 0 16px 0;border-collapse:collapse",
    "caption": "padding:0 0 6px 0;text-align:left;font-weight:bold",
    "th": "padding:4px 12px 4px 0;border-bottom:1px solid #888888;text-align:left;vertical-align:top",
    "td": "padding:4px 12px 4px 0;border-bottom:1px solid #bbbbbb;text-align:left;vertical-align:top",
}
BODY = "margin:0;padding:16px;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5"
_ALIKE = {"h4": "h3", "h5": "h3", "h6": "h3", "b": "strong", "i": "em"}
_KEPT = frozenset((*STYLES, "strong", "em", "br", "thead", "tbody", "tr", "sub", "sup", "a"))
_BOXES = frozenset("header main footer section article div aside nav address".split())
# left out with all that is in them; a picture's caption stands in the list of pictures
_DROPPED = frozenset("head script style svg figure picture video audio object iframe form template noscript".split())
_VOID = frozenset("br img meta link hr input source base wbr".split())
_UNSEEN = str.maketrans({"\u00ad": None, "\u200b": None, "\u2060": None, "\u202f": "\u00a0", "\u2009": "\u00a0"})


class _Safe(HTMLParser):
    """Writes what is kept of a page to `out`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.open: list[tuple[str, str]] = []  # an element as read, and what closes it
        self.dropped = 0  # how many of the open elements are left out
        self.language = ""
        self.parted = False  # in a heading, between two of its parts

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang", "")
        if tag in _VOID:
            if tag == "br" and not self.dropped:
                self.out.append("<br>")
            return
        unseen = tag in _DROPPED or "hidden" in given or given.get("aria-hidden") == "true"
        if self.dropped or unseen:
            self.dropped += 1
            self.open.append((tag, ""))
            return
        in_list = tag == "p" and any(name == "li" for name, _ in self.open)
        opening, closing = _written(tag, given, "margin:0" if in_list else "")
        if tag == "span" and self.parted:
            self.out.append("<br>")
        self.parted = False
        self.out.append(opening)
        self.open.append((tag, closing))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or tag not in {name for name, _ in self.open}:
            return
        while self.open:
            name, closing = self.open.pop()
            if self.dropped:
                self.dropped -= 1
            else:
                self.out.append(closing)
            if name == tag:
                break
        if tag == "span" and not self.dropped:
            heads = [name for name, _ in self.open if name[0] == "h" and name[1:].isdigit()]
            self.parted = bool(heads) and any(piece.strip() for piece in self.out[-2:-1])

    def handle_data(self, data: str) -> None:
        if self.dropped:
            return
        self.parted = self.parted and not data.strip()
        self.out.append(escape(data.translate(_UNSEEN), quote=False))


def _written(tag: str, given: dict[str, str], style: str) -> tuple[str, str]:
    """Return how an element opens and closes in the mail; nothing for one that only groups words."""
    name = _ALIKE.get(tag, tag)
    attrs = {key: given[key] for key in ("lang", "dir", "colspan", "rowspan", "scope") if given.get(key)}
    if name in _BOXES:
        name = "div"
    elif name == "ol" and "timeline" in given.get("class", "").split():
        name = "ul"  # its dates are its numbers
    elif name == "a" and given.get("href", "").startswith(("https://", "http://", "mailto:", "tel:")):
        attrs["href"] = given["href"]
    elif name == "a" or name not in _KEPT:
        name = "span" if name != "html" and ("lang" in attrs or "dir" in attrs) else ""
    if not name:
        return "", ""
    if name in STYLES:
        attrs["style"] = style or STYLES[name]
    told = "".join(f' {key}="{escape(value)}"' for key, value in attrs.items())
    return f"<{name}{told}>", f"</{name}>"


def safe(page: str) -> str:
    """Return what stands in a page's body, fit for mail programs."""
    reader = _Safe()
    reader.feed(page)
    reader.close()
    while reader.open:
        reader.handle_endtag(reader.open[-1][0])
    lines = "".join(reader.out).split("\n")
    return "\n".join(line.rstrip() for line in lines if line.strip())
