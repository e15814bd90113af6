"""Files and folders at a target appear whole and are never replaced: what lies there is left, or is in the way.

They are made under a name that begins with a dot and ends in `.part`, synced, then renamed. What a killed run left
under such a name is ours and is made anew. Knows: paths, bytes. Must never know: what is filed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from report import files
from report.errors import DeliveryFault, TargetFault
from report.findings import N_, Finding, Place
from report.parcel import digest
from report.records import replace


def put_file(path: Path, data: bytes) -> None:
    """Put a file at `path`; the same file there is enough. Raises TargetFault, or DeliveryFault for another file."""
    try:
        if _lies(path, data):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        _write(part, data)
        _rename(part, path)
    except OSError as error:
        raise fault(path, error) from None


def put_watched(path: Path, data: bytes, note: Path) -> bool:
    """Put a file into a folder that another program empties; tell False where it was put before, and taken since.

    `note` is a file in a folder of our own: it is written when all is ready but the name. Raises as `put_file` does.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        if note.exists() and not part.exists() and not path.exists():
            return False
        if not _lies(path, data):
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(part, data)
            put_file(note, b"")
            _rename(part, path)
    except OSError as error:
        raise fault(path, error) from None
    return True


def put_package(path: Path, data: bytes, kept: Path, told: Mapping[str, object]) -> dict[str, object]:
    """Put a package as `put_watched` does; return what the journal keeps: `told`, its checksum, if it was taken."""
    lies = put_watched(path, data, kept)
    return {**told, "sha256": digest(data), **({} if lies else {"taken": "ja"})}


def note(folder: Path, name: str, place: str) -> Path:
    """Return where `put_watched` notes, in the publication's own `folder`, that `name` was put at `place`."""
    mark = digest(place.encode())[:8]
    return folder / f".{name}-{mark}"


def put_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Put a folder of files (`data/x.pdf` is a file in a folder of it) at `folder`, as `put_file` puts a file."""
    try:
        if folder.exists():
            _same(folder, contents)
            return
        part = folder.with_name(f".{folder.name}.part")
        if part.exists():
            shutil.rmtree(part)
        folder.parent.mkdir(parents=True, exist_ok=True)
        for name, data in contents.items():
            _write(part / name, data)
        for inner in sorted({(part / name).parent for name in contents}):
            files.sync(inner)
        _rename(part, folder)
    except OSError as error:
        raise fault(folder, error) from None


def there(folder: Path | None) -> None:
    """Raise TargetFault where the folder that the house names is not there: a drive that is away is never made anew."""
    if folder is None or folder.is_dir():
        return
    message = N_("The folder “{name}” is not there, or no folder.")
    remedy = N_("See that the drive is connected and the path in the house file is right, then give the order again.")
    raise TargetFault(Finding("deliver.no-folder", message, {"name": folder.name}, Place(str(folder)), remedy=remedy))


def holds(folder: Path, contents: Mapping[str, bytes]) -> bool:
    """Tell whether the folder holds just `contents`; what cannot be read does not."""
    try:
        _same(folder, contents)
    except (OSError, DeliveryFault):
        return False
    return folder.is_dir()


def fault(path: Path, error: OSError) -> TargetFault:
    """Return what hinders writing at a target; what is done already stays done."""
    (found,) = files.fault(path, error).faults
    remedy = N_("See to the target's drive, then give the order again: what is done already is not done twice.")
    return TargetFault(replace(found, remedy=remedy))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _rename(part: Path, path: Path) -> None:
    """Give what is whole its name; what has come there meanwhile stays."""
    if path.exists():
        raise _in_the_way(path)
    os.rename(part, path)
    files.sync(path.parent)


def _lies(path: Path, data: bytes) -> bool:
    """Tell whether just this file lies there; raise DeliveryFault where another one does."""
    if not path.exists():
        return False
    if not path.is_file() or path.read_bytes() != data:
        raise _in_the_way(path)
    with suppress(OSError):  # left by a run that was killed before the rename
        path.with_name(f".{path.name}.part").unlink()
    return True


def _same(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Raise DeliveryFault where the folder holds something else than `contents`."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    if found != set(contents) or any((folder / name).read_bytes() != data for name, data in contents.items()):
        raise _in_the_way(folder)


def _in_the_way(path: Path) -> DeliveryFault:
    message = N_("“{name}” lies at the target already, with other contents. Nothing was replaced.")
    remedy = N_("Look what it is. Give it another name there, then order again.")
    return DeliveryFault(Finding("deliver.in-the-way", message, {"name": path.name}, Place(str(path)), remedy=remedy))
