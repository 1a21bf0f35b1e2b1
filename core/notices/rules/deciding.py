"""Whether and when a notice is brought: on the bell, by mail, to a browser."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ...answers import NoticeKind
from .times import after_quiet, is_quiet, next_hour

NOW, DAILY, OFF = "now", "daily", "off"
MAILS = (NOW, DAILY, OFF)
_ADS = (21, 8)
"""Nobody is sent advertising at these hours without an agreement of its own (Act on Promotion of
Information and Communications Network Utilization, article 50), which is not asked for here."""


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody wants one kind of notice: ``mail`` is now, daily or off."""

    on_bell: bool
    mail: str
    push: bool


@dataclass(frozen=True, slots=True)
class Times:
    """When somebody wants to be told, in whole hours of the node's zone.

    ``digest`` False: no daily mail at all.
    """

    quiet_from: int = 21
    quiet_until: int = 8
    digest_at: int = 8
    digest: bool = True


HOUSE = Times()
"""The hours of whoever has chosen none."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What else decides about one person: whether they read their mail's address, agreed to
    advertising, have a browser that takes messages, and when they may have the next mail if they
    had enough of them for now."""

    proven: bool = True
    agreed: bool = False
    browser: bool = False
    free_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done: None for what is not."""

    on_bell: bool
    mail_at: datetime | None
    push_at: datetime | None


def way_of(kind: NoticeKind) -> Way:
    """Return how a kind is told to whoever has chosen nothing."""
    mail = OFF if kind.default == "bell" else kind.default
    return Way(on_bell=True, mail=mail, push=kind.default == NOW)


def mail_mode(kind: NoticeKind, way: Way, times: Times) -> str:
    """Return now, daily or off: what is essential cannot be off."""
    mail = way.mail
    if mail == DAILY and not times.digest:
        mail = OFF
    if mail == OFF and kind.essential:
        return NOW if kind.default == NOW or not times.digest else DAILY
    return mail


def plan(
    kind: NoticeKind,
    way: Way,
    times: Times,
    situation: Situation,
    *,
    now: datetime,
    zone: ZoneInfo,
    until: datetime | None = None,
) -> Plan:
    """Return what is done about one notice to one person.

    What comes at once waits for the end of the quiet hours unless the kind is urgent: a
    confirmation of what somebody has done just now. What would come too late does not come.
    """
    if kind.is_advertising and not situation.agreed:
        return Plan(way.on_bell, None, None)
    mail_at = _mail_at(kind, way, times, situation, now, zone)
    push_at = awake([kind], times, now, zone) if way.push and situation.browser else None
    free = awake([kind], times, now, zone)
    if any(is_quiet(free, zone, *hours) for hours in quiet_of([kind], times)):
        return Plan(way.on_bell, None, None)  # left alone by day, and by law at night
    return Plan(way.on_bell, _in_time(mail_at, until), _in_time(push_at, until))


def _mail_at(
    kind: NoticeKind, way: Way, times: Times, situation: Situation, now: datetime, zone: ZoneInfo
) -> datetime | None:
    mode = mail_mode(kind, way, times)
    if mode == OFF:
        return None
    if mode == DAILY:
        # Whoever types a stranger's address must not get a letter a day sent to it.
        if not situation.proven:
            return None
        return awake([kind], times, next_hour(now, zone, times.digest_at), zone)
    free = situation.free_at
    return awake([kind], times, now if free is None else max(now, free), zone)


def quiet_of(kinds: Iterable[NoticeKind], times: Times) -> list[tuple[int, int]]:
    """Return the hours at which what is of these kinds does not leave: pairs of from and until."""
    found = set[tuple[int, int]]()
    for kind in kinds:
        if not kind.urgent:
            found.add((times.quiet_from, times.quiet_until))
        if kind.is_advertising:
            found.add(_ADS)
    return sorted(found)


def awake(kinds: Iterable[NoticeKind], times: Times, at: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant itself, or the next one at which what is of these kinds may leave."""
    return out_of(quiet_of(kinds, times), at, zone)


def out_of(quiet: Iterable[Sequence[int]], at: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant from ``at`` on that lies in none of these pairs of hours."""
    pairs = list(quiet)
    for _ in range(len(pairs)):  # the end of one may lie in another
        for from_, until in pairs:
            at = after_quiet(at, zone, from_, until)
    return at


def _in_time(at: datetime | None, until: datetime | None) -> datetime | None:
    return None if at is None or (until is not None and at > until) else at
