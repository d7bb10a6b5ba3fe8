"""Clusters: what can be worked out by hand, what others published, and every guard."""

import math
import re
import time
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex

from kkbpk_geo.analysis.clusters import CLASSES, find_clusters, standardised_rates
from kkbpk_geo.base.errors import CellError, EmptyDataError, IndicatorError, JoinError
from kkbpk_geo.base.look.colours import ATTENTION, GOOD, cluster_colours
from kkbpk_geo.regions.adjacency import neighbours


def series(*values, codes=None):
    codes = codes or [f"18.{i:02d}" for i in range(1, len(values) + 1)]
    return pd.Series(values, index=pd.Index(codes, name="region_code"), dtype=float)


def chain(n):
    """Regions in a row, each next to the one before and after."""
    codes = [f"18.{i:02d}" for i in range(1, n + 1)]
    return {
        code: tuple(codes[j] for j in (i - 1, i + 1) if 0 <= j < n)
        for i, code in enumerate(codes)
    }


def grid(rows, columns):
    """Squares on a chessboard; next to each other where they share a side."""

    def code(r, c):
        return f"{r:02d}.{c:02d}"

    return {
        code(r, c): tuple(
            code(a, b)
            for a, b in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1))
            if 0 <= a < rows and 0 <= b < columns
        )
        for r in range(rows)
        for c in range(columns)
    }


def spots(size=9):
    """A board of noise around 10 with a hot corner of nine and a cold one."""
    board = grid(size, size)
    values = pd.Series(np.random.default_rng(1).normal(10, 1, len(board)), list(board))
    for code in board:
        row, column = int(code[:2]), int(code[3:])
        if row < 3 and column < 3:
            values[code] += 20
        if row >= size - 3 and column >= size - 3:
            values[code] -= 20
    return values, board


def test_morans_i_of_four_in_a_row_by_hand():
    # z = -1.5 -.5 .5 1.5; neighbours' means -.5 -.5 .5 .5; 2 / 5
    got = find_clusters(series(1, 2, 3, 4), chain(4), permutations=99)
    assert got.moran == pytest.approx(0.4)
    assert got.expected == pytest.approx(-1 / 3)
    local = [0.75 / 1.25, 0.25 / 1.25, 0.25 / 1.25, 0.75 / 1.25]
    assert got.table["local_i"].tolist() == pytest.approx(local)


def test_a_chessboard_is_as_unlike_its_neighbours_as_can_be():
    board = grid(4, 4)
    values = pd.Series([(int(c[:2]) + int(c[3:])) % 2 for c in board], index=board)
    got = find_clusters(values, board)
    assert got.moran == pytest.approx(-1)
    assert got.p < 0.01
    assert "berlawanan" in got.summary()


def test_local_p_values_are_those_of_every_possible_neighbourhood():
    values = series(3, 9, 4, 8, 1, 7, 2, 6)
    board = {**chain(8), "18.03": ("18.01", "18.02", "18.08")}
    got = find_clusters(values, board, permutations=9_999).table
    z = got["z"].to_numpy()
    for i, code in enumerate(values.index):
        lag, k = got.loc[code, "lag"], len(board[code])
        means = np.array([np.mean(x) for x in combinations(np.delete(z, i), k)])
        tail = min((means >= lag - 1e-9).mean(), (means <= lag + 1e-9).mean())
        assert got.loc[code, "p"] == pytest.approx(min(1, 2 * tail), abs=0.03)


def test_hot_and_cold_corners_are_found_and_the_noise_between_is_not():
    got = find_clusters(*spots())
    cluster = got.table["cluster"]
    assert cluster["01.01"] == cluster["00.00"] == "high_high"
    assert cluster["07.07"] == cluster["08.08"] == "low_low"
    assert cluster["04.04"] == "not_significant"
    assert got.table.loc[["01.01", "07.07", "04.04"], "hot"].tolist() == [1, -1, 0]
    assert (cluster == "not_significant").sum() > 50
    assert got.p < 0.001
    assert got.said()[0] == "Ya: wilayah bertetangga cenderung serupa (81 wilayah)."
    assert "(n = 81; p < 0,001), 9.999 permutasi" in got.method()


def test_noise_gives_no_clusters_and_the_summary_says_chance():
    board = grid(6, 6)
    noise = pd.Series(np.random.default_rng(5).normal(size=36), index=list(board))
    got = find_clusters(noise, board)
    assert set(got.table["cluster"]) == {"not_significant"}
    assert "36 wilayah dapat terjadi kebetulan." in got.summary()
    assert "Tidak ada wilayah yang menonjol" in got.summary()


def test_the_false_discovery_rate_makes_fewer_clusters_than_no_correction():
    got = find_clusters(*spots())
    quiet = (got.classes() == "not_significant").sum()
    assert quiet > (got.classes(correction="none") == "not_significant").sum()
    pd.testing.assert_series_equal(got.classes(), got.table["cluster"])


def test_one_missing_value_gives_what_the_map_without_that_region_gives():
    values, board = spots()
    values["04.04"] = math.nan
    got = find_clusters(values, board)
    without = {
        code: tuple(x for x in near if x != "04.04")
        for code, near in board.items()
        if code != "04.04"
    }
    expected = find_clusters(values.drop("04.04"), without)
    assert got.moran == expected.moran
    pd.testing.assert_frame_equal(got.table.drop("04.04"), expected.table)
    assert got.table.loc["04.04", "cluster"] == "missing"
    assert got.left_out == ("04.04",)
    assert "Tidak dinilai (1): 04.04." in got.summary()
    assert got.n == 80


def test_an_island_is_named_and_is_no_cluster():
    values, board = spots()
    values["99"] = 30.0
    got = find_clusters(values, {**board, "99": ()})
    assert got.islands == ("99",)
    assert math.isnan(got.table.loc["99", "p"])
    assert "Tanpa tetangga yang punya data: 99." in got.summary()


def test_a_region_whose_neighbours_all_lack_data_is_an_island():
    values, board = spots()
    values[["00.01", "01.00"]] = math.nan
    assert find_clusters(values, board).islands == ("00.00",)


def test_only_islands_have_no_pattern_and_no_false_one():
    got = find_clusters(
        series(1, 2, 3, 4), dict.fromkeys(series(1, 2, 3, 4).index, ()), permutations=99
    )
    assert math.isnan(got.moran)
    assert got.p == 1
    assert set(got.table["cluster"]) == {"island"}


def test_two_neighbours_of_eight_regions_cannot_be_significant_and_it_says_so():
    got = find_clusters(series(1, 2, 3, 4, 5, 6, 7, 8), chain(8))
    # 7 choose 1 and 7 choose 2 possible neighbourhoods, two sides
    assert got.table["smallest_p"].iloc[:2].tolist() == pytest.approx([2 / 7, 2 / 21])
    assert set(got.table["cluster"]) == {"too_few_neighbours"}
    assert got.table["p_fdr"].isna().all()
    assert "Tetangga terlalu sedikit untuk dinilai: " in got.summary()


def test_few_regions_are_called_exploratory_and_many_are_not():
    few = find_clusters(series(1, 5, 2, 4), chain(4), permutations=99)
    assert few.summary().endswith(
        "Hanya 4 wilayah: petunjuk, bukan bukti; untuk simpulan pakai tingkat "
        "kecamatan."
    )
    assert "petunjuk" not in find_clusters(*spots()).summary()


@pytest.mark.parametrize(("n", "enough"), [(99, False), (100, True)])
def test_a_hundred_regions_are_called_enough_to_conclude_from(n, enough):
    values = series(*(i % 7 for i in range(n)), codes=list(chain(n)))
    got = find_clusters(values, chain(n), permutations=99)
    assert ("100 wilayah: cukup banyak" in got.summary()) == enough


def test_the_row_of_the_province_is_set_apart():
    values = series(2.5, 1, 2, 3, 4, codes=["18", *list(chain(4))])
    got = find_clusters(values, chain(4), permutations=99)
    assert got.moran == pytest.approx(0.4)
    assert "18" not in got.table.index


def test_the_same_seed_gives_the_same_p_values_in_any_order_of_rows():
    values, board = spots()
    shuffled = values.sample(frac=1, random_state=3)
    first, again = find_clusters(values, board), find_clusters(shuffled, board)
    pd.testing.assert_frame_equal(first.table, again.table.loc[values.index])
    assert list(again.table.index) == list(shuffled.index)
    assert first.p == again.p
    other = find_clusters(values, board, seed=19)
    assert not first.table["p"].equals(other.table["p"])


def test_rates_are_standardised_for_their_denominators_by_hand():
    # b = 12/300; s2 - b/mean(P) is negative for region counts so alike: variance b/P
    e, p = np.array([4.0, 4, 4]), np.array([100.0, 100, 100])
    assert standardised_rates(e, p).tolist() == [0, 0, 0]
    e = np.array([10.0, 40.0])
    p = np.array([100.0, 100.0])
    # b = .25, s2 = .0225, a = .0225 - .0025 = .02, each variance .0225
    assert standardised_rates(e, p).tolist() == pytest.approx([-1, 1])
    assert standardised_rates(np.zeros(2), p).tolist() == [0, 0]


def test_standardised_rates_are_those_of_esda_s_published_example():
    e = np.array([30.0, 25, 25, 15, 33, 21, 30, 20])
    p = np.array([100.0, 100, 110, 90, 100, 90, 110, 90])
    published = [1.03843594, -0.04099089, -0.56250375, -1.73061861]
    assert standardised_rates(e, p)[:4].tolist() == pytest.approx(published, abs=5e-9)


def test_a_small_denominator_makes_no_hot_spot():
    board = grid(6, 6)
    population = pd.Series(10_000.0, index=list(board))
    events = pd.Series(np.random.default_rng(2).binomial(10_000, 0.02, 36), list(board))
    small = ["02.02", "02.03", "03.02", "03.03"]
    population[small], events[small] = 20.0, 1.0  # 5 %, on twenty people
    raw = find_clusters(events / population, board)
    got = find_clusters(events, board, population=population)
    assert raw.table.loc["02.02", "z"] > 2.5
    assert got.table.loc["02.02", "z"] < 1.5
    assert got.rates


@pytest.mark.parametrize("value", [5.0, 0.1])
def test_constant_values_are_refused(value):
    text = f"all 4 values are {value:g}; clusters need values that differ."
    with pytest.raises(IndicatorError, match=f"^{re.escape(text)}$"):
        find_clusters(series(*[value] * 4), chain(4))


def test_too_few_values_are_refused():
    text = (
        "a pattern between neighbours needs at least 4 regions with all their numbers; "
        "there are 3."
    )
    with pytest.raises(EmptyDataError, match=f"^{re.escape(text)}$"):
        find_clusters(series(1, 2, math.nan, 4), chain(4))


def test_a_region_without_an_entry_is_refused_with_the_way_out():
    text = (
        "neighbours has no entry for ['18.04']; compute it on the boundaries of the "
        "same level with kkbpk_geo.neighbours(boundaries)."
    )
    with pytest.raises(JoinError, match=f"^{re.escape(text)}$"):
        find_clusters(series(1, 2, 3, 4), chain(3))


@pytest.mark.parametrize("listed", [["18.01", "18.02"], "18.02"])
def test_neighbours_that_are_no_neighbours_are_refused(listed):
    text = (
        f"neighbours of '18.01' are {listed!r}; expected a tuple of the codes of other "
        "regions."
    )
    with pytest.raises(JoinError, match=f"^{re.escape(text)}$"):
        find_clusters(series(1, 2, 3, 4), {**chain(4), "18.01": listed})


def test_other_refusals_name_what_was_found():
    with pytest.raises(
        IndicatorError, match=r"^permutations is 9; expected at least 99\.$"
    ):
        find_clusters(series(1, 2, 3, 4), chain(4), permutations=9)
    got = find_clusters(series(1, 2, 3, 4), chain(4), permutations=99)
    with pytest.raises(
        IndicatorError, match=r"^alpha is 5; expected a number between 0 and 1\.$"
    ):
        got.classes(alpha=5)
    with pytest.raises(
        IndicatorError, match=r"^correction is 'bh'; expected 'fdr' or 'none'\.$"
    ):
        got.classes(correction="bh")
    with pytest.raises(CellError, match=r"row 18\.02, column 'values' is .*inf"):
        find_clusters(series(1, math.inf, 3, 4), chain(4))


def test_the_picture_shows_every_region_with_neighbours_and_the_slope():
    values, board = spots()
    figure = find_clusters(values, board).picture("en")
    (axes,) = figure.axes
    assert sum(len(dots.get_offsets()) for dots in axes.collections) == 81
    assert axes.get_ylabel() == "Its neighbours: low below, high above"
    words = [text.get_text() for text in figure.legends[0].get_texts()]
    assert words == ["High among high", "Low among low", "Cannot be told from chance"]


@pytest.mark.parametrize(
    ("direction", "warm", "blue"),
    [("better", "low_low", "high_high"), ("worse", "high_high", "low_low")],
)
def test_what_needs_attention_is_warm_whichever_side_it_is(direction, warm, blue):
    colours = cluster_colours(direction)
    assert (colours[warm], colours[blue]) == (ATTENTION, GOOD)
    values, board = spots()
    (axes,) = find_clusters(values, board, direction=direction).picture().axes
    drawn = {to_hex(dots.get_facecolor()[0]) for dots in axes.collections}
    assert {ATTENTION, GOOD} <= drawn


def test_another_direction_is_refused():
    with pytest.raises(IndicatorError, match="direction is 'up'; expected one of"):
        find_clusters(series(1, 5, 2, 4), chain(4), direction="up")


def test_the_page_of_a_notebook_shows_summary_and_table():
    page = find_clusters(series(1, 2, 3, 4), chain(4), permutations=99)._repr_html_()
    assert page.startswith("<p>Tidak terbukti: letak yang tinggi")
    assert "<table" in page


def test_kecamatan_of_a_province_with_9999_permutations_take_less_than_two_seconds():
    board = dict(list(grid(15, 16).items())[:229])
    board = {k: tuple(x for x in near if x in board) for k, near in board.items()}
    values = pd.Series(np.random.default_rng(0).normal(size=229), index=list(board))
    start = time.process_time()
    find_clusters(values, board)
    assert time.process_time() - start < 2


@pytest.mark.real
def test_the_229_kecamatan_of_lampung_are_judged_in_less_than_two_seconds(shared_data):
    from kkbpk_geo.regions.boundaries import load_boundaries

    path = shared_data / "wilayah_boundaries" / "lampung_kecamatan.geojson"
    kecamatan = load_boundaries("Lampung", level="kecamatan", path=path)
    near = neighbours(kecamatan)
    north = kecamatan.representative_point().y  # as clustered as a value can be
    start = time.process_time()
    got = find_clusters(north, near)
    assert time.process_time() - start < 2
    assert got.n == 229
    assert got.moran > 0.9
    assert {"high_high", "low_low"} <= set(got.table["cluster"])


@given(
    st.lists(st.integers(0, 6), min_size=9, max_size=9).filter(lambda x: len({*x}) > 1),
    st.integers(0, 3),
    st.integers(-3, 3),
)
@settings(max_examples=25)
def test_cluster_laws(numbers, seed, power):
    board = grid(3, 3)
    values = pd.Series(numbers, index=list(board), dtype=float)
    got = find_clusters(values, board, permutations=199, seed=seed)
    table = got.table
    assert 0 < got.p <= 1
    assert ((table["p"] > 0) & (table["p"] <= 1)).all()
    assert (table["p_fdr"].dropna() >= table["p"][table["p_fdr"].notna()] - 1e-12).all()
    assert set(table["cluster"]) <= set(CLASSES)
    assert table["local_i"].mean() == pytest.approx(got.moran)  # the parts make it up
    unit = find_clusters(values * 2.0**power + 8, board, permutations=199, seed=seed)
    assert unit.moran == pytest.approx(got.moran)  # the unit is nothing
    assert unit.p == got.p


def example(name):
    """Path of an example file inside the installed libpysal, or a skip."""
    found = find_spec("libpysal")
    if found is None or not found.submodule_search_locations:
        pytest.skip("libpysal is not installed (extra 'analysis'): no oracle data")
    path = Path(found.submodule_search_locations[0]) / "examples" / name
    if not path.exists():
        pytest.skip(f"this libpysal does not carry examples/{name}: no oracle data")
    return path


@pytest.fixture(scope="module")
def columbus():
    import geopandas as gpd

    frame = gpd.read_file(example("columbus/columbus.shp")).set_crs("EPSG:4326")
    frame.index = frame.index.map("{:02d}".format)
    return frame


def test_moran_of_columbus_crime_is_the_published_one(columbus):
    queen = neighbours(columbus)
    got = find_clusters(columbus["CRIME"], queen)
    assert got.moran == pytest.approx(0.50018856, abs=5e-9)
    shape = columbus.geometry
    rook = {
        code: tuple(
            x
            for x in near
            if shape[code].intersection(shape[x]).length > 0  # more than a corner
        )
        for code, near in queen.items()
    }
    got = find_clusters(columbus["CRIME"], rook)
    assert got.moran == pytest.approx(0.52367021, abs=5e-9)


def test_local_and_rate_moran_agree_with_esda(columbus):
    esda = pytest.importorskip("esda", reason="esda (extra 'analysis') is absent")
    from libpysal.weights import W

    near = neighbours(columbus)
    w = W({k: list(v) for k, v in near.items()}, silence_warnings=True)
    w.transform = "r"
    crime = columbus["CRIME"]
    local = esda.Moran_Local(crime.to_numpy(), w, permutations=0)
    got = find_clusters(crime, near).table
    n = len(crime)
    np.testing.assert_allclose(got["local_i"], local.Is * n / (n - 1))  # m2 over n
    events, people = np.round(crime.to_numpy()), 10 * columbus["HOVAL"].to_numpy()
    rate = esda.Moran_Rate(events, people, w, permutations=0)
    rates = find_clusters(
        pd.Series(events, crime.index), near, population=pd.Series(people, crime.index)
    )
    assert rates.moran == pytest.approx(rate.I)
