"""The workbook of a division: what is typed comes back, what is broken is told."""

import re
from datetime import datetime
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from kkbpk_geo.base.errors import (
    CellError,
    InfeasibleError,
    IntakeError,
    PersonError,
    PlanError,
)
from kkbpk_geo.intake import read_table
from kkbpk_geo.pipeline.plans.targets import revise_targets
from kkbpk_geo.plan.targets.budget import BudgetItem
from kkbpk_geo.plan.targets.division import (
    divide_targets,
    override_division,
    revise_division,
)
from kkbpk_geo.plan.targets.reading import read_division
from kkbpk_geo.plan.targets.weights import mix_weights
from kkbpk_geo.plan.targets.workbook import write_division_workbook

THREE = {"18.01": 6, "18.02": 3, "18.03": 1}
BOOK, KIT, REST = "Pengaturan", "kit bkb", "village_group bkb"
# Rows of the sheets: the first district is in row 6, the first service in row 11.
HEAD = "pembagian.xlsx, sheet "


def division(**more):
    items = [
        BudgetItem(
            key="kit:bkb", total=10, weights=THREE, floors={"18.03": 1},
            caps={"18.01": 8}, unit_cost=100,
        ),
        BudgetItem(
            key="village_group:bkb", total=20, batch=2, unit_cost=50, priority=1.5,
            weights=mix_weights({"need": THREE, "gap": {**THREE, "18.01": 1}}),
        ),
    ]  # fmt: skip
    return divide_targets(items, meeting="Rakorda", note="=contoh", **more)


@pytest.fixture
def edit(tmp_path):
    """Write the workbook with cells changed: ``edit({(sheet, cell): value})``."""

    def make(cells, *, language="id", budget=2000, **more):
        path = tmp_path / "pembagian.xlsx"
        path.unlink(missing_ok=True)  # one that was filled in would be kept
        write_division_workbook(
            division(budget=budget, **more), path, language=language
        )
        book = load_workbook(path)
        for (sheet, cell), value in cells.items():
            if cell.startswith("-"):
                book[sheet].delete_rows(int(cell[1:]))
            elif cell == "sheet":
                book.remove(book[sheet])
            else:
                book[sheet][cell] = value
        book.save(path)
        return path

    return make


# Writing.


def test_only_what_may_be_decided_can_be_typed(tmp_path):
    book = load_workbook(
        write_division_workbook(division(budget=2000), tmp_path / "p.xlsx")
    )
    assert book.sheetnames == [
        "Ringkasan", BOOK, KIT, REST, "Catatan perubahan",
    ]  # fmt: skip
    assert all(sheet.protection.sheet for sheet in book)
    sheet = book[KIT]
    heads = {cell.value: cell.column_letter for cell in sheet[5]}
    open_ = [
        head for head, at in heads.items() if not sheet[f"{at}6"].protection.locked
    ]
    assert open_ == ["Batas bawah", "Batas atas", "Terkunci", "Keputusan", "Alasan"]
    hidden = [h for h, at in heads.items() if sheet.column_dimensions[at].hidden]
    assert hidden[0] == "bobot tepat"
    assert [sheet["A6"].value, sheet["H6"].value] == ["18.01", 6]
    assert sheet["K6"].value == "6 = 6 menurut bobot"
    assert sheet["H4"].value == 10


def test_text_is_never_a_formula_and_amounts_are_numbers(tmp_path):
    book = load_workbook(
        write_division_workbook(division(budget=2000), tmp_path / "p.xlsx")
    )
    assert book[BOOK]["B8"].value == "'=contoh"
    assert all(c.data_type != "f" for s in book for row in s.iter_rows() for c in row)
    rows = {row[0].value: row for row in book["Ringkasan"].iter_rows()}
    assert [c.value for c in rows["kit:bkb"][2:7]] == [10, 10, 0, 100, 1000]
    assert rows["Sisa anggaran (Rp)"][6].value == 0


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(PlanError) as caught:
        write_division_workbook(division(), tmp_path / "p.ods")
    assert str(caught.value) == (
        "p.ods: a division's workbook needs a name ending in .xlsx."
    )


# Round trip.


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("budget", [None, 1300, 2000])
def test_nothing_changed_is_the_identity_to_the_byte(tmp_path, language, budget):
    made = override_division(
        division(budget=budget), {("kit:bkb", "18.02"): 2}, reason="-x", decided_by="R"
    )
    first = tmp_path / "1" / "p.xlsx"
    again = tmp_path / "2" / "p.xlsx"
    write_division_workbook(made, first, language=language)
    got = revise_division(*read_division(first))
    assert got.table.equals(made.table)
    assert got.log.astype(object).equals(made.log.astype(object))
    assert got.results["village_group:bkb"].basis == {"need": 0.5, "gap": 0.5}
    write_division_workbook(got, again, language=language)
    assert again.read_bytes() == first.read_bytes()


def test_what_was_decided_is_locked_and_the_others_make_room(edit, tmp_path):
    path = edit({(KIT, "I8"): 4, (KIT, "J8"): "desa terpencil"}, budget=None)
    got, known = revise_targets(path, decided_by="Rapat akhir")
    assert known == 0
    # 6 are left for weights 6 and 3
    assert got.results["kit:bkb"].values.tolist() == [4, 2, 4]
    assert got.log[
        ["region_code", "kind", "was", "became", "reason"]
    ].values.tolist() == [
        ["18.01", "reapportioned", 6, 4, ""],
        ["18.02", "reapportioned", 3, 2, ""],
        ["18.03", "override", 1, 4, "desa terpencil"],
    ]
    assert set(got.log["decided_by"]) == {"Rapat akhir"}

    # The lock stands in the next workbook; emptied there, the first values are back.
    write_division_workbook(got, tmp_path / "2.xlsx")
    book = load_workbook(tmp_path / "2.xlsx")
    assert [book[KIT]["F8"].value, book[KIT]["I8"].value] == [4, None]
    book[KIT]["F8"] = None
    book.save(tmp_path / "2.xlsx")
    back, known = revise_targets(tmp_path / "2.xlsx")
    assert known == 3
    assert back.table.equals(division().table)
    assert set(back.log["decided_by"]) == {"Rapat akhir", "Rakorda"}


def test_settings_are_read_back_as_people_write_them(edit):
    path = edit(
        {
            (BOOK, "B5"): "Sainte-Laguë", (BOOK, "B6"): "Rp 3.000.000",
            (BOOK, "C11"): 20, (BOOK, "E11"): "100.000", (BOOK, "F12"): "2,5",
            (KIT, "E6"): None,
        }
    )  # fmt: skip
    got, _ = revise_targets(path)
    assert got.method == "sainte_lague"
    assert got.budget == 3_000_000
    item = got.items["kit:bkb"]
    assert (item.total, item.unit_cost, item.caps) == (20, 100_000, {})
    assert got.log[["kind", "was", "became"]].values.tolist()[:6] == [
        ["method", "largest_remainder", "sainte_lague"],
        ["budget", 2000, 3_000_000],
        ["total", 10, 20],
        ["unit_cost", 100, 100_000],
        ["priority", 1.5, 2.5],
        ["cap", 8, None],
    ]


def test_a_reason_without_a_decision_is_kept_as_a_note(edit):
    got, _ = revise_targets(edit({(KIT, "J6"): "sudah cukup"}))
    assert got.log[["kind", "was", "became", "reason"]].values.tolist() == [
        ["note", 6, 6, "sudah cukup"]
    ]


def test_a_locked_district_without_a_weight_goes_through_the_workbook(tmp_path):
    made = divide_targets(
        [BudgetItem(key="kit", total=5, weights={**THREE, "18.02": None},
                    locked={"18.02": 1})]
    )  # fmt: skip
    path = write_division_workbook(made, tmp_path / "p.xlsx")
    got = revise_division(*read_division(path))
    assert got.table.equals(made.table)
    assert got.log.empty


def test_fifty_services_of_five_hundred_districts_are_divided_exactly():
    weights = {f"{i:04}": 1 + i * 7919 % 1009 for i in range(500)}
    items = [BudgetItem(key=f"s{k}", total=9999, weights=weights) for k in range(50)]
    got = divide_targets(items)
    assert (got.table.groupby("service")["value"].sum() == 9999).all()


# What is broken.


WHOLE = "expected a whole number from 0 up, or nothing. Correct it, or empty the cell."
AS_WRITTEN = (
    "The cell is not one to change: put it back, or start from the workbook that was "
    "written."
)


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ((KIT, "D6"), "banyak", f"row 6, column 'Batas bawah' is 'banyak'; {WHOLE}"),
        ((KIT, "D7"), -3, f"row 7, column 'Batas bawah' is -3; {WHOLE}"),
        ((KIT, "E7"), 2.5, f"row 7, column 'Batas atas' is 2.5; {WHOLE}"),
        ((KIT, "I8"), "dua", f"row 8, column 'Keputusan' is 'dua'; {WHOLE}"),
        (
            (KIT, "A7"), "18.01",
            "row 7, column 'Kode' is '18.01'; expected each district once (row 6 has "
            "it already). Delete the row that is too much.",
        ),
        (
            (KIT, "A7"), "18.99",
            "row 7, column 'Kode' is '18.99'; expected one of 18.01, 18.02, 18.03. "
            "Districts cannot be added here; put the code back, or delete the "
            "row if it was added.",
        ),
        (
            (KIT, "H7"), 9,
            "row 7, column 'Nilai' is 9; expected 3, as it was computed. Write what "
            "was decided under 'Keputusan', and put this cell back.",
        ),
        (
            (KIT, "J7"), "hub. 081234567890",
            "row 7, column 'Alasan' is 'hub. 081234567890'; expected no numbers of "
            "persons. Name an office or a reason only.",
        ),
        (
            (KIT, "L7"), "tiga",
            "row 7, column 'bobot tepat' is 'tiga'; expected an exact number from 0 "
            f"up. {AS_WRITTEN}",
        ),
        (
            (KIT, "L7"), None,
            "row 7, column 'Terkunci' is ''; expected a whole number, because the "
            "district has no weight. Missing is not zero: write what the district "
            "gets.",
        ),
        (
            (KIT, "M7"), "x",
            "row 7, column 'batas bawah semula' is 'x'; expected a whole number from 0 "
            f"up, or nothing. {AS_WRITTEN}",
        ),
        (
            (BOOK, "C11"), None,
            "row 11, column 'Target' is ''; expected a whole number from 0 up. Write "
            "the number.",
        ),
        (
            (BOOK, "D11"), 0,
            "row 11, column 'Isi satu paket' is 0; expected a whole number from 1 up. "
            "Write the number.",
        ),
        (
            (BOOK, "E11"), None,
            "row 11, column 'Harga satuan (Rp)' is ''; expected a whole number from 0 "
            "up. Write the number.",
        ),
        (
            (BOOK, "F11"), 0,
            "row 11, column 'Prioritas' is 0; expected a number above 0. Write 1, or 2 "
            "for twice the share.",
        ),
        ((BOOK, "B6"), "banyak", f"row 6, column 'Isi' is 'banyak'; {WHOLE}"),
        (
            (BOOK, "B5"), "acak",
            "row 5, column 'Isi' is 'acak'; expected sisa terbesar or Sainte-Laguë. "
            "Choose one from the list.",
        ),
        (
            (BOOK, "A12"), "kit:bkb",
            "row 12, column 'Layanan' is 'kit:bkb'; expected each service once. Delete "
            "the row that is too much.",
        ),
        (
            (BOOK, "A11"), "kit:bkl",
            "row 11, column 'Layanan' is 'kit:bkl'; expected a service that has its "
            "own sheet. Put the sheet back (unhide it), or start from the workbook "
            "that was written.",
        ),
        (
            (BOOK, "H12"), "need=apa",
            "row 12, column 'dasar tepat' is 'need=apa'; expected parts such as gap=1. "
            f"{AS_WRITTEN}",
        ),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_with_its_remedy(edit, cell, value, said):
    with pytest.raises(CellError) as caught:
        read_division(edit({cell: value}))
    assert str(caught.value) == f"{HEAD}{cell[0]!r}: {said}"


def test_a_decision_beside_another_lock_is_refused(edit):
    with pytest.raises(CellError) as caught:
        read_division(edit({(KIT, "F7"): 4, (KIT, "I7"): 5}))
    assert str(caught.value) == (
        f"{HEAD}'kit bkb': row 7, column 'Keputusan' is 5; expected 4, as under "
        "'Terkunci'. Both lock the district's number; change one of them only."
    )


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            {(KIT, "-7"): 0},
            f"{HEAD}'kit bkb': the rows of 18.02 Lampung Tengah are gone. Put them "
            "back; to give a district nothing, write 0 under 'Keputusan'.",
        ),
        (
            {(KIT, "D5"): "x"},
            f"{HEAD}'kit bkb': row 5 has no heading ['Batas bawah']. Put it back, or "
            "start from the workbook that was written.",
        ),
        (
            {(KIT, "A2"): None},
            f"{HEAD}'kit bkb': no row above the headings says which service it divides "
            "(Layanan). Put it back.",
        ),
        (
            {(REST, "B2"): "kit:bkb"},
            "pembagian.xlsx: several sheets divide ['kit:bkb']; keep one of each.",
        ),
        (
            {(BOOK, "-12"): 0},
            f"{HEAD}'Pengaturan' has no row for the service 'village_group:bkb' any "
            "more, but its sheet is there. Put the row back; a target of 0 leaves it "
            "out.",
        ),
        (
            {(BOOK, "A6"): "uang"},
            f"{HEAD}'Pengaturan': the rows ['Anggaran (Rp)'] are gone; put them back.",
        ),
        (
            {("Catatan perubahan", "sheet"): 0},
            "pembagian.xlsx: there is no sheet 'Catatan perubahan'. Give the workbook "
            "that 'plan apportion -o …xlsx' wrote, with all its sheets.",
        ),
        (
            {(BOOK, "I11"): 0},
            "pembagian.xlsx: what the hidden columns keep of the division as it was "
            "does not hold together (kit:bkb: the floors add up to 1, 1 more than the "
            "0 of 0 that are free to divide. Lower floors or raise the total.) Start "
            "from the workbook that was written.",
        ),
    ],
)
def test_what_is_gone_is_named(edit, cells, said):
    with pytest.raises(PlanError) as caught:
        read_division(edit(cells))
    assert str(caught.value) == said


def test_a_log_that_was_changed_is_refused(edit):
    path = edit({("Catatan perubahan", "A2"): 1, ("Catatan perubahan", "E2"): "apa"})
    with pytest.raises(CellError) as caught:
        read_division(path)
    assert str(caught.value) == (
        f"{HEAD}'Catatan perubahan': row 2, column 'Perubahan' is 'apa'; expected a "
        f"kind of change. {AS_WRITTEN}"
    )


def test_what_is_no_workbook_is_refused(tmp_path):
    (tmp_path / "p.xlsx").write_text("bukan", encoding="utf-8")
    with pytest.raises(PlanError, match=r"^p\.xlsx: there is no sheet 'Pengaturan'\."):
        read_division(tmp_path / "p.xlsx")
    with pytest.raises(IntakeError, match="cannot be opened"):
        read_division(tmp_path / "q.xlsx")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            {(KIT, "D6"): 6, (KIT, "D7"): 6},
            f"{HEAD}'Pengaturan', row 11, column 'Target': kit:bkb: the floors add up "
            "to 13, 3 more than the 10 of 10 that are free to divide. Lower floors or "
            "raise the total.",
        ),
        (
            {(KIT, "D6"): 9},
            f"{HEAD}'kit bkb', row 6, column 'Batas bawah': kit:bkb: region 18.01 has "
            "a floor of 9, 1 above its cap of 8. Lower the floor or raise the cap.",
        ),
        (
            {(KIT, "I6"): 9},
            f"{HEAD}'kit bkb', row 6, column 'Keputusan': kit:bkb: region 18.01 is "
            "locked at 9, 1 above its cap of 8. Raise the cap or change the lock.",
        ),
        (
            {(BOOK, "B6"): 99},
            f"{HEAD}'Pengaturan', row 6, column 'Isi': floors and locked values cost "
            "100 rupiah, 1 more than the budget of 99. Lower floors or raise the "
            "budget.",
        ),
    ],
)
def test_limits_that_leave_no_division_say_where_and_by_how_much(edit, cells, said):
    with pytest.raises(InfeasibleError) as caught:
        revise_targets(edit(cells))
    assert str(caught.value) == said


def test_an_error_that_is_no_limit_names_the_file(edit):
    with pytest.raises(PersonError) as caught:
        revise_targets(edit({}), decided_by="081234567890")
    assert str(caught.value) == (
        "pembagian.xlsx: decided_by holds a number of a person; give the name of an "
        "office, a meeting or a reason only."
    )


# What would be lost without a word.


def test_a_formula_without_its_result_is_refused(edit):
    with pytest.raises(CellError) as refused:
        read_division(edit({(KIT, "I7"): "=2+5"}))
    assert str(refused.value) == (
        f"{HEAD}'kit bkb': row 7, column 'Keputusan' is '=2+5'; expected a formula "
        "with its result stored. Open the workbook in a spreadsheet program and save "
        "it, or type the number."
    )


def test_formulas_that_are_not_read_do_no_harm(edit, tmp_path):
    path = edit({(KIT, "Z7"): "=2+5"})
    read_division(path)
    told = tmp_path / "teks.xlsx"
    with ZipFile(edit({(KIT, "I7"): "=2+5"})) as old, ZipFile(told, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/"):
                content = re.sub(
                    rb'<c r="I7"( s="\d+")?><f>2\+5</f><v ?/?>(</v>)?',
                    rb'<c r="I7"\1 t="str"><f>IF(1&gt;5,1,"")</f><v></v>',
                    content,
                )
            new.writestr(name, content)
    before, revision = read_division(told)
    assert revise_division(before, revision).log.empty, "an empty text decides nothing"


def test_a_code_that_has_left_its_name_is_refused(edit):
    with pytest.raises(CellError) as refused:
        read_division(edit({(KIT, "A6"): "18.02", (KIT, "A7"): "18.01"}))
    said = str(refused.value)
    assert "sheet 'kit bkb': row 6, column 'Kabupaten/kota'" in said
    assert "Lampung Tengah, the district of code 18.02" in said
    assert "move rows only as a whole" in said
    with pytest.raises(CellError, match="'Lampung Tenggara'"):
        read_division(edit({(KIT, "B7"): "Lampung Tenggara"}))


@pytest.mark.parametrize(
    ("cell", "shown"),
    [(datetime(2026, 1, 5), "2026-01-05"), (10**15, "below 100,000,000,000,000")],
)
def test_a_decision_that_is_no_count_is_shown_as_a_person_sees_it(edit, cell, shown):
    with pytest.raises(CellError) as refused:
        read_division(edit({(KIT, "I7"): cell}))
    assert shown in str(refused.value)
    assert "datetime" not in str(refused.value)


def test_weights_without_codes_make_no_workbook():
    said = (
        "zz: weights are a list; a division needs BudgetItems with region codes, as a "
        "mapping or a Series has them."
    )
    with pytest.raises(PlanError) as refused:
        divide_targets([BudgetItem(key="zz", total=10, weights=[1, 2, 3])])
    assert str(refused.value) == said


def test_a_change_names_service_and_region():
    with pytest.raises(PlanError) as refused:
        override_division(division(), {"18.01": 4})
    assert str(refused.value) == (
        "change names '18.01'; expected (service, region_code), such as ('kit:bkb', "
        "'18.01')."
    )


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_division_among_the_tables_of_offices_is_left_alone(tmp_path, language):
    path = tmp_path / "pembagian.xlsx"
    write_division_workbook(division(budget=2000), path, language=language)
    table = read_table(path, province="Lampung")
    assert {(f.code, f.severity) for f in table.findings} == {("own_output", "info")}
    assert table.data.empty
