"""Persons: in whatever way they are written, nothing of them is kept or shown."""

import zipfile

import pytest
from persons_many import NAME, counts, groups, slipped, ways

from kkbpk_geo.findings.book import write_findings
from kkbpk_geo.findings.page import findings_html
from kkbpk_geo.findings.words import finding_text, findings_frame, remedy_text
from kkbpk_geo.intake.account import account_for
from kkbpk_geo.intake.asking import ask_headings
from kkbpk_geo.intake.cells.persons import (
    are_names,
    is_titled,
    looks_like_a_name,
    may_be_a_name,
    quoted_time,
)
from kkbpk_geo.intake.reading import read_table

WAYS = list(ways())


def read(rows):
    return read_table(rows, province="Lampung", year=2025)


def shown(table, folder):
    """Return all that can be seen of a table, in one text."""
    texts = [repr(table), repr(account_for([table])), findings_html(table)]
    for one in table.tables():
        texts += [one.data.to_csv(), one.listed.to_csv(), repr(one.headings)]
        texts += [repr(one.findings), one._repr_html_()]
    for found in table.findings:
        for language in ("id", "en"):
            texts += [finding_text(found, language), remedy_text(found, language)]
    texts.append(findings_frame(table.findings).to_csv())
    for file in write_findings(table, folder):
        with zipfile.ZipFile(file) as book:
            texts += [book.read(name).decode() for name in book.namelist()]
    return "\n".join(texts).casefold()


def test_more_than_a_hundred_ways_are_tried():
    assert len(WAYS) > 100
    assert len({name for name, *_ in WAYS}) == len(WAYS)


@pytest.mark.parametrize(
    ("rows", "secrets"), [way[1:] for way in WAYS], ids=[way[0] for way in WAYS]
)
def test_nothing_of_a_person_is_seen_in_whatever_way_it_is_written(
    rows, secrets, tmp_path
):
    table = read(rows)
    seen = shown(table, tmp_path)
    assert [secret for secret in secrets if secret.casefold() in seen] == []


# --- what stays -----------------------------------------------------------------------


def found(table, code):
    return [(f.column, f.value, f.count) for f in table.findings if f.code == code]


def test_a_dropped_column_is_told_by_its_heading_and_its_count():
    table = read(groups("KOLOM 9", [NAME, "Kenangatok", "-", ""]))
    assert found(table, "column_dropped_unknown") == [("KOLOM 9", "", 3)]
    assert found(table, "column_unknown") == []
    assert table.headings["KOLOM 9"] == "dropped"
    assert table.data["members"].sum() == 10 + 11 + 12 + 13


def test_figures_under_an_unknown_heading_of_a_list_are_counted_and_not_handed_on():
    table = read(groups("KOLOM 9", [5, 6, 7, 8]))
    assert found(table, "column_of_figures_unknown") == [("KOLOM 9", "…", 4)]
    assert "KOLOM 9" not in table.data
    assert table.headings["KOLOM 9"] == "dropped"
    assert account_for([table]).cells_aside == {"column_unknown": 4}


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("ID KELOMPOK", ["A1", "A2", "A3", "A4"]),
        ("PROFESI", ["Bidan", "Dokter", "Bidan", "Bidan"]),
        ("TINGKAT", ["Kabupaten", "Kabupaten", "Kota", "Kabupaten"]),
    ],
)
def test_columns_of_a_list_that_hold_no_person_for_sure_are_kept(heading, values):
    table = read(groups(heading, values))
    assert table.data[heading].tolist() == values


def test_a_remark_is_kept_in_a_table_of_counts_and_dropped_in_a_list():
    values = ["baru", "pindah ke kota", "", ""]
    assert read(counts("KET", values)).data["KET"].tolist()[:2] == values[:2]
    assert "KET" not in read(groups("KET", values)).data


def test_a_column_of_known_words_is_kept_beside_one_about_persons():
    table = counts("NAMA BIDAN", [NAME] * 4)
    heads = ["MUTU", "baik", "baik", "sedang", "baik"]
    rows = [[*row, one] for row, one in zip(table, heads, strict=True)]
    assert read(rows).data["MUTU"].tolist() == heads[1:]
    heads[3] = "Kenangatok"
    rows = [[*row, one] for row, one in zip(table, heads, strict=True)]
    assert found(read(rows), "column_dropped_unknown") == [("MUTU", "", 4)]


def test_a_facility_keeps_its_name_though_it_is_called_after_a_person():
    rows = [["KABUPATEN", "NAMA FASKES", "JENIS FASKES"]]
    rows.append(["Mesuji", "Praktik dr. Zulaekhatok", "Dokter Praktik Mandiri"])
    assert read(rows).data["name"].tolist() == ["Praktik dr. Zulaekhatok"]


def test_a_facility_keeps_its_point_and_an_officer_does_not():
    point = [-5.43, 105.26]
    head = ["KABUPATEN", "NAMA FASKES", "LINTANG", "BUJUR"]
    rows = [head, ["Mesuji", "Klinik A", *point]]
    assert read(rows).data["latitude"].tolist() == [-5.43]
    rows = [[*head[:1], "NAMA PKB", *head[2:]], ["Mesuji", NAME, *point]]
    table = read(rows)
    assert table.kind == "persons"
    assert "latitude" not in table.data
    dropped = [(heading, "", 1) for heading in ("NAMA PKB", "LINTANG", "BUJUR")]
    assert found(table, "personal_data_dropped") == dropped


def test_half_of_a_column_about_persons_is_a_column_about_persons():
    few = read(counts("CAT", ["0812-7900-4412", "baik", "baik", ""]))
    assert found(few, "personal_data_dropped") == [("CAT", "", 1)]
    assert few.data["CAT"].tolist()[1:3] == ["baik", "baik"]
    half = read(counts("CAT", ["0812-7900-4412", "baik", "", ""]))
    assert found(half, "personal_data_dropped") == [("CAT", "", 2)]


@pytest.mark.parametrize(("value", "kept"), [(999_999_999, True), (10**9, False)])
def test_a_count_of_ten_digits_is_a_number_of_a_person(value, kept):
    table = read(slipped(groups("LAPOR", ["Ya"] * 4), 1, 3, value))
    told = [] if kept else [("JUMLAH ANGGOTA", "", 1)]
    assert found(table, "personal_data_dropped") == told


# --- what the officer is told ---------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "column", "value", "code"),
    [
        (1, 0, "Mesujji Baratan", "region_unknown"),
        (1, 2, "Mie", "period_unreadable"),
        (1, 2, "Agustsu Lalu", "period_unreadable"),
        (1, 1, "1 k", "number_unreadable"),
        (1, 1, "belum lapor orang", "number_unreadable"),
    ],
)
def test_what_can_be_no_name_is_quoted_for_the_officer_to_mend(
    row, column, value, code
):
    table = read(slipped(counts("LAPOR", ["Ya"] * 4), row, column, value))
    assert [value for _, value, _ in found(table, code)] == [value]


def test_a_titled_name_among_places_is_masked_and_not_filled_from_above():
    rows = slipped(counts("LAPOR", ["Ya"] * 4), 2, 0, "Ibu Zulaekhatok")
    table = read(rows)
    assert [f.value for f in table.findings if f.code == "region_unknown"] == ["•••"]
    assert table.data["region_code"].isna().tolist() == [False, True, False, False]


def test_a_slipped_name_is_told_by_its_row_and_column_alone():
    rows = slipped(groups("LAPOR", ["Ya"] * 4), 2, 3, "Zulaekhatok")
    (told,) = [f for f in read(rows).findings if f.code == "number_unreadable"]
    assert (told.row, told.column, told.value) == (3, "JUMLAH ANGGOTA", "•••")


@pytest.mark.parametrize(
    ("heading", "personal"),
    [("KETUA", True), ("NARAHUBUNG", True), ("JUMLAH KADER BKB", False)],
)
def test_who_asks_for_a_heading_hears_that_it_is_about_persons(heading, personal):
    assert ask_headings([heading])[0].personal is personal


# --- the shape of a name --------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["25 orang", "belum lapor", "445 (Pringsewu)", "9 (Lampung Barat)",
     "Kab. Pringsewu", "", 5],
)  # fmt: skip
def test_known_words_and_places_are_no_names(text):
    assert not may_be_a_name(text)


@pytest.mark.parametrize(
    "text", ["ibu hamil", "Sinar Mas Alam", "Gunung S. Raya", "dr Puskesmas", "S. Kep"]
)
def test_a_title_before_known_words_or_inside_a_place_is_none(text):
    assert not is_titled(text)


@pytest.mark.parametrize(
    ("text", "shaped"),
    [
        ("biru", False),
        ("Zulaekhatok", True),
        ("zulaekhatok wardhanitok", True),
        ("Abcok Bcdok Cdeok Defok Efgok Fghok", True),
        ("Abcok Bcdok Cdeok Defok Efgok Fghok Ghiok", False),
        ("Blok A12", False),
    ],
)
def test_a_name_is_up_to_six_words_none_of_them_known(text, shaped):
    assert looks_like_a_name(text) is shaped


def test_half_of_the_cells_that_look_like_names_make_a_column_of_names():
    assert are_names(["Zulaekhatok", "baik", ""])
    assert not are_names(["Zulaekhatok", "baik", "baik"])


@pytest.mark.parametrize(
    ("text", "shown"), [("Mie", "Mie"), ("Agustsu", "Agustsu"), ("Zulaekhatok", "•••")]
)
def test_a_word_near_a_month_is_quoted(text, shown):
    assert quoted_time(text) == shown


@pytest.mark.parametrize("heading", ["ID KELOMPOK", "PROFESI", "NO REGISTRASI"])
def test_a_name_in_a_column_that_is_kept_is_taken_out(heading):
    table = read(groups(heading, [NAME, "K2", "K3", "K4"]))
    assert table.data[heading].fillna("").tolist() == ["", "K2", "K3", "K4"]
    assert found(table, "personal_data_dropped") == [(heading, "", 1)]


def test_a_line_about_a_person_between_places_is_not_quoted():
    rows = slipped(counts("LAPOR", ["Ya"] * 4), 2, 0, "Ketua: Zulaekhatok")
    assert [value for _, value, _ in found(read(rows), "region_unknown")] == ["•••"]


def test_a_name_among_the_figures_of_a_plan_is_not_kept_beside_them():
    head = ["KABUPATEN", "KEGIATAN", "TARGET", "SATUAN"]
    rows = [["Mesuji", "Pembinaan BKB", NAME, "kelompok"]]
    rows.append(["Kota Metro", "Pembinaan BKR", "5 lebih", "kelompok"])
    table = read([head, *rows])
    assert table.data["TARGET (teks)"].fillna("").tolist() == ["", "5 lebih"]
