"""Turns checked values into the frozen settings of one node."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from .settings import (
    DatabaseSettings,
    Look,
    MailSettings,
    NodeIdentity,
    NoticeSettings,
    Operator,
    PluginChoice,
    Rates,
    ServerSettings,
    Settings,
)


def freeze(home: Path, values: Mapping[str, Any], secret: str) -> Settings:
    """Return the settings of the node in ``home`` with these values by section."""
    operator = Operator(**values["operator"])
    mail = {**values["mail"], "sender": values["mail"]["sender"] or operator.email}
    return Settings(
        home=home,
        node=NodeIdentity(**values["node"]),
        operator=operator,
        look=Look(**values["look"]),
        database=DatabaseSettings(**{**values["database"], "url": _url(home, values["database"])}),
        mail=MailSettings(**mail),
        rates=Rates(**values["rates"]),
        notices=NoticeSettings(**values["notices"]),
        server=ServerSettings(**values["server"]),
        plugins=PluginChoice(enabled=values["plugins"]["enabled"], settings=values["plugin"]),
        secret=secret,
    )


def _url(home: Path, values: Mapping[str, Any]) -> str:
    """Put the file of an SQLite URL into the node's folder, wherever a command is run."""
    url: str = values["url"]
    scheme, _, rest = url.partition("://")
    if scheme != "sqlite":
        return url
    file, mark, query = rest.removeprefix("/").partition("?")
    path = (home / unquote(file)).as_posix()
    # SQLAlchemy decodes what follows the host, so a % or ? in the folder's name is encoded.
    return f"sqlite:///{path.replace('%', '%25').replace('?', '%3F')}{mark}{query}"
