"""What a building reads: the clone of the public set, or a layer with codes.

In:     a path. Out: outlines of one level, province by province, and what is known of
        where they come from.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.catalogue.labels import both_labels, label
from kkbpk_geo.regions.building.layers import LayerSource, open_layer
from kkbpk_geo.regions.building.rows import VILLAGES, Clone, Rows, open_clone
from kkbpk_geo.regions.codes import CodeSystem, Level, province_part

_SET = "github.com/cahyadsn/wilayah_boundaries"


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
        """Return the polygon of a region in another layer; None if it has none."""
        province = province_part(code)
        if province not in self.clone.files.get(layer, {}):
            return None
        rows = self.clone.read(layer, province)
        return dict(zip(rows.codes, rows.polygons, strict=True)).get(code)


def open_source(
    path: Path, *, layer: str | None = None, code_system: CodeSystem | None = None
) -> CloneSource | LayerSource:
    """Open what outlines are built from.

    Raises
    ------
    BoundaryError
        If there is nothing, or nothing that can be built from; says what is expected.
    """
    if not path.exists():
        msg = f"{path}: no such file or folder. Give a clone, its zip, or a map layer."
        raise BoundaryError(msg)
    may_be_clone = path.is_dir() or path.suffix.casefold() == ".zip"
    clone = open_clone(path) if may_be_clone and layer is None else None
    if clone is not None:
        return CloneSource(clone)
    if path.is_dir():
        bare = " It looks like git's own folder: check the files out first."
        told = bare if (path / "objects").is_dir() else ""
        msg = (
            f"{path}: has no folder db/kel with files wilayah_boundaries_kel_….sql."
            f"{told} Expected a clone of {_SET}, its zip, or a map layer (GeoPackage, "
            "GeoJSON, Shapefile)."
        )
        raise BoundaryError(msg)
    return open_layer(path, layer, code_system)


def provenance_of(
    source: CloneSource | LayerSource,
    path: Path,
    provinces: tuple[str, ...],
    *,
    licence: str = "",
    credit: str = "",
) -> dict[str, Any]:
    """Return what travels with the outlines: source, licence, credit, state, notes.

    Parameters
    ----------
    source : opened source
    path : Path
    provinces : codes of those that are built
    licence, credit : str
        As the owner of a layer says them; they go before what is known of the set.
    """
    if isinstance(source, LayerSource):
        words = both_labels("built_layer_note")
        return {
            "source": path.name,
            "licence": licence or label("built_not_stated", "en"),
            "attribution": credit or path.name,
            "commit": "",
            "date": "",
            "year": None,
            "notes": {x: text.format(file=path.name) for x, text in words.items()},
        }
    date = max(map(source.clone.updated, provinces))
    return {
        "source": _SET,
        "licence": licence or "MIT",
        "attribution": credit or label("built_clone_attribution"),
        "commit": source.clone.commit,
        "date": date,
        "year": int(date[:4]) if date else None,
        "notes": both_labels("built_clone_note"),
    }
