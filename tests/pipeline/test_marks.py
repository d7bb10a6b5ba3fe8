"""A result of sample data says so, whatever its files are called; no other one does."""

import ast
from cProfile import Profile
from functools import cache
from pathlib import Path

import pandas as pd
import pyogrio
import pytest
from matplotlib.text import Text
from openpyxl import load_workbook

import kkbpk_geo
from kkbpk_geo import maps
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.gaps import presence_matrix
from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.io import grids as sheets
from kkbpk_geo.maps.content.options import MapDetail, MapOptions
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.paper import static
from kkbpk_geo.pipeline.analysing.asking import analyse, make_index
from kkbpk_geo.pipeline.analysing.page import write_analysis, write_index
from kkbpk_geo.pipeline.family.manifest import NAME as MANIFEST
from kkbpk_geo.pipeline.files.feedback import write_checked, write_feedback
from kkbpk_geo.pipeline.files.map import write_export
from kkbpk_geo.pipeline.outputs import write_outputs
from kkbpk_geo.pipeline.plans.asks import TargetAsk
from kkbpk_geo.pipeline.plans.check import check_plan, read_gaps
from kkbpk_geo.pipeline.plans.supplies import plan_supplies, write_supplies
from kkbpk_geo.pipeline.plans.targets import (
    plan_targets,
    revise_targets,
    write_division,
)
from kkbpk_geo.pipeline.plans_on_map import align_files, write_pack
from kkbpk_geo.pipeline.presence import write_presence
from kkbpk_geo.pipeline.project import Project
from kkbpk_geo.pipeline.project_files import PlanFiles
from kkbpk_geo.pipeline.running import look_for_submissions, read_all, run
from kkbpk_geo.plan.decide.audit import read_audit, replay_audit
from kkbpk_geo.plan.decide.resolve import resolve
from kkbpk_geo.plan.lines.reading import combine_plans, read_plan
from kkbpk_geo.plan.lines.writing import write_plan
from kkbpk_geo.plan.meeting.pack import write_resolved
from kkbpk_geo.plan.supplies.draft import draft_lines, write_draft
from kkbpk_geo.plan.supplies.prices import Prices, read_prices
from kkbpk_geo.regions.boundaries import load_boundaries
from kkbpk_geo.regions.register import children

MARK = "DATA CONTOH"
UNITS = children("18")
PLAN = (
    "KABUPATEN/KOTA;KEGIATAN;TAHUN;TRIWULAN;TARGET;SATUAN;ANGGARAN (Rp);SUMBER DANA\n"
)
WORK = "Pembinaan kelompok BKB"
VILLAGES = {"Wonodadi": 2, "Tegalsari": 1, "Wonosari": 0}
# They write what nobody measured: an empty form, the sample itself, outlines, parts of
# a file.
NOT_OF_DATA = {
    "write_template", "write_sample", "write_sample_plans", "write_mark", "write_cell",
    "write_names", "write_legend", "write_form_template", "write_store",
    "write_boundaries",
}  # fmt: skip


def write(folder, name, rows, *, sample=True):
    """Write a CSV under a neutral name; only its first line says what it is."""
    title = f"{MARK}, bukan data sebenarnya" if sample else "Rekapitulasi"
    path = folder / name
    path.write_text(f"{title}\n{rows}", encoding="utf-8")
    return path


def tables(folder, *, sample):
    """Fifteen districts in two months, no two of them alike; one place is unknown."""
    rows = [
        f"{unit.name};{1000 + 10 * i};{80 + i * month};{600 - 3 * i - month};20;{name}"
        for month, name in ((1, "OKTOBER"), (2, "NOVEMBER"))
        for i, unit in enumerate(UNITS)
    ]
    head = "KABUPATEN;PUS;UNMET NEED;PA;JUMLAH DESA;BULAN\n"
    rows.append("Wakanda;1;1;1;1;OKTOBER")
    return write(folder, "tabel.csv", head + "\n".join(rows) + "\n", sample=sample)


def plans(folder, *, sample):
    """A plan each; in Pringsewu the target differs, and stays to be decided."""
    province, districts = (
        write(
            folder,
            name,
            PLAN + f"Kab. Pringsewu;{WORK};2026;TW I;{target};kelompok;1000;BOKB\n"
            f"Kab. Mesuji;{WORK};2026;TW I;10;kelompok;1000;BOKB\n",
            sample=sample,
        )
        for name, target in (("provinsi.csv", 12), ("kabkota.csv", 15))
    )
    return PlanFiles(province=province, districts=(districts,))


def stock(folder, *, sample):
    rows = "KABUPATEN;SARANA;BAIK;RUSAK RINGAN;RUSAK BERAT\nPringsewu;BKB Kit;5;2;1\n"
    return write(folder, "inventaris.csv", rows, sample=sample)


def villages(folder, *, sample):
    """Whether the villages of one kecamatan have a group: two do, one does not."""
    rows = [f"Pringsewu;Gading Rejo;{name};{n}" for name, n in VILLAGES.items()]
    head = "KABUPATEN;KECAMATAN;DESA;JUMLAH BKB\n"
    return write(folder, "desa.csv", head + "\n".join(rows) + "\n", sample=sample)


def write_everything(folder, out, *, sample):
    """Write every file that this package can make of data."""
    files = plans(folder, sample=sample)
    project = Project(
        tables=(tables(folder, sample=sample),),
        folder=out / "peta",
        year=2025,
        plans=files,
        printed="pdf",
    )
    done = write_outputs(run(project))
    checked = read_all(project, lambda *_: None, 1)
    write_feedback(checked, out / "temuan")
    sent = look_for_submissions(project, checked)
    write_checked(checked, sent, out / "periksa")
    write_export(done, out / "hasil.gpkg")
    write_export(done, out / "hasil.geojson")
    write_analysis(analyse(done, keys=("unmet_need",)), out / "analisis")
    write_index(make_index(done), out / "indeks")
    check_plan(read_plan(files.province), out / "rencana")
    alignment = align_files(files, of="Lampung")
    write_pack(alignment, out / "rapat")
    write_resolved(resolve(alignment), out / "hasil")
    judged = align_files(files, of="Lampung", gaps=done.gaps)
    write_draft(draft_lines(judged), out / "draf.xlsx")
    there = [read_table(villages(folder, sample=sample), year=2025)]
    write_presence(presence_matrix(there, "Pringsewu"), out / "keberadaan")
    ask = TargetAsk(service="unmet_need", total=100)
    division = plan_targets(done, [ask])
    write_division(division, out / "pembagian.csv")
    again, _ = revise_targets(write_division(division, out / "pembagian.xlsx"))
    write_division(again, out / "pembagian-lagi.xlsx")
    supplies = plan_supplies(
        [stock(folder, sample=sample)], prices=Prices(buy={"bkb_kit": 1000})
    )
    write_supplies(supplies, out / "sarana")


@pytest.fixture(scope="module", params=[True, False], ids=["sample", "data"])
def written(request, tmp_path_factory):
    """Every file written, the words in its pictures, and the writers that did it."""
    folder = tmp_path_factory.mktemp("masukan")
    out = tmp_path_factory.mktemp("hasil")
    drawn = {}

    def figures(path, several):
        for figure in several:
            words = [each.get_text() for each in figure.findobj(Text)]
            drawn.setdefault(Path(path), []).append(words)
            yield figure

    def save_pages(several, path):
        return pages(figures(path, several), path)

    def save_figure(figure, path):
        return page(next(figures(path, [figure])), path)

    pages, page = static.save_pages, static.save_figure
    with pytest.MonkeyPatch.context() as patch:
        # Other rooms have them from the door, the room itself from its module.
        for place in (static, maps):
            patch.setattr(place, "save_pages", save_pages, raising=False)
            patch.setattr(place, "save_figure", save_figure, raising=False)
        with Profile() as watched:
            write_everything(folder, out, sample=request.param)
    codes = [entry.code for entry in watched.getstats()]
    called = {code.co_name for code in codes if not isinstance(code, str)}
    # The manifest holds digests of files, and no data.
    files = sorted(path for path in out.rglob("*") if path.is_file())
    files = [path for path in files if path.name != MANIFEST]
    return request.param, files, drawn, called


def says_so(path, drawn):
    """Whether a file is marked: a row or a page also where it is passed on alone."""
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        cells = [c for s in book for row in s.iter_rows(values_only=True) for c in row]
        return any(MARK in str(cell) for cell in cells)
    if path.suffix in (".pdf", ".png"):
        return all(any(MARK in word for word in words) for words in drawn[path])
    if path.suffix == ".gpkg":
        layers = [name for name, _ in pyogrio.list_layers(path)]
        frames = [pyogrio.read_dataframe(path, layer=name) for name in layers]
        told = [frame for frame in frames if "styleQML" not in frame]
        return all(
            "catatan" in each and each["catatan"].eq(MARK).all() for each in told
        )
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".csv":
        return all(MARK in line for line in text.splitlines())
    if '"sample":' in text:  # a map holds its words in any case, and shows them if so
        return '"sample":true' in text
    return MARK in text


def test_every_file_of_a_sample_is_marked_and_no_other_one(written):
    sample, files, drawn, _ = written
    assert {p.suffix for p in files} == {
        ".csv", ".geojson", ".gpkg", ".html", ".pdf", ".png", ".txt", ".xlsx",
    }  # fmt: skip
    assert len(files) > 30
    wrong = [path.name for path in files if says_so(path, drawn) is not sample]
    assert wrong == []


@cache
def writers():
    """Return the names of all functions of the package that write something."""
    package = Path(kkbpk_geo.__file__).parent
    trees = [ast.parse(path.read_text("utf-8")) for path in package.rglob("*.py")]
    top = [node for tree in trees for node in tree.body]
    functions = [node.name for node in top if isinstance(node, ast.FunctionDef)]
    return {name for name in functions if name.startswith("write_")}


def test_every_writer_of_this_package_takes_part(written):
    _, _, _, called = written
    assert writers() - NOT_OF_DATA - called == set()


@pytest.fixture
def merged(tmp_path):
    """Two sample plans under neutral names, merged and written."""
    found = resolve(align_files(plans(tmp_path, sample=True), of="Lampung"))
    write_resolved(found, tmp_path / "hasil", meeting="Rakorda")
    return found, tmp_path / "hasil"


def test_a_merged_sample_plan_is_still_one_when_it_is_read_back(merged):
    found, folder = merged
    assert found.plan.marks == Marks(sample=True)
    assert read_plan(folder / "rencana-gabungan.xlsx").marks.sample
    assert len(read_plan(folder / "rencana-gabungan.xlsx").data) == len(found.plan.data)
    minutes = (folder / "notulen.txt").read_text("utf-8")
    assert minutes.startswith("Pada Rakorda (DATA CONTOH) dibandingkan")


def test_a_trail_read_back_marks_what_it_makes(merged):
    found, folder = merged
    trail = read_audit(folder / "jejak-keputusan.xlsx")
    assert trail.to_dict("records") == found.audit.to_dict("records")
    base = found.alignment.base
    assert replay_audit(base, trail).marks.sample
    assert not replay_audit(base, pd.DataFrame(columns=trail.columns)).marks.sample


def test_one_sample_among_the_plans_marks_what_is_made_of_them(tmp_path):
    ours = plans(tmp_path, sample=False)
    rows = ours.province.read_text("utf-8").partition("\n")[2]
    base = write(tmp_path, "dasar.csv", rows)
    files = PlanFiles(province=ours.province, districts=ours.districts, base=base)
    assert align_files(files, of="Lampung").marks.sample
    assert not align_files(ours, of="Lampung").marks.sample
    assert combine_plans([read_plan(ours.province), read_plan(base)]).marks.sample


@pytest.mark.parametrize("which", ["province", "district", "base"])
def test_a_run_asks_every_plan_whether_it_is_a_sample(tmp_path, which):
    table = tables(tmp_path, sample=False)
    ours = plans(tmp_path, sample=False)
    rows = ours.province.read_text("utf-8").partition("\n")[2]
    sample = write(tmp_path, "lain.csv", rows)
    files = PlanFiles(
        province=sample if which == "province" else ours.province,
        districts=(sample,) if which == "district" else ours.districts,
        base=sample if which == "base" else None,
    )
    assert run(Project(tables=(table,), year=2025, plans=files)).project.sample
    assert not run(Project(tables=(table,), year=2025, plans=ours)).project.sample


@pytest.mark.parametrize(
    ("name", "rows", "sample"),
    [
        ("contoh_data.csv", "KABUPATEN;PUS\nMesuji;1\n", True),
        ("data.csv", "DATA CONTOH\nKABUPATEN;PUS\nMesuji;1\n", True),
        ("data.csv", "SAMPLE DATA of 2025\nKABUPATEN;PUS\nMesuji;1\n", True),
        ("data.csv", "KABUPATEN;PUS;DATA CONTOH\nMesuji;1;DATA CONTOH\n", True),
        ("data.csv", "Sample data of a survey\nKABUPATEN;PUS\nMesuji;1\n", False),
        ("percontohan.csv", "DATA PERCONTOHAN\nKABUPATEN;PUS\nMesuji;1\n", False),
    ],
)
def test_a_table_is_a_sample_where_its_title_headings_or_name_say_so(
    tmp_path, name, rows, sample
):
    path = tmp_path / name
    path.write_text(rows, encoding="utf-8")
    found = read_table(path)
    assert found.marks.sample is sample
    assert read_table([path, path]).marks.sample is sample
    assert Marks.of(found.data).sample is sample


def test_a_cover_sheet_speaks_for_the_tables_of_its_workbook(tmp_path):
    path = tmp_path / "data.xlsx"
    with pd.ExcelWriter(path) as book:
        pd.DataFrame([[f"{MARK}!"], ["x"]]).to_excel(
            book, sheet_name="Sampul", header=False, index=False
        )
        pd.DataFrame({"KABUPATEN": ["Mesuji"], "PUS": [1]}).to_excel(
            book, sheet_name="Tabel", index=False
        )
    assert read_table(path).marks.sample


def test_a_map_learns_from_any_of_its_parts_that_it_is_of_a_sample(tmp_path):
    done = run(Project(tables=(tables(tmp_path, sample=True),), year=2025))
    bare = pd.DataFrame({"air": 1.0}, index=done.boundaries.index)
    assert not describe_map(done.boundaries, bare).options.sample
    assert describe_map(done.boundaries, done.joined.at()).options.sample
    assert describe_map(done.boundaries, done.indicators).options.sample
    assert describe_map(done.boundaries, bare, gaps=done.gaps).options.sample
    below = load_boundaries("18", level="kabkota")
    below["parent_code"] = below.index
    detail = MapOptions(detail=MapDetail(boundaries=below, table=done.joined.at()))
    assert describe_map(done.boundaries, bare, options=detail).options.sample


def test_prices_of_a_sample_mark_what_is_bought_at_them(tmp_path):
    prices = write(tmp_path, "harga.csv", "sarana;harga\nBKB Kit;1000\n")
    inventory = stock(tmp_path, sample=False)
    assert plan_supplies([inventory], prices=read_prices(prices)).marks.sample
    assert not plan_supplies([inventory]).marks.sample


# --- no file is opened twice ----------------------------------------------------------


@pytest.fixture
def opened(monkeypatch):
    """The files that were opened, each as often as it was."""
    names = []
    read = sheets._read

    def counted(path):
        names.append(path.name)
        return read(path)

    monkeypatch.setattr(sheets, "_read", counted)
    return names


def by_district(folder, name, heads, cells):
    rows = "\n".join(f"{unit.name};{cells}" for unit in UNITS)
    return write(folder, name, f"KABUPATEN;{heads}\n{rows}\n", sample=False)


def test_tables_of_several_years_keep_each_their_own(tmp_path, opened):
    files = [
        by_district(tmp_path, "lama.csv", "TAHUN;PUS;UNMET NEED", "2024;100;50"),
        by_district(tmp_path, "baru.csv", "TAHUN;PUS;UNMET NEED", "2025;100;30"),
        by_district(tmp_path, "kit.csv", "JUMLAH BKB;BKB MEMILIKI BKB KIT", "10;4"),
    ]
    found = read_gaps(files, "18", 2026)
    assert found.period == "2025"
    gaps = found.table.set_index(["service", "region_code"])["gap"]
    # At most 7.4 % of 100 couples, so 7, may remain of the 30 of the newest year.
    assert gaps["unmet_need", "18.11"] == 23
    # A table without a year belongs to no single one of them, so to the newest, too:
    # 10 groups, 4 of them with a kit.
    assert gaps["kit:bkb", "18.11"] == 6
    assert sorted(opened) == ["baru.csv", "kit.csv", "lama.csv"]


def test_a_table_without_a_year_is_of_the_one_that_the_others_state(tmp_path, opened):
    files = [
        by_district(tmp_path, "pus.csv", "TAHUN;PUS;UNMET NEED", "2025;100;30"),
        by_district(tmp_path, "kit.csv", "BULAN;JUMLAH BKB;BKB KIT", "MEI;10;4"),
    ]
    found = read_gaps(files, "18", 2026)
    # Its month alone would be no time at all; in the year of the others it is.
    assert found.period == "2025-05"
    assert sorted(opened) == ["kit.csv", "pus.csv"]


def test_a_plan_and_what_it_remembers_are_read_in_one_go(merged, opened):
    _, folder = merged
    read_plan([folder / "rencana-gabungan.xlsx", folder / "rencana-gabungan.xlsx"])
    assert opened == ["rencana-gabungan.xlsx", "rencana-gabungan.xlsx"]


def test_what_a_merged_plan_remembers_counts_where_its_sheet_is_hidden(tmp_path):
    alignment = align_files(plans(tmp_path, sample=False), of="Lampung")
    (asked,) = alignment.table["decision_id"]
    found = resolve(alignment, [{"decision_id": asked, "choice": "province"}])
    path = write_plan(found.plan, tmp_path / "gabungan.xlsx")
    book = load_workbook(path)
    book["Sudah diputuskan"].sheet_state = "hidden"
    book.save(path)
    assert read_plan(path).settled == found.plan.settled != {}
