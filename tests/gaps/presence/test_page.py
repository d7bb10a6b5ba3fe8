"""The page says the answer first, folds what is long, and shows each state apart."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sides import side

import kkbpk_geo as kg
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.gaps.presence.kinds import presence_states
from kkbpk_geo.gaps.presence.page import (
    NARROW,
    UPRIGHT,
    five_text,
    has_text,
    presence_html,
    sum_text,
)
from kkbpk_geo.io.pages import page_style

VILLAGES = {
    ("GADING REJO", "WONODADI"): (2, 1, 1, 1, 1),
    ("GADING REJO", "TEGALSARI"): (0, 0, 0, 0, 0),
    ("GADING REJO", "BULUREJO"): (0, None, 0, 0, 0),
    ("GADING REJO", "DESA BARU"): (1, 0, 0, 0, 0),
}


@pytest.fixture
def matrix(recap):
    return kg.gaps.presence_matrix(recap(VILLAGES), "Pringsewu")


def row_of(page, village):
    """Return look, sign of the five and cells of a village's row."""
    found = re.search(
        rf'<tr class="v f-(\w+)"><th scope="row">{re.escape(village)} '
        r"<small>([^<]*)</small></th>(.*?)</tr>",
        page,
        re.DOTALL,
    )
    assert found, village
    cells = re.findall(r'<td class="n p-(\w+)">(?:<span[^>]*>)?([^<]*)', found[3])
    return found[1], found[2], cells


def test_the_answer_is_the_first_sentence_of_the_page(matrix):
    body = presence_html(matrix).partition("<main>")[2]
    first = re.search(r"<h1>([^<]*)</h1>", body)[1]
    assert first.startswith("1 dari 132 desa/kelurahan tidak memiliki satu pun")


def test_a_row_says_each_state_by_sign_and_look(matrix):
    page = presence_html(matrix)
    assert row_of(page, "Wonodadi") == (
        "all", "5/5", [("has", "2"), *[("has", "1")] * 4],
    )  # fmt: skip
    assert row_of(page, "Tegalsari") == ("none", "0/5", [("none", "0")] * 5)
    look, five, cells = row_of(page, "Bulurejo")
    assert (look, five, cells[1]) == ("unknown", "≥0/5", ("missing", " "))
    assert row_of(page, "Parerejo")[2] == [("not_reported", "–")] * 5


def test_a_village_that_the_register_does_not_have_is_marked(matrix):
    assert row_of(presence_html(matrix), "DESA BARU *")[0] == "some"


def test_a_kecamatan_says_how_many_villages_have_each_and_what_is_not_known(matrix):
    page = presence_html(matrix)
    head = re.search(r'<tbody id="r18-10-02"[^>]*><tr class="k">(.*?)</tr>', page)[1]
    assert "24 desa, 1 tanpa satu pun" in head
    assert re.findall(r'p-sum">([^<]*)', head) == ["≥2", "≥1", "≥1", "≥1", "≥1"]
    other = re.search(r'<tbody id="r18-10-01"[^>]*><tr class="k">(.*?)</tr>', page)[1]
    assert re.findall(r'p-sum">([^<]*)', other) == ["–"] * 5


def test_what_can_be_chosen_is_marked_in_the_rows(matrix):
    page = side(presence_html(matrix))
    assert re.search(r'<section id="r18-10" class="district narrow lacks"', page)
    assert 'id="r18-10-02" class="lacks"' in page
    assert 'id="r18-10-01">' in page
    assert page.count('class="fold"') == 9  # one for each kecamatan of Pringsewu
    assert '<input type="checkbox" class="p-only">' in page


@pytest.mark.parametrize(
    ("kinds", "narrow", "upright"),
    [(8, True, False), (9, False, False), (12, False, True)],
)
def test_few_columns_stand_twice_on_paper_and_many_have_upright_heads(
    matrix, kinds, narrow, upright
):
    from kkbpk_geo.gaps.presence.kinds import presence_kinds

    assert (NARROW, UPRIGHT) == (8, 12)
    wanted = tuple(presence_kinds().values())[:kinds]
    keys = [kind.key for kind in wanted]
    wide = replace(
        matrix,
        kinds=wanted,
        states=matrix.states.reindex(columns=keys, fill_value="missing"),
        numbers=matrix.numbers.reindex(columns=keys),
        beside=matrix.beside.reindex(columns=keys),
    )
    page = presence_html(wide)
    assert ('class="district narrow' in page) == narrow
    assert ('class="matrix upright"' in page) == upright


def test_the_fills_of_the_page_are_those_of_the_catalogue():
    style = page_style("presence")
    for key, state in presence_states().items():
        rule = re.search(
            rf"\.p-{key}\b[^{{]*\{{[^}}]*background:(#[0-9A-F]{{6}})", style
        )
        assert rule, key
        assert rule[1] == state.fill, key


def test_the_page_speaks_one_language_and_carries_the_mark(matrix):
    english = side(presence_html(replace(matrix, marks=Marks(sample=True))), "en")
    assert "1 of 132 villages have none of the five groups" in english
    assert "not reported" in english
    assert "belum" not in english
    assert "SAMPLE DATA" in english


def test_notes_that_have_no_room_are_counted(matrix):
    many = [replace(matrix.findings[0], file=f"{i}.csv") for i in range(42)]
    page = presence_html(replace(matrix, findings=tuple(many)))
    told = side(page).partition('<details class="told">')[2]
    assert told.count("<li>") == 40 + 1
    assert "<li>dan 2 lainnya</li>" in told


def test_words_of_numbers():
    assert five_text(["has"] * 5) == "5/5"
    assert five_text(["has", "none"]) == "≥1/5"  # three of the five were never told
    assert has_text(1234, "id") == "1.234"
    assert has_text(None, "id") == "✓"
    assert sum_text(0, 3, 9) == "≥0"
    assert sum_text(2, 0, 9, beside=1) == "2 +1"
