"""The commands about plans: plan check, align, resolve; the others are beside it.

In:     arguments and options. Out: calls to lower floors, lines, exit codes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kkbpk_geo.cli import printing, targets
from kkbpk_geo.cli.options import Files, Folder, Lang, MaybeFolder, Province, Year, end

if TYPE_CHECKING:
    from kkbpk_geo.base.formats import Language
    from kkbpk_geo.plan import Alignment

plans = typer.Typer(
    help="Rencana kerja: periksa, bagi target, selaraskan, putuskan, hitung sarana.",
    no_args_is_help=True,
)

Base = Annotated[
    Path | None, typer.Option("--base", help="Rencana terakhir yang disepakati")
]
OfProvince = Annotated[Path, typer.Option("--of-province", help="Rencana provinsi")]
OfDistricts = Annotated[
    list[Path], typer.Option("--of-districts", help="Rencana kabupaten/kota (berulang)")
]
Data = Annotated[
    list[Path] | None,
    typer.Option("--data", help="Tabel kantor, untuk kesenjangan (berulang)"),
]
DataYear = Annotated[
    int | None,
    typer.Option(
        "--data-year", help="Tahun tabel --data; bawaan: yang tertulis di sana"
    ),
]
_ACCEPT = (
    "Jenis yang usulnya diterima: changed_province, changed_district, "
    "missing_province, missing_district (berulang)"
)
Meeting = Annotated[str, typer.Option("--meeting", help="Nama rapat, untuk notulen")]


@plans.command()
def check(
    files: Files,
    owner: Annotated[
        Literal["", "province", "district"], typer.Option(help="Pemilik rencana")
    ] = "",
    province: Province = "Lampung",
    year: Year = None,
    language: Lang = "id",
    out: MaybeFolder = None,
) -> None:
    """Periksa rencana: temuan, celah waktu, kalender, realisasi."""
    from kkbpk_geo.pipeline import check_plan, find_tables
    from kkbpk_geo.plan import read_plan

    tables = list(find_tables(files, Path(), ""))
    plan = read_plan(tables, owner=owner, year=year, province=province)
    typer.echo(plan.summary(language))
    printing.print_findings(plan.findings, language)
    written = check_plan(plan, out, language)
    printing.print_files(written, language)
    end(plan.findings)


plans.command()(targets.apportion)
plans.command()(targets.supplies)


@plans.command()
def align(
    of_province: OfProvince,
    of_districts: OfDistricts,
    base: Base = None,
    data: Data = None,
    data_year: DataYear = None,
    province: Province = "Lampung",
    year: Year = None,
    meeting: Meeting = "",
    language: Lang = "id",
    out: Folder = Path("rapat"),
) -> None:
    """Bandingkan tiga rencana; tulis bahan rapat dan peta sinkronisasi."""
    from kkbpk_geo.pipeline import write_pack

    paths = (of_province, of_districts, base)
    found = _align(paths, (data, data_year), province, year, language)
    written = write_pack(found, out, meeting=meeting)
    typer.echo(found.summary(language))
    printing.print_findings(found.findings, language)
    printing.print_files(written, language)
    end(found.findings)


@plans.command()
def resolve(
    of_province: OfProvince,
    of_districts: OfDistricts,
    decisions: Annotated[
        Path, typer.Option("--decisions", help="Buku kerja rapat yang sudah diisi")
    ],
    base: Base = None,
    data: Data = None,
    data_year: DataYear = None,
    decided_by: Annotated[
        str, typer.Option("--by", help="Yang memutuskan: rapat atau kantor")
    ] = "",
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", help=_ACCEPT),
    ] = None,
    province: Province = "Lampung",
    year: Year = None,
    meeting: Meeting = "",
    language: Lang = "id",
    out: Folder = Path("hasil-rapat"),
) -> None:
    """Gabungkan rencana menurut keputusan rapat, dengan jejak setiap perubahan."""
    from kkbpk_geo.plan import resolve as merge
    from kkbpk_geo.plan import write_resolved

    paths = (of_province, of_districts, base)
    found = _align(paths, (data, data_year), province, year, language)
    merged = merge(found, decisions, decided_by=decided_by, accept=tuple(accept or ()))
    written = write_resolved(merged, out, meeting=meeting)
    typer.echo(merged.summary(language))
    findings = (*found.findings, *merged.findings)
    printing.print_findings(findings, language)
    printing.print_files(written, language)
    end(findings)


def _align(
    paths: tuple[Path, list[Path], Path | None],
    data: tuple[list[Path] | None, int | None],
    province: str,
    year: int | None,
    language: Language,
) -> Alignment:
    from kkbpk_geo.pipeline import PlanFiles, align_files, read_gaps

    of_province, of_districts, base = paths
    tables, data_year = data
    gaps = read_gaps(tables, province, year, data_year=data_year) if tables else None
    files = PlanFiles(province=of_province, districts=tuple(of_districts), base=base)
    return align_files(files, of=province, year=year, gaps=gaps, language=language)
