"""Error pages: what went wrong in one sentence, and what to do about it."""

from __future__ import annotations

import secrets
import sys
from types import TracebackType
from typing import Any

import structlog
from flask import Flask, g, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from ..again import is_broken_off
from ..errors import Invalid, TooMany, WizzleError
from .api.problems import answer_to
from .environment import Environment
from .machine import API, answers_documents, is_machine, problem
from .page import say, this_tongue

log = structlog.get_logger("wizzle.web")

TITLES = {
    400: "That did not arrive as it should",
    403: "This is not open to you",
    404: "There is nothing here",
    405: "That is not possible here",
    409: "That is not possible now",
    413: "That is too large",
    422: "Something is missing or not right",
    429: "A little too often",
    500: "Something went wrong",
    502: "Another machine does not answer",
    503: "Just a moment",
}
_SENTENCES = {
    400: "Your browser sent something that cannot be read. Please go back and try again.",
    403: "You may not do this. Ask the people who run this page or the steward.",
    404: "The address may have a mistake in it, or the page is no longer there.",
    405: "Please go back and use the buttons of the page.",
    413: "Please send a smaller file. A photograph may have up to %(most)s MB.",
    429: "That was tried too often. Please wait a quarter of an hour.",
}
_UNSIGNED = (
    "This page was open for very long, or your browser keeps no cookies. Nothing was changed. "
    "Please go back, load the page again and send it once more."
)
_AT_ONCE = (
    "Somebody else changed the same thing at the same moment. Nothing of yours was changed. "
    "Please go back and send it once more."
)
_MISTAKE = (
    "This is our mistake, not yours. Please try again in a moment; if it happens again, tell the "
    "people who run this site the number %(reference)s."
)


class Website(Flask):
    """A Flask application that logs errors under the reference that the person is shown."""

    jinja_environment = Environment

    def log_exception(
        self,
        exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None],
    ) -> None:
        g.reference = secrets.token_hex(4)
        log.error(
            "a page failed",
            reference=g.reference,
            method=request.method,
            # The rule and not the address: that may hold the token of a one-time link.
            page=str(request.url_rule),
            exc_info=exc_info,
        )


def install(app: Flask) -> None:
    """Draw every error as a page in the language of the reader."""
    app.register_error_handler(WizzleError, _of_ours)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(OperationalError, _of_database)
    app.register_error_handler(500, _unexpected)


def _of_ours(error: WizzleError) -> Any:
    message = this_tongue().say(error.message)
    if isinstance(error, Invalid):
        details = [this_tongue().say(m) for each in error.fields.values() for m in each]
        message = " ".join(details) or message
    headers = {"Retry-After": "900"} if isinstance(error, TooMany) else {}
    if is_machine() and request.path.startswith(API):
        return answer_to(error)
    if answers_documents():
        told = str(error) if is_machine() else message
        return problem(error.status, told, headers=headers)
    return _page(error.status, message), error.status, headers


def _of_database(error: OperationalError) -> Any:
    """Two who stood in each other's way: one was broken off, and nothing of it was written."""
    if not is_broken_off(error):
        raise error
    headers = {"Retry-After": "1"}
    if answers_documents():
        plain = "Somebody else changed the same at the same moment."
        return problem(409, plain if is_machine() else say(_AT_ONCE), headers=headers)
    return _page(409, say(_AT_ONCE)), 409, headers


def _of_http(error: HTTPException) -> Any:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    sentence = _UNSIGNED if isinstance(error, CSRFError) else _SENTENCES.get(status, "")
    message = say(sentence, most=10) if sentence else ""
    kept = ("allow", "retry-after", "www-authenticate")
    headers = [(k, v) for k, v in error.get_headers() if k.lower() in kept]
    if answers_documents():
        told = (error.description or "") if is_machine() else message
        if isinstance(error, CSRFError):  # a script can ask for a new token and send it once more
            return problem(status, told, headers=dict(headers), unsigned=True)
        return problem(status, told, headers=dict(headers))
    return _page(status, message), status, headers


def _page(status: int, message: str, **more: Any) -> str:
    title = say(TITLES.get(status, TITLES[500]))
    return render_template("wizzle/error.html", status=status, title=title, message=message, **more)


def _unexpected(_error: HTTPException) -> Any:
    reference = g.get("reference", "")
    if answers_documents():
        return problem(500, f"This is our mistake: {reference}")
    try:
        message = say(_MISTAKE, reference=reference)
        return _page(500, message, layout="wizzle/plain.html"), 500
    except Exception:  # the page that says so must not fail as well
        log.error("the error page failed", reference=reference, exc_info=sys.exc_info())
        return f"<!doctype html><title>500</title><p>500 {reference}</p>", 500
