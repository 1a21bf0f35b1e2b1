"""What is kept of one person here, to be taken along."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from ..models import Browser, Choice, Hours, Told


def personal_data(person_id: int) -> dict[str, Select[*tuple[Any, ...]]]:
    """Return a query for each heading; keys of browsers are secrets of theirs and stay here."""
    return {
        "notices": select(
            Told.told_at, Told.kind, Told.title, Told.text, Told.url, Told.read_at, Told.mailed_at
        )
        .where(Told.person_id == person_id)
        .order_by(Told.id),
        "notice-choices": select(
            Choice.kind, Choice.on_bell, Choice.mail, Choice.push, Choice.chosen_at
        ).where(Choice.person_id == person_id),
        "notice-hours": select(
            Hours.quiet_from, Hours.quiet_until, Hours.digest_at, Hours.digest
        ).where(Hours.person_id == person_id),
        "push-browsers": select(Browser.device, Browser.endpoint, Browser.added_at).where(
            Browser.person_id == person_id
        ),
    }
