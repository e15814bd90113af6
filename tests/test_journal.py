"""The journal and the steps: torn lines, changed lines, two runs at once, a run that is killed anywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from report.deliver import Journal, Plan, Step
from report.deliver import hand_over as run
from report.deliver.whole import put_file, put_folder
from report.errors import DeliveryFault, TargetFault
from report.findings import Finding
from tests.parcels import hand_over, killed_at, parcel, points, ticking, tree


def test_a_torn_line_is_passed_over_and_never_glued_to_the_next(tmp_path: Path) -> None:
    journal = Journal(tmp_path, ticking())
    journal.begin({"a.pdf": "00"}, "")
    with journal.path.open("ab") as stream:
        stream.write(b'{"event":"done","ver')
    again = Journal(tmp_path, ticking())
    again.step("done", 1, "folder", "x", "folder", {"files": 1})
    again.step("done", 1, "folder", "x", "more", {})
    assert [event["event"] for event in Journal(tmp_path, ticking()).events] == ["version", "resumed", "done", "done"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('{"event":"version"', '{"event:"version"'),
        ('"reason":"",', ""),
        ('"version":1,', '"version":"eins",'),
        ('"when":', '"wann":'),
    ],
)
def test_a_line_that_somebody_changed_is_named(tmp_path: Path, old: str, new: str) -> None:
    journal = Journal(tmp_path, ticking())
    journal.begin({"a.pdf": "00"}, "")
    journal.begin({"a.pdf": "01"}, "Name berichtigt")
    journal.path.write_bytes(journal.path.read_bytes().replace(old.encode(), new.encode(), 1))
    with pytest.raises(DeliveryFault, match=r"hand-over\.jsonl:1"):
        Journal(tmp_path, ticking())


def test_a_journal_that_cannot_be_kept_is_never_left_for_another(tmp_path: Path) -> None:
    (tmp_path / "hand-over.jsonl").mkdir()
    with pytest.raises(TargetFault) as stop:
        Journal(tmp_path, ticking())
    assert "with the same --out" in stop.value.faults[0].remedy


def test_versions_by_their_files(tmp_path: Path) -> None:
    journal = Journal(tmp_path, ticking())
    first, second = {"a.pdf": "1", "a.yaml": "1"}, {"a.pdf": "2", "a.yaml": "1"}
    assert journal.changed(first) is None
    journal.begin(first, "")
    assert (journal.version(first), journal.changed(first)) == (journal.versions()[0], None)
    assert journal.version(second) is None
    assert journal.changed(second) == (journal.versions()[0], ("a.pdf",))
    journal.begin(second, "Name berichtigt")
    assert journal.version(first) is None, "back to what it was is a version of its own"
    assert journal.changed(first) == (journal.versions()[1], ("a.pdf",))
    other = {"b.pdf": "1", "a.yaml": "1"}
    assert (journal.version(other), journal.changed(other)) == (None, None), "a further layout changes nothing"
    journal.begin(other, "")
    assert journal.version(second) == journal.versions()[1]
    assert journal.version(other) == journal.versions()[2]


def test_a_file_is_compared_with_how_it_went_out_last_in_whatever_company(tmp_path: Path) -> None:
    journal = Journal(tmp_path, ticking())
    journal.begin({"a.pdf": "1", "a.yaml": "1"}, "")
    journal.begin({"a.pdf": "2", "b.pdf": "2", "a.yaml": "2"}, "Name berichtigt")
    back = {"a.pdf": "1", "a.yaml": "1"}
    assert journal.version(back) is None, "the registry has seen the one between"
    assert journal.changed(back) == (journal.versions()[1], ("a.pdf", "a.yaml"))
    journal.begin(back, "doch richtig")
    late = {**back, "b.pdf": "3"}
    assert journal.changed(late) == (journal.versions()[1], ("b.pdf",)), "a layout that was left out meanwhile"


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with Journal(tmp_path, ticking()).held(), pytest.raises(DeliveryFault), Journal(tmp_path, ticking()).held():
        pass
    with Journal(tmp_path, ticking()).held():
        pass


def plan(*steps: tuple[str, Callable[..., dict[str, object]]]) -> Plan:
    return Plan("here", tuple(Step(name, name, {}, act) for name, act in steps))


def go(journal: Journal, of: Plan, again: bool = False) -> str:
    return run("p", "t", 1, of, journal, lambda *_: None, lambda _: None, again).state


def test_what_failed_is_tried_again_and_what_is_done_is_not(tmp_path: Path) -> None:
    seen: list[str] = []
    down = [True]

    def first(_: object) -> dict[str, object]:
        seen.append("first")
        return {}

    def second(_: object) -> dict[str, object]:
        seen.append("second")
        if down[0]:
            raise DeliveryFault(Finding("x", "The server is away."))
        return {}

    journal = Journal(tmp_path, ticking())
    steps = plan(("first", first), ("second", second))
    assert go(journal, steps) == "failed"
    down[0] = False
    assert go(journal, steps) == "done"
    assert go(journal, steps) == "already"
    assert seen == ["first", "second", "second"]


def test_what_may_have_reached_somebody_is_not_done_again_by_itself(tmp_path: Path) -> None:
    sent = tmp_path / "sent"

    def act(hand: object) -> dict[str, object]:
        hand.begun()  # type: ignore[attr-defined]
        with sent.open("a", encoding="utf-8") as stream:
            stream.write("x")
        return {}

    steps = plan(("send", act))
    # killed behind the sending, before the journal hears of it: version, begun, sent, then nothing
    assert killed_at(3, lambda: go(Journal(tmp_path / "j", ticking()), steps))
    assert sent.read_text(encoding="utf-8") == "x"
    assert go(Journal(tmp_path / "j", ticking()), steps) == "unclear"
    assert sent.read_text(encoding="utf-8") == "x"
    assert go(Journal(tmp_path / "j", ticking()), steps, again=True) == "done"


def test_a_folder_is_whole_wherever_the_run_is_killed(tmp_path: Path) -> None:
    wanted = {"a.txt": b"a", "data/b.txt": b"b", "data/c.txt": b""}

    def run_once() -> None:
        put_folder(tmp_path / "to" / "x", wanted)

    for _ in points(run_once):
        found = tree(tmp_path / "to" / "x") if (tmp_path / "to" / "x").exists() else None
        assert found in (None, wanted)
    assert tree(tmp_path / "to") == {f"x/{name}": data for name, data in wanted.items()}


def test_nothing_at_a_target_is_replaced(tmp_path: Path) -> None:
    put_file(tmp_path / "a.txt", b"a")
    put_file(tmp_path / "a.txt", b"a")
    with pytest.raises(DeliveryFault):
        put_file(tmp_path / "a.txt", b"b")
    put_folder(tmp_path / "x", {"a": b"a"})
    with pytest.raises(DeliveryFault):
        put_folder(tmp_path / "x", {"a": b"a", "b": b"b"})
    assert tree(tmp_path) == {"a.txt": b"a", "x/a": b"a"}
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(TargetFault):
        put_folder(tmp_path / "file" / "x", {"a": b"a"})


def test_a_hand_over_to_a_folder_survives_every_kill(tmp_path: Path) -> None:
    count = sum(1 for _ in points(lambda: hand_over("folder", tmp_path, parcel())))
    assert count > 10
    once = tree(tmp_path)
    assert hand_over("folder", tmp_path, parcel()).state == "already"
    assert tree(tmp_path) == once
    assert not [name for name in once if ".part" in name]
