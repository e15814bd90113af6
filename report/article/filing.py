"""Where a publication belongs in the town's records: what the registry needs beside the sign of the file.

Knows: written forms, words. Must never know which system takes the records.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from report.article.declare import Choice, Form, Kind, Scalar, term
from report.article.kinds import TEXT
from report.article.refusal import Refusal
from report.findings import N_

_YEARS = re.compile(r"(\d{1,3})\s*(jahre?|years?)?", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_MOST_YEARS = 200


class Retention(NamedTuple):
    """For how long the records are kept once their file is closed: so many years, or without end."""

    years: int | None = None
    unlimited: bool = False

    def __str__(self) -> str:
        return "unbegrenzt" if self.unlimited else f"{self.years} Jahre"


def retention(text: str) -> Retention:
    """Read `10 Jahre`, `10` or `unbegrenzt`; raise Refusal."""
    if text.casefold() in ("unbegrenzt", "dauernd", "unlimited"):
        return Retention(unlimited=True)
    match = _YEARS.fullmatch(text)
    if match is None or not 0 < int(match[1]) <= _MOST_YEARS:
        raise Refusal(N_("“{read}” is no time of retention."), N_("Write “10 Jahre” or “unbegrenzt”."), read=text)
    return Retention(int(match[1]))


def uuid(text: str) -> str:
    """Read a UUID (RFC 9562); raise Refusal."""
    if not _UUID.fullmatch(text.lower()):
        remedy = N_("Ask the registry for it; it looks like 4d7b1c4e-3b0f-4a52-9a8d-1f0c2b7e6a55.")
        raise Refusal(N_("“{read}” is no UUID."), remedy, read=text)
    return text.lower()


RETENTION: Kind[Retention | None] = Scalar(retention, None)
UUID: Kind[str] = Scalar(uuid, "", type="string")


class Filing(Form):
    """What a registry needs: file, process, kind, confidentiality, and a hint how long to keep it."""

    file_title: str = term(TEXT, "Betreff der Akte", "Wie die Akte heißt, zu der das Aktenzeichen gehört.")
    file_uuid: str = term(UUID, "Akten-ID", "UUID einer Akte, die es im System schon gibt; die Registratur nennt sie.")
    process: str = term(TEXT, "Vorgangszeichen", "Zeichen des Vorgangs in der Akte, wenn er ein eigenes hat.")
    process_title: str = term(TEXT, "Betreff des Vorgangs", "Worum es geht; sonst die Überschrift.")
    process_uuid: str = term(UUID, "Vorgangs-ID", "UUID eines Vorgangs, den es im System schon gibt.")
    kind: str = term(TEXT, "Dokumenttyp", "Zum Beispiel Broschüre oder Pressemitteilung.")
    confidentiality: str = term(
        Choice("open", open="offen", internal="intern", confidential="vertraulich"),
        "Vertraulichkeit", "open (offen), internal (intern), confidential (vertraulich).",
    )  # fmt: skip
    retention: Retention | None = term(
        RETENTION, "Aufbewahrung", "Vorschlag: 10 Jahre, oder unbegrenzt. Es gilt, was die Akte sagt."
    )
    disposal: str = term(
        Choice("assess", keep="archivwürdig", assess="bewerten", destroy="vernichten"),
        "Aussonderung",
        "Vorschlag: keep (archivwürdig), assess (bewerten), destroy (vernichten); das Archiv entscheidet.",
    )  # fmt: skip
