"""Many polygons made to fit together, and watched: none may lose its ground unseen.

Why: cleaning a coverage loses whole valid polygons in silence, other ones at each
snapping distance. So areas before and after are compared, the cleaning is tried again
where one lost its ground and no neighbour covered it, and what stays lost is told.

In:     polygons of one province, or units of several. Out: a coverage; what changed.
Method: ``shapely.coverage_clean`` (GEOS CoverageCleaner): ground claimed twice goes to
        the polygon with the longest border there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from kkbpk_geo.regions.codes import Level

if TYPE_CHECKING:
    import numpy as np

# Degrees, about 110 m: cracks between Lampung's villages close from 22 m on, and up to
# 0.01 nothing else changes. Only what is enclosed is closed, never a bay.
GAP_WIDTH = 1e-3
# Kecamatan and districts are drawn coarsely, each by itself: between Lampung's, cracks
# reach 0.005 to 0.01, and the first hole that is one is 0.016 wide.
WIDE_GAP = 1e-2
# Degrees, about 11 m: ten times quicker than without, and of 2,640 polygons 8 small
# parts are left over, not 177; at three times as much more is lost. The others are for
# polygons that vanish at the first, a fifth away: one of 43 km2 in Jawa Timur is lost
# from 0.9e-4 to 1.1e-4 and from nowhere else.
SNAPPING = (1e-4, 1.2e-4, 0.8e-4)
# Joining provinces starts elsewhere: what settled at one distance need not move again.
JOINING = (1.1e-4, 1.3e-4, 0.9e-4)
# Before cleaning; a hundredth of a metre less is no border, and snapping needs no more.
DECIMALS = 5
# Share of its ground below which a polygon counts as lost; overlaps cost a village a
# few hundredths, and the lost ones keep nothing or a quarter.
LOST = 0.5
# Times its ground from which a polygon has swallowed another.
GROWN = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Cleaned:
    """A coverage, and how it came about.

    Attributes
    ----------
    polygons : array of n polygons, degrees
    given : array of n polygons
        What was cleaned: rounded and valid.
    invalid : tuple of int
        Positions of those that had to be made valid first.
    lost, covered, grown : tuple of int
        Positions of polygons without their ground although nobody else claims it; of
        those drawn on others' ground, which keep it; of those that took much more.
    snapping : float
        The distance that lost least.
    """

    polygons: np.ndarray
    given: np.ndarray
    invalid: tuple[int, ...]
    lost: tuple[int, ...]
    covered: tuple[int, ...]
    grown: tuple[int, ...]
    snapping: float


def gap_width(level: Level) -> float:
    """Return the width, in degrees, up to which cracks of a level are closed."""
    return GAP_WIDTH if level == "desa" else WIDE_GAP


def clean(
    polygons: Sequence[Any] | np.ndarray,
    *,
    snapping: Sequence[float] = SNAPPING,
    level: Level = "desa",
) -> Cleaned:
    """Turn polygons into a coverage, and compare what each has before and after.

    Parameters
    ----------
    polygons : n Polygon or MultiPolygon, degrees
    snapping : distances to try, in this order, until nothing is lost
    level : level
        Of the source, which says how wide a crack may be.
    """
    import numpy as np
    import shapely

    given, invalid = _prepared(polygons)
    before = shapely.area(given)
    best: Cleaned | None = None
    least = np.inf
    under = np.array([], dtype=int)
    for distance in snapping:
        cleaned = shapely.coverage_clean(  # type: ignore[attr-defined]
            given, gap_width=gap_width(level), snapping_distance=distance
        )
        after = shapely.area(cleaned)
        # One that bounds no ground from the start is lost as well: it has none.
        small = np.flatnonzero((after < LOST * before) | (after == 0))
        # What lies under others is lost at every distance: it is no reason to go on.
        under = np.union1d(under, _covered(given, np.setdiff1d(small, under)))
        lost = np.setdiff1d(small, under)
        grown = np.flatnonzero(after > GROWN * before)
        changed = np.union1d(lost, grown).astype(int)
        harm = np.abs(after[changed] - before[changed]).sum()
        if harm < least:
            least = harm
            best = Cleaned(
                polygons=cleaned,
                given=given,
                invalid=tuple(invalid),
                lost=tuple(lost.tolist()),
                covered=tuple(np.intersect1d(small, under).tolist()),
                grown=tuple(grown.tolist()),
                snapping=distance,
            )
        if not harm:
            break
    return cast("Cleaned", best)


def _prepared(polygons: Sequence[Any] | np.ndarray) -> tuple[np.ndarray, list[int]]:
    """Round polygons and make them valid; return them and which had to be."""
    import numpy as np
    import shapely

    rough = np.asarray(polygons, dtype=object)
    invalid = np.flatnonzero(~shapely.is_valid(rough)).tolist()
    rounded = shapely.transform(rough, lambda xy: np.round(xy, DECIMALS))
    return make_valid(rounded), invalid


def make_valid(polygons: np.ndarray) -> np.ndarray:
    """Make polygons valid; parts without ground go.

    The structure of rings decides: a hole outside of its shell stays a hole, and the
    same ground drawn twice is ground. The other way of GEOS leaves lines behind.
    """
    import numpy as np
    import shapely

    fit = polygons.copy()
    for i in np.flatnonzero(~shapely.is_valid(fit)):
        mended = shapely.make_valid(fit[i], method="structure", keep_collapsed=False)
        parts = shapely.get_parts(shapely.get_parts(mended))
        plain = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
        fit[i] = plain[0] if len(plain) == 1 else shapely.union_all(plain)
    return fit


def _covered(polygons: np.ndarray, which: np.ndarray) -> np.ndarray:
    """Return those whose ground lies mostly under others."""
    import numpy as np
    import shapely

    if not len(which):
        return which
    tree = shapely.STRtree(polygons)
    found = []
    for i in which:
        near = tree.query(polygons[i], predicate="intersects")
        others = shapely.union_all(polygons[near[near != i]])
        under = shapely.area(shapely.intersection(polygons[i], others))
        if under > LOST * shapely.area(polygons[i]):
            found.append(int(i))
    return np.array(found, dtype=int)
