"""What the command prints: findings, ranks, files written; progress on long work.

In:     results of the lower floors. Out: lines on standard output; progress on
        standard error, and only there and only where a person looks.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import typer

from kkbpk_geo.base.escaping import seen, seen_in_line
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import has_label, label
from kkbpk_geo.io import take_kept
from kkbpk_geo.pipeline import INDEX_PAGE

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from kkbpk_geo.analysis import CompositeIndex
    from kkbpk_geo.findings import Finding
    from kkbpk_geo.gaps import PresenceMatrix
    from kkbpk_geo.intake import Account, Intake
    from kkbpk_geo.joining import Joined
    from kkbpk_geo.pipeline import Progress, Run
    from kkbpk_geo.submissions import SubmissionGrid

# Findings that fit on a screen; all of them are in the file that -o writes.
_SHOWN = 12


@contextmanager
def progress_bar(language: Language) -> Iterator[Progress]:
    """Show a bar while something runs; nothing where output is not a terminal."""
    # In a log every step of a bar would be a line.
    # A window without a console has no standard error at all.
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        # How many steps there are is known once the first is told.
        task = bar.add_task("", total=None)

        def tell(what: str, done: int, total: int) -> None:
            words = {
                "boundaries": label("cli_doing_boundaries", language),
                "join": label("cli_doing_join", language),
                "map": label("cli_doing_map", language),
            }
            bar.update(
                task,
                description=words.get(what, seen_in_line(what)),
                completed=done,
                total=total,
            )

        yield tell


def echo(text: str) -> None:
    """Print text; nothing in it acts on the terminal."""
    typer.echo(seen(text))


def say(key: str, language: Language, **values: object) -> None:
    """Print one line of the label catalogue; a value in it breaks no line."""
    # Numbers stay as they are: a label may say how one is written.
    texts = {
        name: seen_in_line(str(value))
        for name, value in values.items()
        if isinstance(value, (str, Path))
    }
    echo(label(key, language).format(**values | texts))


def print_submissions(grid: SubmissionGrid, language: Language) -> None:
    """Print who has sent what, as wide as the terminal is."""
    from kkbpk_geo.submissions import grid_lines

    # Of a pipe or a file there is no width: eighty columns then.
    for line in grid_lines(grid, language, width=get_terminal_size().columns):
        echo(line)
    echo("")


def print_intakes(intakes: Iterable[Intake], language: Language) -> None:
    """One line per table: file, what it was recognised as, rows of data and listed."""
    from kkbpk_geo.catalogue.tables import table_kinds

    for intake in intakes:
        for table in intake.tables():
            kind = table_kinds().get(table.kind)
            name = (
                getattr(kind, language) if kind else label("cli_kind_unknown", language)
            )
            say(
                "cli_table",
                language,
                file=Path(table.source).name,
                kind=name,
                used=format_number(len(table.data), 0, language),
                listed=format_number(len(table.listed), 0, language),
            )


def print_undated(intakes: Iterable[Intake], language: Language) -> None:
    """Name the files whose figures no period is stated for, and how to state it."""
    tables = [table for intake in intakes for table in intake.tables()]
    files = [Path(table.source).name for table in tables if _is_undated(table)]
    if files:
        say("cli_no_period", language, files=", ".join(dict.fromkeys(files)))


def _is_undated(table: Intake) -> bool:
    """Whether a table counts places at no time; a list of things needs none."""
    from kkbpk_geo.intake import account_for

    counted = any(c.column and c.used.any() for c in table.cells.values())
    if not counted or table.has_lines or table.is_list:
        return False
    undated = "period" not in table.data or bool(table.data["period"].isna().all())
    # Rows whose time cannot be read are told one by one, and are of no period.
    return undated and account_for([table]).rows_used > 0


def print_account(account: Account, language: Language) -> None:
    """Say what was read, what of it is used, and why the rest is not."""
    say(
        "cli_account_rows",
        language,
        rows=format_number(account.rows, 0, language),
        used=format_number(account.rows_used, 0, language),
        aside=format_number(account.rows - account.rows_used, 0, language),
        why=_why(account.rows_aside, language),
    )
    say(
        "cli_account_cells",
        language,
        cells=format_number(account.cells, 0, language),
        used=format_number(account.cells_used, 0, language),
        aside=format_number(account.cells - account.cells_used, 0, language),
        why=_why(account.cells_aside, language),
    )


def _why(aside: Mapping[str, int], language: Language) -> str:
    """Write reasons with their numbers, the most frequent first: `` (12 notes)``."""
    counts: Counter[str] = Counter()
    for reason, n in aside.items():
        counts[_reason(reason, language)] += n
    most = counts.most_common()
    parts = [f"{format_number(n, 0, language)} {words}" for words, n in most if n]
    return f" ({', '.join(parts)})" if parts else ""


# How the findings about whole columns begin.
_OF_COLUMN = ("column_", "group_", "kind_", "measure_", "storeys_", "unit_")


def _reason(reason: str, language: Language) -> str:
    if not has_label(f"account_{reason}"):
        of_column = reason.startswith(_OF_COLUMN)
        reason = "column_not_counted" if of_column else "other"
    return label(f"account_{reason}", language)


def print_findings(findings: Iterable[Finding], language: Language) -> None:
    """Print findings, folded, gravest first; say how many are not shown."""
    from kkbpk_geo.findings import (
        count_severities,
        finding_text,
        fold_findings,
        remedy_text,
    )

    every = tuple(findings)
    folded = sorted(fold_findings(every), key=lambda f: _ORDER[f.severity])
    for found in folded[:_SHOWN]:
        mark = label(f"finding_severity_{found.severity}", language)
        echo(f"[{mark}] {finding_text(found, language)}")
        echo(f"    → {remedy_text(found, language)}")
    if len(folded) > _SHOWN:
        say("cli_more_findings", language, n=len(folded) - _SHOWN)
    counts = count_severities(every)
    say("cli_findings", language, **counts)


_ORDER = {"error": 0, "warning": 1, "info": 2}


def print_boundaries(boundaries: gpd.GeoDataFrame, language: Language) -> None:
    """Print what an owner of a boundary layer should know of it, and which store it is.

    A store may have been found without being named: then the reader should know.
    """
    attrs = boundaries.attrs
    if store := attrs.get("store"):
        credit = attrs["attribution"] or attrs["source"] or ""
        say("cli_boundaries_store", language, file=Path(store).name, credit=credit)
    for note in boundaries.attrs.get("notes", ()):
        echo(note[language])


def print_coarser(joined: Joined, language: Language) -> None:
    """Print which tables stop above the level of the regions, and what to do."""
    from kkbpk_geo.findings import finding_text, remedy_text

    for found in joined.findings:
        if found.code == "table_coarser":
            echo(finding_text(found, language))
            echo(f"    → {remedy_text(found, language)}")


def print_joined(joined: Joined, language: Language) -> None:
    """Print what was joined, and why rows were not."""
    echo(joined.summary(language))
    if len(joined.unplaced):
        reasons = joined.unplaced["reason"].value_counts(sort=False)
        for reason, count in reasons.items():
            say(
                "cli_unplaced",
                language,
                n=format_number(int(count), 0, language),
                reason=label(f"reason_{reason}", language),
            )


def print_scores(run: Run, language: Language, worst: int) -> None:
    """Print the districts with the largest gaps, with interval and what to do."""
    if run.gaps is None:
        say("cli_no_gaps", language)
        return
    echo(run.gaps.summary(language))
    for code, row in run.gaps.worst(worst).iterrows():
        _print_rank(row, _called(run.joined, str(code)), language, digits=2)
        for todo in run.gaps.to_do(str(code), language)[:5]:
            echo(f"      • {todo}")


def print_presence(matrix: PresenceMatrix, language: Language, worst: int) -> None:
    """Print which villages have none of the five groups, and where they are."""
    echo(matrix.title(language))
    for sentence in matrix.sentences(language):
        echo(sentence)
    for line in matrix.lines(language)[:worst]:
        echo(f"  {line}")


def _called(joined: Joined, code: str) -> str:
    """Return the name of a region, below the district with what it lies in."""
    from kkbpk_geo.regions import above_names, place_name

    above = above_names(code, joined.province_code)
    return f"{place_name(code)} ({above})" if above else joined.names[code]


def _print_rank(
    row: pd.Series[Any], name: str, language: Language, *, digits: int
) -> None:
    say(
        "cli_score",
        language,
        rank=int(row["rank"]),
        low=int(row["rank_low"]),
        high=int(row["rank_high"]),
        name=name,
        score=format_number(float(row["score"]), digits, language),
    )


def print_index(index: CompositeIndex, run: Run, language: Language) -> None:
    """Print an index: its summary, then every region with rank and interval."""
    echo(index.summary(language))
    ranked = index.table.dropna(subset=["rank"]).sort_values("rank", kind="stable")
    for code, row in ranked.iterrows():
        _print_rank(row, _called(run.joined, str(code)), language, digits=1)


def print_files(files: Iterable[Path], language: Language) -> None:
    """Print the files written, one a line, and what was kept aside."""
    for path in files:
        say("cli_wrote", language, path=path)
    print_kept(language)


def print_outcome(run: Run, language: Language) -> None:
    """Print what became of each file of a run, what failed, and where to begin."""
    same = set(run.unchanged)
    for path in run.files:
        if path not in same:
            key = "again" if path in run.again else "new"
            say(f"cli_made_{key}", language, path=path)
    if same:
        names = [path.name for path in run.files if path in same]
        say("cli_made_same", language, files=", ".join(names))
    for path in run.removed:
        say("cli_removed", language, path=path)
    for failure in run.failures:
        say("cli_failed", language, path=failure.file, why=failure.why)
    print_kept(language)
    first = next((path for path in run.files if path.name == INDEX_PAGE), None)
    if first is not None:
        say("cli_begin", language, path=first.resolve().as_uri())


def print_unchanged(
    files: int, found: Mapping[str, int], folder: Path, language: Language
) -> None:
    """Print that a run would make what is there already, and what was found then."""
    number = format_number(files, 0, language)
    say("cli_nothing_changed", language, n=number, folder=folder)
    say("cli_findings", language, **found)
    say("cli_begin", language, path=(folder / INDEX_PAGE).resolve().as_uri())


def print_kept(language: Language) -> None:
    """Print which workbooks were filled in, and under which name they are kept."""
    for kept in take_kept():
        say("cli_kept", language, path=kept.path, aside=kept.aside.name)
        if kept.carried:
            say("cli_carried", language, n=kept.carried, path=kept.path.name)


def print_region(row: Mapping[Hashable, Any], language: Language) -> None:
    """Print what one name or code was resolved to, or why it was not."""
    from kkbpk_geo.regions import (
        FORMER_CODE,
        FORMER_PROVINCE,
        place_name,
        province_part,
        region,
    )

    reason = str(row["reason"])
    if reason in (FORMER_PROVINCE, FORMER_CODE):
        code = row["region_code"]
        say(
            "cli_region_moved",
            language,
            value=row["value"],
            code=code,
            name=place_name(code),
            province=place_name(province_part(code)),
            province_code=province_part(code),
        )
        return
    # A reason is a key of the label catalogue, or a text already.
    if reason.startswith("region_"):
        reason = label(reason, language)
    known = row["status"] == "ok"
    say(
        f"cli_region_{row['status']}",
        language,
        value=row["value"],
        code=row["region_code"],
        name=region(row["region_code"]).name if known else "",
        reason=reason,
        suggestions=", ".join(row["suggestions"]) or "–",
    )
