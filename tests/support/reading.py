"""Files as people read them: a reader in Seoul, and what stands in a PDF."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pypdf import PdfReader

import wizzle
from wizzle.core.language import load_catalogues
from wizzle.core.tables import Reading

MORNING = datetime(2026, 11, 23, 0, 30, 5, tzinfo=UTC)
"""Half past nine on a Monday in Seoul."""

_CATALOGUES = load_catalogues(
    ("ko", "en"), [Path(wizzle.__file__).parent / "core" / "translations"]
)


def reading(language: str = "ko", at: datetime = MORNING) -> Reading:
    return Reading(_CATALOGUES.tongue(language), ZoneInfo("Asia/Seoul"), at)


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page of a PDF."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
