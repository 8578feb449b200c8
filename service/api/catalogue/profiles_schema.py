"""Startups and programs as the public sends and receives them: schemas derived from the declared fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import fields, post_load, validates_schema

from model import domain
from model.faults import BadData, Fault
from model.fields import Field, Holds, fields_of
from model.snapshot import rows
from service.api.wire import fields as wire

AD_HOC = "profile"
MOST_CHARACTERS = 60_000
"""In all texts of a profile together: thirty pages, where the longest real one known to us has one. To read it costs
half a second."""


def stated(record: type[Any]) -> dict[str, fields.Field[Any]]:
    """The schema's fields for every declared field of a record, but for its id; null means unknown."""
    return {field.name: _field(field) for field in fields_of(record) if field.name != "id"}


_PLAIN: Mapping[Holds, Callable[..., fields.Field[Any]]] = {
    Holds.KEY: wire.Identifier,
    Holds.DAY: wire.Day,
    Holds.CLOCK: wire.Clock,
    Holds.MOMENT: wire.LocalMinute,
    Holds.FLAG: wire.TrueOrFalse,
    Holds.SOURCES: wire.TextOrMany,
}
"""The API's type for what a field holds, where the declaration says nothing more."""


def _field(field: Field) -> fields.Field[Any]:
    about = {"description": field.about} if field.about else {}
    example = {"example": field.example} if field.example else {}
    options: dict[str, Any] = {"required": True} if field.is_required else {"allow_none": True}
    if about or example:
        options["metadata"] = {**about, **example}
    # Numbers go by their type and not by what they hold: limits stand in the field itself.
    if field.python_type is int:
        return wire.Whole(field.low, field.high, **options)
    if field.holds in _PLAIN:
        return _PLAIN[field.holds](**options)
    match field.holds:
        case Holds.SPAN:
            return wire.Formed(wire.SPAN, "not_month", **options)
        case Holds.PERIOD:
            return wire.Formed(wire.YEARS, "not_allowed", "same, any, last:3", **options)
        case Holds.CHOICE if field.choices:
            return wire.Code(field.choices, **options)
        case Holds.CHOICES if field.choices:
            return wire.Many(wire.Code(field.choices), **options)
        case Holds.WORDS | Holds.CHOICES | Holds.PLACES | Holds.INDUSTRIES:
            return wire.Many(wire.Text(), **options)
        case Holds.PARTICIPATIONS:
            return wire.Many(fields.Nested(ParticipationSchema), **options)
        case Holds.CONFLICTS:
            return wire.Many(fields.Nested(ConflictSchema), **options)
        case Holds.BUSINESSES:
            return wire.Many(fields.Nested(BusinessSchema), **options)
        case Holds.FACT_SOURCES:
            return wire.Many(fields.Nested(FactSourceSchema), **options)
        case Holds.OWN_SHARE:
            return fields.Nested(OwnShareSchema, **options)
        case _:
            return wire.Text(**options)


class ParticipationSchema(wire.Strict):
    """One past or current public support."""

    class Meta:  # noqa: D106 - marshmallow's own word
        include = stated(domain.Participation)


class ConflictSchema(wire.Strict):
    """Programs that bar from this one: a family with all its tracks, or every program of a class."""

    together = wire.just_one("family", "program_class")

    class Meta:  # noqa: D106 - marshmallow's own word
        include = stated(domain.Conflict)

    @validates_schema
    def check(self, data: dict[str, Any], **_: object) -> None:
        """Take one of family and class alone."""
        if (data.get("family") is None) == (data.get("program_class") is None):
            raise wire.refusal("not_allowed", "family, program_class")


class BusinessSchema(wire.Strict):
    """A business that a representative had before."""

    class Meta:  # noqa: D106 - marshmallow's own word
        include = stated(domain.Business)


class FactSourceSchema(wire.Strict):
    """Where some fields of a program come from; `unsure` of an absent field says why it is absent."""

    class Meta:  # noqa: D106 - marshmallow's own word
        include = stated(domain.FactSource)


class OwnShareSchema(wire.Strict):
    """The firm's own part of the total cost by tier of its region, in percent."""

    class Meta:  # noqa: D106 - marshmallow's own word
        include = stated(domain.OwnShare)


class StartupFields(wire.Strict):
    """The facts of a startup; an absent or null field means unknown."""

    class Meta:  # noqa: D106 - marshmallow's own word
        include = stated(domain.Startup)


class StartupSchema(StartupFields):
    """A startup to be stored."""

    id = wire.Identifier(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> domain.Startup:
        """Turn the fields into a startup by the rule that files go through too; raises BadData."""
        return rows.startup(_within(data))


class NoteSchema(wire.Strict):
    """What a person should know of a value that was stored as it was sent."""

    field = wire.Text(required=True, metadata={"description": "항목 코드 · Field"})
    value = wire.Text(required=True)
    code = wire.Text(required=True)
    message = wire.Text(required=True)
    advice = wire.Text(required=True, metadata={"description": "고치는 방법 · What to do"})


class WrittenStartup(StartupFields):
    """A startup as it was stored; `notes` only where something in it is worth a look."""

    id = wire.Identifier(required=True)
    notes = wire.Many(fields.Nested(NoteSchema))


class ProfileSchema(StartupFields):
    """A startup that is not stored; its id is optional."""

    id = wire.Identifier(allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> domain.Startup:
        """Turn the fields into a startup; raises BadData."""
        return rows.startup({**_within(data), "id": data.get("id") or AD_HOC})


class StartupPatch(StartupFields):
    """Fields of a startup to replace; null removes one."""


class ProgramFields(wire.Strict):
    """The facts of a program, track and year; an empty or absent list states no restriction."""

    class Meta:  # noqa: D106 - marshmallow's own word
        include = stated(domain.Program)


class ProgramSchema(ProgramFields):
    """A program to be stored."""

    id = wire.Identifier(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> domain.Program:
        """Turn the fields into a program by the rule that files go through too; raises BadData."""
        return rows.program(_within(data))


class ProgramPatch(ProgramFields):
    """Fields of a program to replace; null removes one."""


def characters(data: Mapping[str, Any]) -> dict[str, int]:
    """How long the texts in each field of a profile are."""
    lists = {name: value if isinstance(value, list) else [value] for name, value in data.items()}
    return {name: sum(len(text) for text in texts if isinstance(text, str)) for name, texts in lists.items()}


def _within(data: dict[str, Any]) -> dict[str, Any]:
    """The same fields; raises BadData `too_long` for more text than a profile has."""
    sizes = characters(data)
    if sum(sizes.values()) > MOST_CHARACTERS:
        longest = max(sizes, key=lambda name: sizes[name])
        raise BadData([Fault("too_long", field=longest, allowed=f"{MOST_CHARACTERS:,}")])
    return data
