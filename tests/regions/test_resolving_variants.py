"""The 61 spellings of Lampung's districts that are met or likely: each is decided."""

from __future__ import annotations

import csv

import pytest

from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions.resolving import resolve_regions

REFUSED = {
    "Tanjungkarang": "region_alias_part",
    "Krui": "region_alias_capital",
    "Psw": "region_alias_one_letter_apart",
    "Prsw": "region_alias_one_letter_apart",
    "TBB": "region_alias_one_letter_apart",
}


@pytest.fixture(scope="module")
def variants(shared_domain):
    path = shared_domain / "lampung_name_variants.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@pytest.mark.real
@pytest.mark.parametrize("province", ["Lampung", None])
def test_every_variant_resolves_or_is_refused_on_purpose(variants, province):
    assert len(variants) == 61
    found = resolve_regions([row["variant"] for row in variants], province=province)
    for row, answer in zip(variants, found.itertuples(index=False), strict=True):
        if reason := REFUSED.get(row["variant"]):
            assert (answer.region_code, answer.reason) == (None, reason)
            shown = [text.split()[0] for text in answer.suggestions]
            assert row["kode_kemendagri"] in shown
            assert label(reason, "id")
        else:
            assert answer.region_code == row["kode_kemendagri"], row


@pytest.mark.real
def test_every_district_of_the_real_exports_resolves(shared_data):
    for path in sorted((shared_data / "siga_sulbar").glob("*.csv")):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        rows = csv.DictReader(lines, delimiter=";" if ";" in lines[0] else ",")
        values = [
            cell for row in rows for key, cell in row.items() if key == "KABUPATEN"
        ]
        found = resolve_regions(values, province="Sulawesi Barat")
        assert (found["status"] == "ok").all(), path.name
        assert found["region_code"].nunique() == 6, path.name
