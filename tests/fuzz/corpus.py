"""Small files of an office: sheets of the programme, layers, a project file.

Out:    :func:`files`: name of a file -> its bytes. Made here, the same whenever they
        are made; no name of a person, nothing of a real export.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from fuzz.old_excel import compound, number, records, text
from openpyxl import Workbook

Cell = str | int
Rows = list[list[Cell]]

RECAP: Rows = [
    ["REKAPITULASI KELOMPOK BULAN NOVEMBER 2025"],
    [],
    ["NO", "KABUPATEN/KOTA", "JUMLAH BKB", "JUMLAH BKR", "JUMLAH PUS"],
    [1, "Lampung Selatan", 120, 80, 150000],
    [2, "Pringsewu", 60, 45, 60000],
    [3, "Mesuji", 40, 31, 34000],
    [4, "Kota Metro", 22, 20, 23000],
    ["", "JUMLAH", 242, 176, 267000],
]
VILLAGES: Rows = [
    ["DATA PUS DESA TAHUN 2025"],
    ["KABUPATEN", "KECAMATAN", "DESA", "JUMLAH PUS", "PESERTA KB AKTIF"],
    ["Pringsewu", "Gading Rejo", "Wonodadi", 900, 640],
    ["Pringsewu", "Gading Rejo", "Tegalsari", 410, 300],
    ["Pringsewu", "Gading Rejo", "Mataram", 380, 260],
]
GROUPS: Rows = [
    ["DAFTAR KELOMPOK BKB TAHUN 2025"],
    ["NO", "KABUPATEN", "NAMA KELOMPOK", "JUMLAH ANGGOTA"],
    [1, "Mesuji", "Melati", 25],
    [2, "Mesuji", "Kenanga", 31],
    [3, "Way Kanan", "Anggrek", 18],
]
PLAN: Rows = [
    ["RENCANA KERJA TAHUN 2026"],
    ["KABUPATEN", "KEGIATAN", "TARGET", "SATUAN", "ANGGARAN", "TRIWULAN"],
    ["Pringsewu", "Pembinaan kelompok BKB", 12, "kelompok", 24000000, "TW II"],
    ["Mesuji", "Pelayanan KB bergerak", 4, "kali", 50000000, "TW I"],
]
SHEETS = {"rekap": RECAP, "desa": VILLAGES, "kelompok": GROUPS, "rencana": PLAN}


PROJECT = "peta-kerja.toml"
# What the project names, and what lies beside it.
BESIDE = ("bkb.csv", "provinsi.csv", "kabkota.csv")
BESIDE_TEXT = "KABUPATEN;JUMLAH BKB\nMesuji;5\n"
PROJECT_TEXT = f"""[peta]
judul = "Peta kerja" # di atas peta
provinsi = "Lampung"
tingkat = "kabkota"
kelas = 4
metode = "quantile"
sumber = "New SIGA"
contoh = false

[masukan]
tabel = ["{BESIDE[0]}"]
tahun = 2025
bulan = "November"
indikator = []

[rencana]
provinsi = "{BESIDE[1]}"
kabkota = ["{BESIDE[2]}"]
tahun = 2026

[keluaran]
folder = "hasil"
cetak = "pdf"

[privasi]
batas = 5

[standar]
unmet_need = 0.093
kit = false

[bobot]
unmet_need = 2
"""
LAYERS = (".geojson", ".gpkg", ".fgb", ".parquet", ".zip")
LAYER_PROVINCE = "DI Yogyakarta"  # few districts: small files, read in no time
_ROUGH = 0.02  # degrees; about 2 km, so that a layer has a few thousand bytes
_DATE = (2025, 1, 1, 0, 0, 0)
_MOMENT = re.compile(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d")


@cache
def files() -> dict[str, bytes]:
    """Return the corpus: each sheet in each form, layers, and a project file."""
    found = {PROJECT: PROJECT_TEXT.encode()}
    for name, rows in SHEETS.items():
        found[f"{name}.csv"] = _csv(rows)
        found[f"{name}.xlsx"] = _undated(_xlsx(rows))
        found[f"{name}.ods"] = _undated(_ods(rows))
        found[f"{name}.xls"] = _xls(rows)
    for suffix in LAYERS:
        found[f"batas{suffix}"] = _layer(suffix)
    return found


def _undated(packed: bytes) -> bytes:
    """Pack a workbook again without the moment at which it was made."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            body = _MOMENT.sub(b"2025-01-01T00:00:00", old.read(name))
            new.writestr(zipfile.ZipInfo(name, _DATE), body)
    return buffer.getvalue()


def _layer(suffix: str) -> bytes:
    """Write a rough layer of a small province, as an office may hand it over."""
    import pyogrio

    from kkbpk_geo.regions import load_boundaries

    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2025-01-01T00:00:00Z"})
    frame = load_boundaries(LAYER_PROVINCE).reset_index()
    frame = frame.rename(columns={"region_code": "kode", "name": "nama"})
    frame = frame[["kode", "nama", "geometry"]]
    frame["geometry"] = frame.geometry.simplify_coverage(_ROUGH)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"batas{suffix}"
        if suffix == ".parquet":
            frame.to_parquet(path)
        elif suffix == ".zip":
            return _shapefile(frame, Path(folder))
        else:
            frame.to_file(path, engine="pyogrio")
        return path.read_bytes()


def _shapefile(frame, folder: Path) -> bytes:
    frame.to_file(
        folder / "batas.shp", engine="pyogrio", DBF_DATE_LAST_UPDATE="2025-01-01"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in sorted(folder.iterdir()):
            packed.writestr(zipfile.ZipInfo(part.name, _DATE), part.read_bytes())
    return buffer.getvalue()


def _csv(rows: Rows) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows(rows)
    return buffer.getvalue().encode("utf-8")


def _xlsx(rows: Rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _ods(rows: Rows) -> bytes:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    sheet = Table(name="Data")
    for row in rows:
        line = TableRow()
        for cell in row:
            kind = "float" if isinstance(cell, int) else "string"
            given = {"value": cell} if kind == "float" else {}
            element = TableCell(valuetype=kind, **given)
            element.addElement(P(text=str(cell)))
            line.addElement(element)
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    buffer = io.BytesIO()
    book.write(buffer)
    return buffer.getvalue()


def _xls(rows: Rows) -> bytes:
    cells = [
        number(i, j, cell) if isinstance(cell, int) else text(i, j, cell)
        for i, row in enumerate(rows)
        for j, cell in enumerate(row)
        if cell != ""  # what is blank is not written
    ]
    return compound(records(*cells))
