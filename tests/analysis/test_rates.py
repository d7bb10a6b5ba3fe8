"""Smoothed rates: by hand, as published, and between the raw rate and the mean."""

import math
import re
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.analysis.rates import smooth_rates
from kkbpk_geo.base.errors import CellError, EmptyDataError, IndicatorError, JoinError

CODES = ["18.01", "18.02", "18.03"]
ROW = {"18.01": ("18.02",), "18.02": ("18.01", "18.03"), "18.03": ("18.02",)}


def series(*values, codes=CODES):
    return pd.Series(values, index=pd.Index(codes[: len(values)], name="region_code"))


def test_a_rate_is_drawn_to_the_mean_by_the_share_that_chance_explains():
    # b = 50/200 = .25; s2 = .0225; a = .0225 - .25/100 = .02; w = .02/.0225 = 8/9
    got = smooth_rates(series(10, 40), series(100, 100))
    assert got.mean == 0.25
    assert got.variance == pytest.approx(0.02)
    assert got.table["weight"].tolist() == pytest.approx([8 / 9, 8 / 9])
    expected = [8 / 9 * 0.1 + 0.25 / 9, 8 / 9 * 0.4 + 0.25 / 9]
    assert got.table["smoothed"].tolist() == pytest.approx(expected)


def test_a_part_of_a_whole_is_smoothed_as_martuzzi_and_elliott_do():
    # b = 8/20 = .4; b(1-b) = .24; s2 = .04; a = (10·.04 - .24)/9 = .16/9;
    # w = a/(a + (.24 - a)/10) = .16/(.16 + (2.16 - .16)/10) = 4/9
    got = smooth_rates(series(2, 6), series(10, 10), binomial=True)
    assert got.variance == pytest.approx(0.16 / 9)
    assert got.table["weight"].tolist() == pytest.approx([4 / 9, 4 / 9])
    assert got.table["smoothed"].tolist() == pytest.approx([2.8 / 9, 4.4 / 9])


def test_of_a_part_of_a_whole_the_small_region_keeps_less_of_its_share():
    # b = .5; s2 = (10·.09 + 30·.01)/40 = .03; mean 20; a = (.6 - .25)/19 = .35/19;
    # w of n people is then .35/(.35 + (4.75 - .35)/n)
    got = smooth_rates(series(2, 18), series(10, 30), binomial=True)
    expected = [0.35 / (0.35 + 4.4 / 10), 0.35 / (0.35 + 4.4 / 30)]
    assert got.table["weight"].tolist() == pytest.approx(expected)


def test_of_shares_more_alike_than_chance_all_is_chance():
    got = smooth_rates(series(4, 5, 6), series(10, 10, 10), binomial=True)
    assert got.variance == 0
    assert got.table["smoothed"].tolist() == pytest.approx([0.5] * 3)


def test_a_region_of_one_person_says_nothing_about_its_share():
    got = smooth_rates(series(0, 1), series(1, 1), binomial=True)
    assert got.table["smoothed"].tolist() == pytest.approx([0.5, 0.5])


def test_the_neighbourhood_of_a_part_of_a_whole_is_smoothed_the_same_way():
    # West sees itself and the middle: the two regions of ten worked out above.
    got = smooth_rates(
        series(2, 6, 6), series(10, 10, 10), neighbours=ROW, binomial=True
    )
    assert got.table.loc["18.01", "smoothed"] == pytest.approx(2.8 / 9)


def test_the_small_denominator_moves_most():
    got = smooth_rates(series(2, 100, 300), series(4, 1000, 1000), per=100)
    change = (got.table["smoothed"] - got.table["rate"]).abs()
    assert change.idxmax() == "18.01"
    assert "Paling berubah: Lampung Selatan, dari 50,0 menjadi" in got.summary()


def test_differences_that_chance_explains_vanish():
    got = smooth_rates(series(1, 2, 3), series(1000, 1000, 1000), per=1000)
    assert got.variance == 0
    assert got.table["smoothed"].tolist() == pytest.approx([2, 2, 2])
    assert "Beda antarwilayah tidak lebih besar daripada kebetulan" in got.summary()


def test_a_high_rate_warns_that_the_rare_event_formula_smooths_too_much():
    events, people = series(60, 70, 80), series(100, 100, 100)
    assert "ragam binomial" in smooth_rates(events, people).summary()
    assert "ragam binomial" not in smooth_rates(events, people, binomial=True).summary()


def test_the_spatial_variant_draws_to_the_neighbourhood_by_hand():
    got = smooth_rates(series(10, 40, 70), series(100, 100, 100), neighbours=ROW)
    centre = got.table["centre"].tolist()
    assert centre == pytest.approx([50 / 200, 120 / 300, 110 / 200])
    # west: s2 = .0225, a = .0225 - .25/100, w = a/(a + .0025)
    assert got.table.loc["18.01", "weight"] == pytest.approx(8 / 9)
    assert math.isnan(got.variance)


def test_an_island_keeps_its_rate_and_says_so():
    near = {**ROW, "18.03": (), "18.02": ("18.01",)}
    got = smooth_rates(series(10, 40, 1), series(100, 100, 3), neighbours=near)
    island = got.table.loc["18.03"]
    assert island["status"] == "island"
    assert island["smoothed"] == island["rate"] == pytest.approx(1 / 3)


def test_missing_stays_missing_and_no_population_is_no_rate():
    codes = ["18.01", "18.02", "18.03", "18.04", "18.05"]
    got = smooth_rates(
        series(10, 40, None, 5, 5, codes=codes),
        series(100, 100, 100, 0, None, codes=codes),
    )
    assert got.table["status"].tolist() == [
        "ok", "ok", "missing", "no_population", "missing",
    ]  # fmt: skip
    assert got.table["smoothed"].notna().tolist() == [True, True, False, False, False]
    assert got.mean == 0.25
    assert got.summary().endswith(
        "Tidak dinilai (3): Lampung Utara, Lampung Barat, Tulang Bawang."
    )


def test_the_row_of_the_province_is_set_apart():
    got = smooth_rates(
        series(50, 10, 40, codes=["18", *CODES]),
        series(200, 100, 100, codes=["18", *CODES]),
    )
    assert list(got.table.index) == ["18.01", "18.02"]
    assert got.mean == 0.25


def test_no_events_at_all_are_rates_of_zero():
    got = smooth_rates(series(0, 0), series(10, 20))
    assert got.table["smoothed"].tolist() == [0, 0]


def refused(error, text):
    return pytest.raises(error, match=f"^{re.escape(text)}$")


def test_what_cannot_be_smoothed_is_refused():
    two = series(1, 2)
    text = (
        "a comparison of rates needs at least 2 regions with all their numbers; there "
        "is 1."
    )
    with refused(EmptyDataError, text):
        smooth_rates(series(1, None), series(10, 10))
    text = (
        "events: row 18.02, column 'events' is -2.0; expected a number from 0 up. "
        "Leave it empty if it is not known."
    )
    with refused(CellError, text):
        smooth_rates(series(1, -2), series(10, 10))
    with refused(
        IndicatorError, "per is 0; expected a number above 0, such as 100 or 1000."
    ):
        smooth_rates(two, series(10, 10), per=0)
    text = (
        "events: row 18.02, column 'events' is 20.0; expected at most the population "
        "of the region. Leave binomial out where events are no part of the population."
    )
    with refused(CellError, text):
        smooth_rates(series(1, 20), series(10, 10), binomial=True)
    with pytest.raises(JoinError, match="neighbours has no entry"):
        smooth_rates(two, series(10, 10), neighbours={"18.01": ()})


def test_the_caller_s_series_are_not_touched():
    events, people = series(10, 40), series(100, 100)
    smooth_rates(events, people)
    assert events.tolist() == [10, 40]
    assert people.name is None


def test_the_page_of_a_notebook_shows_summary_and_table():
    page = smooth_rates(series(10, 40), series(100, 100))._repr_html_()
    assert page.startswith("<p>Angka keseluruhan 0,250")
    assert "<table" in page


counts = st.tuples(st.integers(0, 50), st.integers(1, 10_000))


@given(st.lists(counts, min_size=2, max_size=12), st.booleans(), st.randoms())
def test_smoothing_laws(rows, spatial, random):
    codes = [f"18.{i:02d}" for i in range(len(rows))]
    events = pd.Series([float(e) for e, _ in rows], index=codes)
    people = pd.Series([float(p) for _, p in rows], index=codes)
    near = {c: tuple(codes[max(i - 1, 0) : i]) for i, c in enumerate(codes)}
    given_ = {"neighbours": near} if spatial else {}
    got = smooth_rates(events, people, **given_).table
    low = got[["rate", "centre"]].min(axis=1)
    high = got[["rate", "centre"]].max(axis=1)
    assert (got["smoothed"] >= low - 1e-9).all()  # between the raw rate and the mean
    assert (got["smoothed"] <= high + 1e-9).all()
    assert got["weight"].between(0, 1).all()
    order = random.sample(codes, len(codes))
    other = smooth_rates(events[order], people, **given_).table
    np.testing.assert_allclose(other.loc[codes, "smoothed"], got["smoothed"])


@pytest.fixture(scope="module")
def sids():
    found = find_spec("libpysal")
    if found is None or not found.submodule_search_locations:
        pytest.skip("libpysal is not installed (extra 'analysis'): no oracle data")
    path = Path(found.submodule_search_locations[0]) / "examples/sids2/sids2.shp"
    if not path.exists():
        pytest.skip("this libpysal does not carry examples/sids2: no oracle data")
    import geopandas as gpd

    frame = gpd.read_file(path)
    return frame.set_index(frame["FIPS"].astype(str))


def test_sudden_infant_deaths_of_north_carolina_are_smoothed_as_published(sids):
    got = smooth_rates(sids["SID74"], sids["BIR74"]).table["smoothed"]
    published = [0.0016973, 0.0017054, 0.0017731, 0.0020129, 0.0035349]
    assert got.head(5).tolist() == pytest.approx(published, abs=5e-8)


def test_the_spatial_variant_agrees_with_esda(sids):
    smoothing = pytest.importorskip("esda.smoothing", reason="esda is absent")
    from libpysal.weights import W

    touching = sids.sindex.query(sids.geometry, predicate="touches")
    codes = list(sids.index)
    near = {code: [] for code in codes}
    for i, j in zip(*touching, strict=True):
        near[codes[i]].append(codes[j])
    w = W(near, id_order=codes, silence_warnings=True)
    events, births = sids["SID74"].to_numpy(float), sids["BIR74"].to_numpy(float)
    expected = smoothing.Spatial_Empirical_Bayes(events, births, w).r.ravel()
    got = smooth_rates(sids["SID74"], sids["BIR74"], neighbours=near)
    np.testing.assert_allclose(got.table["smoothed"], expected)
