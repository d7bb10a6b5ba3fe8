"""One disguise of each kind: how a clean table comes from an office.

In:     the disguises by subject. Out: :data:`KINDS`, by the name under which the trial
        counts them.
"""

from __future__ import annotations

from collections.abc import Callable

from disguises import figures, layout, printed, sums
from disguises.sent import Disguised, Draw
from disguises.tables import Table

KINDS: dict[str, Callable[[Draw, Table], Disguised]] = {
    "total": sums.total_row,
    "storey": sums.storey,
    "version": printed.version,
    "clock": printed.clock,
    "percent": figures.percent,
    "shares": figures.of_shares,
    "cell": figures.odd_cell,
    "nihil": figures.nothing,
    "shift": layout.shift,
    "long": layout.long_form,
    "stacked": layout.stacked,
    "section": layout.sections,
    "abreast": layout.months_abreast,
    "thousands": figures.thousands,
    "names": printed.numbered_names,
    "numbered": printed.numbered_columns,
    "file": printed.odd_file,
}
