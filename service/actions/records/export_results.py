"""Export of results: ranked lists, decisions and rounds as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from model.domain import Match, Program, Startup
from model.matching.known_pairs import KnownMatch
from model.scoring.score import BLOCKS
from service.actions.catalogue.export import Export, Exported, Purpose
from service.actions.matching.match import Matching, Run
from service.actions.records.browse_decisions import BrowseDecisions
from service.actions.rounds import sheets as round_sheets
from service.actions.rounds.run_round import RunRound
from service.files.exporters import results
from service.files.exporters.table import ExportTable, Value
from service.identity import Actor
from service.settings import KOREA
from service.storage.records.audit import AuditSubject
from service.storage.records.decisions import Decision
from service.wording import eligibility, exports, notices
from service.wording.matching import blocks, known_pairs
from service.wording.pairs import said

DECISION_COLUMNS = (
    *("decision_id", "program_id", "startup_id", "startup_ref", "number", "action", "reason", "run_id"),
    *("actor_id", "actor_name", "at"),
)


class ExportResults:
    """Makes files of what is ranked, decided and run."""

    def __init__(self, export: Export, matching: Matching, decisions: BrowseDecisions, rounds: RunRound) -> None:
        self._export, self._matching, self._decisions, self._rounds = export, matching, decisions, rounds

    def ranked(self, run: Run, purpose: Purpose, actor: Actor) -> Exported:
        """What is ranked for a run's startup or program; who hands the run over has recorded it."""
        matches, language = self._matching.matches(run), purpose.language
        what, side = ("matches", "startup") if isinstance(run.subject, Startup) else ("candidates", "program")
        rows = [(match, _candidate(run, match), *_judged(match, language)) for match in matches]
        named = [(block, blocks.name(block, language)) for block in BLOCKS]
        table = results.ranked(exports.word(what, language), rows, named, partial(exports.word, language=language))
        tables = [table, _known(run, self._matching.known(run), language)]
        return self._export.listed(
            tables, what, AuditSubject(side, run.subject.id), purpose, actor, ground(run, language)
        )

    def decisions(self, filters: Mapping[str, object], purpose: Purpose, actor: Actor) -> Exported:
        """Every decision that the actor may see and that fits the filters."""
        word = partial(exports.word, language=purpose.language)
        rows = [_decision(decision) for decision in self._decisions.all(filters, actor)]
        table = results.listed(word("decisions"), DECISION_COLUMNS, rows, word)
        subject = AuditSubject("decisions", str(filters.get("program_id", "all")))
        return self._export.listed([table], "decisions", subject, purpose, actor)

    def round(self, identifier: str, evaluators: int, purpose: Purpose, actor: Actor) -> Exported:
        """A round as committees use it, with columns for so many evaluators; raises ServiceError `round_not_found`."""
        ran, profiles = self._rounds.one(identifier, actor), self._rounds.profiles(purpose.language)
        wish = round_sheets.WorkbookWish(evaluators, purpose.language, profiles, self._export.barred(actor))
        raw = round_sheets.written(ran, self._rounds.reasons(ran), self._rounds.names(purpose.language), wish)
        return self._export.take(raw, "round", ran.outcome.filled, AuditSubject("round", identifier), purpose, actor)


def ground(run: Run, language: str) -> dict[str, str]:
    """What a file with scores tells of them: all that they rest on, and that a person decides."""
    facts = {"model_version": run.model_version, "snapshot": run.snapshot, "on": str(run.on), "run_id": run.id}
    return {**facts, "notice": notices.ai_in_file(language)}


def _known(run: Run, matches: Sequence[KnownMatch], language: str) -> ExportTable:
    """The second sheet: what is known already and not recommended."""
    rows = [
        (
            (record := _candidate(run, match)).id,
            record.name,
            record.name_en,
            said(known_pairs.STATES, match.known.state, language),
            known_pairs.when(match.known, language),
            *_judged(match, language),
        )
        for match in matches
    ]
    side = "program" if isinstance(run.subject, Startup) else "startup"
    name = exports.word(f"known_{side}s", language)
    return results.known(name, side, rows, partial(exports.word, language=language))


def _candidate(run: Run, match: Match | KnownMatch) -> Startup | Program:
    return run.startups[match.startup_id] if isinstance(run.subject, Program) else run.programs[match.program_id]


def _judged(match: Match | KnownMatch, language: str) -> tuple[str, str]:
    """The verdict in words, and the rules that are not passed."""
    open_rules = [check.rule for check in match.checks if check.unlock is not None]
    names = dict.fromkeys(eligibility.rule_name(rule, language) for rule in open_rules)
    return eligibility.verdict_name(match.verdict, language), ", ".join(names)


def _decision(decision: Decision) -> tuple[Value, ...]:
    at = datetime.fromisoformat(decision.at).astimezone(KOREA).isoformat(timespec="seconds")
    named = {"decision_id": decision.id, "action": decision.action.value, "at": at}
    return tuple(named[column] if column in named else getattr(decision, column) for column in DECISION_COLUMNS)
