"""The two languages of every page, and words in both.

In:     label keys.
Out:    a text per language.
"""

from __future__ import annotations

from collections.abc import Mapping

from kkbpk_geo.base.formats import Language

Words = str | Mapping[str, str]


LANGUAGES: tuple[Language, ...] = ("id", "en")


def both(words: Words) -> dict[str, str]:
    """Return words in every language; a plain text serves all of them."""
    if isinstance(words, str):
        return dict.fromkeys(LANGUAGES, words)
    # Words in one language are better than none in the other.
    spare = next(iter(words.values()), "")
    return {language: words.get(language, spare) for language in LANGUAGES}
