"""What a command works on: the catalogue at this version's schema, every action of the service, a body from a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from service.settings import Settings, now
from service.storage import schema
from service.storage.repositories import Catalogue, open_catalogue
from service.telemetry import log

if TYPE_CHECKING:
    from marshmallow import Schema

    from service.wired import Wired


def catalogue(settings: Settings) -> Catalogue:
    """The catalogue of the settings, once its database is known to be at this version's schema."""
    opened = open_catalogue(settings.database, now)
    schema.check(opened.database)
    return opened


def actions(settings: Settings) -> Wired:
    """Every action, on a database that this version can use."""
    from service.storage.matching.registry import Registry
    from service.wired import wire  # here, since it brings libraries that take seconds to load

    log.set_up()
    catalogue(settings)
    return wire(settings, now, Registry(settings.artifacts, settings.verify_key))


def body(file: Path, form: Schema) -> Any:
    """What a file asks for, as the body of a request would; raises ServiceError with every fault."""
    from marshmallow import ValidationError  # here, since they bring libraries that take seconds to load

    from service.api.wire import body as bodies
    from service.api.wire import problems

    try:
        return form.load(bodies.parsed(file.read_bytes()))
    except ValidationError as error:
        raise problems.known(error) from None
