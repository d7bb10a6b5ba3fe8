"""Which line of the other side looks alike: the slow definition, line by line."""

import random

from rapidfuzz import fuzz

from kkbpk_geo.plan.align import concerns
from kkbpk_geo.plan.align.concerns import NEAR, near_lines
from kkbpk_geo.plan.align.matching import lines_of, match_lines
from kkbpk_geo.plan.lines.plan import make_plan

WORDS = (
    "penyuluhan",
    "pengasuhan",
    "balita",
    "remaja",
    "Lansia",
    "di",
    "desa",
    "kader",
)


def plan(works):
    lines = []
    for work in works:
        line = {"region_code": "18.10", "activity_text": work, "year": 2026}
        lines.append({**line, "target": 10.0, "unit": "group"})
    return make_plan(lines, province_code="18")


def cells_of(ours, theirs):
    sides = {"base": [], "province": ours, "district": theirs}
    return match_lines({side: lines_of(plan(own)) for side, own in sides.items()})


def said(cell):
    return cell.lines[0].stated.activity_text.casefold()


def slowly(cells):
    """Hold every line that one side lacks against every line that the other lacks."""
    found = {}
    for cell in cells:
        most, nearest = 0.0, None
        for other in cells:
            if len(other.absent) != 1 or other.absent == cell.absent:
                continue
            score = fuzz.token_sort_ratio(said(cell), said(other))
            if nearest is None or (score, other.id) > (most, nearest.id):
                most, nearest = score, other
        if len(cell.absent) == 1 and most >= NEAR:
            found[cell.id] = nearest.lines[0].id
    return found


def test_the_nearest_line_is_that_of_the_slow_definition_also_across_blocks(
    monkeypatch,
):
    monkeypatch.setattr(concerns, "_ROWS", 4)
    rng = random.Random(5)
    for _ in range(12):
        works = [" ".join(rng.choices(WORDS, k=rng.randint(2, 6))) for _ in range(40)]
        cells = cells_of(works[:20], works[20:])
        found = {key: line.id for key, line in near_lines(cells).items()}
        assert found == slowly(cells)


def test_of_two_lines_that_are_equally_near_the_last_id_is_named():
    cells = cells_of(
        ["penyuluhan balita x"], ["penyuluhan balita y", "penyuluhan balita z"]
    )
    found = near_lines(cells)
    ours = next(cell for cell in cells if cell.absent == ["district"])
    assert found[ours.id].stated.activity_text == "penyuluhan balita z"


def test_the_order_of_words_says_nothing_and_eighty_is_near_enough():
    assert near_lines(cells_of(["desa kader balita"], ["balita desa kader"])) != {}
    # 2 x 8 of 20 letters is 80; 2 x 7 of 18 is 77.8.
    assert near_lines(cells_of(["abcdefghij"], ["abcdefghkl"])) != {}
    assert near_lines(cells_of(["abcdefgij"], ["abcdefgkl"])) == {}


def test_where_only_one_side_has_lines_none_is_near():
    assert near_lines(cells_of(["desa kader balita"], [])) == {}
