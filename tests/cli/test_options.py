"""One table of choices feeds project file, commands and help; the README says it."""

import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from kkbpk_geo.base.errors import ProjectError
from kkbpk_geo.cli import plans as plan_commands
from kkbpk_geo.cli.commands import app
from kkbpk_geo.cli.options import takes
from kkbpk_geo.pipeline.project import CHOICES, Project
from kkbpk_geo.pipeline.project_files import PlanFiles
from kkbpk_geo.pipeline.project_reading import Told, make_project, starter

RUN = CliRunner()
ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = {"README.md": "en", "README.id.md": "id"}
# What two kinds of table say of one thing is told by one flag.
# What is built is what a source holds, where nobody says a province.
OWN_PARAMETERS = {
    "plans.year": "plan check",
    "plans.meeting": "plan apportion",
    "province": "boundaries build",
}


def commands(group=None, before=""):
    """Return every command by its full name."""
    found = {}
    for name, command in (group or typer.main.get_command(app)).commands.items():
        if hasattr(command, "commands"):
            found |= commands(command, f"{before}{name} ")
        else:
            found[before + name] = command
    return found


COMMANDS = commands()


def flags_of(command):
    """Return the flags of a command, without --help."""
    return {flag for param in COMMANDS[command].params for flag in param.opts}


@pytest.mark.parametrize("table", [Project, PlanFiles])
def test_every_field_of_a_project_is_a_choice(table):
    names = {choice.field.rpartition(".")[2] for choice in CHOICES}
    within = {"plans"}  # its own fields are choices
    assert {field.name for field in fields(table)} - within <= names


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.field)
def test_every_choice_has_a_key_a_starter_line_and_a_flag_or_a_reason(choice):
    section = starter().partition(f"\n[{choice.section}]\n")[2].partition("\n[")[0]
    line = rf"^(# )?{choice.key or '[a-z_]+'} = "
    assert re.search(line, section, re.MULTILINE), f"no line for {choice.option.key}"
    assert bool(choice.option.flag) != bool(choice.option.why)
    assert bool(choice.option.flag) == bool(choice.option.commands)
    assert choice.help("id")
    assert choice.help("en")


@pytest.mark.parametrize("key", ["option.key", "option.flag"])
def test_no_two_choices_have_the_same_key_or_flag(key):
    said = [getattr(choice.option, key.partition(".")[2]) for choice in CHOICES]
    said = [word for word in said if word]
    assert len(said) == len(set(said))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_the_flags_that_the_table_says_and_no_others_of_it(command):
    expected, others = set(), set()
    for choice in CHOICES:
        flagged = command in choice.option.commands
        flagged = flagged or OWN_PARAMETERS.get(choice.field) == command
        (expected if flagged else others).add(choice.option.flag)
    if command == "regions":
        expected.add("--level")  # of the names, and down to villages
        others.remove("--level")
    assert expected <= flags_of(command)
    assert not (others - {""}) & flags_of(command)


def test_every_command_that_the_table_names_is_there():
    named = {
        command
        for choice in CHOICES
        for command in (*choice.option.commands, *choice.option.arguments)
    }
    assert named == set(COMMANDS) - {"run"}


def test_the_same_flag_is_said_in_the_same_words_everywhere():
    words = {choice.option.flag: choice.help() for choice in CHOICES}
    for name, command in COMMANDS.items():
        for param in command.params:
            flag = param.opts[0]
            if flag in words and (name, flag) != ("regions", "--level"):
                assert param.help == words[flag], (name, flag)


def test_a_command_gets_its_choices_as_one_project(tmp_path):
    for name in ("a.csv", "b.csv", "kab.csv"):
        (tmp_path / name).touch()
    got = []
    small = typer.Typer()

    @small.command()
    @takes("map")
    def show(project: Project, count: int = 2) -> None:
        got.append((project, count))

    said = ["--year", "2025", "--month", "mei", "--indicator", "x", "--indicator", "y"]
    plans = ["--plan-province", f"{tmp_path}/a.csv", "--plan-districts"]
    plans += [f"{tmp_path}/k*.csv", "--plan-year", "2026", "--count", "3"]
    RUN.invoke(small, [f"{tmp_path}/*.csv", *said, *plans])
    assert got == [
        (
            Project(
                tables=(tmp_path / "b.csv",),
                year=2025,
                month=5,
                indicators=("x", "y"),
                plans=PlanFiles(
                    province=tmp_path / "a.csv",
                    districts=(tmp_path / "kab.csv",),
                    year=2026,
                ),
            ),
            3,
        )
    ]


def test_what_a_command_line_says_wrongly_is_told_at_once_by_flag(tmp_path):
    told = Told(command="map", here=tmp_path)
    values = {"tables": ["x.csv"], "year": 25, "month": "mey", "boundaries": "y.shp"}
    with pytest.raises(ProjectError) as caught:
        make_project(values, told)
    assert str(caught.value).splitlines() == [
        "map has 4 faults:",
        f"no file matches 'x.csv' in {tmp_path.name}/.",
        "--year is 25; expected a whole number from 1970 to 2100.",
        "--month is 'mey'; expected a month such as 'November' or 11.",
        f"--boundaries: no file matches 'y.shp' in {tmp_path.name}/.",
    ]


def test_tables_that_are_all_plans_leave_nothing_to_read(tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).touch()
    values = {
        "tables": ["*.csv"],
        "plans.province": "a.csv",
        "plans.districts": ["b.csv"],
    }
    with pytest.raises(ProjectError) as caught:
        make_project(values, Told(command="map", here=tmp_path))
    assert str(caught.value) == (
        "no tables beside the plans; name the offices' files as well."
    )


def test_without_plans_there_is_nothing_to_compare():
    with pytest.raises(ProjectError) as caught:
        plan_commands._plans_of(Project(tables=()))
    assert str(caught.value) == (
        "--plan-province and --plan-districts name no plan to compare."
    )


EVERY_FLAG = {flag for name in COMMANDS for flag in flags_of(name)} | {
    "--version",
    "--help",
}


def calls(text):
    """Yield each call in a README as words, from indented lines and inline code."""
    indented = re.findall(r"^    (.*)$", text, re.MULTILINE)
    inline = re.findall(r"`([^`\n]+)`", text)
    for line in (*indented, *inline):
        code = re.split(r"\s#|\s{2,}#", line)[0]
        for call in code.split("&&"):
            if call.strip().startswith("kkbpk-geo "):
                yield shlex.split(call)[1:]


def name_of(words):
    """Return the command of a call: one word, or two of a group."""
    return " ".join(words[:2]) if words[0] in ("plan", "boundaries") else words[0]


@pytest.fixture(params=LANGUAGES)
def readme(request):
    return (ROOT / request.param).read_text(encoding="utf-8")


def test_every_command_and_option_that_a_readme_names_is_there(readme):
    for words in calls(readme):
        if words[0].startswith("-"):
            continue  # kkbpk-geo --help
        name = name_of(words)
        assert name in COMMANDS, words
        used = {word for word in words if word.startswith("-")}
        assert used <= flags_of(name), words


def test_every_command_is_in_each_readme(readme):
    named = {name_of(words) for words in calls(readme)}
    assert set(COMMANDS) <= named


def test_every_option_beside_the_calls_is_one(readme):
    named = set(re.findall(r"`(--[a-z-]+)[ `]", readme))
    assert named <= EVERY_FLAG


@pytest.mark.parametrize(("file", "language"), LANGUAGES.items())
def test_a_readme_lists_every_choice_in_its_language(file, language):
    text = (ROOT / file).read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?:`--|–).*\|$", text, re.MULTILINE)
    expected = []
    for choice in CHOICES:
        flag = f"`{choice.option.flag}`" if choice.option.flag else "–"
        place = f"[{choice.section}] {choice.key}".strip()
        expected.append(f"| {flag} | `{place}` | {choice.help(language)} |")
    assert rows == expected
