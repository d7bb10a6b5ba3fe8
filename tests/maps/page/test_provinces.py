"""A page of several provinces: what it knows of them; pages of one are as they were."""

import pandas as pd
import pytest

from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.page import build_page
from kkbpk_geo.maps.page.payload import page_data
from kkbpk_geo.regions.boundaries import load_boundaries

CODES = ["18.10", "18.11", "36.01"]


@pytest.fixture(scope="module")
def nation():
    return load_boundaries("Indonesia")


def described(frame, whole=""):
    table = pd.DataFrame(
        {
            "region_code": [*frame.index, whole],
            "indicator": "air",
            "value": [*range(len(frame)), 7],
        }
    )
    return describe_map(frame, table)


def test_a_map_of_several_provinces_names_them(nation):
    data = page_data(described(nation.loc[CODES]))
    assert data["provinces"]["named"] == [["18", "Lampung"], ["36", "Banten"]]
    assert data["provinces"]["texts"]["id"]["all"] == "Semua provinsi"


def test_a_map_of_one_province_has_none_of_it(nation):
    one = described(nation.loc[CODES[:2]], "18")
    assert "provinces" not in page_data(one)
    assert "kg-parts" not in build_page(one)
    assert page_data(one)["texts"]["id"]["province"] == "Provinsi"


def test_provinces_lie_in_no_province():
    frame = load_boundaries("Indonesia", level="provinsi").loc[["18", "36"]]
    data = page_data(described(frame))
    assert "provinces" not in data
    assert data["texts"]["id"]["province"] == "Indonesia"


def test_regions_are_compared_with_the_country_by_its_name(nation):
    data = page_data(described(nation.loc[CODES]))
    assert data["levels"][0]["layers"][0]["cells"][0]["province"] == 7
    for language in ("id", "en"):
        texts = data["texts"][language]
        assert texts["province"] == texts["province_value"] == "Indonesia"
    assert data["title"]["id"] == "Peta kerja KKBPK Indonesia"


def test_where_in_indonesia_all_of_it_lies_is_not_shown(nation):
    assert page_data(described(nation.loc[["11.01", "93.01"]]))["outline"] is None
    assert page_data(described(nation.loc[CODES]))["outline"] is not None
