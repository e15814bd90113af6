"""What the house says of its packages for an archive that takes E-ARK, and what hinders one.

Knows: settings, facts. Must never know: how a package is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from report.deliver.settings import Settings
from report.findings import N_, Finding, Place
from report.parcel import Parcel
from report.records import record

VERSIONS = ("2.1.0", "2.2.0")


@record(frozen=True)
class Body:
    """An organisation: its name, and the code by which the archive knows it."""

    name: str = ""
    code: str = ""


@record(frozen=True)
class Wishes:
    """The house's own part; `schemas`: a folder of the office's whose schemas travel with the package."""

    house: Path
    path: Path | None = None
    version: str = VERSIONS[0]
    form: str = "zip"
    submitter: Body = Body()
    archive: Body = Body()
    agreement: str = ""
    namespace: str = ""
    schemas: Path | None = None


def read(settings: Settings) -> Wishes:
    """Return what the house wishes."""
    settings.known("path", "version", "form", "submitter", "archive", "agreement", "namespace", "schemas")
    return Wishes(
        house=settings.file,
        path=settings.path("path"),
        version=settings.choice("version", VERSIONS),
        form=settings.choice("form", ("zip", "folder")),
        submitter=_body(settings.below("submitter")),
        archive=_body(settings.below("archive")),
        agreement=settings.text("agreement"),
        namespace=settings.text("namespace"),
        schemas=settings.path("schemas"),
    )


def _body(settings: Settings) -> Body:
    settings.known("name", "code")
    found = Body(settings.text("name"), settings.text("code"))
    if found.code and not found.name:
        settings.fault(settings.at("code"), N_("A code needs the name of the organisation that has it."))
    return found


def hindrances(wishes: Wishes, parcel: Parcel) -> Iterator[Finding]:
    """Walk what speaks against a package."""
    if not (wishes.submitter.name or parcel.facts.publisher):
        message = N_("eark: nobody is named who submits the package.")
        remedy = N_("Write the authority into the house file, under deliver: eark: submitter: name: …")
        yield Finding("eark.submitter", message, {}, Place(str(wishes.house)), remedy=remedy)
    if not parcel.of("archive"):
        message = N_("{target}: there is no archive PDF: only that is filed.")
        remedy = N_("The findings of the archive edition say why.")
        yield Finding("deliver.archive", message, {"target": "eark"}, remedy=remedy)
