"""The data of the page: a description as plain, compact JSON values.

Layer:  8 (maps). Imports base, catalogue and this floor.
In:     a :class:`MapDescription`. Out: a dict of strings, numbers, lists and dicts that
        ``workmap.js`` reads. Nothing here is HTML; the page shows all of it as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.formats import format_period
from kkbpk_geo.catalogue.labels import label, labels_under
from kkbpk_geo.maps.classes import Classes
from kkbpk_geo.maps.encoding import (
    PER_DEGREE,
    encode_coverage,
    encode_names,
    encode_numbers,
)
from kkbpk_geo.maps.layers import STATUSES, Cells, Layer
from kkbpk_geo.maps.options import LANGUAGES, both
from kkbpk_geo.maps.shapes import for_drawing, label_places, land_around

if TYPE_CHECKING:
    from kkbpk_geo.maps.describe import MapDescription
    from kkbpk_geo.maps.needs import Needs
    from kkbpk_geo.maps.points import PointKind

COARSE = 1_000  # steps in a degree for the land around: about 100 m
_CODES = {"ok": "k", "partial": "p"} | dict(zip(STATUSES, "mrfdi", strict=True))


def page_data(description: MapDescription) -> dict[str, Any]:
    """Return everything the page knows."""
    boundaries, options = description.boundaries, description.options
    attrs = boundaries.attrs
    drawn = for_drawing(boundaries.geometry.to_numpy(), options.max_vertices)
    return {
        "language": options.language,
        "title": description.title,
        "subtitle": description.subtitle,
        "source": description.source,
        "boundaries": _boundary_words(attrs),
        "date": options.date,
        "sample": options.sample,
        "periods": [
            {
                language: format_period(p, language) if p else ""
                for language in LANGUAGES
            }
            for p in description.periods
        ],
        "codes": description.codes,
        "names": [str(name) for name in boundaries["name"]],
        "kinds": [str(kind) for kind in boundaries.get("kind", [])],
        "areas": [_plain(area, 1) for area in boundaries.get("area_km2", [])],
        "places": label_places(drawn),
        "shapes": encode_coverage(list(drawn), PER_DEGREE),
        "around": encode_coverage(
            land_around(options.context, boundaries.total_bounds), COARSE
        ),
        "first": _position(description, options.first),
        "layers": [_layer(layer, description.periods) for layer in description.layers],
        "needs": None if description.needs is None else _needs(description.needs),
        "points": [_points(kind) for kind in description.points],
        "notes": list(description.notes),
        "texts": {
            language: labels_under("map_page_", language) for language in LANGUAGES
        },
    }


def _boundary_words(attrs: dict[Any, Any]) -> dict[str, str]:
    """Return the attribution as the licence asks, or source, licence and year."""
    if attrs.get("attribution"):
        return both(str(attrs["attribution"]))
    parts = [attrs.get("source"), attrs.get("licence"), attrs.get("year")]
    text = ", ".join(str(part) for part in parts if part)
    return {
        language: f"{label('map_boundaries', language)}: {text}" if text else ""
        for language in LANGUAGES
    }


def _position(description: MapDescription, key: str) -> int:
    return description.layers.index(description.layer(key))


def _layer(layer: Layer, periods: Sequence[str]) -> dict[str, Any]:
    indicator = layer.indicator
    return {
        "key": indicator.key,
        "label": _words(indicator.label),
        "unit": _words(indicator.unit),
        "digits": indicator.digits,
        "direction": indicator.direction,
        "order": indicator.ranking,
        "theme": _words(indicator.theme),
        "formula": _words(indicator.formula),
        "source": _words(indicator.source),
        "standard": _words(indicator.standard),
        "line": _plain(indicator.standard_value, indicator.digits or 0),
        "classes": _classes(layer.classes),
        "cells": [_cells(layer.cells[p], indicator.digits or 0) for p in periods],
    }


def _words(words: Any) -> str | dict[str, str]:  # noqa: ANN401
    """Return one text where the languages agree, else both."""
    found = both(words)
    return found["id"] if len(set(found.values())) == 1 else found


def _classes(classes: Classes) -> dict[str, Any]:
    return {
        "method": classes.method,
        "breaks": [_plain(b, classes.digits) for b in classes.breaks],
        "colours": list(classes.colours),
        "labels": {language: list(classes.labels(language)) for language in LANGUAGES},
    }


def _cells(cells: Cells, digits: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "values": [_plain(v, digits) for v in cells.values],
        "province": _plain(cells.province, digits),
    }
    if any(status != "ok" for status in cells.status):
        found["status"] = "".join(_CODES[status] for status in cells.status)
    if any(d is not None for d in cells.denominators):
        found["top"] = [_plain(n, 2) for n in cells.numerators]
        found["bottom"] = [_plain(d, 2) for d in cells.denominators]
    return found


def _needs(needs: Needs) -> dict[str, Any]:
    def row(values: Sequence[float | None], digits: int) -> list[float | int | None]:
        return [_plain(value, digits) for value in values]

    return {
        "score": row(needs.score, 2),
        "rank": row(needs.rank, 0),
        "low": row(needs.rank_low, 0),
        "high": row(needs.rank_high, 0),
        "services": [
            {
                "label": _words(service.label),
                "action": _words(service.action),
                "most": service.at_most,
                "part": row(service.part, 4),
                "standard": _words(service.standard),
                "need": row(service.need, 2),
                "supply": row(service.supply, 2),
                "gap": row(service.gap, 2),
                "surplus": row(service.surplus, 2),
                "status": list(service.status),
            }
            for service in needs.services
        ],
    }


def _points(kind: PointKind) -> dict[str, Any]:
    """One kind; coordinates as differences, regions as runs (region, how many)."""
    steps: list[int] = []
    before = (0, 0)
    for lon, lat in zip(kind.longitudes, kind.latitudes, strict=True):
        here = (round(lon * PER_DEGREE), round(lat * PER_DEGREE))
        steps += [here[0] - before[0], here[1] - before[1]]
        before = here
    runs: list[list[int]] = []
    for region in kind.regions:
        if runs and runs[-1][0] == region:
            runs[-1][1] += 1
        else:
            runs.append([region, 1])
    sign = kind.sign
    return {
        "kind": sign.kind,
        "label": _words({"id": sign.id, "en": sign.en}),
        "shape": sign.shape,
        "colour": sign.colour,
        "letter": sign.letter,
        "at": encode_numbers(steps),
        "per_degree": PER_DEGREE,
        "regions": encode_numbers(number for run in runs for number in run),
        "names": encode_names(kind.names),
        "odd": {
            placement: encode_numbers(_gaps(kind.placement, placement))
            for placement in sorted(set(kind.placement) - {"ok"})
        },
    }


def _gaps(placement: Sequence[str], wanted: str) -> list[int]:
    """Return where ``wanted`` stands, each as the distance from the one before."""
    at = [i for i, found in enumerate(placement) if found == wanted]
    return [b - a for a, b in zip([0, *at], at, strict=False)]


def _plain(value: float | None, digits: int) -> float | int | None:
    """Return a number without float noise; whole ones as whole numbers."""
    if value is None or value != value:  # noqa: PLR0124
        return None
    number = round(float(value), digits)
    return int(number) if number.is_integer() else number
