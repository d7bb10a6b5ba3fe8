"""Many broken commands: is any file cut, lost, or mixed with others without a word?

Run: ``python tests/breaks_many.py 100 [seed]``. Each command line runs over an older
set of its results, and is killed, interrupted, limited, refused, or runs out of disk at
a random point. Where the system lets a small disk be mounted, disks are really full and
really read-only; elsewhere its answers are played. Printed: the seed, a line by way of
breaking (how many ended all the same, because nothing was left to break; how many were
cut off between two files of a set, which a note beside them says), and what was wrong
(``--one NUMBER ...`` breaks those again).
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
FACTOR = 1_000_000  # numbers of a seed


def tried(numbers: list[int], commands: list[str]) -> list[tuple[int, str, str, str]]:
    """Break a command for each number; return ways, ends, and what was wrong."""
    from breaks.breaking import broken, lot_of, prepare

    found = []
    with tempfile.TemporaryDirectory() as place:
        ready = {}
        for number in numbers:
            one = lot_of(number, commands)
            if one.command not in ready:
                office = Path(place).resolve() / one.command
                office.mkdir()
                ready[one.command] = prepare(one.command, office)
            ended, wrong = broken(one, ready[one.command])
            words = f"{one.command}: {wrong}" if wrong else ""
            found.append((number, one.way, ended, words))
    return found


def main(arguments: list[str]) -> int:
    """Break many commands and print what came of them."""
    sys.path.insert(0, str(HERE))
    from breaks.office import COMMANDS

    commands = sorted(COMMANDS)
    if arguments[:1] == ["--one"]:
        numbers = [int(word) for word in arguments[1:]]
    else:
        count = int(arguments[0]) if arguments else 100
        seed = int(arguments[1]) if len(arguments) > 1 else 1
        numbers = [seed * FACTOR + at for at in range(count)]
    print(f"seed {numbers[0] // FACTOR}; {len(numbers)} breaks")
    done = tried(numbers, commands)
    ways = Counter(way for _, way, _, _ in done)
    ends = Counter((way, ended) for _, way, ended, _ in done)
    for way, count in sorted(ways.items()):
        ended, told = ends[way, "ended"], ends[way, "told"]
        print(f"{way:10} tried {count:4}  ended {ended:4}  told {told:4}")
    wrong = [f"{number} {way} {words}" for number, way, _, words in done if words]
    print(f"wrong: {len(wrong)}")
    for words in wrong:
        print(f"    {words}"[:600])
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
