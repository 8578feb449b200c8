"""Selection rounds in words: statuses, demands that clash, and the headings of the committees' sheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from model.domain import Startup
from model.rounds.clash import Demand
from model.rounds.exposure import UNKNOWN
from model.vocabulary import Vocabulary
from model.vocabulary.codes import Codes
from service.wording import terms
from service.wording.pairs import said, table

STATUS = table("rounds.status")
DEMANDS = table("rounds.demands")
HEADINGS = table("rounds.headings")
NOTES = table("rounds.notes")
ABOUT = table("rounds.about")


def demand(demanded: Demand, language: str) -> str:
    """Say what is demanded."""
    names = {"program": demanded.program, "startup": demanded.startup, "quota": demanded.quota}
    return said(DEMANDS, demanded.kind, language, **names)


WRONG = table("rounds.wrong")
METHODS = table("rounds.methods")
SIDES = table("rounds.sides")
SPREADS = table("rounds.spreads")
TIE_BREAKS = table("rounds.tie_breaks")
RULES = table("rounds.rules")
FIELDS = table("rounds.fields")

VALUES = table("rounds.values")
"""A field's values by the field and the code; `unknown` for every field."""

TABLES = {
    "region": "regions",
    "stage": "stages",
    "kind": "kinds",
    "entity": "entities",
    "new_industry_field": "new_industry",
    "industry": "industries",
}
"""The vocabulary's tables that name a field's values."""

MEASURES = {
    "ko": "지니 계수 {gini}, 비수도권/수도권 비 {area_ratio}, 선발된 기업의 비율 {coverage:.1%}",
    "en": "Gini {gini}, ratio outside to inside the capital area {area_ratio}, coverage {coverage:.1%}",
}


def value(of: str, code: str, codes: Codes | None, language: str) -> str:
    """Name a field's value; one that no vocabulary knows stands for itself."""
    key = "unknown" if code == UNKNOWN else f"{of} {code}"
    if key in VALUES:
        return said(VALUES, key, language)
    table = getattr(codes, TABLES[of]) if codes and of in TABLES else None
    return (table and table.name(code, language)) or code


def measures(account: Mapping[str, Any], language: str) -> str:
    """Say an account's measures in one line."""
    ratio = "-" if account["area_ratio"] is None else account["area_ratio"]
    return MEASURES[language].format(**{**account, "area_ratio": ratio})


def profile(vocabulary: Vocabulary, startup: Startup, language: str) -> str:
    """What an evaluator must know of a startup: a line of facts, then what it says of itself."""
    codes = vocabulary.codes
    concepts = ((vocabulary.technologies.concept(word), word) for word in startup.technologies)
    technologies = [terms.label(vocabulary, "technology", code, language) if code else word for code, word in concepts]
    founded = {"ko": "개업 {}", "en": "founded {}"}[language].format(startup.founded_on) if startup.founded_on else ""
    facts = (
        codes.regions.name(startup.region, language) if startup.region else "",
        codes.stages.name(startup.stage, language) if startup.stage else "",
        founded,
        ", ".join(dict.fromkeys(technologies)),
    )
    own, other = startup.summary or "", startup.summary_en or ""
    says = (own or other) if language == "ko" else (other or own)
    return "\n".join(filter(None, (" · ".join(filter(None, facts)), says)))
