"""The application for a WSGI server: settings from the environment."""

from __future__ import annotations

from service.server.app import create_app
from service.settings import from_environment

app = create_app(from_environment())
