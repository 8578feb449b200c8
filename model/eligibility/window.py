"""Rules on the call itself: does it take applications, is it open on the day, is there budget and a seat left?"""

from __future__ import annotations

from model.domain import Program, Role, Startup, Unlock
from model.eligibility.applicant import CO_REPRESENTATIVES
from model.eligibility.days import Span, span
from model.eligibility.rule import NOTHING, SILENT, Checks, FactReading, Rule, Setting


def open_call(_startup: Startup, program: Program, _setting: Setting) -> Checks:
    """A fund or platform that is listed for reference takes no applications."""
    if program.role is Role.OPEN_CALL:
        return SILENT
    return FactReading("open_call", "role", program.role.value, Role.OPEN_CALL.value).fails()


def window(_startup: Startup, program: Program, setting: Setting) -> Checks:
    """The day must lie between the opening and the closing day, both included; a standing program may lack either.

    A day of which only the month or year is known bounds the answer: before its first and after its last day it is
    certain, within it a person must look. So it is on the closing day itself until its hour is known, which counts
    to the minute in Korea's time.
    """
    opens, closes = span(program.opens_on, program.opens_in), span(program.closes_on, program.closes_in)
    reading = FactReading("window", "closes_on", setting.on.isoformat(), _period(program))
    if closes[1] and setting.on > closes[1]:
        return reading.fails()
    if opens[0] and setting.on < opens[0]:
        return reading.fails(_opening(program, opens, closes))
    has_opened = opens[1] <= setting.on if opens[1] else bool(program.always_open)
    if has_opened and setting.on == program.closes_on:
        return _on_the_last_day(program, setting)
    if has_opened and (setting.on < closes[0] if closes[0] else program.always_open):
        return reading.passes()
    return reading.unsure(Unlock("state_in_notice", value="closes_on" if has_opened else "opens_on"))


def _opening(program: Program, opens: Span, closes: Span) -> Unlock:
    if opens[0] and closes[1] and closes[1] < opens[0]:
        return NOTHING
    # waiting leads in only where the opening day is sure not to be the closing day, whose hour would count
    if program.opens_on and (closes[0] > program.opens_on if closes[0] else program.always_open):
        return Unlock("wait_until", on=program.opens_on)
    return Unlock("state_in_notice", value="closes_on" if program.opens_on else "opens_on")


def _period(program: Program) -> tuple[str, ...] | str:
    days = (program.opens_on or program.opens_in, program.closes_on or program.closes_in)
    if program.always_open and not days[1]:
        return "always_open"
    return tuple(str(day) if day else "" for day in days)


def _on_the_last_day(program: Program, setting: Setting) -> Checks:
    if program.closes_at is None:
        reading = FactReading("window", "closes_on", setting.on.isoformat(), _period(program))
        return reading.unsure(Unlock("state_in_notice", value="closes_at"))
    hour = program.closes_at.isoformat("minutes")
    moment = setting.at.isoformat("minutes") if setting.at else setting.on.isoformat()
    reading = FactReading("window", "closes_at", moment, hour)
    if setting.at is None:
        return reading.unsure(Unlock("before_hour", value=hour))
    minute = setting.at.replace(second=0, microsecond=0, tzinfo=None)
    return reading.passes() if minute <= program.closes_at else reading.fails()


def budget(_startup: Startup, program: Program, _setting: Setting) -> Checks:
    """A program whose budget is used up takes no more applications."""
    if program.budget_exhausted is None:
        return SILENT
    reading = FactReading("budget", "budget_exhausted", program.budget_exhausted, False)
    return reading.fails() if program.budget_exhausted else reading.passes()


def seats(_startup: Startup, program: Program, _setting: Setting) -> Checks:
    """A program that states its number of seats must have one."""
    if program.seats is None:
        return SILENT
    reading = FactReading("seats", "seats", program.seats, 1)
    return reading.passes() if program.seats > 0 else reading.fails()


def manual_checks(_startup: Startup, program: Program, _setting: Setting) -> Checks:
    """Conditions that data can't show are listed one by one for a person to check, never taken as met."""
    listed = dict.fromkeys(code for code in program.manual_checks if code != CO_REPRESENTATIVES)
    readings = {code: FactReading("manual_check", "manual_checks", None, code, f"manual:{code}") for code in listed}
    return tuple(check for code, reading in readings.items() for check in reading.unsure(Unlock("confirm", value=code)))


RULES = (
    Rule("open_call", (), ("role",), open_call),
    Rule("window", (), ("opens_on", "opens_in", "closes_on", "closes_in", "closes_at", "always_open"), window),
    Rule("budget", (), ("budget_exhausted",), budget),
    Rule("seats", (), ("seats",), seats),
)
MANUAL = Rule("manual_check", (), ("manual_checks",), manual_checks)
