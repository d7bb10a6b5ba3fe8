"""Floor 7: who has sent what: district by table by month.

In: tables as read, with their findings. Out: :class:`grid.SubmissionGrid`, its page,
workbook and lines for a terminal.
"""

from typing import TYPE_CHECKING

from kkbpk_geo.base.lazy import open_door

if TYPE_CHECKING:
    from kkbpk_geo.submissions.grid import SubmissionGrid as SubmissionGrid
    from kkbpk_geo.submissions.grid import submission_grid as submission_grid

__getattr__, __dir__ = open_door(
    __name__,
    {
        "SubmissionGrid": "grid",
        "submission_grid": "grid",
    },
)
