"""The year as a picture: bars where there is work, hatching where it breaks off.

In:     a Continuity. Out: a matplotlib Figure, and the same rows as HTML for a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.formats import MONTHS, Language
from kkbpk_geo.base.look.colours import ATTENTION
from kkbpk_geo.catalogue.labels import label, mark_words
from kkbpk_geo.io import as_records, render_part
from kkbpk_geo.joining import code_of
from kkbpk_geo.plan.year.calendar import MONTH_COLUMNS
from kkbpk_geo.plan.year.lines import work_name
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kkbpk_geo.plan.year.continuity import Continuity

PLANNED, YEAR, BROKEN = "#1f5f8b", "#b9d3e2", ATTENTION
INK, SOFT, GRID = "#1d2a33", "#51606b", "#d9dee1"
_BREAKS = ("one_off", "gap", "late_start", "early_end")
_MOST_ROWS = 150
SIGNS = {"planned": "●", "year": "○", "broken": "✕"}
_QUARTERS = ("I", "II", "III", "IV")
BAR_LOOKS: dict[str, dict[str, Any]] = {
    "planned": {"facecolor": PLANNED, "edgecolor": "white"},
    "year": {"facecolor": YEAR, "edgecolor": "white"},
    "broken": {"facecolor": "white", "edgecolor": BROKEN, "hatch": "////"},
}


@dataclass(frozen=True, slots=True)
class _Sign:
    """What stands in a month: its kind, a sign to see, a word to hear."""

    kind: str
    sign: str
    word: str


@dataclass(frozen=True, slots=True)
class _Month:
    name: str
    short: str


class GanttWork(NamedTuple):
    """A piece of work on the calendar: where, its key and text, twelve cells."""

    region_code: str
    work: str
    text: str
    cells: tuple[str, ...]

    def name(self, language: Language, *, placed: bool = False) -> str:
        """Return what a reader sees; the name of the place in front, if asked for."""
        said = work_name(self.work, self.text, language)
        return f"{place_name(self.region_code)}: {said}" if placed else said


def gantt_rows(
    continuity: Continuity, region_code: str | None = None, language: Language = "id"
) -> list[tuple[str, list[str]]]:
    """Return what a Gantt picture draws: a name and twelve cells per piece of work.

    Cells are ``planned``, ``broken`` (needed by its rhythm, and not there), ``year``
    (planned for the year as a whole, no month stated) or ``""``. Without a region
    all regions follow each other, their names in front.

    Raises
    ------
    PlanError
        If the region has no line in the plan.
    """
    works = gantt_works(continuity, region_code)
    return named_rows(works, language, placed=not region_code)


def named_rows(
    works: Iterable[GanttWork], language: Language, *, placed: bool
) -> list[tuple[str, list[str]]]:
    """Name works in a language, with the place in front where they are ``placed``."""
    return [(work.name(language, placed=placed), list(work.cells)) for work in works]


def gantt_works(
    continuity: Continuity, region_code: str | None = None
) -> list[GanttWork]:
    """Return what :func:`gantt_rows` does, to be named in several languages.

    Raises
    ------
    PlanError
        If the region has no line in the plan.
    """
    calendar = continuity.calendar
    places = calendar.index.get_level_values("region_code")
    if region_code is not None:
        region_code = code_of(region_code, places.unique())
        if not (places == region_code).any():
            msg = (
                f"region {region_code!r} has nothing on the calendar; there are "
                f"{list(places.unique())}."
            )
            raise PlanError(msg)
        calendar = calendar[places == region_code]
    broken = _broken_months(continuity, region_code)
    rows = []
    lines = zip(calendar.index, as_records(calendar), strict=True)
    for (code, work), line in lines:
        cells = _cells(line, broken.get((code, work), set()))
        rows.append(GanttWork(code, work, line["text"], tuple(cells)))
    return rows


def _broken_months(
    continuity: Continuity, region_code: str | None
) -> dict[tuple[str, str], set[int]]:
    """Return the months that a piece of work needs and does not have, by region."""
    table = continuity.table
    if region_code is not None:
        table = table[table["region_code"] == region_code]
    found = table[table["issue"].isin(_BREAKS)]
    columns = (found[name] for name in ("region_code", "work", "issue", "months"))
    broken: dict[tuple[str, str], set[int]] = {}
    for place, work, issue, months in zip(*columns, strict=True):
        lost = set(months)
        # What is done once names its month; all the others are those it lacks.
        if issue == "one_off":
            lost = set(range(1, 13)) - lost
        broken.setdefault((place, work), set()).update(lost)
    return broken


def _cells(line: Mapping[Any, Any], lost: set[int]) -> list[str]:
    """Return the kinds of twelve months of one piece of work."""
    if not line["times"]:
        return ["year"] * len(MONTH_COLUMNS)
    cells = []
    for month, column in enumerate(MONTH_COLUMNS, 1):
        absent = "broken" if month in lost else ""
        cells.append("planned" if line[column] else absent)
    return cells


def draw_gantt(
    continuity: Continuity,
    region_code: str | None = None,
    language: Language = "id",
    *,
    note: str = "",
) -> Figure:
    """Draw a region's year, a bar per piece of work; or that of all regions, in turn.

    ``note`` stands at the upper right; of a sample plan that it is one.

    Raises
    ------
    PlanError
        If the region has no line, or there are too many rows for one page.
    """
    rows = gantt_rows(continuity, region_code, language)
    if len(rows) > _MOST_ROWS:
        msg = (
            f"the calendar has {len(rows)} rows; a picture shows at most {_MOST_ROWS}. "
            "Draw one region at a time, on as many sheets as it takes: "
            "draw_gantts(continuity, region_code)."
        )
        raise PlanError(msg)
    title = gantt_title(continuity, region_code, language)
    return _draw(continuity, rows, title, language, note=note)


def _draw(
    continuity: Continuity,
    rows: list[tuple[str, list[str]]],
    title: str,
    language: Language,
    *,
    note: str = "",
) -> Figure:
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

    height = 1.5 + 0.3 * max(len(rows), 1)
    figure = Figure(figsize=(9, height), dpi=150, facecolor="white", layout="tight")
    axes = figure.add_subplot()
    for y, (_, cells) in enumerate(rows):
        for kind, start, length in bar_spans(cells):
            axes.barh(
                y, length, left=start, height=0.6, linewidth=0.8, **BAR_LOOKS[kind]
            )
    axes.set_xlim(0, 12)
    axes.set_ylim(max(len(rows), 1) - 0.4, -0.6)
    months = [name[:3] for name in MONTHS[language]]
    axes.set_xticks([month + 0.5 for month in range(12)], months)
    axes.set_yticks(
        range(len(rows)), [_short(name).replace("$", r"\$") for name, _ in rows]
    )
    axes.tick_params(length=0, colors=SOFT, labelsize=8)
    axes.xaxis.tick_top()
    for edge in range(13):
        axes.axvline(
            edge, color=GRID, linewidth=1.4 if edge % 3 == 0 else 0.5, zorder=0
        )
    axes.spines[:].set_visible(False)
    axes.set_title(
        title.replace("$", r"\$"),
        loc="left", color=INK, fontsize=12, fontweight="bold", pad=24,
    )  # fmt: skip
    axes.legend(
        handles=[
            Patch(facecolor=PLANNED, label=label("plan_gantt_planned", language)),
            Patch(facecolor=YEAR, label=label("plan_gantt_year", language)),
            Patch(
                facecolor="white",
                edgecolor=BROKEN,
                hatch="////",
                label=label("plan_gantt_broken", language),
            ),
        ],
        loc="upper right", bbox_to_anchor=(1, 0), ncols=3, frameon=False, fontsize=8,
    )  # fmt: skip
    note = " · ".join(filter(None, (mark_words(continuity.marks, language), note)))
    if note:
        axes.set_title(
            note, loc="right", color=BROKEN, fontsize=10, fontweight="bold", pad=24
        )
    return figure


def gantt_html(
    continuity: Continuity,
    region_code: str | None = None,
    language: Language = "id",
    *,
    works: Sequence[GanttWork] | None = None,
) -> str:
    """Return the same calendar as one HTML table, for a page; all text escaped.

    ``works``: those of the region, where they are at hand already.

    What a cell is stands in it as a sign and for screen readers in words; colours come
    from :func:`kkbpk_geo.io.pages.page_style`, which the page must carry.

    Raises
    ------
    PlanError
        If the region has no line in the plan.
    """
    if works is None:
        works = gantt_works(continuity, region_code)
    said = label("plan_quarter", language)
    quarters = [said.format(roman=roman, n=n) for n, roman in enumerate(_QUARTERS, 1)]
    return render_part(
        "gantt",
        language=language,
        caption=gantt_title(continuity, region_code, language),
        quarters=quarters,
        months=[_Month(name, name[:3]) for name in MONTHS[language]],
        signs=_signs(language),
        rows=named_rows(works, language, placed=not region_code),
    )


def gantt_key(language: Language = "id") -> str:
    """Return the line that says what the signs of :func:`gantt_html` mean, as HTML."""
    return render_part("gantt_key", language=language, signs=_signs(language))


def _signs(language: Language) -> list[_Sign]:
    return [
        _Sign(kind, sign, label(f"plan_gantt_{kind}", language))
        for kind, sign in SIGNS.items()
    ]


def gantt_title(
    continuity: Continuity, region_code: str | None, language: Language
) -> str:
    """Return what a calendar is of: its year, and its region."""
    place = f" · {place_name(region_code)}" if region_code else ""
    return label("plan_gantt_title", language).format(year=continuity.year) + place


def _short(name: str, most: int = 60) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"


def bar_spans(cells: list[str]) -> Iterator[tuple[str, int, int]]:
    """Yield (kind, first month from 0, how many) of cells that belong together."""
    start = 0
    for kind, run in groupby(cells):
        length = len(list(run))
        if kind:
            yield kind, start, length
        start += length
