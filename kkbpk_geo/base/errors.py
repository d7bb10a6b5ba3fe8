"""The family of errors, so that a caller can catch one class and a reader can act.

In:     where (file, sheet, row, column), what was found, what was expected, the remedy.
Out:    exceptions whose text is one actionable sentence, with the parts as attributes.
Rule:   exceptions speak English to whoever runs the code; *findings* about a file are
        data and are worded by the catalogue (``kkbpk_geo.intake.findings``).
"""

from __future__ import annotations

from collections.abc import Hashable


class KkbpkGeoError(Exception):
    """Base of the family; never raised itself."""


class CatalogueError(KkbpkGeoError, ValueError):
    """A catalogue file says something it may not say; names file, entry and key."""


class MissingExtraError(KkbpkGeoError, ImportError):
    """An optional package is absent; the text holds the command that installs it."""


class CrsError(KkbpkGeoError, ValueError):
    """A frame has no coordinate reference system, or not the one that is needed."""


class EmptyDataError(KkbpkGeoError, ValueError):
    """There is nothing to work on."""


class RegionError(KkbpkGeoError, ValueError):
    """A region, province or level is not known, or not in the way it was asked for."""


class BoundaryError(KkbpkGeoError, ValueError):
    """A boundary layer cannot be used, and cannot be repaired without guessing."""


class IntakeError(KkbpkGeoError, ValueError):
    """A source cannot be read as a table at all; names the file and the remedy.

    Attributes
    ----------
    finding : str
        Which finding tells of the file where other files go on.
    """

    def __init__(self, text: str, *, finding: str = "file_unread") -> None:
        self.finding = finding
        super().__init__(text)


class JoinError(KkbpkGeoError, ValueError):
    """Tables and regions cannot be joined without losing or doubling rows."""


class IndicatorError(KkbpkGeoError, ValueError):
    """An indicator, standard or weight is unknown or cannot be computed."""


class PeriodError(KkbpkGeoError, ValueError):
    """A text is no period, or periods of different kinds are compared."""


class PersonError(KkbpkGeoError, ValueError):
    """A number of a person stands where an office, a meeting or a reason goes."""


class PlanError(KkbpkGeoError, ValueError):
    """A plan, target or budget cannot be worked with as it was given."""


class InfeasibleError(PlanError):
    """A total cannot be split within its limits. Says which limit, and by how much.

    Attributes
    ----------
    limit : str
        ``floors``, ``caps``, ``locked``, ``weights`` or ``budget``.
    excess : int
        By how many units (rupiah for ``budget``) the limit is missed.
    item, region : str
        Whose limit it is, where it is one item's or one region's.
    """

    def __init__(
        self,
        text: str,
        *,
        limit: str,
        excess: int,
        item: str = "",
        region: str = "",
    ) -> None:
        self.limit, self.excess, self.item, self.region = limit, excess, item, region
        super().__init__(text)


class MapError(KkbpkGeoError, ValueError):
    """A map cannot be drawn from what was given."""


class ProjectError(KkbpkGeoError, ValueError):
    """A project file or a command's options cannot be followed."""


class OutputError(ProjectError, IntakeError):
    """A file cannot be written, or must not be; names the file and the remedy."""


class CellError(KkbpkGeoError, ValueError):
    """One cell cannot be used. Says which, what was found, and what to do.

    Attributes
    ----------
    table, row, column, value
        Where the cell is (``row`` as the person sees it) and what it holds.
    """

    def __init__(
        self,
        table: str,
        row: Hashable,
        column: str,
        value: object,
        *,
        expected: str,
        remedy: str,
    ) -> None:
        self.table, self.row, self.column, self.value = table, row, column, value
        super().__init__(
            f"{table}: row {row}, column {column!r} is {value!r}; "
            f"expected {expected}. {remedy}"
        )
