"""The data of the page: a description as plain, compact JSON values.

In:     a :class:`MapDescription`. Out: a dict of strings, numbers, lists and dicts that
        the scripts read. Nothing here is HTML; the page shows all of it as text.
Size:   what is said again and again (words, colours, breaks) stands once, in ``pool``,
        and is a number elsewhere; columns of numbers are text (``encode_row``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from operator import sub
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.missing import as_float
from kkbpk_geo.base.words import LANGUAGES, Words, both
from kkbpk_geo.catalogue.labels import label, labels_under
from kkbpk_geo.catalogue.statuses import USUAL_LIMIT, Status, statuses, worded
from kkbpk_geo.maps.content.bivariate import COLOURS, tercile_classes
from kkbpk_geo.maps.content.catalogue_words import boundary_words, in_each
from kkbpk_geo.maps.content.classes import Classes
from kkbpk_geo.maps.content.layers import Cells, Layer, break_words, period_words
from kkbpk_geo.maps.content.modes import modes_of, spans_of
from kkbpk_geo.maps.content.needs import SCORE_DIGITS, is_of_needs
from kkbpk_geo.maps.content.palettes import INK, ink_on
from kkbpk_geo.maps.content.plans import plan_data
from kkbpk_geo.maps.content.points import PLACED, PointKind
from kkbpk_geo.maps.content.tables import AREA, KIND, MISSING, NAME, OK, PARENT
from kkbpk_geo.maps.first.data import first_data
from kkbpk_geo.maps.page.encoding import (
    PER_DEGREE,
    encode_coverage,
    encode_levels,
    encode_names,
    encode_numbers,
    encode_row,
    encode_runs,
)
from kkbpk_geo.maps.page.outline import FRAME, indonesia
from kkbpk_geo.maps.page.printed import printed_sheet
from kkbpk_geo.maps.page.shapes import (
    extent,
    for_drawing,
    joined_by_parent,
    label_places,
    land_around,
    nested_for_drawing,
    positions_of_parents,
    window_of,
)
from kkbpk_geo.regions import alias_names, has_region, place_name

if TYPE_CHECKING:
    import geopandas as gpd

    from kkbpk_geo.maps.content.needs import Needs, Service
    from kkbpk_geo.maps.content.options import MapIndicator
    from kkbpk_geo.maps.describe import MapDescription
    from kkbpk_geo.maps.page.shapes import Shapes

COARSE = 100  # steps in a degree for the land around: about a kilometre
_AROUND = 0.015  # degrees: how much the land around is simplified
_NEARLY_ALL = 0.9  # of the country's width: an inset of it would say nothing
_SEVERAL = 2  # provinces, regions or periods: of one there is nothing to choose
LEAST_PERIODS = 3  # for a line; series.js says the same
_MOST_NAMED = 8  # indicators: about three lines of a note
# Words that needs.js alone says, which pages without needs do not have.
_NEEDS_WORDS = (
    "limit", "needs", "needs_table", "no_gap", "no_score", "now", "priority", "range",
    "score", "service", "standards", "surplus",
)  # fmt: skip
_LEAST = 1e-3  # square degrees, about 12 km²: smaller land is not drawn


class _Pool:
    """What is said more than once, kept once; :meth:`put` gives its number."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self.colours: set[str] = set(chain.from_iterable(COLOURS))
        # These a script may ask for where no cell has them.
        self.statuses: set[str] = {OK, MISSING}
        self._known: dict[str, int] = {}

    def put(self, item: Any) -> int:  # noqa: ANN401
        key = json.dumps(item, sort_keys=True)
        if key not in self._known:
            self._known[key] = len(self.items)
            self.items.append(item)
        return self._known[key]

    def fills(self, colours: Sequence[str]) -> int:
        """Put the colours of classes, and remember which there are."""
        self.colours.update(colours)
        return self.put(list(colours))

    def letters(self, words: Sequence[str]) -> str:
        """Return a column of statuses as a letter each, and remember them."""
        # A letter a region: a word would cost more than the number beside it.
        known = statuses()
        self.statuses.update(words)
        return "".join(known[word].letter for word in words)

    def words(self, words: Words) -> int:
        """Put one text where the languages agree, else one for each of LANGUAGES."""
        found = [both(words)[language] for language in LANGUAGES]
        return self.put(found[0] if len(set(found)) == 1 else found)


def page_data(description: MapDescription) -> dict[str, Any]:
    """Return everything the page knows."""
    boundaries, options = description.boundaries, description.options
    pool = _Pool()
    bounds = boundaries.total_bounds
    # The pool numbers what it is given: another order here is another page.
    levels = _levels(description, pool)
    points = [_points(kind, pool) for kind in description.points]
    limit = options.limit or USUAL_LIMIT
    used = [one for one in statuses().values() if one.key in pool.statuses]
    states = [_status(worded(status, limit)) for status in used]
    land = land_around(options.context, bounds, tolerance=_AROUND, least=_LEAST)
    return {
        "language": options.language,
        "languages": list(LANGUAGES),
        "title": description.title,
        "subtitle": description.subtitle,
        "source": description.source,
        "boundaries": boundary_words(boundaries.attrs),
        "date": options.date,
        "sample": options.sample,
        "basemap": options.basemap,
        "levels": levels,
        "around": encode_coverage(land, COARSE),
        "window": window_of(options.context, bounds),
        "outline": _outline(bounds),
        "frame": list(FRAME),
        "points": points,
        "notes": [*description.notes, *description.point_notes],
        "findings": _findings(options.findings, description.codes),
        "statuses": states,
        "pair_colours": list(map(list, COLOURS)),
        "inks": _inks(pool.colours),
        "values": options.values,
        "aliases": _aliases(boundaries),
        "texts": {each: _texts(each, description) for each in LANGUAGES},
        **printed_sheet(boundaries.geometry.to_numpy()),
        **plan_data(options.plans, description.codes, pool),
        **_drill(description),
        **_provinces(boundaries),
        **_over_time(description),
        **first_data(description),
        "pool": pool.items,
    }


def _inks(colours: Iterable[str]) -> dict[str, list[str]]:
    """Return the fills that are not for our usual dark ink, by the ink they need."""
    found: dict[str, list[str]] = {}
    for colour in sorted(colours):
        if (ink := ink_on(colour)) != INK:
            found.setdefault(ink, []).append(colour)
    return found


def _texts(language: Language, description: MapDescription) -> dict[str, str]:
    """Return the page's own words; those of two indicators begin with ``pair_``.

    What regions are compared with is the province, or another place by its name.
    """
    groups = ("pair", "basemap") if description.options.basemap else ("pair",)
    named = {}
    for group in groups:
        for key, text in labels_under(f"map_{group}_", language).items():
            named[f"{group}_{key}"] = text
    whole = description.whole[language]
    if whole != label("map_page_province", language):
        named |= dict.fromkeys(("province", "province_value"), whole)
    words = labels_under("map_page_", language) | named
    if description.needs is not None:
        return words
    return {key: text for key, text in words.items() if key not in _NEEDS_WORDS}


def _aliases(boundaries: gpd.GeoDataFrame) -> dict[str, str]:
    """Return by code the names beside that of the map that one may look for."""
    found = {}
    for code, name in zip(boundaries.index, boundaries[NAME], strict=True):
        names = [x for x in alias_names(str(code)) if not _finds(x, str(name))]
        if names:
            found[str(code)] = " ".join(names)
    return found


def _finds(typed: str, name: str) -> bool:
    """Whether the page's search finds a name by what is typed: it has every word."""
    return all(word in name.lower() for word in typed.lower().split())


def _provinces(boundaries: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return code and name of the provinces of a map whose regions lie in several."""
    found = sorted(set(map(str, boundaries.get(PARENT, []))) - {""})
    are_provinces = all(has_region(code) and "." not in code for code in found)
    if len(found) < _SEVERAL or not are_provinces:
        return {}
    texts = {
        language: labels_under("map_provinces_", language) for language in LANGUAGES
    }
    named = [[code, place_name(code)] for code in found]
    return {"provinces": {"named": named, "texts": texts}}


def _status(status: Status) -> dict[str, str]:
    """Return what the page needs to say and draw a status."""
    found = {
        "key": status.key,
        "letter": status.letter,
        "id": status.id,
        "en": status.en,
    }
    return found if status.value else found | {"hatch": status.hatch}


def _drill(description: MapDescription) -> dict[str, Any]:
    """Return the words of a page that goes down to levels below, nothing for others."""
    if description.detail is None:
        return {}
    texts = {language: labels_under("map_levels_", language) for language in LANGUAGES}
    return {"drill": {"name": description.called, "texts": texts}}


def _over_time(description: MapDescription) -> dict[str, Any]:
    """Return the words of lines and of two regions side by side, where there are some.

    A page of one period stays as small as it is.
    """
    most = max(len(one.periods) for one in description.levels)
    found = {}
    if description.options.panel and most >= LEAST_PERIODS:
        found["lines"] = {"texts": _group("map_lines_")}
    if description.options.panel and min(most, len(description.codes)) >= _SEVERAL:
        found["compare"] = {"texts": _group("map_compare_")}
    return found


def _group(prefix: str) -> dict[Language, dict[str, str]]:
    """Return the words of a part of the page in each language."""
    return {language: labels_under(prefix, language) for language in LANGUAGES}


def _outline(bounds: Any) -> dict[str, Any] | None:  # noqa: ANN401
    """Return the outline of the country, for a map that lies in it and is not all."""
    west, south, east, north = FRAME
    x0, y0, x1, y1 = bounds.tolist()
    inside = west <= x0 <= x1 <= east and south <= y0 <= y1 <= north
    is_all = x1 - x0 > _NEARLY_ALL * (east - west)
    return indonesia() if inside and not is_all else None


def _levels(description: MapDescription, pool: _Pool) -> list[dict[str, Any]]:
    """Return every level, from coarse to fine."""
    shapes = description.boundaries.geometry.to_numpy()
    drawn = for_drawing(shapes, description.options.max_vertices)
    first = _level(description, pool, drawn)
    first["shapes"] = encode_coverage(list(drawn), PER_DEGREE)
    return [first, *_levels_below(description, pool)]


def _level(
    description: MapDescription,
    pool: _Pool,
    drawn: Shapes,
    parents: Sequence[int] = (),
) -> dict[str, Any]:
    """One level of regions: everything known by region, and room for their shapes.

    ``parents``: where the parent of each stands in the level above, below the map.
    """
    boundaries, periods = description.boundaries, description.periods
    kinds = list(map(pool.words, map(str, boundaries.get(KIND, []))))
    above: list[int] | str = encode_runs(parents)
    if not parents:
        above = list(map(pool.words, map(str, boundaries.get(PARENT, []))))
    layers = [_layer(layer, periods, pool) for layer in description.layers]
    needs = description.needs
    areas = [_plain(area, 1) for area in boundaries.get(AREA, [])]
    return {
        "codes": description.codes,
        "names": list(map(str, boundaries[NAME])),
        "kinds": kinds,
        "parents": above,
        "areas": areas,
        "extent": [round(x, 3) for x in extent(drawn)],
        "places": label_places(drawn),
        "shapes": {},
        "periods": list(periods),
        "period_words": list(map(period_words, periods)),
        "first": description.layers.index(description.layer(description.options.first)),
        "layers": layers,
        "needs": needs and _needs(needs, pool),
    }


def _levels_below(description: MapDescription, pool: _Pool) -> list[dict[str, Any]]:
    """Return the levels below the map; a line that two of them have stands once.

    ``upper``: the regions of the map by the lines of what is in them, empty where
    nothing is: the land around a part is drawn so, and no crack opens beside it. Arcs
    are counted from there on.
    """
    if description.detail is None:
        return []
    frames = [one.boundaries for one in description.levels]
    drawn = nested_for_drawing(frames[1:], description.options.max_vertices)
    places = [positions_of_parents(*pair) for pair in pairwise(frames)]
    upper = joined_by_parent(drawn[0], places[0], len(frames[0]))
    around, *finer = encode_levels(list(map(list, (upper, *drawn))), PER_DEGREE)
    told = {json.dumps(note) for note in description.notes}
    found = []
    for one, shapes, parents, coverage in zip(
        description.detail.levels, drawn, places, finer, strict=True
    ):
        level = _level(one, pool, shapes, parents.tolist())
        level["shapes"] = coverage
        notes = [*one.notes, *_stopped(description, one)]
        level["notes"] = [note for note in notes if json.dumps(note) not in told]
        level["boundaries"] = boundary_words(one.boundaries.attrs)
        found.append(level)
    found[0]["upper"] = around
    return found


def _stopped(
    description: MapDescription, below: MapDescription
) -> list[dict[str, str]]:
    """Say which indicators of the map a level below it does not have."""
    here = {layer.indicator.key for layer in below.layers}
    above = [layer.indicator for layer in description.layers]
    # Gaps are scored for the regions of the map alone.
    gone = [one for one in above if one.key not in here and not is_of_needs(one.key)]
    if not gone:
        return []
    kinds = dict.fromkeys(map(str, below.boundaries.get(KIND, [])))

    def say(language: Language) -> str:
        names = [both(one.label)[language] or one.key for one in gone[:_MOST_NAMED]]
        more = len(gone) - len(names)
        listed = "; ".join(names) + (f" (+{more})" if more else "")
        level = "/".join(kinds) or label("map_page_region", language)
        said = label("map_note_stops", language)
        return said.format(level=level.lower(), names=listed)

    return [in_each(say)]


def _findings(
    findings: Mapping[str, Sequence[Words]], codes: Sequence[str]
) -> dict[str, list[dict[str, str]]]:
    """Return the sentences about each region's data; only regions of the map."""
    odd = (code for code in codes if findings.get(code))
    return {code: list(map(both, findings[code])) for code in odd}


def _layer(layer: Layer, periods: Sequence[str], pool: _Pool) -> dict[str, Any]:
    indicator = layer.indicator
    modes = modes_of(layer)
    found: dict[str, Any] = {
        "key": indicator.key,
        "digits": indicator.digits,
        "direction": indicator.direction,
        "order": indicator.ranking,
        "of_needs": is_of_needs(indicator.key) or None,
        "line": _plain(indicator.standard_value, indicator.digits or 0),
        "modes": {mode: _classes(one.classes, pool) for mode, one in modes.items()},
    }
    cells = (layer.cells[period] for period in periods)
    found["cells"] = [_cells(one, indicator.digits or 0, pool) for one in cells]
    # Where periods are of one span, each is compared with the one before it.
    if len(set(spans := spans_of(indicator.key, periods))) > 1:
        found["spans"] = spans
    if breaks := break_words(indicator.key, periods):
        found["breaks"] = list(map(pool.words, breaks))
    if layer.classes.names:
        names = layer.classes.names
        found["kinds"] = [pool.words({"id": a, "en": b}) for a, b in names]
    else:
        found["thirds"] = pool.put(list(tercile_classes(layer).breaks))
    if "need" in modes:
        found["factor"] = indicator.factor
    found |= _said(indicator, pool)
    return {key: value for key, value in found.items() if value is not None}


def _said(indicator: MapIndicator, pool: _Pool) -> dict[str, int]:
    """Return the words of an indicator; those that are empty are left out."""
    found = {}
    for field in (
        "label", "unit", "theme", "formula", "source", "standard", "counts", "when",
    ):  # fmt: skip
        if said := getattr(indicator, field):
            found[field] = pool.words(said)
    return found


def _classes(classes: Classes, pool: _Pool) -> int:
    """Put classes as a list of what ``core.readClasses`` names."""
    return pool.put(
        [
            classes.method,
            classes.digits,
            [_plain(b, classes.digits) for b in classes.breaks],
            _plain(classes.low, classes.digits),
            _plain(classes.high, classes.digits),
            pool.fills(classes.colours),
        ]
    )


def _cells(cells: Cells, digits: int, pool: _Pool) -> dict[str, Any]:
    found: dict[str, Any] = {"values": _row(cells.values, digits)}
    if cells.province is not None:
        found["province"] = _plain(cells.province, digits)
    # Where all are there, or none is, the values say so themselves.
    if set(cells.status) not in ({OK}, {MISSING}):
        found["status"] = pool.letters(cells.status)
    if any(d is not None for d in cells.denominators):
        found["top"] = pool.put(_row(cells.numerators, 2))
        found["bottom"] = pool.put(_row(cells.denominators, 2))
    return found


def _row(values: Sequence[float | None], digits: int) -> str:
    return encode_row([_plain(value, digits) for value in values])


def _needs(needs: Needs, pool: _Pool) -> dict[str, Any]:
    return {
        "score": _row(needs.percent, SCORE_DIGITS),
        "rank": _row(needs.rank, 0),
        "low": _row(needs.rank_low, 0),
        "high": _row(needs.rank_high, 0),
        "services": [_service(service, pool) for service in needs.services],
    }


def _service(service: Service, pool: _Pool) -> dict[str, Any]:
    return {
        "label": pool.words(service.label),
        "action": pool.words(service.action),
        "most": service.at_most,
        "part": _row(service.part, 4),
        "standard": pool.words(service.standard),
        "need": _row(service.need, 2),
        "supply": _row(service.supply, 2),
        "gap": _row(service.gap, 2),
        "surplus": _row(service.surplus, 2),
        "status": pool.letters(service.status),
    }


def _points(kind: PointKind, pool: _Pool) -> dict[str, Any]:
    """One kind; coordinates as differences, regions as runs (region, how many)."""
    # Points stand by region and name, so most differences are small.
    steps: list[int] = []
    before = (0, 0)
    for lon, lat in zip(kind.longitudes, kind.latitudes, strict=True):
        here = (round(lon * PER_DEGREE), round(lat * PER_DEGREE))
        steps += [here[0] - before[0], here[1] - before[1]]
        before = here
    sign = kind.sign
    found = {
        "kind": sign.kind,
        "label": pool.words({"id": sign.id, "en": sign.en}),
        "shape": sign.shape,
        "colour": sign.colour,
        "letter": sign.letter,
        "at": encode_numbers(steps),
        "per_degree": PER_DEGREE,
        "regions": encode_runs(kind.regions),
        "names": "\n".join(encode_names(kind.names)),
        "odd": {
            placement: encode_numbers(_gaps(kind.placement, placement))
            for placement in sorted(set(kind.placement) - {PLACED})
        },
    }
    if kind.nested:
        found["nested"] = list(map(encode_runs, kind.nested))
    return found


def _gaps(placement: Sequence[str], wanted: str) -> list[int]:
    """Return where ``wanted`` stands, each as the distance from the one before."""
    at = [i for i, found in enumerate(placement) if found == wanted]
    return list(map(sub, at, [0, *at]))


def _plain(value: float | None, digits: int) -> float | int | None:
    """Return a number without float noise; whole ones as whole numbers."""
    known = as_float(value)
    if known is None:
        return None
    number = round(known, digits)
    return int(number) if number.is_integer() else number
