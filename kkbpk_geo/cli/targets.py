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

Several = list[str] | None
Services = Annotated[
    Several,
    typer.Option("--service", help="Layanan, mis. village_group:bkb (berulang)"),
]
Totals = Annotated[
    Several, typer.Option("--total", help="Target provinsi, satu per layanan")
]
Bases = Annotated[
    Several,
    typer.Option(
        "--by",
        help="Dasar: gap (bila tidak disebut), need, supply, population, last, "
        "nama kolom, atau campuran gap=60,need=40; satu atau per layanan",
    ),
]
Floors = Annotated[
    Several, typer.Option("--floor", help="Batas bawah: angka, last, atau nama kolom")
]
Caps = Annotated[
    Several, typer.Option("--cap", help="Batas atas: angka, gap, atau nama kolom")
]
Locks = Annotated[
    Several,
    typer.Option("--lock", help="Angka tetap satu wilayah: 18.01=0 (berulang)"),
]
Rounding = Annotated[
    # As plan.Method, which costs pandas to ask for.
    Literal["largest_remainder", "sainte_lague"],
    typer.Option("--method", help="Cara membulatkan"),
]
Batches = Annotated[
    Several, typer.Option("--batch", help="Isi satu paket, satu atau per layanan")
]
UnitCosts = Annotated[
    Several,
    typer.Option("--unit-cost", help="Harga satuan (Rp), satu atau per layanan"),
]
Money = Annotated[
    str, typer.Option("--budget", help="Anggaran dalam rupiah, mis. 250.000.000")
]
Filled = Annotated[
    Path | None,
    typer.Option("--from", help="Buku kerja pembagian yang sudah diisi rapat"),
]
PriceList = Annotated[
    Path | None,
    typer.Option("--prices", help="Daftar harga: sarana;harga;biaya perbaikan"),
]
PriceOptions = Annotated[
    Several,
    typer.Option("--price", help="Harga satu sarana: bkb_kit=2500000 (berulang)"),
]
BookOrTable = Annotated[
    Path | None,
    typer.Option("-o", "--out", help="Buku kerja .xlsx atau tabel .csv"),
]
# What a filled workbook says itself, so that it cannot be said beside it.
_FRESH = ("service", "total", "by", "floor", "cap", "lock", "method", "batch",
          "unit_cost", "budget", "meeting", "province", "year")  # fmt: skip


@takes("plan apportion")
def apportion(
    *,
    context: typer.Context,
    service: Services = None,
    total: Totals = None,
    by: Bases = None,
    floor: Floors = None,
    cap: Caps = None,
    lock: Locks = None,
    method: Rounding = "largest_remainder",
    batch: Batches = None,
    unit_cost: UnitCosts = None,
    budget: Money = "",
    filled: Filled = None,
    decided_by: ByWhom = "",
    meeting: Annotated[str, flag("plans.meeting")] = "",
    project: Project,
    out: BookOrTable = None,
) -> None:
    """Bagi target provinsi ke kabupaten/kota; jumlahnya tepat, alasannya tertulis.

    Dengan -o pembagian.xlsx hasilnya buku kerja untuk rapat; sesudah diisi, baca
    kembali dengan --from pembagian.xlsx.
    """
    from kkbpk_geo.pipeline import plan_targets

    if filled is not None:
        _refuse_beside_from(project, context)
        book = expand_name(filled, "--from")
        _revise(book, out, decided_by, project.language)
        return
    if decided_by:
        msg = (
            "--decided-by goes with --from; give a new workbook its --meeting instead."
        )
        raise ProjectError(msg)
    # What is not said is said once, for every service.
    costs = [_rupiah(cost, "--unit-cost") for cost in unit_cost or [""]]
    totals = [whole_number(number, "--total") for number in total or []]
    sizes = [whole_number(size, "--batch", least=1) for size in batch or ["1"]]
    asks = _asks(
        (service or [], totals),
        {
            "by": by or ["gap"],
            "floor": floor or [""],
            "cap": cap or [""],
            "batch": sizes,
            "unit_cost": costs,
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
    prices: PriceList = None,
    price: PriceOptions = None,
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
    printing.echo(found.summary(language))
    for line in found.lines(language):
        printing.echo(line)
    printing.print_findings(found.findings, language)
    printing.print_files(written, language)
    end(found.findings)


def _show(division: Any, out: Path | None, language: Language) -> None:  # noqa: ANN401
    from kkbpk_geo.pipeline import explain_division, write_division

    written = [] if out is None else [write_division(division, out, language)]
    printing.echo(division.summary(language))
    for line in explain_division(division, language):
        printing.echo(line)
    printing.print_files(written, language)


def _revise(path: Path, out: Path | None, who: str, language: Language) -> None:
    from kkbpk_geo.pipeline import explain_changes, revise_targets, write_division

    division, known = revise_targets(path, decided_by=who)
    written = [] if out is None else [write_division(division, out, language)]
    printing.echo(division.summary(language))
    for line in explain_changes(division, language, known=known):
        printing.echo(line)
    # What the meeting has decided would be lost with the window.
    if out is None and len(division.log) > known:
        printing.say("division_not_written", language)
    printing.print_files(written, language)


def _stated(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    # A default was not said by anybody.
    return source is not None and source.name == "COMMANDLINE"


def _refuse_beside_from(project: Project, context: typer.Context) -> None:
    said = ["tables"] if project.tables else []
    for name in _FRESH:
        if _stated(context, name):
            said.append(f"--{name.replace('_', '-')}")
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
        # A district that is locked twice has two numbers, one of them a slip.
        if not code or not stated or code in found:
            msg = (
                f"--lock is {text!r}; expected a district's code and a whole number, "
                "such as 18.01=0, each district once."
            )
            raise ProjectError(msg)
        found[code] = whole_number(number, f"--lock {code}")
    return found


def _whole(texts: list[str], option: str, *, least: int = 0) -> list[int]:
    return [whole_number(text, option, least=least) for text in texts]


def _rupiah(text: str, option: str) -> int | None:
    """Read an amount as people write it; None where nothing is stated."""
    return whole_number(text, option) if text else None


def read_price_options(sheet: Path | None, buy: list[str]) -> Prices:
    """Return the prices to buy for: of a sheet, those of the options laid over."""
    found = None if sheet is None else expand_name(sheet, "--prices")
    return _prices(found, buy, [])


def _prices(sheet: Path | None, buy: list[str], repair: list[str]) -> Prices:
    """Return the prices of a sheet, with those of the options laid over."""
    from kkbpk_geo.plan import Prices, read_prices

    # What is said on the command line is meant for today, and goes before the sheet.
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
        # Its key or any name that it is met under.
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
