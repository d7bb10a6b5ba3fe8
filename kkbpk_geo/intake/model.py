"""What reading a sheet gives: a typed table, and findings about it as data.

Why: a finding travels (screen, page, workbook sent back to the district), so it is
fields and a code, not a sentence; the catalogue words it in the reader's language.

In:     what the reader and the checks learned. Out: :class:`Finding`, :class:`Intake`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.marks import UNMARKED, Marks
from kkbpk_geo.base.results import OneLine, in_one_line, shown_html
from kkbpk_geo.base.text import as_text
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.tables import table_kinds
from kkbpk_geo.findings import Finding
from kkbpk_geo.intake.frames import SOURCE

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from kkbpk_geo.io import Cell

# States of a correction with which the tables were read.
USED = frozenset(["corrected", "correction_still", "row_removed"])
_NO_CELLS: Mapping[str, Cells] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Which copy of a table it is, by words in titles and names.

    ``date``: the latest day named, as ISO, or ``""``. ``revision``: its number, 0 for
    none. ``final``: whether it calls itself so.
    """

    date: str = ""
    revision: int = 0
    final: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Cells:
    """What became of the figures of one column of a sheet.

    Attributes
    ----------
    column : str
        Of the data, or ``""`` where the column is not counted.
    used : array of bool, one per row of the data
        Whether the row holds the figure of this column.
    aside : mapping reason -> how many filled cells were not used
    """

    column: str
    used: NDArray[np.bool_]
    aside: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Rows and figures that were read, used and set aside; it always adds up.

    Attributes
    ----------
    rows : int
        Below the headers, all of them.
    rows_aside : mapping reason -> rows not used
    cells : int
        Filled cells in columns of figures.
    cells_aside : mapping reason -> cells not used
    """

    rows: int
    rows_aside: Mapping[str, int]
    cells: int
    cells_aside: Mapping[str, int]

    @property
    def rows_used(self) -> int:
        """Rows that stand in the data."""
        return self.rows - sum(self.rows_aside.values())

    @property
    def cells_used(self) -> int:
        """Figures that are counted."""
        return self.cells - sum(self.cells_aside.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRead:
    """What reading a form of an office came to: its money against the printed total.

    Attributes
    ----------
    key : str
        Entry of plan_forms.toml.
    stage : str
        Which document of a budget it is: ``dpa``, ``rka`` ...
    budget : int
        Rupiah of the lines.
    printed : int, optional
        The total that the sheet prints; None where it prints none.
    where : str
        The first place at which a sum is not that of what stands below it.
    """

    key: str
    stage: str = ""
    budget: int = 0
    printed: int | None = None
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Correction(OneLine):
    """One cell that a district corrected, or one row that it took out.

    Attributes
    ----------
    file, sheet, column : str
        Where, as the finding said it; ``column`` is the heading as printed.
    row : int or None
        Row as the person sees it; None for a whole table.
    written : str
        What stood there, as the finding quoted it.
    digest : str
        SHA-256 of the file that the finding was about; empty where it is not known.
    about : str
        Kind of that finding: an entry of ``findings.toml``.
    action : {"cell", "row", "unread"}
        Whether a cell is written, a row taken out; ``"unread"``: what the district
        wrote cannot be read, ``value`` is how it shows.
    value : cell
        What the cell is to hold.
    by, date, note : str
        Who said so (an office, never a name), when, and why.
    book, book_sheet : str
        The workbook that says so, and its sheet.
    book_row : int
        Row of that sheet, from 1.
    state : str
        What became of it: an entry of ``findings.toml``; empty before it is used.
    was : str
        What stood in the sheet when it was used.
    region : str
        Kabupaten/kota code of its row, where it is known.
    """

    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    written: str = ""
    digest: str = ""
    about: str = ""
    action: Literal["cell", "row", "unread"] = "cell"
    value: Cell = ""
    by: str = ""
    date: str = ""
    note: str = ""
    book: str = ""
    book_sheet: str = ""
    book_row: int = 0
    state: str = ""
    was: str = ""
    region: str = ""

    @property
    def is_used(self) -> bool:
        """Whether the tables were read with it."""
        return self.state in USED

    @property
    def now(self) -> str:
        """What the cell is to hold, as text; empty for a row that is taken out."""
        return "" if self.action == "row" else as_text(self.value)

    @property
    def written_in(self) -> str:
        """Where it is written: workbook, sheet and row."""
        where = ", ".join(part for part in (self.book, self.book_sheet) if part)
        return f"{where}: {self.book_row}" if where else ""


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class Intake:
    """One source, read: recognised, typed, checked; nothing lost.

    Attributes
    ----------
    kind : str
        Entry of ``tables.toml`` (``bkb_report``, ``facilities`` ...), ``"mixed"`` for a
        source with tables of several kinds, ``"unknown"`` where none was recognised.
    data : DataFrame, one row per row used
        Index 0..n-1. Columns, where present (types: see
        :data:`kkbpk_geo.intake.frames.DATA`): ``source_file, source_sheet,
        source_row``; ``provinsi, kabkota, kecamatan, desa`` (text as written,
        whitespace folded), ``village_code`` (text); ``region_code`` (kabupaten/kota
        code or missing) and
        ``level`` (finest level the row names: provinsi, kabkota, kecamatan, desa);
        ``period`` (``2025-11``, ``2025`` or missing). Then the measures by catalogue
        column name (``bkb_groups``; nullable ``Int64``, ``Float64`` where the source
        has fractions), and for lists (kinds ``groups``, ``facilities``) ``name, kind``
        (key of the group or facility kind), ``longitude, latitude`` (float64, degrees;
        missing where they cannot be). ``not_reported`` (bool) where some rows are of a
        month or region that was not reported: their figures are missing, not zero.
        Where years or months stand side by side a row of the sheet has one row for each
        period here. A measure that is known, but whose figures prove nothing (shares,
        half a heading), is missing throughout, and told.
        Plans have the columns of
        :func:`kkbpk_geo.intake.kinds.plans.columns.plan_columns`, one row per line:
        several of one ``source_row`` where phases stand side by side.
        Inventories have one row per row, item and condition: ``item, condition`` (keys
        of supplies.toml), ``quantity`` (Int64), ``item_text, condition_text``.
        Columns that no catalogue entry places are kept as text under their own heading.
    listed : DataFrame
        Rows not used, whole, with ``source_row`` and ``reason``
        (``total_row``; ``may_be_total``; ``not_a_place``: a target or a mean;
        ``moved``: its cells stand one column too far; ``other_district``: its kecamatan
        lies in another one; ``part_of_row``: of a long table, told by the first row of
        its place; ``unusable``: no figure of that place is left; ``section_row``: says
        what the rows below it are about; ``other_table``: of a table in doubt;
        ``own_output``: this program wrote it; ``removed``: by a correction; ``blank``,
        ``repeated_header``, ``note``, ``column_numbers``; of a list of persons also
        ``repeated`` and ``no_person``; of a plan with its phases side by side
        ``no_phase``; of an inventory one of
        :data:`kkbpk_geo.intake.kinds.inventory_lines.FAULTS`, with ``region_code,
        period, item``).
        Of notes only what speaks of the table (``Sumber: ...``): names stand there.
    findings : tuple of Finding
    source : str
        File name as given (or ``"DataFrame"``, ``"list"``).
    headings : mapping printed heading -> catalogue column
        Or ``"kept"`` (as text), ``"ignored"`` (row numbers, checked percentages) or
        ``"dropped"`` (about persons).
    parts : tuple of Intake
        The tables of a source with several (sheets, files); empty for a single table.
    hidden_rows : frozenset of (source_file, source_sheet, source_row)
        Rows in use that the workbook hides, by hand or by a filter.
    marks : Marks
        Whether the source says that it is sample data: in a title, a heading, the name
        of a sheet or of the file.
    edition : Edition
        Which copy of the table it is, where titles or names say so.
    cells : mapping printed heading -> Cells
        What became of the figures of each column that has any.
    form : FormRead, optional
        Of a plan in a form of plan_forms.toml.
    corrections : tuple of Correction
        Those about this source, used or not, with what became of each.
    """

    kind: str
    data: pd.DataFrame
    findings: tuple[Finding, ...]
    source: str
    listed: pd.DataFrame
    headings: dict[str, str]
    parts: tuple[Intake, ...] = ()
    hidden_rows: frozenset[tuple[str, str, int]] = frozenset()
    marks: Marks = UNMARKED
    edition: Edition = Edition()
    cells: Mapping[str, Cells] = field(default_factory=lambda: _NO_CELLS)
    form: FormRead | None = None
    corrections: tuple[Correction, ...] = ()

    def tables(self) -> Iterator[Intake]:
        """Yield every single table: the parts, or this one."""
        for part in self.parts:
            yield from part.tables()
        if not self.parts:
            yield self

    @property
    def is_list(self) -> bool:
        """Whether its rows are things or persons, of which a place may have several."""
        known = table_kinds().get(self.kind)
        return known is not None and known.is_of_things

    @property
    def has_lines(self) -> bool:
        """Whether it is a plan or an inventory, which tell themselves what repeats."""
        known = table_kinds().get(self.kind)
        return known is not None and known.has_lines

    @property
    def rows_in(self) -> int:
        """Rows below the header, used or listed; a row of several lines counts once."""
        if self.parts:
            return sum(part.rows_in for part in self.parts)
        whole = set(SOURCE) <= set(self.data)
        used = self.data.drop_duplicates(list(SOURCE)) if whole else self.data
        return len(used) + len(self.listed)

    def rows_of_sheet(self) -> set[int]:
        """Return the rows of the sheet, from 1, that are used or listed."""
        frames = [self.data, self.listed]
        stated = [f["source_row"] for f in frames if "source_row" in f]
        return {int(row) for rows in stated for row in rows}

    @property
    def table(self) -> pd.DataFrame:
        """The main frame: ``data``."""
        return self.data

    def summary(self, language: Language = "id") -> str:
        """Say what the source was recognised as, and what became of its rows."""
        kind = table_kinds().get(self.kind)
        severities = [f.severity for f in self.findings]
        return label("intake_summary", language).format(
            source=self.source,
            kind=getattr(kind, language) if kind else label("intake_other", language),
            used=format_number(len(self.data), 0, language),
            listed=format_number(len(self.listed), 0, language),
            errors=severities.count("error"),
            warnings=severities.count("warning"),
        )

    def __repr__(self) -> str:
        return f"<Intake: {in_one_line(self.summary('en'))}>"

    def _repr_html_(self) -> str:
        return shown_html(self.summary(), self.data.head(), index=False)
