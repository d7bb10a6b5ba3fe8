"""What the commands share: their options, and how a run is begun and ended.

In:     words of a command line. Out: a Project or a Run; the exit code.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from kkbpk_geo.base.errors import ProjectError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.cli import printing
from kkbpk_geo.pipeline import Level, Project
from kkbpk_geo.regions import CodeSystem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kkbpk_geo.findings import Finding
    from kkbpk_geo.pipeline import Run

_SHOWN = 40  # letters of a value in an error

Files = Annotated[
    list[str],
    typer.Argument(help="Berkas CSV, XLSX, XLS atau ODS (boleh pola, mis. *.csv)"),
]
Province = Annotated[str, typer.Option("--province", help="Provinsi, nama atau kode")]
Year = Annotated[
    int | None, typer.Option("--year", help="Tahun data (ekspor SIGA tak memuatnya)")
]
Month = Annotated[str | None, typer.Option("--month", help="Hanya bulan ini")]
Lang = Annotated[Language, typer.Option("--language", help="Bahasa: id atau en")]
Codes = Annotated[
    CodeSystem | None,
    typer.Option("--code-system", help="Sistem kode 4 angka: kemendagri atau bps"),
]
Bounds = Annotated[
    Path | None, typer.Option("--boundaries", help="Lapisan batas wilayah sendiri")
]
Detail = Annotated[
    Path | None,
    typer.Option("--detail", help="Lapisan kecamatan untuk turun satu tingkat"),
]
AtLevel = Annotated[Level, typer.Option("--level", help="Tingkat wilayah peta")]
Indicators = Annotated[
    list[str] | None,
    typer.Option("--indicator", help="Hanya indikator ini (boleh diulang)"),
]
PlanOfProvince = Annotated[
    str, typer.Option("--plan-province", help="Rencana provinsi, untuk sinkronisasi")
]
PlanOfDistricts = Annotated[
    list[str] | None,
    typer.Option("--plan-districts", help="Rencana kabupaten/kota (berulang)"),
]
PlanBase = Annotated[
    str, typer.Option("--plan-base", help="Rencana terakhir yang disepakati")
]
Folder = Annotated[Path, typer.Option("-o", "--out", help="Folder hasil")]
MaybeFolder = Annotated[Path | None, typer.Option("-o", "--out", help="Folder hasil")]
Title = Annotated[str, typer.Option("--title", help="Judul peta")]


def run_files(files: list[str], *, language: Language, **options: object) -> Run:
    """Run files with the options given, showing progress."""
    from kkbpk_geo.pipeline import run

    project = make_project(files, language=language, **options)
    with printing.progress_bar(language) as tell:
        return run(project, progress=tell)


def make_project(files: list[str], **options: object) -> Project:
    """Make a project of files and options; patterns are expanded."""
    from kkbpk_geo.pipeline import find_plans, find_tables, read_month

    month = read_month(options.pop("month", None), "--month")
    if month is not None and options.get("year") is None:
        msg = "--month needs --year, because the exports name months without years."
        raise ProjectError(msg)
    plans = find_plans(
        *(options.pop("plans", None) or ("", [], "")),  # type: ignore[misc]
        here=Path(),
        where="--plan-province, --plan-districts",
    )
    tables = find_tables(files, Path(), "", plans)
    return Project(tables=tables, month=month, plans=plans, **options)  # type: ignore[arg-type]


def whole_number(text: str, option: str, *, least: int = 0) -> int:
    """Read a whole number as people write it: ``10000``, ``10.000``, ``2 juta``.

    Raises
    ------
    ProjectError
        If it is none, or below ``least``; names the option.
    """
    from kkbpk_geo.io import read_rupiah

    found = read_rupiah(text).value
    if found is None or found < least:
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        msg = (
            f"{option} is {shown!r}; expected a whole number from {least} up, such as "
            "10000 or 10.000."
        )
        raise ProjectError(msg)
    return found


def end(findings: Iterable[Finding]) -> NoReturn:
    """End with 1 where a table has a fault of severity error, else with 0."""
    raise typer.Exit(1 if any(f.severity == "error" for f in findings) else 0)
