"""What tools, printers and other languages put around a heading."""

from __future__ import annotations

import pytest

from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.intake.recognise.meanings import known_fields
from kkbpk_geo.intake.recognise.spelling import (
    form_path,
    plain,
    scale_of,
    without_translation,
)


@pytest.mark.parametrize(
    ("printed", "field"),
    [
        ("Kabupaten/Kota Regency/Municipality", "kabkota"),
        ("Kabupaten/Kota\nRegency/City", "kabkota"),
        ("Kecamatan / Subdistrict", "kecamatan"),
        ("Jumlah Penduduk / Population", "population"),
        ("Jumlah Penduduk (Number of Population)", "population"),
        ("Pasangan Usia Subur / Eligible Couples", "couples"),
        ("Jumlah PUS Number of Fertile Age Couples", "couples"),
        ("Peserta KB Aktif / Active Family Planning Participants", "users"),
        ("Tahun/Year", "year"),
        ("Sum of PUS", "couples"),
        ("Jumlah dari PUS", "couples"),
        ("a. MOW *)", "users_female_sterilisation"),
        ("PUS 2)", "couples"),
        ("PUS (3)", "couples"),
        ("PUS **", "couples"),
        ("lokasi/kabupaten", "kabkota"),
        ("data/pus", "couples"),
    ],
)
def test_a_heading_is_known_under_what_stands_around_it(printed, field):
    assert field in known_fields(" ".join(printed.split()))


@pytest.mark.parametrize(
    "printed",
    [
        "PUS Male",
        "PUS Active",
        "Penduduk / Couples",
        "Count of PUS",
        "Average of PUS",
        "Rata-rata dari PUS",
        "Bukan PUS/KB",
        "PUS Rural",
    ],
)
def test_a_word_that_says_more_than_ours_leaves_the_heading_unknown(printed):
    assert not known_fields(printed)


def test_groups_of_questions_change_nothing_only_where_they_are_neutral():
    assert form_path("tidak_ikut/pus") == ("tidak_ikut", "pus")
    assert form_path("Bukan PUS/KB") == ("Bukan PUS/KB",)
    rows = [["lokasi/kabupaten", "data/pus", "gagal/iud"], ["mesuji", 12, 3]]
    table = read_table(rows, province="Lampung", year=2025)
    assert table.data["couples"].tolist() == [12]
    assert table.headings["gagal/iud"] == "kept"
    assert "users_iud" not in table.data


@pytest.mark.parametrize("text", ["L. P", "K/0", "PUS (10-24)", "REMAJA 10-24", "12"])
def test_what_is_no_mark_around_a_heading_stays(text):
    assert plain(text) == text


def test_a_translation_goes_only_where_ours_say_the_same():
    assert without_translation("kabupaten regency municipality") == "kabupaten"
    assert without_translation("pus active") == "pus active"
    assert without_translation("population") == "population"


@pytest.mark.parametrize(
    ("path", "scale"),
    [(("PUS", "(000)"), "thousands"), (("PUS (ribu pasang)",), "thousands"),
     (("Penduduk dalam ribuan",), "thousands"), (("PUS (%)",), "shares"),
     (("PUS (orang)",), ""), (("Seribu Wajah",), ""), (("PUS (1000)",), "")],
)  # fmt: skip
def test_only_a_unit_says_what_figures_are_in(path, scale):
    assert scale_of(path) == scale
