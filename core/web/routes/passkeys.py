"""Passkeys: those of one's devices, and logging in with one. The script of these pages asks the
browser; what it answers comes as a plain form."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, url_for

from ...auth import attempts, passkeys
from ...auth.attempts import Limit
from ...errors import TooMany, WizzleError
from ...models import Person
from ..forms import Form
from ..identity import this_device
from ..page import permitted, safe_next, this_member, this_node, told
from ..schemas import LogInWithPasskey, NewPasskey, PasskeyName
from .base import blueprint
from .logging_in import entered

QUESTIONS = Limit("passkey from", most=60, minutes=15)


@blueprint.get("/me/passkeys")
@permitted("core.me")
def my_passkeys() -> Any:
    """List the person's passkeys."""
    with this_node().db.read() as session:
        keys = passkeys.of(session, this_member().id)
        return render_template("core/passkeys.html", keys=keys)


@blueprint.post("/me/passkeys/question")
@permitted("core.me")
def passkey_question() -> Response:
    """Hand the page's script what it asks the device for a new key."""
    node = this_node()
    _count()
    with node.db.write() as session:
        person = session.get_one(Person, this_member().id)
        return _json(passkeys.to_register(session, node, person))


@blueprint.post("/me/passkeys")
@permitted("core.me")
def add_passkey() -> Any:
    """Keep a new key."""
    node, viewer = this_node(), this_member()
    form = Form(NewPasskey())
    if not form.submitted():
        told("Please give the passkey a name of at most 60 letters.", "problem")
        return redirect(url_for("core.my_passkeys"))
    answer, name = form.data["answer"], form.data["name"]
    question = passkeys.take(node, answer, viewer.id)
    with node.db.write() as session:
        passkeys.register(session, node, viewer.id, answer=answer, question=question, name=name)
    told("From now on you can log in with this passkey.")
    return redirect(url_for("core.my_passkeys"))


@blueprint.post("/me/passkeys/<int:key_id>/name")
@permitted("core.me")
def rename_passkey(key_id: int) -> Any:
    """Give a key another name."""
    form = Form(PasskeyName())
    if form.submitted():
        with this_node().db.write() as session:
            passkeys.rename(session, this_member().id, key_id, form.data["name"])
        told("Saved.")
    return redirect(url_for("core.my_passkeys"))


@blueprint.post("/me/passkeys/<int:key_id>/remove")
@permitted("core.me")
def remove_passkey(key_id: int) -> Any:
    """Take a key away."""
    with this_node().db.write() as session:
        passkeys.remove(session, this_node(), this_member().id, key_id)
    told("This passkey opens nothing here any more.")
    return redirect(url_for("core.my_passkeys"))


@blueprint.post("/log-in/passkey/question")
@permitted("core.enter")
def log_in_question() -> Response:
    """Hand the page's script what it asks the device of whoever logs in."""
    node = this_node()
    _count()
    with node.db.write() as session:
        return _json(passkeys.to_log_in(session, node))


@blueprint.post("/log-in/passkey")
@permitted("core.enter")
def log_in_with_passkey() -> Any:
    """Log in whoever holds the key that answers."""
    node = this_node()
    form = Form(LogInWithPasskey())
    try:
        if form.submitted():
            answer = form.data["answer"]
            question = passkeys.take(node, answer, None)
            with node.db.write() as session:
                person_id = passkeys.prove(session, node, answer=answer, question=question)
            return entered(person_id, safe_next(form.data["next"]))
    except WizzleError as error:
        form.failed(error)
    onward = safe_next(str(form.values.get("next") or ""))
    return render_template("core/log_in.html", form=form, next=onward), form.status


def _count() -> None:
    node = this_node()
    with node.db.write() as session:
        held = attempts.count(session, QUESTIONS, this_device().place, at=node.clock.now())
    # Raised only now, since a transaction that raises would undo the count.
    if not held:
        raise TooMany("That was tried too often. Please wait a quarter of an hour.")


def _json(options: str) -> Response:
    return Response(options, headers={"Content-Type": "application/json"})
