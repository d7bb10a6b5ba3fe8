"""What the documents say of the code is so."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import kkbpk_geo as kg

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PACKAGE = ROOT / "kkbpk_geo"


def said(name):
    return (DOCS / name).read_text(encoding="utf-8")


def test_every_test_that_the_methods_name_exists():
    texts = [p.read_text("utf-8") for p in (ROOT / "tests").rglob("test_*.py")]
    defined = set(re.findall(r"^def (test_\w+)", "\n".join(texts), re.MULTILINE))
    named = set(re.findall(r"`(test_\w+)`", said("methods.md")))
    assert len(named) > 50
    assert named <= defined


def test_the_design_names_every_room_and_no_other():
    rooms_part = said("design.md").partition("## Rooms")[2].partition("## Contracts")[0]
    rows = re.findall(r"^\| `(\w+)` \|", rooms_part, re.MULTILINE)
    lines = (PACKAGE / "FLOORS").read_text(encoding="utf-8").splitlines()
    rooms = [line.split()[1] for line in lines if line and not line.startswith("#")]
    assert set(rows) == set(rooms) - {"__main__"}


@pytest.mark.parametrize("name", ["design.md", "style.md", "methods.md"])
def test_every_file_that_a_document_names_exists(name):
    for path in re.findall(r"`([\w/]+\.(?:py|toml|csv))`", said(name)):
        assert (PACKAGE / path).exists() or (ROOT / path).exists(), path


def test_code_that_cites_the_methods_cites_a_page_that_is_there():
    for path in PACKAGE.rglob("*.py"):
        cited = re.search(r"(?:Method:|see|See) METHODS\b", path.read_text("utf-8"))
        assert not cited, f"{path}: say docs/methods.md"


@pytest.mark.parametrize("readme", ["README.md", "README.id.md"])
def test_the_road_of_own_indicators_is_as_the_readme_says(
    readme, tmp_path, monkeypatch
):
    text = (ROOT / readme).read_text(encoding="utf-8")
    (code,) = [
        b for b in re.findall(r"```python\n(.*?)```", text, re.S) if "own = " in b
    ]
    monkeypatch.chdir(tmp_path)
    lampung = kg.load_boundaries("Lampung")
    own = pd.DataFrame({"KABUPATEN": lampung["name"].tolist()})
    own["Cakupan BKB (%)"], own["Unmet need (%)"] = range(40, 55), range(25, 10, -1)
    own.to_csv("indikator.csv", index=False)
    spots = lampung.representative_point()
    places = {
        "NAMA FASKES": "Melati",
        "JENIS": "PKM",
        "LINTANG": spots.y,
        "BUJUR": spots.x,
    }
    pd.DataFrame(places).to_csv("faskes.csv", index=False)
    exec(code, {"kg": kg, "boundaries": lampung})
    for name in ("peta-sendiri.html", "cetak.pdf", "kelompok.html"):
        assert (tmp_path / name).stat().st_size > 10_000
