"""The process that reads workbooks, so that the one that asks outlives them.

Why: a reader that runs out of memory ends its process, and one that never ends holds
it; neither may take the work of an office with it.

In:     requests on standard input. Out: replies on standard output, one for each.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from typing import TYPE_CHECKING, BinaryIO

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.io.reading.apart.calling import READY, Reply, Request
from kkbpk_geo.io.reading.workbook import load_workbook

if TYPE_CHECKING:
    from kkbpk_geo.io.reading.grid import Grid


def main() -> None:
    """Serve until nobody asks any more."""
    import python_calamine  # noqa: F401  now, and not within the time of a file

    # What a reader prints must not stand among the replies, nor on a terminal.
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # Who stops the work stops it in the process that asks, which then ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _send(replies, READY)
    requests = sys.stdin.buffer
    while True:
        try:
            request: Request = pickle.load(requests)
        except EOFError:
            return
        _send(replies, _answer(request))


def _send(replies: BinaryIO, what: object) -> None:
    pickle.dump(what, replies, protocol=pickle.HIGHEST_PROTOCOL)
    replies.flush()


def _answer(request: Request) -> Reply:
    _limit(request.memory, request.seconds)
    try:
        grids: list[Grid] = load_workbook(request.name, request.data, request.wanted)
    except IntakeError as err:
        return Reply(refusal=str(err), finding=err.finding)
    except (MemoryError, RecursionError):
        return Reply(stopped=True)
    finally:
        _limit(None, 0)
    return Reply(grids=grids)


def _limit(memory: int | None, seconds: int) -> None:
    """Bound memory and time; None and 0 lift the bounds.

    Windows knows neither: there the process that asks ends this one when time is up.
    """
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = most if memory is None else memory
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
    signal.alarm(seconds)  # for a process whose caller was killed
