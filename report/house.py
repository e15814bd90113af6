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
from report.findings import N_, Finding, Place
from report.paths import shipped
from report.printer import SHIPPED, Printer
from report.records import field, record
from report.units import points

_HEX = re.compile(r"^#[0-9A-Fa-f]{6}$")
_PERCENT = re.compile(r"^(-?\d+(?:\.\d+)?)\s*%$")
_INK = re.compile(r"\d{1,3}(\.\d+)?")
_PROCESS = frozenset("all none black cyan magenta yellow".split())  # names that PDF keeps for itself

_KEYS = tuple("title colours faces voices fallback logo imprint style printers deliver".split())

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
_CHOICES = {"standard": ("x4", "x1a"), "intent": ("relative", "perceptual")}
_MARKS = ("crop", "bar")

# What a house may choose of the ways of writing, and the values it may take; the first is what is done without.
WRITING: Mapping[str, tuple[str, ...]] = {"quotes": ("low", "guillemets"), "clock": ("din", "press")}


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
class House:
    """One house style; `faces` maps a face's name to its font file, `fallback` names the faces tried last."""

    name: str
    title: str
    folder: Path
    swatches: Mapping[str, Swatch]
    faces: Mapping[str, Path]
    voices: Mapping[str, Voice]
    fallback: tuple[str, ...]
    logo: Path | None = None
    imprint: Mapping[str, str] | None = None  # standing fields of the imprint that an article may leave out
    style: Mapping[str, str] | None = None  # ways of writing: see WRITING
    printers: Mapping[str, Printer] = field(default_factory=dict)
    deliver: Entry | None = None  # as written: each target reads what is its own

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
    own = Path(name)
    folder = own if (own / "house.yaml").is_file() else shipped("assets", "houses", name)
    if not (folder / "house.yaml").is_file():
        known = ", ".join(sorted(p.name for p in shipped("assets", "houses").iterdir() if p.is_dir()))
        raise OrderFault(
            Finding("order.house", N_("There is no house “{name}”. Known: {known}."), {"name": name, "known": known})
        )
    return folder


@lru_cache(maxsize=8)
def _load(folder: Path, stamp: int) -> House:
    return _Reader(folder).house()


def load(name: str) -> House:
    """Read the house `name`; raise OrderFault, or LayoutFault with file and line for every fault."""
    folder = find(name)
    return _load(folder, (folder / "house.yaml").stat().st_mtime_ns)


class _Reader:
    """Turns the entries of one house file into a House and collects what is wrong."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "house.yaml"
        self.faults: list[Finding] = []

    def fault(self, entry: Entry, message: str, **values: object) -> None:
        self.faults.append(Finding("house.fault", message, values, Place(self.file.name, entry.line, entry.path)))

    def house(self) -> House:
        top = read(self.file, LayoutFault)
        fields = self.fields(top, *_KEYS)
        faces = {name: self.face(entry) for name, entry in self.mapping(fields.get("faces")).items()}
        house = House(
            name=self.folder.name,
            title=self.text(fields.get("title")),
            folder=self.folder,
            swatches={role: self.swatch(role, entry) for role, entry in self.mapping(fields.get("colours")).items()},
            faces=faces,
            voices={role: self.voice(role, entry, faces) for role, entry in self.mapping(fields.get("voices")).items()},
            fallback=tuple(self.text(entry) for entry in fields.get("fallback", Entry((), 0))),
            logo=self.folder / self.text(fields["logo"]) if "logo" in fields else None,
            imprint={key: self.text(entry) for key, entry in self.mapping(fields.get("imprint")).items()},
            style=self.style(fields["style"]) if "style" in fields else None,
            printers={name: self.printer(name, one) for name, one in self.mapping(fields.get("printers")).items()},
            deliver=fields.get("deliver"),
        )
        for name in house.fallback:
            if name not in faces:
                self.fault(top, N_("The fallback face “{name}” is not one of the faces."), name=name)
        if self.faults:
            raise LayoutFault(*self.faults)
        return house

    def fields(self, entry: Entry, *known: str) -> dict[str, Entry]:
        found = self.mapping(entry)
        for key, value in found.items():
            if key not in known:
                self.fault(value, N_("Unknown key “{key}”. Known here: {known}."), key=key, known=", ".join(known))
        return found

    def mapping(self, entry: Entry | None) -> dict[str, Entry]:
        if entry is None:
            return {}
        if isinstance(entry.value, dict):
            return entry.value
        self.fault(entry, N_("Keys and values are expected here."))
        return {}

    def text(self, entry: Entry | None) -> str:
        if entry is None:
            return ""
        if isinstance(entry.value, str):
            return entry.value
        self.fault(entry, N_("A text is expected here."))
        return ""

    def face(self, entry: Entry) -> Path:
        name = self.text(entry)
        own = self.folder / name
        path = own if own.is_file() else shipped("assets", "fonts", name)
        if not path.is_file():
            self.fault(entry, N_("The font file “{name}” is neither in the house's folder nor shipped."), name=name)
        return path

    def style(self, entry: Entry) -> dict[str, str]:
        found: dict[str, str] = {}
        for key, choice in self.fields(entry, *WRITING).items():
            value, known = self.text(choice), WRITING.get(key, ())
            if isinstance(choice.value, str) and known and value not in known:
                self.fault(choice, N_("“{value}” is none of: {known}."), value=value, known=", ".join(known))
            found[key] = value
        return found

    def swatch(self, role: str, entry: Entry) -> Swatch:
        fields = self.fields(entry, "name", "srgb", "cmyk", "small", "spot")
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
        fields = self.fields(entry, *_CHOICES, *_LENGTHS, *_NUMBERS, "marks", "profile", "condition")
        found: dict[str, Any] = {"name": name}
        for key, at in fields.items():
            value = self.text(at) if key != "marks" else ""
            if key in _LENGTHS:
                found[_LENGTHS[key]] = self.length(at)
            elif key in _NUMBERS:
                if not value.isdecimal():
                    self.fault(at, N_("“{value}” is not a whole number."), value=value)
                found[_NUMBERS[key]] = int(value) if value.isdecimal() else 0
            elif key in _CHOICES:
                if value not in _CHOICES[key]:
                    known = ", ".join(_CHOICES[key])
                    self.fault(at, N_("“{value}” is none of: {known}."), value=value, known=known)
                found[key] = value
            elif key == "condition":
                found[key] = value
        if "marks" in fields:
            found["marks"] = self.marks(fields["marks"])
        if "profile" in fields:
            file = self.text(fields["profile"])
            own = self.folder / file
            found["profile"] = own if own.is_file() or file != SHIPPED else shipped("assets", "profiles", file)
            found.setdefault("condition", "FOGRA39" if file == SHIPPED else "Custom")
        return Printer(**found)

    def marks(self, entry: Entry) -> tuple[str, ...]:
        """Read which marks a printer wants."""
        wanted = tuple(self.text(one) for one in entry) if isinstance(entry.value, tuple) else (self.text(entry),)
        for mark in wanted:
            if mark not in (*_MARKS, "none"):
                self.fault(entry, N_("“{value}” is none of: {known}."), value=mark, known=", ".join((*_MARKS, "none")))
        return tuple(mark for mark in _MARKS if mark in wanted)

    def length(self, entry: Entry) -> float:
        """Read a length that is not negative, in points."""
        value = self.text(entry)
        try:
            found = points(value)
        except ValueError:
            found = -1.0
        if found < 0:
            self.fault(entry, N_("“{value}” is not a length like 3mm."), value=value)
        return max(found, 0.0)

    def voice(self, role: str, entry: Entry, faces: Mapping[str, Path]) -> Voice:
        fields = self.fields(entry, "face", "strong", "em", "on-colour", "tracking", "figures")
        face = self.text(fields.get("face"))
        named = {key: self.text(fields.get(key)) or face for key in ("face", "strong", "em", "on-colour")}
        for name in named.values():
            if name not in faces:
                self.fault(entry, N_("The face “{name}” is not one of the faces."), name=name)
        figures = self.text(fields.get("figures")) or "lining"
        if figures not in ("lining", "old-style", "tabular"):
            self.fault(fields["figures"], N_("“{value}” is none of: lining, old-style, tabular."), value=figures)
        match = _PERCENT.match(self.text(fields.get("tracking")) or "0%")
        if match is None:
            self.fault(
                fields["tracking"], N_("“{value}” is not a percentage like -2%."), value=self.text(fields["tracking"])
            )
        tracking = float(match[1]) / 100 if match else 0.0
        return Voice(role, face, named["strong"], named["em"], named["on-colour"], tracking, figures)
