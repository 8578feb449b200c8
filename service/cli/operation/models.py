"""`ieum models | activate | rollback`: which versions there are, and which one answers."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from service.cli.wire import opening, output
from service.cli.wire.actors import operator
from service.cli.wire.output import AsJson
from service.cli.wire.refusals import environment
from service.settings import Settings, now
from service.telemetry import log
from service.telemetry.metrics import Metrics
from service.wording.pairs import said, table

if TYPE_CHECKING:
    from service.actions.operation.activate_model import Activated, ActivateModel

WORDS = table("models.texts")
Why = Annotated[str, typer.Option("--reason", help="바꾸는 사유, 기록에 남는다 · why; it stays on record")]
Sign = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, help="모델에 서명할 열쇠 파일 · private key to sign models with"),
]
FittedOn = Annotated[
    Path | None,
    typer.Option("--snapshot", help="학습에 쓴 스냅샷, 판정도 비교한다 · the training snapshot: verdicts too"),
]


def models(*, json: AsJson = False) -> None:
    """발행된 모델을 모두 보인다 · List the published models and which one answers."""
    with environment() as settings:
        from service.api.wire import plain  # here, since they bring libraries that take seconds to load
        from service.storage.matching.registry import Registry

        document = plain.versions(Registry(settings.artifacts, settings.verify_key).versions(), settings.language)
        if json:
            output.document(document)
        else:
            table = Table(title=said(WORDS, "title", settings.language), title_justify="left")
            for heading in ("model_version", "state", "created_at", "note"):
                table.add_column(said(WORDS, heading, settings.language), overflow="fold")
            for version in document["versions"]:
                note = version["refusal"] or version["reason"] or ""
                table.add_row(
                    version["model_version"],
                    said(WORDS, version["state"], settings.language),
                    version["created_at"] or "",
                    note,
                )
            output.console().print(table)


def activate(version: str, reason: Why) -> None:
    """이 버전의 모델로 답하게 한다 · Let a version answer; it is verified first, a bad one is refused."""
    with environment() as settings:
        _report(_action(settings).activate(version, reason, operator()))


def rollback(reason: Why) -> None:
    """앞서 쓰던 모델로 되돌린다 · Let the version before answer again."""
    with environment() as settings:
        _report(_action(settings).rollback(reason, operator()))


def fits(sign: Sign = None) -> None:
    """담당자가 요청한 학습을 맡아 실행한다 · Do the fits that are asked for in the console, until stopped."""
    with environment() as settings:
        from service.actions.operation.take_fits import TakeFits  # here, since it brings slow libraries

        log.set_up()
        stop, signed = threading.Event(), () if sign is None else ("--sign", str(sign))
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        TakeFits(opening.catalogue(settings), now, settings.artifacts, stop, signed)()


def drift(fitted_on: FittedOn = None, *, json: AsJson = False) -> None:
    """자료가 학습 때와 얼마나 달라졌는지 잰다 · Measure how far the catalogue has moved from the training snapshot."""
    with environment() as settings:
        from service.actions.matching.prepare import Preparation
        from service.actions.operation.drift import Drift  # here, since they bring libraries that take seconds to load
        from service.api.wire import plain
        from service.storage.matching.registry import Registry

        log.set_up()
        catalogue = opening.catalogue(settings)
        registry, metrics = Registry(settings.artifacts, settings.verify_key), Metrics()
        document = plain.drift(Drift(Preparation(catalogue, registry, metrics), now, metrics)(fitted_on))
        if json:
            output.document(document)
            return
        print(document["model_version"])
        for measure, shift in sorted(document["shifts"].items(), key=lambda pair: -pair[1]):
            print(f"{shift:.3f}  {said(WORDS, measure, settings.language)}")


def _action(settings: Settings) -> ActivateModel:
    from service.actions.operation.activate_model import (
        ActivateModel,  # here, since they bring libraries that take seconds
    )
    from service.storage.matching.registry import Registry

    log.set_up()
    catalogue = opening.catalogue(settings)
    return ActivateModel(Registry(settings.artifacts, settings.verify_key), catalogue)


def _report(done: Activated) -> None:
    print(f"{done.before or '-'} → {done.name}")
