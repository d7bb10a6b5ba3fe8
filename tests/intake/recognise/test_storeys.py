"""Storeys of a header: of parts and their sum the sum is the figure, or none is."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kkbpk_geo.intake.account import account_for
from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.intake.recognise.headers import MOST_HEADER_ROWS, find_header
from kkbpk_geo.intake.recognise.storeys import numbers_columns
from kkbpk_geo.io.grids import load_grids

NAMES = ("Mesuji", "Pringsewu", "Tanggamus")
USERS = "PESERTA KB AKTIF"


def read(rows, **options):
    return read_table(rows, **{"province": "Lampung", "year": 2025, **options})


def errors(table):
    return [(f.code, f.row, f.column) for f in table.findings if f.severity == "error"]


def two_storeys(over, names, *rows):
    """A header of two storeys over one row of figures for each place."""
    body = [[place, *row] for place, row in zip(NAMES, rows, strict=False)]
    blanks = [""] * (len(names) - 1)
    return [["KABUPATEN/KOTA", over, *blanks], ["", *names], *body]


# --- the law --------------------------------------------------------------------------

WORDS = st.text("BCDFGKMNRSTVW", min_size=3, max_size=8).filter(
    lambda word: word not in ("MKJP", "KB", "NGR")
)
PARTS = st.lists(st.integers(0, 900), min_size=2, max_size=5)


def as_csv(rows, folder):
    path = folder / "a.csv"
    path.write_text("\n".join(";".join(map(str, row)) for row in rows))
    return path


def as_sheet(rows, folder, *, merged):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([cell if cell != "" else None for cell in row])
    if merged:
        book.active.merge_cells("A1:A2")
        book.active.merge_cells(
            start_row=1, end_row=1, start_column=2, end_column=len(rows[0])
        )
    path = folder / f"{merged}.xlsx"
    book.save(path)
    return path


def as_frame(rows, folder):
    del folder
    over = [rows[0][0], *[rows[0][1]] * (len(rows[0]) - 1)]
    names = pd.MultiIndex.from_arrays([over, rows[1]])
    return pd.DataFrame(rows[2:], columns=names)


FORMS = {
    "list": lambda rows, _: rows,
    "csv": as_csv,
    "frame": as_frame,
    "merged": lambda rows, folder: as_sheet(rows, folder, merged=True),
    "unmerged": lambda rows, folder: as_sheet(rows, folder, merged=False),
}


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_whatever_parts_are_called_and_wherever_they_stand_the_sum_is_read(
    form, data, tmp_path_factory
):
    first = data.draw(PARTS)
    second = data.draw(
        st.lists(st.integers(0, 900), min_size=len(first), max_size=len(first))
    )
    names = data.draw(
        st.lists(WORDS, min_size=len(first), max_size=len(first), unique=True)
    )
    columns = [*zip(names, first, second, strict=True)]
    columns.append(("JUMLAH", sum(first), sum(second)))
    order = data.draw(st.permutations(columns))
    over = data.draw(st.sampled_from(["PUS", USERS, "PKB/PLKB", "JUMLAH KELUARGA"]))
    rows = two_storeys(over, *zip(*order, strict=True))
    table = read(FORMS[form](rows, tmp_path_factory.mktemp("law")))
    (target,) = {"couples", "users", "officers", "families"} & set(table.data)
    assert table.data[target].tolist() == [sum(first), sum(second)]


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=3, max_size=3, unique=True), st.permutations([1, 2, 3]))
def test_without_a_sum_no_part_is_taken_for_the_whole_and_the_heading_is_named(
    names, figures
):
    table = read(two_storeys(USERS, names, figures))
    assert table.data["users"].isna().all()
    assert errors(table) == [("heading_parts", None, f"{USERS} > {names[0]}")]


# --- which row is a storey ------------------------------------------------------------


@pytest.mark.parametrize(
    "names",
    [("PEMERINTAH", "SWASTA", "JUMLAH"), ("L", "P", "L+P"), ("PNS", "NON PNS", "JML"),
     ("<20", "20-35", "JUMLAH"), ("aaa", "bbb", "TOTAL"), ("Lk", "Pr", "Jumlah (L+P)"),
     ("L", "P", "∑"), ("X", "-", "JUMLAH"),
     ("Mesuji", "Pringsewu", "JUMLAH")],
)  # fmt: skip
def test_a_row_of_texts_over_figures_is_a_storey_whatever_its_words(names):
    table = read(two_storeys(USERS, names, (10, 12, 22), (20, 21, 41)))
    assert table.data["users"].tolist() == [22, 41]
    assert errors(table) == []


@pytest.mark.parametrize(
    "first",
    [["Mesuji", "", ""], ["Mesuji", "TAD", "-"], ["Mesuji", "nihil", ""],
     ["Mesuji", "belum", "belum"]],
)  # fmt: skip
def test_a_first_row_without_figures_is_data(first):
    rows = [["KABUPATEN", "PUS", USERS], first, ["Pringsewu", 5, 3]]
    assert len(read(rows).data) == 2


def test_a_list_of_names_is_data_from_its_first_row_on():
    rows = [["KABUPATEN", "NAMA KELOMPOK BKB", "KETERANGAN", "JUMLAH ANGGOTA"],
            ["", "Melati", "baru", ""], ["Mesuji", "Mawar", "", 12]]  # fmt: skip
    assert find_header(load_grids(rows)[0]).stop == 1


def test_numbers_of_columns_may_stand_between_storeys():
    rows = two_storeys(USERS, ("PEM", "SWASTA", "JUMLAH"), (10, 12, 22))
    rows.insert(1, [1, 2, 3, "4=2+3"])
    assert read(rows).data["users"].tolist() == [22]


@pytest.mark.parametrize(
    ("row", "numbered"),
    [(["1", "2", "3"], True), (["(1)", "(2)", "", "(3)"], True), (["-1", "-2", "-3"],
     True), (["1", "2", "3=1+2"], True), (["A", "B", "C"], True), (["a", "b", "d"],
     False), (["1", "2"], False), (["1", "3", "4"], False), (["2", "3", "4"], False)],
)  # fmt: skip
def test_a_row_that_only_numbers_columns_is_told_from_data(row, numbered):
    assert numbers_columns(row) is numbered


def test_words_of_one_heading_in_two_rows_are_one_heading():
    rows = [["NO", "KABUPATEN/", "PESERTA", "JUMLAH"], ["", "KOTA", "KB AKTIF", "PUS"],
            [1, "Mesuji", 10, 12]]  # fmt: skip
    table = read(rows)
    assert table.data[["users", "couples"]].to_numpy().tolist() == [[10, 12]]


def test_three_storeys_and_a_row_of_units_are_read_to_the_bottom():
    rows = [
        ["KABUPATEN", USERS, "", "", "", "", "", ""],
        ["", "PEMERINTAH", "", "", "SWASTA", "", "", "JUMLAH"],
        ["", "L", "P", "JML", "L", "P", "JML", ""],
        ["", *["(orang)"] * 7],
        ["Mesuji", 1, 2, 3, 4, 5, 9, 12],
        ["Pringsewu", 1, 2, 3, 4, 5, 9, 13],
        ["Tanggamus", 1, 2, 3, 4, 5, 9, 12],
    ]
    table = read(rows)
    assert table.data["users"].astype(object).fillna("-").tolist() == [12, "-", 12]
    assert [(code, row) for code, row, _ in errors(table)] == [
        ("storeys_do_not_add_up", 6)
    ]


METHODS = ["IUD", "MOW", "SUNTIK", "PIL"]


def test_a_sum_over_methods_that_are_all_known_is_checked_row_by_row():
    names = [*METHODS, "JUMLAH"]
    rows = [[1, 2, 3, 4, 10], [1, 2, 3, 4, 11], [2, 2, 3, 4, 11]]
    table = read(two_storeys(USERS, names, *rows))
    assert table.data["users"].astype(object).fillna("-").tolist() == [10, "-", 11]
    assert table.data["users_iud"].tolist() == [1, 1, 2]
    sums = [f for f in table.findings if f.code == "storeys_do_not_add_up"]
    assert [(f.row, f.value, f.expected) for f in sums] == [(4, "11", "10")]


def test_a_sum_over_methods_in_three_storeys_is_checked():
    rows = [
        ["KABUPATEN", USERS, "", "", "", ""],
        ["", "MKJP", "", "NON MKJP", "", "JUMLAH"],
        ["", *METHODS, ""],
        ["Mesuji", 1, 2, 3, 4, 10],
        ["Pringsewu", 1, 2, 3, 4, 12],
        ["Tanggamus", 1, 2, 3, 4, 10],
    ]
    found = errors(read(rows))
    assert found == [("storeys_do_not_add_up", 5, f"{USERS} > JUMLAH")]


def test_a_sum_over_methods_that_adds_up_says_nothing():
    names = [*METHODS, "MKJP", "JUMLAH"]  # MKJP says again what IUD and MOW say
    table = read(two_storeys(USERS, names, [1, 2, 3, 4, 3, 10], [2, 2, 3, 4, 4, 11]))
    assert table.data["users"].tolist() == [10, 11]
    assert errors(table) == []


def test_mkjp_beside_the_other_methods_is_a_part_of_their_sum():
    names = ["MKJP", "SUNTIK", "PIL", "JUMLAH"]
    rows = [[3, 3, 4, 10], [3, 3, 4, 10], [3, 3, 4, 12]]
    found = errors(read(two_storeys(USERS, names, *rows)))
    assert [(code, row) for code, row, _ in found] == [("storeys_do_not_add_up", 5)]


@pytest.mark.parametrize("over", [USERS, "PESERTA KB BARU"])
def test_the_sum_of_short_acting_methods_alone_is_not_all_users(over):
    table = read(two_storeys(over, ["SUNTIK", "PIL", "JUMLAH"], [3, 4, 7], [3, 5, 8]))
    assert not {"users", "new_users"} & set(table.data)
    assert [f.code for f in table.findings].count("column_ambiguous") == 1


def test_the_sum_of_all_long_acting_methods_is_that_of_mkjp():
    names = ["IUD", "MOW", "MOP", "IMPLAN", "JUMLAH"]
    table = read(two_storeys(USERS, names, [1, 2, 3, 4, 10], [2, 2, 3, 4, 11]))
    assert table.data["users_long_acting"].tolist() == [10, 11]
    assert "users" not in table.data


def test_a_header_has_no_more_storeys_than_have_been_seen_and_one_of_units():
    rows = [["KABUPATEN", "PUS"], *[["", f"w{c}"] for c in "abcdef"], ["Mesuji", 1]]
    assert find_header(load_grids(rows)[0]).stop == MOST_HEADER_ROWS == 5


SEVEN = ["IUD", "MOW", "MOP", "KONDOM", "IMPLAN", "SUNTIK", "PIL"]


def in_one_row(names, *rows):
    """A header of one storey over one row of figures for each place."""
    body = [[place, *row] for place, row in zip(NAMES, rows, strict=False)]
    return [["KABUPATEN/KOTA", *names], *body]


def lost(table, column="users"):
    """The places that have no figure."""
    missing = table.data[column].isna()
    return table.data.loc[missing, "kabkota"].tolist()


@pytest.mark.parametrize("total", ["JUMLAH PA", "TOTAL PESERTA KB AKTIF"])
@pytest.mark.parametrize("said", [29, 27])
def test_all_users_beside_bare_methods_are_their_sum(total, said):
    ones = [[1, 2, 3, 4, 5, 6, 7, all_users] for all_users in (28, said, 28)]
    table = read(in_one_row([*SEVEN, total], *ones))
    assert lost(table) == ["Pringsewu"]
    assert errors(table) == [("storeys_do_not_add_up", 3, total)]


def test_the_sum_of_new_users_is_that_of_their_own_methods():
    new = [f"PB {method}" for method in SEVEN]
    names = [*new, "JUMLAH PB", *SEVEN, "JUMLAH PA"]
    right = [1] * 7 + [7] + [2] * 7 + [14]
    wrong = [1] * 7 + [14] + [2] * 7 + [14]
    table = read(in_one_row(names, right, wrong, right))
    assert (lost(table, "new_users"), lost(table)) == (["Pringsewu"], [])


@pytest.mark.parametrize(
    ("names", "said", "unproved"),
    [
        (["IUD", "PIL", "JUMLAH PA"], 90, []),  # others are not in the table
        (["IUD", "PIL", "JUMLAH PA"], 19, ["Pringsewu"]),
        ([*SEVEN, "PESERTA KB AKTIF"], 300, []),  # MAL is not in the table
        ([*SEVEN, "PESERTA KB AKTIF"], 60, ["Pringsewu"]),
        (["IUD", "JUMLAH PA"], 9, []),  # one is compared by its own rule
    ],
)
def test_users_beside_some_of_their_methods_are_never_fewer(names, said, unproved):
    methods = [10] * (len(names) - 1)
    rows = [[*methods, users] for users in (70, said, 70)]
    assert lost(read(in_one_row(names, *rows))) == unproved


def test_a_sum_that_its_parts_deny_is_unusable_in_the_account():
    rows = [[1, 2, 3, 4, 5, 6, 7, n] for n in (28, 29, 28)]
    found = account_for([read(in_one_row([*SEVEN, "JUMLAH PA"], *rows))])
    assert (found.cells, found.cells_aside) == (24, {"unusable": 1})


@pytest.mark.parametrize("names", [("LAKI-LAKI", "PEREMPUAN"), ("L", "P")])
def test_people_in_one_row_with_men_and_women_are_their_sum(names):
    rows = [[120_000, 121_000, 241_000], [220_000, 224_000, 4_440_000]]
    rows.append([320_000, 321_000, 641_000])
    table = read(in_one_row([*names, "PENDUDUK"], *rows))
    assert lost(table, "population") == ["Pringsewu"]


STAFF = "JUMLAH TENAGA PELAYANAN KB"


def staff_of(names, *rows):
    """A table of couples and users beside the staff that serves them."""
    body = [[name, 900, 600, *row] for name, row in zip(NAMES, rows, strict=False)]
    blanks = [""] * (len(names) - 1)
    over = ["KABUPATEN", "PUS", USERS, STAFF, *blanks]
    return read([over, ["", "", "", *names], *body])


def test_doctors_and_midwives_under_staff_are_staff_and_no_users():
    table = staff_of(["Dokter", "Bidan", "Perawat"], [20, 3, 4], [21, 4, 5])
    assert table.data["staff"].tolist() == [27, 30]
    assert table.data["users"].tolist() == [600, 600]


def test_the_sum_of_staff_is_held_against_doctors_and_midwives():
    rows = [[20, 3, 23], [21, 4, 26], [20, 3, 23]]
    table = staff_of(["Dokter", "Bidan", "Jumlah"], *rows)
    assert lost(table, "staff") == ["Pringsewu"]
    # Somebody else may be in the sum where a third column is not understood.
    others = [[20, 3, 1, 24], [21, 4, 1, 20], [20, 3, 1, 99]]
    table = staff_of(["Dokter", "Bidan", "Lainnya", "Jumlah"], *others)
    assert lost(table, "staff") == ["Pringsewu"]


def test_midwives_under_users_are_no_staff():
    head = ["KABUPATEN", "PUSKESMAS", "BIDAN", "JUMLAH"]
    rows = [["PESERTA KB BARU MENURUT TEMPAT PELAYANAN"], head, ["Mesuji", 20, 3, 23]]
    assert "staff" not in read(rows).data


# --- above and beside -----------------------------------------------------------------


def test_an_unknown_heading_above_takes_the_meaning_of_what_stands_below_it():
    methods = ["KABUPATEN", "IUD", "MOW", "IUD", "MOW"]
    over = ["", "KASUS GAGAL", "", "LAINNYA", ""]
    rows = [over, methods, ["Mesuji", 1, 2, 3, 4]]
    table = read(rows)
    assert table.data["users_iud"].isna().all()
    assert [code for code, _, _ in errors(table)] == ["heading_unclear"] * 2


@pytest.mark.parametrize(
    "title",
    [["", "LAPORAN KB", ""], ["", "BULAN", "NOVEMBER"], ["", "KABUPATEN MESUJI", ""],
     ["", "SEMESTER 2", "x"], ["", "Nama:", "x"], ["", "gabungan", ""]],
)  # fmt: skip
def test_a_title_above_the_headings_is_no_storey(title):
    rows = [title, ["KABUPATEN", "PUS", USERS], ["Mesuji", 5, 3]]
    assert read(rows).data["couples"].tolist() == [5]


def test_a_blank_among_sub_headings_is_a_part_not_the_whole():
    table = read(two_storeys(USERS, ("", "SWASTA", "JUMLAH"), (10, 12, 22)))
    assert table.data["users"].tolist() == [22]
    table = read(two_storeys(USERS, ("", "SWASTA", "LAIN"), (10, 12, 22)))
    assert table.data["users"].isna().all()
    assert [code for code, _, _ in errors(table)] == ["heading_parts"]


def test_a_per_cent_or_a_unit_beside_a_blank_leaves_the_figure_what_it_is():
    table = read(two_storeys(USERS, ("", "%"), (10, 12.5)))
    assert table.data["users"].tolist() == [10]
    table = read(two_storeys(USERS, ("orang", "%"), (10, 12.5)))
    assert table.data["users"].tolist() == [10]


def test_parts_that_are_all_there_are_add_up_where_none_is_missing():
    table = read(two_storeys("JUMLAH PENDUDUK", ("L", "P"), (10, 12), (7, "")))
    assert table.data["population"].astype(object).fillna("-").tolist() == [22, "-"]
    assert errors(table) == [("part_missing", 4, "JUMLAH PENDUDUK > L")]
    assert not table.data.get("not_reported", pd.Series([False])).any()


def test_sub_headings_over_the_wrong_columns_give_no_figure_at_all():
    names = ("JUMLAH", "MKJP", "NON MKJP")
    table = read(two_storeys(USERS, names, (10, 12, 22), (5, 6, 11)))
    assert table.data[["users", "users_long_acting"]].isna().all(axis=None)
    assert errors(table) == [
        ("storeys_never_add_up", None, f"{USERS} > JUMLAH"),
        ("storeys_never_add_up", None, f"{USERS} > MKJP"),
    ]


def test_groups_that_report_are_no_part_of_a_sum():
    table = read(two_storeys("KELOMPOK BKB", ("LAPOR", "LAIN", "JUMLAH"), (5, 1, 10)))
    assert table.data["bkb_groups"].tolist() == [10]
    assert errors(table) == []


def test_methods_under_modern_users_are_methods_and_their_sum_is_modern_users():
    names = ("KONDOM", "%", "AKDR", "%", "JUMLAH", "%")
    over = "PESERTA KB AKTIF METODE MODERN"
    data = read(two_storeys(over, names, (5, 20.0, 20, 80.0, 25, 100.0))).data
    found = data[["users_condom", "users_iud", "users_modern"]]
    assert found.to_numpy().tolist() == [[5, 20, 25]]


def test_groups_under_users_are_no_groups_because_both_may_be_unclear():
    names = ("MESUJI", "BKB", "JUMLAH")
    table = read(two_storeys(USERS, names, (7, 11, 18), (7, 11, 18)))
    assert "bkb_groups" not in table.data
    assert table.data["users"].tolist() == [18, 18]


ODD = ("MESUJI", "PIL", "LAPOR", "ADA", "Desa", "2", "X", "—", "orang", "%", "1)", "NO",
       "KETERANGAN", "Rp", "MKJP", "BKB", "umur 20-24", "zorp")  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(ODD), min_size=2, max_size=4, unique=True),
    st.permutations(range(5)),
    st.sampled_from(["PUS", USERS, "PKB/PLKB", "JUMLAH PENDUDUK", "KELOMPOK BKB"]),
)
def test_words_that_mean_something_elsewhere_never_make_a_part_the_whole(
    names, order, over
):
    figures = [7, 11, 19, 31][: len(names)]
    columns = [*zip(names, figures, strict=True), ("JUMLAH", sum(figures))]
    order = [i for i in order if i < len(columns)]
    shown = [columns[i] for i in order]
    rows = two_storeys(over, *zip(*[*shown], strict=True))
    rows.append(["Pringsewu", *rows[-1][1:]])
    table = read(rows)
    targets = {"couples", "users", "officers", "population", "bkb_groups"}
    found = table.data[[name for name in targets if name in table.data]]
    values = {int(v) for v in found.to_numpy(dtype=float, na_value=-1).ravel()} - {-1}
    told = {f.severity for f in table.findings} & {"error", "warning"}
    assert values <= {sum(figures)}
    assert values or told


def test_a_storey_of_units_names_no_part():
    rows = [
        ["KABUPATEN", "PUS", "PESERTA KB AKTIF"],
        ["", "(pasangan)", "(orang)"],
        ["Mesuji", 48000, 28000],
        ["Pringsewu", 70000, 50000],
    ]
    data = read_table(rows, province="Lampung", year=2025).data
    assert data["couples"].tolist() == [48000, 70000]
    assert data["users"].tolist() == [28000, 50000]
