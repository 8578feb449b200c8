"""The closed lists of codes in the words of the trade: kinds, stages, legal forms, statuses, verdicts."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Who applies: the ministry's plan serves three kinds of firm."""

    STARTUP = "startup"
    SMALL_MANUFACTURER = "small_manufacturer"
    MICRO_ENTERPRISE = "micro_enterprise"


class Stage(StrEnum):
    """Investment stage, in rising order."""

    PRE_FOUNDER = "pre_founder"
    SEED = "seed"
    PRE_A = "pre_a"
    SERIES_A = "series_a"
    SERIES_B = "series_b"
    SERIES_C = "series_c"
    LATER = "later"


class Entity(StrEnum):
    """Legal form of the applicant; an overseas startup is one founded abroad (국외 창업기업, Act 2 no. 3-2, 5-2)."""

    PRE_FOUNDER = "pre_founder"
    SOLE_PROPRIETOR = "sole_proprietor"
    CORPORATION = "corporation"
    OVERSEAS_STARTUP = "overseas_startup"


class Sex(StrEnum):
    """Sex of a firm's representative, as its application states it."""

    FEMALE = "f"
    MALE = "m"


class Support(StrEnum):
    """What a startup needs and a program gives."""

    FUNDING = "funding"
    CLOUD_CREDITS = "cloud_credits"
    GPU = "gpu"
    MENTORING = "mentoring"
    POC = "poc"
    OVERSEAS = "overseas"
    SALES = "sales"
    INVESTMENT = "investment"
    EDUCATION = "education"
    CONSULTING = "consulting"
    SPACE = "space"
    CERTIFICATION = "certification"


class FlagCode(StrEnum):
    """What is suspicious about a startup's profile; such a part is set aside, and a person may look at it."""

    REPEATED = "repeated"
    LISTED = "listed"
    COPIED = "copied"
    GATHERED = "gathered"
    TECHNOLOGIES = "technologies"


class ParticipationStatus(StrEnum):
    """How far a startup came in a publicly supported program: pledged by 협약체결확약서, stopped after the agreement,
    failed in the last review, withdrawn at a time not known."""

    APPLIED = "applied"
    NOT_SELECTED = "not_selected"
    APPLICATION_WITHDRAWN = "application_withdrawn"
    SELECTED = "selected"
    PLEDGED = "pledged"
    AGREED = "agreed"
    RUNNING = "running"
    COMPLETED = "completed"
    STOPPED = "stopped"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


REACHED = {
    ParticipationStatus.APPLICATION_WITHDRAWN: -1,
    ParticipationStatus.NOT_SELECTED: -1,
    ParticipationStatus.APPLIED: 0,
    ParticipationStatus.SELECTED: 1,
    ParticipationStatus.PLEDGED: 2,
    ParticipationStatus.AGREED: 3,
    ParticipationStatus.RUNNING: 4,
    # the notices exclude who stopped midway like who carries it out (2026-259 ⑤, 2026-278 ⑤)
    ParticipationStatus.STOPPED: 4,
    ParticipationStatus.COMPLETED: 5,
    ParticipationStatus.FAILED: 5,
}
"""How far each status came; an application that came to nothing bars from nothing. `withdrawn` may be -1 or 4."""


class Role(StrEnum):
    """An open call takes applications and is ranked; a reference is shown but never ranked."""

    OPEN_CALL = "open_call"
    REFERENCE = "reference"


class Confidence(StrEnum):
    """How well a program row's facts are sourced."""

    FOUND = "found"
    PARTLY_FOUND = "partly_found"
    UNSURE = "unsure"


class AgeDay(StrEnum):
    """The day on which a notice counts business ages."""

    NOTICE = "notice"
    CLOSING = "closing"
    OTHER_NOTICE = "other_notice"


class Detail(StrEnum):
    """How much of its checks and reasons a program lets applicants see."""

    FULL = "full"
    REDUCED = "reduced"


class OutcomeKind(StrEnum):
    """What became of a startup at a program, from being shown to a contract with the partner."""

    SHOWN = "shown"
    CONTACTED = "contacted"
    APPLIED = "applied"
    SHORTLISTED = "shortlisted"
    SELECTED = "selected"
    DECLINED = "declined"
    REJECTED = "rejected"
    COMPLETED = "completed"
    CONTRACTED = "contracted"
    STOPPED = "stopped"


class Verdict(StrEnum):
    """May this startup apply to this program?"""

    ELIGIBLE = "eligible"
    NEEDS_CHECK = "needs_check"
    INELIGIBLE = "ineligible"


class Result(StrEnum):
    """The answer of one eligibility rule."""

    PASS = "pass"  # noqa: S105 - a verdict, not a secret
    FAIL = "fail"
    NEEDS_CHECK = "needs_check"


class EvidenceKind(StrEnum):
    """How a fact behind a share is told."""

    WORD = "word"
    """A word of the texts, as it was written."""
    PHRASE = "phrase"
    """A phrase of the startup's text, with the program's phrase that it is nearest to."""
    NAME = "name"
    """A code of the vocabulary, told by its official name."""
