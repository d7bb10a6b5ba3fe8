"""The commands that read tables, draw, score and run; those of plans stand beside.

In:     arguments and options. Out: calls to the pipeline, lines, exit codes.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from kkbpk_geo.base.errors import ProjectError
from kkbpk_geo.base.escaping import seen
from kkbpk_geo.cli import borders, headings, plans, printing
from kkbpk_geo.cli.options import Folder, Force, end, run_shown, takes
from kkbpk_geo.cli.stopping import Stoppable
from kkbpk_geo.io import session, speak, write_text
from kkbpk_geo.pipeline import Project, expand_name

if TYPE_CHECKING:
    from kkbpk_geo.pipeline import Run

app = typer.Typer(
    name="kkbpk-geo",
    cls=Stoppable,
    help="Peta kerja KKBPK: dari lembar kerja kantor ke satu peta yang terbuka tanpa "
    "internet. (From the offices' sheets to one work map that opens offline.)",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Tampilkan versi")] = False,
) -> None:
    """Peta kerja KKBPK dari lembar kerja kantor."""
    context.with_resource(session())
    if version:
        import kkbpk_geo

        printing.echo(f"kkbpk-geo {kkbpk_geo.__version__}")
        raise typer.Exit


@app.command()
@takes("demo")
def demo(
    project: Project,
    out: Folder = Path("demo"),
    plans: Annotated[
        bool,
        typer.Option(
            "--plans", help="Semua halaman: juga rencana kerja, analisis, keberadaan"
        ),
    ] = False,
) -> None:
    """Buat data contoh Lampung dan peta kerjanya."""
    from kkbpk_geo.pipeline import run_demo

    language = project.language
    with printing.progress_bar(language) as tell:
        done = run_demo(out, language=language, plans=plans, progress=tell)
    printing.print_joined(done.joined, language)
    printing.print_scores(done, language, 3)
    printing.say(
        "cli_demo_done",
        language,
        indicators=done.indicators["indicator"].nunique(),
        regions=len(done.joined.names),
        points=len(done.points),
        findings=len(done.findings),
    )
    printing.print_outcome(done, language)
    # Faults of the sample are meant to be found; a part that fails is not.
    raise typer.Exit(1 if done.failures else 0)


@app.command()
@takes("check", required=("tables",))
def check(
    project: Project,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", help="Tulis temuan dan laporan masuk: folder, .xlsx, .html"
        ),
    ] = None,
) -> None:
    """Periksa lembar kerja dan sebutkan apa yang salah, di mana, dan perbaikannya."""
    from kkbpk_geo.intake import account_for
    from kkbpk_geo.pipeline import (
        look_for_submissions,
        read_all,
        write_audit,
        write_checked,
    )

    language = project.language
    with printing.progress_bar(language) as tell:
        checked = read_all(project, tell, len(project.tables) + 1)
    intakes, findings = checked.intakes, checked.findings
    sent = look_for_submissions(project, checked)
    written = []
    if out is not None:
        written = write_checked(checked, sent, out, language, sources=project.tables)
        written += write_audit(checked, out.parent if out.suffix else out, language)
    # Of one file it is not asked who has not sent another.
    if len(project.tables) > 1:
        printing.print_submissions(sent, language)
    printing.print_intakes(intakes, language)
    printing.print_findings(findings, language)
    printing.print_account(account_for(intakes, keep=project.keep or None), language)
    printing.print_undated(intakes, language)
    printing.print_corrections(checked.corrections, language)
    printing.print_files(written, language)
    end(findings)


@app.command()
@takes("regions")
def regions(
    *,
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Nama atau kode untuk dikenali; kosong: daftar wilayah"),
    ] = None,
    level: Annotated[
        Literal["kabkota", "kecamatan", "desa"], typer.Option("--level")
    ] = "kabkota",
    project: Project,
) -> None:
    """Kenali nama atau kode wilayah, atau daftar wilayah sebuah provinsi."""
    from kkbpk_geo.regions import find_area, province_of, regions_frame, resolve_regions

    if not names:
        # With a tab between, to be pasted into a sheet.
        for code, name in regions_frame(project.province, level=level)["name"].items():
            printing.echo(f"{code}\t{name}")
        return
    province = province_of(project.province)
    # A name of a kabupaten says where to look, nearer than its province does.
    inside = "" if province == project.province else find_area(project.province).code
    found = resolve_regions(
        # A letter of another encoding is no letter of any name.
        [seen(name) for name in names],
        province=province,
        level=level,
        code_system=project.code_system,
        within=[inside] * len(names),
    )
    for row in found.to_dict("records"):
        printing.print_region(row, project.language)
    # For scripts: an exit code says whether all were recognised.
    unknown = found["status"].isin(["unknown", "ambiguous"]).any()
    raise typer.Exit(1 if unknown else 0)


@app.command()
@takes("heading")
def heading(
    *,
    asked: Annotated[
        list[str] | None,
        typer.Argument(help='Judul kolom; beberapa tingkat ditulis "A > B"'),
    ] = None,
    group: Annotated[
        str | None, typer.Option("--group", help="Kelompok yang diceritakan tabelnya")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="Semua judul kolom sebuah berkas")
    ] = None,
    project: Project,
) -> None:
    """Ke mana judul kolom menuju, apa syaratnya, dan apa yang mirip."""
    from kkbpk_geo.intake import ask_headings, read_table

    if not asked and file is None:
        printing.say("heading_nothing", project.language)
        raise typer.Exit(2)
    if file is not None:
        headings.print_file_headings(
            read_table(file, province=project.province), project.language
        )
    answers = ask_headings(
        [seen(one) for one in asked or []], group=group, title=str(project.title)
    )
    headings.print_answers(answers, project.language)
    raise typer.Exit(headings.exit_code(answers))


@app.command(name="map")
@takes("map", required=("tables",))
def draw(
    project: Project,
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--out", help="Berkas .html, atau .pdf/.png/.svg untuk cetak"
        ),
    ] = Path("peta-kerja.html"),
) -> None:
    """Gambar peta kerja dari lembar kerja: satu berkas HTML tanpa internet."""
    from kkbpk_geo.pipeline import write_map

    done = run_shown(project)
    _end_drawn(done, write_map(done, out))


@app.command(name="export")
@takes("export", required=("tables",))
def export(
    project: Project,
    out: Annotated[
        Path, typer.Option("-o", "--out", help="Berkas .gpkg, .geojson, atau .parquet")
    ] = Path("hasil.gpkg"),
) -> None:
    """Tulis peta untuk SIG: lapisan, angka, arti kolom, dan gaya QGIS."""
    from kkbpk_geo.pipeline import write_export

    done = run_shown(project)
    _end_drawn(done, write_export(done, out))


def _end_drawn(done: Run, path: Path) -> NoReturn:
    """Say what a map was made of, and write beside it who corrected that."""
    from kkbpk_geo.pipeline import write_audit

    language = done.project.language
    written = [path, *write_audit(done, path.parent, language)]
    printing.print_joined(done.joined, language)
    printing.print_findings(done.findings, language)
    printing.print_corrections(done.corrections, language)
    printing.print_files(written, language)
    end(done.findings)


@app.command()
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
    from kkbpk_geo.pipeline import write_audit, write_scores

    done = run_shown(project, outlines=False)
    written = []
    if out is not None:
        written = write_scores(done, out)
        written += write_audit(done, out, project.language)
    printing.print_scores(done, project.language, worst)
    printing.print_corrections(done.corrections, project.language)
    printing.print_files(written, project.language)
    end(done.findings)


@app.command()
@takes("presence", required=("tables",))
def presence(
    project: Project,
    worst: Annotated[int, typer.Option(min=1, help="Wilayah yang ditampilkan")] = 10,
    out: Folder = Path("keberadaan"),
) -> None:
    """Tulis matriks keberadaan: desa mana memiliki kelompok, sarana, kader apa."""
    from kkbpk_geo.pipeline import (
        find_presence,
        read_all,
        write_audit,
        write_presence,
    )

    language = project.language
    with printing.progress_bar(language) as tell:
        checked = read_all(project, tell, len(project.tables) + 1)
        matrix = find_presence(project, checked.intakes)
    written = write_presence(matrix, out, language)
    written += write_audit(checked, out, language)
    findings = (*checked.findings, *matrix.findings)
    printing.print_presence(matrix, language, worst)
    printing.print_findings(findings, language)
    printing.print_corrections(checked.corrections, language)
    printing.print_files(written, language)
    end(findings)


@app.command()
@takes("index", required=("tables",))
def index(
    project: Project,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Folder untuk indeks.csv dan indeks.png"),
    ] = None,
) -> None:
    """Susun indeks komposit: peringkat, rentangnya, dan mengapa."""
    from kkbpk_geo.pipeline import make_index, write_audit, write_index

    done = run_shown(_of_every_indicator(project), outlines=False)
    made = make_index(done, keys=project.indicators)
    written = []
    if out is not None:
        written = write_index(made, out, project.language)
        written += write_audit(done, out, project.language)
    printing.print_index(made, done, project.language)
    printing.print_corrections(done.corrections, project.language)
    printing.print_files(written, project.language)
    end(done.findings)


@app.command()
@takes("analyse", required=("tables",))
def analyse(project: Project, out: Folder = Path("analisis")) -> None:
    """Analisis wilayah: mana lebih dulu, seberapa timpang, apa yang berubah."""
    from kkbpk_geo.pipeline import analyse as ask
    from kkbpk_geo.pipeline import write_analysis, write_audit

    done = run_shown(_of_every_indicator(project), outlines=False)
    found = ask(done, keys=project.indicators)
    written = write_analysis(found, out)
    written += write_audit(done, out, project.language)
    printing.echo(found.summary())
    printing.print_corrections(done.corrections, project.language)
    printing.print_files(written, project.language)
    end(done.findings)


def _of_every_indicator(project: Project) -> Project:
    """Count every indicator: quadrants and the index choose among all of them."""
    return replace(project, indicators=())


app.add_typer(plans.plans, name="plan")
app.add_typer(borders.boundaries, name="boundaries")


@app.command()
@takes("template")
def template(
    project: Project,
    kind: Annotated[
        Literal["groups", "facilities", "targets", "plan", "inventory"],
        typer.Argument(help="Kelompok, fasilitas, sasaran, rencana, atau inventaris"),
    ],
    form: Annotated[
        Literal["", "renja"],
        typer.Option("--form", help="Rencana dalam bentuk formulir kantor: renja"),
    ] = "",
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Berkas XLSX")] = None,
) -> None:
    """Tulis buku kerja kosong yang siap diisi, dengan petunjuk dan pilihan."""
    from kkbpk_geo.intake import write_form_template, write_template

    language, province = project.language, project.province
    path = out or Path(f"templat-{form or kind}.xlsx")
    if form:
        if kind != "plan":
            msg = f"--form {form} is a form of a plan; write: template plan."
            raise ProjectError(msg)
        written = write_form_template(form, path, language=language, province=province)
    else:
        written = write_template(kind, path, language=language, province=province)
    printing.print_files([written], language)


@app.command()
@takes("init")
def init(
    project: Project,
    out: Annotated[Path, typer.Option("-o", "--out", help="Berkas proyek")] = Path(
        "peta-kerja.toml"
    ),
) -> None:
    """Tulis berkas proyek yang berketerangan, untuk disunting lalu dijalankan."""
    from kkbpk_geo.pipeline import starter

    # A project file is written by hand: what stands there may be a day's work.
    if out.exists():
        msg = f"{out} already exists; choose another name with -o, or remove it first."
        raise ProjectError(msg)
    write_text(out, starter(out.parent))
    printing.print_files([out], project.language)


@app.command()
def run(
    project: Annotated[Path, typer.Argument(help="Berkas proyek")] = Path(
        "peta-kerja.toml"
    ),
    *,
    force: Force = False,
) -> None:
    """Jalankan berkas proyek: baca, periksa, gabung, hitung, nilai, gambar, tulis."""
    from kkbpk_geo.intake import account_for
    from kkbpk_geo.pipeline import (
        basis_of,
        nothing_changed,
        read_project,
        write_outputs,
    )
    from kkbpk_geo.pipeline import run as calculate

    chosen = read_project(expand_name(project, ""))
    speak(chosen.language, force=force)
    basis = basis_of(chosen)
    if (before := nothing_changed(basis, chosen.folder)) is not None:
        files, found = before
        printing.print_unchanged(files, found, chosen.folder, chosen.language)
        raise typer.Exit(1 if found.get("error") else 0)
    with printing.progress_bar(chosen.language) as tell:
        done = write_outputs(calculate(chosen, progress=tell, go_on=True), basis=basis)
    printing.print_intakes(done.intakes, chosen.language)
    printing.print_boundaries(done.boundaries, chosen.language)
    printing.print_joined(done.joined, chosen.language)
    printing.print_scores(done, chosen.language, 3)
    printing.print_findings(done.findings, chosen.language)
    told = account_for(done.intakes, keep=chosen.keep or None)
    printing.print_account(told, chosen.language)
    printing.print_corrections(done.corrections, chosen.language)
    printing.print_outcome(done, chosen.language)
    end(done.findings)
