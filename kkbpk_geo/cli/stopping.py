"""A command that is stopped: by its user, or because nobody reads on.

In:     a command that runs. Out: exit code 130 with a sentence; 0 and silence.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import Any

import typer
from typer.core import TyperGroup

from kkbpk_geo.base.escaping import seen
from kkbpk_geo.io import written_folders

# As shells count it: 128 and the number of the signal.
STOPPED = 130


class Stoppable(TyperGroup):
    """The commands, which end in good order when they are stopped."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 (the library's own types)
        """Run a command; what was being written is as it was before."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            tell_stopped()
            raise typer.Exit(STOPPED) from None
        except OSError as err:
            if err.errno != errno.EPIPE:
                raise
            close_quietly()
            raise typer.Exit(0) from None


def tell_stopped() -> None:
    """Say that a command was stopped, and what that means for the files."""
    done = ", ".join(str(folder) for folder in written_folders())
    if done:
        complain(f"dihentikan; yang baru sudah utuh / stopped; whole and new: {done}")
        return
    complain("dihentikan; berkas lama tetap utuh / stopped; the old files are whole")


def complain(words: str) -> None:
    """Say on standard error what went wrong; a window without a console has none."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"kkbpk-geo: {seen(words)}\n")


def close_quietly() -> None:
    """Let what is still to be printed go nowhere: its reader had enough."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
