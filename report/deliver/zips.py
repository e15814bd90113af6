"""A ZIP file that is the same for the same files: their order, one time for all, nothing of the machine.

The files are stored as they are: pictures and PDF are small already, and each library presses otherwise.
Knows: names, bytes. Must never know: what is packed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def zipped(contents: Mapping[str, bytes], time: str) -> bytes:
    """Return the ZIP of `contents`; `time` is 2026-11-25T17:51:48+01:00 and stands in it as the clock showed it."""
    day, clock = time[:10].split("-"), time[11:19].split(":")
    moment = (max(int(day[0]), 1980), int(day[1]), int(day[2]), int(clock[0]), int(clock[1]), int(clock[2]))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as packed:
        for name, data in contents.items():
            entry = zipfile.ZipInfo(name, moment)
            entry.create_system = 3  # wherever it was made
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, data)
    return stream.getvalue()
