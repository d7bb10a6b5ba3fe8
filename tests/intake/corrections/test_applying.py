"""A correction is written where it belongs, and nowhere else."""

from kkbpk_geo.intake.corrections.applying import apply_to
from kkbpk_geo.intake.model import Correction
from kkbpk_geo.io.reading.grid import OddCell, make_grid

HEAD = ["KODE", "KABUPATEN", "JUMLAH BKB"]
ROWS = [["18.01", "Lampung Selatan", "5"], ["18.1", "Pringsewu", "#REF!"]]
ROWS += [["18.11", "Mesuji", "7"], ["18.72", "Metro", "9"]]


def grid(rows=ROWS, **more):
    return make_grid([HEAD, *rows], file="bkb.csv", **more)


def line(row, column, value, written, **more):
    return Correction(
        file="bkb.csv", row=row, column=column, value=value, written=written, **more
    )


def applied(before, *lines, digest=""):
    made = apply_to([before], lines, digest)
    return made.grids[0], [each.state for each in made.lines]


def test_the_grid_that_was_given_stays_as_it_is():
    before = grid()
    after, states = applied(before, line(3, "JUMLAH BKB", 6, "#REF!"))
    assert states == ["corrected"]
    assert (before.rows[2][2], after.rows[2][2]) == ("#REF!", 6)
    changed = [a != b for a, b in zip(before.rows, after.rows, strict=True)]
    assert changed == [False, False, True, False, False]


def test_what_showed_an_error_shows_none_any_more():
    from dataclasses import replace

    odd = (OddCell(2, 2, "error", "#REF!"), OddCell(4, 2, "error", "#REF!"))
    before = replace(grid(), odd_cells=odd)
    after, _ = applied(before, line(3, "JUMLAH BKB", 6, "#REF!"))
    assert after.odd_cells == odd[1:]


def test_a_code_that_a_program_took_for_a_number_is_a_code_again():
    after, states = applied(grid(), line(3, "KODE", 18.1, "18.1", digest="x"))
    assert (after.rows[2][0], states) == ("18.1", ["correction_done"])
    after, _ = applied(grid(), line(5, "KODE", 18.1, "18.72"))
    assert after.rows[4][0] == "18.10"


def test_a_heading_that_was_cut_for_a_finding_is_found_by_its_beginning():
    long = "JUMLAH KELOMPOK BKB YANG ADA DI DESA " + "DAN KELURAHAN " * 9
    before = make_grid([["KABUPATEN", long], ["Metro", "5"]], file="bkb.csv")
    after, states = applied(before, line(2, f"{long[:119]}…", 6, "5"))
    assert (states, after.rows[1][1]) == (["corrected"], 6)


def test_a_value_that_was_cut_or_masked_is_compared_as_far_as_it_was_told():
    text = "catatan " * 40
    before = make_grid([["KABUPATEN", "KET"], ["Metro", text]], file="bkb.csv")
    found = line(2, "KET", "kosong", f"{text[:119]}…")
    assert applied(before, found)[1] == ["corrected"]
    assert applied(before, line(2, "KET", "kosong", "•••"))[1] == ["correction_changed"]
    known = line(2, "KET", "kosong", "•••", digest="ab")
    assert applied(before, known, digest="ab")[1] == ["corrected"]


def test_of_a_row_and_one_of_its_cells_neither_is_used():
    cell = line(4, "JUMLAH BKB", 6, "7", digest="ab")
    row = line(4, "JUMLAH BKB", "", "7", digest="ab", action="row")
    after, states = applied(grid(), cell, row, digest="ab")
    assert states == ["correction_contradicts"] * 2
    assert after.rows[3] == ROWS[2]


def test_a_place_outside_of_the_sheet_is_no_place():
    for row in (0, -3, 99):
        found = line(row, "JUMLAH BKB", 6, "7")
        assert applied(grid(), found)[1] == ["correction_no_place"]
    assert applied(grid(), line(4, "", 6, "7"))[1] == ["correction_no_cell"]
    assert applied(grid(), line(None, "JUMLAH BKB", 6, "7"))[1] == [
        "correction_no_cell"
    ]
