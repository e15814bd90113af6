"""What an order names, looked up: layouts, editions, standards, and which of them go together.

Knows: the racks. Must never know how anything is made.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from report import layoutfile
from report.editions import EDITIONS, Edition
from report.errors import OrderFault
from report.findings import N_, Finding
from report.layout import Layout
from report.order import TAKEN, Job
from report.printer import Printer
from report.standards import Ordered, combine

FLOWING = "web"  # the layout that flows where the order names none that does
_MOST_DIGITS = 11  # of a number of seconds: the year 5138


def layouts(job: Job) -> list[Layout]:
    """Return the layouts; two of one name would write the same files."""
    found = [layoutfile.load(name) for name in job.layouts]
    names = [one.name for one in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        message = N_("Two layouts are called “{name}”: the files of one would replace those of the other.")
        raise OrderFault(*(Finding("order.same-layout", message, {"name": name}) for name in twice))
    return found


def parted(layouts: Sequence[Layout], editions: Sequence[Edition]) -> list[tuple[Layout, list[Edition]]]:
    """Return each layout with the editions that are made from it; raise OrderFault where one is left with none."""
    paged = [edition for edition in editions if edition.paged]
    flowing = [edition for edition in editions if not edition.paged]
    if flowing and not any(layout.flows for layout in layouts):
        layouts = [*layouts, layoutfile.load(FLOWING)]
    faults = []
    if paged and all(layout.flows for layout in layouts):
        message = N_("The layout “{layout}” has no pages: the edition “{edition}” cannot be made from it.")
        remedy = N_("Order the editions html and text, or name a layout with pages as well.")
        values: dict[str, object] = {"layout": layouts[0].name, "edition": paged[0].name}
        faults.append(Finding("order.flow", message, values, remedy=remedy))
    for layout in layouts:
        if layout.flows and not flowing:
            message = N_("From the layout “{layout}” html and text are made, and neither is ordered.")
            remedy = N_("Add html or text behind --edition, or leave the layout out.")
            faults.append(Finding("order.flow", message, {"layout": layout.name}, remedy=remedy))
    if faults:
        raise OrderFault(*faults[:1])
    return [(layout, flowing if layout.flows else paged) for layout in layouts if layout.flows or paged]


def idle(job: Job, found: Sequence[Layout]) -> list[Finding]:
    """Return the note that layouts with pages made nothing, where the order names some and no edition has pages."""
    names = [layout.name for layout in found if not layout.flows]
    paged = any(EDITIONS[name].paged for name in job.editions)
    if paged or not names or job.layouts == TAKEN:  # nobody need have named it
        return []
    message = N_("Web page and text are made from the layout “{flowing}”; no file is made from “{names}”.")
    remedy = N_("Add an edition with pages behind --edition (mail, archive, print, office), or leave the layout out.")
    flowing = next((layout.name for layout in found if layout.flows), FLOWING)
    values: dict[str, object] = {"flowing": flowing, "names": ", ".join(names)}
    return [Finding("order.idle", message, values, severity="note", remedy=remedy)]


def editions(job: Job) -> list[Edition]:
    """Return the editions of the order; raise OrderFault for unknown ones."""
    unknown = [name for name in job.editions if name not in EDITIONS]
    if unknown:
        known = ", ".join(EDITIONS)
        message = N_("There is no edition “{name}”. Known: {known}.")
        raise OrderFault(*(Finding("order.edition", message, {"name": name, "known": known}) for name in unknown))
    return [EDITIONS[name] for name in job.editions]


def standards(job: Job, wanted: Sequence[Edition], printer: Printer) -> dict[str, Ordered]:
    """Return the standards of each edition: the job's, else the printer's or the edition's own; without pages none."""
    found = {}
    for edition in wanted:
        press = edition.ink == "press"
        if not edition.paged:
            found[edition.name] = combine(())
            continue
        names = job.standards or ((printer.standard,) if press else edition.standards)
        ordered = found[edition.name] = combine(names)
        if (ordered.intent == "GTS_PDFX") != press or (edition.margin and names):
            message = N_("The edition “{edition}” cannot follow {names}: X is for print, UA and A are for reading.")
            values: dict[str, object] = {"edition": edition.name, "names": ", ".join(names)}
            remedy = N_("Order editions of one kind with --standards, the others by themselves.")
            raise OrderFault(Finding("order.standards-edition", message, values, remedy=remedy))
    if all(edition.ink == "press" for edition in wanted):
        printer.icc()  # refused here, before any work
    return found


def epoch() -> str:
    """Return the moment that SOURCE_DATE_EPOCH names; raise OrderFault where it is no number of seconds."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if seconds and not (seconds.isascii() and seconds.isdigit() and len(seconds) <= _MOST_DIGITS):
        message = N_("SOURCE_DATE_EPOCH is “{value}”: a number of seconds since 1970 is expected, such as 1733788800.")
        raise OrderFault(Finding("order.epoch", message, {"value": seconds}))
    if not seconds:
        return ""
    from datetime import UTC, datetime

    return f"{datetime.fromtimestamp(int(seconds), UTC):%Y-%m-%dT%H:%M:%SZ}"


def unprintable(edition: Edition, printer: Printer) -> OrderFault | None:
    """Return what keeps the edition from being made for this printer, while others are made; else None."""
    try:
        if edition.ink == "press":
            printer.icc()
    except OrderFault as fault:
        return fault
    return None


def imposed(edition: Edition, printer: Printer) -> bool:
    """Tell whether the printer wants a stapled publication's sheets too; most shops impose by themselves."""
    return edition.ink == "press" and printer.order == "sheets"
