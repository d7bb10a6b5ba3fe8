"""What a finding takes away is a state on the map, and nothing is judged by it."""

import pandas as pd
import pytest

from kkbpk_geo.base.errors import EmptyDataError
from kkbpk_geo.catalogue.findings import finding_kinds
from kkbpk_geo.indicators.ratios import compute_indicators
from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.joining.tables import join_regions

HEAD = ["KABUPATEN", "KECAMATAN", "DESA", "PUS", "JUMLAH PA", "BULAN"]


def row(desa, couples, users, district="Lampung Selatan"):
    return [district, "Natar", desa, couples, users, "NOVEMBER"]


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
    rows = [row("A", 100, 10), row("B", bad, 20), row("C", 7, 3, "Lampung Tengah")]
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
    rows = [row(f"D{i}", 100, i) for i in range(1, 15)]
    rows += [row("E", 100, 50, "Lampung Tengah")]
    head = [*HEAD[:5], "UNMET NEED", HEAD[-1]]
    joined = join(strip, [[*line[:5], *line[4:]] for line in rows], head)
    assert joined.at().loc["18.01", "couples_unmet_need"] == 105
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
    # Of a name that is like no other it may be anyone who seems to be silent.
    two = join(far, rows).status_at()
    assert two.loc["18.11", "couples"] == "not_recognised"


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
