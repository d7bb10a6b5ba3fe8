"""What was built, held against what is known: official areas, register, shipped layer.

In:     built units. Out: :class:`BuiltBoundaries`: frames that add up, and a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.crs import GEOGRAPHIC
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.marks import UNMARKED, Marks
from kkbpk_geo.base.results import Result
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions.building.cleaning import gap_width
from kkbpk_geo.regions.building.fitting import METRES_PER_DEGREE, join_up
from kkbpk_geo.regions.building.ground import named_hole
from kkbpk_geo.regions.building.recipe import Built
from kkbpk_geo.regions.building.rules import Rules
from kkbpk_geo.regions.codes import LEVELS, Level, depth_of, parent_of, province_part
from kkbpk_geo.regions.register import Region, has_region, region, regions_of
from kkbpk_geo.regions.shipped import shipped_districts

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    import pandas as pd

_KABKOTA = len("18.10")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BuiltBoundaries(Result):
    """Outlines of every level of a region, built from those of its finest regions.

    Attributes
    ----------
    region : Region
        What was built: Indonesia or a province.
    units : GeoSeries, EPSG:4326
        The finest outlines that are kept, by dotted code; levels above are joined from
        them.
    areas : Series, km²
        Of the units before they were simplified.
    table : DataFrame
        A row per kabupaten or kota: ``name``, ``official_km2`` (missing where the
        register has none), ``built_km2``, ``difference`` (per cent of the official
        area), ``overlap`` (with the shipped outline: shared ground by ground of either,
        0 to 1), ``kecamatan`` and ``villages`` (with an outline).
    missing : DataFrame
        Regions of the register without an outline: ``level``, ``name``, ``why`` (a key
        ``built_why_<why>`` of the labels), by code.
    unknown : DataFrame
        Outlines whose code the register does not have: ``level``, ``name``, by code.
    changes : DataFrame
        What was changed: ``what`` (``built_change_<what>``), ``code``, ``name``,
        ``before_km2``, ``after_km2``.
    ground : DataFrame
        Holes given by a rule, or left: ``what``, ``code``, ``lat``, ``lon``, ``km2``,
        ``id``, ``en``, ``source``.
    rows : DataFrame
        How the rows of each province were used; they add up.
    unused : DataFrame
        Rows that gave no outline of their own: ``what``, ``code``, ``name``, ``where``.
    levels : mapping level -> number of regions
    gap_m : int
        Cracks up to so many metres were closed.
    crumbs : int, float
        Small parts of kecamatan beside another one, and their km².
    names : mapping code -> name as the source has it
    provenance : mapping
    """

    region: Region
    units: gpd.GeoSeries
    areas: pd.Series[float]
    table: pd.DataFrame
    missing: pd.DataFrame
    unknown: pd.DataFrame
    changes: pd.DataFrame
    ground: pd.DataFrame
    rows: pd.DataFrame
    unused: pd.DataFrame
    levels: Mapping[Level, int]
    gap_m: int
    crumbs: tuple[int, float]
    names: Mapping[str, str]
    provenance: Mapping[str, Any]
    marks: Marks = UNMARKED

    def summary(self, language: Language = "id") -> str:
        """Say what was built, how well it meets official areas, and what is lacking."""
        counts = [
            f"{format_number(n, 0, language)} {label(f'built_level_{level}', language)}"
            for level, n in self.levels.items()
        ]
        told = [
            label("built_summary", language).format(
                place=self.region.name, counts=", ".join(counts)
            )
        ]
        off = self.table["difference"].abs().dropna()
        if len(off):
            worst = str(off.idxmax())
            told.append(
                label("built_summary_area", language).format(
                    n=format_number(len(off), 0, language),
                    median=format_number(float(off.median()), 2, language),
                    most=format_number(float(off.max()), 2, language),
                    worst=self.table.loc[worst, "name"],
                )
            )
        key = "built_summary_missing" if len(self.missing) else "built_summary_whole"
        n = format_number(len(self.missing), 0, language)
        told.append(label(key, language).format(n=n))
        return " ".join(told)


def judge(
    built: Built,
    place: Region,
    level: Level,
    *,
    rules: Rules,
    provenance: Mapping[str, Any],
) -> BuiltBoundaries:
    """Hold what was built against the register and the shipped outlines.

    Parameters
    ----------
    built : Built
    place : Region
    level : level of the source's own outlines
    rules : Rules
    provenance : mapping
    """
    import geopandas as gpd
    import pandas as pd

    codes = list(built.codes)
    counts: dict[Level, int] = {x: len(held) for x, held in built.levels.items()}
    missing, unknown = _against_register(built, place, level, rules)
    units = gpd.GeoSeries(list(built.polygons), index=codes, crs=GEOGRAPHIC)
    units.index.name = "region_code"
    return BuiltBoundaries(
        region=place,
        units=units,
        areas=pd.Series(built.areas, index=units.index, name="area_km2"),
        table=_districts(built, level),
        missing=missing,
        unknown=unknown,
        changes=_changes(built),
        ground=_ground(built, rules),
        rows=pd.DataFrame(list(map(asdict, built.counts))),
        unused=_unused(built),
        levels=MappingProxyType(counts),
        gap_m=int(round(gap_width(level) * METRES_PER_DEGREE, -1)),
        crumbs=built.crumbs,
        names=MappingProxyType(dict(built.names)),
        provenance=MappingProxyType(dict(provenance)),
    )


def _unused(built: Built) -> pd.DataFrame:
    rows = [(x.what, x.code, x.name, x.where) for x in built.faults]
    return _frame(rows, ("what", "code", "name", "where"))


def _frame(rows: Sequence[tuple[Any, ...]], columns: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(rows), columns=list(columns))


def _districts(built: Built, level: Level) -> pd.DataFrame:
    import pandas as pd

    polygons, codes = join_up(built.polygons, built.codes, "kabkota")
    areas = pd.Series(built.areas).groupby([c[:_KABKOTA] for c in built.codes]).sum()
    units = [region(code) for code in codes]
    official = pd.Series([unit.area_km2 for unit in units], codes, dtype=float)
    outlined = pd.Series(built.outlined, dtype=str)
    within = outlined.str[:_KABKOTA]
    below = {
        "kecamatan": outlined.str[: len("18.10.01")].groupby(within).nunique(),
        "villages": outlined.groupby(within).nunique(),
    }
    if level == "kabkota":
        below = {}
    if level == "kecamatan":
        del below["villages"]
    table = pd.DataFrame(
        {
            "name": [unit.name for unit in units],
            "official_km2": official,
            "built_km2": areas,
            "difference": 100 * (areas / official - 1),
            "overlap": _overlaps(polygons, codes),
            **below,
        },
        index=pd.Index(codes, name="region_code"),
    )
    return table


def _overlaps(polygons: np.ndarray, codes: Sequence[str]) -> pd.Series[float]:
    """Return the ground shared with the shipped outline by the ground of either."""
    import numpy as np
    import pandas as pd
    import shapely

    known: dict[str, Any] = {}
    for province in sorted(set(map(province_part, codes))):
        frame = shipped_districts(region(province))
        known |= dict(zip(map(str, frame.index), frame.geometry, strict=True))
    shipped = np.array([known.get(code) for code in codes], dtype=object)
    shared = shapely.area(shapely.intersection(polygons, shipped))
    either = shapely.area(polygons) + shapely.area(shipped) - shared
    return pd.Series(shared / either, index=list(codes))


def _against_register(
    built: Built, place: Region, level: Level, rules: Rules
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return regions without outline, and outlines without region."""
    why = _reasons(built, rules)
    provinces = [count.province for count in built.counts]
    # Of all of Indonesia a source may lack whole provinces.
    lacking = {unit.code for unit in regions_of("provinsi", place.code)}
    missing = [
        ("provinsi", code, region(code).name, "absent")
        for code in sorted(lacking - set(provinces))
    ]
    unknown: list[tuple[str, ...]] = []
    for tier in LEVELS[depth_of("kabkota") : depth_of(level) + 1]:
        size = depth_of(tier) + 1
        there = {".".join(code.split(".")[:size]) for code in built.outlined}
        names = {x.code: x.name for code in provinces for x in regions_of(tier, code)}
        for code in sorted(names.keys() - there):
            missing.append((tier, code, names[code], why.get(code, "absent")))
        for code in sorted(there - names.keys()):
            unknown.append((tier, code, built.names.get(code, "")))
    return (
        _frame(missing, ("level", "code", "name", "why")).set_index("code"),
        _frame(unknown, ("level", "code", "name")).set_index("code"),
    )


def _reasons(built: Built, rules: Rules) -> dict[str, str]:
    """Return why regions have no outline, by code, as far as that is known."""
    bare = ("empty", "unreadable", "too_few_points")
    why = dict.fromkeys(rules.without, "known")
    why |= {each.code: "empty" for each in built.faults if each.what in bare}
    why |= {each.code: each.what for each in built.changes if not each.after_km2}
    return why


def _changes(built: Built) -> pd.DataFrame:
    rows = [
        (x.what, x.code, _name(x.code, built), x.before_km2, x.after_km2)
        for x in built.changes
    ]
    return _frame(rows, ("what", "code", "name", "before_km2", "after_km2"))


def _name(code: str, built: Built) -> str:
    return region(code).name if has_region(code) else built.names.get(code, code)


def _ground(built: Built, rules: Rules) -> pd.DataFrame:
    columns = ("what", "code", "lat", "lon", "km2", "id", "en", "source")
    return _frame([*_given(built), *_left(built, rules)], columns)


def _given(built: Built) -> Iterator[tuple[Any, ...]]:
    for given in built.given:
        rule = given.rule
        what = "given" if given.code else "not_given"
        # What a rule could not give has the size that it expected.
        km2 = given.km2 or rule.km2
        code = given.code or parent_of(getattr(rule, "code", ""))
        yield what, code, rule.lat, rule.lon, km2, rule.id, rule.en, rule.source


def _left(built: Built, rules: Rules) -> Iterator[tuple[Any, ...]]:
    for opening in built.openings:
        rule = named_hole(opening, rules.holes)
        why = (rule.id, rule.en, rule.source) if rule else ("", "", "")
        yield "left", "", *opening.place, opening.km2, *why
