"""Forms are data: what they refer to exists, and funds are known by number."""

import pytest

from kkbpk_geo.catalogue.work.plan_forms import (
    fund_of_form,
    levels,
    plan_forms,
    programme_of_code,
)


@pytest.mark.parametrize("key", plan_forms())
def test_a_form_names_its_source_and_a_line_among_its_levels(key):
    form = plan_forms()[key]
    assert form.source
    of_work = ["program", "kegiatan", "sub_kegiatan"]
    names = of_work if form.layout == "blocks" else list(levels()[form.levels])
    assert form.line in names


@pytest.mark.parametrize(
    ("text", "fund"),
    [
        ("2.2.1.01.04.0015 DAK Non Fisik-BOKKB-BOKB", "bokb"),
        ("2.2.1.1.3.25", "dak"),
        ("2.2.1.01.03.0013 DAK Fisik-Bidang Kesehatan dan KB-Reguler-Puskesmas", ""),
        ("DAK Fisik-Bidang Kesehatan dan KB-Reguler-KB", "dak"),
        ("DAK Fisik-Bidang Kesehatan dan KB-Reguler-Puskesmas", ""),
        ("DAK Non Fisik-BOKKB-BOK Puskesmas", ""),
        ("Pajak Kendaraan Bermotor (PKB)", ""),
        ("2.2.1.01.04.0015 BOKB, 2.2.1.01.04.0021 BOKB-KB", ""),
        ("RM", "apbn"),
        ("BOKB", "bokb"),
    ],
)
def test_a_fund_is_known_by_its_number_or_its_whole_name(text, fund):
    assert fund_of_form(text) == fund


def test_a_programme_is_that_of_its_code():
    assert programme_of_code("2.14.03.2.01.0008") == "family_planning"
    assert programme_of_code("2.14.031") == ""
    assert programme_of_code("2.14.01.2.01") == ""
