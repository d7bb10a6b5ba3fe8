"""The first screen as plain JSON values, for scripts/priority.js.

In:     the description of a map. Out: ``{"first": …}``; nothing without scores, and
        nothing for a map that stands alone, which has no lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.words import LANGUAGES
from kkbpk_geo.catalogue.labels import labels_under
from kkbpk_geo.maps.content.catalogue_words import in_each
from kkbpk_geo.maps.first.screen import first_screen, order_line, order_texts

if TYPE_CHECKING:
    from kkbpk_geo.maps.describe import MapDescription
    from kkbpk_geo.maps.first.screen import FirstRow


def first_data(description: MapDescription) -> dict[str, Any]:
    """Return what the page shows first, in both languages."""
    screen = first_screen(description) if description.options.panel else None
    if screen is None:
        return {}
    found = {
        "message": screen.message,
        "sure": screen.sure,
        "lacking": list(screen.lacking),
        "rule": screen.rule,
        "more": screen.more,
        "rows": list(map(_row, screen.rows)),
        "texts": {one: labels_under("map_first_", one) for one in LANGUAGES},
    }
    return {"first": found}


def _row(row: FirstRow) -> dict[str, Any]:
    found: dict[str, Any] = {"at": row.at, "rank": row.rank, "note": row.note}
    if row.is_full and row.orders:
        found["orders"] = {one: order_texts(row, one) for one in LANGUAGES}
    else:
        found["line"] = in_each(lambda language: order_line(row, language))
    return found
