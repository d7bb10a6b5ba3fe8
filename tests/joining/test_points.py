"""Points onto regions: each counted once, outside and disagreeing ones listed."""

import numpy as np
import pandas as pd
import pytest

from kkbpk_geo.base.errors import CrsError, JoinError
from kkbpk_geo.joining.points import join_points


def points(*rows):
    return pd.DataFrame(rows, columns=["longitude", "latitude", "kind", "region_code"])


def test_each_point_is_counted_in_the_region_it_lies_in(strip):
    got = join_points(
        strip,
        points(
            (104.5, -4.5, "clinic", None),
            (104.6, -4.5, "clinic", None),
            (106.5, -4.5, "hospital", None),
        ),
    )
    assert got.counts["clinic"].tolist() == [2, 0, 0]
    assert got.counts["hospital"].tolist() == [0, 0, 1]


def test_a_point_on_a_shared_edge_is_counted_once_in_the_first_code(strip):
    got = join_points(strip, points((105.0, -4.5, "clinic", None)))
    assert got.counts["clinic"].tolist() == [1, 0, 0]


def test_outside_without_coordinates_and_in_another_region_are_told_apart(strip):
    got = join_points(
        strip,
        points(
            (90.0, -4.5, "clinic", "18.01"),
            (np.nan, -4.5, "clinic", "18.01"),
            (105.5, -4.5, "clinic", "18.01"),
            (104.5, -4.5, "clinic", "18.01"),
        ),
    )
    assert got.points["placement"].tolist() == [
        "outside",
        "no_coordinates",
        "other_region",
        "ok",
    ]
    assert got.points["stated_code"].tolist() == ["18.01"] * 4
    assert got.disagreeing["region_code"].tolist() == ["18.02"]
    assert len(got.outside) == 2


def test_points_in_metres_are_refused_with_the_way_out(strip):
    frame = strip.to_crs("EPSG:32748")
    with pytest.raises(CrsError, match=r"boundaries is in EPSG:32748.*to_crs"):
        join_points(frame, points((104.5, -4.5, "clinic", None)))


def test_a_frame_without_coordinates_is_refused(strip):
    with pytest.raises(JoinError, match="points has no column longitude, latitude"):
        join_points(strip, pd.DataFrame({"name": ["x"]}))


def test_geometry_serves_as_coordinates(strip):
    centres = strip.copy()
    centres["geometry"] = strip.geometry.representative_point()
    got = join_points(strip, centres.reset_index(drop=True))
    assert got.counts["points"].tolist() == [1, 1, 1]
