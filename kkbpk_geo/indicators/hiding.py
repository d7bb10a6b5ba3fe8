"""Small counts hidden, and as many others as it takes that no sum gives them away.

Why: "1 user of sterilisation in this village" names a person to the neighbours; and a
hidden count that is the total less its neighbours is not hidden.

In:     numbers, the sums between them that a reader may know, a limit.
Out:    which numbers are small, and which are hidden beside them.
Method: cell suppression, primary and secondary, after Hundepool et al. (2024), Handbook
        on Statistical Disclosure Control, 2nd ed., ch. 5. A greedy choice, not the
        least one: of the numbers of a sum one that is the whole of no others, which
        endangers the fewest other sums, then the smallest. Checked at the end by linear
        algebra, as an intruder would.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress

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
    # The others in the order in which they were hidden.
    _added: list[int] = field(default_factory=list)
    _heights: dict[int, int] = field(default_factory=dict)
    # Hidden cells that do not give each other away.
    _sound: set[int] = field(default_factory=set)

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
        # What is hidden for one part hangs together with it: others stay as they were.
        for first in sorted(self.hidden):
            if first not in self._sound:
                self._make_sound(first)

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
        self._added.append(cell)
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

    def _cost(self, cell: int) -> tuple[int, int, int, float, int]:
        value = self.values[cell]
        # What can give and take a person protects any cell; a 0 protects the least.
        stiffness = 2 - sum(self._room(cell))
        endangered = [n for n in self._in[cell] if not self.hidden_in(n)]
        return self._height(cell), stiffness, len(endangered), value, cell

    def _height(self, cell: int) -> int:
        """Return of how many storeys of parts a cell is the whole; 0 if of none.

        Users of any method are looked at by everybody, those of one method by few.
        """
        if cell not in self._heights:
            self._heights[cell] = 0  # what is its own part ends here
            parts: set[int] = set()
            for number in self._in[cell]:
                signs = self.sums[number]
                if signs[cell] < 0:
                    parts.update(part for part, sign in signs.items() if sign > 0)
            storeys = [1 + self._height(part) for part in parts]
            self._heights[cell] = max(storeys, default=0)
        return self._heights[cell]

    # --- sums taken together ----------------------------------------------------------

    def _make_sound(self, first: int) -> None:
        """Hide more cells until the sums around one give no cell of theirs away."""
        part = _Part(self.sums)
        fresh = [first]
        while fresh:
            for cell in self._hanging_on(fresh, part.cells):
                part.add(cell, self._in.get(cell, ()))
            # Worked out step by step it is quick; whole, once, it is as an intruder
            # would do it.
            given_away = part.given_away() or _solved(
                sorted(part.cells), [self.sums[n] for n in sorted(part.numbers)]
            )
            before = len(self._added)
            if given_away:
                self._protect(given_away[0], sorted(part.numbers))
            fresh = self._added[before:]
        self._sound.update(part.cells)

    def _protect(self, cell: int, numbers: Sequence[int]) -> None:
        """Hide a cell beside one that is given away: in its sums, else in any near."""
        chosen = self._choose(self._in[cell])
        if chosen is None:
            chosen = self._choose(numbers)
        if chosen is not None:
            self._add(chosen)
            self._guard(self._in.get(chosen, ()))

    def _hanging_on(self, fresh: Iterable[int], known: Collection[int]) -> list[int]:
        """Return the hidden cells that hang together with some, but for those known."""
        found: set[int] = set()
        waiting = [cell for cell in fresh if cell not in known]
        while waiting:
            cell = waiting.pop()
            if cell in found:
                continue
            found.add(cell)
            for number in self._in.get(cell, ()):
                waiting += [c for c in self.hidden_in(number) if c not in known]
        return sorted(found)


class _Part:
    """Hidden cells that hang together, and which of them their sums determine.

    Method: the pseudo-inverse of the sums' matrix, one column more at a time (Greville,
    1960, SIAM Review 2:15, doi:10.1137/1002004): a new cell is determined if its column
    is none of the others', else it moves all that its column is made of.
    """

    def __init__(self, sums: Sequence[Sum]) -> None:
        self._sums = sums
        self.cells: dict[int, int] = {}
        self.numbers: dict[int, int] = {}
        self._matrix, self._inverse = np.zeros((8, 8)), np.zeros((8, 8))
        self._determined: list[int] = []

    def add(self, cell: int, numbers: Iterable[int]) -> None:
        """Take one more hidden cell in, with the sums that hold it."""
        signs = {number: self._sums[number][cell] for number in numbers}
        for number in signs:
            self.numbers.setdefault(number, len(self.numbers))
        at = self.cells.setdefault(cell, len(self.cells))
        self._grow()
        column = np.zeros(len(self._matrix))
        for number, sign in signs.items():
            column[self.numbers[number]] = sign
        made_of = self._inverse @ column
        left = column - self._matrix @ made_of
        if np.abs(left).max() > _MOVES:
            self._determined.append(cell)
            row = left / (left @ left)
        else:
            row = made_of @ self._inverse / (1 + made_of @ made_of)
            still = [np.abs(made_of[self.cells[c]]) <= _MOVES for c in self._determined]
            self._determined = list(compress(self._determined, still))
        self._inverse -= np.outer(made_of, row)
        self._inverse[at] = row
        self._matrix[:, at] = column

    def given_away(self) -> list[int]:
        """Return the cells that the sums determine."""
        return sorted(self._determined)

    def _grow(self) -> None:
        """Make room for twice as much where there is no more."""
        if len(self.cells) > len(self._inverse):
            self._matrix = np.hstack([self._matrix, np.zeros_like(self._matrix)])
            self._inverse = np.vstack([self._inverse, np.zeros_like(self._inverse)])
        while len(self.numbers) > len(self._matrix):
            self._matrix = np.vstack([self._matrix, np.zeros_like(self._matrix)])
            self._inverse = np.hstack([self._inverse, np.zeros_like(self._inverse)])


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
    _, size, vectors = np.linalg.svd(matrix, full_matrices=False)
    # Of what nothing moves all of it lies in the space of the sums.
    held = (vectors[size > _MOVES] ** 2).sum(axis=0)
    return [cell for cell in cells if held[place[cell]] > 1 - _MOVES]


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
