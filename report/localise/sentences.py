"""Where one sentence ends and the next begins, in German and English prose.

A point ends a sentence unless it belongs to an abbreviation, an initial or an ordinal. Joined with a space, the
sentences give the text back. Knows: words and marks. Must never know what a sentence is wanted for.
"""

from __future__ import annotations

from report.localise.listed import listed

_OPENERS = "„“‚‘»«›‹\"'(["
_CLOSERS = "“”‘’«»‹›\"')]"
_ENDS = ".!?…"
_ABBREVIATIONS = listed(
    "abb. abs. allg. anm. art. aufl. bd. bzw. ca. chr. co. dipl. dipl.-ing. dr. ebd. einschl. etc. evtl. ff. fr.",
    "gem. ggf. hl. hr. hrsg. inkl. insb. jh. kap. lfd. lt. max. mind. mio. mr. mrd. mrs. ms. nr. nrn. prof. rd.",
    "sog. st. std. str. tab. tel. tsd. usf. usw. vgl. vs. zit. ziff. zzgl. e.g. i.e. no. pp. vol. fig.",
)
# These are words and names too: capitalised they are short only before a figure (Art. 5, Max. 20 Plätze) …
_BEFORE_FIGURES = listed("Max. Art. Tab. Kap. Std. Abs. Gem. Ms. No. Vol. Fig. no.")
# … before a name (St. Martin, Fr. Müller), or, ending what they stand in, before what begins no sentence.
_MAY_END = listed("chr. fr. st. etc. usw. usf. ff. jh. std. mio. mrd. tsd. co.")
# These begin a sentence; after a figure or an abbreviation with its point they tell that one has ended.
_BEGINNERS = listed(
    "Aber Alle Alles Als Am An Auch Auf Aus Außerdem Bei Beide Bis Da Dabei Dadurch Dafür Daher Damit Danach",
    "Daneben Dann Daran Darauf Darin Darum Das Dass Dazu Den Denn Der Des Deshalb Die Dies Diese Dieser Dieses",
    "Doch Dort Durch Ein Eine Einen Einer Er Es Für Gegen Heute Hier Ich Ihr Ihre Im In Insgesamt Ist Jede Jeder",
    "Jedes Jetzt Kein Keine Man Mit Nach Neben Nicht Noch Nun Nur Ob Ohne Schon Sein Seine Seit Sie So Sowohl",
    "Trotz Über Um Und Unser Unsere Unter Viele Vom Von Vor Während Was Weil Weitere Wenn Wer Wie Wir Wo Zu Zum",
    "Zur Zwei Zwischen The This These They We He She It And But For From There When",
)
# A day or a rank with its point goes on with one of these: am 1. März, im 19. Jahrhundert.
_COUNTED = 100


def sentences(text: str) -> list[str]:
    """Divide a paragraph into its sentences."""
    tokens = text.split(" ")
    found: list[str] = []
    begin = 0
    for at in range(len(tokens) - 1):
        if _ends(tokens[at]) and _begins(tokens[at + 1]) and not _goes_on(tokens, at):
            found.append(" ".join(tokens[begin : at + 1]))
            begin = at + 1
    found.append(" ".join(tokens[begin:]))
    return found


def _ends(token: str) -> bool:
    core = token.rstrip(_CLOSERS)
    return bool(core) and core[-1] in _ENDS


def _begins(token: str) -> bool:
    core = token.lstrip(_OPENERS)
    return bool(core) and (core[0].isupper() or core[0].isdigit())


def _goes_on(tokens: list[str], at: int) -> bool:
    """Tell whether the point after this token does not end its sentence."""
    core = tokens[at].rstrip(_CLOSERS).lstrip(_OPENERS)
    if not core.endswith(".") or core.endswith(("...", "?.", "!.")):
        return False
    follower = tokens[at + 1].lstrip(_OPENERS).rstrip(_CLOSERS + ".,;:!?")
    stem = core[:-1].split("\u00a0")[-1].split("\u202f")[-1]
    if f"{stem.lower()}." in _ABBREVIATIONS:
        return _stays_short(f"{stem}.", follower)
    if (len(stem) == 1 and stem.isalpha()) or _is_letters_with_points(stem):
        return follower not in _BEGINNERS
    if stem.isdigit() and int(stem) < _COUNTED:
        return follower not in _BEGINNERS
    return False


def _stays_short(short: str, follower: str) -> bool:
    """Tell whether an abbreviation's point is only its own, by the word that follows it."""
    if short in _BEFORE_FIGURES:
        return follower[:1].isdigit()
    return short.lower() not in _MAY_END or follower not in _BEGINNERS


def _is_letters_with_points(stem: str) -> bool:
    """Tell whether this is an abbreviation such as `u.a` or `z.B` (its last point is off)."""
    parts = stem.split(".")
    return len(parts) > 1 and all(len(part) == 1 and part.isalpha() for part in parts)
