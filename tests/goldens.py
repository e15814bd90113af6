"""Goldens: texts and small page pictures that stand for "as it was when somebody looked at it".

`pytest --update-goldens` rewrites them; the difference is then read in the change itself. Where one fails,
`tests/failed/index.html` shows expected, difference and actual side by side.
"""

from __future__ import annotations

import base64
import difflib
import html
import io
import shutil
from pathlib import Path

from PIL import Image, ImageChops

FOLDER = Path(__file__).parent / "golden"
FAILED = Path(__file__).parent / "failed"
NOTICEABLE = 40  # of 255: below it, two machines may round alike shapes apart
MOST = 0.002  # share of the pixels that may differ noticeably

_updating = False
_panels: list[str] = []


def start(*, update: bool) -> None:
    """Begin a run: forget the last one's failures; `update` rewrites the goldens."""
    global _updating  # noqa: PLW0603 -- pytest's option has no other way into a plain function
    _updating = update
    _panels.clear()
    shutil.rmtree(FAILED, ignore_errors=True)


def assert_golden(name: str, text: str) -> None:
    """Compare `text` with `tests/golden/<name>.txt`."""
    path = FOLDER / f"{name}.txt"
    text = text if text.endswith("\n") else text + "\n"
    if _updating:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        return
    expected = _there(path).read_text(encoding="utf-8")
    if text == expected:
        return
    lines = list(difflib.unified_diff(expected.splitlines(), text.splitlines(), "expected", "actual", lineterm="", n=2))
    _report(name, f"<pre>{html.escape(chr(10).join(lines))}</pre>")
    shown = "\n".join(lines[:60])
    raise AssertionError(f"{name} differs from its golden (all of it in {FAILED / 'index.html'}):\n{shown}")


def assert_picture(name: str, picture: Image.Image) -> None:
    """Compare `picture` with `tests/golden/<name>.png`, small differences of drawing apart."""
    path = FOLDER / f"{name}.png"
    if _updating:
        path.parent.mkdir(parents=True, exist_ok=True)
        picture.quantize(256).save(path, optimize=True)
        return
    with Image.open(_there(path)) as stored:
        expected = stored.convert("RGB")
    difference = _difference(expected, picture)
    share = sum(difference.histogram()[1:]) / (difference.width * difference.height)
    if expected.size == picture.size and share <= MOST:
        return
    panels = (("expected", expected), ("difference", difference), ("actual", picture))
    shown = "".join(
        f"<figure><img src='{_inline(image)}'><figcaption>{title}</figcaption></figure>" for title, image in panels
    )
    _report(name, shown)
    raise AssertionError(f"{name}: {share:.2%} of the picture differs; look at {FAILED / 'index.html'}")


def _difference(one: Image.Image, other: Image.Image) -> Image.Image:
    """Return white where two pictures differ noticeably, black elsewhere; what only one has differs."""
    size = (max(one.width, other.width), max(one.height, other.height))
    one, other = _on_canvas(one, size, "white"), _on_canvas(other, size, "white")
    channels = ImageChops.difference(one, other).split()
    most = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    return most.point([255 if value > NOTICEABLE else 0 for value in range(256)])


def _on_canvas(picture: Image.Image, size: tuple[int, int], colour: str) -> Image.Image:
    canvas = Image.new("RGB", size, colour)
    canvas.paste(picture, (0, 0))
    return canvas


def _there(path: Path) -> Path:
    if not path.is_file():
        raise AssertionError(
            f"There is no golden {path.name} yet: run pytest --update-goldens and look at what it wrote."
        )
    return path


def _inline(picture: Image.Image) -> str:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def _report(name: str, panel: str) -> None:
    _panels.append(f"<section><h2>{html.escape(name)}</h2>{panel}</section>")
    FAILED.mkdir(parents=True, exist_ok=True)
    style = (
        "body{font:16px sans-serif;margin:2em}figure{display:inline-block;margin:0 1em 1em 0}img{border:1px solid #999}"
    )
    page = f"<!doctype html><html lang='en'><meta charset='utf-8'><title>Failed goldens</title><style>{style}</style>"
    (FAILED / "index.html").write_text(page + "".join(_panels) + "</html>", encoding="utf-8")
