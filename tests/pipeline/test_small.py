"""Small counts in what a run leaves behind: on its map, in its files, in its words."""

import csv

import geopandas as gpd
import pytest
from shapely.geometry import box

from kkbpk_geo.base.errors import ProjectError
from kkbpk_geo.findings import finding
from kkbpk_geo.pipeline.files.map import describe, without_numbers
from kkbpk_geo.pipeline.outputs import write_outputs
from kkbpk_geo.pipeline.project import Project
from kkbpk_geo.pipeline.project_reading import read_project
from kkbpk_geo.pipeline.running import run

PLACES = {
    "18.01.04": "Natar", "18.01.05": "Tanjung Bintang", "18.01.06": "Kalianda",
    "18.02.01": "Kalirejo", "18.02.02": "Bangun Rejo", "18.02.03": "Padang Ratu",
}  # fmt: skip
UNMET = [3, 31, 42, 53, 64, 75]


@pytest.fixture
def office(tmp_path):
    """A layer of six kecamatan, and a table of couples and of unmet need."""
    frame = gpd.GeoDataFrame(
        {"kode": list(PLACES), "nama": list(PLACES.values())},
        geometry=[box(105 + i / 10, -5, 105.1 + i / 10, -4.9) for i in range(6)],
        crs="EPSG:4326",
    )
    frame.to_file(tmp_path / "kecamatan.geojson", driver="GeoJSON")
    lines = ["kode_kecamatan,kecamatan,couples,couples_unmet_need"]
    for (code, name), count in zip(PLACES.items(), UNMET, strict=True):
        lines.append(f"{code},{name},1000,{count}")
    (tmp_path / "pus.csv").write_text("\n".join(lines))
    return tmp_path


def ran(office, **choices):
    layer = office / "kecamatan.geojson"
    project = Project(
        tables=(office / "pus.csv",),
        year=2025,
        level="kecamatan",
        boundaries=layer,
        folder=office / "hasil",
        **choices,
    )
    return run(project)


def lines_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def unmet(lines):
    return {
        x["region_code"]: (x["numerator"], x["value"], x["status"])
        for x in lines
        if x["indicator"] == "unmet_need"
    }


def test_the_csv_shows_a_small_count_as_a_range_and_the_one_beside_it_not_at_all(
    office,
):
    write_outputs(ran(office))
    found = unmet(lines_of(office / "hasil" / "indikator.csv"))
    assert found["18.01.04"] == ("1–4", "", "few_persons")
    assert found["18.01.05"] == ("", "", "suppressed")
    assert found["18.01.06"] == ("42", "4,2", "ok")
    # 268 of 6,000: nothing is missing in the province.
    assert found["18"] == ("268", "4,46667", "ok")


def test_no_file_of_a_run_holds_what_is_hidden(office):
    text = (office / "pus.csv").read_text()
    for short, long in ((",31", ",3187"), (",42", ",4242"), ("1000", "9000")):
        text = text.replace(short, long)
    (office / "pus.csv").write_text(text)
    write_outputs(ran(office))
    for name in ("indikator.csv", "kesenjangan.csv", "skor.csv", "peta-kerja.html"):
        assert "3187" not in (office / "hasil" / name).read_text("utf-8-sig")
    needs = lines_of(office / "hasil" / "kesenjangan.csv")
    (small,) = [
        line
        for line in needs
        if (line["region_code"], line["service"]) == ("18.01.04", "unmet_need")
    ]
    assert (small["need"], small["gap"]) == ("", "")
    assert small["status"] == "few_persons"


def small_notes(described):
    """Return the notes of a map about counts of persons; others are on borders."""
    return [n for n in described.notes if "orang" in n["id"] or "batas =" in n["id"]]


def test_with_a_limit_of_zero_every_number_is_shown_and_the_note_says_so(office):
    done = ran(office, limit=0)
    write_outputs(done)
    found = unmet(lines_of(office / "hasil" / "indikator.csv"))
    assert found["18.01.04"] == ("3", "0,3", "ok")
    (note,) = small_notes(describe(done))
    assert "[privasi] batas = 0" in note["id"]
    assert "do not hand this map out" in note["en"]


@pytest.mark.parametrize(("limit", "few"), [(3, "1–2"), (5, "1–4"), (10, "1–9")])
def test_the_note_of_a_map_names_the_numbers_that_it_hides(office, limit, few):
    (note,) = small_notes(describe(ran(office, limit=limit)))
    assert f"Jumlah {few} orang tidak dirinci" in note["id"]
    assert f"Counts of {few} persons are not spelled out" in note["en"]


def test_the_page_has_the_words_of_its_own_limit_and_not_the_number(office):
    write_outputs(ran(office, limit=10))
    page = (office / "hasil" / "peta-kerja.html").read_text("utf-8")
    assert "jumlah kecil: 1–9 orang" in page
    assert "{few}" not in page


def test_a_map_of_counts_alone_says_why_a_count_is_hidden(office):
    (office / "pus.csv").write_text(
        (office / "pus.csv").read_text().replace("couples_unmet_need", "adolescents")
    )
    described = describe(ran(office))
    (cells,) = described.layer("adolescents").cells.values()
    assert cells.status[:3] == ("few_persons", "suppressed", "ok")
    assert cells.values[:3] == (None, None, 42)


def test_the_kecamatan_below_a_map_of_districts_are_protected_too(office):
    project = Project(
        tables=(office / "pus.csv",), year=2025, detail=office / "kecamatan.geojson"
    )
    done = run(project)
    described = describe(done)
    (cells,) = described.detail.layer("unmet_need").cells.values()
    assert cells.status[:3] == ("few_persons", "suppressed", "ok")
    # The district above them shows its sum: 3 + 31 + 42.
    rows = done.indicators.set_index(["indicator", "region_code"])
    assert rows.loc[("unmet_need", "18.01"), "numerator"] == 76
    assert len([n for n in described.notes if "1–4" in n["id"]]) == 1


def test_a_map_of_districts_says_nothing_of_small_counts(office):
    done = run(Project(tables=(office / "pus.csv",), year=2025))
    assert small_notes(describe(done)) == []


def project_file(office, line):
    path = office / "peta-kerja.toml"
    path.write_text(f'[masukan]\ntabel = ["pus.csv"]\n[privasi]\n{line}\n')
    return path


def test_the_project_file_sets_the_limit(office):
    assert read_project(project_file(office, "")).limit == 5
    assert read_project(project_file(office, "batas = 10")).limit == 10
    assert read_project(project_file(office, "batas = 0")).limit == 0


@pytest.mark.parametrize("said", ["1", "2", "-5", '"5"', "true"])
def test_a_limit_that_would_not_hide_is_refused_with_those_that_do(office, said):
    with pytest.raises(ProjectError, match=r"\[privasi\] batas is .*\[0, 3, 5, 10\]"):
        read_project(project_file(office, f"batas = {said}"))


def test_the_findings_on_a_sheet_do_not_spell_out_what_the_map_hides(office):
    more = (office / "pus.csv").read_text() + "\n18.01.04,Natar,1000,2"
    (office / "pus.csv").write_text(more)

    def told(limit):
        said = describe(ran(office, limit=limit)).options.findings["18.01.04"]
        return " ".join(one["id"] for one in said)

    assert "3 ≠ 2" in told(0)
    assert "3 ≠ 2" not in told(5)
    assert "… ≠ …" in told(5)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("couples 2519 ≠ 760", "couples … ≠ …"),
        ("3,5", "…"),
        ("18.01.04", "18.01.04"),
        ("2025-11", "2025-11"),
        ("F2", "F2"),
    ],
)
def test_codes_and_months_of_a_finding_stay_and_its_figures_go(text, left):
    found = finding("rows_contradict", value=text, expected=text)
    assert without_numbers(found).value == left
    assert without_numbers(found).expected == left


def test_rows_on_no_region_are_listed_with_small_counts_as_ranges(office):
    more = (office / "pus.csv").read_text() + "\n,Antah Berantah,1000,2"
    (office / "pus.csv").write_text(more)
    write_outputs(ran(office))
    (line,) = lines_of(office / "hasil" / "tidak-ditempatkan.csv")
    assert (line["couples"], line["couples_unmet_need"]) == ("1000", "1–4")
