"""Forms of offices are read to the rupiah, each level once."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plan_sheets import (
    BOKB,
    FORMS,
    OFFICE,
    Work,
    bokb,
    cash_whole,
    dak,
    dpa,
    fa,
    monitoring,
    pok,
    rak,
    renja,
    renja_new,
    renstra,
    rfk,
    rka_old,
)

from kkbpk_geo.intake import read_table
from kkbpk_geo.plan import align_plans, read_plan

MKJP = Work(
    code="2.14.03.2.03.0003", name="Peningkatan Kesertaan MKJP", target=120,
    indicator="Jumlah peserta MKJP", budget=1_000_001, spent=250_000, physical=40,
    cash=(1, 2, 3, 4),
)  # fmt: skip
KADER = Work(
    code="2.14.04.2.01.0019", name="Orientasi kader", target=30, unit="Laporan",
    indicator="Pelatihan kader BKB", budget=500_000, spent=500_000, physical=100,
    cash=(5, 6, 7, 8),
)  # fmt: skip
GAJI = Work(
    code="2.14.03.2.02.0004", name="Penggerakan kader IMP", target=12, budget=7,
    fund="DAU", indicator="Jumlah kader",
)  # fmt: skip
WORKS = [GAJI, MKJP, KADER]
KEYS = {
    "Orang": "person",
    "Laporan": "document",
    "Kelompok": "group",
    "Paket": "package",
}


def codes(rows, **options):
    plan = read_plan(rows, **options)
    return sorted({found.code for found in plan.findings})


@pytest.mark.parametrize("name", FORMS)
def test_the_lines_of_a_form_add_up_to_its_printed_total(name):
    table = read_table(FORMS[name].make(WORKS), province="Lampung")

    assert table.kind == "plan"
    assert table.form.key == FORMS[name].key
    assert table.form.budget == 1_500_008
    assert table.form.printed in (1_500_008, None)
    assert table.form.where == ""


@pytest.mark.parametrize("name", FORMS)
def test_every_row_of_a_form_is_a_line_or_listed(name):
    rows = FORMS[name].make(WORKS)

    table = read_table(rows, province="Lampung")

    seen = table.rows_of_sheet()
    assert max(seen) == len(rows)
    assert seen == set(range(min(seen), len(rows) + 1))


def test_labels_are_sections_accounts_are_parts_and_totals_are_sums():
    table = read_table(dpa([MKJP]), province="Lampung")

    reasons = table.listed.set_index("source_row")["reason"]
    assert table.data["source_row"].tolist() == [7]
    assert (reasons[4], reasons[25]) == ("section_row", "total_row")  # label, total
    assert reasons[15] == "part_of_row"  # account 5


def expected(work, year=2026):
    fund = "bokb" if work.fund == BOKB else "apbd_kab"
    return {
        "code": work.code, "activity_text": work.name, "budget": work.budget,
        "indicator_text": work.indicator, "target": float(work.target),
        "unit": KEYS[work.unit], "fund": fund, "spent": work.spent,
        "realised": float(work.target),
        "physical": float(work.physical), "cash_1": work.cash[0],
        "cash_2": work.cash[1], "cash_3": work.cash[2], "cash_4": work.cash[3],
        "year": year,
    }  # fmt: skip


NAMES = st.sampled_from(["Pembinaan", "Orientasi kader IMP", "Pelayanan KB bergerak"])
CODES = ("2.14.02.2.02.0009", "2.14.03.2.02.0010", "2.14.03.2.03.0003",
         "2.14.03.2.03.0010", "2.14.04.2.01.0028", "2.14.01.2.02.0001")  # fmt: skip
MONEY = st.integers(min_value=1, max_value=10**11)


@st.composite
def some_works(draw):
    chosen = draw(st.lists(st.sampled_from(CODES[:5]), min_size=1, unique=True))
    works = []
    for code in sorted(chosen):
        budget = draw(MONEY)
        cash = draw(st.tuples(*[st.integers(0, budget // 4)] * 4))
        works.append(
            Work(
                code=code,
                name=draw(NAMES),
                indicator="Jumlah yang dibina",
                target=draw(st.integers(1, 99_999)),
                unit=draw(st.sampled_from([*KEYS])),
                budget=budget,
                spent=draw(st.integers(0, budget)),
                cash=cash,
                physical=draw(st.integers(0, 100)),
                fund=draw(st.sampled_from([BOKB, "DAU"])),
            )
        )
    return works


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(works=some_works())
def test_a_plan_in_a_form_reads_back_as_what_the_form_can_hold(name, works):
    form = FORMS[name]
    said = [cash_whole(work) for work in works] if name == "rak" else works

    found = read_plan(form.make(works)).data

    wanted = [expected(work) for work in said]
    for column in (*form.holds, "year"):
        assert found[column].tolist() == [each[column] for each in wanted], column
    assert set(found["region_code"]) == {"18.10"}


def test_work_is_known_by_its_code_in_the_edition_of_its_year():
    assert read_plan(renja(WORKS)).data["activity"].tolist() == [
        "volunteer_support", "long_acting_service", "cadre_training:bkb",
    ]  # fmt: skip
    old = Work(code="2.14.03.2.03.0001", name="Pelayanan KB", budget=5)
    here, later = read_plan(renja([old])), read_plan(renja([old], year=2027))
    assert here.data["edition"].tolist() == ["2023"]
    assert here.data["activity"].tolist() == ["contraceptive_supply"]
    # Gone in the next edition: kept, told, and not found again by its name.
    assert later.data["edition"].tolist() == [""]
    assert later.data["activity"].tolist() == [""]
    assert later.data["budget"].tolist() == [5]
    assert "plan_form_other_edition" in {f.code for f in later.findings}


def test_a_code_of_no_edition_is_kept_counted_and_told():
    strange = Work(code="2.14.03.2.09.0077", name="Pelayanan KB", budget=9)

    plan = read_plan(renja([strange, MKJP]))

    assert plan.data["activity"].tolist() == ["", "long_acting_service"]
    assert plan.data["budget"].sum() == 1_000_010
    (told,) = (f for f in plan.findings if f.code == "plan_form_unmatched")
    assert (told.value, told.count) == ("2.14.03.2.09.0077", 1)


def test_codes_before_2021_are_those_of_their_own_edition():
    old = Work(code="1.12.15.01", name="Pelayanan KIE", budget=3)
    rows = renja([old], year=2019)

    plan = read_plan(rows)

    assert plan.data["code"].tolist() == ["1.12.15.01"]
    assert plan.data["detail"].tolist() == ["kegiatan"]
    assert plan.data["budget"].tolist() == [3]


def test_a_level_that_is_not_the_sum_of_its_parts_is_told_with_its_row():
    rows = renja(WORKS)
    rows[7][13] += 1  # the kegiatan of GAJI

    plan = read_plan(rows)

    (told,) = (f for f in plan.findings if f.code == "plan_form_level_sum")
    assert (told.row, told.value, told.expected) == (8, "2.14.03.2.02 8", "7")
    assert plan.data["budget"].sum() == 1_500_008
    (source,) = plan.sources
    assert source.where == "8"


def test_a_total_that_is_not_that_of_the_lines_is_told():
    rows = renja(WORKS)
    rows[-1][13] = 1_500_000

    plan = read_plan(rows)

    (source,) = plan.sources
    assert (source.printed, source.budget) == (1_500_000, 1_500_008)
    assert "selisih 8" in source.summary("id")
    assert "plan_form_total" in {f.code for f in plan.findings}


def subtotal(amount, name="JUMLAH PROGRAM"):
    return [*[""] * 5, name, *[""] * 7, amount, *[""] * 5]


def money_of(rows):
    """Return the rupiah of the lines, the printed total, and what is told of sums."""
    plan = read_plan(rows)
    told = [(f.row, f.value, f.expected) for f in plan.findings if "total" in f.code]
    return plan.data["budget"].tolist(), plan.sources[0].printed, told


def test_below_the_total_of_a_programme_the_plan_goes_on():
    rows = renja([MKJP, KADER])
    rows.insert(9, subtotal(1_000_001))  # below MKJP
    each, both = [1_000_001, 500_000], 1_500_001

    assert money_of(rows) == (each, both, [])
    # The last programme has its total as well, right above that of the whole.
    rows.insert(-1, subtotal(500_000))
    assert money_of(rows) == (each, both, [])
    assert money_of(rows[:-1]) == (each, both, [])  # nobody printed that of the whole


def test_sums_by_fund_below_the_total_are_no_totals():
    rows = [*renja([MKJP, KADER]), subtotal(1_000_001, "Jumlah BOKB"), subtotal(9)]

    assert money_of(rows) == ([1_000_001, 500_000], 1_500_001, [])


def test_a_total_of_a_programme_is_compared_with_its_own_lines():
    rows = renja([MKJP, KADER])
    rows.insert(9, subtotal(1_000_000))

    assert money_of(rows)[2] == [(10, "1.000.000", "1.000.001")]


def test_a_further_indicator_that_begins_with_jumlah_ends_no_table():
    rows = renja([MKJP, KADER])
    further = [""] * 19
    further[7], further[11] = "Jumlah faskes", "5 Unit"
    rows.insert(9, further)

    assert money_of(rows) == ([1_000_001, 500_000], 1_500_001, [])


def test_a_code_said_again_for_a_further_indicator_doubles_no_name():
    rows = renja([MKJP])
    again = [*rows[8]]
    again[7], again[11], again[13], again[18] = "Jumlah faskes", "5 Unit", "", ""
    rows.insert(9, again)

    assert read_plan(rows).data["activity_text"].tolist() == [MKJP.name]


def test_money_that_only_a_kegiatan_states_is_told_and_in_no_line():
    rows = renja([MKJP])[:-1]  # no total
    rows[8][13] = ""

    plan = read_plan(rows)

    told = [(f.row, f.expected) for f in plan.findings if f.code.endswith("level_sum")]
    assert told == [(8, "0")]  # and the programme above it not once more
    assert plan.data["budget"].isna().tolist() == [True]


def test_of_two_columns_of_money_the_first_counts_and_the_other_is_told():
    rows = renja([MKJP])
    for row in rows:
        row.insert(14, 7 if isinstance(row[13], int) else "")
    rows[4][13:15] = ["Pagu Indikatif (Rp.)", "Pagu Usulan (Rp.)"]

    plan = read_plan(rows)

    assert plan.data["budget"].tolist() == [1_000_001]
    (told,) = (f for f in plan.findings if f.code == "column_twice")
    assert told.column == "Rencana Tahun 2026 > Pagu Usulan (Rp.)"


@pytest.mark.parametrize(
    ("office", "place", "fund"),
    [
        ("PEMERINTAH PROVINSI LAMPUNG", "Kab. Pringsewu", "apbd_prov"),
        ("PEMERINTAH KABUPATEN PRINGSEWU", "Semua Kab/Kota", "apbd_kab"),
        ("DINAS PPKB", "Kab. Pringsewu", "apbd"),
    ],
)
def test_whose_budget_pays_is_said_by_the_office_and_not_by_the_place(
    office, place, fund
):
    work = Work(code=MKJP.code, name="X", budget=1, fund="DAU", location=place)

    assert read_plan(renja([work], office=office)).data["fund"].tolist() == [fund]


def test_the_sum_of_an_office_stands_between_the_levels_and_is_none_of_them():
    rows = rfk([MKJP])
    office = ["2.14.2.08.0.00.01.0000", "", "", "", "", "DINAS PPKB", 1, 1_000_001, 2]
    rows.insert(4, office + [""] * 6)

    plan = read_plan(rows)

    assert plan.data["budget"].tolist() == [1_000_001]
    assert [f.code for f in plan.findings] == []


def test_years_that_nothing_says_keep_their_money_and_are_told():
    rows = renstra([MKJP])
    rows[1] = ["Rencana Program PEMERINTAH KABUPATEN PRINGSEWU", *rows[1][1:]]

    plan = read_plan(rows)

    assert plan.data["budget"].sum() == 5_000_015
    assert plan.data["year"].isna().all()
    assert "plan_year_missing" in {f.code for f in plan.findings}


def test_a_number_of_a_person_in_a_name_is_masked():
    nip = "198001012005011001"
    plan = read_plan(renja([Work(code=MKJP.code, name=f"X NIP {nip}", budget=1)]))

    assert nip not in plan.data.astype(str).to_csv()


def test_a_code_that_lost_its_noughts_to_numbers_is_found_again():
    rows = renja([Work(code="2.14.03.2.02.0010", name="X", budget=1)])
    rows[8][:5] = [2, 14, 3, 2.02, 10]

    assert read_plan(rows).data["code"].tolist() == ["2.14.03.2.02.0010"]


def test_an_amount_without_a_code_is_told_and_not_counted():
    rows = renja(WORKS)
    rows[8][:5] = [""] * 5

    plan = read_plan(rows)

    (told,) = (f for f in plan.findings if f.code == "plan_form_row_lost")
    assert told.row == 9


def test_targets_in_reports_are_marked_as_no_counts_of_the_field():
    plan = read_plan(renja(WORKS))

    (told,) = (f for f in plan.findings if f.code == "plan_form_paper")
    assert (told.row, told.count) == (14, 1)
    assert plan.sources[0].paper == 1


def test_the_district_comes_from_the_place_then_the_title_then_nowhere():
    aula = Work(code=MKJP.code, name="X", budget=1, location="Aula kantor")
    far = Work(code=KADER.code, name="Y", budget=1, location="Kota Metro")
    everywhere = Work(code=GAJI.code, name="Z", budget=1, location="Semua Kab/Kota")

    plan = read_plan(renja([everywhere, aula, far]))
    lost = read_plan(renja([aula], office="DINAS PPKB"))

    assert plan.data["region_code"].tolist() == ["18", "18.10", "18.72"]
    assert lost.data["region_code"].tolist() == [""]
    assert "plan_form_no_district" in {f.code for f in lost.findings}


def test_a_fund_is_known_by_its_number_and_never_by_a_part_of_its_name():
    health = "2.2.1.01.03.0013 DAK Fisik-Bidang Kesehatan dan KB-Reguler-Puskesmas"
    works = [Work(code=MKJP.code, name="X", budget=1, fund=health)]

    plan = read_plan(renja(works))

    assert plan.data["fund"].tolist() == [""]
    assert plan.data["fund_text"].tolist() == [health]
    assert "plan_form_fund" in {f.code for f in plan.findings}


def test_next_years_estimate_is_kept_and_is_no_money_of_this_plan():
    plan = read_plan(renja([MKJP]))

    assert plan.data["PRAKIRAAN MAJU (Rp)"].tolist() == ["1000002"]
    assert plan.data["budget"].sum() == 1_000_001


def test_each_year_of_a_renstra_is_a_line():
    plan = read_plan(renstra([MKJP]))

    assert plan.data["year"].tolist() == [2026, 2027, 2028, 2029, 2030]
    assert plan.data["budget"].tolist() == [1_000_001 + n for n in range(5)]
    assert plan.data["target"].tolist() == [120, 121, 122, 123, 124]
    # The condition at the end of the period is no sixth year.
    assert plan.sources[0].printed == plan.sources[0].budget == 5_000_015


# --- the province's office ------------------------------------------------------------

DISTRICTS = [
    Work(code="", name="Pembinaan kelompok BKB", target=2, unit="Kelompok",
         budget=200, spent=150, location="Kab. Pringsewu"),
    Work(code="", name="Pembinaan kelompok BKB", target=4, unit="Kelompok",
         budget=400, spent=0, location="Kabupaten Pesawaran"),
    Work(code="", name="Monitoring dan evaluasi", target=3, unit="Kegiatan",
         budget=300, spent=50, location=""),
]  # fmt: skip


def test_details_of_a_working_paper_that_name_districts_are_their_lines():
    plan = read_plan(pok(DISTRICTS), owner="province")

    rows = plan.data[["region_code", "activity", "target", "unit", "budget", "fund"]]
    assert rows.to_numpy().tolist() == [
        ["18.10", "group_coaching:bkb", 2.0, "group", 200, "apbn"],
        ["18.09", "group_coaching:bkb", 4.0, "group", 400, "apbn"],
        ["18", "monitoring", 3.0, "activity", 300, "apbn"],
    ]
    assert plan.sources[0].printed == 900


def test_a_dash_in_the_column_of_codes_is_the_mark_of_a_detail():
    rows = pok(DISTRICTS)
    for row in rows:
        if str(row[1]).startswith("- "):
            row[0], row[1] = "-", row[1][2:]

    plan = read_plan(rows)

    assert plan.data["budget"].tolist() == [200, 400, 300]
    assert plan.data["region_code"].tolist() == ["18.10", "18.09", "18"]


def test_what_no_district_is_named_for_stays_with_the_province():
    works = [*DISTRICTS[:1], DISTRICTS[1].__class__(
        code="", name="Pembinaan kelompok BKB", target=1, unit="Kelompok", budget=70,
        location="rapat",
    )]  # fmt: skip

    plan = read_plan(pok(works))

    assert plan.data["region_code"].tolist() == ["18.10", "18"]
    assert plan.data["budget"].tolist() == [200, 70]


def test_the_report_of_available_funds_is_what_was_spent():
    plan = read_plan(fa(DISTRICTS))

    assert plan.data["spent"].tolist() == [150, 0, 50]
    assert plan.data["budget"].tolist() == [200, 400, 300]
    assert plan.sources[0].printed == 900


def test_a_list_of_works_with_numbers_is_no_working_paper():
    rows = [
        ["RKAKL 2026"],
        ["KODE", "KEGIATAN", "VOLUME", "SATUAN", "JUMLAH BIAYA", "KABUPATEN"],
        ["101", "Pembinaan BKB", 2, "kali", 100, "Pringsewu"],
        ["102", "Pelayanan KB", 3, "kali", 200, "Pesawaran"],
    ]

    table = read_table(rows, province="Lampung")

    assert table.form is None
    assert table.data["region_code"].tolist() == ["18.10", "18.09"]


# --- money that several documents print -----------------------------------------------


def written(folder, **sheets):
    from openpyxl import Workbook

    files = []
    for name, rows in sheets.items():
        book = Workbook()
        for row in rows:
            book.active.append(row)
        files.append(folder / f"{name}.xlsx")
        book.save(files[-1])
    return files


def test_a_cash_plan_and_a_report_complete_the_lines_of_the_budget(tmp_path):
    works = list(map(cash_whole, [MKJP, KADER]))
    files = written(tmp_path, a_dpa=dpa(works), b_rak=rak(works), c_rfk=rfk(works))

    plan = read_plan(files)

    assert plan.data["budget"].sum() == 1_500_001
    assert plan.data["spent"].tolist() == [250_000, 500_000]
    assert plan.data["physical"].tolist() == [40.0, 100.0]
    assert plan.data["cash_1"].tolist() == [1, 5]
    assert [f.code for f in plan.findings].count("plan_form_same_money") == 2
    assert sum(source.budget for source in plan.sources) == 3 * 1_500_001


def test_of_several_editions_of_a_budget_the_one_in_force_counts(tmp_path):
    before = [Work(code=MKJP.code, name="X", budget=10), KADER]
    after = [Work(code=MKJP.code, name="X", budget=12), KADER]
    files = written(
        tmp_path, a_rka=dpa(before, box="RKA"), b_dpa=dpa(before),
        c_dppa=dpa(after, box="DPPA", changed=True), d_renja=renja(before),
    )  # fmt: skip

    plan = read_plan(files)

    assert plan.data["budget"].tolist() == [12, 500_000]
    assert set(plan.data["source_file"]) == {"c_dppa.xlsx"}
    replaced = [f for f in plan.findings if f.code == "plan_form_replaced"]
    assert [f.file for f in replaced] == ["a_rka.xlsx", "b_dpa.xlsx", "d_renja.xlsx"]


def test_a_report_whose_budget_is_another_is_told(tmp_path):
    other = Work(code=MKJP.code, name="X", budget=11, spent=3)
    files = written(
        tmp_path, a=dpa([Work(code=MKJP.code, name="X", budget=10)]), b=rfk([other])
    )

    plan = read_plan(files)

    assert plan.data["budget"].tolist() == [10]
    assert plan.data["spent"].tolist() == [3]
    (told,) = (f for f in plan.findings if f.code == "plan_form_budget_differs")
    assert (told.value, told.expected) == ("Rp 11", "Rp 10")


@pytest.mark.parametrize(
    ("quarters", "spent"),
    [((10, 5, 20, 5), 40), ((30, 60, 90, 100), 100), ((0, 0, 7, 0), 7)],
)
def test_quarters_are_added_or_the_last_is_taken_as_they_prove(quarters, spent):
    work = Work(code=MKJP.code, name="X", budget=100)

    plan = read_plan(monitoring([work], quarters=lambda _: quarters))

    assert plan.data["spent"].tolist() == [spent]
    # Of the three editions of the budget the last filled one counts.
    assert plan.data["budget"].tolist() == [100]


def test_quarters_that_may_be_either_are_told_and_not_counted():
    work = Work(code=MKJP.code, name="X", budget=100)

    plan = read_plan(monitoring([work], quarters=lambda _: (10, 20, 30, 40)))

    assert plan.data["spent"].isna().tolist() == [True]
    assert "plan_form_quarters_open" in {f.code for f in plan.findings}


@pytest.mark.parametrize(
    ("thousands", "told"), [(1, ["plan_form_scale_untrue"]), (1000, [])]
)
def test_a_heading_in_thousands_is_believed_where_the_sums_prove_it(thousands, told):
    work = Work(
        code="", name="Pengadaan BKB Kit", target=10, unit="set", budget=100_000,
        spent=50_000, physical=50,
    )  # fmt: skip

    plan = read_plan(dak([work], thousands=thousands))

    line = plan.data.iloc[0]
    assert (line["budget"], line["spent"], line["physical"]) == (100_000, 50_000, 50)
    assert (line["activity"], line["fund"]) == ("kit_supply:bkb", "dak")
    scales = {f.code for f in plan.findings if "scale" in f.code}
    assert sorted(scales) == told


def test_a_budget_in_thousands_is_multiplied_and_told():
    rows = renja([MKJP])
    rows[4][13] = "Pagu Indikatif (Rp ribu)"

    plan = read_plan(rows)

    assert plan.data["budget"].tolist() == [1_000_001_000]
    assert plan.sources[0].printed == 1_000_001_000
    assert "rupiah_scaled" in {f.code for f in plan.findings}


def test_a_heading_in_thousands_that_nothing_proves_is_told():
    rows = dak([Work(code="", name="X", unit="set", budget=100_000, spent=5)])
    rows[11][12] = 3

    assert "plan_form_scale_open" in codes(rows)


def test_units_dashes_and_signs_inside_cells_are_taken_off():
    work = Work(
        code="", name="Distribusi alat dan obat kontrasepsi", target=2, unit="Paket",
        budget=22_500_000, spent=9_000_000, physical=40,
    )  # fmt: skip

    line = read_plan(bokb([work])).data.iloc[0]

    assert (line["target"], line["unit"], line["budget"]) == (2, "package", 22_500_000)
    assert (line["spent"], line["physical"]) == (9_000_000, 40)
    assert (line["fund"], line["activity"]) == ("bokb", "contraceptive_supply")


def test_no_text_below_or_beside_the_table_is_kept():
    table = read_table(dpa([MKJP]), province="Lampung")

    kept = table.listed.astype(str).to_csv() + table.data.astype(str).to_csv()
    assert "NAMA PEJABAT" not in kept
    assert "19800101" not in kept


def test_the_sub_kegiatan_may_state_its_target_beside_its_indicator():
    rows = dpa([MKJP])
    at = next(i for i, row in enumerate(rows) if row[0] == "Keluaran Sub Kegiatan")
    rows[at][2:4] = [MKJP.indicator, "120 Orang"]
    del rows[at + 1]

    line = read_plan(rows).data.iloc[0]

    assert (line["indicator_text"], line["target"]) == (MKJP.indicator, 120)


def test_before_2021_a_kegiatan_is_the_line_of_a_budget():
    works = [
        Work(code="1.12.15.01", name="Pelayanan KIE", budget=7, fund="DAU"),
        Work(code="1.12.15.02", name="Pelayanan KB", budget=9, fund="DAU"),
    ]

    plan = read_plan(rka_old(works))

    names = ["code", "edition", "detail", "year", "budget", "fund", "region_code"]
    assert plan.data[names].to_numpy().tolist() == [
        ["1.12.15.01", "", "kegiatan", 2019, 7, "apbd_kab", "18.10"],
        ["1.12.15.02", "", "kegiatan", 2019, 9, "apbd_kab", "18.10"],
    ]
    assert plan.sources[0].printed == 16


@pytest.mark.parametrize("one", ["renja", "dpa", "renja_new", "renja_upload"])
@pytest.mark.parametrize("other", ["renja", "dpa_changed"])
def test_a_plan_in_two_forms_is_in_step_with_itself(one, other):
    works = [Work(code=MKJP.code, name="MKJP", target=9, budget=5, indicator="Jumlah"),
             Work(code=KADER.code, name="Kader", target=3, budget=8, fund="DAU",
                  indicator="Pelatihan kader BKB")]  # fmt: skip
    read = [
        read_plan(FORMS[name].make(works), owner="district") for name in (one, other)
    ]

    found = align_plans(None, *read)

    assert len(found.table) == 0
    assert (found.agreed, len(found.compared)) == (2, 2)


def test_a_line_of_one_quarter_is_of_that_quarter():
    rows = dpa([MKJP])
    at = next(i for i, row in enumerate(rows) if row[0] == "Waktu Pelaksanaan")
    rows[at][2] = "April s.d. Juni"

    assert read_plan(rows).data["quarter"].tolist() == [2]


def test_a_table_of_html_that_was_saved_as_xls_is_read_with_its_storeys(tmp_path):
    head, *rows = renja([MKJP])[3:], renja([MKJP])[6:]
    spans = {0: "colspan=5 rowspan=3", 5: "rowspan=3", 6: "colspan=3", 9: "colspan=6",
             15: "rowspan=3", 16: "colspan=3"}  # fmt: skip
    over = "".join(f"<td {how}>{head[0][at]}</td>" for at, how in spans.items())
    second = "".join(
        f"<td {'colspan=3' if at == 10 else 'colspan=2' if at == 16 else 'rowspan=2'}>"
        f"{head[1][at]}</td>"
        for at in (6, 7, 8, 9, 10, 13, 14, 16, 18)
    )
    third = "".join(f"<td>{head[2][at]}</td>" for at in (10, 11, 12, 16, 17))
    body = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows[0]]
    page = "</tr><tr>".join([f"<td>{OFFICE}</td>", over, second, third, *body])
    path = tmp_path / "renja.xls"
    path.write_text(f"<html><table><tr>{page}</tr></table></html>")

    plan = read_plan(path)

    assert plan.data["budget"].tolist() == [1_000_001]
    assert plan.data["target"].tolist() == [120]
    assert plan.sources[0].printed == 1_000_001


def test_a_page_that_repeats_its_headings_is_read_on():
    rows = renja_new([MKJP, KADER])
    head = [list(row) for row in rows[1:5]]
    again = [*rows[:8], *head, *rows[8:]]

    assert read_plan(again).data["budget"].tolist() == [1_000_001, 500_000]


def test_an_office_of_another_name_stands_in_its_own_district():
    plan = read_plan(renja([MKJP], office=OFFICE.replace("PRINGSEWU", "PESAWARAN")))

    assert plan.data["region_code"].tolist() == ["18.10"]  # Lokasi goes first
