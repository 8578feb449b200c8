"""A browser without a screen: somebody signs in, and forms send what a page put into them."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from service.identity import UserRole
from service.wired import KEY, Wired
from tests.service import given

PAIR = "/console/ko/startups/s-0001/programs/majung-2026"


def signed_in(app: Flask, role: UserRole) -> FlaskClient:
    """A browser in which a person has signed in by a one-time link."""
    wired: Wired = app.extensions[KEY]
    raw = wired.sign_in.invite(given.person(app, role).id, given.SHELL)
    client = app.test_client(key=None)
    assert client.post("/sign-in/link", data={"token": raw}).status_code == 303
    return client


def fields(text: str) -> dict[str, str]:
    """What the page's forms would send unseen."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
