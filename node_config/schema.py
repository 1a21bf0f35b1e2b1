"""What node.toml may hold, section by section; what each key is stands in keys.toml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from marshmallow import Schema, fields, validates_schema

from . import formats, looks, readers
from .fields import Choice, Names, Percent, Setting, Whole, YesNo
from .mistakes import Wrong
from .settings import PRODUCER_FLOOR_BP, RATE_LEAST_BP, RATE_MOST_BP
from .texts import LANGUAGES


class Section(Schema):
    """A table of node.toml; its errors are codes of messages.toml, put into words later."""

    error_messages = {"unknown": "unknown", "type": "table"}  # noqa: RUF012 as the base class has it


class NodeSection(Section):
    name = Setting(readers.text)
    province = Setting(readers.text)
    county = Setting(readers.optional_text)
    town = Setting(readers.optional_text, load_default="")
    address = Setting(formats.base_url)
    languages = Names(formats.language, load_default=LANGUAGES)
    time_zone = Setting(formats.time_zone, load_default="Asia/Seoul")
    currency = Setting(formats.currency, load_default="KRW")

    @validates_schema(skip_on_field_errors=False)
    def county_unless_sejong(self, data: Mapping[str, Any], **_: Any) -> None:
        sejong = data.get("province", "").startswith(("세종", "Sejong"))
        if data.get("county") == "" and not sejong:
            raise Wrong("county", field="county")


class OperatorSection(Section):
    trade_name = Setting(readers.text)
    representative = Setting(readers.text)
    address = Setting(readers.text)
    phone = Setting(formats.phone)
    email = Setting(formats.email)
    business_number = Setting(formats.business_number)
    mail_order_number = Setting(formats.mail_order_number, load_default="")
    mail_order_office = Setting(readers.optional_text, load_default="")
    hosting = Setting(readers.optional_text, load_default="")

    @validates_schema(skip_on_field_errors=False)
    def office_with_number(self, data: Mapping[str, Any], **_: Any) -> None:
        """전자상거래법 §13①: the number is shown together with the office that gave it."""
        if data.get("mail_order_number") and data.get("mail_order_office") == "":
            raise Wrong("mail_order_office", field="mail_order_office")


class LookSection(Section):
    brand = Setting(looks.colour("light"), load_default="")
    accent = Setting(looks.colour("light"), load_default="")
    brand_dark = Setting(looks.colour("dark"), load_default="")
    accent_dark = Setting(looks.colour("dark"), load_default="")
    logo = Setting(looks.picture_name, load_default="")
    cover = Setting(looks.picture_name, load_default="")


class DatabaseSection(Section):
    url = Setting(formats.database_url, load_default="sqlite:///wizzle.db")
    pool_size = Whole(1, 100, load_default=5)
    pool_overflow = Whole(0, 100, load_default=10)
    pool_timeout = Whole(1, 600, load_default=30)


class MailSection(Section):
    kind = Choice("smtp", "file", "console")
    host = Setting(readers.optional_text, load_default="")
    port = Whole(1, 65_535, load_default=587)
    security = Choice("none", "starttls", "tls", load_default="starttls")
    username = Setting(readers.optional_text, load_default="")
    password = Setting(readers.line, load_default="")
    sender = Setting(formats.sender, load_default="")

    @validates_schema(skip_on_field_errors=False)
    def server_for_smtp(self, data: Mapping[str, Any], **_: Any) -> None:
        if data.get("kind") == "smtp" and data.get("host") == "":
            raise Wrong("mail_needed", field="host")

    @validates_schema(skip_on_field_errors=False)
    def password_with_name(self, data: Mapping[str, Any], **_: Any) -> None:
        name, password = data.get("username", ""), data.get("password", "")
        if bool(name) != bool(password):
            raise Wrong("mail_pair", field="password" if name else "username")
        local = formats.is_loopback(data.get("host", ""))
        if password and data.get("security") == "none" and not local:
            raise Wrong("mail_plain", field="security")


class RatesSection(Section):
    activist_bp = Percent(RATE_LEAST_BP, RATE_MOST_BP, data_key="activist")
    centre_bp = Percent(RATE_LEAST_BP, RATE_MOST_BP, data_key="centre")
    producer_floor_bp = Percent(
        0, 10_000, data_key="producer_floor", load_default=PRODUCER_FLOOR_BP
    )

    @validates_schema
    def floor_is_left(self, data: Mapping[str, int], **_: Any) -> None:
        activist, centre = data["activist_bp"], data["centre_bp"]
        left, floor = 10_000 - activist - centre, data["producer_floor_bp"]
        if left < floor:
            named = {"activist": activist, "centre": centre, "left": left, "floor": floor}
            shown = {name: readers.percent_text(rate) for name, rate in named.items()}
            raise Wrong("floor", field="producer_floor", **shown)


class NoticesSection(Section):
    keep_days = Whole(7, 3_650, load_default=90)
    mails_an_hour = Whole(1, 100, load_default=10)


class ServerSection(Section):
    host = Setting(readers.text, load_default="127.0.0.1")
    port = Whole(1, 65_535, load_default=8000)
    threads = Whole(1, 256, load_default=8)
    embedded_worker = YesNo(load_default=True)
    trusted_proxies = Whole(0, 10, load_default=0)
    development = YesNo(load_default=False)


class PluginsSection(Section):
    enabled = Names(readers.plugin_name, may_be_empty=True)


class File(Section):
    """The whole of node.toml; ``plugin`` holds a table for each plugin, checked by the host."""

    node = fields.Nested(NodeSection, required=True)
    operator = fields.Nested(OperatorSection, required=True)
    # Not asked for: a node that says nothing of it looks as the house does.
    look = fields.Nested(LookSection, load_default=lambda: LookSection().load({}))
    database = fields.Nested(DatabaseSection, required=True)
    mail = fields.Nested(MailSection, required=True)
    rates = fields.Nested(RatesSection, required=True)
    notices = fields.Nested(NoticesSection, required=True)
    server = fields.Nested(ServerSection, required=True)
    plugins = fields.Nested(PluginsSection, required=True)
    plugin = Setting(readers.tables, load_default=dict)

    @validates_schema(skip_on_field_errors=False)
    def development_at_home(self, data: Mapping[str, Any], **_: Any) -> None:
        """Whoever reaches such a node from outside could make it call what runs beside it."""
        address = data.get("node", {}).get("address")
        if address and data.get("server", {}).get("development"):
            host = urlsplit(address).hostname or ""
            if not formats.is_loopback(host):
                raise Wrong("development_public", field="server.development", address=address)


FILE = File()


def settings_of(section: str) -> Mapping[str, Setting]:
    """Return the fields of a section by the keys under which they stand in node.toml."""
    nested = FILE.fields.get(section)
    if not isinstance(nested, fields.Nested):
        return {}
    found = nested.schema.fields
    return {
        field.data_key or name: field for name, field in found.items() if isinstance(field, Setting)
    }


SECTIONS = tuple(name for name in FILE.fields if name != "plugin")
