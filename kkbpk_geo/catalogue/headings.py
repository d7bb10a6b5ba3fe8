"""Headings of columns: how they are folded, and what each one means where.

Why: the same column is YANG ADA, Jml. Kelompok Yang Ada or K/0 depending on the year,
the office and the typist. One line of data per meaning, many spellings.

In:     headings.csv, words.toml and the aliases of groups.toml.
Out:    :func:`fold` and :func:`phrase` for comparing text, :func:`find_headings` for
        looking a phrase up, :func:`words` for lists of words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.catalogue.programme import groups, is_column, measures
from kkbpk_geo.catalogue.reading import read_csv, read_toml

ROLES = frozenset(
    [
        "provinsi", "kabkota", "kecamatan", "desa",
        "code", "code_kabkota", "code_kemendagri", "code_bps",
        "month", "year", "period",
        "kind", "name", "group_name", "facility_name", "latitude", "longitude",
        "reporting", "has_kit", "has_decree", "low_stock", "registration", "training",
        "percent", "keep", "ignore", "drop", "parent", "ambiguous",
        "programme", "activity", "sub_activity", "indicator", "target", "unit",
        "budget", "fund", "responsible", "plan_status", "realised", "spent",
        "quarter", "line_id", "item", "condition",
    ]
)  # fmt: skip
_MARKS = str.maketrans(
    {"%": " persen ", "<": " kurang ", ">": " lebih ", "∑": " jumlah ", "&": " dan "}
)
_OTHER = re.compile(r"[^0-9a-z]+")
_TERM = re.compile(r"!?(text|number|kinds|items|own|sheet|with:\w+|title:\w+|[a-z_]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One line of the catalogue: a phrase, where it holds, and what it stands for."""

    phrase: str
    field: str
    where: tuple[tuple[str, ...], ...] = ()
    note: str = ""
    source: str = ""


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Fold text for comparing: ``"JUMLAH_BKB (%)"`` -> ``"jumlah bkb persen"``."""
    plain = unicodedata.normalize("NFKD", text.translate(_MARKS)).casefold()
    plain = "".join(ch for ch in plain if not unicodedata.combining(ch))
    return _OTHER.sub(" ", plain).strip()


@cache
def words(name: str) -> frozenset[str]:
    """Return a list of words.toml, folded: ``notes``, ``personal`` ..."""
    return frozenset(fold(word) for word in read_toml("words.toml")[name]["words"])


@cache
def missing_marks() -> frozenset[str]:
    """Return what stands in a cell without a figure, in small letters."""
    return frozenset(read_toml("words.toml")["missing"]["words"])


@cache
def _spellings() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Every spelling as tokens -> the tokens it stands for; groups become their key."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    same: Mapping[str, list[str]] = read_toml("words.toml")["same"]
    for canonical, spellings in same.items():
        for spelling in spellings:
            found[tuple(fold(spelling).split())] = tuple(fold(canonical).split())
    for key, group in groups().items():
        for alias in (group.short, group.id, *group.aliases):
            found[tuple(fold(alias).split())] = (key,)
    return MappingProxyType(found)


@cache
def _longest() -> int:
    return max(len(spelling) for spelling in _spellings())


@lru_cache(maxsize=8192)
def phrase(text: str) -> str:
    """Fold a heading and bring every word to its one spelling.

    ``"Jml. Kel. Anggota UPPKS (orang)"`` -> ``"jumlah kel anggota uppka"``.
    """
    units = words("units")
    text = re.sub(
        r"\(([^()]*)\)", lambda m: " " if fold(m[1]) in units else f" {m[1]} ", text
    )
    tokens, spellings, longest = fold(text).split(), _spellings(), _longest()
    out: list[str] = []
    at = 0
    while at < len(tokens):
        for size in range(min(longest, len(tokens) - at), 0, -1):
            known = spellings.get(tuple(tokens[at : at + size]))
            if known:
                out.extend(known)
                at += size
                break
        else:
            out.append(tokens[at])
            at += 1
    filler = words("filler")
    kept = [token for token in out if token not in filler]
    return " ".join(
        token for i, token in enumerate(kept) if i == 0 or token != kept[i - 1]
    )


def groups_in(text: str) -> tuple[str, ...]:
    """Return the group kinds that a text names, in the order of the catalogue."""
    tokens = set(phrase(text).split())
    return tuple(key for key in groups() if key in tokens)


def is_personal(text: str) -> bool:
    """Whether a heading announces data about a person."""
    folded = f" {fold(text)} "
    return any(f" {word} " in folded for word in words("personal"))


@cache
def headings() -> tuple[Heading, ...]:
    """Every line of headings.csv, in file order.

    Raises
    ------
    CatalogueError
        If a line names a field or a condition that does not exist.
    """
    return tuple(_build(row) for row in read_csv("headings.csv"))


def _build(row: Mapping[str, str]) -> Heading:
    field, heading = row["field"], row["heading"]
    bare = field.removesuffix("+")
    known = (
        field.partition(":")[0] in ROLES
        or is_column(bare)
        or (bare in measures() and measures()[bare].per_group)
        or field.startswith("stratum:")
    )
    if not known:
        msg = (
            f"headings.csv [{heading}]: unknown field {field!r}; expected a column, "
            f"a measure or one of {sorted(ROLES)}."
        )
        raise CatalogueError(msg)
    where = tuple(tuple(each.split("+")) for each in row["table"].split())
    for term in (term for terms in where for term in terms):
        if not _TERM.fullmatch(term):
            msg = f"headings.csv [{heading}]: unknown condition {term!r} in table."
            raise CatalogueError(msg)
    return Heading(
        phrase=phrase(heading.replace(" > ", " ")),
        field=field,
        where=where,
        note=row["note"],
        source=row["source"],
    )


@cache
def _index() -> Mapping[str, tuple[Heading, ...]]:
    found: dict[str, list[Heading]] = {}
    for heading in headings():
        found.setdefault(heading.phrase, []).append(heading)
    return MappingProxyType({key: tuple(entries) for key, entries in found.items()})


@cache
def _index_short() -> Mapping[str, tuple[Heading, ...]]:
    """Lines by their phrase without a leading ``jumlah``; never places."""
    places = {"provinsi", "kabkota", "kecamatan", "desa"}
    found: dict[str, list[Heading]] = {}
    for heading in headings():
        if heading.field not in places:
            short = heading.phrase.removeprefix("jumlah ")
            found.setdefault(short, []).append(heading)
    return MappingProxyType({key: tuple(entries) for key, entries in found.items()})


def find_headings(text: str) -> tuple[Heading, ...]:
    """Return the lines for a phrase: as it is, else regardless of ``jumlah``.

    Parameters
    ----------
    text : str
        A phrase, as :func:`phrase` makes it.
    """
    found = _index().get(text)
    if found:
        return found
    return _index_short().get(text.removeprefix("jumlah "), ())
