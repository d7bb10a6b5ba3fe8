"""A question that was asked of a run, and what is said to it in both languages.

In:     a result and its words. Out: :class:`Section`, for the terminal and the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.formats import Language

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A question and what is said to it, in one language.

    Attributes
    ----------
    heading : str
        The question.
    sentences : tuple of str
        The answer first.
    points : tuple of str
        What is listed below them.
    method : tuple of str
        How it was reckoned, with the source: for those who ask.
    """

    heading: str
    sentences: tuple[str, ...]
    points: tuple[str, ...] = ()
    method: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """One question, answered: words in both languages, a picture, a table.

    Attributes
    ----------
    key : str
        Names its table's file.
    result : object
    said : mapping language -> Said
    language : {"id", "en"}
        That of the run.
    indicator : str
        The one it is about; empty for several.
    """

    key: str
    result: Any
    said: Mapping[Language, Said]
    language: Language
    indicator: str = ""

    @property
    def what(self) -> str:
        """Which question it is: ``index``, ``funnel`` …."""
        return self.key.partition("-")[0]

    @property
    def heading(self) -> str:
        """The question, in the language of the run."""
        return self.said[self.language].heading

    @property
    def sentences(self) -> tuple[str, ...]:
        """The answer and what belongs to it, in the language of the run."""
        own = self.said[self.language]
        return (*own.sentences, *own.points)

    @property
    def table(self) -> pd.DataFrame:
        """The result's main frame."""
        frame: pd.DataFrame = self.result.table
        return frame
