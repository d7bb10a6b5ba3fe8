"""The sheet of paper: what a caller chooses, and where everything stands on it.

In:     :class:`PrintOptions`, and what the map shows (:class:`Scene`). Out:
        :class:`Sheet`, boxes in points from the lower left.
Rule:   the plainest sheet is taken unless another shows the map at least a fifth
        larger: across, upright with the words below the map, upright with them beside
        it; each with all islands in their place, then with those far off in frames.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.base.results import OneLine
from kkbpk_geo.maps.choices import require_choice, require_switches, require_text
from kkbpk_geo.maps.page.far import worth_most

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from kkbpk_geo.maps.page.far import Bounds, Far, Scene

Page = Literal["A4", "A3"]
Orientation = Literal["auto", "landscape", "portrait"]
_LONG, _SHORT = 841.89, 595.28  # A4 in points
_SCALE: dict[str, float] = {"A4": 1.0, "A3": 2**0.5}
# Points: a margin of 10.6 mm is more than office printers leave blank.
_MARGIN, _GAP, _HEAD, _FOOT = 30.0, 16.0, 56.0, 34.0
_TICKS = 12.0  # degrees are written outside the frame, below it and to its left
_SIDE = 206.0  # a panel as wide as about 40 letters
_DEEP = 204.0  # about as deep as a legend of seven classes and the words below it
_FAR = 104.0  # the short side of a frame of islands: 25 letters below it
_NEARLY = 1e-6  # degrees: a point alone has no size
_APART = 10.0  # between the map and such frames


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class PrintOptions(OneLine):
    """Choices for one print.

    Attributes
    ----------
    page : {"A4", "A3"}
        A3 is A4 enlarged, words too.
    orientation : {"auto", "landscape", "portrait"}
        ``"auto"``: across, but upright where that shows a map of one indicator at
        least a fifth larger.
    date : str
        When the map was made, as it shall be written; empty takes that of the map's
        options. Never the clock.
    table : bool
        List the five regions that need most attention (or have the most).
    names, graticule, inset : bool
        Names of the regions; lines of longitude and latitude; where in Indonesia.
    far : bool
        Draw islands far off in frames of their own, where that shows the map at least
        a fifth larger.
    bivariate : bool
        Read exactly two indicators together, in 3 × 3 colours.
    axes : matplotlib Axes or None
        Draw the map into it, without the sheet around.
    """

    page: Page = "A4"
    orientation: Orientation = "auto"
    date: str = ""
    table: bool = True
    names: bool = True
    graticule: bool = True
    inset: bool = True
    far: bool = True
    bivariate: bool = False
    axes: Axes | None = None

    def __post_init__(self) -> None:
        """Refuse a word that is none of its choices."""
        require_choice("page", self.page, get_args(Page))
        require_choice("orientation", self.orientation, get_args(Orientation))
        require_switches(
            self, ("table", "names", "graticule", "inset", "far", "bivariate")
        )
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

    def times(self, unit: float) -> Box:
        """Return the same place on an enlarged sheet."""
        return Box(*(unit * side for side in self))


class Frame(NamedTuple):
    """A place on the sheet for islands far off; words stand in it below them."""

    box: Box
    islands: Far


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Where everything stands; lengths in points.

    ``unit`` is a point of A4: multiply sizes by it. ``panels`` are read in order: one
    beside the map, or three below it. ``shown`` is what the map shows, None for all;
    the rest stands in ``far``.
    """

    width: float
    height: float
    unit: float
    head: Box
    map: Box
    panels: tuple[Box, ...]
    foot: Box
    shown: Bounds | None = None
    far: tuple[Frame, ...] = ()

    def scale_of(self, bounds: Bounds) -> float:
        """Return how large the map draws a degree, in points."""
        across = self.map.width / max(bounds.wide, _NEARLY)
        return min(across, self.map.height / max(bounds.high, _NEARLY))


def lay_out(layout: PrintOptions, scene: Scene | None = None) -> Sheet:
    """Return the boxes of the sheet that shows a map best; see the rule above."""
    plain = layout.orientation != "portrait"
    sheets = [_sheet(layout, "across")] if plain else []
    # Without a map to look at, as with many small ones, a sheet lies across.
    if scene is not None and layout.orientation != "landscape":
        sheets += [_sheet(layout, "below"), _sheet(layout, "beside")]
    sheets = sheets or [_sheet(layout, "below")]
    if scene is None:
        return sheets[0]
    tried = [(sheet, sheet.scale_of(scene.whole)) for sheet in sheets]
    if scene.far and layout.far:
        framed = [_with_far(sheet, scene) for sheet in sheets]
        tried += [(sheet, sheet.scale_of(scene.main)) for sheet in framed]
    return worth_most(tried)


def _sheet(layout: PrintOptions, words: Literal["across", "below", "beside"]) -> Sheet:
    """Return a sheet across, or upright with words below the map or beside it."""
    size = (_LONG, _SHORT) if words == "across" else (_SHORT, _LONG)
    width, height = size
    ticks = _TICKS if layout.graticule else 0.0
    across = width - 2 * _MARGIN
    top, low = height - _MARGIN - _HEAD, _MARGIN + _FOOT
    left = _MARGIN + ticks
    if words == "below":
        frame = Box(left, low + _DEEP + _GAP + ticks, across - ticks,
                    top - low - _DEEP - _GAP - ticks)  # fmt: skip
        third = (across - 2 * _GAP) / 3
        panels = tuple(
            Box(_MARGIN + i * (third + _GAP), low, third, _DEEP) for i in range(3)
        )
    else:
        frame = Box(left, low + ticks, across - _SIDE - _GAP - ticks, top - low - ticks)
        panels = (Box(width - _MARGIN - _SIDE, low, _SIDE, top - low),)
    unit = _SCALE[layout.page]
    return Sheet(
        width=unit * width,
        height=unit * height,
        unit=unit,
        head=Box(_MARGIN, top, across, _HEAD).times(unit),
        map=frame.times(unit),
        panels=tuple(panel.times(unit) for panel in panels),
        foot=Box(_MARGIN, _MARGIN - 10, across, _FOOT).times(unit),
    )


def _with_far(sheet: Sheet, scene: Scene) -> Sheet:
    """Make room for frames of islands: in a long panel, or beside or below the map."""
    apart = _APART * sheet.unit
    sheet = replace(sheet, shown=scene.main)
    (left, bottom, width, height), panel = sheet.map, sheet.panels[0]
    if len(sheet.panels) == 1 and sheet.height > sheet.width:
        # An upright panel is twice as long as its words.
        high = len(scene.far) * (_FAR * sheet.unit + apart)
        place = Box(panel.left, panel.bottom, panel.width, high - apart)
        rest = Box(panel.left, panel.bottom + high, panel.width, panel.height - high)
        return replace(sheet, panels=(rest,), far=_row(place, scene.far, apart))
    strip = _FAR * sheet.unit
    ticks = left - sheet.foot.left  # below the map, too
    place = Box(left + width - strip, bottom, strip, height)
    beside = replace(
        sheet,
        map=Box(left, bottom, width - strip - apart, height),
        far=_row(place, scene.far, apart),
    )
    place = Box(left, bottom - ticks, width, strip)
    below = replace(
        sheet,
        map=Box(left, bottom + strip + apart, width, height - strip - apart),
        far=_row(place, scene.far, apart),
    )
    return max((beside, below), key=lambda one: one.scale_of(scene.main))


def _row(strip: Box, far: Sequence[Far], apart: float) -> tuple[Frame, ...]:
    """Cut a strip into frames, none longer than twice the short side of the strip."""
    left, bottom, width, height = strip
    short, long = sorted((width, height))
    side = min(2 * short, (long - apart * (len(far) - 1)) / len(far))
    frames = []
    for i, islands in enumerate(far):
        step = i * (side + apart)
        box = Box(left + step, bottom, side, height)
        if height > width:  # the first on top
            box = Box(left, bottom + height - step - side, width, side)
        frames.append(Frame(box, islands))
    return tuple(frames)
