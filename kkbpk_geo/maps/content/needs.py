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
from functools import partial
from typing import TYPE_CHECKING, Protocol

from kkbpk_geo.base.words import both
from kkbpk_geo.gaps import PRIORITIES, classify_priority
from kkbpk_geo.maps.content.catalogue_words import in_each, unit_words, words
from kkbpk_geo.maps.content.classes import as_shown
from kkbpk_geo.maps.content.layers import Layer, layer_of
from kkbpk_geo.maps.content.options import MapIndicator, MapOptions
from kkbpk_geo.maps.content.tables import CODE, MISSING, OK, Row, known_status, rows_of

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.catalogue.indicators import Standard


# Keys of the layers made here; scripts/priority.js asks for the first.
SCORE, _CLASS, _GAP = "gap_score", "priority_class", "gap:"
# Decimals of the score as a reader sees it, of a hundred.
SCORE_DIGITS = 1


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
    ``rule`` is the standard itself, where it is known.
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
    rule: Standard | None = None


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

    @property
    def percent(self) -> Row:
        """The score of a hundred, as map, list and table show it."""
        return tuple(map(_percent, self.score))


def _percent(score: float | None) -> float | None:
    return None if score is None else as_shown(100 * score, SCORE_DIGITS)


def read_needs(gaps: Gaps, codes: Sequence[str]) -> Needs:
    """Put gap scores in map order; a region without one has None."""
    from kkbpk_geo.catalogue.indicators import standards

    known: Mapping[str, Standard] = getattr(gaps, "standards", None) or standards()
    parts = getattr(gaps, "parts", None)
    if parts is not None:
        parts = parts.reindex(list(codes))
    # Amounts keep 2 decimals as they are shown; scores 4, so that their order stays.
    services = []
    for key, rows in _by_service(gaps.table).items():
        placed = rows.drop_duplicates(CODE).set_index(CODE).reindex(list(codes))
        standard = known.get(key)
        unit = str(rows["unit"].iloc[0]) if "unit" in rows else ""
        part = _row(placed, key, 2) if parts is None else _row(parts, key, 4)
        services.append(
            Service(
                key=key,
                unit=unit,
                at_most=standard is not None and standard.mode == "at_most",
                **_words(key, standard),
                need=_row(placed, "need", 2),
                supply=_row(placed, "supply", 2),
                gap=_row(placed, "gap", 2),
                surplus=_row(placed, "surplus", 2),
                part=part,
                status=_status(placed, key),
                rule=standard,
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


def _by_service(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Part the table of gaps by service, in its order, and number its rows from 1."""
    numbered = table.assign(row_number=range(1, len(table) + 1))
    numbered[CODE] = table[CODE].astype(object).map(str)
    services = numbered["service"].astype(object).map(str)
    return {key: numbered[services == key] for key in services.unique()}


def _status(placed: pd.DataFrame, service: str) -> tuple[str, ...]:
    """Return why a service has no numbers in each region; absent rows are missing."""
    import pandas as pd

    states = placed["status"] if "status" in placed else [OK] * len(placed)
    found = []
    for row, state in zip(placed["row_number"], states, strict=True):
        if pd.isna(row) or pd.isna(state):
            found.append(MISSING)
        else:
            where = f"gaps: row {row:.0f}, service {service!r}"
            found.append(known_status(str(state), where))
    return tuple(found)


def _priority(scores: pd.DataFrame) -> Row:
    """Place each region in the order of ``PRIORITIES``; None without an interval."""
    if not {"score", "rank_low", "rank_high"} <= set(scores.columns):
        return (None,) * len(scores)
    places = classify_priority(scores).cat.codes
    return _row(places.where(places >= 0).to_frame("priority"), "priority", 0)


def is_of_needs(key: str) -> bool:
    """Whether a layer is the score, the class or a gap of :func:`need_layers`."""
    return key in (SCORE, _CLASS) or key.startswith(_GAP)


def need_layers(
    needs: Needs, codes: Sequence[str], *, periods: Sequence[str], options: MapOptions
) -> tuple[Layer, ...]:
    """Return score, priority class and each gap as layers of the newest period."""
    # Gaps are those of today: older periods would show needs that are met by now.
    newest = periods[-1] if periods else ""
    of_gaps = partial(
        MapIndicator, direction="worse", ranking="priority", theme=words("theme_gap")
    )

    def layer(indicator: MapIndicator, values: Row, status: Sequence[str]) -> Layer:
        # Every period must hold its cells, or the slider would find none.
        rows = {p: rows_of((), ()) for p in periods}
        rows[newest] = rows_of(codes, values, status)
        return layer_of(indicator, rows, codes, province="", options=options)

    found = []
    scored, classed = _present(needs.score), _present(needs.priority)
    if OK in scored:
        indicator = of_gaps(
            key=SCORE,
            label=words("map_gap_score"),
            unit="%",
            digits=SCORE_DIGITS,
            formula=words("map_gap_score_formula"),
        )
        found.append(layer(indicator, needs.percent, scored))
    if OK in classed:
        indicator = of_gaps(
            key=_CLASS,
            label=words("map_priority"),
            formula=words("map_priority_formula"),
            kinds={kind: words(f"map_priority_{kind}") for kind in PRIORITIES},
        )
        found.append(layer(indicator, needs.priority, classed))
    gap_of = words("map_gap_of")
    for service in needs.services:
        named = {x: f"{gap_of[x]} {text}" for x, text in service.label.items()}
        indicator = of_gaps(
            key=f"{_GAP}{service.key}",
            label=named,
            unit=unit_words(service.unit),
            formula=words("map_gap_formula"),
            standard=service.standard,
        )
        found.append(layer(indicator, service.gap, service.status))
    return tuple(found)


def _present(values: Row) -> list[str]:
    found = [OK] * len(values)
    for i, value in enumerate(values):
        if value is None:
            found[i] = MISSING
    return found


def _words(key: str, standard: Standard | None) -> dict[str, dict[str, str]]:
    """Label, action and standard of a service; the key itself where unknown."""
    if standard is None:
        return {"label": both(key), "action": words("map_action"), "standard": both("")}
    return {
        "label": in_each(standard.name),
        # The page puts the number of each region in the place of {gap}.
        "action": in_each(lambda language: standard.action("{gap}", language)),
        "standard": in_each(standard.reference),
    }


def _row(frame: pd.DataFrame, column: str, digits: int) -> Row:
    if column not in frame:
        return (None,) * len(frame)
    import pandas as pd

    found = []
    for cell in frame[column].astype(object):
        found.append(None if pd.isna(cell) else as_shown(float(cell), digits))
    return tuple(found)
