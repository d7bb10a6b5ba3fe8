"""Calls that users of pandas, geopandas and folium make, as scripts that must end well.

They lie beside the repository where there are any (``../shared/cases/maps-*``).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOUND = sorted((ROOT.parent / "shared" / "cases").glob("maps-*/case.py"))
pytestmark = pytest.mark.skipif(
    not FOUND, reason="no ../shared/cases beside this checkout"
)
# They start a browser, or skip themselves where there is none.
BROWSER = {"maps-print-narrow"}


def _cases():
    for path in FOUND:
        name = path.parent.name
        marks = [pytest.mark.browser] if name in BROWSER else []
        yield pytest.param(path, id=name, marks=marks)


@pytest.mark.parametrize("case", list(_cases()))
def test_a_call_that_users_make_ends_well(case, tmp_path):
    done = subprocess.run(
        [sys.executable, case],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
