"""Keep the pages true: their commands, links and answers, and the picture drawn from a real answer.

    python -m docs.pages            ask a service of its own everything that the pages ask, and write down its answers

An answer on a page is the `json` block that follows a `curl` command; of a long answer it keeps what a reader needs.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docs import waterfall

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").glob("*.md")])
PICTURE = ROOT / "docs" / "images" / "waterfall.svg"
README = ROOT / "README.md"
KEPT_OF_ANSWER = ("on", "ai_notice", "matches", "candidates", "unlocks")
KEPT_OF_MATCH = ("program", "startup", "rank", "score", "verdict", "paragraph", "reasons")
KEPT_OF_PROFILE = ("id", "name", "name_en")
KEPT_OF_REASON = ("block", "label", "points", "sentence")
KEPT_OF_STEP = ("program", "day", "sentence", "confirmations_count")
MOST_STEPS = 3
MOST_SECONDS_TO_START = 900  # a fit on a busy machine included

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_ASKED = re.compile(
    r"(^```sh\n(?P<command>curl [^`]*?)```\n+^```json\n)(?P<answer>.*?)(^```)", re.MULTILINE | re.DOTALL
)
_LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


@dataclass(frozen=True)
class Asked:
    """A question that a page asks the service, and the answer that it shows."""

    page: Path
    command: str
    answer: Any


def commands(page: Path) -> list[str]:
    """Every command of the page's `sh` blocks, continued lines joined, in order."""
    blocks = [body for language, body in _FENCE.findall(_read(page)) if language == "sh"]
    lines = [line.strip() for body in blocks for line in body.replace("\\\n", " ").splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def links(page: Path) -> list[str]:
    """Every link to another file of the project."""
    return [link for link in _LINK.findall(_read(page)) if "://" not in link]


def asked(page: Path) -> list[Asked]:
    """Every question with its answer, in order."""
    return [Asked(page, found["command"], json.loads(found["answer"])) for found in _ASKED.finditer(_read(page))]


def _read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def ask(command: str, base: str) -> Any:
    """Do what a curl command says, at `base` instead of the address that it names; the answer's JSON, shortened."""
    url, method, headers, body = _request(shlex.split(command.replace("\\\n", " "))[1:])
    request = urllib.request.Request(re.sub(r"^https?://[^/]+", base, url), body, headers, method=method)  # noqa: S310 - our own service
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - our own service
            return shortened(json.load(answer))
    except urllib.error.HTTPError as problem:
        return json.load(problem)


def _request(words: list[str]) -> tuple[str, str | None, dict[str, str], bytes | None]:
    url, method, headers, body = "", None, {}, None
    left = iter(words)
    for word in left:
        if word == "-H":
            name, _, value = next(left).partition(": ")
            headers[name] = value
        elif word in ("-d", "--json"):
            body = next(left).encode()
            headers.setdefault("Content-Type", "application/json")
        elif word == "-X":
            method = next(left)
        elif word != "-s":
            url = word
    return url, method, headers, body


def shortened(answer: dict[str, Any]) -> dict[str, Any]:
    """Keep what a reader of a page needs; each kept value is the answer's own."""
    kept = _only(answer, KEPT_OF_ANSWER)
    for key in ("matches", "candidates"):
        if key in kept:
            kept[key] = [_short_match(match) for match in kept[key]]
    if "unlocks" in kept:
        kept["unlocks"] = [_short_step(step) for step in kept["unlocks"][:MOST_STEPS]]
    return kept or answer


def _short_step(step: dict[str, Any]) -> dict[str, Any]:
    return _only(step, KEPT_OF_STEP) | {"program": _only(step["program"], KEPT_OF_PROFILE)}


def _short_match(match: dict[str, Any]) -> dict[str, Any]:
    kept = _only(match, KEPT_OF_MATCH)
    for side in ("program", "startup"):
        if side in kept:
            kept[side] = _only(kept[side], KEPT_OF_PROFILE)
    return kept | {"reasons": [_only(reason, KEPT_OF_REASON) for reason in kept["reasons"]]}


def _only(value: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: value[key] for key in keys if key in value}


def written(answer: Any) -> str:
    """An answer as it stands on a page: each reason on one line.

    >>> print(written({"on": "2026-01-20", "matches": [{"rank": 1, "reasons": [{"block": "words", "points": 1.5}]}]}))
    {
      "on": "2026-01-20",
      "matches": [
        {
          "rank": 1,
          "reasons": [
            {"block": "words", "points": 1.5}
          ]
        }
      ]
    }
    """
    text = json.dumps(answer, ensure_ascii=False, indent=2)
    return re.sub(r"\{[^{}\[\]]*\}", lambda flat: _on_one_line(flat[0]), text)


def _on_one_line(text: str) -> str:
    return json.dumps(json.loads(text), ensure_ascii=False)


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """Start the service as a newcomer does, with everything that it writes kept in `home`; gives its address."""
    port = _free_port()
    environment = {**os.environ, "IEUM_HOME": str(home), "IEUM_PORT": str(port), "IEUM_WORKERS": "1"}
    with (home / "run.log").open("wb") as log:
        process = subprocess.Popen(
            ["make", "-o", ".venv/.ready", "run"],  # noqa: S607 - the newcomer's own command
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield _when_ready(f"http://127.0.0.1:{port}", process, home / "run.log")
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _when_ready(base: str, process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + MOST_SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"{base}/readyz", timeout=5).close()  # noqa: S310 - our own service
        except OSError:
            time.sleep(0.5)
        else:
            return base
    raise RuntimeError(f"make run did not come up:\n{log.read_text(encoding='utf-8', errors='replace')[-4000:]}")


def refresh(base: str) -> None:
    """Write the service's present answers into every page, and draw the first of the README anew."""
    for page in PAGES:
        text = _ASKED.sub(lambda found: _answered(found, base), _read(page))
        page.write_text(text, encoding="utf-8")
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(waterfall.drawn(asked(README)[0].answer["matches"][0]), encoding="utf-8")


def _answered(found: re.Match[str], base: str) -> str:
    return f"{found[1]}{written(ask(found['command'], base))}\n{found[4]}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as address:
        refresh(address)
    print(f"{sum(len(asked(page)) for page in PAGES)} answers refreshed")
    sys.exit(0)
