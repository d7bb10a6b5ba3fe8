"""The sheet of paper: what a caller chooses, and where everything stands on it.

In:     :class:`PrintOptions`. Out: :class:`Sheet`, boxes in points from the lower left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.base.results import OneLine
from kkbpk_geo.maps.choices import require_choice, require_switches, require_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Page = Literal["A4", "A3"]
Orientation = Literal["landscape", "portrait"]
_LONG, _SHORT = 841.89, 595.28  # A4 in points
_SCALE: dict[str, float] = {"A4": 1.0, "A3": 2**0.5}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class PrintOptions(OneLine):
    """Choices for one print.

    Attributes
    ----------
    page : {"A4", "A3"}
        A3 is A4 enlarged, words too.
    orientation : {"landscape", "portrait"}
    date : str
        When the map was made, as it shall be written; empty takes that of the map's
        options. Never the clock.
    table : bool
        List the five regions that need most attention (or have the most).
    names, graticule, inset : bool
        Names of the regions; lines of longitude and latitude; where in Indonesia.
    bivariate : bool
        Read exactly two indicators together, in 3 × 3 colours.
    axes : matplotlib Axes or None
        Draw the map into it, without the sheet around.
    """

    page: Page = "A4"
    orientation: Orientation = "landscape"
    date: str = ""
    table: bool = True
    names: bool = True
    graticule: bool = True
    inset: bool = True
    bivariate: bool = False
    axes: Axes | None = None

    def __post_init__(self) -> None:
        """Refuse a word that is none of its choices."""
        require_choice("page", self.page, get_args(Page))
        require_choice("orientation", self.orientation, get_args(Orientation))
        require_switches(self, ("table", "names", "graticule", "inset", "bivariate"))
        require_text("date", self.date)
        if self.axes is not None and not hasattr(self.axes, "add_patch"):
            msg = (
                f"axes is a {type(self.axes).__name__}; expected one matplotlib Axes, "
                "such as the second that plt.subplots() returns."
            )
            raise MapError(msg)


class Box(NamedTuple):
    """A place on the sheet: points from its lower left corner."""

    left: float
    bottom: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Where everything stands; lengths in points.

    ``unit`` is a point of A4: multiply sizes by it. ``panels`` are read in order: one
    beside the map, or three below it.
    """

    width: float
    height: float
    unit: float
    head: Box
    map: Box
    panels: tuple[Box, ...]
    foot: Box


def lay_out(layout: PrintOptions) -> Sheet:
    """Return the boxes of a sheet."""
    flat = layout.orientation == "landscape"
    width, height = (_LONG, _SHORT) if flat else (_SHORT, _LONG)
    # Points; a margin of 10.6 mm is more than office printers leave blank.
    margin, gap, head, foot = 30.0, 16.0, 56.0, 34.0
    # Degrees are written outside the frame, below it and to its left.
    ticks = 12.0 if layout.graticule else 0.0
    across = width - 2 * margin
    top, low = height - margin - head, margin + foot
    if flat:
        # A panel as wide as about 40 letters; the map takes the rest.
        side = 206.0
        frame = Box(margin + ticks, low + ticks, across - side - gap - ticks,
                    top - low - ticks)  # fmt: skip
        panels: tuple[Box, ...] = (Box(width - margin - side, low, side, top - low),)
    else:
        # About as deep as a legend of seven classes and the words below it.
        deep = 204.0
        frame = Box(margin + ticks, low + deep + gap + ticks, across - ticks,
                    top - low - deep - gap - ticks)  # fmt: skip
        third = (across - 2 * gap) / 3
        panels = tuple(
            Box(margin + i * (third + gap), low, third, deep) for i in range(3)
        )
    unit = _SCALE[layout.page]

    def enlarged(box: Box) -> Box:
        return Box(*(unit * side for side in box))

    return Sheet(
        width=unit * width,
        height=unit * height,
        unit=unit,
        head=enlarged(Box(margin, top, across, head)),
        map=enlarged(frame),
        panels=tuple(map(enlarged, panels)),
        foot=enlarged(Box(margin, margin - 10, across, foot)),
    )
