"""How lines, fields and amounts of compared plans are written for a reader.

In:     values of a :class:`~kkbpk_geo.plan.align.verdicts.Verdict`. Out: text.
"""

from __future__ import annotations

from collections.abc import Sequence

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.activities import terms
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.plan.align.matching import Line
from kkbpk_geo.plan.align.verdicts import Value, field_value
from kkbpk_geo.plan.lines.words import (
    QUARTERS,
    fund_text,
    period_text,
    rupiah_text,
    unit_text,
    work_text,
)

NOTHING = "–"
_SHOWN = 4  # lines in one cell of a table that are read, not skipped


def number_text(value: float | None, language: Language) -> str:
    """Write a number with the decimals that it has, at most two."""
    if value is None:
        return NOTHING
    digits = next((n for n in (0, 1) if round(value, n) == value), 2)
    return format_number(value, digits, language)


def value_text(field: str, value: Value, language: Language = "id") -> str:
    """Write what one side says about a field; an en dash where it says nothing."""
    if field == "line":
        return lines_text(value or (), language)
    if value is None:
        return NOTHING
    if field == "target":
        unit = unit_text(value[1], language)
        return f"{number_text(value[0], language)} {unit}".strip()
    if field == "period":
        return period_text(value[0], value[1], value[2], language)
    if field == "fund":
        return fund_text(value[0], value[1], language)
    return _plain_text(field, value, language)


def _plain_text(field: str, value: Value, language: Language) -> str:
    if field in ("budget", "spent"):
        return rupiah_text(value, language)
    if field == "realised":
        return number_text(value, language)
    if field == "status" and value in terms("status"):
        return terms("status")[value].name(language)
    return str(value)


def line_text(line: Line, language: Language = "id") -> str:
    """Write a line in short: target, time, budget and source of funds."""
    parts = []
    for name in ("period", "target", "budget", "fund"):
        value = field_value(line.stated, name)
        if value is not None:
            parts.append(value_text(name, value, language))
    return ", ".join(parts)


def lines_text(lines: Sequence[Line], language: Language = "id") -> str:
    """Write the lines of one side; many are cut short, and said to be many."""
    if not lines:
        return label("align_no_line", language)
    shown = [line_text(line, language) for line in lines[:_SHOWN]]
    if len(lines) > _SHOWN:
        shown.append(f"… ({len(lines)})")
    return "; ".join(shown)


def quarters_text(quarters: Sequence[int], language: Language = "id") -> str:
    """Write the rupiah of four quarters."""
    parts = []
    for roman, rupiah in zip(QUARTERS, quarters, strict=True):
        if rupiah:
            parts.append(f"{roman} {rupiah_text(rupiah, language)}")
    return f"{label('plan_sheet_quarter', language)} {'; '.join(parts)}"


def line_work(line: Line, language: Language = "id") -> str:
    """Return what a line is about."""
    own = line.stated
    return work_text(own.activity, own.activity_text, own.indicator, language)
