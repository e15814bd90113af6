"""The seal: a step before the hand-over, for the mail copy; for the archive copy only where the house says so.

PAdES B-B (ETSI EN 319 142-1), and B-T with a time-stamp service (RFC 3161). The seal is added behind the finished file,
whose bytes stay as they are. What is sealed once is kept and used again: a further seal would be another file.

Knows: files, keys. Must never know: where a file goes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from report.deliver.access import secret, tls
from report.deliver.settings import Settings
from report.deliver.step import Call, Hand, Plan, Result, Step
from report.deliver.whole import put_file
from report.errors import DeliveryFault
from report.findings import N_, Finding, Place
from report.parcel import Item, Parcel
from report.records import record, replace

if TYPE_CHECKING:
    from report.deliver.sealing import Key

NAME = "seal"
FOLDER = "sealed"
_TOKEN = ("module", "token", "label")


@record(frozen=True)
class Wishes:
    """A key: a PKCS#12 file, or a PKCS#11 module with the labels of token and certificate. And what is sealed by it."""

    file: Path | None = None
    module: Path | None = None
    token: str = ""
    label: str = ""
    roles: tuple[str, ...] = ("mail",)
    stamp: str = ""  # the address of a time-stamp service
    authority: Path | None = None  # PEM, for that service
    reason: str = ""
    place: str = ""
    timeout: int = 30  # seconds


def read(settings: Settings) -> Wishes | None:
    """Return what the house wishes; None where it has no seal."""
    if not settings.given:
        return None
    settings.known("certificate", *_TOKEN, "archive", "timestamp", "ca", "reason", "place", "timeout")
    named = [key for key in _TOKEN if key in settings]
    if ("certificate" in settings) == bool(named):
        message = N_("A seal needs its key: certificate: file.p12, or module, token and label of a PKCS#11 device.")
        settings.fault(settings.entry, message)
    for key in _TOKEN if named else ():
        settings.text(key, required=True)
    stamp = settings.text("timestamp")
    if stamp and not stamp.startswith(("https://", "http://")):  # the answer is signed itself
        settings.fault(settings.at("timestamp"), N_("“{value}” is no address of the web."), value=stamp)
    return Wishes(
        settings.path("certificate"),
        settings.path("module"),
        settings.text("token"),
        settings.text("label"),
        ("mail", "archive") if settings.flag("archive") else ("mail",),
        stamp,
        settings.path("ca"),
        settings.text("reason"),
        settings.text("place"),
        settings.number("timeout", 30, 1, 600),
    )


def plan(call: Call) -> Plan:
    """Return one step for each file that is to be sealed."""
    wishes: Wishes = call.settings
    for path in (one for one in (wishes.file, wishes.module) if one is not None and not one.is_file()):
        message = N_("seal: the file “{file}” is not there.")
        remedy = N_("Look at the house file, under deliver: seal.")
        raise DeliveryFault(Finding("deliver.seal", message, {"file": path.name}, Place(str(path)), remedy=remedy))
    keys: list[Key] = []  # read once, when the first step needs it

    def step(item: Item) -> Step:
        def run(_: Hand) -> Result:
            target = _place(call, item)
            if not (target.is_file() and target.read_bytes().startswith(item.data)):
                if not keys:
                    keys.append(_key(wishes, call))
                put_file(target, _sealed(item, keys[0], wishes, call))
            sealed = replace(item, data=target.read_bytes())
            return {"file": item.name, "sha256": sealed.sha256, "level": "B-T" if wishes.stamp else "B-B"}

        return Step(item.name, N_("“{file}” is sealed"), {"file": item.name}, run, (item.name,))

    return Plan(FOLDER, tuple(step(item) for item in call.parcel.of(*wishes.roles)))


def sealed(call: Call) -> Parcel:
    """Return the parcel with its sealed files; raise DeliveryFault where one is not what the journal says it is."""
    sums = {str(one.result["file"]): one.result["sha256"] for one in call.results(NAME, call.parcel.version.number)}
    items = []
    for item in call.parcel.items:
        if item.name in sums:
            path = _place(call, item)
            item = replace(item, data=path.read_bytes() if path.is_file() else b"")  # noqa: PLW2901 -- the same, sealed
            if item.sha256 != sums[item.name]:
                message = N_("The sealed file “{file}” is no longer what was sealed.")
                remedy = N_("Put it back from a backup: what has gone out was sealed once and is not sealed again.")
                raise DeliveryFault(
                    Finding("deliver.seal", message, {"file": item.name}, Place(str(path)), remedy=remedy)
                )
        items.append(item)
    return replace(call.parcel, items=tuple(items))


def _place(call: Call, item: Item) -> Path:
    return call.folder / FOLDER / f"v{call.parcel.version.number}" / item.name


def _key(wishes: Wishes, call: Call) -> Key:
    from report.deliver import sealing

    when = call.parcel.version.time
    if wishes.file is not None:
        return sealing.from_file(wishes.file, secret(NAME, "passphrase", wishes.file.name), when)
    assert wishes.module is not None
    return sealing.from_token(wishes.module, wishes.token, wishes.label, secret(NAME, "pin", wishes.token), when)


def _sealed(item: Item, key: Key, wishes: Wishes, call: Call) -> bytes:
    from report.deliver import sealing

    words = (wishes.reason, wishes.place, call.parcel.facts.contact.email)
    service = None
    if wishes.stamp:
        context = tls(NAME, wishes.authority)
        service = sealing.Service(wishes.stamp, context, wishes.timeout)
    return sealing.seal(item.data, key, words, call.parcel.version.time, service)
