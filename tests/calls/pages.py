"""Every table of the page: which public functions take what.

Out:    :func:`all_tables`.
"""

from __future__ import annotations

import io
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

import kkbpk_geo as kg
from calls import things
from calls.trying import Table
from kkbpk_geo.base.periods import format_period

DIRECTIONS = {"air": "better", "people": "worse"}


def all_tables() -> list[Table]:
    """Return every table, in the order of the page."""
    return [
        _tables(),
        _numbers(),
        _boundaries(),
        _points(),
        _neighbours(),
        _periods(),
        _period_columns(),
        _names(),
        _mappings(),
        _choices(),
        _words(),
        _files(),
        _several(),
        _plans(),
        _regions(),
    ]


def _by_code(values) -> dict[str, float]:
    """Return numbers by code, whatever the rows are called."""
    h = things.held()
    called = {**dict(zip(h.names, h.codes, strict=True)), **dict(enumerate(h.codes))}
    return {called.get(row, row): float(x) for row, x in dict(values).items()}


def _drawn(given, key="air") -> dict[str, float]:
    found = kg.describe_map(things.held().map, given)
    cells = found.layer(key).cells[found.periods[-1]].values
    return dict(zip(found.codes, cells, strict=True))


def _drawn_as_asked(given) -> dict[str, float]:
    found = kg.describe_map(things.held().map, given)
    layer, *_ = found.layers
    cells = layer.cells[found.periods[-1]].values
    return dict(zip(found.codes, cells, strict=True))


def _tables() -> Table:
    return Table(
        "A table of regions",
        "`draw_work_map`, `draw_static_map` and `describe_map` take the same tables; "
        "`draw_work_map(boundaries, table)` stands for the three.",
        _known(things.tables()),
        {
            "draw_work_map(…, table)": _drawn,
            "composite_index(frame)": lambda x: _by_code(
                kg.composite_index(x, directions=DIRECTIONS).table["score"]
            ),
            "classify_quadrants(frame)": lambda x: sorted(
                kg.classify_quadrants(x, need="people", service="air").table["kind"]
            ),
        },
        {("Categorical", "draw_work_map(…, table)"): "drawn as kinds"},
    )


def _numbers() -> Table:
    h = things.held()
    months = pd.DataFrame({"2025-01": h.air})
    return Table(
        "Numbers by region",
        "A list is in the order of the map, where the call knows one: by boundaries, "
        "or by neighbours. A map leaves out what is no region of it (a total, another "
        "level) and says so below itself; everything else refuses it.",
        _known(things.numbers()),
        {
            "draw_work_map(…, table)": _drawn_as_asked,
            "find_clusters(values)": lambda x: _by_code(
                kg.find_clusters(x, h.beside, permutations=99).table["z"]
            ),
            "find_clusters(population=)": lambda x: _by_code(
                kg.find_clusters(
                    h.people / 100, h.beside, population=x, permutations=99
                ).table["z"]
            ),
            "smooth_rates(events)": lambda x: _by_code(
                kg.smooth_rates(x, h.people).table["smoothed"]
            ),
            "judge_rates(events)": lambda x: _by_code(
                kg.judge_rates(x, h.people).table["z"]
            ),
            "measure_inequality(values)": lambda x: kg.measure_inequality(x, h.people)[
                "difference"
            ],
            "measure_achievement(targets=)": lambda x: _by_code(
                kg.measure_achievement(months, x).table.drop(
                    index="18", errors="ignore"
                )["achievement"]
            ),
            "apportion(weights)": lambda x: _by_code(kg.apportion(48, x).counts()),
            "mix_weights(parts)": lambda x: _by_code(kg.mix_weights({"need": x})),
        },
        {
            ("Categorical", "draw_work_map(…, table)"): "drawn as kinds",
            ("None", "find_clusters(population=)"): "left out",
        },
    )


def _boundaries() -> Table:
    h = things.held()
    spots = h.map.representative_point()
    points = pd.DataFrame({"longitude": spots.x, "latitude": spots.y})
    return Table(
        "Boundaries",
        "What a map leaves out, it names below itself.",
        things.boundaries(),
        {
            "draw_work_map(boundaries, …)": lambda x: kg.describe_map(x, h.air).codes,
            "neighbours(boundaries)": lambda x: sorted(kg.neighbours(x)),
            "join_points(boundaries, …)": lambda x: sorted(
                kg.join_points(x, points).points["region_code"]
            ),
        },
        {
            ("one empty shape", "draw_work_map(boundaries, …)"): "draws the others",
            ("one shape missing", "draw_work_map(boundaries, …)"): "draws the others",
        },
    )


def _points() -> Table:
    regions = things.held().map
    return Table(
        "Points",
        "Coordinates in degrees under any heading that the catalogue knows, or "
        "geometry in any CRS; kinds by key or in an office's words.",
        _known(things.points()),
        {
            "join_points(points)": lambda x: sorted(
                kg.join_points(regions, x).points["region_code"].dropna()
            ),
            "draw_work_map(points=)": lambda x: [
                (kind.sign.kind, len(kind.placement))
                for kind in kg.describe_map(regions, things.held().air, points=x).points
            ],
        },
    )


def _neighbours() -> Table:
    h = things.held()
    return Table(
        "Neighbours",
        "Who is next to whom.",
        _known(things.neighbours()),
        {
            "find_clusters(neighbours)": lambda x: _by_code(
                kg.find_clusters(h.air, x, permutations=99).table["neighbours"]
            ),
            "smooth_rates(neighbours=)": lambda x: _by_code(
                kg.smooth_rates(h.air, h.people, neighbours=x).table["centre"]
            ),
        },
    )


@cache
def _joined():
    rows = {
        "KABUPATEN": things.held().names * 2,
        "BULAN": ["OKTOBER"] * 5 + ["NOVEMBER"] * 5,
        "PUS": range(900, 910),
        "BKB": range(10),
    }
    read = kg.read_table(pd.DataFrame(rows), year=2025, province="Lampung")
    return read, kg.join_regions(things.held().map, read)


def _periods() -> Table:
    tidy, regions = things.tidy(), things.held().map
    read, joined = _joined()
    return Table(
        "A period",
        "Periods have one order, whatever they are written as; a date is its month.",
        things.periods(),
        {
            "wide_indicators(period=)": lambda x: _by_code(
                kg.wide_indicators(tidy, period=x)["air"]
            ),
            "compare_periods(later=)": lambda x: (
                kg.compare_periods(tidy, later=x).later
            ),
            "draw_static_map(period=)": lambda x: _title_of(tidy, x),
            "join_regions(period=)": lambda x: (
                kg.join_regions(regions, read, period=x).periods
            ),
            "score_gaps(period=)": lambda x: kg.score_gaps(joined, period=x).period,
            "joined.at(period)": lambda x: joined.at(x).sum().sum(),
            "read_table(month=)": _month_of,
        },
    )


def _month_of(month) -> list[str]:
    rows = pd.DataFrame({"KABUPATEN": ["Mesuji"], "PUS": [900]})
    return kg.read_table(rows, year=2025, month=month).data["period"].tolist()


def _title_of(tidy, period) -> str:
    from matplotlib import pyplot as plt

    figure = kg.draw_static_map(things.held().map, tidy, indicator="air", period=period)
    texts = [text.get_text() for axes in figure.axes for text in axes.texts]
    plt.close(figure)
    (found,) = [text for text in texts if "2025" in text][:1]
    return found


def _period_columns() -> Table:
    regions = things.held().map

    def described(column) -> list[str]:
        found = kg.describe_map(regions, things.tidy(column))
        return [format_period(time) for time in found.periods]

    return Table(
        "A column of periods",
        "In a tidy table: October and November 2025.",
        things.period_columns(),
        {
            "wide_indicators(tidy)": lambda x: _by_code(
                kg.wide_indicators(things.tidy(x))["air"]
            ),
            "compare_periods(table)": lambda x: kg.compare_periods(
                things.tidy(x)
            ).summary("id"),
            "draw_work_map(…, table)": described,
        },
    )


def _names() -> Table:
    h = things.held()
    _, joined = _joined()
    frame = h.frame.rename(columns={"air": "groups_per_village:bkb"})
    key = "groups_per_village:bkb"
    return Table(
        "Names of indicators",
        "One, several, or with words.",
        _known(
            {
                "list": [key],
                "one name": key,
                "tuple": (key,),
                "array": np.array([key]),
                "Index (`frame.columns`)": pd.Index([key]),
                "Series": pd.Series([key]),
                "polars Series": None if things.pl is None else things.pl.Series([key]),
                "generator": lambda: (each for each in [key]),
                "set": {key},
                "a name that is none": ["grup"],
                "a number": 5,
                "None in a list": [None],
            }
        ),
        {
            "draw_work_map(indicators=)": lambda x: [
                layer.indicator.key
                for layer in kg.describe_map(h.map, frame, indicators=x).layers
            ],
            "compute_indicators(only=)": lambda x: len(
                kg.compute_indicators(joined, only=x)
            ),
        },
    )


def _mappings() -> Table:
    h = things.held()
    shares = {"air": 0.75, "people": 0.25}
    frame = pd.Series(shares, name="share").rename_axis("name")
    column = frame.reset_index()

    def index(**more):
        return _by_code(
            kg.composite_index(h.frame, directions=DIRECTIONS, **more).table["score"]
        )

    def mixed(given):
        parts = {"air": h.air, "people": h.people}
        return kg.mix_weights(parts, shares=given).astype(float).round(9).to_dict()

    return Table(
        "A number for each name",
        "`weights`, `shares`; words for each name (`directions`, `dimensions`) too.",
        _known(
            {
                "dict": shares,
                "Series": frame,
                "frame of one column": frame.to_frame(),
                "frame of two columns": column,
                **things.foreign(column),
                "type Float64": frame.astype("Float64"),
                "numbers as text": {"air": "0.75", "people": "0.25"},
                "another name": {"air": 0.75, "orang": 0.25},
                "list": [0.75, 0.25],
                "array": np.array([0.75, 0.25]),
                "a text": "equal",
            }
        ),
        {
            "composite_index(weights=)": lambda x: index(weights=x),
            "mix_weights(shares=)": mixed,
        },
    )


def _choices() -> Table:
    h = things.held()

    def titled(given) -> str:
        return kg.describe_map(h.map, h.air, options=given).title["id"]

    def sized(given) -> list[float]:
        from matplotlib import pyplot as plt

        figure = kg.draw_static_map(h.map, h.air, indicator="air", layout=given)
        plt.close(figure)
        return figure.get_size_inches().tolist()

    def map_or_sheet(given) -> object:
        return titled(given["map"]), sized(given["sheet"])

    usual = {"map": None, "sheet": None}
    return Table(
        "Options",
        "`options=` of a map, and `layout=` of a sheet.",
        {
            "MapOptions": {**usual, "map": kg.MapOptions()},
            "PrintOptions": {**usual, "sheet": kg.PrintOptions()},
            "dict for a map": {**usual, "map": {"language": "id"}},
            "dict for a sheet": {**usual, "sheet": {"page": "A4"}},
            "dict with a wrong key": {**usual, "map": {"titel": "Air"}},
            "dict with a wrong word": {**usual, "sheet": {"page": "A9"}},
            "a text": {**usual, "sheet": "A3"},
        },
        {"draw_work_map(options=), draw_static_map(layout=)": map_or_sheet},
    )


def _words() -> Table:
    def said(more) -> str:
        return kg.MapIndicator(key="air", **more).key

    return Table(
        "Words of a choice",
        "A wrong word gets the list of the right ones.",
        {
            "direction='better'": {"direction": "better"},
            "ranking='largest'": {"ranking": "largest"},
            "breaks of an array": {"breaks": np.array([1.0, 2.0])},
            "direction='higher'": {"direction": "higher"},
            "ranking='worst'": {"ranking": "worst"},
            "method='fisher_jenks'": {"method": "fisher_jenks"},
            "k='5'": {"k": "5"},
            "digits='2'": {"digits": "2"},
            "breaks='1, 2'": {"breaks": "1, 2"},
            "kinds of a list": {"kinds": ["ya", "tidak"]},
            "label of a number": {"label": 2025},
        },
        {"MapIndicator(…)": said},
    )


@cache
def folder() -> Path:
    place = Path(tempfile.mkdtemp())
    _sheet().to_csv(place / "tabel.csv", index=False)
    kg.write_sample_plans(place)
    return place


def _sheet() -> pd.DataFrame:
    return pd.DataFrame(
        {"KABUPATEN": ["Mesuji", "Pringsewu"], "PUS": [900, 800], "BKB": [5, 6]}
    )


def _files() -> Table:
    sheet, path = _sheet(), folder() / "tabel.csv"
    data = path.read_bytes()

    def read(given):
        table = kg.read_table(given, year=2025, province="Lampung").data
        return table[["region_code", "couples", "bkb_groups"]].to_numpy().tolist()

    return Table(
        "A file or a sheet",
        "",
        _known(
            {
                "path": path,
                "path as text": str(path),
                "file opened as text": lambda: io.StringIO(data.decode()),
                "file opened in bytes": lambda: io.BytesIO(data),
                "bytes": data,
                "frame": sheet,
                **things.foreign(sheet),
                "list of dicts": sheet.to_dict("records"),
                "list of rows": [list(sheet.columns), *sheet.to_numpy().tolist()],
                "generator of rows": lambda: iter(
                    [list(sheet.columns), *sheet.to_numpy().tolist()]
                ),
                "type Int64": sheet.convert_dtypes(),
                "a dict of columns": sheet.to_dict("list"),
                "a column": sheet["PUS"],
                "an Intake": kg.read_table(sheet),
                "an empty file": lambda: io.BytesIO(b""),
                "None": None,
            }
        ),
        {"read_table(source)": read},
    )


def _several() -> Table:
    read, _ = _joined()
    regions = things.held().map
    return Table(
        "One or many",
        "",
        _known(
            {
                "list of Intake": [read],
                "one Intake": read,
                "tuple": (read,),
                "generator": lambda: (each for each in [read]),
                "a frame": _sheet(),
                "polars DataFrame": None
                if things.pl is None
                else things.pl.from_pandas(_sheet()),
                "a path": "tabel.csv",
                "None": None,
            }
        ),
        {
            "join_regions(intakes)": lambda x: (
                kg.join_regions(regions, x).values.sum().tolist()
            ),
            "findings_frame(findings)": lambda x: len(kg.findings_frame(x)),
        },
    )


def _plans() -> Table:
    path = next(folder().rglob("*rencana_provinsi*.xlsx"))
    plan = kg.read_plan(path, owner="province")
    districts = kg.read_plan(
        next(folder().rglob("*rencana_kabkota*.csv")), owner="district"
    )
    lines = plan.data.astype(object).where(plan.data.notna(), None)
    return Table(
        "A plan",
        "",
        _known(
            {
                "Plan": plan,
                "frame of its lines": plan.data,
                "list of dicts": plan.records(),
                "path of its file": path,
                "opened file": lambda: io.BytesIO(path.read_bytes()),
                "Intake": kg.read_table(path),
                "polars DataFrame": None
                if things.pl is None
                else things.pl.DataFrame(lines.to_dict("list"), strict=False),
                "a frame of something else": _sheet(),
                "None": None,
            }
        ),
        {
            "check_continuity(plan)": lambda x: len(kg.check_continuity(x).table),
            "monitor_plan(plan)": lambda x: len(kg.monitor_plan(x).table),
            "align_plans(None, province, …)": lambda x: len(
                kg.align_plans(None, x, districts).table
            ),
        },
    )


def _regions() -> Table:
    names = ["Mesuji", "KAB. TULANGBAWANG"]
    frame = pd.DataFrame({"KABUPATEN": names})
    return Table(
        "Names of regions",
        "",
        _known(
            {
                "list": names,
                "Series": frame["KABUPATEN"],
                "Index": pd.Index(names),
                "array": np.array(names),
                "Categorical": frame["KABUPATEN"].astype("category"),
                "generator": lambda: (each for each in names),
                "frame of one column": frame,
                "polars Series": None if things.pl is None else things.pl.Series(names),
                **things.foreign(frame),
                "frame of two columns": frame.assign(PUS=5),
                "dict": dict.fromkeys(names, 5),
                "one text": "Mesuji",
                "a number": 1801,
            }
        ),
        {
            "resolve_regions(values)": lambda x: kg.resolve_regions(
                x, province="Lampung"
            )["region_code"].tolist()
        },
    )


def _known(given: dict[str, object]) -> dict[str, object]:
    """Return things without those whose library is not there."""
    return {
        words: thing
        for words, thing in given.items()
        if thing is not None or words == "None"
    }
