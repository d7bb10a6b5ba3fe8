"""Work plans in the data of a page: compact, plain, and absent where there are none."""

import json
import re

import pytest

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.maps.content.options import MapOptions
from kkbpk_geo.maps.content.plans import PlanDecision, PlanWork, RegionPlan
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.page import build_page
from kkbpk_geo.maps.page.payload import page_data

EVIL = "<img src=x onerror=alert(1)>`${7*7}`</script>"
YEAR = ["planned"] * 6 + ["broken"] * 3 + [""] * 3


def decision(number=1, **more):
    return PlanDecision(
        kind={"id": "berbeda", "en": "differ"}, work=f"Kegiatan {number}", **more
    )


def data(strip, wide, **plans):
    options = MapOptions(plans={f"18.{code}": one for code, one in plans.items()})
    return page_data(describe_map(strip, wide, options=options))


def said(page, number, language=0):
    words = page["pool"][number]
    return words if isinstance(words, str) else words[language]


def region(page, code="18.01"):
    return page["plans"]["regions"][code]


def test_without_plans_the_page_carries_nothing_of_them(strip, wide):
    page = build_page(describe_map(strip, wide))
    assert "core.plan = " not in page
    assert "kg-year" not in page
    assert '"plans"' not in page
    assert "plans" not in data(strip, wide)


def test_plans_of_regions_that_are_not_on_the_map_stay_out(strip, wide):
    assert "plans" not in data(strip, wide, **{"99": RegionPlan(year=2026)})
    both = data(strip, wide, **{"01": RegionPlan(year=2026), "99": RegionPlan(year=1)})
    assert list(both["plans"]["regions"]) == ["18.01"]


def test_what_is_not_known_is_left_out_and_zero_stays_zero(strip, wide):
    plan = RegionPlan(
        year=2026, lines=4, agreed=0, conflicts=0, parts={"cover": 0.0, "spread": None}
    )
    got = region(data(strip, wide, **{"01": plan}))
    assert got == {
        "year": 2026, "lines": [4, 0, 0, None], "more": 0, "parts": {"cover": 0},
    }  # fmt: skip


def test_the_first_eight_decisions_are_shown_and_the_others_counted(strip, wide):
    due = [decision(n, rupiah=1000 * n, part="target") for n in range(1, 12)]
    page = data(strip, wide, **{"01": RegionPlan(year=2026, decisions=due)})
    got = region(page)
    assert len(got["due"]) == 8
    assert got["more"] == 3
    kind, work, part, province, district, note, rupiah = got["due"][7]
    assert [said(page, n) for n in (kind, work, part)] == [
        "berbeda", "Kegiatan 8", "target",
    ]  # fmt: skip
    assert said(page, kind, 1) == "differ"
    assert {said(page, n) for n in (province, district, note)} == {""}
    assert rupiah == 8000


def test_a_calendar_row_is_a_name_and_twelve_letters_said_once(strip, wide):
    plan = RegionPlan(year=2026, calendar=[("Pembinaan", YEAR)])
    page = data(strip, wide, **{"01": plan, "02": plan})
    (row,) = region(page)["rows"]
    name, letters = page["pool"][row]
    assert said(page, name) == "Pembinaan"
    assert letters == "ppppppbbb..."
    assert region(page, "18.02")["rows"] == [row]


def test_progress_is_percentages_and_a_letter_and_missing_stays_missing(strip, wide):
    plan = RegionPlan(
        year=2026, physical=62.54, absorption=None, klass="behind", works=3, reported=2,
        deviations=[PlanWork(work="Kit", klass="critical", physical=10.0)],
    )  # fmt: skip
    page = data(strip, wide, **{"01": plan})
    assert region(page)["done"] == [62.5, None, "b", 2, 3]
    ((work, *cells),) = region(page)["behind"]
    assert said(page, work) == "Kit"
    assert cells == [10, None, "c"]


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        (
            RegionPlan(year=2026, calendar=[("Kit", ["planned"] * 11)]),
            "plan of 18.01: a calendar row has 11 cells; expected 12, each one of "
            "['planned', 'year', 'broken', ''].",
        ),
        (
            RegionPlan(year=2026, calendar=[("Kit", ["planned"] * 11 + ["done"])]),
            "plan of 18.01: a calendar row has 12 cells, among them 'done'; expected "
            "12, each one of ['planned', 'year', 'broken', ''].",
        ),
        (
            RegionPlan(year=2026, klass="late"),
            "plan of 18.01: class 'late'; expected one of ['critical', 'behind', "
            "'on_track', 'above', 'not_reported', 'no_target'].",
        ),
    ],
)
def test_what_the_sheet_could_not_draw_is_refused(strip, wide, plan, message):
    with pytest.raises(MapError) as caught:
        data(strip, wide, **{"01": plan})
    assert str(caught.value) == message


def test_both_languages_have_the_same_words(strip, wide):
    texts = data(strip, wide, **{"01": RegionPlan(year=2026)})["plans"]["texts"]
    assert set(texts["id"]) == set(texts["en"])
    assert texts["id"]["cell_b"] == "perlu, tetapi tidak direncanakan"
    assert texts["en"]["class_c"] == "critical"
    for language in texts:
        assert texts[language]["months"].count("|") == 11
        assert texts[language]["quarters"].count("|") == 3


def test_every_word_of_the_section_is_in_the_catalogue(strip, wide):
    from importlib.resources import files

    script = (files("kkbpk_geo.maps.page") / "assets/scripts/plan.js").read_text(
        "utf-8"
    )
    known = data(strip, wide, **{"01": RegionPlan(year=2026)})["plans"]["texts"]["id"]
    used = set(re.findall(r"\bplanWord\(\"(\w+)\"[,)]", script))
    assert len(used) > 8
    assert used <= set(known)


def test_hostile_words_are_data_and_never_markup(strip, wide):
    plan = RegionPlan(
        year=2026, calendar=[(EVIL, YEAR)], klass="behind",
        decisions=[decision(rupiah=None, part=EVIL, province=EVIL)],
        deviations=[PlanWork(work=EVIL)],
    )  # fmt: skip
    page = build_page(
        describe_map(strip, wide, options=MapOptions(plans={"18.01": plan}))
    )
    assert "<img" not in page
    block = page.partition('id="kg-data">')[2].partition("</script>")[0]
    assert EVIL in json.loads(block)["pool"]


def test_the_same_plans_give_the_same_page(strip, wide):
    plan = RegionPlan(year=2026, calendar=[("Kit", YEAR)], decisions=[decision()])
    options = MapOptions(plans={"18.01": plan})
    pages = [build_page(describe_map(strip, wide, options=options)) for _ in range(2)]
    assert pages[0] == pages[1]
    plain = build_page(describe_map(strip, wide))
    # The script, the style and the words of plans come to this much, once.
    assert len(pages[0]) - len(plain) < 12_000
