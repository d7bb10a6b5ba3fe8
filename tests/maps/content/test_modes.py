import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from kkbpk_geo.base.words import LANGUAGES
from kkbpk_geo.maps.content.modes import MODES, modes_of
from kkbpk_geo.maps.content.options import MapIndicator
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.payload import page_data

ASSETS = Path(__file__).parents[3] / "kkbpk_geo/maps/page/assets/scripts/core"
SHARE = MapIndicator(
    key="bagian", unit="%", direction="better", standard_value=70, factor=100, digits=1
)


def rows(values, period="2025-11", bottom=200):
    codes = ["18.01", "18.02", "18.03"]
    return pd.DataFrame(
        {
            "period": period,
            "region_code": codes,
            "indicator": "bagian",
            "numerator": [None if v is None else v * bottom / 100 for v in values],
            "denominator": bottom,
            "value": values,
        }
    )


def layer_for(strip, table, indicator=SHARE):
    return describe_map(strip, table, indicators=[indicator]).layers[0]


def test_gap_is_how_far_a_value_is_below_the_standard_and_need_counts_it(strip):
    modes = modes_of(layer_for(strip, rows([60.0, 75.0, None])))
    assert list(modes) == ["value", "gap", "need", "rank"]
    assert modes["gap"].cells["2025-11"].values == (10, 0, None)
    assert modes["need"].cells["2025-11"].values == (20, 0, None), "10 % of 200"
    assert modes["gap"].indicator.direction == "worse"
    assert modes["gap"].cells["2025-11"].status == ("ok", "ok", "missing")


def test_nothing_lacking_is_a_class_of_its_own(strip):
    gap = modes_of(layer_for(strip, rows([60.0, 75.0, 40.0])))["gap"].classes
    assert gap.labels("id") == ("0,0", "0,1 – 19,9", "20,0 – 30,0")
    assert gap.counts([10, 0, 30]) == (1, 1, 1)
    met = modes_of(layer_for(strip, rows([70.0, 75.0, 80.0])))["gap"].classes
    assert met.labels("id") == ("0,0",)
    none = modes_of(layer_for(strip, rows([10.0, 20.0, 30.0])))["gap"].classes
    assert none.counts([60, 50, 40]) == (1, 1, 1)


def test_where_the_standard_is_a_limit_what_exceeds_it_counts(strip):
    limit = MapIndicator(
        key="bagian", direction="worse", standard_value=70, factor=100, digits=1
    )
    modes = modes_of(layer_for(strip, rows([60.0, 75.0, 70.0]), limit))
    assert modes["gap"].cells["2025-11"].values == (0, 5, 0)
    assert modes["need"].cells["2025-11"].values == (0, 10, 0)


def test_a_need_is_rounded_up_but_not_for_float_noise(strip):
    table = rows([69.9, 70.0, 10.0], bottom=3)
    need = modes_of(layer_for(strip, table))["need"].cells["2025-11"].values
    assert need == (1, 0, 2), "2.1 - 2.097, 0, 2.1 - 0.3 rounded up"


def test_the_darkest_rank_is_the_one_that_needs_attention(strip):
    rank = modes_of(layer_for(strip, rows([60.0, 75.0, 65.0])))["rank"]
    assert rank.cells["2025-11"].values == (1, 3, 2)
    worst, best = (rank.classes.colours[rank.classes.index(x)] for x in (1, 3))
    assert (worst, best) == ("#75220f", "#fff0c9")


def test_who_asks_for_the_best_first_gets_it_and_the_last_is_dark(strip):
    layer = layer_for(strip, rows([60.0, 75.0, 65.0]))
    asked = replace(layer, indicator=replace(layer.indicator, ranking="best"))
    rank = modes_of(asked)["rank"]
    assert rank.cells["2025-11"].values == (3, 1, 2)
    assert rank.classes.colours[rank.classes.index(3)] == "#75220f"


def test_change_is_against_the_period_before_and_never_against_nothing(strip):
    table = pd.concat(
        [rows([60.0, 70.0, None], "2025-10"), rows([65.0, 68.0, 50.0], "2025-11")]
    )
    change = modes_of(layer_for(strip, table))["change"]
    assert change.cells["2025-10"].values == (None, None, None)
    assert change.cells["2025-11"].values == (5, -2, None)
    assert change.classes.breaks == (-3.5, 0, 0.1, 3.5)
    assert change.classes.labels("id") == (
        "< -3,5", "-3,5 – -0,1", "0,0", "0,1 – 3,4", "≥ 3,5",
    )  # fmt: skip


def test_a_change_is_between_periods_of_one_family(strip):
    times = ["2025-01", "2025-02", "2025-Q1", "2025-01..2025-02", "2025-01..2025-03"]
    table = pd.concat(rows([10 * n, n, n], p) for n, p in enumerate(times, 1))
    change = modes_of(layer_for(strip, table))["change"]
    found = {period: cells.values[0] for period, cells in change.cells.items()}
    assert found == {
        "2025-01": None, "2025-01..2025-02": None, "2025-01..2025-03": 10,
        "2025-Q1": None, "2025-02": 10,
    }  # fmt: skip


def test_a_falling_value_is_warm_where_higher_is_better_and_blue_where_lower_is(strip):
    table = pd.concat([rows([9, 5, 5], "1"), rows([2, 5, 8], "2")])
    better, worse, context = (
        modes_of(
            layer_for(strip, table, MapIndicator(key="bagian", direction=direction))
        )["change"].classes.colours
        for direction in ("better", "worse", "context")
    )
    assert better == worse[::-1]
    assert better[0] == "#b4471a"
    assert context[0] == "#6b3f8f"


def test_without_standard_periods_or_differences_only_the_value_is_left(strip):
    plain = MapIndicator(key="bagian")
    assert list(modes_of(layer_for(strip, rows([5, 5, 5]), plain))) == ["value"]
    assert list(modes_of(layer_for(strip, rows([5, 6, 7]), plain))) == ["value", "rank"]


def test_an_indicator_without_any_value_has_no_classes_in_any_mode(strip):
    table = pd.concat([rows([None] * 3, "1"), rows([None] * 3, "2")])
    for mode, layer in modes_of(layer_for(strip, table)).items():
        assert layer.classes.k == 0, mode


@pytest.mark.parametrize(
    "periods", [("0", "1", "2"), ("2025-01", "2025-Q1", "2025-02")], ids=str
)
def test_page_and_python_do_the_same_sums(strip, tmp_path, periods):
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed; the page's functions are not tested")
    values = [[60.3, 71.25, None], [58.849, 70.0, 12.0], [58.8, None, 99.9]]
    table = pd.concat(rows(v, periods[p], 137 + p) for p, v in enumerate(values))
    table = pd.concat([table, table.assign(indicator="lain", value=table["value"] / 7)])
    low = MapIndicator(
        key="lain", direction="worse", standard_value=9.1, factor=100, digits=2
    )
    described = describe_map(strip, table, indicators=[SHARE, low])
    (tmp_path / "data.json").write_text(
        json.dumps(page_data(described)), encoding="utf-8"
    )
    script = (
        "const [folder, file] = process.argv.slice(-2);"
        "const { readLayers, readClasses } = await import(folder + '/layers.js');"
        "const { classLabels } = await import(folder + '/numbers.js');"
        "const { modeCells } = await import(folder + '/views.js');"
        "const { readFileSync } = await import('node:fs');"
        "const data = JSON.parse(readFileSync(file));"
        "const layers = readLayers(data.levels[0].layers, data.pool);"
        "const marks = {id: {thousands: '.', decimal: ','},"
        " en: {thousands: ',', decimal: '.'}};"
        "console.log(JSON.stringify(layers.map(l => Object.fromEntries("
        "Object.entries(l.modes).map(([m, at]) => [m, {"
        "cells: l.cells.map((_, p) => modeCells(l, m, p).values),"
        "labels: Object.fromEntries(Object.entries(marks).map(([k, v]) =>"
        " [k, classLabels(readClasses(data.pool, at), v)]))}])))))"
    )
    done = subprocess.run(
        [
            node,
            "--input-type=module",
            "-e",
            script,
            str(ASSETS),
            str(tmp_path / "data.json"),
        ],
        capture_output=True,
        check=True,
    )
    found = json.loads(done.stdout)
    for layer, page in zip(described.layers, found, strict=True):
        modes = modes_of(layer)
        assert list(page) == list(modes) == list(MODES)
        for mode, one in modes.items():
            cells = [list(c.values) for c in one.cells.values()]
            assert page[mode]["cells"] == cells, mode
            for language in LANGUAGES:
                labels = list(one.classes.labels(language))
                assert page[mode]["labels"][language] == labels, mode
