"""What a colour means: the same on every map, page, sheet and figure.

Warm is what needs attention, blue what is well or got better. Where neither side is the
good one, purple is less and blue is more. Grey is neither.

In:     nothing. Out: hex colours by meaning.
"""

from __future__ import annotations

ATTENTION, BETWEEN, GOOD, NEITHER = "#b4471a", "#c98a1b", "#20628f", "#8a959c"
LESS, MORE = "#6b3f8f", GOOD

# Kinds of work plan: what each asks for.
PLANS = {
    "build": ATTENTION, "activate": BETWEEN, "prepare": NEITHER, "keep": GOOD,
}  # fmt: skip
# Clusters are high or low, not good or bad: the colours that readers of such maps know,
# red among high, blue among low, pale where a region differs from its neighbours.
CLUSTERS = {
    "high_high": "#b5402a", "low_low": "#1f5f8b",
    "high_low": "#eda48f", "low_high": "#9cc4dd",
    "not_significant": "#e9e9e6", "too_few_neighbours": "#c3c8cb", "island": NEITHER,
}  # fmt: skip


def cluster_colours(direction: str) -> dict[str, str]:
    """Return the colours of the kinds of clusters.

    Parameters
    ----------
    direction : {"better", "worse", "context"}
        What a high value means.

    Examples
    --------
    >>> cluster_colours("better")["low_low"] == ATTENTION
    True
    """
    if direction == "context":
        return dict(CLUSTERS)
    high, low = ("high_high", "low_low")
    warm, blue = (high, low) if direction == "worse" else (low, high)
    mixed = {"high_low": BETWEEN, "low_high": BETWEEN}
    return {**CLUSTERS, **mixed, warm: ATTENTION, blue: GOOD}


def side_colours(direction: str) -> tuple[str, str]:
    """Return the colours of what lies above and below, or rises and falls.

    Parameters
    ----------
    direction : {"better", "worse", "context"}
        What a high value means.

    Examples
    --------
    >>> side_colours("worse") == (ATTENTION, GOOD)
    True
    """
    if direction == "context":
        return MORE, LESS
    return (GOOD, ATTENTION) if direction == "better" else (ATTENTION, GOOD)
