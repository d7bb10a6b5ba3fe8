"""Needs without an activity become lines that say they are a draft."""

import pandas as pd
import pytest
from openpyxl import load_workbook

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.plan.align.alignment import align_plans
from kkbpk_geo.plan.lines.plan import make_plan
from kkbpk_geo.plan.lines.reading import read_plan
from kkbpk_geo.plan.supplies.draft import draft_lines, write_draft
from kkbpk_geo.plan.supplies.prices import Prices

KIT_PRICE = 2_500_000


def drafted(*needs, planned=(), prices=None, year=2026, language="id"):
    """Hold (region, service, gap) against plans that plan only what is named."""
    rows = [(*need, 0.1) for need in needs]
    gaps = pd.DataFrame(rows, columns=["region_code", "service", "gap", "coverage"])
    lines = [
        {"region_code": "18.10", "year": year, "activity_text": text, "budget": 1}
        for text in ("KIE", *planned)
    ]
    plan = make_plan(lines, province_code="18")
    found = align_plans(None, plan, plan, gaps=gaps, language=language)
    return draft_lines(found, prices)


def only(draft):
    (row,) = draft.plan.records()
    return row


def test_a_need_becomes_a_line_with_code_volume_unit_and_price_from_the_list():
    row = only(drafted(("18.10", "kit:bkb", 3), prices=Prices(buy={"bkb_kit": 100})))
    assert (row["activity"], row["unit"]) == ("kit_supply:bkb", "set")
    assert (row["target"], row["budget"], row["HARGA SATUAN (Rp)"]) == (3.0, 300, "100")
    assert (row["region_code"], row["year"]) == ("18.10", 2026)
    assert row["edition"] == "2023"
    assert row["code"].startswith("2.14.")
    assert row["code"].split(".")[3] == "2"  # a kabupaten's own code
    assert row["NOMENKLATUR"].startswith("Pengadaan Sarana Kelompok Kegiatan")


def test_a_line_says_of_itself_that_it_is_a_draft_and_what_for():
    row = only(drafted(("18.10", "kit:bkb", 3)))
    assert row["line_id"] == "draf:18.10:kit:bkb:2026"
    assert row["KETERANGAN DRAF"].startswith("DRAF, belum disetujui: sediakan 3 ")
    english = only(drafted(("18.10", "kit:bkb", 3), language="en"))
    assert english["KETERANGAN DRAF"].startswith("DRAFT, not adopted: supply 3 ")


def test_without_a_price_there_is_no_budget_rather_than_a_guess():
    found = drafted(("18.10", "kit:bkb", 3))
    assert only(found)["budget"] is None
    assert "1 tanpa harga" in found.summary("id")
    assert "1 without a price" in found.summary("en")


def test_what_a_plan_works_on_already_is_not_proposed():
    found = drafted(
        ("18.10", "kit:bkb", 3), ("18.10", "village_group:bkr", 5),
        planned=["Pengadaan BKB Kit"],
    )  # fmt: skip
    assert only(found)["activity"] == "group_forming:bkr"


def test_work_that_only_serves_a_standard_has_a_volume_in_its_unit_only():
    row = only(drafted(("18.10", "reporting:bkb", 7)))
    assert row["activity"] == "group_coaching:bkb"
    assert (row["target"], row["unit"]) == (7.0, "group")  # both are counted in groups


def test_what_closes_a_standard_is_done_once_for_each_that_is_lacking():
    row = only(drafted(("18.10", "officers", 4)))
    # The standard counts petugas, which is no unit of plans; the work counts persons.
    assert (row["activity"], row["target"], row["unit"]) == (
        "officer_placement", 4.0, "person",
    )  # fmt: skip


def test_the_code_is_that_of_the_edition_of_the_year():
    assert only(drafted(("18.10", "kit:bkb", 3), year=2027))["edition"] in ("", "2026")


def test_a_draft_that_is_read_as_a_plan_is_told_until_it_is_adopted(tmp_path):
    path = tmp_path / "draf.xlsx"
    found = drafted(("18.10", "kit:bkb", 3), ("18.10", "village_group:bkr", 5))
    write_draft(found, path)
    read = read_plan(path)
    (told,) = [x for x in read.findings if x.code == "plan_draft_lines"]
    assert (told.count, told.value) == (2, "draf:18.10:kit:bkb:2026")
    names = ["activity", "region_code", "year", "target", "unit", "budget", "code"]
    assert read.data[names].equals(found.plan.data[names])
    adopted = make_plan(read.data.assign(line_id=""))
    assert not adopted.data["line_id"].str.startswith("draf:").any()


def test_a_draft_is_named_as_one_in_the_workbook_and_the_same_each_time(tmp_path):
    found = drafted(("18.10", "kit:bkb", 3))
    first = write_draft(found, tmp_path / "a.xlsx").read_bytes()
    assert write_draft(found, tmp_path / "b.xlsx").read_bytes() == first
    title = load_workbook(tmp_path / "a.xlsx").properties.title
    assert title == "DRAF – usulan kegiatan dari kesenjangan, belum disetujui"


def test_without_needs_nothing_is_written_and_that_is_said(tmp_path):
    with pytest.raises(PlanError, match="tidak ada berkas yang ditulis"):
        write_draft(drafted(), tmp_path / "draf.xlsx")
    assert not list(tmp_path.iterdir())
