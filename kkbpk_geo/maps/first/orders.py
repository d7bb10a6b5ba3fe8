"""What a region is to get first: three orders of count, thing and passive verb.

In:     the needs of a map, a region's place in it.
Out:    :class:`Order`, the most urgent first.
Rule:   an order counts what no order before it counts: who needs contraception, who
        uses it and which method are questions about the same couples, so only the most
        urgent of them is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.indicators import Standard
from kkbpk_geo.catalogue.labels import has_label, label
from kkbpk_geo.catalogue.programme import is_column, split_column
from kkbpk_geo.maps.content.needs import Needs, Service

# A head of office remembers three; the sheet of the district has all.
MOST_ORDERS = 3
# What counts couples, all of them or the users among them.
_COUPLES = frozenset({"couples", "users"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What one service lacks in one region.

    Attributes
    ----------
    service : Service
    at : int
        Place of the region on the map.
    """

    service: Service
    at: int

    @property
    def lacking(self) -> float:
        """How many are lacking."""
        return self.service.gap[self.at] or 0.0

    def count(self, language: Language) -> str:
        """Return how many, written out."""
        return format_number(self.lacking, 0, language)

    def thing(self, language: Language) -> str:
        """Return what is lacking, after its count."""
        return thing_of(self.service, self.lacking, language)

    def said(self, language: Language) -> str:
        """Return the thing, and what is to be done with it."""
        rule = self.service.rule
        done = rule.done(language) if rule else ""
        return f"{self.thing(language)} {done or label('first_done', language)}"

    def ground(self, language: Language) -> str:
        """Return why: how many there are, of how many."""
        service = self.service
        supply = format_number(service.supply[self.at], 0, language)
        need = format_number(service.need[self.at], 0, language)
        if service.at_most:
            return label("first_limit", language).format(now=need, most=supply)
        of = _base_word(service.rule, language)
        of = f" {of}" if of else ""
        ground = label("first_ground", language)
        return ground.format(there=supply, need=need, of=of)


def orders_of(needs: Needs, at: int) -> list[Order]:
    """Return the first orders of a region, the most urgent first.

    Parameters
    ----------
    needs : Needs
    at : int
        Place of the region on the map.
    """
    lacking = [one for one in needs.services if (one.gap[at] or 0) > 0]
    lacking.sort(key=lambda one: -(one.part[at] or 0))
    first = list(each_once(lacking))[:MOST_ORDERS]
    return [Order(service=one, at=at) for one in first]


def each_once(services: Iterable[Service]) -> Iterator[Service]:
    """Leave out what counts the same couples as a service before it."""
    has_couples = False
    for service in services:
        if counts_couples(service.rule):
            if has_couples:
                continue
            has_couples = True
        yield service


def counts_couples(rule: Standard | None) -> bool:
    """Whether a standard counts couples, among all couples or all users."""
    if rule is None or not set(rule.base) <= _COUPLES:
        return False
    counted = [split_column(one)[1] for one in rule.supply if is_column(one)]
    return bool(counted) and all(measure.of_persons for measure in counted)


def thing_of(service: Service, count: float, language: Language) -> str:
    """Return what a service counts, in words that follow a count."""
    if service.rule is None:
        return service.unit or service.label[language]
    return service.rule.thing(count, language)


def _base_word(rule: Standard | None, language: Language) -> str:
    """Return of what each one is to have one: ``desa``; nothing for other shares."""
    if rule is None or rule.value != 1 or len(rule.base) != 1:
        return ""
    base = rule.base[0]
    measure = split_column(base)[1].key if is_column(base) else base
    key = f"first_of_{measure}"
    return label(key, language) if has_label(key) else ""
