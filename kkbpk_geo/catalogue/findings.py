"""The wording and the severity of every finding, in both languages.

Why: what the checks find is sent back to the people who made the sheet. Its words
belong to the office, so they are data: edit findings.toml, no Python.

In:     findings.toml. Out: :func:`finding_kinds`, read-only and validated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Literal, get_args

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.named import in_language
from kkbpk_geo.catalogue.reading import build_all
from kkbpk_geo.catalogue.statuses import statuses

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
PLACEHOLDERS = frozenset(
    {"column", "value", "expected", "row", "count", "region", "file", "sheet"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingKind:
    """One kind of finding: how grave it is, its title, sentence and remedy.

    ``effect``: what becomes of the figures, where the sentence does not say so.
    ``status``: what becomes of the figures that it is about, a word of statuses.toml;
    empty where they are used all the same.
    """

    key: str
    severity: Severity
    id: str
    en: str
    remedy_id: str
    remedy_en: str
    title_id: str = ""
    title_en: str = ""
    effect_id: str = ""
    effect_en: str = ""
    status: str = ""

    def title(self, language: Language = "id") -> str:
        """Return what is wrong, in a few words that many rows share."""
        return in_language(language, self.title_id, self.title_en) or self.key

    def sentence(self, language: Language = "id") -> str:
        """Return the template of the sentence, with its ``{placeholders}``."""
        return in_language(language, self.id, self.en)

    def effect(self, language: Language = "id") -> str:
        """Return what becomes of the figures; empty where the sentence says it."""
        return in_language(language, self.effect_id, self.effect_en)

    def remedy(self, language: Language = "id") -> str:
        """Return the template of the next step."""
        return in_language(language, self.remedy_id, self.remedy_en)


@cache
def finding_kinds() -> Mapping[str, FindingKind]:
    """Every kind of finding, in file order.

    Raises
    ------
    CatalogueError
        For a placeholder that no finding can fill, or a status that does not exist.
    """
    found = build_all(FindingKind, "findings.toml")
    for kind in found.values():
        _check(kind)
    return found


def _check(kind: FindingKind) -> None:
    if kind.status and kind.status not in statuses():
        msg = (
            f"findings.toml [{kind.key}]: status is {kind.status!r}; expected one of "
            f"{', '.join(statuses())}."
        )
        raise CatalogueError(msg)
    for text in (kind.id, kind.en, kind.remedy_id, kind.remedy_en):
        # Better here, at once, than when the rare finding has to be worded.
        used = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        if unknown := sorted(used - PLACEHOLDERS):
            msg = (
                f"findings.toml [{kind.key}]: unknown placeholders {unknown}; "
                f"known: {sorted(PLACEHOLDERS)}."
            )
            raise CatalogueError(msg)
