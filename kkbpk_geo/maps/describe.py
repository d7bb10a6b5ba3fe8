"""One description of a map: regions, layers, classes, points, needs, words.

Why: the page, the print and the report must not disagree; each of them is drawn from
this description and decides nothing about numbers, classes or colours.

In:     boundaries (floor 2), a table by region, optionally points and gap scores.
Out:    :class:`MapDescription`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.crs import AREAS, require_degrees, shapeless
from kkbpk_geo.base.errors import MapError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.base.missing import is_missing
from kkbpk_geo.base.results import OneLine
from kkbpk_geo.base.words import LANGUAGES, both
from kkbpk_geo.catalogue.labels import both_labels, label
from kkbpk_geo.catalogue.statuses import few_text
from kkbpk_geo.maps.choices import as_choices
from kkbpk_geo.maps.content.catalogue_words import Wanted, in_each, read_wanted
from kkbpk_geo.maps.content.layers import Layer, read_layers, without_cells
from kkbpk_geo.maps.content.needs import Gaps, Needs, need_layers, read_needs
from kkbpk_geo.maps.content.options import MapIndicator, MapOptions
from kkbpk_geo.maps.content.points import ELSEWHERE, OUTSIDE, PointKind, read_points
from kkbpk_geo.maps.content.tables import NAME, PARENT, as_frame, by_code, left_out
from kkbpk_geo.regions import area_of, place_name

if TYPE_CHECKING:
    import geopandas as gpd

_SHOWN_STRANGERS = 12  # codes that a note spells out: about two lines of it
# Embeddings, overrides and isolates of the bidirectional algorithm (UAX #9).
_TURNS = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF}


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class MapDescription(OneLine):
    """Everything a map says; no renderer adds a number to it.

    Attributes
    ----------
    boundaries : GeoDataFrame, n rows, index region_code, EPSG:4326
    layers : tuple of Layer
        In the order of the picker; the first is shown first.
    periods : tuple of str
        Oldest first; ``("",)`` where the table states none.
    points : tuple of PointKind
    needs : Needs or None
    title, subtitle, source : dict language -> str
    notes, point_notes : tuple of dict language -> str
        What a reader must know: regions not on the map; points without coordinates
        (a print has no points).
    options : MapOptions
    detail : MapDescription or None
        The level below, where ``options.detail`` gives it.
    """

    boundaries: gpd.GeoDataFrame
    layers: tuple[Layer, ...]
    periods: tuple[str, ...]
    points: tuple[PointKind, ...]
    needs: Needs | None
    title: dict[str, str]
    subtitle: dict[str, str]
    source: dict[str, str]
    notes: tuple[dict[str, str], ...]
    point_notes: tuple[dict[str, str], ...]
    options: MapOptions
    detail: MapDescription | None = None

    @property
    def levels(self) -> tuple[MapDescription, ...]:
        """The map and the levels below it, from coarse to fine."""
        return (self, *(() if self.detail is None else self.detail.levels))

    @property
    def called(self) -> str:
        """The name of the place that the map is of."""
        return _name_of(self.boundaries)

    @property
    def whole(self) -> dict[str, str]:
        """What regions are compared with: the province, or any other place by name."""
        area = area_of(self.boundaries)
        is_province = bool(area.code) and "." not in area.code
        if is_province or not area.name:
            return both_labels("map_page_province")
        return both(area.name)

    @property
    def codes(self) -> list[str]:
        """Region codes in map order."""
        return list(self.boundaries.index)

    def layer(self, key: str = "") -> Layer:
        """Return a layer by the key of its indicator; the first unless asked.

        Raises
        ------
        MapError
            If there is none; names those that exist.
        """
        for found in self.layers:
            if not key or found.indicator.key == key:
                return found
        msg = (
            f"the map has no indicator {key!r}; it has "
            f"{', '.join(x.indicator.key for x in self.layers)}."
        )
        raise MapError(msg)


def describe_map(
    boundaries: gpd.GeoDataFrame,
    table: Any,  # noqa: ANN401 (what as_frame takes)
    *,
    indicators: Wanted | None = None,
    points: Any = None,  # noqa: ANN401 (what join_points takes)
    gaps: Gaps | None = None,
    options: MapOptions | Mapping[str, Any] | None = None,
) -> MapDescription:
    """Describe a map; draw it with ``write_work_map`` or ``draw_static_map``.

    Parameters
    ----------
    boundaries : GeoDataFrame, n rows, Polygon or MultiPolygon, EPSG:4326
        As ``load_boundaries`` gives it: index ``region_code``, column ``name``.
    table : DataFrame
        Rows by code or by name (``Lampung Barat``, in the index or a column). Tidy
        (``region_code, indicator, value``, where known ``period, numerator,
        denominator, status``), or wide: one row per region (index ``region_code``),
        each column of numbers or of kinds (type ``category``) an indicator; a Series
        is one column. Other columns are drawn when ``indicators`` names them, and
        listed on the map otherwise.
    indicators : str, MapIndicator, sequence of them, or dict, optional
        Which columns, in which order, with which words; by default all. A sequence may
        be an Index or a Series of names; a dict gives words by name.
    points : DataFrame, GeoDataFrame, list of mappings, PointJoin or Intake, optional
        One row per point: ``kind, name`` and coordinates, as ``join_points`` has it.
    gaps : GapScores, optional
        What is needed per region and service; shown on district sheets and as layers.
    options : MapOptions, or dict of its fields, optional
        Title, language, classes, level below; by default an Indonesian map.

    Returns
    -------
    MapDescription

    Raises
    ------
    CrsError
        If the boundaries are not in EPSG:4326.
    MapError
        If there is nothing to draw, or the table does not fit the boundaries.

    Examples
    --------
    >>> import pandas as pd
    >>> from kkbpk_geo import load_boundaries
    >>> lampung = load_boundaries("Lampung")
    >>> table = pd.DataFrame({"air": range(15)}, index=lampung.index)
    >>> describe_map(lampung, table).layer("air").classes.labels()
    ('0 – 2', '3 – 5', '6 – 8', '9 – 11', '12 – 14')
    """
    chosen = as_choices(MapOptions, options, "options", "title='Air bersih'")
    options = _marked_options(chosen, table, gaps, points)
    wanted = read_wanted(indicators)
    _check(boundaries)
    # By code: the order of positions in every tuple and list of a map.
    frame, lacking = _drawable(boundaries.sort_index())
    attrs = boundaries.attrs
    codes = list(frame.index)
    province = area_of(boundaries).code
    called = dict(zip(codes, map(str, boundaries[NAME].reindex(codes)), strict=True))
    table = by_code(as_frame(table, list(boundaries.index)), called, province)
    layers, periods, strangers = read_layers(
        table, codes, province=province, indicators=wanted, options=options
    )
    # A caller who names the indicators knows what is left out.
    left = [] if wanted else left_out(table)
    needs = None
    if gaps is not None:
        needs = read_needs(gaps, codes)
        layers += need_layers(needs, codes, periods=periods, options=options)
    held = _held_here(attrs.get("held", {}), set(codes))
    layers = tuple(without_cells(layer, codes, held) for layer in layers)
    options = _with_edition(options, frame, held)
    detail = _describe_detail(codes, wanted, options)
    kinds, unplaced = _read_points(points, frame, detail)
    name = _name_of(boundaries)
    description = MapDescription(
        boundaries=frame,
        layers=layers,
        periods=periods,
        points=kinds,
        needs=needs,
        title=_title(name, options),
        subtitle=both(options.subtitle),
        source=both(options.source),
        notes=(
            *_shape_notes(lacking),
            *_notes(sorted({*strangers} - {*lacking.index}), left),
            *_edition_notes(frame, held),
            *_small_notes(options.limit),
            *_boundary_notes(attrs, codes),
            *_around_notes(attrs, options.context),
        ),
        point_notes=_point_notes(kinds, unplaced),
        options=options,
        detail=detail,
    )
    # An indicator to begin with that is not there is refused now, not by the page.
    description.layer(options.first)
    return description


def _name_of(boundaries: gpd.GeoDataFrame) -> str:
    # Boundaries that nobody called anything have no name in the title either.
    return area_of(boundaries).name if "province_name" in boundaries.attrs else ""


def _read_points(
    points: Any,  # noqa: ANN401 (what join_points takes)
    frame: gpd.GeoDataFrame,
    detail: MapDescription | None,
) -> tuple[tuple[PointKind, ...], int]:
    """Read the points of a map, in the regions of its levels; none where none are."""
    if points is None:
        return (), 0
    finer = () if detail is None else detail.levels
    return read_points(points, frame, [one.boundaries for one in finer])


def _boundary_notes(
    attrs: Mapping[Any, Any], codes: Sequence[str]
) -> Iterator[dict[str, str]]:
    """Yield what boundaries say about themselves, of regions that are drawn."""
    for note in attrs.get("map_notes", ()):
        about = note.get("codes")
        if about is None or set(about) & set(codes):
            yield {language: note[language] for language in LANGUAGES}


def _around_notes(
    attrs: Mapping[Any, Any], context: gpd.GeoDataFrame | None
) -> Iterator[dict[str, str]]:
    """Yield where the land around comes from, if it is of another source."""
    if context is None or not len(context):
        return
    credit = context.attrs.get("attribution")
    if credit and credit != attrs.get("attribution"):
        said = both_labels("map_note_around")
        yield {language: text.format(credit=credit) for language, text in said.items()}


def _marked_options(options: MapOptions, *made_from: object) -> MapOptions:
    """Return the options of a map that says of a sample that it is one."""
    tables = [detail.table for detail in options.below]
    if Marks.of(*made_from, *tables).sample:
        return replace(options, sample=True)
    return options


def _describe_detail(
    codes: Sequence[str],
    indicators: Sequence[MapIndicator],
    options: MapOptions,
) -> MapDescription | None:
    """Describe the level below with the same words; its regions have a parent here."""
    if not options.below:
        return None
    detail, *finer = options.below
    if PARENT not in detail.boundaries:
        msg = (
            "detail.boundaries has no column 'parent_code'; it says in which region of "
            "the map each of them lies."
        )
        raise MapError(msg)
    # A kecamatan layer under a kecamatan map has parents, but none of them here.
    parents = set(map(str, detail.boundaries[PARENT]))
    if not parents & set(codes):
        msg = (
            f"detail.boundaries: parent_code is {min(parents, default='')!r} and "
            f"others, none of them on the map, which has {codes[0]!r}. Give the level "
            "just below that of the map."
        )
        raise MapError(msg)
    present = set(map(str, detail.table.columns))
    if "indicator" in present:
        present = set(map(str, detail.table["indicator"]))
    shared = [i for i in indicators if i.key in present]
    return describe_map(
        detail.boundaries,
        detail.table,
        indicators=shared or None,
        options=replace(options, detail=finer, limit=None, first="", findings={}),
    )


def _drawable(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Part regions with a shape, under names that can be shown, from those without."""
    without = shapeless(frame)
    drawn = frame[~without].copy()
    if drawn.empty:
        msg = "boundaries has no shape for any region; a map needs at least one."
        raise MapError(msg)
    names = zip(drawn.index, drawn[NAME], strict=True)
    drawn[NAME] = [shown_name(name, str(code)) for code, name in names]
    return drawn, frame[without]


def _check(boundaries: gpd.GeoDataFrame) -> None:
    require_degrees(boundaries, "boundaries")
    if not hasattr(boundaries, "columns"):
        msg = (
            "boundaries is a GeoSeries, which has no names; expected a GeoDataFrame "
            "with the column 'name': gpd.GeoDataFrame({'name': names}, geometry=...)."
        )
        raise MapError(msg)
    if boundaries.empty:
        msg = "boundaries has no rows; a map needs at least one region."
        raise MapError(msg)
    if boundaries.index.has_duplicates:
        twice = boundaries.index[boundaries.index.duplicated()].unique().tolist()
        msg = f"boundaries has codes more than once: {twice}. Dissolve them first."
        raise MapError(msg)
    for code, shape in boundaries.geometry.items():
        if not isinstance(code, str):
            msg = (
                f"boundaries has the code {code!r}, which is no text; expected region "
                "codes such as '18.10' as the index. Call .set_index('region_code') "
                "first."
            )
            raise MapError(msg)
        if shape is not None and shape.geom_type not in AREAS and not shape.is_empty:
            msg = (
                f"boundaries: region {code} is a {shape.geom_type}; expected a Polygon "
                "or MultiPolygon."
            )
            raise MapError(msg)
    if NAME not in boundaries:
        msg = (
            "boundaries has no column 'name'; it has "
            f"{', '.join(map(str, boundaries.columns))}. Rename the column that names "
            "the regions."
        )
        raise MapError(msg)


def shown_name(name: object, code: str) -> str:
    """Return a name as it can be shown; the code where nothing is left of it.

    Invisible marks that turn or break text are taken out.
    """
    kept = []
    for character in "" if is_missing(name) else str(name):
        if unicodedata.category(character) == "Cc":
            kept.append(" ")
        elif ord(character) not in _TURNS:
            kept.append(character)
    return " ".join("".join(kept).split()) or code


def _title(province: str, options: MapOptions) -> dict[str, str]:
    given = both(options.title)

    def say(language: Language) -> str:
        usual = label("map_title", language).format(province=province).strip()
        return given[language] or usual

    return in_each(say)


def _notes(strangers: Sequence[str], left: Sequence[str]) -> tuple[dict[str, str], ...]:
    notes = []
    if left:
        notes.append(_note("map_note_columns", columns=", ".join(left)))
    if strangers:
        shown = ", ".join(strangers[:_SHOWN_STRANGERS])
        more = len(strangers) - _SHOWN_STRANGERS
        codes = shown + (f" (+{more})" if more > 0 else "")
        notes.append(_note("map_note_strangers", n=len(strangers), codes=codes))
    return tuple(notes)


def _shape_notes(lacking: gpd.GeoDataFrame) -> tuple[dict[str, str], ...]:
    """Name the regions that the boundaries have without a shape."""
    if lacking.empty:
        return ()
    rows = zip(lacking[NAME], lacking.index, strict=True)
    names = [f"{shown_name(name, code)} ({code})" for name, code in rows]
    shown = ", ".join(names[:_SHOWN_STRANGERS])
    more = len(names) - _SHOWN_STRANGERS
    tail = f" (+{more})" if more > 0 else ""
    return (_note("map_note_shapeless", n=len(names), names=shown + tail),)


def _small_notes(limit: int | None) -> tuple[dict[str, str], ...]:
    """Say whether small counts of persons are hidden, where that is known."""
    if limit is None:
        return ()
    if not limit:
        return (_note("map_note_small_off"),)
    return (_note("map_note_small", few=few_text(limit)),)


def _held_here(held: Mapping[str, str], here: Collection[str]) -> dict[str, str]:
    """Return which district holds whose land, where either of the two is drawn."""
    pairs = held.items()
    return {code: of for code, of in pairs if code in here or of in here}


def _edition_words(
    frame: gpd.GeoDataFrame, held: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """Say of each holder whose land an older layer gives it; by code of the holder."""
    words = {}
    # One of the two may lie outside of what is drawn.
    both = (*held, *held.values())
    called = {code: str(frame[NAME].get(code, place_name(code))) for code in both}
    for holder in dict.fromkeys(held.values()):
        inside = [called[code] for code, of in held.items() if of == holder]
        names = {"holder": called[holder], "inside": ", ".join(inside)}
        words[holder] = _note("map_note_edition", **names)
    return words


def _edition_notes(
    frame: gpd.GeoDataFrame, held: Mapping[str, str]
) -> tuple[dict[str, str], ...]:
    return tuple(_edition_words(frame, held).values())


def _with_edition(
    options: MapOptions, frame: gpd.GeoDataFrame, held: Mapping[str, str]
) -> MapOptions:
    """Tell the sheets of districts, too, what an older layer makes of them."""
    if not held:
        return options
    words = _edition_words(frame, held)
    found = dict(options.findings)
    for code in (*words, *held):
        if code in frame.index:
            said = words.get(code) or words[held[code]]
            found[code] = [said, *found.get(code, [])]
    return replace(options, findings=found)


def _point_notes(
    kinds: Sequence[PointKind], unplaced: int
) -> tuple[dict[str, str], ...]:
    notes = []
    if unplaced:
        notes.append(_note("map_note_no_coordinates", n=unplaced))
    for placement in (OUTSIDE, ELSEWHERE):
        n = sum(kind.placement.count(placement) for kind in kinds)
        if n:
            notes.append(_note(f"map_note_{placement}", n=n))
    return tuple(notes)


def _note(key: str, **values: object) -> dict[str, str]:
    return in_each(lambda language: label(key, language).format(**values))
