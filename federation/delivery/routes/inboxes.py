"""The inboxes: where other nodes post to this one and to its spaces.

What comes is counted, then verified, then kept, and only then answered: 202 says that it was
received, not that anybody agreed.
"""

from __future__ import annotations

from flask import Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from ....core.web import machine, this_node
from ...pages import ID, blueprint
from ...trust.actions import gate
from ..actions.entering import enter
from .access import INBOX


@blueprint.post("/inbox")
@machine(INBOX)
def inbox() -> Response:
    """Take a letter to the node, or to the space that it names."""
    return _taken(None)


@blueprint.post(f"/orgs/<{ID}:space_id>/inbox")
@machine(INBOX)
def space_inbox(space_id: int) -> Response:
    """Take a letter to a space."""
    return _taken(space_id)


@blueprint.post(f"/people/<{ID}:person_id>/inbox")
@machine(INBOX)
def person_inbox(person_id: int) -> Response:
    """Take a letter to a person; it names them itself, and is kept where those to the node are."""
    return _taken(None)


@blueprint.post(f"/picks/<{ID}:number>/inbox")
@blueprint.post(f"/weeklies/<{ID}:number>/inbox")
@machine(INBOX)
def picks_inbox(number: int) -> Response:
    """Take a letter to a collection, in the same way."""
    return _taken(None)


@blueprint.post("/town/inbox")
@machine(INBOX)
def town_inbox() -> Response:
    """Take a letter to the neighbourhood, in the same way."""
    return _taken(None)


def _taken(space_id: int | None) -> Response:
    node = this_node()
    enter(node, gate.incoming(request, _body()), space_id)
    return Response(status=202, headers={"Cache-Control": "no-store"})


def _body() -> bytes:
    from ...signatures.limits import MOST_BODY

    request.max_content_length = MOST_BODY
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise gate.shut(413, "body_too_large", "The body is larger than 1 MiB.") from None
