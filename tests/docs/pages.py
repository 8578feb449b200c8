"""The project's pages as a reader meets them: their commands, links and answers."""

import json
import re
import shlex
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").glob("*.md")])
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


@dataclass(frozen=True)
class Command:
    """One command as it stands on a page."""

    page: str
    text: str

    @property
    def words(self) -> list[str]:
        return shlex.split(self.text, comments=True)


def commands(page: Path) -> list[Command]:
    """Every command of the page's `sh` blocks, continued lines joined, in order."""
    blocks = [body for language, body in _FENCE.findall(page.read_text(encoding="utf-8")) if language == "sh"]
    lines = [line for body in blocks for line in body.replace("\\\n", " ").splitlines()]
    return [Command(str(page.relative_to(ROOT)), line.strip()) for line in lines if _says_something(line)]


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.strip().startswith("#")


def links(page: Path) -> list[str]:
    """Every link to another file of the project."""
    return [link for link in _LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]


def ask(command: Command, base: str) -> tuple[int, bytes]:
    """Do what a curl command says, at another address: status and body."""
    url, method, headers, body = _request(command.words[1:])
    request = urllib.request.Request(re.sub(r"^https?://[^/]+", base, url), body, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def _request(words: list[str]) -> tuple[str, str | None, dict[str, str], bytes | None]:
    url, method, headers, body = "", None, {}, None
    words = list(words)
    while words:
        word = words.pop(0)
        if word in ("-H", "--header"):
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word in ("-d", "--data", "--json"):
            body = words.pop(0).encode()
            headers.setdefault("Content-Type", "application/json")
        elif word in ("-X", "--request"):
            method = words.pop(0)
        elif word.startswith("-"):
            assert word in ("-s", "-sS", "-i"), f"the tests don't know curl's {word}"
        else:
            url = word
    return url, method, headers, body


def shown_answers(page: Path) -> list[object]:
    """Every `json` block of the page."""
    return [json.loads(body) for language, body in _FENCE.findall(page.read_text(encoding="utf-8")) if language == "json"]
