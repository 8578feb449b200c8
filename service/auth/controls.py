"""What access to an endpoint depends on: who stands behind a key or a session, and under which settings."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from service.actions.access.keep_access_log import AccessLog
from service.actions.access.recognise import Recognise
from service.actions.access.sign_in import SignIn
from service.auth.limits import RateLimits
from service.auth.work import WorkBounds
from service.settings import Settings

KEY = "ieum-access"


@dataclass(frozen=True, slots=True)
class AccessControls:
    """The collaborators of access control; made once by `create_app`."""

    settings: Settings
    recognise: Recognise
    sign_in: SignIn
    limits: RateLimits
    accesses: AccessLog
    bounds: WorkBounds


def controls() -> AccessControls:
    """The present application's."""
    controls_of_app: AccessControls = current_app.extensions[KEY]
    return controls_of_app
