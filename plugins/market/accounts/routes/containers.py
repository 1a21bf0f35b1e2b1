"""The steward's list of containers that carry a deposit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session

from .....core.errors import WizzleError
from .....core.values import Message
from .....core.web import Form, permitted, this_member, this_node, told
from ...pages import ID, blueprint
from .. import actions, queries
from ..schemas import ContainerForm

MANAGE = "market.containers"


@blueprint.get("/market/containers")
@permitted(MANAGE)
def containers() -> Any:
    """List the containers, how many of each are out, and what is held for them."""
    return _page(Form(ContainerForm()))


@blueprint.post("/market/containers")
@permitted(MANAGE)
def add_container() -> Any:
    """Make a new container."""

    def act(session: Session, typed: dict[str, Any]) -> None:
        actions.add_container(this_node(), session, actor_id=this_member().id, **typed)

    return _done(act, Message("The container is on the list.", {}))


@blueprint.post(f"/market/containers/<{ID}:container_id>")
@permitted(MANAGE)
def change_container(container_id: int) -> Any:
    """Rename a container or change its deposit."""

    def act(session: Session, typed: dict[str, Any]) -> None:
        actions.change_container(
            this_node(), session, container_id, actor_id=this_member().id, **typed
        )

    return _done(act, Message("Saved.", {}), container_id)


@blueprint.post(f"/market/containers/<{ID}:container_id>/retire")
@permitted(MANAGE)
def retire_container(container_id: int) -> Any:
    """Let none of a container go out any more."""
    with this_node().db.write() as session:
        actions.retire_container(this_node(), session, container_id, actor_id=this_member().id)
    told("None of these go out any more. Those at home can still be brought back.")
    return redirect(url_for("market.containers"))


def _done(
    act: Callable[[Session, dict[str, Any]], None], words: Message, formed: int | None = None
) -> Any:
    form = Form(ContainerForm())
    if form.submitted():
        try:
            with this_node().db.write() as session:
                act(session, form.data)
            told(words.text)
            return redirect(url_for("market.containers"))
        except WizzleError as error:
            form.failed(error)
    return _page(form, formed)


def _page(form: Form, formed: int | None = None) -> Any:
    with this_node().db.read() as session:
        found = queries.all_containers(session)
        held = queries.deposits_held(session)
    page = render_template(
        "market/accounts/containers.html", containers=found, held=held, form=form, formed=formed
    )
    return page, form.status
