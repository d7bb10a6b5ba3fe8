"""Eras: every year has one; what may not be compared across them is named, and why."""

from __future__ import annotations

import pytest

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.catalogue import reading
from kkbpk_geo.catalogue.forms import eras as module
from kkbpk_geo.catalogue.forms.eras import crosses, crossing, crosswalk, era_of, eras
from kkbpk_geo.catalogue.headings import headings


@pytest.mark.parametrize(
    ("period", "era"),
    [
        ("2008", "sr"),
        ("2018-12", "sr"),
        ("2019", "transition"),
        ("2020-Q4", "transition"),
        ("2021", "siga"),
        ("2025-01..2025-11", "siga"),
        ("2018-10..2019-03", "transition"),  # that of its end
    ],
)
def test_a_period_has_the_era_of_its_year(period, era):
    assert era_of(period).key == era


@pytest.mark.parametrize("period", ["", "Oktober", "baseline"])
def test_a_period_without_a_year_has_no_era_and_crosses_none(period):
    assert era_of(period) is None
    assert not crosses(period, "2025")
    assert crossing(["users"], period, "2025") is None


def test_users_of_routine_statistics_and_of_new_siga_are_not_compared():
    found = crossing(["users"], "2018", "2022")
    assert not found.comparable
    assert "Pendataan Keluarga 2021" in found.reason()
    assert "census of 2021" in found.reason("en")


def test_a_ratio_is_not_compared_if_one_of_its_parts_is_not():
    assert not crossing(["population", "couples"], "2018", "2022").comparable


@pytest.mark.parametrize("pair", [("2010", "2025"), ("2018", "2019"), ("2020", "2021")])
def test_people_and_villages_did_not_change_their_meaning(pair):
    assert crossing(["population"], *pair).comparable
    assert crossing(["villages", "bkb_groups"], *pair).comparable


def test_within_one_era_the_crosswalk_has_nothing_to_say():
    assert crossing(["users"], "2011", "2018") is None
    assert crossing(["users"], "2022", "2025") is None


def test_a_break_on_the_way_breaks_the_whole_way_and_only_that():
    assert crossing(["users"], "2018", "2019") is None  # the break is 2020 to 2021
    assert not crossing(["users"], "2020", "2021").comparable
    assert not crossing(["users"], "2010", "2025").comparable


def test_of_what_no_line_speaks_nothing_is_claimed():
    assert crossing(["new_users"], "2018", "2022") is None
    assert crossing(["population", "new_users"], "2018", "2022") is None


def test_every_line_names_its_reason_and_its_source():
    assert len(crosswalk()) == len({(c.measure, c.since, c.until) for c in crosswalk()})
    assert all(c.id and c.en and c.source for c in crosswalk())


ERAS = '[a]\nid = "A"\nen = "A"\nlast = 2018\n[b]\nid = "B"\nen = "B"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ERAS + "first = 2020", r"eras.toml \[b\] first is 2020; expected 2019\."),
        (ERAS, r"eras.toml \[b\] first is None; expected 2019\."),
        (
            ERAS + "first = 2019\nlast = 2020",
            r"eras.toml \[b\] last is 2020; expected no last year\.",
        ),
        (
            ERAS.replace("last = 2018\n", ""),
            r"eras.toml \[b\]: the era before it has no last year\.",
        ),
    ],
)
def test_years_without_an_era_and_years_with_two_are_refused(text, said, monkeypatch):
    monkeypatch.setattr(reading, "read_text", lambda _: text)
    eras.cache_clear()
    with pytest.raises(CatalogueError, match=f"^{said}$"):
        eras()
    eras.cache_clear()


HEAD = "measure,since,until,comparable,id,en,source\n"
GOOD = "users,sr,siga,no,karena,because,book"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("akseptor,sr,siga,no,karena,because,book", r"measure is 'akseptor'; expected"),
        ("users,sr,2021,no,karena,because,book", r"until: '2021' is not in eras.toml"),
        ("users,siga,sr,no,karena,because,book", r"expected an era after 'siga'"),
        ("users,sr,siga,maybe,karena,because,book", r"'maybe'; expected 'yes' or 'no'"),
        ("users,sr,siga,no,karena,because,", r"source is ''; expected why"),
    ],
)
def test_a_line_that_claims_nothing_certain_is_refused(row, said, monkeypatch):
    eras()  # of the real file
    rows = [dict(zip(HEAD.strip().split(","), each.split(","), strict=True))
            for each in (GOOD, row)]  # fmt: skip
    monkeypatch.setattr(reading, "read_csv", lambda _: rows)
    module.crosswalk.cache_clear()
    with pytest.raises(CatalogueError, match=said):
        module.crosswalk()
    module.crosswalk.cache_clear()


def test_headings_name_eras_that_there_are():
    named = {era for heading in headings() for era in heading.eras}
    assert named <= set(eras())
