"""What the house says of xdomea, and what hinders a message.

Knows: settings, facts. Must never know: how a message is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from report.deliver.settings import Settings
from report.findings import N_, Finding, Place
from report.parcel import Facts
from report.records import record

VERSIONS = ("3.0.0", "3.1.0", "4.0.0")
# number -> the message's name
MESSAGES = {"0101": "Information.Information", "0401": "Abgabe.Abgabe", "0503": "Aussonderung.Aussonderung"}
ATTACHED = ("report", "picture", "mail", "text", "html", "source", "original", "record")
_GRADES = ("001", "002", "003", "004", "005")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@record(frozen=True)
class Party:
    """Who sends or receives: the authority, its office, and the authority's key in the list that it is taken from."""

    name: str = ""
    unit: str = ""
    key: str = ""
    key_list: str = ""
    key_version: str = ""
    prefix: str = ""


@record(frozen=True)
class Wishes:
    """The house's own part. `grades`: its words for confidentiality -> codes of the list Vertraulichkeitsstufe."""

    house: Path
    path: Path | None = None
    version: str = VERSIONS[0]
    message: str = "0101"
    agreement: str = ""
    sender: Party = Party()
    receiver: Party = Party()
    namespace: str = ""  # for whom UUIDs are unique; else the sender's name
    schemas: Path | None = None
    pattern: str = ""
    example: str = ""
    attached: tuple[str, ...] = ATTACHED[:2]
    internal: str = ""
    confidential: str = ""
    confirm: bool = False  # the receiver is asked to confirm that the message has come


def read(settings: Settings) -> Wishes:
    """Return what the house wishes."""
    settings.known(
        "path", "version", "message", "agreement", "sender", "receiver", "namespace", "schemas", "reference-pattern",
        "reference-example", "attachments", "grades", "confirm",
    )  # fmt: skip
    grades = settings.below("grades")
    grades.known("internal", "confidential")
    pattern = settings.text("reference-pattern")
    try:
        re.compile(pattern)
    except re.error as error:
        message = N_("This pattern cannot be read: {reason}.")
        settings.fault(settings.at("reference-pattern"), message, reason=str(error))
        pattern = ""
    return Wishes(
        house=settings.file,
        path=settings.path("path"),
        version=settings.choice("version", VERSIONS),
        message=settings.choice("message", tuple(MESSAGES)),
        agreement=settings.text("agreement"),
        sender=_party(settings.below("sender")),
        receiver=_party(settings.below("receiver")),
        namespace=settings.text("namespace"),
        schemas=settings.path("schemas"),
        pattern=pattern,
        example=settings.text("reference-example"),
        attached=settings.texts("attachments", ATTACHED) if "attachments" in settings else ATTACHED[:2],
        internal=_grade(grades, "internal"),
        confidential=_grade(grades, "confidential"),
        confirm=settings.flag("confirm"),
    )


def _party(settings: Settings) -> Party:
    settings.known("name", "unit", "key", "key-list", "key-version", "prefix")
    found = Party(
        name=settings.text("name"),
        unit=settings.text("unit"),
        key=settings.text("key"),
        key_list=settings.text("key-list"),
        key_version=settings.text("key-version"),
        prefix=settings.text("prefix"),
    )
    if found.key and not (found.key_list and found.key_version):
        message = N_("A key of an authority needs the list that it is taken from: key-list and key-version.")
        settings.fault(settings.at("key"), message)
    return found


def _grade(settings: Settings, key: str) -> str:
    return settings.choice(key, _GRADES) if key in settings else ""


def grade(wishes: Wishes, confidentiality: str) -> str:
    """Return the code of a word for confidentiality; nothing where the house has none for it."""
    return {"open": "003", "internal": wishes.internal, "confidential": wishes.confidential}[confidentiality]


def hindrances(wishes: Wishes, facts: Facts) -> Iterator[Finding]:
    """Walk what speaks against a message: facts that the publication lacks, an agreement that the house lacks."""
    yield from _agreed(wishes)
    yield from _filed(wishes, facts)
    if not (wishes.sender.name or facts.publisher):
        message = N_("xdomea: nobody is named as the sender.")
        remedy = N_("Write the authority into the house file, under deliver: xdomea: sender: name: …")
        yield Finding("xdomea.sender", message, {}, Place(str(wishes.house)), remedy=remedy)
    if not grade(wishes, facts.filing.confidentiality):
        message = N_("xdomea knows only the grades of classified matter; the house has none for “{word}”.")
        remedy = N_("Ask the registry, and write into the house file: deliver: xdomea: grades: {word}: 003.")
        values: dict[str, object] = {"word": facts.filing.confidentiality}
        yield Finding("xdomea.grade", message, values, Place(str(wishes.house)), remedy=remedy)


def _agreed(wishes: Wishes) -> Iterator[Finding]:
    """Walk what a message to another authority or to the archive lacks: it goes out by agreement only."""
    if wishes.message == "0101":
        return
    values: dict[str, object] = {"message": f"{MESSAGES[wishes.message]}.{wishes.message}"}
    if not wishes.agreement:
        message = N_("xdomea: the message {message} goes out by agreement only, and the house names none.")
        remedy = N_("Write under deliver: xdomea: agreement: … what was agreed with whom; or take message: 0101.")
        yield Finding("xdomea.agreement", message, values, Place(str(wishes.house)), remedy=remedy)
    if not wishes.receiver.name:
        message = N_("xdomea: the message {message} needs its receiver.")
        remedy = N_("Write the authority or the archive under deliver: xdomea: receiver: name: …")
        yield Finding("xdomea.receiver", message, values, Place(str(wishes.house)), remedy=remedy)


def _filed(wishes: Wishes, facts: Facts) -> Iterator[Finding]:
    """Walk what is wrong with the sign of the file, and with the UUIDs of file and process."""
    reference = facts.filing.reference
    if not reference and not facts.filing.file_uuid:
        message = N_("xdomea: the publication has no file reference (Aktenzeichen): nobody could file it.")
        remedy = N_("Write it into the article: file_reference: {example}. The registry knows it.")
        values: dict[str, object] = {"example": wishes.example or "13-42-11/2024"}
        yield Finding("xdomea.reference", message, values, Place(path="file_reference"), remedy=remedy)
    if reference and wishes.pattern and not re.fullmatch(wishes.pattern, reference):
        message = N_("xdomea: the file reference “{reference}” has not the form of the town's filing plan.")
        remedy = N_("It looks like {example}. Ask the registry for the right one.") if wishes.example else ""
        remedy = remedy or N_("Ask the registry for the right one.")
        values = {"reference": reference, "example": wishes.example}
        yield Finding("xdomea.reference-form", message, values, Place(path="file_reference"), remedy=remedy)
    for field, value in (("file_uuid", facts.filing.file_uuid), ("process_uuid", facts.filing.process_uuid)):
        if value and not _UUID.fullmatch(value):
            message = N_("xdomea: “{value}” is no UUID.")
            yield Finding("xdomea.uuid", message, {"value": value}, Place(path=f"records.{field}"))
