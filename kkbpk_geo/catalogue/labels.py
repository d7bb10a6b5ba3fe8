"""Every word a reader sees, by key, in both languages.

In:     labels_*.toml, one file per subject, one line per key:
        ``key = { id = "...", en = "..." }``.
Out:    text; an absent key is an error that names the line to add.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.base.words import LANGUAGES
from kkbpk_geo.catalogue.named import in_language
from kkbpk_geo.catalogue.reading import build_all, read_as


@dataclass(frozen=True, slots=True)
class _Label:
    id: str
    en: str


@cache
def _labels() -> Mapping[str, _Label]:
    found: dict[str, _Label] = {}
    folder = files("kkbpk_geo.catalogue")
    # Sorted, for where a folder lies in an archive its order is anybody's.
    for name in sorted(file.name for file in folder.iterdir()):
        if not fnmatchcase(name, "labels_*.toml"):
            continue
        entries = build_all(_Label, name)
        if twice := sorted(set(entries) & set(found)):
            msg = f"{name}: {twice} stand in another labels file too; keep one."
            raise CatalogueError(msg)
        found.update(entries)
    return MappingProxyType(found)


def label(key: str, language: Language = "id") -> str:
    """Return what a reader sees for ``key``; Bahasa Indonesia unless asked.

    Raises
    ------
    CatalogueError
        If the key is absent; names the line to add.
    """
    try:
        found = _labels()[key]
    except KeyError:
        msg = (
            f"labels_*.toml have no {key!r}. "
            f'Add a line: {key} = {{ id = "...", en = "..." }}'
        )
        raise CatalogueError(msg) from None
    return in_language(language, found.id, found.en)


def both_labels(key: str) -> dict[str, str]:
    """Return what a reader sees for ``key``, by language."""
    return {language: label(key, language) for language in LANGUAGES}


def has_label(key: str) -> bool:
    """Whether there are words for ``key``."""
    return key in _labels()


def mark_words(marks: Marks, language: Language = "id") -> str:
    """Return the words of a result's marks, ``DATA CONTOH``; nothing without marks."""
    return label("sample_data", language) if marks.sample else ""


def marked(text: str, marks: Marks, language: Language = "id") -> str:
    """Return a title with the marks of its result before it."""
    words = mark_words(marks, language)
    return f"{words}: {text}" if words else text


def read_marks(texts: Iterable[str]) -> Marks:
    """Return the marks that titles, names of sheets or headings state.

    As written only, in capitals: a survey may well be called "Sample data".
    """
    words = _sample_words()
    return Marks(sample=any(word in text for text in texts for word in words))


@cache
def _sample_words() -> tuple[str, ...]:
    # A file is read in whichever language it was written; that needs no other label.
    written = read_as(dict[str, str], "labels_base.toml", "sample_data")
    return tuple(set(written.values()))


def labels_under(prefix: str, language: Language = "id") -> dict[str, str]:
    """Every label whose key begins with ``prefix``, without it; for a page's script."""
    keys = [key for key in _labels() if key.startswith(prefix)]
    return {key.removeprefix(prefix): label(key, language) for key in keys}
