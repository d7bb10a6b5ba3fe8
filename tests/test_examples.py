"""Every example in a docstring shows what it says, and public functions have one."""

import doctest
import inspect
from importlib import import_module
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "kkbpk_geo"
# Rooms of which every public function has an example.
SHOWN = ("analysis", "gaps", "indicators", "joining")


def modules():
    """Modules with an example, by their dotted names."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if ">>> " in path.read_text(encoding="utf-8"):
            parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
            yield ".".join(parts).removesuffix(".__init__")


def functions():
    """Functions that a room hands on."""
    for room in SHOWN:
        door = import_module(f"kkbpk_geo.{room}")
        for name in dir(door):
            found = getattr(door, name)
            if inspect.isfunction(found) and found.__module__.startswith(door.__name__):
                yield pytest.param(found, id=f"{room}.{name}")


@pytest.mark.parametrize("module", list(modules()))
def test_an_example_gives_what_it_says(module, tmp_path, monkeypatch):
    found = import_module(module)
    monkeypatch.chdir(tmp_path)  # what an example writes is not to lie about here
    assert doctest.testmod(found).failed == 0


@pytest.mark.parametrize("function", list(functions()))
def test_a_public_function_shows_how_it_is_called(function):
    assert ">>> " in inspect.getdoc(function)
