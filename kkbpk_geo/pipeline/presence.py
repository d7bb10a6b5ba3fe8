"""The presence matrix end to end: tables in, a page and a workbook out.

In:     a :class:`~kkbpk_geo.pipeline.project.Project`, or tables that were read.
Out:    :class:`~kkbpk_geo.gaps.PresenceMatrix`; ``keberadaan.html`` and
        ``keberadaan.xlsx``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.io import Family, write_text, writing

if TYPE_CHECKING:
    from kkbpk_geo.gaps import PresenceMatrix
    from kkbpk_geo.intake import Intake
    from kkbpk_geo.pipeline.project import Project

PRESENCE_FILES = ("keberadaan.html", "keberadaan.xlsx")


def find_presence(project: Project, intakes: Iterable[Intake]) -> PresenceMatrix:
    """Make the presence matrix of a project's tables, in the period that it shows.

    Raises
    ------
    EmptyDataError
        If no table tells of any village what it has.
    """
    from kkbpk_geo.gaps import presence_matrix

    tables = list(intakes)
    found = presence_matrix(
        tables,
        project.province,
        period=project.period or _stated(project, tables),
        keep=project.keep or None,
    )
    stated = Marks(sample=project.sample)
    return replace(found, marks=Marks.of(stated, found))


def _stated(project: Project, intakes: Iterable[Intake]) -> str | None:
    """Return the period said of the tables, where any is of it."""
    if project.tables_period is None:
        return None
    said = str(project.tables_period)
    for intake in intakes:
        for table in intake.tables():
            if "period" in table.data and said in set(table.data["period"].dropna()):
                return said
    return None


def write_presence(
    matrix: PresenceMatrix,
    folder: str | Path,
    language: Language = "id",
    *,
    family: Family | None = None,
) -> list[Path]:
    """Write a presence matrix as a page and as a workbook.

    Raises
    ------
    ProjectError, OutputError
        If the folder cannot be written to.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> import kkbpk_geo as kg
    >>> rows = {"KABUPATEN": "PRINGSEWU", "KECAMATAN": "GADING REJO",
    ...         "KELURAHAN": ["WONODADI", "TEGALSARI"], "JUMLAH BKB": [2, 0]}
    >>> matrix = kg.gaps.presence_matrix(kg.read_table(pd.DataFrame(rows), year=2025))
    >>> [path.name for path in write_presence(matrix, tempfile.mkdtemp())]
    ['keberadaan.html', 'keberadaan.xlsx']
    """
    from kkbpk_geo.gaps import presence_html, write_presence_workbook

    target = Path(folder)
    page, book = PRESENCE_FILES
    with writing(target):
        return [
            write_text(target / page, presence_html(matrix, language, family=family)),
            write_presence_workbook(matrix, target / book, language=language),
        ]
