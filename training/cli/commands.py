"""The five commands: each reads its arguments, does one thing of the recipe and shows what came of it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperOption

from model.artifact.artifact import read as read_artifact
from model.artifact.manifest import BadArtifact
from model.artifact.versions import Held
from model.faults import BadData
from model.matching.matcher import Rules
from model.snapshot import rows
from model.snapshot.folder import has_index
from training import recipe
from training.cli.screen import MOST_FAULTS, Screen
from training.cli.wording import HELP, LANGUAGES, say
from training.cluster import NoClusterError
from training.recipe import Assessed, Order, RecipeResult, lists
from training.recipe.lists import ListWish, QuerySide
from training.recipe.nearest import EXACT_UP_TO, SAMPLE, NoIndexError

VOCABULARIES = Path(__file__).resolve().parent.parent.parent / "data" / "vocabularies"
SEOUL = timezone(timedelta(hours=9))  # a closing day is a day in Korea, which has no summer time
REFUSED = 1
KEY_BYTES = 32
REFUSALS: dict[type[Exception], str] = {
    NoClusterError: "no_cluster",
    NoIndexError: "no_index_library",
    Held: "fit_running",
    OSError: "cant_write",
}
"""What the machine may refuse, with the phrase that says so."""


class MessageLanguage(StrEnum):
    """Language of messages."""

    KO = "ko"
    EN = "en"


LanguageOption = Annotated[MessageLanguage, typer.Option("--language", envvar="IEUM_LANGUAGE")]
Folder = Annotated[Path, typer.Option(exists=True, file_okay=False)]
File = Annotated[Path, typer.Option(exists=True, dir_okay=False)]
SchedulerOption = Annotated[str | None, typer.Option("--scheduler", metavar="ADDRESS")]
MaybeFile = Annotated[Path | None, typer.Option(exists=True, dir_okay=False)]
JsonOption = Annotated[Path | None, typer.Option("--json", dir_okay=False)]

HELP_OPTIONS: Any = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, context_settings=dict(HELP_OPTIONS)
)


@app.command()
def fit(
    snapshot: Folder,
    out: Annotated[Path, typer.Option(file_okay=False)],
    seed: Annotated[int, typer.Option(min=0)] = 0,
    force: Annotated[str | None, typer.Option(metavar="REASON")] = None,
    sign: MaybeFile = None,
    json_file: JsonOption = None,
    vocabularies: Annotated[Path, typer.Option(exists=True, file_okay=False, show_default=False)] = VOCABULARIES,
    language: LanguageOption = MessageLanguage.KO,
) -> None:
    """Fit, evaluate, gate and publish."""
    if force is not None and not force.strip():
        raise typer.BadParameter(say("empty_reason", language), param_hint="--force")
    order = Order(snapshot, out, vocabularies, datetime.now(UTC), _today(), seed, force, _key(sign, language))
    screen = Screen(language)
    with _refusals(screen):
        if not has_index(snapshot):
            screen.say(say("no_index", language))
        with screen.progress() as watch:
            fitted = recipe.fit(order, watch)
        if json_file is not None:
            json_file.write_text(json.dumps(_decision(fitted), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _tell(screen, fitted, order)
    if fitted.published is None:
        raise typer.Exit(REFUSED)
    screen.answer(str(fitted.published.folder))


@app.command()
def evaluate(
    artifact: Folder,
    snapshot: Folder,
    json_file: JsonOption = None,
    html: Annotated[Path | None, typer.Option(file_okay=False)] = None,
    table: Annotated[Path | None, typer.Option(dir_okay=False)] = None,
    scheduler: SchedulerOption = None,
    language: LanguageOption = MessageLanguage.KO,
) -> None:
    """Evaluate in depth."""
    from training import report  # plots take half a second to load, which the other commands need not wait for

    screen = Screen(language)
    with _refusals(screen):
        with screen.progress() as watch:
            assessed = recipe.assess(artifact, snapshot, _today(), watch, scheduler)
        for shown in report.tables(assessed.evaluation, language):
            screen.out.print(shown)
        for sentence in assessed.decision.sentences(language):
            screen.say(sentence)
        for path, content in _papers(assessed, json_file, html, table):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
            screen.say(say("wrote", language, path=path))


@app.command()
def rank(
    artifact: Folder,
    startups: File,
    programs: File,
    out: Annotated[Path, typer.Option(dir_okay=False)],
    on: Annotated[str | None, typer.Option(metavar="DATE")] = None,
    limit: Annotated[int | None, typer.Option(min=1)] = None,
    queries: Annotated[QuerySide, typer.Option("--for")] = QuerySide.STARTUPS,
    include_ineligible: Annotated[bool, typer.Option("--include-ineligible")] = False,
    ignore_eligibility: Annotated[bool, typer.Option("--ignore-eligibility")] = False,
    include_known: Annotated[bool, typer.Option("--include-known")] = False,
    nearest: Annotated[int | None, typer.Option(min=1)] = None,
    scheduler: SchedulerOption = None,
    language: LanguageOption = MessageLanguage.KO,
) -> None:
    """Make ranked lists."""
    if out.suffix not in lists.ENDINGS:
        raise typer.BadParameter(say("bad_ending", language), param_hint="--out")
    if include_ineligible and ignore_eligibility:
        raise typer.BadParameter(say("one_rule", language), param_hint="--ignore-eligibility")
    rules = Rules.IGNORE if ignore_eligibility else Rules.LEAVE_OUT_INELIGIBLE
    rules = Rules.INCLUDE_INELIGIBLE if include_ineligible else rules
    length = limit or (None if ignore_eligibility else lists.LIMIT)
    try:
        day = rows.day(on) if on else _today()
    except ValueError:
        raise typer.BadParameter(say("bad_day", language), param_hint="--on") from None
    wish = ListWish(day, length, queries, rules, include_known)
    # An index finds startups for programs, on this machine, and no more than it was asked to look at.
    can_index = queries is QuerySide.PROGRAMS and length is not None and scheduler is None
    if nearest is not None and not (can_index and (length or 0) <= nearest):
        raise typer.BadParameter(say("bad_nearest", language), param_hint="--nearest")
    screen = Screen(language)
    with _refusals(screen):
        with screen.progress() as watch:
            if nearest is None:
                count, recall = recipe.rank(artifact, startups, programs, wish, out, watch, scheduler), None
            else:
                count, recall = recipe.rank_nearest(artifact, startups, programs, wish, nearest, out, watch)
        screen.say(say("wrote_rows", language, count=count, path=out))
        if nearest is not None and recall is None:
            screen.say(say("all_scored", language, most=EXACT_UP_TO))
        elif nearest is not None:
            screen.say(say("recall", language, limit=wish.limit, sample=SAMPLE, share=recall))


@app.command()
def inspect(artifact: Folder, language: LanguageOption = MessageLanguage.KO) -> None:
    """Show what an artifact is."""
    screen = Screen(language)
    with _refusals(screen):
        matcher, manifest = read_artifact(artifact)
        described = asdict(manifest) | {"blocks": list(matcher.blocks), "weights": asdict(matcher.scoring.weights)}
        screen.answer(json.dumps(described, ensure_ascii=False, indent=1))


@app.command()
def verify(artifact: Folder, key: MaybeFile = None, language: LanguageOption = MessageLanguage.KO) -> None:
    """Check an artifact."""
    screen = Screen(language)
    with _refusals(screen):
        _, manifest = read_artifact(artifact, key=_key(key, language))
        screen.answer(say("verified", language, version=manifest.model_version, files=len(manifest.files)))
        screen.answer(say("signature_checked" if key else "signature_unchecked", language))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; help is in the language that `--language` or IEUM_LANGUAGE names."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    command = typer.main.get_command(app)
    # Help comes before parsing, so the language has to be found before anything is parsed.
    named = [after for option, after in pairwise(argv) if option == "--language"]
    named += [option.partition("=")[2] for option in argv if option.startswith("--language=")]
    named.append(os.environ.get("IEUM_LANGUAGE", ""))
    _translate(command, next((language for language in named if language in LANGUAGES), LANGUAGES[0]))
    command(argv, prog_name="ieum-train")


def _translate(command: Any, language: str, owner: str = "") -> None:
    command.help = HELP[owner][language]
    command.short_help = command.help
    command.get_help_option(typer.Context(command, **HELP_OPTIONS)).help = HELP["help"][language]
    for parameter in command.params:
        if isinstance(parameter, TyperOption):
            name = parameter.opts[0].lstrip("-").replace("-", "_")
            parameter.help = HELP.get(f"{owner}.{name}", HELP[name])[language]
    for name, child in getattr(command, "commands", {}).items():
        _translate(child, language, name)


@contextmanager
def _refusals(screen: Screen) -> Iterator[None]:
    """Turn what the data, an artifact or the disk refuses into its reason and exit code 1."""
    try:
        yield
    except BadData as bad:
        count = len(bad.faults)
        screen.say(say("faults", screen.language, count=count, shown=min(count, MOST_FAULTS)))
        screen.faults(bad.faults)
        raise typer.Exit(REFUSED) from None
    except (BadArtifact, NoClusterError, NoIndexError, Held, OSError) as refused:
        if isinstance(refused, BadArtifact):
            screen.say(refused.sentence(screen.language))
        else:
            key = next(key for kind, key in REFUSALS.items() if isinstance(refused, kind))
            screen.say(say(key, screen.language, what=refused))
        raise typer.Exit(REFUSED) from None


def _tell(screen: Screen, fitted: RecipeResult, order: Order) -> None:
    from training import report  # plots take half a second to load, which the other commands need not wait for

    language = screen.language
    for table in report.tables(fitted.evaluation, language):
        screen.out.print(table)
    for sentence in fitted.decision.sentences(language):
        screen.say(sentence)
    if fitted.published is None:
        screen.say(say("refused", language))
    elif not fitted.decision.passes:
        screen.say(say("forced", language, reason=order.force))


def _decision(fitted: RecipeResult) -> dict[str, Any]:
    """What the gate decided, in figures and in both languages' words, and the version that was published, if any."""
    decision, version = fitted.decision, fitted.published and fitted.published.manifest.model_version
    words = {language: decision.sentences(language) for language in LANGUAGES}
    return {"model_version": version, "gate": decision.as_json() | {"sentences": words}}


def _papers(
    assessed: Assessed, json_file: Path | None, html: Path | None, table: Path | None
) -> Iterator[tuple[Path, str]]:
    """The files that `evaluate` was asked for, with their content."""
    from training import report  # plots take half a second to load, which the other commands need not wait for

    if json_file is not None:
        yield json_file, json.dumps(assessed.evaluation.as_json(), ensure_ascii=False, indent=1) + "\n"
    if table is not None and assessed.evaluation.queries is not None:
        yield table, assessed.evaluation.queries.csv()
    if html is None:
        return
    for language in LANGUAGES:
        manifest, gate = assessed.manifest, assessed.decision.sentences(language)
        identity = report.Identity(manifest.model_version, manifest.created_at, manifest.reason, gate)
        content = report.card(assessed.evaluation, identity, assessed.regions, language)
        yield html / f"model-card.{language}.html", content


def _key(file: Path | None, language: str) -> bytes | None:
    if file is None:
        return None
    key = file.read_bytes()
    if len(key) != KEY_BYTES:
        raise typer.BadParameter(say("bad_key", language), param_hint=str(file))
    return key


def _today() -> date:
    return datetime.now(SEOUL).date()
