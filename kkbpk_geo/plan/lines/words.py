"""How a plan is written for a reader: periods, rupiah, units, funds.

In:     values of plan lines.
Out:    text in both languages.
"""

from __future__ import annotations

from kkbpk_geo.base.formats import MONTHS, Language, format_number
from kkbpk_geo.base.missing import as_int
from kkbpk_geo.catalogue.activities import activities, funds, terms
from kkbpk_geo.catalogue.indicators import indicators
from kkbpk_geo.catalogue.labels import label

QUARTERS = ("I", "II", "III", "IV")


def period_key(year: object, quarter: object, month: object) -> str:
    """Return ``2026``, ``2026-Q2`` or ``2026-04``; ``-`` where no year is known."""
    y, q, m = as_int(year), as_int(quarter), as_int(month)
    first = "-" if y is None else str(y)
    if m is not None:
        return f"{first}-{m:02d}"
    return first if q is None else f"{first}-Q{q}"


def period_text(
    year: object, quarter: object, month: object, language: Language = "id"
) -> str:
    """Return ``TW II 2026``, ``April 2026`` or ``2026`` for a reader."""
    y, q, m = as_int(year), as_int(quarter), as_int(month)
    first = "–" if y is None else str(y)
    if m is not None:
        return f"{MONTHS[language][m - 1]} {first}"
    if q is None:
        return first
    return f"{label('plan_sheet_quarter', language)} {QUARTERS[q - 1]} {first}"


def rupiah_text(amount: int | None, language: Language = "id") -> str:
    """Return ``Rp 1.250.000``; an en dash where there is none."""
    if amount is None:
        return "–"
    return f"Rp {format_number(amount, 0, language)}"


def unit_text(unit: str, language: Language = "id") -> str:
    """Return the label of a unit; one that is not known stays as written."""
    return terms("unit")[unit].name(language) if unit in terms("unit") else unit


def fund_text(fund: str, written: str = "", language: Language = "id") -> str:
    """Return the label of a source of funds, else what was written."""
    return funds()[fund].name(language) if fund in funds() else written


def work_text(activity: str, written: str, indicator: str, language: Language) -> str:
    """Return what a line is about: its activity, else its text, else its indicator."""
    if activity in activities():
        return activities()[activity].name(language)
    if written:
        return written
    return indicators()[indicator].name(language) if indicator in indicators() else "–"
