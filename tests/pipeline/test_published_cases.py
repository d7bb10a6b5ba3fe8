"""Small inputs that were wrong in public, and what must hold of each.

They lie beside the repository where there are any (``../shared/cases``); each folder
says in ``expected.toml`` what a careful officer expects of its file.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import kkbpk_geo as kg
from kkbpk_geo.base.errors import KkbpkGeoError
from kkbpk_geo.findings.words import finding_text

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
FOUND = sorted(path.parent for path in CASES.glob("*/expected.toml"))
pytestmark = pytest.mark.skipif(
    not FOUND, reason="no ../shared/cases beside this checkout"
)
LOUD = ("error", "warning")


@dataclass
class Answer:
    """What the library makes of the files of a case."""

    findings: list[kg.Finding] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    values: pd.DataFrame | None = None

    def sentences(self, *severities: str) -> list[str]:
        told = [f for f in self.findings if not severities or f.severity in severities]
        both = [finding_text(f, "id") + finding_text(f, "en") for f in told]
        return [*both, *self.refusals]

    def says(self, words: list[str], *severities: str) -> bool:
        text = " ".join(self.sentences(*severities)).casefold()
        return any(word.casefold() in text for word in words)


def _read(case: Path, expected: dict[str, Any]) -> Answer:
    answer = Answer()
    names = expected.get("files") or [expected["file"]]
    intakes = []
    for name in names:
        try:
            intake = kg.read_table(
                case / name,
                province=expected.get("province"),
                year=expected.get("year"),
            )
        except KkbpkGeoError as error:
            answer.refusals.append(str(error))
        else:
            intakes.append(intake)
            answer.findings += intake.findings
    try:
        boundaries = kg.load_boundaries(expected["province"])
        joined = kg.join_regions(boundaries, intakes)
    except KkbpkGeoError as error:
        answer.refusals.append(str(error))
    else:
        answer.values = joined.values
        answer.findings += getattr(joined, "findings", ())
    return answer


def _figures(answer: Answer, wanted: dict[str, Any]) -> list[float]:
    """Return the figures of a place and measure in the periods that are meant."""
    column, values = wanted["column"], answer.values
    if values is None or column not in values:
        return []
    here = values[column].dropna()
    periods = here.index.get_level_values("period").astype(str)
    begins = wanted.get("period_begins", wanted.get("period", ""))
    meant = periods.str.startswith(begins)
    if "period" in wanted:
        meant = periods == wanted["period"]
    place = here.index.get_level_values("region_code") == wanted["region"]
    return [float(value) for value in here[meant & place]]


def _fault(answer: Answer, wanted: dict[str, Any]) -> str:
    """Return what is wrong with a figure, nothing where it is as expected."""
    figures = _figures(answer, wanted)
    told = answer.says([""], *LOUD) and bool(answer.sentences(*LOUD))
    said = wanted.get("or_missing_if_told_says")
    excused = (wanted.get("or_missing_if_told") and told) or (
        said and answer.says(said, *LOUD)
    )
    if not figures and excused:
        return ""
    if wanted.get("missing"):
        return f"{wanted}: found {figures}" if figures else ""
    if "is_not" in wanted:
        return f"{wanted}: found it" if wanted["is_not"] in figures else ""
    allowed = wanted.get("is_one_of", [wanted.get("is")])
    good = bool(figures) and all(figure in allowed for figure in figures)
    return "" if good else f"{wanted}: found {figures}"


def _is_told(answer: Answer, wanted: dict[str, Any]) -> bool:
    if "row" in wanted:
        return any(
            f.row == wanted["row"] and f.severity in LOUD for f in answer.findings
        )
    return answer.says(wanted["says"], *LOUD)


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case.name)
def test_a_case_from_the_public_record_holds(case):
    expected = tomllib.loads((case / "expected.toml").read_text("utf-8"))
    if "boundaries" in expected:
        layer = expected["boundaries"]
        found = kg.load_boundaries(
            layer["province"], path=case / expected["file"], level=layer["level"]
        )
        assert len(found) == layer["regions"]
        return
    answer = _read(case, expected)
    enough = expected.get("refused_is_enough")
    if enough and answer.values is None and answer.says(enough):
        return
    faults = [_fault(answer, wanted) for wanted in expected.get("value", [])]
    faults = [fault for fault in faults if fault]
    untold = [t for t in expected.get("told", []) if not _is_told(answer, t)]
    assert faults == [], answer.sentences()
    assert untold == [], answer.sentences()
    if "refused" in expected:
        assert answer.refusals
        assert answer.says(expected["refused"]["says"]), answer.refusals
    if "errors_at_most" in expected:
        errors = [f for f in answer.findings if f.severity == "error"]
        assert len(errors) <= expected["errors_at_most"], answer.sentences("error")
