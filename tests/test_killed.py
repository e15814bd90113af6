"""Runs killed at two hundred random points, over every target that needs no server: nothing lost, nothing twice.

Servers are met in the tests of `mail` and `cmis`, where the other side counts what arrived.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from report.deliver import TARGETS, Journal
from tests.parcels import hand_over, killed_at, parcel, ticking, touches, tree

ALONE = tuple(name for name in TARGETS if name != "cmis")
_POINTS = 200
_SEED = 20241210


@pytest.mark.parametrize("target", ALONE)
def test_a_killed_run_ends_as_an_undisturbed_one(target: str, tmp_path: Path) -> None:
    hand_over(target, tmp_path / "whole", parcel())
    whole = tree(tmp_path / "whole")
    assert whole
    count = touches(lambda: hand_over(target, tmp_path / "counted", parcel()))
    chance = Random(f"{_SEED} {target}")
    for number in range(_POINTS // len(ALONE) + 1):
        folder = tmp_path / str(number)
        touch = chance.randrange(count)
        assert killed_at(touch, lambda folder=folder: hand_over(target, folder, parcel())), touch
        if chance.random() < 0.3:  # and a second time, on what the first left
            killed_at(chance.randrange(count), lambda folder=folder: hand_over(target, folder, parcel()))
        assert hand_over(target, folder, parcel()).state in ("done", "already"), touch
        assert tree(folder) == whole, touch
        told = [
            (event["target"], event["step"]) for event in Journal(folder, ticking()).events if event["event"] == "done"
        ]
        assert len(told) == len(set(told)), touch
