"""Files that are handed out to be saved."""

from __future__ import annotations

from flask import Response

from service.actions.catalogue.export import Exported


def download(exported: Exported) -> Response:
    """The file as a response that is saved under its name."""
    return Response(exported.content, headers=exported.headers)
