"""Headings of columns: how they are compared, and what each one means where.

Why: the same column is YANG ADA, Jml. Kelompok Yang Ada or K/0 depending on the year,
the office and the typist. One line of data per meaning, many spellings.

In:     headings.csv, words.toml and the aliases of groups.toml.
Out:    :func:`phrase` for comparing headings, :func:`find_headings` for looking one up,
        :func:`words` for lists of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, groupby
from types import MappingProxyType

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.base.text import fold_words
from kkbpk_geo.catalogue.forms.eras import eras
from kkbpk_geo.catalogue.programme import groups, is_column, measures
from kkbpk_geo.catalogue.reading import (
    Place,
    build_rows,
    either,
    read_as,
    read_toml,
    refer,
)

ROLES = frozenset(
    [
        "provinsi", "kabkota", "kecamatan", "desa",
        "code", "code_kabkota", "code_kemendagri", "code_bps",
        "month", "year", "period",
        "kind", "name", "group_name", "facility_name", "latitude", "longitude",
        "reporting", "has_kit", "has_decree", "low_stock", "registration", "training",
        "kota",
        "percent", "keep", "ignore", "drop", "parent", "ambiguous", "unclear",
        "programme", "activity", "sub_activity", "indicator", "target", "unit",
        "budget", "fund", "responsible", "plan_status", "realised", "spent",
        "quarter", "line_id", "code_of_work", "edition_of_work", "detail", "physical",
        "cash_1", "cash_2", "cash_3", "cash_4", "item", "condition",
    ]
)  # fmt: skip
_PLACES = frozenset({"provinsi", "kabkota", "kecamatan", "desa"})
# Brackets hold a unit or a second name; inside others they do not occur.
_BRACKETS = re.compile(r"\(([^()]*)\)")
_TERM = re.compile(r"!?((with|title|named|beside):\w+|[a-z_]+)")
# Conditions about a subject: said in titles and names, or by a heading beside.
ABOUT = ("named", "beside")
# Behind a heading: whatever is printed below it, which then gives no figure.
_BELOW = " > *"
_NO_FIGURES = ("keep", "ignore", "drop")
# The heading of lines about a group named alone: BKB, JUMLAH BKB.
GROUP_ALONE = "{group}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One line of the catalogue: a phrase, where it holds, and what it stands for.

    ``below``: it stands for whatever is printed below that phrase.
    """

    phrase: str
    field: str
    where: tuple[tuple[str, ...], ...] = ()
    note: str = ""
    source: str = ""
    eras: tuple[str, ...] = ()
    below: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """A list of words.toml."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of headings.csv as it stands there."""

    heading: str
    table: str
    field: str
    note: str
    source: str
    era: str = ""


@cache
def words(name: str) -> frozenset[str]:
    """Return a list of words.toml, folded: ``notes``, ``personal`` ..."""
    found = read_as(WordList, "words.toml", name)
    return frozenset(fold_words(word) for word in found.words)


@cache
def missing_marks() -> frozenset[str]:
    """Return what stands in a cell without a figure, in small letters."""
    return frozenset(read_as(WordList, "words.toml", "missing").words)


@cache
def _spellings() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Every spelling as tokens -> the tokens it stands for; groups become their key."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    same = read_as(dict[str, tuple[str, ...]], "words.toml", "same")
    for canonical, spellings in same.items():
        for spelling in spellings:
            found[_tokens(spelling)] = _tokens(canonical)
    for key, group in groups().items():
        for alias in (group.short, group.id, *group.aliases):
            # A group has one spelling, its key, whichever name a heading has for it.
            found[_tokens(alias)] = (key,)
    return MappingProxyType(found)


def spellings_of(canonical: Iterable[str]) -> frozenset[str]:
    """Return the first words of all spellings of some first words: kab of kabupaten."""
    wanted = frozenset(canonical)
    return frozenset(
        spelling[0]
        for spelling, means in _spellings().items()
        if spelling and means[0] in wanted
    )


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(fold_words(text).split())


@cache
def _longest() -> Mapping[str, int]:
    """Return first word -> how many words its longest spelling has."""
    longest: dict[str, int] = {}
    for spelling in filter(None, _spellings()):
        longest[spelling[0]] = max(longest.get(spelling[0], 0), len(spelling))
    return MappingProxyType(longest)


# As many as three plans of a province name: each is asked for by several steps in turn.
@lru_cache(maxsize=1 << 15)
def phrase(text: str) -> str:
    """Fold a heading and bring every word to its one spelling.

    ``"Jml. Kel. Anggota UPPKS (orang)"`` -> ``"jumlah kel anggota uppka"``.
    """
    spelled = _one_spelling(fold_words(_BRACKETS.sub(_without_unit, text)).split())
    filler = words("filler")
    kept = [token for token in spelled if token not in filler]
    # Merged headers repeat their parent: "Kelompok > Kelompok BKB" says it once.
    return " ".join(token for token, _ in groupby(kept))


def _without_unit(bracket: re.Match[str]) -> str:
    """Return what stands in brackets, unless it is only a unit: ``(orang)``."""
    inside = bracket[1]
    return " " if fold_words(inside) in words("units") else f" {inside} "


def _one_spelling(tokens: Sequence[str]) -> list[str]:
    """Bring every run of words to its one spelling, the longest known run first."""
    spellings, longest = _spellings(), _longest()
    found: list[str] = []
    at = 0
    while at < len(tokens):
        # Few words begin a spelling; those that do not stand for themselves.
        most = min(longest.get(tokens[at], 0), len(tokens) - at)
        for size in range(most, 0, -1):
            known = spellings.get(tuple(tokens[at : at + size]))
            if known:
                found.extend(known)
                at += size
                break
        else:
            found.append(tokens[at])
            at += 1
    return found


def is_spelled(text: str) -> bool:
    """Whether :func:`phrase` leaves a phrase as it is: no word begins a spelling.

    Examples
    --------
    >>> is_spelled("lomba memasak"), is_spelled("kelompok bkb")
    (True, False)
    """
    longest = _longest()
    return "_" not in text and not any(word in longest for word in text.split())


def groups_in(text: str) -> tuple[str, ...]:
    """Return the group kinds that a text names, in the order of the catalogue."""
    tokens = set(phrase(text).split())
    return tuple(key for key in groups() if key in tokens)


def is_personal(text: str) -> bool:
    """Whether a heading announces data about a person."""
    # Between spaces, so that only whole words count.
    folded = f" {fold_words(text)} "
    for phrase in words("impersonal"):
        folded = folded.replace(f" {phrase} ", " ")
    return any(f" {word} " in folded for word in words("personal"))


def may_name_persons(text: str) -> bool:
    """Whether a heading over texts announces persons: KETUA, KADER 1, NARAHUBUNG."""
    folded = f" {fold_words(text)} "
    return any(f" {word} " in folded for word in words("personal_alone"))


@cache
def known_words() -> frozenset[str]:
    """Return every word of the programme and of its offices; a name is none of them."""
    found = {word for heading in headings() for word in heading.phrase.split()}
    for named in read_toml("words.toml").values():
        for phrases in named.values():
            # A spelling stands for several phrases, a condition for several terms.
            found.update(fold_words(" ".join(phrases)).split())
    for name, group in groups().items():
        spellings = (name, group.short, group.id, *group.aliases)
        found.update(fold_words(" ".join(spellings)).split())
    return frozenset(found) - words("person_names")


@cache
def headings() -> tuple[Heading, ...]:
    """Every line of headings.csv, in file order.

    Raises
    ------
    CatalogueError
        If a line names a field or a condition that does not exist.
    """
    return tuple(map(_build, build_rows(Line, "headings.csv", "heading")))


@cache
def _conditions() -> Mapping[str, tuple[str, ...]]:
    """Conditions that many lines share, by name."""
    return read_as(dict[str, tuple[str, ...]], "words.toml", "conditions")


def _build(line: Line) -> Heading:
    if not _is_field(line.field):
        msg = (
            f"headings.csv [{line.heading}]: unknown field {line.field!r}; expected a "
            f"column, a measure or one of {sorted(ROLES)}."
        )
        raise CatalogueError(msg)
    shared = _conditions()
    spelled = chain.from_iterable(_spell(each, shared) for each in line.table.split())
    where = tuple(tuple(each.split("+")) for each in spelled)
    for term in chain.from_iterable(where):
        if not _TERM.fullmatch(term):
            msg = f"headings.csv [{line.heading}]: unknown condition {term!r} in table."
            raise CatalogueError(msg)
        name, _, subject = term.lstrip("!").partition(":")
        if name in ABOUT:
            _said(subject)
    place = Place("headings.csv", line.heading)
    found = tuple(line.era.split())
    for era in found:
        refer(place.at("era"), era, eras(), "eras.toml")
    below = line.heading.endswith(_BELOW)
    # Nobody knows what is printed there: it may be a part, or the sum of all parts.
    if below and line.field not in _NO_FIGURES:
        raise place.at("field").refuse(
            line.field, f"{either(_NO_FIGURES)} below {_BELOW}"
        )
    return Heading(
        phrase=_phrase_of(line.heading.removesuffix(_BELOW)),
        field=line.field,
        where=where,
        note=line.note,
        source=line.source,
        eras=found,
        below=below,
    )


def _spell(condition: str, shared: Mapping[str, Sequence[str]]) -> list[str]:
    """Return a condition with the shared one that it ends in: ``number+when:small``."""
    before, when, name = condition.partition("when:")
    # A name that is not there stays, and is refused as a condition that is not known.
    if not when or name not in shared:
        return [condition]
    return [before + end for end in shared[name]]


def _phrase_of(heading: str) -> str:
    alone = heading == GROUP_ALONE  # no office can print it, and none is meant by it
    return heading if alone else phrase(heading.replace(" > ", " "))


def _is_field(field: str) -> bool:
    """Whether a heading can lead there: a role, a stratum, a column or a measure."""
    role, _, _ = field.partition(":")
    if role in ROLES or field.startswith("stratum:"):
        return True
    # The plus says that columns of this meaning are added.
    bare = field.removesuffix("+")
    return is_column(bare) or (bare in measures() and measures()[bare].per_group)


@cache
def _index() -> Mapping[str, tuple[Heading, ...]]:
    """Lines by their phrase."""
    return _by((each.phrase, each) for each in headings() if not each.below)


@cache
def _index_short() -> Mapping[str, tuple[Heading, ...]]:
    """Lines by their phrase without a leading ``jumlah``; never places.

    "KABUPATEN" is a place, "JUMLAH KABUPATEN" a count or a total: never the same.
    """
    lines = (each for each in headings() if not each.below)
    counts = (each for each in lines if each.field not in _PLACES)
    return _by((each.phrase.removeprefix("jumlah "), each) for each in counts)


def _by(pairs: Iterable[tuple[str, Heading]]) -> Mapping[str, tuple[Heading, ...]]:
    found: dict[str, list[Heading]] = {}
    for text, heading in pairs:
        found.setdefault(text, []).append(heading)
    return MappingProxyType({text: tuple(lines) for text, lines in found.items()})


def find_headings(text: str) -> tuple[Heading, ...]:
    """Return the lines for a phrase: as it is, else regardless of ``jumlah``.

    Parameters
    ----------
    text : str
        A phrase, as :func:`phrase` makes it.
    """
    found = _index().get(text)
    if found:
        return found
    return _index_short().get(text.removeprefix("jumlah "), ())


@cache
def _tops() -> Mapping[str, tuple[Heading, ...]]:
    """Lines of whatever stands below a heading, by its phrase."""
    return _by((each.phrase, each) for each in headings() if each.below)


def find_below(path: Sequence[str]) -> tuple[Heading, ...]:
    """Return the lines for what is printed below a heading, whatever it is.

    Parameters
    ----------
    path : sequence of str
        Headings over a column. One cell that only begins like a heading (PUS 2024)
        stands below none.
    """
    for end in range(len(path) - 1, 0, -1):
        if found := _tops().get(phrase(" ".join(path[:end]))):
            return found
    return ()


@lru_cache(maxsize=8192)
def as_said(text: str) -> str:
    """Return a text as words to look for, without the names of offices.

    ``"DINAS KELUARGA BERENCANA: PIL (blister)"`` -> ``" dinas pil blister "``.
    """
    # In brackets stand units, and a unit says what is counted.
    said = f" {_spaced(text.replace('(', ' ').replace(')', ' '))} "
    for name in _said("office"):
        said = said.replace(f" {name} ", " ")
    return said


def find_said(text: str, subject: str) -> str:
    """Return the word of a subject that a text says, ``""`` if it says none.

    Parameters
    ----------
    text : str
        As :func:`as_said` makes it.
    subject : str
        A list ``about_<subject>`` of words.toml.
    """
    return next((word for word in _said(subject) if f" {word} " in text), "")


@cache
def _said(subject: str) -> tuple[str, ...]:
    """Return the words of a subject as texts say them, the longest first.

    Raises
    ------
    CatalogueError
        If words.toml has no such list.
    """
    listed = read_as(WordList, "words.toml", f"about_{subject}")
    found = {_spaced(word) for word in listed.words}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def _spaced(text: str) -> str:
    # A peserta KB takes part in no group; as one word it is not taken for a peserta.
    return phrase(text).replace("_", " ").replace("peserta kb", "peserta_kb")
