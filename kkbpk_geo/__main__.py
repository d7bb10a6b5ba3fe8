"""``python -m kkbpk_geo``: the same command where no script is on the path."""

from kkbpk_geo.cli import run

run()
