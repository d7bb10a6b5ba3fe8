"""Each page of the family, made of one text: what the walks over all pages read.

In: a text, a language. Out: the page with that text wherever text can come in.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd
from making_villages import four, write_clone

from kkbpk_geo.base.marks import Marks
from kkbpk_geo.findings.page import findings_html
from kkbpk_geo.findings.words import finding
from kkbpk_geo.gaps import presence_html, presence_matrix
from kkbpk_geo.intake import read_table
from kkbpk_geo.pipeline.analysing.page import Analysis, page
from kkbpk_geo.pipeline.analysing.sections import Said, Section
from kkbpk_geo.pipeline.borders.building import build_boundaries
from kkbpk_geo.pipeline.borders.report import report_page
from kkbpk_geo.pipeline.family.index import (
    IndexEntry,
    IndexFile,
    IndexNumber,
    IndexSaid,
    IndexSource,
    IndexStep,
    index_html,
)
from kkbpk_geo.plan.align.alignment import align_plans
from kkbpk_geo.plan.lines.plan import make_plan
from kkbpk_geo.plan.meeting.page import meeting_html
from kkbpk_geo.plan.year.page import plan_html
from kkbpk_geo.submissions import submission_grid, submissions_html

EVIL = "<img src=x onerror=alert(1)> ${7*7} `</script>` </style> \"'"


class Drawn:
    """A result with every number that a picture of the analysis asks for."""

    direction, mean, pattern = "better", 3.0, "alike"

    def __init__(self, text):
        names = [text, f"{text} 2", f"{text} 3"]
        own = {"rank": [1, 2, 3], "rank_low": [1, 1, 3], "rank_high": [2, 2, 3]}
        near = {"z": [-1, 0, 1], "lag": [-0.5, 0.4, 0.2], "cluster": "low_low"}
        rows = {**own, **near, "score": [1.0, 5, 9], "value": [1.0, 2, 6]}
        self.table = pd.DataFrame({**rows, "population_share": 0.3}, index=names)
        self.regions = self.table
        self.text = text

    def said(self, language):
        assert language in ("id", "en")
        return (self.text,)


def findings(text, language):
    """Every text is the same; two districts, 30 rows, so that lists open on demand."""
    said = {"file": text, "sheet": text, "column": text, "value": text}
    found = [
        finding(
            "reporting_above_existing", row=row, region="18.10", expected=text, **said
        )
        for row in range(2, 62, 2)
    ]
    found.append(replace(found[0], region="18.71"))
    lost = finding("region_unknown", region=text, expected=text, **said)
    return findings_html([*found, lost], language, title=text)


def analysis(text, language):
    told = Said(heading=text, sentences=(text,) * 3, points=(text,), method=(text,))
    both = {"id": told, "en": told}
    keys = {
        "index": "",
        "inequality-unmet_need": "unmet_need",
        "clusters-x": "unmet_need",
    }
    sections = [
        Section(key, Drawn(text), both, language, indicator)
        for key, indicator in keys.items()
    ]
    return page(
        Analysis(
            sections=tuple(sections),
            absent={"id": (text,), "en": (text,)},
            place=text,
            when=text,
            language=language,
            marks=Marks(sample=True),
        )
    )


def plans(text):
    """Province, and a district that reports and one that does not."""
    line = {
        "region_code": "18.10", "activity_text": "Pembinaan kelompok BKB",
        "year": 2026, "quarter": 1, "target": 10.0, "unit": "group",
        "budget": 1_000_000, "fund": "bokb",
    }  # fmt: skip
    told = {**line, "target": 15.0, "realised": 9.0, "spent": 900_000}
    hostile = {**line, "region_code": "18.11", "activity_text": text, "quarter": None}
    kinds = ([line, hostile], [told, {**line, "quarter": 4}, hostile])
    return [make_plan(lines, province_code="18") for lines in kinds]


def meeting(text, language):
    province, districts = plans(text)
    found = align_plans(None, province, districts, language=language)
    return meeting_html(found, text, title=text)


def plan(text, language):
    return plan_html(plans(text)[1], language, title=text)


@cache
def a_province():
    with tempfile.TemporaryDirectory() as folder:
        return build_boundaries(write_clone(Path(folder), four()))


def boundaries(text, language):
    """A report whose source, names and reasons are the given text."""
    built = a_province()
    named = built.missing.head(3).assign(name=text)
    told = replace(
        built,
        region=replace(built.region, name=text),
        provenance={"source": text, "licence": text, "notes": {language: text}},
        missing=named,
        unknown=named[["level", "name"]],
    )
    return report_page(told, text, language)


def presence(text, language):
    """A village, its kecamatan, its file and the title are the text."""
    groups = ("BKB", "BKR", "BKL", "UPPKA", "PIK-R")
    rows = {
        "KABUPATEN": "PRINGSEWU", "KECAMATAN": [text, "GADING REJO"],
        "KELURAHAN": [text, "WONODADI"],
        **{f"JUMLAH {group}": [0, 2] for group in groups},
    }  # fmt: skip
    table = read_table(pd.DataFrame(rows), year=2025, province="Lampung")
    matrix = presence_matrix(replace(table, source=text), "Pringsewu")
    return presence_html(matrix, language, title=text)


def submissions(text, language):
    """Names and files are the text; of three months, each state stands somewhere."""
    months = ("MEI 2025", "JUNI 2025", "JULI 2025")
    rows = [["MESUJI", 4, month] for month in months]
    rows += [["PRINGSEWU", None, months[2]], ["PESAWARAN", 1, months[2]]]
    rows += [["PESAWARAN", 2, months[2]], [text, 3, months[2]]]
    heads = ["KABUPATEN", "JUMLAH BKB", "BULAN"]
    table = read_table(pd.DataFrame(rows, columns=heads), province="Lampung")
    lost = finding("file_unread", file=text, value=text)
    grid = submission_grid([replace(table, source=text)], [lost], province="Lampung")
    return submissions_html(grid, language)


def index(text, language):
    """Every text is the same, and every part of the page is there."""
    one = IndexFile(kind=text, href="#id", size=text)
    entry = IndexEntry(
        kind="HTML", href="#id", size=text, title=text, note=text, more=[one, one]
    )
    row = IndexSource(file=text, known_as=text, rows=text, sign="!", state=text)
    said = IndexSaid(
        title=text, message=text, second=text,
        numbers=[IndexNumber(text=text, note=text)] * 4, entries=[entry, entry],
        sources=[row, replace(row, sign="✓")], every=[row] * 3, lacking=[text],
        lacking_more=text, lacking_href="#id",
        steps=[IndexStep(before=text, link=text, href="#id", after=text)],
        start="#id",
    )  # fmt: skip
    return index_html(lambda _: said, language, marks=Marks(sample=True))


MAKERS = {
    "index": index,
    "findings": findings, "analysis": analysis, "meeting": meeting, "plan": plan,
    "boundaries": boundaries,
    "presence": presence,
    "submissions": submissions,
}  # fmt: skip
