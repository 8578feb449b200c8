"""Papers of a round: for each application that took part, what every requirement rested on, and who said so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from model.applications import DeskEntry
from model.domain import Application
from model.rounds import Status
from model.rounds.outcome import STATUSES
from service.actions.applications.standings import OPEN, PERSON
from service.actions.catalogue.export import Export, Exported, Purpose
from service.actions.rounds.run_round import Ran, RunRound
from service.files.exporters import results
from service.files.exporters.table import Value
from service.identity import Actor
from service.storage.records.audit import AuditSubject
from service.storage.repositories import Catalogue
from service.storage.rounds.rounds import Rounds
from service.wording import eligibility, exports
from service.wording import rounds as words
from service.wording.applications import BY
from service.wording.applications import result as result_name
from service.wording.pairs import said

COLUMNS = (
    *("application_id", "startup_id", "name", "program_id", "status", "requirement", "judged_by", "result"),
    *("entry_state", "paper", "paper_number", "issued_on", "expires_on", "remark", "actor_name", "at"),
)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One requirement as it counted in the round; `entry` is the person's word, None where the machine or terms did."""

    code: str
    by: str
    result: int
    entry: DeskEntry | None


@dataclass(frozen=True, slots=True)
class RoundPaper:
    """An application of a round: its firm, what became of it there, and its requirements."""

    application: Application
    status: Status
    lines: tuple[PaperLine, ...]

    @property
    def open(self) -> tuple[str, ...]:
        """The requirements that nobody had settled when the round was run."""
        return tuple(line.code for line in self.lines if line.result == OPEN)


class RoundPapers:
    """Traces the seats of rounds over applications to papers and persons."""

    def __init__(self, catalogue: Catalogue, rounds: RunRound, export: Export) -> None:
        self._catalogue, self._rounds, self._export = catalogue, rounds, export

    def __call__(self, identifier: str, actor: Actor, part: slice = slice(None)) -> tuple[Ran, int, list[RoundPaper]]:
        """A round, how many applications took part, and a part of them, those with seats first.

        Raises ServiceError `round_not_found`.
        """
        ran = self._rounds.one(identifier, actor)
        slate, codes = ran.outcome.standing.slate, ran.outcome.statuses
        with self._catalogue.database.reading() as connection:
            rested = Rounds().papers(connection, identifier)
            ids = [str(paper["application"]) for paper in rested]
            applications = self._catalogue.applications.some(connection, ids)

            def status(paper: Mapping[str, Any]) -> Status:
                record = applications[paper["application"]].record
                return STATUSES[int(codes[slate.rows[record.startup_id], slate.columns[record.program_id]])]

            ordered = sorted(rested, key=lambda paper: (status(paper) is not Status.SHORTLISTED, paper["application"]))
            histories = self._catalogue.applications.histories(connection, [p["application"] for p in ordered[part]])
        papers = []
        for paper in ordered[part]:
            entries = {entry.number: entry for entry in histories[paper["application"]].entries}
            lines = tuple(
                PaperLine(code, by, result, entries.get(number)) for code, by, result, number in paper["lines"]
            )
            papers.append(RoundPaper(applications[paper["application"]].record, status(paper), lines))
        return ran, len(rested), papers

    def exported(self, identifier: str, purpose: Purpose, actor: Actor) -> Exported:
        """The same as a file, one row a requirement; why it is taken is on record first."""
        _, _, papers = self(identifier, actor)
        language = purpose.language
        names, _ = self._rounds.names(language)
        rows = tuple(row for paper in papers for row in _rows(paper, names, language))
        table = results.listed(
            exports.word("papers", language), COLUMNS, rows, partial(exports.word, language=language)
        )
        return self._export.listed([table], "papers", AuditSubject("round", identifier), purpose, actor)


def _rows(paper: RoundPaper, names: Mapping[str, str], language: str) -> Iterator[tuple[Value, ...]]:
    record = paper.application
    about = (record.id, record.startup_id, names.get(record.startup_id), record.program_id)
    for line in paper.lines:
        entry = line.entry if line.by == PERSON else None
        details = entry.details if entry else {}
        paper_of = [details.get(name) for name in ("paper", "paper_number", "issued_on", "expires_on")]
        remark = details.get("remark") or details.get("reason")
        who = (entry.actor_name, entry.at) if entry else (None, None)
        requirement = eligibility.rule_name(line.code, language)
        judged = (said(words.STATUS, paper.status, language), requirement, said(BY, line.by, language))
        result = result_name(line.result, language)
        yield (*about, *judged, result, entry.state if entry else None, *paper_of, remark, *who)
