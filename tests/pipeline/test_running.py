"""One run: what several steps find of one matter is told once."""

from dataclasses import replace

from kkbpk_geo.base.periods import read_period
from kkbpk_geo.pipeline.project import Project
from kkbpk_geo.pipeline.running import run

HEADER = "KABUPATEN;BKB YANG ADA;BKB YANG LAPOR;BULAN\n"
ROWS = "Mesuji;5;3;MEI\nTanggamus;8;8;MEI\nLampung Raya;4;4;MEI\n"


def test_a_copy_of_a_file_is_told_once_with_the_number_of_its_rows(tmp_path):
    paths = tmp_path / "bkb.csv", tmp_path / "bkb (1).csv"
    for path in paths:
        path.write_text(HEADER + ROWS, encoding="utf-8")
    done = run(Project(tables=paths, folder=tmp_path, year=2025))
    told = [each for each in done.findings if each.code == "rows_repeated"]
    # Three rows: also the one whose name nobody knows, which no map shows.
    assert [(each.file, each.count) for each in told] == [("bkb (1).csv", 3)]
    assert done.joined.at().loc["18.11", "bkb_groups"] == 5


def test_the_period_of_mute_tables_is_stated_and_one_month_of_all_is_shown(tmp_path):
    mute, own = tmp_path / "pus.csv", tmp_path / "bkb.csv"
    mute.write_text("KABUPATEN;PUS\nMesuji;48000\n", encoding="utf-8")
    own.write_text(HEADER + ROWS.replace("MEI", "JUNI", 1), encoding="utf-8")
    stated = read_period("Mei 2025")
    project = Project(tables=(mute, own), folder=tmp_path, tables_period=stated)
    assert run(project).joined.periods == ("2025-05", "2025-06")
    shown = run(replace(project, month=6)).joined
    assert shown.at("2025-06").loc["18.11", "bkb_groups"] == 5
    assert "couples" not in shown.at("2025-06") or shown.table["couples"].isna().all()
