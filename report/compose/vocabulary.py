"""The words of the layout language: which elements there are, what each may carry and hold.

One row an element; `docs/layout-language.md` tells the same in prose. Knows: names. Must never know how anything is
set or tagged, nor what a style or region of a layout is called.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal

from report.editions import EDITIONS
from report.findings import N_
from report.records import record

Holds = Literal["nothing", "blocks", "words", "either"]  # either: words or blocks, never both

EVERYWHERE = "of only words"
_BLOCK = "in style lang max-lines"
_FLOW = (
    "choice h1 h2 h3 h4 h5 h6 p div blockquote ul ol figure img table timeline qr checkbox panel ornament rule folio "
    "running-head stamp"
)
_INLINE = "em strong a span artifact br pageref"

# element, attributes beside the common ones (! = must stand), what it holds, children
_ROWS: tuple[tuple[str, str, Holds, str], ...] = (
    ("document", "lang! title! multiple most excerpt", "blocks", f"meta section page {_FLOW}"),
    ("meta", "name! content!", "nothing", ""),
    ("section", "title lang", "blocks", f"section page {_FLOW}"),
    ("choice", "name! alone", "blocks", "option"),
    ("option", "name! tell", "blocks", f"section page {_FLOW}"),
    ("page", "master! label continues in repeat fill", "blocks", f"section {_FLOW}"),
    *((f"h{level}", f"{_BLOCK} bookmark", "words", f"text {_INLINE}") for level in range(1, 7)),
    ("p", _BLOCK, "words", f"text {_INLINE}"),
    ("text", _BLOCK, "words", _INLINE),
    ("div", _BLOCK, "blocks", _FLOW),
    ("blockquote", _BLOCK, "blocks", "p div ul ol choice"),
    ("ul", f"{_BLOCK} marker", "blocks", "li"),
    ("ol", f"{_BLOCK} marker", "blocks", "li"),
    ("li", _BLOCK, "either", f"p ul ol text {_INLINE}"),
    ("figure", _BLOCK, "blocks", "img figcaption choice"),
    ("img", f"{_BLOCK} src! alt decorative focus frame cut", "nothing", ""),
    ("figcaption", _BLOCK, "either", f"p text {_INLINE}"),
    ("table", f"{_BLOCK} columns", "blocks", "caption thead tbody"),
    ("caption", _BLOCK, "words", f"text {_INLINE}"),
    ("thead", "", "blocks", "tr"),
    ("tbody", "", "blocks", "tr"),
    ("tr", "", "blocks", "th td"),
    ("th", f"{_BLOCK} scope! colspan", "either", f"p {_INLINE}"),
    ("td", f"{_BLOCK} colspan", "either", f"p ul ol checkbox {_INLINE}"),
    ("timeline", f"{_BLOCK} upright", "blocks", "event"),
    ("event", f"{_BLOCK} at!", "blocks", "p"),
    ("qr", f"{_BLOCK} href! alt!", "nothing", ""),
    ("checkbox", f"{_BLOCK} name!", "nothing", ""),
    ("panel", f"{_BLOCK} swatch!", "nothing", ""),
    ("ornament", f"{_BLOCK} src!", "nothing", ""),
    ("rule", _BLOCK, "nothing", ""),
    ("folio", f"{_BLOCK} side", "words", _INLINE),
    ("running-head", f"{_BLOCK} side", "words", _INLINE),
    ("stamp", f"{_BLOCK} side", "words", _INLINE),
    ("em", "lang", "words", _INLINE),
    ("strong", "lang", "words", _INLINE),
    ("a", "href! title lang", "words", "em strong span artifact br"),
    ("span", "lang!", "words", _INLINE),
    ("artifact", "", "words", "em strong br"),
    ("br", "wanted", "nothing", ""),
    ("pageref", "to!", "nothing", ""),
)

INLINE = frozenset(_INLINE.split())
ARTIFACTS = frozenset(("panel", "ornament", "rule", "folio", "running-head", "stamp", "artifact"))
# Without words, cells or pictures these mean nothing: an empty tag is a fault of accessibility, so none is made.
_DROPPED = "h1 h2 h3 h4 h5 h6 p text div blockquote ul ol li figcaption caption em strong a span artifact"
DROPPED_WHEN_EMPTY = frozenset(_DROPPED.split())
EDITION_NAMES = frozenset(EDITIONS)


Check = tuple[Callable[[str], object], str]  # is the value right; what to say where it is not


def _like(pattern: str) -> Callable[[str], object]:
    return re.compile(pattern).fullmatch


def _one_of(*words: str) -> Callable[[str], object]:
    return frozenset(words).__contains__


def _editions(value: str) -> bool:
    return bool(value.split()) and EDITION_NAMES.issuperset(value.split())


_NAME: Check = (
    _like(r"[A-Za-z][A-Za-z0-9-]*"),
    N_("<{element}>: {name}=“{value}” is not a name of letters, digits and hyphens."),
)
_YES_NO: Check = (_one_of("yes", "no"), N_("<{element}>: {name}=“{value}” is neither yes nor no."))
_COUNT: Check = (_like(r"[1-9][0-9]{0,2}"), N_("<{element}>: {name}=“{value}” is not a whole number from 1 to 999."))
_LANGUAGE = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
_PERCENT = r"(?:100(?:\.0+)?|[0-9]{1,2}(?:\.[0-9]+)?)"
_ADDRESS = r"(?:#[a-z0-9_.\[\]-]+|https?://[^\s/?#][^\s]*|mailto:[^\s@]+@[^\s@]+|tel:\+?[0-9()./-]+)"

CHECKS: dict[str, Check] = {
    "in": _NAME,
    "style": _NAME,
    "swatch": _NAME,
    "master": _NAME,
    "continues": _NAME,
    "lang": (_like(_LANGUAGE), N_("<{element}>: {name}=“{value}” is not a language such as de or pt-BR.")),
    "max-lines": _COUNT,
    "multiple": _COUNT,
    "most": _COUNT,
    "fill": _COUNT,
    "excerpt": _YES_NO,
    "colspan": _COUNT,
    "repeat": _YES_NO,
    "decorative": _YES_NO,
    "cut": _YES_NO,
    "marker": _YES_NO,
    "wanted": _YES_NO,
    "alone": _YES_NO,
    "upright": _YES_NO,
    "words": (
        _one_of("article", "derived", "fixed"),
        N_("<{element}>: {name}=“{value}” is none of article, derived, fixed."),
    ),
    "only": (
        _editions,
        N_("<{element}>: {name}=“{value}” names an edition that is not archive, html, mail, office, print or text."),
    ),
    "side": (_one_of("verso", "recto"), N_("<{element}>: {name}=“{value}” is neither verso nor recto.")),
    "scope": (_one_of("col", "row"), N_("<{element}>: {name}=“{value}” is neither col nor row.")),
    "columns": (
        _like(r"[0-9]{1,2}(?:\.[0-9]+)?(?: [0-9]{1,2}(?:\.[0-9]+)?)*"),
        N_("<{element}>: {name}=“{value}” is not a row of widths in columns of the grid, such as 4 2 2.5."),
    ),
    "at": (
        _like(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"),
        N_("<{element}>: {name}=“{value}” is not a date with the year first, such as 2022-09."),
    ),
    "focus": (
        _like(rf"{_PERCENT} {_PERCENT}"),
        N_("<{element}>: {name}=“{value}” is not two numbers from 0 to 100 (across and down, in percent)."),
    ),
    "frame": (
        _like(rf"{_PERCENT}(?: {_PERCENT}){{3}}"),
        N_("<{element}>: {name}=“{value}” is not four numbers from 0 to 100 (left top right bottom, in percent)."),
    ),
    "href": (
        _like(_ADDRESS),
        N_("<{element}>: {name}=“{value}” is not an address that begins with https://, http://, mailto: or tel:"),
    ),
}
_META_NAME: Check = (
    _one_of("author", "subject", "keyword", "publisher", "rights", "date", "identifier", "draft"),
    N_(
        "<{element}>: {name}=“{value}” is none of author, subject, keyword, publisher, rights, date, identifier, draft."
    ),
)
_OWN = {"meta": {"name": _META_NAME}}  # checks of one element alone


@record(frozen=True)
class Kind:
    """One element's row: its attributes, those that must stand, what it holds, its children, the attributes' checks."""

    name: str
    attrs: frozenset[str]
    required: tuple[str, ...]
    holds: Holds
    children: frozenset[str]
    checks: Mapping[str, Check]


def _kind(name: str, attrs: str, holds: Holds, children: str) -> Kind:
    words = attrs.split()
    every = {word.rstrip("!") for word in words} | set(EVERYWHERE.split())
    required = tuple(word[:-1] for word in words if word.endswith("!"))
    checks = {attr: CHECKS[attr] for attr in sorted(every) if attr in CHECKS} | _OWN.get(name, {})
    return Kind(name, frozenset(every), required, holds, frozenset(children.split()), checks)


KINDS: dict[str, Kind] = {row[0]: _kind(*row) for row in _ROWS}
