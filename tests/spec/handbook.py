"""The handbook of the eligibility rules, written from the spec tables: `python -m tests.spec.handbook [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import time
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any

from model import vocabulary
from model.domain import Business, Check, Conflict, Participation
from model.eligibility import RULES, RULES_VERSION, Rule
from model.vocabulary import Codes
from service.wording import eligibility as wording
from service.wording import eligibility_texts as texts
from tests.spec.case import Case, Table
from tests.spec.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "eligibility.md"

INTRODUCTION = """# 신청 자격 편람 Eligibility handbook

이 문서는 `tests/spec`의 사례표에서 만들며, 모든 사례는 검사를 거칩니다. 규칙을 바꾸려면 사례를 먼저 고칩니다.
This page is made from the case tables in `tests/spec`; every case is tested. To change a rule, change its cases first.

규칙 판 rules version: {version}

- 규칙마다 **충족**, **미충족**, **확인 필요** 중 하나로 답합니다. 가장 나쁜 답이 판정이 됩니다(신청 가능, 신청 불가,
  확인 필요).
  Each rule answers *met*, *not met* or *needs checking*; the worst answer is the verdict.
- 모르는 사실은 **확인 필요**입니다. 충족으로도 미충족으로도 보지 않습니다.
  A fact that is not known needs checking; it counts neither as met nor as not met.
- 다만 업력 7년 초과 10년 이내 기업의 신산업 창업 분야는 신청할 때 고르는 것이므로, 고르지 않으면 미충족입니다.
  The new-industry field of a firm over 7 and within 10 years is chosen on applying; not naming one is not met.
- 공고가 정하지 않은 조건은 답에 나오지 않습니다.
  What a program doesn't state doesn't appear in the answer.
- 신청 자료로 확인할 수 없는 조건이 있는 사업은 담당자가 확인하기 전까지 **확인 필요**입니다.
  A program with conditions that data can't show needs checking until a person has looked.
- 모든 판정은 평가일을 기준으로 하며, 지난 날짜로 평가하면 그날의 답이 나옵니다.
  Every verdict is for a day; an evaluation for a past day gives that day's answer.
- 판정은 추천 점수에 영향을 주지 않습니다.
  Verdicts never move a score.
"""


def page(codes: Codes) -> str:
    """Write the whole handbook."""
    parts = [INTRODUCTION.format(version=RULES_VERSION)]
    rules = {rule.name: rule for rule in RULES}
    for name, tables in groupby(TABLES, key=lambda table: table.rule):
        parts.append(_rule(rules[name], list(tables), codes))
    return "\n".join(parts)


def _rule(rule: Rule, tables: list[Table], codes: Codes) -> str:
    checks = [check for table in tables for case in table.cases for check in case.checks(rule.name, codes)]
    lines = [
        f"## {texts.RULES[rule.name]['ko']} {texts.RULES[rule.name]['en']}",
        "",
        "| | |",
        "|---|---|",
        f"| 규칙 rule | `{rule.name}` |",
        f"| 읽는 기업 정보 reads of the startup | {_named(rule.reads)} |",
        f"| 읽는 프로그램 정보 reads of the program | {_named(rule.asks)} |",
        *_bases(checks, codes),
        "",
    ]
    return "\n".join([*lines, *(line for table in tables for line in _table(table, codes))])


def _bases(checks: list[Check], codes: Codes) -> Iterator[str]:
    found = dict.fromkeys(
        f"{wording.basis(check, codes, 'ko')} · {wording.basis(check, codes, 'en')}" for check in checks
    )
    for basis in found:
        yield f"| 근거 basis | {basis} |"


def _table(table: Table, codes: Codes) -> Iterator[str]:
    yield from (table.ko, table.en, "")
    if table.generated:
        yield from (f"사례 {len(table.cases)}건, {len(table.cases)} cases.", "")
        return
    yield "| 사례 case | 기업 startup | 프로그램 program | 평가일 day | 결과 result | 충족 방법 what would meet it |"
    yield "|---|---|---|---|---|---|"
    yield from (_line(case, table.rule, codes) for case in table.cases)
    yield ""


def _line(case: Case, rule: str, codes: Codes) -> str:
    day = case.on.isoformat() + (f" {case.at:%H:%M}" if case.at else "")
    cells = (
        f"{case.ko}<br>{case.en}",
        _facts(case.startup),
        f"`{case.row}`" if case.row else _facts(case.program),
        day,
        *_answer(case, rule, codes),
    )
    return "| " + " | ".join(cells) + " |"


def _answer(case: Case, rule: str, codes: Codes) -> tuple[str, str]:
    if case.expected is None:
        return "–<br>not stated", ""
    result = texts.RESULTS[case.expected.value]
    check = case.checks(rule, codes)[0]
    lines = [wording.view([check], codes, language, wording.Audience.STAFF)[0] for language in ("ko", "en")]
    return f"**{result['ko']}**<br>{result['en']}", "<br>".join(line.unlock for line in lines if line.unlock)


def _facts(facts: Mapping[str, Any]) -> str:
    known = {name: value for name, value in facts.items() if value is not None}
    return "<br>".join(f"`{name}` {_value(value)}" for name, value in known.items())


def _value(value: Any) -> str:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return ", ".join(_value(item) for item in value)
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, Business):
        days = f"{value.opened_on or ''}~{value.closed_on or ''}"
        return (
            f"{value.industry or '–'} {days}"
            + (" converted" if value.converted else "")
            + (" bankrupt" if value.bankrupt else "")
        )
    if isinstance(value, Participation):
        return f"{value.program_family} {value.year} {value.status.value}"
    if isinstance(value, Conflict):
        often = "" if value.years == "same" else f", {value.years}, {value.times}"
        unsure = f", {value.confidence.value}" if value.confidence else ""
        return f"{value.family or value.program_class} ({value.from_stage.value}~{often}{unsure})"
    return str(value)


def _named(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "–"


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` say whether it is as it should be; exit code 1 if it isn't."""
    wanted = page(vocabulary.load(ROOT / "data" / "vocabularies").codes)
    if "--check" in arguments:
        current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        print("up to date" if current == wanted else "out of date: run python -m tests.spec.handbook")
        return 0 if current == wanted else 1
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
