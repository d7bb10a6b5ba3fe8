"""The commands about plans, on the sample of three plans with planted differences."""

import re

import pytest
from openpyxl import load_workbook
from pandas.testing import assert_frame_equal
from sides import side
from typer.testing import CliRunner

from kkbpk_geo.base.errors import EmptyDataError, OutputError
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
    page = side((folder / "cek" / "kalender.html").read_text(encoding="utf-8"))
    assert page.count('<table class="gantt">') == 15  # 14 districts, the province
    assert 'id="r18-11"' not in page  # Mesuji is not in it
    assert "Kalender kegiatan 2026 · Pringsewu" in page
    assert re.search(r"<h1>\d+ kegiatan direncanakan di 14 kabupaten/kota", page)


def test_a_plan_check_that_breaks_leaves_last_months_set(folder, monkeypatch):
    words = ["plan", "check", "contoh_rencana_provinsi.xlsx", "-o", "utuh"]
    RUN.invoke(app, words)
    before = {p.name: p.read_bytes() for p in (folder / "utuh").iterdir()}

    def full(*_args, **_more):
        raise OutputError("full")

    monkeypatch.setattr("kkbpk_geo.pipeline.plans.check.write_calendars", full)
    got = RUN.invoke(app, [*words, "--language", "en"])
    assert isinstance(got.exception, OutputError)
    after = {p.name: p.read_bytes() for p in (folder / "utuh").iterdir()}
    assert after == before


def test_a_plan_without_a_line_of_use_still_has_its_findings(folder, monkeypatch):
    def refuse(_plan):
        raise EmptyDataError("no line of use")

    monkeypatch.setattr("kkbpk_geo.plan.check_continuity", refuse)
    words = ["plan", "check", "contoh_rencana_provinsi.xlsx", "-o", "kosong"]
    assert isinstance(RUN.invoke(app, words).exception, EmptyDataError)
    assert [p.name for p in (folder / "kosong").iterdir()] == ["temuan.xlsx"]


def test_plans_are_compared_then_merged_by_decisions(folder):
    got = RUN.invoke(app, ["plan", "align", *THREE, "-o", "rapat"])
    assert got.exit_code == 0, got.output
    assert "259 dari 272 baris rencana sudah selaras" in got.output
    page = (folder / "rapat" / "peta-sinkronisasi.html").read_text(encoding="utf-8")
    assert "Baris yang selaras" in page
    assert '"plans":{"texts":' in page
    meeting = (folder / "rapat" / "rapat-rencana.html").read_text(encoding="utf-8")
    assert "<h1>16 hal perlu diputuskan, Rp\N{NO-BREAK SPACE}" in meeting
    years = (folder / "rapat" / "kalender.html").read_text(encoding="utf-8")
    assert side(years).count('<table class="gantt">') == 15
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


def test_needs_without_an_activity_become_a_draft_that_says_so(folder):
    places = [unit.name for unit in children("18")]
    kits = "\n".join(f"{place};100;20;2025" for place in places)
    text = f"KABUPATEN;JUMLAH KELOMPOK BKB;BKB MEMILIKI KIT;TAHUN\n{kits}\n"
    (folder / "kit.csv").write_text(text, encoding="utf-8")
    lines = "\n".join(f"{place};KIE;2026;5;kegiatan" for place in places)
    text = f"KABUPATEN;KEGIATAN;TAHUN;TARGET;SATUAN\n{lines}\n"
    (folder / "kie.csv").write_text(text, encoding="utf-8")
    plans = ["--plan-province", "kie.csv", "--plan-districts", "kie.csv"]
    words = ["plan", "draft", *plans, "--data", "kit.csv", "--price", "bkb_kit=100"]
    got = RUN.invoke(app, [*words, "-o", "draf.xlsx"])
    assert got.exit_code == 0, got.output
    # 80 kits in each of 15 districts; 11 of them also have fewer groups than villages.
    assert "Draf: 26 baris untuk 15 kabupaten/kota, Rp 120.000; 11 tanpa" in got.output
    again = RUN.invoke(app, ["plan", "check", "draf.xlsx"])
    assert "26 baris adalah draf yang diusulkan dari kesenjangan" in again.output
    got = RUN.invoke(app, ["plan", "draft", *plans])
    assert str(got.exception).startswith("plan draft memerlukan --data")


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
