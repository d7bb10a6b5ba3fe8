"""Floor 6: tables and points onto regions; every row is placed or listed.

In: boundaries (floor 2) and intakes (floor 3). Out: :class:`model.Joined` and
:class:`points.PointJoin`, each with what it could not place and why.
"""

from typing import TYPE_CHECKING

from kkbpk_geo.base.lazy import open_door

if TYPE_CHECKING:
    from kkbpk_geo.joining.counting import count_list as count_list
    from kkbpk_geo.joining.given.frames import as_mapping as as_mapping
    from kkbpk_geo.joining.given.frames import as_region_frame as as_region_frame
    from kkbpk_geo.joining.given.frames import as_series as as_series
    from kkbpk_geo.joining.given.frames import as_tidy as as_tidy
    from kkbpk_geo.joining.given.frames import under_our_headings as under_our_headings
    from kkbpk_geo.joining.given.labels import check_labels as check_labels
    from kkbpk_geo.joining.given.labels import code_of as code_of
    from kkbpk_geo.joining.given.labels import match_labels as match_labels
    from kkbpk_geo.joining.given.neighbours import as_neighbours as as_neighbours
    from kkbpk_geo.joining.given.points import AXES as AXES
    from kkbpk_geo.joining.given.points import read_given_points as read_given_points
    from kkbpk_geo.joining.layers import shown_periods as shown_periods
    from kkbpk_geo.joining.model import CELL as CELL
    from kkbpk_geo.joining.model import STATUS_RANK as STATUS_RANK
    from kkbpk_geo.joining.model import Exact as Exact
    from kkbpk_geo.joining.model import Joined as Joined
    from kkbpk_geo.joining.model import at_period as at_period
    from kkbpk_geo.joining.model import status_ranks as status_ranks
    from kkbpk_geo.joining.model import status_words as status_words
    from kkbpk_geo.joining.points import PointJoin as PointJoin
    from kkbpk_geo.joining.points import join_points as join_points
    from kkbpk_geo.joining.register_facts import founded_after as founded_after
    from kkbpk_geo.joining.rolling import FIVE as FIVE
    from kkbpk_geo.joining.tables import join_regions as join_regions
    from kkbpk_geo.joining.tables import measured_tables as measured_tables
    from kkbpk_geo.joining.villages import Villages as Villages
    from kkbpk_geo.joining.villages import find_villages as find_villages
    from kkbpk_geo.joining.villages import join_villages as join_villages

__getattr__, __dir__ = open_door(
    __name__,
    {
        "AXES": "given.points",
        "CELL": "model",
        "Exact": "model",
        "FIVE": "rolling",
        "Joined": "model",
        "PointJoin": "points",
        "STATUS_RANK": "model",
        "Villages": "villages",
        "as_mapping": "given.frames",
        "as_neighbours": "given.neighbours",
        "as_region_frame": "given.frames",
        "as_series": "given.frames",
        "as_tidy": "given.frames",
        "at_period": "model",
        "check_labels": "given.labels",
        "code_of": "given.labels",
        "count_list": "counting",
        "find_villages": "villages",
        "founded_after": "register_facts",
        "join_points": "points",
        "join_regions": "tables",
        "join_villages": "villages",
        "match_labels": "given.labels",
        "measured_tables": "tables",
        "read_given_points": "given.points",
        "shown_periods": "layers",
        "status_ranks": "model",
        "status_words": "model",
        "under_our_headings": "given.frames",
    },
)
