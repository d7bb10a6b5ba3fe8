"""What a national run takes: processor seconds, memory, bytes of its page.

Why: a central office sends 82,240 villages in one file, or nine reports of each of 38
provinces; a run should take about 15 seconds and less than 1 GB.

In:     nothing; the tables are made up (make_nation.py).
Out:    a Markdown table. Processor seconds, for a machine may have other things to do.
Run:    python benchmarks/nation.py [FOLDER]
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.make_nation import write_nation  # noqa: E402

WAYS = {  # what -> tables, level
    "38 provinces in one table": ("provinsi.csv", "provinsi"),
    "a file of each province": ("satu", "kabkota"),
    "82,240 villages in one file": ("desa.csv", "kabkota"),
    "38 x 9 reports": ("siga/*", "kabkota"),
}


def take(folder, tables, level):
    """Draw one map in a process of its own: seconds, MiB, bytes."""
    page = folder / "peta.html"
    page.unlink(missing_ok=True)  # that of the run before would pass for its own
    given = sorted(map(str, folder.glob(tables)))
    command = [
        sys.executable, "-m", "kkbpk_geo", "map", *given, "--year", "2025",
        "--province", "Indonesia", "--level", level, "-o", str(page),
    ]  # fmt: skip
    sink = os.open(os.devnull, os.O_WRONLY)
    child = os.posix_spawn(
        sys.executable,
        command,
        {**os.environ, "PYTHONPATH": str(ROOT)},
        file_actions=[
            (os.POSIX_SPAWN_DUP2, sink, 1), (os.POSIX_SPAWN_DUP2, sink, 2),
        ],
    )  # fmt: skip
    _, _, usage = os.wait4(child, 0)
    os.close(sink)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    seconds = usage.ru_utime + usage.ru_stime
    return seconds, usage.ru_maxrss / unit, page.stat().st_size


def main():
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder))


def measure(folder):
    write_nation(folder)
    print("| tables | processor seconds | MiB | page, kB |\n|---|--:|--:|--:|")
    for what, (tables, level) in WAYS.items():
        seconds, memory, size = take(folder, tables, level)
        print(f"| {what} | {seconds:.1f} | {memory:.0f} | {size / 1000:.0f} |")


if __name__ == "__main__":
    main()
