"""The house style as data: colours, typefaces and voices, standing imprint, logo, ways of writing, printers.

Read from `assets/houses/<name>/house.yaml` (or an office's own folder of the same form). The house owns faces,
weights, tracking and colours; sizes, leadings and positions belong to the layout. Knows: names and numbers. Must
never know pages, PDF, or what a layout does with a role.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from report.datafile import Entry, read
from report.errors import LayoutFault, OrderFault
from report.findings import N_, Finding
from report.paths import own_or_shipped, shipped
from report.printer import SHIPPED, Printer
from report.records import field, record
from report.settings import Reader

_HEX = re.compile(r"^#[0-9A-Fa-f]{6}$")
_AXIS = re.compile(r"[A-Za-z][A-Za-z0-9 ]{3}")  # an OpenType tag
_INK = re.compile(r"\d{1,3}(\.\d+)?")
_PROCESS = frozenset("all none black cyan magenta yellow".split())  # names that PDF keeps for itself

_KEYS = tuple("title colours faces voices fallback logo imprint contact style printers deliver".split())

# what a printer may ask for: key of the file -> field of Printer
_LENGTHS = {
    "bleed": "bleed",
    "slug": "slug",
    "safe": "safe",
    "fold": "fold",
    "min-line": "line",
    "min-reversed-line": "reversed_line",
    "min-type": "type",
    "min-reversed-type": "reversed_type",
}
_NUMBERS = {"min-dpi": "dpi", "ink-limit": "ink_limit", "paper": "paper"}
_CHOICES = {"standard": ("x4", "x1a"), "intent": ("relative", "perceptual"), "order": ("pages", "sheets")}
_MARKS = ("crop", "bar")
_FIGURES = ("lining", "old-style", "tabular")

# What a house may choose of the ways of writing, and the values it may take; the first is what is done without.
WRITING: Mapping[str, tuple[str, ...]] = {
    "quotes": ("low", "guillemets"),
    "clock": ("din", "press"),
    "dates": ("words", "figures"),
    "numbers": ("points", "spaces"),
}


@record(frozen=True)
class Swatch:
    """A named colour: its role, the house's name for it, sRGB 0–255 and CMYK percent.

    `small` is its recipe for small type and rules in print: at most two inks, so that a misregister cannot fringe
    them. `spot` names the ink that is printed instead of the four, whose alternate is the CMYK.
    """

    role: str
    name: str
    rgb: tuple[int, int, int]
    cmyk: tuple[float, float, float, float]
    small: tuple[float, float, float, float] | None = None
    spot: str = ""

    @property
    def luminance(self) -> float:
        """Relative luminance (WCAG 2.1, definition of relative luminance), 0 black to 1 white."""
        r, g, b = ((c / 3294.6) if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in self.rgb)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: Swatch, other: Swatch) -> float:
    """Return the contrast ratio of two swatches (WCAG 2.1, 1.4.3): 1 to 21."""
    high, low = sorted((one.luminance, other.luminance), reverse=True)
    return (high + 0.05) / (low + 0.05)


@record(frozen=True)
class Voice:
    """How a role speaks: its face, the faces of strong and emphasised words, the face on colour, tracking in em."""

    role: str
    face: str
    strong: str
    em: str
    on_colour: str
    tracking: float = 0.0
    figures: str = "lining"  # lining, old-style, tabular


@record(frozen=True)
class Logo:
    """The town's logo: its file, the space round it that stays clear and the least width it is drawn in, points."""

    file: Path
    clear: float = 0.0
    least: float = 0.0


@record(frozen=True)
class House:
    """One house style; `faces` maps a face's name to its font file, `fallback` names the faces tried last."""

    name: str
    title: str
    folder: Path
    swatches: Mapping[str, Swatch]
    faces: Mapping[str, Path]
    voices: Mapping[str, Voice]
    fallback: tuple[str, ...]
    logo: Logo | None = None
    imprint: Mapping[str, str] | None = None  # standing fields of the imprint that an article may leave out
    axes: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # of faces that are variable fonts
    contact: Mapping[str, str] | None = None  # whom to ask, where an article names nobody
    style: Mapping[str, str] | None = None  # ways of writing: see WRITING
    printers: Mapping[str, Printer] = field(default_factory=dict)
    deliver: Entry | None = None  # as written: each target reads what is its own

    @property
    def standing(self) -> dict[str, Mapping[str, str]]:
        """What an article need not repeat: fields of its imprint, its contact."""
        return {"imprint": self.imprint or {}, "contact": self.contact or {}}

    def printer(self, name: str = "") -> Printer:
        """Return the printer `name`, or the one that stands where none is named; raise OrderFault for unknown ones."""
        found = self.printers.get(name or "default") or (Printer() if name in ("", "default") else None)
        if found is None:
            message = N_("The house “{house}” has no printer “{name}”. Known: {known}.")
            known = ", ".join(dict.fromkeys(("default", *self.printers)))
            values: dict[str, object] = {"house": self.name, "name": name, "known": known}
            raise OrderFault(Finding("order.printer", message, values))
        return found


def find(name: str) -> Path:
    """Return the folder of the house `name` (shipped) or of the path `name` (an office's own); raise OrderFault."""
    file = own_or_shipped(Path(name) / "house.yaml", "assets", "houses", name, "house.yaml")
    if name and not file.is_file() and Path(name).is_dir():
        message = N_("In the folder “{name}” there is no house.yaml, so it is no house style.")
        remedy = N_("Copy the whole folder of a house style, house.yaml and all.")
        raise OrderFault(Finding("order.house", message, {"name": name}, remedy=remedy))
    if not file.is_file():
        known = ", ".join(sorted(p.name for p in shipped("assets", "houses").iterdir() if p.is_dir()))
        raise OrderFault(
            Finding("order.house", N_("There is no house “{name}”. Known: {known}."), {"name": name, "known": known})
        )
    return file.parent


@lru_cache(maxsize=8)
def _load(folder: Path, stamp: int) -> House:
    return _Reader(folder).house()


def load(name: str) -> House:
    """Read the house `name`; raise OrderFault, or LayoutFault with file and line for every fault."""
    folder = find(name)
    return _load(folder, (folder / "house.yaml").stat().st_mtime_ns)


class _Reader(Reader):
    """Turns the entries of one house file into a House and collects what is wrong."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "house.yaml", "house.fault")
        self.folder = folder

    def house(self) -> House:
        top = read(self.file, LayoutFault)
        fields = self.mapping(top, *_KEYS)
        missing = [key for key in ("colours", "faces", "voices") if not self.mapping(fields.get(key))]
        for key in missing:
            message = N_("The house style has no “{key}”: the file is not whole.")
            self.fault(top, message, N_("Copy house.yaml once more, whole."), key=key)
        if missing:  # what follows would be blamed for it
            self.finish()
        given = self.mapping(fields.get("faces"))
        faces = {name: self.face(entry) for name, entry in given.items()}
        house = House(
            name=self.folder.name,
            title=self.text(fields.get("title")),
            folder=self.folder,
            swatches={role: self.swatch(role, entry) for role, entry in self.mapping(fields.get("colours")).items()},
            faces=faces,
            axes={name: self.axes(entry) for name, entry in given.items() if isinstance(entry.value, dict)},
            voices={role: self.voice(role, entry, faces) for role, entry in self.mapping(fields.get("voices")).items()},
            fallback=self.texts(fields.get("fallback")),
            logo=self.logo(fields["logo"]) if "logo" in fields else None,
            imprint={key: self.text(entry) for key, entry in self.mapping(fields.get("imprint")).items()},
            contact={key: self.text(entry) for key, entry in self.mapping(fields.get("contact")).items()},
            style=self.style(fields["style"]) if "style" in fields else None,
            printers={name: self.printer(name, one) for name, one in self.mapping(fields.get("printers")).items()},
            deliver=fields.get("deliver"),
        )
        for name in house.fallback:
            if name not in faces:
                self.fault(top, N_("The fallback face “{name}” is not one of the faces."), name=name)
        self.finish()
        return house

    def logo(self, entry: Entry) -> Logo:
        """Read the logo: its file alone, or with the clear space round it and the least width."""
        whole = isinstance(entry.value, dict)
        fields = self.mapping(entry, "file", "clear", "min-width") if whole else {"file": entry}
        clear, least = (self.length(fields.get(key), 0) for key in ("clear", "min-width"))
        if "file" not in fields:
            self.missing(entry, "file")
            return Logo(self.folder)
        at = fields["file"]
        path = self.folder / self.text(at)
        if not path.is_file():
            remedy = N_("Copy the file into the folder beside house.yaml, or take the line out.")
            self.fault(at, N_("The logo “{name}” does not lie in the house's folder."), remedy, name=path.name)
        return Logo(path, clear, least)

    def axes(self, entry: Entry) -> dict[str, float]:
        """Read where the axes of a variable font stand: `{file: Town.ttf, wght: 600}`."""
        return {key: self.number(value) for key, value in self.mapping(entry).items() if key != "file"}

    def face(self, entry: Entry) -> Path:
        own = entry.value if isinstance(entry.value, dict) else {"file": entry}
        for key, value in own.items():
            if key != "file" and not _AXIS.fullmatch(key):
                self.fault(value, N_("“{key}” is neither file nor an axis of a variable font like wght."), key=key)
        if "file" not in own:
            self.fault(entry, N_("“{key}” is missing here."), key="file")
        name = self.text(own.get("file"))
        path = own_or_shipped(self.folder / name, "assets", "fonts", name)
        if not path.is_file():
            self.fault(entry, N_("The font file “{name}” is neither in the house's folder nor shipped."), name=name)
        return path

    def style(self, entry: Entry) -> dict[str, str]:
        given = self.mapping(entry, *WRITING)
        return {key: self.choice(value, *WRITING[key]) for key, value in given.items() if key in WRITING}

    def swatch(self, role: str, entry: Entry) -> Swatch:
        fields = self.mapping(entry, "name", "srgb", "cmyk", "small", "spot")
        code = self.text(fields.get("srgb"))
        if not _HEX.match(code):
            self.fault(entry, N_("“{value}” is not a colour like #00365E."), value=code)
            code = "#000000"
        small = self.inks(fields["small"]) if "small" in fields else None
        if small and sum(1 for ink in small if ink) > 2:
            self.fault(fields["small"], N_("A recipe for small type has at most two inks."))
        spot = self.text(fields.get("spot"))
        if spot.lower() in _PROCESS:
            self.fault(fields["spot"], N_("“{value}” is no name for a spot ink: PDF keeps it for itself."), value=spot)
        return Swatch(
            role,
            self.text(fields.get("name")),
            (int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)),
            self.inks(fields.get("cmyk", entry)),
            small,
            spot,
        )

    def inks(self, entry: Entry) -> tuple[float, float, float, float]:
        """Read a recipe: four percentages."""
        written = entry.value if isinstance(entry.value, str) else ""
        parts = [part.strip() for part in written.split("/")]
        if len(parts) != 4 or not all(_INK.fullmatch(part) and float(part) <= 100 for part in parts):
            self.fault(entry, N_("“{value}” is not a CMYK colour like 100/70/30/35 (percent)."), value="/".join(parts))
            parts = ["0"] * 4
        c, m, y, k = (float(part) for part in parts)
        return c, m, y, k

    def printer(self, name: str, entry: Entry) -> Printer:
        """Read what a printer asks for; what is not written stays as it is in Printer."""
        fields = self.mapping(entry, *_CHOICES, *_LENGTHS, *_NUMBERS, "marks", "profile", "condition")
        found: dict[str, Any] = {"name": name}
        for key, at in fields.items():
            if key in _LENGTHS:
                found[_LENGTHS[key]] = self.length(at, 0)
            elif key in _NUMBERS:
                found[_NUMBERS[key]] = self.whole(at)
            elif key in _CHOICES:
                found[key] = self.choice(at, *_CHOICES[key])
            elif key == "condition":
                found[key] = self.text(at)
        if "marks" in fields:
            wanted = self.texts(fields["marks"], *_MARKS, "none")
            found["marks"] = tuple(mark for mark in _MARKS if mark in wanted)
        if "profile" in fields:
            file = self.text(fields["profile"])
            found["profile"] = own_or_shipped(self.folder / file, "assets", "profiles", file)
            found.setdefault("condition", "FOGRA39" if file == SHIPPED else "Custom")
        return Printer(**found)

    def voice(self, role: str, entry: Entry, faces: Mapping[str, Path]) -> Voice:
        fields = self.mapping(entry, "face", "strong", "em", "on-colour", "tracking", "figures")
        face = self.text(fields.get("face"))
        named = {key: self.text(fields.get(key)) or face for key in ("face", "strong", "em", "on-colour")}
        for name in named.values():
            if name not in faces:
                self.fault(entry, N_("The face “{name}” is not one of the faces."), name=name)
        figures = self.choice(fields["figures"], *_FIGURES) if "figures" in fields else _FIGURES[0]
        tracking = self.share(fields.get("tracking"))
        return Voice(role, face, named["strong"], named["em"], named["on-colour"], tracking, figures)
