"""One run: what several steps find of one matter is told once."""

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
