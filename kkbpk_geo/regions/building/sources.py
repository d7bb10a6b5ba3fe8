"""What a building reads: the clone of the public set, or a layer with codes.

In:     a path. Out: outlines of one level, province by province, and what is known of
        where they come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.building.rows import (
    KECAMATAN,
    VILLAGES,
    Clone,
    Rows,
    open_clone,
)
from kkbpk_geo.regions.codes import CodeSystem, Level, province_part

@dataclass(frozen=True, slots=True, eq=False)
class CloneSource:
    """The clone as a source of villages."""

    clone: Clone
    level: Level = "desa"

    @property
    def provinces(self) -> tuple[str, ...]:
        """Codes of the provinces whose villages are there."""
        return self.clone.provinces

    def rows(self, province: str) -> Rows:
        """Read the villages of one province."""
        return self.clone.read(VILLAGES, province)

    def other(self, layer: str, code: str) -> Any:  # noqa: ANN401
        """Return the polygon of a region in the layer of kecamatan."""
        province = province_part(code)
        if province not in self.clone.files.get(layer, {}):
            return None
        rows = self.clone.read(layer, province)
        found = dict(zip(rows.codes, rows.polygons, strict=True))
        return found.get(code)
