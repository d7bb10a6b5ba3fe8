"""What a caller chooses by a word: checked when it is said, not when it is drawn.

Why: ``direction="higher"`` was once drawn as "worse" and ranked as "best"; a word that
is no choice must not reach a colour.

In:     a value and the choices there are. Out: the value, or MapError with the choices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.base.words import LANGUAGES

Chosen = TypeVar("Chosen")
_PAIR = 2


def require_choice(name: str, given: object, choices: Sequence[str]) -> None:
    """Refuse a word that is none of the choices.

    Raises
    ------
    MapError
        Names the field, what was given and every choice.
    """
    if isinstance(given, str) and given in choices:
        return
    two = " or ".join(map(repr, choices))
    listed = two if len(choices) == _PAIR else f"one of {', '.join(choices)}"
    msg = f"{name} is {given!r}; expected {listed}."
    raise MapError(msg)


def require_words(owner: object, names: Iterable[str]) -> None:
    """Refuse a field that is neither a text nor texts by language."""
    for name in names:
        given = getattr(owner, name)
        if isinstance(given, str):
            continue
        if isinstance(given, Mapping) and given:
            texts = all(isinstance(text, str) for text in given.values())
            if texts and set(given) <= set(LANGUAGES):
                continue
        msg = (
            f"{name} is {given!r}; expected a text such as {str(given)!r}, or one by "
            f"language: {{'id': '…', 'en': '…'}}."
        )
        raise MapError(msg)


def require_path(given: object, instead: str) -> Path:
    """Return a path; refuse an open file, and a thing in the place of a path.

    Raises
    ------
    MapError
        With what to call ``instead``.
    """
    if isinstance(given, str | PathLike):
        return Path(given)
    msg = f"path is a {type(given).__name__}; expected a path. {instead}"
    raise MapError(msg)


def require_text(name: str, given: object) -> None:
    """Refuse what is no text."""
    if not isinstance(given, str):
        msg = f"{name} is {given!r}; expected a text, as it shall be written."
        raise MapError(msg)


def require_mapping(name: str, given: object) -> None:
    """Refuse what is no dict."""
    if not isinstance(given, Mapping):
        msg = f"{name} is a {type(given).__name__}; expected a dict."
        raise MapError(msg)


def require_switches(owner: object, names: Iterable[str]) -> None:
    """Refuse a switch that is neither on nor off: the text "no" would be on."""
    for name in names:
        given = getattr(owner, name)
        if not isinstance(given, bool):
            msg = f"{name} is {given!r}; expected True or False."
            raise MapError(msg)


def require_whole(name: str, given: object, least: int) -> None:
    """Refuse what is no whole number of at least ``least``; None is no choice."""
    # For Python True is the number 1; for a caller it is no number.
    whole = hasattr(given, "__index__") and not isinstance(given, bool)
    if given is None or (whole and int(given) >= least):  # type: ignore[call-overload]
        return
    msg = f"{name} is {given!r}; expected a whole number, at least {least}."
    raise MapError(msg)


def as_choices(kind: type[Chosen], given: Any, name: str, example: str) -> Chosen:  # noqa: ANN401
    """Return options as their class: as given, from a dict of its fields, or usual.

    Raises
    ------
    MapError
        If it is something else, or the dict has a key that is no field.
    """
    if given is None:
        return kind()
    if isinstance(given, kind):
        return given
    if not isinstance(given, Mapping):
        msg = (
            f"{name} is {given!r}; expected {kind.__name__}, such as "
            f"{kind.__name__}({example}), or a dict of its fields."
        )
        raise MapError(msg)
    known = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    for key in given:
        if key not in known:
            msg = (
                f"{name} has {key!r}, which {kind.__name__} does not; it has "
                f"{', '.join(known)}."
            )
            raise MapError(msg)
    return kind(**given)
