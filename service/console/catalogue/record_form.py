"""A startup or program as a form: each declared field is an input, and what is typed is read as an import's cell is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time
from typing import Any

from flask import request

from model.domain import Business, OwnShare, Program, Startup
from model.faults import BadData, Fault, shown
from model.fields import CODES, Field, Holds, fields_of
from model.snapshot import rows
from service.console.wire.facts import status
from service.console.wire.language import gettext, language
from service.console.wire.names import VocabularyNames
from service.errors import Problem, ServiceError
from service.files.columns.headings import Heading
from service.files.importers.values.cells import Cells, Unclear

LONGEST = 20_000
BY_LIST = frozenset({"id", "fact_sources"})
"""Fields that no input holds: an id never changes, and the sources of facts grow by each change."""

_LONG = frozenset({"summary", "summary_en", "demand", "history", "previous_businesses", "not_together_with", "source"})
_EXAMPLES = {
    Holds.PARTICIPATIONS: (
        "엔업 프로그램 2026 수행 중; 초기창업패키지 2024 완료",
        "Early-stage Startup Package 2024 completed; Public–Private Open Innovation 2026 running",
    ),
    Holds.BUSINESSES: (
        "개인사업자 62010 2018-03-02~2021-05-31 폐업",
        "Sole proprietor 62010 2018-03-02~2021-05-31 closed",
    ),
    Holds.CONFLICTS: ("민관협력 오픈이노베이션 지원 (협약)", "Public–Private Open Innovation (agreed)"),
    Holds.PLACE: ("서울특별시 강남구", "Gangnam-gu, Seoul"),
    Holds.PLACES: ("부산광역시; 경상남도", "Busan; Gyeongsangnam-do"),
    Holds.WORDS: ("LLM; 음성 인식", "LLM; speech recognition"),
    Holds.WON: ("3억 원", "300 million"),
    Holds.SPAN: ("2026-03", "2026-03"),
}
"""How a value is typed, in Korean and in English."""

_INPUTS = {Holds.DAY: "date", Holds.CLOCK: "time", Holds.CHOICES: "many"} | dict.fromkeys(
    (Holds.CHOICE, Holds.FLAG, Holds.FIELD_NUMBER), "pick"
)


@dataclass(frozen=True, slots=True)
class FormField:
    """One field as an input: `text` is what is stored as it is typed, of several choices joined by `;`.

    `way`: `text`, `long`, `date`, `time`, `pick` (one of the choices), `many` (some of them), or `fixed` for what no
    text of a form can say whole, which stays as it is stored.
    """

    name: str
    label: str
    way: str
    text: str
    hint: str
    choices: tuple[tuple[str, str], ...] = ()
    may_be_unknown: bool = True

    @property
    def present(self) -> str:
        """What the form holds now: what was typed, else what is stored."""
        return self.text if self.typed is None else self.typed

    @property
    def ticked(self) -> list[str]:
        """The chosen codes of several."""
        return self.present.split(";")

    @property
    def typed(self) -> str | None:
        """What the request's form holds in the field, None where it has no such input."""
        if self.name not in request.form or self.way == "fixed":
            return None
        if self.way == "many":  # its hidden input is there even if nothing is ticked
            return ";".join(code for code, _ in self.choices if code in request.form.getlist(self.name))
        return request.form[self.name].replace("\r\n", "\n").strip()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as its input writes it, of codes by their names."""

    name: str
    label: str
    before: str
    after: str


class RecordForm:
    """The form of one record; `names` are those of the page's language, so that texts are written and read in it."""

    def __init__(self, record: Startup | Program, names: VocabularyNames) -> None:
        if names.codes is None:
            raise ServiceError(Problem.NO_MODEL)
        self._record, self._names, self._codes = record, names, names.codes
        self._cells = Cells(names.codes)
        sources = reversed(record.fact_sources) if isinstance(record, Program) else ()
        self._sources = {fact: source for source in sources for fact in source.facts}
        self._declared = {field.name: field for field in self._inputs()}
        self.fields = tuple(self._form_field(name, field) for name, field in self._declared.items())

    def patch(self) -> dict[str, Any]:
        """What the request's form changes, as JSON values by field, None for what is no longer known.

        Raises BadData with a fault for each input that can't be read.
        """
        changed: dict[str, Any] = {}
        faults: list[Fault] = []
        for each in self._changed():
            field, text = self._declared[each.name], each.typed or ""
            try:
                changed[each.name] = self._read(field, text)
            except Unclear as unclear:
                allowed = _example(field) or unclear.allowed
                faults.append(Fault(unclear.code, field=each.name, value=shown(text), allowed=allowed))
        if faults:
            raise BadData(faults)
        return self._whole_shares(changed)

    def stated(self) -> dict[str, Any]:
        """What the form states of a new record, as JSON values by field; raises BadData."""
        return {name: value for name, value in self.patch().items() if value is not None}

    def changes(self) -> list[FieldChange]:
        """What the request's form changes, for a person."""
        return [
            FieldChange(field.name, field.label, self._said(field, field.text), self._said(field, field.typed or ""))
            for field in self._changed()
        ]

    def _changed(self) -> Iterator[FormField]:
        return (field for field in self.fields if field.typed is not None and field.typed != field.text)

    def _said(self, field: FormField, text: str) -> str:
        named = dict(field.choices)
        codes = text.split(";") if field.way == "many" else [text]
        return ", ".join(named.get(code, code) for code in codes if code) or gettext("미확인")

    def _inputs(self) -> Iterator[Field]:
        for field in fields_of(type(self._record)):
            if field.holds is Holds.OWN_SHARE:
                for part in fields_of(OwnShare):
                    ko, en = f"{field.ko} ({part.ko})", f"{field.en} ({part.en})"
                    yield replace(part, name=f"{field.name}.{part.name}", ko=ko, en=en)
            elif field.name not in BY_LIST:
                yield field

    def _form_field(self, name: str, field: Field) -> FormField:
        value = _value(self._record, name)
        text = "" if value is None or value == () else self._written(field, value)
        way = _INPUTS.get(field.holds, "long" if name in _LONG else "text")
        if not self._reads_back(field, text, value):
            way = "fixed"
        choices, is_optional = tuple(self._choices(field)), field.default in (None, ())
        hint = " ".join(self._hints(field, way))
        return FormField(name, field.label(language()), way, text, hint, choices, may_be_unknown=is_optional)

    def _hints(self, field: Field, way: str) -> Iterator[str]:
        """An example of what is typed, and where the stored value of a program's fact comes from."""
        example = _example(field) or field.example
        if example and way in ("text", "long"):
            yield gettext("예: %(example)s") % {"example": example}
        if way == "fixed":
            yield gettext("한 줄에 담을 수 없는 내용이어서 그대로 둡니다. 고치려면 파일로 가져오십시오.")
        source = self._sources.get(field.name.partition(".")[0])
        if source:
            confidence = CODES["confidence"][source.confidence].name(language())
            yield gettext("출처: %(source)s (%(confidence)s)") % {"source": source.source, "confidence": confidence}

    def _choices(self, field: Field) -> Iterator[tuple[str, str]]:
        if field.holds is Holds.FLAG:
            yield from (("true", gettext("예")), ("false", gettext("아니요")))
        elif field.holds is Holds.FIELD_NUMBER:
            yield from self._names.choices("new_industry")
        elif field.codes in CODES and field.holds is Holds.CHOICE:
            yield from ((code, entry.name(language())) for code, entry in CODES[field.codes].items())
        elif field.holds in (Holds.CHOICE, Holds.CHOICES):
            yield from self._names.choices(field.codes)

    def _reads_back(self, field: Field, text: str, value: object) -> bool:
        try:
            read, stored = self._read(field, text), rows.written(value)
        except Unclear:
            return False
        if field.holds is Holds.CHOICES:  # codes are a set, kept in the order in which they came
            read, stored = sorted(read or ()), sorted(stored)
        return bool((read or None) == (stored or None))

    def _read(self, field: Field, text: str) -> Any:
        """The JSON value of what is typed; raises Unclear."""
        if len(text) > LONGEST or "\0" in text:
            raise Unclear("bad_text" if "\0" in text else "too_long", f"{LONGEST:,}")
        if field.holds is Holds.PLACE and (code := self._region(text)):
            return code
        if field.holds is Holds.SOURCES:  # a line each, since addresses and numbers of notices hold other marks
            return [line.strip() for line in text.split("\n") if line.strip()]
        value = self._cells.value(text, Heading(field))
        if field.holds is Holds.WORDS and value:
            stored = _value(self._record, field.name)
            return [word if word in stored else self._names.technology_code(word) for word in value]
        key = {Holds.PARTICIPATIONS: "program_family", Holds.CONFLICTS: "family"}.get(field.holds)
        if key and value:
            return [{**entry, key: self._codes.programs.find(entry[key]) or entry[key]} for entry in value]
        return value

    def _region(self, text: str) -> str | None:
        """The region of which the form shows just this name; of several the stored one, then one that is in force."""
        in_force_first = sorted(self._codes.regions.by_code.values(), key=lambda region: bool(region.successors))
        codes = [_value(self._record, "region"), *(region.code for region in in_force_first)]
        return next((code for code in codes if code and self._names.of("regions", code) == text), None)

    def _written(self, field: Field, value: Any) -> str:
        match field.holds:
            case Holds.FLAG:
                return "true" if value else "false"
            case Holds.CLOCK if isinstance(value, time):
                return value.isoformat("minutes")
            case Holds.PLACE:
                return self._names.of("regions", value)
            case Holds.PLACES:
                return "; ".join(self._names.of("regions", code) for code in value)
            case Holds.WORDS:
                return "; ".join(self._names.technology(word) for word in value)
            case Holds.SOURCES:
                return "\n".join(value)
            case Holds.INDUSTRIES:
                return "; ".join(value)
            case Holds.CHOICES:
                return ";".join(code for code, _ in self._choices(field) if code in value)
            case Holds.PARTICIPATIONS:
                entries = (f"{self._names.family(p.program_family)} {p.year} {status(p.status)}" for p in value)
                return "; ".join(entries)
            case Holds.CONFLICTS:
                return "; ".join(f"{self._names.conflict(each)} ({status(each.from_stage)})" for each in value)
            case Holds.BUSINESSES:
                return "; ".join(_business(past, self._names) for past in value)
            case _:
                return str(value)

    def _whole_shares(self, changed: dict[str, Any]) -> dict[str, Any]:
        """The parts of a firm's own share joined to the one field that they are."""
        parts = {part.name: f"own_share.{part.name}" for part in fields_of(OwnShare)}
        if not changed.keys() & set(parts.values()):
            return changed
        stored = {name: _value(self._record, key) for name, key in parts.items()}
        share = {name: changed.pop(key, stored[name]) for name, key in parts.items()}
        stated = {name: percent for name, percent in share.items() if percent is not None}
        return {**changed, "own_share": stated or None}


def _example(field: Field) -> str | None:
    ko, en = _EXAMPLES.get(field.holds, (None, None))
    return ko if language() == "ko" else en


def _value(record: Startup | Program, name: str) -> Any:
    whole, _, part = name.partition(".")
    value = getattr(record, whole)
    return getattr(value, part) if part and value is not None else value


def _business(past: Business, names: VocabularyNames) -> str:
    """Write an earlier business as `개인사업자 62010 2018-03-02~2021-05-31 폐업`."""
    ends = {(True, None): ("부도", "bankrupt"), (None, True): ("전환", "converted")}
    ko, en = ends.get((past.bankrupt, past.converted), ("폐업", "closed") if past.closed_on else ("", ""))
    how = ko if language() == "ko" else en
    words = (names.of("entities", past.entity), past.industry, f"{past.opened_on or ''}~{past.closed_on or ''}", how)
    return " ".join(word for word in words if word)
