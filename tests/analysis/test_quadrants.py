"""Two lines, four kinds, and each region can see why it is where it is."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.analysis.quadrants import KINDS, classify_quadrants
from kkbpk_geo.base.errors import CellError, EmptyDataError, IndicatorError

# Need: unmet need (lower is better). Service: reporting rate (higher is better).
FRAME = pd.DataFrame(
    {
        "unmet_need": [12.0, 12.0, 6.0, 6.0, np.nan],
        "reporting_rate:bkb": [70.0, 95.0, 70.0, 95.0, 95.0],
    },
    index=["18.01", "18.02", "18.03", "18.04", "18.05"],
)


def sorted_at(need_at, service_at, frame=FRAME, **choices):
    chosen = {"need": "unmet_need", "service": "reporting_rate:bkb", **choices}
    return classify_quadrants(frame, need_at=need_at, service_at=service_at, **chosen)


def test_need_and_service_make_four_kinds_and_missing_is_none_of_them():
    got = sorted_at(9, 90).table
    assert got["kind"].tolist() == ["build", "activate", "prepare", "keep", ""]
    assert got["status"].tolist() == ["ok"] * 4 + ["missing"]
    assert got["need_gap"].tolist()[:4] == [3, 3, -3, -3]
    assert got["service_gap"].tolist()[:4] == [20, -5, 20, -5]


def test_a_value_at_the_line_is_on_its_good_side():
    got = sorted_at(12, 95).table
    assert got["kind"].tolist() == ["prepare", "keep", "prepare", "keep", ""]


def test_the_line_may_be_the_median_region():
    got = sorted_at("median", "median")
    assert (got.need.value, got.service.value) == (9, 95)
    assert got.need.words() == "9,0\u00a0% (median wilayah)"


def test_the_line_may_be_the_provinces_value_and_the_province_is_not_sorted():
    province = pd.DataFrame(
        {"unmet_need": 11.0, "reporting_rate:bkb": 80.0}, index=["18"]
    )
    got = sorted_at("province", "province", pd.concat([FRAME, province]))
    assert (got.need.value, got.service.value) == (11, 80)
    assert list(got.table.index) == list(FRAME.index)


def test_the_line_may_be_the_standard_of_the_catalogue_with_its_document():
    got = sorted_at("standard", 90)
    assert got.need.basis == "standard"
    assert got.need.document
    assert got.need.document in got.need.words()
    assert got.need.document not in got.need.words(whole=False)


def test_a_column_nobody_knows_is_more_need_when_higher_and_more_service_too():
    frame = pd.DataFrame({"p": [1, 9], "s": [1, 9]}, index=["x", "y"])
    got = classify_quadrants(frame, need="p", service="s", need_at=5, service_at=5)
    assert got.table["kind"].tolist() == ["prepare", "activate"]
    turned = classify_quadrants(
        frame, need="p", service="s", need_at=5, service_at=5,
        directions={"p": "better", "s": "worse"},
    )  # fmt: skip
    assert turned.table["kind"].tolist() == ["activate", "prepare"]


def test_a_region_near_a_line_is_marked():
    frame = pd.DataFrame({"p": [0, 49, 100], "s": [0, 90, 100]}, index=list("xyz"))
    got = classify_quadrants(frame, need="p", service="s", need_at=50, service_at=50)
    assert got.table["near_line"].tolist() == [False, True, False]


def test_it_says_by_which_two_comparisons():
    got = sorted_at(9, 90)
    assert got.explain("18.01") == (
        "Lampung Selatan: Bangun layanan (kebutuhan tinggi, layanan kurang: tambah "
        "kelompok, tenaga dan sarana lebih dahulu di sini). Kebutuhan ber-KB tak "
        "terpenuhi (unmet need) 12,0\u00a0% di atas 9,0\u00a0% (ditetapkan pengguna); "
        "Cakupan laporan BKB 70,0\u00a0% di bawah 90,0\u00a0% (ditetapkan pengguna)."
    )
    assert "12.0% is above 9.0% (set by the user)" in got.explain("18.01", "en")
    assert "tepat pada" in sorted_at(12, 90).explain("18.01")
    assert got.explain("18.05") == (
        "Tulang Bawang: tidak digolongkan, datanya tidak lengkap"
    )
    with pytest.raises(IndicatorError) as caught:
        got.explain("18.99")
    assert str(caught.value) == "no region '18.99' was classified."


def test_the_summary_answers_first_and_lists_every_region_once():
    # 95 is a twentieth of the range of 70 to 100 above no line: nobody is near one.
    text = sorted_at(9, 90).summary()
    assert text == (
        "Kebutuhan tinggi dan layanan kurang di 1 dari 4 wilayah: Lampung Selatan. "
        "Gerakkan layanan (1): Lampung Tengah. Siapkan layanan (1): Lampung Utara. "
        "Pertahankan (1): Lampung Barat. Kebutuhan: Kebutuhan ber-KB tak terpenuhi "
        "(unmet need), makin tinggi makin perlu perhatian, garis 9,0\u00a0% "
        "(ditetapkan pengguna). Layanan: Cakupan laporan BKB, makin tinggi makin baik, "
        "garis 90,0\u00a0% (ditetapkan pengguna). Tidak dinilai (1): Tulang Bawang."
    )
    english = sorted_at(9, 90).summary("en")
    assert english.startswith("Need is high and service short in 1 of 4 regions: ")


def test_that_nobody_is_both_in_need_and_short_of_service_is_said():
    said = sorted_at(13, 60).said()
    assert said[0] == (
        "Tidak ada wilayah dengan kebutuhan tinggi sekaligus layanan kurang (4 "
        "dinilai)."
    )


def test_who_is_near_a_line_is_said_and_the_method_says_how_near():
    frame = pd.DataFrame({"p": [0, 49, 100], "s": [0, 90, 100]}, index=list("xyz"))
    got = classify_quadrants(frame, need="p", service="s", need_at=50, service_at=50)
    assert "memindahkannya (1): y." in got.summary()
    assert "kurang dari 5\u00a0% rentang nilai" in got.method()


def test_the_map_gets_one_number_per_kind_most_urgent_first():
    wide = sorted_at(9, 90).wide
    assert wide["quadrant"].tolist()[:4] == [1, 2, 3, 4]
    assert pd.isna(wide.loc["18.05", "quadrant"])


def test_the_picture_has_both_lines_and_a_name_for_every_region():
    axes = sorted_at(9, 90).picture().axes[0]
    assert len(axes.lines) == 2
    assert {t.get_text() for t in axes.texts} == {
        "Lampung Selatan", "Lampung Tengah", "Lampung Utara", "Lampung Barat",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        (
            {"service": "unmet_need"},
            "need and service are both 'unmet_need'; expected two different columns.",
        ),
        (
            {"need": "need"},
            "frame has no column 'need'; it has ['unmet_need', 'reporting_rate:bkb'].",
        ),
        (
            {"need_at": "province"},
            "the line of 'unmet_need' is to be the province's value, but the frame has "
            "no row of the province with one. Add it, or give a number.",
        ),
        (
            {"need_at": "mean"},
            "the line of 'unmet_need' is 'mean'; expected a number, 'median', "
            "'province' or 'standard'.",
        ),
        (
            {"need_at": float("nan")},
            "the line of 'unmet_need' is nan; expected a number, 'median', 'province' "
            "or 'standard'.",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(choices, message):
    chosen = {"need": "unmet_need", "service": "reporting_rate:bkb", **choices}
    with pytest.raises(IndicatorError) as caught:
        classify_quadrants(FRAME, **chosen)
    assert str(caught.value) == message


def test_a_standard_that_is_not_on_the_columns_scale_is_refused():
    frame = pd.DataFrame({"p": [1.0], "s": [1.0]}, index=["x"])
    with pytest.raises(IndicatorError) as caught:
        classify_quadrants(frame, need="p", service="s", need_at="standard")
    assert str(caught.value) == (
        "the catalogue has no standard on the scale of 'p'; give a number."
    )


def test_nothing_to_classify_and_text_for_numbers_are_errors():
    empty = FRAME.iloc[4:]
    with pytest.raises(EmptyDataError) as caught:
        sorted_at(9, 90, empty)
    assert str(caught.value) == (
        "no region has both 'unmet_need' and 'reporting_rate:bkb'; nothing can be "
        "classified."
    )
    with pytest.raises(CellError):
        sorted_at(9, 90, FRAME.assign(unmet_need="tujuh"))


values = st.none() | st.integers(0, 9)


@given(st.lists(st.tuples(values, values), min_size=1, max_size=10), st.randoms())
def test_every_complete_region_has_one_kind_whatever_the_order(rows, random):
    frame = pd.DataFrame(rows, columns=["p", "s"], dtype=float)
    complete = frame.notna().all(axis=1)
    if not complete.any():
        return
    kinds = classify_quadrants(frame, need="p", service="s").table["kind"]
    assert (kinds[complete].isin(KINDS.values())).all()
    assert (kinds[~complete] == "").all()
    order = random.sample(range(len(frame)), len(frame))
    moved = classify_quadrants(frame.iloc[order], need="p", service="s").table["kind"]
    pd.testing.assert_series_equal(moved.sort_index(), kinds)
