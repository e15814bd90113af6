"""Hand-over: a publication's files go to those who wait for them, each in the form that they take.

A rack: a target is a module with two functions (see `step.Target`) and a line here. All targets share the journal and
the way in which steps are done. Knows: parcels, settings, drives, servers. Must never know: what is in a file, or
how an article, a page or a PDF is made.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from report.deliver.journal import NAME, Journal
from report.deliver.run import Handed, hand_over
from report.deliver.settings import Settings
from report.deliver.step import Call, Done, Plan, Step, Target

__all__ = ["NAME", "TARGETS", "Call", "Done", "Handed", "Journal", "Plan", "Settings", "Step", "hand_over", "target"]

# In the order in which they are served: what a later one files, an earlier one has made.
TARGETS = ("mail", "folder", "bagit", "dns", "eark", "xdomea", "dms", "cmis")


def target(name: str) -> Target:
    """Return the target of a name of `TARGETS`."""
    return cast(Target, import_module(f"report.deliver.{name}"))
