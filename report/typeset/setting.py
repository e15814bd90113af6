"""A style made ready for one ground of one house: faces, size, colour. What a text block is set with.

Knows: styles, voices, swatches, faces. Must never know pages or what stands in a block.
"""

from __future__ import annotations

from collections.abc import Iterator

from report.errors import LayoutFault
from report.findings import N_, Finding, Place
from report.house import House, Swatch, contrast
from report.layout import Layout, Style
from report.records import record, replace
from report.typeset import face as faces
from report.typeset.face import Face, Features

VARIANTS = ("face", "strong", "em")
_NO_COLOUR = N_("The house “{house}” has no colour “{role}”. Known: {known}.")
_ALSO = N_("It is wanted in these places too, with their lines: {more}.")
_NO_VOICE = N_("The house “{house}” has no voice “{role}”, which the style “{name}” wants.")


@record(frozen=True, eq=False)
class Setting:
    """One style on one ground: a chain of faces (own, then fallback) for plain, strong and emphasised words."""

    style: Style
    ground: str
    chains: tuple[tuple[Face, ...], ...]  # by variant: plain, strong, em
    swatch: Swatch
    strong_swatch: Swatch
    features: Features
    size: float
    leading: float
    tracking: float  # em


class _Shelf:
    """The settings of one layout in one house, as far as any document has asked for them."""

    def __init__(self, house: House, layout: Layout) -> None:
        self.owners = house, layout  # kept, so that nobody else can take their place
        self.made: dict[tuple[str, str], tuple[Setting, float]] = {}  # with the contrast, where it is too low
        self.tabular: dict[Setting, Setting] = {}


_shelves: dict[tuple[int, int, str], _Shelf] = {}
_MOST_SHELVES = 16


def _shelf(house: House, layout: Layout, language: str) -> _Shelf:
    key = id(house), id(layout), language
    found = _shelves.get(key)
    if found is None:
        if len(_shelves) >= _MOST_SHELVES:
            _shelves.clear()
        found = _shelves[key] = _Shelf(house, layout)
    return found


class Settings:
    """The settings that one document uses; they are made once a process, since the next document wants them too."""

    def __init__(self, house: House, layout: Layout, language: str) -> None:
        self.house = house
        self.layout = layout
        self.language = language
        self.shelf = _shelf(house, layout, language)
        self.known: dict[tuple[str, str], Setting] = {}
        self.poor: dict[tuple[str, str], float] = {}  # (style, ground) -> contrast below WCAG AA
        if faults := [*self._unmet()]:
            raise LayoutFault(*faults)

    def _unmet(self) -> Iterator[Finding]:
        """Walk what styles and masters ask of the house and the house does not have, used or not: a colour once."""
        house, file = self.house, f"{self.layout.name}/layout.yaml"
        wanted: dict[str, list[Place]] = {}
        for style in self.layout.styles.values():
            place = Place(file, style.line, f"styles.{style.name}")
            if style.voice not in house.voices:
                yield Finding("house.voice", _NO_VOICE, self._voice_values(style), place)
            for role in dict.fromkeys((style.swatch, style.strong_swatch, *style.on.values())):
                wanted.setdefault(role, []).append(place)
        for master in self.layout.masters.values():
            place = Place(file, master.line, f"masters.{master.name}")
            for role in dict.fromkeys((master.ground, *(region.ground for region in master.regions.values()))):
                wanted.setdefault(role, []).append(place)
        for role, (first, *others) in wanted.items():
            if role and role not in house.swatches:
                more = ", ".join(f"{place.path} ({place.line})" for place in others)
                values = {**self._colour_values(role), "more": more}
                yield Finding("house.colour", _NO_COLOUR, values, first, remedy=_ALSO if others else "")

    def _voice_values(self, style: Style) -> dict[str, object]:
        return {"house": self.house.name, "role": style.voice, "name": style.name}

    def _colour_values(self, role: str) -> dict[str, object]:
        return {"house": self.house.name, "role": role, "known": ", ".join(self.house.swatches)}

    def swatch(self, role: str, line: int = 0) -> Swatch:
        """Return the house's swatch of that role; raise LayoutFault where it has none."""
        found = self.house.swatches.get(role)
        if found is None:
            raise LayoutFault(Finding("house.colour", _NO_COLOUR, self._colour_values(role), self.place(line)))
        return found

    def place(self, line: int) -> Place:
        """Return the place of a fault in the layout's markup."""
        return Place(f"{self.layout.name}/2-markup.xml", line)

    def get(self, name: str, ground: str, line: int) -> Setting:
        """Return the style `name` on `ground`; raise LayoutFault where style, voice or swatch are unknown."""
        setting = self.known.get((name, ground))
        if setting is None:
            made = self.shelf.made.get((name, ground))
            if made is None:
                made = self.shelf.made[name, ground] = self._make(name, ground, line)
            setting = self.known[name, ground] = made[0]
            if made[1]:
                self.poor[name, ground] = made[1]
        return setting

    def tabular(self, setting: Setting) -> Setting:
        """Return the setting with figures of one width, for columns of a table."""
        known = self.shelf.tabular.get(setting)
        if known is None:
            features = faces.features(figures="tabular", language=self.language)
            known = self.shelf.tabular[setting] = replace(setting, features=features)
        return known

    def _make(self, name: str, ground: str, line: int) -> tuple[Setting, float]:
        style = self.layout.styles.get(name)
        if style is None:
            known = ", ".join(sorted(self.layout.styles))
            raise LayoutFault(
                Finding(
                    "layout.style",
                    N_("There is no style “{name}”. Known: {known}."),
                    {"name": name, "known": known},
                    self.place(line),
                )
            )
        voice = self.house.voices[style.voice]
        plain = voice.on_colour if ground != "white" else voice.face
        fallback = tuple(map(self._face, self.house.fallback))
        chains = tuple((self._face(one), *fallback) for one in (plain, voice.strong, voice.em))
        swatch = self.swatch(style.on.get(ground, style.swatch), line)
        strong = (
            self.swatch(style.on.get(f"{ground}-strong", style.strong_swatch), line)
            if style.strong_swatch or f"{ground}-strong" in style.on
            else swatch
        )
        setting = Setting(
            style,
            ground,
            chains,
            swatch,
            strong,
            faces.features(figures=voice.figures, language=self.language),
            style.size,
            style.leading,
            voice.tracking if style.tracking is None else style.tracking,
        )
        return setting, self._poor(style, ground, (swatch, strong), line)

    def _face(self, name: str) -> faces.Face:
        return faces.load(self.house.faces[name], self.house.axes.get(name))

    def _poor(self, style: Style, ground: str, swatches: tuple[Swatch, ...], line: int) -> float:
        """Return the contrast of a pair of colours under WCAG 2.1 AA (1.4.3: 4.5, or 3.0 from 18 pt, 24 px), else 0."""
        under = self.swatch(ground, line)
        ratio = min(contrast(swatch, under) for swatch in swatches)
        return ratio if ratio < (3.0 if style.size >= 18 else 4.5) else 0.0
