"""The output intent: which colours the file's numbers mean. Knows: profiles. Must never know: swatches."""

from __future__ import annotations

from functools import lru_cache
from zlib import compress

from report.finish.file import text
from report.finish.objects import dictionary
from report.finish.volume import Volume
from report.paths import shipped
from report.printer import SHIPPED, Printer

_SRGB = "sRGB IEC61966-2.1"
_REGISTRY = "http://www.color.org"
_BUILT = "Built from the characterisation data FOGRA39L (coated paper, offset); not a profile of FOGRA or ECI"


@lru_cache(maxsize=1)
def _profile() -> bytes:
    return compress(shipped("assets", "profiles", "sRGB.icc").read_bytes(), 9)


@lru_cache(maxsize=4)
def _press(printer: Printer, stamp: int) -> bytes:
    return compress(printer.icc(), 9)


def declare(volume: Volume) -> None:
    """Embed the profile of screen or press and name it, where an ordered standard wants it."""
    kind = volume.ordered.intent
    if not kind:
        return
    if kind == "GTS_PDFX":
        printer = volume.printer
        data = _press(printer, printer.profile.stat().st_mtime_ns)
        shipped_one = printer.profile.name == SHIPPED
        words = {
            "OutputConditionIdentifier": text(printer.condition),
            "RegistryName": text(_REGISTRY),
            "Info": text(_BUILT if shipped_one else printer.profile.stem),
        }
        if printer.condition == "Custom":  # no name of the registry
            del words["RegistryName"]
    else:
        data, words = _profile(), {"OutputConditionIdentifier": text(_SRGB), "Info": text(_SRGB)}
    profile = volume.file.stream(data, b"/N %d/Filter/FlateDecode" % (4 if kind == "GTS_PDFX" else 3), deflate=False)
    intent = {"Type": "/OutputIntent", "S": f"/{kind}", **words, "DestOutputProfile": b"%d 0 R" % profile}
    volume.catalogue["OutputIntents"] = b"[%d 0 R]" % volume.file.add(dictionary(intent))
