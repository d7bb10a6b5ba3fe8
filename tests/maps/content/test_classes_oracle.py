"""Fisher-Jenks against published breaks of a data set that no one here made."""

import csv
from importlib.util import find_spec
from pathlib import Path

import pytest

from kkbpk_geo.maps.content.classes import classify


@pytest.fixture
def densities():
    """Employment densities of 58 Californian counties, from the mapclassify wheel."""
    found = find_spec("mapclassify")
    if found is None or not found.submodule_search_locations:
        pytest.skip("mapclassify is not installed (extra 'analysis'): no oracle data")
    folder = Path(found.submodule_search_locations[0])
    path = folder / "datasets" / "calemp" / "calempdensity.csv"
    if not path.exists():
        pytest.skip("this mapclassify does not carry calempdensity.csv: no oracle data")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row]
    return [float(row[-1]) for row in rows if row[-1].replace(".", "", 1).isdigit()]


def test_fisher_jenks_cuts_where_the_published_breaks_do(densities):
    assert len(densities) == 58
    found = classify(densities, digits=2, method="jenks", k=5)
    tops = [
        max(value for value in densities if found.index(value) == i) for i in range(5)
    ]
    assert tops == [75.29, 192.05, 370.5, 722.85, 4111.45]
