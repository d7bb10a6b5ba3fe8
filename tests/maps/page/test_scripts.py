import re

import pytest

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.maps.page.scripts import join_modules, join_scripts, tight

BASE = '// about\nexport const base = 2;\nconst own = "a, b";\n'
TOP = (
    'import { base } from "./core/base.js";\n'
    "/** Twice. */\n"
    "export function twice() {\n  return base * 2;\n}\n"
)


def joined(modules, *entries):
    return join_modules(entries or ["top.js"], modules.__getitem__)


def test_what_is_imported_comes_first_and_once():
    other = 'import { base } from "./core/base.js";\nexport const more = base;\n'
    modules = {"core/base.js": BASE, "top.js": TOP, "other.js": other}
    assert joined(modules, "other.js", "top.js") == (
        'const kkbpk = (function () {\n"use strict";\n'
        'const base=2;const own="a, b";const more=base;'
        "function twice(){return base*2;}\n"
        "return { more, twice };\n})();"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('import { no } from "./core/base.js";\n', "top.js imports ['no'] from core/"),
        ('import all from "./core/base.js";\n', "top.js: 'import all from"),
        ('import { base as b } from "./core/base.js";\n', "top.js imports ['base as"),
        ("export default 3;\n", "top.js: 'export default 3;' cannot be joined; exp"),
        ("export let a = 3;\n", "top.js: 'export let a = 3;' cannot be joined; exp"),
        ("const { a, b } = c;\n", "top.js: 'const { a, b } = c;' cannot be joined;"),
        (
            'import { base } from "./core/base.js";\nconst own = base;\n',
            "top.js and core/base.js both declare 'own'; joined, they share one scope.",
        ),
        (
            'import { top } from "./top.js";\nexport const top = 1;\n',
            "scripts import in a circle: top.js imports top.js. Move what both need",
        ),
        ('const a = "x"; // "why"\n', '\'const a = "x"; // "why"\': put the comment'),
    ],
)
def test_what_cannot_be_joined_is_refused_by_name(text, message):
    with pytest.raises(MapError, match=f"^{re.escape(message)}"):
        joined({"core/base.js": BASE, "top.js": text})


def test_only_spaces_and_comments_that_are_surely_none_of_a_text_are_left_out():
    code = (
        'const a = x ? "b = c, d" : [1, 2];\n'
        "const k = [3, 4]; // why\n"
        "const d = `e = ${ f }`;\n"
        "const g = /** @type {X} */ (h - -1);\n"
        "i(\nj,\nk,\n);\n"
    )
    assert tight(code) == (
        'const a=x?"b = c, d":[1,2];const k=[3,4];const d = `e = ${ f }`;'
        "const g=(h - -1);i(j,k);"
    )


def test_every_script_of_ours_is_in_some_page():
    from importlib.resources import files
    from pathlib import Path

    folder = Path(str(files("kkbpk_geo.maps"))) / "assets/scripts"
    whole = join_scripts("basemap.js", "plan.js", "folium.js", "main.js")
    for path in folder.rglob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("// @ts-check\n"), path.name
        names = re.findall(r"^(?:export )?(?:function|const) (\w+)", text, re.MULTILINE)
        assert all(re.search(rf"\b{name}\b", whole) for name in names), path.name
        assert bool(names) != (path.name == "types.js")
