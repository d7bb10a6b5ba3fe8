"""The command line, with something that goes wrong at the n-th touch of a folder.

Run: ``python child.py '{"folder": ..., "number": ..., "signal": ..., "errno": ...,
"told": ..., "touches": ...}' WORDS``. ``number`` 0 breaks nothing; how often the
folder was touched is then written to the file ``touches``.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys

# What makes, fills, renames or removes something; or looks at what is there.
EVENTS = ("open", "os.mkdir", "os.rename", "os.link", "os.remove", "os.listdir")


class Touches:
    """Counts what happens in a folder, and lets one of it go wrong."""

    def __init__(self, plan: dict) -> None:
        self.plan, self.seen = plan, 0

    def __call__(self, event: str, given: tuple) -> None:
        if event not in EVENTS or not isinstance(given[0], str | bytes | os.PathLike):
            return
        path = os.fsdecode(given[0])
        if not os.path.abspath(path).startswith(self.plan["folder"]):
            return
        self.seen += 1
        if self.seen != self.plan["number"]:
            return
        if self.plan.get("signal"):
            os.kill(os.getpid(), self.plan["signal"])
        elif self.plan.get("errno"):
            number = getattr(errno, self.plan["errno"])
            raise OSError(number, os.strerror(number), path)


def main() -> None:
    """Run the command."""
    plan = json.loads(sys.argv[1])
    # Of a job in the background the shell lets Ctrl-C do nothing.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    from kkbpk_geo.cli import run

    touches = Touches(plan)
    sys.addaudithook(touches)
    sys.argv = ["kkbpk-geo", *sys.argv[2:]]
    if plan.get("told"):  # who sends a signal waits for our own code to begin
        os.close(plan["told"])
    try:
        run()
    finally:
        if not plan["number"]:
            with open(plan["touches"], "w") as file:
                file.write(str(touches.seen))


main()
