"""Who decided is kept as an office; a remark without whom it names."""

import pytest

from kkbpk_geo.intake.cells.persons import office_of, remark_of


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Kabid KB", "Kabid KB"),
        ("Kepala Bidang Pengendalian Penduduk", "Kepala Bidang Pengendalian Penduduk"),
        ("Operator SIGA Kab. Pringsewu", "Operator SIGA Kab. Pringsewu"),
        ("Kabid KB Contohtok Sembarang", "Kabid KB •••"),
        ("dr. Contohtok", "dr. •••"),
        ("0812-7900-4412", "•••"),
        ("", ""),
    ],
)
def test_who_decided_is_an_office_and_never_a_person(said, kept):
    assert office_of(said) == kept


def test_a_remark_keeps_its_words_unless_it_names_a_person():
    assert remark_of("salah ketik, seharusnya 120") == "salah ketik, seharusnya 120"
    assert "Contohtok" not in remark_of("menurut Pak Contohtok salah tulis")
    assert remark_of("NIK 1871024507850003") == "NIK •••"
