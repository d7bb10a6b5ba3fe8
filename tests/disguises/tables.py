"""Clean tables of one month, and the figures that a map must show of them.

In:     hypothesis draws; the register of Lampung.
Out:    :class:`Table`, its rows as a sheet, and its truth.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from hypothesis import strategies as st

from kkbpk_geo.regions import children, region, regions_of

PERIOD = "2025-11"
TITLE = "REKAPITULASI DATA BULAN NOVEMBER 2025"
LAMPUNG = "18"
HEADINGS = {
    "kabkota": "KABUPATEN/KOTA",
    "kecamatan": "KECAMATAN",
    "desa": "DESA/KELURAHAN",
}
# Printed heading -> column of the map. Each is known to the catalogue by itself.
GROUPS = {
    "JUMLAH KELOMPOK BKB": "bkb_groups",
    "JUMLAH KELOMPOK BKR": "bkr_groups",
    "JUMLAH KELOMPOK BKL": "bkl_groups",
}
# Most groups of a kind in one row: more than a village of the register ever has.
MOST_GROUPS = 6
# About 16 % of people are couples of reproductive age; it need only be plausible.
COUPLES_PER_PERSON = 0.16
# Users among couples.
FEWEST_USERS, MOST_USERS = 0.5, 0.75

Cell = str | int | float
Sheet = list[list[Cell]]
Truth = dict[tuple[str, str], float]  # (region, column) -> figure


@dataclass(frozen=True)
class Table:
    """A clean table: one row a place, one column a measure, one month."""

    level: str
    places: list[tuple[str, ...]]  # names, the district first
    codes: list[str]  # of the district of each row
    columns: dict[str, str]  # heading -> column of the map
    values: list[list[int]]

    @property
    def place_headings(self) -> list[str]:
        """Return the headings over the names."""
        return [HEADINGS[level] for level in HEADINGS][: len(self.places[0])]

    def header(self) -> list[Cell]:
        """Return the header row."""
        return ["NO", *self.place_headings, *self.columns]

    def body(self) -> Sheet:
        """Return the rows below the header."""
        rows: Sheet = []
        for i, place in enumerate(self.places):
            rows.append([i + 1, *place, *self.values[i]])
        return rows

    def sheet(self) -> Sheet:
        """Return the whole sheet as an office would send it."""
        return [[TITLE], self.header(), *self.body()]

    def truth(self) -> Truth:
        """Return what the map must show."""
        found: Truth = defaultdict(float)
        for code, row in zip(self.codes, self.values, strict=True):
            for column, value in zip(self.columns.values(), row, strict=True):
                found[code, column] += value
        return dict(found)


def _places(draw: st.DrawFn, level: str) -> tuple[list[tuple[str, ...]], list[str]]:
    if level == "kabkota":
        found = regions_of("kabkota", LAMPUNG)
        return [(each.name,) for each in found], [each.code for each in found]
    district = draw(st.sampled_from(regions_of("kabkota", LAMPUNG)))
    subdistricts = list(children(district.code, "kecamatan"))
    if level == "kecamatan":
        chosen = subdistricts
        return [(district.name, each.bare) for each in chosen], [district.code] * len(
            chosen
        )
    above = draw(st.sampled_from(subdistricts))
    villages = children(above.code, "desa")
    names = [(district.name, above.bare, each.bare) for each in villages]
    return names, [district.code] * len(names)


@st.composite
def tables(draw: st.DrawFn, levels: tuple[str, ...] = ("kabkota", "desa", "kecamatan")):
    """Draw a clean table."""
    level = draw(st.sampled_from(levels))
    places, codes = _places(draw, level)
    count = draw(st.integers(1, 3))
    columns = dict(list(GROUPS.items())[:count])
    n = len(places)
    most = MOST_GROUPS * (10 if level == "kabkota" else 1)
    row = st.lists(st.integers(1, most), min_size=count, max_size=count)
    values = draw(st.lists(row, min_size=n, max_size=n))
    if level == "kabkota" and draw(st.booleans()):
        columns |= {"PUS": "couples", "PESERTA KB AKTIF": "users"}
        for code, figures in zip(codes, values, strict=True):
            couples = int((region(code).population or 0) * COUPLES_PER_PERSON)
            share = draw(st.floats(FEWEST_USERS, MOST_USERS))
            figures += [couples, int(couples * share)]
    return Table(level, places, codes, columns, values)
