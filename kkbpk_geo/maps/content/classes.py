"""Classes of a choropleth: breaks, colours, counts and their words, described once.

Why: the page, the print map and the report must show the same district in the same
class and the same colour; so they read one object and compute nothing themselves.

In:     values of one indicator (all periods together, so that colours can be
        compared), how many digits a reader sees, and its direction.
Out:    :class:`Classes`.
Rules:  missing and infinite values are out first. Values are classed *as shown* (after
        rounding to ``digits``), so a legend never contradicts a number. There are
        never more classes than different values. A break is the roundest number that
        separates its neighbours; class ``i`` holds ``breaks[i-1] <= value <
        breaks[i]``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isinf
from typing import TYPE_CHECKING, Literal, get_args

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.missing import as_float
from kkbpk_geo.catalogue.indicators import Direction
from kkbpk_geo.maps.content.palettes import MOST_KINDS, colours_for, kinds_for, parted

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

_Spread = Literal["quantile", "equal", "jenks", "std"]
# Those that find their breaks themselves, and all: "fixed" is told them.
AutoMethod = Literal[_Spread, "standard"]
Method = Literal[_Spread, "fixed", "standard"]
MOST = 7  # as many steps of one hue as a reader tells apart on paper
_FEW, _SOME = 8, 12  # regions: below, three and four classes, so that none is empty
_ON_A_SIDE = 2  # classes on either side of a standard


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """How the values of one indicator are cut and coloured.

    Attributes
    ----------
    method : str
        ``quantile``, ``equal``, ``jenks``, ``std``, ``fixed``, ``standard``, or
        ``kinds`` where a class is a kind and its value its place in their order.
    breaks : tuple of float
        k - 1 inner breaks, ascending; a value equal to a break is in the class above.
    low, high : float or None
        Smallest and largest value as shown; None where every value is missing.
    colours : tuple of str
        k hex colours, lowest class first.
    digits : int
        Decimals of the values as shown.
    names : tuple of (Indonesian, English)
        Words of the classes where they are kinds.
    """

    method: Method | Literal["kinds"]
    breaks: tuple[float, ...]
    low: float | None
    high: float | None
    colours: tuple[str, ...]
    digits: int
    names: tuple[tuple[str, str], ...] = ()

    @property
    def k(self) -> int:
        """Number of classes; 0 where every value is missing."""
        return len(self.colours)

    def index(self, value: float | None) -> int | None:
        """Return the class of a value, lowest is 0; None for missing or infinite."""
        shown = as_shown(value, self.digits)
        return None if shown is None or not self.k else bisect_right(self.breaks, shown)

    def counts(self, values: Sequence[float | None]) -> tuple[int, ...]:
        """Return how many of ``values`` each class holds, lowest class first."""
        found = [0] * self.k
        for value in values:
            if (at := self.index(value)) is not None:
                found[at] += 1
        return tuple(found)

    def labels(self, language: Language = "id") -> tuple[str, ...]:
        """Return the words of each class: ``58,0 – 61,4``; never two that overlap."""
        if self.names:
            which = 0 if language == "id" else 1
            return tuple(pair[which] for pair in self.names)
        if self.low is None or self.high is None:
            return ()
        step = 10**-self.digits

        def text(value: float) -> str:
            return format_number(value, self.digits, language)

        # A break is in the class above it: the class below ends one step earlier.
        highs = [b - step for b in self.breaks]
        spans = zip([self.low, *self.breaks], [*highs, self.high], strict=True)
        found = [_span(text(a), text(b)) for a, b in spans]
        if self.method == "fixed" and self.breaks:
            # Breaks of the caller's own may lie outside the values: the ends are open.
            found[0] = f"< {text(self.breaks[0])}"
            found[-1] = f"≥ {text(self.breaks[-1])}"
        return tuple(found)


def classify(
    values: Sequence[float | None],
    direction: Direction = "context",
    *,
    digits: int = 1,
    method: Method = "quantile",
    k: int | None = None,
    breaks: Sequence[float] = (),
) -> Classes:
    """Cut values into classes and give each its colour.

    Parameters
    ----------
    values : sequence of float or None, n items, any unit
        Missing (None, NaN) and infinite values are left out.
    direction : {"better", "worse", "context"}
        What a high value means; decides palette and dark end.
    digits : int
        Decimals shown; values are classed after rounding to them.
    method : str
        ``quantile`` equal counts; ``equal`` equal steps; ``jenks`` least squares within
        classes, exact [1]_; ``std`` one standard deviation each, centred on the mean;
        ``fixed`` the given ``breaks``; ``standard`` the one break given (the standard),
        and quantiles on either side of it, in colours that part there.
    k : int, optional
        Number of classes, 1 to 7; by default 3 below 8 values, 4 below 12, else 5.
        Never more than there are different values.
    breaks : sequence of float
        Inner breaks, ascending; only for ``fixed`` and ``standard``.

    Raises
    ------
    MapError
        For an unknown method, k outside 1-7, or breaks that are absent, not
        ascending, or for ``standard`` not exactly one.

    References
    ----------
    .. [1] Fisher (1958), J. Am. Stat. Assoc. 53:789,
       doi:10.1080/01621459.1958.10501479.
    """
    if method not in get_args(Method):
        msg = f"method is {method!r}; expected one of {', '.join(get_args(Method))}."
        raise MapError(msg)
    if k is not None and not 1 <= k <= MOST:
        msg = f"k is {k}; expected 1 to {MOST} classes, more cannot be told apart."
        raise MapError(msg)
    # Classes of what a reader sees: 60.04 and 59.96 are both 60.0, and stand together.
    shown = all_shown(values, digits)
    if method == "standard":
        cuts, colours = _around(shown, breaks, direction, digits=digits, k=k)
    else:
        if method == "fixed":
            cuts = _fixed(breaks)
        else:
            cuts = _cuts(shown, method, k or default_k(len(shown)), digits)
        colours = colours_for(len(cuts) + 1, direction) if shown else ()
    low, high = (shown[0], shown[-1]) if shown else (None, None)
    return Classes(
        method=method, breaks=cuts, low=low, high=high, colours=colours, digits=digits
    )


def as_shown(value: float | None, digits: int) -> float | None:
    """Round a value to what a reader sees; None for missing or infinite."""
    number = as_float(value)
    if number is None or isinf(number):
        return None
    return round(number, digits) + 0.0  # -0.0 would be written with a minus


def all_shown(values: Iterable[float | None], digits: int) -> list[float]:
    """Return the values that are there, as a reader sees them, ascending."""
    found = (as_shown(value, digits) for value in values)
    return sorted(value for value in found if value is not None)


def default_k(n: int) -> int:
    """Return how many classes suit ``n`` regions: few regions, few classes."""
    return 3 + bisect_right((_FEW, _SOME), n)


def _span(low: str, high: str) -> str:
    return low if low == high else f"{low} – {high}"


def _fixed(breaks: Sequence[float]) -> tuple[float, ...]:
    cuts = tuple(float(b) for b in breaks)
    if not cuts or list(cuts) != sorted(set(cuts)) or len(cuts) >= MOST:
        msg = (
            f"breaks are {list(cuts)}; method 'fixed' expects 1 to {MOST - 1} numbers, "
            "ascending and different."
        )
        raise MapError(msg)
    return cuts


def _around(
    shown: list[float],
    breaks: Sequence[float],
    direction: Direction,
    *,
    digits: int,
    k: int | None,
) -> tuple[tuple[float, ...], tuple[str, ...]]:
    """Cut at a standard, and each side of it by quantiles; breaks and colours."""
    if len(breaks) != 1:
        msg = f"breaks are {list(breaks)}; method 'standard' expects the one standard."
        raise MapError(msg)
    standard = round(float(breaks[0]), digits)
    below = [value for value in shown if value < standard]
    above = [value for value in shown if value >= standard]
    # k counts both sides; half of it may lie on either, whether or not it is filled.
    most = max(1, min(k or MOST, 2 * _ON_A_SIDE) // 2)
    low, high = (_cuts(side, "quantile", most, digits) for side in (below, above))
    middle = (standard,) if below and above else ()
    # A side with values has one class more than breaks, one without has none.
    colours = parted(len(low) + bool(below), len(high) + bool(above), direction)
    return (*low, *middle, *high), colours


def classify_kinds(
    names: Sequence[tuple[str, str]], direction: Direction = "context"
) -> Classes:
    """Give each kind its colour; a kind's value is its place in ``names``.

    Raises
    ------
    MapError
        If there are more kinds than colours that can be told apart.
    """
    # Kinds that are steps share one hue, as classes of numbers do.
    most = MOST_KINDS if direction == "context" else MOST
    if len(names) > most:
        shown = ", ".join(repr(name) for name, _ in names[:most])
        msg = (
            f"there are {len(names)} kinds ({shown}, …); expected at most {most}, more "
            "cannot be told apart. Join kinds first."
        )
        raise MapError(msg)
    return Classes(
        method="kinds",
        breaks=tuple(float(i) for i in range(1, len(names))),
        low=0.0,
        high=float(len(names) - 1),
        colours=kinds_for(len(names), direction),
        digits=0,
        names=tuple(names),
    )


def _cuts(shown: list[float], method: Method, k: int, digits: int) -> tuple[float, ...]:
    import numpy as np

    values, counts = np.unique(np.asarray(shown), return_counts=True)
    weights = counts.astype(np.float64)
    k = min(k, len(values))
    if k <= 1:
        return ()
    if method in ("quantile", "jenks"):
        start = _quantile_starts if method == "quantile" else _jenks_starts
        starts = start(values, weights, k)
        return tuple(_roundest(values[s - 1], values[s], digits) for s in starts)
    if method == "equal":
        raw = np.linspace(values[0], values[-1], k + 1)[1:-1]
    else:
        # Whole steps of one deviation; with an even k a break is the mean itself.
        # As in the index, and as mapclassify and classInt have it: n - 1.
        spread = float(np.std(shown, ddof=1))
        raw = float(np.mean(shown)) + spread * (np.arange(1, k) - k / 2)
    # Rounded breaks can meet, or leave nothing on one side: such a class is none.
    cuts = sorted({round(float(x), digits) for x in raw})
    return tuple(x for x in cuts if values[0] < x <= values[-1])


def _quantile_starts(values: Floats, weights: Floats, k: int) -> list[int]:
    """First value of each upper class; equal values are never torn apart."""
    import numpy as np

    # Quantiles of regions, not of values: ten equal regions count ten times.
    below = np.cumsum(weights)[:-1]  # how many lie below each possible start
    ideal = below[-1] + weights[-1]
    starts: list[int] = []
    for i in range(1, k):
        first = starts[-1] if starts else 0
        last = len(values) - (k - i)  # leave a value for every class above
        at = np.arange(first, last)
        best = at[np.argmin(np.abs(below[first:last] - ideal * i / k))]
        starts.append(int(best) + 1)
    return starts


def _jenks_starts(values: Floats, weights: Floats, k: int) -> list[int]:
    """Exact dynamic programme: least sum of squares within k runs of values."""
    import numpy as np

    n = len(values)
    centred = values - values.mean()  # large equal parts would swallow the squares
    # Sums of weights, values, squares up to each place: any run in one subtraction.
    w = np.concatenate(([0.0], np.cumsum(weights)))
    s = np.concatenate(([0.0], np.cumsum(weights * centred)))
    q = np.concatenate(([0.0], np.cumsum(weights * centred**2)))
    best = np.full(n + 1, np.inf)
    best[0] = 0.0
    choice = np.zeros((k, n + 1), dtype=np.int64)
    # best[end]: least sum for the first end values in run + 1 classes (Fisher 1958).
    for run in range(k):
        new = np.full(n + 1, np.inf)
        for end in range(run + 1, n + 1):
            i = np.arange(run, end)
            within = q[end] - q[i] - (s[end] - s[i]) ** 2 / (w[end] - w[i])
            total = best[i] + within
            at = int(np.argmin(total))
            new[end], choice[run, end] = total[at], i[at]
        best = new
    starts, end = [], n
    for run in range(k - 1, 0, -1):
        end = int(choice[run, end])
        starts.append(end)
    return starts[::-1]


def _roundest(below: float, above: float, digits: int) -> float:
    """Return the number with fewest digits in ``(below, above]``."""
    scale: int = 10**digits
    low, high = round(float(below) * scale), round(float(above) * scale)
    # Begin above the largest, so that 0 is tried first: nothing is rounder.
    power: int = 10 ** len(str(max(abs(low), abs(high))))
    # Fives and twos are read as round between powers of ten.
    while power >= 1:
        for step in (power * 5, power * 2, power):
            found = (low // step + 1) * step
            if found <= high:
                return found / scale
        power //= 10
    return high / scale
