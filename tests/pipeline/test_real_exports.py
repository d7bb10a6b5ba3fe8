"""The whole road on real exports: sums by hand-made tables, published ratios, one map.

The exports may be read but not redistributed; they lie beside the repository where
there are any.
"""

import re
from pathlib import Path

import pandas as pd
import pytest

from kkbpk_geo.gaps import presence_matrix
from kkbpk_geo.intake import read_table
from kkbpk_geo.pipeline.files.map import write_map
from kkbpk_geo.pipeline.project import Project
from kkbpk_geo.pipeline.running import run
from kkbpk_geo.regions import fold_name

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not (SHARED / "siga_sulbar").is_dir(),
        reason="no real exports in ../shared/data beside the repository",
    ),
]
GROUPS = {"BKB": "bkb", "BKR": "bkr", "BKL": "bkl", "UPPKA": "uppka", "PIK-R": "pik_r"}
MEASURES = {
    "desa_ada_poktan": "villages_with_groups",
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
COUNTS = {
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
# From the exports, as the programme's own people printed them (November 2025).
PUBLISHED = {
    "contraceptive_use": {"76.01": 60.23, "76.02": 58.49, "76.03": 71.41,
                          "76.04": 51.86, "76.05": 47.99, "76.06": 63.26,
                          "76": 57.23},
    "modern_use": {"76.01": 59.79, "76.04": 51.14, "76": 56.39},
    "unmet_need": {"76.02": 9.35, "76.03": 4.15, "76": 9.63},
    "long_acting_share": {"76.01": 37.74, "76.06": 36.04, "76": 29.99},
    "reporting_rate:bkb": {"76": 96.73},
    "reporting_rate:bkr": {"76": 97.39},
    "reporting_rate:bkl": {"76": 97.09},
    "reporting_rate:uppka": {"76": 96.61},
    "reporting_rate:pik_r": {"76": 96.35},
    "village_coverage:bkb": {"76": 99.85},
    "village_coverage:pik_r": {"76": 87.50},
    "participation:bkb": {"76": 54.92},
    "participation:bkr": {"76": 39.82},
    "participation:bkl": {"76": 45.10},
    "attending_using:bkr": {"76": 72.78},
    "attending_using:bkl": {"76": 67.57},
}  # fmt: skip


def expected(name):
    frame = pd.read_csv(
        SHARED / "siga_sulbar_checks" / name,
        comment="#",
        dtype={"kode_kemendagri": str},
    )
    return frame[frame["bulan"].isin([10, 11])]


@pytest.fixture(scope="module")
def done():
    tables = tuple(sorted((SHARED / "siga_sulbar").glob("*.csv")))
    return run(Project(tables=tables, province="Sulawesi Barat", year=2025))


def test_every_row_of_every_export_is_placed(done):
    assert done.joined.ledger["rows_unplaced"].sum() == 0
    # One of 13,044 is used nowhere: Puskesmas Messawa stands under Mamuju.
    assert done.joined.ledger["rows_in"].sum() == 13_043
    elsewhere = [f for f in done.findings if f.code == "kecamatan_elsewhere"]
    assert [f.count for f in elsewhere] == [1]
    assert done.joined.periods == ("2025-10", "2025-11")


def test_the_sums_of_groups_by_kabupaten_are_reproduced(done):
    compared = 0
    for row in expected("sulbar_2025_poktan_kabupaten.csv").to_dict("records"):
        values = done.joined.at(f"2025-{row['bulan']:02d}").loc[row["kode_kemendagri"]]
        assert values["villages"] == row["jumlah_desa_kel"]
        for name, measure in MEASURES.items():
            column = f"{GROUPS[row['jenis_poktan']]}_{measure}"
            if column in values.index and not pd.isna(row[name]):
                assert values[column] == row[name], (row["kabupaten"], column)
                compared += 1
    assert compared > 400


def test_the_sums_of_couples_and_users_are_reproduced(done):
    for row in expected("sulbar_2025_kb_kabupaten.csv").to_dict("records"):
        values = done.joined.at(f"2025-{row['bulan']:02d}").loc[row["kode_kemendagri"]]
        for name, column in COUNTS.items():
            assert values[column] == row[name], (row["kabupaten"], column)


def test_kampung_kb_and_rumah_dataku_are_reproduced(done):
    for row in expected("sulbar_2025_sarana_kabupaten.csv").to_dict("records"):
        values = done.joined.at("2025-11").loc[row["kode_kemendagri"]]
        assert values["kampung_kb_groups"] == row["kampung_kb"]
        assert values["kampung_kb_groups_model"] == row["kampung_kb_percontohan"]
        assert values["rumah_dataku_groups"] == row["rumah_dataku"]
        assert (
            values["rumah_dataku_groups_top_stratum"] == row["rumah_dataku_paripurna"]
        )


@pytest.mark.parametrize("indicator", PUBLISHED)
def test_the_printed_ratios_are_reproduced(done, indicator):
    got = done.indicators.query("period == '2025-11' and indicator == @indicator")
    values = got.set_index("region_code")["value"].round(2)
    assert values[list(PUBLISHED[indicator])].to_dict() == PUBLISHED[indicator]


def test_nothing_is_judged_by_the_copied_column_though_its_sum_stands(done):
    table = done.indicators.query("indicator == 'attending_using:bkb'")
    assert set(table["status"][table["region_code"] != "76"]) == {"unusable"}
    assert table["value"].isna().all()
    column = "bkb_attending_couples_using"
    assert done.joined.at("2025-11")[column].notna().all()


def test_the_copied_column_is_told_once(done):
    copied = [f for f in done.findings if f.code == "column_copied"]
    assert [f.column for f in copied if f.file == "data_bkb_keluarga.csv"] == [
        "STATUS BER KB"
    ]


def test_the_map_is_one_small_page_without_addresses(done, tmp_path):
    page = write_map(done, tmp_path / "peta.html")
    text = page.read_text(encoding="utf-8")
    assert page.stat().st_size < 500_000
    assert "Pasangkayu" in text
    # A link that a reader may click is no request; a script or picture would be.
    assert not re.search(r"<(script|link|img|iframe)[^>]*https?:", text)


def test_villages_with_a_group_are_those_of_the_check_in_each_kecamatan():
    tables = [
        read_table(SHARED / "siga_sulbar" / f"data_{name}.csv", year=2025,
                   province="Sulawesi Barat")
        for name in ("bkb", "bkr", "bkl", "uppka", "pikr")
    ]  # fmt: skip
    matrix = presence_matrix(tables, "Sulawesi Barat")
    assert len(matrix.villages) == 648
    assert matrix.villages["listed"].all()
    names, counts = matrix.names("kecamatan"), matrix.counts("kecamatan")
    codes = {(code[:5], fold_name(name)): code for code, name in names.items()}
    name = "siga_sulbar_checks/sulbar_2025_11_poktan_kecamatan.csv"
    checks = pd.read_csv(SHARED / name, comment="#", dtype=str)
    assert len(checks) == 69 * 5
    for row in checks.to_dict("records"):
        code = codes[row["kode_kemendagri"], fold_name(row["kecamatan"])]
        kind = f"group:{GROUPS[row['jenis_poktan']]}"
        has = counts.loc[code, f"{kind}_has"]
        assert has == int(row["desa_ada_poktan"]), (code, kind)
