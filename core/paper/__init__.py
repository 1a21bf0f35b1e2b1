"""Paper: documents and labels as PDF in Korean type, and QR codes for pages."""

from ..tables import Reading
from .qr import qr_svg
from .values import (
    MOST_ROWS,
    Block,
    Column,
    Facts,
    Front,
    Grid,
    Heading,
    Label,
    Labels,
    Listing,
    Paper,
    Paragraph,
    Piece,
    Sheet,
)

__all__ = [
    "MOST_ROWS",
    "Block",
    "Column",
    "Facts",
    "Front",
    "Grid",
    "Heading",
    "Label",
    "Labels",
    "Listing",
    "Paper",
    "Paragraph",
    "Piece",
    "Sheet",
    "qr_svg",
    "write",
]


def write(paper: Paper | Labels | Front, reading: Reading) -> bytes:
    """Return the document as PDF; made at ``reading.at``, the same bytes for the same content."""
    # What writes PDF takes a second to load, and most pages make none.
    if isinstance(paper, Labels):
        from .labels import written_labels

        return written_labels(paper, reading)
    if isinstance(paper, Front):
        from .front import written_front

        return written_front(paper, reading)
    from .writing import written_paper

    return written_paper(paper, reading)
