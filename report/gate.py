"""The gate: what only the finished pages show, held against the article.

Knows: the article, the proof, the edition. Must never know how pages or files are made.
"""

from __future__ import annotations

from pathlib import Path

from report.article import Article
from report.findings import N_, Finding
from report.proof import Proof


def unshown(article: Article, proof: Proof) -> list[Finding]:
    """Return what the article has and this layout shows nowhere: nothing is lost in silence."""
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
