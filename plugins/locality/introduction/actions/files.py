"""PDFs in the node's media folder, named by their digest."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select

from .....core.node import Node
from ..models import AllianceDocument
from ..rules.papers import check_pdf


def keep_pdf(node: Node, data: bytes) -> str:
    """Put a PDF into the media folder and return its digest; ``Refused`` if it is none.

    To be called before the transaction that names it: writing is slow.
    """
    check_pdf(data)
    digest = sha256(data).hexdigest()
    target = pdf_file(node, digest)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        # Moved into its place whole, so that nobody is ever served half of it.
        half = target.with_name(f".{digest}.{os.getpid()}")
        half.write_bytes(data)
        half.replace(target)
    return digest


def drop_pdf(node: Node, digest: str) -> None:
    """Destroy a PDF that no document names any more; to be called after the transaction."""
    if not digest:
        return
    with node.db.read() as session:
        named = select(AllianceDocument.id).where(AllianceDocument.digest == digest).limit(1)
        if session.execute(named).first() is not None:
            return
    pdf_file(node, digest).unlink(missing_ok=True)


def pdf_file(node: Node, digest: str) -> Path:
    """Return where the PDF of this digest stands."""
    return node.settings.media_folder / "documents" / digest[:2] / f"{digest}.pdf"
