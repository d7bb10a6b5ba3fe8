"""How time and memory grow: sizes that double, each in a process of its own.

Why: what takes a second with a hundred lines may take hours with twenty thousand. Where
a size is doubled, time doubles as well, or the picture shows it.

In:     nothing; plans and lists are made with a seed.
Out:    benchmarks/out/growth_tables.png and .md: processor seconds and peak memory of
        ``plan align``, ``plan resolve`` and ``check``, and how much each doubling adds.
        Never an exit code: how fast a machine is proves nothing.
        With --against: of the commands about plans only, as a ratio to another tree.
Run:    python benchmarks/growth_tables.py [--quick] [--against FOLDER [--rounds N]]
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from benchmarks.make_plans import write_plans  # noqa: E402
from kkbpk_geo.regions import children, regions_of  # noqa: E402

OUT = HERE / "out" / "growth_tables"
LINES, QUICK_LINES = (1250, 2500, 5000, 10_000, 20_000), (125, 250)
ROWS, QUICK_ROWS = (62_500, 125_000, 250_000, 500_000, 1_000_000), (2500, 5000)
KINDS = ("BKB", "BKR", "BKL", "UPPKA", "PIK-R")
HEADINGS = (
    "ID KELOMPOK;NAMA KELOMPOK;JENIS KELOMPOK;KABUPATEN;KECAMATAN;DESA;JUMLAH ANGGOTA;"
    "HADIR PERTEMUAN;LAPOR"
)


def measure(arguments, root=ROOT):
    """Run the program in a folder; give processor seconds and peak memory in MiB."""
    environment = {**os.environ, "PYTHONPATH": str(root), "MPLBACKEND": "Agg"}
    environment["PYTHONSAFEPATH"] = "1"  # else the folder we stand in comes first
    command = [sys.executable, "-m", "kkbpk_geo", *map(str, arguments)]
    sink = os.open(os.devnull, os.O_WRONLY)
    quiet = [(os.POSIX_SPAWN_DUP2, sink, 1), (os.POSIX_SPAWN_DUP2, sink, 2)]
    child = os.posix_spawn(sys.executable, command, environment, file_actions=quiet)
    _, status, usage = os.wait4(child, 0)
    os.close(sink)
    if os.waitstatus_to_exitcode(status) not in (0, 1):  # 1: there are findings
        sys.exit(f"failed: {' '.join(command)}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit


def villages():
    """Yield every village of the province: its district, its kecamatan, its name."""
    for district in regions_of("kabkota", "18"):
        for above in children(district.code, "kecamatan"):
            for village in children(above.code, "desa"):
                yield district.name, above.name, village.name


def write_groups(path, rows, seed=18):
    """Write a list of groups."""
    rng = random.Random(seed)
    every = list(villages())
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADINGS + "\n")
        for number in range(rows):
            district, kecamatan, village = rng.choice(every)
            members = rng.randint(5, 59)
            row = [
                f"K{number:07d}", f"Kelompok Contoh {number}", rng.choice(KINDS),
                district, kecamatan, village, members, rng.randint(1, members),
                rng.choice(("Ya", "Tidak")),
            ]  # fmt: skip
            file.write(";".join(map(str, row)) + "\n")
    return path


def grow_plans(sizes):
    """Measure the comparison of three plans, and the merge after the meeting."""
    aligned, resolved = [], []
    for size in sizes:
        commands = plan_commands(write_plans(OUT / f"plans-{size}", lines=size))
        aligned.append(measure(commands["plan align"]))
        resolved.append(measure(commands["plan resolve"]))
    return aligned, resolved


def plan_commands(folder):
    """Give the two commands about the plans in a folder; the second needs the first."""
    plans = [
        "--plan-base", folder / "base.csv", "--plan-province", folder / "province.csv",
        "--plan-districts", folder / "districts.csv", "--force",
    ]  # fmt: skip
    pack = folder / "rapat"
    book = ["--decisions", pack / "rapat-rencana.xlsx", "-o", folder / "hasil"]
    accept = ["--accept", "changed_province", "--accept", "changed_district"]
    return {
        "plan align": ["plan", "align", *plans, "-o", pack],
        "plan resolve": ["plan", "resolve", *plans, *book, *accept],
    }


def against(other, lines, rounds):
    """Hold this tree against another one, in turn; give the best ratio of each command.

    In turn, because a machine that others use is slow for both; the best, because
    nothing makes a program faster than it is.
    """
    commands = plan_commands(write_plans(OUT / f"plans-{lines}", lines=lines))
    told = [f"| {lines:,} lines a side | there, s | here, s | ratio |"]
    told.append("|---|---:|---:|---:|")
    for name, command in commands.items():
        pairs = [
            (measure(command, other)[0], measure(command)[0]) for _ in range(rounds)
        ]
        there, here = (min(times) for times in zip(*pairs, strict=True))
        told.append(f"| {name} | {there:.1f} | {here:.1f} | {here / there:.2f} |")
    return "\n".join(told) + "\n"


def grow_lists(sizes):
    """Measure the reading of a list of groups."""
    found = []
    for size in sizes:
        path = write_groups(OUT / f"groups-{size}.csv", size)
        found.append(measure(["check", path]))
        path.unlink()
    return found


def as_markdown(name, sizes, runs):
    """Write a table; the ratio is to the size before it, 2 where growth is linear."""
    lines = [f"| {name} | processor s | ratio | MiB |", "|---:|---:|---:|---:|"]
    before = None
    for size, (seconds, memory) in zip(sizes, runs, strict=True):
        ratio = f"{seconds / before:.2f}" if before else "–"
        lines.append(f"| {size:,} | {seconds:.1f} | {ratio} | {memory:.0f} |")
        before = seconds
    return "\n".join(lines) + "\n"


def draw(path, results):
    """Draw time and memory over size, both in doublings; dashed: exactly linear."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 4), dpi=120, layout="tight")
    axes = figure.subplots(1, 2)
    for name, (sizes, runs) in results.items():
        for panel, values in zip(axes, zip(*runs, strict=True), strict=True):
            (own,) = panel.plot(sizes, values, marker="o", label=name)
            linear = [values[-1] * size / sizes[-1] for size in sizes]
            panel.plot(
                sizes, linear, linestyle="--", linewidth=0.8, color=own.get_color()
            )
    for panel, title in zip(
        axes, ("processor seconds", "peak memory, MiB"), strict=True
    ):
        panel.set_xscale("log", base=2)
        panel.set_yscale("log", base=2)
        panel.set_xlabel("lines a side, or rows")
        panel.set_title(title)
        panel.legend()
    figure.savefig(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="two small sizes")
    parser.add_argument("--against", type=Path, help="another tree, to be held against")
    parser.add_argument("--rounds", type=int, default=2, help="with --against")
    options = parser.parse_args()
    quick = options.quick
    OUT.mkdir(parents=True, exist_ok=True)
    if options.against:
        size = (QUICK_LINES if quick else LINES)[-1]
        told = against(options.against.resolve(), size, options.rounds)
        print(told)
        (OUT.parent / "plans_against.md").write_text(told, encoding="utf-8")
        return
    lines, rows = (QUICK_LINES, QUICK_ROWS) if quick else (LINES, ROWS)
    aligned, resolved = grow_plans(lines)
    results = {
        "plan align": (lines, aligned),
        "plan resolve": (lines, resolved),
        "check, list of groups": (rows, grow_lists(rows)),
    }
    told = "\n".join(as_markdown(name, *each) for name, each in results.items())
    print(told)
    (OUT.parent / "growth_tables.md").write_text(told, encoding="utf-8")
    draw(OUT.parent / "growth_tables.png", results)


if __name__ == "__main__":
    main()
