"""How the page prints: which way the paper lies, which islands stand in frames.

Why: the browser lays the page out; what lies far off and which paper suits is decided
here, by the rule of the printed sheets, so that page and sheet do not differ.

In:     polygons in degrees. Out: what the scripts read, nothing for a plain sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.words import LANGUAGES
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.maps.page.far import Bounds, read_scene, where_words, worth_most
from kkbpk_geo.maps.page.shapes import extent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kkbpk_geo.base.formats import Language
    from kkbpk_geo.maps.page.far import Far, Scene
    from kkbpk_geo.maps.page.shapes import Shapes

Sizes = tuple[tuple[int, int], ...]
Way = tuple[bool, bool]  # upright, with frames

# Pixels that workmap.css leaves for the map with the legend beside it, and below it:
# on paper across, the same with a strip for frames of islands, on paper upright, which
# has room for frames beside the map.
FLAT: Sizes = ((568, 600), (736, 480))
FLAT_FRAMED: Sizes = ((568, 468), (736, 348))
UPRIGHT: Sizes = ((282, 900), (450, 780))
_NEARLY = 1e-6  # degrees: a point alone has no size


def printed_sheet(shapes: Shapes) -> dict[str, Any]:
    """Return, as ``paper``, whether paper stands upright, and what is shown in frames.

    What a plain sheet would leave out, as the screen does, stands in frames in any
    case: paper cannot be moved.

    Examples
    --------
    >>> from shapely import box
    >>> printed_sheet([box(118, -3, 119, -2)])
    {}
    >>> printed_sheet([box(118, -3, 118.9, -0.5)])["paper"]["upright"]
    True
    """
    scene = read_scene(shapes)
    upright, framed = _best_way(scene, shapes)
    if not (upright or framed):
        return {}
    # What the screen shows of all: a speck at sea does not shrink the view.
    shown = scene.main if framed else Bounds(*extent(shapes))
    sheet = {
        "upright": upright,
        "main": _rounded(shown),
        "far": list(map(_frame, scene.far)) if framed else [],
        "note": _said(lambda language: label("map_print_own_scale", language)),
    }
    return {"paper": sheet}


def _best_way(scene: Scene, shapes: Shapes) -> Way:
    """Return whether paper stands upright, and whether there are frames."""
    if not scene.whole.side:
        return False, False
    shown = Bounds(*extent(shapes))
    tried = []
    if not _misses(shown, scene.far):
        tried += [((False, False), _scale(shown, FLAT))]
        tried += [((True, False), _scale(shown, UPRIGHT))]
    if scene.far:
        tried += [((False, True), _scale(scene.main, FLAT_FRAMED))]
        tried += [((True, True), _scale(scene.main, UPRIGHT))]
    return worth_most(tried)


def _frame(islands: Far) -> dict[str, Any]:
    return {
        "bounds": _rounded(islands.bounds),
        "regions": list(islands.regions),
        "where": _said(lambda language: where_words(islands, language)),
    }


def _said(words: Callable[[Language], str]) -> dict[Language, str]:
    return {language: words(language) for language in LANGUAGES}


def _misses(shown: Bounds, far: Sequence[Far]) -> bool:
    """Say whether islands far off are not on the map."""
    return not all(shown.meets(islands.bounds) for islands in far)


def _scale(bounds: Bounds, sizes: Sizes) -> float:
    """Return how many pixels a degree has where the map is largest."""
    wide, high = max(bounds.wide, _NEARLY), max(bounds.high, _NEARLY)
    return max(min(across / wide, up / high) for across, up in sizes)


def _rounded(bounds: Bounds) -> list[float]:
    return [round(value, 4) for value in bounds]
