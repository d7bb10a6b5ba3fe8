"""What is said around the rows of a sheet: by the caller, by titles, by names.

In:     the arguments of a call; a header, the lines above it, hints.
Out:    :class:`Options`, :class:`Stated`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kkbpk_geo.base.periods import Period
from kkbpk_geo.intake.blocks.titles import about
from kkbpk_geo.intake.recognise.headers import Header
from kkbpk_geo.regions import CodeSystem

Texts: TypeAlias = Sequence[str]  # title, titles above, sheet, file: best first


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the caller of :func:`read_table` passed, checked."""

    kind: str | None = None
    year: int | None = None
    month: int | None = None
    period: Period | None = None
    code_system: CodeSystem | None = None
    province: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """Texts around a table: all, those that may name a district, or a time."""

    texts: Texts
    near: Texts
    dated: Texts


def stated_around(header: Header, above: Sequence[str], hints: Texts) -> Stated:
    """Sort what titles, the titles above them, and names say of places and times."""
    texts = (" \n".join(header.titles), " \n".join(above), *hints)
    own = about(header.titles)
    nearest = (texts[0], *hints)
    near = nearest if "kabkota" in own else texts
    # A title that says the year and no month is of the whole year.
    dated = nearest if "year" in own else texts
    return Stated(texts=texts, near=near, dated=dated)
