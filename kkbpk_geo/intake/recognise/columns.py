"""What a column of a sheet is, and what a sheet is: the words of all later steps.

In:     headings that were looked up.
Out:    one :class:`Column` per column; :class:`Recognised`: kind, group and columns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kkbpk_geo.intake.recognise.phases import Phase
from kkbpk_geo.intake.recognise.stock import Stock

UNKNOWN = "unknown"
NAMES = ("group_name", "facility_name")  # roles that are the name of a row of a list
# Why a column gives no figure though it is known what it would be of.
UNUSABLE = frozenset(
    [
        "ratio_for_count",
        "change_for_count",
        "unit_of_thousands",
        "storeys_never_add_up",
        "month_not_stated",
    ]
)
# Of these, what is told where it is found, with an example.
TOLD_ALREADY = UNUSABLE - {"unit_of_thousands", "month_not_stated"}
AS_TEXT = " (teks)"  # behind the heading of a column kept as text besides its values


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a sheet.

    ``role`` is what the catalogue says: a place, ``month``, ``percent``, ``keep``,
    ``drop`` ..., ``"measure"``, or ``"unknown"``. ``target`` is the catalogue column of
    a measure (``bkb_groups``; in lists ``members``), ``added`` whether several such
    columns add up. ``why`` is the finding an unusable column deserves. ``phase``: of
    a plan with its phases side by side, the time that a measure is of; ``stock``: of
    an inventory, the item and condition that a column counts. ``said``: the word that
    denies what the heading would mean; ``better``: how to write it instead.
    ``answered``: its cells are Ada and Tidak, or 1 and 0. ``parts``: positions of
    the columns beside it that are its parts, and ``of_parts`` whether it is one of the
    parts that together are all there is; ``at_least`` whether the whole may be more
    than those parts. ``meant``: the measure that is missing because
    nobody understands this heading. ``foreign``: it is kept as text though the
    catalogue says that it is something else, in another kind of table. ``withheld``:
    its figures are counted and not handed on, for they may be those of persons.
    """

    position: int
    printed: str
    role: str
    target: str = ""
    added: bool = False
    why: str = ""
    phase: Phase | None = None
    stock: Stock | None = None
    said: str = ""
    better: str = ""
    answered: bool = False
    parts: tuple[int, ...] = ()
    of_parts: bool = False
    at_least: bool = False
    meant: str = ""
    foreign: bool = False
    withheld: bool = False

    @property
    def what(self) -> str:
        """The role without detail: ``facility_name`` of ``facility_name:clinic``."""
        return self.role.partition(":")[0]

    @property
    def lost(self) -> str:
        """The measure of which this column gives no figure, ``""`` if there is none."""
        return self.meant or (self.target if self.why in UNUSABLE else "")

    @property
    def counts(self) -> bool:
        """Whether it is a measure that can be used."""
        return self.role == "measure" and not self.why


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What a sheet is: kind of table, its group, its columns.

    ``person``: the measure that each row of a list of persons is one of.
    ``chosen``: the word by which a list says that it holds only some of what there is.
    """

    kind: str
    group: str
    columns: tuple[Column, ...]
    person: str = ""
    chosen: str = ""

    def of_role(self, *roles: str) -> list[Column]:
        """Return the columns with one of these roles, in sheet order."""
        return [column for column in self.columns if column.role in roles]


def paths_of(
    paths: Sequence[tuple[str, ...]], columns: Sequence[Column], roles: Collection[str]
) -> list[tuple[str, ...]]:
    """Return the headings over the columns of these roles, nothing over the others."""
    wanted = list(paths)
    for i, column in enumerate(columns):
        if column.role not in roles:
            wanted[i] = ()
    return wanted


def roles_of(columns: Iterable[Column]) -> set[str]:
    """Return what the columns are."""
    return {column.what for column in columns}


def targets_of(columns: Iterable[Column]) -> set[str]:
    """Return the catalogue columns of the measures."""
    return {column.target for column in columns if column.role == "measure"}
