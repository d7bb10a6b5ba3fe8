"""What reading asks of a kind of table; how most kinds answer.

Why: a plan fills its merged cells, an inventory counts things, a recap knows months in
which nobody reported. Each difference stands in one object, and reading asks it; nobody
asks which kind of table a sheet is.

In:     an :class:`~kkbpk_geo.intake.open_sheet.OpenSheet`.
Out:    :class:`Kind`, the answers of a table with one thing a row; :class:`Lines`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Literal

from kkbpk_geo.base.periods import EXPECTED
from kkbpk_geo.catalogue.programme import groups, measures
from kkbpk_geo.intake.cells.periods import DATES, numbered_parts
from kkbpk_geo.intake.checks.table import check_table
from kkbpk_geo.intake.recognise.columns import UNKNOWN, Column
from kkbpk_geo.intake.rows.kept import became, listed_rows
from kkbpk_geo.intake.rows.unseen import hidden_rows

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.findings import Finding
    from kkbpk_geo.intake.cells.periods import Periods
    from kkbpk_geo.intake.cells.places import Places
    from kkbpk_geo.intake.cells.stated import Said
    from kkbpk_geo.intake.long.unfolding import Meaning
    from kkbpk_geo.intake.open_sheet import OpenSheet, Rows
    from kkbpk_geo.intake.recognise.headers import Header
    from kkbpk_geo.io import Cell

# Roles that mean something in one kind of table only.
LIST_ROLES = frozenset(
    ["group_name", "facility_name", "reporting", "has_kit", "has_decree", "low_stock",
     "registration", "training"]
)  # fmt: skip
PLAN_ROLES = frozenset(
    ["programme", "activity", "sub_activity", "indicator", "target", "unit", "budget",
     "fund", "responsible", "plan_status", "realised", "spent", "quarter", "line_id",
     "code_of_work", "edition_of_work", "detail", "physical", "cash_1", "cash_2",
     "cash_3", "cash_4"]
)  # fmt: skip
STOCK_ROLES = frozenset(["item", "condition"])

_UNREADABLE = MappingProxyType(
    {
        "year": ("year_unreadable", "2025, 2026"),
        "month": ("period_unreadable", EXPECTED),
        "period": ("period_unreadable", EXPECTED),
        "part": ("period_unreadable", EXPECTED),
    }
)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Times:
    """What the rows and the titles of a table say about when.

    ``cells``: ``month``, ``year``, ``period`` -> a cell per row. ``unreadable``: role
    -> the finding that an unreadable cell of it deserves, and what was expected.
    """

    cells: Mapping[str, Sequence[Cell]]
    said: Said
    of_plan: bool = False
    unreadable: Mapping[str, tuple[str, str]] = field(
        default_factory=lambda: _UNREADABLE
    )


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Lines:
    """The lines of one table: typed, each with the row of the sheet that it is from.

    Attributes
    ----------
    key : str
        The kind of table.
    sheet : OpenSheet
        With the findings of this table, and the rows that are none of its data.
    data : DataFrame, one row per line
    rows : array of int, one per line
    columns : sequence of Column
        The columns of the sheet as this table counts them.
    """

    key: str
    sheet: OpenSheet
    data: pd.DataFrame
    rows: Rows
    columns: Sequence[Column]

    @property
    def headings(self) -> dict[str, str]:
        """Printed heading -> column of the data, or what became of it."""
        return became(self.columns, has_villages="village_code" in self.data)


class Kind(ABC):
    """A kind of table; these are the answers of one thing a row."""

    # Roles that mean nothing in this kind: such columns are kept as text.
    foreign: ClassVar[frozenset[str]] = frozenset()
    # Roles that are kept as text because nobody types them.
    untyped: ClassVar[frozenset[str]] = frozenset(
        ["keep", UNKNOWN, "registration", "training"]
    )
    # Whether a bare NAMA is that of a facility.
    of_facilities: ClassVar[bool] = False
    # Whether each row is expected to have coordinates.
    located: ClassVar[bool] = False
    # Whether its figures are counts: whole, and from nought up.
    counts: ClassVar[bool] = True
    # Whether rows stand alone: no name is filled from above, no row sums up others.
    stands_alone: ClassVar[bool] = False
    # Whether each row is a place with its figures: then what equals the sum of others,
    # or is called like what they lie in, is no row of its own.
    rows_are_places: ClassVar[bool] = False
    # Whether a row is a person: two rows that look the same are two persons.
    of_persons: ClassVar[bool] = False
    # What becomes of texts under a heading that nobody knows: kept, kept where all of
    # their words are known, or dropped, for they may be who answers for the row.
    unknown_texts: ClassVar[Literal["kept", "of_known_words", "dropped"]] = "kept"

    # --- recognising ------------------------------------------------------------------

    def settle(
        self,
        columns: Sequence[Column],
        header: Header,
        contents: Sequence[str],
        *,
        given: bool,
    ) -> list[Column] | None:
        """Read headings as only this kind can; None where the sheet is none of it.

        Parameters
        ----------
        columns : sequence of Column
        header : Header
        contents : sequence of str
            What each column holds.
        given : bool
            Whether the caller says that it is of this kind.
        """
        del header, contents
        return list(columns) if given else None

    def holds(self, roles: Collection[str]) -> bool:
        """Whether a sheet with these roles has what a table of this kind is about."""
        del roles
        return True

    def own(self, columns: Sequence[Column]) -> list[Column]:
        """Return the columns as this kind understands them: measures of the row."""
        return [self._without_group(column) for column in self._kept(columns)]

    def _kept(self, columns: Sequence[Column]) -> list[Column]:
        kept = list(columns)
        for i, column in enumerate(columns):
            if column.what in self.foreign:
                # A plan's lines lie in quarters; figures are of a quarter.
                role = "part" if column.what == "quarter" else "keep"
                kept[i] = replace(column, role=role, foreign=True)
        return kept

    def _without_group(self, column: Column) -> Column:
        """Return a measure as that of the one thing in the row: ``members``."""
        if column.role != "measure":
            return column
        bare = column.target
        for group in groups():
            rest = bare.removeprefix(f"{group}_")
            bare = rest if rest in measures() else bare
        return replace(column, target=bare, why="")

    # --- reading ----------------------------------------------------------------------

    def identify(self, sheet: OpenSheet) -> OpenSheet:
        """Find out what only names tell, before they are dropped."""
        return sheet

    def prepare(self, sheet: OpenSheet) -> OpenSheet:
        """Make cells ready to be read."""
        return sheet

    def sections(self, sheet: OpenSheet) -> OpenSheet:
        """Read lines between the rows that say what the rows below are about."""
        return sheet

    def times(self, sheet: OpenSheet, said: Said) -> Times:
        """Return what says when; ``said``: the titles and names of the sheet."""
        cells = sheet.roles(*DATES)
        for column in sheet.known.of_role("part"):
            cells["part"] = numbered_parts(column.printed, cells["part"])
        return Times(cells=cells, said=said)

    def unfold(
        self, sheet: OpenSheet, places: Places, periods: Periods, meaning: Meaning
    ) -> OpenSheet:
        """Bring rows that are parts of one row together."""
        del places, periods, meaning
        return sheet

    def things(self, sheet: OpenSheet) -> list[str]:
        """Return the thing that each row is about; ``""`` where only its place is."""
        return [""] * len(sheet.cells)

    def check_sums(self, sheet: OpenSheet) -> list[Finding]:
        """Check printed sums that only this kind can add up."""
        del sheet
        return []

    @abstractmethod
    def lines(self, sheet: OpenSheet, head: pd.DataFrame) -> list[Lines]:
        """Return the lines of each table in the sheet.

        Parameters
        ----------
        sheet : OpenSheet
        head : DataFrame, one row per row of the sheet
            Where each row comes from, its place and its period.
        """

    # --- the whole table --------------------------------------------------------------

    def finish(self, lines: Lines) -> Lines:
        """Change what only the whole table shows."""
        return lines

    def check(self, lines: Lines) -> list[Finding]:
        """Return all findings: those of reading, and those of the values."""
        printed = {column: heading for heading, column in lines.headings.items()}
        grid = lines.sheet.grid
        # Rows of which nobody knows what they count are not told to be there twice.
        repeats = not self.of_persons and lines.key != UNKNOWN
        hidden = frozenset(row for *_, row in hidden_rows(lines.sheet))
        found = check_table(
            lines.data, printed, located=self.located, repeats=repeats,
            file=grid.file, sheet=grid.sheet, hidden=hidden,
        )  # fmt: skip
        return [*lines.sheet.findings, *found]

    def listed(self, sheet: OpenSheet, head: pd.DataFrame) -> pd.DataFrame:
        """Return the rows that are no data, whole."""
        del head
        return listed_rows(sheet)
