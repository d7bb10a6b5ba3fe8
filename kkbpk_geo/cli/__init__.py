"""Floor 11: the command ``kkbpk-geo``: parses, calls, prints; computes nothing.

In: words on a command line. Out: files, lines for people, and an exit code: 0 done,
1 done but the tables have faults of severity *error*, 2 could not be done, 130 stopped
by its user.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

# Objects more than last time, after which cycles are looked for: a plan of 20,000 lines
# is millions of small ones that all live, and a command has ended soon anyway.
_MANY = 200_000


def run() -> None:
    """Run the command; the console script ``kkbpk-geo`` calls this."""
    from kkbpk_geo.base.errors import KkbpkGeoError
    from kkbpk_geo.cli.stopping import STOPPED, complain, tell_stopped

    gc.set_threshold(_MANY)
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may not know every letter; better a ? than a traceback.
        # A window without a console has none, and a closed one takes nothing.
        if hasattr(stream, "reconfigure"):
            with suppress(ValueError):
                stream.reconfigure(errors="replace")
    try:
        # Inside, for what goes wrong while it loads is told like any other fault.
        from kkbpk_geo.cli.commands import app

        app(prog_name="kkbpk-geo")
    except KkbpkGeoError as err:
        complain(str(err))
        raise SystemExit(2) from None
    except KeyboardInterrupt:  # before a command began
        tell_stopped()
        raise SystemExit(STOPPED) from None
    except OSError as err:  # a file or folder that the system does not give
        complain(_refused(err))
        raise SystemExit(2) from None
    except Exception as err:
        # A fault of ours: a user gets a sentence, who looks for it the traceback.
        if os.environ.get("KKBPK_DEBUG"):
            raise
        said = f"{type(err).__name__}: {err}"
        complain(
            f"this should not have happened ({said}). Please report it with "
            "the command; KKBPK_DEBUG=1 shows where it happened."
        )
        raise SystemExit(2) from None


def _refused(err: OSError) -> str:
    """Say which file or folder the system refused, and why."""
    where = f"{err.filename}: " if err.filename else ""
    return (
        f"{where}tidak dapat dibaca atau ditulis / cannot be read or written "
        f"({err.strerror or err}). Periksa nama, hak akses, dan ruang disk / check "
        "name, rights and space."
    )
