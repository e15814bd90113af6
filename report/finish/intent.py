"""The output intent: which colours the file's numbers mean. Knows: the shipped profile. Must never know: swatches."""

from __future__ import annotations

from functools import lru_cache
from zlib import compress

from report.finish.file import text
from report.finish.objects import dictionary
from report.finish.volume import Volume
from report.paths import shipped

_SRGB = "sRGB IEC61966-2.1"


@lru_cache(maxsize=1)
def _profile() -> bytes:
    return compress(shipped("assets", "profiles", "sRGB.icc").read_bytes(), 9)


def declare(volume: Volume) -> None:
    """Embed the profile of the screen and name it, where an ordered standard wants it."""
    if not volume.ordered.intent:
        return
    profile = volume.file.stream(_profile(), b"/N 3/Filter/FlateDecode", deflate=False)
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": text(_SRGB),
        "Info": text(_SRGB),
        "DestOutputProfile": b"%d 0 R" % profile,
    }
    volume.catalogue["OutputIntents"] = b"[%d 0 R]" % volume.file.add(dictionary(intent))
