"""Places of rows, where the rows of a sheet are several lines of its table.

In:     data with ``source_row`` and ``region_code``; findings about single rows.
Out:    findings with the region of their row; codes of rows that name the province.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from kkbpk_geo.io import text_column

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.findings import Finding


def place_findings(found: Iterable[Finding], data: pd.DataFrame) -> list[Finding]:
    """Give findings about single rows the region of their row."""
    sheets = data["source_sheet"].fillna("")
    columns = (sheets, data["source_row"], data["region_code"])
    rows = zip(*(column.to_numpy(dtype=object) for column in columns), strict=True)
    regions = {
        (str(sheet), int(row)): str(code)
        for sheet, row, code in rows
        if isinstance(code, str)
    }
    return [_placed(each, regions) for each in found]


def _placed(found: Finding, regions: dict[tuple[str, int], str]) -> Finding:
    if found.row is None or found.region:
        return found
    return replace(found, region=regions.get((found.sheet, found.row), ""))


def with_province(data: pd.DataFrame) -> pd.Series[str]:
    """Return region codes; a row that names the province gets the province's."""
    if "kabkota" not in data:
        return data["region_code"]
    pairs = zip(data["region_code"], data["kabkota"], strict=True)
    return text_column(_code_or_province(*pair) for pair in pairs)


def _code_or_province(code: object, name: object) -> str:
    from kkbpk_geo.regions import province_code

    if isinstance(code, str):
        return code
    return (province_code(name) or "") if isinstance(name, str) else ""
