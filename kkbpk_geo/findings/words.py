"""Findings: made with a code, worded by the catalogue, counted and folded for a reader.

Why: one wrong habit fills a thousand rows. Every row stays in the list that goes back
to the district; on a screen the same fault is said once, with how often.

In:     codes of findings.toml and where a fault is. Out: :class:`Finding`, sentences,
        frames.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, TypedDict

from kkbpk_geo.base.errors import CatalogueError, IntakeError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.catalogue.findings import SEVERITIES, FindingKind, finding_kinds
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.findings.record import Finding
from kkbpk_geo.io import mask_persons
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from typing import Unpack

    import pandas as pd

# A cell that holds a whole letter must not fill the list.
LONGEST = 120
LONGEST_LIST = 600  # what was expected may name every district of a province
# Of a province or a kabupaten/kota; anything else is a name as it was written.
_CODE = re.compile(r"\d\d(\.\d\d)?")
_DECIMAL = re.compile(r"-?\d+(\.\d+)?")
# Findings whose numbers we have computed; those of others are as they were written.
_COMPUTED = frozenset(
    [
        "printed_percent_wrong",
        "target_negative",
        "target_share",
        "total_disagrees",
        "tables_disagree",
    ]
)


class Reported(Protocol):
    """A result with findings: an intake, a plan, a comparison, a run."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is to be said."""

    @property
    def marks(self) -> Marks:
        """Whether it is about sample data."""


def findings_of(source: Iterable[Finding] | Reported) -> tuple[list[Finding], Marks]:
    """Return findings, and the marks of the result that they are of, if it is given."""
    found = getattr(source, "findings", None)  # a result may be iterable as well
    if found is not None:
        return list(found), Marks.of(source)
    several = list(source) if isinstance(source, Iterable) else [source]
    findings: list[Finding] = []
    for each in several:
        if isinstance(each, Finding):
            findings.append(each)
        elif hasattr(each, "findings"):
            findings += each.findings
        else:
            msg = (
                f"findings has a {type(each).__name__}; expected findings, or what "
                "read_table, join_regions, read_plan or align_plans gives."
            )
            raise IntakeError(msg)
    return findings, Marks.of(source, *several)


class Where(TypedDict, total=False):
    """The fields of a :class:`Finding` besides its code and severity."""

    file: str
    sheet: str
    row: int | None
    column: str
    value: object
    expected: object
    region: str
    place: str
    count: int
    candidates: tuple[str, ...]


def finding(code: str, **where: Unpack[Where]) -> Finding:
    """Make a finding; the catalogue gives its severity.

    Parameters
    ----------
    code : str
        An entry of ``findings.toml``.
    **where
        Fields of :class:`Finding`. ``value`` and ``expected`` may be anything; they
        become one line of text in which identity and telephone numbers are masked.

    Raises
    ------
    CatalogueError
        If the code is not in the catalogue; names the entry to add.
    """
    return Finding(
        code=code,
        severity=_kind(code).severity,
        file=where.get("file", ""),
        sheet=where.get("sheet", ""),
        row=where.get("row"),
        column=_line(where.get("column", "")),
        value=_line(where.get("value", "")),
        expected=_line(where.get("expected", ""), LONGEST_LIST),
        region=_line(where.get("region", "")),
        place=_line(where.get("place", "")),
        count=where.get("count", 1),
        candidates=where.get("candidates", ()),
    )


def _kind(code: str) -> FindingKind:
    try:
        return finding_kinds()[code]
    except KeyError:
        msg = f"findings.toml has no [{code}]; add it with its severity and words."
        raise CatalogueError(msg) from None


def _line(value: object, longest: int = LONGEST) -> str:
    if value == "":  # which most fields of a finding are
        return ""
    text = mask_persons(" ".join(str(value).split()))
    return text if len(text) <= longest else text[: longest - 1] + "…"


def finding_sentence(found: Finding, language: Language = "id") -> str:
    """Say what was found, without where; for tables that have columns for that."""
    template = _kind(found.code).sentence(language)
    text = filled_in(template, found, language)
    if found.count > 1 and "{count}" not in template:
        # A sentence that counts by itself needs no "and so many more".
        more = label("finding_and_more", language).format(count=found.count - 1)
        text = f"{text} ({more})"
    return text


def filled_in(template: str, found: Finding, language: Language) -> str:
    """Return a template of the catalogue with what a finding says in its braces."""
    return template.format(**_fields(found, language))


def _localised(text: str, language: Language) -> str:
    """Write a number that we computed as the language does; other text stays."""
    number, space, unit = text.partition(" ")
    if not _DECIMAL.fullmatch(number):
        return text
    digits = len(number.partition(".")[2])
    return format_number(float(number), digits, language) + space + unit


def finding_text(found: Finding, language: Language = "id") -> str:
    """Say where and what: ``data_bkb.csv, baris 12: YANG LAPOR = 5 melebihi …``."""
    places = [found.file]
    if found.sheet:
        places.append(label("finding_in_sheet", language).format(sheet=found.sheet))
    if found.row is not None:
        row = label("finding_in_row", language).format(row=found.row)
        places.append(f"{row} ({found.place})" if found.place else row)
    where = ", ".join(place for place in places if place)
    text = finding_sentence(found, language)
    return f"{where}: {text}" if where else text


def remedy_text(found: Finding, language: Language = "id") -> str:
    """Say what the owner of the file should do."""
    return filled_in(_kind(found.code).remedy(language), found, language)


def _fields(found: Finding, language: Language) -> dict[str, object]:
    value, expected = found.value, found.expected
    if found.code in _COMPUTED:
        value, expected = _localised(value, language), _localised(expected, language)
    return {
        "column": found.column or "–",
        "value": value or "–",
        "expected": expected or "–",
        "row": "–" if found.row is None else found.row,
        "count": found.count,
        "region": place_name(found.region) or "–",
        "file": found.file or "–",
        "sheet": found.sheet or found.file or "–",
    }


def fold_findings(
    findings: Iterable[Finding], *, by_region: bool = False
) -> tuple[Finding, ...]:
    """Say each fault once per file, sheet and column, with how many cells it covers.

    The first finding stands for its like and keeps its row as the example; ``count``
    is the sum, so no finding is lost from the count. Order is that of first appearance.

    Parameters
    ----------
    findings : iterable of Finding
    by_region : bool
        Keep one per kabupaten/kota instead of one for all.
    """
    first: dict[tuple[str, ...], Finding] = {}
    total: Counter[tuple[str, ...]] = Counter()
    for found in findings:
        region = found.region if by_region else ""
        key = (found.code, found.file, found.sheet, found.column, region)
        # The first seen is the example: a reader looks for it from the top.
        first.setdefault(key, found)
        total[key] += found.count
    return tuple(replace(found, count=total[key]) for key, found in first.items())


@dataclass(frozen=True, slots=True, eq=False)
class Share:
    """The findings that concern one kabupaten/kota.

    ``code`` is ``""`` for findings about a whole table, ``"?"`` for rows whose region
    is not known.
    """

    code: str
    name: str
    findings: tuple[Finding, ...]


def share_findings(
    findings: Iterable[Finding], language: Language = "id"
) -> list[Share]:
    """Split findings by kabupaten/kota: general, then by code, unknown regions last."""
    by_code: dict[str, list[Finding]] = {}
    for found in findings:
        # Who a name means is not known, so it goes to nobody's list.
        known = not found.region or _CODE.fullmatch(found.region)
        by_code.setdefault(found.region if known else "?", []).append(found)
    names = {
        "": label("feedback_general", language),
        "?": label("feedback_unplaced", language),
    }
    return [
        Share(code, names.get(code) or place_name(code), tuple(by_code[code]))
        for code in sorted(by_code, key=lambda code: (code == "?", code))
    ]


def count_severities(findings: Iterable[Finding]) -> dict[str, int]:
    """Count the findings of each severity, gravest first; absent ones are 0."""
    seen = Counter(found.severity for found in findings)
    return {severity: seen[severity] for severity in SEVERITIES}


def findings_frame(
    findings: Iterable[Finding] | Reported, language: Language = "id"
) -> pd.DataFrame:
    """Lay findings out as a table, one row each, in the order given.

    Returns
    -------
    DataFrame, index 0..n-1
        ``severity, code, file, sheet`` (text), ``row`` (Int64, missing for a whole
        table), ``column, value, expected, region, region_name, place`` (text),
        ``count`` (int64), ``finding, remedy`` (sentences in ``language``).
    """
    import pandas as pd

    columns = (
        "severity", "code", "file", "sheet", "row", "column", "value", "expected",
        "region", "region_name", "place", "count", "finding", "remedy",
    )  # fmt: skip
    rows = [
        (
            f.severity, f.code, f.file, f.sheet, f.row, f.column, f.value, f.expected,
            f.region, place_name(f.region), f.place, f.count,
            finding_sentence(f, language), remedy_text(f, language),
        )
        for f in findings_of(findings)[0]
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(columns))
    # A finding about a whole table has no row, and int64 has no missing.
    return frame.astype({"row": "Int64", "count": "int64"})
