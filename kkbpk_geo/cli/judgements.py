"""The commands that judge: score, index, analyse.

In:     arguments and options. Out: calls to the pipeline, lines, exit codes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kkbpk_geo.cli import printing
from kkbpk_geo.cli.options import (
    AtLevel,
    Bounds,
    Codes,
    Files,
    Folder,
    Indicators,
    Lang,
    Month,
    Province,
    Year,
    end,
    run_files,
)


def score(
    files: Files,
    province: Province = "Lampung",
    year: Year = None,
    month: Month = None,
    level: AtLevel = "kabkota",
    boundaries: Bounds = None,
    code_system: Codes = None,
    worst: Annotated[int, typer.Option(min=1, help="Wilayah yang ditampilkan")] = 5,
    language: Lang = "id",
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Folder untuk skor.csv dan kesenjangan.csv"),
    ] = None,
) -> None:
    """Nilai kesenjangan layanan: kebutuhan, ketersediaan, dan yang harus dikerjakan."""
    from kkbpk_geo.pipeline import write_scores

    done = run_files(
        files,
        province=province,
        year=year,
        month=month,
        level=level,
        boundaries=boundaries,
        code_system=code_system,
        language=language,
    )
    written = [] if out is None else write_scores(done, out)
    printing.print_scores(done, language, worst)
    printing.print_files(written, language)
    end(done.findings)


def index(
    files: Files,
    province: Province = "Lampung",
    year: Year = None,
    month: Month = None,
    level: AtLevel = "kabkota",
    boundaries: Bounds = None,
    code_system: Codes = None,
    indicator: Indicators = None,
    language: Lang = "id",
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Folder untuk indeks.csv dan indeks.png"),
    ] = None,
) -> None:
    """Susun indeks komposit: peringkat, rentangnya, dan mengapa."""
    from kkbpk_geo.pipeline import make_index, write_index

    done = run_files(
        files,
        province=province,
        year=year,
        month=month,
        level=level,
        boundaries=boundaries,
        code_system=code_system,
        language=language,
    )
    made = make_index(done, keys=tuple(indicator or ()))
    written = [] if out is None else write_index(made, out, language)
    printing.print_index(made, done, language)
    printing.print_files(written, language)
    end(done.findings)


def analyse(
    files: Files,
    province: Province = "Lampung",
    year: Year = None,
    month: Month = None,
    level: AtLevel = "kabkota",
    boundaries: Bounds = None,
    code_system: Codes = None,
    indicator: Indicators = None,
    language: Lang = "id",
    out: Folder = Path("analisis"),
) -> None:
    """Analisis wilayah: indeks, kuadran, ketimpangan, pola tetangga, perubahan."""
    from kkbpk_geo.pipeline import analyse as ask
    from kkbpk_geo.pipeline import write_analysis

    done = run_files(
        files,
        province=province,
        year=year,
        month=month,
        level=level,
        boundaries=boundaries,
        code_system=code_system,
        language=language,
    )
    found = ask(done, keys=tuple(indicator or ()))
    written = write_analysis(found, out)
    typer.echo(found.summary())
    printing.print_files(written, language)
    end(done.findings)
