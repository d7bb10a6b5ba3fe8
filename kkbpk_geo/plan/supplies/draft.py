"""From gap to plan: needs that no plan works on, as lines that an office may adopt.

Why: a meeting that is told "12 groups without a kit, and nobody plans any" goes home
with a sentence; a line with code, volume, unit and price can be put into a plan. It is
a draft, says so in every line, and is told wherever it is read as if it were a plan.

In:     an Alignment with gaps; unit prices, where there are any.
Out:    :class:`Draft`: lines in the layout of the template, needs without an activity.
Rule:   the work is the first activity of the catalogue that closes the standard, else
        the first that serves its indicator; the volume is the gap, where the activity
        is counted in the standard's unit; the code is that of the edition of the year.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.base.results import OneLine, shown_html
from kkbpk_geo.base.text import as_text
from kkbpk_geo.catalogue.activities import Activity, activities, term_of
from kkbpk_geo.catalogue.indicators import Standard, indicators, standards
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.supplies import supply_items
from kkbpk_geo.catalogue.work.nomenclature import (
    code_of_activity,
    edition_of,
    find_work,
)
from kkbpk_geo.plan.align.words import number_text
from kkbpk_geo.plan.lines.naming import DRAFT
from kkbpk_geo.plan.lines.plan import Plan, make_plan
from kkbpk_geo.plan.lines.words import rupiah_text
from kkbpk_geo.plan.lines.writing import write_plan
from kkbpk_geo.plan.supplies.prices import Prices
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.plan.align.alignment import Alignment
    from kkbpk_geo.plan.align.concerns import Concern

_NEED = "need_without_activity"
# Columns beside those of the template; what is read back of them is text. A column SUB
# KEGIATAN would be read as the work itself, and it covers several.
_WORK, _PRICE, _NOTE = "NOMENKLATUR", "HARGA SATUAN (Rp)", "KETERANGAN DRAF"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Draft(OneLine):
    """Lines that nobody has planned, proposed from gaps.

    Attributes
    ----------
    plan : Plan
        One line per need; ids begin with ``draf:``. ``code`` and ``edition`` where the
        nomenclature of the year has the work, ``budget`` where there is a price.
    left : tuple of str
        Needs for which the catalogue knows no activity, with their place.
    """

    plan: Plan
    left: tuple[str, ...]

    @property
    def marks(self) -> Marks:
        """Whether plans or gaps are sample data."""
        return self.plan.marks

    @property
    def table(self) -> pd.DataFrame:
        """The main frame: the lines."""
        return self.plan.data

    def summary(self, language: Language = "id") -> str:
        """Say what is proposed, and what each line still lacks."""
        data = self.plan.data
        said = label("draft_summary", language).format(
            lines=number_text(len(data), language),
            regions=len(self.plan.regions),
            budget=rupiah_text(int(data["budget"].sum()), language),
            unpriced=number_text(int(data["budget"].isna().sum()), language),
            uncoded=number_text(int((data["code"] == "").sum()), language),
        )
        if not self.left:
            return said
        left = label("draft_left", language).format(needs="; ".join(self.left))
        return f"{said} {left}"

    def _repr_html_(self) -> str:
        return shown_html(self.summary(), self.plan.data, max_rows=20)


def draft_lines(
    alignment: Alignment,
    prices: Prices | None = None,
    *,
    language: Language | None = None,
) -> Draft:
    """Propose a line for every need on which neither side plans to work.

    Parameters
    ----------
    alignment : Alignment
        Compared with gaps: its decisions ``need_without_activity`` are the needs.
    prices : Prices, optional
        Of things to buy; without a price a line has no budget.
    language : {"id", "en"}, optional
        Of the notes; that of the comparison if left out.

    Returns
    -------
    Draft

    Examples
    --------
    >>> from kkbpk_geo.plan import align_plans, make_plan
    >>> import pandas as pd
    >>> gaps = pd.DataFrame({"region_code": ["18.10"], "service": ["kit:bkb"],
    ...                      "gap": [3], "coverage": [0.2]})
    >>> plan = make_plan([{"region_code": "18.10", "year": 2026,
    ...                    "activity_text": "KIE"}])
    >>> found = draft_lines(align_plans(None, plan, plan, gaps=gaps),
    ...                     Prices(buy={"bkb_kit": 100}))
    >>> found.plan.data[["target", "budget"]].values.tolist()
    [[3.0, 300]]
    """
    language = language or alignment.language
    given = prices or Prices()
    rows, left = [], []
    for concern in alignment.concerns:
        if concern.kind != _NEED:
            continue
        standard = standards()[concern.service]
        work = _activity_for(concern.service)
        if work is None:
            left.append(f"{place_name(concern.region)}: {standard.name(language)}")
        else:
            rows.append(_row(concern, standard, work, given, language))
    code = alignment.province.province_code
    plan = make_plan(
        rows, province_code=code, owner="district", marks=Marks.of(alignment, given)
    )
    return Draft(plan=plan, left=tuple(left))


def write_draft(draft: Draft, path: str | Path, language: Language = "id") -> Path:
    """Write a draft in the layout of the template, named as what it is.

    Raises
    ------
    PlanError
        If there is nothing to propose, or the path does not end in ``.xlsx``.
    IntakeError
        If it cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> line = {"region_code": "18.10", "year": 2026, "activity": "kit_supply:bkb"}
    >>> draft = Draft(plan=make_plan([line]), left=())
    >>> write_draft(draft, f"{tempfile.mkdtemp()}/draf.xlsx").name
    'draf.xlsx'
    """
    if draft.plan.data.empty:
        raise PlanError(label("draft_nothing", language))
    return write_plan(draft.plan, path, title=label("draft_title", language))


def _activity_for(service: str) -> Activity | None:
    """Return the first activity that closes a standard, else that serves it."""
    closing = (each for each in activities().values() if service in each.closes)
    serving = (each for each in activities().values() if _serves(each, service))
    found = next(closing, None)
    return found or next(serving, None)


def _serves(activity: Activity, service: str) -> bool:
    served = indicators().get(activity.indicator)
    return served is not None and served.standard == service


def _row(
    concern: Concern,
    standard: Standard,
    work: Activity,
    prices: Prices,
    language: Language,
) -> dict[str, Any]:
    year = concern.year or None
    edition = edition_of(year)
    code = code_of_activity(work.key, edition, of_province=False)
    listed = find_work(code, edition)
    volume, budget = None, None
    if _is_counted_so(concern.service, standard, work):
        volume = concern.gap
    price = _price(concern.service, standard, prices)
    if volume is not None and price is not None:
        budget = volume * price
    note = label("draft_note", language).format(
        action=standard.action(number_text(concern.gap, language), language)
    )
    return {
        "line_id": f"{DRAFT}{concern.region}:{concern.service}:{year or '-'}",
        "activity": work.key,
        "region_code": concern.region,
        "year": year,
        "target": volume,
        "unit": work.unit,
        "budget": budget,
        "code": code,
        "edition": listed.edition if listed else "",
        _WORK: getattr(listed, "name", ""),
        _PRICE: as_text(price),
        _NOTE: note,
    }


def _is_counted_so(service: str, standard: Standard, work: Activity) -> bool:
    """Whether a gap is so many of what the activity counts.

    What closes a standard is done once for each that is lacking; what only serves it
    may be counted in other things: a training in cadres, its standard in groups.
    """
    return service in work.closes or term_of("unit", standard.unit) == work.unit


def _price(service: str, standard: Standard, prices: Prices) -> int | None:
    """Return the price of the thing that a standard counts, if the list has it."""
    kind = service.partition(":")[0]
    for key, item in supply_items().items():
        if (item.kind, item.group) == (kind, standard.group):
            return prices.buy.get(key)
    return None
