"""What may be done with the introduction: its charter, its lists, its files and its page."""

from .charters import AGREED, OFFICES, WORK, agree, disagree, forget_person, propose, withdraw
from .composing import change, publish, restore, undo
from .examples import load_alliance
from .files import drop_pdf, keep_pdf, pdf_file
from .records import keep, remove

__all__ = [
    "AGREED",
    "OFFICES",
    "WORK",
    "agree",
    "change",
    "disagree",
    "drop_pdf",
    "forget_person",
    "keep",
    "keep_pdf",
    "load_alliance",
    "pdf_file",
    "propose",
    "publish",
    "remove",
    "restore",
    "undo",
    "withdraw",
]
