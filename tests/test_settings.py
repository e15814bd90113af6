"""Settings are read as what they are, and each fault is told with its line, what was written and what is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.datafile import parse
from report.errors import LayoutFault
from report.settings import Reader
from report.units import MM

WRITTEN = """\
title: Amt für Presse
medium: post
open: yes
size: 1.5
copies: 40
edge: 12.5mm
wider: -2%
names: [press, web]
only: press
empty:
inner: {host: mail.example, prt: 25}
wrong:
  medium: pots
  open: perhaps
  size: big
  endless: inf
  copies: 2.5
  edge: -3mm
  wide: 3 ells
  wider: 2
  names: [press, wbe]
  list: press
  title: [a, b]
  keys: press
"""


@pytest.fixture
def reader() -> Reader:
    return Reader(Path("own/settings.yaml"), "own.fault")


def test_values_are_read_as_what_they_are(reader: Reader) -> None:
    given = reader.mapping(parse(WRITTEN.encode(), reader.file, LayoutFault))
    assert reader.text(given["title"]) == "Amt für Presse"
    assert reader.choice(given["medium"], "post", "mail") == "post"
    assert reader.yes(given["open"]) is True
    assert (reader.number(given["size"]), reader.whole(given["copies"])) == (1.5, 40)
    assert reader.length(given["edge"], 0) == 12.5 * MM
    assert reader.share(given["wider"]) == -0.02
    assert reader.texts(given["names"]) == ("press", "web")
    assert reader.texts(given["only"], "press", "web") == ("press",)
    reader.finish()


def test_what_is_not_written_is_nothing_or_the_default(reader: Reader) -> None:
    assert (reader.text(None), reader.mapping(None), reader.entries(None), reader.texts(None)) == ("", {}, (), ())
    assert (reader.number(None, 3), reader.whole(None, 4), reader.yes(None, True)) == (3, 4, True)
    assert (reader.length(None), reader.share(None)) == (0, 0)
    reader.finish()


def test_every_fault_is_told_at_once_with_its_line(reader: Reader) -> None:
    top = parse(WRITTEN.encode(), reader.file, LayoutFault)
    given = reader.mapping(top)
    wrong = reader.mapping(given["wrong"])
    reader.text(given["empty"])
    reader.mapping(given["inner"], "host", "port")
    reader.choice(wrong["medium"], "post", "mail")
    reader.yes(wrong["open"])
    reader.number(wrong["size"])
    reader.number(wrong["endless"])
    reader.whole(wrong["copies"])
    reader.length(wrong["edge"], 0)
    reader.length(wrong["wide"])
    reader.share(wrong["wider"])
    reader.texts(wrong["names"], "press", "web")
    reader.entries(wrong["list"])
    reader.choice(wrong["title"], "a", "b")
    reader.mapping(wrong["keys"])
    reader.missing(top, "host")
    with pytest.raises(LayoutFault) as stop:
        reader.finish()
    assert [str(fault) for fault in stop.value.faults] == [
        "settings.yaml:10 empty: A text is expected here.",
        "settings.yaml:11 inner.prt: Unknown key “prt”. Known here: host, port.",
        "settings.yaml:13 wrong.medium: “pots” is none of: post, mail.",
        "settings.yaml:14 wrong.open: “perhaps” is none of: yes, no.",
        "settings.yaml:15 wrong.size: “big” is not a number.",
        "settings.yaml:16 wrong.endless: “inf” is not a number.",
        "settings.yaml:17 wrong.copies: “2.5” is not a whole number.",
        "settings.yaml:18 wrong.edge: “-3mm” is not a length like 12.5mm or 14pt.",
        "settings.yaml:19 wrong.wide: “3 ells” is not a length like 12.5mm or 14pt.",
        "settings.yaml:20 wrong.wider: “2” is not a percentage like -2%.",
        "settings.yaml:21 wrong.names[1]: “wbe” is none of: press, web.",
        "settings.yaml:22 wrong.list: A list is expected here.",
        "settings.yaml:23 wrong.title: A text is expected here.",
        "settings.yaml:24 wrong.keys: Keys and values are expected here.",
        "settings.yaml:1: The key “host” is missing.",
    ]
    unknown = stop.value.faults[1]
    assert unknown.filled(unknown.remedy) == "Did you mean “port”?"
