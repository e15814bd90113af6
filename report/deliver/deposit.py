"""The title record for the state library: what its form asks, as a sheet to read and as Dublin Core.

A publication from four pages on is due to the library of the district, one version of it (Kulturgesetzbuch NRW, §§ 52,
55 to 62, 67); press releases and newsletters are not. Where a file is delivered, the library asks whether it may show
it on the web; otherwise it shows it in its rooms alone, or takes the printed one (§ 57, 3). Knows: parcels, words. Must
never know: where the record goes.
"""

from __future__ import annotations

from collections.abc import Iterator

from report.deliver import listing
from report.deliver.settings import Settings
from report.deliver.xml import leaf, node, written
from report.findings import N_
from report.locales import Catalogue, catalogue
from report.parcel import Item, Parcel
from report.records import record

_ACCESS = {
    "open": N_("open: the library may show it on the web"),
    "rooms": N_("only in the library's rooms"),
    "undecided": N_("not decided: please say it in the form"),
}
_EXEMPT = ("pressemitteilung", "newsletter", "press release")


@record(frozen=True)
class Terms:
    """What the house grants the library: access, and under which licence; the series that its titles stand in."""

    access: str = "undecided"
    licence: str = ""
    series: str = ""


def read(settings: Settings) -> Terms:
    """Return what the house grants."""
    settings.known("access", "licence", "series")
    return Terms(settings.choice("access", ("undecided", "open", "rooms")), settings.text("licence"),
                 settings.text("series"))  # fmt: skip


def records(parcel: Parcel, terms: Terms) -> tuple[Item, ...]:
    """Return the record for readers and for machines; nothing where nothing is due."""
    facts = parcel.facts
    files = [item for item in parcel.of("archive") if parcel.kind(item).casefold() not in _EXEMPT]
    if facts.draft or not facts.deposit or not files:
        return ()
    say = catalogue("de")
    longest = max(files, key=lambda one: one.pages)  # of several layouts one is due: that which has the most
    if 0 < longest.pages < facts.deposit_from:
        return ()
    sheet = _sheet(parcel, longest, terms, say)
    xml = _dublin_core(parcel, longest, terms)
    return (
        Item("deposit", "pflichtexemplar.txt", "text/plain; charset=utf-8", sheet),
        Item("deposit", "pflichtexemplar-dublin-core.xml", "application/xml", xml),
    )


def _sheet(parcel: Parcel, file: Item, terms: Terms, say: Catalogue) -> bytes:
    t = say.gettext
    head = t(N_("Legal deposit: title record for the state library"))
    hint = N_("One version is due: this file through the library's portal, or the printed one where there is one.")
    where = N_("For the districts of Arnsberg, Detmold and Münster this is the ULB Münster.")
    lines = [head, "=" * len(head), "", *listing.table(list(_rows(parcel, file, terms, say)))]
    lines += ["", *listing.wrapped(f"{t(hint)} {t(where)}")]
    return "".join(f"{line.rstrip()}\n" for line in lines).encode()


def _rows(parcel: Parcel, file: Item, terms: Terms, say: Catalogue) -> Iterator[tuple[str, str]]:
    t, facts = say.gettext, parcel.facts
    yield t(N_("Title")), facts.title
    yield t(N_("Addition to the title")), facts.kicker
    yield t(N_("Author")), facts.author
    yield t(N_("Publisher")), ", ".join(one for one in (facts.publisher, facts.publisher_address) if one)
    yield t(N_("Department")), facts.department
    yield t(N_("Series")), terms.series or t(N_("none"))
    yield t(N_("Year")), facts.date[:4] or t(N_("not given in the article"))
    yield t(N_("Version")), str(parcel.version.number) if parcel.version.number > 1 else ""
    yield t(N_("Extent")), t(N_("{count} pages")).format(count=file.pages or facts.pages)
    yield t(N_("Language")), facts.language
    yield t(N_("Keywords")), ", ".join(facts.keywords)
    yield t(N_("Rights")), facts.rights
    yield t(N_("Licence")), terms.licence or t(N_("none given"))
    yield t(N_("Access")), t(_ACCESS[terms.access])
    yield t(N_("Web address")), facts.online
    yield t(N_("Contact")), ", ".join(one for one in (facts.contact.office, facts.contact.email) if one)
    yield t(N_("File name")), file.name
    yield "SHA-256", file.sha256


def _dublin_core(parcel: Parcel, file: Item, terms: Terms) -> bytes:
    facts = parcel.facts
    access = {"open": "open access", "rooms": "reading room"}.get(terms.access, "")
    rows = (
        ("dc:title", facts.title),
        ("dcterms:alternative", facts.kicker),
        ("dc:creator", facts.author),
        ("dc:publisher", facts.publisher),
        ("dc:contributor", facts.department),
        ("dcterms:isPartOf", terms.series),
        ("dcterms:issued", facts.date),
        ("dc:type", "Text"),
        ("dc:format", file.media),
        ("dcterms:extent", f"{file.pages or facts.pages} Seiten"),
        ("dc:language", facts.language),
        *(("dc:subject", word) for word in facts.keywords),
        ("dc:identifier", f"{facts.id}-v{parcel.version.number}"),
        ("dc:identifier", f"sha256:{file.sha256}"),
        ("dc:source", facts.online),
        ("dc:rights", facts.rights),
        ("dcterms:license", terms.licence),
        ("dcterms:accessRights", access),
    )
    spaces = {"xmlns:dc": "http://purl.org/dc/elements/1.1/", "xmlns:dcterms": "http://purl.org/dc/terms/"}
    return written(node("record", *(leaf(name, text) for name, text in rows if text), **spaces))
