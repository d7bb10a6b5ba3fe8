"""A result that shows itself: a sentence, and the frame it is about.

In:     a class with a ``summary`` and a main frame. Out: what a notebook, or a prompt,
        shows of it; written once for all results.
"""

from __future__ import annotations

import copyreg
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


class Result:
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

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.summary('en')}>"

    def _repr_html_(self) -> str:
        frame = self.shown().to_html(index=self.show_index, escape=True)
        return f"<p>{for_html(self.summary())}</p>{frame}"
