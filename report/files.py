"""Files are written whole or not at all: under a temporary name beside the target, synced, then put in its place."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from report.errors import TargetFault
from report.findings import N_, Finding, Place

_REASONS = {
    errno.EACCES: N_("You have no right to write here."),
    errno.EPERM: N_("You have no right to write here."),
    errno.EISDIR: N_("A folder of this name is in the way."),
    errno.EFBIG: N_("The file is larger than this drive or account allows."),
    errno.EDQUOT: N_("Your share of the drive is full."),
    errno.EINVAL: N_("The file's name has characters that this drive does not allow."),
    errno.EIO: N_("The drive or the network reports a fault."),
    errno.EROFS: N_("Nothing can be written here: the drive is for reading only."),
    errno.ENOSPC: N_("The drive is full."),
    errno.ENOENT: N_("The folder cannot be made here."),
    errno.ENOTDIR: N_("The folder cannot be made here: a file of its name is in the way."),
    errno.EEXIST: N_("The folder cannot be made here: a file of its name is in the way."),
    errno.ENAMETOOLONG: N_("The file's name or path is too long."),
}


def write(path: Path, data: bytes) -> None:
    """Write `data` to `path`; raise TargetFault where that is impossible.

    A file already there is replaced only by a whole one. Where another program holds the target open, the new file is
    kept beside it under a name of its own.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise fault(path, error) from None
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
            raise fault(path, error) from None
        message = N_("“{file}” is held open by another program. The new file lies beside it as “{beside}”.")
        remedy = N_("Close the file there and run the command again.")
        values: dict[str, object] = {"file": path.name, "beside": beside.name}
        raise TargetFault(Finding("file.held", message, values, Place(str(path)), remedy=remedy)) from None
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise fault(path, error) from None
    except BaseException:  # interrupted
        temporary.unlink(missing_ok=True)
        raise


def stash(path: Path, data: bytes) -> None:
    """Write what may be lost at any time, for its owner alone, whole or not at all; raise OSError where impossible."""
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def sync(folder: Path) -> None:
    """See a folder's new names safe on the drive, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # a network drive that knows no such thing
        pass
    finally:
        os.close(handle)


def fault(path: Path, error: OSError) -> TargetFault:
    """Return what hinders writing at `path`, in words of ours."""
    message = _REASONS.get(error.errno or 0, N_("The file cannot be written: {reason}."))
    values: dict[str, object] = {"reason": error.strerror or str(error)}
    return TargetFault(
        Finding("file.unwritable", message, values, Place(str(path)), remedy=N_("Choose another folder with --out."))
    )
