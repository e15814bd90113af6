"""Swatches as ink: one name, the operators that one output wants.

On the screen a swatch is its sRGB. In the press it is its exact CMYK recipe, or a plate of its own; small type and
rules take the swatch's small recipe, black type overprints what lies under it, everything else knocks it out. Knows:
swatches, recipes. Must never know what is painted, or on which page.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from report.house import Swatch
from report.printer import Printer
from report.proof import Ink

SMALL = 14.8  # points: type below it is small
BLACK = (0.0, 0.0, 0.0, 100.0)
AREA = 0.0

Recipe = tuple[float, float, float, float]


class Inks:
    """The inks of one document for the screen; `fill` and `stroke` are asked by all that paint."""

    printer: Printer | None = None

    def __init__(self) -> None:
        self.used: dict[str, None] = {}  # plates of their own, since the page began: keys of `plates`
        self.plates: dict[str, Ink] = {}

    def fill(self, swatch: Swatch, size: float = AREA) -> bytes:
        """Return the operator that makes `swatch` the fill colour: of an area, or of type of `size` points."""
        return _screen_fill(swatch)

    def stroke(self, swatch: Swatch) -> bytes:
        """Return the operator that makes `swatch` the stroke colour."""
        return _screen_stroke(swatch)

    def rule(self, swatch: Swatch) -> bytes:
        """Return the operator that makes `swatch` the fill colour of a rule."""
        return _screen_fill(swatch)

    def rgb(self, colour: tuple[int, int, int], operator: str) -> bytes:
        """Return the operator (`rg`, `RG`) for a colour that is no swatch."""
        return f"{' '.join(number(value / 255, 4) for value in colour)} {operator}\n".encode()

    def knock_out(self) -> bytes:
        """Return the operator that ends overprinting, before a picture or a drawing."""
        return b""


class Press(Inks):
    """The inks of one document for the press of `printer`."""

    def __init__(self, swatches: Iterable[Swatch], printer: Printer) -> None:
        super().__init__()
        self.printer: Printer = printer
        spots = [swatch for swatch in swatches if swatch.spot]
        self.keys = {swatch.role: f"C{place}" for place, swatch in enumerate(spots)}
        self.plates = {self.keys[swatch.role]: Ink(swatch.spot, swatch.cmyk) for swatch in spots}
        self.seen: set[tuple[str, ...]] = set()  # what `presswork` has looked at
        self.areas: dict[str, Swatch] = {}
        self.rules: dict[str, Swatch] = {}

    def fill(self, swatch: Swatch, size: float = AREA) -> bytes:
        """Return state and colour; black type alone overprints."""
        if swatch.spot:
            return b"/K gs %s" % self._spot(swatch, "cs", "scn")
        if not size:
            self.areas[swatch.role] = swatch
        recipe = recipe_for(swatch, size)
        return _press_fill(recipe, size > AREA and recipe == BLACK)

    def stroke(self, swatch: Swatch) -> bytes:
        """Return the colour; a drawing stands in a state that knocks out."""
        return self._spot(swatch, "CS", "SCN") if swatch.spot else f"{_cmyk(swatch.cmyk)} K\n".encode()

    def rule(self, swatch: Swatch) -> bytes:
        """Return state and colour of a rule, which takes the small recipe and knocks out."""
        self.rules[swatch.role] = swatch
        if swatch.spot:
            return self.fill(swatch)
        return _press_fill(swatch.small or swatch.cmyk, False)

    def rgb(self, colour: tuple[int, int, int], operator: str) -> bytes:
        """Return a colour that is no swatch as the printer's profile converts it; pure black stays one ink."""
        return f"{_cmyk(converted(colour, self.printer))} {'k' if operator == 'rg' else 'K'}\n".encode()

    def knock_out(self) -> bytes:
        """Return the state in which nothing overprints."""
        return b"/K gs\n"

    def _spot(self, swatch: Swatch, space: str, colour: str) -> bytes:
        key = self.keys[swatch.role]
        self.used[key] = None
        return f"/{key} {space} 1 {colour}\n".encode()


def inks(swatches: Iterable[Swatch], printer: Printer | None) -> Inks:
    """Return the inks of the screen, or those of a printer's press."""
    return Press(swatches, printer) if printer else Inks()


def recipe_for(swatch: Swatch, size: float) -> Recipe:
    """Return the percentages of `swatch` for type of `size` points (0: an area)."""
    return swatch.small if swatch.small and AREA < size < SMALL else swatch.cmyk


@lru_cache(maxsize=1024)
def converted(colour: tuple[int, int, int], printer: Printer) -> Recipe:
    """Return an sRGB colour as percentages of the printer's inks."""
    if not any(colour):
        return BLACK
    from report.typeset import pixels

    return pixels.percentages(colour, printer)


@lru_cache(maxsize=256)
def _press_fill(recipe: Recipe, overprint: bool) -> bytes:
    return f"/{'O' if overprint else 'K'} gs {_cmyk(recipe)} k\n".encode()


def _cmyk(recipe: Recipe) -> str:
    return " ".join(number(percent / 100, 5) for percent in recipe)


@lru_cache(maxsize=256)
def _screen_fill(swatch: Swatch) -> bytes:
    return b"%s rg\n" % _rgb(swatch)


@lru_cache(maxsize=256)
def _screen_stroke(swatch: Swatch) -> bytes:
    return b"%s RG\n" % _rgb(swatch)


def _rgb(swatch: Swatch) -> bytes:
    return " ".join(number(value / 255, 4) for value in swatch.rgb).encode()


@lru_cache(maxsize=512)  # the same distances come again and again
def number(value: float, digits: int = 3) -> str:
    """Return `value` as PDF writes numbers: no exponent, no needless zeros."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
    return "0" if text in ("-0", "") else text
