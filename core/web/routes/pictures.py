"""Pictures as browsers get them."""

from __future__ import annotations

import re
from typing import Any

from flask import send_file

from ... import pictures
from ...errors import NotFound
from ..page import permitted, this_node
from .base import blueprint


@blueprint.get("/pictures/<digest>/<size>.webp")
@permitted("core.see")
def picture(digest: str, size: str) -> Any:
    """Send one size of a picture; its content never changes, so browsers may keep it."""
    if not re.fullmatch(r"[0-9a-f]{64}", digest) or size not in pictures.SIZES:
        raise NotFound("There is no such picture.")
    found = pictures.file(this_node(), digest, size)
    if not found.is_file():
        raise NotFound("There is no such picture.")
    response = send_file(found, mimetype="image/webp", conditional=True, etag=digest + size)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    return response
