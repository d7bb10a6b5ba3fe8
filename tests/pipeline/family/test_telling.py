"""The first page of a run: numbers, files, what is missing, what next."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from sides import side

from kkbpk_geo.findings.words import finding
from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.io import Family, Way
from kkbpk_geo.pipeline.family.making import Made, SoFar
from kkbpk_geo.pipeline.family.sources import Source, count_files, every_source, fold
from kkbpk_geo.pipeline.family.telling import Telling, size_text
from kkbpk_geo.pipeline.family.ways import family_of, subtitle_of
from kkbpk_geo.pipeline.outputs import run_project, write_outputs
from kkbpk_geo.pipeline.parts import Failure
from kkbpk_geo.pipeline.project import Project
from kkbpk_geo.pipeline.running import run

ROWS = "KABUPATEN;PUS;UNMET NEED;PA;BULAN\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two districts' figures of one month, a row of nobody, and a file that is none."""
    place = tmp_path_factory.mktemp("kantor")
    lines = ["Mesuji;100;30;50;NOVEMBER", "Pringsewu;200;20;150;NOVEMBER"]
    text = ROWS + "\n".join([*lines, "Wakanda;1;1;1;NOVEMBER"]) + "\n"
    (place / "pus.csv").write_text(text, encoding="utf-8")
    (place / "rusak.xlsx").write_bytes(b"PK\x03\x04rusak")
    return place


@pytest.fixture(scope="module")
def done(folder):
    project = Project(
        tables=(folder / "pus.csv", folder / "rusak.xlsx"),
        folder=folder / "hasil",
        year=2025,
        analysis=False,
    )
    return write_outputs(run(project))


@pytest.fixture(scope="module")
def page(done):
    return side(done.files[0].read_text("utf-8"), "id")


def test_the_index_comes_first_and_leads_to_every_file_that_was_made(done, page):
    assert done.files[0].name == "index.html"
    for path in done.files[1:]:
        name = path.relative_to(done.project.folder).as_posix()
        assert f'href="{name}"' in page, name


def test_the_index_says_what_was_read_and_what_was_refused(page):
    assert "<b>2 berkas</b><small>1 terbaca, 1 ditolak</small>" in page
    assert "<b>3 baris</b><small>2 dipakai, 1 disisihkan</small>" in page
    row = '<tr><th scope="row">rusak.xlsx</th><td>–</td><td class="n">–</td>'
    assert f'{row}<td class="state"><b>×</b> ditolak</td></tr>' in page
    assert '<td class="n">3</td><td class="state"><b>!</b> 2 kesalahan</td>' in page


def test_the_head_says_place_time_and_how_many(done, page):
    assert "<p>Peta kerja Bangga Kencana · Lampung</p>" in page
    assert subtitle_of(done, "id") == "November 2025 · 15 kabupaten/kota"
    assert subtitle_of(done, "en") == "November 2025 · 15 districts"
    assert "Diolah dari pus.csv. Batas: geoBoundaries" in page


def test_the_title_of_a_project_is_the_title_of_its_pages(done):
    own = replace(done, project=replace(done.project, title="Peta kita"))
    assert family_of(own, ()).title == {"id": "Peta kita", "en": "Peta kita"}


def test_ways_stand_in_their_order_whatever_was_made_first(done):
    ways = tuple(Way(key=key, path="x") for key in ("index", "findings", "priorities"))
    keys = [way.key for way in family_of(done, ways).ways]
    assert keys == ["priorities", "findings", "index"]


@pytest.mark.parametrize(
    ("size", "text"),
    [(1, "1 kB"), (1499, "1 kB"), (1500, "2 kB"), (402_100, "402 kB"),
     (999_499, "999 kB"), (1_000_000, "1,0 MB"), (1_480_000, "1,5 MB")],
)  # fmt: skip
def test_sizes_are_written_as_people_read_them(size, text):
    assert size_text(size, "id") == text


def test_results_beside_a_broken_table_are_replaced_by_the_next_run(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04rusak")
    rows = f"{ROWS}Mesuji;100;30;50;NOVEMBER\n"
    (tmp_path / "pus.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "p.toml").write_text(
        '[masukan]\ntabel = ["*.csv", "*.xlsx"]\ntahun = 2025\n'
        '[keluaran]\nfolder = "."\nanalisis = false\n',
        encoding="utf-8",
    )
    first = run_project(tmp_path / "p.toml")
    second = run_project(tmp_path / "p.toml")
    assert tmp_path / "temuan.xlsx" in second.project.tables
    assert second.files == first.files


# --- which files ----------------------------------------------------------------------


def sources(letters, kind="pus"):
    """A file for each letter: used, warning, error, refused."""
    return [
        Source(
            name=f"{i}.csv", kinds=(kind,), rows=10, read=letter != "r",
            errors=letter == "e", warnings=letter in "we",
        )
        for i, letter in enumerate(letters)
    ]  # fmt: skip


def test_files_that_a_screen_holds_are_all_listed():
    every = sources("uw" * 8)
    assert fold(every, "id") == every


def test_of_more_files_the_grave_ones_come_first_and_the_others_fold_by_kind():
    every = [*sources("uuewur" + "u" * 10 + "w"), *sources("u", kind="bkb")]
    shown = fold(every, "id")
    assert [(s.name, s.sign, s.rows, s.warnings) for s in shown] == [
        ("5.csv", "×", 10, 0), ("2.csv", "!", 10, 1), ("13 berkas", "✓", 130, 0),
        ("2 berkas", "!", 20, 2), ("0.csv", "✓", 10, 0),
    ]  # fmt: skip


def test_no_more_lines_than_a_screen_holds():
    shown = fold(sources("e" * 40), "id")
    assert [s.name for s in shown[14:]] == ["14.csv", "25 berkas"]
    assert (len(shown), shown[15].rows, shown[15].errors) == (16, 250, 25)


def test_the_last_line_holds_all_kinds_that_have_no_line_of_their_own():
    every = [*sources("e" * 14), *sources("uu"), *sources("u", "bkb"), *sources("w")]
    shown = fold(every, "id")
    assert [s.name for s in shown[13:]] == ["13.csv", "2 berkas", "2 berkas"]
    assert (shown[15].kinds, shown[15].warnings, shown[15].rows) == (
        ("bkb", "pus"), 1, 20,
    )  # fmt: skip


def of_files(tables, intakes, findings=()):
    project = SimpleNamespace(tables=tables, plans=None)
    return SimpleNamespace(
        project=project, intakes=intakes, findings=findings, alignment=None
    )


def test_a_file_is_in_doubt_where_something_is_to_be_mended(folder):
    table = read_table(folder / "pus.csv", year=2025)
    paths = [folder / "pus.csv", folder / "rusak.xlsx"]
    note = finding("number_as_text", file="pus.csv")
    fault = finding("month_missing", file="pus.csv")
    doubt = finding("duplicate_entry", file="pus.csv")
    said = {
        "✓ terpakai": [note],
        "! 1 peringatan": [note, doubt],
        "! 2 kesalahan": [fault, doubt, fault],
    }
    for text, found in said.items():
        row, refused = every_source(of_files(paths, [table], found), "id")
        assert f"{row.sign} {row.state}" == text
        assert (row.rows, refused.sign) == ("3", "×")
    assert count_files(of_files(paths, [table])) == (2, 1, 1)


def test_of_two_files_of_one_name_the_refused_one_is_not_called_read(folder):
    table = read_table(folder / "pus.csv", year=2025)
    paths = [Path("a/pus.csv"), Path("b/pus.csv")]
    for intakes, read in (([table], 1), ([table, table], 2)):
        assert count_files(of_files(paths, intakes)) == (2, read, 2 - read)


def test_a_table_that_nobody_knows_is_not_called_used():
    frame = pd.DataFrame({"A": ["x", "y"], "B": ["z", "w"]})
    table = replace(read_table(frame), source="aneh.csv", kind="unknown")
    (row,) = every_source(of_files([Path("aneh.csv")], [table]), "id")
    assert (row.sign, row.state) == ("!", "tidak dikenali")


# --- what is missing, what next -------------------------------------------------------


def telling(done, *, failures=(), findings=(), parts=("map", "findings")):
    made = tuple(
        Made(part=part, path=done.project.folder / f"{part}.html", size=5, state="new")
        for part in parts
    )
    family = Family(title="A", ways=(Way(key="findings", path="temuan.html"),))
    so_far = SoFar(family=family, failures=failures, made=made)
    quiet = replace(done, submissions=None)
    return Telling(
        run=quiet, findings=findings, so_far=so_far, folder=done.project.folder
    )


def steps(told, language="id"):
    return [f"{s.before}{s.link}{s.after}" for s in told.say(language).steps]


def test_where_nothing_is_missing_the_page_says_so(done):
    said = telling(done).say("id")
    assert said.message == "Peta kerja November 2025 selesai; tidak ada yang kurang."
    assert steps(telling(done)) == ["Tidak ada yang perlu dibetulkan."]
    assert said.start == "peta-kerja.html"


def test_a_part_that_failed_is_in_the_message_and_the_first_step(done):
    broken = Failure(part="meeting", file="rapat/rapat-rencana.html", why="x")
    told = telling(done, failures=(broken,), parts=("findings",))
    said = told.say("id")
    assert said.message == (
        "Peta kerja November 2025: rapat/rapat-rencana.html tidak dapat dibuat; yang "
        "lain selesai."
    )
    assert said.lacking == ["rapat/rapat-rencana.html tidak dapat dibuat."]
    assert steps(told)[0] == "Betulkan yang disebut di temuan.html, lalu jalankan lagi."
    assert said.start == ""


def test_where_the_page_of_findings_failed_nothing_leads_there_and_the_reason_is_said(
    done,
):
    broken = Failure(part="findings", file="temuan.html", why="KeyError: 'x'")
    told = telling(done, failures=(broken,), parts=("map",))
    assert told.say("id").second == "temuan.html: KeyError: 'x'"
    assert steps(told) == []


@pytest.mark.parametrize("code", ["region_unknown", "part_failed", "duplicate_entry"])
def test_what_no_district_can_mend_is_to_be_mended(done, code):
    found = [finding(code, file="rusak.xlsx")]
    assert steps(telling(done, findings=found)) == [
        "Betulkan yang disebut di temuan.html, lalu jalankan lagi."
    ]
    note = [finding("number_as_text", file="pus.csv")]
    assert steps(telling(done, findings=note)) == ["Tidak ada yang perlu dibetulkan."]


def test_the_workbook_goes_to_the_districts_that_have_something_to_mend(done):
    found = [
        finding("month_missing", region="18.10"),
        finding("month_missing", region="18.10"),
        finding("duplicate_entry", region="18.11"),
        finding("number_as_text", region="18.12"),
        finding("region_unknown", region="Wakanda"),
        finding("two_versions"),
    ]
    assert steps(telling(done, findings=found)) == [
        "Kirim temuan.xlsx ke 2 kabupaten/kota.",
        "Pilih versi yang benar (temuan.html), lalu jalankan lagi.",
    ]


def test_of_many_things_that_are_missing_five_stand_there(done):
    grid = SimpleNamespace(lacking=lambda _: [f"{i}." for i in range(7)])
    told = telling(done)
    told.run = replace(done, submissions=grid)
    said = told.say("id")
    assert said.message == "Peta kerja November 2025 selesai; 7 hal masih kurang."
    assert list(said.lacking) == ["0.", "1.", "2.", "3.", "4."]
    assert (said.lacking_more, said.lacking_href) == ("dan 2 lagi", "temuan.html")


def test_many_tables_beside_a_page_are_counted_and_few_are_named(done):
    paths = [done.project.folder / f"analisis/{i}.csv" for i in range(4)]
    told = telling(done, parts=())
    for number, more in ((3, ["0", "1", "2"]), (4, ["4 tabel CSV"])):
        page = Made(
            part="analysis", path=paths[0].with_suffix(".html"), size=1, state=""
        )
        tables = [replace(page, path=path) for path in paths[:number]]
        told.so_far = replace(told.so_far, made=(*tables, page))
        (entry,) = told.say("id").entries
        assert (entry.kind, entry.href) == ("HTML", "analisis/0.html")
        assert [one.kind for one in entry.more] == more
