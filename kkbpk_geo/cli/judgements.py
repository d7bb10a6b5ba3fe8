"""The commands that judge: score, index, analyse.

In:     a project, by options. Out: calls to the pipeline, lines, exit codes.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from kkbpk_geo.cli import printing
from kkbpk_geo.cli.options import Folder, end, run_shown, takes
from kkbpk_geo.pipeline import Project


@takes("score", required=("tables",))
def score(
    project: Project,
    worst: Annotated[int, typer.Option(min=1, help="Wilayah yang ditampilkan")] = 5,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Folder untuk skor.csv dan kesenjangan.csv"),
    ] = None,
) -> None:
    """Nilai kesenjangan layanan: kebutuhan, ketersediaan, dan yang harus dikerjakan."""
    from kkbpk_geo.pipeline import write_scores

    done = run_shown(project)
    written = [] if out is None else write_scores(done, out)
    printing.print_scores(done, project.language, worst)
    printing.print_files(written, project.language)
    end(done.findings)


@takes("index", required=("tables",))
def index(
    project: Project,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Folder untuk indeks.csv dan indeks.png"),
    ] = None,
) -> None:
    """Susun indeks komposit: peringkat, rentangnya, dan mengapa."""
    from kkbpk_geo.pipeline import make_index, write_index

    done = run_shown(_of_every_indicator(project))
    made = make_index(done, keys=project.indicators)
    written = [] if out is None else write_index(made, out, project.language)
    printing.print_index(made, done, project.language)
    printing.print_files(written, project.language)
    end(done.findings)


@takes("analyse", required=("tables",))
def analyse(project: Project, out: Folder = Path("analisis")) -> None:
    """Analisis wilayah: indeks, kuadran, ketimpangan, pola tetangga, perubahan."""
    from kkbpk_geo.pipeline import analyse as ask
    from kkbpk_geo.pipeline import write_analysis

    done = run_shown(_of_every_indicator(project))
    found = ask(done, keys=project.indicators)
    written = write_analysis(found, out)
    typer.echo(found.summary())
    printing.print_files(written, project.language)
    end(done.findings)


def _of_every_indicator(project: Project) -> Project:
    """Count every indicator: quadrants and the index choose among all of them."""
    return replace(project, indicators=())
