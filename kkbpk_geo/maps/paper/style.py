"""How a printed sheet looks: colours, greys, hatches, settings of matplotlib.

In:     nothing.
Out:    constants, and a context that leaves the caller's settings alone.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from kkbpk_geo.maps.content import palettes

INK = palettes.INK
SOFT, EDGE, RULE = "#51606b", "#3d4952", "#b5c1c9"
BORDER = "#8f989e"  # between regions: seen on the darkest and on the lightest fill
LAND, SEA, ACCENT, ALERT = "#dcdbd4", "#edf2f4", "#c4501f", "#b3261e"


# What may change a picture; a caller's other settings (backend, say) stay.
_GROUPS = (
    "axes", "figure", "font", "hatch", "image", "legend", "lines", "mathtext", "patch",
    "path", "pdf", "savefig", "svg", "text", "xtick", "ytick",
)  # fmt: skip
_OWN = {
    "font.family": ["DejaVu Sans"],  # comes with matplotlib: the same everywhere
    "hatch.linewidth": 0.6,
    "hatch.color": SOFT,
    "pdf.fonttype": 42,  # TrueType, embedded
    "svg.hashsalt": "kkbpk_geo",
    "path.simplify": False,
    "text.hinting": "none",  # letters as wide in a picture as in a PDF
}


def own_settings() -> AbstractContextManager[None]:
    """Use our settings for a while: a caller's style sheet changes no print."""
    import matplotlib as mpl

    plain: dict[Any, Any] = {
        key: value
        for key, value in mpl.rcParamsDefault.items()
        if key.partition(".")[0] in _GROUPS
    }
    plain.update(_OWN)
    return mpl.rc_context(plain)
