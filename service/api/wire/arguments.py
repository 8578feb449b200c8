"""Reading what a request brings: the query, or a JSON body within its limit, through a schema of the contract."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from flask import request
from flask_smorest import Blueprint
from marshmallow import Schema, ValidationError

from model.faults import BadData, Fault
from service.api.wire import body
from service.auth import policy
from service.errors import Problem, ServiceError
from service.wired import settings

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
View = Callable[..., Any]
LONGEST_KEPT = 200
"""Bytes of a query whose reading is kept."""


class Resource(Blueprint):  # type: ignore[misc]  # flask-smorest ships no types
    """A blueprint that takes its document from flask-smorest and reads arguments strictly.

    A view is called directly: flask-smorest's own wrappers would parse leniently and serialise again what the
    views have made already.
    """

    def route(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Put a view under an address."""
        decorate: Callable[[View], View] = super().route(rule, **options)
        return lambda view: decorate(_documented(view, self.doc(**_who(view))))

    def register_views_in_doc(self, api: Any, *application: Any, **names: Any) -> None:
        """Leave the document to the first who asks for it: it takes longer to write than all else at a start."""
        api.unwritten.append(lambda: super(Resource, self).register_views_in_doc(api, *application, **names))

    def arguments(self, schema: type[Schema], *, location: str = "json", **options: Any) -> Callable[[View], View]:
        """Hand a view first what the query or the body brings; `limit` and `media` bound a body."""
        bounds = {name: options.pop(name) for name in ("limit", "media") if name in options}
        document = super().arguments(schema, location=location, **options)
        read = _query(schema()) if location == "query" else _body(schema(), **bounds)

        def decorate(view: View) -> View:
            @wraps(view)
            def with_arguments(*args: Any, **kwargs: Any) -> Any:
                return view(*args, read(), **kwargs)

            return _documented(with_arguments, document)

        return decorate

    def response(self, status: int, schema: Any = None, **options: Any) -> Callable[[View], View]:
        """Document what a view answers."""
        document = super().response(status, schema, **options)
        return lambda view: _documented(view, document)

    def headers(self, *parameters: dict[str, Any]) -> Callable[[View], View]:
        """Document which headers a view reads."""
        document = super().doc(parameters=list(parameters))
        return lambda view: _documented(view, document)

    def doc(self, **options: Any) -> Callable[[View], View]:
        """Document what arguments and responses don't say."""
        document = super().doc(**options)
        return lambda view: _documented(view, document)

    def alt_response(self, status: int, **options: Any) -> Callable[[View], View]:
        """Document what else a view answers."""
        document = super().alt_response(status, **options)
        return lambda view: _documented(view, document)


def _who(view: View) -> dict[str, Any]:
    """What the document says of who may ask."""
    stated = policy.of(view)
    if stated is None or stated.scope is None:
        return {"security": []}
    return {"security": [{"key": []}, {"session": []}], "x-scope": str(stated.scope)}


def _documented(view: View, document: Callable[[View], View]) -> View:
    view._apidoc = document(view)._apidoc  # type: ignore[attr-defined]  # where flask-smorest keeps it
    return view


def _query(schema: Schema) -> Callable[[], Any]:
    def loaded() -> Any:
        # Of `limit=1&limit=100` one would win silently, and not every proxy takes the same.
        twice = [key for key, values in request.args.lists() if len(values) > 1]
        if twice:
            raise BadData([Fault("duplicate_key", field=key) for key in twice])
        return schema.load(request.args.to_dict())

    usual = lru_cache(maxsize=256)(lambda _query_string: loaded())
    # What a caller writes must not fill the memory: long ones are read anew each time.
    return lambda: usual(query) if len(query := request.query_string) <= LONGEST_KEPT else loaded()


def _body(schema: Schema, *, limit: str = "body_limit", media: str = JSON) -> Callable[[], Any]:
    def loaded() -> Any:
        charset = request.mimetype_params.get("charset", "utf-8").lower()
        plain = request.headers.get("Content-Encoding", "identity").lower() == "identity"
        # JSON is UTF-8 between systems (RFC 8259, 8.1).
        if request.mimetype not in (media, JSON) or charset not in ("utf-8", "utf8") or not plain:
            raise ServiceError(Problem.UNSUPPORTED_MEDIA_TYPE, allowed=media)
        raw = body.read(request.environ["wsgi.input"], request.content_length, getattr(settings(), limit))
        value = body.parsed(raw)
        if not isinstance(value, dict):
            raise ValidationError("not_object")
        return schema.load(value)

    return loaded
