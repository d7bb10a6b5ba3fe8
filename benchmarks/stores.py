"""Outlines in a store beside the same outlines as other files keep them.

Why: "small" and "quick" mean nothing without the other way. A store keeps a border
once, and every level of it; the others keep each level whole.

In:     a store (``--store``), or one that is made here with a seed: ``--side`` squared
        villages with wiggly borders, in kecamatan and kabupaten of a province.
Out:    a Markdown table on the screen and in benchmarks/out/stores.md: bytes on disk,
        and milliseconds of processor until a GeoDataFrame is there, the best of some
        rounds, imports apart. Ratios travel between machines, milliseconds do not.
        Exit 1 if an outline that is read is not the one that was written.
Run:    python benchmarks/stores.py [--store batas.kgeo] [--quick]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

OUT = HERE / "out"
SIDE, QUICK_SIDE = 51, 12  # 2,601 villages: about as many as Lampung has
ROUNDS, QUICK_ROUNDS = 9, 2
POINTS = 32  # vertices of a border between two villages: as in Lampung at 50 m
SEED = 20261129
OTHERS = {"GeoParquet": ".parquet", "GeoPackage": ".gpkg"}


def made(side):
    """Villages on a grid whose borders wander; every border is shared exactly."""
    import geopandas as gpd
    import numpy as np
    import shapely

    random = np.random.default_rng(SEED)
    across = side * POINTS + 1
    # One wandering line per row and column of borders; steps stay below the next line.
    wander = random.integers(-3, 4, (2, side + 1, across)) * 2
    wander[:, :, ::POINTS] = 0

    def line(which, number, begin):
        """Return the border from one crossing to the next, in steps of the grid."""
        along = np.arange(begin * POINTS, (begin + 1) * POINTS + 1)
        beside = number * POINTS * 20 + wander[which, number, along]
        pair = (along * 20, beside) if which == 0 else (beside, along * 20)
        return np.stack(pair, axis=1)

    units = {}
    for i in range(side):
        for j in range(side):
            ring = [
                line(0, j, i),
                line(1, i + 1, j)[1:],
                line(0, j + 1, i)[::-1][1:],
                line(1, i, j)[::-1][1:],
            ]
            xy = np.concatenate(ring) / 20_000 + (103, -6)
            xy = np.rint(xy * 20_000) / 20_000
            district, sub = 1 + i // 4, 1 + j // 4
            number = 2001 + (i % 4) * 4 + j % 4
            units[f"18.{district:02}.{sub:02}.{number}"] = shapely.Polygon(xy)
    return gpd.GeoSeries(units, crs="EPSG:4326")


def best(read, rounds):
    """Return milliseconds of processor of the quickest round, and what was read."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        found = read()
        taken.append((time.process_time() - began) * 1000)
    return min(taken), found


def rows(path, folder, rounds):
    """Yield a line per level of the store, and a line for the whole of each kind."""
    import geopandas as gpd
    import shapely

    from kkbpk_geo.regions import open_store

    store = open_store(path)
    sizes = dict.fromkeys(OTHERS, 0)
    for level in store.levels():
        own, frame = best(lambda: open_store(path).load(level), rounds)  # noqa: B023
        cells = [f"{level}, {len(frame):,}", f"{own:.1f}"]
        for kind, suffix in OTHERS.items():
            file = folder / f"{level}{suffix}"
            plain = frame.reset_index()
            if suffix == ".parquet":
                plain.to_parquet(file, compression="zstd")
                taken, back = best(lambda: gpd.read_parquet(file), rounds)  # noqa: B023
            else:
                plain.to_file(file)
                taken, back = best(lambda: gpd.read_file(file), rounds)  # noqa: B023
            same = shapely.equals(list(back.geometry), list(frame.geometry)).all()
            if not same:
                sys.exit(f"{kind}, {level}: not the outlines that were written")
            sizes[kind] += file.stat().st_size
            cells += [f"{taken:.1f}", f"{own / taken:.2f}"]
        yield cells
    own = path.stat().st_size
    cells = ["all levels, MB", f"{own / 1e6:.2f}"]
    for size in sizes.values():
        cells += [f"{size / 1e6:.2f}", f"{own / size:.2f}"]
    yield cells


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--store", type=Path)
    parser.add_argument("--side", type=int, default=SIDE)
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    rounds = QUICK_ROUNDS if asked.quick else ROUNDS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = asked.store
        if path is None:
            from kkbpk_geo.regions import write_store

            path = folder / "made.kgeo"
            units = made(QUICK_SIDE if asked.quick else asked.side)
            write_store(path, units, names={}, provenance={"source": "made"})
        head = ["level, regions", "store, ms"]
        for kind in OTHERS:
            head += [f"{kind}, ms", "ratio"]
        lines = [
            head,
            ["---"] + ["---:"] * (len(head) - 1),
            *rows(path, folder, rounds),
        ]
    text = "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
    print(text)
    OUT.mkdir(exist_ok=True)
    (OUT / "stores.md").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
