"""Forty texts that want to run, in every page, with and without its policy: none does.

KKBPK_PAYLOADS=1 opens a page for each of them alone; the suite puts several in one.
"""

from __future__ import annotations

import os

import pandas as pd
import pytest
from every_page import MAKERS
from payloads import FOUND, PAYLOADS, TRAP
from typer.testing import CliRunner

from kkbpk_geo.cli.commands import app
from kkbpk_geo.io.pages import PAGES
from kkbpk_geo.maps.content.options import MapDetail, MapIndicator, MapOptions
from kkbpk_geo.maps.content.plans import PlanDecision, PlanWork, RegionPlan
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.page import write_work_map

pytestmark = pytest.mark.browser

# Several in one page, far apart in the list: one that opens a comment hides no other.
STEP = 8
EACH = [[text] for text in PAYLOADS]
MIXED = [PAYLOADS[first::STEP] for first in range(STEP)]
GROUPS = EACH if os.environ.get("KKBPK_PAYLOADS") else MIXED


def found(browser, path, *, policy):
    """What came alive in a page: on opening, and when everything is touched."""
    page = browser.open(path, trap=TRAP, policy=policy)
    try:
        page.run(
            "document.querySelectorAll('details').forEach(d => { d.open = true; })"
        )
        page.run(
            "document.querySelectorAll('#kg-map path, [data-region], a[href^=\"#\"]')"
            ".forEach(e => ['mouseover', 'focus', 'click'].forEach(kind =>"
            " e.dispatchEvent(new MouseEvent(kind, {bubbles: true}))))"
        )
        # What loads or refreshes does so a moment later.
        page.run("new Promise(done => setTimeout(done, 50))")
        return page.run(FOUND)
    finally:
        page.close()


@pytest.fixture
def land(lampung, halves, places):
    """Districts, what lies below them, and points."""
    return lampung, halves, places


@pytest.fixture(params=[True, False], ids=["policy", "no-policy"])
def policy(request):
    return request.param


def test_there_are_forty_payloads_and_no_two_are_alike():
    assert len(set(PAYLOADS)) == 40


def test_the_trap_catches_what_runs(browser, tmp_path):
    """Raw in a page without a policy, most of them do run: the trap is none of air."""
    caught = set()
    for number, text in enumerate(PAYLOADS, 1):
        path = tmp_path / f"{number}.html"
        path.write_text(
            f"<!doctype html><title>x</title><body>{text}", encoding="utf-8"
        )
        page = browser.open(path, trap=TRAP)
        page.run("new Promise(done => setTimeout(done, 50))")
        if page.run(FOUND):
            caught.add(number)
        page.close()
    assert {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 22, 37, 39, 40} <= caught


@pytest.mark.parametrize("texts", GROUPS)
@pytest.mark.parametrize("name", PAGES)
def test_no_payload_runs_in_a_page(browser, tmp_path, name, texts, policy):
    path = tmp_path / "halaman.html"
    path.write_text(MAKERS[name](" ".join(texts), "id"), encoding="utf-8")
    assert found(browser, path, policy=policy) == []


@pytest.mark.parametrize("texts", GROUPS)
def test_no_payload_runs_in_a_map(browser, tmp_path, land, texts, policy):
    lampung, halves, places = land
    text = " ".join(texts)
    told = RegionPlan(
        year=2026, calendar=[(text, ["broken"] * 12)], klass="behind", physical=1.0,
        decisions=[
            PlanDecision(kind=text, work=text, part=text, province=text, district=text)
        ],
        deviations=[PlanWork(work=text)],
    )  # fmt: skip
    names = [f"{at} {text}" for at in range(len(lampung))]
    below = halves.assign(name=[f"{at} {text}" for at in range(len(halves))])
    figures = pd.DataFrame({text: range(len(halves))}, index=halves.index)
    options = MapOptions(
        title=text, subtitle=text, source=text, date=text,
        plans={"18.10": told}, findings={"18.10": [text]},
        detail=MapDetail(boundaries=below, table=figures),
    )  # fmt: skip
    described = describe_map(
        lampung.assign(name=names),
        pd.DataFrame({text: range(len(lampung))}, index=lampung.index),
        indicators=[MapIndicator(key=text, label=text, unit=text, formula=text)],
        points=places[:15].assign(name=text, kind=text),
        options=options,
    )
    path = write_work_map(tmp_path / "peta.html", described)
    assert found(browser, path, policy=policy) == []


SHEET = """{text}
KABUPATEN;JUMLAH BKB;JUMLAH BKB MEMILIKI KIT;{text};KETERANGAN
Mesuji;5;3;{text};{text}
{text};7;4;1;{text}
Pringsewu;{text};2;{text};{text}
"""


@pytest.mark.parametrize("texts", MIXED)
def test_no_payload_of_a_sheet_runs_in_what_a_run_writes(
    browser, tmp_path, monkeypatch, texts, policy
):
    """Its title, headings, places, notes, and the name of the file."""
    monkeypatch.chdir(tmp_path)
    text = " ".join(texts).replace(";", ",").replace("\n", " ").replace('"', "'")
    name = "<img src=x onerror=ran(0)> ' onfocus=ran(0).csv"
    (tmp_path / name).write_text(SHEET.format(text=text), encoding="utf-8")
    quoted = text.replace("'", "\u2019").replace("\\", "")
    project = (
        f"[masukan]\ntabel = ['*.csv']\ntahun = 2025\n[peta]\njudul = '{quoted}'\n"
    )
    (tmp_path / "peta-kerja.toml").write_text(
        "".join(c for c in project if c >= " " or c == "\n"), encoding="utf-8"
    )
    done = CliRunner().invoke(app, ["run"])
    assert done.exit_code in (0, 1), done.output
    for page in ("peta-kerja.html", "temuan.html"):
        assert found(browser, tmp_path / "hasil" / page, policy=policy) == []
