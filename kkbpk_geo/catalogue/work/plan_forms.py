"""The forms in which offices write plans and budgets: columns, levels, what a row is.

In:     plan_forms.toml.
Out:    :func:`plan_forms`, :func:`levels`; :func:`fund_of_form` for what their columns
        of funds say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Literal

from kkbpk_geo.base.text import fold_words
from kkbpk_geo.catalogue.activities import fund_of, funds, terms
from kkbpk_geo.catalogue.named import Named
from kkbpk_geo.catalogue.reading import Place, build_all, read_as, refer

_FILE = "plan_forms.toml"
# A number of a fund at the beginning of a cell: 2.2.1.01.04.0015 DAK Non Fisik …
_NUMBER = re.compile(r"(?<![\d.])((?:\d+\s*\.\s*){3,5}\d+)\b[\s.:\-–]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanForm(Named):
    """One form of plan; see the head of plan_forms.toml for what the fields mean."""

    source: str
    levels: str
    line: str
    order: int
    needs: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    layout: Literal["tree", "blocks", "flat"] = "tree"
    gives: Literal["budget", "cash", "result"] = "budget"
    says: tuple[str, ...] = ()
    total: tuple[str, ...] = ()
    print: tuple[tuple[str, ...], ...] = ()
    last_filled: tuple[str, ...] = ()
    by_year: bool = False
    by_quarter: bool = False
    by_month: bool = False
    by_district: bool = False
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stages: Mapping[str, int] = field(default_factory=dict)
    title_funds: Mapping[str, str] = field(default_factory=dict)


@cache
def plan_forms() -> Mapping[str, PlanForm]:
    """Every form, in the order in which they are tried.

    Raises
    ------
    CatalogueError
        For levels that are none, or a column that is needed and not described.
    """
    found = build_all(PlanForm, _FILE, "forms")
    for key, form in found.items():
        place = Place(_FILE, f"forms.{key}")
        refer(place.at("levels"), form.levels, levels(), _FILE)
        for said, fund in form.title_funds.items():
            refer(place.at(f"title_funds {said}"), fund, funds(), "funds.toml")
        for role in form.needs:
            refer(place.at("needs"), role, form.columns, f"columns of [forms.{key}]")
    return found


@cache
def levels() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """Every system of levels: level -> what its codes look like, the coarsest first."""
    tables = read_as(dict[str, dict[str, str]], _FILE, "levels")
    return MappingProxyType(
        {key: _compiled(patterns) for key, patterns in tables.items()}
    )


def _compiled(patterns: Mapping[str, str]) -> Mapping[str, re.Pattern[str]]:
    return MappingProxyType({key: re.compile(each) for key, each in patterns.items()})


@cache
def programme_of_code(code: str) -> str:
    """Return the programme that a code lies in, ``""`` where it is none of ours."""
    for start, key in _programmes().items():
        if code == start or code.startswith(f"{start}."):
            return key
    return ""


@cache
def _programmes() -> Mapping[str, str]:
    found = read_as(dict[str, str], _FILE, "programmes")
    for code, key in found.items():
        refer(Place(_FILE, "programmes", code), key, terms("programme"), "plan_terms")
    return found


@cache
def _fund_numbers() -> Mapping[str, str]:
    found = read_as(dict[str, str], _FILE, "funds")
    for number, key in found.items():
        refer(Place(_FILE, "funds", number), key, funds(), "funds.toml")
    return found


@cache
def _fund_names() -> Mapping[str, str]:
    found = read_as(dict[str, str], _FILE, "fund_names")
    for name, key in found.items():
        refer(Place(_FILE, "fund_names", name), key, funds(), "funds.toml")
    return {fold_words(name): key for name, key in found.items()}


def fund_of_form(text: str) -> str:
    """Return the source of funds of a cell: by its number, else by its whole name.

    Of several sources in one cell nobody knows how much each gives: it is none of them.

    Examples
    --------
    >>> fund_of_form("2.2.1.01.04.0015 DAK Non Fisik-BOKKB-BOKB")
    'bokb'
    >>> fund_of_form("DAK Fisik-Bidang Kesehatan dan KB-Reguler-Pelayanan Dasar")
    ''
    """
    found = _NUMBER.match(text.strip())
    if len(_NUMBER.findall(text)) > 1:  # two sources, and no line says how much each
        return ""
    if found:
        numbers = (str(int(part)) for part in found[1].split("."))
        return _fund_numbers().get(".".join(numbers), "")
    return _fund_names().get(fold_words(text), "") or fund_of(text)
