"""Small counts hidden, and as many others as it takes that no sum gives them away.

Why: "1 user of sterilisation in this village" names a person to the neighbours; and a
hidden count that is the total less its neighbours is not hidden.

In:     numbers, the sums between them that a reader may know, a limit.
Out:    which numbers are small, and which are hidden beside them.
Method: cell suppression, primary and secondary, after Hundepool et al. (2024), Handbook
        on Statistical Disclosure Control, 2nd ed., ch. 5. A greedy choice, not the
        least one: of the numbers of a sum the one that endangers the fewest other sums,
        then the smallest. Checked at the end by linear algebra, as an intruder would.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

# A sum that is known to readers: cell -> 1 or -1; what is added up, less a whole that
# is itself a cell. A total that is printed elsewhere is no cell and not named here.
Sum = Mapping[int, int]
# Parts of a null vector that are not 0: far above the noise of floats, far below 1.
_MOVES = 1e-8


@dataclass(eq=False)
class Hiding:
    """Which cells are hidden.

    Attributes
    ----------
    values : sequence of float
    sums : sequence of Sum
    limit : int
        Counts from 1 to below it are small.
    small : set of int
        Cells that are hidden for their own sake.
    others : set of int
        Cells that are hidden for the sake of those.
    hidden : set of int
        Both.
    """

    values: Sequence[float]
    sums: Sequence[Sum]
    limit: int
    small: set[int] = field(default_factory=set)
    others: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    _in: dict[int, list[int]] = field(default_factory=dict)
    # Sums of which every cell is hidden already: nothing more can be done.
    _spent: set[int] = field(default_factory=set)
    # Hidden cells that hang together, and do not give each other away.
    _sound: set[tuple[int, ...]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Note the small cells, and which sums each cell is in."""
        self.small = {i for i, x in enumerate(self.values) if 0 < x < self.limit}
        self.hidden = set(self.small)
        for number, cells in enumerate(self.sums):
            for cell in cells:
                self._in.setdefault(cell, []).append(number)

    def hidden_in(self, number: int) -> list[int]:
        """Return the hidden cells of one sum."""
        return [cell for cell in self.sums[number] if cell in self.hidden]

    def add(self, cells: Iterable[int]) -> None:
        """Hide cells beside the small ones."""
        for cell in set(cells) - self.hidden:
            self._add(cell)

    def complete(self) -> None:
        """Hide further cells until no sum, and no sums together, give a cell away."""
        self._guard(range(len(self.sums)))
        while (cell := self._next_given_away()) is not None:
            self._guard(self._in.get(cell, ()))

    def _guard(self, numbers: Iterable[int]) -> None:
        """Hide further cells where a sum gives a cell away by itself."""
        waiting = deque(numbers)
        while waiting:
            number = waiting.popleft()
            if number in self._spent or self._is_safe(number):
                continue
            cell = self._choose([number])
            if cell is None:
                self._spent.add(number)
                continue
            self._add(cell)
            waiting.extend(self._in[cell])

    def _add(self, cell: int) -> None:
        self.others.add(cell)
        self.hidden.add(cell)

    def _is_safe(self, number: int) -> bool:
        """Whether each hidden cell of a sum could be another number, for all we show.

        One hidden cell is what is left of the total. Two that are "1-4" and add up to 2
        are 1 and 1: so every small cell needs another that can give or take a person.
        """
        cells = self.hidden_in(number)
        if len(cells) == 1:
            return False
        small = self.small.intersection(cells)
        return all(self._could_swap(cell, cells, self.sums[number]) for cell in small)

    def _could_swap(self, cell: int, cells: Sequence[int], signs: Sum) -> bool:
        down, up = self._room(cell)
        for other in cells:
            if other == cell:
                continue
            less, more = self._room(other)
            # On the other side of the sum both go the same way.
            if signs[other] != signs[cell]:
                less, more = more, less
            if (up and less) or (down and more):
                return True
        return False

    def _room(self, cell: int) -> tuple[bool, bool]:
        """Whether a hidden cell could be one less, or one more, for all we show.

        Who knows the method knows that what is hidden and not small is 0 or at least
        the limit.
        """
        value = self.values[cell]
        if cell in self.small:
            return value > 1, value < self.limit - 1
        return value > self.limit, value > 0

    def _choose(self, numbers: Iterable[int]) -> int | None:
        """Return the cell of some sums that is best hidden, if any is left."""
        cells = {c for number in numbers for c in self.sums[number]} - self.hidden
        return min(cells, key=self._cost, default=None)

    def _cost(self, cell: int) -> tuple[int, int, float, int]:
        value = self.values[cell]
        # What can give and take a person protects any cell; a 0 protects the least.
        stiffness = 2 - sum(self._room(cell))
        endangered = [n for n in self._in[cell] if not self.hidden_in(n)]
        return stiffness, len(endangered), value, cell

    # --- sums taken together ----------------------------------------------------------

    def _next_given_away(self) -> int | None:
        """Hide one more cell where sums taken together give one away; return it."""
        for part in self._parts():
            numbers = sorted({n for cell in part for n in self._in.get(cell, ())})
            for cell in _solved(part, [self.sums[n] for n in numbers]):
                chosen = self._choose(self._in[cell])
                if chosen is None:
                    chosen = self._choose(numbers)
                if chosen is not None:
                    self._add(chosen)
                    return chosen
            self._sound.add(part)
        return None

    def _parts(self) -> Iterator[tuple[int, ...]]:
        """Yield the hidden cells by what hangs together; not what is known sound."""
        left = set(self.hidden)
        for first in sorted(left):
            if first not in left:
                continue
            found: set[int] = set()
            waiting = [first]
            while waiting:
                cell = waiting.pop()
                if cell in found:
                    continue
                found.add(cell)
                for number in self._in.get(cell, ()):
                    waiting += self.hidden_in(number)
            left -= found
            part = tuple(sorted(found))
            if part not in self._sound:
                yield part


def _solved(cells: Sequence[int], sums: Sequence[Sum]) -> list[int]:
    """Return the cells that sums determine: those that no null vector moves."""
    if not sums:
        return []
    place = {cell: at for at, cell in enumerate(cells)}
    matrix = np.zeros((len(sums), len(cells)))
    for row, signs in zip(matrix, sums, strict=True):
        for cell, sign in signs.items():
            if cell in place:
                row[place[cell]] = sign
    _, size, vectors = np.linalg.svd(matrix)
    free = vectors[int((size > _MOVES).sum()) :]
    moved = np.abs(free).max(axis=0, initial=0) > _MOVES
    return [cell for cell in cells if not moved[place[cell]]]


def hide(
    values: Sequence[float],
    sums: Sequence[Sum],
    limit: int,
    also: Iterable[int] = (),
) -> Hiding:
    """Hide the numbers from 1 to below a limit, and what would give them away.

    Parameters
    ----------
    values : sequence of float, n cells
        Counts from 0 up.
    sums : sequence of mapping cell -> 1 or -1
        What a reader may add up: the cells of a printed total with 1; of parts whose
        whole is a cell itself, the parts with 1 and the whole with -1.
    limit : int
        At least 3: below, "hidden" would name the number.
    also : iterable of int
        Cells to hide beside them, whatever these sums say.

    Returns
    -------
    Hiding
        A cell that is alone in a sum cannot be protected from whoever knows the total.

    Examples
    --------
    Three districts of a known total: with the 2 the smaller neighbour is hidden.

    >>> found = hide([2, 30, 17], [{0: 1, 1: 1, 2: 1}], 5)
    >>> found.small, found.others
    ({0}, {2})
    """
    found = Hiding(values, sums, limit)
    found.add(also)
    found.complete()
    return found
