"""Rules on the call itself: does it take applications, is it open on the day, is there budget and a seat left?"""

from __future__ import annotations

from datetime import date, time

from model.domain import Program, Role, Startup, Unlock
from model.eligibility.applicant import CO_REPRESENTATIVES
from model.eligibility.rule import NOTHING, SILENT, Checks, Reading, Rule, Setting


def open_call(_startup: Startup, program: Program, _setting: Setting) -> Checks:
    """A fund or platform that is listed for reference takes no applications."""
    if program.role is Role.OPEN_CALL:
        return SILENT
    return Reading("open_call", "role", program.role.value, Role.OPEN_CALL.value).fails()


def window(_startup: Startup, program: Program, setting: Setting) -> Checks:
    """The day must lie between the opening and the closing day, both included; a standing program may lack either.

    On the closing day a stated hour counts: with no hour of evaluation the answer stays open. A call that is neither
    standing nor has both days known is surely open on the day that it names, closed before it opens and after it
    closes, and for a person to look at on any other day.
    """
    reading = Reading("window", "closes_on", setting.on.isoformat(), _period(program))
    if program.closes_on and setting.on > program.closes_on:
        return reading.fails()
    if program.opens_on and setting.on < program.opens_on:
        return reading.fails(_opening(program.opens_on, program))
    if program.closes_at and setting.on == program.closes_on:
        return _on_the_last_day(program.closes_at, setting)
    surely_open = setting.on in (program.opens_on, program.closes_on)
    if surely_open or program.always_open or (program.opens_on and program.closes_on):
        return reading.passes()
    return reading.unsure(Unlock("state_in_notice", value="closes_on" if program.opens_on else "opens_on"))


def _opening(day: date, program: Program) -> Unlock:
    never_open = program.closes_on is not None and program.closes_on < day
    return NOTHING if never_open else Unlock("wait_until", on=day)


def _period(program: Program) -> tuple[str, ...] | str:
    if program.always_open and not program.closes_on:
        return "always_open"
    return tuple(day.isoformat() if day else "" for day in (program.opens_on, program.closes_on))


def _on_the_last_day(closes_at: time, setting: Setting) -> Checks:
    hour = closes_at.isoformat("minutes")
    found = setting.at.isoformat("minutes") if setting.at else setting.on.isoformat()
    reading = Reading("window", "closes_at", found, hour)
    if setting.at is None:
        return reading.unsure(Unlock("before_hour", value=hour))
    return reading.passes() if setting.at <= closes_at else reading.fails()


def budget(_startup: Startup, program: Program, _setting: Setting) -> Checks:
    """A program whose budget is used up takes no more applications."""
    if program.budget_exhausted is None:
        return SILENT
    reading = Reading("budget", "budget_exhausted", program.budget_exhausted, False)
    return reading.fails() if program.budget_exhausted else reading.passes()


def seats(_startup: Startup, program: Program, _setting: Setting) -> Checks:
    """A program that states its number of seats must have one."""
    if program.seats is None:
        return SILENT
    reading = Reading("seats", "seats", program.seats, 1)
    return reading.passes() if program.seats > 0 else reading.fails()


def manual_checks(_startup: Startup, program: Program, _setting: Setting) -> Checks:
    """Conditions that data can't show are listed one by one for a person to check, never taken as met."""
    listed = dict.fromkeys(code for code in program.manual_checks if code != CO_REPRESENTATIVES)
    return tuple(check for code in listed for check in _manual(code))


def _manual(code: str) -> Checks:
    reading = Reading("manual_check", "manual_checks", None, code, f"manual:{code}")
    return reading.unsure(Unlock("confirm", value=code))


RULES = (
    Rule("open_call", (), ("role",), open_call),
    Rule("window", (), ("opens_on", "closes_on", "closes_at", "always_open"), window),
    Rule("budget", (), ("budget_exhausted",), budget),
    Rule("seats", (), ("seats",), seats),
)
MANUAL = Rule("manual_check", (), ("manual_checks",), manual_checks)
