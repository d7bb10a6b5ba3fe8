"""Faults put into the sample on purpose, each recorded so that a test can ask for it.

Why: a check that finds nothing proves nothing. Every fault here is one that offices
report from their own data.

In:     the clean tables. Out: the same tables, changed in place, and a :class:`Fault`
        per change, with the row as a person sees it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kkbpk_geo.sample.recaps import TOTAL
from kkbpk_geo.sample.tables import Cell, Row, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault put in on purpose.

    Attributes
    ----------
    key : str
        What it is; ``sample_fault_<key>`` words it.
    file, row, column : str, int, str
        Where; the first line of a sheet is row 1. ``column`` is the heading.
    found_as : str
        Code of the finding that reports it; ``resolved`` where reading mends it,
        ``placement:<...>`` where only the map's outlines can tell.
    region : str
        Code of the kabupaten/kota; empty where it is none.
    """

    key: str
    file: str
    row: int
    column: str
    found_as: str
    region: str = ""


def put_faults(tables: Mapping[str, Table], first: Mapping[str, int]) -> list[Fault]:
    """Change the tables in place and say how.

    Parameters
    ----------
    tables : mapping name -> Table, as made by the other modules of this folder
    first : mapping name -> row number of the first data row in the written file
    """
    put = _Putter(tables, first)
    found = [
        _above(put, "bkb", ("YANG LAPOR", "YANG ADA"), "reporting"),
        _above(
            put,
            "bkr",
            (
                "JUMLAH KELUARGA ANGGOTA BKR HADIR PERTEMUAN",
                "JUMLAH KELUARGA ANGGOTA BKR",
            ),
            "attending",
        ),
        _wrong_percent(put),
        _copied(put),
        _blank_block(put),
        _rename(put),
        _unknown_region(put),
        _wrong_total(put),
        _text_number(put),
    ]
    return [*found, *_misplaced(put)]


@dataclass(frozen=True, slots=True, eq=False)
class _Putter:
    tables: Mapping[str, Table]
    first: Mapping[str, int]

    def row(self, name: str, region: str, *, skip: int = 0) -> int:
        """Position of a row of a district that has groups and reports."""
        table = self.tables[name]
        place = 1
        told = table.column("YANG LAPOR") if "YANG LAPOR" in table.headings else place
        rows = [
            i
            for i, row in enumerate(table.rows)
            if str(row[place]).upper().endswith(region) and row[told]
        ]
        return rows[skip]

    def fault(
        self, key: str, name: str, position: int, column: str, found_as: str
    ) -> Fault:
        return Fault(
            key=key,
            file=self.tables[name].file,
            row=self.first[name] + position,
            column=column,
            found_as=found_as,
        )

    def set(self, name: str, position: int, column: str, value: Cell) -> None:
        table = self.tables[name]
        table.rows[position][table.column(column)] = value

    def get(self, name: str, position: int, column: str) -> int:
        table = self.tables[name]
        value = table.rows[position][table.column(column)]
        return value if isinstance(value, int) else 0


def _above(put: _Putter, name: str, columns: tuple[str, str], key: str) -> Fault:
    part, whole = columns
    at = put.row(name, "LAMPUNG UTARA", skip=5)
    value = put.get(name, at, whole) + 2
    put.set(name, at, part, value)
    if key == "reporting":  # the printed percentage follows, so only this is wrong
        percent = f"{100 * value / put.get(name, at, whole):.2f}"
        put.set(name, at, "PERSENTASE LAPOR", percent)
    return put.fault(key, name, at, part, f"{key}_above_{_WHOLE[key]}")


_WHOLE = {"reporting": "existing", "attending": "members"}


def _wrong_percent(put: _Putter) -> Fault:
    at = put.row("bkl", "PESAWARAN", skip=9)
    put.set("bkl", at, "PERSENTASE LAPOR", "66.98")
    return put.fault("percent", "bkl", at, "PERSENTASE LAPOR", "printed_percent_wrong")


def _copied(put: _Putter) -> Fault:
    table = put.tables["bkb_keluarga"]
    source, copy = table.column("STATUS PUS"), table.column("STATUS BER KB")
    for row in table.rows:
        row[copy] = row[source]
    return put.fault("copied", "bkb_keluarga", 0, "STATUS BER KB", "column_copied")


def _blank_block(put: _Putter) -> Fault:
    table = put.tables["pik_r"]
    values = slice(table.column("YANG ADA"), table.column("BULAN"))
    blank = [
        i
        for i, row in enumerate(table.rows)
        if row[1] == "PESISIR BARAT" and row[-1] == "NOVEMBER"
    ]
    for i in blank:
        table.rows[i][values] = [None] * len(table.rows[i][values])
    return put.fault("blank", "pik_r", blank[0], "YANG ADA", "block_not_reported")


def _rename(put: _Putter) -> Fault:
    rows = put.tables["bkr"].rows
    at = [i for i, row in enumerate(rows) if row[1] == "TULANG BAWANG BARAT"]
    for i in at:
        rows[i][1] = "TULANG BAWANG BRT"
    return put.fault("name_variant", "bkr", at[0], "KABUPATEN", "resolved")


def _unknown_region(put: _Putter) -> Fault:
    rows = put.tables["uppka"].rows
    extra: Row = [*rows[-1]]
    extra[1:5] = ["LAMPUNG TENGGARA", "CONTOH", "2001", "CONTOH"]
    rows.append(extra)
    at = len(rows) - 1
    return put.fault("unknown_region", "uppka", at, "KABUPATEN", "region_unknown")


def _wrong_total(put: _Putter) -> Fault:
    rows = put.tables["sarana"].rows
    at = next(i for i, row in enumerate(rows) if row[1] == TOTAL)
    put.set("sarana", at, "GENRE KIT", put.get("sarana", at, "GENRE KIT") - 27)
    return put.fault("total", "sarana", at, "GENRE KIT", "total_disagrees")


def _text_number(put: _Putter) -> Fault:
    at = put.row("sasaran", "LAMPUNG TENGAH")
    number = put.get("sasaran", at, "JUMLAH KELUARGA")
    put.set("sasaran", at, "JUMLAH KELUARGA", f"{number:,}".replace(",", "."))
    return put.fault("text_number", "sasaran", at, "JUMLAH KELUARGA", "number_as_text")


def _misplaced(put: _Putter) -> list[Fault]:
    """Spoil four facilities: elsewhere, without coordinates, and swapped."""
    table = put.tables["faskes"]
    name, lat, lon = (
        table.column(c) for c in ("KABUPATEN/KOTA", "LATITUDE", "LONGITUDE")
    )

    def nth(region: str, skip: int) -> int:
        rows = enumerate(table.rows)
        return [i for i, row in rows if str(row[name]).upper().endswith(region)][skip]

    moved, guest = nth("TANGGAMUS", 4), nth("PRINGSEWU", 4)
    table.rows[moved][lat : lon + 1] = table.rows[guest][lat : lon + 1]
    bare = nth("LAMPUNG BARAT", 6)
    table.rows[bare][lat] = table.rows[bare][lon] = None
    swapped = nth("WAY KANAN", 5)
    row = table.rows[swapped]
    row[lat], row[lon] = row[lon], row[lat]
    return [
        put.fault(
            "other_region", "faskes", moved, "LATITUDE", "placement:other_region"
        ),
        put.fault("no_coordinates", "faskes", bare, "LATITUDE", "coordinates_missing"),
        put.fault("swapped", "faskes", swapped, "LATITUDE", "coordinates_swapped"),
    ]
