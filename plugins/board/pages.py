"""The blueprint on which all pages of this plugin stand; each subject's routes add theirs."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("board", __package__, template_folder="templates")
