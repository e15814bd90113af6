"""What the house says of its mail: who writes it, what goes with it, by which server and to whom it goes.

Knows: settings. Must never know: articles, servers' answers.
"""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path

from report.deliver.access import LOCAL
from report.deliver.mail.addresses import Mailbox, Unfit, mailbox
from report.deliver.settings import Settings
from report.findings import N_
from report.records import record

_SIZE = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)\s*(kB|KB|MB)")
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
BUDGET = 2_000_000


@record(frozen=True)
class Server:
    """How a server is reached: `security` is starttls, tls, or none for one on the same machine."""

    host: str
    port: int
    security: str
    user: str
    authority: Path | None
    timeout: int  # seconds
    tries: int


@record(frozen=True)
class Wishes:
    """`path`: where the draft lies; None: in the publication's own folder. `block`: recipients to a message."""

    path: Path | None = None
    sender: Mailbox | None = None
    reply: Mailbox | None = None
    to: tuple[Mailbox, ...] = ()
    subject: str = ""
    pictures: bool = False
    budget: int = BUDGET
    server: Server | None = None
    list: Path | None = None
    skip: bool = False
    block: int = 50


def read(settings: Settings) -> Wishes:
    """Return what the house wishes."""
    settings.known(*(
        "path from reply_to to subject pictures budget list broken block single "
        "server port security user ca timeout tries"
    ).split())  # fmt: skip
    single = settings.flag("single")
    return Wishes(
        path=settings.path("path"),
        sender=_mailbox(settings, "from"),
        reply=_mailbox(settings, "reply_to"),
        to=_mailboxes(settings),
        subject=settings.text("subject"),
        pictures=settings.flag("pictures"),
        budget=_budget(settings),
        server=_server(settings),
        list=settings.path("list"),
        skip=settings.choice("broken", ("stop", "skip")) == "skip",
        block=1 if single else settings.number("block", 50, 1, 1000),
    )


def _mailbox(settings: Settings, key: str) -> Mailbox | None:
    text = settings.text(key)
    if not text:
        return None
    try:
        return mailbox(text)
    except Unfit:
        message = N_("“{value}” is no mail address.")
        remedy = N_("Write it as Pressestelle <presse@example.org>, or as presse@example.org.")
        settings.fault(settings.at(key), message, remedy, value=text)
        return None


def _mailboxes(settings: Settings) -> tuple[Mailbox, ...]:
    found = []
    for text in settings.texts("to"):
        try:
            found.append(mailbox(text))
        except Unfit:
            settings.fault(settings.at("to"), N_("“{value}” is no mail address."), value=text)
    return tuple(found)


def _budget(settings: Settings) -> int:
    """Return a size in bytes."""
    text = settings.text("budget")
    if not text:
        return BUDGET
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        settings.fault(settings.at("budget"), N_("“{value}” is no size: write it as 2 MB or 800 kB."), value=text)
        return BUDGET
    return round(float(match[1].replace(",", ".")) * (1_000_000 if match[2] == "MB" else 1000))


def _server(settings: Settings) -> Server | None:
    """Return how the server is reached; never in the clear but on this machine."""
    host = settings.text("server")
    security = settings.choice("security", tuple(_PORTS))
    if host and security == "none" and not local(host):
        message = N_("Mail goes in the clear only to a server on this machine; “{host}” is another one.")
        remedy = N_("Write security: starttls or security: tls.")
        settings.fault(settings.at("security"), message, remedy, host=host)
    found = Server(
        host=host,
        port=settings.number("port", _PORTS.get(security, 587), 1, 65535),
        security=security,
        user=settings.text("user"),
        authority=settings.path("ca"),
        timeout=settings.number("timeout", 60, 1, 600),
        tries=settings.number("tries", 5, 1, 20),
    )
    return found if host else None


def local(host: str) -> bool:
    """Tell whether a host's name or address is this very machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() in LOCAL
