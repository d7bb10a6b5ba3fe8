"""What a heading leads to, in lines: the answer of ``kkbpk-geo heading``.

In:     answers of the intake, or a file that was read. Out: lines on standard output.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.forms.eras import eras
from kkbpk_geo.catalogue.headings import GROUP_ALONE, groups_in
from kkbpk_geo.catalogue.labels import has_label, label
from kkbpk_geo.catalogue.programme import (
    column_label,
    facility_kinds,
    groups,
    is_column,
    measures,
)
from kkbpk_geo.cli import printing

if TYPE_CHECKING:
    from kkbpk_geo.catalogue.headings import Heading
    from kkbpk_geo.intake import Answer, Intake

_ROLES = {"percent": "ignored", "ignore": "ignored", "keep": "kept", "drop": "dropped"}


def print_answers(answers: Iterable[Answer], language: Language) -> None:
    """Print each heading, what it means here, and every line that speaks of it."""
    for answer in answers:
        printing.echo(answer.heading)
        for line in _answer_lines(answer, language):
            printing.echo(f"    {line}")


def print_file_headings(intake: Intake, language: Language) -> None:
    """Print every heading of a file that was read, table by table, with its fate."""
    for table in intake.tables():
        printing.echo(table.source)
        told = {found.column for found in table.findings if found.severity == "error"}
        for heading, target in table.headings.items():
            words = _target_words(target, language)
            more = f" ({label('heading_told', language)})" if heading in told else ""
            printing.echo(f"    {heading} → {words}{more}")


def _answer_lines(answer: Answer, language: Language) -> list[str]:
    if answer.personal:
        return [label("heading_as_dropped", language)]
    said = []
    meant = _meaning(answer, language)
    if meant:
        said.append(meant)
    named = [groups()[group].short for group in groups_in(answer.heading)]
    for line in answer.lines:
        words = _line_words(line, language)
        said.append(words.replace(GROUP_ALONE, next(iter(named), "…")))
    if not answer.lines and not meant:
        said.append(label("heading_unknown", language).format(phrase=answer.phrase))
        if answer.near:
            near = "; ".join(each.upper() for each in answer.near)
            said.append(label("heading_near", language).format(near=near))
        said.append(label("heading_teach", language))
    return said


def _meaning(answer: Answer, language: Language) -> str:
    """Say what a heading means as it was asked; empty if nothing."""
    figures, texts = answer.figures, answer.texts
    if figures.why:
        return _why_words(figures.why, figures.better, language)
    known = figures if figures.role != "unknown" else texts
    if known.role == "unknown":
        needed = label("heading_needs", language)
        return needed if answer.lines else ""
    target = known.target or known.role
    return f"→ {target}: {_target_words(target, language)}"


def _why_words(why: str, better: str, language: Language) -> str:
    key = f"heading_why_{why}"
    text = label(key if has_label(key) else "heading_why_other", language)
    return text.format(why=why, better=better)


def _target_words(target: str, language: Language) -> str:
    """Say in words where a heading leads: a measure, a role, or nowhere."""
    bare = target.removesuffix("+")
    if is_column(bare):
        words = (column_label(bare, language), column_label(bare, _other(language)))
        return f"{words[0]} / {words[1]}"
    return _role_words(bare, language)


def _role_words(target: str, language: Language) -> str:
    """Say what a column is that holds no measure of the catalogue."""
    role, _, detail = target.partition(":")
    key = f"heading_as_{_ROLES.get(role, role)}"
    words = label(key, language) if has_label(key) else role
    return f"{words}: {_detail_words(detail, language)}" if detail else words


def _detail_words(detail: str, language: Language) -> str:
    """Say which kind of group or facility a column names, or which stratum."""
    if detail in groups():
        return groups()[detail].short
    kinds = facility_kinds()
    return kinds[detail].name(language) if detail in kinds else detail


def _field_words(line: Heading, language: Language) -> str:
    """Say the field of a line; a measure with the name of its column behind it."""
    name = line.field.removesuffix("+")
    if name == "unclear":
        return _role_words(name, language).format(better=line.note)
    if is_column(name) or name in measures():
        return f"{_measure_words(name, language)} ({name})"
    return _role_words(name, language)


def _measure_words(name: str, language: Language) -> str:
    """Say a measure, also one that waits for the name of its group."""
    if is_column(name):
        return column_label(name, language)
    return measures()[name].name(language)


def _other(language: Language) -> Language:
    return "en" if language == "id" else "id"


def _line_words(line: Heading, language: Language) -> str:
    """Say one line of the catalogue: field, conditions, era, source."""
    parts = [_field_words(line, language)]
    if line.where:
        alternatives = [_condition(terms, language) for terms in line.where]
        joined = f" {label('heading_or', language)} ".join(alternatives)
        parts.append(label("heading_where", language).format(where=joined))
    if line.eras:
        named = ", ".join(eras()[era].name(language) for era in line.eras)
        parts.append(label("heading_era", language).format(era=named))
    if line.note and language == "en" and line.field != "unclear":
        parts.append(line.note)  # a remark of the catalogue, in English only
    if line.source:
        parts.append(label("heading_source", language).format(source=line.source))
    return "· " + "; ".join(parts)


def _condition(terms: Iterable[str], language: Language) -> str:
    return " + ".join(_term(term, language) for term in terms)


def _term(term: str, language: Language) -> str:
    """Say one condition in words: ``!title:baru`` as "bukan: judul berkata baru"."""
    name, _, value = term.removeprefix("!").partition(":")
    key = f"heading_if_{name}"
    known = has_label(key)
    text = label(key if known else "heading_if_group", language)
    said = text.format(value=_value_words(name, value, language))
    no = label("heading_not", language) if term.startswith("!") else "{said}"
    return no.format(said=said)


def _value_words(name: str, value: str, language: Language) -> str:
    """Say what a condition asks for: a subject, another column, a word, a group."""
    if name in ("named", "beside"):
        return label(f"heading_about_{value}", language)
    if name == "with" and (is_column(value) or value in measures()):
        return _measure_words(value, language)
    if name == "with":
        return _role_words(value, language)
    if not value and name in groups():
        return groups()[name].short
    return value.upper()


def exit_code(answers: Sequence[Answer]) -> int:
    """Return 0 where every heading is understood or about a person, else 1."""
    return int(not all(answer.known or answer.personal for answer in answers))
