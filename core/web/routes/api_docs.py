"""The document of the API for programs, and the same as a page for people."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

from flask import Response, current_app, render_template, request

from ... import webhooks
from ..api.problems import KINDS
from ..api.scopes import scopes_of
from ..page import permitted, this_node
from .base import blueprint


@blueprint.get("/api/v1/openapi.json")
@permitted("core.see")
def api_document() -> Response:
    """Hand out the OpenAPI document of this node."""
    from ..api.document import document  # loads `apispec`: a start needs none of it

    body = json.dumps(document(current_app), ensure_ascii=False)
    response = Response(body, mimetype="application/json")
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.set_etag(blake2b(body.encode(), digest_size=16).hexdigest())
    response.make_conditional(request)
    return response


@blueprint.get("/api/v1/docs")
@permitted("core.see", alike=True)
def api_docs() -> Any:
    """Show everything that programs can do, with what each takes and gives."""
    from ..api.pages import example_of, sections_of

    return render_template(
        "core/api_docs.html",
        sections=sections_of(current_app),
        scopes=scopes_of(this_node()),
        problems=KINDS,
        kinds=[(kind, example_of(kind)) for kind in webhooks.kinds(this_node())],
    )
