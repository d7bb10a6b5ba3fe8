"""A code means something in its edition only; a name alone gives none."""

from collections import Counter

import pytest

from kkbpk_geo.catalogue.work.nomenclature import (
    activity_of_work,
    code_of_activity,
    edition_of,
    editions_with,
    find_work,
    is_regional,
    is_support,
    work_code,
    works,
)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["2.14.03.2.02.0001"], "2.14.03.2.02.0001"),
        (["2.14.03.02.02.0001"], "2.14.03.2.02.0001"),
        (["2", "14", "03", "2.02", "0001"], "2.14.03.2.02.0001"),
        ([2, 14, 3, 2.02, 1], "2.14.03.2.02.0001"),
        ([2, 14, 3, 2.1, 10], "2.14.03.2.10.0010"),
        ([2.14], "2.14"),
        (["x.xx.01.2.01.0001"], "X.XX.01.2.01.0001"),
        (["2.14.03.2.02.02"], "2.14.03.2.02.02"),
        (["1.12.15.1"], "1.12.15.01"),
        (["Unit Organisasi : Dinas"], "UNIT ORGANISASI : DINAS"),
        ([], ""),
    ],
)
def test_a_code_is_spelled_as_the_nomenclature_does(cells, code):
    assert work_code(cells) == code


@pytest.mark.parametrize(
    ("year", "edition"),
    [(2006, ""), (2007, "2006"), (2020, "2006"), (2021, "2019"), (2023, "2019"),
     (2024, "2023"), (2026, "2023"), (2027, "2026"), (2031, "2026"), (None, "")],
)  # fmt: skip
def test_a_year_has_the_edition_that_is_in_force_for_its_plans(year, edition):
    assert edition_of(year) == edition


def test_a_shared_code_keeps_its_name_and_twenty_names_have_two_codes():
    of_2023 = {c: w for (c, e), w in works().items() if e == "2023"}
    of_2026 = {c: w for (c, e), w in works().items() if e == "2026"}
    shared = [c for c in of_2023.keys() & of_2026.keys() if c.startswith("2.14")]
    assert all(of_2023[code].name == of_2026[code].name for code in shared)
    assert len(shared) == 55
    names = Counter(w.name for c, w in of_2026.items()
                    if c.startswith("2.14") and w.level == "sub_kegiatan")  # fmt: skip
    assert sum(count > 1 for count in names.values()) >= 14


def test_a_code_that_an_edition_has_not_is_found_in_no_other():
    assert find_work("2.14.03.2.03.0001", "2026") is None
    assert editions_with("2.14.03.2.03.0001") == ("2023",)
    assert find_work("2.14.03.2.03.0029", "2026").previous == "2.14.03.2.03.0001"


def test_the_support_programme_is_known_under_any_number_of_an_urusan():
    assert is_support("2.14.01.2.02.0001")
    assert is_support("X.XX.01")
    assert not is_support("2.14.03.2.01.0008")
    found = find_work("2.14.01.2.01.0001", "2023")
    assert found.name == "Penyusunan Dokumen Perencanaan Perangkat Daerah"


def test_a_code_of_a_ministry_is_none_of_a_region():
    assert is_regional("2.14.03")
    assert not is_regional("3331.QDB.001")


def test_of_several_activities_the_text_beside_the_code_decides():
    code = "2.14.04.2.01.0019"
    assert activity_of_work(code, "2023", ["x", "Pelatihan kader BKR"]) == (
        "cadre_training:bkr"
    )
    assert activity_of_work(code, "2023", ["Orientasi"]) == ""
    # A text never leads out of what the code covers.
    assert activity_of_work(code, "2023", ["Pelayanan KB"]) == ""


def test_an_activity_with_a_mark_has_to_be_named():
    code = "2.14.03.2.01.0011"
    assert activity_of_work(code, "2023", ["Rakorcam"]) == ""
    named = ["Mini lokakarya percepatan penurunan stunting"]
    assert activity_of_work(code, "2023", named) == "stunting_workshop"


def test_an_activity_leads_to_the_code_of_who_does_it():
    assert code_of_activity("group_coaching:bkb", "2026", of_province=True) == (
        "2.14.04.1.01.0036"
    )
    assert code_of_activity("group_coaching:bkb", "2026", of_province=False) == (
        "2.14.04.2.01.0039"
    )
    assert code_of_activity("officer_placement", "2023", of_province=False) == ""
