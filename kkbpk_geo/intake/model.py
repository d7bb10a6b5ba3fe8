"""What reading a sheet gives: a typed table, and findings about it as data.

Why: a finding travels (screen, page, workbook sent back to the district), so it is
fields and a code, not a sentence; the catalogue words it in the reader's language.

Layer:  3 (intake).
In:     what the reader and the checks learned. Out: :class:`Finding`, :class:`Intake`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing worth telling the owner of a file.

    Attributes
    ----------
    code : str
        Entry of ``findings.toml``, which holds the severity and the words.
    file, sheet, column : str
        Where; ``column`` is the heading as printed. Empty where it does not apply.
    row : int or None
        Row as the person sees it (first line of the sheet is 1); None for the table.
    value : str
        What was found. Never personal data.
    expected : str
        What was expected, language-neutral (a number, a heading, a code).
    region : str
        Kabupaten/kota code the row belongs to, or its name as written if unresolved.
    place : str
        What a person calls the row: name, desa, kecamatan, period; as written.
    count : int
        How many cells this stands for (identical findings may be folded).
    """

    code: str
    severity: Severity
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    expected: str = ""
    region: str = ""
    place: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Intake:
    """One source, read: recognised, typed, checked; nothing lost.

    Attributes
    ----------
    kind : str
        Entry of ``tables.toml`` (``bkb_report``, ``facilities`` ...), ``"mixed"`` for a
        source with tables of several kinds, ``"unknown"`` where none was recognised.
    data : DataFrame, one row per row used
        Index 0..n-1. Columns, where present: ``source_file, source_sheet, source_row``;
        ``provinsi, kabkota, kecamatan, desa`` (text as written, whitespace folded),
        ``village_code`` (text); ``region_code`` (kabupaten/kota code or missing) and
        ``level`` (finest level the row names: provinsi, kabkota, kecamatan, desa);
        ``period`` (``2025-11``, ``2025`` or missing). Then the measures by catalogue
        column name (``bkb_groups``; nullable ``Int64``, ``Float64`` where the source
        has fractions), and for lists (kinds ``groups``, ``facilities``) ``name, kind``
        (key of the group or facility kind), ``longitude, latitude`` (float64, degrees).
        Columns that no catalogue entry places are kept as text under their own heading.
    listed : DataFrame
        Rows not used, whole, with ``source_row`` and ``reason``
        (``total_row``, ``blank``, ``repeated_header``, ``note``, ``column_numbers``).
    findings : tuple of Finding
    source : str
        File name as given (or ``"DataFrame"``, ``"list"``).
    headings : mapping printed heading -> catalogue column, ``"dropped"`` or ``"kept"``.
    parts : tuple of Intake
        The tables of a source with several (sheets, files); empty for a single table.
    """

    kind: str
    data: pd.DataFrame
    findings: tuple[Finding, ...]
    source: str
    listed: pd.DataFrame
    headings: dict[str, str]
    parts: tuple[Intake, ...] = ()

    def tables(self) -> Iterator[Intake]:
        """Yield every single table: the parts, or this one."""
        for part in self.parts:
            yield from part.tables()
        if not self.parts:
            yield self

    @property
    def rows_in(self) -> int:
        """Rows below the header, used or listed."""
        return len(self.data) + len(self.listed)
