"""Boundaries of Lampung's size: how long they take to build, to write, to load again.

Why: an office builds them once, on an old laptop, and opens them with every map.

In:     nothing; 2,640 villages are made with a seed: a grid with crooked borders of 20
        points an edge, drawn twice and each time a metre or two apart, as real ones
        are. Or a real clone.
Out:    a table on the screen: seconds, peak memory, bytes, milliseconds a level.
Run:    python benchmarks/borders.py [CLONE [PROVINCE]]
"""

from __future__ import annotations

import json
import math
import random
import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import kkbpk_geo as kg
from kkbpk_geo.regions import children, open_store

ACROSS, DOWN = 55, 48  # 2,640
CELL = 0.035  # degrees: 3.8 km, so that the area is Lampung's
POINTS = 20  # of an edge; four edges are 80, as the median real village has
HEAD = "INSERT INTO wilayah_boundaries(kode,nama,lat,lng,path) VALUES\n"


def edge(
    start: tuple[float, float], end: tuple[float, float]
) -> list[tuple[float, float]]:
    """Draw a crooked line between two corners: the same from both sides."""
    (x1, y1), (x2, y2) = sorted([start, end])
    line = []
    for step in range(POINTS):
        along = step / POINTS
        bend = 0.12 * CELL * math.sin(math.pi * along) * math.sin(9 * along + x1 * 77)
        x, y = x1 + (x2 - x1) * along, y1 + (y2 - y1) * along
        line.append((x + bend * (x1 == x2), y + bend * (y1 == y2)))
    line.append((x2, y2))
    return line if start < end else line[::-1]


def village(column: int, row: int, hand: random.Random) -> list[list[float]]:
    """Return a village's ring as the set writes it, latitude first."""
    west, south = 104.0 + column * CELL, -6.0 + row * CELL
    corners = [(west, south), (west + CELL, south), (west + CELL, south + CELL)]
    corners.append((west, south + CELL))
    ring: list[list[float]] = []
    for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
        for x, y in edge(start, end)[:-1]:
            ring.append([y + hand.gauss(0, 1e-5), x + hand.gauss(0, 1e-5)])
    return [*ring, ring[0]]


def make_clone(folder: Path) -> Path:
    """Write 2,640 villages under Lampung's codes, a file per kabupaten."""
    hand = random.Random(18)
    codes = [unit.code for unit in children("18", "desa")][: ACROSS * DOWN]
    texts: dict[str, list[str]] = {}
    for at, code in enumerate(codes):
        ring = village(at % ACROSS, at // ACROSS, hand)
        line = f"\t('{code}','Desa',0,0,'{json.dumps([ring])}'),\n"
        texts.setdefault(code[:5], []).append(line)
    own = folder / "db" / "kel" / "18"
    own.mkdir(parents=True)
    for district, lines in texts.items():
        path = own / f"wilayah_boundaries_kel_{district}.sql"
        path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return folder


def main() -> None:
    """Print the table."""
    given = sys.argv[1:]
    with tempfile.TemporaryDirectory() as scratch:
        clone = Path(given[0]) if given else make_clone(Path(scratch) / "clone")
        province = given[1] if len(given) > 1 else ""
        rows = timed(clone, province, Path(scratch) / "batas.kgeo")
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        sys.stdout.write(f"{name:<{width}}  {value}\n")


def timed(clone: Path, province: str, path: Path) -> list[tuple[str, str]]:
    """Build, write and load; return what each took."""
    rows: list[tuple[str, str]] = []
    begun = perf_counter()
    built = kg.build_boundaries(clone, province=province)
    rows.append(("build, s", f"{perf_counter() - begun:.1f}"))
    begun = perf_counter()
    kg.pipeline.write_boundaries(built, path)
    rows.append(("write, s", f"{perf_counter() - begun:.1f}"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows.append(("peak, MB", f"{peak:,.0f}"))
    rows.append(("store, kB", f"{path.stat().st_size / 1000:,.0f}"))
    store = open_store(path)
    for level, n in built.levels.items():
        begun = perf_counter()
        store.load(level, within=built.region.code)
        took = 1000 * (perf_counter() - begun)
        rows.append((f"load {level} ({n:,}), ms", f"{took:.1f}"))
    return rows


if __name__ == "__main__":
    main()
