"""A word in statuses.toml is all that a new status needs."""

import re

import pytest

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.catalogue.statuses import statuses
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.payload import page_data
from kkbpk_geo.maps.paper.ground import no_value
from kkbpk_geo.maps.paper.panels import absent_rows


def test_a_new_status_is_in_the_data_of_the_page_and_on_paper(new_status, strip, tidy):
    tidy.loc[4, "status"] = "few"
    data = page_data(describe_map(strip, tidy))
    assert data["levels"][0]["layers"][0]["cells"][1]["status"] == "zpd"
    assert data["statuses"][-1] == {
        "key": "few", "letter": "z", "id": "hanya sedikit", "en": "only few",
        "hatch": "M1,1 7,2",
    }  # fmt: skip
    assert no_value("few").hatch == new_status["print"]
    rows = absent_rows(("few", "ok", "few"), "en")
    assert [(text, n) for _, text, n in rows] == [("only few", 2)]


@pytest.mark.parametrize("key", statuses())
def test_every_status_of_a_map_reaches_the_page_with_its_letter_and_words(
    strip, tidy, key
):
    tidy.loc[4, "status"] = key
    found = {
        one["key"]: one for one in page_data(describe_map(strip, tidy))["statuses"]
    }
    assert found[key]["letter"] == statuses()[key].letter
    assert found[key]["en"]
    # Those of the other cells, and two that a script may ask for; no more.
    used = {"not_reported", "not_yet_founded", "partial", "no_denominator"}
    assert set(found) <= {*used, "ok", "missing", key}
    assert [*found] == [one for one in statuses() if one in found]


def test_a_status_the_table_does_not_have_is_refused(strip, tidy):
    tidy.loc[4, "status"] = "entah"
    text = (
        "table: region 18.01, indicator 'contraceptive_use' has status 'entah'; "
        f"expected one of {list(statuses())}."
    )
    with pytest.raises(MapError, match=f"^{re.escape(text)}$"):
        describe_map(strip, tidy)


def test_a_status_of_gaps_that_the_table_does_not_have_is_refused(strip, wide, gaps):
    gaps.table.loc[1, "status"] = "entah"
    with pytest.raises(MapError, match=r"^gaps: row 2, service 'kit:bkb' has status"):
        describe_map(strip, wide, gaps=gaps)
