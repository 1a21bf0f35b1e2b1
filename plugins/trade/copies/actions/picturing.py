"""Pictures of copies: fetched by a job, drawn anew here, and never shown from another node.

Only goods that were picked have one: what nobody offers here needs none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import outbox, pictures
from .....core.addresses import host_of
from .....core.errors import Refused, TooMany, Unreachable
from .....core.node import Node
from ....market import picture_mirrored
from ..models import Copy, Source

JOB = "trade.picture"
MOST_BYTES = 2 << 20
"""Bytes of a picture of another node; its own large size is far smaller."""

SECONDS = 10.0
AGAIN = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
"""When a picture that could not be had is asked for again; then with the next change."""

log = structlog.get_logger("wizzle.trade")


def ask_pictures(session: Session, copy_ids: Collection[int], at: datetime) -> None:
    """Ask for the pictures of copies that were picked, where they are others than those held.

    However often a producer changes them, each is fetched at most once an hour.
    """
    wanted = select(Copy.id, Copy.details, Copy.picture_from).where(
        Copy.id.in_(copy_ids), Copy.product_id.is_not(None)
    )
    for row in session.execute(wanted).all():
        if row.details.get("picture", "") != row.picture_from:
            _ask(session, row.id, at)


def _ask(session: Session, copy_id: int, at: datetime) -> None:
    hour = int(at.timestamp()) // 3_600
    following = datetime.fromtimestamp((hour + 1) * 3_600, UTC)
    for place, when in enumerate((at, following)):
        key = f"{JOB}:{copy_id}:{hour + place}"
        if outbox.enqueue(session, JOB, {"copy_id": copy_id}, key=key, at=when):
            return


def work(node: Node, payload: Mapping[str, Any]) -> None:
    """Fetch the picture that a copy has now; the work of the job."""
    copy_id, tries = int(payload["copy_id"]), int(payload.get("tries", 0))
    with node.db.read() as session:
        found = session.execute(
            select(Copy.name, Copy.details, Copy.picture_from, Source.host)
            .join(Source, Source.id == Copy.source_id)
            .where(Copy.id == copy_id, Copy.product_id.is_not(None), Source.ended_at.is_(None))
        ).one_or_none()
    if found is None or (address := found.details.get("picture", "")) == found.picture_from:
        return
    try:
        picture = _had(node, address, found.host) if address else None
    except (Unreachable, TooMany) as error:
        log.info("picture not fetched", copy=copy_id, reason=str(error))
        _later(node, copy_id, tries)
        return
    _show(node, copy_id, address, picture, caption=found.name)


def _had(node: Node, address: str, host: str) -> pictures.Prepared | None:
    """Return the picture at an address of the producer's own node; None if it is none."""
    if host_of(address) != host or urlsplit(address).scheme not in ("https", "http"):
        return None
    answer = node.ports.http.fetch(
        "GET", address, headers={"Accept": "image/*"}, most=MOST_BYTES, seconds=SECONDS
    )
    if answer.status >= 500 or answer.status == 429:
        raise Unreachable("The producer's node does not answer. We keep asking.")
    if answer.status != 200:
        return None
    try:
        return pictures.prepare(answer.body)
    except TooMany:
        raise
    except Refused as refused:
        log.info("picture cannot be used", reason=str(refused))
        return None


def _show(
    node: Node, copy_id: int, address: str, picture: pictures.Prepared | None, *, caption: str
) -> None:
    """Let the product have the picture, none if there is none, and remember whence it is."""
    now = node.clock.now()
    with node.db.write() as session:
        copy = session.get_one(Copy, copy_id, with_for_update=True)
        if copy.product_id is None:
            return
        kept = None
        if picture is not None:
            kept = pictures.keep(session, node, picture, caption=caption, owner_id=None, at=now).id
        seller_id = session.get_one(Source, copy.source_id).seller_id
        picture_mirrored(session, seller_id, copy.product_id, kept, at=now)
        copy.picture_from = address
        if copy.details.get("picture", "") != address:  # another one since
            _ask(session, copy_id, now)


def _later(node: Node, copy_id: int, tries: int) -> None:
    if tries >= len(AGAIN):
        return
    at = node.clock.now() + AGAIN[tries]
    payload = {"copy_id": copy_id, "tries": tries + 1}
    with node.db.write() as session:
        key = f"{JOB}:{copy_id}:again:{tries}:{int(at.timestamp()) // 3_600}"
        outbox.enqueue(session, JOB, payload, key=key, at=at)
