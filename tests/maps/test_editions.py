"""Districts that an older edition of boundaries lacks: hatched, told, still counted."""

from __future__ import annotations

import pandas as pd
import pytest

from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.payload import page_data
from kkbpk_geo.regions.boundaries import load_boundaries


@pytest.fixture(scope="module")
def described():
    lampung = load_boundaries("Lampung")
    lampung.attrs |= {"held": {"18.13": "18.04"}, "map_notes": []}
    return describe_map(lampung, pd.DataFrame({"air": range(15)}, index=lampung.index))


def cells(described):
    (found,) = described.layer("air").cells.values()
    rows = zip(found.values, found.status, strict=True)
    return dict(zip(described.codes, rows, strict=True))


def test_a_district_that_the_layer_lacks_has_no_number_and_says_why(described):
    assert cells(described)["18.13"] == (None, "not_in_layer")


def test_the_district_that_held_its_land_keeps_its_number(described):
    assert cells(described)["18.04"] == (3, "ok")


def test_a_note_and_both_sheets_say_so(described):
    (note,) = described.notes
    assert note["en"] == (
        "Boundaries of an older edition: Pesisir Barat not in this layer, which gives "
        "Lampung Barat the land of Pesisir Barat. The map hatches that land without a "
        "figure; its figures still count in the province's."
    )
    assert note["id"].startswith("Batas edisi lama: Pesisir Barat tidak ada dalam")
    assert page_data(described)["findings"] == {"18.04": [note], "18.13": [note]}


def test_boundaries_of_today_say_nothing():
    lampung = load_boundaries("Lampung")
    found = describe_map(lampung, pd.DataFrame({"air": range(15)}, index=lampung.index))
    # But what the shipped outlines draw elsewhere.
    (note,) = found.notes
    assert note["id"].startswith("Dataran tinggi Pesisir Barat (270 km²) tergambar")
    assert cells(found)["18.13"] == (12, "ok")
