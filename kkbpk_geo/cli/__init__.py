"""Floor 11: the command ``kkbpk-geo``: parses, calls, prints; computes nothing.

In: words on a command line. Out: files, lines for people, and an exit code: 0 done,
1 done but the tables have faults of severity *error*, 2 could not be done.
"""

from __future__ import annotations

import os
import sys


def run() -> None:
    """Run the command; the console script ``kkbpk-geo`` calls this."""
    from kkbpk_geo.base.errors import KkbpkGeoError

    for stream in (sys.stdout, sys.stderr):
        # A Windows console may not know every letter; better a ? than a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        # Inside, for what goes wrong while it loads is told like any other fault.
        from kkbpk_geo.cli.commands import app

        app(prog_name="kkbpk-geo")
    except KkbpkGeoError as err:
        sys.stderr.write(f"kkbpk-geo: {err}\n")
        raise SystemExit(2) from None
    except KeyboardInterrupt:
        sys.stderr.write("kkbpk-geo: dihentikan / stopped\n")
        raise SystemExit(2) from None
    except BrokenPipeError:  # the reader of a pipe had enough
        raise SystemExit(0) from None
    except Exception as err:
        # A fault of ours: a user gets a sentence, who looks for it the traceback.
        if os.environ.get("KKBPK_DEBUG"):
            raise
        said = f"{type(err).__name__}: {err}"
        sys.stderr.write(
            f"kkbpk-geo: this should not have happened ({said}). Please report it with "
            "the command; KKBPK_DEBUG=1 shows where it happened.\n"
        )
        raise SystemExit(2) from None
