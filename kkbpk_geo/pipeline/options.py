"""One record per choice of a run: its key in the project file, its flag, its words.

Why: a choice that is declared for the file, for every command and for the help each by
itself is forgotten in one of them. Here it stands once, beside the field it fills.

In:     a dataclass whose fields are annotated with an :class:`Option`.
Out:    :class:`Choice`: how a value is read, checked, named in a fault and on a command
        line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType, NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from kkbpk_geo.base.formats import Language, month_number
from kkbpk_geo.base.periods import EXPECTED, Period, read_period

# Far above any share, size or weight; products of larger numbers are no numbers.
_MOST_NUMBER = 1e12
_SHOWN = 60  # letters of a value in a fault: enough to find it, short enough to read


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """What a value is.

    Attributes
    ----------
    types : tuple of type
        Of the value as TOML gives it.
    expected : str
        In a fault.
    typed : type
        Of the value as the command line reads it.
    """

    types: tuple[type, ...]
    expected: str
    typed: Any = None


def _period_of_one_year(text: object) -> Period | None:
    """Return the period that a text says, None where it has no single year."""
    found = read_period(text)
    return found if found is not None and found.year is not None else None


TEXT = Kind((str,), "a text in quotes", str)
WORD = Kind((str,), "a text in quotes")  # one of the field's own list
FILE = Kind((str,), "a text in quotes", Path | None)  # one that exists
FOLDER = Kind((str,), "the name of a folder in quotes")  # made if absent
WHOLE = Kind((int,), "a whole number", int | None)
SWITCH = Kind((bool,), "true or false", bool)
TEXTS = Kind((list,), "a list of texts in quotes", list[str] | None)
FILES = Kind((list,), "a list of texts in quotes", list[str] | None)  # or patterns
MONTH = Kind((str, int), "a month such as 'November' or 11", str | None)
PERIOD = Kind((str, int), f"a period such as {EXPECTED}", str | None)
NUMBERS = Kind((dict,), "a number")  # a section of its own, with free keys
# A time in words -> what a project holds; None where it is none.
READ_AS: Mapping[Kind, Callable[[Any], Any]] = MappingProxyType(
    {MONTH: month_number, PERIOD: _period_of_one_year}
)
_PLAIN = {bool: SWITCH, int: WHOLE, Path: FILE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """What people may say about one field, and where.

    Attributes
    ----------
    id, en : str
        What it is, in either language.
    key : str
        ``section.key`` of the project file; a section alone where keys are free.
    flag : str
        Of the command line; empty where there is none, and ``why`` says why.
    alias : str
        The same flag in English, where the word is not one in both languages.
    commands : tuple of str
        That take the flag.
    arguments : tuple of str
        Commands that take it as their argument, without the flag.
    kind : Kind or None
        What a value is; by the field's type if left out.
    least, most : int or None
        Bounds of a whole number.
    may_be_off : bool
        Of a section of numbers: ``false`` leaves one out.
    """

    id: str
    en: str
    key: str
    flag: str = ""
    alias: str = ""
    commands: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    why: str = ""
    kind: Kind | None = None
    least: int | None = None
    most: int | None = None
    may_be_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An option with the field that it fills.

    Attributes
    ----------
    field : str
        ``year``, or ``plans.year`` of a dataclass within.
    kind : Kind
    words : tuple
        The values allowed, where they are listed.
    typed : type
        Of the value on a command line.
    default : object
        None where nothing is said.
    """

    field: str
    option: Option
    kind: Kind
    words: tuple[object, ...]
    typed: Any
    default: Any

    @property
    def section(self) -> str:
        """Section of the project file."""
        return self.option.key.partition(".")[0]

    @property
    def key(self) -> str:
        """Key within the section; empty where its keys are free."""
        return self.option.key.partition(".")[2]

    @property
    def flags(self) -> tuple[str, ...]:
        """The flag, and the same in English where it has one."""
        both = (self.option.flag, self.option.alias)
        return tuple(flag for flag in both if flag)

    @property
    def name(self) -> str:
        """Name as a parameter of a command."""
        return self.option.flag.lstrip("-").replace("-", "_")

    @property
    def expected(self) -> str:
        """What a fault says was expected."""
        if self.words:
            return f"one of {list(self.words)}"
        if self.option.least is None:
            return self.kind.expected
        return f"{self.kind.expected} from {self.option.least} to {self.option.most}"

    def help(self, language: Language = "id") -> str:
        """Say what it is."""
        return self.option.id if language == "id" else self.option.en

    def taken_by(self, command: str) -> bool:
        """Whether a command takes it, as a flag or as its argument."""
        return command in (*self.option.commands, *self.option.arguments)

    def is_said(self, value: object) -> bool:
        """Whether a value says anything; an empty text names no file and no month."""
        if list in self.kind.types:
            return value is not None and value != []
        # A word that has a default is chosen among words: an empty one is a fault.
        open_word = self.kind is WORD and self.default is None
        if self.kind in (FILE, MONTH, PERIOD) or open_word:
            return value is not None and value != ""
        return value is not None

    def faults(self, value: object, where: str) -> Iterator[str]:
        """Say what is wrong with a value, a sentence for each fault."""
        if self.kind is NUMBERS and isinstance(value, dict):
            yield from _faults_of_numbers(self, value, where)
        elif isinstance(value, list) and list in self.kind.types:
            for number, entry in enumerate(value, 1):
                if not isinstance(entry, str):
                    place = f"{where}, entry {number}"
                    yield f"{place} is {shown(entry)}; expected {TEXT.expected}."
        elif not self._fits(value):
            yield f"{where} is {shown(value)}; expected {self.expected}."

    def _fits(self, value: object) -> bool:
        if not _is_one_of(value, self.kind.types):
            return False
        if self.words:
            return value in self.words
        if self.kind is FOLDER:
            return "\0" not in str(value)  # no system has a name with it
        if self.kind in READ_AS:
            # What names a time is short; thousands of digits are no number to read.
            return len(shown(value)) <= _SHOWN and READ_AS[self.kind](value) is not None
        # Bounds are of whole numbers; a month was judged above.
        least, most = self.option.least, self.option.most
        if isinstance(value, int) and least is not None and most is not None:
            return least <= value <= most
        return True


def choices_of(table: type, *, within: str = "") -> tuple[Choice, ...]:
    """Read the options beside the fields of a dataclass, in their order.

    Parameters
    ----------
    table : dataclass
        Its fields are annotated as ``Annotated[type, Option(...)]``.
    within : str
        Field of another dataclass that holds this one.
    """
    hints = get_type_hints(table, include_extras=True)
    found = []
    for field in fields(table):
        hint, *notes = get_args(hints[field.name]) or (hints[field.name],)
        for option in notes:
            if isinstance(option, Option):
                name = f"{within}.{field.name}" if within else field.name
                found.append(_choice(name, hint, option, field.default))
    return tuple(found)


def _choice(name: str, hint: Any, option: Option, default: object) -> Choice:  # noqa: ANN401
    # "int | None" says that nothing need be said; what is said is an int.
    plain = _without_none(hint)
    words = get_args(plain) if get_origin(plain) is Literal else ()
    kind = option.kind or _kind_of(plain)
    typed = hint if kind is WORD else kind.typed
    # A list, a file or a month that is not said is None on a command line.
    spoken = kind in (TEXT, WORD, WHOLE, SWITCH, FOLDER) and default is not MISSING
    return Choice(
        field=name,
        option=option,
        kind=kind,
        words=words,
        typed=typed,
        default=default if spoken else None,
    )


def _kind_of(plain: Any) -> Kind:  # noqa: ANN401
    origin = get_origin(plain)
    if origin is Literal:
        return WORD
    if origin is tuple:
        return FILES if Path in get_args(plain) else TEXTS
    if origin is Mapping:
        return NUMBERS
    # A title in both languages can only be said in Python; elsewhere it is a text.
    return _PLAIN.get(plain, TEXT)


def _without_none(hint: Any) -> Any:  # noqa: ANN401
    """Return ``int`` of ``int | None``; other types as they are."""
    parts = [part for part in get_args(hint) if part is not NoneType]
    optional = NoneType in get_args(hint)
    return parts[0] if optional and len(parts) == 1 else hint


def shown(value: object, most: int = _SHOWN) -> str:
    """Return a value as a fault shows it; a very long one is cut."""
    try:
        text = repr(value)
    # Thousands of digits, or brackets within brackets: neither can be shown.
    except (ValueError, RecursionError):
        text = f"{type(value).__name__} …"
    return text if len(text) <= most else f"{text[:most]}…"


def did_you_mean(word: str, known: Mapping[str, object], form: str) -> str:
    """Return the nearest word that is known, as a question; empty where none is near.

    Parameters
    ----------
    form : str
        How the word is written, such as ``[{}]``.
    """
    # A word that is known but stands elsewhere is not its own misspelling.
    near = get_close_matches(word, [name for name in known if name != word], n=1)
    return f" Did you mean {form.format(near[0])}?" if near else ""


def flat_numbers(section: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    """Return keys and values: ``[standar.kit] bkb`` and ``"kit:bkb"`` are the same."""
    found = []
    for key, value in section.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            found += flat_numbers(value, f"{name}:")
        else:
            found.append((name, value))
    return found


def _faults_of_numbers(
    choice: Choice, section: Mapping[str, Any], where: str
) -> Iterator[str]:
    off = choice.option.may_be_off
    expected = "a number, or false to leave it out" if off else NUMBERS.expected
    seen: set[str] = set()
    for key, value in flat_numbers(section):
        # To TOML "kit:bkb" and [standar.kit] bkb are two keys; here they are one.
        if key in seen:
            yield f"{where} gives {key!r} twice; give it once."
        seen.add(key)
        number = (
            _is_one_of(value, (int, float)) and -_MOST_NUMBER < value < _MOST_NUMBER
        )
        if not number and not (off and value is False):
            size = f", at most {_MOST_NUMBER:.0e}" if _is_large(value) else ""
            yield f"{where} {key} is {shown(value)}; expected {expected}{size}."


def _is_large(value: object) -> bool:
    return _is_one_of(value, (int, float)) and abs(value) >= _MOST_NUMBER  # type: ignore[arg-type]


def _is_one_of(value: object, types: tuple[type, ...]) -> bool:
    """Whether a value has a type; true and false are no whole numbers."""
    if isinstance(value, bool):
        return bool in types
    return isinstance(value, types)
