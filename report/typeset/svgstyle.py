"""How a shape of a drawing is painted: colours, fill and stroke, and what is inherited from group to shape.

Only what a flat drawing needs is understood; every other property is told by name, unless its value changes nothing
(`opacity="1"`). Knows: SVG's presentation attributes and colour words. Must never know outlines or houses.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from report.findings import N_
from report.records import record, replace

_Word = TypeVar("_Word", int, bool)


@record(frozen=True)
class Paint:
    """A flat colour: a role of the house, or sRGB 0–255 where the role is empty; `line` is where it was written."""

    role: str
    rgb: tuple[int, int, int]
    line: int = 0


BLACK = Paint("", (0, 0, 0))
TEXT = Paint("text", (0, 0, 0))  # currentColor, where the drawing gives none: the house's text


@record(frozen=True)
class Style:
    """The computed properties of one element; lengths in its own coordinates."""

    fill: Paint | None = BLACK
    stroke: Paint | None = None
    colour: Paint = TEXT
    width: float = 1.0
    cap: int = 0
    join: int = 0
    miter: float = 4.0
    dash: tuple[float, ...] = ()
    offset: float = 0.0
    evenodd: bool = False
    clip_evenodd: bool = False
    shown: bool = True


class Unknown(Exception):
    """A property or value that a flat drawing has not; carries the message id and its values."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


_NAMED = """
    aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc bisque ffe4c4
    black 000000 blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2 brown a52a2a burlywood deb887 cadetblue 5f9ea0
    chartreuse 7fff00 chocolate d2691e coral ff7f50 cornflowerblue 6495ed cornsilk fff8dc crimson dc143c cyan 00ffff
    darkblue 00008b darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400 darkgrey a9a9a9
    darkkhaki bdb76b darkmagenta 8b008b darkolivegreen 556b2f darkorange ff8c00 darkorchid 9932cc darkred 8b0000
    darksalmon e9967a darkseagreen 8fbc8f darkslateblue 483d8b darkslategray 2f4f4f darkslategrey 2f4f4f
    darkturquoise 00ced1 darkviolet 9400d3 deeppink ff1493 deepskyblue 00bfff dimgray 696969 dimgrey 696969
    dodgerblue 1e90ff firebrick b22222 floralwhite fffaf0 forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc
    ghostwhite f8f8ff gold ffd700 goldenrod daa520 gray 808080 green 008000 greenyellow adff2f grey 808080
    honeydew f0fff0 hotpink ff69b4 indianred cd5c5c indigo 4b0082 ivory fffff0 khaki f0e68c lavender e6e6fa
    lavenderblush fff0f5 lawngreen 7cfc00 lemonchiffon fffacd lightblue add8e6 lightcoral f08080 lightcyan e0ffff
    lightgoldenrodyellow fafad2 lightgray d3d3d3 lightgreen 90ee90 lightgrey d3d3d3 lightpink ffb6c1
    lightsalmon ffa07a lightseagreen 20b2aa lightskyblue 87cefa lightslategray 778899 lightslategrey 778899
    lightsteelblue b0c4de lightyellow ffffe0 lime 00ff00 limegreen 32cd32 linen faf0e6 magenta ff00ff maroon 800000
    mediumaquamarine 66cdaa mediumblue 0000cd mediumorchid ba55d3 mediumpurple 9370db mediumseagreen 3cb371
    mediumslateblue 7b68ee mediumspringgreen 00fa9a mediumturquoise 48d1cc mediumvioletred c71585
    midnightblue 191970 mintcream f5fffa mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead navy 000080
    oldlace fdf5e6 olive 808000 olivedrab 6b8e23 orange ffa500 orangered ff4500 orchid da70d6 palegoldenrod eee8aa
    palegreen 98fb98 paleturquoise afeeee palevioletred db7093 papayawhip ffefd5 peachpuff ffdab9 peru cd853f
    pink ffc0cb plum dda0dd powderblue b0e0e6 purple 800080 rebeccapurple 663399 red ff0000 rosybrown bc8f8f
    royalblue 4169e1 saddlebrown 8b4513 salmon fa8072 sandybrown f4a460 seagreen 2e8b57 seashell fff5ee
    sienna a0522d silver c0c0c0 skyblue 87ceeb slateblue 6a5acd slategray 708090 slategrey 708090 snow fffafa
    springgreen 00ff7f steelblue 4682b4 tan d2b48c teal 008080 thistle d8bfd8 tomato ff6347 turquoise 40e0d0
    violet ee82ee wheat f5deb3 white ffffff whitesmoke f5f5f5 yellow ffff00 yellowgreen 9acd32
"""
_PAIRS = _NAMED.split()
COLOURS = {name: code.upper() for name, code in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)}
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")
_RGB = re.compile(r"rgba?\(([^)]*)\)$")


def colour(text: str) -> tuple[int, int, int]:
    """Return the sRGB of a colour word, `#rgb`, `#rrggbb` or `rgb()`; raise Unknown for any other."""
    word = text.strip()
    code = COLOURS.get(word.lower(), "")
    if _HEX.match(word):
        code = word[1:] if len(word) == 7 else "".join(2 * digit for digit in word[1:])
    if code:
        return int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)
    call = _RGB.match(word)
    parts = call[1].replace(",", " ").replace("/", " ").split() if call else []
    if len(parts) == 4 and parts[3] in ("1", "1.0", "100%"):
        parts.pop()
    try:
        red, green, blue = (_channel(part) for part in parts)
    except ValueError:
        raise Unknown(
            N_("The colour “{value}” is not understood: flat colours like #00365E are."), value=word
        ) from None
    return red, green, blue


def _channel(text: str) -> int:
    value = float(text[:-1]) * 2.55 if text.endswith("%") else float(text)
    return min(255, max(0, round(value)))


# Properties that do not touch a flat shape, whatever they say.
_IDLE_WORDS = """
    alignment-baseline baseline-shift buffered-rendering clip color-interpolation color-rendering cursor direction
    dominant-baseline enable-background fill-opacity-units flood-color flood-opacity font image-rendering kerning
    letter-spacing lighting-color line-height overflow pointer-events shape-rendering solid-color solid-opacity
    stop-color stop-opacity text-align text-anchor text-decoration text-indent text-orientation text-rendering
    text-transform unicode-bidi white-space word-spacing writing-mode isolation shape-padding shape-margin
"""
_IDLE = frozenset(_IDLE_WORDS.split())
_IDLE_BEGINNINGS = ("font-", "text-decoration-", "-inkscape-", "inkscape-", "-webkit-", "-moz-")

# Properties that change nothing with these values and are unknown with any other.
_NEUTRAL = {
    "opacity": ("1", "1.0", "100%"),
    "fill-opacity": ("1", "1.0", "100%"),
    "stroke-opacity": ("1", "1.0", "100%"),
    "filter": ("none",),
    "mask": ("none",),
    "marker": ("none",),
    "marker-start": ("none",),
    "marker-mid": ("none",),
    "marker-end": ("none",),
    "mix-blend-mode": ("normal",),
    "paint-order": ("normal", "fill", "fill stroke", "fill stroke markers"),
    "vector-effect": ("none",),
    "color-interpolation-filters": ("auto", "linearRGB", "sRGB"),
    "stroke-alignment": ("center",),
}

_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}
_RULES = {"nonzero": False, "evenodd": True}

_PAINTED = """
    color fill stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray
    stroke-dashoffset fill-rule clip-rule visibility display clip-path
"""
PROPERTIES = frozenset((*_PAINTED.split(), *_NEUTRAL))


def idle(name: str) -> bool:
    """Tell whether the property `name` never touches a flat shape."""
    return name in _IDLE or name.startswith(_IDLE_BEGINNINGS)


def declared(attrs: dict[str, str]) -> dict[str, str]:
    """Return the properties that an element declares: its presentation attributes, then its `style` above them."""
    found = {name: value.strip() for name, value in attrs.items() if name in PROPERTIES}
    for part in attrs.get("style", "").split(";"):
        name, colon, value = part.partition(":")
        name = name.strip().lower()
        if not name or idle(name):
            continue
        if not colon or name not in PROPERTIES:
            raise Unknown(N_("The property “{name}” is not understood in a flat drawing."), name=name)
        found[name] = value.replace("!important", "").strip()
    return found


def inherit(
    parent: Style, found: dict[str, str], roles: str | None, line: int, length: Callable[[str], float]
) -> Style:
    """Return the style of an element below `parent`.

    `found` are its own properties, `roles` its `data-role`: one role for its fill (or its stroke, where nothing is
    filled), or two, for fill and stroke. A role stands until an element below declares a colour of its own.
    """
    own: dict[str, Any] = {}
    colour_now = parent.colour
    if found.get("color", "inherit") not in ("inherit", "currentColor"):
        own["colour"] = colour_now = Paint("", colour(found["color"]), line)
    for name, value in found.items():
        if value == "inherit" or name in ("color", "display", "clip-path"):
            continue
        if name in _NEUTRAL:
            if value not in _NEUTRAL[name]:
                raise Unknown(
                    N_("“{name}: {value}” is not understood: a flat drawing has only full, flat colours."),
                    name=name,
                    value=value,
                )
        elif name in ("fill", "stroke"):
            own[name] = _paint(value, colour_now, line)
        else:
            _FIELDS[name](own, name, value, length)
    if roles:
        _cast(parent, own, roles.split(), line)
    return replace(parent, **own) if own else parent


def _cast(parent: Style, own: dict[str, Any], roles: list[str], line: int) -> None:
    fill, stroke = own.get("fill", parent.fill), own.get("stroke", parent.stroke)
    if len(roles) > 2:
        raise Unknown(N_("data-role takes one role, or two: for fill and stroke."))
    if len(roles) == 2 or fill is not None:
        own["fill"] = fill and Paint(roles[0], fill.rgb, line)
    if len(roles) == 2 or fill is None:
        own["stroke"] = stroke and Paint(roles[-1], stroke.rgb, line)


def _paint(value: str, colour_now: Paint, line: int) -> Paint | None:
    if value in ("none", "transparent"):
        return None
    if value == "currentColor":
        return colour_now
    if value.startswith("url("):
        raise Unknown(N_("“{value}” is a gradient or a pattern: a flat drawing has only flat colours."), value=value)
    return Paint("", colour(value), line)


def _positive(name: str, value: str, length: Callable[[str], float]) -> float:
    measure = length(value)
    if measure < 0:
        raise Unknown(N_("“{name}: {value}” is not understood."), name=name, value=value)
    return measure


def _dashes(value: str, length: Callable[[str], float]) -> tuple[float, ...]:
    if value == "none":
        return ()
    dashes = tuple(length(part) for part in value.replace(",", " ").split())
    if any(dash < 0 for dash in dashes):
        raise Unknown(N_("“{name}: {value}” is not understood."), name="stroke-dasharray", value=value)
    return dashes * (1 + len(dashes) % 2) if sum(dashes) > 0 else ()


def _word(name: str, value: str, words: dict[str, _Word]) -> _Word:
    if value not in words:
        raise Unknown(N_("“{name}: {value}” is not understood."), name=name, value=value)
    return words[value]


_Set = Callable[[dict[str, Any], str, str, Callable[[str], float]], None]


def _worded(field: str, words: dict[str, _Word]) -> _Set:
    return lambda own, name, value, length: own.update({field: _word(name, value, words)})


def _measured(field: str, least: float) -> _Set:
    return lambda own, name, value, length: own.update({field: max(least, _positive(name, value, length))})


_FIELDS: dict[str, _Set] = {
    "stroke-width": _measured("width", 0.0),
    "stroke-miterlimit": _measured("miter", 1.0),
    "stroke-dasharray": lambda own, name, value, length: own.update(dash=_dashes(value, length)),
    "stroke-dashoffset": lambda own, name, value, length: own.update(offset=length(value)),
    "stroke-linecap": _worded("cap", _CAPS),
    "stroke-linejoin": _worded("join", _JOINS),
    "fill-rule": _worded("evenodd", _RULES),
    "clip-rule": _worded("clip_evenodd", _RULES),
    "visibility": _worded("shown", {"visible": True, "hidden": False, "collapse": False}),
}
