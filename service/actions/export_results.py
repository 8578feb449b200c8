"""Export of results: ranked lists and decisions as files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from model.domain import Match, Program, Startup
from model.scoring import BLOCKS
from service.actions.browse_decisions import BrowseDecisions
from service.actions.export import Export, Exported, Purpose
from service.actions.match import Matching, Run
from service.exporters import results
from service.exporters.table import Value
from service.identity import Actor
from service.storage.audit import Subject
from service.storage.decisions import Decision
from service.wording import blocks, eligibility, exports, notices

PAGE = 500
DECISION_COLUMNS = (
    "decision_id",
    "program_id",
    "startup_id",
    "startup_ref",
    "number",
    "action",
    "reason",
    "run_id",
    "actor_id",
    "actor_name",
    "at",
)


class ExportResults:
    """Makes files of what is ranked and decided."""

    def __init__(self, export: Export, matching: Matching, decisions: BrowseDecisions) -> None:
        self._export, self._matching, self._decisions = export, matching, decisions

    def ranked(self, run: Run, purpose: Purpose, actor: Actor) -> Exported:
        """What is ranked for a run's startup or program; who hands the run over has recorded it."""
        found, language = self._matching.matches(run), purpose.language
        what, side = ("matches", "startup") if isinstance(run.subject, Startup) else ("candidates", "program")
        self._export.record(actor, purpose, Subject(side, run.subject.id), len(found))
        told = [(match, _candidate(run, match), *_judged(match, language)) for match in found]
        named = [(block, blocks.name(block, language)) for block in BLOCKS]
        table = results.ranked(exports.word(what, language), told, named, partial(exports.word, language=language))
        about = {"model_version": run.model_version, "snapshot": run.snapshot, "on": str(run.on), "run_id": run.id}
        return self._export.written(table, what, purpose, actor, {**about, "notice": notices.ai(language)})

    def decisions(self, filters: Mapping[str, object], purpose: Purpose, actor: Actor) -> Exported:
        """Every decision that the actor may see and that fits the filters."""
        found: list[Decision] = []
        after: int | None = 0
        while after is not None:
            page = self._decisions.page(after=after, limit=PAGE, filters=filters, actor=actor)
            found, after = [*found, *page.items], page.after
        self._export.record(actor, purpose, Subject("decisions", str(filters.get("program_id", "all"))), len(found))
        word = partial(exports.word, language=purpose.language)
        table = results.listed(word("decisions"), DECISION_COLUMNS, [_decision(one) for one in found], word)
        return self._export.written(table, "decisions", purpose, actor, {})


def _candidate(run: Run, match: Match) -> Startup | Program:
    return run.startups[match.startup_id] if isinstance(run.subject, Program) else run.programs[match.program_id]


def _judged(match: Match, language: str) -> tuple[str, str]:
    """The verdict in words, and the rules that are not passed."""
    open_rules = [check.rule for check in match.checks if check.unlock is not None]
    names = dict.fromkeys(eligibility.rule_name(rule, language) for rule in open_rules)
    return eligibility.verdict_name(match.verdict, language), ", ".join(names)


def _decision(found: Decision) -> tuple[Value, ...]:
    named = {"decision_id": found.id, "action": found.action.value}
    return tuple(named[column] if column in named else getattr(found, column) for column in DECISION_COLUMNS)
