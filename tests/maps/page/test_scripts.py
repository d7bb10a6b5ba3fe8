import re

import pytest

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.maps.page.scripts import (
    in_order,
    join_modules,
    join_scripts,
    read_script,
    shorten,
    tight,
)

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
        'const $a=2;const $b="a, b";const more=$a;'
        "function twice(){return $a*2;}\n"
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
        'const a=x?"b = c, d":[1,2];const k=[3,4];const d=`e = ${ f }`;'
        "const g=(h - -1);i(j,k);"
    )


def test_a_long_name_becomes_short_where_it_is_surely_no_property():
    code = (
        "const drawNames=2;function drawAll(drawNames){return [...drawNames,box];}"
        'const box={label:1,kept};f(box.label,mode,"said");const{deep=3}=box;'
    )
    names = ["drawNames", "drawAll", "label", "kept", "mode", "deep", "box"]
    # "mode" is alone between commas, as it would be between braces.
    assert shorten(code, names) == (
        "const $b=2;function $c($b){return [...$b,$a];}"
        'const $a={label:1,kept};f($a.label,mode,"said");const{deep=3}=$a;'
    )


def test_a_name_that_a_text_says_and_one_that_is_given_stay():
    base = 'export const titleOf = "titleOf";\nexport const wordOf = 1;\n'
    top = 'import { wordOf } from "./base.js";\nexport const shownOf = wordOf;\n'
    assert joined({"base.js": base, "top.js": top}) == (
        'const kkbpk = (function () {\n"use strict";\n'
        'const titleOf="titleOf";const $a=1;const shownOf=$a;'
        "return { shownOf };\n})();"
    )


def test_of_names_side_by_side_each_may_be_a_property():
    # The comma behind one of them is that before the next.
    text = "const alpha=1;const beta=2;const gamma=3;show({alpha,beta});use(gamma);"
    short = shorten(text, ["alpha", "beta", "gamma"])
    assert "show({alpha,beta});use($a);" in short


def test_short_names_go_on_after_the_last_letter():
    code = ";".join(f"let name_{i:03}" for i in range(70))
    short = shorten(code, [f"name_{i:03}" for i in range(70)]).split(";")
    assert (short[0], short[25], short[61], short[62]) == (
        "let $a", "let $z", "let $9", "let $aa",
    )  # fmt: skip


def test_every_script_of_ours_is_in_some_page():
    from importlib.resources import files
    from pathlib import Path

    folder = Path(str(files("kkbpk_geo.maps.page"))) / "assets/scripts"
    entries = (
        "basemap.js", "needs.js", "lines.js", "plan.js", "isles.js", "levels.js",
        "provinces.js", "compare.js", "priority.js", "folium.js", "main.js",
    )  # fmt: skip
    modules = in_order(entries, read_script)
    whole = "".join(module.text for module in modules.values())
    paths = sorted(folder.rglob("*.js"))
    assert len(paths) > 30
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert text.startswith("// @ts-check\n"), path.name
        names = re.findall(r"^(?:export )?(?:function|const) (\w+)", text, re.MULTILINE)
        assert all(re.search(rf"\b{name}\b", whole) for name in names), path.name
        assert bool(names) != (path.name == "types.js")


def test_all_that_a_page_may_have_can_be_in_one_page():
    # join_scripts refuses two modules that declare one name.
    optional = (
        "basemap.js", "needs.js", "lines.js", "plan.js", "isles.js", "levels.js",
        "provinces.js", "compare.js", "priority.js",
    )  # fmt: skip
    assert "levels" in join_scripts(*optional, "folium.js", "main.js")
