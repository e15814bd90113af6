"""Bad lines and odd servers for the tests of hand-over by HTTP: a relay that breaks at any question, fixed answers."""

from __future__ import annotations

import http.client
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

Said = tuple[int, bytes]


@contextmanager
def serving(
    answer: Callable[[BaseHTTPRequestHandler, bytes], Said | None], context: ssl.SSLContext | None = None
) -> Iterator[str]:
    """Serve what `answer` says; where it says None it has dealt with the line itself. Gives scheme, host and port."""

    class Line(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            said = answer(self, body)
            if said is not None:
                self.say(*said)

        do_POST = do_GET  # noqa: N815 -- http.server's name

        def say(self, status: int, data: bytes, cut: int = 0) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data[: len(data) - cut])

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Line)
    server.daemon_threads = True
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"{'https' if context else 'http'}://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


class Relay:
    """Passes questions on to a real server; does `fault` to the question of number `at`, counted from 0."""

    def __init__(self, to: str, at: int = -1, fault: str = "") -> None:
        self.to, self.at, self.fault, self.count = urlsplit(to), at, fault, 0

    def __call__(self, line: BaseHTTPRequestHandler, body: bytes) -> Said | None:
        number, self.count = self.count, self.count + 1
        fault = self.fault if number == self.at else ""
        if fault == "busy":
            return 503, b""
        if fault == "deaf":  # the line breaks before the server hears of it
            line.close_connection = True
            return None
        there = http.client.HTTPConnection(self.to.netloc, timeout=60)
        kept = {name: value for name, value in line.headers.items() if name.lower() not in ("connection", "host")}
        there.request(line.command, line.path, body or None, {**kept, "Host": line.headers["Host"]})
        heard = there.getresponse()
        data = heard.read()
        there.close()
        if fault == "mute":  # done, and nobody is told
            line.close_connection = True
            return None
        if fault == "half":
            line.say(heard.status, data + b" ", 1 + len(data) // 2)  # type: ignore[attr-defined]
            line.close_connection = True
            return None
        return heard.status, data
