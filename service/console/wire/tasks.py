"""What the tasks of the access log are called: an address and a method in words that an official reads."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

TAKEN = ("내려받기", "take away")
OVERVIEW = ("현황", "overview")
_PARAMETER = re.compile(r"<[^>]*>")


@cache
def table() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The words of tasks.toml: `nouns` and `verbs`, and what forms do when they are `sent`."""
    return tomllib.loads(Path(__file__).with_name("tasks.toml").read_text(encoding="utf-8"))


def task(noted: str, language: str) -> str:
    """A method and an address pattern of the access log in words.

    >>> task("GET /console/<any(ko, en):language>/startups/<string:startup_id>/programs/<string:program_id>", "ko")
    '창업기업 · 프로그램 조회'
    >>> task("POST /console/<any(ko, en):language>/startups", "ko"), task("DELETE /api/v1/users/<string:user_id>", "en")
    ('창업기업 내려받기', 'users: delete')
    """
    method, _, address = noted.partition(" ")
    parts = [part for part in _PARAMETER.sub("*", address).split("/") if part]
    is_page = parts[:1] == ["console"]
    path = parts[2:] if is_page else [part for part in parts if part not in ("api", "v1")]
    place = 0 if language == "ko" else 1
    nouns = table()["nouns"]
    named = [nouns[part][place] for part in path if part in nouns] or [OVERVIEW[place]]
    verb = (
        table()["sent"].get("/".join(path), TAKEN)
        if is_page and method == "POST"
        else table()["verbs"].get(method, ("", ""))
    )
    return f"{' · '.join(named)}{' ' if place == 0 else ': '}{verb[place]}".rstrip(" :")
