"""What lies where in a package, and under which names.

A representation is a set of files in which the publication can be read as a whole: the first is the archive's, the
second what was handed out and put online, the third what it was made from. Check reports are documentation.

Knows: the folders of CSIP (its section 4). Must never know: what a PDF or a picture is.
"""

from __future__ import annotations

from hashlib import sha256

from report.deliver import listing
from report.deliver.eark.wishes import Wishes
from report.deliver.ids import uuid
from report.parcel import Facts, Item, Parcel
from report.records import record

# the folder's name, the roles whose files it holds
_REPRESENTATIONS = (
    ("rep1", ("archive",)),
    ("rep2", ("mail", "html", "text")),
    ("rep3", ("source", "picture", "original")),
)
_DOCUMENTS = ("report", "record")
MEANINGS = {
    "rep1": "Archiv-Fassung",
    "rep2": "Fassungen für Mail und Netz",
    "rep3": "Artikeldatei und Bilder",
}
XML, TEXT = "application/xml", "text/plain"
_PLAIN = ("application/yaml", "application/toml")  # text; archives' lists of types are older than these two


@record(frozen=True)
class Held:
    """A file in the package: `path` from the package's folder."""

    path: str
    media: str
    data: bytes
    item: Item | None = None

    @property
    def name(self) -> str:
        """The name without folders."""
        return self.path.rpartition("/")[2]

    @property
    def sha256(self) -> str:
        """The checksum, in hexadecimal digits."""
        return self.item.sha256 if self.item else sha256(self.data, usedforsecurity=False).hexdigest()


@record(frozen=True)
class Package:
    """A package that is being filled."""

    parcel: Parcel
    wishes: Wishes
    representations: tuple[tuple[str, tuple[Held, ...]], ...]
    documents: tuple[Held, ...]
    schemas: tuple[Held, ...]

    @property
    def facts(self) -> Facts:
        """What the publication says of itself."""
        return self.parcel.facts

    @property
    def name(self) -> str:
        """The package's own name: its folder's, its ZIP's, its OBJID."""
        return name(self.parcel.facts.id, self.parcel.version.number)

    @property
    def submitter(self) -> str:
        """Who submits."""
        return self.wishes.submitter.name or self.facts.publisher

    def id(self, *words: str) -> str:
        """Return an identifier within the XML files: it begins with a letter."""
        return f"ID-{uuid(self.namespace, self.name, *words)}"

    @property
    def namespace(self) -> str:
        """For whom the UUIDs are unique."""
        return self.wishes.namespace or self.submitter

    def entity(self, number: int) -> str:
        """Return the UUID of a version of the publication."""
        return uuid(self.namespace, "paket", self.facts.id, str(number))


def name(publication: str, number: int) -> str:
    """Return the name of the package of a version."""
    return f"{publication}-v{number}"


def filled(parcel: Parcel, wishes: Wishes, schemas: tuple[tuple[str, bytes], ...]) -> Package:
    """Return the package with every file of the parcel in its place; empty representations are left out."""
    found = []
    for folder, roles in _REPRESENTATIONS:
        items = [item for role in roles for item in parcel.of(role)]
        held = tuple(_held(f"representations/{folder}/data", item) for item in items)
        found += [(folder, held)] if held else []
    documents = tuple(_held("documentation", item) for item in parcel.of(*_DOCUMENTS))
    every = [one.item for one in (*(one for _, held in found for one in held), *documents) if one.item]
    contents = Held(f"documentation/{listing.NAME}", TEXT, listing.listing(parcel, every))
    taken = tuple(Held(f"schemas/{file}", XML, data) for file, data in schemas)
    return Package(parcel, wishes, tuple(found), (*documents, contents), taken)


def _held(folder: str, item: Item) -> Held:
    media = item.media.partition(";")[0]
    return Held(f"{folder}/{item.name}", TEXT if media in _PLAIN else media, item.data, item)
