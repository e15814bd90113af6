"""A records system by CMIS 1.1: folder path, document or its new version, mapped properties, read back and compared.

Knows: parcels, the house's mapping. Must never know: which system answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from report.deliver import facts, mapping, seal
from report.deliver.access import LOCAL
from report.deliver.settings import Settings
from report.deliver.step import Call, Hand, Plan, Result, Step
from report.errors import DeliveryFault
from report.findings import N_, Finding
from report.parcel import ROLES, Item, digest
from report.records import record

if TYPE_CHECKING:
    from report.deliver.browser import Repository
    from report.deliver.wire import Access

NAME = "cmis"
_KEYS = "url repository folder type folder-type files properties login account ca security timeout tries requires"
_NAMED = "cmis:name"


@record(frozen=True)
class Wishes:
    """The server, where in it the files go, as what, with which properties."""

    access: Access
    repository: str = ""
    folder: str = ""
    type: str = "cmis:document"
    folder_type: str = "cmis:folder"
    roles: tuple[str, ...] = ("archive",)
    name: str = "{document.name}"
    properties: Mapping[str, str] = {}
    requires: tuple[str, ...] = ()


def read(settings: Settings) -> Wishes:
    """Return what the house wishes."""
    settings.known(*_KEYS.split())
    properties = settings.below("properties")
    given = {key: properties.text(key) for key in properties}
    given = {key: mapping.checked(properties, key, NAME, text, pattern=False) for key, text in given.items() if text}
    folder = mapping.checked(settings, "folder", NAME, settings.text("folder"), pattern=True)
    if "folder" in settings and not all(part.strip() for part in folder.strip("/").split("/")):
        message = N_("“{value}” is no path of a folder, such as /Presse/{{year}}/{{reference}}.")
        settings.fault(settings.at("folder"), message, value=folder)
    return Wishes(
        _access(settings),
        settings.text("repository"),
        folder,
        settings.text("type", "cmis:document"),
        settings.text("folder-type", "cmis:folder"),
        settings.texts("files", ROLES) or ("archive",),
        given.pop(_NAMED, "{document.name}"),
        given,
        settings.texts("requires", facts.NAMES),
    )


def _access(settings: Settings) -> Access:
    from report.deliver.wire import Access

    url = settings.text("url").rstrip("/")
    secure = settings.choice("security", ("tls", "none")) == "tls"
    login = settings.choice("login", ("basic", "bearer", "none"))
    account = settings.text("account")
    if url:
        _check(settings, url, secure)
        if login == "basic" and not account:
            settings.fault(settings.entry, N_("“{key}” is missing here."), key="account")
    timeout, tries = settings.number("timeout", 30, 1, 600), settings.number("tries", 5, 1, 20)
    return Access(NAME, url, login, account, settings.path("ca"), timeout, tries)


def _check(settings: Settings, url: str, secure: bool) -> None:
    """Keep a fault where the address is none, carries a password, or goes over the line in the clear."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if not host or parts.scheme not in ("https", "http") or parts.query or parts.fragment:
        settings.fault(settings.at("url"), N_("“{value}” is no address of the web."), value=url.rpartition("@")[2])
    elif parts.username is not None:
        message = N_("A login has no place in the address: it belongs under account, its password into the keyring.")
        settings.fault(settings.at("url"), message)
    elif parts.scheme == "http" and (secure or host not in LOCAL):
        message = N_("The address must begin with https: in the clear (security: none) only on the same machine.")
        settings.fault(settings.at("url"), message)


def plan(call: Call) -> Plan:
    """Return one step for each file; raise DeliveryFault for all that is missing. Opens no connection."""
    wishes: Wishes = call.settings
    items = call.parcel.of(*wishes.roles)
    faults = [_unset(key) for key in ("url", "folder") if not {"url": wishes.access.address}.get(key, wishes.folder)]
    if not items:
        message = N_("{target}: there is no file of the kind {roles} to hand over.")
        faults.append(Finding("deliver.nothing", message, {"target": NAME, "roles": ", ".join(wishes.roles)}))
    for item in items[:1]:
        known = mapping.values(call.parcel, item)
        asked = dict.fromkeys((*mapping.holes(wishes.folder), *mapping.holes(wishes.name), *wishes.requires))
        faults += facts.missing(NAME, call.parcel.facts, tuple(asked), known)
    names = [_name(call, item) for item in items]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1 or not name):
        message = N_("{target}: several files would have the same name “{name}”.")
        remedy = N_("Let cmis:name be made with {{document.role}} or {{document.name}}.")
        faults.append(Finding("deliver.names", message, {"target": NAME, "name": name}, remedy=remedy))
    if faults:
        raise DeliveryFault(*faults)
    lines: list[Repository] = []
    place = f"{wishes.access.address} {wishes.repository}".strip()
    new = [item for item in items if not call.lies(NAME, place, item.name, item)]
    return Plan(place, tuple(_step(call, item, lines, number, len(new)) for number, item in enumerate(new)))


def _unset(key: str) -> Finding:
    message = N_("{target}: the house file does not say {key}.")
    remedy = N_("Write it under deliver: {target}: {key}.")
    return Finding("deliver.settings", message, {"target": NAME, "key": key}, remedy=remedy)


def _name(call: Call, item: Item) -> str:
    return mapping.plain(mapping.filled(call.settings.name, mapping.values(call.parcel, item)))


def _folder(call: Call, item: Item) -> str:
    known = mapping.values(call.parcel, item)
    parts = call.settings.folder.strip("/").split("/")
    return "/" + "/".join(mapping.plain(mapping.filled(part, known)) for part in parts)


def _step(call: Call, item: Item, lines: list[Repository], number: int, of: int) -> Step:
    """Return the step for one file, the `number`-th `of` so many; `lines` holds the server once it is reached."""
    wishes: Wishes = call.settings
    folder, name = _folder(call, item), _name(call, item)

    def run(hand: Hand) -> Result:
        from report.deliver.browser import Repository
        from report.deliver.filing import Filing, Wanted
        from report.deliver.wire import Wire

        hand.progress(number, of)
        if not lines:
            lines.append(Repository(Wire(wishes.access, hand), wishes.repository))
        parcel = call.parcel
        earlier = [one for one in call.results(NAME) if one.step == item.name and one.version < parcel.version.number]
        wanted = Wanted(
            item, folder, name, wishes.type, wishes.folder_type,
            mapping.Mapped(NAME, wishes.properties, mapping.values(parcel, item)),
            parcel.version.number, parcel.version.reason, _note(call, item),
            tuple((str(one.result["object"]), str(one.result["label"])) for one in earlier),
            frozenset(_sums(call, item)),
        )  # fmt: skip
        return Filing(lines[0], wanted, hand).done()

    values: dict[str, object] = {"file": item.name, "name": f"{folder}/{name}"}
    return Step(item.name, N_("“{file}” as “{name}”, or as its new version"), values, run, (item.name,))


def _sums(call: Call, item: Item) -> Iterator[str]:
    """Walk the checksums that the file had in earlier versions, without and with its seal."""
    yield from (one.files[item.name] for one in call.parcel.earlier if item.name in one.files)
    for one in call.results(seal.NAME):
        if one.result.get("file") == item.name and one.version < call.parcel.version.number:
            yield str(one.result["sha256"])


def _note(call: Call, item: Item) -> Path:
    wishes: Wishes = call.settings
    where = f"{wishes.access.address} {wishes.repository}"
    mark = digest(where.encode())[:8]
    return call.folder / f".{NAME}-{item.stem}-{mark}"
