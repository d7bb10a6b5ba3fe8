"""What a run says of itself on its first page, in each language.

In:     a Run, what was made of it, what failed.
Out:    :class:`~kkbpk_geo.pipeline.family.index.IndexSaid`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.findings import count_severities
from kkbpk_geo.pipeline.family.index import (
    IndexEntry,
    IndexFile,
    IndexNumber,
    IndexSaid,
    IndexSource,
    IndexStep,
)
from kkbpk_geo.pipeline.family.making import Made, SoFar
from kkbpk_geo.pipeline.family.sources import count_files, every_source, few_sources
from kkbpk_geo.pipeline.family.ways import period_of
from kkbpk_geo.pipeline.parts import (
    CALENDAR_PAGE,
    FINDINGS_BOOK,
    FINDINGS_PAGE,
    MAP_PAGE,
    MEETING_PAGE,
)

if TYPE_CHECKING:
    from kkbpk_geo.findings import Finding
    from kkbpk_geo.intake import Account
    from kkbpk_geo.pipeline.running import Run

_LISTED = 3  # files of one kind beside a page; more are only counted
_LACKING = 5  # sentences that leave room for the next steps on one screen
# The names by which they are listed, in the order in which they are read.
_ENTRIES = (
    "map", "submissions", "findings", "corrections", "analysis", "meeting", "calendar",
    "presence", "print", "tables",
)  # fmt: skip
_VERSIONS = {"two_versions", "rows_contradict"}
_DISTRICT = re.compile(r"\d\d\.\d\d")
_KILO, _MEGA = 1_000, 1_000_000


def _say(key: str, language: Language, **values: object) -> str:
    return label(f"index_page_{key}", language).format(**values)


def _number(value: int, language: Language) -> str:
    return format_number(value, 0, language)


def size_text(size: int, language: Language) -> str:
    """Write the size of a file: ``402 kB``, ``1,5 MB``; none is 0."""
    if size >= _MEGA:
        return f"{format_number(size / _MEGA, 1, language)} MB"
    return f"{_number(max(1, round(size / _KILO)), language)} kB"


@dataclass(eq=False)
class Telling:
    """A run, told.

    Attributes
    ----------
    run : Run
    findings : tuple of Finding
        Those of the run, and what is said of its parts that failed.
    so_far : SoFar
    folder : Path
    """

    run: Run
    findings: tuple[Finding, ...]
    so_far: SoFar
    folder: Path

    def say(self, language: Language) -> IndexSaid:
        """Return what the page says in a language."""
        lacking = self.lacking(language)
        known, shown = self._sources(language)
        more = ""
        if len(lacking) > _LACKING:
            more = _say("more", language, n=len(lacking) - _LACKING)
        every: Sequence[IndexSource] = ()
        if len(shown) < len(known):
            every = known
        return IndexSaid(
            title=_say("title", language),
            message=self._message(language, len(lacking)),
            second=self._second(language),
            numbers=self._numbers(language),
            entries=list(self._entries(language)),
            sources=shown,
            every=every,
            lacking=lacking[:_LACKING],
            lacking_more=more,
            lacking_href=self._lacking_href,
            steps=list(self._steps(language)),
            start=MAP_PAGE if self._has("map") else "",
        )

    def _has(self, part: str) -> bool:
        return any(each.part == part for each in self.so_far.made)

    @property
    def _lacking_href(self) -> str:
        """Return the page that names all that is lacking."""
        paths = {way.key: way.path for way in self.so_far.family.ways}
        return paths.get("submissions", paths.get("findings", FINDINGS_PAGE))

    def _message(self, language: Language, lacking: int) -> str:
        period = period_of(self.run, language)
        what = _say("what", language, period=period).strip()
        if self.so_far.failures:
            files = ", ".join(each.file for each in self.so_far.failures)
            return _say("failed", language, what=what, files=files)
        key = "lacks" if lacking else "complete"
        return _say(key, language, what=what, n=_number(lacking, language))

    def _second(self, language: Language) -> str:
        said = []
        if self.so_far.failures and self._has("findings"):
            said.append(_say("failed_why", language, file=FINDINGS_PAGE))
        elif self.so_far.failures:  # what tells why is lacking itself
            said += [f"{each.file}: {each.why}" for each in self.so_far.failures]
        if self.run.corrections:
            said.append(self._corrected(language))
        return " ".join(said)

    def _corrected(self, language: Language) -> str:
        from kkbpk_geo.intake import say_corrected

        return say_corrected(self.run.corrections, language)

    def _sources(
        self, language: Language
    ) -> tuple[list[IndexSource], list[IndexSource]]:
        return every_source(self.run, language), few_sources(self.run, language)

    def _numbers(self, language: Language) -> list[IndexNumber]:
        files, used, refused = count_files(self.run)
        account = self._account
        counts = count_severities(self.findings)
        return [
            _one_number("files", language, files, used=used, refused=refused),
            _one_number(
                "lines", language, account.rows, used=account.rows_used,
                aside=account.rows - account.rows_used,
            ),
            self._indicators(language),
            _one_number("findings", language, sum(counts.values()), **counts),
        ]  # fmt: skip

    @cached_property
    def _account(self) -> Account:
        from kkbpk_geo.intake import account_for

        return account_for(self.run.intakes, keep=self.run.project.keep or None)

    def _indicators(self, language: Language) -> IndexNumber:
        number = self.run.indicators["indicator"].nunique()
        text = _say("number_indicators", language, n=_number(number, language))
        if self.run.gaps is None:
            return IndexNumber(text=text, note=_say("unscored", language))
        scored = int(self.run.gaps.scores["score"].notna().sum())
        note = _say(
            "scored", language, n=_number(scored, language),
            all=_number(len(self.run.joined.names), language),
            level=label(f"built_level_{self.run.project.level}", language),
        )  # fmt: skip
        return IndexNumber(text=text, note=note)

    # --- what was made ----------------------------------------------------------------

    def _entries(self, language: Language) -> Iterator[IndexEntry]:
        found: dict[str, list[Made]] = {entry: [] for entry in _ENTRIES}
        for made in self.so_far.made:
            found[self._entry_of(made)].append(made)
        for entry, files in found.items():
            if not files:
                continue
            # A page is to be read first, whatever was written first.
            first, *others = sorted(files, key=lambda made: made.path.suffix != ".html")
            yield IndexEntry(
                kind=_kind(first.path),
                href=self._href(first),
                size=size_text(first.size, language),
                title=_say(f"of_{entry}", language),
                note=self._note(entry, language),
                more=self._more(others, language),
            )

    def _entry_of(self, made: Made) -> str:
        """Return under which name a file is listed; scores are tables, too."""
        if self._href(made) == CALENDAR_PAGE:
            return "calendar"
        return "tables" if made.part == "scores" else made.part

    def _href(self, made: Made) -> str:
        return made.path.relative_to(self.folder).as_posix()

    def _more(self, others: Sequence[Made], language: Language) -> list[IndexFile]:
        """Return the files beside the first; of many of a kind, how many there are."""
        found = []
        for kind, group in groupby(others, key=lambda made: _kind(made.path)):
            files = list(group)
            if len(files) > _LISTED:
                number = _number(len(files), language)
                text = _say("more_files", language, n=number, kind=kind)
                found.append(IndexFile(kind=text, href=self._href(files[0]), size=""))
                continue
            for made in files:
                # Of two tables each is called by its name.
                name = kind if len(files) == 1 else made.path.stem
                size = size_text(made.size, language)
                found.append(IndexFile(kind=name, href=self._href(made), size=size))
        return found

    def _note(self, entry: str, language: Language) -> str:
        run = self.run
        counts: dict[str, int] = {}
        if entry == "corrections":
            return self._corrected(language)
        if entry == "map":
            indicators = run.indicators["indicator"].nunique()
            counts = {"n": indicators, "sheets": len(run.joined.names)}
        elif entry == "findings":
            counts = {"n": len(self.findings)}
        elif entry == "meeting":
            counts = {"n": self._decisions}
        elif entry == "calendar" and run.outlook is not None:
            counts = {"n": len(run.outlook.regions)}
        elif entry == "presence" and run.presence is not None:
            counts = {"n": len(run.presence.villages)}
        texts = {name: _number(n, language) for name, n in counts.items()}
        return _say(f"note_{entry}", language, **texts)

    @property
    def _decisions(self) -> int:
        return 0 if self.run.alignment is None else len(self.run.alignment.table)

    # --- what is missing, and what next -----------------------------------------------

    def lacking(self, language: Language) -> list[str]:
        """Say what is still missing, a sentence each."""
        said = [
            _say("lacks_part", language, file=each.file)
            for each in self.so_far.failures
        ]
        if self.run.submissions is not None:
            said += self.run.submissions.lacking(language)
        alignment = self.run.alignment
        if alignment is not None and alignment.regions["status"].ne("").any():
            said += alignment.absence(language)
        return said

    def _steps(self, language: Language) -> Iterator[IndexStep]:
        districts = self._to_send()
        # What no district can mend is for whoever ran it: a file, a name, a part.
        grave = any(found.severity != "info" for found in self.findings)
        own = bool(self.so_far.failures) or (grave and not districts)
        if own and self._has("findings"):
            yield _step("mend", language, FINDINGS_PAGE, FINDINGS_PAGE)
        if districts and self._has("findings"):
            number = _number(districts, language)
            yield _step("send", language, FINDINGS_BOOK, FINDINGS_BOOK, n=number)
        if any(found.code in _VERSIONS for found in self.findings):
            yield _step("versions", language, FINDINGS_PAGE, FINDINGS_PAGE)
        if self._has("meeting"):
            agenda = _say("agenda", language)
            number = _number(self._decisions, language)
            yield _step("meet", language, agenda, MEETING_PAGE, n=number)
        if not districts and not own:
            yield _step("nothing_to_mend", language)

    def _to_send(self) -> int:
        """Count the districts that have something to mend."""
        return len(set(_of_districts(self.findings)))


def _of_districts(findings: Iterable[Finding]) -> Iterator[str]:
    for found in findings:
        if found.severity != "info" and _DISTRICT.fullmatch(found.region):
            yield found.region


def _one_number(key: str, language: Language, n: int, **parts: int) -> IndexNumber:
    """Return a number with what it is made of; what there is none of is not said."""
    said = [
        _say(f"{key}_{name}", language, n=_number(count, language))
        for name, count in parts.items()
        if count
    ]
    text = _say(f"number_{key}", language, n=_number(n, language))
    return IndexNumber(text=text, note=", ".join(said))


def _step(
    key: str, language: Language, link: str = "", href: str = "", **values: object
) -> IndexStep:
    """Return a step: in its words ``{link}`` stands for the link."""
    before, _, after = _say(f"step_{key}", language, link="\n", **values).partition(
        "\n"
    )
    return IndexStep(before=before, link=link, href=href, after=after)


def _kind(path: Path) -> str:
    return path.suffix.removeprefix(".").upper()
