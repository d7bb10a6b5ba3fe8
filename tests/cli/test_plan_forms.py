"""On one screen: what was read of each file of a plan."""

from plan_sheets import Work, dpa, pok, renja
from typer.testing import CliRunner

from kkbpk_geo.cli.commands import app

RUN = CliRunner()
MKJP = Work(code="2.14.03.2.03.0003", name="MKJP", target=9, budget=5_000_000)
GAJI = Work(code="2.14.01.2.02.0001", name="Gaji", target=9, budget=1, unit="Laporan")


def book(path, rows):
    from openpyxl import Workbook

    made = Workbook()
    for row in rows:
        made.active.append(row)
    made.active.title = "Lembar"
    made.save(path)
    return str(path)


def test_check_says_lines_rupiah_districts_and_work_of_each_file(tmp_path):
    rows = renja([MKJP])
    rows[-1][13] = 4_000_000
    files = [book(tmp_path / "a.xlsx", rows), book(tmp_path / "b.xlsx", dpa([MKJP]))]

    got = RUN.invoke(app, ["plan", "check", *files])

    first, second, *_ = got.output.splitlines()
    assert first == (
        "a.xlsx · Lembar: Renja perangkat daerah (T-C.33, cetakan SIPD): 1 baris, "
        "Rp 5.000.000 (tercetak Rp 4.000.000, selisih 1.000.000, pertama pada "
        "Lembar 10); 1 kabupaten/kota; kegiatan dikenal: 1"
    )
    assert second.startswith("b.xlsx · Lembar: RKA/DPA-SKPD, rincian belanja (SIPD): 1")
    assert "(sama dengan jumlah tercetak)" in second
    assert got.exit_code == 1  # a total that disagrees is an error


def test_check_counts_what_is_not_known_and_what_is_on_paper(tmp_path):
    odd = Work(code="2.14.03.2.09.0001", name="X", target=1, budget=1)
    support = Work(code="X.XX.01.2.01.0001", name="Y", target=1, budget=1)
    listed = Work(code="2.14.02.2.01.0017", name="Z", target=1, budget=1)
    paper = Work(code=MKJP.code, name="M", target=1, budget=1, unit="Laporan")
    rows = renja([support, listed, paper, odd])

    got = RUN.invoke(app, ["plan", "check", book(tmp_path / "a.xlsx", rows)])

    assert got.output.splitlines()[0].endswith(
        "kegiatan dikenal: 1, kode nomenklatur saja: 1, penunjang kantor: 1, "
        "tidak dikenal: 1, target laporan/dokumen: 1"
    )


def test_align_says_what_was_read_of_either_side(tmp_path):
    work = Work(code="", name="Monitoring dan evaluasi", target=1, unit="Kegiatan",
                budget=7, location="Kab. Pringsewu")  # fmt: skip
    files = [book(tmp_path / "prov.xlsx", pok([work])),
             book(tmp_path / "kab.xlsx", renja([MKJP]))]  # fmt: skip

    got = RUN.invoke(
        app,
        ["plan", "align", "--plan-province", files[0], "--plan-districts", files[1],
         "-o", str(tmp_path / "rapat")],
    )  # fmt: skip

    first, second, *_ = got.output.splitlines()
    assert first.startswith("prov.xlsx · Lembar: RKA-K/L, POK")
    assert "Rp 7 (sama dengan jumlah tercetak)" in first
    assert second.startswith("kab.xlsx · Lembar: Renja perangkat daerah")


def test_a_form_is_of_a_plan_only(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert RUN.invoke(app, ["template", "plan", "--form", "renja"]).exit_code == 0
    assert (tmp_path / "templat-renja.xlsx").exists()
    got = RUN.invoke(app, ["template", "targets", "--form", "renja"])
    assert got.exit_code != 0
    assert "template plan" in str(got.exception)


def test_a_form_that_nobody_filled_in_is_told_what_it_lacks(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    RUN.invoke(app, ["template", "plan", "--form", "renja"])
    got = RUN.invoke(app, ["plan", "check", "templat-renja.xlsx"])
    assert "a line with a target or an amount" in str(got.exception)
