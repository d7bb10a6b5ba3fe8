"""The tables of a run: indicators, scores and what stands on no region, with names.

In:     a :class:`kkbpk_geo.pipeline.running.Run`.
Out:    ``indikator.csv``, ``tidak-ditempatkan.csv``; ``skor.csv``, ``kesenjangan.csv``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.catalogue.indicators import indicators as known_indicators
from kkbpk_geo.catalogue.programme import is_column, split_column
from kkbpk_geo.catalogue.statuses import few_text
from kkbpk_geo.io import write_csv, writing
from kkbpk_geo.pipeline.running import Run

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.joining import Joined


def write_tables(run: Run, target: Path) -> list[Path]:
    """Write ``indikator.csv`` and ``tidak-ditempatkan.csv``."""
    language = run.project.language
    return [
        write_csv(table, target / name, language, marks=run.marks)
        for name, table in (
            ("indikator.csv", _named(run, with_few(run))),
            ("tidak-ditempatkan.csv", _unplaced_with_few(run.joined)),
        )
    ]


def write_scores(run: Run, folder: str | Path) -> list[Path]:
    """Write ``skor.csv`` and ``kesenjangan.csv``; nothing where nothing was scored."""
    if run.gaps is None:
        return []
    target, language = Path(folder), run.project.language
    scores = _named(run, run.gaps.scores.reset_index())
    needs = _named(run, run.gaps.table)
    with writing(target):
        return [
            write_csv(scores, target / "skor.csv", language, marks=run.marks),
            write_csv(needs, target / "kesenjangan.csv", language, marks=run.marks),
        ]


def with_few(run: Run) -> pd.DataFrame:
    """Return the indicators of a run with ``1–4`` where a number is small and hidden.

    A number that is hidden beside a small one stays blank.
    """
    import pandas as pd

    joined, table = run.joined, run.indicators
    if joined.exact is None:
        return table
    text, known = few_text(joined.limit), known_indicators()
    found = table.copy()
    for side in ("numerator", "denominator"):
        cells = found[side].astype(object)
        for key in table["indicator"].unique():
            # What is added up of several counts is no small count itself.
            column, *more = getattr(known[key], side)
            if more or column not in joined.status:
                continue
            rows = table[table["indicator"].eq(key)]
            named = pd.MultiIndex.from_frame(rows[["period", "region_code"]])
            small = joined.status[column].reindex(named).eq("few_persons").to_numpy()
            cells.loc[rows.index[small]] = text
        found[side] = cells
    return found


def _unplaced_with_few(joined: Joined) -> pd.DataFrame:
    """Return the rows that are on no region, small counts of persons as ``1–4``."""
    if joined.exact is None:
        return joined.unplaced
    found = joined.unplaced.copy()
    for column in filter(is_column, map(str, found.columns)):
        if split_column(column)[1].of_persons:
            small = found[column].between(1, joined.limit - 1).fillna(value=False)
            cells = found[column].astype(object)
            found[column] = cells.mask(small.astype(bool), few_text(joined.limit))
    return found


def _named(run: Run, frame: pd.DataFrame) -> pd.DataFrame:
    """Put the name of the region, and of the indicator, beside its code."""
    from kkbpk_geo.indicators import is_below_district
    from kkbpk_geo.regions import above_names

    # The province has a row, too: that of the sums.
    names = {**run.joined.names, run.joined.province_code: run.joined.province_name}
    out = frame.copy()
    at = list(out.columns).index("region_code") + 1
    out.insert(at, "region_name", [names.get(c, "") for c in out["region_code"]])
    if is_below_district(run.joined.level):
        # Of a village its name says little without that of its kecamatan.
        above = [above_names(str(code)) for code in out["region_code"]]
        out.insert(at + 1, "region_parent", above)
    if "indicator" in out.columns:
        known = known_indicators()
        words = [known[k].name(run.project.language) for k in out["indicator"]]
        out.insert(list(out.columns).index("indicator") + 1, "indicator_name", words)
    return out
