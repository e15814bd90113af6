"""What a press cannot hold: type in too many inks, strokes that fill in, too much ink, words that the knife meets.

Plates never meet to a hair. Small type of several inks gets coloured fringes, thin white strokes on colour run full,
and the knife goes a millimetre to this side or that. Knows: recipes, sizes, the printer's measures. Must never know
which block is set, or who prints.
"""

from __future__ import annotations

from report.findings import N_, Finding, Measure, Place
from report.house import Swatch
from report.layout import Style
from report.printer import Printer
from report.typeset.block import Leaf
from report.typeset.desk import Desk
from report.typeset.ink import Press, recipe_for
from report.typeset.paragraph import Line
from report.typeset.pen import Pen
from report.typeset.setting import Setting
from report.typeset.strokes import thinnest
from report.units import millimetres

MANY_INKS_BELOW = 12.0  # points: type below it in more than two inks gets fringes
RULE_BELOW = 1.0  # the same for rules
_RULE = 0.6  # points: the one weight that rules have

Places = list[tuple[float, float, Line]]

_KNIFE = N_("“{words}” stands {distance} mm from the edge; {least} mm are wanted, since the knife may go astray.")
_COVERED = N_("“{words}” stands {distance} mm from the edge; the office printer leaves {least} mm white.")
_INWARDS = N_("Move the region in the layout, or shorten the words.")
_INKS = N_("The style “{style}” sets {size} pt in {inks} inks (“{colour}”): small type of more than two gets fringes.")
_RULE_INKS = N_("Rules in “{colour}” are {inks} inks: thin ones of more than two get fringes.")
_RECIPE = N_("Give the colour “{colour}” a recipe for small type in the house style: small: with at most two inks.")
_LIGHT = N_("The style “{style}” sets {size} pt in a light colour on “{ground}”: the press needs {least} pt.")
_THIN = N_("The style “{style}” has strokes of {stroke} pt, light on “{ground}”: below {least} pt they run full.")
_LARGER = N_("Take a larger size or a stronger face on colour (on-colour: in the house style).")
_MUCH = N_("The colour “{colour}” has {total} % of ink; the printer takes {limit} %.")
_LESS = N_("Give the colour a recipe with less ink in the house style: more black, less of the others.")
_FINE = N_("Rules of {width} pt are finer than {least} pt, the least that the printer takes.")


def look(desk: Desk, pen: Pen, leaf: Leaf, setting: Setting, ground: str, places: Places) -> None:
    """Look at set lines: how near the edge they stand and, for a press, whether their strokes can be printed."""
    _edge(desk, pen, leaf, setting, places)
    press = desk.inks
    if isinstance(press, Press):
        for swatch in {setting.swatch.role: setting.swatch, setting.strong_swatch.role: setting.strong_swatch}.values():
            key = (setting.style.name, swatch.role, ground)
            if key not in press.seen:
                press.seen.add(key)
                _strokes(desk, press.printer, setting, swatch, ground)


def _edge(desk: Desk, pen: Pen, leaf: Leaf, setting: Setting, places: Places) -> None:
    width, height, safe = desk.width, desk.height, desk.safe
    for x, y, line in places:
        box = (x, y - setting.size * 0.2, x + line.width, y + setting.size * 0.7)
        left, bottom, right, top = pen.placed(box)
        distance = min(left, width - right, bottom, height - top)
        if distance < safe - 0.01:
            message = _KNIFE if desk.inks.printer else _COVERED
            values: dict[str, object] = {
                "words": line.text[:60].replace("\u00ad", ""),
                "distance": Measure(f"{millimetres(distance):.1f}"),
                "least": Measure(f"{millimetres(safe):.1f}"),
            }
            place = Place(path=leaf.of, page=pen.page + 1, block=leaf.region)
            desk.findings.append(Finding("print.safe-distance", message, values, place, "warning", _INWARDS))
            return


def _strokes(desk: Desk, printer: Printer, setting: Setting, swatch: Swatch, ground: str) -> None:
    style = setting.style
    values: dict[str, object] = {
        "style": style.name,
        "size": Measure(f"{setting.size:g}"),
        "colour": swatch.name or swatch.role,
    }
    inks = sum(1 for percent in recipe_for(swatch, setting.size) if percent)
    if setting.size < MANY_INKS_BELOW and inks > 2 and not swatch.spot:
        _tell(desk, "print.type-inks", _INKS, style, {**values, "inks": inks}, _RECIPE)
    under = desk.settings.swatch(ground)
    if ground == "white" or swatch.luminance <= under.luminance:
        return
    values["ground"] = under.name or under.role
    if setting.size < printer.reversed_type:
        _tell(
            desk,
            "print.reversed-type",
            _LIGHT,
            style,
            {**values, "least": Measure(f"{printer.reversed_type:g}")},
            _LARGER,
        )
    stroke = thinnest(setting.chains[0][0]) * setting.size
    if stroke < printer.reversed_line:
        more = {"stroke": Measure(f"{stroke:.2f}"), "least": Measure(f"{printer.reversed_line:g}")}
        _tell(desk, "print.reversed-stroke", _THIN, style, {**values, **more}, _LARGER)


def _tell(desk: Desk, rule: str, message: str, style: Style, values: dict[str, object], remedy: str) -> None:
    place = Place(f"{desk.layout.name}/layout.yaml", style.line, f"styles.{style.name}")
    desk.findings.append(Finding(rule, message, values, place, "warning", remedy))


def report(desk: Desk) -> None:
    """Turn what the press was asked for into findings: areas with too much ink, rules of many inks or too fine."""
    press = desk.inks
    if not isinstance(press, Press):
        return
    limit = press.printer.ink_limit
    for swatch in press.areas.values():
        total = sum(swatch.cmyk)
        values: dict[str, object] = {
            "colour": swatch.name or swatch.role,
            "total": Measure(f"{total:g}"),
            "limit": Measure(f"{limit:g}"),
        }
        if total > limit and not swatch.spot:
            place = Place(f"{desk.house.name}/house.yaml", 0, f"colours.{swatch.role}")
            desk.findings.append(Finding("print.ink-limit", _MUCH, values, place, "warning", _LESS))
    for swatch in press.rules.values():
        inks = sum(1 for percent in swatch.small or swatch.cmyk if percent)
        if _RULE < RULE_BELOW and inks > 2 and not swatch.spot:
            values = {"colour": swatch.name or swatch.role, "inks": inks}
            place = Place(f"{desk.house.name}/house.yaml", 0, f"colours.{swatch.role}")
            desk.findings.append(Finding("print.rule-inks", _RULE_INKS, values, place, "warning", _RECIPE))
    if press.rules and press.printer.line > _RULE:
        values = {"width": _RULE, "least": Measure(f"{press.printer.line:g}")}
        desk.findings.append(Finding("print.rule-fine", _FINE, values, severity="warning"))
