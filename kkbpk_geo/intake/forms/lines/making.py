"""Lines of a plan from the levels of a form: what, where, when, how much, by whom.

Why: a sub kegiatan is known by its code in its edition; its money is that of one level
only; where details name districts, each district has its own line.

In:     nodes of a form, what is said around it.
Out:    records with the columns of a plan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.text import as_text
from kkbpk_geo.catalogue.activities import activities, activity_of, funds
from kkbpk_geo.catalogue.work.nomenclature import (
    activity_of_work,
    edition_of,
    find_work,
)
from kkbpk_geo.catalogue.work.plan_forms import (
    fund_of_form,
    programme_of_code,
)
from kkbpk_geo.intake.forms.around import Around
from kkbpk_geo.intake.forms.cells import (
    months_in,
    quarter_in,
    quarters_are,
    read_percent,
    read_target,
    unit_of,
)
from kkbpk_geo.intake.forms.header import Head, Span
from kkbpk_geo.intake.forms.places import district_named, place_in
from kkbpk_geo.intake.forms.rows import keys_of
from kkbpk_geo.intake.forms.tree import Node
from kkbpk_geo.intake.kinds.plans.columns import office_only
from kkbpk_geo.io import mask_persons

if TYPE_CHECKING:
    from kkbpk_geo.io import Cell, Grid

_Record = dict[str, Any]
_MONTHS = 12
_IN_QUARTER = 3
# What the estimate for the next year is kept as: it is none of this plan's money.
NEXT_TARGET, NEXT_BUDGET = "PRAKIRAAN MAJU TARGET", "PRAKIRAAN MAJU (Rp)"


@dataclass(frozen=True, slots=True, eq=False)
class Maker:
    """The lines of one table being made; ``open_quarters`` collects rows in doubt."""

    grid: Grid
    head: Head
    around: Around
    open_quarters: list[int]

    def records(self, lines: Sequence[Node]) -> list[_Record]:
        """Return the lines of the plan, in the order of the sheet."""
        return [record for node in lines for record in self._of_node(node)]

    def _of_node(self, node: Node) -> Iterator[_Record]:
        if self.head.form.by_year:
            yield from self._by_year(node)
        elif self.head.form.by_district:
            yield from self._by_district(node)
        else:
            yield self._whole(node)

    # --- one line ---------------------------------------------------------------------

    def _base(self, node: Node, year: int | None) -> _Record:
        """Return what is said of the work, whatever its year and district."""
        indicator = mask_persons(self._text(node, "indicator"))
        edition = edition_of(year)
        work = find_work(node.code, edition)
        code = node.code
        activity = activity_of_work(code, edition, [indicator, node.text])
        name, unit = (work.name, work.unit) if work else ("", "")
        text = mask_persons(node.text or name)
        if activity and activity_of(indicator) == activity:
            # What the work puts out names it, more finely than its code does.
            text, indicator = indicator, ""
        fund_text, fund = self._fund(node)
        programme = programme_of_code(code)
        if not programme and activity:
            programme = activities()[activity].programme
        return {
            "row": node.row,
            "code": code,
            "edition": edition if work else "",
            "detail": node.level,
            "activity": activity,
            "activity_text": text,
            "programme": programme,
            "programme_text": _named_above(node, "program"),
            "indicator": "",
            "indicator_text": indicator,
            "fund": fund,
            "fund_text": fund_text,
            "responsible": office_only(self._text(node, "responsible")),
            "status": "",
            "region_code": self._place(node),
            "year": year,
            "unit": unit_of(unit),
        }

    def _whole(self, node: Node) -> _Record:
        record = self._base(node, self.around.year)
        self._set_target(record, self._cells(node, "target"), self._cells(node, "unit"))
        record["budget"] = node.amount("budget")
        record["realised"] = self._realised(node, record["unit"])
        record |= self._cash(node) | self._result(node) | self._next(node)
        return record | self._time(node)

    def _by_year(self, node: Node) -> Iterator[_Record]:
        """Yield a line for each year that states a target or an amount.

        A year that no heading and no title says is told, and its money is there.
        """
        targets = self._spans("target")
        for key, span in targets.items():
            time = key.partition("@")[2]
            record = self._base(node, int(time) if time.isdigit() else None)
            self._set_target(record, span.cells(self.grid.rows[node.row]), ())
            record["budget"] = node.amount(f"budget@{time}")
            if record["target"] is not None or record["budget"] is not None:
                yield record

    def _by_district(self, node: Node) -> Iterator[_Record]:
        """Yield a line for each district that details name, and one for the rest.

        Details of one district that name several quarters are a line for each.
        """
        pieces: defaultdict[tuple[str, int | None], list[Node]] = defaultdict(list)
        unnamed: list[Node] = []
        for each in node.details():
            place = district_named(each.text, self.around.province)
            piece = pieces[place, quarter_in(each.text)] if place else unnamed
            piece.append(each)
        if not pieces:
            yield self._whole(node)
            return
        for (code, quarter), details in pieces.items():
            yield {**self._piece(node, code, details), "quarter": quarter}
        rest = self._piece(node, self.around.province, unnamed)
        for role in ("budget", "spent"):
            rest[role] = _left(node, role, list(pieces.values()))
        if rest["budget"] or rest["spent"]:
            yield rest

    def _piece(self, node: Node, code: str, details: Sequence[Node]) -> _Record:
        """Return the line of one district: its details alone."""
        record = self._base(node, self.around.year)
        record["region_code"] = code
        record["row"] = details[0].row if details else node.row
        record["target"], record["unit"] = self._volume(details)
        for role in ("budget", "spent"):
            record[role] = _sum(details, role)
        return record

    def _volume(self, details: Sequence[Node]) -> tuple[float | None, str]:
        """Return the volumes of details added up, where all are of one unit."""
        read = [read_target(self._cells(each, "target")) for each in details]
        units = {unit for _, unit in read}
        numbers = [number for number, _ in read if number is not None]
        if len(units) != 1 or len(numbers) != len(read) or not read:
            return None, ""
        return sum(numbers), units.pop()

    # --- what it says -----------------------------------------------------------------

    def _spans(self, role: str) -> Mapping[str, Span]:
        spans = self.head.columns.get(role, ())
        keys = keys_of(self.head, role, self.around.first_year)
        return dict(zip(keys, spans, strict=True))

    def _cells(self, node: Node, role: str) -> Sequence[Cell]:
        """Return the cells of a role: of its label, else under its heading."""
        if role in node.cells:
            return node.cells[role]
        if self.head.form.layout == "blocks":
            return ()
        return self.head.cells(self.grid.rows[node.row], role)

    def _text(self, node: Node, role: str) -> str:
        return " ".join(as_text(cell).strip() for cell in self._cells(node, role))

    def _set_target(
        self, record: _Record, cells: Sequence[Cell], units: Sequence[Cell]
    ) -> None:
        number, unit = read_target([*cells, *units])
        record["target"] = number
        record["unit"] = unit or (record["unit"] if number is not None else "")

    def _fund(self, node: Node) -> tuple[str, str]:
        """Return the source of funds: of the line, else the one its accounts name."""
        texts = [self._text(node, "fund")]
        if not texts[0] and "fund" in self.head.columns:
            below = (self._text(each, "fund") for each in node.downwards())
            texts = [*dict.fromkeys(filter(None, below))]
        if len(texts) != 1:
            return " + ".join(texts), "" if texts else self.around.fund
        key = fund_of_form(texts[0]) if texts[0] else self.around.fund
        own = funds()[key].own if key else {}
        return texts[0], own.get(self._owner, key)

    @property
    def _owner(self) -> str:
        """Whose plan it is, by its office: work of a province lies in districts."""
        if not self.around.place:
            return ""
        return "district" if "." in self.around.place else "province"

    def _place(self, node: Node) -> str:
        location = self._text(node, "location")
        return place_in(location, self.around.province) or self.around.place

    def _time(self, node: Node) -> _Record:
        """Return quarter or month, where the work lies in one of them."""
        said = self._text(node, "time")
        ends = (self._text(node, "first_month"), self._text(node, "last_month"))
        months = months_in(said or " ".join(ends))
        if months is None:
            return {}
        first, last = months
        if first == last:
            return {"month": first}
        quarters = {(month - 1) // _IN_QUARTER + 1 for month in months}
        return {"quarter": quarters.pop()} if len(quarters) == 1 else {}

    def _cash(self, node: Node) -> _Record:
        """Return the cash planned for each quarter, where months or quarters say it."""
        if "cash" not in self.head.columns:
            return {}
        found: _Record = {}
        for quarter in range(1, _MONTHS // _IN_QUARTER + 1):
            months = range(quarter * _IN_QUARTER - 2, quarter * _IN_QUARTER + 1)
            amounts = [node.amount(f"cash@m{month}") for month in months]
            known = [amount for amount in amounts if amount is not None]
            found[f"cash_{quarter}"] = sum(known) if known else None
        return found

    def _result(self, node: Node) -> _Record:
        """Return what was spent and done; quarters that may be either are left out."""
        found: _Record = {}
        spans = self._spans("spent")
        if len(spans) == 1:
            found["spent"] = node.amount("spent")
        elif spans:
            amounts = [node.amount(key) for key in spans]
            found["spent"] = self._of_quarters(node, amounts)
        percents = [
            read_percent(span.cells(self.grid.rows[node.row]))
            for span in self.head.columns.get("physical", ())
        ]
        known = [percent for percent in percents if percent is not None]
        found["physical"] = known[-1] if known else None
        return found

    def _realised(self, node: Node, unit: str) -> float | None:
        """Return what was done; nothing where it is in another unit than the target."""
        number, own = read_target(self._cells(node, "realised"))
        return number if own in ("", unit) else None

    def _of_quarters(self, node: Node, amounts: Sequence[int | None]) -> int | None:
        known = [amount for amount in amounts if amount is not None]
        kind = quarters_are(amounts, node.amount("budget"))
        if kind == "open":
            self.open_quarters.append(node.row)
            return None
        if not known:
            return None
        return known[-1] if kind == "cumulative" else sum(known)

    def _next(self, node: Node) -> _Record:
        if "next_budget" not in self.head.columns:
            return {}
        amount = node.amount("next_budget")
        return {
            NEXT_TARGET: self._text(node, "next_target"),
            NEXT_BUDGET: "" if amount is None else str(amount),
        }


def _left(node: Node, role: str, pieces: Sequence[Sequence[Node]]) -> int | None:
    """Return what of an amount no piece has; None where there is no amount."""
    whole = node.amount(role)
    if whole is None:
        return None
    return whole - sum(_sum(details, role) or 0 for details in pieces)


def _sum(details: Sequence[Node], role: str) -> int | None:
    amounts = [each.amount(role) for each in details]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def _named_above(node: Node, level: str) -> str:
    above = (each.text for each in node.upwards() if each.level == level)
    return next(above, "")
