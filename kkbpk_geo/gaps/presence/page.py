"""The presence matrix as a page: folded by kecamatan, filtered without any script.

Why: two thousand villages are too many to read and the right number to look one up in.
A kabupaten or kecamatan is chosen by its link, which can be sent on; the villages that
have none of the five groups by one box; paper shows what is chosen.

In:     a :class:`~kkbpk_geo.gaps.presence.matrix.PresenceMatrix`. Out: HTML text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.missing import is_missing
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.findings import finding_sentence, fold_findings
from kkbpk_geo.gaps.presence.kinds import presence_states, presence_themes
from kkbpk_geo.gaps.presence.matrix import (
    FIVE_KINDS,
    HAS,
    NONE,
    PresenceMatrix,
    by_code,
    say,
)
from kkbpk_geo.io import Family, OverviewRow, as_records, region_anchor, render_page

# Columns from which their heads are written upwards: sixteen of 40 px fill A4 beside
# the names.
UPRIGHT = 12
# Columns up to which two such tables stand beside each other on A4: 8 of 6 mm, names.
NARROW = 8
# Findings that a page lists; the command prints all, a project's temuan.html has them.
_SHOWN = 40
# What the overview counts; what is asked for stands first.
_OVERVIEW = ("villages", "five_none", "five_some", "five_all", "five_unknown")
# What the template says besides numbers.
_WORDS = (
    "all_regions", "only_none", "open_all", "choose", "key", "village", "lacking",
    "open", "names", "whole", "hint",
)  # fmt: skip


class Cell(NamedTuple):
    """A cell: how it looks, what stands in it, and its meaning where it needs one."""

    look: str
    text: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class _Village:
    name: str
    five: str
    look: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class _Subdistrict:
    anchor: str
    name: str
    note: str
    lacking: bool
    cells: Sequence[Cell]
    villages: Sequence[_Village]


@dataclass(frozen=True, slots=True)
class _District:
    anchor: str
    name: str
    note: str
    lacking: bool
    cells: Sequence[Cell]
    subdistricts: Sequence[_Subdistrict]


@dataclass(frozen=True, slots=True)
class _Lacking:
    """The villages of a kecamatan that have none of the five."""

    district: str
    subdistrict: str
    anchor: str
    villages: str


def presence_html(
    matrix: PresenceMatrix,
    language: Language = "id",
    *,
    title: str | None = None,
    family: Family | None = None,
) -> str:
    """Lay a presence matrix out as one page.

    Parameters
    ----------
    matrix : PresenceMatrix
    language : {"id", "en"}
    title : str, optional
    family : Family, optional
        The other pages of the run.

    Returns
    -------
    str
        HTML that needs no script, network or other file.

    Examples
    --------
    >>> import pandas as pd
    >>> import kkbpk_geo as kg
    >>> rows = {"KABUPATEN": "PRINGSEWU", "KECAMATAN": "GADING REJO",
    ...         "KELURAHAN": ["WONODADI", "TEGALSARI"], "JUMLAH BKB": [2, 0]}
    >>> matrix = kg.gaps.presence_matrix(kg.read_table(pd.DataFrame(rows), year=2025))
    >>> "Wonodadi" in presence_html(matrix)
    True
    """

    def said(language: Language) -> dict[str, object]:
        return {"title": title or matrix.title(language), **_said(matrix, language)}

    marks = matrix.marks
    return render_page("presence", said, language=language, marks=marks, family=family)


def _said(matrix: PresenceMatrix, language: Language) -> dict[str, object]:
    """Return what the page says in one language."""
    page = _Page(matrix, language)
    districts = list(page.districts())
    answer, *more = matrix.sentences(language)
    return {
        "message": answer,
        "notes": more,
        "source": page.source(),
        "words": page.words(),
        "key": page.key(),
        "summary": label("presence_summary", language),
        "summary_heads": page.summary_heads(),
        "overview": page.overview(),
        "narrow": len(matrix.kinds) <= NARROW,
        "upright": len(matrix.kinds) >= UPRIGHT,
        "themes": page.themes(),
        "many_themes": len(page.themes()) > 1,
        "heads": page.heads(),
        "districts": districts,
        "lacking": list(page.lacking()),
        "lacking_heads": page.lacking_heads(),
        "told": page.findings(),
    }


@dataclass(frozen=True, slots=True)
class _Page:
    """What one page says, in one language."""

    matrix: PresenceMatrix
    language: Language

    def say(self, key: str, **values: object) -> str:
        return say(f"presence_{key}", self.language, **values)

    def number(self, value: int) -> str:
        return format_number(value, 0, self.language)

    def words(self) -> dict[str, str]:
        return {key: self.say(key) for key in _WORDS}

    def lacking_heads(self) -> list[str]:
        return [
            self.say(key) for key in ("district", "subdistrict", "villages_without")
        ]

    def heads(self) -> list[tuple[str, str]]:
        """Return the heads of the columns, each with what it means."""
        language = self.language
        return [(k.short(language), k.name(language)) for k in self.matrix.kinds]

    def source(self) -> str:
        return self.say("sources", files=", ".join(self.matrix.sources))

    def key(self) -> list[Cell]:
        """Return the states that occur, as cells with their meaning."""
        there = set(self.matrix.states.to_numpy().ravel())
        found = []
        for name, state in presence_states().items():
            if name in there:
                sign = self.say("number_sign") if name == HAS else state.sign
                found.append(Cell(name, sign, state.name(self.language)))
        found.append(Cell("least", "≥2", self.say("at_least")))
        if len(self.matrix.beside):
            found.append(Cell("least", "+1", self.say("beside")))
        return found

    def themes(self) -> list[tuple[str, int]]:
        """Return the words above the columns, with how many each is above."""
        known = presence_themes()
        own = [kind.theme for kind in self.matrix.kinds]
        return [
            (known[theme].name(self.language), own.count(theme))
            for theme in dict.fromkeys(own)
        ]

    # --- the whole at a glance ---

    def summary_heads(self) -> list[str]:
        return [self.say(word) for word in ("district", *_OVERVIEW)]

    def overview(self) -> list[OverviewRow]:
        counts, names = self.matrix.counts(), self.matrix.names()
        rows = [
            OverviewRow(names[str(code)], self._five_of(row), region_anchor(str(code)))
            for code, row in counts.iterrows()
        ]
        whole = self.matrix.counts("provinsi").iloc[0]
        return [*rows, OverviewRow(self.say("all"), self._five_of(whole))]

    def _five_of(self, row: Any) -> list[str]:  # noqa: ANN401 (a row of counts)
        return [self.number(int(row[key])) for key in _OVERVIEW]

    def lacking(self) -> Iterator[_Lacking]:
        """Yield the villages that have none of the five, a line for each kecamatan."""
        found = self.matrix.without_any()
        names = self.matrix.names()
        for (district, code), here in found.groupby(
            ["district_code", "subdistrict_code"], sort=False
        ):
            yield _Lacking(
                names[str(district)], here["subdistrict"].iloc[0],
                region_anchor(str(code)), ", ".join(here["name"]),
            )  # fmt: skip

    # --- the matrix ---

    def districts(self) -> Iterator[_District]:
        counts, names = by_code(self.matrix.counts()), self.matrix.names()
        below, called = self._below(), self.matrix.names("kecamatan")
        beside = _with_larger(self.matrix.beside)
        villages = self._villages()
        for district in names:
            parts = []
            for code, row in below[district].items():
                part = _Subdistrict(
                    anchor=region_anchor(code),
                    name=called[code] or self.say("no_subdistrict"),
                    note=self._note(row),
                    lacking=bool(row["five_none"]),
                    cells=self._sums(row, beside.get(code, {})),
                    villages=villages[code],
                )
                parts.append(part)
            yield _District(
                anchor=region_anchor(district),
                name=names[district],
                note=self._note(counts[district]),
                lacking=bool(counts[district]["five_none"]),
                cells=self._sums(counts[district], beside.get(district, {})),
                subdistricts=parts,
            )

    def _below(self) -> dict[str, dict[str, dict[str, int]]]:
        """Return the counts of each kecamatan, by kabupaten."""
        places = self.matrix.villages[["district_code", "subdistrict_code"]]
        counts = by_code(self.matrix.counts("kecamatan"))
        found: dict[str, dict[str, dict[str, int]]] = {}
        for place in as_records(places.drop_duplicates()):
            code = place["subdistrict_code"]
            found.setdefault(place["district_code"], {})[code] = counts[code]
        return found

    def _note(self, row: Mapping[str, int]) -> str:
        key = "note_lacking" if row["five_none"] else "note"
        return self.say(key, villages=row["villages"], none=row["five_none"])

    def _sums(self, row: Mapping[str, int], beside: Mapping[str, int]) -> list[Cell]:
        """Return how many villages of a region have each kind."""
        found = []
        for kind in self.matrix.kinds:
            has, unknown = row[f"{kind.key}_has"], row[f"{kind.key}_unknown"]
            more = beside.get(kind.key, 0)
            found.append(Cell("sum", sum_text(has, unknown, row["villages"], more)))
        return found

    def _villages(self) -> dict[str, list[_Village]]:
        """Return the rows of villages, by kecamatan."""
        matrix, keys = self.matrix, list(self.matrix.states.columns)
        own = [keys.index(key) for key in FIVE_KINDS if key in keys]
        found: dict[str, list[_Village]] = {}
        for code, name, listed, look, state, number in zip(
            matrix.villages["subdistrict_code"], matrix.villages["name"],
            matrix.villages["listed"], matrix.five,
            matrix.states.to_numpy(), matrix.numbers.to_numpy(object), strict=True,
        ):  # fmt: skip
            five = five_text([state[at] for at in own])
            cells = [self._cell(*pair) for pair in zip(state, number, strict=True)]
            called = name if listed else f"{name} *"
            village = _Village(name=called, five=five, look=look, cells=cells)
            found.setdefault(code, []).append(village)
        return found

    def _cell(self, state: str, number: Any) -> Cell:  # noqa: ANN401
        known = presence_states()[state]
        if state == HAS:
            return Cell(state, has_text(number, self.language))
        # What is usual needs no word of its own; the key has it.
        meaning = "" if state == NONE else known.name(self.language)
        return Cell(state, known.sign, meaning)

    def findings(self) -> list[str]:
        folded = fold_findings(self.matrix.findings)
        said = [finding_sentence(found, self.language) for found in folded[:_SHOWN]]
        if more := len(folded) - len(said):
            said.append(say("listed_and_more", self.language, n=more))
        return said


def _with_larger(beside: Any) -> dict[str, dict[str, int]]:  # noqa: ANN401 (a frame)
    """Return things without a village by kecamatan, and summed by kabupaten."""
    found: dict[str, dict[str, int]] = {}
    for code, row in by_code(beside.astype(int)).items():
        for region in {code, ".".join(code.split(".")[:2])}:
            own = found.setdefault(region, {})
            for kind, number in row.items():
                own[kind] = own.get(kind, 0) + number
    return found


def sum_text(has: int, unknown: int, villages: int, beside: int = 0) -> str:
    """Return how many villages have a kind: ``12``, ``≥12`` where some are not known.

    A dash where none is known; ``+2``: things that name no village of it.

    Examples
    --------
    >>> sum_text(4, 0, 9), sum_text(4, 2, 9), sum_text(0, 9, 9), sum_text(0, 9, 9, 2)
    ('4', '≥4', '–', '+2')
    """
    if unknown == villages:
        return f"+{beside}" if beside else "–"
    least = "≥" if unknown else ""
    more = f" +{beside}" if beside else ""
    return f"{least}{has}{more}"


def five_text(states: Sequence[str]) -> str:
    """Return how many of the five a village has: ``3/5``; ``≥3/5``: not all are known.

    Examples
    --------
    >>> five_text(["has", "none", "has", "none", "none"])
    '2/5'
    >>> five_text(["has", "not_reported", "has", "none"])
    '≥2/5'
    """
    has, none = states.count(HAS), states.count(NONE)
    least = "" if has + none == len(FIVE_KINDS) else "≥"
    return f"{least}{has}/{len(FIVE_KINDS)}"


def has_text(number: Any, language: Language) -> str:  # noqa: ANN401
    """Return how many there are; a tick where only that there is one is known."""
    if is_missing(number) or number < 1:
        return presence_states()[HAS].sign
    return format_number(int(number), 0, language)
