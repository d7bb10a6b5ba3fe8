"""Plans on the map: files compared, and their figures as layers.

Why: the map that shows what a district lacks should show as well what is planned, what
is still to be decided, and how far the work is.

In:     plan files of province and districts.
Out:    an Alignment; rows and indicators for a map; ``peta-sinkronisasi.html``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.marks import Marks, mark_frame
from kkbpk_geo.base.missing import as_float, as_int
from kkbpk_geo.base.periods import canonical, order_periods
from kkbpk_geo.base.words import LANGUAGES
from kkbpk_geo.catalogue.labels import both_labels, label
from kkbpk_geo.io import as_records, together, writing
from kkbpk_geo.plan import NOTHING

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.gaps import GapScores
    from kkbpk_geo.io import Family
    from kkbpk_geo.maps import MapIndicator, PlanDecision, PlanWork, RegionPlan
    from kkbpk_geo.pipeline.project_files import PlanFiles
    from kkbpk_geo.plan import Alignment, Outlook

# Region, indicator, value, numerator, denominator.
_Row: TypeAlias = tuple[Any, str, Any, Any, Any]
# In percent, and the more the better; of the others the fewer.
_SHARES = ("aligned_share", "plan_continuity", "plan_physical", "plan_absorption")
# Not drawn by themselves: they are what the share of lines agreed is made of.
_COUNTED = ("agreed", "lines")
# Before the others on a map: what the meeting is about.
_FIRST = ("aligned_share", "conflicts", "unfunded_need")
# Classes of progress that a meeting has to speak of, the worst first.
_BEHIND = ("critical", "behind", "not_reported", "above")
# Field of a sheet -> column of the comparison.
_COUNTS = {
    "lines": "lines",
    "agreed": "agreed",
    "conflicts": "conflicts",
    "unfunded": "unfunded_need",
}


def align_files(
    files: PlanFiles,
    *,
    of: str,
    year: int | None = None,
    gaps: GapScores | None = None,
    language: Language = "id",
) -> Alignment:
    """Read plans and compare them.

    Parameters
    ----------
    files : PlanFiles
    of : str
        The province, name or code.
    year : int, optional
        Of lines that name none.
    gaps : GapScores, optional
        Adds activities without need and needs without activity.
    language : {"id", "en"}

    Raises
    ------
    PlanError, IntakeError, RegionError
        If a file is no plan, or cannot be read.
    """
    from kkbpk_geo.plan import align_plans, read_plan

    base = files.base
    return align_plans(
        None if base is None else read_plan(base, year=year, province=of),
        read_plan(files.province, owner="province", year=year, province=of),
        read_plan(list(files.districts), owner="district", year=year, province=of),
        gaps=gaps,
        language=language,
    )


def plan_layers(
    alignment: Alignment, outlook: Outlook | None
) -> tuple[pd.DataFrame, list[MapIndicator]]:
    """Return the figures of plans as rows of a tidy table, and their indicators.

    Returns
    -------
    DataFrame
        ``region_code, indicator, value, numerator, denominator, status``. The share of
        lines agreed has a row for the province, made of sums.
    list of MapIndicator
        Only those of which at least one region has a figure.
    """
    import pandas as pd

    from kkbpk_geo.plan import map_frame

    year = (None, None) if outlook is None else (outlook.monitoring, outlook.continuity)
    frame = map_frame(*year, alignment=alignment.regions)
    # The province's figures are sums, made anew from what is behind the shares.
    frame = frame.drop(index=alignment.province.province_code, errors="ignore")
    frame = frame.drop(columns=list(_COUNTED), errors="ignore")
    # An indicator that no district has a figure for would be an empty map.
    frame = frame.dropna(axis=1, how="all")
    keys = [key for key in _FIRST if key in frame]
    keys += [str(key) for key in frame if key not in keys]
    rows: list[_Row] = []
    for key in keys:
        if key == "aligned_share":
            rows += _share_rows(alignment, frame[key])
            continue
        rows += [(code, key, value, None, None) for code, value in frame[key].items()]
    columns = ["region_code", "indicator", "value", "numerator", "denominator"]
    table = pd.DataFrame(rows, columns=columns).astype(
        dict.fromkeys(columns[2:], "Float64")
    )
    said = {True: "ok", False: "missing"}
    table["status"] = list(map(said.get, table["value"].notna()))
    mark_frame(table, alignment.marks)
    # The map's own period is that of the offices' figures; a plan has its year.
    when = "" if outlook is None else f" {outlook.year}"
    return table, [_indicator(key, when) for key in keys]


def _indicator(key: str, year: str) -> MapIndicator:
    """Return the words of a figure of plans; ``year`` stands behind each of them."""
    from kkbpk_geo.maps import MapIndicator
    from kkbpk_geo.plan import map_words

    # The legend states the unit, so the name need not.
    names: dict[str, str] = {
        x: map_words(key, x).removesuffix(" (%)") + year for x in LANGUAGES
    }
    themes = {x: words + year for x, words in both_labels("plan_map_theme").items()}
    found = MapIndicator(
        key=key,
        label=names,
        unit="",
        when=year.strip(),
        direction="worse",
        theme=themes,
    )
    return replace(found, unit="%", direction="better") if key in _SHARES else found


def _share_rows(alignment: Alignment, shares: pd.Series[float]) -> list[_Row]:
    """Return the share of lines agreed with what it is made of, the province's first.

    The province's is a ratio of sums, never a mean of its districts' shares.
    """
    key = str(shares.name)
    sums = alignment.regions[["agreed", "lines"]].astype(float)
    own = sums.reindex(shares.index)
    parts = zip(shares.index, shares, own["agreed"], own["lines"], strict=True)
    rows: list[_Row] = [(code, key, *numbers) for code, *numbers in parts]
    province = alignment.province.province_code
    if not province:
        return rows
    agreed, lines = sums.sum()
    share = 100 * agreed / lines if lines else None
    return [(province, key, share, agreed, lines), *rows]


def add_plans(
    alignment: Alignment, outlook: Outlook | None, table: pd.DataFrame
) -> tuple[pd.DataFrame, list[str | MapIndicator], dict[str, RegionPlan]]:
    """Put the figures of plans beside those of a map, in its newest period.

    Parameters
    ----------
    alignment : Alignment
    outlook : Outlook or None
        The year of the districts' plans.
    table : DataFrame
        Tidy or wide, as ``describe_map`` takes it.

    Returns
    -------
    DataFrame, list of indicators in order, and the sheets by region
    """
    import pandas as pd

    rows, ours = plan_layers(alignment, outlook)
    sheets = plan_sheets(alignment, outlook)
    marks = Marks.of(table, alignment)
    # A wide table takes columns; a tidy one takes rows.
    if "indicator" not in table:
        wide = rows.pivot(index="region_code", columns="indicator", values="value")
        keys = [str(column) for column in table.columns]
        beside = mark_frame(table.join(wide, how="outer"), marks)
        return beside, [*keys, *ours], sheets
    if "period" in table:
        stated = table["period"].dropna().map(canonical)
        # Beside the newest figures: a plan is about what comes next.
        rows = rows.assign(period=order_periods(stated)[-1])
    keys = list(dict.fromkeys(map(str, table["indicator"])))
    below = mark_frame(pd.concat([table, rows], ignore_index=True), marks)
    return below, [*keys, *ours], sheets


def write_pack(
    alignment: Alignment,
    folder: str | Path,
    *,
    meeting: str = "",
    boundaries: Path | None = None,
    family: Family | None = None,
) -> list[Path]:
    """Write the meeting's files and ``peta-sinkronisasi.html`` into a folder.

    Without a ``family`` the pages lead to each other.
    """
    from kkbpk_geo.plan import look_ahead, meeting_family, write_meeting

    outlook = look_ahead(alignment.districts)
    path = Path(folder) / "peta-sinkronisasi.html"
    if family is None:
        family = meeting_family(calendar=outlook is not None, plan_map=path.name)
    with together():
        files = write_meeting(
            alignment, folder, meeting=meeting, outlook=outlook, family=family
        )
        page = write_plan_map(
            alignment, path, outlook=outlook, boundaries=boundaries, family=family
        )
        return [*files, page]


def write_plan_map(  # noqa: PLR0913 (each is one thing that a map is told)
    alignment: Alignment,
    path: str | Path,
    *,
    title: str = "",
    sample: bool = False,
    outlook: Outlook | None = None,
    boundaries: Path | None = None,
    family: Family | None = None,
) -> Path:
    """Draw how far plans are in step, with the plan on every district's sheet.

    ``sample`` marks a map of plans that do not say themselves that they are a sample;
    ``boundaries`` is a store or a layer, where not the shipped ones are to be drawn;
    ``family`` are the other pages that it leads to.
    """
    from kkbpk_geo.maps import MapOptions, describe_map, write_work_map
    from kkbpk_geo.plan import look_ahead
    from kkbpk_geo.regions import load_boundaries, load_context

    code = alignment.province.province_code
    # A plan that names no province is of where its districts lie.
    province = code or (alignment.province.regions or ("18",))[0][:2]
    drawn = load_boundaries(province, path=boundaries)
    outlook = outlook or look_ahead(alignment.districts)
    table, indicators = plan_layers(alignment, outlook)
    options = MapOptions(
        title=title or both_labels("plan_map_title"),
        language=alignment.language,
        sample=sample,
        context=load_context(drawn, margin_deg=2.5),
        plans=plan_sheets(alignment, outlook),
    )
    path = Path(path)
    with writing(path.parent):
        return write_work_map(
            path,
            describe_map(drawn, table, indicators=indicators, options=options),
            family=family,
        )


# --- what a district's sheet shows of its plan


def plan_sheets(alignment: Alignment, outlook: Outlook | None) -> dict[str, RegionPlan]:
    """Return what each district's sheet shows of its plan, in both languages.

    A district that neither decides nor plans anything has none.
    """
    tables = [as_records(alignment.in_language(x).table) for x in LANGUAGES]
    due: dict[str, list[PlanDecision]] = {}
    # The rows of a comparison are the same ones in every language.
    for rows in zip(*tables, strict=True):
        code = str(rows[0]["region_code"])
        decision = _decision(dict(zip(LANGUAGES, rows, strict=True)))
        due.setdefault(code, []).append(decision)
    # A sheet is worth opening where something was compared, is due or goes on.
    compared = alignment.regions["lines"].fillna(0) > 0
    codes = set(alignment.regions.index[compared]) | set(due)
    if outlook is not None:
        codes |= set(outlook.regions)
    codes -= {alignment.province.province_code, ""}
    return {
        code: _sheet(alignment, outlook, code, due.get(code, []))
        for code in sorted(codes)
    }


def _decision(said: dict[str, dict[Any, Any]]) -> PlanDecision:
    from kkbpk_geo.maps import PlanDecision

    def words(column: str) -> dict[str, str]:
        return {x: str(row[column]) for x, row in said.items()}

    def named(column: str) -> dict[str, str]:
        return {
            x: label(f"align_{column}_{row[column]}", x)  # type: ignore[arg-type]
            for x, row in said.items()
        }

    ours = said["id"]
    whole_line = ours["field"] == "line"
    return PlanDecision(
        kind=named("kind"),
        work=words("work"),
        part="" if whole_line else named("field"),
        province=_side(words("province")),
        district=_side(words("district")),
        note=words("note"),
        rupiah=int(ours["rupiah"]) or None,
    )


def _side(words: dict[str, str]) -> dict[str, str] | str:
    """Leave out a side that a matter has not."""
    return "" if set(words.values()) == {NOTHING} else words


def _sheet(
    alignment: Alignment,
    outlook: Outlook | None,
    code: str,
    decisions: Sequence[PlanDecision],
) -> RegionPlan:
    from kkbpk_geo.maps import RegionPlan

    found: dict[str, Any] = {}
    if code in alignment.regions.index:
        own = alignment.regions.loc[code]
        found = {name: as_int(own[column]) for name, column in _COUNTS.items()}
    if outlook is not None:
        found |= _year(outlook, code)
        year = outlook.year
    else:
        year = max(map(int, alignment.province.data["year"].dropna()), default=0)
    return RegionPlan(year=year, decisions=tuple(decisions), **found)


def _year(outlook: Outlook, code: str) -> dict[str, Any]:
    """Return calendar, continuity and progress of a region, as far as known."""
    from kkbpk_geo.plan import PARTS, gantt_works

    if code not in outlook.regions:
        return {}
    calendar = []
    for work in gantt_works(outlook.continuity, code):
        calendar.append(({x: work.name(x) for x in LANGUAGES}, work.cells))
    scores = outlook.continuity.scores.loc[code].to_dict()
    found: dict[str, Any] = {
        "calendar": tuple(calendar),
        "continuity": as_float(100 * scores["score"]),
        "parts": {part: as_float(100 * scores[part]) for part in PARTS},
    }
    regions = outlook.monitoring.regions
    if code in regions.index:
        own = regions.loc[code].to_dict()
        found |= {
            "physical": as_float(own["physical"]),
            "absorption": as_float(own["absorption"]),
            "klass": own["klass"],
            "works": int(own["works"]),
            "reported": int(own["reported"]),
            "deviations": tuple(_deviations(outlook, code)),
        }
    return found


def _deviations(outlook: Outlook, code: str) -> Iterable[PlanWork]:
    """Works that are not as planned, worst first; none where nothing is reported."""
    from kkbpk_geo.maps import PlanWork
    from kkbpk_geo.plan import work_name

    if code not in outlook.reporting:
        return
    rows = outlook.monitoring.at()
    rows = rows[(rows["region_code"] == code) & rows["klass"].isin(_BEHIND)]
    order = rows["klass"].map(_BEHIND.index)
    rows = rows.assign(order=order).sort_values(["order", "deviation"], kind="stable")
    for row in as_records(rows):
        yield PlanWork(
            work={x: work_name(row["work"], row["text"], x) for x in LANGUAGES},
            physical=as_float(row["physical"]),
            absorption=as_float(row["absorption"]),
            klass=row["klass"],
        )
