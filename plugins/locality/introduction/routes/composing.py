"""Making the page of blocks: one step at a time, with a preview, versions, and a way back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for
from marshmallow import Schema

from .....core import pictures
from .....core.errors import NotFound, WizzleError
from .....core.values import Message
from .....core.web import Form, asked_number, paged, permitted, this_member, this_node, told
from .....core.web.numbers import read_number
from ...pages import blueprint
from .. import actions, queries
from ..rules.blocks import Block, moved, put, without
from ..schemas import NumbersBlock, PictureBlock, SpacesBlock, TextBlock
from .reading import EDIT, block_context

SCHEMAS: dict[str, type[Schema]] = {
    "text": TextBlock, "picture": PictureBlock, "spaces": SpacesBlock, "numbers": NumbersBlock,
}  # fmt: skip
NAMES = {
    "text": Message("Words", {}),
    "picture": Message("Picture", {}),
    "spaces": Message("Cards of pages", {}),
    "numbers": Message("A number over time", {}),
}


@blueprint.get("/alliance/edit")
@permitted(EDIT)
def edit_page() -> Any:
    """Show the parts of what is worked on, each with what can be done with it."""
    with this_node().db.read() as session:
        last = queries.last_edition(session)
        context = block_context(session, queries.blocks_of(last))
    return render_template(
        "locality/introduction/edit.html", last=last, version=last.id if last else 0,
        names=NAMES, **context,
    )  # fmt: skip


@blueprint.get("/alliance/preview")
@permitted(EDIT)
def preview_page() -> Any:
    """Show what is worked on as everyone would see it."""
    with this_node().db.read() as session:
        last = queries.last_edition(session)
        context = block_context(session, queries.blocks_of(last))
    return render_template(
        "locality/introduction/preview.html", version=last.id if last else 0, **context
    )


def _number(name: str) -> int:
    """Return a number of the form; nonsense is no version and no place."""
    found = read_number(request.form.get(name, ""))
    return -1 if found is None else found


@blueprint.post("/alliance/edit/step")
@permitted(EDIT)
def step_page() -> Any:
    """Move or remove a part, undo the last step, or publish."""
    node, actor, version = this_node(), this_member().id, _number("version")
    place, what = _number("place"), request.form.get("what", "")
    try:
        with node.db.write() as session:
            match what:
                case "up" | "down":
                    made = partial(moved, place=place, step=-1 if what == "up" else 1)
                    actions.change(node, session, version, made, actor_id=actor)
                case "remove":
                    made = partial(without, place=place)
                    actions.change(node, session, version, made, actor_id=actor)
                case "undo":
                    actions.undo(node, session, version, actor_id=actor)
                case "publish":
                    actions.publish(node, session, version, actor_id=actor)
                case "restore":
                    actions.restore(node, session, version, _number("edition"), actor_id=actor)
                case _:
                    raise NotFound("There is no such step.")
        if what == "publish":
            told("Everyone sees the page now.")
            return redirect(url_for("locality.alliance"))
    except WizzleError as error:
        told(error.message.text, "problem", **error.message.values)
    return redirect(url_for("locality.edit_page"))


@blueprint.route("/alliance/edit/new/<any(text, picture, spaces, numbers):part>",
                 methods=["GET", "POST"])  # fmt: skip
@permitted(EDIT)
def new_block(part: str) -> Any:
    """Add a part at the end."""
    with this_node().db.read() as session:
        blocks = queries.blocks_of(queries.last_edition(session))
    return _block(part, len(blocks), {})


@blueprint.route("/alliance/edit/<int:place>", methods=["GET", "POST"])
@permitted(EDIT)
def edit_block(place: int) -> Any:
    """Change a part."""
    with this_node().db.read() as session:
        blocks = queries.blocks_of(queries.last_edition(session))
    if not 0 <= place < len(blocks):
        raise NotFound("There is no such part.")
    return _block(blocks[place]["kind"], place, blocks[place])


def _block(kind: str, place: int, block: Block) -> Any:
    node = this_node()
    form = Form(SCHEMAS[kind](), dict(block))
    if form.submitted():
        try:
            picture = _picture(form, block) if kind == "picture" else {}
            made = {"kind": kind, **form.data, **picture}
            with node.db.write() as session:
                step = partial(_put, place=place, block=made)
                actions.change(node, session, _number("version"), step, actor_id=this_member().id)
            told("Saved. Nobody else sees it until you publish the page.")
            return redirect(url_for("locality.edit_page"))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        last = queries.last_edition(session)
        spaces = queries.spaces_to_choose(session) if kind == "spaces" else []
        series = queries.numbers(node, session) if kind == "numbers" else {}
    page = render_template(
        "locality/introduction/block.html", kind=kind, name=NAMES[kind], form=form, block=block,
        spaces=spaces, series=series, version=last.id if last else 0,
    )  # fmt: skip
    return page, form.status


def _put(blocks: Sequence[Block], *, place: int, block: Block) -> list[Block]:
    return put(blocks, place, block)


def _picture(form: Form, block: Block) -> Block:
    """Return what a part keeps of a picture: a new one, or the one that it had."""
    sent = request.files.get("picture")
    data = sent.stream.read(pictures.MOST_BYTES + 1) if sent else b""
    if not data and block:
        return {name: block[name] for name in ("digest", "width", "height")}
    node = this_node()
    prepared = pictures.prepare(data)
    with node.db.write() as session:
        kept = pictures.keep(
            session, node, prepared, caption=form.data["caption"], owner_id=this_member().id,
            at=node.clock.now(),
        )  # fmt: skip
        return {"digest": kept.digest, "width": kept.width, "height": kept.height}


@blueprint.get("/alliance/versions")
@permitted(EDIT)
def page_versions() -> Any:
    """List the versions of the page that were published."""
    with this_node().db.read() as session:
        rows = queries.editions(session, before=asked_number())
        last = queries.last_edition(session)
    shown = rows[: queries.SIZE]
    page = paged(rows, queries.SIZE, str(shown[-1].id) if shown else None)
    return render_template(
        "locality/introduction/versions.html", page=page, version=last.id if last else 0
    )


@blueprint.get("/alliance/versions/<int:edition_id>")
@permitted(EDIT)
def page_version(edition_id: int) -> Any:
    """Show a version of the page that was published."""
    with this_node().db.read() as session:
        edition = queries.edition(session, edition_id)
        last = queries.last_edition(session)
        context = block_context(session, queries.blocks_of(edition))
    return render_template(
        "locality/introduction/preview.html", edition=edition,
        version=last.id if last else 0, **context,
    )  # fmt: skip
