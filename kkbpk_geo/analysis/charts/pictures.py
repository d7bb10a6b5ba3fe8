"""The picture of each question: who stands where, those in need of attention on top.

In:     a result, and which question it answers.
Out:    what ``templates/charts.html`` lays out, in a language; colours and signs as on
        the map: warm needs attention, blue is well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kkbpk_geo.analysis.charts.drawing import (
    MOST_ROWS,
    Bar,
    Dot,
    Key,
    Plot,
    Point,
    Rows,
    Strip,
    make_plot,
    scale_of,
)
from kkbpk_geo.analysis.frames import item_name, province_of
from kkbpk_geo.analysis.paper import FEW_NAMES
from kkbpk_geo.analysis.ranks import rank_rows
from kkbpk_geo.analysis.wording import high_words, signed, with_unit
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.periods import format_period
from kkbpk_geo.catalogue.indicators import Direction, indicators
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions import place_name

Picture = Rows | Strip | Plot

# What lies above, and below, the rate compared with.
_SIDES = {
    "better": ("well", "needy"),
    "worse": ("needy", "well"),
    "context": ("more", "less"),
}
_KINDS = {"build": "needy", "activate": "between", "prepare": "even", "keep": "well"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a picture is for: its language, the indicator, the file that has it all."""

    language: Language
    indicator: str
    file: str


def chart_of(
    what: str,
    result: Any,  # noqa: ANN401
    *,
    indicator: str = "",
    file: str = "",
    language: Language = "id",
) -> Picture:
    """Lay out the picture of a question, for ``templates/charts.html``.

    Parameters
    ----------
    what : {"index", "quadrants", "funnel", "inequality", "clusters", "change"}
    result : object
        That answers it.
    indicator : str
        The one it is about.
    file : str
        Has all rows, where the picture has not.
    language : {"id", "en"}

    Examples
    --------
    >>> import pandas as pd
    >>> from kkbpk_geo.analysis import judge_rates
    >>> codes = ["18.01", "18.02"]
    >>> found = judge_rates(pd.Series([900, 100], codes), pd.Series([1000] * 2, codes),
    ...                     direction="better")
    >>> [(bar.place, bar.name, bar.sign) for bar in chart_of("funnel", found).bars]
    [('1', 'Lampung Tengah', 'needy'), ('2', 'Lampung Selatan', 'well')]
    """
    drawers: dict[str, Callable[..., Picture]] = {
        "index": _ranks,
        "quadrants": _quarters,
        "funnel": _rates,
        "inequality": _ends,
        "clusters": _neighbours,
        "change": _ways,
    }
    return drawers[what](result, Asked(language, indicator, file))


def _word(key: str, language: Language) -> str:
    return label(f"analysis_picture_{key}", language)


def _key(language: Language, *signs: tuple[str, str]) -> list[Key]:
    return [Key(sign=sign, text=_word(word, language)) for sign, word in signs]


def _heads(value: str, language: Language) -> tuple[str, str, str]:
    place = label("analysis_position", language)
    return place, label("analysis_region", language), value


def _cut_short(frame: pd.DataFrame, asked: Asked) -> str:
    """Say that the picture does not show all rows; nothing where it does."""
    if len(frame) <= MOST_ROWS:
        return ""
    return label("analysis_more_rows", asked.language).format(
        shown=MOST_ROWS, n=len(frame), file=asked.file
    )


def _ranks(index: Any, asked: Asked) -> Rows:  # noqa: ANN401
    language = asked.language
    known = index.table.dropna(subset=["rank"]).sort_values("rank", kind="stable")
    scale = scale_of([1.0, float(len(known))])
    bars = []
    for code, row in known[:MOST_ROWS].iterrows():
        low, high = float(row["rank_low"]), float(row["rank_high"])
        bars.append(
            Bar(
                place=str(int(row["rank"])),
                name=place_name(code),
                value=with_unit(row["score"], "", 1, language),
                sign="plain",
                at=scale.percent(float(row["rank"])),
                band="range",
                start=scale.percent(low),
                wide=scale.width(low, high),
            )
        )
    return Rows(
        heads=_heads(label("analysis_score", language), language),
        ends=("1", str(len(known))),
        bars=bars,
        key=_key(language, ("plain", "rank"), ("range", "range")),
        note=_cut_short(known, asked),
    )


def _quarters(found: Any, asked: Asked) -> Plot:  # noqa: ANN401
    language = asked.language
    table = found.table[found.table["kind"] != ""]
    need, service = found.need, found.service
    points = [
        Point(place_name(code), row["service"], row["need"], _KINDS[row["kind"]])
        for code, row in table.iterrows()
    ]
    # Of many regions those are named where the work begins.
    told = table if len(table) <= FEW_NAMES else table[table["kind"] == "build"]
    corners, key = [], []
    for kind, sign in _KINDS.items():
        short, high = kind in ("build", "prepare"), kind in ("build", "activate")
        words = f"{label(f'quadrant_{kind}', language)} ({len(found.of(kind))})"
        right = short != service.higher_is_better
        corners.append((right, high != need.higher_is_better, words))
        key.append(Key(sign=sign, text=words))
    return make_plot(
        points,
        named=[place_name(code) for code in told.index],
        cut=(service.value, need.value),
        corners=corners,
        words=(found.said(language)[0], _axis(service, language),
               _axis(need, language)),
        key=key,
        language=language,
    )  # fmt: skip


def _axis(line: Any, language: Language) -> str:  # noqa: ANN401
    """Say what an axis shows, what a high value means, and where its line is."""
    rule = high_words(line.higher_is_better, language)
    where = line.words(language, whole=False)
    return f"{item_name(line.column, language)}, {rule}; {where}"


def _in_need_first(rates: pd.Series[float], direction: Direction) -> pd.Series[float]:
    """Return rates in order, those in need first; the highest where neither is."""
    return rates.sort_values(ascending=direction == "better", kind="stable")


def _rates(funnel: Any, asked: Asked) -> Rows:  # noqa: ANN401
    language = asked.language
    table = funnel.table[funnel.table["p"].notna()]
    order = _in_need_first(table["rate"], funnel.direction).index
    places = rank_rows(table["rate"].to_numpy(float)[None, :], funnel.direction)[0]
    rank = dict(zip(table.index, places, strict=True))
    above, below = _SIDES[funnel.direction]
    signs = {"higher": above, "lower": below, "as_expected": "even"}
    # Limits of a small region may reach from none to all: they do not set the scale.
    scale = scale_of([*(100 * table["rate"]), 100 * funnel.target], 0.04)
    bars = []
    for code in order[:MOST_ROWS]:
        row = table.loc[code]
        low, high = 100 * row["low_95"], 100 * row["high_95"]
        bars.append(
            Bar(
                place=str(int(rank[code])),
                name=place_name(code),
                value=with_unit(100 * row["rate"], "", 1, language),
                sign=signs[row["verdict"]],
                at=scale.percent(100 * row["rate"]),
                band="chance",
                start=scale.percent(low),
                wide=scale.width(low, high),
            )
        )
    words = {"needy": "needy", "well": "well", "more": "higher", "less": "lower"}
    target = with_unit(100 * funnel.target, "%", 1, language)
    overall = _word("overall", language).format(value=target)
    sides = ((below, words[below]), ("even", "even"), (above, words[above]))
    return Rows(
        heads=_heads("%", language),
        ends=_written(scale.low, scale.high, 1, language),
        bars=bars,
        line=scale.percent(100 * funnel.target),
        key=[*_key(language, *sides, ("chance", "chance")),
             Key(sign="line", text=overall)],
        note=_cut_short(table, asked),
    )  # fmt: skip


def _written(
    low: float, high: float, digits: int, language: Language
) -> tuple[str, str]:
    return with_unit(low, "", digits, language), with_unit(high, "", digits, language)


def _ends(found: Any, asked: Asked) -> Strip:  # noqa: ANN401
    language = asked.language
    judged = found.regions[found.regions["population_share"].notna()]
    values = judged["value"].sort_values(kind="stable")
    entry = indicators()[asked.indicator]
    scale = scale_of([*values, found.mean])

    def one(value: float) -> str:
        return with_unit(value, entry.unit, entry.digits, language)

    ends = ["plain"] * len(values)
    if entry.direction != "context":
        above, below = _SIDES[entry.direction]
        ends[0], ends[-1] = below, above
    dots = [
        Dot(at=scale.percent(value), name=f"{place_name(code)} {one(value)}", sign=sign)
        for (code, value), sign in zip(values.items(), ends, strict=True)
    ]
    mean = _word("overall", language).format(value=one(found.mean))
    return Strip(
        # What is drawn last lies on top: both ends are told.
        dots=[*dots[1:-1], dots[0], dots[-1]],
        low=dots[0].name,
        high=dots[-1].name,
        line=scale.percent(found.mean),
        key=[Key(sign="line", text=mean)],
    )


_CLUSTERS = {
    "better": {"high_high": "well", "low_low": "needy"},
    "worse": {"high_high": "needy", "low_low": "well"},
    "context": {"high_high": "more", "low_low": "less"},
}
_MIXED = ("high_low", "low_high")


def _neighbours(found: Any, asked: Asked) -> Plot:  # noqa: ANN401
    language = asked.language
    table = found.table[found.table["lag"].notna()]
    signs = {**dict.fromkeys(_MIXED, "between"), **_CLUSTERS[found.direction]}
    points = [
        Point(place_name(code), row["z"], row["lag"], signs.get(row["cluster"], "even"))
        for code, row in table.iterrows()
    ]
    told = table if len(table) <= FEW_NAMES else table[table["cluster"].isin(signs)]
    present = dict.fromkeys(table["cluster"])
    key = [
        Key(sign=signs.get(kind, "even"), text=label(f"cluster_{kind}", language))
        for kind in present
    ]
    return make_plot(
        points,
        named=[place_name(code) for code in told.index],
        cut=(0.0, 0.0),
        words=(found.said(language)[0], label("clusters_x", language),
               label("clusters_y", language)),
        key=key,
        language=language,
    )  # fmt: skip


def _ways(found: Any, asked: Asked) -> Rows:  # noqa: ANN401
    """Draw the first indicator: from where to where each region went."""
    language = asked.language
    key = found.indicators[0]
    rows = found.of(key).dropna(subset=["earlier", "later"])
    rows = rows[rows.index != province_of(rows.index)]
    entry = indicators().get(key)
    direction: Direction = entry.direction if entry else "context"
    order = _in_need_first(rows["later"].astype(float), direction).index
    places = rank_rows(rows["later"].to_numpy(float)[None, :], direction)[0]
    rank = dict(zip(rows.index, places, strict=True))
    scale = scale_of(np.ravel(rows[["earlier", "later"]].to_numpy(float)), 0.02)
    digits = found.digits(key)
    bars = []
    for code in order[:MOST_ROWS]:
        row = rows.loc[code]
        ends = sorted((float(row["earlier"]), float(row["later"])))
        sign = _moved(row["better"])
        bars.append(
            Bar(
                place=str(int(rank[code])),
                name=place_name(code),
                value=_step(row, digits, language),
                sign=sign,
                at=scale.percent(float(row["later"])),
                band=f"way {sign}",
                start=scale.percent(ends[0]),
                wide=scale.width(*ends),
            )
        )
    signs = (("needy", "worse"), ("well", "improved"), ("even", "same"))
    period = format_period(found.later, language)
    return Rows(
        heads=_heads(period, language),
        ends=_written(scale.low, scale.high, digits, language),
        bars=bars,
        key=_key(language, *signs),
        note=_cut_short(rows, asked),
    )


def _moved(better: Any) -> str:  # noqa: ANN401
    """Return the sign of a change: for the better, the worse, or neither."""
    if pd.isna(better):
        return "even"
    return "well" if better else "needy"


def _step(row: Any, digits: int, language: Language) -> str:  # noqa: ANN401
    """Write where a region is now, and by how much it moved."""
    now = format_number(row["later"], digits, language)
    if pd.isna(row["change"]):
        return now
    return f"{now} ({signed(row['change'], digits, language)})"


def chart_rule(
    what: str,
    result: Any,  # noqa: ANN401
    *,
    indicator: str = "",
    language: Language = "id",
) -> str:
    """Say which way a picture is to be read: where 1 is, and what a high value means.

    Parameters
    ----------
    what, result, indicator, language
        As for :func:`chart_of`.

    Examples
    --------
    >>> chart_rule("funnel", None, indicator="contraceptive_use")
    '1 = paling perlu perhatian; makin tinggi makin baik'
    """
    # The axes of this one say it themselves.
    if what == "quadrants":
        return ""
    rule = label("rank_rule", language)
    if what == "index":
        return rule
    key = indicator or result.indicators[0]
    entry = indicators().get(key)
    better = None
    if entry is not None and entry.direction != "context":
        better = entry.direction == "better"
    high = high_words(better, language)
    if what == "change":
        high = f"{item_name(key, language)}, {high}"
    # A strip has no ranks; and where neither side is good, 1 is only the highest.
    return high if better is None or what == "inequality" else f"{rule}; {high}"
