"""What a comparison of periods says, and how it is drawn."""

from itertools import pairwise

import pytest
from analysis_periods import PLAIN, SPLIT, table
from matplotlib.colors import to_hex

from kkbpk_geo.analysis.change.periods import compare_periods
from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.base.look.colours import ATTENTION, GOOD, NEITHER


def test_the_map_shows_a_family_in_the_same_colour():
    wide = compare_periods(SPLIT).wide
    assert wide["change:village_coverage:bkb"].to_dict() == pytest.approx(
        {"18.02": 6, "18.06": 5, "18.10": 5}
    )


def test_the_summary_says_who_rose_and_what_was_added_together():
    assert compare_periods(SPLIT).summary() == (
        "Desa/kelurahan memiliki BKB memburuk di 0 dari 2 wilayah dan membaik di 2; "
        "paling kurang baik Tanggamus (+5,0\u00a0poin), paling baik Lampung Tengah "
        "(+6,0\u00a0poin). 2025 dibandingkan dengan 2008. Pringsewu (2009) digabungkan "
        "kembali ke induknya, Tanggamus, supaya wilayahnya sama. Tanggal pembentukan "
        "belum semuanya diperiksa pada dokumennya."
    )
    english = compare_periods(PLAIN).summary("en")
    assert "November 2025 compared with October 2025." in english
    assert "Kitagawa (1955)" in compare_periods(PLAIN).method()
    assert "<table" in compare_periods(PLAIN)._repr_html_()


def test_the_picture_has_a_line_for_every_compared_region():
    axes = compare_periods(PLAIN).picture().axes[0]
    assert len(axes.lines) == 3
    assert [t.get_text() for t in axes.get_xticklabels()] == [
        "Oktober 2025", "November 2025",
    ]  # fmt: skip


def test_an_indicator_that_was_not_compared_is_an_error():
    with pytest.raises(IndicatorError) as absent:
        compare_periods(PLAIN).of("users")
    assert str(absent.value) == (
        "'users' was not compared; there is ['contraceptive_use']."
    )


@pytest.mark.parametrize(
    ("indicator", "colours"),
    [
        ("contraceptive_use", [GOOD, ATTENTION, NEITHER]),
        ("unmet_need", [ATTENTION, GOOD, NEITHER]),
    ],
)
def test_a_slope_is_warm_where_it_is_for_the_worse(indicator, colours):
    # One rises, one falls, one stays.
    rows = table(
        ("2024", "18.01", 50, 100),
        ("2024", "18.02", 50, 100),
        ("2024", "18.03", 50, 100),
        ("2025", "18.01", 60, 100),
        ("2025", "18.02", 40, 100),
        ("2025", "18.03", 50, 100),
        indicator=indicator,
    )
    lines = compare_periods(rows).picture().axes[0].lines
    assert [to_hex(line.get_color()) for line in lines] == colours


def test_a_rise_of_what_should_fall_is_said_to_be_worse():
    ends = (("2024", 50, 50), ("2025", 60, 49.4))
    rows = table(
        *((period, "18.01", one, 100) for period, one, _ in ends),
        *((period, "18.02", other, 100) for period, _, other in ends),
        indicator="unmet_need",
    )
    assert (
        compare_periods(rows)
        .said()[0]
        .endswith(
            "memburuk di 1 dari 2 wilayah dan membaik di 1; paling kurang baik Lampung "
            "Selatan (+10,0\u00a0poin), paling baik Lampung Tengah (−0,6\u00a0poin)."
        )
    )


def test_names_beside_the_slopes_do_not_meet():
    rows = table(
        *(("2024", f"18.0{i}", 50, 100) for i in range(1, 7)),
        *(("2025", f"18.0{i}", 50, 100) for i in range(1, 7)),
    )
    axes = compare_periods(rows).picture().axes[0]
    heights = sorted(text.xyann[1] for text in axes.texts if text.xyann[0] < 0)
    steps = [high - low for low, high in pairwise(heights)]
    # Six names of one value: an eighth of the span apart, which here is 1.
    assert steps == pytest.approx([0.125] * 5)
