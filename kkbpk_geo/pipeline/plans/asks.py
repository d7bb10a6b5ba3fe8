"""By what a target is divided, and within what limits, in the words of a planner.

In:     a Run; words such as ``gap=60,need=40``, ``last``, ``bkb_members``, ``5``.
Out:    weights, floors, caps and locks by region; or which districts say nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.results import OneLine
from kkbpk_geo.base.text import fold_words
from kkbpk_geo.catalogue.indicators import Standard, standards
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.programme import column_label
from kkbpk_geo.io import read_rupiah

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.gaps import GapScores
    from kkbpk_geo.pipeline.running import Run

COUNTED = ("gap", "need", "supply")
BASES = (*COUNTED, "population", "last")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TargetAsk(OneLine):
    """A target as a planner asks for it.

    Attributes
    ----------
    service : str
        A service that is scored (``village_group:bkb``).
    total : int
    by : str
        ``gap``, ``need``, ``supply``, ``population`` (the service's target families or
        couples), ``last`` (the newest result), a measure of the tables
        (``bkb_members``), or a mix: ``gap=60,need=40``. Indonesian words will do.
    floor, cap : str
        A whole number for all, or one of ``by``'s words: nobody below the last
        result, nobody above the gap. Empty: no limit. A district for which the
        tables say nothing has none.
    batch : int
    unit_cost : int, optional
        Rupiah for one.
    locked : mapping region_code -> int
        Numbers that stay; such a district needs no number in the tables.
    """

    service: str
    total: int
    by: str = "gap"
    floor: str = ""
    cap: str = ""
    batch: int = 1
    unit_cost: int | None = None
    locked: Mapping[str, int] = field(default_factory=dict)


def scores_of(run: Run) -> GapScores:
    """Return the scores that targets are divided by.

    Raises
    ------
    PlanError
        If nothing can be scored.
    """
    if run.gaps is None:
        msg = "gaps cannot be scored from these tables; there is nothing to divide by."
        raise PlanError(msg)
    return run.gaps


def rows_of(run: Run, service: str) -> pd.DataFrame:
    """Return need, supply and gap of a service by region, in map order.

    Raises
    ------
    PlanError
        If the service is not scored; names what it is counted from and no table has.
    """
    gaps = scores_of(run)
    rows = gaps.table[gaps.table["service"].eq(service)].set_index("region_code")
    if rows.empty:
        known = list(gaps.weights)
        msg = f"service {service!r} is not scored with these tables; known: {known}."
        lacking = _lacking(run, service)
        if lacking:
            msg += f" It also needs a table with: {', '.join(lacking)}."
        raise PlanError(msg)
    return rows.loc[[c for c in gaps.names if c in rows.index]]


def _lacking(run: Run, service: str) -> list[str]:
    """Name the measures that a service is counted from and no table has."""
    standard = standards().get(service)
    if standard is None:
        return []
    counted = (*standard.base, *standard.supply)
    given = run.joined.values.columns
    return [column_label(c, "en") for c in counted if c not in given]


def weights_of(run: Run, rows: pd.DataFrame, ask: TargetAsk) -> pd.Series[Any]:
    """Return weights by region, named by what they stand for.

    Raises
    ------
    PlanError
        If the tables have no such number, or none for a district that is not locked.
    """
    import pandas as pd

    from kkbpk_geo.plan import mix_weights

    shares: dict[str, Fraction] = {}
    parts: dict[str, pd.Series[Any]] = {}
    for word, share in read_mix(ask.by).items():
        name, column = _column(run, rows, word, ask.service)
        if name in parts:
            msg = f"{ask.service}: --by names {name!r} twice; name each part once."
            raise PlanError(msg)
        parts[name], shares[name] = column, share
    absent = pd.concat(parts, axis=1).isna().any(axis=1)
    silent = [str(c) for c in rows.index if absent[c] and c not in ask.locked]
    if silent:
        named = ", ".join(f"{c} {run.joined.names[c]}" for c in silent)
        msg = (
            f"{ask.service}: no number of {' or '.join(parts)} to divide by for "
            f"{named}; missing is not zero. Complete the tables, or state what such "
            f"a district gets: --lock {silent[0]}=0."
        )
        raise PlanError(msg)
    if len(parts) == 1:
        name, column = next(iter(parts.items()))
        return column.rename(name)
    known = {name: column[~absent] for name, column in parts.items()}
    mixed = mix_weights(known, shares=shares)  # type: ignore[arg-type]
    # Locked districts without a number stay in the list, without a weight.
    whole = mixed.reindex(rows.index)
    whole.attrs["shares"] = mixed.attrs["shares"]
    return whole


def read_mix(text: str) -> dict[str, Fraction]:
    """Read ``gap``, ``gap+need`` or ``gap=60,need=40`` as parts and their shares.

    Raises
    ------
    PlanError
        If a share is no number above 0.
    """
    found: dict[str, Fraction] = {}
    for part in text.replace("+", ",").replace(";", ",").split(","):
        word, stated, share = (piece.strip() for piece in part.partition("="))
        try:
            number = Fraction(share.removesuffix("%")) if stated else Fraction(1)
        except (ValueError, ZeroDivisionError):
            number = Fraction()
        key = _meant(word)
        if not key or number <= 0 or key in found or key.isdigit():
            msg = (
                f"--by is {text!r}; expected one of {', '.join(BASES)}, a measure of "
                "the tables, or a mix such as gap=60,need=40 (shares above 0, with a "
                "point, each part once)."
            )
            raise PlanError(msg)
        found[key] = number
    return found


def _meant(word: str) -> str:
    """Return the basis that a word names in either language, or the word itself."""
    for key in BASES:
        name = f"plan_basis_{key}"
        said = (key, label(name, "id"), label(name, "en"))
        if fold_words(word) in map(fold_words, said):
            return key
    return word


def _column(
    run: Run, rows: pd.DataFrame, word: str, service: str
) -> tuple[str, pd.Series[Any]]:
    """Return what a word stands for, by region: its name and the numbers."""
    if word in COUNTED:
        return word, rows[word]
    standard = scores_of(run).standards[service]
    if word == "last":
        # Of a limit ("at most"), what there is stands under need.
        return word, rows["need" if standard.mode == "at_most" else "supply"]
    values = run.joined.at()
    for name in _measures(word, standard):
        if name in values and values[name].notna().any():
            return name, values[name].reindex(rows.index)
    own = [c for c in values.columns if c.startswith(f"{standard.group}_")]
    # As many as fit a line; of a service that no table counts, whatever there is.
    near = (own or list(values.columns))[:4]
    msg = (
        f"{service}: the tables have no {word!r}; there are {', '.join(BASES)} and "
        f"measures such as {', '.join(near)}."
    )
    raise PlanError(msg)


def _measures(word: str, standard: Standard) -> list[str]:
    """Return the measures that a word may stand for, the nearest first."""
    if word != "population":
        return [word]
    served = "population"
    if {"couples", "users"} & set(standard.base):  # family planning serves couples
        served = "couples"
    return [f"{standard.group}_target_families", served]


def limit_of(
    run: Run, rows: pd.DataFrame, text: str, service: str
) -> dict[str, Any] | int | None:
    """Return a limit: one number for all, or what a word stands for by region.

    Raises
    ------
    PlanError
        If the tables have no such number.
    """
    word = text.strip()
    if not word:
        return None
    number = read_rupiah(word)
    if number.value is not None:
        return number.value
    if number.fault != "rupiah_unreadable":  # a number, but none to limit by
        msg = (
            f"{service}: limit {word!r}; expected a whole number from 0 up, 'last', or "
            "the name of a column."
        )
        raise PlanError(msg)
    _, column = _column(run, rows, _meant(word), service)
    return {str(code): cell for code, cell in column.items()}


def locks_of(rows: pd.DataFrame, ask: TargetAsk) -> dict[str, int]:
    """Return the locks of an ask.

    Raises
    ------
    PlanError
        If one is of no district here.
    """
    if strangers := sorted(set(ask.locked) - set(rows.index)):
        msg = (
            f"{ask.service}: --lock names {strangers}, which are no districts here; "
            f"there are {list(rows.index)}."
        )
        raise PlanError(msg)
    return dict(ask.locked)
