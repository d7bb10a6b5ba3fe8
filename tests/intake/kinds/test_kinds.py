"""A kind of table is an object: the only place that knows its word is its room."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import get_args

import pytest

import kkbpk_geo
from kkbpk_geo.catalogue.programme import is_column, measures
from kkbpk_geo.catalogue.tables import Rows, table_kinds
from kkbpk_geo.intake import read_table
from kkbpk_geo.intake.frames import DATA
from kkbpk_geo.intake.kinds.choosing import KINDS, kind_named

INTAKE = Path(kkbpk_geo.__file__).parent / "intake"
# What a row is. "regions" is no word that anybody asks for; what a column holds
# (``content``) has words of its own, and a template is a key of templates.toml.
WORDS = {*get_args(Rows)} - {"regions"}
OUTSIDE = sorted(
    path
    for path in INTAKE.rglob("*.py")
    if path.relative_to(INTAKE).parts[0] not in {"kinds", "templates.py"}
)


def words_in(node):
    """The words for kinds among the constants of an expression."""
    return WORDS & {n.value for n in ast.walk(node) if isinstance(n, ast.Constant)}


def asked(tree):
    """(line, words) of every comparison with the word of a kind, and of every case."""
    for node in ast.walk(tree):
        asks = isinstance(node, ast.Compare | ast.MatchValue)
        of_content = asks and ".content" in ast.unparse(node)
        if asks and not of_content and words_in(node):
            yield node.lineno, sorted(words_in(node))


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda p: str(p.relative_to(INTAKE)))
def test_nobody_outside_the_room_of_kinds_asks_which_kind_a_table_is(path):
    assert list(asked(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_the_reader_of_the_source_sees_each_way_to_ask():
    tree = ast.parse(
        "if kind == 'plan': pass\n"
        "if self.kind in ('staff', 'x'): pass\n"
        "match kind:\n"
        "    case 'inventory': pass\n"
        "if column.content == 'facilities': pass\n"
    )
    assert list(asked(tree)) == [(1, ["plan"]), (2, ["staff"]), (4, ["inventory"])]


def test_every_kind_of_the_catalogue_has_its_object():
    assert set(KINDS) == set(get_args(Rows))
    for key, kind in table_kinds().items():
        assert kind_named(key) is KINDS[kind.rows]


def test_a_sheet_of_no_known_kind_is_read_as_a_recap():
    assert kind_named("unknown") is KINDS["regions"]


SHEETS = {
    "bkb_report": [["KABUPATEN", "JUMLAH BKB", "BULAN"], ["Mesuji", "4", "MEI 2025"]],
    "groups": [["KABUPATEN", "NAMA KELOMPOK BKB", "PUNYA KIT"], ["Mesuji", "A", "Ya"]],
    "facilities": [
        ["KABUPATEN", "NAMA FASKES", "LINTANG", "BUJUR"],
        ["Mesuji", "Puskesmas Brabasan", "-3.9", "105.4"],
    ],
    "inventory": [
        ["KABUPATEN", "NAMA BARANG", "KONDISI", "JUMLAH"],
        ["Mesuji", "BKB Kit", "Baik", "3"],
    ],
}


@pytest.mark.parametrize("kind", SHEETS)
def test_the_columns_of_a_table_are_those_that_the_frames_name(kind):
    table = read_table(SHEETS[kind], province="Lampung")
    assert table.kind == kind
    for column in table.data:
        assert column in DATA or column in measures() or is_column(column)


def test_a_sheet_by_kind_without_one_row_of_data_is_an_empty_table():
    table = read_table([["KABUPATEN", "JENIS POKTAN", "JUMLAH KELOMPOK"]])
    assert (table.kind, len(table.data)) == ("measures", 0)


# --- lists of some --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("DAFTAR PENERIMA BKB KIT", "PENERIMA"),
        ("Juara Lomba BKB", "JUARA"),
        ("BKB YANG BELUM LAPOR", "BELUM LAPOR"),
        ("CALON KELOMPOK BKB", "CALON"),
    ],
)
def test_a_list_of_some_groups_says_nothing_of_how_many_there_are(title, word):
    rows = [["Mesuji", "Way Serdang", "Melati"], ["Mesuji", "Mesuji", "Mawar"]]
    head = ["KABUPATEN", "KECAMATAN", "NAMA BKB"]
    options = {"province": "Lampung", "year": 2025, "month": 11}
    table = read_table([[title, "", ""], head, *rows], **options)
    assert table.kind == "unknown"
    found = [f for f in table.findings if f.severity == "error"]
    assert [(f.code, f.value, f.count) for f in found] == [("list_of_some", word, 2)]
    whole = read_table([["DAFTAR BKB", "", ""], head, *rows], **options)
    assert (whole.kind, len(whole.data)) == ("groups", 2)
    assert read_table([[title], head, *rows], kind="groups", **options).kind == "groups"
