"""Side by side: the naive way against ours, whole processes in turn.

Why: "fast" means nothing without the other way on the same machine and the same input.
Seconds do not travel between machines; ratios do.

In:     nothing; the input is made with a seed.
Out:    a Markdown table on the screen and in benchmarks/out/results.md. Exit 1 if the
        two ways disagree on a number, never because a machine is slow.
Run:    python benchmarks/run.py [--quick] [--rounds N]
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import statistics
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from benchmarks.make_input import write_input  # noqa: E402

OUT = HERE / "out"
BOUNDARIES = ROOT / "boundaries" / "lampung_kabkota.geojson"
SAME = {  # our indicator -> the naive way's column
    "target_per_group:bkb": "BKB: sasaran per kelompok",
    "reporting_rate:bkl": "BKL: lapor (%)",
    "attendance:bkb": "BKB: hadir (%)",
    "contraceptive_use": "PA/PUS (%)",
    "unmet_need": "Unmet need (%)",
    "facilities_per_10k_couples": "Faskes per 10.000 PUS",
    "stunting_risk": "Risiko stunting (%)",
}


def measure(*arguments):
    """Run Python in a process of its own; give seconds and peak memory in MiB."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "MPLBACKEND": "Agg"}
    sink = os.open(os.devnull, os.O_WRONLY)
    began = time.perf_counter()
    child = os.posix_spawn(
        sys.executable,
        [sys.executable, *map(str, arguments)],
        environment,
        file_actions=[(os.POSIX_SPAWN_DUP2, sink, 1)],
    )
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - began
    os.close(sink)
    if status:
        sys.exit(f"failed: python {' '.join(map(str, arguments))}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return seconds, usage.ru_maxrss / unit


def in_turn(commands, rounds):
    """One warm run each, then ``rounds`` in turn; median seconds, largest memory."""
    for arguments in commands.values():
        measure(*arguments)
    seen = {name: [] for name in commands}
    for _ in range(rounds):
        for name, arguments in commands.items():
            seen[name].append(measure(*arguments))
    return {
        name: (statistics.median(s for s, _ in runs), max(m for _, m in runs))
        for name, runs in seen.items()
    }


def outside_requests(page):
    """Count the addresses that a browser would fetch from elsewhere."""
    pattern = r"""<(?:script|link|img)\b[^>]*\b(?:src|href)=["']?(?:https?:)?//"""
    return len(re.findall(pattern, page.read_text(encoding="utf-8")))


def differences():
    """Numbers on which the two ways disagree."""
    with (OUT / "naive" / "indikator.csv").open(encoding="utf-8") as file:
        naive = {row["region_code"]: row for row in csv.DictReader(file)}
    with (OUT / "ours" / "indikator.csv").open(encoding="utf-8-sig") as file:
        table = csv.DictReader(file, delimiter=";")
        ours = [row for row in table if row["indicator"] in SAME]
    compared, wrong = 0, []
    for row in ours:
        if row["region_code"] not in naive:
            continue  # the province, which the naive way does not have
        compared += 1
        theirs = float(naive[row["region_code"]][SAME[row["indicator"]]])
        value = row["value"].replace(",", ".")  # written with six digits
        if not value or abs(float(value) - theirs) > 1e-5 * abs(theirs):
            wrong.append((row["region_code"], row["indicator"], row["value"], theirs))
    if compared != 15 * len(SAME):
        wrong.append(("compared", compared, "expected", 15 * len(SAME)))
    return wrong


def whole_run(rounds):
    book = write_input(OUT)
    times = in_turn(
        {
            "naive": (HERE / "naive_way.py", BOUNDARIES, book, OUT / "naive"),
            "ours": (HERE / "our_way.py", book, OUT / "ours"),
        },
        rounds,
    )
    pages = {
        "naive": OUT / "naive" / "peta.html",
        "ours": OUT / "ours" / "peta-kerja.html",
    }
    size = {name: page.stat().st_size / 1e6 for name, page in pages.items()}
    outside = {name: outside_requests(page) for name, page in pages.items()}
    (naive_s, naive_m), (ours_s, ours_m) = times["naive"], times["ours"]
    return [
        ("seconds, whole process", naive_s, ours_s, "≤ 1/4"),
        ("peak memory, MiB", naive_m, ours_m, ""),
        ("HTML, MB", size["naive"], size["ours"], "≤ 1/15"),
        ("files fetched from outside", outside["naive"], outside["ours"], "0"),
    ]


def start_up(rounds):
    times = in_turn(
        {
            "bare": ("-c", "pass"),
            "package": ("-c", "import kkbpk_geo"),
            "geopandas": ("-c", "import geopandas"),
            "help": ("-c", "from kkbpk_geo.cli import run; run()", "--help"),
        },
        rounds,
    )
    seconds = {name: s for name, (s, _) in times.items()}
    return [
        ("import kkbpk_geo, against a bare interpreter",
         seconds["bare"], seconds["package"], "≤ 2×"),
        ("kkbpk-geo --help, against import geopandas",
         seconds["geopandas"], seconds["help"], "< 1×"),
    ]  # fmt: skip


def reading(rounds):
    folder = OUT / "reading"
    folder.mkdir(parents=True, exist_ok=True)
    script = HERE / "reading.py"
    measure(script, "make", folder)
    ways = {way: (script, way, folder) for way in ("pandas", "ours", "parts", "many")}
    seconds = {name: s for name, (s, _) in in_turn(ways, rounds).items()}
    return [
        ("reading 82,181 rows of villages with every check, against pandas alone",
         seconds["pandas"], seconds["ours"], ""),
        ("180 files as one table, against each of them alone",
         seconds["parts"], seconds["many"], "≤ 1.5×"),
    ]  # fmt: skip


def as_markdown(rows):
    lines = [
        "| what | the other way | ours | ours / other | aim |",
        "|---|---:|---:|---:|---|",
    ]
    for what, other, ours, aim in rows:
        ratio = f"{ours / other:.3f}" if other else "–"
        lines.append(f"| {what} | {other:.3f} | {ours:.3f} | {ratio} | {aim} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one round of each")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    rounds = 1 if options.quick else options.rounds
    rows = [
        *whole_run(rounds),
        *reading(rounds),
        *start_up(3 if options.quick else 9),
    ]
    table = as_markdown(rows)
    print("3,000 groups, 800 facilities, 12 indicators, 15 districts\n")
    print(table)
    (OUT / "results.md").write_text(table, encoding="utf-8")
    if wrong := differences():
        sys.exit(f"the two ways disagree: {wrong[:5]} ({len(wrong)} in all)")


if __name__ == "__main__":
    main()
