"""The commands about plans, on the sample of three plans with planted differences."""

import pytest
from openpyxl import load_workbook
from pandas.testing import assert_frame_equal
from typer.testing import CliRunner

from kkbpk_geo.base.errors import ProjectError
from kkbpk_geo.catalogue.supplies import supply_items
from kkbpk_geo.cli.commands import app
from kkbpk_geo.pipeline.plans.check import read_gaps
from kkbpk_geo.plan.decide.resolve import RULES
from kkbpk_geo.plan.lines.reading import read_plan
from kkbpk_geo.regions.register import children
from kkbpk_geo.sample.plans import write_sample_plans

RUN = CliRunner()
THREE = [
    "--plan-base", "contoh_rencana_dasar.xlsx",
    "--plan-province", "contoh_rencana_provinsi.xlsx",
    "--plan-districts", "contoh_rencana_kabkota.csv",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("plans")
    write_sample_plans(place)
    return place


@pytest.fixture(autouse=True)
def _here(folder, monkeypatch):
    monkeypatch.chdir(folder)


def test_a_plan_is_checked_and_its_calendar_drawn(folder):
    plan = "contoh_rencana_provinsi.xlsx"
    got = RUN.invoke(app, ["plan", "check", plan, "--owner", "province", "-o", "cek"])
    assert got.exit_code == 0, got.output
    assert "tidak memuat rencana untuk 1 kabupaten/kota: Mesuji" in got.output
    assert {p.name for p in (folder / "cek").iterdir()} == {
        "temuan.xlsx", "kesinambungan.csv", "celah-kegiatan.csv", "pemantauan.csv",
        "kalender.pdf", "kalender.html",
    }  # fmt: skip
    page = (folder / "cek" / "kalender.html").read_text(encoding="utf-8")
    assert page.count('<table class="gantt">') == 15  # 14 districts, the province
    assert 'id="r18-11"' not in page  # Mesuji is not in it
    assert "Kalender kegiatan 2026 · Pringsewu" in page
    assert "<h1>DATA CONTOH: Rencana kerja 2026</h1>" in page


def test_plans_are_compared_then_merged_by_decisions(folder):
    got = RUN.invoke(app, ["plan", "align", *THREE, "-o", "rapat"])
    assert got.exit_code == 0, got.output
    assert "259 dari 272 baris rencana sudah selaras" in got.output
    page = (folder / "rapat" / "peta-sinkronisasi.html").read_text(encoding="utf-8")
    assert "Baris yang selaras" in page
    assert '"plans":{"texts":' in page
    meeting = (folder / "rapat" / "rapat-rencana.html").read_text(encoding="utf-8")
    assert meeting.count('<table class="gantt">') == 15
    assert "<h1>DATA CONTOH: Sinkronisasi rencana kerja" in meeting
    minutes = (folder / "rapat" / "notulen.txt").read_text(encoding="utf-8")
    assert minutes.startswith(
        "Pada rapat sinkronisasi rencana kerja (DATA CONTOH) dibandingkan"
    )

    book = "rapat/rapat-rencana.xlsx"
    decide = [
        "--decisions",
        book,
        "--decided-by",
        "Rakorda",
        "--accept",
        "changed_district",
    ]
    got = RUN.invoke(app, ["plan", "resolve", *THREE, *decide, "-o", "hasil"])
    assert got.exit_code == 0, got.output
    assert "menurut aturan: 2" in got.output
    assert (folder / "hasil" / "jejak-keputusan.xlsx").stat().st_size > 0


def test_plans_decisions_and_tables_may_be_named_by_patterns(folder):
    rows = "\n".join(f"{u.name};100;8;2025" for u in children("18"))
    text = f"KABUPATEN;PUS;UNMET NEED;TAHUN\n{rows}\n"
    (folder / "pola_pus.csv").write_text(text, encoding="utf-8")
    patterns = [
        "--plan-base", "*dasar.xlsx",
        "--plan-province", "*_provinsi.xlsx",
        "--plan-districts", "*_kabkota.csv",
        "--data", "pola*.csv",
    ]  # fmt: skip
    got = RUN.invoke(app, ["plan", "align", *patterns, "-o", "rapat-pola"])
    assert got.exit_code == 0, got.output
    assert "259 dari 272 baris rencana sudah selaras" in got.output
    decide = ["--decisions", "rapat-pola/*.xlsx", "-o", "hasil-pola"]
    got = RUN.invoke(app, ["plan", "resolve", *patterns, *decide])
    assert got.exit_code == 0, got.output
    got = RUN.invoke(app, ["plan", "resolve", *patterns, "--decisions", "*.json?"])
    assert str(got.exception) == (
        f"--decisions: no file matches '*.json?' in {folder.name}/."
    )


def test_a_merged_plan_remembers_in_its_file_what_a_rule_decided(folder):
    RUN.invoke(app, ["plan", "align", *THREE, "-o", "rapat"])
    rules = [word for kind in RULES for word in ("--accept", kind)]
    decide = ["--decisions", "rapat/rapat-rencana.xlsx", *rules]
    got = RUN.invoke(app, ["plan", "resolve", *THREE, *decide, "-o", "satu"])
    assert got.exit_code == 0, got.output
    merged = "satu/rencana-gabungan.xlsx"
    assert load_workbook(folder / merged).sheetnames == ["Rencana", "Sudah diputuskan"]
    again = ["--plan-base", merged, *THREE[2:], *decide, "-o", "dua"]
    got = RUN.invoke(app, ["plan", "resolve", *again])
    assert got.exit_code == 0, got.output
    assert "menurut aturan: 0" in got.output
    one, two = (
        read_plan(folder / place / "rencana-gabungan.xlsx") for place in ("satu", "dua")
    )
    assert_frame_equal(
        one.data.filter(regex="^(?!source|.* ASAL)"),
        two.data.filter(regex="^(?!source|.* ASAL)"),
    )
    assert one.settled == two.settled != {}
    assert "sheet_skipped" not in {f.code for f in one.findings}


@pytest.fixture
def decided(folder):
    """Return how to fill in the first decision of Tulang Bawang, and merge by it."""
    RUN.invoke(app, ["plan", "align", *THREE, "-o", "rapat"])

    def fill(**cells):
        book = load_workbook(folder / "rapat" / "rapat-rencana.xlsx")
        sheet = book["18.05 Tulang Bawang"]
        heads = [cell.value for cell in sheet[3]]
        for heading, value in cells.items():
            sheet.cell(4, heads.index(heading.replace("_", " ")) + 1).value = value
        book.save(folder / "isi.xlsx")
        taken = ["--decisions", "isi.xlsx", "-o", "gabung"]
        return RUN.invoke(app, ["plan", "resolve", *THREE, *taken])

    return fill


@pytest.mark.parametrize("value", ["-5", "-100 peserta KB"])
def test_a_value_that_no_plan_can_hold_is_refused_with_its_cell(decided, value):
    got = decided(Keputusan="Nilai lain", Nilai_lain=value)
    assert got.exit_code != 0
    assert str(got.exception) == (
        f"isi.xlsx, 18.05 Tulang Bawang: row 4, column 'Nilai lain' is {value!r}; "
        "expected a number of 0 or more that a plan can hold. Write the value that was "
        "decided."
    )


def test_a_decision_whose_id_was_altered_is_named_and_ends_with_1(decided):
    got = decided(Keputusan="Provinsi", ID_keputusan="diganti|target")
    assert got.exit_code == 1
    said = (
        'isi.xlsx, lembar 18.05 Tulang Bawang, baris 4: keputusan "diganti|target" '
        "tidak ada dalam perbandingan ini dan tidak diterapkan."
    )
    assert f"Keputusan yang tidak berlaku di sini: 1. {said}" in got.output
    assert f"[kesalahan] {said}" in got.output


@pytest.mark.parametrize(
    ("stated", "data_year", "year"),
    [("2025", None, 2025), (None, None, 2026), (None, 2024, 2024)],
)
def test_tables_keep_their_own_year_beside_a_plan_of_another(
    folder, monkeypatch, stated, data_year, year
):
    from kkbpk_geo.pipeline import running

    head, cells = (";TAHUN", f";{stated}") if stated else ("", "")
    rows = [f"{u.name};100;8{cells}" for u in children("18")]
    text = f"KABUPATEN;PUS;UNMET NEED{head}\n" + "\n".join(rows) + "\n"
    (folder / "pus_data.csv").write_text(text, encoding="utf-8")
    seen = []
    run = running.run
    monkeypatch.setattr(
        running, "run", lambda p, **read: seen.append(run(p, **read)) or seen[-1]
    )
    found = read_gaps([folder / "pus_data.csv"], "18", 2026, data_year=data_year)
    assert len(found.table)
    (done,) = seen
    assert set(done.intakes[0].data["period"]) == {str(year)}
    assert not [f for f in done.findings if f.code.startswith("period_disagrees")]


def test_the_year_of_the_tables_can_be_given(folder):
    rows = [f"{u.name};100;8" for u in children("18")]
    text = "KABUPATEN;PUS;UNMET NEED\n" + "\n".join(rows) + "\n"
    (folder / "pus_data.csv").write_text(text, encoding="utf-8")
    extra = ["--plan-year", "2026", "--data", "pus_data.csv", "--year", "2025"]
    got = RUN.invoke(app, ["plan", "align", *THREE, *extra, "-o", "rapat-data"])
    assert got.exit_code == 0, got.output
    assert "Periode tidak sama" not in got.output


def test_a_target_is_not_divided_where_districts_say_nothing(folder):
    rows = ["PRINGSEWU;100;50", "MESUJI;100;25", "METRO;100;100"]
    text = "KABUPATEN;PUS;UNMET NEED\n" + "\n".join(rows) + "\n"
    (folder / "pus.csv").write_text(text, encoding="utf-8")
    arguments = ["--service", "unmet_need", "--total", "10"]
    got = RUN.invoke(
        app, ["plan", "apportion", "pus.csv", "--year", "2025", *arguments]
    )
    # Districts that say nothing have no number to divide by: that is said, not guessed.
    assert got.exit_code != 0
    assert "18.01" in str(got.exception)


def test_a_target_is_divided_by_gap_with_its_reasons(folder):
    units = children("18")
    # 100 couples each: at most 7 may remain, so 8 is a gap of 1 and 93 one of 86.
    rows = [f"{u.name};100;{8 if u.code != '18.11' else 93}" for u in units]
    text = "KABUPATEN;PUS;UNMET NEED\n" + "\n".join(rows) + "\n"
    (folder / "semua.csv").write_text(text, encoding="utf-8")
    arguments = ["--service", "unmet_need", "--total", "100", "-o", "bagi.csv"]
    got = RUN.invoke(
        app, ["plan", "apportion", "semua.csv", "--year", "2025", *arguments]
    )
    assert got.exit_code == 0, got.output
    assert "  Mesuji: 86 = 86 menurut kesenjangan" in got.output
    assert "  Kota Metro: 1 = 1 menurut kesenjangan" in got.output
    assert (folder / "bagi.csv").stat().st_size > 0


@pytest.fixture
def gaps(folder):
    """A table of 100 couples per district: a gap of 1 each, of 86 in Mesuji."""
    units = children("18")
    rows = [f"{u.name};100;{8 if u.code != '18.11' else 93}" for u in units]
    text = "KABUPATEN;PUS;UNMET NEED\n" + "\n".join(rows) + "\n"
    (folder / "semua.csv").write_text(text, encoding="utf-8")
    return ["plan", "apportion", "semua.csv", "--year", "2025"]


def test_a_division_goes_to_the_meeting_and_comes_back(folder, gaps):
    made = ["--service", "unmet_need", "--total", "100", "--meeting", "Rakorda"]
    got = RUN.invoke(app, [*gaps, *made, "--by", "gap", "-o", "pembagian.xlsx"])
    assert got.exit_code == 0, got.output

    back = ["plan", "apportion", "--from", "pembagian.xlsx", "-o", "pembagian-2.xlsx"]
    got = RUN.invoke(app, back)
    assert got.exit_code == 0, got.output
    assert "Tidak ada yang berubah; angka tetap seperti semula." in got.output

    book = load_workbook(folder / "pembagian.xlsx")
    sheet = book["unmet_need"]
    row = next(r[0].row for r in sheet.iter_rows() if r[0].value == "18.11")
    sheet[f"I{row}"], sheet[f"J{row}"] = 72, "menunggu tenaga"
    book.save(folder / "pembagian.xlsx")
    got = RUN.invoke(app, back)
    assert got.exit_code == 0, got.output
    # 28 are left for 14 districts with a gap of 1 each
    assert "  unmet_need, Mesuji: 86 → 72 (diputuskan: menunggu tenaga)" in got.output
    assert "  unmet_need, Kota Metro: 1 → 2 (menyesuaikan)" in got.output
    assert "15 perubahan, dicatat sebagai langkah 1:" in got.output
    got = RUN.invoke(app, back[:4])
    assert "Belum disimpan: ulangi dengan -o" in got.output


def test_a_budget_is_written_as_people_write_it(folder, gaps):
    more = ["--service", "unmet_need", "--total", "100", "--unit-cost", "10.000"]
    got = RUN.invoke(app, [*gaps, *more, "--budget", "Rp 500.000", "-o", "uang.csv"])
    assert got.exit_code == 0, got.output
    assert "unmet_need: 50 dari 100 dapat dibagi; 50 belum terpenuhi." in got.output
    assert "Rp 500.000 membiayai penuh 0 dari 1 kebutuhan; sisa Rp 0." in got.output
    rows = (folder / "uang.csv").read_text(encoding="utf-8-sig").splitlines()
    assert sum(int(row.split(";")[-1]) for row in rows[1:]) == 500_000


ONE = ["--service", "unmet_need", "--total", "9"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ["--service", "a", "--service", "b", "--total", "1"],
            "2 --service and 1 --total; give one --total for each --service, in the "
            "same order.",
        ),
        (
            [*ONE, "--batch", "1", "--batch", "2"],
            "2 --batch for 1 --service; give one for all, or one for each, in the same "
            "order.",
        ),
        (
            [*ONE, "--unit-cost", "1", "--unit-cost", "2"],
            "2 --unit-cost for 1 --service; give one for all, or one for each, in the "
            "same order.",
        ),
        (
            [*ONE, "--lock", "18.01"],
            "--lock is '18.01'; expected a district's code and a whole number, such as "
            "18.01=0, each district once.",
        ),
        (
            [*ONE, "--budget", "banyak"],
            "--budget is 'banyak'; expected a whole number from 0 up, such as 10000 or "
            "10.000.",
        ),
        (
            [*ONE, "--decided-by", "Rakorda"],
            "--decided-by goes with --from; give a new workbook its --meeting instead.",
        ),
        (
            ["--from", "pembagian.xlsx", "--budget", "5"],
            "--from reads everything from the workbook, so tables, --budget cannot "
            "stand beside it. Change the workbook's yellow cells instead.",
        ),
    ],
)
def test_options_that_do_not_fit_are_refused_in_one_sentence(gaps, options, said):
    got = RUN.invoke(app, [*gaps[:3], *options])
    assert isinstance(got.exception, ProjectError)
    assert str(got.exception) == said


def test_without_tables_and_without_a_workbook_there_is_nothing_to_divide():
    got = RUN.invoke(app, ["plan", "apportion", *ONE])
    assert str(got.exception) == (
        "no tables to divide by; name the offices' files, or give a workbook that was "
        "filled in with --from."
    )


@pytest.fixture
def kits(folder):
    """Ten groups in every district; one of them has told its kits."""
    (folder / "inventaris.csv").write_text(
        "KABUPATEN;SARANA;BAIK;RUSAK RINGAN;RUSAK BERAT\n"
        "Lampung Selatan;BKB Kit;5;2;1\n",
        encoding="utf-8",
    )
    rows = [f"{unit.name};10;10" for unit in children("18")]
    text = "KABUPATEN;JUMLAH DESA;BKB JUMLAH KELOMPOK\n" + "\n".join(rows) + "\n"
    (folder / "bkb.csv").write_text(text, encoding="utf-8")
    (folder / "harga.csv").write_text("Sarana;Harga\nBKB Kit;999\n", encoding="utf-8")
    return ["plan", "supplies", "inventaris.csv", "--data", "bkb.csv", "--year", "2025"]


def test_supplies_are_counted_and_bought_by_the_prices_of_the_office(folder, kits):
    more = ["--prices", "harga.csv", "--price", "bkb_kit=Rp 1.000"]
    more += ["--repair-price", "bkb_kit=100", "--budget", "2.200", "-o", "sarana"]
    got = RUN.invoke(app, [*kits, *more])
    assert got.exit_code == 0, got.output
    assert "2 dibeli dan 2 diperbaiki dengan Rp 2.200" in got.output
    assert "Lampung Selatan: kurang jumlah 2, kurang mutu 3" in got.output
    assert {p.name for p in (folder / "sarana").iterdir()} == {
        "kesenjangan-sarana.csv", "pengadaan.csv", "belum-dihitung.csv", "sarana.xlsx",
    }  # fmt: skip


def test_a_price_of_nothing_known_is_refused(kits):
    got = RUN.invoke(app, [*kits, "--price", "kursi=5"])
    assert str(got.exception) == (
        "--price is 'kursi=5'; expected an item and whole rupiah, such as "
        f"bkb_kit=2500000. Items: {', '.join(supply_items())}."
    )


def test_the_work_map_shows_plans_beside_the_offices_own_figures(folder):
    rows = "\n".join(f"{u.name};100;50" for u in children("18"))
    text = f"KABUPATEN;PUS;UNMET NEED\n{rows}\n"
    (folder / "angka.csv").write_text(text, encoding="utf-8")
    plans = [
        "--plan-base", "contoh_rencana_dasar.xlsx",
        "--plan-province", "contoh_rencana_provinsi.xlsx",
        "--plan-districts", "contoh_rencana_kabkota.csv",
    ]  # fmt: skip
    arguments = ["map", "angka.csv", "--year", "2025", "-o", "peta.html"]
    got = RUN.invoke(app, [*arguments, *plans])
    assert got.exit_code == 0, got.output
    page = (folder / "peta.html").read_text(encoding="utf-8")
    assert "Sinkronisasi rencana 2026" in page
    assert '"plans":{"texts":' in page
    RUN.invoke(app, arguments)
    page = (folder / "peta.html").read_text(encoding="utf-8")
    assert '"plans":' not in page


def test_one_side_alone_is_not_compared(folder):
    (folder / "angka2.csv").write_text("KABUPATEN;PUS\nPRINGSEWU;1\n", "utf-8")
    got = RUN.invoke(
        app, ["map", "angka2.csv", "--plan-base", "contoh_rencana_dasar.xlsx"]
    )
    assert got.exit_code != 0
    assert str(got.exception) == (
        "--plan-province, --plan-districts: the plan of the province is not named. "
        "Comparing needs the province's and the districts' plans."
    )
