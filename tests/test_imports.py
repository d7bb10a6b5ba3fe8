"""Importing is cheap, and every public name is where the table says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import kkbpk_geo

PACKAGE = Path(kkbpk_geo.__file__).parent
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


def test_the_table_the_list_and_the_type_checkers_imports_name_the_same_things():
    text = (PACKAGE / "__init__.py").read_text(encoding="utf-8")
    assert set(kkbpk_geo.__all__) == {*kkbpk_geo._HOME, "__version__"}
    for name, home in kkbpk_geo._HOME.items():
        assert f"from {home} import " in text, home
        assert text.count(name) >= 3, name


def test_the_package_tells_type_checkers_that_it_is_typed():
    assert (PACKAGE / "py.typed").is_file()
