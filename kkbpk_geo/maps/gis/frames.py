"""A described map as tables: a layer of each level, its points, all figures, its words.

Why: who goes on in a GIS must find the figures of the map under the map's own words:
values as they are shown, what was divided by what, and why a figure is not there.

In:     :class:`~kkbpk_geo.maps.describe.MapDescription`.
Out:    frames, each with its name and what its columns mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.base.periods import format_period
from kkbpk_geo.base.version import __version__
from kkbpk_geo.catalogue.labels import label, mark_words
from kkbpk_geo.catalogue.statuses import statuses, worded
from kkbpk_geo.maps.content.layers import Cells, Layer
from kkbpk_geo.maps.content.needs import is_of_needs
from kkbpk_geo.regions import LEVELS

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.maps.content.tables import Row
    from kkbpk_geo.maps.describe import MapDescription

POINTS, VALUES, WORDS = "titik", "nilai", "keterangan"
MARK = "catatan"  # a column: the mark of sample data goes with every row
_NUMERATOR, _DENOMINATOR, _STATUS = "_pembilang", "_penyebut", "_status"
_ABOUT = ("name", "kind", "parent_code", "area_km2")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Table:
    """One table of the file.

    Attributes
    ----------
    name : str
        Of the layer: a level (``kabkota``), ``titik``, ``nilai``, ``keterangan``.
    frame : DataFrame or GeoDataFrame
    title : str
    columns : dict column -> words
        What each column means.
    fields : dict column -> Layer
        The columns that a map is coloured by, in the order of the map.
    """

    name: str
    frame: pd.DataFrame
    title: str
    columns: dict[str, str]
    fields: dict[str, Layer] = field(default_factory=dict)


def level_tables(description: MapDescription) -> list[Table]:
    """Return a layer for the map and each level below it, at the newest period."""
    return [_level(description, each) for each in description.levels]


def points_table(description: MapDescription) -> Table | None:
    """Return facilities and groups as points; None where the map has none."""
    import geopandas as gpd

    if not description.points:
        return None
    language, codes = description.options.language, [*description.codes, ""]
    rows: dict[str, list[object]] = {
        name: [] for name in ("kind", "name", "region_code", "placement")
    }
    longitudes: list[float] = []
    latitudes: list[float] = []
    for kind in description.points:
        size = len(kind.names)
        rows["kind"] += [_one_of(kind.sign, language)] * size
        rows["name"] += kind.names
        rows["region_code"] += [codes[at] for at in kind.regions]
        rows["placement"] += [label(f"gis_{each}", language) for each in kind.placement]
        longitudes += kind.longitudes
        latitudes += kind.latitudes
    places = gpd.points_from_xy(longitudes, latitudes)
    frame = gpd.GeoDataFrame(rows, geometry=places, crs="EPSG:4326")
    columns = {name: label(f"gis_point_{name}", language) for name in rows}
    return _marked(description, POINTS, frame, columns)


def values_table(description: MapDescription) -> Table:
    """Return every figure of every level and period, a row each."""
    import pandas as pd

    language = description.options.language
    rows = [row for each in description.levels for row in _values(each, language)]
    names = (
        "level", "region_code", "name", "indicator", "indicator_name", "unit", "period",
        "value", "numerator", "denominator", "status",
    )  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(names))
    for name in ("value", "numerator", "denominator"):
        frame[name] = frame[name].astype(float)
    columns = {name: label(f"gis_value_{name}", language) for name in names}
    return _marked(description, VALUES, frame, columns)


def words_table(description: MapDescription) -> Table:
    """Return what the file is: title, sources, licence of the boundaries, notes."""
    import pandas as pd

    language = description.options.language
    attrs = description.boundaries.attrs
    said = {
        "title": description.title[language],
        "subtitle": description.subtitle[language],
        "source": description.source[language],
        "boundaries": str(attrs.get("source") or ""),
        "licence": str(attrs.get("licence") or ""),
        "attribution": str(attrs.get("attribution") or ""),
        "version": f"kkbpk_geo {__version__}",
    }
    rows = [(label(f"gis_about_{key}", language), text) for key, text in said.items()]
    notes = [note[language] for note in description.notes]
    rows += [(label("gis_about_note", language), note) for note in notes]
    frame = pd.DataFrame(rows, columns=["what", "text"])
    columns = {name: label(f"gis_words_{name}", language) for name in ("what", "text")}
    return _marked(description, WORDS, frame[frame["text"].ne("")], columns)


def marks_of(description: MapDescription) -> Marks:
    """Return the marks of what a map was made from."""
    return Marks(sample=description.options.sample)


def field_names(keys: Sequence[str]) -> dict[str, str]:
    """Return a column's name for each indicator: letters, digits and underscores.

    Examples
    --------
    >>> field_names(["reporting_rate:bkb", "reporting_rate_bkb", "2 anak"])
    {'reporting_rate:bkb': 'reporting_rate_bkb', 'reporting_rate_bkb': \
'reporting_rate_bkb_2', '2 anak': 'x2_anak'}
    """
    found: dict[str, str] = {}
    taken = {"fid", "geom", "region_code", MARK, *_ABOUT}
    for key in keys:
        plain = re.sub(r"\W+", "_", key, flags=re.ASCII).strip("_").casefold() or "x"
        # A name that begins with a digit has to be quoted in every expression.
        plain = f"x{plain}" if plain[0].isdigit() else plain
        tries = chain([plain], (f"{plain}_{n}" for n in count(2)))
        found[key] = next(name for name in tries if taken.isdisjoint(_with_own(name)))
        taken |= _with_own(found[key])
    return found


def _with_own(name: str) -> set[str]:
    """Return all columns of an indicator: its value, its parts, its state."""
    return {name, *(f"{name}{end}" for end in (_NUMERATOR, _DENOMINATOR, _STATUS))}


def _level(whole: MapDescription, description: MapDescription) -> Table:
    """Return the layer of one level: what is known of a region, then its figures."""
    import geopandas as gpd
    import pandas as pd

    language = whole.options.language
    about = [name for name in _ABOUT if name in description.boundaries]
    regions = description.boundaries[[*about, "geometry"]]
    columns = {name: label(f"gis_{name}", language) for name in ("region_code", *about)}
    names = field_names([layer.indicator.key for layer in description.layers])
    fields: dict[str, Layer] = {}
    figures: dict[str, pd.Series[Any]] = {}
    for layer in description.layers:
        name = names[layer.indicator.key]
        # Of a plan the figures may be of a period of their own.
        period, cells = list(layer.cells.items())[-1]
        fields[name] = layer
        figures |= _columns(name, cells, layer, language)
        columns |= _meanings(name, layer, period, language)
    told = pd.DataFrame(figures)
    told.index = regions.index
    frame = gpd.GeoDataFrame(
        pd.concat([regions.drop(columns="geometry"), told], axis=1),
        geometry=regions.geometry,
        crs=regions.crs,
    ).reset_index(names="region_code")
    return _marked(whole, _level_of(description), frame, columns, fields)


def _level_of(description: MapDescription) -> str:
    """Return the level of a map; of outlines that do not say it, told by a code."""
    dots = min(description.codes[0].count("."), len(LEVELS) - 1)
    return str(description.boundaries.attrs.get("level") or LEVELS[dots])


def _columns(
    name: str, cells: Cells, layer: Layer, language: Language
) -> dict[str, pd.Series[Any]]:
    """Return the columns of an indicator; what nobody told has none of its own."""
    import pandas as pd

    def numbers(row: Row) -> pd.Series[Any]:
        return pd.Series(row, dtype=float)

    found = {name: numbers(cells.values)}
    if layer.classes.names:
        names = layer.classes.labels(language)
        # A kind is its place in their order; what is of none has no word.
        called: dict[float | None, str] = dict(enumerate(names))
        kinds = [called.get(at) for at in cells.values]
        found = {name: pd.Series(kinds, dtype=object)}
    for suffix, row in (
        (_NUMERATOR, cells.numerators),
        (_DENOMINATOR, cells.denominators),
    ):
        if any(value is not None for value in row):
            found[f"{name}{suffix}"] = numbers(row)
    words = status_texts(layer, language)
    states = [words[state] for state in cells.status]
    found[f"{name}{_STATUS}"] = pd.Series(states, dtype=object)
    return found


def status_texts(layer: Layer, language: Language) -> dict[str, str]:
    """Return the words of each state of a figure."""
    return {
        name: _one_of(worded(state, layer.limit), language)
        for name, state in statuses().items()
    }


def _meanings(
    name: str, layer: Layer, period: str, language: Language
) -> dict[str, str]:
    called, unit = layer.said("label", language), layer.said("unit", language)
    when = layer.said("when", language) or format_period(period or None, language)
    head = ", ".join(filter(None, (called, unit, when)))
    formula = layer.said("formula", language)
    return {
        name: ". ".join(filter(None, (head, formula))),
        f"{name}{_NUMERATOR}": label("gis_numerator", language).format(name=called),
        f"{name}{_DENOMINATOR}": label("gis_denominator", language).format(name=called),
        f"{name}{_STATUS}": label("gis_status", language).format(name=called),
    }


def _values(
    description: MapDescription, language: Language
) -> Iterator[tuple[object, ...]]:
    codes = description.codes
    names = list(map(str, description.boundaries["name"]))
    level = _level_of(description)
    for layer in description.layers:
        words = status_texts(layer, language)
        head = (
            layer.indicator.key,
            layer.said("label", language),
            layer.said("unit", language),
        )
        told = list(layer.cells.items())
        # Gaps are counted for the newest period alone; "no data" of others is not true.
        for period, cells in told[-1:] if is_of_needs(head[0]) else told:
            states = [words[state] for state in cells.status]
            rows = zip(
                codes, names, cells.values, cells.numerators, cells.denominators,
                states, strict=True,
            )  # fmt: skip
            for code, name, *figures in rows:
                yield (level, code, name, *head, period, *figures)


def _one_of(words: object, language: Language) -> str:
    return str(getattr(words, language))


def _marked(
    description: MapDescription,
    name: str,
    frame: pd.DataFrame,
    columns: dict[str, str],
    fields: dict[str, Layer] | None = None,
) -> Table:
    """Return a table; of sample data every row says so."""
    language = description.options.language
    mark = mark_words(marks_of(description), language)
    if mark:
        frame = frame.assign(**{MARK: mark})
        columns = {**columns, MARK: mark}
    there = {key: text for key, text in columns.items() if key in frame}
    place = description.called
    title = label(f"gis_table_{name}", language).format(place=place)
    return Table(
        name=name, frame=frame, title=f"{mark}: {title}" if mark else title,
        columns=there, fields=fields or {},
    )  # fmt: skip
