"""1 is the region most in need, and warm is what needs attention, on every surface.

Whoever adds a surface that prints a rank adds it here.
"""

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from typer.testing import CliRunner

import kkbpk_geo as kg
from kkbpk_geo.analysis.funnel import judge_rates
from kkbpk_geo.base.look.colours import (
    ATTENTION,
    CLUSTERS,
    GOOD,
    LESS,
    MORE,
    PLANS,
    side_colours,
)
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.cli.commands import app
from kkbpk_geo.maps.content.modes import modes_of
from kkbpk_geo.maps.content.palettes import OWN_KINDS, diverging, parted
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.payload import page_data
from kkbpk_geo.maps.paper.panels import worst_regions
from kkbpk_geo.pipeline.analysing.asking import analyse, make_index
from kkbpk_geo.pipeline.project import Project
from kkbpk_geo.pipeline.running import run

SCRIPTS = Path(__file__).parents[2] / "kkbpk_geo/maps/page/assets/scripts/core"
# Mesuji is worst at everything and got worse; Metro is best and got better. PB, a count
# of new users, is neither good nor bad and is highest in Metro.
HEAD = "KABUPATEN;PUS;UNMET NEED;PA;JUMLAH DESA;JUMLAH DESA YANG MEMILIKI BKB;BULAN\n"
ROWS = {
    "OKTOBER": [
        "PRINGSEWU;1000;100;600;20;15", "MESUJI;1000;180;540;20;4",
        "METRO;1000;60;700;20;19", "TANGGAMUS;1000;120;580;20;10",
    ],
    "NOVEMBER": [
        "PRINGSEWU;1000;101;601;20;15", "MESUJI;1000;190;500;20;4",
        "METRO;1000;50;720;20;19", "TANGGAMUS;1000;121;579;20;10",
    ],
}  # fmt: skip
MESUJI, METRO = "18.11", "18.72"
# Higher is better, and lower is better.
BETTER, WORSE = "contraceptive_use", "unmet_need"
RULE = {language: label("rank_rule", language) for language in ("id", "en")}


def write_sheet(folder):
    path = folder / "data.csv"
    rows = [f"{row};{month}" for month, rows in ROWS.items() for row in rows]
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    path = write_sheet(tmp_path_factory.mktemp("data"))
    return run(Project(tables=(path,), year=2025))


@pytest.fixture(scope="module")
def described(done):
    return describe_map(done.boundaries, done.indicators)


def test_the_rule_is_said_in_both_languages():
    assert RULE == {
        "id": "1 = paling perlu perhatian",
        "en": "1 = most in need of attention",
    }


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    "key", ["map_page_order_priority", "map_page_priority", "map_own_rank"]
)
def test_the_words_of_the_map_say_the_rule(key, language):
    assert RULE[language] in label(key, language)


@pytest.mark.parametrize("key", [BETTER, WORSE])
def test_the_view_of_ranks_on_the_map_puts_the_neediest_first(described, key):
    layer = described.layer(key)
    assert layer.indicator.ranking == "priority"
    rank = modes_of(layer)["rank"].cells["2025-11"].values
    at = {code: rank[described.codes.index(code)] for code in (MESUJI, METRO)}
    assert at == {MESUJI: 1, METRO: 4}


@pytest.mark.parametrize("mode", ["value", "rank", "change", "gap", "need"])
@pytest.mark.parametrize("key", [BETTER, WORSE])
def test_the_page_lists_the_neediest_first_in_every_view(
    described, tmp_path, key, mode
):
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed; the page's functions are not tested")
    if mode not in modes_of(described.layer(key)):
        pytest.skip("this indicator has no standard")
    (tmp_path / "data.json").write_text(
        json.dumps(page_data(described)), encoding="utf-8"
    )
    script = (
        "const [folder, file, key, mode] = process.argv.slice(-4);"
        "const { readLayers } = await import(folder + '/layers.js');"
        "const { singleView } = await import(folder + '/views.js');"
        "const { useStatuses } = await import(folder + '/statuses.js');"
        "const { readFileSync } = await import('node:fs');"
        "const data = JSON.parse(readFileSync(file));"
        "useStatuses(data.statuses);"
        "const [level] = data.levels;"
        "const layers = readLayers(level.layers, data.pool);"
        "const layer = layers.find((one) => one.key === key);"
        "const last = level.periods.length - 1;"
        "const v = singleView(layer, mode, last, data.pool, () => true);"
        "console.log(JSON.stringify({first: level.codes[v.order[0]],"
        "rank: v.ranks[v.order[0]], place: v.places[v.order[0]], said: v.orderKey}))"
    )
    answer = subprocess.run(
        [
            node, "--input-type=module", "-e", script,
            SCRIPTS.as_uri(), str(tmp_path / "data.json"), key, mode,
        ],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert json.loads(answer) == {
        "first": MESUJI, "rank": 1, "place": 1, "said": "priority",
    }  # fmt: skip


@pytest.mark.parametrize("key", [BETTER, WORSE])
def test_the_printed_sheet_lists_the_neediest_first(described, key):
    layer = described.layer(key)
    (first, *_), _ = worst_regions(layer, layer.cells["2025-11"])
    assert described.codes[first] == MESUJI


def test_gap_scores_rank_the_neediest_first_and_say_so(done):
    assert done.gaps.scores["rank"].idxmin() == MESUJI
    assert done.gaps.worst(1).index.tolist() == [MESUJI]
    for language, rule in RULE.items():
        assert rule in done.gaps.summary(language)


def test_the_index_ranks_the_neediest_first_and_says_so(done):
    index = make_index(done, keys=(BETTER, WORSE))
    assert index.table["rank"].idxmin() == MESUJI
    assert index.shown().index[0] == MESUJI
    assert index.table.loc[MESUJI, "p_top"] == 1
    assert index.table.loc[METRO, "p_bottom"] == 1
    for language, rule in RULE.items():
        assert rule in index.summary(language)
        axes = index.picture(language).axes[0]
        assert axes.get_xlabel().endswith(f"({rule})")
    # The y axis is turned: what is written first stands on top.
    names = [text.get_text() for text in axes.get_yticklabels()]
    assert axes.yaxis_inverted()
    assert names[0] == "Mesuji"


def test_an_index_drawn_on_the_map_is_dark_and_first_where_its_rank_is_1(done):
    index = make_index(done, keys=(BETTER, WORSE))
    for layer in describe_map(done.boundaries, index).layers[:2]:
        (cells,) = layer.cells.values()
        (first, *_), _ = worst_regions(layer, cells)
        assert done.boundaries.index[first] == MESUJI
        at = layer.classes.index(cells.values[first])
        colours = layer.classes.colours
        assert colours[at] == min(colours)  # the darkest of the ramp


@pytest.mark.parametrize("key", [BETTER, WORSE])
def test_a_comparison_of_periods_ranks_the_neediest_first(done, key):
    found = kg.compare_periods(done.indicators).of(key)
    assert found.loc[MESUJI, ["rank_earlier", "rank_later"]].tolist() == [1, 1]
    assert found.loc[METRO, "rank_later"] == 4


def test_the_analysis_page_answers_its_heading(done):
    (index, *_) = analyse(done).sections
    assert index.heading == "Kabupaten/kota mana lebih dulu?"
    first = index.sentences[0]
    assert first.startswith("Mesuji, ")
    assert first.endswith(f" paling perlu didahulukan dari 4 wilayah ({RULE['id']}).")
    assert index.sentences[1].startswith(
        "Pada 90\u00a0% uji bobot dan cara hitung: Mes"
    )


def test_the_commands_print_the_neediest_first_and_the_rule(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = write_sheet(tmp_path).name
    for command in ("index", "score"):
        got = CliRunner().invoke(app, [command, name, "--year", "2025"])
        assert got.exit_code in (0, 1), got.output
        assert RULE["id"] in got.output, command
        assert "  1. Mesuji: " in got.output, command


# Colours.


def test_warm_is_for_the_worse_and_blue_for_the_better_on_the_map():
    for direction in ("better", "worse"):
        above, below = side_colours(direction)
        assert {above, below} == {ATTENTION, GOOD}
        # From fall to rise, and below and above a standard.
        assert diverging(5, direction)[0] == below
        assert diverging(5, direction)[-1] == above
        assert parted(2, 2, direction)[0] == below
        assert parted(2, 2, direction)[-1] == above
    assert (diverging(5, "context")[0], diverging(5, "context")[-1]) == (LESS, MORE)


def points_of(axes):
    """Return the colour of each kind of point, by its words."""
    return {
        one.get_label(): to_hex(one.get_facecolor()[0])
        for one in axes.collections
        if not str(one.get_label()).startswith("_")
    }


@pytest.mark.parametrize(
    ("direction", "higher", "lower"),
    [
        ("better", (": lebih baik", GOOD), (": perlu perhatian", ATTENTION)),
        ("worse", (": perlu perhatian", ATTENTION), (": lebih baik", GOOD)),
        ("context", ("", MORE), ("", LESS)),
    ],
)
def test_a_funnel_has_the_colours_of_the_map(direction, higher, lower):
    codes = ["18.01", "18.02", "18.03", "18.04"]
    events = pd.Series([500, 500, 900, 100], codes)
    people = pd.Series([1000] * 4, codes)
    found = judge_rates(events, people, direction=direction)
    colours = points_of(found.picture().axes[0])
    for word, (side, colour) in (("tinggi", higher), ("rendah", lower)):
        assert colours[f"jelas lebih {word}{side}"] == colour


def test_the_funnels_of_the_analysis_know_what_their_rate_means(done):
    sections = {one.key: one.result for one in analyse(done).sections}
    assert sections["funnel-contraceptive_use"].direction == "better"
    assert sections["funnel-unmet_need"].direction == "worse"


def test_clusters_and_kinds_of_plan_have_one_colour_on_map_and_figure(done):
    kinds = [kind for kind in CLUSTERS if kind != "island"]  # it has no neighbours
    codes = [f"18.0{i}" for i in range(1, len(kinds) + 1)]
    near = {code: [one for one in codes if one != code] for code in codes}
    found = kg.find_clusters(pd.Series(range(6), codes, dtype=float), near)
    shown = replace(found, table=found.table.assign(cluster=kinds))
    drawn = points_of(shown.picture("en").axes[0])
    assert drawn == {label(f"cluster_{kind}", "en"): OWN_KINDS[kind] for kind in kinds}
    wide = kg.analysis.wide_indicators(done.indicators)
    found = kg.classify_quadrants(wide, need=WORSE, service=BETTER)
    for said, colour in points_of(found.picture("en").axes[0]).items():
        kind = next(k for k in PLANS if label(f"quadrant_{k}", "en") in said)
        assert colour == OWN_KINDS[kind]


@pytest.mark.parametrize(("key", "falls"), [(BETTER, ATTENTION), (WORSE, GOOD)])
def test_slopes_have_the_colours_of_the_map(done, key, falls):
    found = kg.compare_periods(done.indicators)
    falling = found.of(key)["change"].dropna() < 0
    lines = found.picture(key).axes[0].lines
    colours = np.array([to_hex(line.get_color()) for line in lines])
    assert set(colours[falling.to_numpy()]) == {falls}
    assert falls not in colours[~falling.to_numpy()]


def test_who_is_behind_a_target_is_warm_and_who_reached_it_blue():
    # One month of twelve: 8 of 100 are due.
    results = pd.DataFrame({"2025-12": [100, 1]}, index=["18.01", "18.02"])
    targets = pd.Series({"18.01": 100, "18.02": 100})
    found = kg.measure_achievement(results, targets)
    bars = found.picture().axes[0].patches
    widths = {round(bar.get_width()): to_hex(bar.get_facecolor()) for bar in bars}
    assert widths == {100: GOOD, 1: ATTENTION}
