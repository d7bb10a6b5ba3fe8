"""The first screen of the work map in words: who needs what, how sure, what is missing.

Why: a head of office has ten seconds. The page then says three names and three numbers,
and everything else on it is proof. The sentences are made here, so that they can be
read and tested without a browser, and page and print say the same.

In:     the description of a map with gap scores.
Out:    :class:`FirstScreen`; None where nothing was scored.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.words import both
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.programme import groups
from kkbpk_geo.catalogue.statuses import HIDDEN, statuses
from kkbpk_geo.maps.content.catalogue_words import in_each
from kkbpk_geo.maps.content.needs import SCORE_DIGITS
from kkbpk_geo.maps.content.tables import KIND, NAME, OK, PARENT
from kkbpk_geo.maps.first.orders import (
    MOST_ORDERS,
    Order,
    each_once,
    orders_of,
    thing_of,
)
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from kkbpk_geo.maps.content.needs import Needs, Service
    from kkbpk_geo.maps.describe import MapDescription

# Three districts are told whole and two in a line: what fits one screen and one A4.
MOST_FULL = 3
MOST_ROWS = 5
# Things of the headline; names of a sentence, before it says how many more.
_MOST_THINGS = 3
_MOST_NAMES = 3
# The sentences of the message, and each where nothing can be counted.
_BARE = {
    "first_message": "first_message_bare",
    "first_message_one": "first_message_one_bare",
    "first_only": "first_only_bare",
    "first_all_alike": "first_all_alike_bare",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRow:
    """A region of the list.

    Attributes
    ----------
    at : int
        Its place on the map.
    rank : int
        1 is the most in need.
    note : dict language -> str
        How much is lacking, and how sure its rank is.
    orders : tuple of Order
    is_full : bool
        Each order has a line of its own; else all stand in one.
    """

    at: int
    rank: int
    note: dict[str, str]
    orders: tuple[Order, ...]
    is_full: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstScreen:
    """What the page says first, in each language.

    Attributes
    ----------
    message : dict language -> str
        Who needs what, how many, as a sentence.
    sure : dict language -> str
        How sure the order is; which regions have no score.
    lacking : tuple of dict language -> str
        What has not come in, a sentence each.
    rows : tuple of FirstRow
        The most in need first.
    rule : dict language -> str
        What the colours of the map count.
    more : dict language -> str
        The way to all regions in order.
    """

    message: dict[str, str]
    sure: dict[str, str]
    lacking: tuple[dict[str, str], ...]
    rows: tuple[FirstRow, ...]
    rule: dict[str, str]
    more: dict[str, str]


def first_screen(description: MapDescription) -> FirstScreen | None:
    """Return the first screen of a map; None where no region has a score.

    Parameters
    ----------
    description : MapDescription
    """
    needs = description.needs
    if needs is None or not any(one is not None for one in needs.score):
        return None
    about = _About(description, needs)
    rows = tuple(about.row(at, n) for n, at in enumerate(about.needy[:MOST_ROWS]))
    given = tuple(map(both, description.options.lacking))
    return FirstScreen(
        message=in_each(about.message),
        sure=in_each(about.sure),
        lacking=given or about.lacking(),
        rows=rows,
        rule=in_each(about.rule),
        more=in_each(lambda language: about.more(len(rows), language)),
    )


class _About:
    """A map with scores, and the questions that the sentences ask of it."""

    def __init__(self, description: MapDescription, needs: Needs) -> None:
        frame = description.boundaries
        self.needs = needs
        self.names = list(map(str, frame[NAME]))
        self.kinds = list(dict.fromkeys(map(str, frame.get(KIND, []))))
        self.parents = list(map(str, frame.get(PARENT, [""] * len(frame))))
        self.scored = [i for i, one in enumerate(needs.score) if one is not None]
        # Equal ones in the order of the map, so that the same input says the same.
        needy = [i for i in self.scored if (needs.score[i] or 0) > 0]
        self.needy = sorted(needy, key=lambda i: (self.rank(i), i))
        self.first = self._first()

    def rank(self, at: int) -> int:
        """Return the rank of a region; where none is given, by its score."""
        given = self.needs.rank[at]
        if given is not None:
            return int(given)
        own = self.needs.score[at] or 0.0
        scores = (self.needs.score[i] or 0.0 for i in self.scored)
        return 1 + sum(one > own for one in scores)

    def _first(self) -> list[int]:
        """Return who comes first: three, or more that cannot be told apart.

        Where too many share the last place, only those before it; none, if all do.
        """
        found = [i for i in self.needy if self.rank(i) <= MOST_FULL]
        if len(found) <= MOST_ROWS:
            return found
        last = self.rank(found[-1])
        return [i for i in found if self.rank(i) < last]

    # The message ----------------------------------------------------------------------

    def message(self, language: Language) -> str:
        """Say who needs what, and how many."""
        if not self.needy:
            return label("first_none", language).format(n=self._counted(language))
        about = self.first or self.needy
        things = self._things(about, language)
        key = "first_message"
        if not self.first:
            key = "first_all_alike"
        elif len(self.scored) == 1:
            key = "first_only"
        elif len(about) == 1:
            key = "first_message_one"
        if not things:
            key = _BARE[key]
        names = joined([self.names[i] for i in about[:MOST_ROWS]], language)
        return label(key, language).format(
            names=names, things=things, n=self._counted(language, len(about))
        )

    def _counted(self, language: Language, n: int | None = None) -> str:
        """Return how many regions, with what they are."""
        number = format_number(len(self.scored) if n is None else n, 0, language)
        # Two kinds say enough: kabupaten/kota.
        kind = "/".join(self.kinds[:2]).lower() or label("map_page_region", language)
        return f"{number} {kind.lower()}"

    def _things(self, regions: Sequence[int], language: Language) -> str:
        """Return what these regions lack together, the most urgent first."""
        said = [self._sum(one, regions, language) for one in self._shared(regions)]
        return joined(said, language)

    def _shared(self, regions: Sequence[int]) -> list[Service]:
        """Return the services most regions are to get first."""
        orders = [order for at in regions for order in orders_of(self.needs, at)]
        asked = Counter(order.service.key for order in orders)
        urgent: defaultdict[str, float] = defaultdict(float)
        for order in orders:
            urgent[order.service.key] += order.service.part[order.at] or 0
        by_key = {order.service.key: order.service for order in orders}
        ordered = sorted(by_key, key=lambda key: (-asked[key], -urgent[key]))
        # Each region asks one question about its couples, but not all the same one.
        return list(each_once(by_key[key] for key in ordered))[:_MOST_THINGS]

    def _sum(self, service: Service, regions: Sequence[int], language: Language) -> str:
        """Return how many a service lacks in regions; at least, if one is unknown."""
        gaps = [service.gap[at] for at in regions]
        total = sum(gap or 0 for gap in gaps)
        said = (
            f"{format_number(total, 0, language)} {thing_of(service, total, language)}"
        )
        if None in gaps:
            return label("first_at_least", language).format(things=said)
        return said

    # How sure, what is missing --------------------------------------------------------

    def sure(self, language: Language) -> str:
        """Say how sure the first ones are, who has no score, what it leaves out."""
        hidden = self._bare("first_hidden", self._without_gap(HIDDEN), language)
        said = [self._sureness(language), self._unscored(language), hidden]
        return " ".join(filter(None, said))

    def _sureness(self, language: Language) -> str:
        first = self.first
        ends = [(self.needs.rank_low[i], self.needs.rank_high[i]) for i in first]
        # One region alone keeps its place whatever the weights.
        if not first or len(self.scored) == 1 or any(None in pair for pair in ends):
            return ""
        if all(low == high for low, high in ends):
            key = "first_sure_one" if len(first) == 1 else "first_sure"
            return label(key, language)
        unsure = [i for i in first if (self.needs.rank_high[i] or 0) > len(first)]
        if not unsure:
            return label("first_sure_set", language).format(n=len(first))
        said = [f"{self.names[i]} {self._rank_words(i, language)}" for i in unsure]
        return label("first_unsure", language).format(who="; ".join(said))

    def _unscored(self, language: Language) -> str:
        scored = set(self.scored)
        without = [name for i, name in enumerate(self.names) if i not in scored]
        if not without:
            return ""
        names = shortened(without, language)
        return label("first_unscored", language).format(names=names)

    def lacking(self) -> tuple[dict[str, str], ...]:
        """Say which needs have no number, of regions that have a score all the same."""
        waiting = set(statuses()) - {OK, *HIDDEN}
        if not self._without_gap(waiting):
            return ()
        say = partial(self._bare, "first_lacking", self._without_gap(waiting))
        return (in_each(say),)

    def _without_gap(self, states: Collection[str]) -> list[tuple[Service, int]]:
        """Return each service and scored region without a number for such a reason."""
        scored = set(self.scored)
        return [
            (service, at)
            for service in self.needs.services
            for at, state in enumerate(service.status)
            if service.gap[at] is None and state in states and at in scored
        ]

    def _bare(
        self, key: str, cells: Sequence[tuple[Service, int]], language: Language
    ) -> str:
        """Name services and regions in a sentence; nothing of none."""
        # A table that did not come lacks each of its services: it is named once.
        named = dict.fromkeys(self._cell(*one, language) for one in cells)
        if not named:
            return ""
        return label(key, language).format(names=shortened([*named], language))

    def _cell(self, service: Service, at: int, language: Language) -> str:
        rule = service.rule
        if rule is not None and rule.group:
            return f"{groups()[rule.group].short} {self.names[at]}"
        # Of how many is not known: the words for several.
        return f"{thing_of(service, 0, language)} {self.names[at]}"

    # The list -------------------------------------------------------------------------

    def row(self, at: int, n: int) -> FirstRow:
        """Return the line of a region, the n-th of the list."""
        return FirstRow(
            at=at,
            rank=self.rank(at),
            note=in_each(lambda language: self._note(at, language)),
            orders=tuple(orders_of(self.needs, at)),
            is_full=n < MOST_FULL,
        )

    def _note(self, at: int, language: Language) -> str:
        share = format_number(self.needs.percent[at], SCORE_DIGITS, language)
        said = [
            self._where(at),
            label("first_share", language).format(share=share),
            self._rank_words(at, language),
        ]
        return " · ".join(filter(None, said))

    def _where(self, at: int) -> str:
        """Return what a region lies in, on a map of several such places."""
        several = len(set(self.parents)) > 1
        return place_name(self.parents[at]) if several else ""

    def _rank_words(self, at: int, language: Language) -> str:
        """Say a rank, and how sure it is."""
        low, high = self.needs.rank_low[at], self.needs.rank_high[at]
        rank = self.rank(at)
        if len(self.scored) == 1:
            return ""
        if low is not None and high is not None and low < high:
            said = label("first_between", language)
            return said.format(low=int(low), high=int(high))
        alike = sum(self.rank(i) == rank for i in self.needy) - 1
        key = "first_rank" if low is None else "first_rank_sure"
        if alike:
            key = "first_rank_alike"
        return label(key, language).format(rank=rank, n=alike)

    def rule(self, language: Language) -> str:
        """Say what the colours count."""
        n = format_number(len(self.needs.services), 0, language)
        return label("first_rule", language).format(n=n)

    def more(self, shown: int, language: Language) -> str:
        """Say where the other regions are."""
        n = len(self.scored)
        key = "first_more" if n > shown + 1 else "first_more_one"
        if not shown or n <= shown:
            key = "first_all"
        return label(key, language).format(
            first=shown + 1, last=format_number(n, 0, language)
        )


def joined(texts: Sequence[str], language: Language) -> str:
    """Join texts as a sentence does: ``a``, ``a dan b``, ``a, b, dan c``."""
    *before, last = [*texts] or [""]
    if not before:
        return last
    key = "first_and" if len(before) == 1 else "first_comma_and"
    return f"{', '.join(before)}{label(key, language)}{last}"


def shortened(texts: Sequence[str], language: Language) -> str:
    """Join the first few texts, and say how many more there are."""
    more = len(texts) - _MOST_NAMES
    if more <= 0:
        return joined(texts, language)
    shown = ", ".join(texts[:_MOST_NAMES])
    n = format_number(more, 0, language)
    return label("first_names_more", language).format(names=shown, n=n)


def order_texts(row: FirstRow, language: Language) -> list[list[str]]:
    """Return the orders of a row: count, thing and verb, ground."""
    return [
        [one.count(language), one.said(language), one.ground(language)]
        for one in row.orders[:MOST_ORDERS]
    ]


def order_line(row: FirstRow, language: Language) -> str:
    """Return the orders of a row in one line; nothing to do is said."""
    said = [f"{one.count(language)} {one.thing(language)}" for one in row.orders]
    return " · ".join(said) or label("first_no_order", language)
