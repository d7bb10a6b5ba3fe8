"""Every fault of the sample is found, where it is, and nothing else is."""

from __future__ import annotations

import pytest
from make_sample import groups_by_district, names

from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.regions.boundaries import load_boundaries
from kkbpk_geo.sample.writing import read_faults, write_sample


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("contoh")
    paths = write_sample(folder)
    intakes = [read_table(p, year=2025, province="Lampung") for p in paths]
    return {f.key: f for f in read_faults(folder)}, {i.source: i for i in intakes}


@pytest.fixture(scope="module")
def joined(sample):
    from kkbpk_geo.joining.tables import join_regions

    return join_regions(load_boundaries("Lampung"), sample[1].values())


def test_the_checks_find_the_faults_put_in_and_nothing_else(sample):
    faults, intakes = sample
    expected = {
        (f.file, f.found_as)
        for f in faults.values()
        if f.found_as != "resolved" and not f.found_as.startswith("placement")
    }
    found = [
        (f.file, f.code)
        for intake in intakes.values()
        for f in intake.findings
        if f.code != "total_row_dropped"
    ]
    assert sorted(found) == sorted(expected)


def test_the_clean_part_of_the_tables_agrees_across_tables(sample):
    from kkbpk_geo.intake.checks.together import check_together

    assert list(check_together(list(sample[1].values()))) == []


def test_all_rows_but_the_one_of_an_unknown_district_are_placed(sample, joined):
    fault = sample[0]["unknown_region"]
    assert joined.unplaced["source_row"].tolist() == [fault.row]
    assert joined.unplaced["reason"].tolist() == ["region_unknown"]
    assert joined.conflicts.empty


def test_a_finding_about_a_row_names_the_row_of_the_fault(sample):
    faults, intakes = sample
    rows = {(f.file, f.found_as): f.row for f in faults.values()}
    for intake in intakes.values():
        for finding in intake.findings:
            if finding.code != "total_row_dropped" and finding.row is not None:
                assert finding.row == rows[finding.file, finding.code], finding


def test_every_row_is_used_or_listed(sample):
    _, intakes = sample
    for name, intake in intakes.items():
        listed = 1 if "kabupaten" in name else 0  # the total row of a recap
        assert len(intake.listed) == listed, name
        assert intake.kind not in ("unknown", "mixed"), name


def test_the_short_name_becomes_tulang_bawang_barat_never_tulang_bawang(sample):
    faults, intakes = sample
    data = intakes[faults["name_variant"].file].data
    short = data[data["kabkota"] == "TULANG BAWANG BRT"]
    assert len(short) == 2 * 103
    assert set(short["region_code"]) == {"18.12"}


def test_the_misplaced_facility_is_seen_by_its_coordinates(sample):
    import pandas as pd

    from kkbpk_geo.joining.points import join_points

    faults, intakes = sample
    fault = faults["other_region"]
    placed = join_points(load_boundaries("Lampung"), intakes[fault.file].data).points
    by_row = placed.set_index(pd.Index(placed["source_row"]))["placement"]
    assert by_row[by_row == "other_region"].index.tolist() == [fault.row]
    assert set(by_row[by_row == "no_coordinates"].index) == {
        faults["no_coordinates"].row,
        faults["swapped"].row,  # blanked: a swapped pair is not guessed right
    }
    assert (by_row == "ok").sum() == len(by_row) - 3


def test_the_block_that_was_not_reported_is_missing_not_zero(joined):
    november = joined.at("2025-11").loc["18.13"]
    october = joined.at("2025-10").loc["18.13"]
    assert november["pik_r_groups":"pik_r_groups_reporting"].isna().all()
    assert october["pik_r_groups"] > 0


def test_sums_by_district_are_what_was_written(joined):
    made = groups_by_district("bkl", 18)
    found = joined.at("2025-11")["bkl_groups"]
    names = {code: name.upper() for code, name in joined.names.items()}
    assert {names[code]: int(n) for code, n in found.items()} == made


def test_the_districts_made_weaker_come_out_as_the_ones_with_the_largest_gaps(joined):
    from kkbpk_geo.gaps.scoring import score_gaps

    scores = score_gaps(joined).scores
    worst = scores["score"].dropna().sort_values(ascending=False).index[:3]
    assert {joined.names[code] for code in worst} == set(names(weaker=True))
