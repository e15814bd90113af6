"""What keeps a publication in the house: that it is a draft, and a running embargo.

A release without a name and a day is no release to the article's reader already. Knows: the facts
of a parcel, the moment. Must never know: where the parcel would go.
"""

from __future__ import annotations

from collections.abc import Iterator

from report.findings import N_, Finding
from report.parcel import Facts

# the rules that a house may let its people set aside, with --despite and a reason
RULES = ("deliver.draft", "deliver.embargo", "deliver.unclear")


def hindrances(facts: Facts, now: str) -> Iterator[Finding]:
    """Walk what speaks against a hand-over at the moment `now` (2026-11-25T17:51:48+01:00)."""
    if facts.draft:
        message = N_("The article is a draft: nothing of it goes out.")
        remedy = N_("Write under status: state: released, by: …, date: …, when it is released.")
        yield Finding("deliver.draft", message, {}, remedy=remedy)
    if facts.embargo and _waits(facts.embargo, now):
        message = N_("The embargo is still running: not before {moment}.")
        remedy = N_("Give the order again afterwards.")
        yield Finding("deliver.embargo", message, {"moment": facts.embargo_words or facts.embargo}, remedy=remedy)


def _waits(embargo: str, now: str) -> bool:
    """Compare as clocks on the wall: an embargo is meant in the town's own time. A day alone waits for its morning."""
    return now[: len(embargo)] < embargo
