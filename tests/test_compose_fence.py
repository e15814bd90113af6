"""Compose: templates are run inside their fence; what breaks out is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from report import compose
from report.article.model import Article
from report.compose import bytecode
from report.errors import LayoutFault
from report.house import House, load
from tests.templates import Marking, probe, written


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> Article:
    return probe(tmp_path_factory.mktemp("article"))


@pytest.fixture(scope="module")
def house() -> House:
    return load("a")


def told(template: str, folder: Path, article: Article, house: House) -> str:
    """The one fault of a template, with its place."""
    with pytest.raises(LayoutFault) as caught:
        written(template, folder, article, house)
    return "\n".join(str(fault) for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("<a>\n{{ article.headlin }}", "probe/page.xml.j2:2: Article has no field “headlin”."),
        ("{{ nothing }}", "probe/page.xml.j2:1: The template asks for “nothing”, which is not there."),
        ("\n\n{% if %}", "probe/page.xml.j2:3: The template cannot be read: "),
        ("{{ article.pictures.a.consent }}", "“consent” of Picture cannot be reached."),
        ("{{ article.pictures.values() | map(attribute='consent') | join }}", "“consent” of Picture cannot be"),
        ("{{ article.folder.unlink() }}", "“unlink” of PosixPath cannot be reached."),
        ("{{ article.__class__.__mro__ }}", "“__class__” of Article cannot be reached."),
        ("{{ article['__class__'] }}", "“__class__” of Article cannot be reached."),
        ("{{ _.__globals__ }}", "“__globals__” of function cannot be reached."),
        ("{{ lang.text('x') }}", "“text” of Marking cannot be reached."),
        ("{{ 'x'.format(article) }}", "A template must not call this."),
        ("{{ article | attr('__class__') }}", "No filter named 'attr'"),
        ("{{ article.author | safe }}", "No filter named 'safe'"),
        ("{% autoescape false %}{{ article.author }}{% endautoescape %}", "“autoescape” cannot be switched"),
        ("{% for n in range(10000000) %}x{% endfor %}", "A range has at most 1000 numbers."),
        ("{{ 'x' * 1000000000 }}", "only numbers can stand beside"),
        ("{{ '%1000000000d' % 1 }}", "only numbers can stand beside"),
        ("{{ 9 ** 9 ** 9 }}", "only numbers can stand beside"),
        ("{{ article.stops[0] }}", "A Stop cannot be printed as it is"),
        ("{{ article.stops }}", "A tuple cannot be printed as it is"),
        ("{% include '../tiny/page.xml.j2' %}", "The template “../tiny/page.xml.j2” is not in the layout's folder."),
        ("{% include '/etc/hostname' %}", "The template “/etc/hostname” is not in the layout's folder."),
        ("\n{% include 'page.xml.j2' %}", "probe/page.xml.j2:2: The template calls or includes itself without end."),
        ("{{ 1 | date_range }}", "probe/page.xml.j2:1: The template fails here: "),
    ],
)
def test_a_template_is_kept_inside_its_fence(
    template: str, fault: str, tmp_path: Path, article: Article, house: House
) -> None:
    assert fault.replace("PosixPath", type(tmp_path).__name__) in told(template, tmp_path / "probe", article, house)


def test_a_wrong_field_names_the_nearest(tmp_path: Path, article: Article, house: House) -> None:
    with pytest.raises(LayoutFault) as caught:
        written("{{ article.headlin }}", tmp_path, article, house)
    (fault,) = caught.value.faults
    assert fault.filled(fault.remedy) == "The nearest known name is “headline”."


def test_a_fault_inside_a_macro_of_another_file_names_that_file(tmp_path: Path, article: Article, house: House) -> None:
    (tmp_path / "parts.xml.j2").write_text("\n{% macro m(x) %}\n{{ x.nothing }}{% endmacro %}", encoding="utf-8")
    fault = told('{% import "parts.xml.j2" as parts %}{{ parts.m(article) }}', tmp_path, article, house)
    assert fault.startswith(f"{tmp_path.name}/parts.xml.j2:3: ")


def test_shared_templates_are_reached_and_formatted(tmp_path: Path, article: Article, house: House) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "m.j2").write_text(
        "{% macro d() %}{{ article.date | date }}{% endmacro %}", encoding="utf-8"
    )
    template = '{% from "shared/m.j2" import d %}{{ d() }}'
    assert written(template, tmp_path / "mine", article, house) == "date(2025-03-01)"


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, article: Article, house: House) -> None:
    (tmp_path / "secret.j2").write_text("secret", encoding="utf-8")
    folder = tmp_path / "layout"
    folder.mkdir()
    try:
        (folder / "link.j2").symlink_to(tmp_path / "secret.j2")
    except OSError:
        pytest.skip("this system makes no symbolic links: run the test where it does")
    assert "is not in the layout's folder" in told('{% include "link.j2" %}', folder, article, house)


def test_a_template_that_is_no_text_names_its_line(tmp_path: Path, article: Article, house: House) -> None:
    (tmp_path / "page.xml.j2").write_bytes(b"<a>\n\xff")
    with pytest.raises(LayoutFault, match=r"page\.xml\.j2:2: The file is not UTF-8"):
        compose.markup(article, Marking(), tmp_path, house)


def test_a_changed_template_is_read_again(tmp_path: Path, article: Article, house: House) -> None:
    import os

    assert written("one", tmp_path, article, house) == "one"
    (tmp_path / "page.xml.j2").write_text("two", encoding="utf-8")
    os.utime(tmp_path / "page.xml.j2", ns=(1, 1))
    assert compose.markup(article, Marking(), tmp_path, house) == "two"


@pytest.mark.parametrize("damage", [b"", b"\0" * 40, None])
def test_damaged_byte_code_is_made_anew(
    damage: bytes | None, tmp_path: Path, article: Article, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from report.compose import fence

    kept = tmp_path / "code"
    monkeypatch.setattr(bytecode.sys, "dont_write_bytecode", False)
    monkeypatch.setattr(bytecode, "cache_from_source", lambda path: str(kept / "x.pyc"))
    layout = tmp_path / "layout"
    fence.environment.cache_clear()
    assert written("words", layout, article, house) == "words"
    (file,) = kept.iterdir()
    file.write_bytes(file.read_bytes()[:-9] if damage is None else damage)
    fence.environment.cache_clear()
    assert written("words", layout, article, house) == "words"
    fence.environment.cache_clear()
