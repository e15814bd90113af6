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
from tests import readback
from tests.shelf import ROOT

# what a press office types: letters of three scripts, all the signs that mean something somewhere in our path
SIGNS = "abcdefghijklmnopqrstuvwxyzäöüßABCÄÖÜ  „“‚‘’–-.,:;*_/()[]{}|\\&<>%€#'\"0123456789\u00a0ΑθήναМосква→é"
LATIN = st.text(st.sampled_from(SIGNS), min_size=1, max_size=120).map(lambda text: f"W{text}")
LONG_WORD = st.integers(1, 300).map(lambda length: "Familienfreundlichkeits"[: length % 23 + 1] * (length // 20 + 1))
SENTENCE = st.lists(
    st.sampled_from("Die Stadt Gladbeck lädt am 1. März alle Bürger*innen zum Fest ein.".split()), min_size=1
)
WORDS = st.one_of(SENTENCE.map(" ".join), LATIN, LONG_WORD)
# what a clipboard or a mishap brings: controls, bidi signs, emoji, other scripts, lone surrogates
ODD = st.one_of(
    st.text(min_size=1, max_size=20), st.text(st.characters(categories=["Cc", "Cf", "Cs", "Co", "So"]), min_size=1)
)
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
FIGURE = st.fixed_dictionaries({"value": st.sampled_from(["34", "10.000", "5,5"]), "noun": WORDS})
EVENT = st.fixed_dictionaries({"date": st.sampled_from(["2007", "2022-09", "1.3.2025"]), "note": WORDS})
ADDRESS = st.sampled_from(["https://www.gladbeck.de", "https://example.org/ö?a=1&b=2"])
PRIZE = st.sampled_from(["10.000 Euro", "1.234,50 Euro"])
ARTICLE = st.fixed_dictionaries(
    {"id": st.just("erdacht"), "headline": WORDS},
    optional={
        "language": st.sampled_from(["de", "en"]),
        "kicker": WORDS,
        "standfirst": WORDS,
        "stops": st.lists(STOP, max_size=7),
        "sections": st.lists(SECTION, max_size=3),
        "key_figures": st.lists(
            st.fixed_dictionaries({"value": st.sampled_from(["34", "10.000", "5,5"]), "noun": WORDS}), max_size=3
        ),
        "timeline": st.lists(
            st.fixed_dictionaries({"date": st.sampled_from(["2007", "2022-09", "1.3.2025"]), "note": WORDS}), max_size=6
        ),
        "contact": st.fixed_dictionaries({"office": WORDS}),
        "imprint": st.fixed_dictionaries({"publisher": WORDS, "town": WORDS}),
        "online": st.fixed_dictionaries({"url": ADDRESS, "label": WORDS}),
        "award": st.fixed_dictionaries({"name": WORDS, "prize": PRIZE}),
        "status": st.fixed_dictionaries({"state": st.just("draft")}),
    },
)

SCHEMA = json.loads((ROOT / "assets" / "schema" / "article.schema.json").read_text(encoding="utf-8"))
FIELDS = ("unbekannt", *SCHEMA["properties"])


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


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(facts=ARTICLE)
def test_any_article_gives_a_sound_file_or_words(facts: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    for path in made(facts, tmp_path_factory.mktemp("any")):
        raw = path.read_bytes()
        with pikepdf.open(io.BytesIO(raw)) as pdf:
            assert len(pdf.pages) >= 1
        assert [str(finding) for finding in check(raw)] == []


POISON = st.one_of(
    ODD,
    st.sampled_from(["", "&anker", "*anker", "!tag", "{{ 7 * 7 }}", "{% include 'x' %}", "</p><p>", "1" * 5000]),
    st.sampled_from(["[x](javascript:1)", "[x](file:///etc/passwd)", "../../etc/passwd", "https://example.org/x.jpg"]),
    st.none(),
    st.lists(ODD, max_size=2),
    st.dictionaries(st.sampled_from(["text", "list", "table", "x"]), ODD, max_size=2),
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(facts=ARTICLE, field=st.sampled_from(FIELDS), poison=POISON)
def test_one_poisoned_field_gives_a_sound_file_or_words(
    facts: Any, field: str, poison: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for path in made({**facts, field: poison}, tmp_path_factory.mktemp("poison")):
        assert [str(finding) for finding in check(path)] == []
        assert "49" not in "".join(words for _, words in readback.words(path)) or "49" in str(facts)


@settings(max_examples=25)
@given(raw=st.binary(max_size=400))
def test_any_bytes_are_refused_in_words(raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    from report import Job, produce

    path = tmp_path_factory.mktemp("bytes") / "article.yaml"
    path.write_bytes(raw)
    with pytest.raises(Stop):
        produce(Job(article=path, layouts=("brochure",), editions=("mail",), out=path.parent / "out"))
    assert not (path.parent / "out").exists() or not list((path.parent / "out").rglob("*.pdf"))
