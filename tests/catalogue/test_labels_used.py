"""Every label has a user: what nothing says is not kept in two languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import kkbpk_geo
from kkbpk_geo.catalogue import labels

PACKAGE = Path(kkbpk_geo.__file__).parent
DATA = [*PACKAGE.glob("catalogue/*.csv"), *PACKAGE.glob("catalogue/*.toml")]
OTHERS = [path for path in DATA if not path.name.startswith("labels_")]
SCRIPTS = [*PACKAGE.rglob("*.js"), *PACKAGE.rglob("*.html")]
# What looks a label up by its whole key; all else puts something before it first.
ASKS = {
    "label", "both_labels", "labels_under", "words", "has_label", "both", "columns",
    "headings",
}  # fmt: skip

# The sample is made by these, and says what they say.
MAKERS = sorted((Path(__file__).parents[1] / "sample").glob("make_*.py"))


@cache
def nodes() -> tuple[ast.AST, ...]:
    texts = [path.read_text("utf-8") for path in [*PACKAGE.rglob("*.py"), *MAKERS]]
    return tuple(node for text in texts for node in ast.walk(ast.parse(text)))


def begins(node: ast.AST) -> Iterator[str]:
    """Constant beginnings of the text that a call is given: label(f"plan_{x}")."""
    match node:
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]):
            yield start
        case ast.BinOp(left=ast.Constant(value=str(start)), op=ast.Add()):
            yield start
        case ast.Constant(value=str(start)):
            yield start


@cache
def asked() -> frozenset[str]:
    """Beginnings with which code asks for labels, and those that docstrings promise."""
    found: set[str] = set()
    for node in nodes():
        match node:
            case ast.Call(func=ast.Name(name), args=[first, *_]) if name in ASKS:
                found.update(begins(first))
            case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]):
                # A key made beforehand: of two words at least, or anything would do.
                found.update(re.findall(r"^[a-z]+_[a-z_]+_$", start))
            case ast.Constant(value=str(text)):
                found.update(re.findall(r"``([a-z_]+_)<\w+>``", text))
    return frozenset(start for start in found if start.endswith("_"))


@cache
def said() -> frozenset[str]:
    """Every word of the code, of the scripts and of the catalogue's other files."""
    found: set[str] = set()
    for node in nodes():
        match node:
            case ast.Constant(value=str(name)) | ast.Attribute(attr=name):
                found.update(re.findall(r"\w+", name))
            case ast.keyword(arg=str(name)) | ast.AnnAssign(target=ast.Name(name)):
                found.add(name)
    for path in [*SCRIPTS, *OTHERS]:
        found.update(re.findall(r"\w+", path.read_text("utf-8")))
    return frozenset(found)


def is_used(key: str) -> bool:
    """Whether a key is said whole, or is asked for by a beginning and the rest is said.

    The rest may itself be put together: ``supply_`` + ``status`` + ``_`` + ``ok``.
    """
    if key in said():
        return True
    rests = [key.removeprefix(start) for start in asked() if key.startswith(start)]
    return any(map(is_put_together, rests))


def is_put_together(text: str) -> bool:
    if text in said():
        return True
    parts = text.split("_")
    cuts = ("_".join(parts[:at]) for at in range(1, len(parts)))
    return any(said().issuperset((cut, text.removeprefix(f"{cut}_"))) for cut in cuts)


def test_every_label_has_a_user():
    unused = [key for key in labels._labels() if not is_used(key)]
    assert unused == []


def test_a_label_that_nothing_asks_for_is_found():
    for key in ("status_no_such_thing", "plan_page_zebra", "zebra"):
        assert not is_used(key), key
