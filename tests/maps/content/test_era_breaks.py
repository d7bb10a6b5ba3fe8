"""Across eras the map gives no change, and says under the slider why."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from kkbpk_geo.maps.content.modes import earlier_of, modes_of, spans_of
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.payload import page_data

CORE = Path(__file__).parents[3] / "kkbpk_geo/maps/page/assets/scripts/core"
PERIODS = ("2017", "2018", "2022", "2023")


def table(key):
    codes = ["18.01", "18.02", "18.03"]
    frames = [
        pd.DataFrame(
            {"period": p, "region_code": codes, "indicator": key,
             "value": [100.0 * at, 90.0 * at, 80.0 * at]}
        )
        for at, p in enumerate(PERIODS, 1)
    ]  # fmt: skip
    return pd.concat(frames)


def test_users_of_routine_statistics_are_one_span_and_those_of_new_siga_another():
    assert spans_of("users", PERIODS) == [0, 0, 1, 1]
    assert earlier_of(PERIODS, "users") == [None, "2017", None, "2022"]
    assert len(set(spans_of("population", PERIODS))) == 1
    assert earlier_of(PERIODS, "population") == [None, "2017", "2018", "2022"]


def test_an_indicator_has_the_breaks_of_what_it_is_made_of():
    assert spans_of("contraceptive_use", PERIODS) == [0, 0, 1, 1]
    assert len(set(spans_of("village_coverage:bkb", PERIODS))) == 1


def test_a_break_may_stand_between_the_first_two_periods():
    assert spans_of("users", ("2018", "2022")) == [0, 1]
    assert earlier_of(("2020", "2021", "2022"), "users") == [None, None, "2021"]


def test_months_and_running_sums_stay_apart_within_an_era():
    periods = ("2018-11", "2018-01..2018-11", "2022-11", "2022-01..2022-11")
    assert len(set(spans_of("users", periods))) == 4


def test_a_figure_of_the_user_has_no_breaks():
    assert len(set(spans_of("cakupan kami", PERIODS))) == 1


def test_the_first_period_of_an_era_has_no_change(strip):
    (layer,) = describe_map(strip, table("users")).layers
    change = modes_of(layer)["change"].cells
    assert change["2018"].values == (100, 90, 80)
    assert change["2022"].values == (None, None, None)
    assert set(change["2022"].status) == {"missing"}
    assert change["2023"].values == (100, 90, 80)


def test_the_page_says_why_in_both_languages_and_only_where_there_is_a_break(strip):
    data = page_data(describe_map(strip, table("users")))
    (layer,) = data["levels"][0]["layers"]
    (at,) = layer["breaks"]
    assert data["pool"][at] == [
        "Angka 2018 dan 2022 tidak dapat dibandingkan: dasar peserta KB berganti dari "
        "laporan Statistik Rutin ke Pendataan Keluarga 2021.",
        "The figures of 2018 and 2022 cannot be compared: users come from the family "
        "census of 2021 instead of routine statistics.",
    ]
    (people,) = page_data(describe_map(strip, table("population")))["levels"][0][
        "layers"
    ]
    assert "breaks" not in people
    assert "spans" not in people


def test_the_page_gives_the_same_changes(strip, tmp_path):
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed; the page's functions are not tested")
    described = describe_map(strip, table("users"))
    written = tmp_path / "data.json"
    written.write_text(json.dumps(page_data(described)), encoding="utf-8")
    script = (
        "const [folder, file] = process.argv.slice(-2);"
        "const { readLayers } = await import(folder + '/layers.js');"
        "const { modeCells } = await import(folder + '/views.js');"
        "const { readFileSync } = await import('node:fs');"
        "const data = JSON.parse(readFileSync(file));"
        "const [layer] = readLayers(data.levels[0].layers, data.pool);"
        "console.log(JSON.stringify("
        "layer.cells.map((_, p) => modeCells(layer, 'change', p).values)))"
    )
    done = subprocess.run(
        [node, "--input-type=module", "-e", script, str(CORE), str(written)],
        capture_output=True,
        check=True,
    )
    change = modes_of(described.layers[0])["change"].cells.values()
    assert json.loads(done.stdout) == [list(cells.values) for cells in change]
