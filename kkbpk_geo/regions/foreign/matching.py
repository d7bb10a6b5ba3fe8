"""Which region each row of a boundary layer is.

Why: two columns witness each other. The names decide whose codes a layer carries, and
a code that contradicts its name is an error of the layer, never a join.

In:     the rows of a layer and the headings of boundary_columns.toml.
Out:    a code per row, missing for rows of other provinces and of no region.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.catalogue.reading import read_as
from kkbpk_geo.regions.codes import (
    CODE_SYSTEMS,
    LEVELS,
    CodeSystem,
    Level,
    depth_of,
    province_part,
)
from kkbpk_geo.regions.coverage import Repair
from kkbpk_geo.regions.lookup import describe
from kkbpk_geo.regions.names import fold_name, stated_kind
from kkbpk_geo.regions.readings import read_code
from kkbpk_geo.regions.register import Region, regions_of, split_off
from kkbpk_geo.regions.resolving import cell_text, resolve_regions
from kkbpk_geo.regions.siblings import left_over

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

# Whether rows, by position, lie away from the province.
Far = Callable[[list[int]], "np.ndarray"]
# Rows named in an error: enough to see what they have in common.
_SHOWN = 3


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """Codes, one per row of the layer (missing: left out), and what was left out."""

    codes: pd.Series[str]
    repairs: list[Repair]
    # Rows of other provinces, and those of them whose code and name disagree.
    elsewhere: pd.Series[bool]
    odd: list[int]


def match_rows(
    frame: pd.DataFrame,
    place: Region,
    level: Level,
    *,
    code_system: CodeSystem | None,
    file: str,
    far: Far | None = None,
) -> Matched:
    """Find the region of each row.

    Parameters
    ----------
    frame : DataFrame, n rows, index 0..n-1
        The layer's columns; geometry is not looked at.
    place : Region
        The province wanted.
    level : {"provinsi", "kabkota", "kecamatan", "desa"}
    code_system : {"kemendagri", "bps"}, optional
    file : str
        For messages.
    far : callable, optional
        Tells of rows whether they lie away from the province; asked only about rows
        that no name or code places.

    Raises
    ------
    BoundaryError
        If no column of codes or names is known, codes and names disagree, the code
        system cannot be told, or the province has no row.
    """
    import pandas as pd

    columns = _Columns(frame, level)
    elsewhere = columns.other_province(place)
    here = frame[~elsewhere]
    names = columns.names(here, place)
    by_name = list(map(_or_none, names["region_code"]))
    away = list(names["reason"] == "region_reason_other_province")
    by_code = _codes(columns, here, place, by_name, (code_system, file))
    doubts = _contradictions(by_code, by_name, away, place)
    _refuse_contradiction(doubts.own, by_code, by_name, (here, columns, file))
    for at in doubts.odd:
        by_code[at], by_name[at], away[at] = None, None, True
    codes: list[str | None] = []
    for row, code, name, gone in zip(here.index, by_code, by_name, away, strict=True):
        final = code or name
        outside = final is not None and province_part(final) != place.code
        # A code is the better witness: a name of elsewhere counts only without one.
        elsewhere[row] = outside or (gone and not code)
        codes.append(None if elsewhere[row] else final)
    found = pd.Series(codes, index=here.index, dtype=object).reindex(frame.index)
    names = names.set_axis(here.index)
    if far is not None:
        unplaced = found.index[found.isna() & ~elsewhere]
        elsewhere[unplaced] = far(list(unplaced))
    _refuse_unmatched(found, elsewhere, names, columns, (place, level, file))
    unmatched = found.isna() & ~elsewhere
    repairs = [
        Repair("left_out", "", 0.0, f"row {i + 1}: {columns.show(i)}")
        for i in frame.index[unmatched]
    ]
    if elsewhere.any():
        repairs.append(Repair("other_province", note=f"{int(elsewhere.sum())} rows"))
    return Matched(found, repairs, elsewhere, [int(here.index[i]) for i in doubts.odd])


def _or_none(code: object) -> str | None:
    return code if isinstance(code, str) else None


class _Columns:
    """The layer's columns by what they hold, chosen by heading and by fit."""

    def __init__(self, frame: pd.DataFrame, level: Level) -> None:
        self.frame, self.level = frame, level
        self.known = read_as(dict[str, tuple[str, ...]], "boundary_columns.toml", level)
        columns = [str(c) for c in frame.columns if c != "geometry"]
        self.headings = {fold_name(column): column for column in columns}

    def present(self, role: str) -> list[str]:
        """Return the columns whose heading is recorded for a role, best first."""
        keys = map(fold_name, self.known.get(role, ()))
        return [self.headings[key] for key in keys if key in self.headings]

    def texts(self, column: str, rows: pd.Index) -> list[str]:
        """Return a column's cells as text."""
        return [cell_text(cell).strip() for cell in self.frame.loc[rows, column]]

    def other_province(self, place: Region) -> pd.Series[bool]:
        """Mark rows whose province column names another province."""
        import pandas as pd

        for column in self.present("province"):
            codes = resolve_regions(self.frame[column], level="provinsi")["region_code"]
            # A column that names no province at all is none, whatever its heading.
            if codes.notna().any():
                # Under a province that was split since, the names decide.
                stated = set(codes.dropna())
                ours = [c for c in stated if place.code in split_off(str(c))]
                return codes.notna() & ~codes.isin([place.code, *ours])
        return pd.Series(data=False, index=self.frame.index)

    def names(self, rows: pd.DataFrame, place: Region) -> pd.DataFrame:
        """Resolve the name column that fits best; all unknown where there is none."""
        best, fit = None, 0
        for column in self.present("name"):
            found = self._resolve(self.texts(column, rows.index), rows, place)
            # A name that is vague, or of elsewhere, still shows a column of names.
            known = found["region_code"].notna() | (found["status"] == "ambiguous")
            known |= found["reason"] == "region_reason_other_province"
            if (fits := int(known.sum())) > fit:
                best, fit = found, fits
        if best is None:
            best = self._resolve([""] * len(rows), rows, place)
        return best

    def _resolve(
        self, texts: list[str], rows: pd.DataFrame, place: Region
    ) -> pd.DataFrame:
        texts = self._with_kind(texts, rows.index)
        parents = None
        if headings := self.present("parent"):
            above = LEVELS[depth_of(self.level) - 1]
            found = resolve_regions(rows[headings[0]], province=place.code, level=above)
            parents = list(found["region_code"])
        found = resolve_regions(
            texts,
            province=None if self.level == "provinsi" else place.code,
            level=self.level,
            within=parents,
        )
        # A layer has each region once, so that any region left over will do.
        for row, code in left_over(found).items():
            found.loc[row, "region_code"] = code
        return found

    def _with_kind(self, texts: list[str], rows: pd.Index) -> list[str]:
        """Put the kind of a kind column before a name that does not state one."""
        if not (headings := self.present("kind")):
            return texts
        kinds = [stated_kind(x) for x in self.texts(headings[0], rows)]
        both = []
        for text, kind in zip(texts, kinds, strict=True):
            first = text.partition(" ")[0].casefold().strip(".")
            plain = kind and first not in ("kota", "kab", "kabupaten")
            both.append(f"{kind} {text}" if plain else text)
        return both

    def show(self, row: int) -> str:
        """Return what names the row, for a message."""
        roles = ("name", "code", "code_bps", "code_kemendagri")
        first = [self.present(role)[:1] for role in roles]
        shown = list(chain.from_iterable(first))
        cells = [f"{c} {cell_text(self.frame.loc[row, c])!r}" for c in shown]
        return ", ".join(cells) or "no name"

    def near(self, row: int, place: Region) -> tuple[str, ...]:
        """Return what the code of a row may mean, where it has no single reading."""
        for column in self.present("code"):
            text = cell_text(self.frame.loc[row, column])
            reading = read_code(text, self.level, scope=place.code)
            if reading and reading.reason:
                return tuple(map(describe, reading.codes))
        return ()


def _listed(found: pd.DataFrame, row: int) -> tuple[str, ...]:
    suggestions: Any = found.loc[row, "suggestions"]
    return tuple(suggestions)


def _codes(
    columns: _Columns,
    rows: pd.DataFrame,
    place: Region,
    by_name: list[str | None],
    asked: tuple[CodeSystem | None, str],
) -> list[str | None]:
    """Read the code column, in the system that the heading or the names tell."""
    none: list[str | None] = [None] * len(rows)
    for column, stated in _code_columns(columns):
        texts = columns.texts(column, rows.index)
        readings = {
            system: _in_system(texts, columns.level, place, system)
            for system in CODE_SYSTEMS
        }
        if not any(map(any, readings.values())):
            continue
        system = asked[0] or stated or _tell(texts, readings, by_name)
        if system is None and not any(by_name):
            msg = (
                f"{asked[1]}: the codes of column {column!r} (such as {texts[0]!r}) "
                "mean different regions to Kemendagri and to BPS, and no name decides. "
                "Give code_system='kemendagri' or 'bps'."
            )
            raise BoundaryError(msg)
        if system is None:  # a system not held here: names decide
            return none
        return list(readings[system])
    if not any(by_name) and not columns.present("name"):
        headings = list(columns.headings.values())
        msg = (
            f"{asked[1]}: no column of codes or names of {columns.level} is known "
            f"among {headings}. Rename one to 'kode' or 'nama'."
        )
        raise BoundaryError(msg)
    return none


def _code_columns(columns: _Columns) -> Iterator[tuple[str, CodeSystem | None]]:
    """Yield the columns of codes and the system that their heading states, if any."""
    roles: tuple[tuple[str, CodeSystem | None], ...] = (
        ("code_kemendagri", "kemendagri"),
        ("code_bps", "bps"),
        ("code", None),
    )
    for role, stated in roles:
        for column in columns.present(role):
            yield column, stated


def _in_system(
    texts: Sequence[str], level: Level, place: Region, system: CodeSystem
) -> list[str | None]:
    """Read texts as codes of one system; None for what is not one certain code."""
    scope = "" if level == "provinsi" else place.code
    found: list[str | None] = []
    for text in texts:
        reading = read_code(text, level, scope=scope, system=system)
        found.append(reading.code if reading else None)
    return found


def _tell(
    texts: Sequence[str],
    readings: dict[CodeSystem, list[str | None]],
    by_name: list[str | None],
) -> CodeSystem | None:
    """Tell whose codes these are: by their dots, by agreement, or not at all."""
    filled = [text for text in texts if text]
    if filled and all("." in text for text in filled):
        return "kemendagri"
    # Where both say the same, it does not matter whose they are.
    if readings["kemendagri"] == readings["bps"]:
        return "kemendagri"
    agree = {system: _agreeing(readings[system], by_name) for system in CODE_SYSTEMS}
    if not any(agree.values()):
        return None
    return max(CODE_SYSTEMS, key=lambda system: agree[system])


def _agreeing(codes: Sequence[str | None], names: Sequence[str | None]) -> int:
    """Count the rows whose code and name are the same region."""
    pairs = zip(codes, names, strict=True)
    return sum(code is not None and code == name for code, name in pairs)


@dataclass(frozen=True, slots=True)
class _Doubts:
    """Positions of rows whose code and name disagree: of the province, of others."""

    own: list[int]
    odd: list[int]


def _contradictions(
    by_code: Sequence[str | None],
    by_name: Sequence[str | None],
    away: Sequence[bool],
    place: Region,
) -> _Doubts:
    """Find rows whose code and name disagree, and tell whose fault each is.

    Where only one of the two lies in the province, and another row is that region by
    code and name, the row is one of elsewhere with a wrong code or name.
    """
    pairs = list(zip(by_code, by_name, strict=True))
    agreed = {code for code, name in pairs if code and code == name}
    has_names = any(by_name)
    doubts = _Doubts([], [])
    for at, (code, name) in enumerate(pairs):
        # A name of elsewhere counts only in a layer whose names are of here, too.
        against = name is not None or (away[at] and has_names)
        if code is None or code == name or not against:
            continue
        claims = _inside((code, name), place)
        if len(claims) > 1 or not claims <= agreed:
            doubts.own.append(at)
        elif claims or name:
            doubts.odd.append(at)
    return doubts


def _inside(codes: Iterable[str | None], place: Region) -> set[str]:
    """Return the codes that lie in the province."""
    return {code for code in codes if code and province_part(code) == place.code}


def _refuse_contradiction(
    own: Sequence[int],
    by_code: Sequence[str | None],
    by_name: Sequence[str | None],
    where: tuple[pd.DataFrame, _Columns, str],
) -> None:
    """Refuse a layer whose rows of the province disagree with themselves."""
    rows, columns, file = where
    if not own:
        return
    wrong = []
    for i in own:
        row = rows.index[i]
        code, name = by_code[i], by_name[i]
        named = describe(name) if name else "of another province"
        wrong.append(
            f"row {row + 1} ({columns.show(row)}): code is {describe(str(code))}, "
            f"name is {named}"
        )
    msg = (
        f"{file}: code and name disagree in {len(wrong)} of {len(rows)} rows: "
        f"{'; '.join(wrong[:_SHOWN])}. Correct the layer, or give code_system=."
    )
    raise BoundaryError(msg)


def _refuse_unmatched(
    found: pd.Series[Any],
    elsewhere: pd.Series[bool],
    names: pd.DataFrame,
    columns: _Columns,
    where: tuple[Region, Level, str],
) -> None:
    """Refuse a layer without the province, or with a region under a wrong name."""
    place, level, file = where
    counts = Counter(found.dropna())
    if not counts:
        msg = (
            f"{file}: no row is a {level} of {place.name}; {int(elsewhere.sum())} of "
            f"{len(found)} rows lie in other provinces, the first row is "
            f"{columns.show(0)}. Check province= and level=."
        )
        raise BoundaryError(msg)
    inside = regions_of(level, "" if level == "provinsi" else place.code)
    absent = [u.code for u in inside if u.code not in counts and level != "provinsi"]
    unmatched = found.index[found.isna() & ~elsewhere]
    # A lake beside a full set of regions is left out; in place of one it is a fault.
    if not absent or unmatched.empty:
        return
    rows = []
    for i in unmatched[:_SHOWN]:
        near = ", ".join(_listed(names, i) or columns.near(i, place)) or "none"
        rows.append(f"row {i + 1} ({columns.show(i)}; nearest: {near})")
    msg = (
        f"{file}: {len(absent)} regions have no polygon "
        f"({', '.join(map(describe, absent[:_SHOWN]))}) while {len(unmatched)} rows "
        f"are no region of {place.name}: {'; '.join(rows)}. Correct their names or "
        "codes."
    )
    raise BoundaryError(msg)
