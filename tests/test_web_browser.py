"""The web page in a real browser: axe-core by day and by night, the order of its words, small screens, paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests import browser, readback
from tests.test_web import DRAFT, Made, tokens
from tests.variants import SAMPLE

_LOOSE = str.maketrans(dict.fromkeys("\x02\ufffe-"))  # what a line's end adds
SAMPLED = SAMPLE.parent.name
HARD = (
    (SAMPLED, "a"), (SAMPLED, "b"), (DRAFT, "b"), ("everything", "a"), ("ten-pictures", "b"), ("photographs", "a"),
    ("no-picture", "a"), ("barest", "b"), ("twelve-stops", "a"), ("compound-headline", "a"), ("english", "a"),
    ("articles/wide-table", "b"), ("articles/long-words", "a"),
)  # fmt: skip
each = pytest.mark.parametrize(("name", "style"), HARD)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser.browser() as started:
        yield started


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("browser")
    return cache(lambda name, style="a": Made(name, folder, style))


def bare(said: str) -> str:
    """Return words without spaces and hidden signs."""
    return "".join(readback.plain(said).split())


@each
def test_axe_finds_nothing(name: str, style: str, made: Any, chromium: Browser) -> None:
    """All rules, best practice too; contrast is measured by day and by night, on a screen and on a telephone."""
    file = made(name, style).products["html"].path
    for width, scheme in ((1280, "light"), (1280, "dark"), (390, "light")):
        with browser.opened(chromium, file, width, scheme) as (page, told):
            assert browser.faults(page) == [], f"{width} {scheme}"
            assert [line for line in told if "eval" not in line] == []


def test_axe_would_find_something(tmp_path: Path, chromium: Browser) -> None:
    file = tmp_path / "poor.html"
    file.write_text("<!DOCTYPE html><title>T</title><img src='x'><p style='color:#aaa'>Grau</p>", encoding="utf-8")
    with browser.opened(chromium, file) as (page, _):
        found = {fault.partition(":")[0] for fault in browser.faults(page)}
    assert found >= {"image-alt", "html-has-lang", "color-contrast"}


@each
def test_a_screen_reader_hears_what_is_read_from_the_pdf(name: str, style: str, made: Any, chromium: Browser) -> None:
    """The browser's own accessibility tree: headings and pictures as the PDF's tags have them, words as the source."""
    one = made(name, style)
    with browser.opened(chromium, one.products["html"].path) as (page, _):
        told = browser.heard(page)
    roles = [role for role, _ in told]
    assert [role for role in roles if role in ("banner", "main", "contentinfo")] in (
        ["banner", "main", "contentinfo"], ["banner", "main"], ["main"],
    )  # fmt: skip
    assert roles.count("heading 1") == 1
    spoken = [" ".join(tokens(said)) for role, said in told if role.startswith("heading")]
    read = readback.words(one.products["mail"].path) if one.set else []
    tags = [(role, " ".join(tokens(said))) for role, said in read]
    both = [said for role, said in tags if re.fullmatch("H[1-6]", role) and said in spoken]
    assert both or not one.set
    assert list(dict.fromkeys(said for said in spoken if said in both)) == list(dict.fromkeys(both))
    words, at = bare("".join(said for role, said in told if role == "StaticText")), 0
    for of, said in one.composed("html").article:
        assert bare(said) in words[at:], f"{of} is not heard in its place"
        at = words.index(bare(said), at) + len(bare(said))


@each
def test_a_narrow_screen_is_not_moved_sideways(name: str, style: str, made: Any, chromium: Browser) -> None:
    """WCAG 2.1, 1.4.10: at 320 pixels nothing but a wide table moves sideways."""
    with browser.opened(chromium, made(name, style).products["html"].path, 320) as (page, _):
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1280, 2400), (1000, 1400), (1920, 1080)])
def test_no_tall_picture_leaves_its_words_alone(width: int, height: int, made: Any, chromium: Browser) -> None:
    """Beside its words a picture is at most a window high, and in a window that stands upright no longer than wide."""
    with browser.opened(chromium, made(SAMPLED).products["html"].path, width) as (page, _):
        page.set_viewport_size({"width": width, "height": height})
        seen: list[list[float]] = page.evaluate(
            "[...document.querySelectorAll('main > .pictured:not(:first-child) > figure')].map(one => ["
            "one.getBoundingClientRect().height, one.getBoundingClientRect().width,"
            "getComputedStyle(one.querySelector('img')).objectFit == 'cover' || one.matches('.whole, .photo')])"
        )
    assert len(seen) >= 2
    for tall, wide, kept in seen:
        assert tall <= height
        assert tall <= 1.4 * wide
        assert kept


def test_larger_letters_find_their_room(made: Any, chromium: Browser) -> None:
    """WCAG 2.1, 1.4.4 and 1.4.12: type of twice the size and the spacing that readers set cut nothing off."""
    with browser.opened(chromium, made(SAMPLED).products["html"].path, 1280) as (page, _):
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.evaluate(
            "for (const one of document.querySelectorAll('p, h1, h2, h3, li'))"
            "{ one.style.lineHeight = 1.5; one.style.letterSpacing = '0.12em'; one.style.wordSpacing = '0.16em' }"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        cut = page.evaluate(
            "[...document.querySelectorAll('p, h1, h2, h3, li, figcaption')]"
            ".filter(one => one.scrollHeight > one.clientHeight + 2 && getComputedStyle(one).overflow != 'visible')"
            ".map(one => one.textContent)"
        )
        assert cut == []


@pytest.mark.parametrize("style", ["a", "b"])
def test_the_page_is_light_by_day_and_dark_by_night(style: str, made: Any, chromium: Browser) -> None:
    file = made(SAMPLED, style).products["html"].path
    with browser.opened(chromium, file, scheme="light") as (page, _):
        assert browser.luminance(page, "body") > 0.9
    with browser.opened(chromium, file, scheme="dark") as (page, _):
        assert browser.luminance(page, "body") < 0.2
        page.emulate_media(media="print", color_scheme="dark")
        assert browser.luminance(page, "body") > 0.9, "paper is white at night too"


@pytest.mark.parametrize(("name", "style"), [(SAMPLED, "a"), ("everything", "b"), ("ten-pictures", "a")])
def test_paper_gets_all_words_in_black(name: str, style: str, made: Any, chromium: Browser, tmp_path: Path) -> None:
    one = made(name, style)
    printed = tmp_path / "printed.pdf"
    with browser.opened(chromium, one.products["html"].path) as (page, _):
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.querySelector('section')).display") == "block"
        page.pdf(path=printed, format="A4", prefer_css_page_size=True)
    letters = bare("".join(readback.page_text(printed))).translate(_LOOSE)
    for _, said in one.composed("html").article:
        assert bare(said).translate(_LOOSE)[:24] in letters, said
    assert "(https://www.gladbeck.de)" in letters or "www.gladbeck.de" not in one.html
