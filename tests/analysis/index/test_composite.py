"""An index is its formula, adds up, and never shows a rank without its interval."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kkbpk_geo.analysis.index.composite import Aggregation, composite_index
from kkbpk_geo.analysis.index.hierarchy import budget_weights
from kkbpk_geo.analysis.index.normalising import Normalisation
from kkbpk_geo.base.errors import CellError, EmptyDataError, IndicatorError

POSITIVE = Normalisation(scale=(1, 100))
UP = {"a": "better", "b": "better", "c": "better"}
THREE = pd.DataFrame(
    {"a": [0, 5, 10], "b": [30, 10, 20], "c": [1, 1, 2]},
    index=["18.01", "18.02", "18.03"],
)


def index_of(frame=THREE, **choices):
    return composite_index(frame, **{"directions": UP, **choices})


def test_equal_weights_and_min_max_are_the_mean_of_the_normalised_columns():
    got = index_of()
    by_hand = ((THREE - THREE.min()) / (THREE.max() - THREE.min()) * 100).mean(axis=1)
    np.testing.assert_allclose(got.scores, by_hand)
    assert got.table["rank"].tolist() == [2, 1, 3]  # 1: the lowest score


def test_a_lower_is_better_column_counts_from_the_other_end():
    got = index_of(directions={**UP, "a": -1})
    assert got.normalised["a"].tolist() == [100, 50, 0]


def test_stated_weights_are_shares_among_siblings():
    got = index_of(weights={"a": 3, "c": 0})
    assert got.weights["effective"].tolist() == [0.75, 0.25, 0]
    np.testing.assert_allclose(got.scores, [25, 37.5, 87.5])


def test_a_dimension_weighs_as_one_however_many_indicators_it_holds():
    got = index_of(dimensions={"a": "D", "b": "D"}, weights={"D": 1, "c": 3})
    assert got.weights["effective"].tolist() == [0.125, 0.125, 0.75]
    assert got.weights["parent"].tolist() == ["D", "D", "index"]
    np.testing.assert_allclose(got.dimensions["D"], [50, 25, 75])
    np.testing.assert_allclose(got.scores, [12.5, 6.25, 93.75])


def test_dimensions_may_stand_in_dimensions():
    got = index_of(dimensions={"a": "D", "b": "D", "D": "E", "c": "E"})
    assert list(got.dimensions) == ["D", "E"]
    np.testing.assert_allclose(got.scores, got.dimensions["E"])


def test_the_three_means_are_those_of_the_textbook():
    y = index_of(normalise=POSITIVE).normalised
    for mean, by_hand in (
        ("geometric", np.exp(np.log(y).mean(axis=1))),
        ("harmonic", 3 / (1 / y).sum(axis=1)),
    ):
        got = index_of(normalise=POSITIVE, aggregate=mean)
        np.testing.assert_allclose(got.scores, by_hand)


def test_the_human_development_index_comes_out_as_published():
    # UNDP, Human Development Report 2021/22, table 1: life expectancy, expected and
    # mean years of schooling, income per head; HDI 0.962 and 0.961.
    frame = pd.DataFrame(
        {
            "life": [84.0, 83.2],
            "expected": [16.5, 18.2],
            "mean": [13.9, 13.0],
            "income": [math.log(66_933), math.log(64_660)],
        },
        index=["Switzerland", "Norway"],
    )
    posts = {
        "life": (20, 85),
        "expected": (0, 18),
        "mean": (0, 15),
        "income": (math.log(100), math.log(75_000)),
    }
    got = composite_index(
        frame,
        directions=dict.fromkeys(frame, "better"),
        dimensions={
            "life": "health",
            "expected": "education",
            "mean": "education",
            "income": "living",
        },
        normalise=Normalisation(method="goalposts", bounds=posts, scale=(0, 1)),
        aggregate=("arithmetic", "geometric"),
    )
    np.testing.assert_allclose(got.scores, [0.962, 0.961], atol=0.001)
    assert got.bounds == posts


def test_catalogue_indicators_need_no_direction():
    frame = pd.DataFrame(
        {"unmet_need": [5.0, 10.0], "contraceptive_use": [60.0, 50.0]},
        index=["18.01", "18.02"],
    )
    assert composite_index(frame).scores.tolist() == [100, 0]


def test_missing_cells_reweight_up_to_a_third_and_then_there_is_no_score():
    frame = THREE.astype(float)
    frame.loc["18.01", "b"] = np.nan
    frame.loc["18.02", ["b", "c"]] = np.nan
    frame.loc["18.04"] = [10.0, 0.0, 0.0]
    got = index_of(frame)
    assert got.scores["18.01"] == pytest.approx((0 + 50) / 2)
    assert np.isnan(got.scores["18.02"])
    assert pd.isna(got.table.loc["18.02", "rank"])
    assert got.table["missing_share"].tolist() == pytest.approx([1 / 3, 2 / 3, 0, 0])
    everything = index_of(frame, aggregate=Aggregation(min_share=1))
    assert everything.scores.isna().tolist() == [True, True, False, False]
    anything = index_of(frame, aggregate=Aggregation(min_share=0))
    assert anything.scores["18.02"] == pytest.approx(50)


def test_two_thirds_of_the_weights_must_be_there():
    frame = pd.DataFrame({"a": [1.0, 2, 3], "b": [1, 2, np.nan]}, index=list("xyz"))
    ups = {"a": 1, "b": 1}
    for weight, scored in ((2, True), (1.99, False)):  # 2 of 3, and 1.99 of 2.99
        got = composite_index(frame, directions=ups, weights={"a": weight})
        assert got.scores.notna()["z"] == scored


def test_the_province_is_the_yardstick_and_no_competitor():
    frame = pd.concat([THREE, pd.DataFrame({"a": 5, "b": 20, "c": 1.5}, index=["18"])])
    got = index_of(frame)
    assert list(got.table.index) == ["18.01", "18.02", "18.03"]
    assert got.yardstick == "18"
    # a 0 against 50, b 100 against 50, c 0 against 50; each weighs a third
    assert got.lifts.loc["18.01"].tolist() == pytest.approx([-50 / 3, 50 / 3, -50 / 3])


def test_it_says_why_a_region_has_its_rank():
    frame = pd.concat([THREE, pd.DataFrame({"a": 5, "b": 20, "c": 1.5}, index=["18"])])
    got = index_of(frame)
    row = got.table.loc["18.01"]
    assert got.explain("18.01") == (
        f"Lampung Selatan antara ke-{row['rank_low']:.0f} dan ke-"
        f"{row['rank_high']:.0f} (nilai 33,3). Paling kurang dibanding Provinsi "
        "Lampung: a (−16,7), c (−16,7). Lebih baik pada: b (+16,7)."
    )
    english = got.explain("18.01", "en")
    assert "Falls short of Lampung province most in: a (−16.7)" in english


def test_a_region_without_score_says_how_much_is_missing():
    frame = THREE.astype(float)
    frame.loc["18.02", ["b", "c"]] = np.nan
    got = index_of(frame)
    assert got.explain("18.02") == (
        "Lampung Tengah: tidak dinilai, 67\u00a0% bobot tanpa data"
    )
    with pytest.raises(IndicatorError) as caught:
        got.explain("18.99")
    assert (
        str(caught.value)
        == "the index has no region '18.99'; it has 3: 18.01, 18.02, 18.03 …"
    )


def test_an_indicator_that_runs_against_the_index_is_named():
    frame = pd.DataFrame(
        {"a": [1, 2, 3, 4], "b": [1, 2, 3, 4], "c": [4, 3, 2, 1]}, index=list("pqrs")
    )
    got = index_of(frame)
    assert got.weights.loc["c", "correlation"] == pytest.approx(-1)
    assert got.correlations.loc["a", "c"] == pytest.approx(-1)
    assert "Berlawanan arah dengan nilai gabungan: c." in got.summary()


def test_the_summary_never_shows_a_rank_without_its_interval():
    got = index_of()
    # Three regions: two of them first, one last; nobody is named twice.
    for language, between in (("id", " antara ke-"), ("en", " between no. ")):
        sure = " ".join(got.said(language)[1:3])
        assert sure.count(between) + sure.count(" pasti ") + sure.count("surely") == 3
    assert {"rank", "rank_low", "rank_high"} == set(got.ranks)
    assert "<table" in got._repr_html_()
    assert "Lampung Selatan" in got._repr_html_()


def test_a_rank_is_sure_only_where_no_design_moves_it():
    frame = pd.DataFrame(
        {"a": [1, 2, 3, 9], "b": [1, 0, 5, 9]},
        index=["18.01", "18.02", "18.03", "18.04"],
    )
    got = composite_index(frame, directions={"a": 1, "b": 1})
    ends = got.table[["rank", "rank_low", "rank_high"]].astype(int)
    # Weights decide which of the first two is the first.
    assert ends.loc["18.01"].tolist() == [1, 1, 2]
    assert "Lampung Selatan antara ke-1 dan ke-2" in got.said()[1]
    assert "Lampung Utara pasti ke-3" in got.said()[1]


def test_the_map_gets_the_index_and_its_dimensions():
    got = index_of(dimensions={"a": "D", "b": "D"})
    assert list(got.wide) == ["index", "index:D"]
    assert list(got.wide.index) == list(THREE.index)


# Two indicators that agree on everything: no design can move a rank.
CLEAR = pd.DataFrame(
    {"users": [50, 40, 30, 20, 10], "couples": [5, 4, 3, 2, 1]},
    index=["18.01", "18.02", "18.03", "18.04", "18.05"],
)


def test_the_summary_names_three_from_each_end_and_how_it_was_made():
    got = composite_index(CLEAR, directions={"users": 1, "couples": 1})
    assert got.summary() == (
        "Tulang Bawang, Lampung Barat dan Lampung Utara paling perlu didahulukan dari "
        "5 wilayah (1 = paling perlu perhatian). Pada 90\u00a0% uji bobot dan cara "
        "hitung: Tulang Bawang pasti ke-1, Lampung Barat pasti ke-2, Lampung Utara "
        "pasti ke-3. Paling sedikit perlu: Lampung Selatan pasti ke-5, Lampung Tengah "
        "pasti ke-4. Nilainya gabungan dari 2 indikator; makin tinggi makin baik. Bila "
        "bobot dan cara hitungnya dipilih lain (10.000 uji), urutan satu wilayah "
        "bergeser rata-rata 0,0 tingkat."
    )
    assert got.method().startswith(
        "Indeks komposit dari 2 indikator untuk 5 wilayah (5 dinilai): normalisasi "
        "min-maks, skala 0–100, rata-rata aritmetik. Urutan diuji pada 10.000 "
        "rancangan acak (bobot ±25 %, cara normalisasi, jenis rata-rata: "
        "aritmetik/geometrik, skala 1–100, tanpa satu indikator); rentangnya "
        "5–95\u00a0%. Saisana"
    )
    lower = composite_index(
        CLEAR.assign(officers=[1, 2, 3, 4, 5]),
        directions={"users": 1, "couples": 1, "officers": 1},
        dimensions={"users": "D"},
        normalise=POSITIVE, aggregate=("geometric", "arithmetic"),
    )  # fmt: skip
    said, how = lower.summary("en"), lower.method("en")
    assert " come first of 5 regions (1 = most in need of attention). " in said
    assert "Composite index of 3 indicators for 5 regions (5 scored): " in how
    assert "min-max" in how
    assert "geometric → arithmetic" in how
    assert said.endswith("Run against the joint score: Field officers.")


@pytest.mark.parametrize(
    ("regions", "first"),
    [
        (2, "Lampung Tengah paling perlu didahulukan dari 2 wilayah"),
        (3, "Lampung Utara dan Lampung Tengah paling perlu didahulukan dari 3 wilayah"),
    ],
)
def test_not_all_of_a_few_regions_come_first(regions, first):
    got = composite_index(CLEAR[:regions], directions={"users": 1, "couples": 1})
    assert got.summary().startswith(first)
    assert "Paling sedikit perlu: Lampung Selatan pasti ke-" in got.summary()


def test_every_table_of_an_index_is_the_hand_written_one():
    # Against the median region (50 and 50), each indicator with half of the weight.
    got = composite_index(CLEAR, directions={"users": 1, "couples": -1})
    assert got.normalised["couples"].tolist() == [0, 25, 50, 75, 100]
    assert got.contributions.to_numpy().tolist() == [
        [50, 0], [37.5, 12.5], [25, 25], [12.5, 37.5], [0, 50],
    ]  # fmt: skip
    assert got.lifts.to_numpy().tolist() == [
        [25, -25], [12.5, -12.5], [0, 0], [-12.5, 12.5], [-25, 25],
    ]  # fmt: skip
    assert got.yardstick == ""
    assert got.bounds == {"users": (10, 50), "couples": (1, 5)}
    assert got.scores.tolist() == [50] * 5
    assert got.table["rank"].tolist() == [1] * 5
    assert list(got.table) == [
        "score", "rank", "rank_median", "rank_low", "rank_high", "p_top", "p_bottom",
        "missing_share",
    ]  # fmt: skip
    assert got.weights[["parent", "weight", "effective"]].to_numpy().tolist() == [
        ["index", 0.5, 0.5], ["index", 0.5, 0.5],
    ]  # fmt: skip
    assert got.weights.index.name == "indicator"
    assert got.correlations.loc["users", "couples"] == pytest.approx(-1)
    for frame in (got.contributions, got.lifts, got.normalised):
        assert frame.index.equals(CLEAR.index)
        assert list(frame) == ["users", "couples"]


def test_a_reason_names_three_in_order_against_the_median_region():
    frame = pd.DataFrame(
        {
            "a": [100, 50, 0], "b": [80, 50, 100], "c": [70, 50, 0], "d": [60, 50, 0],
            "e": [0, 50, 100], "f": [50, 0, 100],
        },
        index=["18.01", "18.02", "18.03"],
    )  # fmt: skip
    posts = dict.fromkeys(frame, (0, 100))
    got = composite_index(
        frame, directions=dict.fromkeys(frame, 1),
        normalise=Normalisation(method="goalposts", bounds=posts),
    )  # fmt: skip
    # Medians: 50, 80, 50, 50, 50, 50; of each step a sixth counts.
    said = got.explain("18.01", "en")
    assert said.endswith(
        "Falls short of the median region most in: e (−8.3). Better off in: a (+8.3), "
        "c (+3.3), d (+1.7)."
    )
    assert got.explain("18.02").endswith(
        "median wilayah: f (−8,3), b (−5,0). Lebih baik pada: tidak ada."
    )


def test_a_region_without_score_has_no_parts_either():
    frame = THREE.astype(float)
    frame.loc["18.02", ["b", "c"]] = np.nan
    got = index_of(frame)
    assert got.contributions.loc["18.02"].isna().all()
    assert got.lifts.loc["18.02"].isna().all()
    assert got.explain("18.02", "en") == (
        "Lampung Tengah: no score, 67% of the weights have no data"
    )
    assert "(2 dinilai)" in got.method()


def test_anew_drawn_designs_are_as_asked():
    got = index_of().robustness(n=7, seed=3, top=2, spread=0.1, vary=("weights",))
    assert (got.draws, got.seed, got.top, got.spread, got.vary) == (
        7, 3, 2, 0.1, ("weights",),
    )  # fmt: skip
    standard = index_of().robustness()
    assert (standard.draws, standard.seed, standard.top, standard.spread) == (
        10_000, 18, 3, 0.25,
    )  # fmt: skip
    made = index_of().certainty
    assert made.table.equals(standard.table)
    for language, words in (("id", "bobot ±10 %"), ("en", "weights ±10%")):
        assert words in got.method(language)


def test_the_table_shown_is_by_rank_with_names_escaped():
    frame = THREE.rename(index={"18.03": "<b>"})
    shown = index_of(frame)._repr_html_()
    assert "<b>" not in shown
    table = shown[shown.index("<table") :]
    order = [table.index(name) for name in ("Lampung Teng", "Lampung Sel", "&lt;b&gt;")]
    assert order == sorted(order)
    assert ">name<" in table
    robust = index_of(frame).certainty._repr_html_()
    assert "<b>" not in robust
    assert robust.startswith(
        "<p>Bila bobot dan cara hitungnya dipilih lain (10.000 uji)"
    )
    assert "<th>name</th>" in robust


def test_the_callers_frame_is_not_touched():
    before = THREE.copy()
    index_of()
    pd.testing.assert_frame_equal(THREE, before)


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        (
            {"directions": {"a": "better", "b": "better"}},
            "direction of 'c' is None; expected 'better' (higher is better) or "
            "'worse'.",
        ),
        (
            {"directions": {**UP, "d": 1}},
            "directions name ['d'], which are no columns; known: ['a', 'b', 'c'].",
        ),
        (
            {"weights": {"d": 1}},
            "weights name ['d'], which are neither columns nor dimensions; known: "
            "['a', 'b', 'c'].",
        ),
        (
            {"weights": {"a": -1}},
            "weight of 'a' is -1; expected a number from 0 up.",
        ),
        (
            {"dimensions": {"a": "D"}, "weights": {"a": 0}},
            "all weights within 'D' are zero: ['a']; give at least one of them a "
            "weight above 0.",
        ),
        (
            {"dimensions": {"a": "D", "D": "E", "E": "D"}},
            "dimensions: D in E in D goes in a circle.",
        ),
        (
            {"dimensions": {"a": "b"}},
            "dimensions: ['b'] cannot name a dimension or an indicator of its own; "
            "'index' is the index itself, and an indicator holds no others.",
        ),
        (
            {"aggregate": "median"},
            "aggregate is 'median'; expected one of arithmetic, geometric, harmonic.",
        ),
        (
            {"aggregate": ("arithmetic", "geometric")},
            "aggregate names 2 means for 1 levels; give one for each level, the "
            "lowest first, or a single one for all.",
        ),
        (
            {"aggregate": "geometric"},
            "a geometric mean needs values above 0, but 'a' of region 18.01 is 0 or "
            "less once normalised. Normalise onto another scale: "
            "Normalisation(method='minmax', scale=(1, 100)).",
        ),
        (
            {"aggregate": Aggregation(min_share=2)},
            "min_share is 2; expected a share from 0 to 1.",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(choices, message):
    with pytest.raises(IndicatorError) as caught:
        index_of(**choices)
    assert str(caught.value) == message


def test_cells_that_are_no_numbers_and_doubled_rows_are_refused():
    with pytest.raises(CellError) as caught:
        index_of(THREE.assign(b=[30, 10, "dua puluh"]))
    assert str(caught.value) == (
        "frame: row 18.03, column 'b' is 'dua puluh'; expected a finite number or "
        "nothing. Correct the cell, or choose the columns of numbers: "
        "frame[['a', 'b']]."
    )
    with pytest.raises(IndicatorError) as doubled:
        index_of(pd.concat([THREE, THREE.iloc[:1]]))
    assert str(doubled.value) == (
        "frame: region ['18.01'] stands more than once; keep one."
    )
    with pytest.raises(EmptyDataError, match="frame has 0 rows and 3 columns"):
        index_of(THREE.iloc[:0])


def test_budget_weights_are_the_mean_share_of_the_points():
    points = pd.DataFrame({"a": [60, 40], "b": [40, 20], "c": [0, 40]})
    assert budget_weights(points) == pytest.approx({"a": 0.5, "b": 0.3, "c": 0.2})


def test_a_budget_that_is_not_spent_or_not_stated_is_refused():
    with pytest.raises(IndicatorError) as caught:
        budget_weights(pd.DataFrame({"a": [60, 50], "b": [40, 40]}))
    assert str(caught.value) == (
        "points: row 1 sums to 90; expected the budget of the first row, 100, above 0."
    )
    with pytest.raises(IndicatorError) as caught:
        budget_weights(pd.DataFrame({"a": [60, None], "b": [40, 100]}))
    assert str(caught.value) == (
        "points: row 1, column 'a' is nan; expected points from 0 up, 0 for none."
    )


cells = st.none() | st.integers(0, 50)
tables = st.lists(st.tuples(cells, cells, cells, cells), min_size=2, max_size=9)
few = settings(max_examples=12)
MEANS = st.sampled_from(["arithmetic", "geometric", "harmonic"])


def frame_of(rows):
    frame = pd.DataFrame(rows, columns=list("abcd"), dtype=float)
    frame.index = [f"r{i}" for i in range(len(frame))]
    assume((frame.nunique() > 1).all())
    return frame


def small_index(frame, mean="arithmetic", normalise=POSITIVE):
    return composite_index(
        frame,
        directions={"a": 1, "b": -1, "c": 1, "d": 1},
        dimensions={"a": "D", "b": "D"},
        weights={"a": 2, "D": 3},
        normalise=normalise,
        aggregate=mean,
    )


@few
@given(tables, MEANS, MEANS)
def test_contributions_sum_to_the_score_and_lifts_to_the_difference(rows, low, high):
    frame = frame_of(rows)
    got = small_index(frame, (low, high))
    scored = got.scores.notna()
    np.testing.assert_allclose(
        got.contributions[scored].sum(axis=1), got.scores[scored]
    )
    assert got.contributions[~scored].isna().all(axis=None)
    complete = scored & frame.notna().all(axis=1)
    if complete.any():
        lifts = got.lifts[complete].sum(axis=1)
        differences = (got.scores[complete] - lifts).to_numpy()  # one yardstick for all
        np.testing.assert_allclose(differences, differences[0], atol=1e-8)


@few
@given(tables, MEANS)
def test_scores_stay_on_their_scale_and_missing_stays_missing(rows, mean):
    got = small_index(frame_of(rows), mean)
    known = got.scores.dropna()
    assert known.between(1 - 1e-9, 100 + 1e-9).all()
    assert (got.table["rank"].notna() == got.scores.notna()).all()


@few
@given(tables, MEANS, st.randoms())
def test_the_order_of_rows_and_columns_is_nothing(rows, mean, random):
    frame = frame_of(rows)
    got = small_index(frame, mean).scores
    order = random.sample(list(frame.index), len(frame))
    columns = random.sample(list(frame), 4)
    moved = small_index(frame.loc[order, columns], mean).scores
    np.testing.assert_allclose(moved[frame.index], got)


@few
@given(tables)
def test_the_means_stand_in_their_order(rows):
    frame = frame_of(rows)
    plain, geo, harm = (
        small_index(frame, mean).scores
        for mean in ("arithmetic", "geometric", "harmonic")
    )
    assert (plain.dropna() >= geo.dropna() - 1e-9).all()
    assert (geo.dropna() >= harm.dropna() - 1e-9).all()


@few
@given(tables, st.sampled_from(["minmax", "zscore", "rank"]), st.integers(1, 9))
def test_another_unit_changes_no_score(rows, method, factor):
    frame = frame_of(rows)
    got = small_index(frame, normalise=method).scores
    other = small_index(frame * factor + 7, normalise=method).scores
    np.testing.assert_allclose(other, got, atol=1e-8)
