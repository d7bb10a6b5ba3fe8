"""The sample plans in the forms of offices hold what the sample plans hold."""

import pytest
from comparing import assert_same_file
from make_sample_forms import make_sample_forms

from kkbpk_geo.plan import align_plans, read_plan
from kkbpk_geo.sample.plans import FORMS, PLANS, write_sample_plans
from kkbpk_geo.sample.writing import DATA

BASE, PROVINCE, DISTRICTS, *_ = PLANS
UNCODED = 12_000_000  # the line of work that no code stands for


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("formulir")
    write_sample_plans(folder)
    return folder


def test_the_script_makes_the_files_that_are_shipped(folder):
    made = make_sample_forms()
    assert tuple(made) == FORMS
    for name, content in made.items():
        assert_same_file(DATA / "plans" / name, content)
        assert (folder / name).read_bytes() == (DATA / "plans" / name).read_bytes()


@pytest.mark.parametrize(
    ("form", "own", "less"),
    [(FORMS[0], BASE, 0), (FORMS[1], PROVINCE, UNCODED), (FORMS[2], DISTRICTS, UNCODED),
     (FORMS[3], BASE, 0), (FORMS[4], PROVINCE, 0), (FORMS[5], DISTRICTS, 0)],
)  # fmt: skip
def test_a_form_has_the_money_of_its_plan_to_the_rupiah(folder, form, own, less):
    plan, original = read_plan(folder / form), read_plan(folder / own)

    assert plan.marks.sample
    assert plan.data["budget"].sum() == original.data["budget"].sum() - less
    assert all(source.printed == source.budget for source in plan.sources)


def test_a_renja_is_in_step_with_the_plan_that_it_was_made_of(folder):
    own = read_plan(folder / DISTRICTS, owner="district")
    own = own.data[own.data["activity"] != ""]
    renja = read_plan(folder / FORMS[2], owner="district")

    found = align_plans(None, own, renja)

    # What both say is agreed; two funds for one work are two funds in each of them.
    assert set(found.table["kind"]) == {"double_funding"}
    assert found.agreed == len(found.compared)


def test_realisation_completes_the_budget_and_adds_no_money(folder):
    for plan, report in ((FORMS[4], FORMS[6]), (FORMS[2], FORMS[7])):
        alone = read_plan(folder / plan)
        both = read_plan([folder / plan, folder / report])
        assert both.data["budget"].sum() == alone.data["budget"].sum()
        # Two fifths of the money, row by row rounded down.
        share = both.data["spent"].sum() / alone.data["budget"].sum()
        assert round(share, 4) == 0.4
