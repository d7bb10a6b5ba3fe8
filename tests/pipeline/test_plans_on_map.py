"""Plans beside the offices' figures: layers, sheets, the meeting's files."""

import pandas as pd
import pytest

from kkbpk_geo.base.errors import ProjectError
from kkbpk_geo.pipeline.outputs import run_project
from kkbpk_geo.pipeline.plans_on_map import (
    add_plans,
    plan_layers,
    plan_sheets,
    write_pack,
    write_plan_map,
)
from kkbpk_geo.pipeline.project import Project
from kkbpk_geo.pipeline.project_reading import read_project
from kkbpk_geo.pipeline.running import align_project
from kkbpk_geo.plan.align.alignment import align_plans
from kkbpk_geo.plan.lines.plan import make_plan
from kkbpk_geo.plan.year.outlook import look_ahead
from kkbpk_geo.regions.register import children
from kkbpk_geo.sample.plans import write_sample_plans

PLANS = (
    '[rencana]\nprovinsi = "rencana/contoh_rencana_provinsi.xlsx"\n'
    'kabkota = ["rencana/contoh_rencana_kab*.csv"]\n'
    'dasar = "rencana/contoh_rencana_dasar.xlsx"\nrapat = "Rakorda 2026"\n'
)


def line(region="18.10", quarter=1, **more):
    return {
        "region_code": region, "activity": "group_coaching:bkb", "year": 2026,
        "quarter": quarter, "target": 10.0, "unit": "group", "budget": 1000,
        "fund": "bokb", **more,
    }  # fmt: skip


def plan(*lines):
    return make_plan(list(lines), province_code="18")


@pytest.fixture
def alignment():
    """Pringsewu: 1 of 2 lines agreed and half done; Mesuji: 1 of 1; the sum differs."""
    top = line("18", quarter=None, target=99.0, budget=0)
    province = plan(line(), line(quarter=2), line("18.11"), top)
    districts = plan(
        line(realised=5.0, spent=1000), line(quarter=2, target=15.0), line("18.11")
    )
    return align_plans(None, province, districts)


def test_the_layers_are_those_that_say_something(alignment):
    table, indicators = plan_layers(alignment, look_ahead(alignment.districts))
    assert [one.key for one in indicators] == [
        "aligned_share", "conflicts", "decisions", "double_funding", "plan_physical",
        "plan_absorption", "plan_critical", "plan_unreported", "plan_continuity",
    ]  # fmt: skip
    share = table[table["indicator"] == "aligned_share"].set_index("region_code")
    assert share.loc["18.10", ["numerator", "denominator", "value"]].tolist() == [
        1, 2, 50,
    ]  # fmt: skip
    assert share.loc["18.11", "value"] == 100
    # The province's share is made of sums, not of shares; districts only, so 2 of 3.
    assert share.loc["18", "value"] == pytest.approx(200 / 3)
    assert share.loc["18.09", "status"] == "missing"
    physical = table[table["indicator"] == "plan_physical"].set_index("region_code")
    assert physical.loc["18.10", "value"] == 50
    assert pd.isna(physical.loc["18.11", "value"])
    assert "18" not in physical.index
    assert indicators[0].theme == {
        "id": "Sinkronisasi rencana 2026", "en": "Plans in step 2026",
    }  # fmt: skip
    assert indicators[0].label["en"] == "Lines agreed 2026"
    assert (indicators[0].unit, indicators[0].direction) == ("%", "better")
    assert indicators[1].direction == "worse"


def test_plans_that_name_no_province_have_no_row_for_one():
    alignment = align_plans(None, make_plan([line()]), make_plan([line()]))
    table, _ = plan_layers(alignment, look_ahead(alignment.districts))
    assert set(table["region_code"]) == {"18.10"}


def test_a_sheet_says_the_same_in_both_languages(alignment):
    sheets = plan_sheets(alignment, look_ahead(alignment.districts))
    assert list(sheets) == ["18.10", "18.11"]
    pringsewu = sheets["18.10"]
    assert (pringsewu.lines, pringsewu.agreed, pringsewu.conflicts) == (2, 1, 1)
    assert pringsewu.unfunded is None  # without gap scores nobody knows
    (due,) = pringsewu.decisions
    assert due.kind == {"id": "berbeda di kedua pihak", "en": "both sides differ"}
    assert due.work["en"] == "Coaching BKB groups"
    assert due.part == {"id": "target", "en": "target"}
    assert due.province == {"id": "10 kelompok", "en": "10 groups"}
    assert due.district == {"id": "15 kelompok", "en": "15 groups"}
    assert due.rupiah == 1000
    ((name, months),) = pringsewu.calendar
    assert name == {"id": "Pembinaan kelompok BKB", "en": "Coaching BKB groups"}
    assert months == ("planned",) * 6 + ("broken",) * 6
    assert pringsewu.continuity == 75  # half the months, nothing interrupted
    assert pringsewu.parts == {
        "cover": 50, "unbroken": 100, "spread": None, "reach": None,
    }  # fmt: skip
    assert (pringsewu.physical, pringsewu.absorption) == (50, 100)
    assert (pringsewu.klass, pringsewu.reported, pringsewu.works) == ("critical", 1, 1)
    assert [one.klass for one in pringsewu.deviations] == ["critical"]
    mesuji = sheets["18.11"]
    assert (mesuji.physical, mesuji.absorption) == (None, None)
    assert (mesuji.klass, mesuji.deviations) == ("not_reported", ())


def test_districts_that_hand_in_nothing_still_show_what_is_to_be_decided():
    alignment = align_plans(None, plan(line()), plan())
    assert look_ahead(alignment.districts) is None
    sheet = plan_sheets(alignment, None)["18.10"]
    assert sheet.year == 2026
    assert sheet.calendar == ()
    first, second = sheet.decisions
    assert first.kind["id"] == "rencana kabupaten/kota belum ada"
    assert second.work["id"]
    table, indicators = plan_layers(alignment, None)
    assert "plan_physical" not in set(table["indicator"])
    assert indicators[0].theme["id"] == "Sinkronisasi rencana"


def test_plans_stand_in_the_newest_period_of_a_tidy_table(alignment):
    tidy = pd.DataFrame(
        {
            "period": ["2025-10", "2025-11"], "region_code": "18.10",
            "indicator": "air", "value": [1.0, 2.0],
        }
    )  # fmt: skip
    outlook = look_ahead(alignment.districts)
    table, indicators, sheets = add_plans(alignment, outlook, tidy)
    assert len(table) == 2 + len(plan_layers(alignment, outlook)[0])
    ours = table[table["indicator"] != "air"]
    assert set(ours["period"]) == {"2025-11"}
    assert indicators[0] == "air"
    assert len(indicators) == 10
    assert set(sheets) == {"18.10", "18.11"}


def test_plans_stand_beside_the_columns_of_a_wide_table(alignment):
    wide = pd.DataFrame({"air": [1.0]}, index=pd.Index(["18.10"], name="region_code"))
    table, indicators, _ = add_plans(alignment, None, wide)
    assert table.loc["18.10", "air"] == 1
    assert table.loc["18.10", "aligned_share"] == 50
    assert table.loc["18.11", "aligned_share"] == 100
    assert indicators[0] == "air"


def test_the_map_of_plans_is_the_same_bytes_each_time(alignment, tmp_path):
    one, two = (
        write_plan_map(alignment, tmp_path / name, sample=True) for name in ("a", "b")
    )
    assert one.read_bytes() == two.read_bytes()
    assert "DATA CONTOH" in one.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A project: one number per district, and the three sample plans."""
    place = tmp_path_factory.mktemp("proyek")
    write_sample_plans(place / "rencana")
    rows = "\n".join(f"{u.name};100;50" for u in children("18"))
    text = f"KABUPATEN;PUS;UNMET NEED\n{rows}\n"
    (place / "contoh_pus.csv").write_text(text, encoding="utf-8")
    head = '[masukan]\ntabel = ["*.csv", "rencana/*.csv"]\ntahun = 2025\n'
    (place / "peta-kerja.toml").write_text(head + PLANS, encoding="utf-8")
    return place


def test_a_run_draws_plans_and_writes_the_meetings_files(folder):
    done = run_project(folder / "peta-kerja.toml")
    # The plan matches the pattern of tables as well, and is a plan all the same.
    assert [p.name for p in done.project.tables] == [
        "contoh_pus.csv", "contoh_kesenjangan.csv",
    ]  # fmt: skip
    names = {p.relative_to(folder / "hasil").as_posix() for p in done.files}
    assert {
        "peta-kerja.html", "rapat/rapat-rencana.xlsx", "rapat/rapat-rencana.html",
        "rapat/notulen.txt", "rapat/pendanaan.csv",
    } <= names  # fmt: skip
    minutes = (folder / "hasil/rapat/notulen.txt").read_text(encoding="utf-8")
    assert minutes.startswith("Pada Rakorda 2026 (DATA CONTOH) dibandingkan")
    page = (folder / "hasil" / "peta-kerja.html").read_text(encoding="utf-8")
    assert "Sinkronisasi rencana 2026" in page
    # What a plan gives rise to is in the findings of the run.
    assert any("contoh_rencana_kabkota.csv" in f.file for f in done.findings)
    # The run's own gaps judge the plans: unmet need is red, and work answers it.
    assert done.alignment.regions["unfunded_need"].notna().any()


def test_plans_belong_to_a_map_of_districts(folder):
    plans = read_project(folder / "peta-kerja.toml").plans
    with pytest.raises(ProjectError) as caught:
        align_project(Project(tables=(), level="kecamatan", plans=plans), None)
    assert str(caught.value) == (
        "the map is of level 'kecamatan', and work plans are of districts; draw them "
        "at level 'kabkota', or leave the plans out."
    )
    assert align_project(Project(tables=()), None) == (None, None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[rencana]\nprovinsi = "a.csv"\n',
            "peta-kerja.toml [rencana]: the plan of the districts is not named. "
            "Comparing needs the province's and the districts' plans.",
        ),
        (
            '[rencana]\nkabkota = ["a.csv"]\n',
            "peta-kerja.toml [rencana]: the plan of the province is not named. "
            "Comparing needs the province's and the districts' plans.",
        ),
        (
            '[rencana]\nprovinsi = "*.csv"\nkabkota = ["a.csv"]\n',
            "peta-kerja.toml [rencana] provinsi: '*.csv' matches 2 files; expected one "
            "plan. Name the file.",
        ),
        (
            '[rencana]\nprovinsi = "a.csv"\nkabkota = ["a.csv"]\ndasar = "?.csv"\n',
            "peta-kerja.toml [rencana] dasar: '?.csv' matches 2 files; expected one "
            "plan. Name the file.",
        ),
        (
            '[rencana]\nprovinsi = "a.csv"\nkabkota = ["x.csv"]\n',
            "peta-kerja.toml [rencana] kabkota: no file matches 'x.csv' in proyek/.",
        ),
        (
            '[rencana]\nprovinsi = "a.csv"\nkabkota = ["*.csv"]\n',
            "peta-kerja.toml: no tables. Name them under [masukan], e.g. tabel = "
            '["*.csv"].',
        ),
    ],
)
def test_plans_that_cannot_be_found_are_refused_in_one_sentence(
    tmp_path, text, message
):
    place = tmp_path / "proyek"
    place.mkdir()
    for name in ("a.csv", "b.csv"):
        (place / name).write_text("x", encoding="utf-8")
    path = place / "peta-kerja.toml"
    path.write_text('[masukan]\ntabel = ["*.csv"]\n' + text, encoding="utf-8")
    with pytest.raises(ProjectError) as caught:
        read_project(path)
    assert str(caught.value) == message


def test_the_pages_of_a_meeting_lead_to_each_other(alignment, tmp_path):
    files = {path.name: path for path in write_pack(alignment, tmp_path)}
    pages = ("rapat-rencana.html", "kalender.html", "peta-sinkronisasi.html")
    for page in pages:
        text = files[page].read_text(encoding="utf-8")
        for other in set(pages) - {page}:
            assert f'href="{other}' in text, (page, other)
    # The map says which of them it is.
    own = text.partition('data-way="plan_map"')[2].partition("</a>")[0]
    assert own == ' aria-current="page">Peta rencana'
