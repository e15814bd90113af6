"""Parcels for the tests of hand-over: small ones by hand, and the ways of a run that is killed.

A real parcel of the sample comes from `sample`, made once a session by the program itself.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from report import deliver
from report.datafile import parse
from report.deliver import Handed, Journal, Settings
from report.deliver.step import Call
from report.errors import LayoutFault
from report.parcel import Facts, Filing, Item, Parcel, Reach, Version
from report.records import replace

TIME = "2026-11-25T16:30:00+01:00"
PDF = b"%PDF-1.7\n% not a real one: what is in a file is no business of a target\n%%EOF\n"

FACTS = Facts(
    id="familienkommune",
    title="Ausgezeichnet familienfreundlich",
    kicker="Landespreis Familienkommune 2024",
    standfirst="Gladbeck trägt den Landespreis „Familienkommune 2024“.",
    date="2024-12-10",
    department="Presse- und Öffentlichkeitsarbeit",
    publisher="Stadt Gladbeck",
    publisher_address="Willy-Brandt-Platz 2, 45964 Gladbeck",
    responsible="Erika Muster",
    rights="© Stadt Gladbeck",
    keywords=("Gladbeck", "Familie"),
    contact=Reach("Pressestelle", "Erika Muster", "02043 99-0", "presse@example.org"),
    online="https://www.example.org/familie",
    filing=Filing(
        reference="13-42-11/2024",
        file_title="Öffentlichkeitsarbeit 2024",
        process="13-42-11/2024-17",
        process_title="Landespreis",
        kind="Broschüre",
        years=10,
    ),
    draft=False,
    released_by="Presse- und Öffentlichkeitsarbeit",
    released_on="2024-12-10",
    pages=4,
    deposit=True,
    quotations=3,
    deposit_from=4,
)


def items() -> tuple[Item, ...]:
    """Return the files of a small publication, one of each role."""
    stem = FACTS.id
    text = "Ausgezeichnet familienfreundlich\n\nGladbeck trägt den Landespreis „Familienkommune 2024“.\n"
    head = f'<!DOCTYPE html><html lang="de"><head><title>{FACTS.title}</title></head>'
    page = f"{head}<body><p>Gladbeck</p></body></html>"
    pdf = "application/pdf"
    read = ("ua1", "a2a")
    return (
        Item("archive", f"{stem}-brochure-archive.pdf", pdf, PDF + b"archive", FACTS.title, layout="brochure",
             standards=read, kind="Broschüre"),
        Item("mail", f"{stem}-brochure-mail.pdf", pdf, PDF + b"mail", FACTS.title, layout="brochure", standards=read,
             kind="Broschüre"),
        Item("text", f"{stem}-web-text.txt", "text/plain; charset=utf-8", text.encode(), FACTS.title, layout="web",
             kind="Webseite"),
        Item("html", f"{stem}-web-html.html", "text/html; charset=utf-8", page.encode(), FACTS.title, layout="web",
             kind="Webseite"),
        Item("source", f"{stem}-quelle.yaml", "application/yaml", b"id: familienkommune\nheadline: A\n"),
        Item("picture", f"{stem}-bild-1-rathaus.jpg", "image/jpeg", b"\xff\xd8\xff\xd9", caption="Das Rathaus",
             credit="Foto: Erika Muster", alt="Ein Haus mit Turm"),
        Item("report", f"{stem}-brochure-pruefbericht.pdf", pdf, PDF + b"report"),
        Item("record", f"{stem}-brochure-pruefbericht-daten.json", "application/json", b"{}\n"),
    )  # fmt: skip


def parcel(number: int = 1, **facts: Any) -> Parcel:
    """Return a parcel; `facts` exchange some of FACTS, a further version has other files."""
    every = [Version(one, TIME, "" if one == 1 else "Name korrigiert", _sums(one)) for one in range(1, number + 1)]
    return Parcel(replace(FACTS, **facts), _files(number), every[-1], tuple(every))


def with_leaflet(number: int = 1, *, joins: int = 1) -> Parcel:
    """Return a parcel with a second layout, which is there from version `joins` on: that version adds it alone."""
    given = parcel(number if joins == 1 else number - 1)
    leaflet = replace(given.items[0], name=f"{FACTS.id}-leaflet-archive.pdf", data=PDF + b"leaflet", layout="leaflet",
                      kind="Faltblatt")  # fmt: skip
    every = list(given.earlier)
    if joins > 1:
        every.append(Version(joins, TIME, "", dict(every[-1].files)))
    for at in range(joins - 1, len(every)):
        every[at] = replace(every[at], files={**every[at].files, leaflet.name: leaflet.sha256})
    return replace(given, items=(*given.items, leaflet), version=every[-1], earlier=tuple(every))


def _files(number: int) -> tuple[Item, ...]:
    first, *others = items()
    return (first if number == 1 else replace(first, data=first.data + str(number).encode()), *others)


def _sums(number: int) -> dict[str, str]:
    return {item.name: item.sha256 for item in _files(number)}


def ticking() -> Callable[[], str]:
    """Return a clock that goes on by a second at each look."""
    seconds = count()
    return lambda: f"2026-11-25T16:30:{next(seconds) % 60:02}+01:00"


def settings(name: str, text: str = "", folder: Path = Path()) -> Any:
    """Return what a target reads of a house file whose `deliver` part holds `text`; raises LayoutFault."""
    entry = parse(text.encode(), folder / "house.yaml", LayoutFault) if text.strip() else None
    given = Settings(folder / "house.yaml", entry)
    found = deliver.target(name).read(given)
    given.stop(LayoutFault)
    return found


def call(name: str, folder: Path, given: Parcel, text: str = "", *, send: bool = False) -> Call:
    """Return what the target `name` is asked, with the journal in `folder` as it stands."""
    done = Journal(folder, ticking()).done()
    return Call(given, settings(name, text, folder), folder, folder, done, send)


def hand_over(
    name: str, folder: Path, given: Parcel, text: str = "", *, send: bool = False, again: bool = False
) -> Handed:
    """Hand a parcel over to one target, as the spine does it."""
    journal = Journal(folder, ticking())
    with journal.held():
        if journal.version(given.version.files) is None:
            journal.begin(given.version.files, given.version.reason)
        plan = deliver.target(name).plan(call(name, folder, given, text, send=send))
        number = given.version.number
        return deliver.hand_over(given.facts.id, name, number, plan, journal, lambda *_: None, lambda _: None, again)


# -- a run that is killed --

_TOUCHES = frozenset(
    "open os.rename os.mkdir os.rmdir os.remove shutil.rmtree socket.connect smtplib.send http.client.send".split()
)


def killed_at(touch: int, run: Callable[[], object]) -> bool:
    """Run in a process of its own, which is killed before its `touch`-th touch of drive or net; tell whether it was.

    What touches is seen by the interpreter's own audit events; the code under test is what it always is.
    """
    left = iter(range(touch))

    def kill() -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    return os.WIFSIGNALED(_watched(run, kill))


def touches(run: Callable[[], object]) -> int:
    """Run in a process of its own and count its touches of drive or net."""
    reader, writer = os.pipe()

    def count() -> None:
        os.write(writer, b"x")

    _watched(run, count)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        return len(stream.read())


def _watched(run: Callable[[], object], touched: Callable[[], None]) -> int:
    """Run in a process of its own, in which `touched` is called before each touch; return how it ended."""
    child = os.fork()
    if child == 0:

        def watch(event: str, arguments: Sequence[Any]) -> None:
            if event in _TOUCHES and not (event == "open" and _reads(arguments)):
                touched()

        sys.addaudithook(watch)
        try:
            run()
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1]


def _reads(arguments: Sequence[Any]) -> bool:
    _, mode, flags = (*arguments, None, None, None)[:3]
    return not (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)) and mode in (None, "r", "rb")


def points(run: Callable[[], object], most: int = 1000) -> Iterator[int]:
    """Walk 0, 1, 2 … as long as a run is killed there: every touch of a whole run, each on what the last one left."""
    for touch in range(most):
        if not killed_at(touch, run):
            return
        yield touch
    raise AssertionError("the run never ends")


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder, but for the journal and its lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "hand-over" not in path.name
    }
