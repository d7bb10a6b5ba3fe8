"""What a caller may say about a map: its indicators and its options.

In:     words and numbers. Out: frozen :class:`MapIndicator` and :class:`MapOptions`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Integral
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, get_args

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.missing import is_number
from kkbpk_geo.base.results import OneLine
from kkbpk_geo.base.words import LANGUAGES, Words
from kkbpk_geo.catalogue.indicators import Direction
from kkbpk_geo.maps.choices import (
    require_choice,
    require_mapping,
    require_switches,
    require_text,
    require_whole,
    require_words,
)
from kkbpk_geo.maps.content.classes import MOST, Method

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from kkbpk_geo.maps.content.plans import RegionPlan


Ranking = Literal["best", "largest", "priority"]
Basemap = Literal["", "osm"]
LEAST_HEIGHT = 160  # pixels: a lower map has no room for its legend
# Fields that hold words for a reader.
_SAID = ("label", "unit", "theme", "formula", "source", "standard", "counts", "when")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MapIndicator(OneLine):
    """What the page says about one column of values, and how it is classed.

    Attributes
    ----------
    key : str
        Name of the column, or of the indicator in a tidy table.
    label, unit, theme, formula, standard : str or mapping language -> str
        Words for the reader; a plain text serves both languages.
    digits : int or None
        Decimals shown; None looks at the values.
    direction : {"better", "worse", "context"}
        What a high value means.
    ranking : {"priority", "best", "largest"} or None
        What position 1 is: the most in need of attention (the lowest where higher is
        better, else the highest), the best, or the largest; by default the first where
        there is a direction, else the largest.
    source : str
        Where the numbers come from.
    standard_value : float or None
        The standard on the scale of the values, drawn as a line.
    factor : float or None
        ``value = factor * numerator / denominator``; with it and a standard, what is
        lacking can be counted.
    counts : str or mapping language -> str
        What the numerator counts ("users", "kits").
    when : str or mapping language -> str
        The time of its numbers, where it is not that of the map's periods ("2026").
    kinds : mapping value -> words
        For a column of kinds instead of numbers: every value that the table may hold,
        in order, with its words. With a ``direction`` they are steps, the last being
        "high"; without, each has a hue of its own, at most 8.
    method, k, breaks
        As in :func:`kkbpk_geo.maps.content.classes.classify`; None takes the map's
        option.

    Examples
    --------
    >>> water = MapIndicator(
    ...     key="air", label={"id": "Air bersih", "en": "Clean water"}, unit="%",
    ...     direction="better", standard_value=80.0, method="standard",
    ... )
    >>> water.label["en"], water.digits is None
    ('Clean water', True)
    """

    key: str
    label: Words = ""
    unit: Words = ""
    digits: int | None = None
    direction: Direction = "context"
    ranking: Ranking | None = None
    theme: Words = ""
    formula: Words = ""
    source: Words = ""
    standard: Words = ""
    standard_value: float | None = None
    factor: float | None = None
    counts: Words = ""
    when: Words = ""
    method: Method | None = None
    k: int | None = None
    breaks: tuple[float, ...] = ()
    kinds: Mapping[str, Words] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        """Refuse a word that is none of its choices."""
        # Columns of a frame may be called 0; everything here is looked up by text.
        object.__setattr__(self, "key", str(self.key))
        object.__setattr__(self, "breaks", _numbers("breaks", self.breaks))
        require_choice("direction", self.direction, get_args(Direction))
        if self.ranking is not None:
            require_choice("ranking", self.ranking, get_args(Ranking))
        if self.method is not None:
            require_choice("method", self.method, get_args(Method))
        require_whole("digits", self.digits, 0)
        _require_classes(self.k)
        require_words(self, _SAID)
        require_mapping("kinds", self.kinds)
        for name in ("standard_value", "factor"):
            given = getattr(self, name)
            if given is not None and not is_number(given):
                msg = f"{name} is {given!r}; expected a number, such as 80.0."
                raise MapError(msg)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class MapDetail(OneLine):
    """The level below: what ``describe_map`` takes, for kecamatan say.

    Attributes
    ----------
    boundaries : GeoDataFrame, n rows, EPSG:4326, index region_code
        With ``parent_code``, a region of the map or of the level above.
    table : DataFrame
        Tidy or wide, as for the map; the same keys mean the same indicators.
    """

    boundaries: gpd.GeoDataFrame
    table: pd.DataFrame


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class MapOptions(OneLine):
    """Choices for one map; everything has a sensible default.

    Attributes
    ----------
    title, subtitle, source : str or mapping language -> str
        Empty: made from the boundaries. ``source`` names the source of the numbers.
    language : {"id", "en"}
        The page opens in it; a reader can switch.
    sample : bool
        Mark every view with DATA CONTOH.
    first : str
        Key of the indicator shown first; empty takes the first one.
    method, k
        Classes of every indicator that does not say otherwise; ``"standard"`` parts
        the colours at its standard, and is ``"quantile"`` where there is none.
    context : GeoDataFrame or None
        Neighbouring land, drawn in grey. EPSG:4326.
    max_vertices : int
        Above it, shapes are simplified as a coverage, for drawing only.
    date : str
        When the map was made, as it is to be written, if it should say so; never the
        clock.
    assets : mapping name or address -> local file
        Scripts and styles of folium plugins, to be put into the page; pictures and
        fonts that a style names too, where they do not lie beside it.
    findings : mapping region_code -> sequence of sentences
        What is odd about the data of a region, for its sheet; each a text or a mapping
        language -> text.
    lacking : sequence of sentences
        What has not come in, for the first screen of a map with gap scores; empty: the
        needs that have no number are named. Each as in ``findings``.
    plans : mapping region_code -> RegionPlan
        What the sheet of a region shows of its work plan.
    detail : MapDetail, sequence of MapDetail, or None
        Regions of the levels below, to drill down to; several from coarse to fine
        (``[kecamatan, desa]``).
    limit : int or None
        Counts of persons from 1 to below it are hidden in the tables (``hide_small``),
        which the map says; 0: it says that none is; None says nothing.
    values : bool
        Write the value of each region under its name, on the page (where a reader can
        switch it) and on paper; of two indicators read together, both.
    basemap : {"", "osm"}
        ``"osm"`` lets the page load OpenStreetMap's tiles, and nothing else, when a
        reader switches them on; by default it loads nothing at all. OpenStreetMap
        serves pages that have a web address, so not one opened from a file.
    panel : bool
        False: the map and its legend alone, for a slide or a frame in another page;
        the address still chooses what it shows (``map.html#ind=unmet_need``).
    height : int or None
        Pixels of the map in a notebook or a ``folium.Figure``; None: 640 there, 420
        without the panel, and as high as the window in a figure.

    Examples
    --------
    >>> options = MapOptions(title="Air bersih", language="en", method="jenks", k=4)
    >>> options.sample, options.max_vertices
    (False, 12000)
    """

    title: Words = ""
    subtitle: Words = ""
    source: Words = ""
    language: Language = "id"
    sample: bool = False
    first: str = ""
    method: Method = "quantile"
    k: int | None = None
    context: gpd.GeoDataFrame | None = None
    # A page with them opens at once on an old laptop, and no corner is missed.
    max_vertices: int = 12_000
    date: str = ""
    assets: Mapping[str, str | Path] = field(
        default_factory=lambda: MappingProxyType({})
    )
    findings: Mapping[str, Sequence[Words]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    lacking: Sequence[Words] = ()
    plans: Mapping[str, RegionPlan] = field(
        default_factory=lambda: MappingProxyType({})
    )
    detail: MapDetail | Sequence[MapDetail] | None = None
    limit: int | None = None
    values: bool = False
    basemap: Basemap = ""
    panel: bool = True
    height: int | None = None

    def __post_init__(self) -> None:
        """Refuse a word that is none of its choices, and options of another kind."""
        require_words(self, ("title", "subtitle", "source"))
        require_text("date", self.date)
        require_text("first", self.first)
        require_choice("language", self.language, LANGUAGES)
        require_choice("method", self.method, get_args(Method))
        if self.basemap not in get_args(Basemap):
            msg = f"basemap is {self.basemap!r}; expected '' (none, offline) or 'osm'."
            raise MapError(msg)
        require_switches(self, ("sample", "values", "panel"))
        if self.basemap and not self.panel:
            msg = (
                f"basemap is {self.basemap!r}, and the map stands alone (panel=False, "
                "hanya_peta): the button that switches the base map on is among what "
                "is left out. Leave out one of the two."
            )
            raise MapError(msg)
        require_whole("height", self.height, LEAST_HEIGHT)
        _require_classes(self.k)
        require_whole("limit", self.limit, 0)
        require_whole("max_vertices", self.max_vertices, 1)
        for name in ("assets", "findings", "plans"):
            require_mapping(name, getattr(self, name))
        _require_details(self.detail)
        if isinstance(self.lacking, str):
            msg = f"lacking is {self.lacking!r}; expected sentences in a list."
            raise MapError(msg)
        if self.context is not None and not hasattr(self.context, "geometry"):
            msg = (
                f"context is {self.context!r}; expected a GeoDataFrame, as "
                "load_context(...) gives it."
            )
            raise MapError(msg)

    @property
    def below(self) -> tuple[MapDetail, ...]:
        """The levels below the map, from coarse to fine."""
        if isinstance(self.detail, MapDetail):
            return (self.detail,)
        return tuple(self.detail or ())


def _require_details(given: object) -> None:
    """Refuse what is no level below, and no list of them."""
    if given is None or isinstance(given, MapDetail):
        return
    if isinstance(given, Sequence) and not isinstance(given, str):
        found = [type(one).__name__ for one in given if not isinstance(one, MapDetail)]
        if not found:
            return
        what = f"a list with a {found[0]}"
    else:
        what = f"a {type(given).__name__}"
    msg = (
        f"detail is {what}; expected MapDetail(boundaries=…, table=…), or several from "
        "coarse to fine."
    )
    raise MapError(msg)


def _require_classes(k: object) -> None:
    """Refuse a number of classes that is none, or more than a reader tells apart."""
    if k is None or (isinstance(k, Integral) and 1 <= int(k) <= MOST):
        return
    msg = f"k is {k!r}; expected 1 to {MOST} classes, more cannot be told apart."
    raise MapError(msg)


def _numbers(name: str, given: Sequence[float]) -> tuple[float, ...]:
    """Return numbers, of an array too, as a tuple; refuse texts and lone numbers."""
    if hasattr(given, "__iter__") and all(map(is_number, given)):
        return tuple(map(float, given))
    msg = f"{name} is {given!r}; expected numbers in a list, such as [25.0, 50.0]."
    raise MapError(msg)
