"""What stands in an address, checked once for every route before anybody reads it: texts that no database takes."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request

from model.faults import Fault, shown
from service.errors import Problem, ServiceError
from service.identity import is_storable
from service.telemetry.requests import REFUSAL


def check() -> None:
    """Raise ServiceError `…_not_found` for a path, `invalid_fields` for a query that names what can't be stored.

    What the server has refused already, such as a body that came too slowly, is refused here in words.
    """
    environ = request.environ
    if REFUSAL in environ:
        raise environ[REFUSAL]
    if "HTTP_IF_MATCH" in environ and request.method in ("GET", "HEAD") and request.if_match.star_tag:
        # `*` holds for whatever is there (RFC 9110, 13.1.1); Werkzeug takes it for a tag that fits nothing.
        del environ["HTTP_IF_MATCH"]
    for name, value in (request.view_args or {}).items():
        if not is_storable(str(value)):
            raise unknown(name, str(value))
    if "%00" in environ.get("QUERY_STRING", ""):
        refuse_nul(request.args.lists())


def unknown(name: str, value: str) -> ServiceError:
    """The problem of an address whose part `name`, such as `startup_id`, names nothing: its own where it has one."""
    code = f"{name.removesuffix('_id')}_not_found"
    return ServiceError(Problem(code), id=shown(value)) if code in set(Problem) else ServiceError(Problem.NOT_FOUND)


def check_form() -> None:
    """Raise ServiceError `invalid_fields` for a form that holds NUL; call once it is known who asks."""
    if request.mimetype == "application/x-www-form-urlencoded":
        refuse_nul(request.form.lists())


def refuse_nul(fields: Iterable[tuple[str, list[str]]]) -> None:
    """Raise ServiceError `invalid_fields` for the first field with NUL, which PostgreSQL takes in no text."""
    for name, values in fields:
        if any("\0" in text for text in (name, *values)):
            raise ServiceError(Problem.INVALID_FIELDS, faults=[Fault("bad_text", field=shown(name))])
