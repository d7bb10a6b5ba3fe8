"""One table as claims: which place, time and thing each row is about, and its figures.

Why: two rows are compared only if they are about the same; what "the same" is, is said
here once: for rows of regions their names (and codes where both tables have them), for
entries of a list their own name as well.

In:     a table as read, or with the counts of its list.
Out:    :class:`Claims`: keys, blocks (the list that a row belongs to) and figures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kkbpk_geo.base.text import as_text, fold_entry, fold_words
from kkbpk_geo.catalogue.headings import words
from kkbpk_geo.intake.checks.evidence import is_measure
from kkbpk_geo.intake.frames import DATA, FLAGS
from kkbpk_geo.intake.model import Edition, Intake

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Texts = NDArray[np.object_]
    Rows = NDArray[np.int_]

# What may be compared only where both tables have it.
_SUB, _CODE, _PART = "kecamatan", "village_code", "part"
_ENTRY = "entry"
_ALL = frozenset([_SUB, _CODE, _PART])


@dataclass(eq=False)
class Claims:
    """The claims of one table.

    Attributes
    ----------
    data : DataFrame, n rows
        As in :class:`~kkbpk_geo.intake.model.Intake`, any index.
    source, sheet : str
        Names of its file and sheet.
    is_list : bool
        Whether its rows are things of which a place may have several.
    edition : Edition
    stated : bool
        Whether a column says when: a row without a period is then about none.
    headings : mapping catalogue column -> heading as printed
    hidden : frozenset of int
        Its rows that the workbook hides, as ``source_row`` counts them.
    """

    data: pd.DataFrame
    source: str = ""
    sheet: str = ""
    is_list: bool = False
    edition: Edition = field(default_factory=Edition)
    stated: bool = False
    headings: Mapping[str, str] | None = None
    hidden: frozenset[int] = frozenset()

    @classmethod
    def of(cls, intake: Intake, data: pd.DataFrame | None = None) -> Claims:
        """Return the claims of a table, or of rows made from it."""
        whole = intake.data
        sheet = "" if "source_sheet" not in whole else _first(whole["source_sheet"])
        printed = {column: heading for heading, column in intake.headings.items()}
        rows = whole if data is None else data
        return cls(
            data=rows,
            source=intake.source,
            sheet=sheet,
            is_list=intake.is_list or "name" in whole,
            edition=intake.edition,
            stated="period" in printed,
            headings=printed,
            hidden=frozenset(row for _, _, row in intake.hidden_rows),
        )

    def __len__(self) -> int:
        return len(self.data)

    @property
    def names(self) -> tuple[str, ...]:
        """What a user may call the table: its file or its sheet."""
        return tuple(name for name in (self.source, self.sheet) if name)

    @cached_property
    def values(self) -> dict[str, NDArray[np.float64]]:
        """Figures by column; missing is NaN. Of lists the answers count as figures."""
        found = {}
        if self.is_list:  # that the thing is there is a figure as well
            found[_ENTRY] = np.ones(len(self))
        for name, dtype in self.data.dtypes.items():
            counts = is_measure(str(name)) and dtype.kind in "iuf"
            if counts or (self.is_list and name in FLAGS):
                found[str(name)] = self.data[name].to_numpy(float, na_value=np.nan)
        return found

    @cached_property
    def placed(self) -> Flags:
        """Rows that say where they are about, and when where others do."""
        named = self._district != ""
        for column in ("kecamatan", "desa"):
            named |= self._folded(column) != ""
        if self.is_list:
            named |= self._entry != ""
        if self.stated:
            named &= self._period != ""
        return np.asarray(named, dtype=bool)

    @cached_property
    def areas(self) -> frozenset[tuple[str, str, str]]:
        """Period, district and level of its rows."""
        here = np.flatnonzero(self.placed)
        parts = (self._period[here], self._district[here], self._level[here])
        return frozenset(zip(*(part.tolist() for part in parts), strict=True))

    def in_areas(self, wanted: frozenset[tuple[str, str, str]]) -> Rows:
        """Return the rows of some areas."""
        keys = _joined(self._period, self._district, self._level)
        inside = np.isin(keys, ["|".join(area) for area in wanted])
        return np.flatnonzero(inside & self.placed)

    def uses(self, rows: Rows) -> frozenset[str]:
        """Return what these rows say besides district and village."""
        said = {_SUB: self._folded(_SUB), _CODE: self._folded(_CODE), _PART: self._part}
        return frozenset(
            name for name, texts in said.items() if (texts[rows] != "").any()
        )

    def keys(self, use: frozenset[str] = _ALL, rows: Rows | None = None) -> Texts:
        """Return what each row is about; of several rows about one thing, which one."""
        at = np.arange(len(self)) if rows is None else rows
        parts = [self._period, self._district, self._level, self._folded("desa")]
        if _SUB in use:
            parts.append(self._folded(_SUB))
        if _CODE in use:
            parts.append(self._folded(_CODE))
        if self.is_list:
            parts.append(self._entry)
        elif rows is not None and _PART in use:
            parts.append(self._part)
        keys = _joined(*(part[at] for part in parts))
        if rows is None:
            return keys
        nth = pd.Series(keys).groupby(keys).cumcount().to_numpy()
        return _joined(keys, nth.astype(str).astype(object))

    def blocks(self, use: frozenset[str], rows: Rows) -> Texts:
        """Return the list that each row belongs to: that of a subdistrict, if named."""
        parts = [self._period, self._district, self._level]
        # Things are listed by district; a subdistrict may be told for some only.
        if _SUB in use and not self.is_list:
            parts.append(self._folded(_SUB))
        return _joined(*(part[rows] for part in parts))

    def claims(self) -> Flags:
        """Whether each row claims any figure."""
        found = np.zeros(len(self), dtype=bool)
        for values in self.values.values():
            found |= ~np.isnan(values)
        return found

    def tells_apart(self, rows: Rows, group: Rows) -> bool:
        """Whether a column names the parts of places that have several rows."""
        here = self._part[rows]
        if (here == "").any():
            return False
        pairs = pd.DataFrame({"group": group, "part": here})
        return not bool(pairs.duplicated().any())

    # --- parts of keys ----------------------------------------------------------------

    @cached_property
    def _period(self) -> Texts:
        return self._text("period")

    @cached_property
    def _level(self) -> Texts:
        return self._text("level")

    @cached_property
    def _district(self) -> Texts:
        code = self._text("region_code")
        return np.where(code != "", code, self._folded("kabkota"))

    @cached_property
    def _part(self) -> Texts:
        """What columns such as PUSKESMAS or DUSUN say, of a table of regions."""
        known = {*DATA, *self.values}
        names = [str(name) for name in self.data if str(name) not in known]
        parts = [n for n in names if words("finer") & set(fold_words(n).split())]
        if self.is_list or not parts:
            return np.full(len(self), "", dtype=object)
        return _joined(*(self._folded(name) for name in parts), skip_blank=True)

    @cached_property
    def _entry(self) -> Texts:
        """What a list calls a row; without a name, all that it says in words."""
        name = self._folded("name")
        kind = self._text("kind")
        if (name != "").any():
            return _joined(name, kind)
        known = {*DATA, *self.values}
        others = [str(column) for column in self.data if str(column) not in known]
        return _joined(*(self._folded(column) for column in others), kind)

    def _text(self, column: str) -> Texts:
        return _texts(self.data, column, as_text)

    def _folded(self, column: str) -> Texts:
        # Folding 80,000 names takes longer than all the rest: once for each column.
        if column not in self._known:
            self._known[column] = _texts(self.data, column, _fold)
        return self._known[column]

    @cached_property
    def _known(self) -> dict[str, Texts]:
        return {}


def _fold(cell: object) -> str:
    return fold_entry(cell if isinstance(cell, str) else as_text(cell))


def _texts(data: pd.DataFrame, column: str, as_key: Callable[[Any], str]) -> Texts:
    """Return a column as texts, each distinct cell worked out once."""
    if column not in data:
        return np.full(len(data), "", dtype=object)
    codes, distinct = pd.factorize(data[column])
    texts = [as_key(cell) for cell in distinct]
    # What is missing has the code -1, and takes the "" at the end.
    return np.array([*texts, ""], dtype=object)[codes]


def _joined(*parts: Texts, skip_blank: bool = False) -> Texts:
    first, *others = parts
    whole = first
    for part in others:
        whole = whole + "|" + part
    if skip_blank:
        empty = "|" * len(others)
        return np.where(whole == empty, "", whole)
    return whole


def _first(column: pd.Series[str]) -> str:
    known = column.dropna()
    return str(known.iloc[0]) if len(known) else ""
