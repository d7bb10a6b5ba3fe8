"""A national file checked for one province tells about that province."""

from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.pipeline.elsewhere import own_findings

HEAD = ["PROVINSI", "KABUPATEN", "PUS"]


def read(*rows):
    return read_table([HEAD, *rows], year=2025)


def test_faults_of_other_provinces_are_one_line():
    table = read(
        ["LAMPUNG", "Mesuji", "-1"],
        ["JAWA TIMUR", "Blitarr", "5"],
        ["JAWA TIMUR", "Malang", "banyak"],
        ["SULAWESI BARAT", "Majene", "sedikit"],
    )
    found = own_findings(table, "Lampung")
    assert [f.code for f in found if f.severity == "error"] == ["negative_count"]
    (line,) = [f for f in found if f.code == "other_provinces"]
    assert line.value == "Jawa Timur, Sulawesi Barat"
    assert line.severity == "info"
    assert line.count + len(found) - 1 == len(table.findings)


def test_of_a_file_of_another_province_everything_is_told():
    table = read(["SULAWESI BARAT", "Majene", "-7"])
    assert own_findings(table, "Lampung") == list(table.findings)
    empty = read(["", "", ""])
    assert own_findings(empty, "Lampung") == list(empty.findings)
