"""The judges themselves: a test that cannot fail proves nothing, so each is shown a good file and a bad one."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw

from tests import goldens, readback, verapdf
from tests.conftest import Judge
from tests.handmade import TITLE, broken, good


def test_verapdf_passes_the_good_and_fails_the_bad(judge: Judge, tmp_path: Path) -> None:
    fine, bad = tmp_path / "güt.pdf", tmp_path / "schlecht.pdf"
    fine.write_bytes(good())
    bad.write_bytes(broken(lambda pdf: pdf.Root.__delitem__("/MarkInfo")))
    judge.enter("ua1", fine)
    assert [rule[:5] for rule in judge.failed("ua1", bad)] == ["6.2-1"]
    assert judge.failed("ua1", fine) == []


def test_verapdf_knows_its_flavours() -> None:
    with pytest.raises(ValueError, match="ua7"):
        verapdf.run("ua7", [Path("x.pdf")])


def test_an_unreachable_registry_is_said_in_plain_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The jars are looked for in an empty folder, and the way out is shut."""
    from jgo.maven import MavenContext

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    context = MavenContext(repo_cache=tmp_path, remote_repos={}, offline=True)
    with pytest.raises(verapdf.Unavailable, match=r"com\.beust:jcommander:1\.81 could not be fetched"):
        verapdf.jar(context, "com.beust:jcommander:1.81", "veraPDF")


def test_the_outline_shows_tags_facts_and_words_in_order() -> None:
    goldens.assert_golden("harness/outline", readback.outline(good()))


def test_words_artifacts_links_labels_are_read() -> None:
    assert readback.words(good())[:3] == [
        ("H1", "Ein Blatt"),
        ("P", "Mehr auf gladbeck.de und im Rathaus."),
        ("H2", "Liste"),
    ]
    assert readback.artifacts(good()) == [["1"]]
    assert readback.links(good()) == [(1, "https://www.gladbeck.de/ (Netzseite der Stadt)")]
    assert readback.labels(good()) == ["1"]
    facts = readback.about(good())
    assert (facts["dc:title"], facts["pdfuaid:part"], facts["language"]) == (TITLE, "1", "de-DE")
    assert "Mehr auf gladbeck.de und im Rathaus." in readback.page_text(good())[0]


def test_bookmarks_are_read_with_their_level_and_page() -> None:
    def mark(pdf: pikepdf.Pdf) -> None:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Anfang", 0))
            outline.root[0].children.append(pikepdf.OutlineItem("Ende", 0))

    assert readback.bookmarks(broken(mark)) == [(1, "Anfang", 1), (2, "Ende", 1)]


def test_a_page_picture_is_compared_with_its_golden() -> None:
    goldens.assert_picture("harness/page", readback.picture(good(), 1, 120))


def test_a_changed_picture_and_text_fail_and_leave_a_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(goldens, "FAILED", tmp_path)
    monkeypatch.setattr(goldens, "_updating", False)
    monkeypatch.setattr(goldens, "_panels", [])
    changed = readback.picture(good(), 1, 120)
    ImageDraw.Draw(changed).rectangle((10, 10, 20, 20), fill="red")
    with pytest.raises(AssertionError, match="of the picture differs"):
        goldens.assert_picture("harness/page", changed)
    with pytest.raises(AssertionError, match="of the picture differs"):
        goldens.assert_picture("harness/page", Image.new("RGB", (60, 60), "white"))
    with pytest.raises(AssertionError, match=r"\+H1 “Zwei”"):
        goldens.assert_golden("harness/outline", "H1 “Zwei”\n")
    with pytest.raises(AssertionError, match="no golden"):
        goldens.assert_golden("harness/none", "x")
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert page.count("data:image/png;base64,") == 6
    assert "+H1 “Zwei”" in page
