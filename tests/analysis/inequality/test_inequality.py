"""Inequality: every measure on a case worked by hand, laws, and every guard."""

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kkbpk_geo.analysis.inequality.inequality import measure_inequality
from kkbpk_geo.analysis.inequality.measures import MEASURES
from kkbpk_geo.base.errors import CellError, EmptyDataError, IndicatorError

CODES = ["18.01", "18.02", "18.03", "18.04", "18.05", "18.06"]


def series(*values, codes=CODES):
    return pd.Series(values, index=pd.Index(codes[: len(values)], name="region_code"))


# Three districts with 50, 25 and 25 % of the people; mean 55; ridits 1/4, 5/8, 7/8.
VALUES, PEOPLE = series(40.0, 60.0, 80.0), series(200, 100, 100)
R = (40 / 55, 60 / 55, 80 / 55)
BY_HAND = {
    "difference": 40,
    "ratio": 2,
    # Σp(X-½)(y-55) = 4.375 and Σp(X-½)² = .0703125; the line starts at 55 - SII/2
    "sii": 4.375 / 0.0703125,
    "rii": (55 + 2.1875 / 0.0703125) / (55 - 2.1875 / 0.0703125),
    "aci": -10 + 3.75 + 15,
    "rci": 8.75 / 55,
    "bgv": 275,
    "bgsd": math.sqrt(275),
    "cov": 100 * math.sqrt(275) / 55,
    "mdbw": 25,
    "mdbu": 20,
    "mdmw": 15,
    "mdmu": 15,
    "idisw": 1500 / 55,
    "idisu": 1500 / 55,
    "theil": sum(
        p * r * math.log(r) for p, r in zip((0.5, 0.25, 0.25), R, strict=True)
    ),
    "mld": -sum(p * math.log(r) for p, r in zip((0.5, 0.25, 0.25), R, strict=True)),
    # half the mean difference between two people, over the mean
    "gini": (0.25 * 20 + 0.25 * 40 + 0.125 * 20) / (2 * 55),
    "par": 25,
    "paf": 2500 / 55,
}


@pytest.mark.parametrize("measure", BY_HAND)
def test_every_measure_has_the_value_worked_out_by_hand(measure):
    assert measure_inequality(VALUES, PEOPLE)[measure] == pytest.approx(
        BY_HAND[measure]
    )


def test_sii_and_rii_along_a_stated_order_by_hand():
    # equal thirds, ridits 1/6 1/2 5/6: SII = (⅓·20 + ⅓·30)/3 / (2/27) = 75
    got = measure_inequality(
        series(40.0, 50, 90), series(1, 1, 1), order=series(10, 20, 30)
    )
    assert got["sii"] == pytest.approx(75)
    assert got["rii"] == pytest.approx((60 + 37.5) / (60 - 37.5))
    turned = measure_inequality(
        series(40.0, 50, 90), series(1, 1, 1), order=series(30, 20, 10)
    )
    assert turned["sii"] == pytest.approx(-75)
    assert turned["rii"] == pytest.approx(22.5 / 97.5)


def test_the_logistic_sii_passes_through_two_points_by_hand():
    # ridits 1/4 and 3/4; logits of .4 and .8 lie 1.791759 apart, twice that per unit
    got = measure_inequality(
        series(40.0, 80.0), series(1, 1), order=series(1, 2), upper=100
    )

    def expit(x):
        return 1 / (1 + math.exp(-x))

    step = math.log(4) - math.log(2 / 3)
    low, high = (expit(math.log(2 / 3) - step / 2), expit(math.log(4) + step / 2))
    assert got["sii_logit"] == pytest.approx(100 * (high - low))
    assert got["rii_logit"] == pytest.approx(high / low)


def test_the_logistic_sii_leaves_no_error_on_average_nor_along_the_ranks():
    values, people = series(5.0, 60, 20, 95), series(10, 20, 30, 40)
    got = measure_inequality(values, people, order=series(1, 2, 3, 4), upper=100)
    rii, sii = got["rii_logit"], got["sii_logit"] / 100
    low = sii / (rii - 1)
    start = math.log(low / (1 - low))
    end = math.log((low + sii) / (1 - low - sii))
    x = got.regions["ridit"].to_numpy()
    fitted = 1 / (1 + np.exp(-(start + (end - start) * x)))
    p = people.to_numpy() / 100
    error = p * (values.to_numpy() / 100 - fitted)
    assert error.sum() == pytest.approx(0, abs=1e-9)
    assert (error * x).sum() == pytest.approx(0, abs=1e-9)


# From the least to the most advantaged region.
FIVE, EVEN = series(20.0, 60, 40, 50, 30), series(1, 1, 1, 1, 1)


def test_along_an_order_difference_and_ratio_are_between_its_two_ends():
    got = measure_inequality(FIVE, EVEN, order=series(1, 2, 3, 4, 5))
    # 30 - 20 and 30 / 20; beside 60 - 20 and 60 / 20
    assert (got["order_difference"], got["order_ratio"]) == (10, 1.5)
    assert (got["difference"], got["ratio"]) == (40, 3)
    told = got.explain()["sentence"]
    assert told["order_difference"] == (
        "Dari Lampung Selatan (paling kurang beruntung) ke Tulang Bawang (paling "
        "beruntung) nilainya naik 10,0."
    )
    assert got.explain("en").loc["order_ratio", "sentence"] == (
        "At the ends of the order, Tulang Bawang has 1.50 times the value of Lampung "
        "Selatan."
    )


def test_where_low_is_good_the_disadvantaged_end_comes_first():
    got = measure_inequality(FIVE, EVEN, order=series(5, 2, 3, 4, 1), direction="worse")
    # the least advantaged has 30, the most 20: 10 more, 1.5 times as much
    assert (got["order_difference"], got["order_ratio"]) == (10, 1.5)
    told = got.explain()["sentence"]
    assert "nilainya turun 10,0." in told["order_difference"]
    assert "nilai Tulang Bawang adalah 1,50 kali" in told["order_ratio"]


def test_regions_that_share_an_end_of_the_order_are_one_group_of_people():
    # bottom: (100·20 + 300·60)/400 = 50; top: 30
    got = measure_inequality(
        FIVE, series(100, 300, 1, 1, 5), order=series(1, 1, 2, 2, 3)
    )
    assert got["order_difference"] == pytest.approx(-20)
    assert got["order_ratio"] == pytest.approx(0.6)


def test_without_an_order_nothing_lies_along_one():
    assert not {"order_difference", "order_ratio"} & set(
        measure_inequality(FIVE, EVEN).table.index
    )


def test_an_end_of_zero_has_no_ratio_and_says_why():
    got = measure_inequality(series(0.0, 4, 8), EVEN, order=series(1, 2, 3))
    assert got["order_difference"] == 8
    assert math.isnan(got["order_ratio"])
    assert got.explain().loc["order_ratio", "sentence"] == (
        "Tidak dapat dihitung: nilai di satu ujung urutan tidak di atas 0."
    )


def test_the_mean_difference_from_a_reference_by_hand():
    # |40-60|, 0, |80-60| with 50, 25, 25 % of the people
    got = measure_inequality(VALUES, PEOPLE, reference="18.02")
    assert got["mdrw"] == pytest.approx(15)
    assert got["mdru"] == pytest.approx(40 / 3)
    assert got.reference == "18.02"
    named = measure_inequality(VALUES, PEOPLE, reference="Lampung Tengah")
    assert (named.reference, named["mdru"]) == ("18.02", got["mdru"])
    assert got.explain().loc["mdru", "sentence"] == (
        "Rata-rata wilayah berjarak 13,3 dari wilayah acuan Lampung Tengah."
    )


def test_a_reference_that_is_not_measured_is_refused():
    text = (
        "reference is '18.09', which is no region with all its numbers; there is "
        "18.01, 18.02, 18.03."
    )
    with refused(IndicatorError, text):
        measure_inequality(VALUES, PEOPLE, reference="18.09")


def test_standard_errors_give_intervals_beside_the_value():
    got = measure_inequality(VALUES, PEOPLE, errors=series(3.0, 1, 4))
    # difference 40, error sqrt(3² + 4²) = 5
    assert got.table.loc["difference", ["low", "high"]].tolist() == pytest.approx(
        [40 - 1.959964 * 5, 40 + 1.959964 * 5], abs=1e-4
    )
    assert got.explain().loc["difference", "interval"] == "30,2 – 49,8"
    assert "interval" not in measure_inequality(VALUES, PEOPLE).explain()
    assert "low" not in measure_inequality(VALUES, PEOPLE).table


def test_a_value_without_its_standard_error_is_refused():
    text = (
        "errors: row 18.02, column 'errors' is nan; expected the standard error of its "
        "value, from 0 up. Complete them, or leave errors out: there are then no "
        "intervals."
    )
    with refused(CellError, text):
        measure_inequality(VALUES, PEOPLE, errors=series(3.0, None, 4))


def test_without_an_order_rci_is_the_gini():
    got = measure_inequality(VALUES, PEOPLE)
    assert got["rci"] == pytest.approx(got["gini"])
    assert not got.by_order


def test_regions_of_one_rank_share_the_middle_of_their_people():
    got = measure_inequality(
        series(40.0, 60, 80), series(1, 2, 1), order=series(1, 1, 2)
    )
    assert got.regions["ridit"].tolist() == [0.375, 0.375, 0.875]


def test_where_low_is_good_the_best_is_the_lowest_and_par_is_a_decline():
    got = measure_inequality(VALUES, PEOPLE, direction="worse")
    assert got["mdbw"] == pytest.approx(15)
    assert got["mdbu"] == pytest.approx(20)
    assert got["par"] == pytest.approx(-15)
    assert got["paf"] == pytest.approx(-1500 / 55)


def test_with_an_order_par_refers_to_the_most_advantaged_and_never_to_a_decline():
    gain = measure_inequality(VALUES, PEOPLE, order=series(3, 1, 4))
    assert gain["par"] == pytest.approx(25)
    none = measure_inequality(VALUES, PEOPLE, order=series(3, 2, 1))
    assert none["par"] == none["paf"] == 0
    said = none.explain().loc["par", "sentence"]
    assert (
        said == "Bila semua wilayah seperti Lampung Selatan, rata-rata tidak berubah."
    )


def test_who_scales_are_stated_beside_the_value():
    table = measure_inequality(VALUES, PEOPLE).table
    for measure, scale in (("theil", 1000), ("mld", 1000), ("rci", 100), ("bgv", 1)):
        assert table.loc[measure, "who_scale"] == scale
        assert table.loc[measure, "who_value"] == scale * table.loc[measure, "value"]


def test_every_measure_says_what_it_means_in_both_languages():
    got = measure_inequality(
        VALUES, PEOPLE, order=series(1, 2, 3), reference="18.02", upper=100
    )
    assert set(got.table.index) == set(MEASURES)
    for language in ("id", "en"):
        told = got.explain(language)
        assert told["sentence"].str.endswith(".").all()
        assert not told["sentence"].str.contains("[{}]").any()
    told = got.explain()["sentence"]
    assert told["difference"] == "Lampung Utara (80,0) dan Lampung Selatan (40,0) " + (
        "berselisih 40,0."
    )
    assert told[
        "par"
    ] == "Bila semua wilayah seperti Lampung Utara, rata-rata naik " + ("25,0.")
    assert got.explain("en").loc["ratio", "sentence"] == (
        "Lampung Utara has 2.00 times the value of Lampung Selatan."
    )


def test_between_and_within_groups_by_hand():
    groups = series("kab", "kab", "kota")
    got = measure_inequality(VALUES, PEOPLE, groups=groups)
    # kab: 3/4 of the people, mean 140/3; kota: 80
    assert got.groups["regions"].tolist() == [2, 1]
    assert got.groups["mean"].tolist() == pytest.approx([140 / 3, 80])
    between = 0.75 * (140 / 3 - 55) ** 2 + 0.25 * 25**2
    assert got.decomposition.loc["bgv", "between"] == pytest.approx(between)
    assert got.decomposition.loc["bgv", "within"] == pytest.approx(275 - between)
    assert "75,8\u00a0% perbedaannya terletak antarkelompok" in got.summary()


def test_the_summary_names_both_ends_and_whom_it_says_nothing_about():
    values = series(40.0, 60, 80, None)
    assert measure_inequality(values, series(200, 100, 100, 5)).summary() == (
        "Selisihnya 40,0: dari 40,0 (Lampung Selatan) sampai 80,0 (Lampung Utara), 3 "
        "wilayah. Wilayah biasanya berjarak 16,6 dari rata-rata 55,0. Tidak dinilai "
        "(1): Lampung Barat."
    )
    got = measure_inequality(values, series(200, 100, 100, 5))
    assert "koefisien variasi 30,2\u00a0%, Gini 0,159" in got.method()
    assert got.said("id", unit="%", digits=1)[0].startswith(
        "Selisihnya 40,0\u00a0poin: dari 40,0\u00a0% (Lampung Selatan) sampai "
        "80,0\u00a0%"
    )


def test_a_missing_value_is_left_out_and_is_not_zero():
    values = series(40.0, 60, 80, None, 10, 10)
    people = series(200, 100, 100, 300, None, 0)
    got = measure_inequality(values, people)
    assert got.left_out == ("18.04", "18.05", "18.06")
    assert got["bgv"] == pytest.approx(275)
    assert got["difference"] == 40
    assert got.regions["value"].isna().tolist() == [False] * 3 + [True] + [False] * 2


def test_the_row_of_the_province_is_set_apart():
    codes = ["18", *CODES]
    got = measure_inequality(
        series(55.0, 40, 60, 80, codes=codes), series(400, 200, 100, 100, codes=codes)
    )
    assert got["bgv"] == pytest.approx(275)
    assert "18" not in got.regions.index


@pytest.mark.parametrize(
    ("values", "gone", "reason"),
    [
        ((0.0, 5.0, 10.0), {"ratio", "mld"}, "ada wilayah bernilai 0"),
        (
            (-1.0, 5.0, 10.0),
            {"ratio", "mld", "theil", "gini"},
            "ada nilai di bawah 0",
        ),
    ],
)
def test_a_measure_that_does_not_exist_is_missing_with_its_reason(values, gone, reason):
    got = measure_inequality(series(*values), series(1, 1, 1), order=series(3, 2, 1))
    table = got.table
    assert gone <= set(table.index[table["value"].isna()])
    for measure in gone:
        said = got.explain().loc[measure, "sentence"]
        assert said == f"Tidak dapat dihitung: {reason}."


def test_all_zeros_have_no_relative_measures_and_no_curve():
    got = measure_inequality(series(0.0, 0.0), series(1, 1), upper=100)
    assert got["difference"] == got["bgv"] == 0
    relative = got.table[got.table["kind"] == "relative"]
    assert relative["value"].isna().all()
    assert (relative["reason"] != "").all()
    text = (
        "there is no Lorenz curve: a value is negative or all are 0; it needs shares "
        "of a total."
    )
    with pytest.raises(IndicatorError, match=f"^{re.escape(text)}$"):
        got.picture()


def test_the_lorenz_curve_adds_up_shares_from_the_lowest():
    curves = measure_inequality(VALUES, PEOPLE, order=series(3, 2, 1)).curves
    lorenz = curves[curves["curve"] == "lorenz"]
    assert lorenz["population_share"].tolist() == [0, 0.5, 0.75, 1]
    assert lorenz["value_share"].tolist() == pytest.approx([0, 20 / 55, 35 / 55, 1])
    assert lorenz["region_code"].tolist() == ["", "18.01", "18.02", "18.03"]
    by_rank = curves[curves["curve"] == "concentration"]
    assert by_rank["value_share"].tolist() == pytest.approx([0, 20 / 55, 35 / 55, 1])


def test_the_picture_has_the_line_of_equality_and_both_curves():
    figure = measure_inequality(VALUES, PEOPLE, order=series(3, 2, 1)).picture("en")
    (axes,) = figure.axes
    assert [line.get_label() for line in axes.lines] == [
        "even",
        "Lorenz curve (by value)",
        "concentration curve (most disadvantaged first)",
    ]
    assert axes.get_title(loc="left") == "Who has how much (Gini 0.159)"


def test_the_page_of_a_notebook_shows_summary_and_sentences():
    page = measure_inequality(VALUES, PEOPLE)._repr_html_()
    assert page.startswith("<p>Selisihnya 40,0")
    assert "Indeks Theil" in page


def refused(error, text):
    return pytest.raises(error, match=f"^{re.escape(text)}$")


def test_what_cannot_be_measured_is_refused():
    text = (
        "a measure of inequality needs at least 2 regions with all their numbers; "
        "there is 1."
    )
    with refused(EmptyDataError, text):
        measure_inequality(series(40.0, None), series(1, 1))
    with refused(IndicatorError, "direction is 'up'; expected 'better' or 'worse'."):
        measure_inequality(VALUES, PEOPLE, direction="up")
    text = (
        "values: row 18.02, column 'values' is 101.0; expected a number from 0 to 100, "
        "the largest possible. Correct it, or leave upper out."
    )
    with refused(CellError, text):
        measure_inequality(series(40.0, 101.0), series(1, 1), upper=100)
    text = (
        "population: row 18.02, column 'population' is -1.0; expected a number from 0 "
        "up. Leave it empty if it is not known."
    )
    with refused(CellError, text):
        measure_inequality(series(40.0, 50.0), series(1, -1))
    twice = pd.Series(["a", "b"], index=["18.01", "18.01"])
    with refused(
        IndicatorError, "group: region ['18.01'] stands more than once; keep one."
    ):
        measure_inequality(VALUES, PEOPLE, groups=twice)


ABSOLUTE = [m.key for m in MEASURES.values() if m.kind == "absolute"]
RELATIVE = [m.key for m in MEASURES.values() if m.kind == "relative"]
rows = st.lists(
    st.tuples(st.integers(1, 1000), st.integers(1, 1000), st.integers(0, 4)),
    min_size=2,
    max_size=15,
)


def frame(table):
    codes = [f"18.{i:02d}" for i in range(1, len(table) + 1)]
    return pd.DataFrame(table, columns=["y", "p", "g"], index=codes).astype(float)


@given(rows, st.randoms(), st.integers(-6, 6), st.sampled_from(["better", "worse"]))
def test_inequality_laws(table, random, power, direction):
    data = frame(table)

    def measure(these, factor=1.0):
        return measure_inequality(
            these["y"] * factor, these["p"], order=these["g"], direction=direction
        ).table["value"]

    found = measure(data)
    other = measure(data.loc[random.sample(list(data.index), len(data))])
    np.testing.assert_allclose(other, found, atol=1e-9)  # order is nothing
    unit = measure(data, 2.0**power)  # the unit is nothing to a relative measure
    relative = [m for m in RELATIVE if m in found.index]
    np.testing.assert_allclose(unit[relative], found[relative], atol=1e-12)
    absolute = [m for m in ABSOLUTE if m in found.index and m != "bgv"]
    np.testing.assert_allclose(unit[absolute], found[absolute] * 2.0**power)
    assert 0 <= found["gini"] + 1e-12 < 1
    assert found["theil"] >= -1e-12
    assert found["mld"] >= -1e-12
    assert found["mdmw"] <= found["bgsd"] + 1e-9
    assert -1 <= found["rci"] <= 1
    assert abs(found["rci"]) <= found["gini"] + 1e-12  # no ranking is steeper


@given(st.integers(1, 1000), st.lists(st.integers(1, 1000), min_size=2, max_size=9))
def test_equals_have_no_inequality(value, people):
    data = frame([(value, p, i) for i, p in enumerate(people)])
    got = measure_inequality(data["y"], data["p"], order=data["g"], upper=1000)
    table = got.table.dropna(subset=["value"])
    np.testing.assert_allclose(table["value"], table["no_inequality"], atol=1e-9)
    assert got["difference"] == got["par"] == 0


@given(rows)
def test_between_and_within_add_up_to_the_whole(table):
    data = frame(table)
    assume(data["g"].nunique() > 1)
    got = measure_inequality(data["y"], data["p"], groups=data["g"].astype(str))
    parts = got.decomposition
    assert list(parts.index) == ["bgv", "theil", "mld"]
    for measure in parts.index:
        assert parts.loc[measure, "total"] == pytest.approx(got[measure], abs=1e-9)
    assert (parts[["between", "within"]] >= -1e-12).all(axis=None)
