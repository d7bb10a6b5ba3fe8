"""The commands about plans: plan check, align, resolve; the others are beside it.

In:     arguments and options. Out: calls to lower floors, lines, exit codes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kkbpk_geo.base.errors import ProjectError
from kkbpk_geo.cli import printing, targets
from kkbpk_geo.cli.options import ByWhom, Folder, MaybeFolder, end, flag, takes
from kkbpk_geo.pipeline import Project, expand_name

if TYPE_CHECKING:
    from kkbpk_geo.pipeline import PlanFiles
    from kkbpk_geo.plan import Alignment

plans = typer.Typer(
    help="Rencana kerja: periksa, bagi target, selaraskan, putuskan, hitung sarana.",
    no_args_is_help=True,
)

_ACCEPT = (
    "Jenis yang usulnya diterima: changed_province, changed_district, "
    "missing_province, missing_district (berulang)"
)
# Comparing needs both sides.
_SIDES = ("plans.province", "plans.districts")


@plans.command()
@takes("plan check")
def check(
    *,
    files: Annotated[
        list[str],
        typer.Argument(help="Rencana: CSV, XLSX, XLS atau ODS (boleh pola)"),
    ],
    owner: Annotated[
        Literal["", "province", "district"], typer.Option(help="Pemilik rencana")
    ] = "",
    project: Project,
    year: Annotated[int | None, flag("plans.year")] = None,
    out: MaybeFolder = None,
) -> None:
    """Periksa rencana: temuan, celah waktu, kalender, realisasi."""
    from kkbpk_geo.pipeline import check_plan, find_tables
    from kkbpk_geo.plan import read_plan

    found = list(find_tables(files))
    plan = read_plan(found, owner=owner, year=year, province=project.province)
    printing.echo(plan.summary(project.language))
    printing.print_findings(plan.findings, project.language)
    written = check_plan(plan, out, project.language)
    printing.print_files(written, project.language)
    end(plan.findings)


plans.command()(targets.apportion)
plans.command()(targets.supplies)


@plans.command()
@takes("plan align", required=_SIDES)
def align(project: Project, out: Folder = Path("rapat")) -> None:
    """Bandingkan tiga rencana; tulis bahan rapat dan peta sinkronisasi.

    Dengan --data, kesenjangan menurut tabel kantor dibandingkan juga.
    """
    from kkbpk_geo.pipeline import write_pack

    plans = _plans_of(project)
    found = _align(project, plans)
    written = write_pack(
        found, out, meeting=plans.meeting, boundaries=project.boundaries
    )
    printing.echo(found.summary(project.language))
    printing.print_findings(found.findings, project.language)
    printing.print_files(written, project.language)
    end(found.findings)


@plans.command()
@takes("plan resolve", required=_SIDES)
def resolve(
    *,
    decisions: Annotated[
        Path, typer.Option("--decisions", help="Buku kerja rapat yang sudah diisi")
    ],
    decided_by: ByWhom = "",
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", help=_ACCEPT),
    ] = None,
    project: Project,
    out: Folder = Path("hasil-rapat"),
) -> None:
    """Gabungkan rencana menurut keputusan rapat, dengan jejak setiap perubahan."""
    from kkbpk_geo.plan import resolve as merge
    from kkbpk_geo.plan import write_resolved

    book = expand_name(decisions, "--decisions")
    plans = _plans_of(project)
    found = _align(project, plans)
    merged = merge(found, book, decided_by=decided_by, accept=tuple(accept or ()))
    written = write_resolved(merged, out, meeting=plans.meeting)
    printing.echo(merged.summary(project.language))
    findings = (*found.findings, *merged.findings)
    printing.print_findings(findings, project.language)
    printing.print_files(written, project.language)
    end(findings)


def _plans_of(project: Project) -> PlanFiles:
    if project.plans is None:
        msg = "--plan-province and --plan-districts name no plan to compare."
        raise ProjectError(msg)
    return project.plans


def _align(project: Project, plans: PlanFiles) -> Alignment:
    from kkbpk_geo.pipeline import align_files, read_gaps

    gaps = None
    if project.tables:
        # Only then is it known which activity meets a need and which need meets none.
        gaps = read_gaps(
            project.tables, project.province, plans.year, data_year=project.year
        )
    return align_files(
        plans,
        of=project.province,
        year=plans.year,
        gaps=gaps,
        language=project.language,
    )
