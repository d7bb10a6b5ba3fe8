"""The year as a picture: bars where there is work, hatching where it breaks off.

In:     a Continuity. Out: a matplotlib Figure, and the same rows as HTML for a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import MONTHS, Language
from kkbpk_geo.catalogue.labels import label, mark_words
from kkbpk_geo.plan.year.calendar import MONTH_COLUMNS
from kkbpk_geo.plan.year.lines import work_name
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kkbpk_geo.plan.year.continuity import Continuity

PLANNED, YEAR, BROKEN = "#1f5f8b", "#b9d3e2", "#b5402a"
INK, SOFT, GRID = "#1d2a33", "#51606b", "#d9dee1"
_BREAKS = ("one_off", "gap", "late_start", "early_end")
_MOST_ROWS = 150
SIGNS = {"planned": "●", "year": "○", "broken": "✕"}
_CLASSES = {"planned": "p", "year": "y", "broken": "b"}
_QUARTERS = ("I", "II", "III", "IV")
# On paper the signs are black: they must be there where no colour is printed.
GANTT_STYLE = f"""
.gantt caption{{text-align:left;font-weight:600;padding:.2rem 0}}
.gantt :is(th,td){{padding:.2rem .15rem}}
.gantt :is(td,thead th){{text-align:center}}
.gantt tbody th{{font-weight:400;min-width:9rem;padding-right:.5rem;
position:sticky;left:0;background:#fff}}
.gantt tbody td{{width:2.1rem;border-color:{GRID}}}
.gantt tbody td:nth-child(3n+2),.gantt thead th{{border-left:2px solid #8a949b}}
.gantt thead tr+tr th:not(:nth-child(3n+1)){{border-left:1px solid #b5b5b5}}
.gantt-p{{background:{PLANNED};color:#fff}}
.gantt-y{{background:{YEAR};color:{INK}}}
.gantt-b{{color:#8f2f1d;outline:2px dashed {BROKEN};outline-offset:-3px}}
.gantt-key{{margin:.3rem 0;color:#4a4a4a}}
.gantt-key span{{display:inline-block;width:1.6rem;text-align:center}}
@media print{{.gantt-p,.gantt-y{{color:#000;background:#dfe7ec;
print-color-adjust:exact;-webkit-print-color-adjust:exact}}
.gantt-b{{color:#000}}.gantt tbody th{{min-width:0;position:static}}}}
"""


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
    calendar = continuity.calendar
    codes = list(dict.fromkeys(calendar.index.get_level_values("region_code")))
    if region_code is not None and region_code not in codes:
        msg = f"region {region_code!r} has nothing on the calendar; there are {codes}."
        raise PlanError(msg)
    broken: dict[tuple[str, str], set[int]] = {}
    found = continuity.table[continuity.table["issue"].isin(_BREAKS)]
    for place, work, issue, months in zip(
        *(found[c] for c in ("region_code", "work", "issue", "months")), strict=True
    ):
        lost = set(range(1, 13)) - set(months) if issue == "one_off" else set(months)
        broken.setdefault((place, work), set()).update(lost)
    rows = []
    for at, (code, work) in enumerate(calendar.index):
        if region_code not in (None, code):
            continue
        line = calendar.iloc[at]
        name = work_name(work, line["text"], language)
        lost = broken.get((code, work), set())
        cells = [
            "planned" if line[column] else "broken" if month in lost else ""
            for month, column in enumerate(MONTH_COLUMNS, 1)
        ]
        if not line["times"]:
            cells = ["year"] * len(MONTH_COLUMNS)
        rows.append((name if region_code else f"{place_name(code)}: {name}", cells))
    return rows


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
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

    rows = gantt_rows(continuity, region_code, language)
    if len(rows) > _MOST_ROWS:
        msg = (
            f"the calendar has {len(rows)} rows; a picture shows at most {_MOST_ROWS}. "
            "Draw one region at a time: draw_gantt(continuity, region_code)."
        )
        raise PlanError(msg)
    height = 1.5 + 0.3 * max(len(rows), 1)
    figure = Figure(figsize=(9, height), dpi=150, facecolor="white", layout="tight")
    axes = figure.add_subplot()
    for y, (_, cells) in enumerate(rows):
        for kind, start, length in _spans(cells):
            whole = kind != "broken"
            colour = {"planned": PLANNED, "year": YEAR}.get(kind, "white")
            axes.barh(
                y,
                length,
                left=start,
                height=0.6,
                facecolor=colour,
                edgecolor="white" if whole else BROKEN,
                hatch=None if whole else "////",
                linewidth=0.8,
            )
    axes.set_xlim(0, 12)
    axes.set_ylim(max(len(rows), 1) - 0.4, -0.6)
    axes.set_xticks([m + 0.5 for m in range(12)], [n[:3] for n in MONTHS[language]])
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
        _title(continuity, region_code, language).replace("$", r"\$"),
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
    continuity: Continuity, region_code: str | None = None, language: Language = "id"
) -> str:
    """Return the same calendar as one HTML table, for a page; all text escaped.

    What a cell is stands in it as a sign and for screen readers in words; colours come
    from :data:`GANTT_STYLE`, which the page must carry.

    Raises
    ------
    PlanError
        If the region has no line in the plan.
    """
    months = "".join(
        f'<th scope="col" abbr="{name}">{name[:3]}</th>' for name in MONTHS[language]
    )
    quarters = "".join(
        '<th scope="colgroup" colspan="3">'
        f"{label('plan_quarter', language).format(roman=roman, n=at)}</th>"
        for at, roman in enumerate(_QUARTERS, 1)
    )
    cell = {"": "<td></td>"} | {
        kind: f'<td class="gantt-{_CLASSES[kind]}" aria-label="'
        f'{for_html(label(f"plan_gantt_{kind}", language))}">{sign}</td>'
        for kind, sign in SIGNS.items()
    }
    body = "".join(
        f'<tr><th scope="row">{for_html(name)}</th>'
        f"{''.join(cell[kind] for kind in kinds)}</tr>"
        for name, kinds in gantt_rows(continuity, region_code, language)
    )
    title = for_html(_title(continuity, region_code, language))
    return (
        f'<table class="gantt"><caption>{title}</caption><thead>'
        f'<tr><td rowspan="2"></td>{quarters}</tr><tr>{months}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def gantt_key(language: Language = "id") -> str:
    """Return the line that says what the signs of :func:`gantt_html` mean, as HTML."""
    said = " · ".join(
        f'<span class="gantt-{_CLASSES[kind]}" aria-hidden="true">{sign}</span> '
        + for_html(label(f"plan_gantt_{kind}", language))
        for kind, sign in SIGNS.items()
    )
    return f'<p class="gantt-key">{said}</p>'


def _title(continuity: Continuity, region_code: str | None, language: Language) -> str:
    place = f" · {place_name(region_code)}" if region_code else ""
    return label("plan_gantt_title", language).format(year=continuity.year) + place


def _short(name: str, most: int = 60) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"


def _spans(cells: list[str]) -> Iterator[tuple[str, int, int]]:
    """Yield (kind, first month from 0, how many) of cells that belong together."""
    start = 0
    for kind, run in groupby(cells):
        length = len(list(run))
        if kind:
            yield kind, start, length
        start += length
