"""What was read of each file of a plan, in one line each.

Why: before plans are compared, their owners ask whether all of them is there: lines,
rupiah, districts, and which work the program knows.

In:     tables of plans, the lines that count. Out: :class:`PlanSource` for each sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.results import OneLine
from kkbpk_geo.catalogue.activities import terms
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.work.nomenclature import is_regional, is_support
from kkbpk_geo.catalogue.work.plan_forms import plan_forms
from kkbpk_geo.plan.lines.words import rupiah_text

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.intake import Intake

# Sheets that fit on a screen beside the findings; of the others the sums are said.
SHOWN = 12
_COUNTS = ("known", "listed", "support", "unknown", "paper")
_PROVINCE = 2  # letters of its code


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PlanSource(OneLine):
    """What was read of one sheet of a plan.

    Attributes
    ----------
    file, sheet : str
    form : str
        Entry of plan_forms.toml, ``""`` for a table with one line a row.
    lines : int
    budget : int
        Rupiah of its lines.
    printed : int, optional
        The total that the sheet prints; None where it prints none.
    where : str
        The first place at which a sum is not that of what stands below it.
    regions : frozenset of str
        Codes of the districts.
    sheets : int
        How many sheets it is of.
    known : int
        Lines whose activity is one of the catalogue.
    listed : int
        Lines of which only the code is known: its edition has it.
    support : int
        Lines of the programme that runs an office.
    unknown : int
        Lines whose work is not known; they are kept as they are.
    paper : int
        Lines whose target is in reports or documents.
    """

    file: str
    sheet: str = ""
    form: str = ""
    lines: int = 0
    budget: int = 0
    printed: int | None = None
    where: str = ""
    regions: frozenset[str] = frozenset()
    sheets: int = 1
    known: int = 0
    listed: int = 0
    support: int = 0
    unknown: int = 0
    paper: int = 0

    def summary(self, language: Language = "id") -> str:
        """Say it in one line."""
        form = plan_forms().get(self.form)
        own = label("plan_source_own", language)
        return label("plan_source_line", language).format(
            file=" · ".join(filter(None, (self.file, self._sheet(language)))),
            form=form.name(language) if form else own,
            lines=format_number(self.lines, 0, language),
            budget=rupiah_text(self.budget, language),
            total=self._total(language),
            districts=len(self.regions),
            known=format_number(self.known, 0, language),
            rest=self._rest(language),
        )

    def _sheet(self, language: Language) -> str:
        if self.sheets == 1:
            return self.sheet
        return label("plan_source_sheets", language).format(n=self.sheets)

    def _total(self, language: Language) -> str:
        """Say whether the printed total is the same; else by how much and where."""
        if self.printed is None:
            return label("plan_source_no_total", language)
        if self.printed == self.budget:
            return label("plan_source_equal", language)
        return label("plan_source_differs", language).format(
            printed=rupiah_text(self.printed, language),
            difference=format_number(self.budget - self.printed, 0, language),
            where=self.where or "–",
        )

    def _rest(self, language: Language) -> str:
        """Say what is not known; nothing where there is none."""
        parts = []
        for name in ("listed", "support", "unknown", "paper"):
            count = getattr(self, name)
            if count:
                said = label(f"plan_source_{name}", language)
                parts.append(said.format(n=format_number(count, 0, language)))
        return "".join(f", {part}" for part in parts)


def sources_of(tables: Sequence[Intake]) -> tuple[PlanSource, ...]:
    """Return what was read of each table, as it was read."""
    return tuple(map(_source, tables))


def _source(table: Intake) -> PlanSource:
    data, form = table.data, table.form
    said = ("", None, "") if form is None else (form.key, form.printed, form.where)
    key, printed, where = said
    counts = _counted(data)
    sheets = [each for each in data["source_sheet"] if isinstance(each, str)]
    return PlanSource(
        file=table.source,
        sheet=next(iter(sheets), ""),
        form=key,
        lines=len(data),
        budget=int(data["budget"].fillna(0).sum()),
        printed=printed,
        where=where,
        regions=_districts(data["region_code"]),
        **counts,
    )


def _districts(codes: Iterable[object]) -> frozenset[str]:
    known = [code for code in codes if isinstance(code, str)]
    return frozenset(code for code in known if len(code) > _PROVINCE)


def _counted(data: pd.DataFrame) -> dict[str, int]:
    """Count the lines by what is known of their work."""
    found = dict.fromkeys(_COUNTS, 0)
    codes = data["code"] if "code" in data else [""] * len(data)
    editions = data["edition"] if "edition" in data else [""] * len(data)
    rows = zip(data["activity"], codes, editions, data["unit"], strict=True)
    for activity, code, edition, unit in rows:
        found[_known(activity, code, edition)] += 1
        term = terms("unit").get(unit)
        found["paper"] += bool(term and term.paper)
    return found


def _known(activity: str, code: str, edition: str) -> str:
    if activity:
        return "known"
    if is_support(code):
        return "support"
    return "listed" if edition and is_regional(code) else "unknown"


def say_sources(sources: Sequence[PlanSource], language: Language = "id") -> list[str]:
    """Say what was read of each file, its sheets of one form together.

    Of more files than fit on a screen the sum is said.

    Examples
    --------
    >>> source = PlanSource(file="a.xlsx", lines=1, budget=5, printed=5, known=1)
    >>> say_sources([source], "en")[0][:62]
    'a.xlsx: one line a row: 1 lines, Rp 5 (equal to the printed to'
    """
    files: dict[tuple[str, str], list[PlanSource]] = {}
    for source in sources:
        files.setdefault((source.file, source.form), []).append(source)
    wholes = list(map(_together, files.values()))
    lines = [whole.summary(language) for whole in wholes[:SHOWN]]
    rest = wholes[SHOWN:]
    if rest:
        count = sum(each.lines for each in rest)
        money = sum(each.budget for each in rest)
        lines.append(
            label("plan_source_more", language).format(
                n=len(rest),
                lines=format_number(count, 0, language),
                budget=rupiah_text(money, language),
                wrong=sum(map(_is_wrong, rest)),
            )
        )
    return lines


def _together(sheets: Sequence[PlanSource]) -> PlanSource:
    """Return what was read of some sheets of one file as of one."""
    first = sheets[0]
    if len(sheets) == 1:
        return first
    printed = [each.printed for each in sheets if each.printed is not None]
    added = {}
    for name in ("lines", "budget", *_COUNTS):
        added[name] = sum(getattr(each, name) for each in sheets)
    regions = frozenset[str]().union(*(each.regions for each in sheets))
    where = (each.where for each in sheets if each.where)
    return replace(
        first,
        **added,
        sheet="",
        sheets=len(sheets),
        printed=sum(printed) if len(printed) == len(sheets) else None,
        where=next(where, ""),
        regions=regions,
    )


def _is_wrong(source: PlanSource) -> bool:
    return source.printed not in (None, source.budget)
