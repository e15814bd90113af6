"""Sender and receiver of a message.

Knows: xdomea's elements. Must never know: what is sent.
"""

from __future__ import annotations

from report.deliver.xdomea.wishes import Party, Wishes
from report.deliver.xml import Node, leaf, maybe, node
from report.parcel import Facts
from report.records import replace


def sender(wishes: Wishes, facts: Facts) -> Party:
    """Return who sends: as the house says, else publisher and department of the publication."""
    named = wishes.sender
    return replace(named, name=named.name or facts.publisher, unit=named.unit or facts.department)


def receiver(wishes: Wishes, facts: Facts) -> Party:
    """Return who receives: as the house says; information goes to the own authority's registry else."""
    named = wishes.receiver
    return named if named.name else Party(sender(wishes, facts).name, named.unit or "Registratur")


def contact(name: str, party: Party) -> Node:
    """Return a contact of version 3."""
    return node(
        name,
        _key(party),
        node("xdomea:Institution", leaf("xdomea:Name", party.name)),
        node("xdomea:Organisationseinheit", leaf("xdomea:Name", party.unit)) if party.unit else None,
    )


def reader(name: str, party: Party) -> Node:
    """Return a party in the head of version 4: `leser`, `autor`."""
    return node(name, node("xdomea:NameInstitution", leaf("xdomea:Name", party.name)))


def _key(party: Party) -> Node | None:
    if not (party.key or party.prefix):
        return None
    listed = {"listURI": party.key_list, "listVersionID": party.key_version}
    return node(
        "xdomea:Behoerdenkennung",
        node("xdomea:Behoerdenschluessel", leaf("code", party.key), **listed) if party.key else None,
        node("xdomea:Praefix", maybe("code", party.prefix), listURI="", listVersionID="") if party.prefix else None,
    )
