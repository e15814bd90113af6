"""The gate: what only the finished pages show, and how much it weighs in the edition that was ordered.

A fault is the same everywhere, its weight is not: a publication without its printer's name is unlawful on paper and
right in a mail. Knows: the article, the proof, the edition. Must never know how pages or files are made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from report.article import Article
from report.editions import Edition
from report.errors import PictureFault
from report.findings import N_, Finding, Measure, Place, Severity
from report.house import House
from report.proof import ImageData, Page, Proof
from report.records import replace
from report.standards import Ordered

LEAST_TYPE = 6.0  # points: below, print fills in and eyes give up
NO_DATE = "1970-01-01T00:00:00Z"  # where a standard demands a date and there is none: never the clock
DEPOSIT = 4  # pages from which a publication is due to the state library (Kulturgesetzbuch NRW)
_SIZE = re.compile(rb"/F\d+ ([\d.]+) Tf")
_MARKED = re.compile(rb"/Artifact|/MCID (\d+)>> BDC|/F\d+ ([\d.]+) Tf")
# what weighs on paper and hardly anywhere else; a star stands for any ending
_ON_PAPER = ("imprint.*", "pages.*")


def review(article: Article, proof: Proof, edition: Edition, least: float = LEAST_TYPE) -> list[Finding]:
    """Return what a look at the finished pages finds; `least` is the smallest type that the printer takes."""
    return [*_imprint(article, proof, edition), *_small(proof, least), *_deposit(article, proof)]


def printable(proof: Proof, ordered: Ordered, images: Callable[[], Mapping[str, ImageData]]) -> list[Finding]:
    """Return what a standard of the press cannot carry: a file without a date, pictures with transparent parts."""
    found = []
    if proof.about.date == NO_DATE:
        message = N_("A file for the press must bear a date, and the article has none: the file says 1 January 1970.")
        remedy = N_("Write a date behind date:, or set SOURCE_DATE_EPOCH.")
        found.append(Finding("print.no-date", message, severity="warning", remedy=remedy))
    if not ordered.transparency:
        message = N_("The picture “{file}” has transparent parts, which {standard} does not know.")
        remedy = N_("Save it without transparency, on the colour that it stands on; or ask the printer for PDF/X-4.")
        title = ordered.standards[0].title
        for name, image in images().items():
            if image.soft_mask:
                file = Path(proof.pictures[name].source).name
                values: dict[str, object] = {"file": file, "standard": title}
                found.append(Finding("print.transparent", message, values, Place(file), remedy=remedy))
    return found


def plates(style: House) -> list[Finding]:
    """Return a note for each colour that is an ink of its own in print: a screen and an office printer mix it."""
    message = N_("“{colour}” is the spot ink {spot} in print; here it is the screen colour {code}.")
    remedy = N_("Hold both against each other once; the screen colour stands in the house style behind srgb:.")
    place = Place(f"{style.name}/house.yaml")
    return [
        Finding(
            "colour.spot",
            message,
            {"colour": one.name or one.role, "spot": one.spot, "code": f"#{bytes(one.rgb).hex().upper()}"},
            replace(place, path=f"colours.{one.role}"),
            "note",
            remedy,
        )
        for one in style.swatches.values()
        if one.spot
    ]


def placed(findings: Iterable[Finding], article: Article) -> list[Finding]:
    """Give findings that name a field its file and line; drop what is told twice."""
    seen: dict[str, Finding] = {}
    for finding in findings:
        if finding.place.path and not finding.place.file:
            at = article.place_of(finding.place.path)
            placed = replace(finding, place=replace(finding.place, file=at.file, line=at.line))
        else:
            placed = finding
        seen.setdefault(f"{placed.rule} {placed}", placed)
    return list(seen.values())


@contextmanager
def named(article: Article) -> Iterator[None]:
    """Tell faults of pictures by their field in the article."""
    try:
        yield
    except PictureFault as stop:
        keys = {Path(picture.file).name: f"pictures.{key}" for key, picture in article.pictures.items()}
        named = (replace(one, place=Place(path=keys.get(one.place.file, ""))) for one in stop.faults)
        raise PictureFault(*placed(named, article)) from None


def judged(findings: Iterable[Finding], edition: Edition, strict: bool = False) -> list[Finding]:
    """Return the findings as the edition sees them; `strict` lets no warning pass."""
    return [_judged(finding, edition, strict) for finding in findings]


def _judged(finding: Finding, edition: Edition, strict: bool) -> Finding:
    severity: Severity = finding.severity
    if severity != "error" and any(_bars(bar, finding.rule) for bar in _ON_PAPER):
        severity = "warning" if edition.paper else "note"
    if strict and severity == "warning":
        severity = "error"
    return finding if severity == finding.severity else replace(finding, severity=severity)


def _bars(bar: str, rule: str) -> bool:
    return rule.startswith(bar[:-1]) if bar.endswith("*") else rule == bar


def _imprint(article: Article, proof: Proof, edition: Edition) -> Iterator[Finding]:
    """Judge the imprint by § 8 LPG NRW: the publisher's name and address; on paper the printer's as well."""
    imprint = article.imprint
    place = article.place_of("imprint")
    if imprint is None:
        message = N_("There is no imprint: a publication names its publisher, with an address (§ 8 LPG NRW).")
        yield Finding("imprint.missing", message, {}, place, "warning", N_("Write it behind imprint:."))
        return
    if not any(path == "imprint" or path.startswith("imprint.") for path in proof.fields):
        message = N_("This layout shows no imprint: on paper the publisher must be named (§ 8 LPG NRW).")
        yield Finding("imprint.unshown", message, {}, place, "warning", N_("Take another layout for this edition."))
        return
    for name, message in (
        ("publisher", N_("The imprint names no publisher (§ 8 LPG NRW).")),
        ("street", N_("The imprint names no street: the publisher's address must be whole (§ 8 LPG NRW).")),
        ("town", N_("The imprint names no town: the publisher's address must be whole (§ 8 LPG NRW).")),
    ):
        if not getattr(imprint, name):
            remedy = N_("Write it into the imprint behind {field}:, or into the house style.")
            yield Finding(f"imprint.{name}", message, {"field": name}, place, "warning", remedy)
    printer = "printer" if edition.ink == "press" else "own_press"
    if edition.paper and f"imprint.{printer}" not in proof.fields:
        message = N_("The imprint names no printer: on paper the printer's name and address stand in it (§ 8 LPG NRW).")
        remedy = N_("Write them into the imprint behind {field}:.")
        yield Finding("imprint.printer", message, {"field": printer}, place, "warning", remedy)


def _small(proof: Proof, least: float) -> Iterator[Finding]:
    """Look for type below the least size, once a page and field."""
    message = N_("Type of {size} pt is smaller than {least} pt, the least that is printed and read without doubt.")
    remedy = N_("Give the style in the layout a larger size.")
    for number, page in enumerate(proof.pages, 1):
        if min((float(size) for size in _SIZE.findall(page.content)), default=least) >= least:
            continue
        for (of, role), size in _sizes(page, least).items():
            values: dict[str, object] = {"size": Measure(f"{size:g}"), "least": Measure(f"{least:g}")}
            yield Finding("text.small", message, values, Place("", 0, of, number, role), "warning", remedy)


def _sizes(page: Page, least: float) -> dict[tuple[str, str], float]:
    """Return the smallest type below `least` of each field and role on the page."""
    found: dict[tuple[str, str], float] = {}
    owner = ("", page.master)
    for mark, size in _MARKED.findall(page.content):
        if mark:
            owner = (page.owners[int(mark)].of, page.owners[int(mark)].role)
        elif not size:
            owner = ("", page.master)
        elif float(size) < least:
            found[owner] = min(float(size), found.get(owner, least))
    return found


def _deposit(article: Article, proof: Proof) -> Sequence[Finding]:
    """Remind of the copy that the state library is due; a draft is no publication yet."""
    if article.draft or len(proof.pages) < DEPOSIT:
        return ()
    message = N_("From {pages} pages on a publication is due to the state library (Kulturgesetzbuch NRW, §§ 55 to 62).")
    remedy = N_("Deliver one version, printed or as a file; in the district of Münster to the ULB Münster.")
    return (Finding("deposit.copy", message, {"pages": DEPOSIT}, Place(), "note", remedy),)


def unshown(article: Article, proof: Proof) -> list[Finding]:
    """Return what the article has and this layout shows nowhere: nothing is lost in silence."""
    if any(finding.rule == "text.overset" for finding in proof.findings):  # that tells already what is not said
        return _unused(article, proof)
    return [*_unused(article, proof), *_unsaid(article, proof)]


def _unused(article: Article, proof: Proof) -> list[Finding]:
    """Return a note for each picture of the article that this layout has no place for."""
    message = N_("The picture “{key}” has no place in this layout.")
    used = {Path(picture.source).name for picture in proof.pictures.values()}
    shown = {path.split(".")[1] for path in proof.fields if path.startswith("pictures.")}
    return [
        Finding("picture.unused", message, {"key": key}, article.place_of(f"pictures.{key}"), "note")
        for key, picture in article.pictures.items()
        if not picture.decorative and key not in shown and Path(picture.file).name not in used
    ]


def _unsaid(article: Article, proof: Proof) -> list[Finding]:
    """Return a warning for all words of the article that this layout says nowhere: nothing is lost in silence."""
    said: set[str] = set()
    for one in proof.fields:
        path = one
        while path not in said:
            said.add(path)
            cut = max(path.rfind("."), path.rfind("["))
            path = path[:cut] if cut > 0 else path
    special = (article.poster_standfirst, article.event.occasion if article.event else None)  # for formats of their own
    wanted = {one.path: one.plain for one in article.displays() if all(one is not other for other in special)}
    wanted |= {block.path: block.text for prose in article.prose() for block in prose}
    wanted |= {event.path: event.note for event in article.timeline}
    wanted |= {one.path: f"{one.value} {one.noun}" for one in article.key_figures if not one.printed}
    message = N_("These words stand nowhere in this layout: “{near}”.")
    return [
        Finding("text.unsaid", message, {"near": _beginning(words)}, article.place_of(path), "warning")
        for path, words in wanted.items()
        if words and path not in said and not (path == "award.prize_line" and "award.prize" in said)  # one phrase
    ]


def _beginning(words: str) -> str:
    return words if len(words) <= 60 else words[:60].rpartition(" ")[0] + " …"
