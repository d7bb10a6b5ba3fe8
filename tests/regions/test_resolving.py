"""A code, an exact name or a recorded alias decides; anything else is refused."""

from __future__ import annotations

import re
import string
import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.base.errors import RegionError
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions.lookup import names_of
from kkbpk_geo.regions.names import fold_name, is_blank, is_total
from kkbpk_geo.regions.register import NATION, children, province_code, regions_of
from kkbpk_geo.regions.resolving import find_area, regions_frame, resolve_regions


def resolve(value, **options):
    """Resolve one value in Lampung, unless told otherwise."""
    options.setdefault("province", "Lampung")
    return next(resolve_regions([value], **options).itertuples(index=False))


NAMES = [
    ("Lampung Selatan", "18.01", "name"),
    ("KAB. LAMPUNG  SELATAN", "18.01", "name"),
    ("Kabupaten Lampung\nSelatan", "18.01", "name"),
    ("lampung\u00a0selatan", "18.01", "name"),
    ("Lampung Te ngah", "18.02", "name"),
    ("TULANGBAWANG", "18.05", "name"),
    ("Tulang Bawang Brt", "18.12", "alias"),
    ("TB Barat", "18.12", "alias"),
    ("Kab. Tuba", "18.05", "alias"),
    ("Kodya Metro", "18.72", "name"),
    ("Metro (Kota)", "18.72", "name"),
    ("KOTA BANDARLAMPUNG", "18.71", "name"),
    ("06 - TANGGAMUS", "18.06", "name"),
    ("7. Lampung Timur", "18.07", "name"),
    ("18.13 Pesibar", "18.13", "code"),
    ("1803 Lampung Selatan", "18.01", "code"),  # the name says: the BPS code
    ("1801 - LAMPUNG SELATAN", "18.01", "code"),
    ("LAMPUNG BARAT (1801)", "18.04", "code"),
]


@pytest.mark.parametrize(("value", "code", "how"), NAMES)
def test_a_name_is_recognised_however_it_is_written(value, code, how):
    found = resolve(value)
    assert (found.region_code, found.how, found.status) == (code, how, "ok")


CODES = [
    ("18.10", "18.10"),
    (" 18.01 ", "18.01"),
    (18.01, "18.01"),
    ("1871", "18.71"),  # both systems agree
    (1810.0, "18.10"),
    ("1810.0", "18.10"),
    ("71", "18.71"),
    ("ID1801", "18.04"),  # the statistics office's form
]


@pytest.mark.parametrize(("value", "code"), CODES)
def test_a_code_with_one_reading_is_used(value, code):
    found = resolve(value)
    assert (found.region_code, found.how, found.status) == (code, "code", "ok")


@pytest.mark.parametrize("value", ["1801", 1801, 1801.0, "1801.0", "01"])
def test_a_code_without_dots_is_ambiguous_and_names_both_districts(value):
    found = resolve(value)
    assert found.status == "ambiguous"
    assert found.reason == "region_reason_two_systems"
    assert found.suggestions == ("18.01 Lampung Selatan", "18.04 Lampung Barat")


@pytest.mark.parametrize("value", ["1801", "01", 1])
def test_a_stated_code_system_decides(value):
    assert resolve(value, code_system="kemendagri").region_code == "18.01"
    assert resolve(value, code_system="bps").region_code == "18.04"


def test_a_name_beside_a_cut_code_decides_it():
    assert resolve("18.1 Pringsewu").region_code == "18.10"
    assert resolve("18.1 - LAMPUNG SELATAN").region_code == "18.01"


def test_a_single_digit_behind_the_dot_is_never_completed():
    found = resolve("18.2")  # 18.02 with a zero forgotten, or 18.12 without its 1
    assert (found.status, found.region_code) == ("ambiguous", None)
    assert found.suggestions == ("18.02 Lampung Tengah",)


@pytest.mark.parametrize("value", ["18.1", 18.1, "18,1"])
def test_a_code_that_excel_may_have_cut_is_ambiguous_with_the_remedy(value):
    found = resolve(value)
    assert (found.status, found.region_code) == ("ambiguous", None)
    assert found.suggestions == ("18.01 Lampung Selatan", "18.10 Pringsewu")
    assert "keep the column as text" in label(found.reason, "en")


TOTALS = [
    *("Lampung", "PROVINSI LAMPUNG", "Prov. Lampung", "18", "JUMLAH", "Jumlah :"),
    *("Total", "TOTAL LAMPUNG", "Rata-rata", "Indonesia", "Jumlah Lampung Selatan"),
]


@pytest.mark.parametrize("value", TOTALS)
def test_a_row_of_totals_is_no_region(value):
    found = resolve(value)
    assert (found.status, found.region_code) == ("total_row", None)


@pytest.mark.parametrize(
    "value", [None, "", "  ", "-", "–", float("nan"), pd.NA, "#N/A"]
)
def test_nothing_is_blank_not_unknown(value):
    assert resolve(value).status == "blank"


UNKNOWN = [
    ("Lampung Tenggara", "region_reason_unknown", "18.02 Lampung Tengah"),
    ("Tulang Bawang Br", "region_reason_unknown", "18.12 Tulang Bawang Barat"),
    ("Metro 2", "region_reason_unknown", "18.72 Kota Metro"),
    ("Kab. Metro", "region_reason_unknown", "18.72 Kota Metro"),
    ("Krui", "region_alias_capital", "18.13 Pesisir Barat"),
    ("Tanjungkarang", "region_alias_part", "18.71 Kota Bandar Lampung"),
    ("Bandung", "region_reason_other_province", "32.73 Kota Bandung"),
    ("16.01", "region_reason_other_province", "16.01 Ogan Komering Ulu"),
    ("18.01.04", "region_reason_other_level", "18.01 Lampung Selatan"),
]


@pytest.mark.parametrize(("value", "reason", "suggestion"), UNKNOWN)
def test_what_is_only_alike_is_suggested_never_used(value, reason, suggestion):
    found = resolve(value)
    assert (found.region_code, found.status, found.reason) == (None, "unknown", reason)
    assert suggestion in found.suggestions


def test_code_and_name_that_disagree_are_shown_both():
    found = resolve("18.05 Pringsewu")
    assert found.reason == "region_reason_code_and_name"
    assert found.suggestions == ("18.05 Tulang Bawang", "18.10 Pringsewu")
    assert resolve("18.05 Lampung Timor").suggestions == ("18.05 Tulang Bawang",)


SAME_NAME = [u.bare for u in regions_of("kabkota") if u.kind == "Kota"]
SAME_NAME = [n for n in SAME_NAME if len(names_of("kabkota").bare[fold_name(n)]) > 1]


def test_the_pairs_of_one_name_are_those_expected():
    assert len(SAME_NAME) == 26
    assert {"Bandung", "Bogor", "Malang", "Solok", "Gorontalo"} <= set(SAME_NAME)


@pytest.mark.parametrize("name", SAME_NAME)
def test_kota_and_kabupaten_of_one_name_never_swap(name):
    kinds = {u.code: u.kind for u in regions_of("kabkota")}
    for word, kind in (("Kota", "Kota"), ("KAB.", "Kabupaten"), ("Kodya", "Kota")):
        found = resolve(f"{word} {name}", province=None)
        assert (found.status, kinds[found.region_code]) == ("ok", kind)
    bare = resolve(name, province=None)
    assert (bare.status, bare.region_code) == ("ambiguous", None)
    assert len(bare.suggestions) >= 2


def test_a_district_named_like_its_province_is_ambiguous():
    found = resolve("Bengkulu", province="Bengkulu")
    assert found.reason == "region_reason_province_name"
    assert found.suggestions == ("17 Bengkulu", "17.71 Kota Bengkulu")


def test_a_kabupaten_whose_name_begins_with_kota_is_no_kota():
    assert resolve("Kota Baru", province=None).region_code == "63.02"
    assert resolve("Kotawaringin Barat", province=None).region_code == "62.01"


def test_renamed_districts_are_found_under_both_names():
    for name in ("Mamuju Utara", "KAB. MAMUJU UTARA", "Pasangkayu"):
        assert resolve(name, province="Sulawesi Barat").region_code == "76.01"


def test_codes_of_provinces_without_bps_codes_need_a_system_or_a_name():
    bare = resolve("7601", province="Sulawesi Barat")
    assert (bare.status, bare.reason) == ("ambiguous", "region_reason_system_unstated")
    stated = {"province": "Sulawesi Barat", "code_system": "kemendagri"}
    assert resolve("7601", **stated).region_code == "76.01"
    assert resolve("7601 PASANGKAYU", province="Sulawesi Barat").region_code == "76.01"
    assert resolve("06 - ACEH BESAR", province="Aceh").region_code == "11.06"
    by_bps = resolve("7601", province="Sulawesi Barat", code_system="bps")
    assert by_bps.reason == "region_reason_bps_unrecorded"


def test_a_row_number_without_a_system_is_no_code():
    assert resolve(1).reason == "region_reason_system_unstated"


def test_provinces_resolve_at_their_own_level():
    found = resolve_regions(["DKI Jakarta", "18", "KALTIM", 91], level="provinsi")
    assert list(found["region_code"]) == ["31", "18", "64", None]
    assert found["reason"][3] == "region_reason_system_unstated"  # Papua at Kemendagri


def test_kecamatan_of_one_name_are_told_apart_by_their_parent():
    alone = resolve("Labuhan Ratu", level="kecamatan")
    assert alone.reason == "region_reason_same_name"
    found = resolve_regions(
        ["Labuhan Ratu", "LABUHAN RATU", "Metro"],
        level="kecamatan",
        within=["18.07", "18.71", "18.72"],
    )
    assert list(found["region_code"]) == ["18.07.21", "18.71.14", None]
    assert found["status"][2] == "total_row"  # the name of the parent


def test_a_kecamatan_named_like_its_district_is_the_kecamatan():
    found = resolve("Pringsewu", level="kecamatan", within=["18.10"])
    assert found.region_code == "18.10.01"


@pytest.mark.parametrize("value", ["Sidosari", "SIDO-\nSARI", "Desa Sidosari", "2002"])
def test_a_village_resolves_within_its_kecamatan(value):
    found = resolve(value, level="desa", within=["18.01.04"])
    assert found.region_code == "18.01.04.2002"


def test_every_village_of_lampung_resolves_within_its_parent_by_name_and_code():
    villages = children("18", "desa")
    parents = [unit.parent_code for unit in villages]
    for values in (
        [unit.name.upper() for unit in villages],
        [unit.code for unit in villages],
        [unit.code.replace(".", "") for unit in villages],
    ):
        found = resolve_regions(values, level="desa", within=parents)
        assert list(found["region_code"]) == [unit.code for unit in villages]


def test_a_kecamatan_of_any_province_resolves_in_its_province_or_its_district():
    for options in ({"province": "Sulawesi Barat"}, {"within": ["76.01"]}):
        found = resolve_regions(["KEC. BAMBAIRA"], level="kecamatan", **options)
        assert found["region_code"][0] == "76.01.10"


def test_every_kecamatan_of_indonesia_resolves_within_its_district():
    units = regions_of("kecamatan")
    parents = [unit.parent_code for unit in units]
    found = resolve_regions(
        [unit.name.upper() for unit in units], level="kecamatan", within=parents
    )
    assert list(found["region_code"]) == [unit.code for unit in units]


@pytest.mark.parametrize(
    ("value", "level", "parent", "code"),
    [
        ("Distrik Okaba", "kecamatan", "93.01", "93.01.03"),
        ("KAPANEWON SEWON", "kecamatan", "34.02", "34.02.15"),
        ("Kemantren Mantrijeron", "kecamatan", "34.71", "34.71.08"),
        ("Gampong Lamsujen", "desa", "11.06", "11.06.01.2018"),
        ("Nagari Kamang Mudiak", "desa", "13.06", "13.06.15.2003"),
        ("Kalurahan Panggungharjo", "desa", "34.02", "34.02.15.2004"),
    ],
)
def test_a_place_is_found_by_the_word_that_its_province_has_for_it(
    value, level, parent, code
):
    assert resolve(value, level=level, within=[parent]).region_code == code


def test_a_name_that_repeats_is_shown_with_what_each_lies_in():
    found = resolve("Sawang", province=None, level="kecamatan")
    assert found.status == "ambiguous"
    assert found.suggestions == (
        "11.01.07 Sawang (Aceh Selatan)",
        "11.08.15 Sawang (Aceh Utara)",
    )
    inside = resolve("Sawang", province=None, level="kecamatan", within=["11.08"])
    assert (inside.status, inside.region_code) == ("ok", "11.08.15")


def test_a_kecamatan_is_found_under_the_province_that_it_was_split_from():
    # Merauke left Papua (91) for Papua Selatan (93) in 2022; its code was 91.01.
    by_province = resolve("Okaba", province="Papua", level="kecamatan")
    assert (by_province.region_code, by_province.reason) == (
        "93.01.03",
        "region_reason_former_province",
    )
    by_parent = resolve("Okaba", province=None, level="kecamatan", within=["91.01"])
    assert by_parent.region_code == "93.01.03"


def test_every_official_name_and_code_of_indonesia_resolves_to_itself():
    for unit in regions_of("kabkota"):
        stated = f"{unit.kind} {unit.bare}"
        assert resolve(stated, province=None).region_code == unit.code
        assert resolve(unit.code, province=None).region_code == unit.code


def test_the_index_and_the_values_of_a_column_are_kept():
    column = pd.Series(["Metro", 18.1], index=["a", "b"])
    found = resolve_regions(column, province="Lampung")
    assert list(found.index) == ["a", "b"]
    assert list(found["value"]) == ["Metro", 18.1]
    assert list(found.columns) == [
        *("value", "region_code", "how", "status", "reason", "suggestions")
    ]


def test_no_values_give_no_rows():
    assert len(resolve_regions([], province="Lampung")) == 0


def test_every_reason_is_worded_in_both_languages():
    values = [x[0] for x in (*NAMES, *UNKNOWN)] + ["1801", "18.1", "JUMLAH", "-"]
    reasons = set(resolve_regions(values, province="Lampung")["reason"]) - {""}
    assert all(label(r, "id") != label(r, "en") for r in reasons)


ERRORS = [
    (
        {"code_system": "BPS"},
        "code_system is 'BPS'; expected 'kemendagri', 'bps' or None.",
    ),
    (
        {"within": ["18.01", "18.02"]},
        "within has 2 codes for 1 values; give one parent code per value.",
    ),
    (
        {"level": "kota"},
        "level is 'kota'; expected one of provinsi, kabkota, kecamatan, desa.",
    ),
]


@pytest.mark.parametrize(("options", "text"), ERRORS)
def test_a_wrong_call_is_refused(options, text):
    with pytest.raises(RegionError) as err:
        resolve_regions(["Metro"], **options)
    assert str(err.value) == text


def test_one_text_in_place_of_a_column_is_refused():
    with pytest.raises(RegionError) as err:
        resolve_regions("Metro")
    assert str(err.value) == (
        "values is the text 'Metro'; expected a list or column of values."
    )


def test_a_hundred_thousand_names_resolve_in_under_a_second():
    values = [value for value, *_ in NAMES] * 6000
    resolve_regions(values[:20], province="Lampung")
    start = time.perf_counter()
    found = resolve_regions(values, province="Lampung")
    assert time.perf_counter() - start < 1
    assert len(found) == 108_000
    assert (found["status"] == "ok").all()


# --- laws --------------------------------------------------------------------------

WORDS = "Lampung Selatan Utara Timur Barat Tulang Bawang Way Kanan Metro Kota Kab Tb L"
near_names = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=4).map(
    " ".join
) | st.text(string.ascii_letters + " .-", min_size=1, max_size=24)
known = st.sampled_from(list(children("18")))


@given(near_names)
def test_law_only_a_recorded_name_gives_a_code(text):
    names = names_of("kabkota", "18")
    key = fold_name(text)
    recorded = names.find(key) or (key in names.aliases)
    found = resolve(text)
    if not recorded:
        assert found.region_code is None
        assert found.status in ("unknown", "total_row", "blank")
        assert (found.status == "total_row") == bool(
            is_total(text) or province_code(text)
        )
        assert (found.status == "blank") == is_blank(text)


@given(known, st.sampled_from(["upper", "lower", "title"]), st.data())
def test_law_case_spaces_and_punctuation_change_nothing(unit, case, data):
    marks = st.sampled_from([" ", "  ", "-", "\n", ".", "_", "\u00a0", " / "])
    text = getattr(f"{unit.kind} {unit.bare}", case)()
    text = "".join(data.draw(marks) if ch == " " else ch for ch in text)
    assert resolve(text).region_code == unit.code


@given(st.lists(near_names | st.sampled_from(["1801", "18.1", "18.10"]), max_size=12))
def test_law_a_value_means_the_same_alone_and_among_others(values):
    together = resolve_regions(values, province="Lampung")
    alone = [resolve(value) for value in values]
    assert list(together["region_code"]) == [x.region_code for x in alone]
    assert list(together["status"]) == [x.status for x in alone]


@given(known, st.integers(0, 30))
def test_law_a_letter_left_out_never_gives_another_district(unit, place):
    for text in (unit.bare, f"{unit.kind} {unit.bare}", unit.code):
        found = resolve(text[:place] + text[place + 1 :])
        assert found.region_code in (None, unit.code)


@pytest.mark.parametrize("mark", [" 1)", "1)", " (2)", " ³"])
def test_a_mark_of_a_footnote_behind_a_name_changes_nothing(mark):
    found = resolve_regions([f"Lampung Selatan{mark}"], province="Lampung")
    assert found["status"].tolist() == ["ok"]


def test_a_number_that_belongs_to_a_name_is_no_mark():
    assert resolve_regions(["Mesuji 2"], province="Lampung")["status"][0] == "unknown"


AREAS = [
    ("Indonesia", ""),
    ("republik indonesia", ""),
    ("Lampung", "18"),
    ("Provinsi Lampung", "18"),
    (18, "18"),
    ("18.10", "18.10"),
    ("1810", "18.10"),
    ("181001", "18.10.01"),
    ("1801042001", "18.01.04.2001"),
    ("Pringsewu", "18.10"),
    ("Kec. Pringsewu", "18.10.01"),
    ("Metro", "18.72"),
    ("Desa Hajimena", "18.01.04.2001"),
    ("91.01", "93.01"),
]


@pytest.mark.parametrize(("text", "code"), AREAS)
def test_a_place_of_any_level_is_found_by_name_or_code(text, code):
    assert find_area(text).code == code


def test_all_of_indonesia_is_a_place_without_a_code():
    assert find_area("Nasional") is NATION
    assert len(regions_of("provinsi", NATION.code)) == 38


NO_AREAS = [
    ("Blitar", "35.05 Kabupaten Blitar, 35.72 Kota Blitar. Give the code"),
    ("Desa Sukamaju", "and more. Give the code of one"),
    ("Lmapung", "Did you mean 18 Lampung"),
    ("18.99", "no region '18.99'"),
    (None, "expected the name or the code"),
    (True, "expected the name or the code"),
    ("", "expected the name or the code"),
]


@pytest.mark.parametrize(("text", "said"), NO_AREAS)
def test_a_place_that_is_none_or_several_is_refused_with_those_meant(text, said):
    with pytest.raises(RegionError, match=re.escape(said)):
        find_area(text)


def test_regions_of_any_level_are_a_frame_of_names():
    frame = regions_frame("Majene")
    assert list(frame.columns) == ["name", "kind", "parent_code"]
    assert frame.loc["76.05.01"].tolist() == ["Banggae", "Kecamatan", "76.05"]
    told = {key: frame.attrs[key] for key in ("level", "province_code", "licence")}
    assert told == {"level": "kecamatan", "province_code": "76.05", "licence": "MIT"}
    assert list(regions_frame("Kec. Banggae").index) == ["76.05.01"]
    assert len(regions_frame("Indonesia", level="kabkota")) == 514


def test_a_level_above_a_place_is_no_level_of_it():
    with pytest.raises(RegionError) as refused:
        regions_frame("Kecamatan Banggae", level="kabkota")
    assert str(refused.value) == (
        "Banggae is a kecamatan, and no kabkota lies in it; ask for a level below it."
    )


def test_five_places_of_one_name_are_shown():
    with pytest.raises(RegionError) as refused:
        find_area("Desa Sukamaju")
    shown = str(refused.value).partition(": ")[2]
    assert shown.count("(") == 5
    assert shown.startswith(
        "11.02.02.2015 Suka Maju (Lawe Sigala-Gala, Aceh Tenggara), "
    )
