"""Two versions of a table: neither is used, or the user's rule chooses one."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kkbpk_geo.base.errors import EmptyDataError, JoinError
from kkbpk_geo.intake.cells.editions import find_edition
from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.joining.tables import join_regions

HEAD = ["KABUPATEN", "KECAMATAN", "DESA", "YANG ADA", "YANG LAPOR", "BULAN"]


def row(desa, there, reporting, kecamatan="Natar", district="Lampung Selatan"):
    return [district, kecamatan, desa, there, reporting, "NOVEMBER"]


OLD = [row("A", 3, 3), row("B", 2, 2), row("C", 4, 1), row("D", 5, 5, "Kalianda")]


@pytest.fixture
def read(tmp_path):
    """Read rows as the CSV file of that name."""

    def make(name, rows, head=HEAD):
        text = "\n".join(";".join(map(str, line)) for line in [head, *rows])
        (tmp_path / name).write_text(text + "\n", encoding="utf-8")
        return read_table(tmp_path / name, kind="bkb_report", year=2025)

    return make


def join(strip, *tables, keep=None):
    joined = join_regions(strip, tables, keep=keep)
    value, status = joined.at().loc["18.01"], joined.status_at().loc["18.01"]
    return joined, value, status


def changed(*rows):
    """The old table with rows of the same village replaced."""
    new = {tuple(line[:3]): line for line in rows}
    return [new.get(tuple(line[:3]), line) for line in OLD]


def test_a_corrected_file_is_not_added_and_equal_measures_stand(strip, read):
    tables = read("bkb.csv", OLD), read("bkb revisi.csv", changed(row("A", 3, 1)))
    joined, value, status = join(strip, *tables)
    assert value["bkb_groups"] == 3 + 2 + 4 + 5
    assert status["bkb_groups"] == "ok"
    assert pd.isna(value["bkb_groups_reporting"])
    assert status["bkb_groups_reporting"] == "two_versions"
    assert joined.ledger["rows_in"].sum() == len(OLD) * 2
    told = {f.code: (f.file, f.row, f.expected, f.count) for f in joined.findings}
    assert told == {
        "two_versions": ("bkb revisi.csv", 2, "bkb.csv: 2", 1),
        "rows_repeated": ("bkb revisi.csv", 3, "bkb.csv: 3", 3),
    }


def test_the_same_file_twice_counts_once_and_nothing_is_in_doubt(strip, read):
    _, value, status = join(strip, read("a.csv", OLD), read("a (1).csv", OLD))
    assert value["bkb_groups"] == 14
    assert set(status[["bkb_groups", "bkb_groups_reporting"]]) == {"ok"}


@pytest.mark.parametrize(
    ("keep", "reporting"),
    [("newest", 9), ("bkb revisi.csv", 9), ("bkb.csv", 11)],
)
def test_the_user_may_say_which_version_wins(strip, read, keep, reporting):
    tables = read("bkb.csv", OLD), read("bkb revisi.csv", changed(row("A", 3, 1)))
    for order in (tables, tables[::-1]):
        joined, value, status = join(strip, *order, keep=keep)
        assert value["bkb_groups_reporting"] == reporting
        assert status["bkb_groups_reporting"] == "ok"
        loser = "bkb.csv" if reporting == 9 else "bkb revisi.csv"
        assert [(f.code, f.file, f.count) for f in joined.findings] == [
            ("version_replaced", loser, 4)
        ]


def test_newest_cannot_tell_two_plain_names_apart(strip, read):
    tables = read("satu.csv", OLD), read("dua.csv", changed(row("A", 3, 1)))
    _, value, status = join(strip, *tables, keep="newest")
    assert pd.isna(value["bkb_groups_reporting"])
    assert status["bkb_groups_reporting"] == "two_versions"


def test_a_rule_that_names_no_file_is_refused(strip, read):
    with pytest.raises(JoinError, match=r"'x\.csv'; expected 'newest' or .*'a\.csv'"):
        join(strip, read("a.csv", OLD), keep="x.csv")


def test_a_sheet_of_a_book_may_be_the_newer_one(strip, tmp_path):
    path = tmp_path / "bkb.xlsx"
    with pd.ExcelWriter(path) as book:
        for name, rows in (("Isi", OLD), ("REVISI", changed(row("A", 3, 1)))):
            frame = pd.DataFrame(rows, columns=HEAD)
            frame.to_excel(book, sheet_name=name, index=False)
    table = read_table(path, kind="bkb_report", year=2025)
    _, value, status = join(strip, table)
    assert status["bkb_groups_reporting"] == "two_versions"
    for keep in ("newest", "REVISI"):
        _, value, _ = join(strip, table, keep=keep)
        assert value["bkb_groups_reporting"] == 9


@pytest.mark.parametrize("drop", [0, 1])
def test_a_copy_without_kecamatan_or_with_codes_is_the_same_table(strip, read, drop):
    # Of the two tables one does not name the kecamatan, the other has village codes.
    bare = [line[:1] + line[2:] for line in OLD]
    coded = [[*line[:3], 2001 + i, *line[3:]] for i, line in enumerate(OLD)]
    tables = [
        read("a.csv", bare, HEAD[:1] + HEAD[2:]),
        read("b.csv", coded, [*HEAD[:3], "KODE DESA", *HEAD[3:]]),
        read("c.csv", OLD),
    ]
    del tables[drop]
    _, value, _ = join(strip, *tables)
    assert value["bkb_groups"] == 14


def test_a_village_whose_name_was_corrected_is_not_counted_twice(strip, read):
    renamed = [row("AA", 3, 3), *OLD[1:]]
    for tables in ((OLD, renamed), (OLD, [*OLD[:3], row("DD", 5, 5, "Kalianda")])):
        pair = read("a.csv", tables[0]), read("a revisi.csv", tables[1])
        joined, value, status = join(strip, *pair)
        assert pd.isna(value["bkb_groups"])
        assert status["bkb_groups"] == "two_versions"
        assert "two_versions" in {f.code for f in joined.findings}
        _, value, _ = join(strip, *pair, keep="newest")
        assert value["bkb_groups"] == 14


def test_an_excerpt_replaces_its_own_rows_only(strip, read):
    more = [*OLD, *(row(name, 1, 1) for name in "EFGH")]
    tables = read("a.csv", more), read("a revisi.csv", [row("A", 9, 9)])
    _, value, _ = join(strip, *tables, keep="newest")
    assert value["bkb_groups"] == 14 + 4 + (9 - 3)
    _, value, status = join(strip, *tables)
    assert status["bkb_groups"] == "two_versions"


def test_one_file_per_kecamatan_adds_up_though_one_was_sent_twice(strip, read):
    first, second = read("natar.csv", OLD[:3]), read("kalianda.csv", OLD[3:])
    again = read("natar lagi.csv", OLD[:3])
    joined, value, _ = join(strip, first, second, again)
    assert value["bkb_groups"] == 14
    assert [f.code for f in joined.findings] == ["rows_repeated"]


def test_rows_of_one_file_that_differ_are_two_versions_unless_they_are_parts(
    strip, read
):
    rows = [*OLD, row("A", 3, 2)]
    _, value, status = join(strip, read("a.csv", rows))
    assert status["bkb_groups_reporting"] == "two_versions"
    assert value["bkb_groups"] == 14
    assert [(f.code, f.row, f.expected) for f in read("a.csv", rows).findings] == [
        ("rows_contradict", 6, "2")
    ]
    parts = [[*line, f"Dusun {i}"] for i, line in enumerate(rows)]
    _, value, status = join(strip, read("a.csv", parts, [*HEAD, "DUSUN"]))
    assert (value["bkb_groups"], status["bkb_groups"]) == (17, "ok")


def test_a_remark_does_not_make_parts_of_two_versions(strip, read):
    rows = [[*line, ""] for line in OLD] + [[*row("A", 3, 2), "perbaikan"]]
    _, _, status = join(strip, read("a.csv", rows, [*HEAD, "KETERANGAN"]))
    assert status["bkb_groups_reporting"] == "two_versions"


def test_a_blank_claims_nothing_beside_a_figure(strip, read):
    tables = read("a.csv", changed(row("A", 3, ""))), read("b.csv", OLD)
    _, value, status = join(strip, *tables)
    assert (value["bkb_groups_reporting"], status["bkb_groups_reporting"]) == (11, "ok")


def test_other_measures_of_the_same_villages_are_no_version(strip, read):
    more = [[*line[:3], 7, "NOVEMBER"] for line in OLD]
    head = [*HEAD[:3], "JUMLAH ANGGOTA BKB", "BULAN"]
    _, value, status = join(strip, read("a.csv", OLD), read("b.csv", more, head))
    assert (value["bkb_groups"], value["bkb_members"]) == (14, 28)
    assert set(status[["bkb_groups", "bkb_members"]]) == {"ok"}


def facilities(*names, stock="Cukup"):
    head = ["Nama Faskes", "Jenis", "Kabupaten", "Ketersediaan Alokon"]
    rows = [[name, "Klinik", "Lampung Selatan", stock] for name in names]
    return pd.DataFrame(rows, columns=head)


def test_a_list_sent_twice_counts_once_and_two_lists_are_added(strip, tmp_path):
    def listed(name, *names, **more):
        path = tmp_path / name
        facilities(*names, **more).to_csv(path, index=False, sep=";")
        return read_table(path, kind="facilities", province="Lampung")

    one, copy = listed("a.csv", "A", "B", "C"), listed("b.csv", "A", "B", "C")
    _, value, _ = join(strip, one, copy)
    assert value["facilities_clinic"] == 3
    # A facility of the same name in two short lists makes no copy of them.
    _, value, _ = join(strip, one, listed("c.csv", "C", "D", "E", "F"))
    assert value["facilities_clinic"] == 7
    # A copy in which one name was corrected: nobody knows how many there are.
    _, value, status = join(strip, one, listed("d.csv", "A", "B", "CC"))
    assert status["facilities_clinic"] == "two_versions"
    _, value, _ = join(
        strip, one, listed("e revisi.csv", "A", "CC", "B"), keep="newest"
    )
    assert value["facilities_clinic"] == 3


def test_two_kinds_of_table_that_differ_on_a_village_are_two_versions(strip):
    couples = [[*line[:3], 90 + i, "NOVEMBER"] for i, line in enumerate(OLD)]
    head = [*HEAD[:3], "PUS", "BULAN"]
    more = [[*line[:4], line[3] + 1, "NOVEMBER"] for line in couples]
    one = read_table(pd.DataFrame(couples, columns=head), kind="couples", year=2025)
    users = [*HEAD[:3], "PUS", "JUMLAH PA", "BULAN"]
    other = read_table(
        pd.DataFrame(more, columns=users), kind="contraception", year=2025
    )
    _, value, status = join(strip, one, other)
    assert value["couples"] == 90 + 91 + 92 + 93
    more[0][3] = 50
    other = read_table(
        pd.DataFrame(more, columns=users), kind="contraception", year=2025
    )
    _, value, status = join(strip, one, other)
    assert status["couples"] == "two_versions"


edits = st.lists(
    st.tuples(
        st.integers(0, 5), st.sampled_from(["value", "name", "drop", "blank", "add"])
    ),
    max_size=4,
)
villages = st.lists(
    st.tuples(
        st.sampled_from("ABCDEF"),
        st.sampled_from(["Natar", "Kalianda"]),
        st.integers(0, 9),
    ),
    min_size=2,
    max_size=6,
    unique_by=lambda each: each[:2],
)


@given(villages, edits, st.booleans())
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=25,
    deadline=None,
)
def test_adding_a_corrected_copy_never_raises_a_denominator(
    strip, rows, changes, newest
):
    def table(name, lines):
        frame = [
            HEAD[:4],
            *(["Lampung Selatan", sub, desa, n] for desa, sub, n in lines),
        ]
        table = read_table([list(map(str, line)) for line in frame], kind="bkb_report")
        return replace(table, source=name, edition=find_edition([name]))

    copy = [list(line) for line in rows]
    for at, what in changes:
        if not copy:
            break
        line = copy[at % len(copy)]
        if what == "value":
            line[2] = 20
        elif what == "name":
            line[0] += "Z"
        elif what == "blank":
            line[2] = ""
        elif what == "add":
            copy.append(["NEW" + str(at), line[1], 1])
        else:
            copy.remove(line)
    # A table of which no village bears its old name is not known as a copy.
    assume({tuple(line[:2]) for line in rows} & {tuple(line[:2]) for line in copy})

    def groups(*tables, keep=None):
        try:
            joined = join_regions(strip, tables, keep=keep)
        except EmptyDataError:
            return pd.NA
        return joined.at().loc["18.01", "bkb_groups"]

    one, other = table("a.csv", rows), table("a revisi.csv", copy)
    alone = [groups(one), groups(other)]
    both = groups(one, other, keep="newest" if newest else None)
    known = [value for value in alone if not pd.isna(value)]
    assert pd.isna(both) or both <= max(known)
    if not changes:
        assert both == alone[0]
