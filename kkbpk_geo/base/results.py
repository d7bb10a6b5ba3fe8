"""A result that shows itself: a line, a sentence, and the frame it is about.

Why: a dataclass with frames in it fills a screen at the prompt, and a frame of 600
rows the page of a notebook.

In:     a class with a ``summary`` and a main frame, or any dataclass. Out: what a
        notebook, or a prompt, shows of it; written once for all results.
"""

from __future__ import annotations

import copyreg
from dataclasses import Field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language

if TYPE_CHECKING:
    from abc import abstractmethod

    import pandas as pd


def _view(content: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(content)


def _remake(view: MappingProxyType[Any, Any]) -> tuple[Any, ...]:
    return _view, (dict(view),)


# Results hold mappings that nobody may change, which Python pickles and copies only
# when told how; caches (of Streamlit, of joblib) and other processes need that.
copyreg.pickle(MappingProxyType, _remake)


# Letters of a line at the prompt: two lines of a terminal, with the name of the class.
LONGEST_LINE = 150
# Rows of a frame in a notebook, as pandas shows them: the first and the last ones.
MOST_ROWS = 60
_SHORT = 30  # letters of one field


def shown_html(sentence: str, frame: pd.DataFrame, **options: Any) -> str:  # noqa: ANN401
    """Return a sentence and a frame for a notebook, no wider and longer than its page.

    Parameters
    ----------
    sentence : str
    frame : DataFrame
    **options
        For ``DataFrame.to_html``.
    """
    usual = {"escape": True, "max_rows": MOST_ROWS, **options}
    table = frame.to_html(**usual)
    return f'<p>{for_html(sentence)}</p><div style="overflow-x:auto">{table}</div>'


def in_one_line(text: str, most: int = LONGEST_LINE) -> str:
    """Return a text as one line of at most so many letters.

    Examples
    --------
    >>> in_one_line("tiga  kata panjang", 9)
    'tiga kat…'
    """
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


class OneLine:
    """What shows itself in one line: its summary, or the fields that were chosen.

    Subclasses are dataclasses with ``repr=False``: theirs would spell out every frame.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> @dataclass(repr=False)
    ... class Choices(OneLine):
    ...     title: str = ""
    ...     k: int = 5
    >>> Choices(title="Air")
    <Choices: title='Air'>
    """

    __slots__ = ()

    def __repr__(self) -> str:
        name = type(self).__name__
        if hasattr(self, "summary"):
            return f"<{name}: {in_one_line(self.summary('en'))}>"
        chosen = []
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if not _is_usual(field, value):
                chosen.append(f"{field.name}={_short(value)}")
        return f"<{name}: {in_one_line(', '.join(chosen))}>" if chosen else f"<{name}>"


def _is_usual(field: Field[Any], value: object) -> bool:
    """Whether a field has the value that nobody chose; asked of plain values only."""
    if value is None or (hasattr(value, "__len__") and not len(value)):
        return True
    plain = isinstance(value, str | int | float)
    return plain and value == field.default


def _short(value: Any) -> str:  # noqa: ANN401
    """Return a value as a few letters: a frame by its size, many by their number."""
    shape = getattr(value, "shape", None)
    if shape is not None:
        return f"{type(value).__name__}({' × '.join(map(str, shape))})"
    if isinstance(value, str):
        return repr(in_one_line(value, _SHORT))
    line = repr(value)
    if len(line) <= _SHORT and "\n" not in line:
        return line
    if hasattr(value, "__len__"):
        return f"{type(value).__name__}({len(value)})"
    return in_one_line(line, _SHORT)


class Result(OneLine):
    """What every result has in common; subclasses are frozen dataclasses.

    The main frame is ``table``, unless :meth:`shown` says otherwise.
    """

    __slots__ = ()
    # Without an index column where the table's own columns name every row.
    show_index: ClassVar[bool] = True

    if TYPE_CHECKING:

        @property
        @abstractmethod
        def table(self) -> pd.DataFrame:
            """The main frame."""

        @abstractmethod
        def summary(self, language: Language = "id") -> str:
            """Say in one paragraph what was found."""

    def shown(self) -> pd.DataFrame:
        """Return the frame that stands under the sentence in a notebook."""
        return self.table

    def _repr_html_(self) -> str:
        return shown_html(self.summary(), self.shown(), index=self.show_index)
