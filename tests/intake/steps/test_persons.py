"""Persons: in whatever way they are written, nothing of them is kept or shown."""

import zipfile

import pytest
from persons_many import ways

from kkbpk_geo.findings.book import write_findings
from kkbpk_geo.findings.page import findings_html
from kkbpk_geo.findings.words import finding_text, findings_frame, remedy_text
from kkbpk_geo.intake.account import account_for
from kkbpk_geo.intake.reading import read_table

WAYS = list(ways())


def read(rows):
    return read_table(rows, province="Lampung", year=2025)


def shown(table, folder):
    """Return all that can be seen of a table, in one text."""
    texts = [repr(table), repr(account_for([table])), findings_html(table)]
    for one in table.tables():
        texts += [one.data.to_csv(), one.listed.to_csv(), repr(one.headings)]
        texts += [repr(one.findings), one._repr_html_()]
    for found in table.findings:
        for language in ("id", "en"):
            texts += [finding_text(found, language), remedy_text(found, language)]
    texts.append(findings_frame(table.findings).to_csv())
    for file in write_findings(table, folder):
        with zipfile.ZipFile(file) as book:
            texts += [book.read(name).decode() for name in book.namelist()]
    return "\n".join(texts).casefold()


def test_more_than_a_hundred_ways_are_tried():
    assert len(WAYS) > 100
    assert len({name for name, *_ in WAYS}) == len(WAYS)


@pytest.mark.parametrize(
    ("rows", "secrets"), [way[1:] for way in WAYS], ids=[way[0] for way in WAYS]
)
def test_nothing_of_a_person_is_seen_in_whatever_way_it_is_written(
    rows, secrets, tmp_path
):
    table = read(rows)
    seen = shown(table, tmp_path)
    assert [secret for secret in secrets if secret.casefold() in seen] == []
