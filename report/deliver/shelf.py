"""What an archive takes of a publication, and under which names: none that differs from another in its ending alone.

Knows: parcels. Must never know: in which package the archive wants it.
"""

from __future__ import annotations

from collections.abc import Iterable

from report.errors import DeliveryFault
from report.findings import N_, Finding
from report.parcel import Item, Parcel

# a web page and a mail's copy say the same in other forms: an archive keeps one that lasts, and the mail as it went out
ROLES = ("archive", "text", "source", "picture", "original", "report", "record")


def items(parcel: Parcel) -> tuple[Item, ...]:
    """Return the files that an archive takes, in the parcel's order."""
    return parcel.of(*ROLES)


def named(files: Iterable[Item]) -> dict[str, bytes]:
    """Return the files by name; raise DeliveryFault where two names differ in their ending or in capitals alone."""
    found: dict[str, Item] = {}
    faults = []
    for item in files:
        other = found.setdefault(item.stem.casefold(), item)
        if other is not item:
            message = N_("“{one}” and “{other}” differ in their ending alone: an archive takes one of them only.")
            remedy = N_("Give one of them another name, for instance another key of the picture.")
            values: dict[str, object] = {"one": other.name, "other": item.name}
            faults.append(Finding("deliver.same-name", message, values, remedy=remedy))
    if faults:
        raise DeliveryFault(*faults)
    return {item.name: item.data for item in found.values()}
