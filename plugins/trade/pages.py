"""The blueprint on which the rooms of trade put their pages."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("trade", __name__, template_folder="templates")
