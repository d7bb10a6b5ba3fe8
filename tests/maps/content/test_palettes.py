"""Names are read on every fill of every map: contrast by WCAG 2.2, at least 4.5 : 1."""

from itertools import product

import pytest

from kkbpk_geo.maps.content.bivariate import COLOURS
from kkbpk_geo.maps.content.classes import MOST
from kkbpk_geo.maps.content.palettes import (
    DARKEST,
    INK,
    KINDS,
    LIGHT,
    MOST_KINDS,
    OWN_KINDS,
    READABLE,
    colours_for,
    contrast,
    diverging,
    ink_on,
    kinds_for,
    parted,
)

DIRECTIONS = ("better", "worse", "context")


def fills():
    """Every colour that a class or a kind of any map can have, with its palette."""
    for direction, k in product(DIRECTIONS, range(1, MOST + 1)):
        yield f"{k} classes, {direction}", colours_for(k, direction)
    for direction, k in product(DIRECTIONS, (3, 5)):
        yield f"change in {k}, {direction}", diverging(k, direction)
    for direction, below, above in product(DIRECTIONS, range(3), range(3)):
        yield f"{below} + {above}, {direction}", parted(below, above, direction)
    for direction, k in product(DIRECTIONS, range(1, MOST_KINDS + 1)):
        yield f"{k} kinds, {direction}", kinds_for(k, direction)
    yield "kinds", KINDS
    yield "own results", tuple(OWN_KINDS.values())
    for level, row in enumerate(COLOURS):
        yield f"two indicators, row {level}", row


def test_contrast_is_that_of_wcag():
    # Values that the WCAG and its calculators give for these pairs.
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == 1
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


@pytest.mark.parametrize(("palette", "colours"), list(fills()))
def test_a_name_is_read_on_every_class_of_every_palette(palette, colours):
    for colour in colours:
        ink = ink_on(colour)
        assert contrast(ink, colour) >= 4.5, (palette, colour, ink)


def test_the_inks_are_read_on_any_grey_at_all():
    for level in range(256):
        grey = f"#{level:02x}{level:02x}{level:02x}"
        assert contrast(ink_on(grey), grey) >= READABLE == 4.5


def test_letters_are_white_on_dark_fills_dark_on_light_and_black_on_the_middle():
    dark, light, middle = "#75220f", "#fff0c9", "#4088c6"
    assert [ink_on(fill) for fill in (dark, light, middle)] == [LIGHT, INK, DARKEST]
    assert max(contrast(LIGHT, middle), contrast(INK, middle)) < 4.5
