"""Rows of a form as a tree: each level with its sum, compared and never added twice.

Why: a budget prints the same rupiah at every level of its accounts. Only one level may
be added; the others prove it.

In:     rows with a level and an amount. Out: :class:`Node` with parents and children;
        the levels whose sum is not that of what stands below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kkbpk_geo.io import Cell


@dataclass(slots=True, eq=False, kw_only=True)
class Node:
    """A row with its level: ``rank`` 0 is the coarsest; amounts in whole rupiah.

    ``row``: of the grid, from 0. ``cells``: role -> what stands under its headings.
    """

    row: int
    level: str
    rank: int
    code: str
    text: str
    amounts: dict[str, int] = field(default_factory=dict)
    cells: Mapping[str, Sequence[Cell]] = field(default_factory=dict)
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    def amount(self, role: str) -> int | None:
        """Return what it prints, else the sum of what stands below it."""
        if role in self.amounts:
            return self.amounts[role]
        return self.below(role)

    def below(self, role: str) -> int | None:
        """Return the sum of its children; None where none of them has an amount."""
        parts = [child.amount(role) for child in self.children]
        known = [part for part in parts if part is not None]
        return sum(known) if known else None

    def finest(self, role: str) -> int:
        """Return the sum of the finest rows below it, or its own where it has none."""
        if self.below(role) is None:
            return self.amounts.get(role, 0)
        return sum(child.finest(role) for child in self.children)

    def upwards(self) -> Iterator[Node]:
        """Yield the node and those above it, the nearest first."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def details(self) -> Iterator[Node]:
        """Yield the finest rows below it, in the order of the sheet."""
        for child in self.children:
            if child.children:
                yield from child.details()
            else:
                yield child

    def downwards(self) -> Iterator[Node]:
        """Yield the node and all below it, in the order of the sheet."""
        yield self
        for child in self.children:
            yield from child.downwards()


def grow(nodes: Sequence[Node]) -> list[Node]:
    """Hang each node below the nearest coarser one before it; return those on top."""
    roots: list[Node] = []
    path: list[Node] = []
    for node in nodes:
        while path and path[-1].rank >= node.rank:
            path.pop()
        if path:
            node.parent = path[-1]
            path[-1].children.append(node)
        else:
            roots.append(node)
        path.append(node)
    return roots


def lines_of(nodes: Sequence[Node], rank: int) -> list[Node]:
    """Return the nodes that are lines of the plan: the finest down to a rank.

    A finer one with nothing above it is a line as well: its money is in no other.
    """
    found = []
    for node in nodes:
        finer = any(child.rank <= rank for child in node.children)
        whole = node.rank <= rank and not finer
        alone = node.rank > rank and node.parent is None
        if whole or alone:
            found.append(node)
    return found


def wrong_sums(nodes: Sequence[Node], role: str) -> Iterator[tuple[Node, int]]:
    """Yield each node whose printed sum is not that of what stands below it.

    A level is told once: one that agrees with the finest rows is right, whatever the
    level between them says.
    """
    for node in nodes:
        below = node.below(role)
        if below is None or node.amounts.get(role, below) == below:
            continue
        if node.amounts[role] != node.finest(role):
            yield node, below


def unshared(nodes: Sequence[Node], role: str, rank: int) -> Iterator[tuple[Node, int]]:
    """Yield levels with an amount that no line below them shares, and nought for it.

    ``rank``: of the lines. What an office writes at a kegiatan only is in none of them.
    """
    for node in nodes:
        finer = any(child.rank <= rank for child in node.children)
        if finer and node.amounts.get(role) and node.below(role) is None:
            yield node, 0
