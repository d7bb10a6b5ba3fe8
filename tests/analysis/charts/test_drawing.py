"""What pictures are made of: no name on another, on a point, or on a line."""

from itertools import combinations

import pytest

from kkbpk_geo.analysis.charts.drawing import (
    HIGH,
    LETTER,
    TALL,
    WIDE,
    Point,
    Scale,
    letters_wide,
    make_plot,
    round_numbers,
    scale_of,
)
from kkbpk_geo.analysis.placing import around, shared

# Names of Sulawesi Barat, of Lampung and Jawa Timur, and long ones.
NAMES = (
    "Mamuju", "Pasangkayu", "Mamuju Tengah", "Polewali Mandar", "Majene", "Mamasa",
    "Lampung Tengah", "Tulang Bawang Barat", "Kota Bandar Lampung", "Pesisir Barat",
    "Penukal Abab Lematang Ilir", "Kepulauan Tanimbar",
)  # fmt: skip


def places(n):
    """Points as districts lie: many near both lines, some far out."""
    return [((i * 37) % 41 / 41, ((i * 29) % 23 / 23) ** 2) for i in range(n)]


def plotted(points, named=None):
    names = [
        f"{NAMES[i % len(NAMES)]}{' ' * (i // len(NAMES))}" for i in range(len(points))
    ]
    found = [Point(n, x, y, "even") for n, (x, y) in zip(names, points, strict=True)]
    return make_plot(
        found, named=names if named is None else names[:named], cut=(0.5, 0.3),
        corners=[(False, True, "Bangun layanan (4)"), (True, False, "Pertahankan (5)")],
        words=("alt", "x", "y"), language="id",
    )  # fmt: skip


def boxes(plot):
    return [
        around((float(t.x), float(t.y)), letters_wide(t.text) / 2, LETTER * 0.6)
        for t in plot.names
    ]


def spots(plot):
    """The middle of each mark, a circle of twelve corners."""
    out = []
    for mark in plot.marks:
        ends = [p.split() for p in mark.path.strip("MZ").split("L")]
        xs, ys = zip(*((float(x), float(y)) for x, y in ends), strict=True)
        out.append(((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2))
    return out


# Of many regions those where the work begins are named: a third of them.
@pytest.mark.parametrize(("n", "named"), [(6, 6), (15, 15), (38, 13), (69, 23)])
def test_no_name_lies_on_another_or_on_a_mark_or_beyond_the_drawing(n, named):
    plot = plotted(places(n), named)
    found = boxes(plot)
    # One of 69 has no place of its own: it is left to the table.
    left = 1 if n == 69 else 0
    assert len(found) == named + 2 - left
    # Places are written with one decimal.
    over = [1 for one, other in combinations(found, 2) if shared(one, other) > 2]
    assert not over
    for x, y in spots(plot):
        own = around((x, y), 4, 4)
        assert not [box for box in found if shared(box, own) > 1]
    assert all(box[0] >= 0 and box[2] <= WIDE for box in found)
    assert all(box[1] >= 0 and box[3] <= (HIGH if n <= 20 else TALL) for box in found)


def test_two_districts_at_the_crossing_of_both_lines_are_both_legible():
    # Mamuju and Pasangkayu: need 9.3 and 9.2, service 84 and 87, between both lines.
    points = [(84.0, 9.3), (87.4, 9.2), (59, 4.1), (78, 6.9), (100, 10.8), (95, 12.4)]
    found = [Point(n, x, y, "even") for n, (x, y) in zip(NAMES, points, strict=False)]
    plot = make_plot(
        found, named=NAMES[:2], cut=(85.7, 9.25), words=("", "", ""), language="id"
    )
    one, other = boxes(plot)
    assert not shared(one, other)
    up, across = (path.lstrip("M").replace("V", " ").replace("H", " ").split()
                  for path in plot.cuts)  # fmt: skip
    for box in (one, other):
        assert not box[0] < float(up[0]) < box[2]
        assert not box[1] < float(across[1]) < box[3]


def test_a_name_away_from_its_point_has_a_line_to_it():
    assert plotted([(0.1, 0.9), (0.9, 0.1)]).leads == []
    crowd = [(0.2 + i * 1e-3, 0.6) for i in range(12)]
    # Around one point eight names have room at most.
    assert len(plotted([*crowd, (0, 0), (1, 1)]).leads) >= 4


def test_ticks_are_round_and_written_in_the_language():
    assert round_numbers(0.0, 0.9) == [0.0, 0.2, 0.4, 0.6, 0.8]
    assert round_numbers(5, 5) == [5]
    texts = {tick.text for tick in plotted(places(6)).ticks}
    assert "0,2" in texts


def test_a_scale_keeps_what_lies_beyond_its_ends_at_them():
    scale = Scale(10, 20)
    assert scale.percent(15) == "50.00%"
    assert scale.percent(25) == "100.00%"
    assert scale.width(0, 15) == "50.00%"
    assert scale_of([float("nan")]) == Scale(0.0, 1.0)
    assert Scale(5, 5).percent(5) == "50.00%"


def test_of_hundreds_only_the_furthest_are_named_and_soon():
    # All in one crowd but the last, far out: it is named, and few others are.
    points = [(0.5 + i % 20 / 100, 0.3 + i // 20 / 100) for i in range(300)]
    plot = plotted([*points, (3.0, 3.0)])
    assert len(plot.marks) == 301
    assert len([text for text in plot.names if text.sign == "name"]) <= 12
    assert plot.marks[-1].name in {text.text for text in plot.names}
