"""The settings of one node, checked and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RATE_LEAST_BP = 500
"""The least that the activist and the centre each get, in basis points."""

RATE_MOST_BP = 800
"""The most that the activist and the centre each get, in basis points."""

PRODUCER_FLOOR_BP = 8_400
"""What must be left to the producer unless the node sets its own floor, in basis points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeIdentity:
    """Which neighbourhood this node is; ``address`` is its public base URL without a last slash.

    ``town`` is empty for a whole district, ``county`` only for Sejong; ``languages`` begin with
    the one in which strangers are greeted.
    """

    name: str
    province: str
    county: str
    address: str
    town: str = ""
    languages: tuple[str, ...] = ("ko", "en")
    time_zone: str = "Asia/Seoul"
    currency: str = "KRW"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Who answers for the node before the law (전자상거래법 §10, §12, §13).

    ``business_number`` is written 000-00-00000; the mail-order fields are empty if exempt.
    """

    trade_name: str
    representative: str
    address: str
    phone: str
    email: str
    business_number: str
    mail_order_number: str = ""
    mail_order_office: str = ""
    hosting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the node looks; what is empty is the house's own.

    Colours are those of words and buttons, ``#rrggbb``; without ``…_dark`` the dark theme takes the
    nearest of the same hue that can be read there. ``logo`` and ``cover`` name pictures in the
    node's folder ``look``.
    """

    brand: str = ""
    accent: str = ""
    brand_dark: str = ""
    accent_dark: str = ""
    logo: str = ""
    cover: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseSettings:
    """Where the data is kept: an SQLAlchemy URL, with an absolute path if it is SQLite."""

    url: str = field(repr=False)  # may hold a password
    pool_size: int = 5
    pool_overflow: int = 10
    pool_timeout: int = 30

    @property
    def pool_options(self) -> dict[str, int]:
        """Return the options of the pool for an engine; SQLite takes none."""
        if self.url.startswith("sqlite"):
            return {}
        return {
            "pool_size": self.pool_size,
            "max_overflow": self.pool_overflow,
            "pool_timeout": self.pool_timeout,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """How mail leaves: ``kind`` smtp, file (into the node's folder) or console.

    ``security`` is none, starttls or tls; ``sender`` is an address with or without a name.
    """

    kind: str
    sender: str
    host: str = ""
    port: int = 587
    security: str = "starttls"
    username: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How what residents pay is shared, in basis points; the producer gets the rest."""

    activist_bp: int
    centre_bp: int
    producer_floor_bp: int = PRODUCER_FLOOR_BP


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSettings:
    """How long notices are kept, in days, and how many mails with notices one person gets within
    an hour: what is over comes together in one more."""

    keep_days: int = 90
    mails_an_hour: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """How the website is served; ``trusted_proxies`` counts the reverse proxies in front.

    ``development`` lets the node talk to other nodes on this machine, over plain HTTP.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 8
    embedded_worker: bool = True
    trusted_proxies: int = 0
    development: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginChoice:
    """Which plugins are on, and the settings of each, not yet checked by the plugin itself."""

    enabled: tuple[str, ...] = ()
    # Left out of repr: a plugin's settings may hold keys to other services.
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that a node's own folder says about it; ``choices`` is the number of the version
    of what stewards chose that was read, 0 for none."""

    home: Path
    node: NodeIdentity
    operator: Operator
    database: DatabaseSettings
    mail: MailSettings
    rates: Rates
    secret: str = field(repr=False)
    look: Look = field(default_factory=Look)
    notices: NoticeSettings = field(default_factory=NoticeSettings)
    server: ServerSettings = field(default_factory=ServerSettings)
    plugins: PluginChoice = field(default_factory=PluginChoice)
    choices: int = 0

    @property
    def media_folder(self) -> Path:
        return self.home / "media"

    @property
    def look_folder(self) -> Path:
        """Return where the pictures stand that ``look`` names."""
        return self.home / "look"

    @property
    def mail_folder(self) -> Path:
        """Return where mail of the kind "file" is written."""
        return self.home / "mail"
