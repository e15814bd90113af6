"""The objects of a message: the file (Akte), in it the process (Vorgang), in it the document with its attachments.

Whatever keeps its identity has its UUID from what it is: the file from its sign, the document from the publication's
id, a single file of bytes from its contents. So two publications of one file name the same file, and a correction is a
new version of the same document. Version 3 and 4 differ in names and places; the objects are the same.

Knows: facts, files, xdomea's elements. Must never know: where the message goes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from report.deliver.ids import content_uuid, uuid
from report.deliver.xdomea.codes import DISPOSALS, ELECTRONIC, GRADES, code, formats
from report.deliver.xdomea.papers import Paper
from report.deliver.xdomea.parties import contact, sender
from report.deliver.xdomea.wishes import Wishes, grade
from report.deliver.xml import Node, leaf, maybe, node
from report.parcel import Facts, Item, Parcel
from report.records import record

_KINDS = {"report": "Prüfbericht", "picture": "Bild", "original": "Bild", "mail": "Mail-Fassung",
          "text": "Text-Fassung", "html": "Web-Fassung", "source": "Artikeldatei", "record": "Prüfdaten"}  # fmt: skip
_LONGEST = 100  # signs of a file's plain name behind its UUID


@record(frozen=True)
class Case:
    """What the objects are made from; `papers`: the documents; `plan`: the unit of the filing plan."""

    parcel: Parcel
    wishes: Wishes
    namespace: str
    papers: tuple[Paper, ...]
    plan: str = ""

    @property
    def facts(self) -> Facts:
        """What the publication says of itself."""
        return self.parcel.facts

    @property
    def four(self) -> bool:
        """Whether the message is one of version 4."""
        return self.wishes.version.startswith("4")

    @property
    def context(self) -> bool:
        """Whether its objects tell if they are only there to say where another one belongs."""
        return self.four and self.wishes.message == "0503"

    @property
    def file_uuid(self) -> str:
        """The file's: the registry's own, or one from its sign."""
        given = self.facts.filing
        return given.file_uuid or uuid(self.namespace, "akte", given.reference)

    @property
    def matter_uuid(self) -> str:
        """The Vorgang's: the registry's own, or one from its sign; without a sign from the publication's id."""
        given = self.facts.filing
        mark = ("zeichen", given.process) if given.process else ("id", self.facts.id)
        return given.process_uuid or uuid(self.namespace, "vorgang", self.file_uuid, *mark)


def file_name(item: Item) -> str:
    """Return the name of a file in the message: it begins with the file's own UUID."""
    stem, _, ending = item.name.rpartition(".")
    return f"{content_uuid(item.sha256)}_{stem[:_LONGEST]}.{ending}"


def contents(case: Case) -> Mapping[str, bytes]:
    """Return the files of the message by the names that stand in it."""
    return {file_name(item): item.data for paper in case.papers for item in (paper.item, *paper.attached)}


def record_object(case: Case) -> Node:
    """Return the file with all that is in it."""
    given = case.facts.filing
    known = bool(given.file_uuid)
    plan = node("xdomea:Aktenplaneinheit", leaf("xdomea:Kennzeichen", case.plan)) if case.plan else None
    head = general(case, given.file_title, given.reference, plan, graded=not known)
    return node(
        "xdomea:Akte",
        _identity(case, case.file_uuid),
        leaf("xdomea:Kontextobjekt", "1") if case.context else None,
        head,
        None if known else _retention(case),
        node("xdomea:Akteninhalt", _matter(case)),
    )


def _matter(case: Case) -> Node:
    given = case.facts.filing
    known = bool(given.process_uuid)
    return node(
        "xdomea:Vorgang",
        _identity(case, case.matter_uuid),
        leaf("xdomea:Kontextobjekt", "0") if case.context else None,
        general(case, given.process_title or case.facts.title, given.process, graded=not known),
        None if known else _retention(case),
        None if case.four else maybe("xdomea:Aktenbetreff", given.file_title),
        _documents(case),
    )


def _documents(case: Case) -> Sequence[Node]:
    """Return the documents with their attachments; in version 4 each of these is a document of the process."""
    if not case.four:
        return [
            _document(case, paper, [_attachment(case, paper, item, at) for at, item in enumerate(paper.attached, 1)])
            for paper in case.papers
        ]
    each = [_document(case, paper) for paper in case.papers]
    at = max(paper.number for paper in case.papers)
    each += [
        _attachment(case, paper, item, number)
        for number, (paper, item) in enumerate(((one, item) for one in case.papers for item in one.attached), at + 1)
    ]
    return [node("xdomea:DokumentOderDokumentMitSchriftstueck", one) for one in each]


def _document(case: Case, paper: Paper, attached: Sequence[Node] = ()) -> Node:
    facts, version = case.facts, paper.versions[-1]
    return node(
        "xdomea:Dokument",
        _identity(case, paper.uuid, paper.number),
        general(case, facts.title, "", remark=_remark(case, paper)),
        leaf("xdomea:Postausgangsdatum", version.time[:10]),
        maybe("xdomea:DatumDesSchreibens", facts.date if len(facts.date) == len("2024-12-10") else ""),
        maybe("xdomea:Bearbeiter", facts.author or facts.department),
        maybe("xdomea:Typ", case.parcel.kind(paper.item)),
        _history(case, paper),
        _version(case, paper, paper.item),
        attached,
        None if case.four else contact("xdomea:Absender", sender(case.wishes, facts)),
    )


def _attachment(case: Case, paper: Paper, item: Item, number: int) -> Node:
    """Return an attachment: it has its own UUID for life too, from the publication and its name."""
    remark = "; ".join(part for part in (item.credit, item.alt and f"Bildbeschreibung: {item.alt}") if part)
    kind = _KINDS.get(item.role, "")
    subject = item.caption or item.title or (f"{kind} zu: {case.facts.title}" if kind else item.name)
    return node(
        "xdomea:Dokument" if case.four else "xdomea:Anlage",
        _identity(case, uuid(case.namespace, "anlage", case.facts.id, item.name), number),
        general(case, subject, "", remark=remark),
        maybe("xdomea:Typ", kind),
        _version(case, paper, item),
        None if case.four else leaf("xdomea:Nummer", str(number)),
    )


def _identity(case: Case, name: str, number: int = 0) -> Node:
    return node(
        "xdomea:Identifikation",
        leaf("xdomea:xdomeaUUID" if case.four else "xdomea:ID", name),
        maybe("xdomea:NummerImUebergeordnetenContainer", str(number) if number else ""),
    )


def general(
    case: Case, subject: str, sign: str, plan: Node | None = None, *, remark: str = "", graded: bool = True
) -> Node:
    """Return the facts that every object has; of one that is there already (`graded` is off) only what names it."""
    value = grade(case.wishes, case.facts.filing.confidentiality)
    name = "xdomea:Geheimhaltungsgrad" if case.four else "xdomea:Vertraulichkeitsstufe"
    secrecy: Node | None = code(name, "vertraulichkeitsstufe", "1.0", value, GRADES[value])
    if case.four:
        secrecy = node("xdomea:Geheimhaltung", secrecy)
    return node(
        "xdomea:AllgemeineMetadaten",
        maybe("xdomea:Betreff", subject),
        maybe("xdomea:Kennzeichen", sign),
        maybe("xdomea:Federfuehrung", case.facts.department if graded else ""),
        secrecy if graded else None,
        maybe("xdomea:Bemerkung", remark),
        code("xdomea:Medium", "medium", "1.0", *ELECTRONIC) if graded else None,
        plan if graded else None,
    )


def _retention(case: Case) -> Node:
    """Return how long it is kept, and the hint what becomes of it then: the archive decides."""
    given = case.facts.filing
    kept = None
    if given.unlimited:
        kept = node("xdomea:Aufbewahrungsdauer", leaf("xdomea:Unbefristet", "1"))
    elif given.years is not None:
        kept = node("xdomea:Aufbewahrungsdauer", leaf("xdomea:AnzahlJahre", str(given.years)))
    value, meaning = DISPOSALS[given.disposal]
    inner = code("xdomea:Aussonderungsart", "aussonderungsart", "1.0", value, meaning)
    name = "xdomea:Aussonderungsmetadaten" if case.four else "xdomea:ArchivspezifischeMetadaten"
    return node(name, kept, node("xdomea:Aussonderungsart", inner))


def _remark(case: Case, paper: Paper) -> str:
    """Return what a registry should know and has no field for; which layout it is, where there are several."""
    facts = case.facts
    released = f"Freigegeben von {facts.released_by}" if facts.released_by else ""
    if facts.released_on:
        released += f" am {'.'.join(reversed(facts.released_on.split('-')))}"
    parts = (
        f"Layout: {paper.item.layout}" if len(case.parcel.of("archive")) > 1 else "",
        released,
        f"Im Netz: {facts.online}" if facts.online else "",
        f"Nur Beispielangaben: {', '.join(facts.examples)}" if facts.examples else "",
    )
    return ". ".join(part for part in parts if part)


def _history(case: Case, paper: Paper) -> Sequence[Node]:
    """Return the document's versions up to this one, oldest first: when, by whom, why."""
    actor = case.facts.department or case.facts.publisher or case.wishes.sender.name
    found = []
    for number, one in enumerate(paper.versions, 1):
        change = number > 1
        found.append(
            node(
                "xdomea:HistorienProtokollInformation",
                maybe("xdomea:MetadatumName", "Version" if change else ""),
                maybe("xdomea:MetadatumAlterWert", str(number - 1) if change else ""),
                maybe("xdomea:MetadatumNeuerWert", str(number) if change else ""),
                leaf("xdomea:Akteur", actor),
                leaf("xdomea:DatumUhrzeit", one.time),
                maybe("xdomea:Bemerkung", one.reason),
                leaf("xdomea:Aktion", "Neue Version" if change else "Ausgabe"),
            )
        )
    return found


def _version(case: Case, paper: Paper, item: Item) -> Node:
    """Return the one version that this message carries, with its file; an attachment's goes with its document's."""
    facts, version = case.facts, paper.versions[-1]
    late = None
    if case.four:
        crypt = "urn:xoev-de:kosit:codeliste:xta.serviceprofile.kryptographische-algorithmen"
        algorithm = node(
            "xdomea:Algorithmus",
            leaf("code", "SHA-256"),
            leaf("name", "http://www.w3.org/2001/04/xmlenc#sha256"),
            listURI=crypt,
            listVersionID="1.0.0",
        )
        late = (
            leaf("xdomea:ZeitpunktLetzteAenderung", version.time),
            node("xdomea:Hash", leaf("xdomea:Wert", item.sha256), algorithm),
        )
    return node(
        "xdomea:Version",
        leaf("xdomea:Nummer", str(len(paper.versions))),
        node(
            "xdomea:Format",
            formats(item, case.four),
            node(
                "xdomea:Primaerdokument",
                leaf("xdomea:Dateiname", file_name(item)),
                leaf("xdomea:DateinameOriginal", item.name),
                maybe("xdomea:Ersteller", facts.department or facts.publisher),
                leaf("xdomea:DatumUhrzeit", version.time),
                late,
            ),
        ),
    )
