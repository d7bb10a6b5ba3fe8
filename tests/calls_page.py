"""Write the page of natural calls anew: ``python tests/calls_page.py`` (make calls)."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "calls.md"


def main() -> int:
    """Write docs/calls.md; 1 where a call neither works nor is refused in words."""
    sys.path[:0] = [str(HERE), str(HERE.parent)]
    from calls.pages import all_tables
    from calls.trying import page_of, try_table

    tried = [(table, try_table(table)) for table in all_tables()]
    PAGE.write_text(page_of(tried), encoding="utf-8")
    faults = 0
    for _, outcomes in tried:
        for (words, name), outcome in outcomes.items():
            if outcome.fault:
                faults += 1
                sys.stdout.write(f"{name}, {words}: {outcome.fault[:300]}\n")
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main())
