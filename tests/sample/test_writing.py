from __future__ import annotations

import json

import pytest
from comparing import assert_same_file, sheet
from make_sample import (
    VILLAGE_TABLES,
    districts,
    facility_table,
    groups_by_district,
    kampung_kb_table,
    kecamatan_tables,
    kit_table,
    make_sample,
    names,
    target_table,
    village_table,
)

from kkbpk_geo.base.errors import EmptyDataError
from kkbpk_geo.base.formats import month_number
from kkbpk_geo.regions.register import children
from kkbpk_geo.sample.plans import write_sample_plans
from kkbpk_geo.sample.writing import DATA, read_faults, write_sample


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("contoh")
    return folder, write_sample(folder)


def test_the_shipped_files_are_what_the_script_makes():
    made = make_sample()
    assert {path.name for path in (DATA / "tables").iterdir()} == set(made)
    for name, content in made.items():
        assert_same_file(DATA / "tables" / name, content)


def test_what_is_written_are_the_shipped_files_byte_for_byte(written):
    folder, paths = written
    shipped = sorted(path.name for path in (DATA / "tables").iterdir())
    assert sorted(path.name for path in folder.iterdir()) == shipped
    beside = {"README.txt", "kesalahan_sengaja.json"}
    assert [path.name for path in paths] == sorted(set(shipped) - beside)
    for name in shipped:
        copy = (folder / name).read_bytes()
        assert copy == (DATA / "tables" / name).read_bytes(), name


def test_no_shipped_text_was_given_other_line_ends_by_a_checkout():
    texts = [p for p in DATA.rglob("*.*") if p.suffix in (".csv", ".json", ".txt")]
    assert len(texts) == 15
    assert not [path.name for path in texts if b"\r" in path.read_bytes()]


@pytest.mark.parametrize("write", [write_sample, write_sample_plans])
def test_the_seed_of_the_files_is_taken_and_another_one_is_refused(tmp_path, write):
    assert write(tmp_path / "a", seed=18)
    with pytest.raises(
        EmptyDataError, match=r"seed 19: .* drawn with seed 18\. .*--seed 19"
    ):
        write(tmp_path / "b", seed=19)
    assert not (tmp_path / "b").exists()


def test_another_seed_gives_other_figures():
    assert village_table("uppka", 18).rows != village_table("uppka", 19).rows


def test_every_file_says_that_it_is_a_sample(written):
    folder, paths = written
    for path in paths:
        assert path.name.startswith("contoh_"), path.name
        assert sheet(path)[0][0].startswith("DATA CONTOH, bukan data sebenarnya")
    readme = (folder / "README.txt").read_text(encoding="utf-8")
    assert "DATA CONTOH" in readme
    assert "SAMPLE DATA" in readme


def test_the_list_of_faults_names_cells_that_exist(written):
    folder, _ = written
    faults = read_faults(folder)
    assert len({f.key for f in faults}) == len(faults) == 12
    for fault in faults:
        cells = sheet(folder / fault.file)
        headings = next(row for row in cells if fault.column in row)
        assert cells.index(headings) < fault.row - 1 < len(cells), fault
    assert json.loads((folder / "kesalahan_sengaja.json").read_text("utf-8"))


def test_the_faulty_rows_hold_what_the_list_says(written):
    folder, _ = written
    cells = {}
    for fault in read_faults(folder):
        lines = sheet(folder / fault.file)
        headings = next(row for row in lines if fault.column in row)
        cells[fault.key] = dict(zip(headings, lines[fault.row - 1], strict=True))
    assert int(cells["reporting"]["YANG LAPOR"]) > int(cells["reporting"]["YANG ADA"])
    assert cells["unknown_region"]["KABUPATEN"] == "LAMPUNG TENGGARA"
    assert cells["name_variant"]["KABUPATEN"] == "TULANG BAWANG BRT"
    assert cells["blank"]["YANG ADA"] == ""
    assert cells["blank"]["BULAN"] == "NOVEMBER"
    assert "." in cells["text_number"]["JUMLAH KELUARGA"]
    assert cells["no_coordinates"]["LATITUDE"] == ""
    assert float(cells["swapped"]["LATITUDE"]) > 100
    assert cells["total"]["KABUPATEN/KOTA"] == "JUMLAH"


def test_population_and_villages_are_those_of_the_register():
    table = target_table(18)
    people = [row[table.column("PENDUDUK")] for row in table.rows]
    villages = [row[table.column("JUMLAH DESA/KELURAHAN")] for row in table.rows]
    assert people[:-1] == [unit.population for unit in children("18")]
    assert villages[:-1] == [len(children(u.code, "desa")) for u in children("18")]
    assert villages[-1] == len(children("18", "desa")) == 2651


def test_the_weaker_districts_are_said_and_are_weaker():
    assert names(weaker=True) == ["Way Kanan", "Mesuji", "Pesisir Barat"]
    assert names(weaker=False) == ["Pringsewu", "Kota Metro"]
    groups = groups_by_district("bkb", 18)
    ratio = {d.region.name: groups[d.heading] / len(d.villages) for d in districts(18)}
    assert set(sorted(ratio, key=ratio.__getitem__)[:3]) == set(names(weaker=True))


@pytest.mark.parametrize("name", VILLAGE_TABLES)
def test_a_village_table_has_a_row_per_village_and_month(name):
    table = village_table(name, 18)
    keys = {(r[1], r[2], r[3], r[4], r[-1]) for r in table.rows}
    assert len(keys) == len(table.rows) == 2 * 2651
    assert {month_number(row[-1]) for row in table.rows} == {10, 11}
    assert all(len(row) == len(table.headings) for row in table.rows)


@pytest.mark.parametrize(
    ("name", "chain"),
    [
        ("bkb", ["YANG ADA", "YANG LAPOR", "MATERI KESPRO"]),
        (
            "bkb_keluarga",
            [
                "JUMLAH KELUARGA ANGGOTA BKB",
                "JUMLAH KELUARGA ANGGOTA BKB HADIR PERTEMUAN",
                "STATUS PUS",
                "STATUS BER KB",
            ],
        ),
        (
            "bkr",
            [
                "JUMLAH KELUARGA ANGGOTA BKR",
                "JUMLAH KELUARGA ANGGOTA BKR HADIR PERTEMUAN",
                "STATUS PUS",
                "STATUS BER-KB",
            ],
        ),
        ("bkl", ["JUMLAH ANGGOTA BKL", "JUMLAH ANGGOTA KELUARGA HADIR", "STATUS PUS"]),
        ("uppka", ["YANG ADA", "YANG LAPOR", "MATERI KB KESPRO"]),
        ("pik_r", ["YANG ADA", "YANG LAPOR", "MATERI PKBR"]),
        ("pik_r", ["JUMLAH PERTEMUAN", "JUMLAH PERTEMUAN MATERI PKBR OLEH PIK REMAJA"]),
    ],
)
def test_before_the_faults_every_part_is_within_its_whole(name, chain):
    table = village_table(name, 18)
    columns = [table.column(heading) for heading in chain]
    for row in table.rows:
        values = [row[c] for c in columns]
        assert values == sorted(values, reverse=True), row


def test_methods_add_up_and_users_with_unmet_need_stay_within_couples():
    users, couples, targets = kecamatan_tables(18)
    for used, pus in zip(users.rows, couples.rows, strict=True):
        total, *methods, modern, traditional, _ = used[4:]
        assert sum(methods) == modern
        assert modern + traditional == total
        assert min(*methods, traditional) >= 0
        assert total + pus[5] <= pus[4]
    assert all(row[4] <= row[3] and row[6] <= row[5] for row in targets.rows)
    assert len(targets.rows) == 2 * 229


def test_kits_never_exceed_the_groups_that_exist():
    table = kit_table(18)
    groups = groups_by_district("bkb", 18)
    for row in table.rows[:-1]:
        assert row[2] <= groups[str(row[1]).removeprefix("Kabupaten ").upper()]
    assert table.rows[-1][2] == sum(row[2] for row in table.rows[:-1])


def test_a_kampung_kb_was_launched_in_exactly_one_year():
    for row in kampung_kb_table(18).rows:
        assert sum(row[7:12]) == row[6] <= row[5] == 1


def test_every_facility_lies_strictly_inside_its_district():
    from shapely import Point

    from kkbpk_geo.regions.boundaries import load_boundaries
    from kkbpk_geo.regions.resolving import resolve_regions

    table = facility_table(18)
    outlines = load_boundaries("Lampung").geometry
    found = resolve_regions([row[1] for row in table.rows], province="Lampung")
    assert (found["status"] == "ok").all()
    for code, row in zip(found["region_code"], table.rows, strict=True):
        assert outlines[code].contains(Point(row[5], row[4])), row
    assert 600 <= len(table.rows) <= 1100


def test_no_facility_carries_the_name_of_a_person_or_a_real_place():
    for row in facility_table(18).rows:
        kind, number = str(row[2]).split(" Contoh ")
        assert kind == row[3]
        assert number.isdigit()
