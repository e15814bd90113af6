"""What was set before: the lines of blocks, the words of settings. Bounded, and never needed: only dear to make again.

Blocks are measured again and again while a document is made, so none of its lines is forgotten within it. Words come
again in other documents. Knows: settings, words. Must never know how anything is set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from report.typeset.face import Shaped
    from report.typeset.paragraph import Lines
    from report.typeset.setting import Setting
    from report.typeset.words import Atom

KEPT_WORDS = 1_200  # of a generation, when a document begins


class Known:
    """The words of one variant of a setting: as atoms, and shaped where the variant's own face has them whole."""

    def __init__(self) -> None:
        self.atoms: dict[str, tuple[Atom, ...]] = {}
        self.shaped: dict[str, Shaped] = {}


class Memory:
    """The lines of this document and the one before; the words of all settings, until no document asks for them."""

    def __init__(self) -> None:
        self.lines: dict[tuple[object, ...], Lines] = {}
        self.lines_before: dict[tuple[object, ...], Lines] = {}
        self.young: dict[tuple[Setting, int], Known] = {}
        self.old: dict[tuple[Setting, int], Known] = {}
        self.count = 0  # of young words

    def of(self, setting: Setting, variant: int) -> Known:
        """Return what is known of a variant."""
        found = self.young.get((setting, variant))
        if found is None:
            found = self.young[setting, variant] = Known()
        return found

    def before(self, setting: Setting, variant: int) -> Known:
        """Return what the generation before knows of a variant; the word that is taken out of it is young again."""
        self.count += 1
        return self.old.get((setting, variant)) or _NOTHING

    def age(self) -> None:
        """Begin a new document; and a new generation of words, if the young one has grown large."""
        self.lines_before, self.lines = self.lines, {}
        if self.count > KEPT_WORDS:
            self.old, self.young, self.count = self.young, {}, 0

    def clear(self) -> None:
        """Forget everything."""
        self.lines, self.lines_before = {}, {}
        self.old, self.young, self.count = {}, {}, 0


_NOTHING = Known()
