"""Names beside points: each lies on no point and no other name."""

from itertools import combinations

import pytest
from matplotlib.text import Annotation

from kkbpk_geo.analysis.paper import paper, write_legend, write_names

NAMES = [f"Kabupaten {letter}" for letter in "ABCDEFGHIJKLMNO"]
# A heap of fifteen within the room of one name, and one at each corner of the picture.
HEAP = [(50 + number % 5, 50 + number // 5) for number in range(15)]
CORNERS = [(0, 0), (0, 100), (100, 0), (100, 100)]


def written(points):
    figure, axes = paper("Judul", "x", "y", "id")
    axes.scatter(*zip(*points, strict=True), s=38, label="titik")
    write_legend(figure)
    names = [NAMES[at % len(NAMES)] for at in range(len(points))]
    write_names(axes, ((n, *xy) for n, xy in zip(names, points, strict=True)))
    notes = [each for each in axes.get_children() if isinstance(each, Annotation)]
    boxes = [each.get_window_extent() for each in notes if each.get_text()]
    lines = [each for each in notes if not each.get_text()]
    return axes, boxes, lines


@pytest.mark.parametrize("points", [HEAP, CORNERS, [*CORNERS, *HEAP]])
def test_no_name_lies_on_another_or_on_a_point_or_beyond_the_axes(points):
    axes, boxes, _ = written(points)
    assert len(boxes) == len(points)
    assert not [1 for one, other in combinations(boxes, 2) if one.overlaps(other)]
    for x, y in axes.transData.transform(points).tolist():
        # The mark of a point is 13 pixels wide at 150 dots an inch.
        assert not [box for box in boxes if box.padded(6).contains(x, y)]
    room = axes.bbox.padded(0.5)
    assert all(room.contains(x, y) for box in boxes for x, y in box.corners())


def test_a_name_keeps_off_the_mark_of_another_point_not_only_off_its_middle():
    axes, boxes, _ = written([(50, 50), *CORNERS])
    # A point whose middle is five pixels above the name that stands right of (50, 50).
    above = (boxes[0].x0 + boxes[0].x1) / 2, boxes[0].y1 + 5
    other = tuple(axes.transData.inverted().transform(above))
    assert boxes[0].x0 > axes.transData.transform((50, 50))[0]
    _, moved, _ = written([(50, 50), *CORNERS, other])
    assert moved[0].x1 < axes.transData.transform((50, 50))[0]


def test_only_a_name_that_stands_away_from_its_point_has_a_line_to_it():
    assert len(written(CORNERS)[2]) == 0
    # Beside a point stand eight names at the most; here the heap is as wide as one.
    assert len(written([*CORNERS, *HEAP])[2]) >= len(HEAP) - 8


def test_a_picture_without_points_has_no_names():
    _, axes = paper("Judul", "x", "y", "id")
    write_names(axes, [])
    assert not [each for each in axes.get_children() if isinstance(each, Annotation)]


@pytest.mark.parametrize(("n", "written"), [(60, 60), (61, 0)])
def test_more_than_sixty_names_are_left_to_the_table(n, written):
    _figure, axes = paper("t", "x", "y", "id")
    axes.plot(range(n), range(n), "o")
    write_names(axes, [(str(i), i, i) for i in range(n)])
    assert len([text for text in axes.texts if text.get_text()]) == written
