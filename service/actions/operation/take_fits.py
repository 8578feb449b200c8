"""Take fits: a process of its own has each fit that is asked for done by a child, whose memory goes back with it."""

from __future__ import annotations

import ctypes
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import orjson

from service.actions.catalogue.take_snapshot import TakeSnapshot
from service.actions.operation.ask_fit import PATIENCE, AskFit
from service.errors import ServiceError
from service.storage.matching.fits import Fit, Fits, FitState
from service.storage.repositories import Catalogue
from service.telemetry import log

LOOK_SECONDS = 3.0
"""How often the process looks for a fit, and shows that it is there."""
COMMAND = (sys.executable, "-c", "from training.cli import main; main()", "fit", "--language", "en")
"""`ieum-train fit` by this interpreter, wherever the scripts are; its language is that of `STAGES`."""
STAGES = {
    "reading texts": "read",
    "words": "words",
    "topics": "meaning",
    "sentences": "sentences",
    "learning from past participants": "learn",
    "evaluating": "evaluate",
}
"""The codes of a fit's stages, by what `ieum-train fit` calls them."""
OUT_OF_MEMORY, UNFINISHED = "killed", "unfinished"
PR_SET_PDEATHSIG = 1


class TakeFits:
    """One process that takes fits until `stop` is set; a fit that it then has in hand is asked for again.

    What ends without a word, by a signal to kill or for want of memory, has failed instead: tried again by itself it
    could end so again and again. `options` are more of `ieum-train fit`, such as a key to sign with.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        clock: Callable[[], datetime],
        artifacts: Path,
        stop: threading.Event,
        options: Sequence[str] = (),
    ) -> None:
        self._catalogue, self._clock, self._artifacts, self._stop = catalogue, clock, artifacts, stop
        self._options, self._id = options, secrets.token_hex(16)
        self._asked, self._fits = AskFit(catalogue, clock), Fits()
        self._stage: Mapping[str, str] = {}

    def __call__(self) -> None:
        """Take fits until told to stop."""
        while not self._stop.is_set():
            with suppress(ServiceError):  # the database is away for now
                self.look()
            self._stop.wait(LOOK_SECONDS)

    def look(self) -> None:
        """Show that a process is there, and do the fit that is asked for, if any."""
        self._asked.settle_silent()
        fit = self.take()
        if fit is None:
            return
        log.logger().info("fit_taken", fit=fit.id)
        try:
            with tempfile.TemporaryDirectory(prefix="ieum-fit-") as room:
                values = self._fitted(fit, Path(room))
        except Exception as error:  # whatever it was, nobody may wait for this fit any longer
            log.logger().error("bug", exc_info=error)
            values = {"state": FitState.FAILED, "failure": UNFINISHED}
        log.logger().info("fit_ended", fit=fit.id, state=values["state"], version=values.get("model_version"))
        while True:
            with suppress(ServiceError):  # the database is away for now
                return self._asked.settle(fit, self._id, values)
            if self._stop.wait(LOOK_SECONDS):
                return

    def take(self) -> Fit | None:
        """Show that a process is there, and take the fit that is asked for, if any."""
        with self._catalogue.database.writing() as connection:
            self._fits.come(connection, self._id, self._clock(), self._clock() - PATIENCE)
            return self._fits.take(connection, self._id, self._clock())

    def _fitted(self, fit: Fit, room: Path) -> dict[str, Any]:
        """Write the snapshot and have the child fit on it, showing meanwhile that it goes on; gives what came of it."""
        TakeSnapshot(self._catalogue, self._clock)(room / "snapshot")
        paths = ("--snapshot", room / "snapshot", "--out", self._artifacts, "--json", room / "gate.json")
        with subprocess.Popen(  # noqa: S603 - our own command, and no shell
            [*COMMAND, *map(str, paths), *self._options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            preexec_fn=end_with_parent,
        ) as child:
            threading.Thread(target=self._follow, args=(child.stderr,), daemon=True).start()
            while child.poll() is None:
                if self._stop.wait(LOOK_SECONDS) or not self._goes_on(fit):
                    child.kill()
                    return {"state": FitState.ASKED, "taken_at": None, "stage": "", "progress": ""}
        if not (room / "gate.json").exists():
            return {"state": FitState.FAILED, "failure": OUT_OF_MEMORY if child.returncode < 0 else UNFINISHED}
        decision = orjson.loads((room / "gate.json").read_bytes())
        return {"state": FitState.DONE if decision["model_version"] else FitState.REFUSED, **decision}

    def _follow(self, lines: IO[str]) -> None:
        for line in lines:
            name, progress = re.fullmatch(r"(.*?) ?([\d,]+/[\d,]+)?", line.strip()).groups("")  # type: ignore[union-attr]  # it fits every line
            if name in STAGES:
                self._stage = {"stage": STAGES[name], "progress": progress}
            else:
                log.logger().info("fit_says", line=line.strip())

    def _goes_on(self, fit: Fit) -> bool:
        """Show that the fit goes on, and how far it is; tells whether it is still this process's."""
        with suppress(ServiceError), self._catalogue.database.writing() as connection:
            now = self._clock()
            self._fits.come(connection, self._id, now, now - PATIENCE)
            return self._fits.move(connection, fit, now, self._id, **self._stage)
        return True  # as far as is known while the database is away


def end_with_parent() -> None:
    """Have the kernel end a child whose parent was killed: left alone it would keep the next fit out of the folder."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
