"""Each cell of the matrix says what is known, and counts are the join's own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import kkbpk_geo as kg
from kkbpk_geo.base.errors import EmptyDataError, JoinError, RegionError
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.catalogue.programme import split_column
from kkbpk_geo.gaps.presence.kinds import presence_kinds, presence_states

WONODADI, TEGALSARI, BULUREJO = (
    ("GADING REJO", "WONODADI"), ("GADING REJO", "TEGALSARI"),
    ("GADING REJO", "BULUREJO"),
)  # fmt: skip
PODOSARI = ("PRINGSEWU", "PODOSARI")
CODES = {"WONODADI": "18.10.02.2007", "TEGALSARI": "18.10.02.2009",
         "BULUREJO": "18.10.02.2011", "PODOSARI": "18.10.01.2014"}  # fmt: skip
NOBODY = "18.10.02.2001"  # Parerejo: no table here names it
GROUPS = ("bkb", "bkr", "bkl", "uppka", "pik_r")


def state(matrix, village, kind="group:bkb"):
    return matrix.states.loc[CODES.get(village, village), kind]


# --- what a cell says -----------------------------------------------------------------


def test_there_zero_blank_and_unnamed_are_four_different_things(recap):
    table = recap({
        WONODADI: (2, 1, 1, 1, 1), TEGALSARI: (0, 1, 1, 1, 1),
        BULUREJO: (None, 1, 1, 1, 1),
    })  # fmt: skip
    matrix = kg.gaps.presence_matrix(table, "Pringsewu")
    asked = ["WONODADI", "TEGALSARI", "BULUREJO", NOBODY]
    said = [state(matrix, village) for village in asked]
    assert said == ["has", "none", "missing", "not_reported"]
    assert matrix.numbers.loc[CODES["WONODADI"], "group:bkb"] == 2
    assert matrix.numbers["group:bkb"].isna().sum() == 131 - 2


def test_what_two_tables_claim_differently_is_neither_there_nor_absent(recap):
    one = recap({WONODADI: (1, 1, 1, 1, 1), TEGALSARI: (1, 1, 1, 1, 1)}, source="a.csv")
    two = recap({WONODADI: (0, 1, 1, 1, 1), TEGALSARI: (1, 1, 1, 1, 1)}, source="b.csv")
    matrix = kg.gaps.presence_matrix([one, two], "Pringsewu")
    assert state(matrix, "WONODADI") == "two_versions"
    assert state(matrix, "TEGALSARI") == "has"
    assert "two_versions" in {found.code for found in matrix.findings}
    kept = kg.gaps.presence_matrix([one, two], "Pringsewu", keep="b.csv")
    assert state(kept, "WONODADI") == "none"


def test_a_cell_that_cannot_be_read_is_refused_and_not_zero(recap):
    right = dict.fromkeys([TEGALSARI, BULUREJO, PODOSARI], (1, 1, 1, 1, 1))
    table = recap({**right, WONODADI: ("banyak", 1, 1, 1, 1)})
    matrix = kg.gaps.presence_matrix(table, "Pringsewu")
    assert state(matrix, "WONODADI") == "refused"
    assert matrix.five[CODES["WONODADI"]] == "some"


def test_a_row_of_an_uncertain_district_makes_silent_villages_refused(recap):
    known = recap({WONODADI: (1, 1, 1, 1, 1)})
    rows = known.data.copy()
    lost = rows.assign(region_code=None, region_candidates="18.10 18.11")
    data = pd.concat([rows, lost], ignore_index=True)

    matrix = kg.gaps.presence_matrix(replace(known, data=data), "Pringsewu")
    assert state(matrix, "WONODADI") == "has"
    assert state(matrix, "TEGALSARI") == "refused"


def test_answers_ada_and_tidak_ada_say_it_without_a_number():
    rows = {
        "KABUPATEN": "PRINGSEWU", "KECAMATAN": "GADING REJO",
        "KELURAHAN": ["WONODADI", "TEGALSARI"], "BKB": ["Ada", "Tidak ada"],
        "BKR": ["Tidak ada", "Tidak ada"],
    }  # fmt: skip
    table = kg.read_table(pd.DataFrame(rows), year=2025, province="Lampung")
    matrix = kg.gaps.presence_matrix(table, "Pringsewu")
    assert [state(matrix, v) for v in ("WONODADI", "TEGALSARI")] == ["has", "none"]
    assert matrix.numbers["group:bkb"].isna().all()


# --- lists ----------------------------------------------------------------------------


def test_a_list_counts_its_rows_and_says_nothing_of_villages_it_does_not_name(
    group_list,
):
    table = group_list([
        ("Gading Rejo", "Wonodadi", "BKB", "Ya"),
        ("Gading Rejo", "Wonodadi", "BKB", "Tidak"),
        ("Gading Rejo", "Tegalsari", "BKR", "Tidak"),
    ])  # fmt: skip
    matrix = kg.gaps.presence_matrix(table, "Pringsewu")
    assert matrix.numbers.loc[CODES["WONODADI"], "group:bkb"] == 2
    assert matrix.numbers.loc[CODES["WONODADI"], "kit:bkb"] == 1
    # The house's rule: whoever has rows in a list has none of what it does not list.
    assert state(matrix, "TEGALSARI") == "none"
    assert state(matrix, "BULUREJO") == "not_listed"


def test_what_a_list_names_without_a_village_is_counted_beside_its_kecamatan(
    group_list,
):
    table = group_list([
        ("Gading Rejo", "Wonodadi", "BKB", "Ya"), ("Gading Rejo", None, "BKB", "Ya"),
        (None, None, "BKB", "Ya"),
    ])  # fmt: skip
    matrix = kg.gaps.presence_matrix(table, "Pringsewu")
    assert matrix.beside["group:bkb"].to_dict() == {"18.10": 1, "18.10.02": 1}
    assert matrix.counts().loc["18.10", "group:bkb_has"] == 1


def test_a_recap_of_a_kecamatan_is_not_counted_beside_its_villages(recap, group_list):
    larger = recap({("GADING REJO", None): (9, 9, 9, 9, 9)}, source="kecamatan.csv")
    named = group_list([("Gading Rejo", "Wonodadi", "BKB", "Ya")])
    matrix = kg.gaps.presence_matrix([larger, named], "Pringsewu")
    assert matrix.beside.empty
    assert matrix.counts().loc["18.10", "group:bkb_has"] == 1


def test_zeros_beside_a_blank_are_not_a_village_without(recap):
    table = recap({
        WONODADI: (0, 1, 2, 1, 3), TEGALSARI: (0, 2, 1, 0, 1),
        BULUREJO: (1, 2, 3, 4, 5),
    })  # fmt: skip
    rows = table.data.iloc[[0, 1, 2, 0]].reset_index(drop=True)
    rows["DUSUN"] = ["I", "I", "I", "II"]
    rows.loc[3, "bkb_groups"], rows.loc[3, "source_row"] = pd.NA, 9
    hamlets = replace(table, data=rows)
    matrix = kg.gaps.presence_matrix(hamlets, "Pringsewu")
    said = [state(matrix, village) for village in ("WONODADI", "TEGALSARI")]
    assert said == ["missing", "none"]


# --- none of the five -----------------------------------------------------------------


def test_none_of_the_five_needs_five_zeros(recap):
    table = recap({
        WONODADI: (1, 1, 1, 1, 1), TEGALSARI: (0, 0, 0, 0, 0),
        BULUREJO: (0, None, 0, 0, 0), PODOSARI: (0, None, 1, 0, 0),
    })  # fmt: skip
    matrix = kg.gaps.presence_matrix(table, "Pringsewu")
    five = {village: matrix.five[code] for village, code in CODES.items()}
    assert five == {
        "WONODADI": "all", "TEGALSARI": "none", "BULUREJO": "unknown",
        "PODOSARI": "some",
    }  # fmt: skip
    assert list(matrix.without_any()["name"]) == ["Tegalsari"]
    assert matrix.count_five().to_dict() == {
        "all": 1, "some": 1, "none": 1, "unknown": 128,
    }  # fmt: skip
    assert matrix.summary().startswith("1 dari 131 desa/kelurahan tidak memiliki satu")
    assert "128 desa belum dapat dinilai" in matrix.summary()
    assert matrix.lines() == ["Pringsewu: 1 dari 131 desa tanpa satu pun dari lima "
                              "kelompok"]  # fmt: skip


def test_without_a_table_of_one_of_the_five_nobody_is_said_to_have_none(recap):
    table = recap({TEGALSARI: (0, 0, 0, 0)}, kinds=("BKB", "BKR", "BKL", "UPPKA"))
    matrix = kg.gaps.presence_matrix(table, "Pringsewu")
    assert matrix.absent == ("group:pik_r",)
    assert matrix.count_five()["none"] == 0
    assert "tidak ada angka per desa untuk PIK-R" in matrix.summary()
    assert "no figures by village for PIK-R" in matrix.summary("en")


# --- counts ---------------------------------------------------------------------------


def filled(seed):
    """Return numbers of groups for every village of two kecamatan, some blank."""
    rng = np.random.default_rng(seed)
    villages = [
        (place.replace("/", ""), unit.bare)
        for place, code in (("PRINGSEWU", "18.10.01"), ("GADING REJO", "18.10.02"))
        for unit in kg.regions.regions_of("desa", code)
    ]
    numbers = rng.choice(
        [0, 1, 2, None], size=(len(villages), 5), p=[0.4, 0.3, 0.2, 0.1]
    )
    return dict(zip(villages, map(tuple, numbers.tolist()), strict=True))


def joined_counts(tables):
    """Return what the join counts by village in Pringsewu."""
    joined = kg.join_regions(kg.load_boundaries("Lampung"), tables)
    return joined.at().loc["18.10"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_villages_that_have_a_group_are_as_many_as_the_join_counts(recap, seed):
    table = recap(filled(seed))
    counts = kg.gaps.presence_matrix(table, "Lampung").counts().loc["18.10"]
    there = joined_counts(table)
    for group in GROUPS:
        name = f"{group}_villages_with_groups"
        assert counts[f"group:{group}_has"] == there[name], group
    assert counts["five_all"] == there["villages_with_all_groups"]


def test_of_a_list_as_many_villages_have_a_group_as_the_join_counts(group_list):
    rng = np.random.default_rng(5)
    villages = [unit.bare for unit in kg.regions.regions_of("desa", "18.10.02")]
    groups = [
        ("Gading Rejo", str(village), str(kind), "Ya")
        for village, kind in zip(
            rng.choice(villages, 40), rng.choice(["BKB", "BKR", "BKL"], 40), strict=True
        )
    ]
    table = group_list(groups)
    counts = kg.gaps.presence_matrix(table, "Lampung").counts().loc["18.10"]
    there = joined_counts(table)
    for group in ("bkb", "bkr", "bkl"):
        name = f"{group}_villages_with_groups"
        assert counts[f"group:{group}_has"] == there[name], group


@pytest.mark.parametrize("level", ["kecamatan", "kabkota", "provinsi"])
def test_states_of_villages_add_up_to_the_villages_at_every_level(recap, level):
    matrix = kg.gaps.presence_matrix(recap(filled(4)), "Lampung")
    counts = matrix.counts(level)
    assert counts["villages"].sum() == len(matrix.villages) == 2651
    five = counts[[f"five_{word}" for word in ("all", "some", "none", "unknown")]]
    assert (five.sum(axis=1) == counts["villages"]).all()
    for kind in matrix.kinds:
        own = counts[[f"{kind.key}_{word}" for word in ("has", "none", "unknown")]]
        assert (own.sum(axis=1) == counts["villages"]).all(), kind.key
    whole = matrix.counts("provinsi").iloc[0]
    assert (counts.sum() == whole).all()


def test_an_unknown_level_is_refused_in_words(recap):
    matrix = kg.gaps.presence_matrix(recap({WONODADI: (1, 1, 1, 1, 1)}), "Pringsewu")
    with pytest.raises(RegionError, match="one of provinsi, kabkota, kecamatan"):
        matrix.counts("desa")


# --- time and place -------------------------------------------------------------------


def test_the_latest_month_is_shown_unless_another_is_asked_for(recap):
    early = recap({WONODADI: (0, 0, 0, 0, 0)}, BULAN="OKTOBER", source="okt.csv")
    late = recap({WONODADI: (1, 1, 1, 1, 1)}, BULAN="NOVEMBER", source="nov.csv")
    assert kg.gaps.presence_matrix([early, late], "Pringsewu").period == "2025-11"
    then = kg.gaps.presence_matrix([early, late], "Pringsewu", period="2025-10")
    assert (then.period, state(then, "WONODADI")) == ("2025-10", "none")
    with pytest.raises(EmptyDataError, match="2024"):
        kg.gaps.presence_matrix([early, late], "Pringsewu", period="2024")


def test_a_table_of_the_year_lies_under_the_month(recap):
    month = recap({WONODADI: (1,)}, kinds=("BKB",), BULAN="NOVEMBER", source="nov.csv")
    year = recap({WONODADI: (1,)}, kinds=("BKR",), source="tahun.csv")
    matrix = kg.gaps.presence_matrix([month, year], "Pringsewu")
    assert (matrix.period, state(matrix, "WONODADI", "group:bkr")) == ("2025-11", "has")


@pytest.mark.parametrize(
    ("region", "villages"), [("Lampung", 2651), ("Pringsewu", 131), ("18.10.02", 23)]
)
def test_a_matrix_is_of_a_province_a_kabupaten_or_a_kecamatan(recap, region, villages):
    table = recap({WONODADI: (1, 1, 1, 1, 1)})
    assert len(kg.gaps.presence_matrix(table, region).villages) == villages


def test_tables_that_stop_at_the_district_are_said_to(recap):
    rows = {"KABUPATEN": ["PRINGSEWU", "MESUJI"], "JUMLAH RUMAH SAKIT": [1, 2]}
    larger = kg.read_table(pd.DataFrame(rows), year=2025, province="Lampung")
    matrix = kg.gaps.presence_matrix([recap({WONODADI: (1, 1, 1, 1, 1)}), larger])
    assert [kind.key for kind in matrix.coarse] == ["hospital"]
    assert "tabelnya tidak sampai desa: RS" in matrix.summary()


def test_without_a_village_anywhere_there_is_no_matrix():
    rows = {"KABUPATEN": ["PRINGSEWU", "MESUJI"], "PUS": [100, 200]}
    table = kg.read_table(pd.DataFrame(rows), year=2025, province="Lampung")
    with pytest.raises(EmptyDataError, match="a row for each village"):
        kg.gaps.presence_matrix(table)
    with pytest.raises(RegionError, match="Atlantis"):
        kg.gaps.presence_matrix(table, "Atlantis")


@pytest.mark.parametrize("unread", ["rekap.csv", ["rekap.csv"], 18])
def test_what_was_not_read_is_refused_with_how_to_read_it(unread):
    with pytest.raises(JoinError, match="read_table"):
        kg.gaps.presence_matrix(unread)


# --- what a result carries ------------------------------------------------------------


def test_the_mark_of_the_sample_is_carried_on(recap):

    table = replace(recap({WONODADI: (1, 1, 1, 1, 1)}), marks=Marks(sample=True))
    matrix = kg.gaps.presence_matrix(table, "Pringsewu")
    assert matrix.marks.sample
    assert Marks.of(matrix.table).sample
    assert matrix.sources == ("rekap.csv",)


def test_no_column_counts_private_persons_and_each_says_what_it_is():
    for kind in presence_kinds().values():
        for column in (*kind.columns, kind.count):
            assert not split_column(column)[1].of_persons
        assert kind.short("id")
        assert kind.short("en")
        assert kind.name("id") != ""
    fills = [each.fill for key, each in presence_states().items() if key != "missing"]
    assert len({*fills}) >= 5
    signs = [each.sign for each in presence_states().values()]
    assert len(set(signs)) == len(signs)  # told apart without colour, too
