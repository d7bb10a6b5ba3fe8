"""A result shows a sentence and its frame, and nothing in them runs."""

from dataclasses import dataclass

import pandas as pd

from kkbpk_geo.base.results import OneLine, Result


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
    assert page.startswith("<p>1 &lt; 2</p><div style=")
    assert "<th>row</th>" in page
    assert "&lt;b&gt;3&lt;/b&gt;" in page


def test_a_frame_in_a_notebook_is_no_longer_and_no_wider_than_its_page():
    long = pd.DataFrame({"n": range(61)})
    assert "overflow-x:auto" in Found(long)._repr_html_()
    # The header, 60 rows, and the dots in their middle.
    assert Found(long)._repr_html_().count("<tr") == 62
    assert Found(long.head(60))._repr_html_().count("<tr") == 61


class Wordy(Found):
    def summary(self, language="id"):
        return f"{language}:\n" + "k" * 147


def test_a_prompt_shows_one_line_of_150_letters():
    line = repr(Wordy(FRAME))
    assert line == f"<Wordy: en: {'k' * 145}…>"
    assert len(line) - len("<Wordy: >") == 150


@dataclass(repr=False)
class Choices(OneLine):
    title: str = ""
    k: int = 5
    frame: pd.DataFrame | None = None
    many: tuple = ()
    inner: object = None


def test_of_choices_a_prompt_shows_what_was_chosen_and_no_frame():
    assert repr(Choices()) == "<Choices>"
    chosen = Choices(k=4, frame=FRAME, many=(1,) * 40, title="x" * 31)
    assert repr(chosen) == (
        f"<Choices: title='{'x' * 29}…', k=4, frame=DataFrame(1 × 1), many=tuple(40)>"
    )
    assert repr(Choices(inner=Choices(title="a" * 40))) == (
        "<Choices: inner=<Choices: title='aaaaaaaaaaaa…>"
    )


def test_a_table_that_names_its_rows_itself_is_shown_without_index():
    assert "<th>row</th>" not in WithoutIndex(FRAME)._repr_html_()
