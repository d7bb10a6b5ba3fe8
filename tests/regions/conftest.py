"""Layers that several tests of regions begin with."""

import pytest
from making_layers import layer_of


@pytest.fixture(scope="package")
def lampung():
    """Lampung as shipped, with plain columns kode and nama."""
    return layer_of("18")
