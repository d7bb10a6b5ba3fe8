"""Natural calls of the public functions work, or are refused in words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from calls import things
from calls.pages import all_tables
from calls.trying import page_of, try_table

PAGE = Path(__file__).resolve().parents[1] / "docs" / "calls.md"
TABLES = {table.title: table for table in all_tables()}


@cache
def tried(title):
    """Try every call of a table, once for all tests."""
    return try_table(TABLES[title])


@pytest.mark.parametrize("title", TABLES)
def test_a_natural_call_gives_the_right_answer_or_a_sentence(title):
    faults = {}
    for call, outcome in tried(title).items():
        if outcome.fault:
            faults[call] = outcome.fault
    assert not faults


@pytest.mark.parametrize("title", TABLES)
def test_a_refusal_is_a_sentence_that_a_reader_can_follow(title):
    for call, outcome in tried(title).items():
        assert "object at 0x" not in outcome.said, call


@pytest.mark.skipif(things.pl is None, reason="the page has rows of polars")
def test_the_page_of_calls_says_what_they_do():
    pages = [(table, tried(title)) for title, table in TABLES.items()]
    assert PAGE.read_text(encoding="utf-8") == page_of(pages), "run: make calls"
