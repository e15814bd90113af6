"""A real browser for the tests: the system's Chromium or Playwright's own, driven by Playwright; axe-core beside it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.conftest import missing

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the browser; where there is none the test is skipped with its reason, failed in CI."""
    with sync_playwright() as play:
        own = Path(play.chromium.executable_path)
        path = next((found for name in _NAMES if (found := shutil.which(name))), str(own) if own.is_file() else "")
        if not path:
            missing("The web page is tested in Chromium: apt-get install chromium, or playwright install chromium")
        try:
            started = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        except Error as error:
            missing(f"Chromium does not start: {error.message.splitlines()[0]}")
        yield started
        started.close()


@contextmanager
def opened(started: Browser, file: Path, width: int = 1280, scheme: str = "light") -> Iterator[tuple[Page, list[str]]]:
    """Open a page; what it complains of, or asks of the world, is listed."""
    context = started.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: told.append(request.url) if request.url[:5] not in ("file:", "data:") else None)
    page.goto(file.resolve().as_uri())
    yield page, told
    context.close()


def faults(page: Page) -> list[str]:
    """Return what axe-core finds, all its rules on: rule and place, one a line, and what it could not decide."""
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    found: dict[str, list[dict[str, Any]]] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    every = ((one["id"], node) for one in found["violations"] for node in one["nodes"])
    return [f"{rule}: {node['target']} {node['failureSummary']}" for rule, node in every]


def heard(page: Page) -> list[tuple[str, str]]:
    """Return what the browser tells a screen reader, in order: role (heading 2, image, text …) and name."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    root = next(node for node in nodes.values() if not node.get("parentId"))
    return list(_told(root, nodes))


def _told(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    role, name = node.get("role", {}).get("value", ""), node.get("name", {}).get("value", "")
    if not node.get("ignored"):
        level = next((one["value"]["value"] for one in node.get("properties", ()) if one["name"] == "level"), "")
        if role in ("heading", "image", "banner", "main", "contentinfo", "StaticText", "columnheader"):
            yield f"{role} {level}".strip(), name
    if role != "StaticText":
        for child in node.get("childIds", ()):
            if child in nodes:
                yield from _told(nodes[child], nodes)


def luminance(page: Page, selector: str) -> float:
    """Return how light the ground of an element is: 0 black to 1 white."""
    code: str = page.evaluate(f"getComputedStyle(document.querySelector({json.dumps(selector)})).backgroundColor")
    red, green, blue = (int(part) / 255 for part in code[4:-1].split(",")[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
