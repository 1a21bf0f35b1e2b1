"""One's data to take along: an archive of JSON and CSV, the core's own and that of each plugin."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import follows, notices
from ..answers import PersonalData
from ..models import (
    Access,
    ApiAnswer,
    ApiToken,
    AuditRecord,
    Consent,
    DataRequest,
    Grant,
    Passkey,
    Person,
    SignIn,
    Space,
    Webhook,
)
from ..moderation.models import Appeal, Report
from ..node import Node
from ..tables.delimited import harmless

MOST = 20_000
"""Rows of the audit log that are handed out, the newest first."""


def archive(node: Node, session: Session, person_id: int, note: str) -> bytes:
    """Return a ZIP with a file of JSON and one of CSV for each heading, and ``note`` as README.txt;
    a plugin that could not answer is named in ``missing.txt``."""
    answers = node.host.collect_each(
        "personal_data", node=node, session=session, person_id=person_id
    )
    sets = {f"core-{each.name}": each for each in _own(session, person_id)}
    for plugin, found in answers:
        sets |= {f"{plugin}-{each.name}": each for each in found}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("README.txt", note)
        for name, each in sorted(sets.items()):
            file.writestr(f"{name}.json", _json(each.rows))
            file.writestr(f"{name}.csv", _csv(each.rows))
        if silent := _asked(node) - {plugin for plugin, _ in answers}:
            file.writestr("missing.txt", "\n".join(sorted(silent)))
    return written.getvalue()


def _asked(node: Node) -> set[str]:
    implementations = node.hooks.personal_data.get_hookimpls()
    return {each.plugin_name for each in implementations}


def _own(session: Session, person_id: int) -> list[PersonalData]:
    person, audit = Person.__table__.c, AuditRecord.__table__.c
    kept = {
        "account": select(*(c for c in person if c.name != "password_hash")).where(
            person.id == person_id
        ),
        "consents": select(
            Consent.subject,
            Consent.version,
            Consent.given_at,
            Consent.withdrawn_at,
            Consent.language,
        ).where(Consent.person_id == person_id),
        "devices": select(
            SignIn.device, SignIn.address, SignIn.created_at, SignIn.seen_at, SignIn.expires_at
        ).where(SignIn.person_id == person_id),
        "log-ins": select(Access.at, Access.address, Access.device).where(
            Access.person_id == person_id
        ),
        "passkeys": select(Passkey.name, Passkey.made_at, Passkey.used_at).where(
            Passkey.person_id == person_id
        ),
        "requests": select(
            DataRequest.kind,
            DataRequest.text,
            DataRequest.state,
            DataRequest.made_at,
            DataRequest.due_at,
            DataRequest.ended_at,
            DataRequest.answer,
        ).where(DataRequest.person_id == person_id),
        "tokens": select(
            ApiToken.name,
            ApiToken.scopes,
            ApiToken.created_at,
            ApiToken.expires_at,
            ApiToken.used_at,
        ).where(ApiToken.person_id == person_id),
        "webhooks": select(
            Webhook.url,
            Webhook.kinds,
            Space.name.label("space"),
            Webhook.created_at,
            Webhook.failing_since,
            Webhook.ended_at,
        )
        .outerjoin(Space, Space.id == Webhook.space_id)
        .where(Webhook.person_id == person_id),
        "answers-to-programs": select(ApiAnswer.key, ApiAnswer.status, ApiAnswer.created_at).where(
            ApiAnswer.person_id == person_id
        ),
        "roles": select(Grant.role, Space.name.label("space"), Grant.granted_at)
        .outerjoin(Space, Space.id == Grant.space_id)
        .where(Grant.person_id == person_id),
        "reports": select(
            Report.subject, Report.title, Report.kind, Report.reason, Report.text, Report.created_at
        ).where(Report.person_id == person_id),
        "appeals": select(
            Appeal.text, Appeal.created_at, Appeal.outcome, Appeal.answer, Appeal.decided_at
        ).where(Appeal.person_id == person_id),
        "what-i-did": select(audit.at, audit.action)
        .where(audit.person_id == person_id)
        .order_by(audit.id.desc())
        .limit(MOST),
    }
    return PersonalData.read(
        session, {**kept, **notices.personal_data(person_id), **follows.personal_data(person_id)}
    )


def _json(rows: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=1, default=_text)


def _csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the rows as spreadsheet programs read them; one that is no row is an empty file."""
    target = io.StringIO(newline="")
    if rows:
        writer = csv.writer(target)
        writer.writerow(rows[0])
        writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    match value:
        case str():
            return harmless(value)
        case list() | dict():
            return harmless(json.dumps(value, ensure_ascii=False, default=_text))
        case datetime() | date():
            return _text(value)
    return value


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, (datetime, date)) else str(value)
