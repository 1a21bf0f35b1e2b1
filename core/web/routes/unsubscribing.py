"""No more mail of a kind, by the link of a letter: without logging in, and undone as easily.

Opening the link changes nothing, since programs open links of mail before people do (RFC 8058);
a POST does, sent by the mail program or by the button of the page.
"""

from __future__ import annotations

from typing import Any

from flask import render_template

from ... import notices
from ...errors import NotFound
from ...values import Message
from ..page import permitted, this_node
from .base import blueprint

_ALL = Message("All mail with notices", {})
_DIGEST = Message("The daily mail", {})


@blueprint.get("/notices/off/<token>")
@permitted("core.see")
def ask_no_mail(token: str) -> Any:
    """Ask whether no mail is wanted any more; nothing is changed by looking."""
    node = this_node()
    try:
        _, name = notices.unsigned(node.settings.secret, token)
    except notices.Unsigned:
        raise NotFound("This link is not one of ours. Please take it as it stands.") from None
    return _page(token, name, done="")


@blueprint.post("/notices/off/<token>")
@permitted("core.see")
def no_mail(token: str) -> Any:
    """Send no more mail of a kind."""
    node = this_node()
    with node.db.write() as session:
        name = notices.stop(node, session, token)
    return _page(token, name, done="off")


@blueprint.post("/notices/on/<token>")
@permitted("core.see")
def mail_again(token: str) -> Any:
    """Undo it."""
    node = this_node()
    with node.db.write() as session:
        name = notices.take_up(node, session, token)
    return _page(token, name, done="on")


def _page(token: str, name: str, *, done: str) -> str:
    kind = notices.kinds_of(this_node()).get(name)
    of_several = _DIGEST if name == notices.DIGEST else _ALL
    what = of_several if kind is None else kind.title
    return render_template("core/no_mail.html", token=token, what=what, done=done)
