"""Plans on the map: files compared, and their figures as layers.

Why: the map that shows what a district lacks should show as well what is planned, what
is still to be decided, and how far the work is.

In:     plan files of province and districts.
Out:    an Alignment; rows and indicators for a map; ``peta-sinkronisasi.html``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.marks import Marks, mark_frame
from kkbpk_geo.base.words import LANGUAGES
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import writing
from kkbpk_geo.pipeline.plan_sheets import plan_sheets

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.gaps import GapScores
    from kkbpk_geo.maps import MapIndicator, RegionPlan
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

    frame = map_frame(
        outlook.monitoring if outlook else None,
        outlook.continuity if outlook else None,
        alignment=alignment.regions,
    )
    frame = frame.drop(index=alignment.province.province_code, errors="ignore")
    frame = frame.drop(columns=list(_COUNTED), errors="ignore")
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
    table["status"] = ["ok" if known else "missing" for known in table["value"].notna()]
    mark_frame(table, alignment.marks)
    # The map's own period is that of the offices' figures; a plan has its year.
    year = "" if outlook is None else f" {outlook.year}"
    return table, [_indicator(key, year) for key in keys]


def _indicator(key: str, year: str) -> MapIndicator:
    """Return the words of a figure of plans; ``year`` stands behind each of them."""
    from kkbpk_geo.maps import MapIndicator
    from kkbpk_geo.plan import map_words

    is_share = key in _SHARES
    names = {x: map_words(key, x).removesuffix(" (%)") for x in LANGUAGES}
    return MapIndicator(
        key=key,
        label={x: name + year for x, name in names.items()},
        unit="%" if is_share else "",
        when=year.strip(),
        direction="better" if is_share else "worse",
        theme={x: label("plan_map_theme", x) + year for x in LANGUAGES},
    )


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
    if "indicator" not in table:
        wide = rows.pivot(index="region_code", columns="indicator", values="value")
        keys = [str(column) for column in table.columns]
        beside = mark_frame(table.join(wide, how="outer"), marks)
        return beside, [*keys, *ours], sheets
    if "period" in table:
        rows = rows.assign(period=table["period"].dropna().max())
    keys = list(dict.fromkeys(map(str, table["indicator"])))
    below = mark_frame(pd.concat([table, rows], ignore_index=True), marks)
    return below, [*keys, *ours], sheets


def write_pack(
    alignment: Alignment, folder: str | Path, *, meeting: str = ""
) -> list[Path]:
    """Write the meeting's files and ``peta-sinkronisasi.html`` into a folder."""
    from kkbpk_geo.plan import look_ahead, write_meeting

    outlook = look_ahead(alignment.districts)
    files = write_meeting(alignment, folder, meeting=meeting, outlook=outlook)
    path = Path(folder) / "peta-sinkronisasi.html"
    return [*files, write_plan_map(alignment, path, outlook=outlook)]


def write_plan_map(
    alignment: Alignment,
    path: str | Path,
    *,
    title: str = "",
    sample: bool = False,
    outlook: Outlook | None = None,
) -> Path:
    """Draw how far plans are in step, with the plan on every district's sheet.

    ``sample`` marks a map of plans that do not say themselves that they are a sample.
    """
    from kkbpk_geo.maps import MapOptions, describe_map, write_work_map
    from kkbpk_geo.plan import look_ahead
    from kkbpk_geo.regions import load_boundaries, load_context

    code = alignment.province.province_code
    province = code or (alignment.province.regions or ("18",))[0][:2]
    boundaries = load_boundaries(province)
    outlook = outlook or look_ahead(alignment.districts)
    table, indicators = plan_layers(alignment, outlook)
    options = MapOptions(
        title=title or {x: label("plan_map_title", x) for x in LANGUAGES},
        language=alignment.language,
        sample=sample,
        context=load_context(boundaries, margin_deg=2.5),
        plans=plan_sheets(alignment, outlook),
    )
    path = Path(path)
    with writing(path.parent):
        return write_work_map(
            path,
            describe_map(boundaries, table, indicators=indicators, options=options),
        )
