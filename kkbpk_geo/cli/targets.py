"""The commands that count: plan apportion, plan supplies.

In:     arguments and options. Out: calls to lower floors, lines, exit codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from kkbpk_geo.base.errors import ProjectError
from kkbpk_geo.cli import printing
from kkbpk_geo.cli.options import (
    ByWhom,
    MaybeFolder,
    end,
    flag,
    run_shown,
    takes,
    whole_number,
)
from kkbpk_geo.pipeline import Project, expand_name

if TYPE_CHECKING:
    from kkbpk_geo.base.formats import Language
    from kkbpk_geo.pipeline import TargetAsk
    from kkbpk_geo.plan import Prices

Money = Annotated[
    str, typer.Option("--budget", help="Anggaran dalam rupiah, mis. 250.000.000")
]
_FRESH = ("service", "total", "by", "floor", "cap", "lock", "method", "batch",
          "unit_cost", "budget", "meeting", "province", "year")  # fmt: skip


@takes("plan apportion")
def apportion(
    *,
    context: typer.Context,
    service: Annotated[
        list[str] | None,
        typer.Option("--service", help="Layanan, mis. village_group:bkb (berulang)"),
    ] = None,
    total: Annotated[
        list[str] | None,
        typer.Option("--total", help="Target provinsi, satu per layanan"),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            help="Dasar: gap (bila tidak disebut), need, supply, population, last, "
            "nama kolom, atau campuran gap=60,need=40; satu atau per layanan",
        ),
    ] = None,
    floor: Annotated[
        list[str] | None,
        typer.Option("--floor", help="Batas bawah: angka, last, atau nama kolom"),
    ] = None,
    cap: Annotated[
        list[str] | None,
        typer.Option("--cap", help="Batas atas: angka, gap, atau nama kolom"),
    ] = None,
    lock: Annotated[
        list[str] | None,
        typer.Option("--lock", help="Angka tetap satu wilayah: 18.01=0 (berulang)"),
    ] = None,
    method: Annotated[
        Literal["largest_remainder", "sainte_lague"],
        typer.Option("--method", help="Cara membulatkan"),
    ] = "largest_remainder",
    batch: Annotated[
        list[str] | None,
        typer.Option("--batch", help="Isi satu paket, satu atau per layanan"),
    ] = None,
    unit_cost: Annotated[
        list[str] | None,
        typer.Option("--unit-cost", help="Harga satuan (Rp), satu atau per layanan"),
    ] = None,
    budget: Money = "",
    filled: Annotated[
        Path | None,
        typer.Option("--from", help="Buku kerja pembagian yang sudah diisi rapat"),
    ] = None,
    decided_by: ByWhom = "",
    meeting: Annotated[str, flag("plans.meeting")] = "",
    project: Project,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Buku kerja .xlsx atau tabel .csv"),
    ] = None,
) -> None:
    """Bagi target provinsi ke kabupaten/kota; jumlahnya tepat, alasannya tertulis.

    Dengan -o pembagian.xlsx hasilnya buku kerja untuk rapat; sesudah diisi, baca
    kembali dengan --from pembagian.xlsx.
    """
    from kkbpk_geo.pipeline import plan_targets

    if filled is not None:
        given = [name for name in _FRESH if _stated(context, name)]
        _refuse_beside_from(project, given)
        book = expand_name(filled, "--from")
        _revise(book, out, decided_by, project.language)
        return
    if decided_by:
        msg = (
            "--decided-by goes with --from; give a new workbook its --meeting instead."
        )
        raise ProjectError(msg)
    costs = [_rupiah(cost, "--unit-cost") for cost in unit_cost or []]
    asks = _asks(
        (service or [], [whole_number(x, "--total") for x in total or []]),
        {
            "by": by or ["gap"],
            "floor": floor or [""],
            "cap": cap or [""],
            "batch": [whole_number(x, "--batch", least=1) for x in batch or ["1"]],
            "unit_cost": costs or [None],
            "locked": [_locks(lock or [])],
        },
    )
    if not project.tables:
        msg = (
            "no tables to divide by; name the offices' files, or give a workbook that "
            "was filled in with --from."
        )
        raise ProjectError(msg)
    division = plan_targets(
        run_shown(project),
        asks,
        budget=_rupiah(budget, "--budget"),
        method=method,
        meeting=meeting,
    )
    _show(division, out, project.language)


@takes("plan supplies")
def supplies(
    *,
    files: Annotated[
        list[str],
        typer.Argument(help="Inventaris: CSV, XLSX, XLS atau ODS (boleh pola)"),
    ],
    prices: Annotated[
        Path | None,
        typer.Option("--prices", help="Daftar harga: sarana;harga;biaya perbaikan"),
    ] = None,
    price: Annotated[
        list[str] | None,
        typer.Option("--price", help="Harga satu sarana: bkb_kit=2500000 (berulang)"),
    ] = None,
    repair_price: Annotated[
        list[str] | None,
        typer.Option("--repair-price", help="Biaya perbaikan: bkb_kit=300000"),
    ] = None,
    budget: Money = "",
    batch: Annotated[str, typer.Option("--batch", help="Isi satu paket")] = "1",
    project: Project,
    out: MaybeFolder = None,
) -> None:
    """Hitung kekurangan sarana tiap kabupaten/kota dan daftar pengadaannya.

    Dengan --data, kebutuhan dihitung dari tabel kelompok.
    """
    from kkbpk_geo.pipeline import find_tables, plan_supplies, write_supplies

    sheet = None if prices is None else expand_name(prices, "--prices")
    language = project.language
    found = plan_supplies(
        find_tables(files),
        data=project.tables,
        prices=_prices(sheet, price or [], repair_price or []),
        budget=_rupiah(budget, "--budget"),
        batch=whole_number(batch, "--batch", least=1),
        province=project.province,
        year=project.year,
    )
    written = [] if out is None else write_supplies(found, out, language)
    typer.echo(found.summary(language))
    for line in found.lines(language):
        typer.echo(line)
    printing.print_findings(found.findings, language)
    printing.print_files(written, language)
    end(found.findings)


def _show(division: Any, out: Path | None, language: Language) -> None:  # noqa: ANN401
    from kkbpk_geo.pipeline import explain_division, write_division

    written = [] if out is None else [write_division(division, out, language)]
    typer.echo(division.summary(language))
    for line in explain_division(division, language):
        typer.echo(line)
    printing.print_files(written, language)


def _revise(path: Path, out: Path | None, who: str, language: Language) -> None:
    from kkbpk_geo.pipeline import explain_changes, revise_targets, write_division

    division, known = revise_targets(path, decided_by=who)
    written = [] if out is None else [write_division(division, out, language)]
    typer.echo(division.summary(language))
    for line in explain_changes(division, language, known=known):
        typer.echo(line)
    if out is None and len(division.log) > known:
        printing.say("division_not_written", language)
    printing.print_files(written, language)


def _stated(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _refuse_beside_from(project: Project, given: list[str]) -> None:
    said = ["tables"] if project.tables else []
    said += [f"--{name.replace('_', '-')}" for name in given]
    if said:
        msg = (
            f"--from reads everything from the workbook, so {', '.join(said)} cannot "
            "stand beside it. Change the workbook's yellow cells instead."
        )
        raise ProjectError(msg)


def _asks(
    pairs: tuple[list[str], list[int]], given: Mapping[str, list[Any]]
) -> list[TargetAsk]:
    """Pair services with totals, and with what is said once or for each of them."""
    from kkbpk_geo.pipeline import TargetAsk

    services, totals = pairs
    many = len(services)
    if not many or many != len(totals):
        msg = (
            f"{many} --service and {len(totals)} --total; give one --total for each "
            "--service, in the same order."
        )
        raise ProjectError(msg)
    for name, listed in given.items():
        if len(listed) not in (1, many):
            msg = (
                f"{len(listed)} --{name.replace('_', '-')} for {many} --service; give "
                "one for all, or one for each, in the same order."
            )
            raise ProjectError(msg)
    asks = []
    for i, service in enumerate(services):
        # What is said once holds for every service.
        own = {name: listed[i % len(listed)] for name, listed in given.items()}
        asks.append(TargetAsk(service=service, total=totals[i], **own))
    return asks


def _locks(texts: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for text in texts:
        code, stated, number = (part.strip() for part in text.partition("="))
        if not code or not stated or code in found:
            msg = (
                f"--lock is {text!r}; expected a district's code and a whole number, "
                "such as 18.01=0, each district once."
            )
            raise ProjectError(msg)
        found[code] = whole_number(number, f"--lock {code}")
    return found


def _rupiah(text: str, option: str) -> int | None:
    """Read an amount as people write it; None where nothing is stated."""
    return whole_number(text, option) if text else None


def _prices(sheet: Path | None, buy: list[str], repair: list[str]) -> Prices:
    """Return the prices of a sheet, with those of the options laid over."""
    from kkbpk_geo.plan import Prices, read_prices

    listed = Prices() if sheet is None else read_prices(sheet)
    return Prices(
        buy={**listed.buy, **_prices_of(buy, "--price")},
        repair={**listed.repair, **_prices_of(repair, "--repair-price")},
        marks=listed.marks,
    )


def _prices_of(texts: list[str], option: str) -> dict[str, int]:
    """Read ``bkb_kit=2500000``, each item once."""
    from kkbpk_geo.catalogue.supplies import item_of, supply_items

    found: dict[str, int] = {}
    for text in texts:
        word, _, amount = (part.strip() for part in text.partition("="))
        item, rupiah = item_of(word), _rupiah(amount, option)
        if not item or rupiah is None:
            msg = (
                f"{option} is {text!r}; expected an item and whole rupiah, such as "
                f"bkb_kit=2500000. Items: {', '.join(supply_items())}."
            )
            raise ProjectError(msg)
        if item in found:
            msg = f"{option} gives {word!r} twice; give each item once."
            raise ProjectError(msg)
        found[item] = rupiah
    return found
