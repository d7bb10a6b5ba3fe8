"""The calendar and its sums: the same as by a frame for each piece of work."""

import random

import numpy as np
import pandas as pd

from kkbpk_geo.catalogue.activities import activities
from kkbpk_geo.plan.year.calendar import (
    CALENDAR_COLUMNS,
    MONTH_COLUMNS,
    calendar_of,
    is_active,
    rhythm_of,
    stopped_short,
    year_targets,
)
from kkbpk_geo.plan.year.continuity import check_continuity
from kkbpk_geo.plan.year.gantt import gantt_rows
from kkbpk_geo.plan.year.lines import annual_totals, read_lines

WORKS = ("group_coaching:bkb", "lomba keluarga", "kunjungan rumah")


def some_lines(seed, count=40):
    """Lines of few works: most have several, of the year, a quarter or a month."""
    rng = random.Random(seed)
    rows = []
    for _ in range(count):
        work = rng.choice(WORKS)
        known = work in activities()
        quarter, month = rng.choice([(None, None), (2, None), (3, None), (None, 5)])
        rows.append({
            "region_code": rng.choice(["18.10", "18.02"]),
            "activity": work if known else "",
            "activity_text": rng.choice([work, work.upper()]),
            "indicator": rng.choice(["", "bkb_groups"]),
            "year": 2026, "quarter": quarter, "month": month,
            "target": rng.choice([None, 0.0, 0.1, 0.7, 10.0]),
            "unit": rng.choice(["group", "percent"]),
            "budget": rng.choice([None, 0, 1000]),
            "realised": rng.choice([None, 0.3, 5.0]), "spent": None,
            "status": rng.choice(["", "done", "done", "cancelled"]),
        })  # fmt: skip
    return read_lines(pd.DataFrame(rows)).table


def together(own, column="target"):
    if own.empty:
        return 0.0
    cells = own[column].fillna(0).astype(float)
    return float(cells.sum() if own["additive"].all() else cells.max())


def slow_calendar(lines):
    rows = {}
    active = lines[is_active(lines)]
    for (code, work), own in active.groupby(["region_code", "work"], sort=True):
        phased = own[own["span"] != "year"]
        months = np.zeros(12, dtype=bool)
        for first, last in zip(phased["first"], phased["last"], strict=True):
            months[first - 1 : last] = True
        head = own.iloc[0]
        rows[code, work] = {
            "text": head["activity_text"],
            "indicator": head["indicator"],
            "rhythm": rhythm_of(str(work), head["indicator"], {}),
            "times": len(set(zip(phased["first"], phased["last"], strict=True))),
            **dict(zip(MONTH_COLUMNS, months.tolist(), strict=True)),
        }
    index = pd.MultiIndex.from_tuples(list(rows), names=["region_code", "work"])
    return pd.DataFrame(
        list(rows.values()), index=index, columns=list(CALENDAR_COLUMNS)
    )


def slow_targets(lines, targets):
    active = lines[is_active(lines)]
    totals = annual_totals(active, "target")
    parts = active[~totals & active["target"].notna()]
    rows = []
    for _, line in active[totals].iterrows():
        same = parts["region_code"].eq(line["region_code"])
        same &= parts["work"].eq(line["work"]) & parts["unit"].eq(line["unit"])
        named = (line["region_code"], line["work"], line["activity_text"])
        rows.append((*named, together(parts[same]), float(line["target"])))
    for (code, key), wanted in targets.items():
        named = parts["work"].eq(key) | parts["indicator"].eq(key)
        own = parts[parts["region_code"].eq(code) & named]
        if own["unit"].nunique() <= 1:
            rows.append((code, key, "", together(own), float(wanted)))
    return rows


def slow_short(lines):
    own = lines[lines["target"].notna() & ~annual_totals(lines, "target")]
    rows = []
    for (code, work, _), part in own.groupby(["region_code", "work", "unit"]):
        done = part["status"] == "done"
        over = (done | (part["status"] == "cancelled")).all() and done.any()
        if not over or part.loc[done, "realised"].isna().any():
            continue
        have, want = together(part, "realised"), together(part)
        if have < want:
            rows.append((code, work, part.iloc[0]["activity_text"], have, want))
    return rows


def rows_of(frame):
    return list(frame.itertuples(index=False, name=None))


def test_the_calendar_is_that_of_the_slow_definition_cell_by_cell_and_type_by_type():
    for seed in range(12):
        lines = some_lines(seed)
        pd.testing.assert_frame_equal(calendar_of(lines), slow_calendar(lines))
    none = some_lines(1).iloc[:0]
    pd.testing.assert_frame_equal(calendar_of(none), slow_calendar(none))


def test_year_targets_are_those_of_the_slow_definition():
    targets = {
        (code, key): 12.0
        for code in ("18.10", "18.99")
        for key in (*WORKS, "bkb_groups")
    }
    told = 0
    for seed in range(12):
        lines = some_lines(seed, 25)
        wanted = slow_targets(lines, targets)
        assert rows_of(year_targets(lines, targets)) == wanted
        told += len(wanted) > 2 * len(targets) // 3
    assert told


def test_work_that_stopped_short_is_that_of_the_slow_definition():
    told = 0
    for seed in range(60):
        lines = some_lines(seed, 6)
        wanted = slow_short(lines)
        assert rows_of(stopped_short(lines)) == wanted
        told += len(wanted)
    assert told > 3


def test_the_rows_of_one_region_are_those_of_all_without_the_names_of_regions():
    found = check_continuity(some_lines(3))
    own = [row for code in ("18.02", "18.10") for row in gantt_rows(found, code)]
    whole = gantt_rows(found)
    assert [cells for _, cells in own] == [cells for _, cells in whole]
    for (short, _), (long, _) in zip(own, whole, strict=True):
        assert long.endswith(f": {short}")
