"""One thing that is wrong with a file, as data.

In:     a kind of ``findings.toml`` and where it was seen.
Out:    :class:`Finding`, which is worded later, in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kkbpk_geo.base.results import OneLine

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Finding(OneLine):
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
    candidates : tuple of str
        Codes of the kabupaten/kota that a row without a region may be about.
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
    candidates: tuple[str, ...] = ()
