"""What may be divided, and by what: exact weights, whole limits, and clear refusals.

Why: 0.1 means one tenth, not 0.1000000000000000055; a floor of 5.5 kits or a missing
need is a question to the planner, not something to round away.

In:     totals, weights and limits as planners have them: mappings or Series by region.
Out:    integers and fractions in the order of the codes, or an error that names the
        region, the limit, and by how much.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isfinite, lcm
from numbers import Integral, Rational
from typing import Any

from kkbpk_geo.base.errors import EmptyDataError, InfeasibleError, PlanError
from kkbpk_geo.base.missing import is_missing
from kkbpk_geo.io import as_pandas
from kkbpk_geo.joining import as_series, check_labels

Code = str
MOST = 2**63 - 1  # what a column of whole numbers holds


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Limits:
    """What no division may break; one value per region, in the order of the codes."""

    floors: tuple[int | None, ...]
    caps: tuple[int | None, ...]
    locked: tuple[int | None, ...]
    batch: int = 1


def exact(value: Any) -> Fraction:  # noqa: ANN401 (whatever number a frame holds)
    """Return a number as the fraction that its decimal text says.

    Raises
    ------
    ValueError, TypeError
        If it is no finite number.
    """
    if type(value) is float:  # first, because frames are full of them
        text = repr(value)  # through Decimal it is read by C; what is endless raises
        return Fraction(Decimal(text) if isfinite(value) else text)
    if isinstance(value, Fraction):
        return value
    if isinstance(value, Integral):
        return Fraction(int(value))
    if isinstance(value, Rational | Decimal):
        return Fraction(value)
    return Fraction(repr(float(value)))


def float_of(number: Fraction) -> float:
    """Return a number for a table of decimals; infinite where it is beyond them."""
    try:
        return float(number)
    except OverflowError:
        return float("inf")


def number_of(value: Any) -> Fraction | None:  # noqa: ANN401
    """Return a number as :func:`exact` does, None for what is none (True, a text)."""
    if isinstance(value, bool):
        return None
    try:
        return exact(value)
    except (TypeError, ValueError):
        return None


def rounded_up(number: int, size: int) -> int:
    """Return the least multiple of ``size`` that is not below ``number``."""
    return -(-number // size) * size


def whole(value: Any, what: str) -> int:  # noqa: ANN401
    """Return a number as an int from 0 up.

    Raises
    ------
    PlanError
        If it is negative, has a fraction, is no number, or is larger than a table
        holds; ``what`` says where it is.
    """
    if type(value) is int and 0 <= value <= MOST:
        return value
    number = number_of(value)
    if number is None or number.denominator != 1 or number < 0:
        msg = f"{what} is {value!r}; expected a whole number from 0 up."
        raise PlanError(msg)
    if number > MOST:
        msg = f"{what} is {value!r}; a table holds whole numbers up to {MOST}."
        raise PlanError(msg)
    return int(number)


def read_regions(weights: Any) -> tuple[list[Code], list[Any]]:  # noqa: ANN401
    """Return codes in text order and the raw weights beside them.

    A list or array has no codes: its regions are called 0, 1, 2, …

    Raises
    ------
    EmptyDataError
        If there is no region.
    PlanError
        If a code is no text (``18.1`` as a number), or stands twice.
    """
    pairs = _pairs(weights)
    if pairs is None:
        msg = (
            f"weights are a {type(weights).__name__}; expected a mapping or a Series "
            "by region code, or a list."
        )
        raise PlanError(msg)
    if not pairs:
        msg = "weights name no region; a total needs at least one to go to."
        raise EmptyDataError(msg)
    _check_codes([code for code, _ in pairs])
    # Numbers (of a list) before texts: the two cannot be compared with each other.
    pairs.sort(key=lambda pair: (isinstance(pair[0], str), pair[0]))
    codes, cells = zip(*pairs, strict=True)
    return list(codes), list(cells)


def _check_codes(codes: list[Any]) -> None:
    """Refuse a code that is no text and no place in a list, or that stands twice."""
    for code in codes:
        if not isinstance(code, str | int) or isinstance(code, bool):
            msg = (
                f"weights have the region code {code!r}; codes are text such as "
                "'18.10': as a number 18.10 and 18.1 are the same."
            )
            raise PlanError(msg)
    texts = [code for code in codes if isinstance(code, str)]
    # A list has the places 0, 1, 2 …; other numbers were codes once.
    check_labels(texts or codes, "weights")
    _check_levels(texts)
    twice = {str(code) for code, times in Counter(codes).items() if times > 1}
    if twice:
        msg = f"weights name {sorted(twice)} more than once; keep one row per region."
        raise PlanError(msg)


def _check_levels(codes: list[str]) -> None:
    """Refuse a region beside those inside it: it would get a share as well."""
    known = set(codes)
    for code in sorted(codes):
        above, *_ = code.rpartition(".")
        if above and above in known:
            msg = (
                f"weights name {above!r} beside {code!r}, which lies inside it; it "
                f"would get a share of its own. Leave it out: .drop(index={above!r})."
            )
            raise PlanError(msg)


def _pairs(given: Any) -> list[tuple[Any, Any]] | None:  # noqa: ANN401
    """Return (code, cell) of a mapping, Series, list or array; else None."""
    given = as_pandas(given, "weights")
    levels = getattr(getattr(given, "index", None), "nlevels", 1)
    if hasattr(given, "columns") or levels > 1:
        given = as_series(given, "weights")
    if getattr(given, "ndim", 1) != 1 or isinstance(given, str | bytes):
        return None
    if hasattr(given, "items"):
        return list(given.items())
    if isinstance(given, Sequence) or hasattr(given, "tolist"):
        return list(enumerate(given))
    return None


def read_weights(
    codes: list[Code], raw: list[Any], locked: tuple[int | None, ...]
) -> list[Fraction | None]:
    """Return exact weights; only a locked region may have none.

    Raises
    ------
    PlanError
        If a weight is missing, negative or no number; names the region.
    """
    found: list[Fraction | None] = []
    for code, value, lock in zip(codes, raw, locked, strict=True):
        missing = is_missing(value)
        if missing and lock is None:
            msg = (
                f"region {code} has no weight; missing is not zero. Give it a "
                "weight, lock its value, or leave the region out."
            )
            raise PlanError(msg)
        found.append(None if missing else _weight(code, value))
    return found


def _weight(code: Code, value: Any) -> Fraction:  # noqa: ANN401
    # As text 1.234 may be a thousand.
    weight = None if isinstance(value, str) else number_of(value)
    if weight is None or weight.numerator < 0:
        msg = f"weight of region {code} is {value!r}; expected a number from 0 up."
        raise PlanError(msg)
    return weight


def scale(weights: list[Fraction | None]) -> list[int]:
    """Return whole numbers in the same proportion; a missing weight becomes 0."""
    known = [weight or Fraction() for weight in weights]
    common = lcm(*(weight.denominator for weight in known))
    return [weight.numerator * (common // weight.denominator) for weight in known]


def read_limit(
    given: Any,  # noqa: ANN401
    codes: list[Code],
    name: str,
) -> tuple[int | None, ...]:
    """Return one limit per region; absent, None and NaN are no limit.

    Parameters
    ----------
    given : mapping or Series by region, list in the order of the weights, int (the
        same for all), or None

    Raises
    ------
    PlanError
        If it names a region that has no weight, or is no whole number from 0 up.
    """
    if given is None:
        return (None,) * len(codes)
    given = as_pandas(given, name)
    if hasattr(given, "columns"):
        given = as_series(given, name)
    pairs = _pairs(given)
    if pairs is None:
        return (whole(given, name),) * len(codes)
    if not hasattr(given, "items") and len(pairs) != len(codes):
        msg = (
            f"{name} are a list of {len(pairs)} for {len(codes)} regions; give one for "
            "each, in the order of the weights (None for no limit)."
        )
        raise PlanError(msg)
    if not hasattr(given, "items") and isinstance(codes[0], str):
        msg = (
            f"{name} are a {type(given).__name__}, where the weights are by code; give "
            "a dict code -> number, so that each has its own."
        )
        raise PlanError(msg)
    cells = dict(pairs)
    if strangers := sorted(str(c) for c in set(cells) - set(codes)):
        msg = f"{name} name {strangers}, which have no weight; check the codes."
        raise PlanError(msg)
    stated = [code for code in codes if not is_missing(cells.get(code))]
    limits = {code: whole(cells[code], f"{name}: region {code}") for code in stated}
    return tuple(map(limits.get, codes))


def check_each(codes: list[Code], limits: Limits) -> None:
    """Refuse a region whose own limits contradict each other.

    Raises
    ------
    InfeasibleError
        Names the region, the two limits, and by how much.
    """
    rows = zip(codes, limits.floors, limits.caps, limits.locked, strict=True)
    for code, floor, cap, lock in rows:
        if lock is not None:
            _check_lock(code, lock, floor or 0, cap)
        elif floor and cap is not None:
            _check_between(code, floor, cap, limits.batch)


def _check_lock(code: Code, lock: int, floor: int, cap: int | None) -> None:
    if lock < floor:
        msg = (
            f"region {code} is locked at {lock}, {floor - lock} below its floor of "
            f"{floor}. Lower the floor or change the lock."
        )
        raise InfeasibleError(msg, limit="locked", excess=floor - lock, region=code)
    if cap is not None and lock > cap:
        msg = (
            f"region {code} is locked at {lock}, {lock - cap} above its cap of "
            f"{cap}. Raise the cap or change the lock."
        )
        raise InfeasibleError(msg, limit="locked", excess=lock - cap, region=code)


def _check_between(code: Code, floor: int, cap: int, batch: int) -> None:
    """Refuse a floor and a cap with no whole batch between them."""
    if floor > cap:
        msg = (
            f"region {code} has a floor of {floor}, {floor - cap} above its cap of "
            f"{cap}. Lower the floor or raise the cap."
        )
        raise InfeasibleError(msg, limit="floors", excess=floor - cap, region=code)
    least = rounded_up(floor, batch)
    if least > cap:
        msg = (
            f"region {code}: no multiple of {batch} lies between its floor of "
            f"{floor} and its cap of {cap}. Change one of them, or the batch."
        )
        raise InfeasibleError(msg, limit="floors", excess=least - cap, region=code)


def check_sums(total: int, weights: list[int], limits: Limits) -> tuple[int, int]:
    """Return how many batches are free to divide, and what no batch holds.

    Raises
    ------
    InfeasibleError
        If locks, floors, caps or weights leave no division; by how much.
    """
    batch = limits.batch
    held = sum(lock for lock in limits.locked if lock is not None)
    if held > total:
        msg = (
            f"the locked values add up to {held}, {held - total} more than the total "
            f"of {total}. Unlock a region or raise the total."
        )
        raise InfeasibleError(msg, limit="locked", excess=held - total)
    units, leftover = divmod(total - held, batch)
    room = units * batch
    free = [i for i, lock in enumerate(limits.locked) if lock is None]
    if not free and room:
        msg = (
            f"every region is locked and the values add up to {held}, {room} less "
            f"than the total of {total}. Unlock a region or lower the total."
        )
        raise InfeasibleError(msg, limit="locked", excess=room)
    low = sum(rounded_up(limits.floors[i] or 0, batch) for i in free)
    if low > room:
        msg = (
            f"the floors add up to {low}, {low - room} more than the {room} of "
            f"{total} that are free to divide. Lower floors or raise the total."
        )
        raise InfeasibleError(msg, limit="floors", excess=low - room)
    high = _most(weights, limits, free)
    if high is None or high >= room:
        return units, leftover
    if not any(weights[i] for i in free):
        msg = (
            f"every free region has a weight of 0, so {room - high} of {total} "
            "have nowhere to go. Give weights, or set floors that add up to the total."
        )
        raise InfeasibleError(msg, limit="weights", excess=room - high)
    msg = (
        f"the caps leave room for {high}, {room - high} less than the {room} of "
        f"{total} that are free to divide. Raise caps or lower the total."
    )
    raise InfeasibleError(msg, limit="caps", excess=room - high)


def _most(weights: list[int], limits: Limits, free: list[int]) -> int | None:
    """Return how much the free regions can take; None is without limit."""
    high = 0
    for i in free:
        cap = limits.caps[i]
        if not weights[i]:  # nothing by weight: the floor is all it takes
            high += rounded_up(limits.floors[i] or 0, limits.batch)
        elif cap is None:
            return None
        else:
            high += cap // limits.batch * limits.batch
    return high
