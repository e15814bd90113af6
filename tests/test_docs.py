"""The documents say what the program does: commands, flags, exit codes, words of the layout language, messages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from report import Job, cli, deliver, errors, flags, layoutfile, produce
from report.article import read
from report.article.schema import schema
from report.compose.filters import FILTERS, FUNCTIONS
from report.compose.vocabulary import KINDS
from report.locales import catalogue
from report.typeset import cache
from tests.parcels import hand_over, parcel
from tests.test_architecture import tracked

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(name for name in tracked() if name.endswith(".md"))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text(name), re.MULTILINE | re.DOTALL)


def marked(words: str) -> set[str]:
    """Every word that stands in backticks."""
    found: set[str] = set()
    for run in re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", words, flags=re.DOTALL)):
        found |= set(re.findall(r"[A-Za-z_][A-Za-z0-9_-]*", run))
    return found


# -- README


def test_the_two_commands_are_those_of_the_machine() -> None:
    script = text(".ci/run")
    for command in ("pip install uv && uv run make_pdf.py", "pip install uv && uv run pytest"):
        assert re.search(rf"^{re.escape(command)}$", text("README.md"), re.MULTILINE)
        first, second = command.split(" && ")
        assert re.search(rf"^{first.replace('install ', r'install (?:--quiet )?')}$", script, re.MULTILINE)
        assert re.search(rf"^{re.escape(second)}\b", script, re.MULTILINE)


def codes(name: str) -> set[int]:
    return {int(code) for code in re.findall(r"^\| `?(\d+)`? \|", text(name), re.MULTILINE)}


def test_exit_codes_are_those_of_the_program() -> None:
    faults = [fault for fault in vars(errors).values() if isinstance(fault, type) and issubclass(fault, errors.Stop)]
    every = {fault.exit_code for fault in faults if fault is not errors.Stop}
    assert codes("README.md") == every | {0, cli._INTERNAL, cli._INTERRUPTED}


def test_every_flag_is_explained_and_no_other() -> None:
    parser = flags.parser(catalogue("en"))
    known = {flag for action in parser._actions for flag in action.option_strings if flag.startswith("--")}
    named = set(re.findall(r"^\| `(--[a-z-]+)|, `(--[a-z-]+)", text("README.md"), re.MULTILINE))
    assert {flag for pair in named for flag in pair if flag} == known - {"--help"}


def test_the_article_of_ten_minutes_is_one(tmp_path: Path) -> None:
    (example,) = blocks("README.md", "yaml")[:1]
    path = tmp_path / "article.yaml"
    path.write_text(example, encoding="utf-8")
    assert read(path).findings == ()
    (product,) = produce(Job(path, editions=("mail",), out=tmp_path / "out")).products
    assert product.written


def test_the_layout_of_ten_minutes_is_one(tmp_path: Path) -> None:
    _, layout = blocks("README.md", "yaml")
    (template,) = blocks("README.md", "xml")
    folder = tmp_path / "leaflet"
    folder.mkdir()
    (folder / "layout.yaml").write_text(layout, encoding="utf-8")
    (folder / "page.xml.j2").write_text(template, encoding="utf-8")
    article = ROOT / "assets" / "samples" / "familienkommune-gladbeck" / "article.yaml"
    (product,) = produce(Job(article, (str(folder),), ("mail",), tmp_path / "out")).products
    assert product.written and product.path.name == "familienkommune-gladbeck-leaflet-mail.pdf"


def test_the_pictures_are_small() -> None:
    for name in re.findall(r'src="(docs/pictures/[^"]+)"', text("README.md")):
        assert (ROOT / name).stat().st_size < 100_000
    assert all("alt=" in image for image in re.findall(r"<img [^>]+>", text("README.md")))


# -- the layout language


def test_every_element_and_attribute_is_told() -> None:
    told = marked(text("docs/layout-language.md"))
    assert sorted(set(KINDS) - told) == []
    assert sorted({attr for kind in KINDS.values() for attr in kind.attrs} - told) == []


def test_attributes_that_must_stand_are_told_as_such() -> None:
    language = text("docs/layout-language.md")
    for kind in KINDS.values():
        rows = [row for row in language.splitlines() if re.match(rf"\| (?:`[\w-]+` )*`{kind.name}`", row)]
        assert not kind.required or rows, kind.name
        for attr in kind.required:
            assert any(f"**`{attr}`**" in row for row in rows), f"{kind.name}: {attr}"


def test_every_key_of_a_layout_file_is_told(tmp_path: Path) -> None:
    """The reader itself says which keys there are, wherever it meets one that is none."""
    folder = tmp_path / "wrong"
    folder.mkdir()
    (folder / "layout.yaml").write_text(WRONG, encoding="utf-8")
    with pytest.raises(errors.LayoutFault) as stopped:
        layoutfile.load(str(folder))
    known = [str(fault.values["known"]).split(", ") for fault in stopped.value.faults if "known" in fault.values]
    assert len(known) == WRONG.count("zzz")
    told = marked(text("docs/layout-language.md")) | {"flow", "page", "grid", "styles", "masters", "sheets"}
    assert sorted({key for keys in known for key in keys} - told) == []


WRONG = """zzz: x
page: {zzz: x}
grid: {zzz: x}
styles:
  body: {zzz: x}
masters:
  sheet:
    zzz: x
    regions:
      body: {zzz: x, box: {zzz: x}}
"""


def test_every_filter_and_function_is_told() -> None:
    told = marked(text("docs/layout-language.md"))
    assert sorted((set(FILTERS) | set(FUNCTIONS)) - told) == []


# -- the German guide

GUIDE = "docs/anleitung.md"


def test_every_example_of_the_guide_is_an_article(tmp_path: Path) -> None:
    for number, example in enumerate(blocks(GUIDE, "yaml")):
        whole = example if "id:" in example else f"id: beispiel\nheadline: Beispiel\n{example}"
        for file in re.findall(r"file: (\S+)", whole):
            (tmp_path / file).write_bytes((ROOT / "tests" / "articles" / "pictures" / "group.jpg").read_bytes())
        path = tmp_path / f"{number}.yaml"
        path.write_text(whole, encoding="utf-8")
        assert [finding.rule for finding in read(path).findings] == []


def test_every_field_that_the_guide_names_is_one() -> None:
    known = str(schema())
    named = set(re.findall(r"^\| `([a-z_]+)`", text(GUIDE), re.MULTILINE)) | {"headline"}
    assert sorted(name for name in named if f"'{name}'" not in known) == []


def test_every_message_that_the_guide_explains_is_said() -> None:
    german = catalogue("de").words.values()
    quoted = re.findall(r"^\| \*([^*]+)\* \|", text(GUIDE), re.MULTILINE)
    assert len(quoted) > 10
    for message in quoted:
        said = re.compile(re.escape(message).replace("…", ".*"))
        assert any(said.search(re.sub(r"\{\w+\}", "", words)) for words in german), message


# -- a page each for the archive, for data protection, for the records system


@pytest.mark.parametrize("name", ["docs/archiv.md", "docs/datenschutz.md", "docs/dms.md"])
def test_a_page_for_others_is_a_page(name: str) -> None:
    assert len(text(name).splitlines()) <= 45
    assert set(re.findall(r"^\| `([a-z]+)` \|", text(name), re.MULTILINE)) <= set(deliver.TARGETS)


def test_what_the_page_on_data_protection_says_of_the_cache() -> None:
    told = text("docs/datenschutz.md")
    assert f"höchstens {cache.LARGEST // 1_000_000} MB; {cache.UNUSED // 86400} Tage" in told
    assert deliver.NAME in told


def test_what_the_page_for_the_archive_says_is_in_a_folder(tmp_path: Path) -> None:
    hand_over("folder", tmp_path, parcel())
    told = text("docs/archiv.md")
    files = [path for path in (tmp_path / "folder").rglob("*") if path.is_file()]
    assert "familienkommune-v1" in {path.parent.name for path in files}
    assert {"INHALT.txt", "SHA256SUMS"} <= {path.name for path in files}
    assert not [path.name for path in files if "mail" in path.name or path.suffix == ".html"]
    assert "Mail-Fassung und Webseite sind nur in `eark` dabei" in told


# -- all documents


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(
        r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", re.sub(r"```.*?```|`[^`\n]*`", "", text(name), flags=re.DOTALL)
    ):
        (address,) = (one for one in target if one)
        if not re.match(r"https?://|mailto:|#", address):
            assert (ROOT / name).parent.joinpath(address.partition("#")[0]).exists(), address
