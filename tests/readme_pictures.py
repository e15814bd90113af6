"""Draw the README's pictures from the sample: `uv run python -m tests.readme_pictures`."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from report import Job, produce
from report.paths import shipped

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
SHEETS = {"cover": (0,), "spread": (1, 2)}  # name: pages side by side, from 0
DPI = 60
COLOURS = 64  # flat colours and their edges need no more


def draw(folder: Path = FOLDER) -> list[Path]:
    """Write one picture a sheet; return their paths."""
    article = shipped("assets", "samples", "familienkommune-gladbeck", "article.yaml")
    drawn = []
    with tempfile.TemporaryDirectory() as out:
        (product,) = produce(Job(article, editions=("mail",), out=Path(out))).products
        with pypdfium2.PdfDocument(product.path) as pdf:
            for name, numbers in SHEETS.items():
                pages = [pdf[number].render(scale=DPI / 72).to_pil() for number in numbers]
                sheet = Image.new("RGB", (sum(page.width for page in pages), pages[0].height), "white")
                for index, page in enumerate(pages):
                    sheet.paste(page, (index * page.width, 0))
                path = folder / f"{name}.png"
                sheet.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
                drawn.append(path)
    return drawn


if __name__ == "__main__":
    print(*draw(), sep="\n")
