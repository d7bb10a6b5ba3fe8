"""The paragraph for the minutes, written from the figures, right every time.

In:     a comparison, or a merge. Out: one paragraph of plain text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label, mark_words
from kkbpk_geo.plan.decide.resolve import Resolved
from kkbpk_geo.plan.lines.plan import Plan
from kkbpk_geo.plan.lines.words import rupiah_text

if TYPE_CHECKING:
    from kkbpk_geo.plan.align.alignment import Alignment

_NAMED = 3


def minutes_paragraph(result: Alignment | Resolved, *, meeting: str = "") -> str:
    """Write what the minutes of a meeting say about the plans.

    Parameters
    ----------
    result : Alignment or Resolved
        Before the decisions, or after them.
    meeting : str, optional
        Name of the meeting, such as ``Rakerda 2026``; no names of persons.

    Returns
    -------
    str
        Sentences in one paragraph, in the language of the comparison.
    """
    alignment = result.alignment if isinstance(result, Resolved) else result
    language = alignment.language
    sentences = [
        _compared(alignment, meeting, language),
        _money(alignment, language),
        _due(alignment, language),
        _absent(alignment, language),
    ]
    if isinstance(result, Resolved):
        sentences.append(_decided(result, language))
    return " ".join(sentence for sentence in sentences if sentence)


def _number(value: float, language: Language) -> str:
    return format_number(value, 0, language)


def _years(plans: tuple[Plan, ...]) -> str:
    years = {int(y) for plan in plans for y in plan.data["year"].dropna()}
    return ", ".join(map(str, sorted(years))) or "–"


def _compared(alignment: Alignment, meeting: str, language: Language) -> str:
    lines, agreed = len(alignment.compared), alignment.agreed
    share = 100 * agreed / lines if lines else None
    here = alignment.regions["lines"].fillna(0) > 0
    named = meeting or label("minutes_meeting", language)
    words = mark_words(alignment.marks, language)
    return label("minutes_compared", language).format(
        meeting=f"{named} ({words})" if words else named,
        districts=_number(int(here.sum()), language),
        year=_years((alignment.province, alignment.districts)),
        lines=_number(lines, language),
        agreed=_number(agreed, language),
        share=format_number(share, 1, language),
    )


def _money(alignment: Alignment, language: Language) -> str:
    return label("minutes_money", language).format(
        province=rupiah_text(int(alignment.province.data["budget"].sum()), language),
        district=rupiah_text(int(alignment.districts.data["budget"].sum()), language),
    )


def _due(alignment: Alignment, language: Language) -> str:
    if alignment.table.empty:
        return label("minutes_nothing", language)
    kinds = [
        label("minutes_kind", language).format(
            count=_number(count, language), kind=label(f"align_kind_{kind}", language)
        )
        for kind, count in alignment.counts().items()
    ]
    most = alignment.regions.sort_values("decisions", ascending=False, kind="stable")
    names = [
        f"{name} ({_number(count, language)})"
        for name, count in zip(most["name"], most["decisions"], strict=True)
        if count
    ][:_NAMED]
    return label("minutes_due", language).format(
        decisions=_number(len(alignment.table), language),
        kinds="; ".join(kinds),
        most=", ".join(names) or "–",
    )


def _absent(alignment: Alignment, language: Language) -> str:
    """Name the districts that handed in no plan, and those the province left out."""
    lacking = {
        "minutes_absent": alignment.absent("district"),
        "minutes_absent_province": alignment.absent("province"),
    }
    own, top = lacking.values()
    if own and own == top:
        lacking = {"minutes_absent_both": own}
    said = [
        label(key, language).format(
            count=_number(len(names), language), names=", ".join(names)
        )
        for key, names in lacking.items()
        if names
    ]
    if not own:
        said.insert(0, label("minutes_complete", language))
    if own or top:
        said.append(label("minutes_uncounted", language))
    return " ".join(said)


def _decided(resolved: Resolved, language: Language) -> str:
    audit = resolved.audit
    by = resolved.decided_by or label("minutes_meeting", language)
    return label("minutes_decided", language).format(
        by=by[:1].upper() + by[1:],
        decided=_number(int((audit["how"] == "decided").sum()), language),
        rule=_number(int((audit["how"] == "rule").sum()), language),
        open=_number(len(resolved.open), language),
        lines=_number(len(resolved.plan.data), language),
        budget=rupiah_text(int(resolved.plan.data["budget"].sum()), language),
    )
