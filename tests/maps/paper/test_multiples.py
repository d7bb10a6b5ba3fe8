"""Small multiples: one map per period in common classes, or one per indicator."""

import pandas as pd
from drawn import refused, regions_of, words_of
from matplotlib.colors import to_hex

from kkbpk_geo.catalogue.statuses import statuses
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.paper.static import draw_static_map

INDICATOR = "contraceptive_use"


def test_several_periods_are_small_maps_in_common_classes(strip, tidy):
    figure = draw_static_map(strip, tidy, indicator=INDICATOR, period="all")
    words = words_of(figure)
    assert {"Oktober 2025", "November 2025"} <= set(words)
    maps = [axes for axes in figure.axes if regions_of(axes)]
    assert len(maps) == 2
    layer = describe_map(strip, tidy).layer()
    for axes, value in zip(maps, (60.0, 62.0), strict=True):
        colour = layer.classes.colours[layer.classes.index(value)]
        assert to_hex(regions_of(axes)[0].get_facecolor()) == colour
    assert regions_of(maps[0])[1].get_hatch() == statuses()["not_reported"].print


def test_several_indicators_are_small_maps_with_a_legend_each(strip, wide):
    figure = draw_static_map(strip, wide, indicator=["air", "jalan"])
    words = words_of(figure)
    assert {"air", "jalan", "2 indikator", "40 (1)", "tidak ada data (1)"} <= set(words)


def test_several_of_both_are_refused(strip, tidy):
    both = tidy.assign(indicator="lain")
    text = (
        "there are 2 indicators and 2 periods; expected one of one of them. Draw a "
        "sheet per indicator."
    )
    with refused(text):
        draw_static_map(
            strip,
            pd.concat([tidy, both]),
            indicator=[INDICATOR, "lain"],
            period="all",
        )


def test_more_maps_than_a_sheet_holds_are_refused(strip, wide):
    many = wide[["air"]].rename(columns={"air": "k0"})
    many = many.assign(**{f"k{i}": many["k0"] for i in range(1, 25)})
    text = "there are 25 maps for one sheet; expected at most 24. Draw several sheets."
    with refused(text):
        draw_static_map(strip, many, indicator=list(many))
