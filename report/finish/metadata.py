"""What the file says of itself: the XMP packet and, in PDF 1.7, the information dictionary with the same words.

Dates come from the article or are left out, the two identifiers from the content: never from the clock. Knows:
`About`, the ordered standards. Must never know: the article.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha1

from report.finish.file import text
from report.finish.objects import dictionary
from report.finish.volume import Volume
from report.proof import About
from report.standards import Ordered, Schema

PRODUCER = "Satzspiegel"

_URL = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")  # RFC 9562's namespace of addresses
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
}
_EXTENSION = {
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
# XML 1.0 has no signs for these
_BARRED = dict.fromkeys((*(sign for sign in range(32) if sign not in (9, 10, 13)), 0xFFFE, 0xFFFF))


def describe(volume: Volume) -> None:
    """Write the packet and the dictionary; the fingerprint of all the rest becomes the file's identity."""
    about = volume.proof.about
    print_ = volume.file.fingerprint()
    words = packet(about, volume.ordered, volume.edition.name, print_.hex())
    metadata = volume.file.stream(words.encode("utf-8", "replace"), b"/Type/Metadata/Subtype/XML", deflate=False)
    volume.catalogue["Metadata"] = b"%d 0 R" % metadata
    volume.identity = print_[:16]
    if volume.ordered.version != "2.0":  # which deprecates it, ISO 19005-4 6.1.3 bars it
        volume.info = volume.file.add(dictionary(_info(about) | _press(volume.ordered)))


def _info(about: About) -> dict[str, object]:
    date = pdf_date(about.date)
    entries = {
        "Title": about.title,
        "Author": ", ".join(about.authors),
        "Subject": about.subject,
        "Keywords": ", ".join(about.keywords),
        "Creator": PRODUCER,
        "Producer": PRODUCER,
        "CreationDate": date,
        "ModDate": date,
    }
    return {key: text(words) for key, words in entries.items() if words}


def _press(ordered: Ordered) -> dict[str, object]:
    """Return what a printing standard wants said in the dictionary: its own name, and that nothing is trapped."""
    said: dict[str, object] = {key: text(words) for row in ordered.standards for key, words in row.info}
    return said | ({"Trapped": "/False"} if said else {})


def pdf_date(date: str) -> str:
    """Return an ISO date (also a partial one) in PDF's form, or nothing for nothing."""
    if not date:
        return ""
    day, _, time = date.partition("T")
    zone = ""
    if time:
        sign = next((sign for sign in "Z+-" if sign in time), "")
        time, _, offset = time.partition(sign) if sign else (time, "", "")
        zone = sign + offset.replace(":", "'") + ("'" if offset else "")
    return "D:" + day.replace("-", "") + time.split(".")[0].replace(":", "") + zone


def packet(about: About, ordered: Ordered, edition: str, print_: str) -> str:
    """Return the XMP packet; `print_` is the fingerprint of the file's content, in hexadecimal."""
    work = about.identifier or about.title
    own = [
        ("dc:format", "application/pdf"),
        ("dc:title", _alternatives(about.title)),
        ("dc:creator", _list("Seq", about.authors)),
        ("dc:description", _alternatives(about.subject)),
        ("dc:language", _list("Bag", (about.language,))),
        ("dc:subject", _list("Bag", about.keywords)),
        ("dc:date", _list("Seq", (about.date,))),
        ("dc:publisher", _list("Bag", (about.publisher,))),
        ("dc:rights", _alternatives(about.rights)),
        ("dc:identifier", _xml(about.identifier)),
        ("xmp:CreatorTool", PRODUCER),
        ("xmp:CreateDate", about.date),
        ("xmp:ModifyDate", about.date),
        ("xmp:MetadataDate", about.date),
        ("pdf:Producer", PRODUCER),
        ("pdf:Keywords", _xml(", ".join(about.keywords))),
        ("xmpMM:DocumentID", f"uuid:{uuid5(f'urn:satzspiegel:{work}:{edition}')}"),
        ("xmpMM:InstanceID", f"uuid:{uuid5(f'urn:satzspiegel:sha256:{print_}')}"),
        ("xmpRights:Marked", "True" if about.rights else ""),
    ]
    spaces = dict(_SPACES)
    if any(row.info for row in ordered.standards):  # ISO 15930-7 6.5
        own += [("pdf:Trapped", "False"), ("xmpMM:VersionID", "1"), ("xmpMM:RenditionClass", "default")]
    for row in ordered.standards:
        spaces[row.schema.prefix] = row.schema.uri
        own += [(f"{row.schema.prefix}:{key}", value) for key, value in row.xmp]
    described = [row.schema for row in ordered.standards if row.schema.properties] if ordered.describe_schemas else []
    if described:
        spaces |= _EXTENSION
        own.append(("pdfaExtension:schemas", _list("Bag", map(_schema, described), resource=True)))
    lines = "\n".join(f"<{key}>{value}</{key}>" for key, value in own if value)
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'<rdf:Description rdf:about="" {declared}>\n{lines}\n</rdf:Description>\n'
        '</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="r"?>'
    )


def uuid5(word: str) -> str:
    """Return the name-based UUID of an address (RFC 9562, version 5), as the standard library's, which loads slowly."""
    raw = bytearray(sha1(_URL + word.encode("utf-8"), usedforsecurity=False).digest()[:16])
    raw[6] = raw[6] & 0x0F | 0x50
    raw[8] = raw[8] & 0x3F | 0x80
    digits = raw.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _xml(words: str) -> str:
    clean = words.translate(_BARRED)
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _alternatives(words: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{_xml(words)}</rdf:li></rdf:Alt>' if words else ""


def _list(kind: str, values: Iterable[str], resource: bool = False) -> str:
    """Return a list of words, or of finished `resource`s, or nothing where there are none."""
    if resource:
        items = "".join(f'<rdf:li rdf:parseType="Resource">{value}</rdf:li>' for value in values)
    else:
        items = "".join(f"<rdf:li>{_xml(value)}</rdf:li>" for value in values if value)
    return f"<rdf:{kind}>{items}</rdf:{kind}>" if items else ""


def _schema(schema: Schema) -> str:
    properties = (
        f"<pdfaProperty:name>{key}</pdfaProperty:name><pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
        f"<pdfaProperty:category>{category}</pdfaProperty:category>"
        f"<pdfaProperty:description>{_xml(words)}</pdfaProperty:description>"
        for key, kind, category, words in schema.properties
    )
    return (
        f"<pdfaSchema:schema>{_xml(schema.title)}</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{schema.uri}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{schema.prefix}</pdfaSchema:prefix>"
        f"<pdfaSchema:property>{_list('Seq', properties, resource=True)}</pdfaSchema:property>"
    )
