"""Floor 4: tables and points onto regions; every row is placed or listed.

In: boundaries (floor 2) and intakes (floor 3). Out: :class:`model.Joined` and
:class:`points.PointJoin`, each with what it could not place and why.
"""

from typing import TYPE_CHECKING

from kkbpk_geo.base.lazy import open_door

if TYPE_CHECKING:
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
    from kkbpk_geo.joining.tables import join_regions as join_regions

__getattr__, __dir__ = open_door(
    __name__,
    {
        "CELL": "model",
        "Exact": "model",
        "Joined": "model",
        "PointJoin": "points",
        "STATUS_RANK": "model",
        "at_period": "model",
        "founded_after": "register_facts",
        "join_points": "points",
        "join_regions": "tables",
        "status_ranks": "model",
        "status_words": "model",
    },
)
