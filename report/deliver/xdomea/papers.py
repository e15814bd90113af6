"""Which documents a publication is in the records: one for each layout's archive PDF, each with its own life.

A layout that joins later begins with version 1, and leaves the others at theirs. Knows: parcels, UUIDs. Must never
know: xdomea's elements.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from report.deliver.ids import uuid
from report.parcel import Item, Parcel, Version
from report.records import record, replace


@record(frozen=True)
class Paper:
    """A document: its file, its UUID for life, its number among the publication's documents, its versions so far.

    `attached`: what belongs to it.
    """

    item: Item
    uuid: str
    number: int
    versions: tuple[Version, ...]
    attached: tuple[Item, ...] = ()

    @property
    def told(self) -> str:
        """What the journal keeps: layout, UUID, version."""
        return f"{self.item.layout or '-'} {self.uuid} {len(self.versions)}"


def papers(parcel: Parcel, namespace: str, roles: tuple[str, ...], told: tuple[str, ...]) -> tuple[Paper, ...]:
    """Return the documents of a publication, those that came first before others, whatever the order of the layouts.

    A check report goes with the document of its layout, all else of `roles` with the first. `told`: what the journal
    keeps of the documents that went out before, whose UUIDs stay.
    """
    known = dict(_known(told))
    found = [_paper(parcel, item, namespace, known) for item in parcel.of("archive")]
    found.sort(key=lambda one: (one.versions[0].number, one.item.name))
    extras = tuple(item for role in roles for item in parcel.of(role))
    layouts = [one.item.layout for one in found]
    return tuple(
        replace(
            one,
            number=number,
            attached=tuple(
                item for item in extras if (layouts.index(item.layout) if item.layout in layouts else 0) == number - 1
            ),
        )
        for number, one in enumerate(found, 1)
    )


def _known(told: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for one in reversed(told):  # the first word on a layout stands
        layout, name, _ = one.split(" ")
        yield layout, name


def _paper(parcel: Parcel, item: Item, namespace: str, known: Mapping[str, str]) -> Paper:
    layout = item.layout or "-"
    name = known.get(layout) or uuid(namespace, "dokument", parcel.facts.id, layout)
    return Paper(item, name, 0, parcel.versions(item) or (parcel.version,))
