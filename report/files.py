"""Files are written whole or not at all: under a temporary name beside the target, synced, then put in its place."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from report.errors import TargetFault
from report.findings import Finding, N_, Place


def write(path: Path, data: bytes) -> None:
    """Write `data` to `path`; raise TargetFault where that is impossible. A file already there is replaced only by a whole one.

    Where another program holds the target open, the new file is kept beside it under a name of its own.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise _fault(path, error) from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if os.name == "posix":  # mkstemp's files are for their owner alone; an office's folder is shared
            mask = os.umask(0)
            os.umask(mask)
            temporary.chmod(0o666 & ~mask)
        os.replace(temporary, path)
    except PermissionError:
        beside = path.with_name(f"{path.stem}-neu{path.suffix}")
        try:
            os.replace(temporary, beside)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise _fault(path, error) from None
        message = N_("“{file}” is held open by another program. The new file lies beside it as “{beside}”.")
        remedy = N_("Close the file there and run the command again.")
        values: dict[str, object] = {"file": path.name, "beside": beside.name}
        raise TargetFault(Finding("file.held", message, values, Place(str(path)), remedy=remedy)) from None
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _fault(path, error) from None


def _fault(path: Path, error: OSError) -> TargetFault:
    reason = error.strerror or str(error)
    message = N_("The file cannot be written: {reason}")
    return TargetFault(Finding("file.unwritable", message, {"reason": reason}, Place(str(path)), remedy=N_("Choose another folder with --out.")))
