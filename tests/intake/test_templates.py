"""Templates: explained, checked while typing, and read back as they were filled."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kkbpk_geo.base.errors import CatalogueError, IntakeError
from kkbpk_geo.base.formats import MONTHS
from kkbpk_geo.catalogue.programme import facility_kinds, groups
from kkbpk_geo.catalogue.reading import build
from kkbpk_geo.catalogue.tables import Template, templates
from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.intake.templates import write_template
from kkbpk_geo.regions.register import children

LAMPUNG = {unit.code: f"{unit.kind} {unit.bare}" for unit in children("18", "kabkota")}


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    folder = tmp_path_factory.mktemp("templates")
    return {kind: write_template(kind, folder / f"{kind}.xlsx") for kind in templates()}


def validations(sheet):
    """Range -> what its cells accept."""
    return {
        str(each.sqref): (each.type, each.operator, each.formula1, each.formula2)
        for each in sheet.data_validations.dataValidation
    }


def test_a_template_has_a_sheet_to_fill_one_that_explains_and_the_lists(blank):
    for kind, file in blank.items():
        book = load_workbook(file)
        assert book.sheetnames == ["Isi", "Petunjuk", "Daftar"]
        heads = [cell.value for cell in book["Isi"][1]]
        assert heads == [column.heading for column in templates()[kind].columns]
        explained = [row[0].value for row in book["Petunjuk"].iter_rows(min_row=6)]
        assert [text.partition(" · ")[2] for text in explained] == heads
        assert explained[1].startswith("B · ")
        text = " ".join(
            str(cell.value) for row in book["Petunjuk"].iter_rows() for cell in row
        )
        assert "Jangan menulis nama orang, NIK" in text


def test_choices_are_the_districts_with_codes_and_the_kinds_of_the_catalogue(blank):
    lists = load_workbook(blank["groups"])["Daftar"]
    columns = [[c.value for c in column if c.value] for column in lists.iter_cols()]
    assert columns[0] == ["Kode", *LAMPUNG]
    assert columns[1] == ["Kabupaten/kota", *LAMPUNG.values()]
    assert columns[2][1:] == [group.short for group in groups().values()]
    assert columns[3][1:] == ["Ya", "Tidak"]
    assert columns[4][1:] == list(MONTHS["id"])
    lists = load_workbook(blank["facilities"])["Daftar"]
    columns = [[c.value for c in column if c.value] for column in lists.iter_cols()]
    assert columns[2][1:] == [kind.id for kind in facility_kinds().values()]


def test_cells_accept_only_choices_whole_numbers_and_places_in_indonesia(blank):
    accepted = validations(load_workbook(blank["groups"])["Isi"])
    assert accepted["B2:B3001"] == ("list", None, "'Daftar'!$C$2:$C$8", None)
    assert accepted["C2:C3001"] == ("list", None, "'Daftar'!$B$2:$B$16", None)
    assert accepted["I2:I3001"] == ("whole", "greaterThanOrEqual", "0", None)
    assert accepted["L2:L3001"] == ("decimal", None, "-11.2", "6.2")
    assert accepted["M2:M3001"] == ("decimal", None, "94.9", "141.1")


def test_a_year_is_of_this_time_and_words_of_an_offices_own_are_only_asked_about(blank):
    rules = load_workbook(blank["plan"])["Isi"].data_validations.dataValidation
    accepted = {str(each.sqref)[0]: each for each in rules}
    year = accepted["E"]
    assert (year.type, year.formula1, year.formula2) == ("whole", "1950", "2100")
    asked = {column for column, each in accepted.items() if each.errorStyle}
    assert asked == {"B", "C", "D", "I"}  # programme, activity, indicator and unit
    assert {accepted[column].errorStyle for column in asked} == {"warning"}


def test_whoever_types_a_name_is_told_to_write_no_person(blank):
    sheet = load_workbook(blank["facilities"])["Isi"]
    prompts = [each.prompt for each in sheet.data_validations.dataValidation]
    assert "Jangan menulis nama orang, NIK" in prompts[0]
    assert all(len(prompt) <= 255 for prompt in prompts)


def test_targets_come_with_the_fifteen_districts_and_codes_as_text(blank):
    sheet = load_workbook(blank["targets"])["Isi"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[:2] for row in rows] == list(LAMPUNG.items())
    assert all(cell is None for row in rows for cell in row[2:])
    assert sheet["A2"].number_format == "@"
    assert sheet["A40"].number_format == "@" or sheet.column_dimensions["A"].style


def test_another_province_has_its_own_districts(tmp_path):
    file = write_template("targets", tmp_path / "t.xlsx", province="Sulawesi Barat")
    rows = load_workbook(file)["Isi"].iter_rows(min_row=2, values_only=True)
    assert [row[0] for row in rows] == [f"76.0{i}" for i in range(1, 7)]


def test_explanations_come_in_english_and_headings_stay(tmp_path):
    book = load_workbook(write_template("groups", tmp_path / "t.xlsx", language="en"))
    assert book["Isi"]["A1"].value == "NAMA KELOMPOK"
    assert book["Petunjuk"]["C6"].value == "Name of the group, not of a person."


def test_the_same_arguments_give_the_same_bytes(tmp_path, blank):
    again = write_template("groups", tmp_path / "again.xlsx")
    assert again.read_bytes() == blank["groups"].read_bytes()


@pytest.mark.parametrize(
    ("kind", "name", "message"),
    [
        (
            "kader",
            "t.xlsx",
            "template: 'kader' is no kind; expected one of groups, facilities, "
            "targets, plan, inventory.",
        ),
        (
            "groups",
            "t.csv",
            "t.csv: a template is a workbook; give it a name ending in .xlsx.",
        ),
    ],
)
def test_a_wrong_request_is_refused(tmp_path, kind, name, message):
    with pytest.raises(IntakeError) as err:
        write_template(kind, tmp_path / name)
    assert str(err.value) == message


def test_a_file_that_cannot_be_written_is_named_with_what_to_do(tmp_path):
    path = tmp_path / "tiada" / "t.xlsx"
    with pytest.raises(IntakeError) as err:
        write_template("groups", path)
    assert str(err.value) == (
        f"{path}: cannot be written, its folder is not there or is no folder. Make "
        "the folder, or choose another."
    )


def test_a_wrong_entry_of_the_catalogue_is_named():
    entry = {"id": "x", "en": "x", "rows": 1}
    with pytest.raises(CatalogueError) as err:
        build(Template, entry, file="templates.toml", key="k")
    assert str(err.value) == "templates.toml [k]: missing ['columns']."
    column = {"heading": "X", "holds": "person", "id": "x", "en": "x", "example": "x"}
    entry["columns"] = {"c": column}
    with pytest.raises(CatalogueError) as err:
        build(Template, entry, file="templates.toml", key="k")
    assert str(err.value) == (
        "templates.toml [k.columns.c] holds is 'person'; expected 'name', 'text', "
        "'code', 'kabkota', 'group_kind', 'facility_kind', 'yes_no', 'stock', 'month', "
        "'year', 'count', 'latitude', 'longitude', 'programme', 'activity', "
        "'indicator', 'quarter', 'unit', 'fund', 'status', 'number', 'rupiah', 'item' "
        "or 'condition'."
    )


# --- reading back ---------------------------------------------------------------------


def fill(blank, target, rows):
    """Write rows (heading -> cell) below the header of a template."""
    book = load_workbook(blank)
    sheet = book["Isi"]
    place = {cell.value: cell.column for cell in sheet[1]}
    for number, row in enumerate(rows, 2):
        for heading, cell in row.items():
            if cell is not None:
                sheet.cell(number, place[heading], cell)
    book.save(target)
    return target


maybe_count = st.none() | st.integers(0, 99_999)
yes_no = st.none() | st.sampled_from(["Ya", "Tidak"])
names = st.text(st.sampled_from("ABCDEFGHIJ klmno"), min_size=1, max_size=12).map(
    lambda text: " ".join(f"Mawar {text}".split())
)
latitudes = st.integers(-6_000_000, -4_000_000).map(lambda n: n / 1e6)
longitudes = st.integers(104_000_000, 106_000_000).map(lambda n: n / 1e6)
group_rows = st.lists(
    st.fixed_dictionaries(
        {
            "NAMA KELOMPOK": names,
            "JENIS KELOMPOK": st.sampled_from([g.short for g in groups().values()]),
            "KABUPATEN/KOTA": st.sampled_from(list(LAMPUNG.values())),
            "KECAMATAN": st.none() | names,
            "DESA/KELURAHAN": st.none() | names,
            "TAHUN": st.just(2025),
            "BULAN": st.sampled_from(MONTHS["id"]),
            "LAPOR": yes_no,
            "JUMLAH ANGGOTA": maybe_count,
            "JUMLAH HADIR": maybe_count,
            "PUNYA KIT": yes_no,
            "LINTANG": latitudes,
            "BUJUR": longitudes,
        }
    ),
    min_size=1,
    max_size=8,
)
slow = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def equal(data, name, cells):
    """Compare a column with Python values, missing as None."""
    if name not in data:
        assert cells == [None] * len(cells), name
        return
    got = data[name].astype(object)
    assert got.where(got.notna(), None).tolist() == cells, name


@slow
@given(group_rows)
def test_a_filled_list_of_groups_reads_back_as_it_was_filled(tmp_path, blank, rows):
    got = read_table(fill(blank["groups"], tmp_path / "g.xlsx", rows))
    data = got.data
    assert got.kind == "groups"
    assert len(data) == len(rows)
    codes = {name: code for code, name in LAMPUNG.items()}
    kinds = {group.short: key for key, group in groups().items()}
    answer = {"Ya": True, "Tidak": False, None: None}
    months = {name: i for i, name in enumerate(MONTHS["id"], 1)}
    equal(data, "name", [row["NAMA KELOMPOK"] for row in rows])
    equal(data, "kind", [kinds[row["JENIS KELOMPOK"]] for row in rows])
    equal(data, "region_code", [codes[row["KABUPATEN/KOTA"]] for row in rows])
    equal(data, "kecamatan", [row["KECAMATAN"] for row in rows])
    equal(data, "desa", [row["DESA/KELURAHAN"] for row in rows])
    equal(data, "period", [f"2025-{months[row['BULAN']]:02d}" for row in rows])
    equal(data, "reporting", [answer[row["LAPOR"]] for row in rows])
    equal(data, "has_kit", [answer[row["PUNYA KIT"]] for row in rows])
    equal(data, "members", [row["JUMLAH ANGGOTA"] for row in rows])
    equal(data, "attending", [row["JUMLAH HADIR"] for row in rows])
    equal(data, "latitude", [row["LINTANG"] for row in rows])
    equal(data, "longitude", [row["BUJUR"] for row in rows])


facility_rows = st.lists(
    st.fixed_dictionaries(
        {
            "NAMA FASKES": names,
            "JENIS FASKES": st.sampled_from([k.id for k in facility_kinds().values()]),
            "KABUPATEN/KOTA": st.sampled_from(list(LAMPUNG.values())),
            "KECAMATAN": st.none() | names,
            "JUMLAH TENAGA": maybe_count,
            "TENAGA TERLATIH": maybe_count,
            "KETERSEDIAAN ALOKON": st.sampled_from([None, "Cukup", "Kurang"]),
            "LINTANG": latitudes,
            "BUJUR": longitudes,
        }
    ),
    min_size=1,
    max_size=8,
)


@slow
@given(facility_rows)
def test_a_filled_list_of_facilities_reads_back_as_it_was_filled(tmp_path, blank, rows):
    got = read_table(fill(blank["facilities"], tmp_path / "f.xlsx", rows))
    data = got.data
    assert got.kind == "facilities"
    codes = {name: code for code, name in LAMPUNG.items()}
    kinds = {kind.id: key for key, kind in facility_kinds().items()}
    short = {"Cukup": False, "Kurang": True, None: None}
    equal(data, "name", [row["NAMA FASKES"] for row in rows])
    equal(data, "kind", [kinds[row["JENIS FASKES"]] for row in rows])
    equal(data, "region_code", [codes[row["KABUPATEN/KOTA"]] for row in rows])
    equal(data, "kecamatan", [row["KECAMATAN"] for row in rows])
    equal(data, "staff", [row["JUMLAH TENAGA"] for row in rows])
    equal(data, "staff_trained", [row["TENAGA TERLATIH"] for row in rows])
    equal(data, "low_stock", [short[row["KETERSEDIAAN ALOKON"]] for row in rows])
    equal(data, "latitude", [row["LINTANG"] for row in rows])
    equal(data, "longitude", [row["BUJUR"] for row in rows])


count_columns = [c for c in templates()["targets"].columns if c.holds == "count"]
target_rows = st.lists(
    st.fixed_dictionaries({c.heading: maybe_count for c in count_columns}),
    min_size=15,
    max_size=15,
)


@slow
@given(target_rows)
def test_filled_targets_read_back_as_they_were_filled(tmp_path, blank, rows):
    dated = [{**row, "TAHUN": 2025} for row in rows]
    got = read_table(fill(blank["targets"], tmp_path / "t.xlsx", dated))
    data = got.data
    assert got.kind == "targets"
    equal(data, "region_code", list(LAMPUNG))
    equal(data, "period", ["2025"] * 15)
    # Figures of any size are filled in; those that the register denies are not used.
    denied = {f.column for f in got.findings if f.code == "magnitude_column"}
    places = {
        (f.column, f.region) for f in got.findings if f.code == "magnitude_impossible"
    }
    for each in count_columns:
        if each.heading not in denied:
            cells = [
                None if (each.heading, code) in places else row[each.heading]
                for code, row in zip(LAMPUNG, rows, strict=True)
            ]
            equal(data, each.key, cells)


def test_an_empty_template_of_targets_has_fifteen_rows_without_figures(blank):
    got = read_table(blank["targets"])
    assert got.kind == "targets"
    assert list(got.data["region_code"]) == list(LAMPUNG)
    figures = got.data[[each.key for each in count_columns if each.key in got.data]]
    assert figures.isna().all(axis=None)


def test_explanations_and_lists_are_not_taken_for_data(blank):
    for kind, file in blank.items():
        got = read_table(file)
        assert got.kind == kind
        assert not got.parts
        assert set(got.data["source_sheet"]) <= {"Isi"}
        assert not [f for f in got.findings if f.severity == "error"]
