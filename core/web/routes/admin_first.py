"""The test letter by which a steward sees whether mail arrives."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from ...auth import attempts
from ...errors import TooMany
from ...models import Person
from .. import letters
from ..first_steps import TEST_MAIL
from ..page import permitted, this_member, this_node, told
from .base import blueprint

TESTS = attempts.Limit("test letter of", most=5, minutes=60)


@blueprint.post("/admin/test-mail")
@permitted("core.admin")
def send_test_mail() -> Response:
    """Send the steward a letter by the way that all letters take."""
    node, viewer = this_node(), this_member()
    now = node.clock.now()
    with node.db.write() as session:
        within = attempts.count(session, TESTS, str(viewer.id), at=now)
        if within:
            key = f"{TEST_MAIL.removeprefix('mail:')}{viewer.id}:{now.isoformat()}"
            person = session.get_one(Person, viewer.id)
            letters.send_test(session, person, key=key)
    if not within:
        raise TooMany("That was a lot of test letters. Please come back in an hour.")
    told("A letter to %(email)s is on its way.", email=viewer.email)
    return redirect(url_for("core.admin", _anchor="test-mail"))
