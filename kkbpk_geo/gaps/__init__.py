"""Need, supply and gap against stated standards, in countable things.

In: a Joined and the standards catalogue. Out: :class:`scoring.GapScores`.
"""

from typing import TYPE_CHECKING

from kkbpk_geo.base.lazy import open_door

if TYPE_CHECKING:
    from kkbpk_geo.gaps.priority import PRIORITIES as PRIORITIES
    from kkbpk_geo.gaps.priority import classify_priority as classify_priority
    from kkbpk_geo.gaps.scoring import GapScores as GapScores
    from kkbpk_geo.gaps.scoring import score_gaps as score_gaps

__getattr__, __dir__ = open_door(
    __name__,
    {
        "GapScores": "scoring",
        "PRIORITIES": "priority",
        "classify_priority": "priority",
        "score_gaps": "scoring",
    },
)
