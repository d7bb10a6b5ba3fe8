"""Boundaries of an older edition: the land of districts that were split off since."""

from __future__ import annotations

import pandas as pd
import pytest
from making_layers import layer_of, load

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.maps import describe_map
from kkbpk_geo.regions.boundaries import load_boundaries
from kkbpk_geo.regions.foreign import editions

# District -> the one that had its land: Lampung until 2012, and until 2007.
OF_14 = {"18.13": "18.04"}
OF_10 = {
    "18.09": "18.01", "18.10": "18.06", "18.11": "18.05", "18.12": "18.05",
    "18.13": "18.04",
}  # fmt: skip


def older(frame, of):
    """The same ground with the districts of an older edition."""
    codes = frame["kode"].replace(of)
    names = dict(zip(frame["kode"], frame["nama"], strict=True))
    whole = frame.assign(kode=codes).dissolve("kode").reset_index()
    return whole.assign(nama=[names[code] for code in whole["kode"]])


@pytest.fixture
def frame():
    return layer_of("Lampung")


@pytest.mark.parametrize("of", [OF_14, OF_10], ids=["14", "10"])
def test_land_of_districts_split_off_is_parted_from_those_that_held_it(
    frame, tmp_path, of
):
    found = load(older(frame, of), tmp_path)
    shipped = load_boundaries("Lampung")
    assert found.attrs["held"] == of
    assert list(found.index) == list(shipped.index)
    assert found["area_km2"].to_numpy() == pytest.approx(
        shipped["area_km2"].to_numpy(), rel=1e-3
    )


def test_each_holder_is_named_with_what_it_held_and_how_much_too_large_it_was(
    frame, tmp_path
):
    notes = load(older(frame, OF_10), tmp_path).attrs["notes"]
    assert len(notes) == 4
    by_holder = {note["en"].partition("draws ")[2][:12]: note["en"] for note in notes}
    assert by_holder["Tulang Bawan"] == (
        "layer.geojson: an older edition of boundaries. Mesuji, Tulang Bawang Barat: "
        "not in this layer, which draws Tulang Bawang with the land of Mesuji, Tulang "
        "Bawang Barat, 2.1 times as large as it is. The map hatches that land by the "
        "shipped outline, and draws Tulang Bawang without it."
    )
    # A fifth larger: not much, by the areas that are known.
    assert "times as large" not in by_holder["Tanggamus wi"]
    assert notes[-1]["id"].startswith("layer.geojson: edisi batas lama. Pesisir Barat ")


def test_a_district_that_is_not_drawn_leaves_its_land_bare(frame, tmp_path):
    found = load(frame[frame["kode"] != "18.13"], tmp_path)
    assert len(found) == 14
    assert (found.attrs["held"], found.attrs["notes"]) == ({}, [])


def test_of_several_provinces_each_ones_older_edition_counts(frame, tmp_path):
    both = pd.concat(
        [older(frame, OF_14), older(layer_of("Bengkulu"), {"17.09": "17.01"})]
    )
    both.to_file(tmp_path / "layer.geojson")
    found = load_boundaries(["Lampung", "Bengkulu"], path=tmp_path / "layer.geojson")
    assert found.attrs["held"] == {"17.09": "17.01", **OF_14}


@pytest.mark.parametrize("code", ["18.01", "18.04", "18.13"])
def test_a_district_of_an_older_edition_can_be_drawn_alone(frame, tmp_path, code):
    older(frame, OF_14).to_file(tmp_path / "layer.geojson")
    alone = load_boundaries(code, path=tmp_path / "layer.geojson")
    table = pd.DataFrame({"Air (%)": [50.0]}, index=[code])
    told = [note["en"] for note in describe_map(alone, table).notes]
    words = [x for x in told if "Lampung Barat" in x and "Pesisir Barat" in x]
    assert bool(words) == (code != "18.01")


def test_a_layer_of_all_provinces_is_to_be_made_a_store(frame, tmp_path):
    frame.to_file(tmp_path / "layer.geojson")
    with pytest.raises(BoundaryError, match="layer is judged province by province"):
        load_boundaries("Indonesia", path=tmp_path / "layer.geojson")


def test_a_full_layer_has_no_older_edition(frame, tmp_path):
    found = load(frame, tmp_path)
    assert (found.attrs["held"], found.attrs["notes"]) == ({}, [])


def shifted(frame, share):
    """Lampung Barat with this share of Pesisir Barat, cut along a meridian."""
    from shapely.geometry import box

    land = frame.set_index("kode").geometry
    coast, west = land["18.13"], land["18.13"].bounds[0]
    low, high = west, land["18.13"].bounds[2]
    for _ in range(40):  # find the meridian that cuts off the share
        middle = (low + high) / 2
        part = coast.intersection(box(west, -90, middle, 90))
        low, high = (middle, high) if part.area < share * coast.area else (low, middle)
    rest = frame[frame["kode"] != "18.13"].copy()
    at = rest.index[rest["kode"] == "18.04"][0]
    rest.loc[at, "geometry"] = land["18.04"].union(part)
    return rest


@pytest.mark.parametrize(("share", "is_held"), [(0.45, False), (0.55, True)])
def test_land_is_held_from_half_of_it(frame, tmp_path, share, is_held):
    found = load(shifted(frame, share), tmp_path)
    assert ("18.13" in found.attrs["held"]) is is_held


def test_the_numbers_of_an_older_edition_are_as_reasoned():
    assert (editions._HELD, editions._GROWN) == (0.5, 1.25)
