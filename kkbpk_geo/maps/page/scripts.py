"""The page's scripts: ES modules, joined into one text without Node or network.

Why: a reader and tsc want modules that say what they import; the page wants one script
whose hash its policy lists. So the modules are written in a part of the language that
can be joined by lines: ``import { a, b } from "./x.js";`` and ``export`` before a
declaration, nothing else of modules. What is not of this kind is refused by name.

In:     the scripts in ``assets/scripts``, and which of them a page begins with.
Out:    their text and that of all they import, each once, after what it imports.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import count, product
from posixpath import dirname, join, normpath
from string import ascii_letters, digits

from kkbpk_geo.base.errors import MapError

_BLOCK_COMMENT = re.compile(
    r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*\n", re.MULTILINE | re.DOTALL
)
_LINE_COMMENT = re.compile(r"^[ \t]*//[^\n]*\n", re.MULTILINE)
_BLANK = re.compile(r"\n{2,}")
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
# Modules are formatted: what begins a line is at the top level of its file.
# What tight() may take away; the sources are formatted, so no line is half a text.
_INLINE_TYPE = re.compile(r"/\*\* @type [^*]*\*/ ?")
_TRAILING_COMMENT = re.compile(r"^([^\n\"'`]*[;,{(\[)]) // [^\n\"'`]*$", re.MULTILINE)
_OTHER_COMMENT = re.compile(r"^.*(?<!:)//.*$|^.*/\*.*$", re.MULTILINE)
_TEXT = re.compile(r'("(?:[^"\\]|\\.)*"|`[^`]*`)')
_AROUND_MARKS = re.compile(r" ?([=*<>?:&|!,;{}()\[\]]) ?")
_HARD = re.compile(r"['/]")
_AFTER_OPENING = re.compile(r"([,{(\[;])\n")
_LAST_COMMA = re.compile(r",([)\]}])")
_BEFORE_CLOSING = re.compile(r"\n([)\]}.?:])")
_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|const) )", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_NAME = re.compile(
    r"^(export )?(?:(?:async )?function|const|let|class) (\w+)", re.MULTILINE
)
_PATTERN = re.compile(r"^(?:export )?(?:const|let|var) [{\[].*", re.MULTILINE)
# What shorten() looks at: words of texts; names as they are written in code.
_SAID = re.compile(r'"(?:[^"\\\n]|\\.)*"|`[^`\n]*`')
_WORD = re.compile(r"[\w$]+")
_SHORT = ascii_letters + digits


@dataclass(frozen=True, slots=True)
class Module:
    """One script: its text without imports and exports, and what it says of names."""

    name: str
    text: str
    imports: tuple[tuple[str, tuple[str, ...]], ...]
    names: tuple[str, ...]
    exports: tuple[str, ...]


@cache
def join_scripts(*entries: str) -> str:
    """Return the script of a page: a constant ``kkbpk`` with what the entries export.

    Parameters
    ----------
    *entries : str
        Names in ``assets/scripts``; each is run after what it imports, in this order.
    """
    return join_modules(entries, read_script)


def join_modules(entries: Iterable[str], read: Callable[[str], str]) -> str:
    """Join modules in the order in which they need each other.

    Parameters
    ----------
    entries : iterable of str
        Names of files.
    read : callable name -> text

    Raises
    ------
    MapError
        If modules import in a circle, ask for what another does not export, give one
        name to two things, or use modules in a way that cannot be joined.
    """
    entries = tuple(entries)
    modules = in_order(entries, read)
    _check_names(modules)
    given = [name for entry in entries for name in modules[entry].exports]
    code = "".join(module.text for module in modules.values())
    own = {name for module in modules.values() for name in module.names}
    return (
        'const kkbpk = (function () {\n"use strict";\n'
        + shorten(tight(code), own - {*given, *_words_said(code)})
        + f"return {{ {', '.join(given)} }};\n}})();"
    )


def lean(text: str) -> str:
    """Leave out what only a person reads: indentation, empty lines, lines of comment.

    A comment that shares its line with code stays, so nothing inside a text or an
    address can be taken for one; texts over several lines may not hold such lines.
    """
    for pattern in (_BLOCK_COMMENT, _LINE_COMMENT, _INDENT):
        text = pattern.sub("", text)
    return _BLANK.sub("\n", text)


def tight(text: str) -> str:
    """Leave out of a lean script what only spaces its marks.

    Without a grammar, so only what is safe by the line: spaces around marks stay in a
    line that holds a pattern, a division, or a template within another.

    Raises
    ------
    MapError
        If a comment is left: joined to the next line, it would swallow it.
    """
    text = _TRAILING_COMMENT.sub(r"\1", _INLINE_TYPE.sub("", text))
    if left := _OTHER_COMMENT.search(text):
        msg = f"{left[0]!r}: put the comment on a line of its own."
        raise MapError(msg)
    text = "\n".join(map(_without_spaces, text.split("\n")))
    text = _LAST_COMMA.sub(r"\1", _AFTER_OPENING.sub(r"\1", text))
    return _BEFORE_CLOSING.sub(r"\1", text)


def shorten(text: str, names: Iterable[str]) -> str:
    """Give long names of a tight script short ones: a twelfth of its letters.

    Without a grammar, so only names that are surely nothing else: nowhere a property,
    be it after a point, before a colon, or alone between braces and commas. A local
    variable of the same name gets the same short one, and still hides it.

    Parameters
    ----------
    names : iterable of str
        Declared at the top level, and in no text.
    """
    found = Counter(_WORD.findall(text))
    plain = list(set(names) - _properties(text))
    # The most frequent get the shortest; of equals, by name: the same bytes each time.
    plain.sort(key=lambda name: (-found[name], name))
    short = dict(zip(plain, _short_names(), strict=False))
    return _WORD.sub(lambda word: short.get(word[0], word[0]), text)


def _words_said(code: str) -> list[str]:
    """Return the words of texts; of lean code, where no text goes beyond its line."""
    return _WORD.findall(" ".join(_SAID.findall(code)))


# What may be a property: a name after a point, before a colon, alone between braces and
# commas. Each sees only what stands about a name, so that names side by side are found.
_PROPERTIES = (
    re.compile(r"(?<!\.\.)\.(\w+)"),
    re.compile(r"\b(\w+)(?= ?:)"),
    re.compile(r"(?<=[{,])\s*(\w+)(?=\s*(?:[,}]|=[^=>]))"),
)


def _properties(text: str) -> set[str]:
    """Return the names that are, or may be, of properties in a tight script."""
    return {name for each in _PROPERTIES for name in each.findall(text)}


def _short_names() -> Iterator[str]:
    """Yield ``$a``, ``$b``, … ``$aa``, …: no name of ours begins with a dollar."""
    for length in count(1):
        for letters in product(_SHORT, repeat=length):
            yield "$" + "".join(letters)


def _without_spaces(line: str) -> str:
    parts = _TEXT.split(line)
    is_split = "`" in "".join(parts[::2]) or not all(map(_is_whole, parts[1::2]))
    if is_split or _HARD.search(line):
        return line
    parts[::2] = [_AROUND_MARKS.sub(r"\1", part) for part in parts[::2]]
    return "".join(parts)


def _is_whole(text: str) -> bool:
    """Whether a text is no piece of a template that holds another."""
    return text.startswith('"') or text.count("${") == text.count("}")


def read_script(name: str) -> str:
    """Return a script of ours by its name in ``assets/scripts``."""
    folder = files("kkbpk_geo.maps.page") / "assets" / "scripts"
    return folder.joinpath(*name.split("/")).read_text(encoding="utf-8")


def in_order(entries: Iterable[str], read: Callable[[str], str]) -> dict[str, Module]:
    """Return every module that is needed, each after those it imports."""
    found: dict[str, Module] = {}

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            circle = " imports ".join((*above[above.index(name) :], name))
            msg = (
                f"scripts import in a circle: {circle}. Move what both need to a third."
            )
            raise MapError(msg)
        if name in found:
            return
        module = _parse(name, read(name))
        for other, _ in module.imports:
            visit(other, (*above, name))
        found[name] = module

    for entry in entries:
        visit(entry, ())
    return found


def _parse(name: str, text: str) -> Module:
    """Take a module apart; refuse what cannot be joined by lines."""
    imports = tuple(
        (normpath(join(dirname(name), source)), _listed(wanted))
        for wanted, source in _IMPORT.findall(text)
    )
    declared = _NAME.findall(text)
    body = _EXPORT.sub("", _IMPORT.sub("", text))
    if odd := _OTHER.search(body) or _PATTERN.search(body):
        msg = (
            f"{name}: {odd[0]!r} cannot be joined; expected "
            "'import { a, b } from \"./x.js\";', or export before a function or const, "
            "and one name in each declaration."
        )
        raise MapError(msg)
    exports = tuple(own for exported, own in declared if exported)
    return Module(
        name=name,
        text=lean(body).lstrip("\n"),
        imports=imports,
        names=tuple(own for _, own in declared),
        exports=exports,
    )


def _listed(wanted: str) -> tuple[str, ...]:
    return tuple(one for part in wanted.split(",") if (one := part.strip()))


def _check_names(modules: dict[str, Module]) -> None:
    """Refuse imports of what is not there, and one name for two things.

    All modules share one scope once they are joined.
    """
    owners: dict[str, str] = {}
    for module in modules.values():
        for own in module.names:
            if own in owners:
                msg = (
                    f"{module.name} and {owners[own]} both declare {own!r}; joined, "
                    "they share one scope. Rename one of them."
                )
                raise MapError(msg)
            owners[own] = module.name
        for other, wanted in module.imports:
            absent = [one for one in wanted if one not in modules[other].exports]
            if absent:
                msg = (
                    f"{module.name} imports {absent} from {other}, which does not "
                    f"export them; it exports {list(modules[other].exports)}."
                )
                raise MapError(msg)
