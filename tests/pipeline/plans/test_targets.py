"""Targets divided by the offices' own tables, in the words of a planner."""

from fractions import Fraction

import pytest

from kkbpk_geo.base.errors import PlanError, ProjectError
from kkbpk_geo.pipeline.plans.asks import TargetAsk, read_mix
from kkbpk_geo.pipeline.plans.targets import plan_targets, write_division
from kkbpk_geo.pipeline.project import Project
from kkbpk_geo.pipeline.running import run
from kkbpk_geo.regions.register import children

UNITS = children("18")
# Every district has 10 villages, 4 groups and 100 target families; three differ.
GROUPS = {"18.01": 10, "18.02": 7}
FAMILIES = {"18.71": 1600}


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tabel")
    groups, families = folder / "bkb.csv", folder / "sasaran.csv"
    rows = [f"{u.name};10;{GROUPS.get(u.code, 4)}" for u in UNITS]
    groups.write_text(
        "KABUPATEN;JUMLAH DESA;BKB JUMLAH KELOMPOK\n" + "\n".join(rows) + "\n",
        encoding="utf-8",
    )
    rows = [
        f"{u.name};{FAMILIES.get(u.code, 100)};0" for u in UNITS if u.code != "18.72"
    ]
    families.write_text(
        "KABUPATEN;SASARAN BKB;KELUARGA IKUT BKB\n" + "\n".join(rows) + "\n",
        encoding="utf-8",
    )
    return run(Project(tables=(groups, families), year=2025))


def divide(done, total=10, **more):
    ask = TargetAsk(service="village_group:bkb", total=total, **more)
    return plan_targets(done, [ask]).results["village_group:bkb"]


def test_the_tables_of_this_test_are_read_as_meant(done):
    values = done.joined.at()
    assert values.loc["18.02", ["villages", "bkb_groups"]].tolist() == [10, 7]
    assert values.loc["18.71", "bkb_target_families"] == 1600


def test_a_mix_weighs_its_parts_by_their_shares(done):
    # gap: 0, 3 and 13 x 6 = 81; last: 10, 7 and 13 x 4 = 69
    got = divide(done, by="gap=60,last=40")
    assert got.basis == {"gap": Fraction(3, 5), "last": Fraction(2, 5)}
    assert got.weights["18.01"] == Fraction(2, 5) * Fraction(10, 69)
    assert got.weights["18.02"] == Fraction(3, 5) * Fraction(3, 81) + Fraction(
        2, 5
    ) * Fraction(7, 69)


def test_the_target_families_of_the_service_are_its_population(done):
    got = divide(done, by="population", locked={"18.72": 0}, total=29)
    # 1,600 + 13 x 100 = 2,900: one for every 100 families
    assert got.values["18.71"] == 16
    assert got.basis == {"bkb_target_families": 1}
    assert got.explain("18.01") == "Lampung Selatan: 1 = 1 menurut BKB: sasaran"


def test_nobody_below_the_last_result_and_nobody_above_a_number(done):
    got = divide(done, by="need", floor="last", cap="10", total=80)
    assert got.table["floor"].tolist()[:3] == [10, 7, 4]
    assert got.table["cap"].tolist() == [10] * 15
    assert got.values.sum() == 80
    assert (got.values >= got.table["floor"]).all()


def test_a_locked_district_needs_no_number_even_in_a_mix(done):
    got = divide(done, by="gap=1,population=1", locked={"18.72": 2})
    assert got.weights["18.72"] is None
    assert got.values["18.72"] == 2
    assert got.values.sum() == 10


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("gap", {"gap": 1}),
        ("gap+need", {"gap": 1, "need": 1}),
        ("kesenjangan=60, kebutuhan=40", {"gap": 60, "need": 40}),
        ("gap=0.6;bkb_members=40%", {"gap": Fraction(3, 5), "bkb_members": 40}),
    ],
)
def test_a_basis_is_read_as_people_type_it(text, parts):
    assert read_mix(text) == parts


@pytest.mark.parametrize("text", ["", "gap=0", "gap=x", "gap,gap", "gap=0,6"])
def test_a_basis_that_is_none_is_refused(text):
    with pytest.raises(PlanError) as caught:
        read_mix(text)
    assert str(caught.value) == (
        f"--by is {text!r}; expected one of gap, need, supply, population, last, a "
        "measure of the tables, or a mix such as gap=60,need=40 (shares above 0, with "
        "a point, each part once)."
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            {"by": "population"},
            "village_group:bkb: no number of bkb_target_families to divide by for "
            "18.72 Kota Metro; missing is not zero. Complete the tables, or state what "
            "such a district gets: --lock 18.72=0.",
        ),
        (
            {"by": "population+bkb_target_families"},
            "village_group:bkb: --by names 'bkb_target_families' twice; name each part "
            "once.",
        ),
        (
            {"locked": {"18.99": 1}},
            "village_group:bkb: --lock names ['18.99'], which are no districts here; "
            f"there are {[u.code for u in UNITS]}.",
        ),
        (
            {"floor": "tahun lalu"},
            "village_group:bkb: the tables have no 'tahun lalu'; there are gap, need, "
            "supply, population, last and measures such as bkb_groups, "
            "bkb_target_families, bkb_participating_families.",
        ),
    ],
)
def test_what_the_tables_do_not_say_is_not_guessed(done, more, said):
    with pytest.raises(PlanError) as caught:
        divide(done, **more)
    assert str(caught.value) == said


def test_an_unknown_service_is_refused(done):
    with pytest.raises(PlanError) as caught:
        plan_targets(done, [TargetAsk(service="kit:bkb", total=1)])
    assert str(caught.value) == (
        "service 'kit:bkb' is not scored with these tables; known: "
        f"{list(done.gaps.weights)}. It also needs a table with: BKB: groups with kit."
    )


def test_of_a_limit_the_last_result_is_what_there_is_not_what_may_remain(tmp_path):
    # 1,000 couples everywhere, of which 74 may remain in unmet need; there are 250 in
    # one district and 50 in each of the 14 others: 250 of 950 is 5 of 19.
    unmet = tmp_path / "unmet.csv"
    rows = [f"{u.name};1000;{250 if u.code == '18.01' else 50}" for u in UNITS]
    unmet.write_text("KABUPATEN;PUS;UNMET NEED\n" + "\n".join(rows), encoding="utf-8")
    ask = TargetAsk(service="unmet_need", total=19, by="last")
    done = run(Project(tables=(unmet,), year=2025))
    got = plan_targets(done, [ask]).results["unmet_need"]
    assert got.values["18.01"] == 5
    assert set(got.values.drop("18.01")) == {1}


def test_tables_without_any_gap_divide_nothing(tmp_path):
    path = tmp_path / "desa.csv"
    path.write_text("KABUPATEN;JUMLAH DESA\nPRINGSEWU;10\n", encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        plan_targets(
            run(Project(tables=(path,), year=2025)), [TargetAsk(service="x", total=1)]
        )
    assert str(caught.value) == (
        "gaps cannot be scored from these tables; there is nothing to divide by."
    )


def test_a_division_is_written_to_two_kinds_of_file_only(done, tmp_path):
    got = plan_targets(done, [TargetAsk(service="village_group:bkb", total=3)])
    with pytest.raises(ProjectError) as caught:
        write_division(got, tmp_path / "x.ods")
    assert str(caught.value) == (
        "x.ods: a division is written to .xlsx (a workbook to decide in) or .csv (a "
        "table); end the name in one of them."
    )
