"""The offices' own exports: every row accounted for, every published sum reproduced."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache

import pandas as pd
import pytest

from kkbpk_geo.catalogue.headings import is_personal
from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.intake.recognise.meanings import known_fields

pytestmark = pytest.mark.real

KINDS = {
    "data_bkb.csv": ("bkb_report", 1296),
    "data_bkb_keluarga.csv": ("bkb_families", 1296),
    "data_bkl.csv": ("bkl_report", 1296),
    "data_bkr.csv": ("bkr_report", 1296),
    "data_kkb.csv": ("kampung_kb", 648),
    "data_mix_kontra.csv": ("contraception", 1296),
    "data_pikr.csv": ("pik_r_report", 1296),
    "data_pus.csv": ("couples", 1296),
    "data_rdk.csv": ("rumah_dataku", 648),
    "data_uppka.csv": ("uppka_report", 1296),
    "sasaran_poktan_gabung.csv": ("group_targets", 1296),
    "titik_puskesmas.csv": ("facilities", 83),  # one under the wrong district
}
GROUPS = {"BKB": "bkb", "BKR": "bkr", "BKL": "bkl", "UPPKA": "uppka", "PIK-R": "pik_r"}
GROUP_COLUMNS = {
    "yang_ada": "groups",
    "yang_lapor": "groups_reporting",
    "jumlah_pertemuan": "meetings",
    "jumlah_anggota": "members",
    "anggota_hadir": "attending",
    "hadir_pus": "attending_couples",
    "hadir_pus_ber_kb": "attending_couples_using",
    "sasaran": "target_families",
    "kesertaan": "participating_families",
}
KB_COLUMNS = {
    "pus": "couples",
    "unmet_need": "couples_unmet_need",
    "pa": "users",
    "suntik": "users_injection",
    "pil": "users_pill",
    "kondom": "users_condom",
    "implan": "users_implant",
    "iud": "users_iud",
    "vasektomi": "users_male_sterilisation",
    "tubektomi": "users_female_sterilisation",
    "mal": "users_lam",
    "kb_modern": "users_modern",
    "kb_tradisional": "users_traditional",
}


@pytest.fixture(scope="module")
def read(shared_data):
    """Read an export once, for the year that its source states."""
    return cache(lambda name: read_table(shared_data / "siga_sulbar" / name, year=2025))


def published(shared_data, name):
    path = shared_data / "siga_sulbar_checks" / name
    with path.open(encoding="utf-8", newline="") as file:
        next(file)  # "# source: ..."
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", KINDS)
def test_every_export_is_recognised_and_no_row_is_lost(read, shared_data, name):
    table = read(name)
    kind, rows = KINDS[name]
    with (shared_data / "siga_sulbar" / name).open(encoding="utf-8", newline="") as f:
        separator = "," if name == "titik_puskesmas.csv" else ";"
        records = sum(1 for _ in csv.reader(f, delimiter=separator)) - 1
    assert table.kind == kind
    assert len(table.data) == rows
    assert table.rows_in == records
    assert table.data["region_code"].notna().all()
    assert sorted(set(table.data["region_code"])) == [f"76.0{i}" for i in range(1, 7)]
    assert "column_unknown" not in {found.code for found in table.findings}


@pytest.mark.parametrize(
    "name", [n for n in KINDS if n not in ("titik_puskesmas.csv",)]
)
def test_months_become_periods_and_yearly_tables_have_the_year(read, name):
    periods = set(read(name).data["period"])
    yearly = name in ("data_kkb.csv", "data_rdk.csv")
    assert periods == ({"2025"} if yearly else {"2025-10", "2025-11"})


@pytest.mark.parametrize(
    ("file", "level"),
    [
        ("sulbar_2025_poktan_kabupaten.csv", None),
        ("sulbar_2025_11_poktan_kecamatan.csv", "kecamatan"),
    ],
)
def test_sums_of_the_groups_are_those_published(read, shared_data, file, level):
    frames = [
        read(name).data
        for name in KINDS
        if name.startswith(("data_bk", "data_upp", "data_pik", "sasaran"))
    ]
    keys = ["period", "region_code", *([level] if level else [])]
    sums = [
        frame.groupby(keys)[
            [c for c in frame.columns if c.partition("_")[0] in ("bkb", "bkr", "bkl",
             "uppka", "pik")]
        ].sum(min_count=1)
        for frame in frames
    ]  # fmt: skip
    compared = 0
    for row in published(shared_data, file):
        period = f"2025-{int(row['bulan']):02d}"
        if period not in ("2025-10", "2025-11"):
            continue
        at = (period, row["kode_kemendagri"], *([row["kecamatan"]] if level else []))
        for heading, measure in GROUP_COLUMNS.items():
            column = f"{GROUPS[row['jenis_poktan']]}_{measure}"
            ours = [frame.loc[at, column] for frame in sums if column in frame.columns]
            if row[heading] and ours:
                assert ours == [int(row[heading])], (at, column)
                compared += 1
    assert compared > (1500 if level else 300)


def test_sums_of_contraception_are_those_published(read, shared_data):
    data = pd.concat([read("data_mix_kontra.csv").data, read("data_pus.csv").data])
    sums = data.groupby(["period", "region_code"])[list(KB_COLUMNS.values())].sum()
    rows = [
        row
        for row in published(shared_data, "sulbar_2025_kb_kabupaten.csv")
        if int(row["bulan"]) in (10, 11)
    ]
    assert len(rows) == 12
    for row in rows:
        at = (f"2025-{row['bulan']}", row["kode_kemendagri"])
        expected = [int(row[heading]) for heading in KB_COLUMNS]
        assert sums.loc[at].tolist() == expected, at


def test_sums_of_villages_and_offices_are_those_published(read, shared_data):
    kkb = read("data_kkb.csv").data.groupby("region_code")
    rdk = read("data_rdk.csv").data.groupby("region_code")
    for row in published(shared_data, "sulbar_2025_sarana_kabupaten.csv"):
        code = row["kode_kemendagri"]
        village, office = kkb.get_group(code), rdk.get_group(code)
        assert village["kampung_kb_groups"].sum() == int(row["kampung_kb"])
        assert village["kampung_kb_groups_model"].sum() == int(
            row["kampung_kb_percontohan"]
        )
        assert village["villages"].sum() == int(row["jumlah_desa_kel"])
        assert office["rumah_dataku_groups"].sum() == int(row["rumah_dataku"])
        assert office["rumah_dataku_groups_top_stratum"].sum() == int(
            row["rumah_dataku_paripurna"]
        )


def test_published_sums_are_a_table_themselves(shared_data):
    """One row per kind of group: five tables in one file, nothing counted twice."""
    folder = shared_data / "siga_sulbar_checks"
    table = read_table(folder / "sulbar_2025_poktan_kabupaten.csv")
    assert Counter(part.kind for part in table.parts) == {
        f"{group}_report": 1 for group in GROUPS.values()
    }
    assert table.rows_in == 330
    november = table.data[table.data["period"] == "2025-11"]
    assert november["bkb_groups"].sum() == 733
    assert november["bkb_groups_reporting"].sum() == 709
    assert november["villages"].sum() == 648


@pytest.mark.parametrize("name", KINDS)
def test_names_are_on_one_line_with_single_spaces(read, name):
    names = {
        n for role in ("kecamatan", "desa") for n in read(name).data[role].dropna()
    }
    assert not [n for n in names if n != " ".join(n.split())]


def test_a_village_name_broken_over_two_lines_is_one_name(read):
    assert "LIMBORO RAMBU- RAMBU" in set(read("data_bkl.csv").data["desa"])


def test_village_codes_stay_text_beside_the_district(read):
    data = read("data_bkb.csv").data
    assert set(data["village_code"].str.fullmatch(r"[12]\d{3}")) == {True}
    assert set(data["level"]) == {"desa"}


def test_a_copied_column_is_pointed_out(read):
    found = [f for f in read("data_bkb_keluarga.csv").findings if "copied" in f.code]
    assert [(f.column, f.expected) for f in found] == [("STATUS BER KB", "STATUS PUS")]


def test_printed_percentages_of_the_exports_are_right(read):
    codes = {f.code for name in KINDS for f in read(name).findings}
    assert "printed_percent_wrong" not in codes


def test_the_wrong_percentage_of_a_real_report_is_found(shared_domain):
    path = shared_domain / "sumsel_2009_04_cakupan_laporan.csv"
    wrong = [f for f in read_table(path).findings if f.code == "printed_percent_wrong"]
    assert [(f.column, f.value, f.expected) for f in wrong] == [
        ("persen_tercetak", "66.98", "61.71")
    ]


def test_puskesmas_points_lie_where_they_say(read):
    data = read("titik_puskesmas.csv").data
    assert set(data["kind"]) == {"health_centre"}
    assert data[["longitude", "latitude"]].notna().all(axis=None)
    assert data["latitude"].between(-4, 0).all()


def test_every_observed_heading_is_known(shared_domain):
    """Recognised, kept on purpose, or dropped; only groups' parents stand alone."""
    path = shared_domain / "column_headings_observed.csv"
    with path.open(encoding="utf-8", newline="") as file:
        next(file)
        rows = list(csv.DictReader(file))
    assert len(rows) == 250
    unknown = []
    for row in rows:
        heading = row["heading"].replace(" > ", " ")
        if not known_fields(heading):
            unknown.append((row["table"], row["heading"]))
        if row["canonical_field"] == "DROP":
            assert is_personal(heading), row
    assert unknown == []
