"""Which region a row of a layer is: code and name witness each other."""

from __future__ import annotations

import pytest
from making_layers import load, relabelled

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.boundaries import load_boundaries
from kkbpk_geo.regions.register import children


def bps_codes():
    return [unit.bps_code for unit in children("18")]


HEADINGS = ["kode", "KODE_KAB", "region_code", "KDPKAB", "Kode Wilayah"]


@pytest.mark.parametrize("heading", HEADINGS)
def test_dotted_codes_alone_are_enough(lampung, tmp_path, heading):
    frame = relabelled(lampung, **{heading: list(lampung["kode"])})
    assert list(load(frame, tmp_path).index) == list(lampung["kode"])


@pytest.mark.parametrize(
    "heading", ["nama", "shapeName", "WADMKK", "ADM2_EN", "KABKOT"]
)
def test_names_alone_are_enough(lampung, tmp_path, heading):
    frame = relabelled(lampung, **{heading: list(lampung["nama"].str.upper())})
    assert list(load(frame, tmp_path).index) == list(lampung["kode"])


def test_a_column_of_kinds_tells_kota_from_kabupaten(tmp_path):
    jabar = load_boundaries("Jawa Barat")
    frame = relabelled(
        jabar,
        NAME_1=["Jawa Barat"] * len(jabar),
        NAME_2=list(jabar["name"].str.removeprefix("Kota ")),
        TYPE_2=["Kota" if kind == "Kota" else "Kabupaten" for kind in jabar["kind"]],
    )
    found = load(frame, tmp_path, province="Jawa Barat")
    assert list(found.index) == list(jabar.index)


def test_where_only_the_kota_says_so_the_other_is_the_kabupaten(tmp_path):
    jabar = load_boundaries("Jawa Barat")  # "Bandung" and "Kota Bandung"
    frame = relabelled(jabar, shapeName=list(jabar["name"]))
    found = load(frame, tmp_path, province="Jawa Barat")
    assert list(found["name"]) == list(jabar["name"])
    assert found.geom_equals(jabar).all()


@pytest.mark.parametrize("make", [str, int, float])
def test_names_decide_whose_undotted_codes_these_are(lampung, tmp_path, make):
    by_bps = [make(code) for code in bps_codes()]
    by_kemendagri = [make(code.replace(".", "")) for code in lampung["kode"]]
    for codes in (by_bps, by_kemendagri):
        frame = relabelled(lampung, kode=codes, nama=list(lampung["nama"]))
        found = load(frame, tmp_path)
        assert list(found["name"]) == list(lampung["nama"])
        assert found.geom_equals(load_boundaries("Lampung")).all()


def test_a_pcode_is_the_statistics_office_s(lampung, tmp_path):
    frame = relabelled(lampung, ADM2_PCODE=[f"ID{code}" for code in bps_codes()])
    assert load(frame, tmp_path).geom_equals(load_boundaries("Lampung")).all()


def test_undotted_codes_alone_need_a_stated_system(lampung, tmp_path):
    frame = relabelled(lampung, kode=[c.replace(".", "") for c in lampung["kode"]])
    with pytest.raises(BoundaryError) as err:
        load(frame, tmp_path)
    assert str(err.value) == (
        "layer.geojson: the codes of column 'kode' (such as '1801') mean different "
        "regions to Kemendagri and to BPS, and no name decides. Give "
        "code_system='kemendagri' or 'bps'."
    )
    stated = load(frame, tmp_path, code_system="kemendagri")
    assert list(stated["name"]) == list(lampung["nama"])
    other = load(frame, tmp_path, code_system="bps")
    assert other.loc["18.04"].geometry.equals(stated.loc["18.01"].geometry)


def test_codes_of_an_unrecorded_system_leave_the_names_to_decide(tmp_path):
    sulbar = load_boundaries("Sulawesi Barat")
    names = list(sulbar["name"].replace("Pasangkayu", "Mamuju Utara"))
    frame = relabelled(sulbar, ADM2_PCODE=["ID7605"] * 6, ADM2_EN=names)
    found = load(frame, tmp_path, province="Sulawesi Barat")
    assert list(found.index) == list(sulbar.index)


def test_a_code_that_contradicts_its_name_is_refused(lampung, tmp_path):
    names = list(lampung["nama"])
    names[0], names[1] = names[1], names[0]
    frame = relabelled(lampung, kode=list(lampung["kode"]), nama=names)
    with pytest.raises(BoundaryError) as err:
        load(frame, tmp_path)
    assert str(err.value) == (
        "layer.geojson: code and name disagree in 2 of 15 rows: row 1 (nama 'Lampung "
        "Tengah', kode '18.01'): code is 18.01 Lampung Selatan, name is 18.02 Lampung "
        "Tengah; row 2 (nama 'Lampung Selatan', kode '18.02'): code is 18.02 Lampung "
        "Tengah, name is 18.01 Lampung Selatan. Correct the layer, or give "
        "code_system=."
    )


def test_codes_that_became_numbers_are_caught(lampung, tmp_path):
    frame = relabelled(lampung, kode=[float(code) for code in lampung["kode"]])
    with pytest.raises(BoundaryError) as err:
        load(frame, tmp_path)
    assert str(err.value) == (
        "layer.geojson: 1 regions have no polygon (18.10 Pringsewu) while 1 rows are "
        "no region of Lampung: row 10 (kode '18.1'; nearest: 18.01 Lampung Selatan, "
        "18.10 Pringsewu). Correct their names or codes."
    )


def test_a_misspelt_name_is_refused_with_the_nearest(lampung, tmp_path):
    names = list(lampung["nama"].replace("Lampung Barat", "Lampung Barot"))
    with pytest.raises(BoundaryError) as err:
        load(relabelled(lampung, nama=names), tmp_path)
    assert str(err.value).startswith(
        "layer.geojson: 1 regions have no polygon (18.04 Lampung Barat) while 1 rows "
        "are no region of Lampung: row 4 (nama 'Lampung Barot'; nearest: 18.04 Lampung"
    )


def test_unknown_headings_are_listed(lampung, tmp_path):
    with pytest.raises(BoundaryError) as err:
        load(relabelled(lampung, foo=list(lampung["kode"])), tmp_path)
    assert str(err.value) == (
        "layer.geojson: no column of codes or names of kabkota is known among ['foo']. "
        "Rename one to 'kode' or 'nama'."
    )
