"""Need, supply and gap against stated standards, in countable things.

In: a Joined and the standards catalogue. Out: :class:`scoring.GapScores`.
"""

from typing import TYPE_CHECKING

from kkbpk_geo.base.lazy import open_door

if TYPE_CHECKING:
    from kkbpk_geo.gaps.presence.matrix import PresenceMatrix as PresenceMatrix
    from kkbpk_geo.gaps.presence.matrix import presence_matrix as presence_matrix
    from kkbpk_geo.gaps.presence.page import presence_html as presence_html
    from kkbpk_geo.gaps.presence.workbook import (
        write_presence_workbook as write_presence_workbook,
    )
    from kkbpk_geo.gaps.priority import PRIORITIES as PRIORITIES
    from kkbpk_geo.gaps.priority import classify_priority as classify_priority
    from kkbpk_geo.gaps.scoring import GapScores as GapScores
    from kkbpk_geo.gaps.scoring import score_gaps as score_gaps

__getattr__, __dir__ = open_door(
    __name__,
    {
        "GapScores": "scoring",
        "PRIORITIES": "priority",
        "PresenceMatrix": "presence.matrix",
        "classify_priority": "priority",
        "presence_html": "presence.page",
        "presence_matrix": "presence.matrix",
        "score_gaps": "scoring",
        "write_presence_workbook": "presence.workbook",
    },
)
