"""What the press needs beside numbers: plates of spot inks, and the two states of overprinting.

The pages call the states /O (what is laid down leaves other inks standing: black text) and /K (it knocks them out).
Knows: names of plates, their alternates. Must never know: which text is black.
"""

from __future__ import annotations

from report.finish.file import name, number, numbers
from report.finish.volume import Volume

_STATES = {
    "O": b"<</Type/ExtGState/OP true/op true/OPM 1>>",
    "K": b"<</Type/ExtGState/OP false/op false/OPM 0>>",
}


def declare(volume: Volume) -> None:
    """Write the spot inks and, for the press, the two states."""
    used = {key for page in volume.proof.pages for key in page.inks}
    used |= {key for form in volume.proof.forms.values() for key in form.inks}
    for key, ink in volume.proof.inks.items():
        if key in used:
            full = numbers(*(percent / 100 for percent in ink.cmyk))
            tint = b"<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1%s/N %s>>" % (full, number(1))
            plate = b"[/Separation%s/DeviceCMYK %s]" % (name(ink.name), tint)
            volume.resources[key] = volume.file.add(plate)
    if volume.edition.ink == "press":
        for key, state in _STATES.items():
            volume.resources[key] = volume.file.add(state)


def spaces(volume: Volume, keys: tuple[str, ...]) -> bytes:
    """Return the entry of a resource dictionary that names spot inks, or nothing."""
    pairs = b"".join(b"%s %d 0 R" % (name(key), volume.resources[key]) for key in keys)
    return b"/ColorSpace<<%s>>" % pairs if keys else b""


def states(volume: Volume) -> bytes:
    """Return the entry of a resource dictionary that names the states, or nothing."""
    if volume.edition.ink != "press":
        return b""
    return b"/ExtGState<<%s>>" % b"".join(b"%s %d 0 R" % (name(key), volume.resources[key]) for key in _STATES)
