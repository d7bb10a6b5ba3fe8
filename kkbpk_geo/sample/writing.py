"""Writing the sample: a folder of files as offices hand them over.

Why: the demo, the tests and a newcomer need input that behaves like the real exports
and may be shown to anybody.

In:     a folder and a seed. Out: CSV and XLSX tables, README.txt, a list of the faults.
Rule:   the same seed gives the same bytes; every file says DATA CONTOH.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.sample import districts as sample_districts
from kkbpk_geo.sample.facilities import facility_table
from kkbpk_geo.sample.faults import Fault, put_faults
from kkbpk_geo.sample.recaps import kit_table, target_table
from kkbpk_geo.sample.tables import (
    VILLAGE_TABLES,
    Table,
    kampung_kb_table,
    kecamatan_tables,
    village_table,
)

FAULTS_FILE = "kesalahan_sengaja.json"
README_FILE = "README.txt"
CSV_FIRST = 3  # title, headings, then data
XLSX_FIRST = 4  # title, empty line, headings, then data


def write_sample(folder: str | Path, *, seed: int = 18) -> list[Path]:
    """Write the sample data of Lampung (DATA CONTOH) into a folder.

    Six village tables for two months, three tables per kecamatan, Kampung KB, two
    recaps per kabupaten/kota and a list of facilities. Population, kecamatan and
    villages are real (from the register); everything else is invented, and
    ``README.txt`` says so and lists the faults that were put in on purpose.

    Parameters
    ----------
    folder : path
        Made if absent; files of the same name are replaced.
    seed : int
        The same seed gives the same bytes.

    Returns
    -------
    list of Path
        The data files (CSV, XLSX) in name order. ``README.txt`` and
        ``kesalahan_sengaja.json`` stand beside them.
    """
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    tables = _tables(seed)
    first = {name: _first_row(table) for name, table in tables.items()}
    faults = put_faults(tables, first)
    written = []
    for table in tables.values():
        path = target / table.file
        path.write_bytes(_bytes_of(table))
        written.append(path)
    listed = json.dumps([asdict(f) for f in faults], ensure_ascii=False, indent=1)
    (target / FAULTS_FILE).write_text(listed + "\n", encoding="utf-8", newline="\n")
    text = readme(faults, seed=seed) + "\n\n" + readme(faults, seed=seed, language="en")
    (target / README_FILE).write_text(text, encoding="utf-8", newline="\n")
    return sorted(written)


def read_faults(folder: str | Path) -> list[Fault]:
    """Return the faults that :func:`write_sample` put into a folder."""
    text = (Path(folder) / FAULTS_FILE).read_text(encoding="utf-8")
    return [Fault(**entry) for entry in json.loads(text)]


def readme(faults: list[Fault], *, seed: int, language: Language = "id") -> str:
    """Return what the sample says about itself."""
    lines = [
        label("sample_fault", language).format(
            number=number,
            file=fault.file,
            row=fault.row,
            column=fault.column,
            what=label(f"sample_fault_{fault.key}", language),
        )
        for number, fault in enumerate(faults, 1)
    ]
    return label("sample_readme", language).format(
        mark=label("sample_mark", language),
        seed=seed,
        worse=", ".join(sample_districts.names(weaker=True)),
        better=", ".join(sample_districts.names(weaker=False)),
        list=FAULTS_FILE,
        faults="\n".join(lines),
    )


def _tables(seed: int) -> dict[str, Table]:
    found = {name: village_table(name, seed) for name in VILLAGE_TABLES}
    users, couples, targets = kecamatan_tables(seed)
    return {
        **found,
        "kontrasepsi": users,
        "pus": couples,
        "sasaran_poktan": targets,
        "kampung_kb": kampung_kb_table(seed),
        "sasaran": target_table(seed),
        "sarana": kit_table(seed),
        "faskes": facility_table(seed),
    }


def _title(table: Table) -> str:
    mark, year = label("sample_mark"), sample_districts.YEAR
    return f"{mark}: {table.about}, Provinsi Lampung, {year}"


def _first_row(table: Table) -> int:
    return CSV_FIRST if table.file.endswith(".csv") else XLSX_FIRST


def _bytes_of(table: Table) -> bytes:
    return _csv(table) if table.file.endswith(".csv") else _xlsx(table)


def _csv(table: Table) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow([_title(table)])
    writer.writerow(table.headings)
    writer.writerows(table.rows)
    return out.getvalue().encode("utf-8")


def _xlsx(table: Table) -> bytes:
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    fixed: Mapping[str, Any] = {
        "title": _title(table),
        "created": datetime(sample_districts.YEAR, 12, 1),
    }
    book.set_properties(dict(fixed))
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet("DATA CONTOH")
    sheet.write_string(0, 0, _title(table), bold)
    for column, heading in enumerate(table.headings):
        sheet.write_string(XLSX_FIRST - 2, column, heading, bold)
    for number, row in enumerate(table.rows, XLSX_FIRST - 1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell)
            elif cell is not None:
                sheet.write_number(number, column, cell)
    sheet.set_column(1, 2, 28)
    book.close()
    return out.getvalue()
