"""Keys: issued to systems and people by administrators, and revoked."""

from __future__ import annotations

from flask import Response

from service.actions.access.issue_keys import KeyOrder
from service.api.access import people_schema as people
from service.api.wire import options, plain
from service.api.wire.arguments import Resource
from service.auth import access
from service.auth.policy import policy
from service.wired import wired

resource = Resource("keys", __name__, description="API 키 · Keys")


@resource.route("/keys")
@resource.arguments(people.PeoplePage, location="query")
@resource.response(200, people.KeysSchema)
@policy("admin")
def listed(page: options.PageOrder) -> Response:
    """List keys by id, a page at a time; the keys themselves are not kept."""
    page_of_keys, after = wired().keys.page(after=page.after, limit=page.limit)
    return plain.sent({"items": [people.key(key) for key in page_of_keys], "next": options.cursor(after)})


@resource.route("/keys", methods=["POST"])
@resource.arguments(people.NewKeySchema)
@resource.response(201, people.MadeKeySchema)
@policy("admin")
def issue(wanted: KeyOrder) -> Response:
    """Make a key for a system (`role`) or a person (`user_id`); this answer is the only one that shows it."""
    key, raw = wired().keys.issue(wanted, access.actor())
    return plain.sent({**people.key(key), "key": raw}, 201)


@resource.route("/keys/<string:key_id>")
@resource.response(200, people.KeySchema)
@policy("admin")
def one(key_id: str) -> Response:
    """Show one key: whose it is, what it opens, when it was last used."""
    return plain.sent(people.key(wired().keys.one(key_id)))


@resource.route("/keys/<string:key_id>/revoke", methods=["POST"])
@resource.response(200, people.KeySchema)
@policy("admin")
def revoke(key_id: str) -> Response:
    """Revoke a key for good; every worker refuses it within a second, and it stays to be seen."""
    wired().keys.revoke(key_id, access.actor())
    return plain.sent(people.key(wired().keys.one(key_id)))
