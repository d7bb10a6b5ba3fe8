"""Many disguised tables: how many are shown as they are, told, or false.

Run: ``python tests/disguise_many.py 10000 [seed] [kind ...]``; a table by kind is
printed, and the first false figures of each. The exit code is 1 where any is false.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

HERE = Path(__file__).parent
SHOWN = 3  # false figures of one kind; more say nothing new


def try_kind(kind: str, count: int, number: int, folder: Path) -> tuple[list[str], int]:
    """Try one kind of disguise.

    Returns
    -------
    A sentence for each table that is shown falsely; how many are shown whole.
    """
    from disguises.kinds import KINDS
    from disguises.tables import tables
    from disguises.verdict import judge

    false: list[str] = []
    whole = [0]

    @seed(number)
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def one(data: st.DataObject) -> None:
        sent = KINDS[kind](data.draw, data.draw(tables()))
        verdict = judge(sent, folder)
        whole[0] += verdict.whole
        if verdict.false:
            false.append(f"{sent.note}: {verdict.false[0]}")

    one()
    return false, whole[0]


def main(arguments: list[str]) -> int:
    """Try all kinds, or those named, and print what came of it."""
    sys.path.insert(0, str(HERE))
    from disguises.kinds import KINDS

    count = int(arguments[0]) if arguments else 10_000
    number = int(arguments[1]) if len(arguments) > 1 else 1
    kinds = arguments[2:] or list(KINDS)
    each = max(1, count // len(kinds))
    print(f"seed {number}; {each} tables of each kind")
    false = Counter[str]()
    for kind in kinds:
        with tempfile.TemporaryDirectory() as folder:
            found, whole = try_kind(kind, each, number, Path(folder))
        false[kind] = len(found)
        line = f"{kind:12} tried {each:6}  shown whole {whole:6}  false {len(found):6}"
        print(line, flush=True)
        for sentence in found[:SHOWN]:
            print(f"    {sentence}"[:300], flush=True)
    return int(any(false.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
