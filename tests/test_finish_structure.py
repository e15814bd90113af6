"""Finishing, the structure: the tree in the file is the tree of the proof, both ways."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest

from report.proof import Element
from report.records import replace
from tests.proofs import MAIL, NEW, OLD, Hand, all_of, everything, made, opened, whole


def told(pdf: pikepdf.Pdf) -> list[str]:
    """Return the structure tree as an outline: `role` or `role{attributes}`, two spaces a level, marks as numbers."""
    lines: list[str] = []

    def walk(element: Any, depth: int) -> None:
        role = str(element.S)[1:]
        said = [f"{key[1:]}={element[key]}" for key in ("/Lang", "/Alt", "/ActualText", "/T", "/ID") if key in element]
        attributes = element.get("/A", {})
        said += [f"{key[1:]}={_plain(attributes[key])}" for key in attributes if key != "/O"]
        kids = element.get("/K", pikepdf.Array())
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        inline = []
        for kid in kids:
            if not isinstance(kid, pikepdf.Dictionary):
                inline.append(str(int(kid)))
            elif kid.get("/Type") == "/MCR":
                inline.append(f"+{kid.MCID}")
            elif kid.get("/Type") == "/OBJR":
                inline.append("@")
        lines.append("  " * depth + " ".join([role, *said, *inline]))
        for kid in kids:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                walk(kid, depth + 1)

    for top in pdf.Root.StructTreeRoot.K:
        walk(top, 0)
    return lines


def _plain(value: Any) -> str:
    if isinstance(value, pikepdf.Array):
        return ",".join(str(part) for part in value)
    return str(value).removeprefix("/")


def test_the_tree_says_what_the_proof_says() -> None:
    lines = told(opened(whole()))
    assert lines[:8] == [
        "Document",
        "  Sect T=Anfang",
        "    H1 0",
        "    H2 1",
        "    P 2",
        "      Span Lang=en 3",
        "      Span ActualText=Zusammenarbeit 4",
        "      Link 5 6 @",
    ]
    assert "    L ListNumbering=Decimal" in lines
    assert "    Note ID=note-00001" in lines
    head = lines.index("        TR")
    assert lines[head + 1 : head + 3] == ["          TH Scope=Column 23", "          TH ColSpan=2 Scope=Column 24"]
    assert lines.count("          TD") == 12  # full ones hold a P, empty ones stay
    assert lines.count("      THead") == 1


def test_a_paragraph_over_two_pages_is_one() -> None:
    with opened(whole()) as pdf:
        found = [line for line in told(pdf) if line.startswith("    P") and "+" in line]
        link = next(line for line in told(pdf) if line.startswith("      Link") and "+" in line)
    assert found == ["    P 20 +1"]
    assert link == "      Link 21 @ +0 @"


def test_captions_stand_where_the_standard_wants_them() -> None:
    old = [line.split(" BBox")[0] for line in told(opened(whole()))]
    at = old.index("    Figure Alt=Ein blauer Verlauf")
    roles = [line.split()[0] for line in old[at : at + 7]]
    assert roles == ["Figure", "Caption", "P", "Caption", "Figure", "P", "Figure"]
    new = [line.split(" BBox")[0] for line in told(opened(whole(("ua2", "a4"))))]
    at = new.index("    Figure Alt=Ein blauer Verlauf")
    shown = [(len(line) - len(line.lstrip()), line.split()[0]) for line in new[at : at + 7]]
    assert shown == [
        (4, "Figure"), (6, "Caption"), (8, "P"), (4, "Figure"), (6, "Caption"), (4, "P"), (4, "Figure")
    ]  # fmt: skip


@pytest.mark.parametrize(("ordered", "signs"), [(OLD, "Disc"), (NEW, "Unordered")])
def test_a_list_with_signs_says_so(ordered: Any, signs: str) -> None:
    hand = Hand()
    hand.page()
    for numbering, label in (("none", ""), ("none", "–"), ("", "–"), ("decimal", "1."), ("disc", "–")):
        item = hand.add("item", hand.add("list", numbering=numbering))
        if label:
            hand.say(hand.add("label", item), label)
        hand.say(hand.add("body", item), "Punkt")
    said = [line.split("=")[1].split()[0] for line in told(opened(made(hand, ordered))) if "ListNumbering" in line]
    assert said == ["None", signs, signs, "Decimal", "Disc"]


def test_every_mark_and_link_finds_its_element() -> None:
    hand = everything()
    pdf = opened(made(hand))
    tree: dict[int, Any] = {}
    for leaf in pdf.Root.StructTreeRoot.ParentTree.Kids:
        tree |= dict(zip((int(key) for key in leaf.Nums[0::2]), leaf.Nums[1::2], strict=True))
    for page, ours in zip(pdf.pages, hand.pages, strict=True):
        owners = tree[int(page.StructParents)]
        assert [str(owner.S) for owner in owners] == [
            "/P" if _wordless(owner, hand) else "/" + OLD.roles[owner.role].name for owner in ours.owners
        ]
        for annotation in page.get("/Annots", []):
            element = tree[int(annotation.StructParent)]
            assert element.S == "/Link"
            assert any(kid.get("/Obj") == annotation for kid in element.K if isinstance(kid, pikepdf.Dictionary))
    assert sorted(tree) == list(range(len(tree)))
    assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) == len(tree)


def _wordless(owner: Element, hand: Hand) -> bool:
    """Whether it is the caption of a figure without a picture."""
    return owner.role == "caption" and any(item.kids == [owner] for item in hand.root.walk() if item.role == "figure")


def test_namespaces_of_pdf_2() -> None:
    pdf = opened(whole(("ua2", "a4")))
    spaces = {str(space.NS) for space in pdf.Root.StructTreeRoot.Namespaces}
    assert spaces == {"http://iso.org/pdf/ssn", "http://iso.org/pdf2/ssn"}
    assert "/Namespaces" not in opened(whole()).Root.StructTreeRoot


def test_untagged_without_standards() -> None:
    pdf = opened(whole(()))
    assert not {"/StructTreeRoot", "/MarkInfo", "/OutputIntents"} & set(pdf.Root.keys())
    assert "/StructParents" not in pdf.pages[0]
    assert len(pdf.pages[0].Annots) == 2 and "/StructParent" not in pdf.pages[0].Annots[0]


def test_one_annotation_for_each_link_and_page() -> None:
    pdf = opened(whole())
    first, second = pdf.pages[0].Annots, pdf.pages[1].Annots
    assert (len(first), len(second)) == (2, 1)
    lines = first[0]
    assert len(lines.QuadPoints) == 16
    left, bottom, right, top = (float(value) for value in lines.Rect)
    for x, y in zip(lines.QuadPoints[0::2], lines.QuadPoints[1::2], strict=True):
        assert left <= float(x) <= right and bottom <= float(y) <= top
    assert lines.A.URI == "https://www.gladbeck.de/%C3%B6ffnungszeiten"
    assert (lines.Contents, int(lines.F), lines.Subtype) == ("Seite der Stadt", 4, "/Link")
    assert "/QuadPoints" not in second[0]
    inner = pdf.pages[2].Annots[0]
    assert inner.A.S == "/GoTo" and inner.A.D[0] == pdf.pages[0].obj and "/SD" not in inner.A


def test_structure_destinations_of_pdf_2() -> None:
    pdf = opened(whole(("ua2", "a4")))
    assert pdf.pages[2].Annots[0].A.SD[0].S == "/H1"
    assert pdf.Root.Outlines.First.A.SD[0].S == "/H1"


def test_entries_of_the_contents_name_their_aims() -> None:
    new, old = opened(whole(NEW.names)), opened(whole(OLD.names))
    assert [str(item.Ref[0].S) for item in all_of(new, "/S", "/TOCI")] == ["/H1"]
    assert ["/Ref" in item for item in all_of(old, "/S", "/TOCI")] == [False]


def test_an_edition_without_links_has_none() -> None:
    pdf = opened(made(everything(), edition=replace(MAIL, links=False)))
    assert all("/Annots" not in page for page in pdf.pages)
    assert not any(line.strip().startswith("Link") for line in told(pdf))


def test_bookmarks_form_a_tree() -> None:
    with opened(whole()) as pdf, pdf.open_outline() as outline:
        first = outline.root[0]
        assert first.title == "Gladbeck für Familien"
        assert [kid.title for kid in first.children] == ["Worte (und Zeichen)"]
        assert [kid.title for kid in first.children[0].children] == ["Inhalt – Übersicht"]
        assert int(pdf.Root.Outlines.Count) == 2
    assert "/Outlines" not in opened(made(Hand())).Root


def test_levels_that_jump_still_make_a_tree() -> None:
    hand = Hand()
    hand.page()
    element = hand.add("heading-1")
    hand.say(element, "A")
    for level, title in ((2, "a"), (1, "b"), (4, "c"), (3, "d"), (1, "e")):
        hand.bookmark(level, title, element)
    with opened(made(hand)) as pdf, pdf.open_outline() as outline:
        assert [(item.title, [kid.title for kid in item.children]) for item in outline.root] == [
            ("a", []), ("b", ["c", "d"]), ("e", [])
        ]  # fmt: skip
