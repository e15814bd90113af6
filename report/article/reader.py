"""From an article file to the typed article: all faults at once, with file, line and field.

The kinds read their fields; here stands what no single field can know: that names refer to something, stand once, and
that pictures lie in the article's folder. Knows: the file and its folder. Must never know layouts, pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from report.article.declare import Faults, Record
from report.article.model import Article
from report.article.parts import Contact, Imprint
from report.article.review import review
from report.datafile import Entry
from report.datafile import read as read_file
from report.errors import ArticleFault, LayoutFault
from report.findings import N_, nearest


def read(path: Path) -> Article:
    """Read the article file at `path`; raise ArticleFault with every fault in it."""
    top = read_file(path, ArticleFault)
    faults = Faults(path.name)
    if not isinstance(top.value, dict):
        faults.add(top, "kind", N_("Keys with values are expected here: this is no article file."), _BEGIN)
        raise ArticleFault(*faults.found)
    article: Article = Record(Article).read(top, faults)
    lines: dict[str, int] = {}
    _note_lines(top, lines)
    article = article.with_(file=path.name, folder=path.parent, lines=lines)
    _References(article, top, faults).check()
    if faults.found:
        raise ArticleFault(*sorted(faults.found, key=lambda fault: fault.place.line))
    return article.with_(findings=review(article))


def completed(article: Article, standing: Mapping[str, Mapping[str, str]], file: str) -> Article:
    """Return the article with what stands for all in the house in `file`.

    The `imprint` fills what the article's own does not say. The `contact` stands only where the article names nobody:
    one person's name with another's telephone would be worse than none. Raise LayoutFault with every standing field
    that the article does not have or cannot hold.
    """
    faults = Faults(file)
    forms = {"imprint": Record(Imprint), "contact": Record(Contact)}
    read = {name: _standing(name, forms[name], given, faults) for name, given in standing.items() if given}
    if faults.found:
        raise LayoutFault(*faults.found)
    if "contact" in read and article.contact is None:
        article = article.with_(contact=read["contact"])
    if "imprint" not in read:
        return article
    own = article.imprint or Imprint(path="imprint")
    missing = [name for name, one in Imprint.declared.values() if getattr(own, name) == one.kind.absent()]
    return article.with_(imprint=own.with_(**{name: getattr(read["imprint"], name) for name in missing}))


def _standing(name: str, form: Record, given: Mapping[str, str], faults: Faults) -> Any:
    fields = {key: Entry(text, 0, f"{name}.{key}") for key, text in given.items()}
    return form.read(Entry(fields, 0, name), faults)


_BEGIN = N_("Begin with lines such as id: my-article and headline: My headline.")


def _note_lines(entry: Entry, lines: dict[str, int]) -> None:
    if entry.path:
        lines[entry.path] = entry.line
    inner = entry.value.values() if isinstance(entry.value, dict) else entry
    for one in inner:
        _note_lines(one, lines)


class _References:
    """Checks what refers to something else in the article, and to files beside it."""

    def __init__(self, article: Article, top: Entry, faults: Faults) -> None:
        self.article, self.top, self.faults = article, top, faults

    def check(self) -> None:
        """Collect every reference that leads nowhere."""
        self.pictures()
        self.quotations()
        self.field_paths()
        self.status()

    def fault(self, path: str, rule: str, message: str, remedy: str = "", **values: object) -> None:
        """Keep a fault at a field's place."""
        place = self.article.place_of(path)
        self.faults.add(Entry(None, place.line, path), rule, message, remedy, **values)

    def refers(self, path: str, name: str, known: list[str], message: str) -> None:
        """Report `name` where it is none of the known ones, with the nearest of them."""
        if not name or name in known:
            return
        meant = nearest(name, known, 0.5)
        if meant:
            self.fault(path, "reference", message, N_("Did you mean “{nearest}”?"), name=name, nearest=meant)
        else:
            some = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")
            self.fault(path, "reference", message, N_("Known here: {known}."), name=name, known=some or "–")

    def pictures(self) -> None:
        """Check that each picture that is named is there, as a file and as an entry."""
        article = self.article
        known = list(article.pictures)
        message = N_("There is no picture “{name}” among the pictures.")
        inner = [section for stop in article.stops for section in stop.sections]
        easy = article.easy.sections if article.easy else ()
        users = [(user.path, user.picture) for user in (*article.sections, *inner, *easy)]
        for path, name in (*((stop.path, stop.picture) for stop in article.stops), *users):
            self.refers(f"{path}.picture", name, known, message)
        if article.award:
            self.refers("award.picture", article.award.picture, known, message)
        self.refers("cover", article.cover, known, message)
        folder = article.folder.resolve()
        for picture in article.pictures.values():
            if picture.file:
                self.picture_file(f"{picture.path}.file", picture.file, folder)
            for variant in picture.variants.values():
                if variant.file:
                    self.picture_file(f"{variant.path}.file", variant.file, folder)
            if not (picture.alt or picture.decorative):
                remedy = N_("Write what is to be seen behind alt:, or decorative: ja where the picture says nothing.")
                self.fault(picture.path, "alt", N_("This picture has no alternative text."), remedy)
            elif picture.alt and picture.decorative:
                remedy = N_("Keep one of the two: alt where the picture says something, else decorative.")
                self.fault(picture.path, "alt", N_("A decorative picture has no alternative text."), remedy)

    def picture_file(self, path: str, name: str, folder: Path) -> None:
        """Check that the file is there, and inside the folder even where links lead elsewhere."""
        file = folder / name
        if not file.is_file():
            others = [one.name for one in file.parent.iterdir() if one.is_file()] if file.parent.is_dir() else []
            alike = [one for one in sorted(others) if one.casefold() == file.name.casefold()]
            meant = alike[0] if alike else nearest(file.name, sorted(others))
            remedy = N_("Did you mean “{nearest}”?") if meant else N_("Put the file into the article's folder.")
            values = {"nearest": meant} if meant else {}
            self.fault(path, "picture", N_("The picture file “{name}” is not there."), remedy, name=name, **values)
        elif not file.resolve().is_relative_to(folder):
            remedy = N_("Put the picture into the article's folder (or one below it) and write its name from there.")
            self.fault(path, "picture", N_("“{read}” lies outside the article's folder."), remedy, read=name)

    def quotations(self) -> None:
        """Check that a quotation's id stands once, and that its speaker is known."""
        seen: dict[str, str] = {}
        for quotation in self.article.quotations():
            if quotation.id in seen:
                message = N_("The quotation id “{name}” stands twice: first in {first}.")
                remedy = N_("A quotation stands once; give each its own id.")
                self.fault(quotation.path, "quotation", message, remedy, name=quotation.id, first=seen[quotation.id])
            seen.setdefault(quotation.id, quotation.path)
            message = N_("There is no speaker “{name}” among the speakers.")
            self.refers(quotation.path, quotation.speaker, list(self.article.speakers), message)

    def field_paths(self) -> None:
        """Check that the fields marked as editorial or as examples are there."""
        message = N_("There is no field “{name}” in this article.")
        for key, paths in (("editorial", self.article.editorial), ("examples", self.article.examples)):
            for index, name in enumerate(paths):
                self.refers(f"{key}[{index}]", name, list(self.article.lines), message)

    def status(self) -> None:
        """Check that a release names who released, and when."""
        status = self.article.status
        if status.state == "released" and not (status.by and status.date):
            message = N_("The article is called released, but not by whom and when.")
            self.fault("status", "release", message, N_("Write by: and date: below status:, or state: draft."))
        elif status.state == "draft" and status.date:
            message = N_("The article is called a draft, but has a day of release.")
            self.fault("status", "release", message, N_("Write state: released, or delete the day."))
