"""One question to a server over HTTP, with limits on everything; trouble is told as what it is.

What may pass by itself (no line, no answer in time, a server that is busy) is `Away`: the caller decides whether the
question may be asked again. Certificates are always checked, no answer leads to another server. Knows: HTTP. Must never
know: what is asked.
"""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, NameResolutionError, NewConnectionError, SSLError, TimeoutError
from urllib3.fields import RequestField
from urllib3.filepost import encode_multipart_formdata

from report.deliver.access import secret, tls
from report.deliver.step import Hand
from report.errors import DeliveryFault
from report.findings import N_, Finding
from report.parcel import digest
from report.records import record

LONGEST = 20_000_000  # bytes of an answer that is no file
_BUSY = (429, 502, 503, 504)
_LONGEST_PAUSE = 60


@record(frozen=True)
class Access:
    """How a server is reached: its address, who asks, in what time, how often."""

    target: str
    address: str
    login: str = "basic"  # bearer, none
    account: str = ""
    authority: Path | None = None
    timeout: int = 30  # seconds for each single step of a question
    tries: int = 5


@record(frozen=True)
class Answer:
    """What a server says."""

    status: int
    data: bytes
    media: str = ""


class Away(Exception):
    """No answer, or one that says: later. `fault` is what is told when it stays so."""

    def __init__(self, fault: Finding, pause: int = 0) -> None:
        super().__init__(str(fault))
        self.fault, self.pause = fault, pause


class Wire:
    """A line to one server. Raises DeliveryFault without a password, or with an authority that cannot be read."""

    def __init__(self, access: Access, hand: Hand) -> None:
        self.access, self.hand = access, hand
        self.host = urlsplit(access.address).netloc
        context = tls(access.target, access.authority) if access.address.startswith("https:") else None
        wait = urllib3.Timeout(connect=access.timeout, read=access.timeout)
        self.pool = urllib3.PoolManager(ssl_context=context, timeout=wait, retries=False, headers=_login(access))

    def get(self, address: str, most: int = LONGEST, **fields: str) -> Answer:
        """Ask; again, with growing pauses, where there is no answer. Raises DeliveryFault."""
        asked = f"{address}?{urlencode(fields)}" if fields else address
        for attempt in range(self.access.tries):
            try:
                return self.once("GET", asked, most)
            except Away as away:
                if attempt + 1 == self.access.tries:
                    raise DeliveryFault(away.fault) from None
                self.pause(away, attempt)
        raise AssertionError("a question is asked at least once")

    def pause(self, away: Away, attempt: int) -> None:
        """Wait before another try, as long as the server asks for, or longer each time."""
        self.hand.wait(min(away.pause or 2**attempt, _LONGEST_PAUSE))

    def post(self, address: str, fields: Sequence[tuple[str, str]], content: tuple[str, bytes, str] | None) -> Answer:
        """Ask for something to be done, once; raises Away where nobody knows whether it was."""
        parts = [_part("_charset_", "UTF-8"), *(_part(name, value) for name, value in fields)]
        if content is not None:
            name, data, media = content
            head = {"Content-Disposition": f'form-data; name="content"; filename="{name}"', "Content-Type": media}
            parts.append(RequestField("content", data, headers=head))
        mark = digest(content[1] if content else b"")
        body, kind = encode_multipart_formdata(parts, boundary=f"satzspiegel-{mark[:40]}")
        return self.once("POST", address, LONGEST, body, {"Content-Type": kind})

    def once(
        self, method: str, address: str, most: int, body: bytes | None = None, head: dict[str, str] | None = None
    ) -> Answer:
        """Ask once; an answer of more than `most` bytes is none that we asked for."""
        response: Any = None
        try:
            headers = {**self.pool.headers, **(head or {})}
            response = self.pool.request(
                method, address, body=body, headers=headers, redirect=False, preload_content=False
            )
            data = response.read(most + 1)
        except SSLError as error:
            raise self._insecure(error) from None
        except HTTPError as error:
            raise Away(self._silent(error)) from None
        except ValueError:  # an answer that is no HTTP
            raise Away(self._silent(HTTPError())) from None
        finally:
            if response is not None:
                response.close()  # what was not read is of no use
        if response.status in _BUSY:
            later = response.headers.get("Retry-After", "")
            message = N_("{target}: the server “{host}” is busy (HTTP {status}).")
            remedy = N_("Order again later; what is done already is not done twice.")
            raise Away(self.fault("deliver.busy", message, remedy, status=response.status), _seconds(later))
        if len(data) > most:
            message = N_("{target}: the server “{host}” answers with more than was asked for.")
            raise DeliveryFault(self.fault("deliver.nonsense", message, _ADDRESS))
        return Answer(response.status, data, response.headers.get("Content-Type", ""))

    def fault(self, rule: str, message: str, remedy: str = "", **values: object) -> Finding:
        """Return a fault that names target and server."""
        told: dict[str, object] = {"target": self.access.target, "host": self.host, "account": self.access.account}
        return Finding(rule, message, {**told, **values}, remedy=remedy)

    def _silent(self, error: HTTPError) -> Finding:
        if isinstance(error, NameResolutionError):
            message = N_("{target}: no server of the name “{host}” is known.")
            return self.fault("deliver.unreachable", message, _ADDRESS)
        if isinstance(error, NewConnectionError):
            message = N_("{target}: the server “{host}” cannot be reached.")
            remedy = N_("Is the network up, and the server running? Order again later; nothing is done twice.")
            return self.fault("deliver.unreachable", message, remedy)
        if isinstance(error, TimeoutError):
            message = N_("{target}: the server “{host}” did not answer within {seconds} seconds.")
            remedy = N_("Order again later; if it is always slow, set timeout: higher in the house file.")
            return self.fault("deliver.slow", message, remedy, seconds=self.access.timeout)
        message = N_("{target}: the line to the server “{host}” broke off.")
        remedy = N_("Order again later; what is done already is not done twice.")
        return self.fault("deliver.broken", message, remedy)

    def _insecure(self, error: SSLError) -> Exception:
        cause = error.args[0] if error.args else None
        if isinstance(cause, ssl.SSLCertVerificationError):
            message = N_("{target}: the certificate of “{host}” does not fit: {reason}.")
            remedy = N_("Nothing was sent. A town's own authority is named by ca: file.pem; ask the network's people.")
            return DeliveryFault(self.fault("deliver.certificate", message, remedy, reason=cause.verify_message))
        return Away(self._silent(HTTPError()))


_ADDRESS = N_("Look at the address in the house file.")


def _login(access: Access) -> dict[str, str]:
    if access.login == "basic":
        password = secret(access.target, "password", access.account)
        return urllib3.make_headers(basic_auth=f"{access.account}:{password}".encode().decode("latin-1"))
    if access.login == "bearer":
        return {"authorization": f"Bearer {secret(access.target, 'token', access.account or 'token')}"}
    return {}


def _part(name: str, value: str) -> RequestField:
    head = {"Content-Disposition": f'form-data; name="{name}"', "Content-Type": "text/plain; charset=UTF-8"}
    return RequestField(name, value.encode(), headers=head)


def _seconds(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 4 else 0
