"""Which region a cell means, or why that cannot be said.

Why: a wrong join leaves no unmatched row. So a code, an exact name or a recorded alias
decides, in this order and inside the province or parent; anything else is refused with
a reason, and likeness only suggests.

In:     names or codes, one per row. Out: a frame of the same length, one row each.
Also:   the one place that a text means, of whatever level (:func:`find_area`), and the
        register as a frame of names to join tables to (:func:`regions_frame`).
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from kkbpk_geo.base.errors import RegionError
from kkbpk_geo.base.text import as_text
from kkbpk_geo.regions.codes import (
    CODE_SYSTEMS,
    LEVELS,
    CodeSystem,
    Level,
    dotted,
    province_part,
)
from kkbpk_geo.regions.lookup import (
    Names,
    describe,
    describe_apart,
    names_of,
    split_kind,
    suggest,
)
from kkbpk_geo.regions.names import (
    decorate,
    fold_name,
    is_blank,
    is_total,
    without_mark,
)
from kkbpk_geo.regions.readings import Reading, read_code
from kkbpk_geo.regions.register import (
    NATION,
    Region,
    find_province,
    has_region,
    is_nation,
    present_code,
    province_code,
    region,
    regions_of,
    require_level,
    split_off,
)

if TYPE_CHECKING:
    import pandas as pd

_CODE_THEN_NAME = re.compile(r"\s*(?P<code>[\d.]+)\s*[-–—:)/.]?\s*(?P<name>\D.*)", re.S)
_NAME_THEN_CODE = re.compile(
    r"(?P<name>.*\D)[\s(\[]+(?P<code>[\d.]+)\s*[)\]]?\s*", re.S
)
# A kind that is written before a name says of which level the name is; a name without
# one is looked for from the widest level down.
_LEVELS_OF_KIND: Mapping[str, tuple[Level, ...]] = {
    "Kabupaten": ("kabkota",),
    "Kota": ("kabkota",),
    "Kecamatan": ("kecamatan",),
    "Desa": ("desa",),
    "Kelurahan": ("desa",),
}
# Said of a name or code that stands under the province its region has left since.
FORMER_PROVINCE = "region_reason_former_province"
# Digits from which a code beside a name is a code; fewer may be a row number.
_FULL_CODE = 4
# Names that are offered at most, whatever the number of provinces looked through.
_SUGGESTED = 3
# Places of one name that a refusal lists: Sukamaju stands in most provinces.
_SEVERAL_SHOWN = 5
# Each is compared with every name: a file of nothing but faults must not hang.
_SUGGESTED_VALUES = 2_000


class Answer(NamedTuple):
    """What one value means; the columns of :func:`resolve_regions` after ``value``."""

    region_code: str | None = None
    how: str = ""
    status: str = "unknown"
    reason: str = ""
    suggestions: tuple[str, ...] = ()


def resolve_regions(
    values: Iterable[object],
    *,
    province: str | None = None,
    level: str = "kabkota",
    code_system: CodeSystem | None = None,
    within: Sequence[str | None] | None = None,
) -> pd.DataFrame:
    """Say for each value which region it is, or why that cannot be said.

    Parameters
    ----------
    values : iterable of n values
        Names, codes, or both in one cell (``06 - ACEH BESAR``); text or numbers.
    province : str, optional
        Name or code of the province they are in. Without it, or with "Indonesia", names
        must be unique in Indonesia, and two-digit codes are not read.
    level : {"kabkota", "provinsi", "kecamatan", "desa"}
    code_system : {"kemendagri", "bps"}, optional
        Whose codes they are. Dotted codes are Kemendagri's unless this says "bps".
    within : sequence of n codes, optional
        Dotted code of the parent of each value (the kabkota of a kecamatan); missing
        where unknown. Names are then looked up inside that parent only.

    Returns
    -------
    DataFrame, n rows
        Index of ``values`` if it is a Series, else 0..n-1. Columns: ``value`` (as
        given); ``region_code`` (dotted Kemendagri code, or None); ``how`` ("code",
        "name", "alias" or ""); ``status`` ("ok", "ambiguous", "unknown", "total_row"
        or "blank"); ``reason`` (key of the label catalogue, or ""); ``suggestions``
        (tuple of "code name", for a reader to choose from).

    Raises
    ------
    RegionError
        For an unknown province, level or code system, or a ``within`` of another
        length.

    Notes
    -----
    Each distinct value is resolved once. Suggestions are worked out for the first
    2,000 distinct unknown values.

    Examples
    --------
    >>> found = resolve_regions(["KAB. TULANGBAWANG", "1801"], province="Lampung")
    >>> found["status"].tolist()
    ['ok', 'ambiguous']
    """
    import pandas as pd

    tier = require_level(level)
    if isinstance(values, str):
        msg = f"values is the text {values!r}; expected a list or column of values."
        raise RegionError(msg)
    values = _column(values)
    if code_system not in (None, *CODE_SYSTEMS):
        msg = f"code_system is {code_system!r}; expected 'kemendagri', 'bps' or None."
        raise RegionError(msg)
    root = ""
    if province is not None and not is_nation(province):
        root = find_province(province).code
    # A Series gives its values as Python's own: 18.1 is a float, not numpy's.
    cells = values.tolist() if isinstance(values, pd.Series) else list(values)
    parents = [None] * len(cells) if within is None else list(within)
    if len(parents) != len(cells):
        msg = (
            f"within has {len(parents)} codes for {len(cells)} values; "
            "give one parent code per value."
        )
        raise RegionError(msg)
    answers = _resolve_each(cells, parents, _Resolver(tier, root, code_system))
    frame = pd.DataFrame(answers, columns=list(Answer._fields), dtype=object)
    frame.insert(0, "value", pd.Series(cells, dtype=object))
    if isinstance(values, pd.Series):
        frame.index = values.index
    return frame


def _column(values: Any) -> Any:  # noqa: ANN401
    """Return the values of a column; a frame of one column is that column.

    Raises
    ------
    RegionError
        If it is a frame of several columns, a mapping, or no collection.
    """
    # pyarrow keeps names elsewhere; what has no length has no rows yet.
    names = getattr(values, "column_names", getattr(values, "columns", ()))
    names = list(map(str, names))
    if len(names) == 1 and hasattr(values, "__len__"):
        values = values[names[0]]
    elif names:
        msg = (
            f"values is a {type(values).__name__} with {', '.join(names)}; choose the "
            f"column that names the regions, as a list: list(frame[{names[0]!r}])."
        )
        raise RegionError(msg)
    if hasattr(values, "to_pylist"):
        return values.to_pylist()
    if isinstance(values, Mapping) or not isinstance(values, Iterable):
        msg = (
            f"values is a {type(values).__name__}; expected a list or column of values."
        )
        raise RegionError(msg)
    return values


def _resolve_each(
    cells: Sequence[object], parents: Sequence[object], resolver: _Resolver
) -> list[Answer]:
    """Resolve each value; one that stands a thousand times is worked out once."""
    known: dict[Hashable, Answer] = {}
    answers: list[Answer] = []
    for cell, parent in zip(cells, parents, strict=True):
        # With its type, for 1 and True are one key.
        key: Hashable = (cell.__class__, cell, parent)
        try:
            answer = known.get(key)
        except TypeError:  # an unhashable cell is no region
            key, answer = (None, repr(cell), parent), None
        if answer is None:
            answer = known[key] = resolver.resolve(cell, parent)
        answers.append(answer)
    return answers


class _Resolver:
    """One call's settings, and the count of suggestions already worked out."""

    def __init__(self, level: Level, root: str, system: CodeSystem | None) -> None:
        self.level, self.root, self.system = level, root, system
        self.suggested = 0

    def resolve(self, cell: object, parent: object) -> Answer:
        """Resolve one value inside its parent, if that is known."""
        text = cell_text(cell)
        scope = parent if isinstance(parent, str) and parent else self.root
        # A parent under the code that it had in the province it has left.
        scope = present_code(scope) or scope
        if self.level == "provinsi":
            scope = ""
        if is_blank(text):
            return Answer(status="blank", reason="region_reason_blank")
        if (reading := self._read(text, scope)) is not None:
            return self._from_code(reading)
        names = names_of(self.level, scope)
        answer = self._from_name(text, names, scope)
        if answer.status != "unknown" or answer.reason != "region_reason_unknown":
            return answer
        if (unmarked := without_mark(text)) not in (text, ""):
            answer = self._from_name(unmarked, names, scope)
            if answer.status == "ok":
                return answer
        return self._from_both(text, names, scope) or self._explain(text, scope)

    def _read(self, text: str, scope: str) -> Reading | None:
        # Names begin with a letter; that spares most cells the pattern of codes.
        if not (text.lstrip()[:1].isdigit() or text[:2] in ("ID", "id")):
            return None
        return read_code(text, self.level, scope=scope, system=self.system)

    def _from_code(self, reading: Reading) -> Answer:
        shown = tuple(map(describe, reading.codes))
        if code := reading.code:
            province = province_part(code)
            if self.root and province != self.root:
                if province in split_off(self.root):
                    return Answer(code, "code", "ok", FORMER_PROVINCE)
                return Answer(reason="region_reason_other_province", suggestions=shown)
            return Answer(code, "code", "ok", reading.note)
        if reading.reason == "region_reason_parent":
            return Answer(status="total_row", reason=reading.reason)
        # A code of another level is not vague: it is not one of those asked for.
        vague = shown and reading.reason != "region_reason_other_level"
        status = "ambiguous" if vague else "unknown"
        return Answer(None, "", status, reading.reason, shown)

    def _from_name(self, text: str, names: Names, scope: str) -> Answer:
        """Look up the whole text: total row, exact name, recorded alias."""
        key = fold_name(text)
        codes = names.find(key)
        if total := self._total(text, names, scope):
            return total
        if len(codes) == 1:
            return Answer(codes[0], "name", "ok")
        if codes:
            shown = tuple(map(describe_apart, codes))
            return Answer(None, "", "ambiguous", "region_reason_same_name", shown)
        alias = names.aliases.get(key)
        if alias is None:
            return self._from_former(key, scope)
        if alias.decision == "resolve":
            return Answer(alias.region_code, "alias", "ok", alias.reason)
        status = "ambiguous" if len(alias.codes) > 1 else "unknown"
        return Answer(None, "", status, alias.reason, tuple(map(describe, alias.codes)))

    def _from_former(self, key: str, scope: str) -> Answer:
        """Look a name up in the provinces that were split from the one stated."""
        codes: list[str] = []
        for province in split_off(scope):
            names = names_of(self.level, province)
            alias = names.aliases.get(key)
            certain = alias is not None and alias.decision == "resolve"
            codes += [alias.region_code] if alias and certain else names.find(key)
        if not codes:
            return Answer(reason="region_reason_unknown")
        if len(codes) == 1:
            return Answer(codes[0], "name", "ok", FORMER_PROVINCE)
        shown = tuple(map(describe_apart, codes))
        return Answer(None, "", "ambiguous", "region_reason_same_name", shown)

    def _total(self, text: str, names: Names, scope: str) -> Answer | None:
        """Tell a row of totals: a word for it, or the name of the region above."""
        if is_total(text) and not names.find(fold_name(text)):
            return Answer(status="total_row", reason="region_reason_total")
        if self.level == "provinsi" or not (above := self._above(text, names, scope)):
            return None
        key = fold_name(text)
        codes = names.find(key)
        if not codes:
            return Answer(status="total_row", reason="region_reason_parent")
        if key not in names.bare:
            return None
        shown = tuple(map(describe, (above, *codes)))
        return Answer(None, "", "ambiguous", "region_reason_province_name", shown)

    def _above(self, text: str, names: Names, scope: str) -> str | None:
        """Return the code of the region above that a text names, if it names one."""
        if self.level == "kabkota":
            return province_code(text)
        key = fold_name(text)
        while has_region(scope) and not names.find(key):
            unit = region(scope)
            own = fold_name(unit.bare)
            if key in {own, *decorate(own, unit.kind)}:
                return scope
            scope = unit.parent_code
        return None

    def _from_both(self, text: str, names: Names, scope: str) -> Answer | None:
        """Read a cell that holds a code and a name; each is the other's witness."""
        found = _CODE_THEN_NAME.fullmatch(text) or _NAME_THEN_CODE.fullmatch(text)
        if not found:
            return None
        code = found["code"].strip(".")
        short = sum(ch.isdigit() for ch in code) < _FULL_CODE
        if short and found.re is _NAME_THEN_CODE:
            return None  # "Sukamaju 2" is another village than "Sukamaju"
        named = self._from_name(found["name"], names, scope)
        if short and named.region_code:
            return named  # a row number, or the last part of a code
        by_name = {*names.find(fold_name(found["name"])), named.region_code} - {None}
        # Of a name that several carry, and a code of two systems, one region is both.
        by_code = self._readings(code, scope)
        if len(both := by_name & by_code) == 1:
            region_code = str(both.pop())
            moved = province_part(region_code) in split_off(scope)
            return Answer(region_code, "code", "ok", FORMER_PROVINCE if moved else "")
        if short or not by_code:
            return named if named.reason != "region_reason_unknown" else None
        either = sorted(code for code in by_name | by_code if code)
        shown = tuple(map(describe, either))
        return Answer(None, "", "ambiguous", "region_reason_code_and_name", shown)

    def _readings(self, code: str, scope: str) -> set[str | None]:
        """Return what a code may mean in the system stated, or in either."""
        dotted = "." in code  # only Kemendagri writes dots, unless the caller says so
        systems = (self.system,) if self.system or dotted else CODE_SYSTEMS
        readings = [
            read_code(code, self.level, scope=scope, system=system)
            for system in systems
        ]
        return {code for reading in readings if reading for code in reading.codes}

    def _explain(self, text: str, scope: str) -> Answer:
        """Say why a name is unknown, with the nearest names."""
        key = fold_name(text)
        # Of districts only: a name of a village stands in many provinces.
        asked = scope and self.level == "kabkota"
        elsewhere = names_of("kabkota").find(key) if asked else ()
        if elsewhere:
            return Answer(
                reason="region_reason_other_province",
                suggestions=tuple(map(describe, elsewhere[:_SUGGESTED])),
            )
        self.suggested += 1
        if self.suggested > _SUGGESTED_VALUES:
            return Answer(reason="region_reason_unknown")
        near = suggest(text, self.level, scope)
        if not near and self.level == "kabkota":
            near = tuple(
                chain.from_iterable(
                    suggest(text, self.level, province) for province in split_off(scope)
                )
            )[:_SUGGESTED]
        return Answer(reason="region_reason_unknown", suggestions=near)


def find_area(text: object) -> Region:
    """Return the place that a name, recorded alias or code of any level means.

    Of a name that places of several levels carry, the widest is meant: Pringsewu is
    the kabupaten, not its kecamatan. A kind before the name decides otherwise
    (``"Kecamatan Pringsewu"``).

    Parameters
    ----------
    text : str or int
        ``"Indonesia"``, a province, a kabupaten or kota, a kecamatan or a village; or
        the code of one, with or without dots.

    Returns
    -------
    Region
        :data:`NATION`, whose code is empty, for all of Indonesia.

    Raises
    ------
    RegionError
        If there is none; or if several of the widest level carry the name: all are
        shown with their codes.

    Examples
    --------
    >>> [find_area(x).code for x in ("Lampung", "Pringsewu", "18.10.01", "Kota Metro")]
    ['18', '18.10', '18.10.01', '18.72']
    >>> find_area("Indonesia").name
    'Indonesia'
    """
    if is_nation(text):
        return NATION
    asked = cell_text(text).strip()
    if isinstance(text, bool) or not asked:
        msg = f"region is {text!r}; expected the name or the code of a place."
        raise RegionError(msg)
    if code := province_code(asked):
        return region(code)
    if asked.replace(".", "").isdigit():
        return _area_of_code(asked)
    return _area_of_name(asked)


def _area_of_code(text: str) -> Region:
    """Look a code up, its digits with their dots put in."""
    code = text if "." in text else dotted(text)
    code = present_code(code) or code
    if not has_region(code):
        msg = (
            f"the register has no region {text!r}; expected a Kemendagri code such as "
            "'18', '18.10' or '18.10.01', or a name."
        )
        raise RegionError(msg)
    return region(code)


def _area_of_name(text: str) -> Region:
    kind, _ = split_kind(text)
    levels = _LEVELS_OF_KIND.get(kind, LEVELS[1:])
    near: list[str] = []
    for level in levels:
        answer = _Resolver(level, "", None).resolve(text, None)
        if answer.region_code:
            return region(answer.region_code)
        if answer.status == "ambiguous":
            raise RegionError(_several(text, answer.suggestions))
        near += answer.suggestions
    offered = ", ".join([*suggest(text, "provinsi"), *near][:_SUGGESTED])
    remedy = f"Did you mean {offered}?" if offered else "Give a name or a code."
    msg = f"no place is called {text!r}. {remedy}"
    raise RegionError(msg)


def _several(text: str, found: Sequence[str]) -> str:
    shown = ", ".join(found[:_SEVERAL_SHOWN])
    rest = "" if len(found) <= _SEVERAL_SHOWN else " and more"
    return (
        f"{len(found)} places are called {text!r}: {shown}{rest}. Give the code of one."
    )


def district_of(text: str) -> str:
    """Return the code of the district that a place lies in or is; "" for a larger one.

    Examples
    --------
    >>> district_of("Pringsewu"), district_of("18.10.01"), district_of("Lampung")
    ('18.10', '18.10', '')
    """
    try:
        code = find_area(text).code
    except RegionError:
        return ""
    return ".".join(code.split(".")[:2]) if "." in code else ""


def province_of(text: str) -> str:
    """Return the code of the province that a place of any level lies in.

    What is a province, Indonesia or no place at all comes back as it is, for others to
    read or to refuse.

    Examples
    --------
    >>> province_of("Pringsewu"), province_of("Lampung"), province_of("Atlantis")
    ('18', 'Lampung', 'Atlantis')
    """
    if is_nation(text) or province_code(text.strip()):
        return text
    try:
        return province_part(find_area(text).code)
    except RegionError:
        return text


# What a table of names says of itself, as boundaries do.
_OF_REGISTER: Mapping[Hashable, str] = {
    "source": "Kepmendagri 300.2.2-2138 Tahun 2025 (cahyadsn/wilayah)",
    "licence": "MIT",
}


def regions_frame(
    place: object = "Lampung", *, level: str = "kecamatan"
) -> pd.DataFrame:
    """Return the regions of a level inside a place, by name: no outlines are needed.

    Tables are joined to it as they are to boundaries: counts, indicators, gaps and
    ranks of every kecamatan or village, where nobody has a layer of them.

    Parameters
    ----------
    place : str
        Name, recorded alias or code of any level, as :func:`find_area` takes it;
        ``"Indonesia"`` for all.
    level : {"kecamatan", "desa", "kabkota", "provinsi"}

    Returns
    -------
    DataFrame, index ``region_code`` in code order
        Columns ``name``, ``kind``, ``parent_code``; ``.attrs`` as boundaries have them:
        ``level``, ``province_code`` and ``province_name`` of the place asked for,
        ``source``, ``licence``.

    Raises
    ------
    RegionError
        If there is no such place or level, or the level lies above the place.

    Examples
    --------
    >>> regions_frame("Pringsewu").loc["18.10.01", "name"]
    'Pringsewu'
    >>> len(regions_frame("Sulawesi Barat", level="desa"))
    648
    """
    import pandas as pd

    area, tier = find_area(place), require_level(level)
    own = bool(area.code) and area.level == tier
    units = (area,) if own else regions_of(tier, area.code)
    if not units:
        msg = (
            f"{area.name} is a {area.level}, and no {tier} lies in it; ask for a "
            "level below it."
        )
        raise RegionError(msg)
    rows = [(unit.code, unit.name, unit.kind, unit.parent_code) for unit in units]
    columns = ["region_code", "name", "kind", "parent_code"]
    frame = pd.DataFrame(rows, columns=columns).set_index("region_code")
    frame.attrs = {
        **_OF_REGISTER,
        "level": tier,
        "province_code": area.code,
        "province_name": area.name,
    }
    return frame


def cell_text(cell: object) -> str:
    """Return a cell as text; an array has no one value, and names no region."""
    try:
        return as_text(cell)
    except ValueError:
        return ""
