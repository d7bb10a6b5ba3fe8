"""The report says what came out, what was changed, and what is lacking; it adds up."""

import re
from dataclasses import replace

import pytest
from making_villages import cells, four, path_of, row, shape, write_clone

import kkbpk_geo as kg
from kkbpk_geo.pipeline.borders import report
from kkbpk_geo.pipeline.borders.report import report_page, report_text, sections

A, B, C, D = sorted(four())


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    hole = cells(0.25, 0.25, 0.75, 0.75)
    text = "".join(
        [
            row(A, path_of(cells(0, 0, 1, 1) - hole)),
            row(B, path_of(cells(0, 0.9, 1, 2))),
            row(B, path_of(cells(0, 0.9, 1, 2))),
            row(C, ""),
            row("18.72.01.2099", path_of(cells(5, 5, 6, 6)), "<b>Baru</b>"),
        ]
    )
    return kg.build_boundaries(write_clone(tmp_path_factory.mktemp("x"), text))


def section(built, key, language="id"):
    return {each.key: each for each in sections(built, "b.kgeo", language)}[key]


def rows(built, key):
    return [[cell.text for cell in row] for row in section(built, key).rows]


def test_rows_read_and_used_add_up(built):
    (said,) = section(built, "baris").sentences
    numbers = [int(number) for number in re.findall(r"\d+", said)]
    assert numbers == [5, 3, 0, 1, 1, 0]
    assert numbers[0] == sum(numbers[1:])


def test_outlines_and_register_add_up_on_every_level(built):
    said = [
        x for x in section(built, "tanpa-poligon").sentences if "dalam daftar;" in x
    ]
    assert said == [
        "kabupaten/kota: 1 berpoligon + 14 tanpa poligon = 15 dalam daftar; 0 poligon "
        "lagi berkode di luar daftar.",
        "kecamatan: 1 berpoligon + 228 tanpa poligon = 229 dalam daftar; 0 poligon "
        "lagi berkode di luar daftar.",
        "desa/kelurahan: 2 berpoligon + 2.649 tanpa poligon = 2.651 dalam daftar; "
        "1 poligon lagi berkode di luar daftar.",
    ]


def test_areas_stand_beside_official_ones(built):
    (metro,) = rows(built, "luas")
    assert metro[:3] == ["Kota Metro", "18.72", "73,2"]
    assert metro[-2:] == ["1", "3"]


def test_what_has_no_outline_is_named_with_where_and_why(built):
    found = {line[1]: line for line in rows(built, "tanpa-poligon")}
    assert found[C] == [
        "Banjarsari",
        C,
        "desa/kelurahan",
        "Metro Utara, Kota Metro",
        "barisnya tanpa poligon",
    ]


def test_a_hole_that_stays_is_told_with_its_place(built):
    ((what, where, km2, *_),) = rows(built, "lahan")
    assert (what, where) == ("tetap kosong", "-4,990; 105,010")
    assert km2.startswith("1,2")


def test_codes_that_the_register_lacks_are_named(built):
    assert rows(built, "kode-asing") == [
        ["<b>Baru</b>", "18.72.01.2099", "desa/kelurahan"]
    ]


def test_rows_that_gave_no_outline_are_named(built):
    assert [line[2] for line in rows(built, "tak-terpakai")] == [
        "tanpa poligon",
        "kode berulang di lahan yang sama; baris pertama yang dipakai",
    ]


def test_page_and_text_say_the_same_and_text_of_a_source_is_inert(built):
    page, text = report_page(built, "b.kgeo"), report_text(built, "b.kgeo")
    for each in sections(built, "b.kgeo", "id"):
        assert each.heading in page
        assert each.heading in text
    assert "<b>Baru</b>" in text
    assert "<b>Baru</b>" not in page
    assert "--boundaries b.kgeo" in text


def test_it_is_written_in_english_too(built):
    assert "Without an outline" in report_text(built, "b.kgeo", "en")
    assert 'lang="en"' in report_page(built, "b.kgeo", "en")


def test_a_very_long_table_is_cut_and_says_so(built, monkeypatch):
    monkeypatch.setattr(report, "_MOST_ROWS", 2000)
    cut = section(built, "tanpa-poligon")
    assert len(cut.rows) == 2000
    # 14 + 228 + 2,649 have none.
    assert cut.sentences[-1] == "891 baris lagi tidak ditampilkan di sini."


def test_a_name_breaks_no_line_of_the_text(built):
    odd = replace(built, unknown=built.unknown.assign(name="a\tb\nc"))
    lines = report_text(odd, "b.kgeo").splitlines()
    assert [line.count("\t") for line in lines if "18.72.01.2099" in line] == [2]


def test_how_wide_a_crack_was_closed_is_told(built):
    assert built.gap_m == 110
    assert "celah sampai sekitar 110 meter" in section(built, "perubahan").sentences[0]


def test_a_province_that_the_register_lacks_and_a_line_are_reported(tmp_path):
    line = shape((9, 5), (9, 6), (9, 7), (9, 8))
    write_clone(tmp_path, {**four(), "18.72.03.1001": line})
    write_clone(tmp_path, {"97.01.01.2001": cells(3, 3, 4, 4)}, province="97")
    found = kg.build_boundaries(tmp_path)
    lost = {each[1]: each[4] for each in rows(found, "tanpa-poligon")}
    assert lost["18.72.03.1001"] == "hilang saat dirapikan"
    assert rows(found, "baris")[1][:2] == ["97", "1"]
    assert "desa/kelurahan: 4 berpoligon" in report_text(found, "b.kgeo")


def test_a_section_without_rows_says_so(tmp_path):
    quiet = section(kg.build_boundaries(write_clone(tmp_path, four())), "perubahan")
    assert quiet.rows == ()
    assert quiet.sentences[-1] == "Tidak ada."
