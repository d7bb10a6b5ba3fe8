"""From a run to judgement: one index with its certainty, and what the numbers bear.

Why: a map shows differences; a meeting asks which are real, who comes first, how sure.
Each section is a sentence from a result, its picture and its table; nothing is computed
here.

In:     a :class:`kkbpk_geo.pipeline.running.Run`.
Out:    :class:`Analysis`, which ``analysis_page`` lays out and saves.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import IndicatorError, KkbpkGeoError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.marks import Marks, mark_frame
from kkbpk_geo.base.periods import format_period
from kkbpk_geo.catalogue.indicators import indicators
from kkbpk_geo.catalogue.labels import label, mark_words
from kkbpk_geo.io import Family, render_page, write_csv, write_text, writing

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.analysis import CompositeIndex
    from kkbpk_geo.pipeline.running import Run


# What an index is made of unless the user says otherwise: one per question, each with a
# direction; those the tables cannot feed are left out.
INDEX = (
    "contraceptive_use", "long_acting_share", "unmet_need", "complete_villages",
    "reporting_rate:bkb", "reporting_rate:bkr", "reporting_rate:bkl",
    "attendance:bkb", "participation:bkb", "kit_coverage:bkb", "kampung_kb_coverage",
    "villages_per_officer",
)  # fmt: skip
# Looked at one by one: each has a denominator, so that small numbers show.
RATES = ("contraceptive_use", "unmet_need", "long_acting_share", "participation:bkb")
# The first of them that the tables feed is one axis of the quadrants.
NEEDS = ("unmet_need", "stunting_risk", "target_per_group:bkb")
# The first of them is the other axis.
SERVICES = (
    "complete_villages", "facilities_per_10k_couples", "kit_coverage:bkb",
    "village_coverage:bkb", "reporting_rate:bkb", "contraceptive_use",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """One question, answered: a heading, sentences, a picture, a table."""

    key: str
    heading: str
    sentences: tuple[str, ...]
    result: Any

    @property
    def table(self) -> pd.DataFrame:
        """The result's main frame."""
        frame: pd.DataFrame = self.result.table
        return frame


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class Analysis:
    """Everything one analysis found, in the order in which a meeting asks.

    Attributes
    ----------
    sections : tuple of Section
    skipped : tuple of str
        Questions these tables cannot answer, with the reason.
    place, period : str
    language : {"id", "en"}
    marks : Marks
        Those of the run.
    """

    sections: tuple[Section, ...]
    skipped: tuple[str, ...]
    place: str
    period: str
    language: Language
    marks: Marks

    @property
    def sample(self) -> bool:
        """Whether it is about sample data."""
        return self.marks.sample

    @property
    def table(self) -> pd.DataFrame:
        """The main frame: that of the first section."""
        return self.sections[0].table

    def summary(self, language: Language | None = None) -> str:
        """Say what every section says, in one text; words are those of the run."""
        del language  # sentences were made in the language of the run
        return "\n".join(f"{s.heading}: {s.sentences[0]}" for s in self.sections)

    def __repr__(self) -> str:
        return f"<Analysis: {len(self.sections)} sections, {self.place} {self.period}>"

    def _repr_html_(self) -> str:

        return page(self)


def make_index(run: Run, *, keys: tuple[str, ...] = ()) -> CompositeIndex:
    """Make the composite index of a run's newest period.

    Parameters
    ----------
    keys : tuple of str, optional
        Indicators; by default :data:`INDEX`, as far as the tables feed them and the
        regions differ.

    Raises
    ------
    IndicatorError
        If fewer than two indicators are left, or one asked for is absent.
    """
    from kkbpk_geo.analysis import composite_index, wide_indicators

    wide = wide_indicators(run.indicators)
    absent = [k for k in keys if k not in wide.columns]
    if absent:
        msg = f"the index needs {absent}, which these tables cannot feed."
        raise IndicatorError(msg)
    # What is the same everywhere ranks nobody, and has no spread to be scaled by.
    chosen = list(keys) or [
        k for k in INDEX if k in wide.columns and wide[k].nunique() > 1
    ]
    if len(chosen) < 2:  # noqa: PLR2004
        msg = (
            f"an index needs two indicators; these tables feed {chosen or 'none'} of "
            f"the default ones ({', '.join(INDEX)}). Name others with --indicator."
        )
        raise IndicatorError(msg)
    made = composite_index(wide[chosen])
    mark_frame(made.table, run.marks)
    return made


def analyse(run: Run, *, keys: tuple[str, ...] = ()) -> Analysis:
    """Ask a run every question of floor 7 that its tables can answer.

    Parameters
    ----------
    run : Run
    keys : tuple of str, optional
        Rates to look at one by one; by default :data:`RATES`.

    Returns
    -------
    Analysis
        A question that cannot be answered is in ``skipped`` with its reason.
    """
    sections: list[Section] = []
    skipped: list[str] = []
    for heading, key, ask in _questions(run, keys or RATES):
        try:
            result, more = ask()
        except KkbpkGeoError as err:
            # A question that these tables cannot answer is said, and the others go on.
            skipped.append(f"{heading}: {err}")
            continue
        said = (result.summary(run.project.language), *more)
        sections.append(Section(key, heading, said, result))
    if not sections:
        msg = "these tables answer none of the questions: " + " ".join(skipped)
        raise IndicatorError(msg)
    language = run.project.language
    return Analysis(
        sections=tuple(sections),
        skipped=tuple(skipped),
        place=run.joined.province_name,
        period=format_period(run.joined.periods[-1], language),
        language=language,
        marks=run.marks,
    )


Question = Callable[[], tuple[Any, tuple[str, ...]]]


def _questions(run: Run, keys: tuple[str, ...]) -> Iterator[tuple[str, str, Question]]:
    """Yield heading, key and question, in order."""
    language = run.project.language

    def title(what: str, key: str = "") -> str:
        name = indicators()[key].name(language) if key else ""
        return label(f"analysis_{what}", language).format(name=name)

    yield title("index"), "index", lambda: _index(run)
    yield title("quadrants"), "quadrants", lambda: (_quadrants(run), ())
    present = set(run.indicators["indicator"])
    asked = {"funnel": _funnel, "inequality": _inequality, "clusters": _clusters}
    for key in keys:
        if key in present:
            for what, ask in asked.items():
                name = f"{what}-{key.replace(':', '-')}"
                yield title(what, key), name, partial(ask, run, key)
    if len(run.joined.periods) > 1:
        yield title("change"), "change", lambda: (_change(run), ())


def _index(run: Run) -> tuple[Any, tuple[str, ...]]:
    index = make_index(run)
    language = run.project.language
    # The first three are explained: they are whom a meeting asks about.
    first = index.table["rank"].dropna().sort_values(kind="stable").index[:3]
    return index, tuple(index.explain(str(code), language) for code in first)


def _quadrants(run: Run) -> Any:  # noqa: ANN401
    from kkbpk_geo.analysis import classify_quadrants, wide_indicators

    wide = wide_indicators(run.indicators)
    need = next((key for key in NEEDS if key in wide.columns), None)
    service = next((key for key in SERVICES if key in wide.columns), None)
    if need is None or service is None:
        msg = "no indicator of need beside one of service in these tables."
        raise IndicatorError(msg)
    return classify_quadrants(wide, need=need, service=service)


def _rate(run: Run, key: str) -> pd.DataFrame:
    table = run.indicators
    newest = table["period"].eq(run.joined.periods[-1])
    # The province is the sum of the others, and no case beside them.
    own = table["region_code"].ne(run.joined.province_code)
    rows = table[newest & own & table["indicator"].eq(key)]
    return rows.set_index("region_code")


def _funnel(run: Run, key: str) -> tuple[Any, tuple[str, ...]]:
    from kkbpk_geo.analysis import judge_rates, smooth_rates

    rows = _rate(run, key)
    direction = indicators()[key].direction
    funnel = judge_rates(rows["numerator"], rows["denominator"], direction=direction)
    # The same counts again: what the rates are once small numbers are taken in.
    smooth = smooth_rates(rows["numerator"], rows["denominator"], binomial=True)
    return funnel, (smooth.summary(run.project.language),)


def _inequality(run: Run, key: str) -> tuple[Any, tuple[str, ...]]:
    from kkbpk_geo.analysis import measure_inequality

    rows = _rate(run, key)
    direction = indicators()[key].direction
    result = measure_inequality(
        rows["value"],
        rows["denominator"],
        # An indicator without a direction is measured as if more were better.
        direction="worse" if direction == "worse" else "better",
    )
    return result, ()


def _clusters(run: Run, key: str) -> tuple[Any, tuple[str, ...]]:
    from kkbpk_geo.analysis import find_clusters
    from kkbpk_geo.regions import neighbours

    if "geometry" not in run.boundaries:
        raise IndicatorError(label("analysis_no_outlines", run.project.language))
    return find_clusters(_rate(run, key)["value"], neighbours(run.boundaries)), ()


def _change(run: Run) -> Any:  # noqa: ANN401
    from kkbpk_geo.analysis import compare_periods

    return compare_periods(run.indicators)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A section as its template takes it; ``picture`` is a PNG in base64."""

    key: str
    heading: str
    sentences: tuple[str, ...]
    picture: str


_STAMP: dict[str, Any] = {"color": "#b3261e", "fontsize": 10, "fontweight": "bold"}


def page(analysis: Analysis, family: Family | None = None) -> str:
    """Lay an analysis out as one HTML page: sentence, picture, in order."""

    def said(language: Language) -> dict[str, object]:
        title = label("analysis_title", language)
        return {
            "title": title.format(place=analysis.place, period=analysis.period),
            "sections": [_shown(section, analysis) for section in analysis.sections],
            "skipped": analysis.skipped,
            "skipped_heading": label("analysis_skipped", language),
        }

    return render_page(
        "analysis", said, language=analysis.language, marks=analysis.marks,
        family=family,
    )  # fmt: skip


def write_analysis(analysis: Analysis, folder: str | Path) -> list[Path]:
    """Write the page, and each section's table as CSV.

    Raises
    ------
    ProjectError
        If the folder cannot be written to.
    """
    target = Path(folder)
    with writing(target):
        files = [write_text(target / "analisis.html", page(analysis))]
        for section in analysis.sections:
            path = target / f"analisis-{section.key}.csv"
            table = _flat(section.table)
            marks = analysis.marks
            files.append(write_csv(table, path, analysis.language, marks=marks))
    return files


def write_index(index: Any, folder: str | Path, language: Any = "id") -> list[Path]:  # noqa: ANN401
    """Write an index as ``indeks.csv`` and ``indeks.png``."""
    from kkbpk_geo.maps import save_figure

    target = Path(folder)
    marks = Marks.of(index.table)
    table, figure = _flat(index.table), index.picture(language)
    if words := mark_words(marks, language):
        # In the corner that the titles of our pictures, on the left, leave free.
        figure.text(0.995, 0.995, words, ha="right", va="top", **_STAMP)
    with writing(target):
        return [
            write_csv(table, target / "indeks.csv", language, marks=marks),
            save_figure(figure, target / "indeks.png"),
        ]


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    # A code that is the index would be lost in a CSV.
    named = [name for name in table.index.names if name and name not in table.columns]
    return table.reset_index() if named else table


def _shown(section: Section, analysis: Analysis) -> _Shown:
    picture = _picture(section, analysis)
    return _Shown(section.key, section.heading, section.sentences, picture)


def _picture(section: Section, analysis: Analysis) -> str:
    from PIL import Image

    from kkbpk_geo.maps import figure_bytes

    figure = section.result.picture(language=analysis.language)
    drawn = Image.open(io.BytesIO(figure_bytes(figure, ".png")))
    buffer = io.BytesIO()  # a palette makes a page a quarter as large
    drawn.convert("RGB").quantize(128).save(buffer, "PNG", optimize=True)
    return base64.b64encode(buffer.getvalue()).decode()
