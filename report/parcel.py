"""A publication as it is handed over: its files, and the facts that a registry, an archive or a journalist needs.

Plain words and bytes, made by the spine out of an article and its finished files. Knows: names, words, bytes. Must
never know: how a file was made, or where it goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

from report.records import field, record


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    return sha256(data, usedforsecurity=False).hexdigest()


# What a file of a parcel is to those who get it. A registry takes `archive`, a journalist `text`, `html`, `mail`.
ROLES = ("archive", "mail", "text", "html", "source", "picture", "original", "report", "record")


@record(frozen=True)
class Item:
    """One file: `name` is plain (a to z, 0 to 9, hyphens and one dot before the ending), `title` is for people."""

    role: str
    name: str
    media: str  # application/pdf
    data: bytes
    title: str = ""
    caption: str = ""
    credit: str = ""
    alt: str = ""
    layout: str = ""
    pages: int = 0
    standards: tuple[str, ...] = ()
    kind: str = ""  # what people call its layout: Faltblatt

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return self.name.rpartition(".")[0]

    @property
    def sha256(self) -> str:
        """The checksum, in hexadecimal digits."""
        return digest(self.data)


@record(frozen=True)
class PictureFile:
    """A picture as others may have it, and as it came; `ending` with its dot."""

    data: bytes
    original: bytes
    ending: str
    media: str


@record(frozen=True)
class Reach:
    """Whom one may ask: office, name, phone, mail; each may be empty."""

    office: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""


@record(frozen=True)
class Filing:
    """Where the publication belongs in the records. A file and a process are named by their sign or by their UUID."""

    reference: str = ""  # the sign of the file (Aktenzeichen)
    file_title: str = ""
    file_uuid: str = ""
    process: str = ""  # the sign of the process (Vorgang)
    process_title: str = ""
    process_uuid: str = ""
    kind: str = ""  # what sort of document it is: Broschüre; of several layouts that of the first
    confidentiality: str = "open"  # open, internal, confidential
    years: int | None = None  # kept for so many years after the file is closed; None: nothing is said
    unlimited: bool = False  # kept without end
    disposal: str = "assess"  # a hint: keep (archivwürdig), assess (bewerten), destroy (vernichten)


@record(frozen=True)
class Facts:
    """What a publication says of itself; dates as in ISO 8601, words in the article's language."""

    id: str
    title: str
    language: str = "de"
    kicker: str = ""
    standfirst: str = ""
    date: str = ""  # 2024-12-10, 2024-12 or 2024
    place: str = ""
    author: str = ""
    department: str = ""
    publisher: str = ""
    publisher_address: str = ""
    responsible: str = ""
    rights: str = ""
    keywords: tuple[str, ...] = ()
    contact: Reach = Reach()
    online: str = ""
    filing: Filing = Filing()
    draft: bool = True
    released_by: str = ""
    released_on: str = ""
    embargo: str = ""  # 2024-12-10T12:30, or the day alone
    embargo_words: str = ""  # in the article's language
    examples: tuple[str, ...] = ()  # fields whose words are only an example
    pages: int = 0  # of its longest file
    deposit: bool = False  # it is long enough that a copy is due to the state library
    quotations: int = 0
    deposit_from: int = 0  # so many pages are long enough


@record(frozen=True)
class Version:
    """One state of the publication: its number from 1, the true time of its first hand-over, why it is another one."""

    number: int
    time: str  # 2026-11-25T17:51:48+01:00
    reason: str = ""
    files: Mapping[str, str] = field(default_factory=dict)  # name -> SHA-256


@record(frozen=True)
class Parcel:
    """One version of a publication, whole: facts and files."""

    facts: Facts
    items: tuple[Item, ...]
    version: Version
    earlier: tuple[Version, ...] = ()

    def of(self, *roles: str) -> tuple[Item, ...]:
        """Return the files of these roles, in the parcel's order."""
        return tuple(item for item in self.items if item.role in roles)

    def versions(self, item: Item) -> tuple[Version, ...]:
        """Return the versions of one file, oldest first: where it came new, or was another one, or was corrected.

        A version that only adds a further layout leaves the other files at theirs. A reason tells of a correction:
        then every file has a new version, the same bytes or not, since what is said of it may be other.
        """
        found: list[Version] = []
        last = ""
        for one in (*(one for one in self.earlier if one.number < self.version.number), self.version):
            digest = one.files.get(item.name, "")
            if digest and (not found or digest != last or one.reason):
                found.append(one)
            last = digest or last
        return tuple(found)

    @property
    def kinds(self) -> tuple[str, ...]:
        """What sorts of documents its archive files are, each once, the first layout's first."""
        found = [self.kind(item) for item in self._first_first(self.of("archive"))]
        return tuple(dict.fromkeys(kind for kind in found or [self.facts.filing.kind] if kind))

    def kind(self, item: Item) -> str:
        """Return what sort of document a file is.

        Of the first layout it is the article's own word, if it has one; of every other one the layout's title. Where
        the article's word is the title of another layout, that one has it. A file of no layout goes by the article.
        """
        given = self.facts.filing.kind
        if not item.kind:
            return given
        paged = [one for one in self.of("archive", "mail") if one.layout]
        first, *others = {one.layout: one.kind for one in self._first_first(paged or [item])}.items()
        taken = given.casefold() in (title.casefold() for _, title in others)
        return given if given and item.layout == first[0] and not taken else item.kind

    def _first_first(self, items: Iterable[Item]) -> list[Item]:
        """Sort files by when they came and where they stood then: another order of the layouts changes nothing."""

        def came(item: Item) -> tuple[int, int]:
            version = (self.versions(item) or (self.version,))[0]
            names = list(version.files)
            return version.number, names.index(item.name) if item.name in names else len(names)

        return sorted(items, key=came)
