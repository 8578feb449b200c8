"""Users: people who sign in or hold a key, with their role and the programs that they are bound to."""

from __future__ import annotations

from typing import Any

from flask import Response

from service.actions.access.admit_users import Admission
from service.api.access import people_schema as people
from service.api.wire import arguments, options, plain
from service.api.wire.arguments import Resource
from service.auth import access
from service.auth.policy import policy
from service.wired import settings, wired

resource = Resource("users", __name__, description="사용자 · Users")


@resource.route("/users")
@resource.arguments(people.PeoplePage, location="query")
@resource.response(200, people.UsersSchema)
@policy("admin")
def listed(page: options.PageOrder) -> Response:
    """List users by id, a page at a time."""
    page_of_users, after = wired().users.page(after=page.after, limit=page.limit)
    return plain.sent({"items": [people.user(user) for user in page_of_users], "next": options.cursor(after)})


@resource.route("/users", methods=["POST"])
@resource.arguments(people.NewUserSchema)
@resource.response(201, people.UserSchema)
@policy("admin")
def admit(person: Admission) -> Response:
    """Admit somebody: they sign in from the portal with this e-mail address, or by a one-time link."""
    return plain.sent(people.user(wired().users.admit(person, access.actor())), 201)


@resource.route("/users/<string:user_id>")
@resource.response(200, people.UserSchema)
@policy("admin")
def one(user_id: str) -> Response:
    """Show one user."""
    return plain.sent(people.user(wired().users.one(user_id)))


@resource.route("/users/<string:user_id>/links", methods=["POST"])
@resource.response(201, people.LinkSchema)
@policy("admin")
def invite(user_id: str) -> Response:
    """Make a sign-in link for somebody; it works once, for a day, and is shown only now."""
    token = wired().sign_in.invite(user_id, access.actor())
    return plain.sent({"url": f"{settings().origin}/sign-in/link?token={token}"}, 201)


@resource.route("/users/<string:user_id>", methods=["PATCH"])
@resource.arguments(people.UserPatch, content_type=arguments.MERGE_PATCH, media=arguments.MERGE_PATCH)
@resource.response(200, people.UserSchema)
@policy("admin")
def change(values: dict[str, Any], user_id: str) -> Response:
    """Change name, e-mail, role or programs, or disable somebody; it holds on every worker within a second."""
    return plain.sent(people.user(wired().users.change(user_id, values, access.actor())))
