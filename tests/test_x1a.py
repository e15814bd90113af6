"""PDF/X-1a:2003, looked at as far as free tools go: what ISO 15930-4 demands of the structure, in every layout.

No program that judges the standard is at hand, so the files are called "not independently checked".
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from report import layoutfile
from report.production import Job, produce
from tests.conftest import missing
from tests.test_print import house_with
from tests.variants import SAMPLE, write

LAYOUTS = tuple(name for name in layoutfile.names() if not layoutfile.load(name).flows and name != "easy")
INVITED = ("card", "invitation")  # which need the facts of an invitation

BARRED = {"/OCProperties", "/OC", "/TR", "/TR2", "/HTP", "/OPI", "/JS", "/Encrypt", "/AcroForm", "/AA", "/OpenAction"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("x1a")
    change = ("{standard: x4, bleed: 3mm, safe", "{standard: x1a, order: sheets, bleed: 3mm, safe")
    house = house_with(folder / "house", change, ("small: 0/100/90/0", "small: 0/100/90/0, spot: HKS 13"))
    found = {}
    others = tuple(name for name in LAYOUTS if name not in INVITED)
    for article, layouts in ((SAMPLE, others), (write("invited", folder / "article"), INVITED)):
        job = Job(article, layouts=layouts, editions=("print",), house=house, out=folder)
        for product in produce(job).products:
            assert product.written, [str(one) for one in product.findings if one.severity == "error"]
            if not product.edition.endswith("dummy"):  # which is folded by hand, not printed
                found[f"{product.layout} {product.edition}"] = product.path
    return found


def test_every_layout_and_every_sheet_is_here(made: dict[str, Path]) -> None:
    assert {name.split()[0] for name in made} == set(LAYOUTS)
    assert {f"{layout} print-sheets" for layout in ("booklet", "brochure", "leaflet")} <= set(made)


def everything(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Walk all dictionaries and streams, those that stand inside others too."""
    waiting: list[Any] = [*pdf.objects, pdf.trailer]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting += [one for one in item if not getattr(one, "is_indirect", False)]
        elif isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            yield item
            waiting += [item[key] for key in item.keys() if not getattr(item[key], "is_indirect", False)]  # noqa: SIM118


def test_what_the_standard_bars_is_nowhere(made: dict[str, Path]) -> None:
    for name, path in made.items():
        with pikepdf.open(path) as pdf:
            for item in everything(pdf):
                assert item.get("/SMask", "/None") == "/None", name
                assert item.get("/S") != "/Transparency", name
                assert item.get("/BM", "/Normal") in ("/Normal", "/Compatible"), name
                assert (float(item.get("/ca", 1)), float(item.get("/CA", 1))) == (1, 1), name
                assert not BARRED & set(item.keys()), name
                assert item.get("/Subtype") not in ("/PS", "/Widget", "/Link"), name
                assert item.get("/Type") not in ("/ObjStm", "/XRef", "/EmbeddedFile", "/Annot"), name
                assert not any(code in str(item.get("/Filter", "")) for code in ("JPX", "JBIG2", "LZW")), name
                if item.get("/Subtype") == "/Image":
                    assert item.ColorSpace in ("/DeviceCMYK", "/DeviceGray"), name
                if item.get("/Type") == "/FontDescriptor":
                    assert "/FontFile2" in item or "/FontFile3" in item, name
                if isinstance(item, pikepdf.Dictionary) and "/ColorSpace" in item and "/Type" not in item:
                    for space in item.ColorSpace.values() if isinstance(item.ColorSpace, pikepdf.Dictionary) else ():
                        assert space[0] == "/Separation" and space[2] == "/DeviceCMYK", name


def test_what_the_standard_demands_is_there(made: dict[str, Path]) -> None:
    for name, path in made.items():
        data = path.read_bytes()
        assert data.startswith(b"%PDF-1.4") and b"\nxref\n" in data, name
        with pikepdf.open(path) as pdf:
            info, (intent,) = pdf.trailer.Info, pdf.Root.OutputIntents
            assert str(info.GTS_PDFXVersion) == "PDF/X-1a:2003", name  # 2003 has no key for conformance beside it
            assert info.Trapped == "/False" and {"/Title", "/CreationDate", "/ModDate"} <= set(info.keys()), name
            assert (intent.S, intent.DestOutputProfile.N) == ("/GTS_PDFX", 4), name
            assert "/ID" in pdf.trailer and "/Encrypt" not in pdf.trailer, name
            for page in pdf.pages:
                boxes = (page.obj[key] for key in ("/MediaBox", "/BleedBox", "/TrimBox"))
                media, bleed, trim = ([float(edge) for edge in box] for box in boxes)
                assert media[0] <= bleed[0] <= trim[0] < trim[2] <= bleed[2] <= media[2], name
                assert media[1] <= bleed[1] <= trim[1] < trim[3] <= bleed[3] <= media[3], name
                assert "/ArtBox" not in page.obj, name


@pytest.mark.parametrize("tool", ["qpdf", "gs", "mutool"])
def test_three_readers_find_nothing_wrong(tool: str, made: dict[str, Path]) -> None:
    if shutil.which(tool) is None:
        missing(f"{tool} is not installed: no second look at PDF/X-1a")
    order = {
        "qpdf": ["qpdf", "--check"],
        "gs": ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONERROR", "-sDEVICE=nullpage"],
        "mutool": ["mutool", "info"],
    }
    for name, path in made.items():
        done = subprocess.run([*order[tool], str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, (name, done.stdout, done.stderr)
        said = f"{done.stdout if tool == 'gs' else ''}{done.stderr}"
        assert said.replace("warning: ICC support is not available\n", "") == "", (name, said)
