"""The command as a new user runs it: exit codes, sentences, files; no traceback."""

import re
import subprocess
import sys

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from kkbpk_geo.base.errors import JoinError
from kkbpk_geo.cli.commands import app

RUN = CliRunner()
HEAD = "PROVINSI;KABUPATEN;KECAMATAN;KELURAHAN;PUS;UNMET NEED;BULAN\n"
ROWS = (
    "LAMPUNG;PRINGSEWU;PRINGSEWU;PODOMORO;100;10;OKTOBER\n"
    "LAMPUNG;MESUJI;MESUJI;WIRALAGA I;200;30;OKTOBER\n"
)


@pytest.fixture
def sheet(tmp_path, monkeypatch):
    """One small export in an empty folder, which is the working folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "data_pus.csv"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    return path


def call(*arguments):
    """Run the installed command in a process of its own, as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "kkbpk_geo.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_package_itself_is_the_command():
    said = [sys.executable, "-m", "kkbpk_geo", "regions"]
    got = subprocess.run(said, capture_output=True, text=True, check=True)
    assert got.stdout == call("regions").stdout
    assert len(got.stdout.splitlines()) == 15


def test_map_writes_one_page_and_says_where(sheet):
    got = RUN.invoke(app, ["map", sheet.name, "--year", "2025", "-o", "peta.html"])
    assert got.exit_code == 0, got.output
    assert "2 baris dari 1 tabel: 2 ditempatkan pada 15 wilayah Lampung" in got.output
    assert "Ditulis: peta.html" in got.output
    page = (sheet.parent / "peta.html").read_text(encoding="utf-8")
    assert "Pringsewu" in page


def test_map_only_leaves_lists_and_choices_out_of_the_page(sheet):
    alone = []
    for more in ([], ["--map-only"]):
        said = ["map", sheet.name, "--year", "2025", "-o", "peta.html", *more]
        assert RUN.invoke(app, said).exit_code == 0
        page = (sheet.parent / "peta.html").read_text(encoding="utf-8")
        alone.append('<html lang="id" class="kg-alone">' in page)
    assert alone == [False, True]


@pytest.mark.parametrize("ending", ["pdf", "png", "svg"])
def test_map_writes_a_sheet_to_print_when_the_name_says_so(sheet, ending):
    got = RUN.invoke(app, ["map", sheet.name, "--year", "2025", "-o", f"a.{ending}"])
    assert got.exit_code == 0, got.output
    assert (sheet.parent / f"a.{ending}").stat().st_size > 10_000


def test_map_with_values_writes_them_under_the_names(sheet):
    command = ["map", sheet.name, "--year", "2025", "--indicator", "unmet_need"]
    for name in ("a.svg", "peta.html"):
        got = RUN.invoke(app, [*command, "--values", "-o", name])
        assert got.exit_code == 0, got.output
    page = (sheet.parent / "peta.html").read_text(encoding="utf-8")
    assert '"values":true' in page
    with_them = (sheet.parent / "a.svg").stat().st_size
    RUN.invoke(app, [*command, "-o", "a.svg"])
    # Letters are shapes in an SVG: two numbers more on the map.
    assert (sheet.parent / "a.svg").stat().st_size < with_them


def test_the_same_map_twice_is_the_same_bytes(sheet):
    for name in ("a.html", "b.html"):
        RUN.invoke(app, ["map", sheet.name, "--year", "2025", "-o", name])
    folder = sheet.parent
    assert (folder / "a.html").read_bytes() == (folder / "b.html").read_bytes()


def test_check_ends_with_1_where_a_table_has_an_error(sheet):
    sheet.write_text(
        HEAD + ROWS + "LAMPUNG;LAMPUNG TENGGARA;X;Y;5;1;OKTOBER\n", encoding="utf-8"
    )
    got = RUN.invoke(app, ["check", sheet.name, "--year", "2025", "-o", "temuan.xlsx"])
    assert got.exit_code == 1
    assert "LAMPUNG TENGGARA" in got.output
    assert "baris 4" in got.output
    assert (sheet.parent / "temuan.xlsx").stat().st_size > 0


def test_check_ends_with_0_where_there_is_nothing_wrong(sheet):
    got = RUN.invoke(app, ["check", sheet.name, "--year", "2025"])
    assert got.exit_code == 0, got.output
    assert "Temuan: 0 kesalahan" in got.output


def test_check_names_the_files_without_a_period_and_how_to_state_it(tmp_path):
    path = tmp_path / "tanpa.csv"
    path.write_text("KABUPATEN;PUS\nMesuji;50000\nTanggamus;120000\n", "utf-8")
    bare = RUN.invoke(app, ["check", str(path)])
    assert bare.exit_code == 0
    said = "Periode laporan tidak tertulis pada tanpa.csv"
    for word in (said, "--period", "[masukan] periode", "period="):
        assert word in bare.output
    for stating in (["--year", "2025"], ["--period", "TW III 2025"]):
        assert said not in RUN.invoke(app, ["check", str(path), *stating]).output


def test_check_does_not_call_figures_of_every_period_whose_month_is_not_read(tmp_path):
    path = tmp_path / "rusak.csv"
    path.write_text("KABUPATEN;PUS;BULAN\nMesuji;50000;??\n", "utf-8")
    got = RUN.invoke(app, ["check", str(path)])
    assert "0 dipakai, 1 disisihkan (1 bulan atau tahun tidak diketahui)" in got.output
    assert "berlaku untuk setiap periode" not in got.output


def test_check_says_nothing_of_periods_where_a_list_needs_none(tmp_path):
    path = tmp_path / "faskes.csv"
    path.write_text(
        "KABUPATEN;NAMA FASKES;JENIS FASKES;JUMLAH TENAGA\n"
        "Mesuji;Puskesmas Satu;PUSKESMAS;4\n",
        "utf-8",
    )
    got = RUN.invoke(app, ["check", str(path)])
    assert "Periode laporan" not in got.output


def test_score_says_what_to_do_and_writes_its_tables(sheet):
    got = RUN.invoke(app, ["score", sheet.name, "--year", "2025", "-o", "skor"])
    assert got.exit_code == 0, got.output
    # 30 of 200 in Mesuji, at most floor(200 x 0.074) = 14 may remain.
    assert "penuhi kebutuhan ber-KB 16 PUS" in got.output
    text = (sheet.parent / "skor" / "kesenjangan.csv").read_text(encoding="utf-8-sig")
    assert "2025-10;18.11;Mesuji;unmet_need;30;14;16;0;0,466667" in text


def test_score_in_english_writes_points(sheet):
    RUN.invoke(
        app,
        ["score", sheet.name, "--year", "2025", "-o", "skor", "--language", "en"],
    )
    text = (sheet.parent / "skor" / "kesenjangan.csv").read_text(encoding="utf-8-sig")
    assert "2025-10,18.11,Mesuji,unmet_need,30,14,16,0,0.466667" in text


def test_regions_says_what_a_name_is_or_why_it_is_not():
    got = RUN.invoke(app, ["regions", "Lamsel", "1801", "Jumlah"])
    assert got.exit_code == 1
    lines = got.output.splitlines()
    assert lines[0] == "Lamsel → 18.01 Lampung Selatan"
    assert "18.01 Lampung Selatan, 18.04 Lampung Barat" in lines[1]
    assert lines[2] == "Jumlah: baris jumlah, bukan wilayah"


def test_regions_without_names_lists_the_province():
    got = RUN.invoke(app, ["regions"])
    assert got.exit_code == 0
    assert len(got.output.splitlines()) == 15
    assert "18.72\tKota Metro" in got.output


def test_regions_lists_kecamatan_and_villages_of_a_kabupaten_anywhere():
    done = RUN.invoke(app, ["regions", "--province", "Majene", "--level", "kecamatan"])
    assert done.output.splitlines()[0] == "76.05.01\tBanggae"
    assert len(done.output.splitlines()) == 8
    asked = ["regions", "--province", "Majene", "--level", "desa", "Kel. Totoli"]
    assert RUN.invoke(app, asked).output == "Kel. Totoli → 76.05.01.1009 Totoli\n"


@pytest.mark.parametrize("level", ["kecamatan", "desa"])
def test_score_needs_no_boundaries_below_the_district(sheet, level):
    done = RUN.invoke(
        app, ["score", str(sheet), "--year", "2025", "--level", level, "-o", "skor"]
    )
    assert done.exit_code == 0, done.output
    places = {
        "kecamatan": "Pringsewu (Pringsewu)",
        "desa": "Podomoro (Pringsewu, Pringsewu)",
    }
    assert places[level] in done.output
    head, *rows = (sheet.parent / "skor/skor.csv").read_text("utf-8-sig").splitlines()
    assert head.startswith("region_code;region_name;region_parent;")
    assert len(rows) == {"kecamatan": 229, "desa": 2651}[level]


def test_score_says_which_table_stops_above_its_level(sheet):
    officers = sheet.parent / "pkb.csv"
    officers.write_text("KABUPATEN;JUMLAH PKB\nPRINGSEWU;12\n", encoding="utf-8")
    asked = ["score", str(sheet), str(officers), "--year", "2025", "--level"]
    said = RUN.invoke(app, [*asked, "kecamatan"]).output
    assert said.startswith(
        "pkb.csv: Tabel ini berhenti di tingkat kabupaten/kota: 1 baris tidak dipakai "
        "pada tingkat kecamatan."
    )
    assert "berhenti" not in RUN.invoke(app, [*asked, "kabkota"]).output


def test_score_of_one_kabupaten_ranks_its_own_places(sheet):
    asked = ["--year", "2025", "--level", "desa", "--province", "Pringsewu"]
    done = RUN.invoke(app, ["score", str(sheet), *asked])
    assert done.output.startswith("1 dari 131 wilayah dinilai")
    assert "  1. Podomoro (Pringsewu): skor" in done.output


def test_index_and_analysis_stand_on_names_and_say_what_needs_outlines(sheet):
    more = sheet.parent / "mix.csv"
    rows = [f"PRINGSEWU;PRINGSEWU;PODOMORO;{50}", f"MESUJI;MESUJI;WIRALAGA I;{90}"]
    text = "KABUPATEN;KECAMATAN;DESA;PA\n" + "\n".join(rows) + "\n"
    more.write_text(text, encoding="utf-8")
    asked = [str(sheet), str(more), "--year", "2025", "--level", "kecamatan"]
    done = RUN.invoke(app, ["index", *asked])
    assert done.exit_code == 0, done.output
    assert "Mesuji (Mesuji)" in done.output
    done = RUN.invoke(app, ["analyse", *asked, "-o", "analisis"])
    assert done.exit_code == 0, done.output
    page = (sheet.parent / "analisis/analisis.html").read_text("utf-8")
    assert "Tetangga hanya dapat dilihat dari batas wilayah" in page


def test_a_map_below_the_district_says_that_it_needs_outlines(sheet):
    done = call("map", str(sheet), "--year", "2025", "--level", "kecamatan")
    assert done.returncode == 2
    assert "kecamatan" in done.stderr
    assert "Traceback" not in done.stderr


def test_template_writes_an_inventory_that_check_recognises(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert RUN.invoke(app, ["template", "inventory"]).exit_code == 0
    got = RUN.invoke(app, ["check", "templat-inventory.xlsx"])
    assert got.exit_code == 0
    assert "Inventaris sarana kelompok; 0 baris data" in got.output


def test_template_writes_a_workbook(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    got = RUN.invoke(app, ["template", "targets", "-o", "sasaran.xlsx"])
    assert got.exit_code == 0, got.output
    assert (tmp_path / "sasaran.xlsx").stat().st_size > 0


def test_check_refuses_to_keep_a_version_that_is_not_there(sheet):
    got = RUN.invoke(app, ["check", sheet.name, "--year", "2025", "--keep", "x.csv"])
    assert isinstance(got.exception, JoinError)
    assert str(got.exception) == (
        "keep is 'x.csv'; expected 'newest' or the name of one of the files: "
        f"[{sheet.name!r}]."
    )


def test_init_then_run_does_everything(sheet):
    assert RUN.invoke(app, ["init"]).exit_code == 0
    got = RUN.invoke(app, ["run"])
    assert got.exit_code == 0, got.output
    assert {p.name for p in (sheet.parent / "hasil").iterdir()} == {
        "index.html", "peta-kerja.html", "indikator.csv", "tidak-ditempatkan.csv",
        "skor.csv", "kesenjangan.csv", "laporan-masuk.html", "laporan-masuk.xlsx",
        "temuan.html", "temuan.xlsx", "peta-cetak.pdf", "analisis", ".kkbpk-geo.json",
    }  # fmt: skip


def test_a_second_run_reads_nothing_and_says_what_is_unchanged(sheet, monkeypatch):
    from kkbpk_geo.pipeline import running

    path = sheet.parent / "peta-kerja.toml"
    asked = '[masukan]\ntabel = ["*.csv"]\ntahun = 2025\n[keluaran]\nanalisis = false\n'
    path.write_text(asked, encoding="utf-8")
    first = RUN.invoke(app, ["run"])
    assert first.exit_code == 0, first.output
    begin = f"Mulai dari: {(sheet.parent / 'hasil/index.html').as_uri()}"
    assert begin in first.output
    assert "Ditulis: hasil/peta-kerja.html" in first.output
    read, seen = running.read_all, []
    monkeypatch.setattr(running, "read_all", lambda *a: seen.append(1) or read(*a))
    again = RUN.invoke(app, ["run"])
    assert again.exit_code == 0
    assert again.output.startswith("Tidak berubah: 10 berkas di hasil dibuat dari")
    assert "Temuan: 0 kesalahan" in again.output
    assert begin in again.output
    assert seen == []
    # Another language: the tables with their commas, and every page.
    path.write_text(asked + '[peta]\nbahasa = "en"\n', encoding="utf-8")
    other = RUN.invoke(app, ["run"])
    assert "Made again: hasil/peta-kerja.html" in other.output
    assert "Made again: hasil/indikator.csv" in other.output
    assert seen == [1]


def test_a_run_says_which_files_stay_and_which_are_made_again(sheet):
    path = sheet.parent / "peta-kerja.toml"
    asked = '[masukan]\ntabel = ["*.csv"]\ntahun = 2025\n[keluaran]\nanalisis = false\n'
    path.write_text(f'{asked}cetak = "png"\n', encoding="utf-8")
    assert RUN.invoke(app, ["run"]).exit_code == 0
    path.write_text(f"{asked}[peta]\nnilai = true\n", encoding="utf-8")
    got = RUN.invoke(app, ["run"])
    assert "Dibuat ulang: hasil/peta-kerja.html" in got.output
    (same,) = [line for line in got.output.splitlines() if line.startswith("Tidak")]
    assert same == (
        "Tidak berubah: indikator.csv, tidak-ditempatkan.csv, skor.csv, "
        "kesenjangan.csv, laporan-masuk.html, laporan-masuk.xlsx, temuan.html, "
        "temuan.xlsx"
    )
    gone = "Dihapus, karena tidak dibuat lagi: hasil/peta-cetak.png"
    assert gone in got.output
    assert not (sheet.parent / "hasil" / "peta-cetak.png").exists()


def test_a_plan_that_cannot_be_read_is_named_and_the_map_is_written(sheet):
    folder = sheet.parent
    (folder / "rusak.xlsx").write_bytes(b"bukan buku kerja")
    path = folder / "peta-kerja.toml"
    path.write_text(
        f'[masukan]\ntabel = ["{sheet.name}"]\ntahun = 2025\n'
        '[rencana]\nprovinsi = "rusak.xlsx"\nkabkota = ["rusak.xlsx"]\n'
        "[keluaran]\nanalisis = false\n",
        encoding="utf-8",
    )
    got = RUN.invoke(app, ["run"])
    assert got.exit_code == 1, got.output
    assert "TIDAK DIBUAT: rapat/rapat-rencana.html (rusak.xlsx:" in got.output
    page = (folder / "hasil" / "index.html").read_text("utf-8")
    assert "rapat/rapat-rencana.html tidak dapat dibuat; yang lain selesai." in page
    told = (folder / "hasil" / "temuan.html").read_text("utf-8")
    assert "Bagian ini tidak dapat dibuat: rusak.xlsx:" in told
    assert (folder / "hasil" / "peta-kerja.html").is_file()
    # Nothing has changed, and still it is tried again.
    assert RUN.invoke(app, ["run"]).exit_code == 1


def test_a_fault_of_ours_in_one_page_costs_no_other(sheet, monkeypatch):
    from kkbpk_geo.pipeline import outputs

    def fail(*_):
        raise KeyError("wilayah")

    monkeypatch.setattr(outputs, "write_scores", fail)
    path = sheet.parent / "peta-kerja.toml"
    path.write_text(
        '[masukan]\ntabel = ["*.csv"]\ntahun = 2025\n[keluaran]\nanalisis = false\n',
        encoding="utf-8",
    )
    got = RUN.invoke(app, ["run"])
    assert got.exit_code == 1, got.output
    assert "TIDAK DIBUAT: skor.csv (KeyError: 'wilayah')" in got.output
    assert "Traceback" not in got.output
    names = {each.name for each in (sheet.parent / "hasil").iterdir()}
    assert {"peta-kerja.html", "index.html", "temuan.html"} <= names
    assert "skor.csv" not in names


def test_run_reads_its_project_file_once(sheet, monkeypatch):
    from kkbpk_geo import pipeline
    from kkbpk_geo.pipeline import project_reading

    path = sheet.parent / "peta-kerja.toml"
    path.write_text('[masukan]\ntabel = ["*.csv"]\ntahun = 2025\n', encoding="utf-8")
    read, seen = project_reading.read_project, []
    for place in (project_reading, pipeline):  # where it is, and the room's door
        monkeypatch.setattr(
            place, "read_project", lambda name: seen.append(name) or read(name)
        )
    got = RUN.invoke(app, ["run", "peta*.toml"])
    assert got.exit_code == 0, got.output
    assert [str(name) for name in seen] == ["peta-kerja.toml"]


def test_every_fault_of_a_project_file_is_a_line(sheet):
    path = sheet.parent / "peta-kerja.toml"
    path.write_text("[masukan]\ntabel = [3]\nindikator = [1]\n", encoding="utf-8")
    got = call("run")
    assert got.returncode == 2
    assert got.stderr.splitlines() == [
        "kkbpk-geo: peta-kerja.toml has 2 faults:",
        "peta-kerja.toml [masukan] tabel, entry 1 is 3; expected a text in quotes.",
        "peta-kerja.toml [masukan] indikator, entry 1 is 1; expected a text in quotes.",
    ]


def test_init_does_not_overwrite(sheet):
    (sheet.parent / "peta-kerja.toml").write_text("x", encoding="utf-8")
    got = call("init")
    assert got.returncode == 2
    assert got.stderr == (
        "kkbpk-geo: peta-kerja.toml already exists; choose another name with -o, or "
        "remove it first.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["map", "tidak-ada.csv"], "kkbpk-geo: no file matches 'tidak-ada.csv' in "),
        (["map", "data_pus.csv", "--month", "mei"], "--month needs --year, because"),
        (["map", "data_pus.csv", "--year", "2025", "--month", "mey"], "is 'mey'; exp"),
        (["map", "data_pus.csv", "--period", "mei"], "--period is 'mei'; expected a p"),
        (
            ["map", "data_pus.csv", "--period", "2025-11", "--year", "2024"],
            "--period is 2025-11, and --year is 2024; say one of them.",
        ),
        (["map", "data_pus.csv", "--province", "Lampng"], "no place is called 'Lamp"),
        (["map", "data_pus.csv", "--year", "2025", "--boundaries", "x.shp"], "x.shp"),
        (["map", "data_pus.csv", "--year", "2025", "--indicator", "x"], "unknown indi"),
        (
            ["map", "data_pus.csv", "--year", "2025", "-o", "a.docx"],
            "a.docx: a map is s",
        ),
        (["run", "x.toml"], "x.toml: no such file. Write one with: kkbpk-geo init"),
        (["map", "data_pus.csv", "--year", "2025", "--province", "Aceh"], "another pr"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_2(sheet, arguments, sentence):
    got = call(*arguments)
    assert got.returncode == 2, got.stderr
    assert sentence in got.stderr
    assert "Traceback" not in got.stderr
    assert len(got.stderr.strip().splitlines()) == 1
    assert sheet.exists()


def test_a_file_that_is_no_table_is_refused_by_name(sheet):
    sheet.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    got = call("check", "data_pus.csv")
    assert got.returncode == 2
    assert "data_pus.csv" in got.stderr
    assert "Traceback" not in got.stderr


def test_index_shows_every_rank_with_its_interval(sheet):
    head = "KABUPATEN;PUS;UNMET NEED;PA\n"
    rows = ["PRINGSEWU;100;10;60", "MESUJI;100;12;50", "METRO;100;8;70"]
    sheet.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    got = RUN.invoke(app, ["index", sheet.name, "--year", "2025", "-o", "ix"])
    assert got.exit_code == 0, got.output
    assert "  1. Mesuji: skor 0,0 (peringkat 1–1)" in got.output
    assert (sheet.parent / "ix" / "indeks.png").stat().st_size > 0


def test_analyse_writes_one_page(sheet):
    got = RUN.invoke(app, ["analyse", sheet.name, "--year", "2025", "-o", "an"])
    assert got.exit_code == 0, got.output
    assert (sheet.parent / "an" / "analisis.html").stat().st_size > 0


def test_a_fault_of_ours_is_a_sentence_and_a_traceback_only_when_asked_for(
    monkeypatch, capsys
):
    from kkbpk_geo import cli
    from kkbpk_geo.cli import commands

    def broken(**_):
        raise KeyError("kolom")

    monkeypatch.setattr(commands, "app", broken)
    monkeypatch.delenv("KKBPK_DEBUG", raising=False)
    with pytest.raises(SystemExit) as ended:
        cli.run()
    assert ended.value.code == 2
    assert capsys.readouterr().err == (
        "kkbpk-geo: this should not have happened (KeyError: 'kolom'). Please report "
        "it with the command; KKBPK_DEBUG=1 shows where it happened.\n"
    )
    monkeypatch.setenv("KKBPK_DEBUG", "1")
    with pytest.raises(KeyError):
        cli.run()


@pytest.mark.parametrize(
    ("text", "number"), [("10000", 10_000), ("10.000", 10_000), ("2 juta", 2 * 10**6)]
)
def test_whole_numbers_are_read_as_people_write_them(text, number):
    from kkbpk_geo.cli.options import whole_number

    assert whole_number(text, "--total") == number


@pytest.mark.parametrize("text", ["10.5", "10,5", "-1", "banyak", ""])
def test_what_is_no_whole_number_is_refused(text):
    from kkbpk_geo.base.errors import ProjectError
    from kkbpk_geo.cli.options import whole_number

    with pytest.raises(ProjectError) as refused:
        whole_number(text, "--total")
    assert str(refused.value) == (
        f"--total is {text!r}; expected a whole number from 0 up, such as 10000 or "
        "10.000."
    )


def test_a_number_out_of_range_is_told_and_a_very_long_one_is_cut():
    from kkbpk_geo.base.errors import ProjectError
    from kkbpk_geo.cli.options import whole_number

    with pytest.raises(ProjectError, match="from 1 up"):
        whole_number("0", "--batch", least=1)
    with pytest.raises(ProjectError) as refused:
        whole_number("9" * 5000, "--total")
    assert str(refused.value).startswith(f"--total is '{'9' * 40}…'; expected")


def test_regions_says_where_a_region_of_a_former_province_is_now():
    got = RUN.invoke(app, ["regions", "MERAUKE", "91.18", "--province", "Papua"])
    assert got.stdout.splitlines() == [
        "MERAUKE → 93.01 Merauke, kini di Papua Selatan (93)",
        "91.18 → 93.04 Asmat, kini di Papua Selatan (93)",
    ]
    assert got.exit_code == 0


def test_an_older_edition_of_boundaries_is_told_before_the_map(tmp_path):
    from making_layers import layer_of

    frame = layer_of("Lampung")
    frame["kode"] = frame["kode"].replace({"18.13": "18.04"})
    older = frame.dissolve("kode").reset_index()[["kode", "geometry"]]
    older.to_file(tmp_path / "lama.geojson")
    table = tmp_path / "bkb.csv"
    table.write_text("KABUPATEN;BKB YANG ADA;BKB YANG LAPOR;BULAN\nMesuji;4;2;MEI\n")
    said = ["map", str(table), "--year", "2025", "-o", str(tmp_path / "peta.html")]
    got = RUN.invoke(app, [*said, "--boundaries", str(tmp_path / "lama.geojson")])
    assert got.exit_code == 0
    first = got.stdout.splitlines()[0]
    assert first.startswith("lama.geojson: edisi batas lama. Pesisir Barat tidak ada")


def test_the_store_of_boundaries_that_is_drawn_is_told_before_the_map(tmp_path):
    from making_stores import PROVENANCE, villages

    from kkbpk_geo.regions import write_store

    store = tmp_path / "batas.kgeo"
    write_store(store, villages(), names={}, provenance=PROVENANCE)
    table = tmp_path / "bkb.csv"
    table.write_text("KABUPATEN;BKB YANG ADA;BKB YANG LAPOR;BULAN\nPringsewu;4;2;MEI\n")
    page = tmp_path / "peta.html"
    said = ["map", str(table), "--year", "2025", "-o", str(page)]
    got = RUN.invoke(app, [*said, "--boundaries", str(store)])
    assert got.exit_code == 0
    first = got.stdout.splitlines()[0]
    assert first == "Batas wilayah dari batas.kgeo: petak buatan (MIT), diolah."
    text = page.read_text("utf-8")
    assert "Batas: petak buatan (MIT), diolah, 0123abc, 2026-01-31" in text
    assert "Catatan." in text
    got = RUN.invoke(app, [*said, "--boundaries", "bawaan"])
    assert got.exit_code == 0
    assert "Batas wilayah dari" not in got.stdout


def test_a_level_without_outlines_is_refused_in_the_language_of_the_command(tmp_path):
    table = tmp_path / "bkb.csv"
    table.write_text("KABUPATEN;BKB YANG ADA;BULAN\nPringsewu;4;MEI\n")
    said = ["map", str(table), "--year", "2025", "--level", "kecamatan"]
    got = RUN.invoke(app, [*said, "-o", str(tmp_path / "peta.html")])
    told = str(got.exception)
    assert "Batas tingkat kecamatan untuk Lampung tidak ada dalam paket ini." in told
    assert "kkbpk-geo boundaries build --source" in told


@pytest.fixture
def sent(tmp_path):
    """A folder with two months of two districts, one report of which is missing."""
    for name, month in (("MESUJI", "MEI"), ("MESUJI", "JUNI"), ("PRINGSEWU", "MEI")):
        text = f"KABUPATEN;JUMLAH BKB;BULAN\n{name};4;{month} 2025\n"
        (tmp_path / f"bkb {name} {month}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_check_of_a_folder_says_first_who_has_sent_what(sent):
    got = RUN.invoke(app, ["check", str(sent)])
    first, *_ = got.output.splitlines()
    assert first.startswith("1 dari 15 laporan Juni 2025 sudah masuk dan terpakai;")
    assert re.search(r"^Pringsewu +- +0/1$", got.output, re.M)
    assert "Laporan Mei 2025: 2 / 15" in got.output


def test_check_of_one_file_asks_nobody_for_another(sent):
    got = RUN.invoke(app, ["check", str(sent / "bkb MESUJI MEI.csv")])
    assert "sudah masuk" not in got.output


def test_check_writes_who_has_sent_what_by_name_or_with_all_into_a_folder(sent):
    out = sent / "hasil"
    RUN.invoke(app, ["check", str(sent), "-o", str(out)])
    pages = {"laporan-masuk.html", "temuan.html"}
    assert {*pages, "laporan-masuk.xlsx", "temuan.xlsx"} <= {
        path.name for path in out.iterdir()
    }
    # Each is a way from the other.
    for one, other in (sorted(pages), sorted(pages, reverse=True)):
        assert f'href="{other}#id"' in (out / one).read_text("utf-8")
    # What lies there now is no report of anybody.
    again = RUN.invoke(
        app, ["check", str(sent), "-o", str(sent / "laporan-masuk.html")]
    )
    assert "1 dari 15 laporan Juni 2025" in again.output
    page = (sent / "laporan-masuk.html").read_text("utf-8")
    assert "1 dari 15 laporan Juni 2025" in page


@pytest.mark.parametrize("flag", ["--koreksi", "--corrections"])
def test_a_workbook_that_came_back_is_used_and_the_trail_is_written(
    sheet, tmp_path, flag
):
    sheet.write_text(HEAD + ROWS.replace(";30;", ";300;"), encoding="utf-8")
    asked = ("check", sheet.name, "--year", "2025")
    assert RUN.invoke(app, [*asked, "-o", "kirim/temuan.xlsx"]).exit_code == 1
    book = load_workbook("kirim/temuan.xlsx")
    lines = [
        cells
        for page in book
        for cells in page.iter_rows()
        if cells[-1].value and str(cells[-1].value).startswith("[")
    ]
    for cells in lines:
        cells[-5].value = 30
    assert len(lines) == 1
    book.save("kirim/temuan.xlsx")
    got = RUN.invoke(app, [*asked, flag, "kirim", "-o", "hasil"])
    assert got.exit_code == 0, got.output
    assert "1 sel dibetulkan menurut 1 buku kerja." in got.output
    assert "1 pembetulan tanpa jabatan atau tanggal" in got.output
    assert (tmp_path / "hasil" / "koreksi.csv").is_file()
    got = RUN.invoke(app, ["score", *asked[1:], flag, "kirim/*.xlsx", "-o", "skor"])
    assert "1 sel dibetulkan menurut 1 buku kerja." in got.output
    got = RUN.invoke(app, ["map", *asked[1:], flag, "kirim", "-o", "peta/peta.html"])
    assert "peta/koreksi.csv" in got.output
    (tmp_path / "peta-kerja.toml").write_text(
        f'[masukan]\ntabel = ["{sheet.name}"]\ntahun = 2025\nkoreksi = ["kirim"]\n',
        encoding="utf-8",
    )
    got = RUN.invoke(app, ["run"])
    assert "1 sel dibetulkan menurut 1 buku kerja." in got.output


def test_what_is_no_workbook_of_findings_is_refused_in_words(sheet):
    copied = sheet.with_name("salinan.csv")
    copied.write_bytes(sheet.read_bytes())
    got = RUN.invoke(app, ["check", sheet.name, "--koreksi", copied.name])
    assert got.exit_code == 1
    assert "salinan.csv: Bukan buku kerja temuan" in got.output
