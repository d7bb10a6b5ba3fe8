"""What has a name: its key, its name in both languages, the spellings it is met under.

In:     entries of any file of this folder that have ``id``, ``en`` and perhaps
        ``aliases``. Out: :class:`Named` and :class:`Spelled`, of which kinds of entry
        are made, and :class:`Spellings` to look a text up among them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.base.formats import Language


def in_language(language: Language, indonesian: str, english: str) -> str:
    """Return the text for a reader of a language; Bahasa Indonesia unless English."""
    return english if language == "en" else indonesian


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An entry of the catalogue that a reader sees by name.

    Attributes
    ----------
    key : str
        The name of its table; what code and data files call it.
    id, en : str
        What a reader sees, in Bahasa Indonesia and in English.
    """

    key: str
    id: str
    en: str

    def name(self, language: Language = "id") -> str:
        """Return the name that a reader sees."""
        return in_language(language, self.id, self.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelled(Named):
    """A named entry that people write in other ways too (``aliases``)."""

    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way to write it, each once; its Indonesian name first."""
        return tuple(dict.fromkeys((self.id, *self.aliases, self.en)))


class Spellings:
    """From a text to the entry that it names; only a recorded spelling decides.

    Parameters
    ----------
    entries : Mapping of str to Spelled
    file : str
        Where they stand, for the error.
    fold : callable
        What makes one text of all ways to type it; spellings are compared after it.

    Attributes
    ----------
    keys : dict of str to str
        Folded spelling -> key of the entry.

    Raises
    ------
    CatalogueError
        If one spelling means two entries; names it and both.
    """

    def __init__(
        self,
        entries: Mapping[str, Spelled],
        file: str,
        fold: Callable[[str], str],
    ) -> None:
        self._entries, self._fold = entries, fold
        self.keys: dict[str, str] = {}
        for key, entry in entries.items():
            for text in entry.spellings:
                # Two spellings of one entry may well be one text once they are folded.
                other = self.keys.setdefault(fold(text), key)
                if other != key:
                    msg = (
                        f"{file}: {text!r} means both {other!r} and {key!r}; keep one."
                    )
                    raise CatalogueError(msg)

    def key_of(self, text: str) -> str:
        """Return the key of the entry that a text names, ``""`` if none does.

        A key names its entry, too: files that this package wrote hold keys.
        """
        if text in self._entries:
            return text
        return self.keys.get(self._fold(text), "")
