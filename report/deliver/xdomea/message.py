"""A message: its head, the record object, its name.

Knows: xdomea's three forms of a message. Must never know: where it goes.
"""

from __future__ import annotations

from report.deliver.ids import uuid
from report.deliver.xdomea.codes import code
from report.deliver.xdomea.objects import Case, record_object
from report.deliver.xdomea.parties import contact, reader, receiver, sender
from report.deliver.xdomea.wishes import MESSAGES
from report.deliver.xml import Node, given, leaf, node, written

_PRODUCT = "Satzspiegel"


def exchange(case: Case) -> str:
    """Return the UUID of the process that the message belongs to: one for each version of each kind of message."""
    words = (case.facts.id, case.wishes.message, str(case.parcel.version.number))
    return uuid(case.namespace, "nachricht", *words)


def stem(case: Case) -> str:
    """Return the name of ZIP and XML without their endings, as the standard prescribes it."""
    number = case.wishes.message
    tail = f"{number}_1" if case.four else f"{MESSAGES[number]}.{number}"
    return f"{exchange(case)}_{tail}"


def message(case: Case) -> bytes:
    """Return the message as it stands in the ZIP."""
    wishes = case.wishes
    name = f"xdomea:{MESSAGES[wishes.message]}.{wishes.message}"
    head = _head_four(case) if case.four else (_head(case),)
    root = node(name, head, node("xdomea:Schriftgutobjekt", record_object(case)))
    space = {"xmlns:xdomea": f"urn:xoev-de:xdomea:schema:{wishes.version}"}
    if case.four:
        told = {"produkt": _PRODUCT, "produkthersteller": _PRODUCT, "standard": "xdomea", "version": wishes.version}
        return written(given(root, {**space, **told}))
    return written(given(root, space))


def _head(case: Case) -> Node:
    wishes, facts = case.wishes, case.facts
    return node(
        "xdomea:Kopf",
        leaf("xdomea:ProzessID", exchange(case)),
        code("xdomea:Nachrichtentyp", "nachrichtentyp", "2.0", wishes.message, MESSAGES[wishes.message]),
        leaf("xdomea:Erstellungszeitpunkt", case.parcel.version.time),
        contact("xdomea:Absender", sender(wishes, facts)),
        contact("xdomea:Empfaenger", receiver(wishes, facts)),
        node("xdomea:SendendesSystem", leaf("xdomea:Produktname", _PRODUCT)),
        _basis(case),
        _confirmations(case),
    )


def _basis(case: Case) -> Node | None:
    agreement = case.wishes.agreement
    return leaf("xdomea:Hinweis", f"Grundlage: {agreement}") if agreement else None


def _confirmations(case: Case) -> tuple[Node, ...]:
    """Return what the receiver is asked to confirm; import always, where the standard has it so."""
    number = case.wishes.message
    asked = leaf("xdomea:Empfangsbestaetigung", "1" if case.wishes.confirm else "0")
    imported = leaf("xdomea:Importbestaetigung", "1")
    if number == "0503":
        return imported, leaf("xdomea:RueckmeldungArchivkennung", "0"), asked
    return (imported, asked) if number == "0401" else (asked,)


def _head_four(case: Case) -> tuple[Node, ...]:
    wishes, facts = case.wishes, case.facts
    kind = code("nachrichtentyp", "nachrichtentyp", "3.0", wishes.message, MESSAGES[wishes.message])
    identity = node(
        "xdomea:identifikation.nachricht",
        leaf("nachrichtenUUID", uuid(exchange(case), "1")),
        kind,
        leaf("erstellungszeitpunkt", case.parcel.version.time),
    )
    head = node(
        "xdomea:nachrichtenkopf",
        identity,
        reader("xdomea:leser", receiver(wishes, facts)),
        reader("xdomea:autor", sender(wishes, facts)),
        leaf("xdomea:ProzessID", exchange(case)),
        _basis(case),
    )
    counted = leaf("xdomea:LfdNrNachrichtProTyp", "1"), leaf("xdomea:GesamtanzahlNachrichtenProTyp", "1")
    # only a handing-over is counted: several messages of one kind may belong to it
    return head, *_confirmations(case), *(() if wishes.message == "0101" else counted)
