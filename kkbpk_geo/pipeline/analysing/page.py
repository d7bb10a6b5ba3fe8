"""The page of an analysis in both languages, and the files that an analysis writes.

In:     an :class:`kkbpk_geo.pipeline.analysing.asking.Analysis`, the pages of the run.
Out:    one HTML page; each section's table as CSV; an index as table and picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.analysis import chart_of, chart_rule
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.base.words import both
from kkbpk_geo.catalogue.indicators import indicators
from kkbpk_geo.catalogue.labels import label, mark_words
from kkbpk_geo.io import Family, render_page, write_csv, write_text, writing

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.pipeline.analysing.asking import Analysis, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """A section as its template takes it."""

    key: str
    heading: str
    answer: str
    sentences: Sequence[str]
    points: Sequence[str]
    rule: str
    picture: Any
    folded: bool
    method_title: str
    method: Sequence[str]


_STAMP: dict[str, Any] = {"color": "#b3261e", "fontsize": 10, "fontweight": "bold"}


def page(analysis: Analysis, family: Family | None = None) -> str:
    """Lay an analysis out as one HTML page: question, answer, picture, in order.

    Parameters
    ----------
    analysis : Analysis
    family : Family, optional
        The other pages of the run.
    """

    def said(language: Language) -> dict[str, object]:
        title = label("analysis_title", language)
        place, period = analysis.place, analysis.when
        first = analysis.sections[0].said[language]
        return {
            "title": title.format(place=place, period=both(period)[language]),
            "message": first.sentences[0],
            "second": " ".join(first.sentences[1:2]),
            "contents_title": label("analysis_contents", language),
            "contents": _contents(analysis.sections, language),
            "sections": [_shown(section, language) for section in analysis.sections],
            "skipped": analysis.absent[language],
            "skipped_heading": label("analysis_skipped", language),
        }

    return render_page(
        "analysis", said, language=analysis.language, marks=analysis.marks,
        family=family,
    )  # fmt: skip


def _shown(section: Section, language: Language) -> _Shown:
    own = section.said[language]
    # Where neighbours show no pattern, its picture answers nothing by itself.
    folded = getattr(section.result, "pattern", "") == "chance"
    title = "analysis_method_picture" if folded else "analysis_method"
    table = label("analysis_table", language).format(file=_file_name(section))
    return _Shown(
        key=section.key,
        heading=own.heading,
        answer=own.sentences[0],
        sentences=own.sentences[1:],
        points=own.points,
        rule=chart_rule(
            section.what,
            section.result,
            indicator=section.indicator,
            language=language,
        ),
        picture=chart_of(
            section.what,
            section.result,
            indicator=section.indicator,
            file=_file_name(section),
            language=language,
        ),
        folded=folded,
        method_title=label(title, language),
        method=(*own.method, table),
    )


def _file_name(section: Section) -> str:
    return f"analisis-{section.key}.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Questions about one thing, as the contents list them."""

    title: str
    key: str
    links: Sequence[tuple[str, str]]


def _contents(sections: Sequence[Section], language: Language) -> list[_Group]:
    """List the questions; those about one indicator share a line."""
    groups: dict[str, list[Section]] = {}
    for section in sections:
        groups.setdefault(section.indicator or section.key, []).append(section)
    return [_group(own, language) for own in groups.values()]


def _group(own: Sequence[Section], language: Language) -> _Group:
    first = own[0]
    if not first.indicator:
        return _Group(title=first.said[language].heading, key=first.key, links=())
    links = []
    for section in own:
        links.append((section.key, label(f"analysis_short_{section.what}", language)))
    title = indicators()[first.indicator].name(language)
    return _Group(title=title, key="", links=links)


def write_analysis(
    analysis: Analysis, folder: str | Path, *, family: Family | None = None
) -> list[Path]:
    """Write the page, and each section's table as CSV.

    Parameters
    ----------
    analysis : Analysis
    folder : str or Path
    family : Family, optional
        The other pages of the run: the page then leads to them.

    Raises
    ------
    ProjectError
        If the folder cannot be written to.
    """
    target = Path(folder)
    with writing(target):
        files = [write_text(target / "analisis.html", page(analysis, family))]
        for section in analysis.sections:
            path = target / _file_name(section)
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
