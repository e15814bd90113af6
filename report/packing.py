"""The spine's packing table: an article, its house and its finished files become a parcel.

Knows: articles, products, parcels. Must never know: where a parcel goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from report.article import Article
from report.article.parts import Contact
from report.gate import DEPOSIT
from report.order import Product
from report.parcel import Facts, Filing, Item, PictureFile, Reach
from report.records import replace

Clean = Callable[[Path, Path], PictureFile]  # a picture's file and the article's folder

# edition -> role, media type
_EDITIONS = {
    "archive": ("archive", "application/pdf"),
    "mail": ("mail", "application/pdf"),
    "text": ("text", "text/plain; charset=utf-8"),
    "html": ("html", "text/html; charset=utf-8"),
}
PACKED = tuple(_EDITIONS)
_SOURCES = {".json": "application/json", ".toml": "application/toml"}
# what makes a version: a check report tells of these, it is none of them
VERSIONED = ("archive", "mail", "html", "text", "source", "picture")
_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}


def plain_name(text: str) -> str:
    """Return `text` as a file name that every system takes: a to z, 0 to 9, hyphens."""
    spelled = "".join(_LETTERS.get(sign, sign) for sign in text).lower()
    return re.sub(r"[^a-z0-9]+", "-", spelled).strip("-")


def items(article: Article, products: Sequence[Product], clean: Clean, originals: bool = False) -> Iterator[Item]:
    """Walk the files of a publication, those that are read first before those that prove them.

    `clean` gives a picture without what it tells of place and device; `originals`: the whole ones go with it.
    """
    for product in products:
        if product.edition in _EDITIONS and product.written:
            role, media = _EDITIONS[product.edition]
            name = f"{plain_name(product.path.stem)}{product.path.suffix}"
            title = article.headline.plain
            yield Item(role, name, media, product.path.read_bytes(), title, layout=product.layout,
                       pages=product.pages, standards=product.standards, kind=product.kind)  # fmt: skip
    source = Path(article.file if Path(article.file).is_absolute() else article.folder / Path(article.file).name)
    ending = source.suffix.lower()
    media = _SOURCES.get(ending, "application/yaml")
    yield Item("source", f"{article.id}-quelle{ending}", media, source.read_bytes())
    yield from _pictures(article, {product.layout for product in products}, clean, originals)
    yield from _reports(article, products)


def _pictures(article: Article, layouts: set[str], clean: Clean, originals: bool) -> Iterator[Item]:
    """Walk the article's pictures, each file once, and what they are in the layouts that were made."""
    seen: set[str] = set()
    for number, (key, picture) in enumerate(article.pictures.items(), 1):
        stem = f"{article.id}-bild-{number}-{key}"
        found = [(stem, picture.file, picture.alt)]
        own = sorted((name, one) for name, one in picture.variants.items() if name in layouts)
        found += [(f"{stem}-{plain_name(name)}", one.file, one.alt or picture.alt) for name, one in own]
        for name, file, alt in found:
            if file in seen:
                continue
            seen.add(file)
            made = clean(article.folder / file, article.folder)
            item = Item("picture", f"{name}{made.ending}", made.media, made.data, caption=picture.caption,
                        credit=picture.credit, alt=alt)  # fmt: skip
            yield item
            if originals:
                yield replace(item, role="original", name=f"{name}-original{made.ending}", data=made.original)


def _reports(article: Article, products: Sequence[Product]) -> Iterator[Item]:
    """Walk the check reports: the sheet, and the same as data. No two names differ in their ending alone."""
    for path, layout in {one.report: one.layout for one in products if one.report}.items():
        stem = plain_name(path.stem)
        yield Item("report", f"{stem}.pdf", "application/pdf", path.read_bytes(), layout=layout)
        data = path.with_suffix(".json").read_bytes()
        yield Item("record", f"{stem}-daten.json", "application/json", data, layout=layout)


def facts(article: Article, products: Sequence[Product], embargo_words: str) -> Facts:
    """Return what the publication says of itself."""
    imprint = article.imprint
    address = ", ".join(part for part in (imprint.street, imprint.town) if part) if imprint else ""
    pages = max((product.pages for product in products), default=0)
    return Facts(
        id=article.id,
        title=article.headline.plain,
        language=article.language,
        kicker=article.kicker.plain,
        standfirst=article.standfirst.plain,
        date=str(article.date or "").split("/")[0],
        place=article.place,
        author=article.author,
        department=article.department,
        publisher=imprint.publisher if imprint else "",
        publisher_address=address,
        responsible=imprint.editor_responsible if imprint else "",
        rights=article.rights,
        keywords=article.keywords,
        contact=_reach(article.contact),
        online=article.online.url if article.online else "",
        filing=_filing(article),
        draft=article.draft,
        released_by=article.status.by,
        released_on=str(article.status.date or ""),
        embargo=_embargo(article),
        embargo_words=embargo_words,
        examples=article.examples,
        pages=pages,
        deposit=pages >= DEPOSIT,
        quotations=sum(1 for _ in article.quotations()),
        deposit_from=DEPOSIT,
    )


def _embargo(article: Article) -> str:
    """Return the embargo as 2024-12-10 or 2024-12-10T12:30."""
    return str(article.embargo).replace(" ", "T") if article.embargo else ""


def _reach(contact: Contact | None) -> Reach:
    return Reach(contact.office, contact.name, contact.phone, contact.email) if contact else Reach()


def _filing(article: Article) -> Filing:
    given = article.records
    kept = given.retention
    return Filing(
        reference=article.file_reference,
        file_title=given.file_title,
        file_uuid=given.file_uuid,
        process=given.process,
        process_title=given.process_title or article.headline.plain,
        process_uuid=given.process_uuid,
        kind=given.kind,
        confidentiality=given.confidentiality,
        years=kept.years if kept else None,
        unlimited=bool(kept and kept.unlimited),
        disposal=given.disposal,
    )
