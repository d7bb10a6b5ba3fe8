"""What a caller calls regions: codes, names; what is none of them is refused.

Why: a total would be ranked as a region, and the province's row get a share.

In:     the labels of rows. Out: nothing, or codes; or RegionError, which says what to
        call.
Rule:   a total is no region and is refused by name. A code that pandas holds as a
        number (18.1 may have been 18.10) is refused. Names stand for themselves; only a
        map, which knows its regions, turns them into codes (:func:`match_labels`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn

from kkbpk_geo.base.errors import RegionError
from kkbpk_geo.base.missing import is_number
from kkbpk_geo.regions import (
    fold_name,
    is_total,
    place_name,
    regions_of,
    resolve_regions,
    split_kind,
)


def check_labels(labels: Iterable[object], what: str) -> None:
    """Refuse rows that are no regions: totals, provinces, codes that are numbers.

    A region beside one inside it is refused as well, unless all others lie inside it:
    that is the province's row, which an analysis sets apart.

    Rows that are only numbered, from 0 on, have no codes and are as they are.

    Raises
    ------
    RegionError
        Names the row and the remedy.

    Examples
    --------
    >>> check_labels(["Mesuji", "JUMLAH"], "frame")
    Traceback (most recent call last):
    kkbpk_geo.base.errors.RegionError: frame: row 'JUMLAH' is a total, no region; it \
would be counted as one. Leave it out: .drop(index='JUMLAH').
    """
    rows = list(labels)
    numbers = [each for each in rows if is_number(each)]
    if numbers and set(numbers) != set(range(len(rows))):
        _refuse_number(numbers[0], what)
    for each in rows:
        if isinstance(each, str) and is_sum(each):
            msg = (
                f"{what}: row {each!r} is a total, no region; it would be counted as "
                f"one. Leave it out: .drop(index={each!r})."
            )
            raise RegionError(msg)
    texts = [str(each) for each in rows if _is_text(each)]
    _refuse_province(texts, what)
    _refuse_levels(texts, what)


def _refuse_province(rows: Sequence[str], what: str) -> None:
    """Refuse the name of a province among those of its kabupaten and kota."""
    names = {fold_name(each): each for each in rows}
    for province in regions_of("provinsi"):
        each = names.get(fold_name(province.name))
        if each is None:
            continue
        inside = [unit.name for unit in regions_of("kabkota", province.code)]
        own = set(map(fold_name, inside))
        # Kota Jambi may be meant by Jambi; then it is no province.
        bare = {fold_name(split_kind(name)[1]) for name in inside}
        if fold_name(each) not in bare and own & names.keys():
            msg = (
                f"{what}: row {each!r} is the province of the others; it would be "
                f"counted as one of them. Leave it out: .drop(index={each!r})."
            )
            raise RegionError(msg)


def _refuse_levels(rows: Sequence[str], what: str) -> None:
    """Refuse a region beside some that lie inside it: they would count twice."""
    known = set(rows)
    for each in rows:
        above, dot, _ = each.rpartition(".")
        if not dot or above not in known:
            continue
        if not all(row == above or row.startswith(f"{above}.") for row in rows):
            msg = (
                f"{what}: row {above!r} stands beside {each!r}, which lies inside it. "
                "Keep regions of one level."
            )
            raise RegionError(msg)


def _refuse_number(label: object, what: str) -> NoReturn:
    msg = (
        f"{what}: row {label!r} is a number, no region code; codes are text (as a "
        "number 18.10 and 18.1 are the same). Read the column with dtype=str and set "
        "it as the index: .set_index('region_code')."
    )
    raise RegionError(msg)


def is_sum(text: str) -> bool:
    """Whether a label is a total, or a province by that word."""
    kind, _ = split_kind(text)
    return is_total(text) or kind == "Provinsi"


def match_labels(
    labels: Sequence[Any],
    names: Mapping[str, str],
    province: str = "",
    what: str = "table",
) -> list[Any]:
    """Return the code of each label that is a region of a map; others as they are.

    Parameters
    ----------
    labels : sequence of n
        Codes, or names: exact, or as :func:`resolve_regions` knows them.
    names : mapping code -> name
        The regions of the map.
    province : str
        Code of their province, where it is known.
    what : str
        Whose labels they are, in the words of the error.

    Raises
    ------
    RegionError
        If a label is a number: ``18.1`` may have been 18.10.

    Examples
    --------
    >>> match_labels(["Lampung Barat", "JUMLAH"], {"18.04": "Lampung Barat"}, "18")
    ['18.04', 'JUMLAH']
    """
    numbers = list(filter(is_number, labels))
    if numbers:
        _refuse_number(numbers[0], what)
    own: dict[str, list[str]] = {}
    for code, name in names.items():
        own.setdefault(fold_name(name), []).append(code)
    known = {each: each for each in (*names, province)}
    for each in dict.fromkeys(filter(_is_text, labels)):
        same = own.get(fold_name(each), ())
        if each not in known and len(same) == 1:
            known[each] = same[0]
    rest = dict.fromkeys(filter(_is_text, labels)).keys() - known.keys()
    asked = sorted(each for each in rest if not is_sum(each))
    if asked:
        found = resolve_regions(asked, province=province or None)
        _refuse_two_systems(found, what)
        for each, code in zip(asked, found["region_code"], strict=True):
            if code in names:
                known[each] = code
    return [_looked_up(known, each) for each in labels]


def code_of(given: Any, codes: Iterable[Any]) -> Any:  # noqa: ANN401
    """Return the code of one region, asked for by code or by the register's name.

    Examples
    --------
    >>> code_of("Mesuji", ["18.10", "18.11"]), code_of("Kota Bandung", ["18.10"])
    ('18.11', 'Kota Bandung')
    """
    names = {str(code): place_name(code) for code in codes}
    return match_labels([given], names)[0] if _is_text(given) else given


def _refuse_two_systems(found: Any, what: str) -> None:  # noqa: ANN401
    """Refuse codes without dots that are two regions, by Kemendagri and by BPS."""
    two = found[found["reason"] == "region_reason_two_systems"]
    if len(two):
        row = two.iloc[0]
        either = " or ".join(row["suggestions"])
        msg = (
            f"{what}: row {row['value']!r} may be {either}, as Kemendagri and BPS "
            "count. Say which: kkbpk_geo.resolve_regions(codes, "
            "code_system='kemendagri')."
        )
        raise RegionError(msg)


def _looked_up(known: Mapping[str, str], label: Any) -> Any:  # noqa: ANN401
    """Return the code of a text; what is no text may not even be hashable."""
    return known.get(label, label) if _is_text(label) else label


def _is_text(label: object) -> bool:
    return isinstance(label, str)
