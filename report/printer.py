"""A printer's wishes as data: what one print shop, or the house's own press, asks of a file.

They stand by name in the house's file, so that an order says `--printer NAME` and nothing else. Knows: lengths,
percentages, the name of a colour profile. Must never know pages, PDF, or how any wish is met.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from report.errors import OrderFault
from report.findings import N_, Finding
from report.paths import shipped
from report.records import record
from report.units import MM

SHIPPED = "FOGRA39L.icc"  # in assets/profiles
_SHIPPED = shipped("assets", "profiles", SHIPPED)
_HEADER = 128  # bytes of an ICC profile that say what it is (ICC.1, 7.2)


@record(frozen=True)
class Printer:
    """What a printer asks for: lengths in points, ink in percent, resolution in dots an inch."""

    name: str = "default"
    standard: Literal["x4", "x1a"] = "x4"
    bleed: float = 3 * MM
    slug: float = 0.0  # round the bleed, for marks
    marks: tuple[str, ...] = ()  # crop, bar
    safe: float = 3 * MM  # from the trim: no words nearer
    profile: Path = _SHIPPED
    condition: str = "FOGRA39"  # the printing condition's name in the registry of characterisations
    dpi: int = 220  # least of a photograph at its size on the page
    ink_limit: float = 300.0  # of all inks together
    line: float = 0.25  # least width of a rule
    reversed_line: float = 0.5  # the same of white strokes on colour
    type: float = 6.0  # least size
    reversed_type: float = 7.0  # the same of white on colour
    intent: Literal["relative", "perceptual"] = "relative"
    fold: float = 0.5 * MM  # how far colour reaches over a fold on which two meet
    order: Literal["pages", "sheets"] = "pages"  # sheets: imposed as well, where they are stapled
    paper: float = 80.0  # g/m²: pushes the inner sheets of a booklet outward

    def icc(self) -> bytes:
        """Return the profile; raise OrderFault where it is missing or not that of a press."""
        try:
            data = self.profile.read_bytes()
        except OSError:
            message = N_("The printer “{printer}” names the colour profile “{file}”, which is not there.")
            raise self._refused("order.profile-missing", message) from None
        if len(data) < _HEADER or data[36:40] != b"acsp":
            raise self._refused("order.profile", N_("“{file}”, of the printer “{printer}”, is no colour profile."))
        if data[12:16] != b"prtr" or data[16:20] != b"CMYK":
            message = N_("The colour profile “{file}” of “{printer}” is not that of a press with four inks.")
            raise self._refused("order.profile", message)
        return data

    def _refused(self, rule: str, message: str) -> OrderFault:
        values: dict[str, object] = {"printer": self.name, "file": self.profile.name}
        remedy = N_("Put the printer's own profile into the house's folder, or leave its line out: FOGRA39L stands.")
        return OrderFault(Finding(rule, message, values, remedy=remedy))
