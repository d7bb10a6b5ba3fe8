"""A result shows a sentence and its frame, and nothing in them runs."""

from dataclasses import dataclass

import pandas as pd

from kkbpk_geo.base.results import Result


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Found(Result):
    table: pd.DataFrame

    def summary(self, language="id"):
        return "1 < 2" if language == "id" else "one < two"


class WithoutIndex(Found):
    show_index = False


FRAME = pd.DataFrame({"n": ["<b>3</b>"]}, index=["row"])


def test_a_prompt_shows_the_name_and_the_english_sentence():
    assert repr(Found(FRAME)) == "<Found: one < two>"


def test_a_notebook_shows_the_sentence_and_the_table_as_text():
    page = Found(FRAME)._repr_html_()
    assert page.startswith("<p>1 &lt; 2</p><table")
    assert "<th>row</th>" in page
    assert "&lt;b&gt;3&lt;/b&gt;" in page


def test_a_table_that_names_its_rows_itself_is_shown_without_index():
    assert "<th>row</th>" not in WithoutIndex(FRAME)._repr_html_()
