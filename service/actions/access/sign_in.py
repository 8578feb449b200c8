"""Sign in: a person comes from the portal or by a one-time link, gets a session, and leaves it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from service.actions.access.issue_keys import digest, within_rights
from service.actions.access.recognise import Authentication, LookedUp, of_person
from service.errors import Problem, ServiceError
from service.identity import PERMITTED, Actor, UserRole
from service.settings import Settings
from service.storage.access.sessions import Begun, Link, Session, Sessions
from service.storage.access.users import User, Users
from service.storage.database import Connection, Database
from service.storage.records.audit import Audit, AuditSubject, moment

LINK_HOURS = 24
CONFIRM_EVERY = timedelta(days=1)
"""How often a sign-in puts on record that the portal still gives somebody a role."""
BEGUN_MINUTES = 10
SEEN_SECONDS = 60
"""How often a session notes that somebody is still there: so much earlier than told may idle time be over."""
PORTAL = Actor("portal", "포털 · portal", UserRole.ADMIN, frozenset())
"""Who admits and changes users where the portal decides."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What the portal says of somebody. `role` is None when it gives none, `programs` when it binds them to none."""

    issuer: str
    subject: str
    name: str
    email: str | None = None
    role: UserRole | None = None
    programs: frozenset[str] | None = None


class SignIn:
    """Opens and closes sessions; a session ends after idle time, and whatever happens after some hours."""

    def __init__(self, database: Database, clock: Callable[[], datetime], settings: Settings) -> None:
        self._database, self._clock = database, clock
        self._idle = timedelta(minutes=settings.session_minutes)
        self._longest = timedelta(hours=settings.session_hours)
        self._portal_decides, self._portal_binds = bool(settings.oidc_role_claim), bool(settings.oidc_programs_claim)
        self._sessions, self._users, self._audit = Sessions(), Users(), Audit(clock)
        self._remembered: LookedUp[Authentication] = LookedUp()

    def recognise(self, token: str) -> Authentication:
        """Who stands behind a session; raises ServiceError `session_ended`."""
        return self._remembered.get(token, self._looked_up)

    def invite(self, user_id: str, actor: Actor) -> str:
        """Make a one-time link's secret for a user; raises ServiceError `user_not_found` and `user_disabled`."""
        raw = secrets.token_urlsafe(32)
        with self._database.writing() as connection:
            user = self._users.get(connection, user_id)
            if user is None:
                raise ServiceError(Problem.USER_NOT_FOUND, id=user_id)
            _refuse_disabled(user)
            within_rights(PERMITTED[user.role], actor)
            until = self._clock() + timedelta(hours=LINK_HOURS)
            self._sessions.invite(connection, Link(digest(raw), user_id, until))
            self._audit.record(connection, actor, "invite", AuditSubject("user", user_id), {"until": moment(until)})
        return raw

    def by_link(self, raw: str, leaving: str | None = None) -> str:
        """Open a session by a one-time link; raises ServiceError `link_used`. `leaving` is the session before."""
        with self._database.writing() as connection:
            link = self._sessions.take_link(connection, digest(raw))
            if link is None or link.expires_at <= self._clock():
                raise ServiceError(Problem.LINK_USED)
            user = self._users.get(connection, link.user_id)
            if user is None:
                raise ServiceError(Problem.LINK_USED)
            return self._opened(connection, user, leaving)

    def begin(self, state: str, browser: str, nonce: str, verifier: str, return_to: str) -> None:
        """Remember that a browser has left for the portal."""
        until = self._clock() + timedelta(minutes=BEGUN_MINUTES)
        begun = Begun(digest(state), digest(browser), nonce, verifier, return_to, until)
        with self._database.writing() as connection:
            self._sessions.sweep(connection, self._clock(), self._idle)
            self._sessions.begin(connection, begun)

    def come_back(self, state: str, browser: str) -> Begun:
        """The sign-in that this browser began, once; raises ServiceError `sign_in_stale`."""
        with self._database.writing() as connection:
            begun = self._sessions.take_begun(connection, digest(state))
        if begun is None or begun.expires_at <= self._clock():
            raise ServiceError(Problem.SIGN_IN_STALE)
        if not secrets.compare_digest(begun.browser, digest(browser)):
            raise ServiceError(Problem.SIGN_IN_STALE)
        return begun

    def by_portal(self, claims: Claims, leaving: str | None = None) -> str:
        """Open a session for somebody whom the portal vouches for; raises ServiceError `not_admitted`.

        Whom it gives no role any more, where it decides roles, is suspended: sessions end, keys open nothing.
        """
        with self._database.writing() as connection:
            user = self._admitted(connection, claims)
            token = self._opened(connection, user, leaving) if user else None
        if token is None:
            raise ServiceError(Problem.NOT_ADMITTED, name=claims.name)
        return token

    def leave(self, token: str) -> None:
        """End a session; on other workers it may open for a second more."""
        self._remembered.forget(token)
        with self._database.writing() as connection:
            self._sessions.close(connection, digest(token))

    def _looked_up(self, token: str) -> Authentication:
        name, now = digest(token), self._clock()
        with self._database.reading() as connection:
            session = self._sessions.get(connection, name)
            user = self._users.get(connection, session.user_id) if session else None
        if (
            session is None
            or user is None
            or user.shut_out_at
            or (session.expires_at <= now or session.seen_at + self._idle <= now)
        ):
            raise ServiceError(Problem.SESSION_ENDED)
        if now - session.seen_at >= timedelta(seconds=SEEN_SECONDS):
            with self._database.writing() as connection:
                self._sessions.touch(connection, name, now)
        return Authentication(of_person(user), f"session:{name[:12]}", session.expires_at)

    def _opened(self, connection: Connection, user: User, leaving: str | None) -> str:
        _refuse_disabled(user)
        token, now = secrets.token_urlsafe(32), self._clock()
        if leaving:
            self._remembered.forget(leaving)
            self._sessions.close(connection, digest(leaving))
        self._sessions.open(connection, Session(digest(token), user.id, now, now, now + self._longest))
        return token

    def _admitted(self, connection: Connection, claims: Claims) -> User | None:
        user = self._users.of_portal(connection, claims.issuer, claims.subject)
        if user is None and claims.email:
            match = self._users.with_email(connection, claims.email)
            user = match if match and match.subject is None else None
        if claims.role is None and (user is None or self._portal_decides):
            if user is not None and user.subject is not None and user.suspended_at is None:
                self._sessions.close_all(connection, user.id)
                self._change(connection, user, {"suspended_at": self._clock()})
            return None
        return self._kept_up(connection, user, claims) if user else self._new(connection, claims)

    def _kept_up(self, connection: Connection, user: User, claims: Claims) -> User:
        """What the portal says of them now; what it does not decide stays."""
        if user.disabled_at:
            raise ServiceError(Problem.USER_DISABLED, id=user.id)
        said: dict[str, Any] = {"issuer": claims.issuer, "subject": claims.subject, "name": claims.name}
        if claims.role is not None:
            said |= {"role": claims.role} | ({"programs": claims.programs} if self._portal_binds else {})
        if self._portal_decides:
            said["suspended_at"] = None
            if user.confirmed_at is None or self._clock() - user.confirmed_at >= CONFIRM_EVERY:
                said["confirmed_at"] = self._clock()
        changed = {name: value for name, value in said.items() if value != getattr(user, name)}
        return self._change(connection, user, changed) if changed else user

    def _change(self, connection: Connection, user: User, changed: dict[str, Any]) -> User:
        """Write what the portal says now, with its row."""
        changed_user = replace(user, **changed)
        self._users.change(connection, user.id, changed)
        about = {"fields": sorted(changed), **changed_user.rights}
        self._audit.record(connection, PORTAL, "change_user", AuditSubject("user", user.id), about)
        return changed_user

    def _new(self, connection: Connection, claims: Claims) -> User:
        user = User(
            id=f"u-{secrets.token_hex(6)}",
            name=claims.name,
            role=claims.role or UserRole.VIEWER,
            created_at=self._clock(),
            created_by=PORTAL.id,
            email=claims.email,
            programs=claims.programs,
            issuer=claims.issuer,
            subject=claims.subject,
            confirmed_at=self._clock() if self._portal_decides else None,
        )
        self._users.add(connection, user)
        self._audit.record(connection, PORTAL, "admit", AuditSubject("user", user.id), user.rights)
        return user


def _refuse_disabled(user: User) -> None:
    if user.shut_out_at:
        raise ServiceError(Problem.USER_DISABLED, id=user.id)
