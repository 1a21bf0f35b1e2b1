"""The shell: what every template can use."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask

from ..auth import passkeys
from ..language import formats
from ..rights import requests
from . import charts, following, frame, linked, pieces, sections, words
from . import prose as written
from .page import (
    can,
    cover_url,
    logo_url,
    picture_set,
    picture_url,
    say,
    static_url,
    theme_url,
    this_node,
    this_tongue,
    this_viewer,
)

_UTC = ZoneInfo("UTC")


def install(app: Flask) -> None:
    """Give the templates their functions, filters and values."""
    environment = app.jinja_env
    environment.globals.update(
        _=say,
        gettext=say,
        ngettext=_ngettext,
        pgettext=_pgettext,
        can=can,
        footer=frame.footer,
        header=frame.header,
        once=pieces.once,
        is_followed=following.is_followed,
        ways_of=following.ways_of,
        passkeys_here=_passkeys_here,
        plugin_sheets=sections.plugin_sheets,
        requests_late=_requests_late,
        static_url=static_url,
        picture_set=picture_set,
        picture_url=picture_url,
        cover_url=cover_url,
        logo_url=logo_url,
        theme_url=theme_url,
        plain_words=written.plain,
        prose=written.prose,
        plot=charts.plot,
        kind_name=_kind_name,
        kind_names=_kind_names,
        role_name=_role_name,
    )
    environment.filters.update(
        linked=linked.in_page,
        won=_won,
        when=_when,
        day=_day,
        clock=_clock,
        hour=_hour,
        ago=_ago,
        left=_left,
        moment=datetime.isoformat,
        percent=formats.percent,
        number=formats.number,
        short=_short,
        language_name=formats.name,
        device_name=words.device_name,
        audited=_audited,
        said=_said,
    )
    app.context_processor(_values)


def _values() -> dict[str, Any]:
    node = this_node()
    return {
        "node": node.settings.node,
        "operator": node.settings.operator,
        "viewer": this_viewer(),
        "language": this_tongue().language,
        "languages": this_node().catalogues.languages,
    }


def _requests_late() -> tuple[int, int]:
    """Return how many requests about data wait, and how many of them are overdue."""
    node = this_node()
    with node.db.read() as session:
        return requests.late(session, at=node.clock.now())


def _passkeys_here() -> bool:
    """Say whether browsers can keep a passkey for the address of this node."""
    return passkeys.site(this_node()) is not None


def _ngettext(one: str, many: str, num: int, **values: object) -> str:
    return this_tongue().ngettext(one, many, num, **values)


def _pgettext(context: str, text: str, **values: object) -> str:
    return this_tongue().pgettext(context, text, **values)


def _said(message: Any) -> str:
    """Say a ``Message`` or a ``Text`` of the core in the language of the page."""
    tongue = this_tongue()
    if hasattr(message, "in_language"):
        return str(message.in_language(tongue.language))
    return tongue.say(message)


def _kind_name(kind: str) -> str:
    return say(words.KINDS.get(kind, kind))


def _kind_names(kind: str) -> str:
    return say(words.KINDS_OF_MANY.get(kind, kind))


def _role_name(role: str) -> str:
    return say(words.ROLES.get(role, role))


def _audited(code: str) -> str:
    """Say an action or a subject of the audit log; the words of a code are its English."""
    said = this_tongue().pgettext("audit", code)
    return code.replace(".", " ").replace("_", " ") if said == code else said


def _zone() -> ZoneInfo:
    return ZoneInfo(this_node().settings.node.time_zone)


def _won(amount: int) -> str:
    return formats.won(amount, this_tongue().language)


def _short(value: int) -> str:
    return formats.short(value, this_tongue().language)


def _when(instant: datetime) -> str:
    now = this_node().clock.now()
    return formats.when(instant, _zone(), this_tongue().language, now=now)


def _day(at: datetime | date) -> str:
    return formats.day(at, _zone(), this_tongue().language, now=this_node().clock.now())


def _clock(instant: datetime) -> str:
    return formats.clock(instant, _zone(), this_tongue().language)


def _hour(hour: int) -> str:
    """Say a whole hour of the day, from 0 to 23."""
    return formats.clock(datetime(2000, 1, 1, hour, tzinfo=UTC), _UTC, this_tongue().language)


def _ago(instant: datetime) -> str:
    return formats.ago(instant, this_node().clock.now(), this_tongue().language)


def _left(instant: datetime) -> str:
    return formats.left(instant, this_node().clock.now(), this_tongue().language)
