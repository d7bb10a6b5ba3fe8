"""The places of the rows of a sheet: read, and told where they are none.

In:     an open sheet, what titles say.
Out:    :class:`~kkbpk_geo.intake.cells.places.Places`; findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kkbpk_geo.catalogue.findings import finding_kinds
from kkbpk_geo.findings import Finding
from kkbpk_geo.intake.cells.districts import PlaceFault
from kkbpk_geo.intake.cells.levels import names_all_levels, spread_names
from kkbpk_geo.intake.cells.persons import quoted_place
from kkbpk_geo.intake.cells.places import (
    CODES,
    KIND,
    KOTA,
    Places,
    Scope,
    read_places,
)
from kkbpk_geo.intake.cells.stated_kinds import kind_column
from kkbpk_geo.intake.cells.titles import (
    find_district_code,
    find_province_code,
    find_subdistrict,
)
from kkbpk_geo.intake.frames import PLACES
from kkbpk_geo.intake.kinds.kind import Kind
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.recognise.columns import UNKNOWN
from kkbpk_geo.intake.rows.moved import moved_rows
from kkbpk_geo.intake.steps.stated import Options, Stated
from kkbpk_geo.io import Cell, is_no_value


def place_rows(
    sheet: OpenSheet, kind: Kind, stated: Stated, options: Options
) -> Places:
    """Read the places of rows; a title names what no column does."""
    cells = sheet.roles(*PLACES, *CODES, KOTA)
    spread = _names_by_level(sheet, cells)
    cells |= spread
    province = options.province or find_province_code(stated.texts)
    if "desa" in cells and "kecamatan" not in cells and stated.texts[0]:
        named = find_subdistrict(stated.texts[0], province)
        cells |= {"kecamatan": [named] * len(sheet.cells)} if named else {}
    district = ""
    # A title names the district of rows only where no column could.
    if not {"kabkota", *CODES} & set(cells) and sheet.used.any():
        district = find_district_code(stated.near, province)
    if "kabkota" in cells and not spread:
        plain = map(sheet.column, sheet.known.of_role(UNKNOWN, "keep"))
        if column := kind_column(list(plain), sheet.used):
            cells[KIND] = list(column)

    def read(titled: str) -> Places:
        return read_places(
            cells,
            sheet.used,
            scope=Scope(province=province, district=district, titled=titled),
            code_system=options.code_system,
            is_list=kind.stands_alone,
        )

    places = read("")
    # Titles are asked only where a name is vague: they cost more than names.
    vague = any(fault.code == "region_ambiguous" for fault in places.faults)
    titled = find_district_code(stated.near, province) if vague else ""
    places = read(titled) if titled else places
    return _with_villages_alone(places) if spread else places


def _names_by_level(
    sheet: OpenSheet, cells: Mapping[str, list[Cell]]
) -> dict[str, list[Cell]]:
    """Return names of each level where one column holds all, by their codes."""
    columns = sheet.known.of_role("kabkota")
    coded = [role for role in CODES if role in cells]
    if {*cells} & {*PLACES} != {"kabkota"} or len(columns) != 1 or len(coded) != 1:
        return {}
    if not names_all_levels(columns[0].printed):
        return {}
    return spread_names(cells[coded[0]], cells["kabkota"], sheet.used.tolist())


def _with_villages_alone(places: Places) -> Places:
    """Keep codes of villages for rows of villages: the column has those of all."""
    if places.villages is None:
        return places
    villages = list(places.villages)
    for i, level in enumerate(places.levels):
        if level != "desa":
            villages[i] = ""
    return replace(places, villages=villages)


def without_moved(sheet: OpenSheet) -> OpenSheet:
    """List rows whose cells stand under the heading beside their own, and tell each."""
    moved = moved_rows(sheet.cells, sheet.known, sheet.province)
    found = [each for each in moved if sheet.reasons[each.row] in ("", "total_row")]
    told = [
        sheet.find(
            f"row_moved_{each.way}", each.row, None,
            value=each.value, expected=each.right.printed, region=each.district,
        )
        for each in found
    ]  # fmt: skip
    return sheet.listing({each.row: "moved" for each in found}).told(told)


def tell_places(sheet: OpenSheet, places: Places) -> Iterator[Finding]:
    """Tell the faults of places, each at its cell, and how many were filled down.

    A row that turned out to be no data (a sum, a note) has none.
    """
    used = sheet.used
    by_role = {column.role: column for column in sheet.known.columns}
    for each in places.faults:
        fault = each.among(used)
        # What is no value is told with the other cells of its kind.
        if fault is None or is_no_value(fault.value):
            continue
        column = by_role.get(fault.role) or by_role.get("kabkota")
        yield sheet.find(
            fault.code, min(fault.values), column, value=fault.value,
            expected=fault.expected, region=_region_of(fault), count=len(fault.values),
            candidates=fault.candidates,
        )  # fmt: skip
    if filled := sum(bool(used[i]) for i in places.filled):
        yield sheet.find("place_filled_down", None, None, count=filled)


def _region_of(fault: PlaceFault) -> str:
    """Return the region of a fault as written; what is told of many has none."""
    told_of_many = finding_kinds()[fault.code].severity == "info"
    return "" if told_of_many else quoted_place(fault.value)
