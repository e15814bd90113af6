"""Pictures and drawings: each embedded once, as the edition wants it, if a page names it.

Knows: finished bytes and their measures. Must never know: picture files, colours' conversion.
"""

from __future__ import annotations

from report.finish.file import File, numbers
from report.finish.inks import spaces, states
from report.finish.volume import Volume
from report.proof import ImageData


def embed(volume: Volume) -> None:
    """Write every picture and every drawing that a page names, in the proof's order."""
    used = {key for page in volume.proof.pages for key in page.pictures + page.forms}
    written: dict[int, int] = {}  # by identity: one picture placed under two names is embedded once
    for key in volume.proof.pictures:
        if key in used:
            data = volume.images[key]
            if id(data) not in written:
                written[id(data)] = _picture(volume.file, data)
            volume.resources[key] = written[id(data)]
    for key, form in volume.proof.forms.items():
        if key in used:
            head = b"/Type/XObject/Subtype/Form/BBox%s/Resources<<%s>>" % (
                numbers(*form.box),
                spaces(volume, form.inks) + states(volume),
            )
            volume.resources[key] = volume.file.stream(form.content, head)


def _picture(file: File, data: ImageData) -> int:
    head = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/%s/BitsPerComponent %d/Filter/%s" % (
        data.width,
        data.height,
        data.space.encode("ascii"),
        data.bits,
        data.filter.encode("ascii"),
    )
    if data.inverted:
        head += b"/Decode[1 0 1 0 1 0 1 0]"
    if data.soft_mask:
        head += b"/SMask %d 0 R" % _picture(file, data.soft_mask)
    return file.stream(data.data, head, deflate=False)
