"""The node's own colours as browsers get them."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from ..page import permitted, this_site
from .base import blueprint

_FOR_EVER = "public, max-age=31536000, immutable"


@blueprint.get("/theme.css")
@permitted("core.see")
def theme() -> Any:
    """Send the style sheet; at the address that names its version it never changes."""
    look = this_site().look
    answer = Response(look.sheet, mimetype="text/css")
    named = bool(look.version) and request.args.get("v") == look.version
    answer.headers["Cache-Control"] = _FOR_EVER if named else "no-cache"
    return answer
