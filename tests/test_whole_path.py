"""Any article goes the whole path or is refused in words: no traceback, no broken file, no good file overwritten."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from report.errors import Stop
from report.preflight import check

# everything a keyboard, a clipboard or a mishap brings: letters of many scripts, controls, bidi signs, emoji
TEXT = st.text(st.characters(codec="utf-8"), max_size=60)
LATIN = st.text(
    st.sampled_from("abcdefghijklmnopqrstuvwxyzäöüßABCÄÖÜ „“‚‘’–-.,:;*_/()[]{}|\\&<>%€0123456789\u00a0\u00ad"),
    max_size=120,
)
LONG_WORD = st.integers(1, 300).map(lambda length: "Familienfreundlichkeits"[: length % 23 + 1] * (length // 20 + 1))
WORDS = st.one_of(LATIN, TEXT, LONG_WORD)
PARAGRAPH = st.one_of(
    st.lists(WORDS, min_size=1, max_size=12).map(" ".join),
    st.fixed_dictionaries({"list": st.lists(WORDS, max_size=4)}),
    st.integers(1, 5).flatmap(
        lambda columns: st.fixed_dictionaries(
            {
                "table": st.fixed_dictionaries(
                    {
                        "head": st.lists(WORDS, min_size=columns, max_size=columns),
                        "rows": st.lists(st.lists(WORDS, min_size=columns, max_size=columns), min_size=1, max_size=5),
                    }
                )
            }
        )
    ),
)
SECTION = st.fixed_dictionaries({"heading": WORDS, "text": st.lists(PARAGRAPH, max_size=4)})
STOP = st.fixed_dictionaries(
    {"heading": WORDS},
    optional={"kicker": WORDS, "text": st.lists(PARAGRAPH, max_size=5), "sections": st.lists(SECTION, max_size=2)},
)
FIGURE = st.fixed_dictionaries({"value": st.sampled_from(["34", "10.000", "x"]), "noun": WORDS})
EVENT = st.fixed_dictionaries({"date": st.sampled_from(["2007", "2022-09", "32.13."]), "note": WORDS})
ADDRESS = st.sampled_from(["https://www.gladbeck.de", "javascript:1"])
PRIZE = st.sampled_from(["10.000 Euro", "1.234,50 Euro", "viel"])
ARTICLE = st.fixed_dictionaries(
    {"id": st.just("erdacht"), "headline": WORDS},
    optional={
        "language": st.sampled_from(["de", "en", "xx"]),
        "kicker": WORDS,
        "standfirst": WORDS,
        "stops": st.lists(STOP, max_size=7),
        "sections": st.lists(SECTION, max_size=3),
        "key_figures": st.lists(
            st.fixed_dictionaries({"value": st.sampled_from(["34", "10.000", "x"]), "noun": WORDS}), max_size=3
        ),
        "timeline": st.lists(
            st.fixed_dictionaries({"date": st.sampled_from(["2007", "2022-09", "32.13."]), "note": WORDS}), max_size=6
        ),
        "contact": st.fixed_dictionaries({"office": WORDS}),
        "imprint": st.fixed_dictionaries({"publisher": WORDS, "town": WORDS}),
        "online": st.fixed_dictionaries({"url": ADDRESS, "label": WORDS}),
        "award": st.fixed_dictionaries({"name": WORDS, "prize": PRIZE}),
        "status": st.fixed_dictionaries({"state": st.sampled_from(["draft", "released"])}),
        "unbekannt": WORDS,
    },
)


def made(facts: Any, folder: Path) -> list[Path]:
    """Send an article down the whole path; return the files, none where it was refused in words."""
    from report import Job, produce

    path = folder / "article.json"
    path.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8", errors="surrogatepass")
    job = Job(article=path, layouts=("brochure",), editions=("mail",), out=folder / "out")
    try:
        verdict = produce(job)
    except Stop as stop:
        assert stop.faults
        assert all(str(fault) for fault in stop.faults)
        return []
    return [Path(product.path) for product in verdict.products if Path(product.path).is_file()]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts=ARTICLE)
def test_any_article_gives_a_sound_file_or_words(facts: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    for path in made(facts, tmp_path_factory.mktemp("any")):
        raw = path.read_bytes()
        with pikepdf.open(io.BytesIO(raw)) as pdf:
            assert len(pdf.pages) >= 1
        assert [str(finding) for finding in check(raw)] == []


@settings(max_examples=25, deadline=None)
@given(raw=st.binary(max_size=400))
def test_any_bytes_are_refused_in_words(raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    from report import Job, produce

    path = tmp_path_factory.mktemp("bytes") / "article.yaml"
    path.write_bytes(raw)
    with pytest.raises(Stop):
        produce(Job(article=path, layouts=("brochure",), editions=("mail",), out=path.parent / "out"))
    assert not (path.parent / "out").exists() or not list((path.parent / "out").rglob("*.pdf"))
