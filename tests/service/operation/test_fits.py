"""A fit is asked for by a person, taken by one process, and comes to an end whatever happens to that process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from model.faults import BadData
from service.actions.operation import take_fits
from service.actions.operation.ask_fit import PATIENCE, AskFit
from service.actions.operation.take_fits import TakeFits
from service.errors import ServiceError
from service.identity import PERMITTED, Actor, UserRole
from service.storage import schema
from service.storage.matching.fits import FitState
from service.storage.repositories import Catalogue, open_catalogue
from tests.service import given
from training.cli.wording import STEPS

OPERATOR = Actor("u-1", "김운영", UserRole.OPERATOR, PERMITTED[UserRole.OPERATOR], is_person=True)
PASSED = '{"model_version": "v9", "gate": {"passes": true, "compared": [], "sentences": {"ko": [], "en": []}}}'
REFUSED = PASSED.replace('"v9"', "null")


@dataclass
class Clock:
    """A clock that a test moves on."""

    now: datetime = given.NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def catalogue(address: str, clock: Clock) -> Iterator[Catalogue]:
    opened = open_catalogue(address, clock)
    schema.migrate(opened.database)
    yield opened
    opened.database.close()


@pytest.fixture
def asking(catalogue: Catalogue, clock: Clock) -> AskFit:
    return AskFit(catalogue, clock)


Taking = Callable[[str], TakeFits]


@pytest.fixture
def stop() -> threading.Event:
    return threading.Event()


@pytest.fixture
def taking(
    catalogue: Catalogue, clock: Clock, stop: threading.Event, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Taking:
    """Makes a process that takes fits, whose child does what a piece of Python says; `out` is the decision's file."""
    monkeypatch.setattr(take_fits, "LOOK_SECONDS", 0.05)

    def make(child: str = "") -> TakeFits:
        opening = "import os, pathlib, sys, time; out = pathlib.Path(sys.argv[sys.argv.index('--json') + 1]); "
        monkeypatch.setattr(take_fits, "COMMAND", (sys.executable, "-c", opening + child))
        return TakeFits(catalogue, clock, tmp_path / "artifacts", stop)

    return make


def refusal(act: Callable[..., object], *arguments: object) -> str:
    with pytest.raises(ServiceError) as refused:
        act(*arguments)
    return refused.value.code


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not is_so() and time.monotonic() < end:
        time.sleep(0.02)
    assert is_so()


def events(catalogue: Catalogue) -> list[tuple[str, str]]:
    with catalogue.database.reading() as connection:
        return [(row.event, row.actor_id) for row in catalogue.audit.rows(connection)]


def test_nobody_is_promised_a_fit_that_no_process_would_take(asking: AskFit, clock: Clock, taking: Taking) -> None:
    assert refusal(asking.ask, "분기 학습", OPERATOR) == "no_fit_process"

    taking().look()
    assert asking.has_taker()
    clock.now += PATIENCE + timedelta(seconds=1)

    assert refusal(asking.ask, "분기 학습", OPERATOR) == "no_fit_process"


def test_only_a_person_with_a_reason_asks_for_a_fit(asking: AskFit, taking: Taking) -> None:
    taking().look()

    assert refusal(asking.ask, "분기 학습", replace(OPERATOR, is_person=False)) == "person_required"
    with pytest.raises(BadData):
        asking.ask(" ", OPERATOR)


def test_one_fit_at_a_time_is_asked_for_and_it_can_be_taken_back(
    asking: AskFit, taking: Taking, catalogue: Catalogue
) -> None:
    taking().look()
    first = asking.ask("분기 학습", OPERATOR)

    assert refusal(asking.ask, "한 번 더", OPERATOR) == "fit_under_way"
    asking.cancel(str(first.id), OPERATOR)
    assert asking.latest()[0].state is FitState.CANCELLED
    assert refusal(asking.cancel, str(first.id), OPERATOR) == "fit_begun"
    assert refusal(asking.cancel, "7x", OPERATOR) == "fit_not_found"
    second = asking.ask("한 번 더", OPERATOR)
    assert [fit.id for fit in asking.latest()] == [second.id, first.id]
    assert events(catalogue) == [("fit_asked", "u-1"), ("fit_cancelled", "u-1"), ("fit_asked", "u-1")]


def test_of_two_who_ask_at_once_one_is_refused(asking: AskFit, taking: Taking) -> None:
    taking().look()

    def ask(_: int) -> str:
        try:
            asking.ask("분기 학습", OPERATOR)
        except ServiceError as error:
            return error.code
        return "asked"

    with ThreadPoolExecutor(8) as several:
        answers = sorted(several.map(ask, range(8)))

    assert answers == ["asked", *["fit_under_way"] * 7]


def test_of_two_processes_one_takes_the_fit(asking: AskFit, taking: Taking) -> None:
    takers = [taking() for _ in range(8)]
    takers[0].look()
    asking.ask("분기 학습", OPERATOR)
    with ThreadPoolExecutor(8) as several:
        taken = [fit for fit in several.map(lambda taker: taker.take(), takers) if fit is not None]

    assert len(taken) == 1
    assert asking.latest()[0].state is FitState.RUNNING
    assert refusal(asking.cancel, str(taken[0].id), OPERATOR) == "fit_begun"


@pytest.mark.parametrize(
    ("child", "state", "failure", "event"),
    [
        (f"out.write_text({PASSED!r})", FitState.DONE, None, "fit_done"),
        (f"out.write_text({REFUSED!r}); sys.exit(1)", FitState.REFUSED, None, "fit_refused"),
        ("sys.exit(1)", FitState.FAILED, "unfinished", "fit_failed"),
        ("os.kill(os.getpid(), 9)", FitState.FAILED, "killed", "fit_failed"),
    ],
)
def test_what_came_of_a_fit_is_noted(
    asking: AskFit, taking: Taking, catalogue: Catalogue, child: str, state: FitState, failure: str | None, event: str
) -> None:
    taker = taking(child)
    taker.look()
    asking.ask("분기 학습", OPERATOR)
    taker.look()
    (fit,) = asking.latest()

    assert (fit.state, fit.failure, fit.is_open) == (state, failure, False)
    assert fit.model_version == ("v9" if state is FitState.DONE else None)
    assert events(catalogue)[-1] == (event, "service")
    asking.ask("다시", OPERATOR)


def test_a_fit_that_can_t_be_begun_has_failed(asking: AskFit, taking: Taking, monkeypatch: pytest.MonkeyPatch) -> None:
    taker = taking()
    taker.look()
    asking.ask("분기 학습", OPERATOR)
    monkeypatch.setattr(take_fits, "COMMAND", ("/nowhere",))
    taker.look()

    assert (asking.latest()[0].state, asking.latest()[0].failure) == (FitState.FAILED, "unfinished")


def test_it_is_told_how_far_a_fit_is(asking: AskFit, taking: Taking, stop: threading.Event) -> None:
    lines = "reading texts\nlearning from past participants 1,002/6,000"
    taker = taking(f"print({lines!r}, file=sys.stderr, flush=True); time.sleep(60)")
    taker.look()
    asking.ask("분기 학습", OPERATOR)
    beside = threading.Thread(target=taker.look)
    beside.start()
    until(lambda: asking.latest()[0].stage == "learn")
    (fit,) = asking.latest()
    stop.set()
    beside.join()

    assert (fit.state, fit.progress) == (FitState.RUNNING, "1,002/6,000")


def test_a_fit_whose_process_is_told_to_stop_waits_for_the_next(
    asking: AskFit, taking: Taking, stop: threading.Event
) -> None:
    taker = taking("time.sleep(60)")
    taker.look()
    asking.ask("분기 학습", OPERATOR)
    beside = threading.Thread(target=taker)
    beside.start()
    until(lambda: asking.latest()[0].state is FitState.RUNNING)
    stop.set()
    beside.join(20)
    (fit,) = asking.latest()

    assert (fit.state, fit.is_open, fit.stage) == (FitState.ASKED, True, "")
    stop.clear()
    taking(f"out.write_text({PASSED!r})").look()
    assert asking.latest()[0].state is FitState.DONE


def test_a_fit_whose_process_was_killed_has_failed_within_a_minute(
    asking: AskFit, taking: Taking, clock: Clock
) -> None:
    taking().look()
    asking.ask("분기 학습", OPERATOR)
    taker = taking()
    fit = taker.take()
    assert fit is not None
    clock.now += PATIENCE
    assert asking.latest()[0].state is FitState.RUNNING
    clock.now += timedelta(seconds=1)
    (late,) = asking.latest()

    assert (late.state, late.failure, late.is_open) == (FitState.FAILED, "vanished", False)
    asking.settle(fit, None, {"state": FitState.DONE})
    assert asking.latest()[0].state is FitState.FAILED
    taking().look()
    assert asking.ask("다시", OPERATOR).state is FitState.ASKED


def test_a_child_does_not_outlive_the_process_that_was_killed(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys, time\n"
        "from service.actions.operation.take_fits import end_with_parent\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], preexec_fn=end_with_parent)\n"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()

    def is_gone() -> bool:
        status = Path(f"/proc/{child}/status")
        return not status.exists() or "State:\tZ" in status.read_text()

    until(is_gone)
    assert parent.returncode == -signal.SIGKILL
    assert os.getpid() != child


def test_the_stages_of_a_fit_are_called_as_training_calls_them() -> None:
    assert {STEPS[code]["en"]: code for code in take_fits.STAGES.values()} == take_fits.STAGES
