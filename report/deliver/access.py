"""How a target gets at a server: passwords from the environment or the system's keyring, certificates always checked.

A password never stands in a file of ours, in the journal or in a message. Knows: the environment, the keyring, TLS.
Must never know: which protocol is spoken.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from report.errors import DeliveryFault
from report.findings import N_, Finding, Place

if TYPE_CHECKING:
    import ssl

LOCAL = ("localhost", "127.0.0.1", "::1")


_MISSING = {
    "password": N_("{target}: the password of “{account}” is neither in a variable nor in the system's keyring."),
    "token": N_("{target}: the token “{account}” is neither in a variable nor in the system's keyring."),
    "passphrase": N_("{target}: the passphrase of “{account}” is neither in a variable nor in the system's keyring."),
    "pin": N_("{target}: the PIN of “{account}” is neither in a variable nor in the system's keyring."),
}


def variable(target: str, what: str) -> str:
    """Return the environment variable in which a secret may stand: SATZSPIEGEL_MAIL_PASSWORD."""
    return f"SATZSPIEGEL_{target}_{what}".upper()


def service(target: str) -> str:
    """Return the name under which the system's keyring keeps a target's secrets."""
    return f"satzspiegel-{target}"


def secret(target: str, what: str, account: str) -> str:
    """Return a secret (`password`, `token`, `passphrase`, `pin`) of `account`; raise DeliveryFault without one."""
    found = os.environ.get(variable(target, what), "") or _keyring(service(target), account)
    if not found:
        remedy = N_("Put it into the keyring: keyring set {service} {account}, or set the variable {variable}.")
        values: dict[str, object] = {"target": target, "account": account}
        values |= {"service": service(target), "variable": variable(target, what)}
        raise DeliveryFault(Finding("deliver.secret", _MISSING[what], values, remedy=remedy))
    return found


def _keyring(name: str, account: str) -> str:
    """Ask the system's keyring; a machine without one knows nothing."""
    import keyring
    import keyring.errors

    try:
        return keyring.get_password(name, account) or ""
    except (keyring.errors.KeyringError, OSError, RuntimeError):
        return ""


def tls(target: str, authority: Path | None) -> ssl.SSLContext:
    """Return a context that checks certificates: by the system's authorities, and by the town's own, a PEM file.

    Raises DeliveryFault where that file cannot be read.
    """
    import ssl

    context = ssl.create_default_context()
    if authority is not None:
        try:
            context.load_verify_locations(cafile=str(authority))
        except (OSError, ssl.SSLError):
            message = N_("{target}: the certificates of “{file}” cannot be read.")
            remedy = N_("A PEM file is expected: ask whoever looks after the network.")
            values: dict[str, object] = {"target": target, "file": authority.name}
            raise DeliveryFault(
                Finding("deliver.authority", message, values, Place(str(authority)), remedy=remedy)
            ) from None
    return context
