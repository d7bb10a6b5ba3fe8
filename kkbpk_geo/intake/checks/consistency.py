"""Rules between measures: parts and wholes, sums, copied columns, frozen values.

In:     a :class:`Sheet` and rules.toml. Out: findings.
Missing: a rule says nothing about a row in which one of its values is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.base.periods import order_periods
from kkbpk_geo.catalogue.rules import Rule, rules
from kkbpk_geo.findings import Finding, finding
from kkbpk_geo.intake.checks.evidence import Sheet, at_rows, on_column, show

if TYPE_CHECKING:
    from kkbpk_geo.intake.checks.evidence import Flags, Floats

# A column is a copy where nearly all rows agree; a few corrected ones hide nothing.
COPIED_SHARE = 0.95
COPIED_ROWS = 10  # fewer rows that hold something may agree by chance
COPIED_VALUES = 5  # and so may columns of few small numbers
FROZEN_PERIODS = 12  # a year of months: seasons are over, and nothing has moved


def broken_rules(table: Sheet) -> Iterator[Finding]:
    """Apply every rule whose measures all stand in the table."""
    present = frozenset(table.columns())
    for rule in rules().values():
        for parts, whole in rule.columns(present):
            yield from apply_rule(rule, parts, whole, table)


def apply_rule(
    rule: Rule, parts: tuple[str, ...], whole: str, table: Sheet
) -> list[Finding]:
    """Apply one rule to the columns of a table; one finding per row that breaks it."""
    if rule.check == "frozen":
        return _frozen(rule.code, parts[0], table)
    if rule.check == "copied":
        return _copied(rule.code, parts[0], whole, table)
    values = np.sum([table.numbers(part) for part in parts], axis=0)
    wholes = table.numbers(whole)
    if rule.check == "sum_equals":
        faults = (values != wholes) & ~np.isnan(values) & ~np.isnan(wholes)
        return at_rows(
            rule.code,
            table,
            faults,
            column=whole,
            says=lambda i: (show(wholes[i]), show(values[i])),
        )
    name = table.heading(whole)
    if rule.check == "none_without":
        faults = (wholes == 0) & (values > 0)
        return at_rows(
            rule.code,
            table,
            faults,
            column=parts[0],
            says=lambda i: (show(values[i]), f"{name} = {show(wholes[i])}"),
        )
    if len(parts) > 1:
        added = " + ".join(table.heading(part) for part in parts)
        table = replace(table, headings={**table.headings, parts[0]: added})
    return at_rows(
        rule.code,
        table,
        values > wholes,
        column=parts[0],
        says=lambda i: (show(values[i]), f"≤ {show(wholes[i])} ({name})"),
    )


def _copied(code: str, part: str, whole: str, table: Sheet) -> list[Finding]:
    """Say once that a column equals another in nearly all rows that hold something."""
    values, wholes = table.numbers(part), table.numbers(whole)
    told = _told(values) | _told(wholes)
    told &= ~np.isnan(values) & ~np.isnan(wholes)
    same = told & (values == wholes)
    n_told, n_same = int(told.sum()), int(same.sum())
    if (
        n_told < COPIED_ROWS
        or n_same < COPIED_SHARE * n_told
        or len(np.unique(values[same])) < COPIED_VALUES
    ):
        return []
    return [on_column(code, table, part, other=whole, seen=(n_same, n_told))]


def _told(values: Floats) -> Flags:
    told: Flags = ~np.isnan(values) & (values != 0)
    return told


def identical_columns(table: Sheet) -> Iterator[Finding]:
    """Find columns without one difference that no rule puts beside each other.

    A part may equal its whole (every meeting face to face), so pairs of rules.toml are
    left to the rules.
    """
    present = table.columns()
    known = {
        frozenset((part, whole))
        for rule in rules().values()
        for parts, whole in rule.columns(frozenset(present))
        for part in parts
    }
    first: dict[bytes, str] = {}
    for column in present:
        values = table.numbers(column)
        told = values[_told(values)]
        if len(told) < COPIED_ROWS or len(np.unique(told)) < COPIED_VALUES:
            continue
        other = first.setdefault(values.tobytes(), column)
        if other != column and frozenset((column, other)) not in known:
            seen = (len(told), len(told))
            yield on_column("column_copied", table, column, other=other, seen=seen)


def _frozen(code: str, column: str, table: Sheet) -> list[Finding]:
    """Find kabupaten/kota whose sum has not moved for the last twelve periods."""
    import pandas as pd

    if "period" not in table.data or "region_code" not in table.data:
        return []
    if table.data["period"].nunique() < FROZEN_PERIODS:
        return []
    frame = pd.DataFrame(
        {
            "region": table.text("region_code"),
            "period": table.text("period"),
            "value": table.numbers(column),
        }
    ).dropna()
    frame = frame[(frame["region"] != "") & (frame["period"] != "")]
    sums = frame.pivot_table(
        index="region", columns="period", values="value", aggfunc="sum"
    )
    last = sums[order_periods(sums.columns)].iloc[:, -FROZEN_PERIODS:]
    found = []
    for region, values in zip(last.index, last.to_numpy(), strict=True):
        if (
            len(values) < FROZEN_PERIODS
            or values[0] == 0
            or (values != values[0]).any()
        ):
            continue
        found.append(
            finding(
                code,
                file=table.file,
                sheet=table.sheet,
                column=table.heading(column),
                value=show(values[0]),
                expected=f"{last.columns[0]} … {last.columns[-1]}",
                region=str(region),
                count=FROZEN_PERIODS,
            )
        )
    return found
