"""The sample plans: every disagreement that was put in is found, and no other."""

from collections import Counter

import pandas as pd
import pytest
from comparing import assert_same_file
from make_sample_plans import make_sample_plans

from kkbpk_geo.plan.align.alignment import align_plans
from kkbpk_geo.plan.align.table import KINDS
from kkbpk_geo.plan.decide.resolve import resolve
from kkbpk_geo.plan.lines.plan import make_plan
from kkbpk_geo.plan.lines.reading import read_plan
from kkbpk_geo.sample.plans import FORMS, PLANS, read_differences, write_sample_plans
from kkbpk_geo.sample.writing import DATA


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rencana")
    return folder, write_sample_plans(folder)


@pytest.fixture(scope="module")
def alignment(written):
    base, province, districts, gaps = written[1]
    return align_plans(
        read_plan(base),
        read_plan(province, owner="province"),
        read_plan(districts, owner="district"),
        gaps=pd.read_csv(gaps, comment="#", dtype={"region_code": str}),
    )


def test_every_difference_is_found_and_none_is_invented(written, alignment):
    names = ("kind", "region_code", "work", "field")
    put_in = Counter((d.kind, d.region_code, d.work, d.field)
                     for d in read_differences(written[0]))  # fmt: skip
    found = Counter(zip(*(alignment.table[name] for name in names), strict=True))
    assert found == put_in


def test_every_kind_of_disagreement_is_in_the_sample(written):
    # That a district hands in nothing would hide what differs there: shown below.
    absent = {"no_plan", "no_district_plan"}
    # Our own template has one detail, and no cash by quarter: forms of offices do.
    absent |= {"level_differs", "quarter_shift"}
    assert {d.kind for d in read_differences(written[0])} == set(KINDS) - absent


def test_a_plan_of_one_district_alone_says_nothing_of_the_others(alignment):
    metro = alignment.districts.data
    metro = metro[metro["region_code"] == "18.72"]
    districts = make_plan(metro, province_code="18", owner="district")
    got = align_plans(alignment.base, alignment.province, districts)
    kinds = got.counts()
    assert (kinds["no_plan"], kinds["no_district_plan"]) == (1, 13)
    # Kota Metro: 19 lines as agreed, one that only each side has.
    assert (got.agreed, len(got.compared)) == (19, 21)
    assert list(got.regions["aligned_share"].dropna().index) == ["18.72"]
    assert set(got.table["kind"][:14]) == {"no_plan", "no_district_plan"}


def test_the_district_that_the_province_left_out_is_named(alignment):
    absent = [f for f in alignment.findings if f.code == "plan_region_absent"]
    assert [(f.file, f.expected) for f in absent] == [
        ("contoh_rencana_provinsi.xlsx", "Mesuji")
    ]


def test_a_district_that_the_province_left_out_is_not_in_step_with_it(alignment):
    mesuji = alignment.regions.loc["18.11"]
    assert mesuji["status"] == "no_province_plan"
    assert mesuji[["lines", "agreed", "aligned_share"]].isna().all()
    assert alignment.table["kind"].iloc[0] == "no_province_plan"
    # 14 districts of 19 lines, and five of lines that only one side has.
    assert len(alignment.compared) == 14 * 19 + 6


def test_the_lines_that_only_look_alike_are_named_to_each_other(alignment):
    notes = alignment.table[alignment.table["note"].str.startswith("Mirip")]["note"]
    assert len(notes) == 2
    assert notes.str.contains("Temu karya saka kencana").all()


def test_reading_the_files_finds_nothing_grave_and_loses_no_line(alignment):
    assert not [f for f in alignment.findings if f.severity == "error"]
    lines = sum(len(cell.lines) for cell in alignment.cells)
    plans = (alignment.base, alignment.province, alignment.districts)
    assert lines == sum(len(plan.data) for plan in plans)


def test_a_meeting_that_decides_nothing_keeps_the_agreed_plan(alignment):
    merged = resolve(alignment)
    assert set(merged.audit["how"]) == {"agreed"}  # one target, changed alike by both
    assert len(merged.audit) == 1
    assert len(merged.plan.data) == len(alignment.base.data)
    assert len(merged.open) == len(alignment.table)


def test_the_shipped_plans_are_what_the_script_makes():
    made = make_sample_plans()
    shipped = {path.name for path in (DATA / "plans").iterdir()}
    assert shipped == {*made, *FORMS}
    for name, content in made.items():
        assert_same_file(DATA / "plans" / name, content)


def test_what_is_written_are_the_shipped_plans_byte_for_byte(written):
    folder, paths = written
    assert [path.name for path in paths] == list(PLANS)
    for path in folder.iterdir():
        assert path.read_bytes() == (DATA / "plans" / path.name).read_bytes(), path.name


def test_every_file_says_that_it_is_a_sample(written):
    for path in written[1]:
        assert path.name.startswith("contoh_")
        if path.suffix == ".csv":
            assert "DATA CONTOH, bukan data sebenarnya" in path.read_text("utf-8")
