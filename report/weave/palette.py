"""The colours of a web page: for each thing on it a pair of the house's that can be read, by day and by night.

A pair is the first of a row that has enough contrast (WCAG 2.1, 1.4.3: 4.5 to 1), so a house of any colours gets a page
that can be read. The dark page stands on the house's deepest colour, brought down towards black. Knows: swatches. Must
never know where on a page a colour stands.
"""

from __future__ import annotations

from collections.abc import Mapping

from report.house import House, Swatch, contrast

LEAST = 4.5  # WCAG 2.1, 1.4.3, for type of any size
_NIGHT = 0.45  # of the deep colour that is left in the ground of the dark page
_WHITE = Swatch("white", "", (255, 255, 255), (0, 0, 0, 0))
_BLACK = Swatch("text", "", (0, 0, 0), (0, 0, 0, 100))

# ground: its colour by day and by night; ink on it: candidates by day and by night
_GROUNDS: Mapping[str, tuple[str, str]] = {
    "ground": ("white", "night"),
    "hero": ("sky", "deep"),
    "band": ("paper", "deep"),
    "panel": ("deep", "deep"),
    "prize": ("sun", "sun"),
}
_INKS: Mapping[str, tuple[str, str, str]] = {
    "ink": ("ground", "text deep", "paper white"),
    "heading": ("ground", "deep text", "sky paper white"),
    "accent": ("ground", "accent deep text", "sun sky paper white"),
    "link": ("ground", "deep text", "sky paper white"),
    "on-hero": ("hero", "deep text white", "sky paper white"),
    "on-band": ("band", "text deep white", "paper white"),
    "band-heading": ("band", "deep text white", "sky paper white"),
    "on-panel": ("panel", "white paper text", "white paper text"),
    "panel-mark": ("panel", "sun sky white paper text", "sun sky white paper text"),
    "on-prize": ("prize", "deep text white", "deep text white"),
}


def palette(house: House, night: bool) -> dict[str, str]:
    """Return each colour of the page as `#RRGGBB`, grounds first."""
    return {name: _code(swatch) for name, swatch in swatches(house, night).items()}


def pairs(house: House, night: bool) -> dict[str, float]:
    """Return the contrast of each ink on the ground that it stands on."""
    found = swatches(house, night)
    return {ink: contrast(found[ink], found[ground]) for ink, (ground, _, _) in _INKS.items()}


def swatches(house: House, night: bool) -> dict[str, Swatch]:
    """Return each colour of the page as a swatch."""
    place = int(night)
    known = dict(house.swatches)
    deep = known.setdefault("deep", known.get("text", _BLACK))
    known["night"] = Swatch("night", "", _mixed(deep, _NIGHT), (0, 0, 0, 100))
    found = {name: known.get(roles[place], _WHITE) for name, roles in _GROUNDS.items()}
    for name, (ground, *roles) in _INKS.items():
        row = [known[role] for role in roles[place].split() if role in known]
        row.append(max((_WHITE, _BLACK), key=lambda one: contrast(one, found[ground])))  # one of them always is enough
        found[name] = next(one for one in row if contrast(one, found[ground]) >= LEAST or one is row[-1])
    return found


def _mixed(swatch: Swatch, share: float) -> tuple[int, int, int]:
    red, green, blue = (round(value * share) for value in swatch.rgb)
    return red, green, blue


def _code(swatch: Swatch) -> str:
    return f"#{bytes(swatch.rgb).hex().upper()}"
