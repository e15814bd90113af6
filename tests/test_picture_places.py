"""What is told about a picture names the article's line, its field and the page, and sizes without bleed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from report import Job, produce
from report.errors import PictureFault
from report.findings import Finding

HEAD = """\
id: ort
headline: Bilder und ihr Ort
pictures:
  haus:
    file: haus.jpg
    alt: Ein Haus mit zwei Giebeln.
    credit: 'Foto: Maria Muster'
"""
STOP = "stops:\n  - heading: Das Haus\n    picture: haus\n    text: [Es steht am Markt.]\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n{inside}\n</svg>'


def written(folder: Path, extra: str = "", name: str = "haus.jpg", rest: str = STOP) -> Job:
    (folder / "article.yaml").write_text(HEAD.replace("haus.jpg", name) + extra + rest, encoding="utf-8")
    return Job(folder / "article.yaml", out=folder / "out", editions=("mail",))


def found(job: Job, rule: str) -> Finding:
    return next(one for product in produce(job).products for one in product.findings if one.rule == rule)


def stopped(job: Job) -> Finding:
    with pytest.raises(PictureFault) as caught:
        produce(job)
    return caught.value.faults[0]


@pytest.mark.parametrize(
    ("size", "extra", "rule"),
    [
        ((1200, 300), "", "picture.cropped"),
        ((60, 45), "", "picture.soft"),
        ((1000, 700), "    frame: 0% 0% 100% 100%\n", "picture.frame-cut"),
    ],
)
def test_a_finding_on_a_picture_names_line_field_and_page(
    tmp_path: Path, size: tuple[int, int], extra: str, rule: str
) -> None:
    Image.new("RGB", size, (90, 120, 60)).save(tmp_path / "haus.jpg")
    assert str(found(written(tmp_path, extra), rule).place) == "article.yaml:5 pictures.haus, p. 2"


def test_sizes_are_told_without_bleed(tmp_path: Path) -> None:
    Image.new("RGB", (1200, 300), (90, 120, 60)).save(tmp_path / "haus.jpg")
    values = found(written(tmp_path), "picture.cropped").values
    assert (values["width"], values["height"]) == (105, 89)  # a half column to the sheet's edge, bleed left out


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff\xe0 no picture", b"GIF89a"])
def test_a_picture_that_cannot_be_used_names_the_articles_line(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "haus.jpg").write_bytes(data)
    place = stopped(written(tmp_path)).place
    assert (place.file, place.line, place.path) == ("article.yaml", 5, "pictures.haus")


def test_a_picture_whose_pixels_are_broken_names_the_articles_line(tmp_path: Path) -> None:
    Image.effect_noise((1600, 1200), 80).save(tmp_path / "haus.png")
    whole = (tmp_path / "haus.png").read_bytes()
    (tmp_path / "haus.png").write_bytes(whole[: len(whole) // 3])
    assert str(stopped(written(tmp_path, name="haus.png")).place) == "article.yaml:5 pictures.haus"


@pytest.mark.parametrize("inside", ["<text>Haus</text>", '<rect width="9" height="9" fill="url(#a)"/>'])
def test_a_drawings_fault_names_its_own_line_and_the_field(tmp_path: Path, inside: str) -> None:
    (tmp_path / "haus.svg").write_text(SVG.format(inside=inside), encoding="utf-8")
    assert str(stopped(written(tmp_path, name="haus.svg")).place) == "haus.svg:2 pictures.haus"
