"""The head and foot that all pages of a run share.

In:     a Run, the ways to the pages that are made.
Out:    :class:`~kkbpk_geo.io.Family`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.periods import format_period
from kkbpk_geo.base.words import LANGUAGES, both
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import WAYS, Family, Way

if TYPE_CHECKING:
    from kkbpk_geo.pipeline.running import Run

_NAMES_SHOWN = 4  # a line for sources holds four names, and how many more


def family_of(run: Run, ways: tuple[Way, ...]) -> Family:
    """Return what the pages of a run share."""
    order = sorted(ways, key=lambda way: WAYS.index(way.key))
    subtitle: dict[str, str] = {each: subtitle_of(run, each) for each in LANGUAGES}
    credit: dict[str, str] = {each: _credit(run, each) for each in LANGUAGES}
    return Family(
        title=_title(run),
        subtitle=subtitle,
        credit=credit,
        ways=tuple(order),
    )


def _title(run: Run) -> dict[str, str]:
    if run.project.title:
        return both(run.project.title)
    place = run.joined.province_name
    return {each: label("family_title", each).format(place=place) for each in LANGUAGES}


def period_of(run: Run, language: Language) -> str:
    """Return the newest period in words; empty where no table states one."""
    newest = run.joined.periods[-1] if run.joined.periods else ""
    return format_period(newest, language) if newest else ""


def subtitle_of(run: Run, language: Language) -> str:
    """Return the period, and how many regions of which level."""
    number = format_number(len(run.joined.names), 0, language)
    level = label(f"built_level_{run.project.level}", language)
    said = (period_of(run, language), f"{number} {level}")
    return " · ".join(part for part in said if part)


def _credit(run: Run, language: Language) -> str:
    """Return where numbers and boundaries are from, as the licence asks."""
    from kkbpk_geo.maps import boundary_words

    said = (
        stated_sources(run)[language],
        boundary_words(run.boundaries.attrs)[language],
    )
    parts = [part.rstrip(".") for part in said if part]
    return "".join(f"{part}. " for part in parts).strip()


def stated_sources(run: Run) -> dict[str, str]:
    """Say what a map was made from, and how much of it districts corrected."""
    said = both(run.project.source or sources_of(run))
    if any(line.is_used for line in run.corrections):
        from kkbpk_geo.intake import say_corrected

        for language in LANGUAGES:
            mended = say_corrected(run.corrections, language).removesuffix(".")
            said[language] = f"{said[language].removesuffix('.')}. {mended}"
    return said


def sources_of(run: Run) -> dict[str, str]:
    """Name the files that a map was made from."""
    names = list(dict.fromkeys(Path(t.source).name for t in run.intakes))
    shown = ", ".join(names[:_NAMES_SHOWN])
    if len(names) > _NAMES_SHOWN:
        shown += f" (+{len(names) - _NAMES_SHOWN})"
    return {
        language: label("map_made_from", language).format(files=shown)
        for language in LANGUAGES
    }
