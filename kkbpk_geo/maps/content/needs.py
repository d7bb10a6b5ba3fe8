"""Gap scores as a map shows them: per district what is needed, there, and lacking.

In:     gap scores as floor 6 gives them: ``.table`` (long: ``region_code, service,
        need, supply, gap, surplus, status, unit``), ``.scores`` (index ``region_code``:
        ``score, rank``, where known ``rank_low, rank_high``), where known
        ``.standards`` (those in use) and ``.parts`` (what each service adds).
Out:    :class:`Needs` for the district sheets, and layers: the score, the priority
        class, each gap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from kkbpk_geo.base.words import LANGUAGES, both
from kkbpk_geo.gaps import PRIORITIES, classify_priority
from kkbpk_geo.maps.content.catalogue_words import words
from kkbpk_geo.maps.content.classes import as_shown
from kkbpk_geo.maps.content.layers import Layer, layer_of
from kkbpk_geo.maps.content.options import MapIndicator, MapOptions
from kkbpk_geo.maps.content.tables import Row, known_status, rows_of

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.catalogue.indicators import Standard


class Gaps(Protocol):
    """What this module needs of gap scores."""

    @property
    def table(self) -> pd.DataFrame:
        """One row per region and service."""

    @property
    def scores(self) -> pd.DataFrame:
        """One row per region: ``score``, ``rank``."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Service:
    """One service in every region of the map; the tuples are in map order.

    ``part`` is what it adds to the score: the most urgent first. Where the standard is
    a limit (``at_most``), ``need`` is what there is and ``supply`` what may remain.
    """

    key: str
    label: dict[str, str]
    action: dict[str, str]
    unit: str
    standard: dict[str, str]
    at_most: bool
    need: Row
    supply: Row
    gap: Row
    surplus: Row
    part: Row
    status: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Needs:
    """Services; score, rank (1 is the most urgent), its interval, class per region.

    ``priority`` is 2 for surely among the first third, 1 for possibly, 0 for not.
    """

    services: tuple[Service, ...]
    score: Row
    rank: Row
    rank_low: Row
    rank_high: Row
    priority: Row


def read_needs(gaps: Gaps, codes: Sequence[str]) -> Needs:
    """Put gap scores in map order; a region without one has None."""
    from kkbpk_geo.catalogue.indicators import standards

    known: Mapping[str, Standard] = getattr(gaps, "standards", None) or standards()
    parts = getattr(gaps, "parts", None)
    table = gaps.table
    columns = {str(c): table[c].astype(object).tolist() for c in table.columns}
    at: dict[str, dict[str, int]] = {}
    for i, (service, code) in enumerate(
        zip(columns["service"], columns["region_code"], strict=True)
    ):
        at.setdefault(str(service), {}).setdefault(str(code), i)
    if parts is not None:
        parts = parts.reindex(list(codes))
    services = []
    for key, places in at.items():
        rows = [places.get(code) for code in codes]
        standard = known.get(key)

        def row(name: str, rows: Sequence[int | None] = rows) -> Row:
            cells = columns.get(name)
            found = [None if i is None or cells is None else cells[i] for i in rows]
            return _shown(found, 2)

        units = columns.get("unit")
        states = columns.get("status") or ["ok"] * len(table)
        services.append(
            Service(
                key=key,
                unit=str(units[next(iter(places.values()))]) if units else "",
                at_most=standard is not None and standard.mode == "at_most",
                **_words(key, standard),
                need=row("need"),
                supply=row("supply"),
                gap=row("gap"),
                surplus=row("surplus"),
                part=row(key) if parts is None else _row(parts, key, 4),
                status=tuple(_status(states, i, key) for i in rows),
            )
        )
    scores = gaps.scores.reindex(list(codes))
    return Needs(
        services=tuple(services),
        score=_row(scores, "score", 4),
        rank=_row(scores, "rank", 0),
        rank_low=_row(scores, "rank_low", 0),
        rank_high=_row(scores, "rank_high", 0),
        priority=_priority(scores),
    )


def _status(states: Sequence[Any], at: int | None, service: str) -> str:
    """Return why a service has no numbers in one row of the table; None: no row."""
    import pandas as pd

    if at is None or pd.isna(states[at]):
        return "missing"
    return known_status(str(states[at]), f"gaps: row {at + 1}, service {service!r}")


def _priority(scores: pd.DataFrame) -> Row:
    """Place each region in the order of ``PRIORITIES``; None without an interval."""
    if not {"score", "rank_low", "rank_high"} <= set(scores.columns):
        return (None,) * len(scores)
    places = classify_priority(scores).cat.codes.tolist()
    return tuple(None if place < 0 else float(place) for place in places)


def need_layers(
    needs: Needs, codes: Sequence[str], *, periods: Sequence[str], options: MapOptions
) -> tuple[Layer, ...]:
    """Return score, priority class and each gap as layers of the newest period."""
    newest = periods[-1] if periods else ""
    theme = words("theme_gap")

    def layer(indicator: MapIndicator, values: Row, status: Sequence[str]) -> Layer:
        rows = {p: rows_of((), ()) for p in periods}
        rows[newest] = rows_of(codes, values, status)
        return layer_of(indicator, rows, codes, province="", options=options)

    found = []
    if any(score is not None for score in needs.score):
        indicator = MapIndicator(
            key="gap_score",
            label=words("map_gap_score"),
            unit=words("map_gap_score_unit"),
            digits=2,
            direction="worse",
            ranking="priority",
            theme=theme,
            formula=words("map_gap_score_formula"),
        )
        status = ["missing" if s is None else "ok" for s in needs.score]
        found.append(layer(indicator, needs.score, status))
    if any(place is not None for place in needs.priority):
        indicator = MapIndicator(
            key="priority_class",
            label=words("map_priority"),
            direction="worse",
            ranking="priority",
            theme=theme,
            formula=words("map_priority_formula"),
            kinds={kind: words(f"map_priority_{kind}") for kind in PRIORITIES},
        )
        status = ["missing" if p is None else "ok" for p in needs.priority]
        found.append(layer(indicator, needs.priority, status))
    for service in needs.services:
        indicator = MapIndicator(
            key=f"gap:{service.key}",
            label={
                language: f"{words('map_gap_of')[language]} {service.label[language]}"
                for language in LANGUAGES
            },
            unit=service.unit,
            direction="worse",
            ranking="priority",
            theme=theme,
            formula=words("map_gap_formula"),
            standard=service.standard,
        )
        found.append(layer(indicator, service.gap, service.status))
    return tuple(found)


def _words(key: str, standard: Standard | None) -> dict[str, dict[str, str]]:
    """Label, action and standard of a service; the key itself where unknown."""
    if standard is None:
        return {"label": both(key), "action": words("map_action"), "standard": both("")}
    return {
        "label": {x: standard.name(x) for x in LANGUAGES},
        "action": {x: standard.action("{gap}", x) for x in LANGUAGES},
        "standard": {x: standard.reference(x) for x in LANGUAGES},
    }


def _row(frame: pd.DataFrame, column: str, digits: int) -> Row:
    if column not in frame:
        return (None,) * len(frame)
    return _shown(frame[column].astype(object).tolist(), digits)


def _shown(cells: Sequence[Any], digits: int) -> Row:
    import pandas as pd

    return tuple(
        None if cell is None or pd.isna(cell) else as_shown(float(cell), digits)
        for cell in cells
    )
