"""The line to a mail server: opened with checked certificates, one message at a time, every answer understood.

What the server says of one recipient is kept as its code, never with its words: an address may stand in them. Knows:
SMTP. Must never know: lists, journals.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Callable, Sequence
from contextlib import suppress

from report.deliver.access import secret, tls
from report.deliver.mail.wishes import Server, local
from report.errors import DeliveryFault
from report.findings import N_, Finding
from report.records import record

_FULL = frozenset({452, 552})  # too many recipients at once: those left over go later

_AUTHORITY = (
    N_("mail: the certificate of “{host}” is from an authority that this machine does not know. Nothing was sent."),
    N_("If the town has an authority of its own, name its file: ca: datei.pem."),
)
_NAME = (
    N_("mail: the certificate was not made out for “{host}”. Nothing was sent."),
    N_("Write under server: the name that the certificate has, or ask whoever looks after the mail server."),
)
_TIME = (
    N_("mail: the certificate of “{host}” is not valid today. Nothing was sent."),
    N_("Ask whoever looks after the mail server; and look whether this machine's clock is right."),
)
_CERTIFICATE = {9: _TIME, 10: _TIME, 62: _NAME, 64: _NAME}  # OpenSSL's numbers of what does not fit


class Postponed(Exception):
    """The server cannot just now: another try, after a pause, may succeed."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Doubtful(Exception):
    """The message was handed in, and the server's answer did not come."""


@record(frozen=True)
class Answer:
    """What a server says of a message's recipients: accepted, refused for good and put off, with their codes."""

    accepted: tuple[str, ...]
    refused: dict[str, str]
    later: dict[str, str]


class Line:
    """A connection that is opened when it is needed, and again after it was lost. Raises DeliveryFault, Postponed."""

    def __init__(self, server: Server, sender: str) -> None:
        self.server, self.sender = server, sender
        self.line: smtplib.SMTP | None = None

    def open(self) -> smtplib.SMTP:
        """Return the open line, encrypted and logged in."""
        if self.line is not None:
            return self.line
        try:
            self.line = self._connected()
            self._login(self.line)
        except (OSError, smtplib.SMTPException) as error:
            self.drop()
            raise self._reason(error) from None
        except BaseException:
            self.drop()
            raise
        return self.line

    def _connected(self) -> smtplib.SMTP:
        given, own = self.server, self.sender.rpartition("@")[2]
        if given.security == "tls":
            line: smtplib.SMTP = smtplib.SMTP_SSL(
                given.host, given.port, own, timeout=given.timeout, context=tls("mail", given.authority)
            )
        else:
            line = smtplib.SMTP(given.host, given.port, own, timeout=given.timeout)
        self.line = line
        line.ehlo_or_helo_if_needed()
        if given.security == "starttls":
            line.starttls(context=tls("mail", given.authority))
            line.ehlo_or_helo_if_needed()
        if given.security == "none" and not (line.sock and local(line.sock.getpeername()[0])):
            raise smtplib.SMTPNotSupportedError
        return line

    def _login(self, line: smtplib.SMTP) -> None:
        user = self.server.user
        if not user:
            return
        password = secret("mail", "password", user)
        if (user + password).isascii():
            line.login(user, password)
            return
        told = b64encode(f"\0{user}\0{password}".encode()).decode()
        code, answer = line.docmd("AUTH", f"PLAIN {told}")  # smtplib's own login takes ASCII only
        if code not in (235, 503):
            raise smtplib.SMTPAuthenticationError(code, answer)

    def offer(self, size: int, addresses: Sequence[str]) -> Answer:
        """Name sender and recipients of a message of `size` bytes."""
        line = self.open()
        try:
            options = [f"size={size}"] if line.has_extn("size") else []
            refuses = N_("mail: the server takes nothing from the sender “{sender}” ({code}).")
            self._heeded(*line.mail(self.sender, options), refuses)
            accepted: list[str] = []
            refused: dict[str, str] = {}
            later: dict[str, str] = {}
            for address in addresses:
                code, words = line.rcpt(address)
                if code in (250, 251):
                    accepted.append(address)
                elif 400 <= code < 500 or code in _FULL:
                    later[address] = _code(code, words)
                elif 500 <= code < 600:
                    refused[address] = _code(code, words)
                else:
                    raise smtplib.SMTPResponseException(code, words)
                if code == 421:
                    raise smtplib.SMTPServerDisconnected
            if not accepted:
                line.rset()
        except (OSError, smtplib.SMTPException) as error:
            self.drop()
            raise self._lost(error) from None
        return Answer(tuple(accepted), refused, later)

    def hand_in(self, data: bytes, begun: Callable[[], None]) -> None:
        """Hand the message in; `begun` is called before the first byte of it. Raises Doubtful without an answer."""
        line = self.open()
        refused = N_("mail: the server “{host}” refuses the message ({code}).")
        try:
            code, words = line.docmd("DATA")
            if code != 354:
                self._heeded(code, words, refused)
                raise smtplib.SMTPResponseException(code, words)
        except (OSError, smtplib.SMTPException) as error:
            self.drop()
            raise self._lost(error) from None
        begun()
        try:
            line.send(re.sub(rb"(?m)^\.", b"..", data) + b".\r\n")
            code, words = line.getreply()
            if not 200 <= code < 600:
                raise smtplib.SMTPServerDisconnected
        except (OSError, smtplib.SMTPException) as error:
            self.drop()
            raise Doubtful from error
        self._heeded(code, words, refused)

    def _heeded(self, code: int, words: bytes, refused: str) -> None:
        """Raise what an answer means: Postponed for 4xx, DeliveryFault for 5xx."""
        if 200 <= code < 400:
            return
        self.drop()
        if 400 <= code < 500:
            raise Postponed(_code(code, words))
        if 500 <= code < 600:
            remedy = N_("Ask whoever looks after the mail server what the number means.")
            raise self._fault("mail.refuses", refused, remedy, sender=self.sender, code=_code(code, words))
        raise smtplib.SMTPResponseException(code, words)

    def _lost(self, error: Exception) -> Exception:
        """Return what it means that an open line failed: the server went away and may come back."""
        slow = isinstance(error.__context__, TimeoutError)
        if isinstance(error, smtplib.SMTPServerDisconnected | ConnectionError) and not slow:
            return Postponed("–")
        return self._reason(error)

    def _fault(self, rule: str, message: str, remedy: str = "", **values: object) -> DeliveryFault:
        told = {"host": self.server.host, "port": self.server.port, **values}
        return DeliveryFault(Finding(rule, message, told, remedy=remedy))

    def _reason(self, error: Exception) -> Exception:
        """Return in words of ours what keeps the line from opening."""
        admin = N_("Ask whoever looks after the mail server.")
        if isinstance(error, ssl.SSLCertVerificationError):
            message, remedy = _CERTIFICATE.get(error.verify_code, _AUTHORITY)
            return self._fault("mail.certificate", message, remedy)
        if isinstance(error, ssl.SSLError):
            message = N_("mail: “{host}” does not speak TLS at port {port}. Nothing was sent.")
            return self._fault("mail.tls", message, N_("Look at port and security in the house file."))
        if isinstance(error, smtplib.SMTPAuthenticationError):
            if 400 <= error.smtp_code < 500:
                return Postponed(str(error.smtp_code))
            message = N_("mail: “{host}” does not accept the password of “{user}”.")
            remedy = N_("Put the right one into the keyring; docs/uebergabe.md says how.")
            return self._fault("mail.login", message, remedy, user=self.server.user)
        if isinstance(error, smtplib.SMTPNotSupportedError):
            message = N_("mail: “{host}” offers no encryption, or no login, at port {port}. Nothing was sent.")
            return self._fault("mail.security", message, N_("Look at port and security in the house file."))
        if isinstance(error, smtplib.SMTPResponseException) and 400 <= error.smtp_code < 500:
            return Postponed(str(error.smtp_code))
        own = isinstance(getattr(error, "smtp_error", b""), str)  # smtplib's word for a line that never ends
        if isinstance(error, smtplib.SMTPResponseException) and 500 <= error.smtp_code < 600 and not own:
            message = N_("mail: “{host}” refuses the connection ({code}).")
            return self._fault("mail.refuses", message, admin, code=error.smtp_code)
        if isinstance(error, smtplib.SMTPException) and not isinstance(error.__context__, TimeoutError):
            return self._fault("mail.answers", N_("mail: “{host}” does not answer as a mail server does."), admin)
        if isinstance(error, TimeoutError | smtplib.SMTPException):
            message = N_("mail: “{host}” does not answer within {seconds} seconds.")
            return self._fault("mail.slow", message, admin, seconds=self.server.timeout)
        message = N_("mail: the server “{host}” cannot be reached at port {port}.")
        remedy = N_("Look whether the name is right and the network there; then order again: nothing is sent twice.")
        return self._fault("mail.unreachable", message, remedy)

    def close(self) -> None:
        """Say goodbye."""
        if self.line is not None:
            with suppress(OSError, smtplib.SMTPException):
                self.line.quit()
        self.drop()

    def drop(self) -> None:
        """Let the line go, whatever state it is in."""
        if self.line is not None:
            with suppress(OSError):
                self.line.close()
        self.line = None


def _code(code: int, words: bytes) -> str:
    """Return the number of an answer, with its further digits where it has them: 550 5.1.1."""
    further = re.match(rb"[245]\.\d{1,3}\.\d{1,3}", words)
    return f"{code} {further[0].decode()}" if further else str(code)
