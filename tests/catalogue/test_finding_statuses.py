"""A finding may say what becomes of the figures that it is about."""

import dataclasses

import pytest

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.catalogue import findings
from kkbpk_geo.catalogue.findings import finding_kinds


def test_a_status_that_does_not_exist_is_refused_by_name():
    known = finding_kinds()["region_unknown"]
    with pytest.raises(CatalogueError, match=r"\[region_unknown\].*'lost'.*missing"):
        findings._check(dataclasses.replace(known, status="lost"))
