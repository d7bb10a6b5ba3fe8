"""Need against service: four kinds of work plan, by two lines that anyone can check.

Why: a clustering sorts districts better than nobody can defend in a meeting. Two
stated lines do nearly the same, and each region can see why it is where it is.

In:     two columns by region, and where their lines are drawn.
Out:    :class:`Quadrants`.
Rule:   a value *at* a line is on its good side; only what is worse is not.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeGuard

import numpy as np
import pandas as pd

from kkbpk_geo.analysis.frames import (
    better_if_higher,
    has_whole,
    item_name,
    read_numbers,
    set_province_apart,
)
from kkbpk_geo.analysis.paper import (
    FEW_NAMES,
    INK,
    paper,
    write_legend,
    write_names,
)
from kkbpk_geo.analysis.wording import (
    high_words,
    listed,
    with_left_out,
    with_names,
    with_unit,
)
from kkbpk_geo.base.errors import EmptyDataError, IndicatorError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.look.colours import PLANS
from kkbpk_geo.base.results import Result
from kkbpk_geo.catalogue.indicators import indicators, limit_of
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.joining import as_mapping, as_region_frame
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Where a column is cut, and why there.

    Attributes
    ----------
    column : str
    value : float
    basis : {"median", "province", "standard", "given"}
    higher_is_better : bool
    document : str
        Of a standard.
    """

    column: str
    value: float
    basis: str
    higher_is_better: bool
    document: str = ""

    def words(self, language: Language = "id", *, whole: bool = True) -> str:
        """Say the line, ``9,9 (median wilayah)``; with its document unless told."""
        why = label(f"quadrant_{self.basis}", language)
        if self.document and whole:
            why += f": {self.document}"
        return f"{shown_with_unit(self.value, self.column, language)} ({why})"


def draw_line(
    values: pd.Series[float], province: object, at: object, higher_is_better: bool
) -> Line:
    """Return the line of a column at a number, "median", "province" or "standard".

    Raises
    ------
    IndicatorError
        If it is none of these, or there is no such value.
    """
    column, document = str(values.name), ""
    # At the median half of the regions are on either side: it shares work out, no more.
    if at == "median":
        value = float(values.median())
    elif at == "province":
        if not isinstance(province, float) or math.isnan(province):
            msg = (
                f"the line of {column!r} is to be the province's value, but the frame "
                "has no row of the province with one. Add it, or give a number."
            )
            raise IndicatorError(msg)
        value = float(province)
    elif at == "standard":
        value, document = _standard(column)
    elif _is_number(at):
        value, at = float(at), "given"
    else:
        msg = (
            f"the line of {column!r} is {at!r}; expected a number, 'median', "
            "'province' or 'standard'."
        )
        raise IndicatorError(msg)
    return Line(
        column=column,
        value=value,
        basis=str(at),
        higher_is_better=higher_is_better,
        document=document,
    )


def _is_number(at: object) -> TypeGuard[float]:
    if isinstance(at, bool) or not isinstance(at, (int, float)):
        return False
    return math.isfinite(at)


def _standard(column: str) -> tuple[float, str]:
    limit = limit_of(column)
    if limit is None:
        msg = (
            f"the catalogue has no standard on the scale of {column!r}; give a number."
        )
        raise IndicatorError(msg)
    standard, value = limit
    return value, f"{standard.document} {standard.year}"


def shown_with_unit(value: float, column: str, language: Language = "id") -> str:
    """Write a value of a column with its digits and unit."""
    found = indicators().get(column)
    if found is None:
        return with_unit(value, "", 1, language)
    return with_unit(value, found.unit, found.digits, language)


Basis = Literal["median", "province", "standard"]
# (need is high, service is short) -> kind; most urgent first.
KINDS = {
    (True, True): "build",
    (True, False): "activate",
    (False, True): "prepare",
    (False, False): "keep",
}
# Share of a column's range: a twentieth is what one bad month may move a region.
_NEAR = 0.05


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class Quadrants(Result):
    """Each region's kind of work plan.

    Attributes
    ----------
    table : DataFrame, index region_code
        ``need, service`` (values), ``need_gap, service_gap`` (distance beyond the line
        on its bad side; negative on the good side), ``kind``: ``build`` (need high,
        service short), ``activate`` (need high, service there), ``prepare`` (need low,
        service short), ``keep``, empty where a value is missing; ``near_line``: within
        5 % of a column's range of its line, so that little would move it; ``status``.
    need, service : Line
    """

    table: pd.DataFrame
    need: Line
    service: Line

    def of(self, kind: str) -> tuple[Hashable, ...]:
        """Return the regions of a kind, furthest beyond the need line first."""
        own = self.table[self.table["kind"] == kind]
        # A list of names is read from its beginning: the most urgent stands there.
        return tuple(own.sort_values("need_gap", ascending=False, kind="stable").index)

    @property
    def wide(self) -> pd.DataFrame:
        """Columns that a map can draw: both, and ``quadrant`` 1 (build) to 4 (keep)."""
        number = {kind: i for i, kind in enumerate(KINDS.values(), 1)}
        return pd.DataFrame(
            {
                self.need.column: self.table["need"],
                self.service.column: self.table["service"],
                "quadrant": self.table["kind"].map(number).astype("Int64"),
            }
        )

    def explain(self, region_code: str, language: Language = "id") -> str:
        """Say by which two comparisons a region has its kind.

        Raises
        ------
        IndicatorError
            If the region is not in the table.
        """
        if region_code not in self.table.index:
            msg = f"no region {region_code!r} was classified."
            raise IndicatorError(msg)
        row = self.table.loc[[region_code]].iloc[0]
        name = place_name(region_code)
        if not row["kind"]:
            return label("quadrant_missing", language).format(name=name)
        text = label("quadrant_explain", language).format(
            name=name,
            kind=label(f"quadrant_{row['kind']}", language),
            plan=label(f"quadrant_{row['kind']}_plan", language),
            need=self._side(self.need, row["need"], row["need_gap"], language),
            service=self._side(
                self.service, row["service"], row["service_gap"], language
            ),
        )
        near = label("quadrant_near", language) if row["near_line"] else ""
        return f"{text} {near}".rstrip()

    def _side(self, line: Line, value: float, gap: float, language: Language) -> str:
        worse = gap > 0
        above = worse != line.higher_is_better
        word = "above" if above else "below"
        if value == line.value:
            word = "at"
        return label(f"quadrant_{word}", language).format(
            what=item_name(line.column, language),
            value=shown_with_unit(value, line.column, language),
            line=line.words(language),
        )

    def said(self, language: Language = "id") -> tuple[str, ...]:
        """Say where need is high and service short, then the other kinds and lines."""
        worst = self.of("build")
        answer = label("quadrant_answer" if worst else "quadrant_answer_none", language)
        regions = listed(worst, language)
        judged = int((self.table["kind"] != "").sum())
        said = [answer.format(n=len(worst), all=judged, regions=regions)]
        for kind in list(KINDS.values())[1:]:
            codes = self.of(kind)
            if codes:
                said.append(self._list(kind, codes, language))
        near = self.table.index[self.table["near_line"]]
        if len(near):
            text = label("quadrant_near_list", language)
            said.append(text.format(n=len(near), regions=listed(near, language)))
        said.append(self._lines(language))
        missing = self.table.index[self.table["kind"] == ""]
        return (*said[:-1], with_left_out(said[-1], missing, language))

    def _list(self, kind: str, codes: Sequence[Hashable], language: Language) -> str:
        return label("quadrant_list", language).format(
            kind=label(f"quadrant_{kind}", language),
            n=len(codes),
            regions=listed(codes, language),
        )

    def _lines(self, language: Language) -> str:
        return label("quadrant_summary", language).format(
            need=item_name(self.need.column, language),
            need_rule=high_words(self.need.higher_is_better, language),
            need_line=self.need.words(language, whole=False),
            service=item_name(self.service.column, language),
            service_rule=high_words(self.service.higher_is_better, language),
            service_line=self.service.words(language, whole=False),
        )

    def summary(self, language: Language = "id") -> str:
        """Say where need is high and service short, then the other kinds and lines."""
        return " ".join(self.said(language))

    def method(self, language: Language = "id") -> str:
        """Say how the lines are drawn, with the document of a standard."""
        return label("quadrant_method", language).format(
            near=format_number(100 * _NEAR, 0, language),
            need_line=self.need.words(language),
            service_line=self.service.words(language),
        )

    def picture(self, language: Language = "id") -> Figure:
        """Draw the regions, the two lines and the names of the four kinds."""
        return draw_quadrants(self, language)

    def shown(self) -> pd.DataFrame:
        """Return the table with names."""
        return with_names(self.table)


def classify_quadrants(
    frame: pd.DataFrame,
    *,
    need: str,
    service: str,
    need_at: float | Basis = "median",
    service_at: float | Basis = "median",
    directions: Mapping[str, object] | None = None,
) -> Quadrants:
    """Sort regions into four kinds of work plan.

    Parameters
    ----------
    frame : DataFrame, index region_code, numeric columns
        A row of the province, whose code all others begin with, is not sorted: it
        serves ``"province"``.
    need, service : str
        Columns: how much is to be done (unmet need, target families), how much is in
        place (groups per village, contraceptive use).
    need_at, service_at : number, "median", "province" or "standard"
        Where the line is: at a value, at the median region, at the province's value,
        or at the catalogue's standard for the indicator.
    directions : mapping column -> "better" or "worse" (or 1, -1), optional
        What a higher value means; the catalogue's unless stated. A column that neither
        knows is "worse" as need (more of it is more to do), "better" as service.

    Raises
    ------
    EmptyDataError
        If no region has both values.
    CellError
        If a cell is no number.
    IndicatorError
        If a column is absent or the same twice, or a line cannot be drawn.

    Examples
    --------
    >>> frame = pd.DataFrame(
    ...     {"families": [900, 800, 100, 200], "groups": [1, 9, 2, 8]},
    ...     index=["18.01", "18.02", "18.03", "18.04"],
    ... )
    >>> found = classify_quadrants(frame, need="families", service="groups")
    >>> found.table["kind"].tolist()
    ['build', 'activate', 'prepare', 'keep']
    """
    if need == service:
        msg = f"need and service are both {need!r}; expected two different columns."
        raise IndicatorError(msg)
    frame = as_region_frame(frame, "frame")
    for column in (need, service):
        if column not in frame.columns:
            msg = f"frame has no column {column!r}; it has {list(frame.columns)}."
            raise IndicatorError(msg)
    directions = as_mapping(directions, "directions")
    numbers = read_numbers(frame[[need, service]])
    districts, province = set_province_apart(numbers)
    own = pd.Series(dtype=float)
    if has_whole(numbers.index, province):
        own = numbers.loc[[province]].iloc[0]
    known = districts.notna().all(axis=1)
    if not known.any():
        msg = f"no region has both {need!r} and {service!r}; nothing can be classified."
        raise EmptyDataError(msg)
    lines, gaps, near = [], [], pd.Series(False, index=districts.index)
    for column, at, spare in ((need, need_at, -1), (service, service_at, 1)):
        values = districts[column]
        better = _direction(column, directions, spare)
        line = draw_line(values, own.get(column), at, better)
        gap = (values - line.value) * (-1 if better else 1)
        # One column near its line is enough: crossing it changes the kind.
        near |= gap.abs() <= _NEAR * (values.max() - values.min())
        lines.append(line)
        gaps.append(gap)
    beyond = zip(gaps[0] > 0, gaps[1] > 0, strict=True)
    kind = pd.Series([KINDS[pair] for pair in beyond], districts.index, dtype=object)
    table = pd.DataFrame(
        {
            "need": districts[need],
            "service": districts[service],
            "need_gap": gaps[0],
            "service_gap": gaps[1],
            "kind": kind.where(known, ""),
            "near_line": known & near,
            "status": np.where(known, "ok", "missing"),
        },
        index=districts.index,
    )
    return Quadrants(table=table, need=lines[0], service=lines[1])


def _direction(
    column: str, directions: Mapping[str, object] | None, spare: int
) -> bool:
    """Say whether higher is better: as stated, by the catalogue, or ``spare``."""
    stated = (directions or {}).get(column)
    known = indicators().get(column)
    neither = known is None or known.direction == "context"
    # A number of families has no good side by itself; as need, more is more to do.
    if stated is None and neither:
        stated = spare
    return better_if_higher(column, stated)


_MARKERS = {"build": "^", "activate": "s", "prepare": "o", "keep": "D"}


def draw_quadrants(quadrants: Quadrants, language: Language = "id") -> Figure:
    """Draw need (up) against service (right), with both lines."""
    table, need, service = quadrants.table, quadrants.need, quadrants.service

    def axis(line: Line) -> str:
        where = line.words(language, whole=False)
        return f"{item_name(line.column, language)}: {where}"

    figure, axes = paper(
        label("quadrant_title", language), axis(service), axis(need), language
    )
    for kind in KINDS.values():
        own = table[table["kind"] == kind]
        axes.scatter(
            own["service"], own["need"], c=PLANS[kind], marker=_MARKERS[kind], s=38,
            zorder=3,
            label=f"{label(f'quadrant_{kind}', language)} ({len(own)})",
        )  # fmt: skip
    axes.axvline(service.value, color=INK, linewidth=1)
    axes.axhline(need.value, color=INK, linewidth=1)
    axes.margins(0.12)
    write_legend(figure, columns=2)
    known = table[table["kind"] != ""]
    if len(known) <= FEW_NAMES:
        names = map(place_name, known.index)
        places = zip(names, known["service"], known["need"], strict=True)
        write_names(axes, places, lines=(("x", service.value), ("y", need.value)))
    return figure
