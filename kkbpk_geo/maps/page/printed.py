"""How the page prints: which way the paper lies, which islands stand in frames.

Why: the browser lays the page out; what lies far off and which paper suits is decided
here, by the rule of the printed sheets, so that page and sheet do not differ.

In:     polygons in degrees, names. Out: what the scripts read, None for a plain sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.words import LANGUAGES
from kkbpk_geo.maps.page.far import WORTH, Bounds, read_scene, where_words
from kkbpk_geo.maps.page.shapes import extent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kkbpk_geo.maps.page.far import Far
    from kkbpk_geo.maps.page.shapes import Shapes

# Pixels that workmap.css gives the map: paper across, the legend beside it; upright,
# the legend below it. Across, frames of islands take a strip; upright none is needed.
FLAT, FLAT_FRAMED, UPRIGHT = (568, 600), (568, 468), (450, 760)
_NEARLY = 1e-6  # degrees: a point alone has no size


def printed_sheet(shapes: Shapes) -> dict[str, Any] | None:
    """Return whether paper stands upright, and what is shown in frames.

    What a plain sheet would leave out, as the screen does, stands in frames in any
    case: paper cannot be moved.

    Examples
    --------
    >>> from shapely import box
    >>> printed_sheet([box(118, -3, 119, -2)]) is None
    True
    >>> printed_sheet([box(118, -3, 118.9, -0.5)])["upright"]
    True
    """
    scene = read_scene(shapes)
    plain = Bounds(*extent(shapes)) if scene.whole.side else scene.whole
    far = scene.far
    best, upright = _scale(plain, FLAT), False
    if far and (best * WORTH <= _scale(scene.main, FLAT_FRAMED) or _misses(plain, far)):
        best, plain = _scale(scene.main, FLAT_FRAMED), scene.main
    elif far and _scale(scene.main, UPRIGHT) >= WORTH * best:
        plain = scene.main
    else:
        far = ()
    upright = _scale(plain, UPRIGHT) >= WORTH * best
    if not (upright or far):
        return None
    return {
        "upright": upright,
        "main": _rounded(plain),
        "far": [
            {
                "bounds": _rounded(islands.bounds),
                "regions": list(islands.regions),
                "where": {one: where_words(islands, one) for one in LANGUAGES},
            }
            for islands in far
        ],
    }


def _misses(shown: Bounds, far: Sequence[Far]) -> bool:
    """Say whether islands far off are not on the map."""
    return not all(shown.meets(islands.bounds) for islands in far)


def _scale(bounds: Bounds, size: tuple[int, int]) -> float:
    across = size[0] / max(bounds.wide, _NEARLY)
    return min(across, size[1] / max(bounds.high, _NEARLY))


def _rounded(bounds: Bounds) -> list[float]:
    return [round(value, 4) for value in bounds]
