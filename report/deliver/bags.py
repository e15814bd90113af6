"""Bags after BagIt 1.0 (RFC 8493): payload, manifests, tag files; as files of a folder, or packed.

The same contents give the same bytes: names in order, one time for all, nothing of the machine. Knows: names, bytes,
checksums. Must never know: what is in a file, or who takes the bag.
"""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from report.parcel import Parcel

_BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def bag(
    payload: Mapping[str, bytes], algorithms: Sequence[str], about: Iterable[tuple[str, str]], declared: bytes = _BAGIT
) -> dict[str, bytes]:
    """Return a bag's files by their path in it; `about` is what bag-info.txt says, an empty value is left out."""
    found = {f"data/{name}": data for name, data in payload.items()}
    tags = {"bagit.txt": declared, "bag-info.txt": _info([*about, ("Payload-Oxum", _oxum(payload))])}
    tags |= {f"manifest-{name}.txt": _manifest(found, name) for name in algorithms}
    tags |= {f"tagmanifest-{name}.txt": _manifest(tags, name) for name in algorithms}
    return {**found, **tags}


def _oxum(payload: Mapping[str, bytes]) -> str:
    """Return octets and streams (RFC 8493, 2.2.2): a first look whether all is there."""
    return f"{sum(len(data) for data in payload.values())}.{len(payload)}"


def _info(about: Iterable[tuple[str, str]]) -> bytes:
    """Return labels and values (RFC 8493, 2.2.2), one line each."""
    rows = ((label, " ".join(value.split())) for label, value in about)
    return "".join(f"{label}: {value}\n" for label, value in rows if value).encode()


def _manifest(files: Mapping[str, bytes], algorithm: str) -> bytes:
    """Return the checksums (RFC 8493, 2.1.3): in a path, what would end or begin its line is spelled."""
    rows = []
    for path in sorted(name for name in files if not name.startswith("tagmanifest-")):
        digest = hashlib.new(algorithm, files[path], usedforsecurity=False).hexdigest()
        spelled = re.sub(r"[%\r\n]", lambda found: f"%{ord(found[0]):02X}", path)
        rows.append(f"{digest}  {spelled}\n")
    return "".join(rows).encode()


def about(parcel: Parcel, name: str) -> list[tuple[str, str]]:
    """Return what bag-info.txt says of a parcel (RFC 8493, 2.2.2); `name` is the bag's own."""
    facts, version = parcel.facts, parcel.version
    reason = f" – Fassung {version.number}: {version.reason}" if version.reason else ""
    return [
        ("Source-Organization", facts.publisher),
        ("Organization-Address", facts.publisher_address),
        ("Contact-Name", ", ".join(one for one in (facts.contact.name, facts.contact.office) if one)),
        ("Contact-Phone", facts.contact.phone),
        ("Contact-Email", facts.contact.email),
        ("External-Description", f"{facts.title}{reason}"),
        ("Bagging-Date", version.time[:10]),
        ("External-Identifier", name),
        ("Bag-Group-Identifier", facts.id),
        ("Internal-Sender-Identifier", facts.filing.reference),
        ("Internal-Sender-Description", facts.filing.file_title),
    ]


def inside(name: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files as they stand in a packed bag: in one folder of its name."""
    return {f"{name}/{path}": data for path, data in files.items()}


def tarred(contents: Mapping[str, bytes], time: str) -> bytes:
    """Return the TAR (POSIX.1-1988, longer names as in 2001) of `contents`; `time` is 2026-11-25T17:51:48+01:00."""
    stream = io.BytesIO()
    seconds = int(datetime.fromisoformat(time).timestamp())
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT, encoding="utf-8") as packed:
        for folder in sorted({path.rpartition("/")[0] for path in contents}):
            packed.addfile(_entry(folder, seconds, tarfile.DIRTYPE, 0o755))
        for path, data in contents.items():
            entry = _entry(path, seconds, tarfile.REGTYPE, 0o644)
            entry.size = len(data)
            packed.addfile(entry, io.BytesIO(data))
    return stream.getvalue()


def _entry(path: str, seconds: int, kind: bytes, mode: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(path)
    entry.mtime, entry.type, entry.mode = seconds, kind, mode
    return entry
