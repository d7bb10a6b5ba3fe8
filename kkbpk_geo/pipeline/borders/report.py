"""The report of a building: what came out, what was changed, what is lacking.

In:     what was built. Out: a page, and the same as plain text: both are made of the
        same sections, so that neither says more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.escaping import seen_in_line
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import render_page
from kkbpk_geo.regions import (
    BuiltBoundaries,
    above_names,
    has_region,
    region,
    regions_of,
)

if TYPE_CHECKING:
    import pandas as pd

# Rows of a table on the page and in the text: ten times the villages that the set of
# 2026 lacks, and far from a page that a browser labours with. The rest is counted, and
# all of it is in the result's own frames.
_MOST_ROWS = 4000


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; numbers stand to the right."""

    text: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the report: sentences, and perhaps a table."""

    key: str
    heading: str
    sentences: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = field(default=())


def report_page(built: BuiltBoundaries, file: str, language: Language = "id") -> str:
    """Return the report as one page.

    Parameters
    ----------
    built : BuiltBoundaries
    file : str
        Name of the store that it was written to.
    language : {"id", "en"}
    """

    def said(language: Language) -> dict[str, object]:
        told = list(sections(built, file, language))
        return {"title": _title(built, language), "sections": told}

    return render_page("boundaries", said, language=language)


def report_text(built: BuiltBoundaries, file: str, language: Language = "id") -> str:
    """Return the report as plain text; cells of a table stand between tabs."""
    lines = [_title(built, language), ""]
    for section in sections(built, file, language):
        lines += [section.heading, "-" * len(section.heading), *section.sentences]
        # Heads alone would announce a table that is not there.
        table = [section.heads] * bool(section.rows)
        for row in section.rows:
            # A name of a source may hold a tab or a line end.
            table.append(tuple(seen_in_line(cell.text) for cell in row))
        lines += ["\t".join(cells) for cells in table]
        lines.append("")
    return "\n".join(lines)


def _title(built: BuiltBoundaries, language: Language) -> str:
    return label("built_title", language).format(place=built.region.name)


def sections(
    built: BuiltBoundaries, file: str, language: Language
) -> Iterator[Section]:
    """Yield the sections of the report, in order."""
    yield _source(built, file, language)
    yield _districts(built, language)
    yield _missing(built, language)
    yield _unknown(built, language)
    yield _ground(built, language)
    yield _changes(built, language)
    yield _rows(built, language)
    yield _unused(built, language)


def _source(built: BuiltBoundaries, file: str, language: Language) -> Section:
    known = built.provenance
    facts = [
        label(f"built_fact_{key}", language).format(fact=known[key])
        for key in _FACTS
        if known.get(key)
    ]
    notes = known.get("notes") or {}
    sentences = (
        built.summary(language),
        "; ".join(facts),
        str(notes.get(language, "")),
        label("built_report_drawn", language),
        label("built_report_use", language).format(file=file),
    )
    heading = label("built_report_source", language)
    return Section("sumber", heading, tuple(filter(None, sentences)))


_FACTS = ("source", "licence", "date", "commit")


def _districts(built: BuiltBoundaries, language: Language) -> Section:
    table = built.table
    below = [each for each in ("kecamatan", "villages") if each in table.columns]
    digits = {"official_km2": 1, "built_km2": 1, "difference": 2, "overlap": 3}
    digits |= dict.fromkeys(below, 0)
    heads = ["place", "code", "official", "built", "difference", "overlap", *below]
    rows = []
    for code, row in table.iterrows():
        cells = [Cell(str(row["name"])), Cell(str(code))]
        cells += [_number(row[key], n, language) for key, n in digits.items()]
        rows.append(tuple(cells))
    note = label("built_report_districts_note", language)
    return _section("luas", "districts", heads, rows, language, [note])


def _missing(built: BuiltBoundaries, language: Language) -> Section:
    rows = [
        (
            Cell(str(row["name"])),
            Cell(str(code)),
            Cell(label(f"built_level_{row['level']}", language)),
            Cell(above_names(str(code))),
            Cell(label(f"built_why_{row['why']}", language)),
        )
        for code, row in built.missing.iterrows()
    ]
    said = list(_register_sums(built, language))
    if rows:
        said.append(label("built_report_missing_note", language))
    heads = ["place", "code", "level", "where", "why"]
    return _section("tanpa-poligon", "missing", heads, rows, language, said)


def _register_sums(built: BuiltBoundaries, language: Language) -> Iterator[str]:
    """Say of each level how outlines and register add up."""
    provinces = [str(code) for code in built.rows["province"]]
    for level, outlined in _outlined(built).items():
        if level == "provinsi":
            continue
        unknown = int((built.unknown["level"] == level).sum())
        numbers = {
            "with_outline": outlined - unknown,
            "missing": int((built.missing["level"] == level).sum()),
            "known": sum(len(regions_of(level, code)) for code in provinces),
            "unknown": unknown,
        }
        words = {key: format_number(n, 0, language) for key, n in numbers.items()}
        yield label("built_report_register_sum", language).format(
            level=label(f"built_level_{level}", language), **words
        )


_COLUMNS = {"kecamatan": "kecamatan", "desa": "villages"}


def _outlined(built: BuiltBoundaries) -> dict[Any, int]:
    """Return how many regions of each level have an outline in the source."""
    found: dict[Any, int] = dict(built.levels)
    for level, column in _COLUMNS.items():
        if column in built.table.columns:
            found[level] = int(built.table[column].fillna(0).sum())
    return found


def _unknown(built: BuiltBoundaries, language: Language) -> Section:
    rows = [
        (
            Cell(str(row["name"])),
            Cell(str(code)),
            Cell(label(f"built_level_{row['level']}", language)),
        )
        for code, row in built.unknown.iterrows()
    ]
    heads = ["place", "code", "level"]
    return _section("kode-asing", "unknown", heads, rows, language)


def _ground(built: BuiltBoundaries, language: Language) -> Section:
    rows = []
    for row in built.ground.to_dict("records"):
        what = label(f"built_ground_{row['what']}", language)
        taker = str(row["code"])
        if taker:
            what = f"{what} {_named(taker)}"
        where = f"{_degrees(row['lat'], language)}; {_degrees(row['lon'], language)}"
        cells = (
            Cell(what),
            Cell(where),
            _number(row["km2"], 2, language),
            Cell(str(row[language])),
            Cell(str(row["source"])),
        )
        rows.append(cells)
    heads = ["what", "where", "km2", "why", "source"]
    return _section("lahan", "ground", heads, rows, language)


def _changes(built: BuiltBoundaries, language: Language) -> Section:
    moved = (built.changes["after_km2"] - built.changes["before_km2"]).abs()
    order = moved.sort_values(ascending=False, kind="stable").index
    rows = [
        (
            Cell(str(row["name"])),
            Cell(str(row["code"])),
            Cell(label(f"built_change_{row['what']}", language)),
            _number(row["before_km2"], 2, language),
            _number(row["after_km2"], 2, language),
        )
        for row in built.changes.loc[order].to_dict("records")
    ]
    n, km2 = built.crumbs
    said = [
        label("built_report_changes_note", language).format(
            metres=format_number(built.gap_m, 0, language)
        ),
        label("built_report_crumbs", language).format(
            n=format_number(n, 0, language), km2=format_number(km2, 2, language)
        ),
        *_counted(built.changes["what"], "change", language),
    ]
    heads = ["place", "code", "what", "before", "after"]
    return _section("perubahan", "changes", heads, rows, language, said)


def _counted(what: pd.Series[str], kind: str, language: Language) -> list[str]:
    """Say how often each thing happened, in one line."""
    counts = what.value_counts(sort=False).sort_index()
    said = []
    for key, n in counts.items():
        words = label(f"built_{kind}_{key}", language)
        said.append(f"{words}: {format_number(int(n), 0, language)}")
    return ["; ".join(said) + "."] if said else []


_COUNTS = ("rows", "outlines", "merged", "repeated", "unusable", "unknown")
_WHOLE = (*_COUNTS, "invalid")


def _rows(built: BuiltBoundaries, language: Language) -> Section:
    total = {key: int(built.rows[key].sum()) for key in _COUNTS}
    words = {key: format_number(n, 0, language) for key, n in total.items()}
    said = [label("built_report_rows_sum", language).format(**words)]
    rows = []
    for row in built.rows.to_dict("records"):
        cells = [Cell(_named(str(row["province"])))]
        cells += [_number(row[key], 0, language) for key in _WHOLE]
        cells += [_number(row[f"{when}_km2"], 1, language) for when in _WHEN]
        rows.append(tuple(cells))
    heads = ["place", *_COUNTS, "invalid", *_WHEN]
    return _section("baris", "rows", heads, rows, language, said)


_WHEN = ("before", "after")


def _unused(built: BuiltBoundaries, language: Language) -> Section:
    rows = [
        (
            Cell(str(row["name"])),
            Cell(str(row["code"])),
            Cell(label(f"built_fault_{row['what']}", language)),
            Cell(str(row["where"])),
        )
        for row in built.unused.to_dict("records")
    ]
    said = _counted(built.unused["what"], "fault", language)
    heads = ["place", "code", "what", "where"]
    return _section("tak-terpakai", "unused", heads, rows, language, said)


def _section(
    key: str,
    what: str,
    heads: Sequence[str],
    rows: Sequence[tuple[Cell, ...]],
    language: Language,
    sentences: Sequence[str] = (),
) -> Section:
    """Make a section; one without rows says so."""
    told = [] if rows else [label("built_report_none", language)]
    if len(rows) > _MOST_ROWS:
        n = format_number(len(rows) - _MOST_ROWS, 0, language)
        told.append(label("built_report_more", language).format(n=n))
    return Section(
        key,
        label(f"built_report_{what}", language),
        (*sentences, *told),
        tuple(label(f"built_head_{head}", language) for head in heads),
        tuple(rows[:_MOST_ROWS]),
    )


def _number(value: Any, digits: int, language: Language) -> Cell:  # noqa: ANN401
    return Cell(format_number(float(value), digits, language), number=True)


def _degrees(value: float, language: Language) -> str:
    return format_number(value, 3, language)


def _named(code: str) -> str:
    return f"{region(code).name} ({code})" if has_region(code) else code
