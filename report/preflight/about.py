"""What the file says of itself, and the frame of its pages: title, language, boxes, sound syntax.

Knows: the catalogue, XMP, page boxes. Must never know what the publication is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from report.findings import N_, Finding, Place
from report.preflight.reading import Paper

_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_ITEM = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
_BEYOND = N_("The page box {inner} is empty or reaches beyond the page box {outer}.")
_SLACK = 0.01  # points: what rounding may do


def inspect_about(paper: Paper) -> Iterator[Finding]:
    """Judge title, language, marks of tagging, page boxes and syntax."""
    root = paper.pdf.Root
    if not title(root).strip():
        yield Finding("preflight.title-missing", N_("The file has no title."))
    if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        yield Finding(
            "preflight.title-hidden", N_("The window shows the file's name instead of its title (DisplayDocTitle).")
        )
    language = str(root.get("/Lang", ""))
    if not _LANGUAGE.match(language):
        yield Finding(
            "preflight.language",
            N_("The file does not say in which language it is (“{language}”)."),
            {"language": language},
        )
    for tag in paper.tags():
        if tag.lang is not None and not _LANGUAGE.match(tag.lang):
            yield Finding(
                "preflight.language-part",
                N_("An element names a language that there is not: “{language}”."),
                {"language": tag.lang},
                Place(page=paper.page_of(tag), block=tag.role),
            )
    if not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
        yield Finding("preflight.unmarked", N_("The file does not say that it is tagged (MarkInfo)."))
    for number, page in enumerate(paper.pdf.pages, 1):
        yield from _boxes(page.obj, Place(page=number))
    for problem in paper.pdf.check_pdf_syntax():
        yield Finding("preflight.syntax", N_("The file is damaged: {problem}"), {"problem": problem})


def title(root: Any) -> str:
    """Return the title in the file's XMP packet, empty where there is none to be read."""
    from xml.etree.ElementTree import ParseError, fromstring

    if "/Metadata" not in root:
        return ""
    try:
        packet = fromstring(root["/Metadata"].read_bytes())
    except ParseError:
        return ""
    return next((item.text or "" for holder in packet.iter(_TITLE) for item in holder.iter(_ITEM)), "")


def _boxes(page: Any, place: Place) -> Iterator[Finding]:
    media = _box(page, "/MediaBox") or (0.0, 0.0, 0.0, 0.0)
    outer_name, outer = "MediaBox", media
    for name in ("MediaBox", "BleedBox", "TrimBox", "ArtBox"):
        inner = _box(page, f"/{name}")
        if inner is None:
            continue
        if not _inside(inner, outer):
            yield Finding("preflight.boxes", _BEYOND, {"inner": name, "outer": outer_name}, place)
        outer_name, outer = name, inner
    crop = _box(page, "/CropBox")
    if crop is not None and not _inside(crop, media):
        yield Finding("preflight.boxes", _BEYOND, {"inner": "CropBox", "outer": "MediaBox"}, place)


def _box(page: Any, name: str) -> tuple[float, ...] | None:
    for _ in range(50):
        if name in page:
            sides = tuple(float(side) for side in page[name])
            return sides if len(sides) == 4 else (0.0, 0.0, 0.0, 0.0)
        if name not in ("/MediaBox", "/CropBox") or "/Parent" not in page:
            return None
        page = page["/Parent"]
    return None


def _inside(inner: tuple[float, ...], outer: tuple[float, ...]) -> bool:
    left, bottom, right, top = inner
    nested = left >= outer[0] - _SLACK and bottom >= outer[1] - _SLACK
    nested = nested and right <= outer[2] + _SLACK and top <= outer[3] + _SLACK
    return left < right and bottom < top and nested
