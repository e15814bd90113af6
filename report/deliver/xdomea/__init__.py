"""xdomea: a message to the registry's system, to another authority or to the archive, as a ZIP under its own name.

Versions 3.0.0, 3.1.0 and 4.0.0 of the standard. Of 4.0.0 no schemas were at hand: its messages follow the example of
the Landesarchiv NRW, and a note says so, unless the office supplies the schemas.

Knows: parcels, drives. Must never know: how a file was made.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from report.deliver.step import Call, Done, Hand, Plan, Result, Step, shown
from report.deliver.whole import note, put_package, there
from report.deliver.xdomea.message import message, stem
from report.deliver.xdomea.objects import Case, contents
from report.deliver.xdomea.papers import papers
from report.deliver.xdomea.parties import sender
from report.deliver.xdomea.schemas import check
from report.deliver.xdomea.wishes import MESSAGES, Wishes, hindrances, read
from report.deliver.zips import zipped
from report.errors import DeliveryFault
from report.findings import N_, Finding

__all__ = ["plan", "read"]

_NAME = "xdomea"


def plan(call: Call) -> Plan:
    """Return the one step: the message of this version."""
    wishes: Wishes = call.settings
    facts, parcel = call.parcel.facts, call.parcel
    faults = list(hindrances(wishes, facts))
    if not parcel.of("archive"):
        text = N_("{target}: there is no archive PDF: only that is filed.")
        remedy = N_("The findings of the archive edition say why.")
        faults.append(Finding("deliver.archive", text, {"target": _NAME}, remedy=remedy))
    if faults:
        raise DeliveryFault(*faults)
    case = _case(call)
    body, name = message(case), stem(case)
    findings: tuple[Finding, ...] = ()
    if wishes.schemas is not None:
        check(body, wishes.schemas, wishes.version)
    elif case.four:
        told = N_("xdomea: the message of version {version} is not validated; it follows a published example.")
        remedy = N_("Name the folder of the schemas in the house file, under deliver: xdomea: schemas.")
        unproved = Finding("xdomea.not-validated", told, {"version": wishes.version}, severity="note", remedy=remedy)
        findings = (unproved,)
    into = wishes.path or call.folder / _NAME

    def put(hand: Hand) -> Result:
        there(wishes.path)
        packed: dict[str, bytes] = {f"{name}.xml": body, **contents(case)}
        documents = [paper.told for paper in case.papers]
        told: Result = {"file": f"{name}.zip", "documents": documents, "files": len(packed)}
        known = note(call.folder, name, shown(into, call))
        return put_package(into / f"{name}.zip", zipped(packed, parcel.version.time), known, told)

    kind = f"{MESSAGES[wishes.message]}.{wishes.message}"
    values: dict[str, object] = {"message": kind, "version": wishes.version, "file": facts.filing.reference}
    told = N_("message {message} (xdomea {version}) for the file {file}")
    names = (f"{name}.zip", f"{name}.xml", *contents(case))
    return Plan(shown(into, call), (Step(f"message-{wishes.message}", told, values, put, names),), findings)


def _case(call: Call) -> Case:
    """Return what the message is made from; a document that went out once keeps the UUID that it went out with.

    One that lies there in just this version is not put again, unless there is nothing else.
    """
    wishes, facts = call.settings, call.parcel.facts
    namespace = wishes.namespace or sender(wishes, facts).name
    before = call.results(_NAME)
    key = shown(wishes.path or call.folder / _NAME, call), f"message-{wishes.message}"
    lies = [one for one in before if (one.place, one.step) == key and one.version < call.parcel.version.number]
    every = papers(call.parcel, namespace, wishes.attached, _told(before))
    new = tuple(one for one in every if one.told not in _told(lies))
    match = re.fullmatch(wishes.pattern, facts.filing.reference) if wishes.pattern else None
    plan_unit = match.groupdict().get("plan") or "" if match else ""
    return Case(call.parcel, wishes, namespace, new or every, plan_unit)


def _told(results: Sequence[Done]) -> tuple[str, ...]:
    """Return what the journal keeps of documents."""
    listed = (one.result.get("documents") for one in results)
    return tuple(str(line) for each in listed if isinstance(each, list) for line in each)
