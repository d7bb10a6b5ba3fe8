"""The files that a project names: tables by pattern, plans by owner; and its month.

In:     names and patterns as a person writes them, and the folder they count from.
Out:    paths that exist, sorted; a sentence where one does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kkbpk_geo.base.errors import ProjectError
from kkbpk_geo.base.formats import month_number


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFiles:
    """Where work plans are, and what they are read for.

    Attributes
    ----------
    province, base : Path, Path or None
        The province's plan; the one both sides last agreed on.
    districts : tuple of Path
        The districts' plans, at least one file.
    year : int or None
        Of lines that name none.
    meeting : str
        Name of the meeting, for the minutes.
    """

    province: Path
    districts: tuple[Path, ...]
    base: Path | None = None
    year: int | None = None
    meeting: str = ""

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file named."""
        base = () if self.base is None else (self.base,)
        return (self.province, *self.districts, *base)


def find_tables(
    patterns: list[str], here: Path, where: str, plans: PlanFiles | None = None
) -> tuple[Path, ...]:
    """Expand file names and patterns, sorted, each file once; plans are no tables.

    Raises
    ------
    ProjectError
        If there is no pattern, or one that matches nothing.
    """
    found = dict.fromkeys(p for one in patterns for p in _matches(one, here, where))
    if plans is not None:
        known = {p.resolve() for p in plans.paths}
        found = {p: None for p in found if p.resolve() not in known}
    if not found:
        msg = f'{where}: no tables. Name them under [masukan], e.g. tabel = ["*.csv"].'
        raise ProjectError(msg)
    return tuple(found)


def find_plans(
    province: str, districts: list[str], base: str = "", *, here: Path, where: str
) -> PlanFiles | None:
    """Find the files of plans; None where none is named.

    Raises
    ------
    ProjectError
        If a file is absent, or only one side is named.
    """
    if not (province or districts or base):
        return None
    if not (province and districts):
        lacking = "the districts" if province else "the province"
        msg = (
            f"{where}: the plan of {lacking} is not named. Comparing needs the "
            "province's and the districts' plans."
        )
        raise ProjectError(msg)
    sides = [_matches(one, here, where) for one in (province, base) if one]
    for one, found in zip((province, base), sides, strict=False):
        if len(found) > 1:
            msg = (
                f"{where}: {one!r} matches {len(found)} files; expected one plan. Name "
                "the file."
            )
            raise ProjectError(msg)
    return PlanFiles(
        province=sides[0][0],
        districts=tuple(
            dict.fromkeys(p for one in districts for p in _matches(one, here, where))
        ),
        base=sides[1][0] if base else None,
    )


def _matches(pattern: str, here: Path, where: str) -> list[Path]:
    found = (
        sorted(p for p in here.glob(pattern) if p.is_file())
        if any(ch in pattern for ch in "*?[") and not Path(pattern).is_absolute()
        else [p for p in (here / pattern,) if p.is_file()]
    )
    # Excel's own lock files are no tables.
    found = [p for p in found if not p.name.startswith("~$")]
    if not found:
        at = f"{where}: " if where else ""
        msg = f"{at}no file matches {pattern!r} in {here.resolve().name}/."
        raise ProjectError(msg)
    return found


def read_month(value: object, where: str) -> int | None:
    """Read a month by name or number; None stays None.

    Raises
    ------
    ProjectError
        If it is neither; names the place and the value.
    """
    if value is None or value == "":
        return None
    month = month_number(value)
    if month is None:
        msg = f"{where} is {value!r}; expected a month such as 'November' or 11."
        raise ProjectError(msg)
    return month
