"""Persons in what a run leaves behind: in no page, no table, no workbook."""

import csv
import zipfile

import geopandas as gpd
from persons_many import NAMES, NUMBERS, OVER_NAMES, SECRETS, counts, groups, slipped
from shapely.geometry import box

from kkbpk_geo.pipeline.outputs import write_outputs
from kkbpk_geo.pipeline.project import Project
from kkbpk_geo.pipeline.running import run

DIGITS = ("79004412", "7900-4412", "4507850003", "480123", "450785", "tok@", "43211")


def beside(head, *columns):
    """A list of groups with many columns that offices add."""
    rows = groups(*head)
    for heading, values in columns:
        added = [heading, *values]
        rows = [[*row, one] for row, one in zip(rows, added, strict=True)]
    return rows


def tables():
    """A table of names under all headings, one of numbers, some with a slip."""
    names = [(heading, NAMES[:4]) for heading in OVER_NAMES if heading != "NAMA KETUA"]
    yield "nama", beside(("NAMA KETUA", NAMES[:4]), *names)
    numbers = [(f"KOLOM {i}", [one] * 4) for i, (one, _) in enumerate(NUMBERS)]
    yield "nomor", beside(("KETUA", NAMES[4:8]), *numbers)
    for i, name in enumerate(NAMES):
        row, column = divmod(i, 2)
        yield (
            f"pus{i}",
            slipped(counts("KET", NAMES[:4]), 1 + row % 4, 1 + column, name),
        )


def texts_of(path):
    """Return what a file says; a workbook says what its parts say."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes().decode("utf-8", errors="replace")
    with zipfile.ZipFile(path) as book:
        parts = [book.read(name) for name in book.namelist()]
    return "\n".join(part.decode("utf-8", errors="replace") for part in parts)


def test_no_file_of_a_run_names_a_person(tmp_path):
    files = []
    for name, rows in tables():
        files.append(tmp_path / f"{name}.csv")
        with files[-1].open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
    layer = tmp_path / "kabkota.geojson"
    codes = {"18.11": "Mesuji", "18.10": "Pringsewu", "18.72": "Metro"}
    gpd.GeoDataFrame(
        {"kode": list(codes), "nama": list(codes.values())},
        geometry=[box(105 + i, -5, 105.9 + i, -4) for i in range(3)],
        crs="EPSG:4326",
    ).to_file(layer, driver="GeoJSON")
    project = Project(
        tables=tuple(files), year=2025, province="Lampung", level="kabkota",
        boundaries=layer, folder=tmp_path / "hasil",
    )  # fmt: skip
    write_outputs(run(project))
    written = [path for path in (tmp_path / "hasil").rglob("*") if path.is_file()]
    assert {".html", ".xlsx", ".csv"} <= {path.suffix for path in written}
    for path in written:
        seen = texts_of(path).casefold()
        assert [one for one in (*SECRETS, *DIGITS) if one in seen] == [], path.name
