"""Floor 7: who has sent what: district by table by month.

In: tables as read, with their findings. Out: :class:`grid.SubmissionGrid`, its page,
workbook and lines for a terminal.
"""

from typing import TYPE_CHECKING

from kkbpk_geo.base.lazy import open_door

if TYPE_CHECKING:
    from kkbpk_geo.submissions.book import (
        write_submission_book as write_submission_book,
    )
    from kkbpk_geo.submissions.book import write_submissions as write_submissions
    from kkbpk_geo.submissions.grid import SubmissionGrid as SubmissionGrid
    from kkbpk_geo.submissions.grid import submission_grid as submission_grid
    from kkbpk_geo.submissions.lines import grid_lines as grid_lines
    from kkbpk_geo.submissions.page import submissions_html as submissions_html

__getattr__, __dir__ = open_door(
    __name__,
    {
        "SubmissionGrid": "grid",
        "grid_lines": "lines",
        "submission_grid": "grid",
        "submissions_html": "page",
        "write_submission_book": "book",
        "write_submissions": "book",
    },
)
