"""The first screen in words: who needs what, how sure, what is missing."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.maps.content.options import MapOptions
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.first.data import first_data
from kkbpk_geo.maps.first.screen import first_screen, joined, order_line, order_texts

NAMES = ["Mesuji", "Pesisir Barat", "Way Kanan", "Tulang Bawang", "Metro"]


def squares(n):
    """Some squares in a row."""
    import geopandas as gpd
    from shapely.geometry import box

    names = [*NAMES, *(f"Wilayah {i}" for i in range(n))][:n]
    frame = gpd.GeoDataFrame(
        {"name": names, "kind": "Kabupaten", "parent_code": "18"},
        geometry=[box(105 + i / 10, -5, 105.1 + i / 10, -4.9) for i in range(n)],
        index=pd.Index([f"18.{i + 1:02}" for i in range(n)], name="region_code"),
        crs="EPSG:4326",
    )
    frame.attrs.update(province_code="18", province_name="Lampung")
    return frame


def scored(scores, services, spread=0):
    """Gap scores: a score per region, and of each service (there, needed) per region.

    Ranks may move by ``spread`` to either side. Parts fall with the order of services.
    """
    codes = [f"18.{i + 1:02}" for i in range(len(scores))]
    rows, parts = [], {}
    for at, (service, cells) in enumerate(services.items()):
        parts[service] = [0.5 - at / 10] * len(codes)
        for code, cell in zip(codes, cells, strict=True):
            there, need = cell or (None, None)
            gap = None if cell is None else max(0, need - there)
            status = "missing" if cell is None else "ok"
            rows.append((code, service, need, there, gap, 0, status, "buah"))
    columns = ["region_code", "service", "need", "supply", "gap", "surplus"]
    score = pd.Series(scores, codes, dtype=float)
    rank = score.rank(ascending=False, method="min")
    n = int(score.notna().sum())
    return SimpleNamespace(
        table=pd.DataFrame(rows, columns=[*columns, "status", "unit"]),
        scores=pd.DataFrame(
            {
                "score": score,
                "rank": rank,
                "rank_low": np.maximum(rank - spread, 1),
                "rank_high": np.minimum(rank + spread, n),
            }
        ),
        parts=pd.DataFrame(parts, index=codes),
    )


def described(gaps, **options):
    n = len(gaps.scores)
    table = pd.DataFrame({"air": range(n)}, index=gaps.scores.index)
    return describe_map(squares(n), table, gaps=gaps, options=MapOptions(**options))


def screen(gaps, **options):
    return first_screen(described(gaps, **options))


FIVE = [0.9, 0.8, 0.7, 0.6, 0.5]
KAMPUNG = {"kampung_kb": [(38, 105), (54, 118), (91, 227), (9, 10), (4, 5)]}
OFFICERS = {"officers": [(25, 53), (26, 59), (60, 114), (1, 2), (2, 2)]}


def test_the_message_names_three_and_adds_up_what_they_lack():
    made = screen(scored(FIVE, KAMPUNG | OFFICERS))
    # 67 + 64 + 136 = 267; 28 + 33 + 54 = 115.
    assert made.message == {
        "id": "Mesuji, Pesisir Barat, dan Way Kanan perlu didahulukan: bersama-sama "
        "kurang 267 Kampung KB dan 115 PKB/PLKB.",
        "en": "Mesuji, Pesisir Barat, and Way Kanan should come first: together they "
        "lack 267 Kampung KB and 115 field officers.",
    }


def test_three_rows_have_their_orders_and_two_a_line():
    rows = screen(scored(FIVE, KAMPUNG | OFFICERS)).rows
    assert [row.is_full for row in rows] == [True, True, True, False, False]
    assert order_texts(rows[0], "id") == [
        ["67", "Kampung KB dicanangkan", "baru 38 dari 105 desa"],
        ["28", "PKB/PLKB ditempatkan", "baru 25 dari 53"],
    ]
    assert order_texts(rows[0], "en") == [
        ["67", "Kampung KB to be launched", "38 of 105 villages so far"],
        ["28", "field officers to be assigned", "25 of 53 so far"],
    ]
    assert order_line(rows[3], "en") == "1 Kampung KB · 1 field officer"
    assert order_line(rows[4], "id") == "1 Kampung KB"


def test_a_row_says_its_share_and_how_sure_its_rank_is():
    sure = screen(scored(FIVE, KAMPUNG)).rows
    assert sure[0].note["id"] == "90,0\u00a0% belum terpenuhi · pasti ke-1"
    unsure = screen(scored(FIVE, KAMPUNG, spread=1)).rows
    assert unsure[4].note["id"] == "50,0\u00a0% belum terpenuhi · antara ke-4 dan ke-5"
    assert unsure[4].note["en"] == "50.0\u00a0% not met · between no. 4 and no. 5"


def test_the_second_line_says_how_sure_the_first_three_are():
    assert screen(scored(FIVE, KAMPUNG)).sure["id"] == (
        "Urutan tiap wilayah itu sama pada sedikitnya 90\u00a0% uji bobot."
    )
    moving = scored(FIVE, KAMPUNG, spread=1)
    assert screen(moving).sure["id"] == (
        "Belum pasti menurut uji bobot: Way Kanan antara ke-2 dan ke-4."
    )
    moving.scores.loc["18.03", "rank_high"] = 3
    assert screen(moving).sure["id"].startswith("Masing-masing tetap di 3 teratas")


def test_no_two_orders_count_the_same_couples():
    services = {
        "unmet_need": [(20, 50)] * 5,
        "contraceptive_use": [(40, 65)] * 5,
        "modern_use": [(40, 63)] * 5,
        "kampung_kb": [(1, 5)] * 5,
    }
    row = screen(scored(FIVE, services)).rows[0]
    assert [order.service.key for order in row.orders] == ["unmet_need", "kampung_kb"]
    assert order_texts(row, "id")[0] == [
        "30", "layanan bagi PUS unmet need dipenuhi", "kini 50, paling banyak 20",
    ]  # fmt: skip


def test_the_message_adds_up_no_couples_twice_where_districts_differ_in_their_first():
    services = {
        "unmet_need": [(20, 50)] * 5,
        "modern_use": [(40, 63)] * 5,
        "kampung_kb": [(1, 5)] * 5,
    }
    gaps = scored(FIVE, services)
    # In one of the three the method counts most; in two the unmet need.
    gaps.parts.loc["18.02", "modern_use"] = 0.9
    assert (
        screen(gaps)
        .message["id"]
        .endswith("kurang 12 Kampung KB dan 90 layanan bagi PUS unmet need.")
    )


def test_a_row_has_at_most_three_orders_and_none_without_a_gap():
    services = {key: [(0, 1)] * 5 for key in ("a", "b", "c", "d")}
    services["nol"] = [(1, 1)] * 5
    rows = screen(scored(FIVE, services)).rows
    assert [order.service.key for order in rows[0].orders] == ["a", "b", "c"]


def test_a_service_of_ones_own_is_told_by_its_unit():
    row = screen(scored(FIVE, {"sumur": [(3, 4)] * 5})).rows[0]
    assert order_texts(row, "id") == [["1", "buah ditambah", "baru 3 dari 4"]]


def test_what_is_unknown_is_no_zero_in_the_sum():
    cells = [(38, 105), None, (91, 227), (9, 10), (4, 5)]
    made = screen(scored(FIVE, {"kampung_kb": cells}))
    # 67 + 136, and what Pesisir Barat lacks besides.
    assert "kurang sedikitnya 203 Kampung KB." in made.message["id"]
    assert made.lacking[0]["id"] == "Belum ada angka: Kampung KB Pesisir Barat."
    assert order_line(made.rows[1], "id") == "kekurangannya belum terhitung"


@pytest.mark.parametrize("state", ["few_persons", "suppressed"])
def test_a_hidden_count_is_not_told_as_one_that_did_not_come(state):
    services = {"modern_use": [(40, 63), None, *[(40, 63)] * 3]}
    gaps = scored(FIVE, KAMPUNG | services)
    gaps.table.loc[gaps.table["status"] == "missing", "status"] = state
    made = screen(gaps)
    assert made.lacking == ()
    assert made.sure["id"].endswith(
        "bobot. Tidak ikut dinilai karena jumlah kecil disembunyikan: peserta KB "
        "modern Pesisir Barat."
    )
    assert made.sure["en"].endswith("hidden: users of modern methods Pesisir Barat.")


def test_a_table_that_did_not_come_is_named_once_and_by_its_group():
    cells = [None, (1, 2), (1, 2), (1, 2), (1, 2)]
    services = {"village_group:pik_r": cells, "reporting:pik_r": cells}
    made = screen(scored(FIVE, services))
    assert made.lacking[0]["en"] == "No numbers yet: PIK-R Mesuji."


def test_a_caller_says_what_has_not_come_in():
    said = {"id": "Satu laporan belum masuk.", "en": "One report has not come in."}
    assert screen(scored(FIVE, KAMPUNG), lacking=[said]).lacking == (said,)


def test_one_sentence_that_is_no_list_is_refused():
    with pytest.raises(MapError, match="expected sentences in a list"):
        MapOptions(lacking="Satu laporan belum masuk.")


def test_a_region_without_a_score_is_named_and_not_ranked():
    cells = [(38, 105), None, (91, 227), (9, 10), (4, 5)]
    gaps = scored([0.9, np.nan, 0.7, 0.6, 0.5], {"kampung_kb": cells})
    made = screen(gaps)
    assert "Belum dapat dinilai karena data kurang: Pesisir Barat." in made.sure["id"]
    assert [row.at for row in made.rows] == [0, 2, 3, 4]
    assert made.lacking == (), "it was named already"
    assert made.message["id"].startswith("Mesuji, Way Kanan, dan Tulang Bawang perlu")


@pytest.mark.parametrize(
    ("scores", "begins"),
    [
        ([0.9, 0.0, 0.0], "Mesuji perlu didahulukan: kurang 67 Kampung KB."),
        ([0.9, 0.8, 0.0], "Mesuji dan Pesisir Barat perlu didahulukan: bersama-sama"),
        ([0.0, 0.0, 0.0], "Tidak ada kebutuhan yang terukur: semua yang dinilai, 3"),
        ([0.9], "Mesuji kurang 67 Kampung KB."),
        ([0.5] * 3, "Mesuji, Pesisir Barat, dan Way Kanan perlu didahulukan:"),
        # Four share the third place: five names still fit.
        ([0.9, 0.8, 0.5, 0.5, 0.5], "Mesuji, Pesisir Barat, Way Kanan, Tulang Bawang,"),
        # With a sixth they do not: those before are named.
        ([0.9, 0.8, 0.5, 0.5, 0.5, 0.5], "Mesuji dan Pesisir Barat perlu didahulukan"),
        ([0.5] * 6, "Kebutuhan 6 kabupaten sama besar, belum ada yang dapat didahul"),
    ],
)
def test_few_none_one_and_equal_needs_have_their_own_sentence(scores, begins):
    cells = [*KAMPUNG["kampung_kb"], (0, 1)][: len(scores)]
    services = {"kampung_kb": [c if s else (1, 1) for c, s in zip(cells, scores)]}  # noqa: B905
    assert screen(scored(scores, services)).message["id"].startswith(begins)


def test_without_any_need_there_is_no_list_but_the_table():
    made = screen(scored([0.0] * 3, {"kampung_kb": [(1, 1)] * 3}))
    assert made.rows == ()
    assert made.more["id"] == "Tabel lengkap"


def test_equal_regions_say_that_they_share_a_place():
    made = screen(scored([0.9, 0.5, 0.5], {"kampung_kb": [(1, 2)] * 3}))
    assert [row.rank for row in made.rows] == [1, 2, 2]
    assert made.rows[1].note["id"].endswith("ke-2 bersama 1 lainnya")


@pytest.mark.parametrize(
    ("n", "more"),
    [
        (5, "Tabel lengkap"),
        (6, "Urutan 6 dan tabel lengkap"),
        (7, "Urutan 6–7 dan tabel lengkap"),
    ],
)
def test_the_way_to_the_others_says_which_they_are(n, more):
    scores = [0.9 - i / 10 for i in range(n)]
    made = screen(scored(scores, {"kampung_kb": [(1, 2)] * n}))
    assert len(made.rows) == 5
    assert made.more["id"] == more


def test_without_scores_or_for_a_map_alone_there_is_no_first_screen():
    assert screen(scored([np.nan] * 3, {"kampung_kb": [None] * 3})) is None
    alone = described(scored(FIVE, KAMPUNG), panel=False)
    assert first_data(alone) == {}
    assert set(first_data(described(scored(FIVE, KAMPUNG)))) == {"first"}


def test_without_gaps_the_page_carries_nothing_of_it():
    from kkbpk_geo.maps.page.page import build_page

    table = pd.DataFrame({"air": range(3)}, index=squares(3).index)
    page = build_page(describe_map(squares(3), table))
    for one in ("kg-needy", "kg-ways", '"first":{', "map_first"):
        assert one not in page
    assert "kg-needy" in build_page(described(scored(FIVE, KAMPUNG)))


def test_ranks_are_made_of_scores_where_none_are_given():
    gaps = scored([0.2, 0.9, 0.5], {"kampung_kb": [(1, 2)] * 3})
    gaps.scores = gaps.scores[["score"]]
    made = screen(gaps)
    assert [(row.at, row.rank) for row in made.rows] == [(1, 1), (2, 2), (0, 3)]
    assert made.rows[0].note["id"].endswith("belum terpenuhi · ke-1")
    assert made.sure["id"] == ""


@pytest.mark.parametrize(
    ("texts", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a dan b"), (["a", "b", "c"], "a, b, dan c")],
)
def test_texts_are_joined_as_in_a_sentence(texts, said):
    assert joined(texts, "id") == said


def test_map_list_and_sheet_have_the_same_number():
    made = described(scored([0.3666, 0.2, 0.1], {"kampung_kb": [(1, 2)] * 3}))
    layer = made.layer("gap_score")
    assert layer.cells[made.periods[-1]].values[0] == made.needs.percent[0] == 36.7
    assert layer.indicator.unit == "%"
    assert first_screen(made).rows[0].note["id"].startswith("36,7\u00a0%")
