"""Mail addresses: their syntax, and the form in which they go over the wire.

What stands before the @ is of the letters that every server takes; what stands behind it may be a domain with umlauts
(IDNA 2008). Knows: RFC 5321 and 5322 as far as people use them. Must never know: whose address it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from report.records import record

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_NAMED = re.compile(r"\s*(?P<name>[^<>]*?)\s*<(?P<address>[^<>]*)>\s*")
# what a header must never hold: line ends and other controls; signs that turn the reading direction
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_TURNS = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

Reason = Literal["missing", "malformed", "letters", "domain", "quotes", "cells"]


class Unfit(Exception):
    """No address that mail can be sent to: for want of one, for its form, its letters, its domain."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


@record(frozen=True)
class Mailbox:
    """A name for people and an address in its form for servers; the name may be empty."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.address.rpartition("@")[2]

    @property
    def written(self) -> str:
        """The address as people write it, its domain with umlauts."""
        import idna

        return f"{self.address.rpartition('@')[0]}@{idna.decode(self.domain)}"


def one_line(text: str) -> str:
    """Return `text` as one line of signs that may stand in a header: line ends and controls become one space."""
    return " ".join(_TURNS.sub("", _CONTROLS.sub(" ", text)).split())


def wired(address: str) -> str:
    """Return an address as servers take it, its domain in small ASCII letters; raise Unfit."""
    if not address:
        raise Unfit("missing")
    local, at, domain = address.rpartition("@")
    if not (local and at and domain) or "@" in local:
        raise Unfit("malformed")
    if not local.isascii():
        raise Unfit("letters")
    if not _LOCAL.fullmatch(local) or len(local) > 64:
        raise Unfit("malformed")
    return f"{local}@{_domain(domain)}"


@lru_cache(maxsize=4096)
def _domain(domain: str) -> str:
    """Return a domain in its ASCII form; raise Unfit."""
    import idna

    if domain.startswith("[") or "." not in domain.strip("."):
        raise Unfit("domain")
    try:
        found = idna.encode(domain.lower(), std3_rules=True, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise Unfit("domain") from None
    if found.endswith(".") or found.rpartition(".")[2].isdecimal() or len(found) > 253:
        raise Unfit("domain")
    return found


def mailbox(text: str) -> Mailbox:
    """Return `Name <address>`, or an address alone, as a mailbox; raise Unfit."""
    match = _NAMED.fullmatch(text)
    if match is None:
        return Mailbox("", wired(text.strip()))
    return Mailbox(one_line(match["name"]).strip("\"' "), wired(match["address"].strip()))
