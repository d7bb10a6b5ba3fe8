"""From a run to judgement: one index with its certainty, and what the numbers bear.

Why: a map shows differences; a meeting asks which are real, who comes first, how sure.
Each section is a question, answered by a result in both languages; nothing is computed
here.

In:     a :class:`kkbpk_geo.pipeline.running.Run`.
Out:    :class:`Analysis`, which ``page`` lays out and saves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import EmptyDataError, IndicatorError, KkbpkGeoError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.marks import mark_frame
from kkbpk_geo.base.periods import format_period
from kkbpk_geo.base.words import LANGUAGES
from kkbpk_geo.catalogue.indicators import indicators
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.pipeline.analysing.page import Analysis
from kkbpk_geo.pipeline.analysing.sections import Said, Section

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
    language, level = run.project.language, run.project.level
    sections: list[Section] = []
    absent: dict[str, list[str]] = {each: [] for each in LANGUAGES}
    for question in _questions(run, keys or RATES):
        heads = {each: question.heading(each, level) for each in LANGUAGES}
        answer = _asked(question)
        if isinstance(answer, str):
            for each in LANGUAGES:
                absent[each].append(f"{heads[each]} {_reason(answer, each)}")
            continue
        result, say = answer
        said = {each: say(each, heads[each]) for each in LANGUAGES}
        sections.append(
            Section(question.key, result, said, language, question.indicator)
        )
    if not sections:
        msg = "these tables answer none of the questions: " + " ".join(absent[language])
        raise IndicatorError(msg)
    period = run.joined.periods[-1]
    when: dict[str, str] = {each: format_period(period, each) for each in LANGUAGES}
    skipped = {each: tuple(texts) for each, texts in absent.items()}
    return Analysis(
        sections=tuple(sections),
        absent=skipped,
        place=run.joined.province_name,
        when=when,
        language=language,
        marks=run.marks,
    )


Say = Callable[[Language, str], Said]
Answer = tuple[Any, Say]
# What a question lacks, as labels_analysis names it, instead of an answer.
Lacking = str


@dataclass(frozen=True, slots=True)
class _Question:
    """A question that is asked of a run, about one indicator or about several."""

    what: str
    ask: Callable[[], Answer | Lacking]
    indicator: str = ""

    @property
    def key(self) -> str:
        if not self.indicator:
            return self.what
        return f"{self.what}-{self.indicator.replace(':', '-')}"

    def heading(self, language: Language, level: str) -> str:
        words, name = self.what, ""
        if self.indicator:
            entry = indicators()[self.indicator]
            name = entry.name(language)
            # What lies together and matters is what needs attention.
            if self.what == "clusters" and entry.direction == "worse":
                words = "clusters_high"
        regions = label(f"analysis_regions_{level}", language)
        return label(f"analysis_{words}", language).format(name=name, regions=regions)


def _asked(question: _Question) -> Answer | Lacking:
    """Ask; a question that these tables cannot answer is told, and the others go on."""
    try:
        return question.ask()
    except EmptyDataError:
        return "regions"
    except KkbpkGeoError as err:
        return str(err)


def _reason(lacking: Lacking, language: Language) -> str:
    """Say what is lacking; of what only the analysis itself knows, in its words."""
    known = ("index", "quarters", "outlines", "regions")
    return (
        label(f"analysis_lacking_{lacking}", language) if lacking in known else lacking
    )


def _questions(run: Run, keys: tuple[str, ...]) -> Iterator[_Question]:
    """Yield the questions in the order in which a meeting asks them."""
    yield _Question("index", partial(_index, run))
    yield _Question("quadrants", partial(_quadrants, run))
    present = set(run.indicators["indicator"])
    asked = {"funnel": _funnel, "inequality": _inequality, "clusters": _clusters}
    for key in keys:
        if key in present:
            for what, ask in asked.items():
                yield _Question(what, partial(ask, run, key), key)
    if len(run.joined.periods) > 1:
        yield _Question("change", partial(_change, run))


def _plain(result: Any) -> Say:  # noqa: ANN401
    """Let a result say itself: its sentences, and its method for those who ask."""

    def say(language: Language, heading: str) -> Said:
        return Said(
            heading=heading,
            sentences=result.said(language),
            method=(result.method(language),),
        )

    return say


def _index(run: Run) -> Answer | Lacking:
    try:
        index = make_index(run)
    except IndicatorError:
        return "index"
    # The first three are explained: they are whom a meeting asks about.
    first = index.table["rank"].dropna().sort_values(kind="stable").index[:3]

    def say(language: Language, heading: str) -> Said:
        answer, sure, *rest = index.said(language)
        # The first screen of the map has another order, and asks another question.
        order = label("index_order_of", language).format(indicators=len(index.weights))
        return Said(
            heading=heading,
            sentences=(answer, f"{sure} {order}", *rest),
            points=tuple(index.explain(str(code), language) for code in first),
            method=(index.method(language),),
        )

    return index, say


def _quadrants(run: Run) -> Answer | Lacking:
    from kkbpk_geo.analysis import classify_quadrants, wide_indicators

    wide = wide_indicators(run.indicators)
    need = next((key for key in NEEDS if key in wide.columns), None)
    service = next((key for key in SERVICES if key in wide.columns), None)
    if need is None or service is None:
        return "quarters"
    found = classify_quadrants(wide, need=need, service=service)
    return found, _plain(found)


def _rate(run: Run, key: str) -> pd.DataFrame:
    table = run.indicators
    newest = table["period"].eq(run.joined.periods[-1])
    # The province is the sum of the others, and no case beside them.
    own = table["region_code"].ne(run.joined.province_code)
    rows = table[newest & own & table["indicator"].eq(key)]
    return rows.set_index("region_code")


def _funnel(run: Run, key: str) -> Answer:
    from kkbpk_geo.analysis import judge_rates, smooth_rates

    rows = _rate(run, key)
    direction = indicators()[key].direction
    funnel = judge_rates(rows["numerator"], rows["denominator"], direction=direction)
    # The same counts again: what the rates are once small numbers are taken in.
    smooth = smooth_rates(rows["numerator"], rows["denominator"], binomial=True)

    def say(language: Language, heading: str) -> Said:
        small = f"{smooth.summary(language)} {smooth.method(language)}"
        return Said(
            heading=heading,
            sentences=funnel.said(language),
            method=(funnel.method(language), small),
        )

    return funnel, say


def _inequality(run: Run, key: str) -> Answer:
    from kkbpk_geo.analysis import measure_inequality

    rows = _rate(run, key)
    entry = indicators()[key]
    result = measure_inequality(
        rows["value"],
        rows["denominator"],
        # An indicator without a direction is measured as if more were better.
        direction="worse" if entry.direction == "worse" else "better",
    )

    def say(language: Language, heading: str) -> Said:
        return Said(
            heading=heading,
            sentences=result.said(language, unit=entry.unit, digits=entry.digits),
            method=(result.method(language),),
        )

    return result, say


def _clusters(run: Run, key: str) -> Answer | Lacking:
    from kkbpk_geo.analysis import find_clusters
    from kkbpk_geo.regions import neighbours

    if "geometry" not in run.boundaries:
        return "outlines"
    found = find_clusters(
        _rate(run, key)["value"],
        neighbours(run.boundaries),
        direction=indicators()[key].direction,
    )
    return found, _plain(found)


def _change(run: Run) -> Answer:
    from kkbpk_geo.analysis import compare_periods

    found = compare_periods(run.indicators)

    def say(language: Language, heading: str) -> Said:
        # The answer and what is compared; then an indicator a line.
        told = found.said(language)
        return Said(
            heading=heading,
            sentences=told[:2],
            points=told[2:],
            method=(found.method(language),),
        )

    return found, say
