"""A part of a sheet keeps its rows' numbers and its share of merged cells."""

from __future__ import annotations

from kkbpk_geo.io.reading.grid import Grid

ROWS = [[f"{row}{column}" for column in "abcd"] for row in range(1, 6)]


def test_a_part_has_its_cells_and_knows_where_it_was():
    part = Grid(rows=ROWS, file="x").part(2, 4, 1, 3)
    assert part.rows == [["3b", "3c"], ["4b", "4c"]]
    assert part.top == 2
    assert part.part(1, 2, 0, 2).top == 3  # of a part, too


def test_merged_ranges_move_with_their_cells_and_end_at_the_edge():
    merged = (((2, 1), (4, 3)), ((0, 0), (3, 1)), ((3, 2), (3, 2)))
    part = Grid(rows=ROWS, file="x", merged=merged).part(2, 4, 1, 3)
    assert part.merged == (((0, 0), (1, 1)), ((1, 1), (1, 1)))
