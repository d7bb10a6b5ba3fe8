"""The floors of the house hold: read from the source, not from good intentions."""

from __future__ import annotations

import ast
import builtins
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kkbpk_geo.base import errors

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "kkbpk_geo"
MODULES = sorted(p.relative_to(PACKAGE) for p in PACKAGE.rglob("*.py"))
RANK = {
    words[1]: int(words[0])
    for line in (PACKAGE / "FLOORS").read_text(encoding="utf-8").splitlines()
    if (words := line.split()) and not line.startswith("#")
}
# Third-party package -> the only parts that may use it.
OWNER = {
    "branca": {"maps"},
    "folium": {"maps"},
    "jinja2": {"io"},
    "matplotlib": {"analysis", "maps", "plan"},
    "pyogrio": {"regions"},
    "python_calamine": {"intake", "io"},
    "rapidfuzz": {"indicators", "plan", "regions"},
    "rich": {"cli"},
    "typer": {"cli"},
    "xlsxwriter": {"findings", "intake", "io", "plan", "sample"},
    "xstatic": {"maps"},
}
# Slow to import, or a way to the network: nobody may.
FORBIDDEN = {
    "dbm", "ftplib", "http.client", "mapclassify", "matplotlib.pyplot", "numba",
    "requests", "shelve", "smtplib", "socket", "urllib.request", "urllib3",
}  # fmt: skip
DISTRIBUTIONS = {
    "pillow": "PIL",
    "python-calamine": "python_calamine",
    "xstatic-leaflet": "xstatic",
}
FLOOR_MODULES = [m for m in MODULES if m != Path("__init__.py")]


def tree_of(module: Path) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text(encoding="utf-8"))


def imported(module: Path) -> Iterator[str]:
    """Every module named by an import, ``require`` or ``import_module``."""
    for node in ast.walk(tree_of(module)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(level=0, module="kkbpk_geo", names=names):
                yield from (f"kkbpk_geo.{alias.name}" for alias in names)
            case ast.ImportFrom(level=0, module=str(name), names=names):
                yield name
                if not name.startswith("kkbpk_geo"):
                    yield from (f"{name}.{alias.name}" for alias in names)
            case ast.ImportFrom():
                pytest.fail(f"{module}: relative import, line {node.lineno}")
            case ast.Call(
                func=ast.Name("require" | "import_module"),
                args=[ast.Constant(str(name)), *_],
            ):
                yield name


def floor_of(module: Path) -> str:
    return module.parts[0].removesuffix(".py")


@pytest.mark.parametrize("module", FLOOR_MODULES, ids=str)
def test_a_module_imports_only_lower_floors_and_its_own(module):
    here = floor_of(module)
    for name in imported(module):
        top, _, rest = name.partition(".")
        if top != "kkbpk_geo" or rest == "__version__":
            continue
        if not rest:
            assert here == "cli", f"{module} imports all of kkbpk_geo"
            continue
        there = rest.partition(".")[0]
        assert there in RANK, f"{module} imports {name}, which stands on no floor"
        below = RANK[there] < RANK[here] or there == here
        assert below, f"{module} (floor {RANK[here]}) imports {name}"


@pytest.mark.parametrize("module", FLOOR_MODULES, ids=str)
def test_a_third_party_package_stays_with_its_owner(module):
    here = floor_of(module)
    for name in imported(module):
        allowed = OWNER.get(name.partition(".")[0], {here})
        assert here in allowed, f"{module} imports {name}; only {sorted(allowed)} may"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_nothing_slow_and_nothing_that_reaches_the_network_is_imported(module):
    found = sorted(FORBIDDEN & set(imported(module)))
    assert not found, f"{module} imports {found}"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_every_third_party_import_is_a_declared_dependency(module):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"]]
    for extra in ("analysis", "scale"):
        lines += project["optional-dependencies"][extra]
    names = {line.split(">")[0].split("[")[0] for line in lines}
    known = {DISTRIBUTIONS.get(name, name.replace("-", "_")) for name in names}
    known |= {"branca"}  # comes with folium, whose classes are branca's
    tops = {name.partition(".")[0] for name in imported(module)}
    unknown = tops - known - set(sys.stdlib_module_names) - {"kkbpk_geo"}
    assert not unknown, f"{module} imports {sorted(unknown)}: not in pyproject.toml"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_says_why_it_exists_and_what_goes_in_and_out(module):
    header = ast.get_docstring(tree_of(module)) or ""
    if module.name == "__main__.py":
        assert header
        return
    assert "In:" in header, f"{module}: its header has no 'In:'"
    assert "Out:" in header, f"{module}: its header has no 'Out:'"
    assert "Layer:" not in header, f"{module}: its floor stands in FLOORS"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_nothing_is_printed(module):
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "print", f"{module}, line {node.lineno}: print()"


def raised(module: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree_of(module)):
        match node:
            case ast.Raise(exc=ast.Call(func=ast.Name(name)) | ast.Name(name)):
                yield node.lineno, name


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_every_error_raised_belongs_to_the_family(module):
    family = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.KkbpkGeoError)
    } - {"KkbpkGeoError"}
    outside = {"AttributeError", "SystemExit"}  # the language asks for these
    for line, name in raised(module):
        if name in vars(builtins) or name.endswith("Error"):
            assert name in family | outside, f"{module}, line {line}: raises {name}"


@pytest.mark.parametrize(
    ("floor", "names"),
    [
        ("base", "crs errors escaping formats lazy"),
        ("catalogue", "labels programme reading"),
    ],
)
def test_the_lowest_floors_hold_what_the_design_says(floor, names):
    found = {m.stem for m in MODULES if m.parts[0] == floor}
    assert set(names.split()) <= found
