"""A real mail server for the tests: aiosmtpd in a thread, certificates made here, and faults by order."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult

USER, PASSWORD = "presse", "geheim"


class Box:
    """What arrived, and the answers that are given before it may: of an address, of the data, in turn."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, tuple[str, ...], bytes]] = []
        self.recipients: dict[str, list[str]] = {}
        self.data: list[str] = []
        self.sender: list[str] = []
        self.asked: list[str] = []

    def arrived(self) -> Counter[str]:
        """Return how often each address got a message."""
        return Counter(address for _, addresses, _ in self.messages for address in addresses)

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.sender:
            return self.sender.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        self.asked.append(address)
        answers = self.recipients.get(address)
        if answers:
            answer = answers.pop(0) if len(answers) > 1 or answers[0][0] == "4" else answers[0]
            if answer[0] != "2":
                return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.data.pop(0) if self.data else "250 OK"
        if answer[0] not in "45":
            self.messages.append((envelope.mail_from, tuple(envelope.rcpt_tos), envelope.content))
        if answer in ("gone", "drop"):
            server.transport.close()
        return "250 OK" if answer == "gone" else answer


class _Counted(SMTP):
    """A connection that says when it is through with."""

    open = 0

    def connection_made(self, transport: Any) -> None:
        if self.transport is None:
            type(self).open += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        type(self).open -= 1
        super().connection_lost(error)


class Server:
    """A server on this machine; `security` is starttls, tls or none. Its authority's certificate lies at `ca`."""

    def __init__(self, folder: Path, security: str = "starttls", host: str = "localhost", login: bool = True) -> None:
        authority = trustme.CA()
        self.ca = folder / "ca.pem"
        authority.cert_pem.write_to_path(self.ca)
        self.box, self.security, self.login = Box(), security, login
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(host).configure_cert(self.context)
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.port = 0
        self._ready = threading.Event()

    def _made(self) -> SMTP:
        starttls = self.context if self.security == "starttls" else None
        return _Counted(self.box, hostname="localhost", tls_context=starttls, require_starttls=starttls is not None,
                        authenticator=self._authenticate, loop=self.loop,
                        auth_require_tls=self.security == "starttls", auth_required=self.login, timeout=60)  # fmt: skip

    def _authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        implicit = self.context if self.security == "tls" else None
        server = self.loop.run_until_complete(self.loop.create_server(self._made, "127.0.0.1", 0, ssl=implicit))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self.loop.run_forever()
        server.close()

    def __enter__(self) -> Server:
        self.thread.start()
        assert self._ready.wait(60)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(60)

    def settled(self) -> Box:
        """Wait until no connection is open any more, and return what has arrived."""
        for _ in range(6000):
            if _Counted.open <= 0:
                return self.box
            time.sleep(0.01)
        raise AssertionError("a connection stays open")

    def settings(self, roll: Path, **more: object) -> str:
        """Return the part of a house file that sends by this server."""
        given = {"server": "localhost", "port": self.port, "security": self.security, "ca": self.ca, "list": roll}
        given |= {"user": USER} if self.login else {}
        return "".join(f"{key}: {value}\n" for key, value in (given | more).items())


@contextlib.contextmanager
def talking(*lines: bytes) -> Iterator[int]:
    """Serve at a port one line an answer, whatever is asked; nothing more once all are said."""
    listener = socket.create_server(("127.0.0.1", 0))
    held: list[socket.socket] = []

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = listener.accept()
                held.append(line)
                for answer in lines:
                    line.sendall(answer)
                    line.recv(1000)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)  # the thread that waits at it wakes
        listener.close()
        thread.join(60)
        for line in held:
            line.close()
