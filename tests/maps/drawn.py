"""What a drawn sheet says, and what a refused one would have said."""

import re

import pytest

from kkbpk_geo.base.errors import MapError


def words_of(figure):
    return [
        text.get_text().replace("\n", " ")
        for axes in figure.axes
        for text in (*axes.texts, axes.title)
        if text.get_text()
    ]


def regions_of(axes, n=3):
    """The patches of the regions; the province's outline lies above them."""
    return [p for p in axes.patches if p.get_zorder() == 3][:n]


def refused(text, **asked):
    return pytest.raises(MapError, match=f"^{re.escape(text)}$", **asked)
