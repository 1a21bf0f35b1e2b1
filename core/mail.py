"""Mail: plain letters, sent by SMTP, written into a folder, or shown on the console."""

from __future__ import annotations

import smtplib
import sys
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from hashlib import sha256
from pathlib import Path
from ssl import create_default_context
from typing import Any

from ..node_config import MailSettings
from .errors import Unreachable
from .node import Node

PATIENCE = 20
"""Seconds to wait for the mail server."""


def sender(node: Node) -> Callable[[Mapping[str, Any]], None]:
    """Return the work of the outbox's jobs of the kind "mail": {"to", "subject", "text"},
    and, if there is any, "html" and "unsubscribe": the address that stops such mail."""
    settings = node.settings.mail
    ways = {"smtp": _by_smtp, "file": _into_file, "console": _onto_console}
    way = ways[settings.kind]

    def send(letter: Mapping[str, Any]) -> None:
        message = _message(letter, settings.sender)
        message["Date"] = format_datetime(node.clock.now())
        way(message, settings, node.settings.mail_folder)

    return send


def _message(letter: Mapping[str, Any], from_: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    # One line each: whatever a person typed must not become a header of its own.
    message["Subject"] = " ".join(str(letter["subject"]).split())
    message["From"] = formataddr(parseaddr(from_))
    message["To"] = " ".join(str(letter["to"]).split())
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies, please
    if letter.get("unsubscribe"):  # RFC 8058: by one press in the mail program, by POST
        message["List-Unsubscribe"] = f"<{letter['unsubscribe']}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(str(letter["text"]))
    if letter.get("html"):
        message.add_alternative(str(letter["html"]), subtype="html")
    return message


def _by_smtp(message: EmailMessage, settings: MailSettings, _folder: Path) -> None:
    try:
        with _connection(settings) as server:
            if settings.username:
                server.login(settings.username, settings.password)
            server.send_message(message)
    except smtplib.SMTPResponseException as error:
        raise Unreachable(
            "The mail server refused: %(reason)s",
            permanent=500 <= error.smtp_code < 600 and error.smtp_code not in (530, 535),
            reason=f"{error.smtp_code} {error.smtp_error!r}",
        ) from error
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise Unreachable(
            "The mail server does not take mail for this address.",
            permanent=all(code >= 500 for code in codes),
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(
            "The mail server cannot be reached: %(reason)s", reason=type(error).__name__
        ) from error


def _connection(settings: MailSettings) -> smtplib.SMTP:
    trusted = create_default_context()
    if settings.security == "tls":
        return smtplib.SMTP_SSL(settings.host, settings.port, timeout=PATIENCE, context=trusted)
    server = smtplib.SMTP(settings.host, settings.port, timeout=PATIENCE)
    if settings.security == "starttls":
        try:
            server.starttls(context=trusted)
        except BaseException:
            server.close()
            raise
    return server


def _into_file(message: EmailMessage, _settings: MailSettings, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = message.as_bytes()
    stamp = "".join(c for c in str(message["Date"]) if c.isalnum())
    (folder / f"{stamp}-{sha256(content).hexdigest()[:12]}.eml").write_bytes(content)


def _onto_console(message: EmailMessage, _settings: MailSettings, _folder: Path) -> None:
    body = message.get_body(("plain",))
    text = "" if body is None else body.get_content()
    print(f"--- {message['To']}: {message['Subject']}\n{text}---", file=sys.stderr)
