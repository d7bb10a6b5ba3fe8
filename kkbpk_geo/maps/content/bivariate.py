"""Two indicators on one map: three classes each, nine colours, and words for them.

Why: "high need, low service" is one question and deserves one map. The page and the
print read this description, so that a district has the same colour in both.

In:     two layers of a described map. Out: :class:`Bivariate`.
Rules:  each indicator is cut at its terciles, over all periods together. A level is
        how much a class needs attention: 2 is the low third where higher is better,
        the high third otherwise. So the dark corner is where both need attention.
Method: Trumbo (1981), Am. Stat. 35:220, doi:10.1080/00031305.1981.10479360. Own
        colours, from ochre and blue (the pair that colour-blind readers keep), mixed
        in OKLab; all nine differ in lightness, so a grey print can be read too.
"""

from __future__ import annotations

from dataclasses import dataclass

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.maps.content.classes import Classes, classify
from kkbpk_geo.maps.content.layers import Layer, pooled
from kkbpk_geo.maps.content.palettes import ramp
from kkbpk_geo.maps.content.tables import OK

Cell = tuple[int, int]  # level of the first indicator, level of the second

LEVELS = 3
# In the order of their urgency: both, either, none.
CORNERS: tuple[Cell, ...] = ((2, 2), (2, 0), (0, 2), (0, 0))
# Ochre and blue: the pair that readers who see no red or no green keep apart.
_NEITHER, _FIRST, _SECOND, _BOTH = "#f3f1ea", "#e3a02f", "#4088c6", "#2b1d49"
_WORDS = ("low", "mid", "high")


def _square() -> tuple[tuple[str, ...], ...]:
    # The edges are mixed first, then each row between them: a colour depends on both.
    left = ramp((_NEITHER, _SECOND), LEVELS)
    right = ramp((_FIRST, _BOTH), LEVELS)
    return tuple(ramp(ends, LEVELS) for ends in zip(left, right, strict=True))


COLOURS = _square()  # COLOURS[second][first], lightest at [0][0]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Bivariate:
    """Two layers read together.

    Attributes
    ----------
    layers, classes : pairs of Layer and Classes
        The first indicator runs to the right in the legend, the second upwards.
    """

    layers: tuple[Layer, Layer]
    classes: tuple[Classes, Classes]

    def cell(self, first: float | None, second: float | None) -> Cell | None:
        """Return the levels of two values; None where either has no class."""
        a, b = self._level(0, first), self._level(1, second)
        return None if a is None or b is None else (a, b)

    def cells(self, period: str) -> tuple[Cell | None, ...]:
        """Return the cell of each region in one period, in map order."""
        first, second = (layer.cells[period] for layer in self.layers)
        return tuple(map(self.cell, first.values, second.values))

    def status(self, period: str) -> tuple[str, ...]:
        """Return why a region has no cell, as its layers say; ``ok`` where it has."""
        first, second = (layer.cells[period] for layer in self.layers)
        found = list(first.status)
        for i, value in enumerate(first.values):
            if value is None:
                continue  # the first layer says why
            known = second.values[i] is not None
            found[i] = OK if known else second.status[i]
        return tuple(found)

    def words(self, cell: Cell, language: Language = "id") -> str:
        """Say a cell: ``Unmet need tinggi, Kesertaan ber-KB rendah``."""
        a, b = (self.word(i, cell[i], language) for i in (0, 1))
        first, second = (layer.said("label", language) for layer in self.layers)
        sentence = label("map_pair_words", language)
        return sentence.format(first=first, a=a, second=second, b=b)

    def word(self, which: int, level: int, language: Language = "id") -> str:
        """Say how high the values of a level are: ``tinggi`` or ``rendah``."""
        place = LEVELS - 1 - level if self._turned(which) else level
        return label(f"map_pair_{_WORDS[place]}", language)

    def axis(self, which: int, language: Language = "id") -> str:
        """Say where an axis of the legend leads: ``makin tinggi``, ``makin rendah``."""
        way = "down" if self._turned(which) else "up"
        return label(f"map_pair_axis_{way}", language)

    def ticks(self, which: int, language: Language = "id") -> tuple[str, ...]:
        """Return the words of the classes of one indicator by level, 0 first."""
        # Level 0 needs least attention: the highest class, where higher is better.
        texts = self.classes[which].labels(language)
        return texts[::-1] if self._turned(which) else texts

    def _level(self, which: int, value: float | None) -> int | None:
        classes = self.classes[which]
        at = classes.index(value)
        if at is None:
            return None
        # Two classes are the low and the high level, a single one is the middle.
        level = 1 if classes.k == 1 else at * (LEVELS - 1) // (classes.k - 1)
        return LEVELS - 1 - level if self._turned(which) else level

    def _turned(self, which: int) -> bool:
        return self.layers[which].indicator.direction == "better"


def pair_layers(first: Layer, second: Layer) -> Bivariate:
    """Read two layers of one map together.

    Raises
    ------
    MapError
        If both are the same indicator, or one holds kinds.
    """
    for layer in (first, second):
        if layer.indicator.kinds:
            msg = (
                f"indicator {layer.indicator.key!r} holds kinds; two indicators are "
                "read together by how high their numbers are. Choose one with numbers."
            )
            raise MapError(msg)
    if first.indicator.key == second.indicator.key:
        msg = (
            f"both indicators are {first.indicator.key!r}; expected two different ones."
        )
        raise MapError(msg)
    return Bivariate(
        layers=(first, second),
        classes=(tercile_classes(first), tercile_classes(second)),
    )


def tercile_classes(layer: Layer) -> Classes:
    """Cut a layer at its terciles, all periods together; at most three classes."""
    return classify(
        pooled(layer.cells),
        layer.indicator.direction,
        digits=layer.indicator.digits or 0,
        k=LEVELS,
    )
