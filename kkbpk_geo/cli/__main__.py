"""``python -m kkbpk_geo.cli``: the same command where no script is on the path."""

from kkbpk_geo.cli import run

run()
