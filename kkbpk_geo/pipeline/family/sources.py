"""The files that a run was made of: recognised as what, how many rows, in which state.

Why: sixty files do not fit on a screen, and the one that was refused must not be the
one that is cut: what is unlike the others comes first, what is alike is one line.

In:     a Run. Out: lines of the table "from which files".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.findings import SEVERITIES
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.tables import table_kinds
from kkbpk_geo.pipeline.family.index import IndexSource

if TYPE_CHECKING:
    from kkbpk_geo.intake import Intake
    from kkbpk_geo.pipeline.running import Run

_SHOWN = 16  # lines of the table that a screen of 768 px holds beside the rest
USED, DOUBT, REFUSED = "✓", "!", "×"
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file as it was read, or several; ``rows`` is None where that is not known."""

    name: str
    kinds: tuple[str, ...]
    rows: int | None
    errors: int
    warnings: int
    read: bool

    @property
    def sign(self) -> str:
        """Return the sign of its state."""
        if not self.read:
            return REFUSED
        doubt = self.errors or self.warnings or self.kinds == (_UNKNOWN,)
        return DOUBT if doubt else USED


def every_source(run: Run, language: Language) -> list[IndexSource]:
    """Return a line for each file, in the order in which they were given."""
    return [_line(source, language) for source in _sources(run)]


def few_sources(run: Run, language: Language) -> list[IndexSource]:
    """Return as many lines as a screen holds: what is unlike first, the rest folded."""
    return [_line(source, language) for source in fold(_sources(run), language)]


def count_files(run: Run) -> tuple[int, int, int]:
    """Count files, those that were read, and those that were refused."""
    read = [source.read for source in _sources(run)]
    return len(read), sum(read), len(read) - sum(read)


def read_as(run: Run) -> Iterator[tuple[Path, Intake | None]]:
    """Yield each file of a run with what was read; None where it was refused."""
    # Two folders may hold files of one name: each intake is that of one file.
    read: dict[str, list[Intake]] = {}
    for each in run.intakes:
        read.setdefault(Path(each.source).name, []).append(each)
    for path in run.project.tables:
        named = read.get(path.name)
        yield path, named.pop(0) if named else None


def fold(every: Sequence[Source], language: Language) -> list[Source]:
    """Put files of one kind together where they are many.

    Those that were refused, or have errors, stand by themselves, and first.
    """
    if len(every) <= _SHOWN:
        return list(every)
    grave = [source for source in every if source.errors or not source.read]
    grave.sort(key=lambda source: source.read)
    alike: dict[tuple[object, str], list[Source]] = {}
    for source in every:
        if source.read and not source.errors:
            alike.setdefault((source.kinds, source.sign), []).append(source)
    lines = [*([source] for source in grave), *alike.values()]
    if len(lines) > _SHOWN:  # the last line is of all the others: none is left out
        rest = chain.from_iterable(lines[_SHOWN - 1 :])
        lines = [*lines[: _SHOWN - 1], list(rest)]
    return [_together(line, language) for line in lines]


def _together(group: Sequence[Source], language: Language) -> Source:
    if len(group) == 1:
        return group[0]
    number = format_number(len(group), 0, language)
    rows = sum(source.rows or 0 for source in group)
    kinds = dict.fromkeys(chain.from_iterable(source.kinds for source in group))
    errors = sum(source.errors for source in group)
    warnings = sum(source.warnings for source in group)
    # Where one of them was refused, the line says that.
    read = all(source.read for source in group)
    return Source(
        name=label("index_page_files_of_kind", language).format(n=number),
        kinds=tuple(kinds),
        rows=rows,
        errors=errors,
        warnings=warnings,
        read=read,
    )


def _sources(run: Run) -> list[Source]:
    said: dict[str, Counter[str]] = {each: Counter() for each in SEVERITIES}
    for told in run.findings:
        said[told.severity][told.file] += 1
    errors, warnings = said["error"], said["warning"]
    found = []
    for path, intake in read_as(run):
        tables: list[Intake] = []
        if intake is not None:
            tables += intake.tables()
        kinds = dict.fromkeys(table.kind for table in tables)
        rows = sum(table.rows_in for table in tables)
        found.append(
            Source(
                name=path.name,
                kinds=tuple(kinds),
                rows=rows,
                errors=errors[path.name],
                warnings=warnings[path.name],
                read=intake is not None,
            )
        )
    return found + _plans(run, errors, warnings)


def _plans(run: Run, errors: Counter[str], warnings: Counter[str]) -> list[Source]:
    """Return the plans that were compared; they are no tables of the map."""
    plans = run.project.plans
    if plans is None:
        return []
    base = [] if plans.base is None else [plans.base]
    sides = {"province": [plans.province], "district": plans.districts, "base": base}
    lines: Counter[str] = Counter()
    if run.alignment is not None:
        alignment = run.alignment
        for plan in (alignment.province, alignment.districts, alignment.base):
            names = [Path(str(name)).name for name in plan.data["source_file"]]
            lines.update(dict(Counter(names)))
    found = []
    for side, paths in sides.items():
        for path in paths:
            own = Source(
                name=path.name,
                kinds=(f"plan_{side}",),
                rows=lines.get(path.name),
                errors=errors[path.name],
                warnings=warnings[path.name],
                read=run.alignment is not None,
            )
            found.append(own)
    return found


def _line(source: Source, language: Language) -> IndexSource:
    rows = "–"
    if source.rows is not None and source.read:
        rows = format_number(source.rows, 0, language)
    return IndexSource(
        file=source.name,
        known_as=_known_as(source.kinds, language),
        rows=rows,
        sign=source.sign,
        state=_state(source, language),
    )


def _known_as(kinds: Sequence[str], language: Language) -> str:
    if not kinds:
        return "–"
    first, *others = kinds
    if first.startswith("plan_"):
        words = label(f"index_page_{first}", language)
    else:
        kind = table_kinds().get(first)
        words = kind.name(language) if kind else label("cli_kind_unknown", language)
    return f"{words} (+{len(others)})" if others else words


def _state(source: Source, language: Language) -> str:
    if not source.read:
        return label("index_page_refused", language)
    for what, number in (("errors", source.errors), ("warnings", source.warnings)):
        if number:
            n = format_number(number, 0, language)
            return label(f"index_page_state_{what}", language).format(n=n)
    known = "unknown" if source.sign == DOUBT else "used"
    return label(f"index_page_state_{known}", language)
