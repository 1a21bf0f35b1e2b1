"""The mail that brings notices: one by itself, or several grouped by what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from ...language import Tongue, when

MOST_IN_A_MAIL = 40
"""Notices whose text stands in one mail; of more only how many there are."""

ADVERTISING = "(광고) "
"""How the subject of advertising begins, in every language, as the decree on article 50 says."""

CUT = 1_500
"""Letters of one notice in a mail with several."""


@dataclass(frozen=True, slots=True)
class Item:
    """One notice as a mail tells it; ``url`` is whole, or empty."""

    title: str
    text: str
    url: str
    subject: str
    heading: str
    told_at: datetime


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around: who writes, where it is settled what is mailed, and how mail of this
    kind is stopped (empty where it cannot be). ``sender`` says who is behind advertising."""

    node: str
    settings_url: str
    list_url: str
    stop_url: str = ""
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and text of a mail, and the text once more as HTML, or empty."""

    subject: str
    text: str
    html: str = ""


def single_letter(tongue: Tongue, item: Item, frame: Frame) -> Words:
    """Return the mail that brings one notice at once."""
    text = [item.text]
    if item.url:
        text += ["", tongue.gettext("To read on: %(url)s", url=item.url)]
    mark = ADVERTISING if frame.sender else ""
    return Words(mark + item.title, "\n".join([*text, *_end(tongue, frame)]) + "\n")


def digest_letter(tongue: Tongue, items: Sequence[Item], frame: Frame, zone: ZoneInfo) -> Words:
    """Return the mail that brings several: by what they are about, the newest first."""
    count = len(items)
    subject = tongue.ngettext(
        "%(node)s: %(num)s thing for you", "%(node)s: %(num)s things for you", count,
        node=frame.node,
    )  # fmt: skip
    groups = grouped(sorted(items, key=lambda item: item.told_at, reverse=True)[:MOST_IN_A_MAIL])
    more = count - MOST_IN_A_MAIL
    rest = tongue.ngettext("and %(num)s more", "and %(num)s more", more) if more > 0 else ""
    text = [line for group in groups for line in _lines(tongue, group, zone)]
    text += [*([rest] if rest else ()), tongue.gettext("All of them: %(url)s", url=frame.list_url)]
    html = Markup().join(_block(tongue, group, zone) for group in groups)
    return Words(
        (ADVERTISING if frame.sender else "") + subject,
        "\n".join([*text, *_end(tongue, frame)]) + "\n",
        str(_page(tongue, subject, html, rest, frame)),
    )


def grouped(items: Sequence[Item]) -> list[list[Item]]:
    """Return notices by what they are about, each and all in the order in which they come."""
    groups: dict[object, list[Item]] = {}
    for place, item in enumerate(items):
        groups.setdefault(item.subject or place, []).append(item)
    return list(groups.values())


def _lines(tongue: Tongue, group: Sequence[Item], zone: ZoneInfo) -> list[str]:
    text = [f"■ {_heading(group)}", ""] if _heading(group) else []
    for item in group:
        text += [f"· {item.title} ({when(item.told_at, zone, tongue.language)})"]
        text += [f"  {line}".rstrip() for line in _short(item.text).splitlines()]
        text += [f"  {item.url}"] if item.url else []
        text.append("")
    return text


def _heading(group: Sequence[Item]) -> str:
    return next((item.heading for item in group if item.heading), "")


def _short(text: str) -> str:
    return text if len(text) <= CUT else text[:CUT].rstrip() + " …"


_HEAD = Markup('<h2 style="font-size:18px;margin:28px 0 8px;color:#1f5138">{}</h2>')
_ITEM = Markup(
    '<div style="margin:0 0 18px;padding:0 0 0 12px;border-left:3px solid #e4dac5">'
    '<p style="margin:0 0 4px"><strong>{title}</strong>'
    ' <span style="color:#585a4c">{time}</span></p>'
    '<p style="margin:0 0 4px;white-space:pre-line">{text}</p>{link}</div>'
)
_LINK = Markup('<p style="margin:0"><a href="{}" style="color:#1f5138">{}</a></p>')
_PAGE = Markup(
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{subject}</title></head>'
    '<body style="margin:0;padding:20px;background:#fbf7ec;color:#23271f;font-size:17px;'
    'line-height:1.6;font-family:sans-serif"><div style="max-width:36em;margin:0 auto">'
    '<h1 style="font-size:22px;margin:0 0 8px">{subject}</h1>{body}{rest}{all}'
    '<hr style="margin:28px 0 12px;border:0;border-top:1px solid #e4dac5">'
    '<div style="font-size:14px;color:#585a4c">{end}</div></div></body></html>'
)


def _block(tongue: Tongue, group: Sequence[Item], zone: ZoneInfo) -> Markup:
    heading = _heading(group)
    head = _HEAD.format(heading) if heading else Markup()
    return head + Markup().join(_told(tongue, item, zone) for item in group)


def _told(tongue: Tongue, item: Item, zone: ZoneInfo) -> Markup:
    link = _LINK.format(item.url, tongue.gettext("Read on")) if item.url else Markup()
    time = when(item.told_at, zone, tongue.language)
    return _ITEM.format(title=item.title, time=time, text=_short(item.text), link=link)


def _page(tongue: Tongue, subject: str, body: Markup, rest: str, frame: Frame) -> Markup:
    end = [frame.node, *([frame.sender] if frame.sender else ())]
    lines = [Markup('<p style="margin:0 0 4px">{}</p>').format(line) for line in end]
    lines.append(_LINK.format(frame.settings_url, tongue.gettext("Choose what is mailed to you")))
    if frame.stop_url:
        lines.append(_LINK.format(frame.stop_url, tongue.gettext("Stop this mail")))
    return _PAGE.format(
        language=tongue.language,
        subject=subject,
        body=body,
        rest=Markup("<p>{}</p>").format(rest) if rest else "",
        all=_LINK.format(frame.list_url, tongue.gettext("All notices")),
        end=Markup().join(lines),
    )


def _end(tongue: Tongue, frame: Frame) -> list[str]:
    text = ["", frame.node, *([frame.sender] if frame.sender else ()), "", "--"]
    text.append(tongue.gettext("Choose what is mailed to you: %(url)s", url=frame.settings_url))
    if frame.stop_url:
        text.append(tongue.gettext("Stop this mail: %(url)s", url=frame.stop_url))
    return text
