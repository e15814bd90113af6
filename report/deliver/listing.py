"""INHALT.txt: what lies in a folder of an archive and what it is about, for a person who opens it in thirty years.

Always in German: the archive's language, not that of whoever gave the order. Knows: parcels, words. Must never know:
where the folder goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from report.findings import N_
from report.locales import Catalogue, catalogue
from report.parcel import Filing, Item, Parcel
from report.records import record
from report.standards import combine

NAME = "INHALT.txt"
_WIDE = 78
ROLES = {
    "archive": N_("The publication, archive edition"),
    "mail": N_("The publication, mail edition"),
    "text": N_("The text alone"),
    "html": N_("The web page"),
    "source": N_("The article: the source of all editions"),
    "picture": N_("A picture, without what it told of place and device"),
    "original": N_("A picture as it came: with place and device"),
    "report": N_("The check report"),
    "record": N_("The check report as data"),
    "letter": N_("The mail as it went out"),
    "draft": N_("A draft of the mail: sent by hand, or not at all"),
    "deposit": N_("The title record for the state library"),
}
_CONFIDENTIALITY = {"open": N_("open"), "internal": N_("internal"), "confidential": N_("confidential")}
_DISPOSAL = {"keep": N_("keep for good"), "assess": N_("assess"), "destroy": N_("destroy")}


@record(frozen=True)
class Mailing:
    """To how many rows of which list a mail went, and by when the last; no address. Number 0: it is a draft."""

    list: str = ""
    number: int = 0
    when: str = ""


def listing(parcel: Parcel, items: Sequence[Item], mailings: Sequence[Mailing] = (), addition: int = 0) -> bytes:
    """Return the contents list of a folder with `items`; `addition`: of the so-manieth one beside the folder."""
    say = catalogue("de")
    t = say.gettext
    lines = list(wrapped(parcel.facts.title))
    lines.append("=" * max(len(line) for line in lines))
    lines.append("")
    rows = list(_about(parcel, say))
    if addition:
        rows.insert(0, (t(N_("Addition")), t(N_("number {number}, filed after the folder")).format(number=addition)))
    lines += table(rows)
    if mailings:
        lines += ["", t(N_("Mail")), ""]
        for one in mailings:
            lines += table(list(_mailing(one, say)))
    lines += ["", t(N_("Files")), ""]
    several = len({item.layout for item in parcel.of("archive")}) > 1
    for item in items:
        kind = parcel.kind(item) if several and item.role in ("archive", "mail") else ""
        lines += [item.name, *table(list(_file(item, kind, say)), "  "), ""]
    sums = N_("The checksums of all files, this one too, stand in the list of checksums of the folder or package.")
    lines += wrapped(t(sums))
    return "".join(f"{line.rstrip()}\n" for line in lines).encode()


def _about(parcel: Parcel, say: Catalogue) -> Iterator[tuple[str, str]]:
    t, facts, version = say.gettext, parcel.facts, parcel.version
    example = t(N_("example"))

    def told(field: str, text: str) -> str:
        return f"{text} ({example})" if text and field in facts.examples else text

    yield t(N_("Id of the publication")), facts.id
    when = moment(version.time, say)
    yield t(N_("Version")), t(N_("{number}, handed over first on {when}")).format(number=version.number, when=when)
    yield t(N_("Reason of the version")), version.reason
    for earlier in parcel.earlier:
        if earlier.number < version.number:
            yield t(N_("Earlier version")), f"{earlier.number}, {moment(earlier.time, say)}"
    yield t(N_("Kicker")), facts.kicker
    yield t(N_("Date")), day(facts.date)
    yield t(N_("Publisher")), ", ".join(one for one in (facts.publisher, facts.publisher_address) if one)
    yield t(N_("Department")), facts.department
    yield t(N_("Author")), facts.author
    yield t(N_("Responsible")), facts.responsible
    released = t(N_("by {name} on {day}")).format(name=facts.released_by, day=day(facts.released_on))
    yield t(N_("Released")), told("status", released) if facts.released_by else t(N_("not released"))
    yield t(N_("Embargo until")), facts.embargo_words
    yield from _filed(parcel, say, told("file_reference", facts.filing.reference), "records" in facts.examples)
    yield t(N_("Rights")), facts.rights
    yield t(N_("Keywords")), ", ".join(facts.keywords)
    yield t(N_("Web address")), facts.online


def _filed(parcel: Parcel, say: Catalogue, reference: str, example: bool) -> Iterator[tuple[str, str]]:
    t, filing = say.gettext, parcel.facts.filing
    mark = f" ({t(N_('example'))})" if example else ""
    yield t(N_("File reference")), reference or t(N_("none given"))
    process = ", ".join(one for one in (filing.process, filing.process_title) if one)
    for label, text, said in (
        (N_("Records file"), filing.file_title, True),
        (N_("Process"), process, True),
        (N_("Kind of document"), ", ".join(parcel.kinds), bool(filing.kind)),
        (N_("Retention (proposal)"), kept(filing, say), True),
    ):
        yield t(label), f"{text}{mark if said else ''}" if text else ""
    yield t(N_("Confidentiality")), t(_CONFIDENTIALITY[filing.confidentiality])


def kept(filing: Filing, say: Catalogue) -> str:
    """Return the hint how long to keep the records: `10 Jahre, bewerten`; empty where nothing is said."""
    t = say.gettext
    if filing.unlimited:
        return t(N_("without end"))
    if filing.years is None:
        return ""
    years = say.ngettext(N_("{count} year"), N_("{count} years"), filing.years).format(count=filing.years)
    return f"{years}, {t(_DISPOSAL[filing.disposal])}"


def _mailing(one: Mailing, say: Catalogue) -> Iterator[tuple[str, str]]:
    t = say.gettext
    yield t(N_("List")), one.list
    yield t(N_("Recipients")), str(one.number) if one.number else t(N_("none: a draft, sent by hand or not at all"))
    yield t(N_("Time")), moment(one.when, say) if one.when else ""


def _file(item: Item, kind: str, say: Catalogue) -> Iterator[tuple[str, str]]:
    t = say.gettext
    yield t(N_("What it is")), t(ROLES[item.role])
    yield t(N_("Kind of document")), kind
    yield t(N_("Made for")), ", ".join(row.title for row in combine(item.standards).standards) if item.standards else ""
    yield t(N_("Caption")), item.caption
    yield t(N_("Credit")), item.credit
    yield t(N_("Size")), t(N_("{count} bytes")).format(count=f"{len(item.data):,}".replace(",", "."))
    yield "SHA-256", item.sha256


def table(rows: Sequence[tuple[str, str]], indent: str = "") -> Iterator[str]:
    """Walk the lines of two columns; a row without words is left out."""
    rows = [(label, text) for label, text in rows if text.strip()]
    wide = max((len(label) for label, _ in rows), default=0) + 2
    for label, text in rows:
        first, *rest = wrapped(text, _WIDE - wide - len(indent))
        yield f"{indent}{label + ':':<{wide}}{first}"
        yield from (f"{indent}{' ' * wide}{line}" for line in rest)


def wrapped(text: str, wide: int = _WIDE) -> list[str]:
    """Return the text in lines of at most `wide` signs where its words allow; a checksum is never broken."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > wide:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def day(date: str) -> str:
    """Return 2024-12-10 as 10.12.2024; a month or a year alone without what is not known."""
    return ".".join(reversed(date.split("-")))


def moment(when: str, say: Catalogue) -> str:
    """Return 2026-11-25T17:51:48+01:00 as 25.11.2026, 17:51 Uhr."""
    return say.gettext(N_("{day}, {time}")).format(day=day(when[:10]), time=when[11:16])
