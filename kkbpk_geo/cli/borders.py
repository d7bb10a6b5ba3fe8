"""The commands about boundaries: boundaries build.

In:     arguments and options. Out: calls to the pipeline, lines, exit codes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kkbpk_geo.cli import printing
from kkbpk_geo.cli.options import flag, takes
from kkbpk_geo.pipeline import Project

boundaries = typer.Typer(
    help="Batas wilayah: bangun kecamatan dan desa dari sumber di komputer ini.",
    no_args_is_help=True,
)


@boundaries.callback()
def main() -> None:
    """Batas wilayah: bangun kecamatan dan desa dari sumber di komputer ini."""


@boundaries.command()
@takes("boundaries build")
def build(
    *,
    source: Annotated[
        Path,
        typer.Option(
            "--source",
            help="Klon wilayah_boundaries (folder atau zip), atau lapisan desa, "
            "kecamatan atau kabupaten berkode",
        ),
    ],
    province: Annotated[str, flag("province")] = "",
    villages: Annotated[
        list[str] | None,
        typer.Option(
            "--villages",
            help="Provinsi yang desanya disimpan (berulang; Indonesia: semua); "
            "bila tidak disebut: provinsi yang dibangun, untuk Indonesia Lampung",
        ),
    ] = None,
    layer: Annotated[
        str | None,
        typer.Option("--layer", help="Lapisan dari berkas yang berisi banyak"),
    ] = None,
    licence: Annotated[
        str, typer.Option("--licence", help="Lisensi lapisan menurut pemiliknya")
    ] = "",
    credit: Annotated[
        str, typer.Option("--credit", help="Sebutan sumber pada setiap peta")
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Berkas .kgeo; laporan ditulis di sampingnya"),
    ] = None,
    project: Project,
) -> None:
    """Bangun satu lapisan bertingkat: desa, kecamatan, kabupaten/kota, provinsi."""
    from kkbpk_geo.pipeline import (
        build_boundaries,
        require_store_name,
        write_boundaries,
    )

    language = project.language
    if out is not None:
        require_store_name(out)
    with printing.progress_bar(language) as tell:
        built = build_boundaries(
            source,
            province=province,
            villages=villages,
            layer=layer,
            code_system=project.code_system,
            licence=licence,
            credit=credit,
            progress=tell,
            language=language,
        )
    written = write_boundaries(built, out, language)
    printing.echo(built.summary(language))
    printing.print_files(written, language)
    printing.say("cli_built", language, file=written[0])
