"""The guard at the door: refuses requests that hold what no text may hold."""

from __future__ import annotations

from flask import Flask, abort, request

NUL = "\0"


def install(app: Flask) -> None:
    """Look at each request before anything else reads it."""
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    # PostgreSQL takes no NUL in a text and C libraries end a name there: nobody types one.
    held = [request.path, *request.args.values()]
    if request.method == "POST":
        held += [text for texts in request.form.listvalues() for text in texts]
    if any(NUL in text for text in held):
        abort(400)
