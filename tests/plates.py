"""A file's plates as Ghostscript separates them: how much of each ink lies where. Ghostscript is no part of ours."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops

from tests.conftest import missing

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
_NAME = re.compile(r"(\d+)\((.+)\)\.tif$")


@dataclass(slots=True)
class Plates:
    """One page: ink -> picture of its plate, 0 bare to 255 full. `dpi` and the sheet's size place a point."""

    dpi: int
    inks: dict[str, Image.Image] = field(default_factory=dict)

    def part(self, ink: str, box: tuple[float, float, float, float]) -> Image.Image:
        """Return the plate inside `box`: left, bottom, right, top in points from the sheet's corner."""
        plate, scale = self.inks[ink], self.dpi / 72
        left, bottom, right, top = (edge * scale for edge in box)
        return plate.crop((round(left), round(plate.height - top), round(right), round(plate.height - bottom)))

    def most(self, ink: str, box: tuple[float, float, float, float]) -> int:
        """Return the strongest tint of an ink inside `box`."""
        return int(max(level for level, count in enumerate(self.part(ink, box).histogram()) if count))

    def total(self, box: tuple[float, float, float, float]) -> float:
        """Return the most ink that lies on one point inside `box`, in percent."""
        summed = Image.new("I", self.part("Black", box).size)
        for ink in self.inks:
            summed = _added(summed, self.part(ink, box))
        return float(summed.getextrema()[1]) / 2.55


@dataclass(slots=True)
class Made:
    """What a module's files are, and where; each module has its own `made`."""

    folder: Path
    products: dict[str, Any]
    plates: dict[str, list[Plates]] = field(default_factory=dict)

    def separated(self, name: str) -> list[Plates]:
        """Return the plates of one file; each file is separated once."""
        if name not in self.plates:
            self.plates[name] = plates(self.path(name), self.folder / "plates" / name)
        return self.plates[name]

    def path(self, name: str) -> Path:
        product = self.products[name]
        assert product.written, [str(finding) for finding in product.findings]
        return Path(product.path)


def _added(summed: Image.Image, plate: Image.Image) -> Image.Image:
    from PIL import ImageMath

    return ImageMath.lambda_eval(lambda given: given["a"] + given["b"], a=summed, b=plate.convert("I"))


def plates(file: Path, folder: Path, dpi: int = 72) -> list[Plates]:
    """Separate every page of `file`; without Ghostscript the test is told as not done."""
    program = shutil.which("gs") or shutil.which("gswin64c")
    if program is None:
        missing("The separations are made with Ghostscript: install ghostscript")
    folder.mkdir(parents=True, exist_ok=True)
    order = [str(program), "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{dpi}",
             "-dMaxSpots=8", f"-sOutputFile={folder / '%d.tif'}", str(file)]  # fmt: skip
    answer = subprocess.run(order, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    found: dict[int, Plates] = {}
    for path in sorted(folder.glob("*.tif")):
        match = _NAME.search(path.name)
        if match:
            with Image.open(path) as image:
                plate = ImageChops.invert(image.convert("L"))
            found.setdefault(int(match[1]), Plates(dpi)).inks[match[2]] = plate
    return [found[number] for number in sorted(found)]
