from __future__ import annotations

import sys

import pytest

from kkbpk_geo.base.errors import MissingExtraError
from kkbpk_geo.base.lazy import require


def test_a_package_that_is_there_is_returned():
    assert require("json", extra="x", purpose="this").loads("1") == 1


def test_an_absent_package_is_advice_with_the_command_that_installs_it():
    with pytest.raises(MissingExtraError) as caught:
        require("kkbpk_absent", extra="analysis", purpose="Moran's I")
    assert str(caught.value) == (
        "Moran's I needs the package 'kkbpk_absent', which is not installed. "
        "Install it with: pip install 'kkbpk-geo[analysis]'"
    )


def test_a_broken_package_shows_its_own_error(tmp_path, monkeypatch):
    (tmp_path / "kkbpk_broken.py").write_text("import kkbpk_its_own_need\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ModuleNotFoundError, match="kkbpk_its_own_need"):
        require("kkbpk_broken", extra="analysis", purpose="this")
    assert "kkbpk_broken" not in sys.modules
