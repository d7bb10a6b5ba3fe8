"""The shape of the house, read from the source: floors, doors, order, size, openness.

``kkbpk_geo/FLOORS`` says which room stands where. Imports inside functions count: an
arrow that is drawn late is still an arrow.
"""

from __future__ import annotations

import ast
import builtins
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from radon.visitors import ComplexityVisitor

from kkbpk_geo.base import errors

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "kkbpk_geo"
MODULES = sorted(p.relative_to(PACKAGE) for p in PACKAGE.rglob("*.py"))
INSIDE = [m for m in MODULES if len(m.parts) > 1]
MAX_FILES = 12
MAX_COMPLEXITY = 15
MAX_LINES = 60
# Every module of these rooms may be named from anywhere: they are all door.
ALL_DOOR = {"base", "catalogue"}
# Third-party package -> the only rooms that may use it.
OWNER = {
    "branca": {"maps"},
    "folium": {"maps"},
    "jinja2": {"io"},
    "markupsafe": {"io"},
    "matplotlib": {"analysis", "maps", "plan"},
    "pyogrio": {"maps", "regions"},
    "python_calamine": {"io"},
    "rapidfuzz": {"base", "indicators", "plan", "regions"},
    "rich": {"cli"},
    "typer": {"cli"},
    "xlsxwriter": {"io"},
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


def floors() -> tuple[dict[str, int], dict[str, list[str]]]:
    """Floor of each room, and the order of the entries of the rooms that state one."""
    rank, order = {}, {}
    for line in (PACKAGE / "FLOORS").read_text(encoding="utf-8").splitlines():
        words = line.split()
        if not words or line.startswith("#"):
            continue
        number, room, *entries = words
        rank[room] = int(number)
        if entries:
            order[room] = entries
    return rank, order


RANK, ORDER = floors()


@cache
def tree_of(module: Path) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text(encoding="utf-8"))


def dotted(module: Path) -> str:
    name = ".".join(("kkbpk_geo", *module.with_suffix("").parts))
    return name.removesuffix(".__init__")


BY_NAME = {dotted(module): module for module in MODULES}


def room_of(module: Path) -> str:
    return module.parts[0].removesuffix(".py")


def type_checked(module: Path) -> dict[str, str]:
    """Name -> module, as the ``if TYPE_CHECKING`` of a door states it."""
    found = {}
    for node in tree_of(module).body:
        if isinstance(node, ast.If):
            for item in node.body:
                # Of the rooms that it hands on whole, the package itself says where.
                if isinstance(item, ast.ImportFrom) and item.module != "kkbpk_geo":
                    found |= {a.asname or a.name: item.module for a in item.names}
    return found


DOORS = {
    dotted(module): type_checked(module)
    for module in MODULES
    if module.name == "__init__.py" and len(module.parts) <= 2
}


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


def imported_names(module: Path) -> Iterator[tuple[int, str, str]]:
    """(line, module, name) of every ``from kkbpk_geo… import name``."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith(
            "kkbpk_geo"
        ):
            yield from ((node.lineno, node.module, alias.name) for alias in node.names)


def defined_in(home: str, name: str) -> str:
    """The module that ``from home import name`` reaches, through any door."""
    if f"{home}.{name}" in BY_NAME:
        return f"{home}.{name}"
    while name in DOORS.get(home, {}):
        home = DOORS[home][name]
    return home


@cache
def arrows() -> dict[str, set[str]]:
    """Which module uses which; doors themselves only hand on."""
    found = defaultdict(set)
    for name, module in BY_NAME.items():
        if name in DOORS:
            continue
        for _, home, what in imported_names(module):
            found[name].add(defined_in(home, what))
        found[name].discard(name)
    return found


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Groups of nodes that reach each other (Tarjan 1972)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(graph.get(node, ())):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            at = stack.index(node)
            group = sorted(stack[at:])
            del stack[at:]
            if len(group) > 1:
                found.append(group)

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return found


# --- floors, doors, order -----------------------------------------------------------


def test_every_room_stands_on_a_floor_and_every_floor_has_its_room():
    rooms = {m.parts[0] for m in INSIDE}
    assert rooms | {"__main__"} == set(RANK)


@pytest.mark.parametrize("module", INSIDE, ids=str)
def test_a_module_imports_only_lower_floors_and_its_own_room(module):
    here = room_of(module)
    for name in imported(module):
        top, _, rest = name.partition(".")
        if top != "kkbpk_geo" or rest == "__version__":
            continue
        assert rest or here == "cli", f"{module} imports all of kkbpk_geo"
        there = rest.partition(".")[0] if rest else here
        assert there in RANK, f"{module} imports {name}, which stands on no floor"
        below = RANK[there] < RANK[here] or there == here
        assert below, f"{module} (floor {RANK[here]}) imports {name}"


@pytest.mark.parametrize("module", INSIDE, ids=str)
def test_another_room_is_entered_by_its_door(module):
    here = room_of(module)
    for line, home, name in imported_names(module):
        room = home.split(".")[1] if "." in home else ""
        if room in {"", here, *ALL_DOOR}:
            continue
        where = f"{module}, line {line}: {home} import {name}"
        assert home == f"kkbpk_geo.{room}", f"{where} is not through the door"
        handed = {*DOORS[home], *vars(import_module(home))}
        assert name in handed, f"{where}: the door does not hand it on"


@pytest.mark.parametrize("door", [d for d in DOORS if DOORS[d]], ids=str)
def test_a_door_says_the_same_to_type_checkers_and_at_run_time(door):
    room = import_module(door)
    for name, home in DOORS[door].items():
        assert name in dir(room), f"{door}: {name} is told to type checkers only"
        assert getattr(room, name) is getattr(import_module(home), name)


@pytest.mark.parametrize("door", [d for d in DOORS if DOORS[d]], ids=str)
def test_a_door_hands_on_nothing_that_its_type_checking_part_does_not_name(door):
    text = (PACKAGE / BY_NAME[door]).read_text(encoding="utf-8")
    table = text.partition("open_door(")[2]
    for node in ast.walk(ast.parse("open_door(" + table if table else "0")):
        if isinstance(node, ast.Dict):
            assert {key.value for key in node.keys} == set(DOORS[door])


@pytest.mark.parametrize("door", [d for d in DOORS if DOORS[d]], ids=str)
def test_no_name_of_a_door_is_also_a_module_of_the_room(door):
    folder = (PACKAGE / BY_NAME[door]).parent
    entries = {p.stem for p in folder.iterdir() if p.suffix == ".py" or p.is_dir()}
    assert not entries & set(DOORS[door])


def test_no_two_modules_need_each_other_even_lazily():
    assert circles(arrows()) == []


def entries_of(room: str) -> dict[str, set[str]]:
    """The arrows between the files and sub-rooms of a room."""
    start = f"kkbpk_geo.{room}."
    found = defaultdict(set)
    for name, others in arrows().items():
        for other in others:
            if name.startswith(start) and other.startswith(start):
                a, b = (x.removeprefix(start).split(".")[0] for x in (name, other))
                if a != b:
                    found[a].add(b)
    return found


@pytest.mark.parametrize("room", sorted(RANK))
def test_the_files_and_sub_rooms_of_a_room_have_an_order(room):
    assert circles(entries_of(room)) == []


@pytest.mark.parametrize("room", sorted(ORDER))
def test_the_order_that_is_stated_is_kept(room):
    folder = PACKAGE / room
    entries = {p.name.removesuffix(".py") for p in folder.iterdir()
               if p.suffix == ".py" or (p / "__init__.py").exists()}  # fmt: skip
    assert sorted(ORDER[room]) == sorted(entries - {"__init__"})
    place = {entry: number for number, entry in enumerate(ORDER[room])}
    for entry, others in entries_of(room).items():
        for other in others:
            assert place[other] < place[entry], f"{room}: {entry} imports {other}"


# --- what comes from outside --------------------------------------------------------


@pytest.mark.parametrize("module", INSIDE, ids=str)
def test_a_third_party_package_stays_with_its_owner(module):
    here = room_of(module)
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
    for extra in ("analysis", "parquet", "scale"):
        lines += project["optional-dependencies"].get(extra, [])
    names = {line.split(">")[0].split("[")[0] for line in lines}
    known = {DISTRIBUTIONS.get(name, name.replace("-", "_")) for name in names}
    known |= {"branca", "markupsafe"}  # come with folium and with jinja2
    tops = {name.partition(".")[0] for name in imported(module)}
    unknown = tops - known - set(sys.stdlib_module_names) - {"kkbpk_geo"}
    assert not unknown, f"{module} imports {sorted(unknown)}: not in pyproject.toml"


# --- size and openness --------------------------------------------------------------

FOLDERS = sorted({m.parent for m in MODULES})


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_a_folder_holds_no_more_files_than_a_reader_keeps_in_mind(folder):
    names = [m.stem for m in MODULES if m.parent == folder and m.stem[:2] != "__"]
    assert len(names) <= MAX_FILES, f"{folder} has {len(names)} files: {names}"


def functions(module: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.FunctionDef):
            yield node


# What is still denser than the rules, by module; it only shrinks.
EXCUSES = tomllib.loads((ROOT / "tests" / "excuses.toml").read_text("utf-8"))


def stem_of(module: Path) -> str:
    return module.with_suffix("").as_posix()


def complexities(module: Path) -> dict[str, int]:
    """Radon's number of every function and method above the limit."""
    seen = ComplexityVisitor.from_code((PACKAGE / module).read_text(encoding="utf-8"))
    blocks = [*seen.functions, *(m for c in seen.classes for m in c.methods)]
    return {b.name: b.complexity for b in blocks if b.complexity > MAX_COMPLEXITY}


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_no_function_asks_a_reader_to_decide_more_than_fifteen_times(module):
    assert complexities(module) == EXCUSES["complex"].get(stem_of(module), {})


def test_every_excuse_is_for_a_module_that_exists():
    stems = {stem_of(m) for m in MODULES}
    for kind, modules in EXCUSES.items():
        assert set(modules) <= stems, kind


def length(node: ast.FunctionDef) -> int:
    """Lines of a function without its docstring."""
    first = node.body[0]
    lines = node.end_lineno - node.lineno + 1
    if ast.get_docstring(node) is not None:
        lines -= first.end_lineno - first.lineno + 1
    return lines


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_no_function_is_longer_than_sixty_lines_without_its_docstring(module):
    above = {f.name: length(f) for f in functions(module) if length(f) > MAX_LINES}
    assert above == EXCUSES["long"].get(stem_of(module), {})


CLOSED = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp | ast.IfExp


def folded(statement: ast.stmt) -> int:
    """Comprehensions and conditional expressions that a statement itself holds."""
    count, todo = 0, list(ast.iter_child_nodes(statement))
    while todo:
        node = todo.pop()
        if isinstance(node, ast.stmt | ast.excepthandler | ast.match_case):
            continue
        count += isinstance(node, CLOSED)
        todo += ast.iter_child_nodes(node)
    return count


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_statement_folds_at_most_one_comprehension_or_condition(module):
    statements = [n for n in ast.walk(tree_of(module)) if isinstance(n, ast.stmt)]
    dense = [n.lineno for n in statements if folded(n) > 1]
    excused = EXCUSES["dense"].get(stem_of(module), 0)
    assert len(dense) == excused, f"{module}: lines {dense}"


# --- heads, words, errors -----------------------------------------------------------


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


@pytest.mark.parametrize("folder", ["tests"])
def test_a_test_file_stands_where_its_module_stands(folder):
    known = {m.parent for m in MODULES} | {Path("browser")}
    for path in (ROOT / folder).rglob("test_*.py"):
        place = path.parent.relative_to(ROOT / folder)
        assert place in known, f"{path.relative_to(ROOT)}: no such room"
