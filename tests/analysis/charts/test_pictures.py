"""The picture of each question: the neediest on top, warm and blue as on the map."""

import pandas as pd
import pytest

from kkbpk_geo.analysis import (
    classify_quadrants,
    compare_periods,
    composite_index,
    find_clusters,
    judge_rates,
    measure_inequality,
)
from kkbpk_geo.analysis.charts.drawing import MOST_ROWS
from kkbpk_geo.analysis.charts.pictures import chart_of

CODES = ["18.01", "18.02", "18.03"]
NAMES = {
    "18.01": "Lampung Selatan",
    "18.02": "Lampung Tengah",
    "18.03": "Lampung Utara",
}


def series(*values, codes=CODES):
    return pd.Series(values, index=codes)


def draw(key, result, indicator="", language="id"):
    what, file = key.partition("-")[0], f"analisis-{key}.csv"
    return chart_of(what, result, indicator=indicator, file=file, language=language)


def rates(direction, indicator="contraceptive_use"):
    found = judge_rates(
        series(100, 500, 900), series(1000, 1000, 1000), direction=direction
    )
    return draw(f"funnel-{indicator}", found, indicator)


@pytest.mark.parametrize(
    ("direction", "first", "signs"),
    [
        ("better", "Lampung Selatan", ["needy", "even", "well"]),
        ("worse", "Lampung Utara", ["needy", "even", "well"]),
        ("context", "Lampung Utara", ["more", "even", "less"]),
    ],
)
def test_the_neediest_is_on_top_and_has_the_warm_sign(direction, first, signs):
    rows = rates(direction)
    assert [bar.place for bar in rows.bars] == ["1", "2", "3"]
    assert rows.bars[0].name == first
    assert [bar.sign for bar in rows.bars] == signs


def test_rates_stand_on_one_scale_with_the_rate_compared_with():
    rows = rates("better")
    # 10, 50 and 90, with 4 % of the 80 between them as room: from 6.8 to 93.2.
    assert [bar.at for bar in rows.bars] == ["3.70%", "50.00%", "96.30%"]
    assert rows.line == "50.00%"
    assert rows.ends == ("6,8", "93,2")
    assert [bar.value for bar in rows.bars] == ["10,0", "50,0", "90,0"]


def test_ranks_are_rows_with_their_range():
    frame = pd.DataFrame({"a": [50.0, 40, 30], "b": [5.0, 4, 3]}, index=CODES)
    index = composite_index(frame, directions={"a": 1, "b": 1})
    rows = draw("index", index)
    assert [bar.name for bar in rows.bars] == list(NAMES.values())[::-1]
    assert [bar.at for bar in rows.bars] == ["0.00%", "50.00%", "100.00%"]
    # No design moves them: a range of one place has no width.
    assert {bar.wide for bar in rows.bars} == {"0.00%"}


def test_more_rows_than_a_picture_holds_are_in_the_file_and_it_says_so():
    codes = [f"18.{i:02d}" for i in range(1, MOST_ROWS + 3)]
    people = pd.Series(100, index=codes)
    events = pd.Series(range(MOST_ROWS + 2), index=codes)
    found = judge_rates(events, people, direction="better")
    rows = draw("funnel-unmet_need", found, "unmet_need")
    assert len(rows.bars) == MOST_ROWS == 40
    assert rows.note == (
        "40 baris pertama dari 42; semuanya ada di analisis-funnel-unmet_need.csv."
    )
    assert rates("better").note == ""


def test_both_ends_of_inequality_are_told_and_the_needy_one_is_warm():
    found = measure_inequality(series(40.0, 60, 80), series(200, 100, 100))
    better = draw("inequality-x", found, "contraceptive_use")
    assert better.low == "Lampung Selatan 40,0\u00a0%"
    assert better.high == "Lampung Utara 80,0\u00a0%"
    # The mean of 40, 40, 60 and 80 is 55: 15 of the 40 between the ends.
    assert better.line == "37.50%"
    assert [dot.sign for dot in better.dots] == ["plain", "needy", "well"]
    worse = draw("inequality-x", found, "unmet_need", language="en")
    assert [dot.sign for dot in worse.dots] == ["plain", "well", "needy"]
    assert worse.low == "Lampung Selatan 40.0%"


def test_kinds_of_plan_stand_in_their_corners():
    frame = pd.DataFrame({"n": [9.0, 1, 8], "s": [1.0, 9, 8]}, index=CODES)
    found = classify_quadrants(frame, need="n", service="s", need_at=5, service_at=5)
    plot = draw("quadrants", found)
    assert [mark.sign for mark in plot.marks] == ["needy", "well", "between"]
    words = {text.text: text for text in plot.names}
    build, keep = words["Bangun layanan (1)"], words["Pertahankan (1)"]
    assert float(build.x) < float(keep.x)
    assert float(build.y) < float(keep.y)
    assert set(NAMES.values()) <= set(words)
    assert plot.up.startswith("n, makin tinggi makin perlu perhatian; 5,0 ")


@pytest.mark.parametrize(
    ("direction", "sign"), [("better", "needy"), ("worse", "well"), ("context", "less")]
)
def test_low_among_low_is_warm_only_where_low_is_bad(direction, sign):
    codes = [f"18.{i:02d}" for i in range(1, 41)]
    beside = {c: codes[max(i - 3, 0) : i] + codes[i + 1 : i + 4]
              for i, c in enumerate(codes)}  # fmt: skip
    values = pd.Series([(1.0 if i < 20 else 8.0) + i % 3 for i in range(40)], codes)
    found = find_clusters(values, beside, direction=direction)
    plot = draw("clusters-x", found, "unmet_need")
    assert found.table["cluster"].iloc[4] == "low_low"
    assert plot.marks[4].sign == sign


def test_a_change_goes_from_where_to_where_and_is_warm_for_the_worse():
    rows = [
        (period, code, "unmet_need", top / 10, top, 1000.0, "ok")
        for period, tops in (("2024", (100.0, 200.0)), ("2025", (150.0, 120.0)))
        for code, top in zip(CODES, tops, strict=False)
    ]
    columns = [
        "period", "region_code", "indicator", "value", "numerator", "denominator",
        "status",
    ]  # fmt: skip
    found = compare_periods(pd.DataFrame(rows, columns=columns))
    rows = draw("change", found)
    # 15 of a hundred is now more than 12: the worse one is on top.
    assert [bar.name for bar in rows.bars] == ["Lampung Selatan", "Lampung Tengah"]
    assert [bar.sign for bar in rows.bars] == ["needy", "well"]
    assert [bar.value for bar in rows.bars] == ["15,0 (+5,0)", "12,0 (−8,0)"]
    assert rows.bars[1].band == "way well"
