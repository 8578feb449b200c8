"""A hundred strings that would run if a page showed them unescaped, put through every text field of the catalogue."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from model.domain import Conflict, ParticipationStatus, Program, Startup

RUN = "window.ran=1"
_TAGS = ("img", "svg", "body", "video", "audio", "iframe", "object", "input", "details", "marquee", "math", "select")
_EVENTS = ("onerror", "onload", "onfocus", "onmouseover", "ontoggle", "onstart")
_PLAIN = (
    f"<script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</svg><script>{RUN}</script>",
    f"<scr<script>ipt>{RUN}</script>",
    f"<SCRIPT SRC=data:,{RUN}></SCRIPT>",
    f"javascript:{RUN}",
    f"<a href=javascript:{RUN}>x</a>",
    f"<form action=javascript:{RUN}><button>x</button></form>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<base href=javascript:{RUN}//>",
    f"<link rel=stylesheet href=data:text/css,{RUN}>",
    "<style>*{background:url(//example.org/x)}</style>",
    "<p style='position:fixed;inset:0'>x</p>",
    f"' onmouseover='{RUN}",
    f'" autofocus onfocus="{RUN}" x="',
    f"`${{{RUN}}}`",
    "{{ 7 * 7 }}",
    "{% raw %}{{ config }}{% endraw %}",
    "%(name)s %s %d",
    "&lt;script&gt;&#x3c;script&#x3e;",
    "\u2028<script>window.ran=1</script>\u2029",
    f"<!--><img src=x onerror={RUN}>-->",
    f"<![CDATA[<img src=x onerror={RUN}>]]>",
    f"<div hx-get=/ hx-trigger=load hx-on::load='{RUN}'>x</div>",
    "<div hx-vals='js:{a:window.ran=1}' hx-post=/ hx-trigger=load>x</div>",
    "../../../etc/passwd",
    '=HYPERLINK("https://example.org")',
)
STRINGS = (*_PLAIN, *(f"<{tag} src=x {event}={RUN}>x" for tag in _TAGS for event in _EVENTS))[:100]
PERSON = f"김담당<img src=x onerror={RUN}>"
"""Who is signed in: the name stands on every page."""

A_PAGE = 10
"""Strings that one startup's fields hold together."""


def startups() -> list[Startup]:
    """As many startups as it takes for every string to stand in every field."""
    chunks = [STRINGS[start : start + A_PAGE] for start in range(0, len(STRINGS), A_PAGE)]
    return [_startup(number, chunk) for number, chunk in enumerate(chunks)]


def _startup(number: int, chunk: tuple[str, ...]) -> Startup:
    text = " 클라우드 인공지능 ".join(chunk)
    return Startup(f"x-{number:02}", text, text, text, text, technologies=chunk, region=chunk[0], industry=chunk[1])


def program() -> Program:
    """A program whose every text is hostile."""
    text = " 클라우드 ".join(STRINGS)
    return Program(
        "x-program",
        *([text[:2_000]] * 4),
        track=text[:500],
        url=f"javascript:{RUN}",
        source=STRINGS,
        summary=text,
        summary_en=text,
        demand=text,
        technologies=STRINGS,
        not_together_with=(Conflict(STRINGS[0], ParticipationStatus.AGREED),),
        manual_checks=STRINGS[:10],
    )


def packed(longest: int) -> list[str]:
    """All the strings in as few texts of at most `longest` characters as hold them in order."""
    texts = [STRINGS[0]]
    for string in STRINGS[1:]:
        if len(texts[-1]) + 1 + len(string) <= longest:
            texts[-1] += f" {string}"
        else:
            texts.append(string)
    return texts


def written(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as a CSV file in UTF-8."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()
