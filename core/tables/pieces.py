"""The parts of an ODS that are the same in every one, or nearly."""

from __future__ import annotations

from collections.abc import Iterable

MIME = "application/vnd.oasis.opendocument.spreadsheet"

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = " ".join(
    [
        *(f'xmlns:{name}="{_OASIS}{name}:1.0"' for name in ("office", "table", "text", "style")),
        f'xmlns:number="{_OASIS}datastyle:1.0"',
        f'xmlns:fo="{_OASIS}xsl-fo-compatible:1.0"',
    ]
)

MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="{_OASIS}manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIME}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""


def _item(name: str, sort: str, value: object) -> str:
    return (
        f'<config:config-item config:name="{name}" config:type="{sort}">{value}'
        "</config:config-item>"
    )


_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<office:document-settings xmlns:office="{_OASIS}office:1.0" '
    f'xmlns:config="{_OASIS}config:1.0" office:version="1.3"><office:settings>'
    '<config:config-item-set config:name="ooo:view-settings">'
    '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
    + _item("ViewId", "string", "view1")
    + '<config:config-item-map-named config:name="Tables">'
    '<config:config-item-map-entry config:name="NAME">'
    + _item("VerticalSplitMode", "short", 2)
    + _item("VerticalSplitPosition", "int", 1)
    + _item("PositionBottom", "int", 1)
    + "</config:config-item-map-entry></config:config-item-map-named>"
    + _item("ActiveTable", "string", "NAME")
    + "</config:config-item-map-entry></config:config-item-map-indexed>"
    "</config:config-item-set></office:settings></office:document-settings>"
)


def settings(name: str) -> str:
    """Return the settings by which the first row of the sheet ``name`` stays in sight."""
    return _SETTINGS.replace("NAME", name)


_DATE = (
    '<number:year number:style="long"/><number:text>-</number:text>'
    '<number:month number:style="long"/><number:text>-</number:text>'
    '<number:day number:style="long"/>'
)
_TIME = (
    '<number:text> </number:text><number:hours number:style="long"/>'
    '<number:text>:</number:text><number:minutes number:style="long"/>'
)
_GROUPED = '<number:number number:min-integer-digits="1" number:grouping="true"'
_WHOLE = f'{_GROUPED} number:decimal-places="0"/>'
_TO_THREE = f'{_GROUPED} number:decimal-places="3" number:min-decimal-places="0"/>'
_SHARE = (
    '<number:number number:min-integer-digits="1" number:decimal-places="2"'
    ' number:min-decimal-places="0"/><number:text>%</number:text>'
)


def styles(widths: Iterable[int], language: str) -> str:
    """Return the styles of the columns, of the heading and of each kind of cell."""
    won = f"<number:text>₩</number:text>{_WHOLE}"
    if language == "ko":
        won = f"{_WHOLE}<number:text>원</number:text>"
    dressed = (
        _kind("whole", "number", _WHOLE) + _kind("won", "number", won)
        + _kind("kilograms", "number", _TO_THREE) + _kind("percent", "percentage", _SHARE)
        + _kind("day", "date", _DATE) + _kind("moment", "date", _DATE + _TIME)
    )  # fmt: skip
    columns = "".join(_column(number, width) for number, width in enumerate(widths))
    return f"<office:automatic-styles>{columns}{_HEAD}{dressed}</office:automatic-styles>"


_HEAD = (
    '<style:style style:name="head" style:family="table-cell">'
    '<style:table-cell-properties fo:background-color="#f3ecdc"/>'
    '<style:text-properties fo:font-weight="bold" style:font-weight-asian="bold"'
    ' fo:color="#1f5138"/></style:style>'
)


def _kind(name: str, sort: str, look: str) -> str:
    return (
        f'<number:{sort}-style style:name="n-{name}">{look}</number:{sort}-style>'
        f'<style:style style:name="{name}" style:family="table-cell"'
        f' style:data-style-name="n-{name}"/>'
    )


def _column(number: int, width: int) -> str:
    return (
        f'<style:style style:name="co{number}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * 2}mm"/></style:style>'
    )
