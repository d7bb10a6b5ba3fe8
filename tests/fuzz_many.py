"""Many damaged files: how many are read, refused in words, or a fault of ours.

Run: ``python tests/fuzz_many.py 2000 [seed]``. Files are read in child processes under
a limit of memory and of time, so that one that takes the process down is counted, not
suffered. Printed: the seed, a line by form of file, and the first faults, each with the
number that makes it again (``python tests/fuzz_many.py --one NUMBER FILE`` writes it).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
SHOWN = 10  # faults in words; more of a kind say nothing new
BATCH = 40  # files of one child; starting one costs a second
SECONDS = 60  # for a file, on a busy machine; none takes longer than two
MEMORY = 3 << 30


def mutant(number: int) -> tuple[str, bytes]:
    """Return the name and the bytes of a damaged file; the same for a number."""
    from fuzz.corpus import files
    from fuzz.mutate import mutate

    lot = Random(number)
    corpus = files()
    name = lot.choice(sorted(corpus))
    return name, mutate(corpus[name], lot)


def child(first: int, last: int) -> None:
    """Judge some mutants, a line of JSON each, written before and after."""
    import resource

    from fuzz.verdict import judge

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, last):
            name, data = mutant(number)
            print(json.dumps([number, name, "begun", ""]), flush=True)
            path = Path(folder) / name
            path.write_bytes(data)
            verdict = judge(path)
            what = "read" if verdict.read else "refused"
            print(json.dumps([number, name, what, verdict.fault]), flush=True)


def judged(first: int, last: int) -> list[tuple[int, str, str, str]]:
    """Judge mutants in children; one that dies is a fault of the file it was at."""
    found: list[tuple[int, str, str, str]] = []
    while first < last:
        command = [sys.executable, __file__, "--child", str(first), str(last)]
        ended = "stopped after too long"
        try:
            run = subprocess.run(
                command, capture_output=True, text=True, check=False,
                timeout=SECONDS * (last - first),
            )  # fmt: skip
            printed = run.stdout
            ended = f"the process ended with {run.returncode}: {run.stderr[-200:]}"
        except subprocess.TimeoutExpired as error:
            printed = (error.stdout or b"").decode()
        lines = [json.loads(line) for line in printed.splitlines()]
        done = [tuple(line) for line in lines if line[2] != "begun"]
        found += done
        first += len(done)
        if first < last:
            name = lines[-1][1] if lines else "?"
            found.append((first, name, "refused", ended))
            first += 1
    return found


def main(arguments: list[str]) -> int:
    """Judge many mutants and print what came of them."""
    sys.path.insert(0, str(HERE))
    if arguments[:1] == ["--child"]:
        child(int(arguments[1]), int(arguments[2]))
        return 0
    if arguments[:1] == ["--one"]:
        Path(arguments[2]).write_bytes(mutant(int(arguments[1]))[1])
        return 0
    count = int(arguments[0]) if arguments else 2000
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    start = seed * 1_000_000
    print(f"seed {seed}; {count} files")
    tried, read, faults = Counter[str](), Counter[str](), []
    for first in range(start, start + count, BATCH):
        for number, name, what, fault in judged(
            first, min(first + BATCH, start + count)
        ):
            form = name.rpartition(".")[2]
            tried[form] += 1
            read[form] += what == "read"
            if fault:
                faults.append(f"{number} {name}: {fault}")
    for form in sorted(tried):
        print(f"{form:5} tried {tried[form]:5}  read {read[form]:5}")
    print(f"faults of ours: {len(faults)}")
    for sentence in faults[:SHOWN]:
        print(f"    {sentence}"[:400])
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
