"""Importing is cheap, and every public name is where the table says."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import FunctionType

import pytest

import kkbpk_geo

PACKAGE = Path(kkbpk_geo.__file__).parent
ROOMS = tuple(
    f"kkbpk_geo.{door.parent.name}"
    for door in PACKAGE.glob("*/__init__.py")
    if door.parent.name not in ("base", "catalogue")
)
# Once public at the top, so that code that calls them so goes on working; or looked for
# there beside load_boundaries.
STILL_AT_THE_TOP = [
    "BudgetItem",
    "Division",
    "Prices",
    "PrintOptions",
    "Revision",
    "TargetAsk",
    "apportion",
    "apportion_budget",
    "build_boundaries",
    "check_continuity",
    "count_supplies",
    "divide_targets",
    "draw_gantt",
    "hide_small",
    "make_plan",
    "mix_weights",
    "monitor_plan",
    "override",
    "override_division",
    "plan_procurement",
    "plan_supplies",
    "plan_targets",
    "read_division",
    "read_prices",
    "replay_audit",
    "revise_division",
    "revise_targets",
    "write_division",
    "write_division_workbook",
    "write_meeting",
    "write_plan",
    "write_resolved",
    "write_sample_plans",
    "write_supplies",
    "write_supplies_workbook",
]
# What a room hands to its readers although no other room uses it: what documented
# functions take and give, and what only somebody outside needs.
BESIDE_THE_ROAD = {
    "analysis": [
        "Achievement", "Aggregation", "Clusters", "Funnel", "Inequality",
        "Normalisation", "PeriodChange", "Quadrants", "SmoothedRates",
        "budget_weights", "results_by_month",
    ],
    "joining": ["PointJoin"],
    "maps": ["Gaps", "WorkMap"],
    "pipeline": ["Checked", "SupplyPlan"],
    "plan": [
        "Monitoring", "Resolved", "Target", "read_audit",
        "reported_kits",
    ],
}  # fmt: skip
# Folders hand names on lazily; base and catalogue need nothing but Python.
LIGHT = sorted(
    ".".join(("kkbpk_geo", *p.relative_to(PACKAGE).with_suffix("").parts))
    for p in PACKAGE.rglob("*.py")
    if p.name == "__init__.py" or p.parent.name in ("base", "catalogue")
)
SHOW = "import sys; print(*sorted({m.partition('.')[0] for m in sys.modules}))"


def loaded_by(code: str) -> set[str]:
    """Top-level modules a fresh interpreter holds after ``code``, beyond Python's."""

    def run(text: str) -> set[str]:
        command = [sys.executable, "-c", f"{text}\n{SHOW}"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return set(done.stdout.split())

    return run(code) - run("pass") - set(sys.stdlib_module_names) - {"kkbpk_geo"}


def test_importing_the_package_loads_no_third_party_package():
    assert loaded_by("import kkbpk_geo") == set()


def test_importing_the_command_line_loads_no_third_party_package():
    assert loaded_by("import kkbpk_geo.cli") == set()


def test_importing_any_folder_base_or_the_catalogue_loads_no_third_party_package():
    names = [name.removesuffix(".__init__") for name in LIGHT]
    assert loaded_by(f"import {', '.join(names)}") == set()


@pytest.mark.parametrize("name", kkbpk_geo.__all__)
def test_every_public_name_resolves(name):
    assert getattr(kkbpk_geo, name) is not None


def test_a_name_is_the_object_of_its_home_module():
    from kkbpk_geo.findings.record import Finding

    assert kkbpk_geo.Finding is Finding


def test_an_unknown_name_is_an_attribute_error_that_says_so():
    with pytest.raises(AttributeError) as caught:
        kkbpk_geo.peta  # noqa: B018
    assert str(caught.value) == "module 'kkbpk_geo' has no attribute 'peta'"


def test_dir_shows_the_public_names_before_they_are_used():
    assert set(kkbpk_geo.__all__) <= set(dir(kkbpk_geo))


def test_what_was_public_once_still_resolves_at_the_top():
    assert not set(STILL_AT_THE_TOP) & set(kkbpk_geo.__all__)
    for name in STILL_AT_THE_TOP:
        assert getattr(kkbpk_geo, name) is not None


def test_the_first_list_is_short_enough_to_be_read():
    assert len(kkbpk_geo.__all__) <= 52


@pytest.mark.parametrize("room", BESIDE_THE_ROAD)
def test_a_room_hands_on_what_its_readers_need(room):
    for name in BESIDE_THE_ROAD[room]:
        assert getattr(import_module(f"kkbpk_geo.{room}"), name) is not None


def type_checked() -> dict[str, str]:
    """Name -> where type checkers are told that it comes from."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    return {alias.name: node.module for node in block.body for alias in node.names}


def test_type_checkers_are_told_of_every_name_and_every_room():
    told = type_checked()
    rooms = {name for name, home in told.items() if home == "kkbpk_geo"}
    names = set(told) - rooms
    assert set(kkbpk_geo.__all__) <= set(told)
    assert set(told) <= set(dir(kkbpk_geo))
    assert set(STILL_AT_THE_TOP) == names - set(kkbpk_geo.__all__)
    for room in rooms:
        assert getattr(kkbpk_geo, room) is import_module(f"kkbpk_geo.{room}")
    for name in names:
        assert getattr(kkbpk_geo, name) is getattr(import_module(told[name]), name)


def annotated(function: Callable[..., object]) -> set[str]:
    """The classes of the rooms that a function takes or gives.

    Those of base and of the catalogue are public as they are: all their modules are.
    """
    module = import_module(function.__module__)
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    homes = {node.name: module.__name__ for node in tree.body if hasattr(node, "name")}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            homes |= {alias.name: node.module for alias in node.names}
    words = re.findall(r"\w+", " ".join(map(str, function.__annotations__.values())))
    ours = [word for word in words if homes.get(word, "").startswith(ROOMS)]
    found = {word: getattr(import_module(homes[word]), word) for word in ours}
    return {word for word, what in found.items() if isinstance(what, type)}


@pytest.mark.parametrize("name", sorted({*kkbpk_geo.__all__, *STILL_AT_THE_TOP}))
def test_every_class_that_a_public_function_takes_or_gives_is_public(name):
    function = getattr(kkbpk_geo, name)
    if not isinstance(function, FunctionType):
        return
    public = {word for room in ROOMS for word in dir(import_module(room))}
    assert annotated(function) <= public


def test_the_package_tells_type_checkers_that_it_is_typed():
    assert (PACKAGE / "py.typed").is_file()
