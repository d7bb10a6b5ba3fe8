"""What a finding takes away is a state on the map, and nothing is judged by it."""

import pandas as pd
import pytest

from kkbpk_geo.base.errors import EmptyDataError
from kkbpk_geo.catalogue.findings import finding_kinds
from kkbpk_geo.indicators.ratios import compute_indicators
from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.joining.judging import refused_cells
from kkbpk_geo.joining.tables import join_regions
from kkbpk_geo.regions import load_boundaries

HEAD = ["KABUPATEN", "KECAMATAN", "DESA", "PUS", "JUMLAH PA", "BULAN"]


# Of each district a kecamatan that is its own.
KECAMATAN = {"Lampung Selatan": "Natar"}


def row(desa, couples, users, district="Lampung Selatan"):
    kecamatan = KECAMATAN.get(district, "Terbanggi Besar")
    return [district, kecamatan, desa, couples, users, "NOVEMBER"]


def join(strip, rows, head=HEAD):
    table = read_table([head, *rows], year=2025, province="Lampung")
    return join_regions(strip, [table])


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("-5", "negative_count"),
        ("1,5", "fractional_count"),
        ("400000000", "value_absurd"),
    ],
)
def test_a_figure_that_cannot_be_is_not_summed_and_its_region_has_none(
    strip, bad, code
):
    rows = [row("A", 900, 10), row("B", bad, 20), row("C", 700, 3, "Lampung Tengah")]
    table = read_table([HEAD, *rows], year=2025, province="Lampung")
    assert code in {f.code for f in table.findings if f.severity == "error"}
    assert table.data["couples"].isna().tolist() == [False, True, False]
    joined = join_regions(strip, [table])
    assert pd.isna(joined.at().loc["18.01", "couples"])
    status = joined.status_at()
    assert status.loc["18.01", "couples"] == "unusable"
    assert status.loc["18.01", "users"] == status.loc["18.02", "couples"] == "ok"
    assert code in {f.code for f in joined.reasons["18.01"]}


def test_a_village_that_cannot_be_read_makes_the_sum_partial(strip):
    joined = join(strip, [row("A", 100, 10), row("B", "banyak", 20)])
    assert joined.at().loc["18.01", "couples"] == 100
    assert joined.status_at().loc["18.01", "couples"] == "partial"


def test_a_district_of_which_no_cell_can_be_read_is_not_recognised(strip):
    rows = [row("A", "banyak", 10), row("C", 7, 3, "Lampung Tengah")]
    status = join(strip, rows).status_at()
    assert status.loc["18.01", "couples"] == "not_recognised"
    assert status.loc["18.03", "couples"] == "not_reported"


def test_a_copied_column_keeps_its_sum_and_nothing_is_judged_by_it(strip):
    rows = [row(f"D{i}", 900, 100 + i) for i in range(1, 15)]
    rows += [row("E", 900, 50, "Lampung Tengah")]
    head = [*HEAD[:5], "UNMET NEED", HEAD[-1]]
    joined = join(strip, [[*line[:5], *line[4:]] for line in rows], head)
    assert joined.at().loc["18.01", "couples_unmet_need"] == 1505
    assert joined.status_at().loc["18.01", "couples_unmet_need"] == "unusable"
    assert joined.status_at().loc["18.01", "couples"] == "ok"
    table = compute_indicators(joined, only=["unmet_need"]).set_index("region_code")
    assert table.loc["18.01", ["value", "numerator"]].isna().all()
    assert table.loc["18.01", "status"] == "unusable"
    assert pd.isna(table.loc["18", "value"])
    assert [f.code for f in joined.reasons["18.01"]] == ["column_copied"]


def test_a_refused_name_makes_its_district_not_recognised_not_silent(strip):
    far = strip.rename(index={"18.03": "18.11"})
    far["name"] = ["Lampung Selatan", "Lampung Tengah", "Mesuji"]
    rows = [row("A", 1, 1), row("B", 2, 1, "Lampung Tngah"), row("C", 3, 1, "Xyzzy")]
    one = join(far, rows[:2]).status_at()
    assert one.loc["18.02", "couples"] == "not_recognised"
    assert one.loc["18.11", "couples"] == "not_reported"
    # A name that is like no other accuses nobody of those who seem to be silent.
    two = join(far, rows).status_at()
    assert two.loc["18.11", "couples"] == "not_reported"


def test_a_row_whose_month_cannot_be_read_is_no_silence_of_its_district(strip):
    rows = [row("A", 1, 1), [*row("B", 2, 1, "Lampung Tengah")[:-1], "NOVEMBRE 31"]]
    status = join(strip, rows).status_at()
    assert status.loc["18.02", "couples"] == "not_recognised"


def test_rows_that_all_contradict_are_two_versions_and_no_other_province(strip):
    joined = join(strip, [row("A", 1, 1), row("A", 2, 2)])
    assert joined.status_at().loc["18.01", "couples"] == "two_versions"
    assert joined.unplaced["reason"].tolist() == ["contradicts", "contradicts"]


def test_rows_of_another_province_are_named_with_it(strip):
    rows = [["Majene", "5"], ["Mamuju", "6"]]
    table = read_table([["KABUPATEN", "PUS"], *rows], province="Sulawesi Barat")
    with pytest.raises(EmptyDataError, match=r"of 76 Sulawesi Barat.*another province"):
        join_regions(strip, [table])


@pytest.mark.parametrize("code", [k for k, x in finding_kinds().items() if x.status])
def test_a_finding_that_takes_a_figure_away_is_never_mere_information(code):
    assert finding_kinds()[code].severity != "info"


# --- rows under a vague name ---------------------------------------------------------

REFUSED_HEAD = ["PROVINSI", "KABUPATEN", "BKB YANG ADA", "BKB YANG LAPOR", "BULAN"]


@pytest.fixture(scope="module")
def jatim():
    return load_boundaries("Jawa Timur")


def vague(*rows, month="NOVEMBER"):
    given = [["JAWA TIMUR", name, ada, lapor, month] for name, ada, lapor in rows]
    return read_table([REFUSED_HEAD, *given], year=2025)


def statuses(joined, *codes, period="2025-11"):
    return [joined.status.loc[(period, code), "bkb_groups"] for code in codes]


def test_both_districts_of_a_vague_name_are_not_recognised(jatim):
    joined = join_regions(jatim, [vague(("Blitar", 5, 4), ("Pacitan", 3, 3))])
    assert statuses(joined, "35.05", "35.72", "35.01", "35.02") == [
        "not_recognised", "not_recognised", "ok", "not_reported",
    ]  # fmt: skip
    assert list(joined.refused["region_code"]) == ["35.05", "35.72"]
    assert not set(joined.silent["region_code"]) & {"35.05", "35.72"}
    assert pd.isna(joined.values.loc[("2025-11", "35.05"), "bkb_groups"])


def test_a_candidate_with_a_row_of_its_own_keeps_its_figure(jatim):
    pair = ("Blitar", 5, 4), ("Kab. Blitar", 3, 3)
    joined = join_regions(jatim, [vague(*pair)])
    assert statuses(joined, "35.05", "35.72") == ["ok", "not_recognised"]
    assert list(joined.refused["region_code"]) == ["35.72"]


def test_a_file_of_one_refused_row_speaks_for_its_district(jatim):
    files = [vague(("Pacitan", 3, 3)), vague(("Malang", 9, 9))]
    joined = join_regions(jatim, files)
    assert statuses(joined, "35.07", "35.73") == ["not_recognised", "not_recognised"]


def test_only_the_month_of_the_row_is_meant(jatim):
    october = vague(("Pacitan", 3, 3), month="OKTOBER")
    joined = join_regions(jatim, [october, vague(("Pacitan", 3, 3), ("Blitar", 5, 4))])
    assert statuses(joined, "35.05", period="2025-10") == ["not_reported"]
    assert statuses(joined, "35.05") == ["not_recognised"]


def test_an_indicator_of_a_refused_row_says_so(jatim):
    joined = join_regions(jatim, [vague(("Blitar", 5, 4), ("Pacitan", 3, 3))])
    found = compute_indicators(joined)
    mine = found[(found["indicator"] == "reporting_rate:bkb")]
    status = mine.set_index("region_code")["status"]
    assert status["35.72"] == "not_recognised"
    assert status["35.02"] == "not_reported"


def unplaced(**columns):
    usual = {"code": [None], "period": ["2025-11"], "reason": ["region_unknown"]}
    return pd.DataFrame(usual | columns)


def test_of_a_finer_map_every_region_inside_a_candidate_is_meant():
    data = unplaced(region_candidates=["18.10 18.11"])
    codes = ["18.10.01", "18.11.01", "18.12.01", "18.1"]
    assert refused_cells(data, codes) == {
        ("2025-11", "18.10.01"), ("2025-11", "18.11.01"),
    }  # fmt: skip


def test_rows_that_are_placed_or_of_no_known_month_refuse_nothing():
    data = unplaced(region_candidates=["18.10"])
    assert refused_cells(data.assign(code="18.10"), ["18.10"]) == set()
    late = data.assign(reason="period_unknown")
    assert refused_cells(late, ["18.10"]) == set()
    assert refused_cells(unplaced(), ["18.10"]) == set()


def test_a_district_all_of_whose_rows_were_set_aside_did_report():
    rows = [
        ["KABUPATEN", "KECAMATAN", "JUMLAH BKB"],
        ["Pringsewu", "Gading Rejo", 4],
        ["Mesuji", "Natar", 6],  # of Lampung Selatan
    ]
    table = read_table(rows, province="Lampung", year=2025)
    status = join_regions(load_boundaries("Lampung"), [table]).status_at()
    assert status.loc[["18.10", "18.11", "18.01"], "bkb_groups"].tolist() == [
        "ok",
        "unusable",
        "not_reported",
    ]
